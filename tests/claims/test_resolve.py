"""What a sentence leaves to its article, by the statements the articles give."""

from __future__ import annotations

import pytest

from factcheck.claims import split_article
from factcheck.claims.pronouns import third_person
from factcheck.records import Article
from tests.claims.statements import last, statements

pytestmark = pytest.mark.models


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a noun with its name behind it means that name
        (
            "The Veld council met on Monday. The trial of the contractor, Lund & Sons, is set to "
            "begin in May 2024.",
            "The trial of the contractor, Lund & Sons, is set to begin in May 2024.",
        ),
        (
            "The Veld council met on Monday. The trial of the contractor, Østby & Sønner, is set "
            "to begin in May 2024.",
            "The trial of the contractor, Østby & Sønner, is set to begin in May 2024.",
        ),
        # a firm's results are its own, where nothing else may be meant
        (
            "The Oskerra Line is a ferry firm. Net debt fell to £18.6m in 2022.",
            "The Oskerra Line’s net debt fell to £18.6m in 2022.",
        ),
        (
            "The Oskerra Line is a ferry firm. Revenue rose by 8.4% to £31.2m.",
            "The Oskerra Line’s revenue rose by 8.4% to £31.2m.",
        ),
        (
            "The Oskerra Line is a ferry firm. Sales of cheese rose by 8.4% to £31.2m.",
            "Sales of cheese rose by 8.4% to £31.2m.",
        ),
        (
            "The Oskerra Line is a ferry firm. Retail sales fell 2 per cent in April 2022.",
            "Retail sales fell 2 per cent in April 2022.",
        ),
        (
            "The Oskerra Line is a ferry firm. The operating margin fell to 3 per cent.",
            "The operating margin fell to 3 per cent.",
        ),
        (
            "The Oskerra Line is a ferry firm. The Veld Bank has a tenth of its shares. "
            "Revenue rose by 8.4% to £31.2m.",
            "Revenue rose by 8.4% to £31.2m.",
        ),
        (
            "The Oskerra Line is a ferry firm. Net debt fell to £18.6m in 2022. Its profit doubled "
            "to £4m in 2022.",
            "Its profit doubled to £4m in 2022.",  # not the debt's
        ),
        # what a part of those who were asked say is theirs, and so many say it
        (
            "The farmers of Veld were asked in 2022. A quarter said they had lost 12 crops.",
            "A quarter said they had lost 12 crops.",
        ),
        (
            "The farmers of Veld were asked in 2022. Four in ten said that they had 12 boats.",
            "Four in ten said that they had 12 boats.",
        ),
        # dates
        (
            "The quay of Veld fell on Sunday 5 November.",
            "The quay of Veld fell on 5 November 2023.",
        ),
        ("The quay of Veld fell in 2017.", "The quay of Veld fell in 2017."),
        (
            "Ida Roe took office in May 2022. Back then, the port of Veld had 41 ships.",
            "In May 2022, the port of Veld had 41 ships.",
        ),
        (
            "The team of Veld travels to Tarsk Friday.",
            "The team of Veld travels to Tarsk on 17 November 2023.",
        ),
        (
            "The team of Veld beat Tarsk on Tuesday. On Tuesday the team of Veld travels to Osk.",
            "On 21 November 2023 the team of Veld travels to Osk.",
        ),
        (
            "The court of Veld ruled on Tuesday. The strike on Tuesday affects 40 schools of Veld.",
            "The strike on 14 November 2023 affects 40 schools of Veld.",
        ),
        (
            "Prices in Veld are 4 per cent higher than in January.",
            "Prices in Veld are 4 per cent higher than in January 2023.",
        ),
        # what timetables tell is to come
        ("The line to Veld opens in June.", "The line to Veld opens in June 2024."),
        ("The figures of Veld show it in June.", "The figures of Veld show it in June 2023."),
        (
            "In June Ana Roe leaves the bank of Veld with 40 men.",
            "In June 2023 Ana Roe leaves the bank of Veld with 40 men.",
        ),
        (
            "The fire made the 41 residents of Veld leave in March.",
            "The fire made the 41 residents of Veld leave in March 2023.",
        ),
        (
            "A convoy left Veld on 14 October 2019. On 17 October Ana Roe took Tarsk with 40 men.",
            "On 17 October 2019 Ana Roe took Tarsk with 40 men.",
        ),
        (
            "A convoy left Veld on 14 March 2019. On 17 October Ana Roe took Tarsk with 40 men.",
            "On 17 October 2023 Ana Roe took Tarsk with 40 men.",
        ),
        (
            "Ana Roe of Veld talks to 12 doctors every Monday.",
            "Ana Roe of Veld talks to 12 doctors every Monday.",
        ),
        (
            "Ana Roe of Veld was freed in December 2018. Ivo Lund was jailed in May of that year.",
            "Ivo Lund was jailed in May 2018.",
        ),
        (
            "Ana Roe of Veld sees 12 patients every third Monday.",
            "Ana Roe of Veld sees 12 patients every third Monday.",
        ),
        (
            "Ana Roe of Veld sees 12 patients on the first Monday of every month.",
            "Ana Roe of Veld sees 12 patients on the first Monday of every month.",
        ),
        (
            "Ana Roe was jailed in May 2018 and was freed in June of that year after 12 appeals.",
            "Ana Roe was freed in June 2018 after 12 appeals.",
        ),
        (
            "The card is what 12 men of Veld will sign on Monday.",
            "The card is what 12 men of Veld will sign on 20 November 2023.",
        ),
        (
            "From 4 December the quay of Veld will be shut at night.",
            "From 4 December 2023 the quay of Veld will be shut at night.",
        ),
        (
            "From 4 November the quay of Veld was shut at night.",
            "From 4 November 2023 the quay of Veld was shut at night.",
        ),
        (
            "In January Ida Roe will join the council of Veld.",
            "In January 2024 Ida Roe will join the council of Veld.",
        ),
        (
            "Ida Roe was ill in the last month of the trial in Veld.",
            "Ida Roe was ill in the last month of the trial in Veld.",
        ),
        # people
        ("Ida Roe was born in Veld in 1931. She died in Tarsk.", "Ida Roe died in Tarsk."),
        (
            "Ida Roe was born in Veld in 1931. She sold her boat in 1960.",
            "Ida Roe sold her boat in 1960.",
        ),
        (
            "Ida Roe led the port of Veld. Roe sold 41 ships in 1960.",
            "Ida Roe sold 41 ships in 1960.",
        ),
        # what is said
        (
            "Ida Roe said that the quay of Veld had cost 41 million and that the port was shut.",
            "The port was shut.",
        ),
        # things
        (
            "The contract is worth 14 million crowns. It runs for 18 months.",
            "The contract runs for 18 months.",
        ),
        (
            "Marenholt has 41,000 rented homes, and a quarter of them belong to companies.",
            "A quarter of the 41,000 rented homes belong to companies.",
        ),
        (
            "The second ferry, the Lady Orrin, was built in Bressand. She carries 52 cars.",
            "The Lady Orrin carries 52 cars.",
        ),
        (
            "Sarna Mills runs the harbour of Veld. As for the report, it cost 41,000 crowns.",
            "As for the report, it cost 41,000 crowns.",
        ),
        # what the article has said it is
        (
            "41 patients in Veld took pelorin, the new drug. The drug cost Veld 300 crowns a day.",
            "Pelorin cost Veld 300 crowns a day.",
        ),
        (
            "The port of Veld sold the ferry Asta Lunde. In 1960 the ferry carried 41 cars.",
            "In 1960 Asta Lunde carried 41 cars.",
        ),
        (
            "They shut the radio mast at Ostrel in 2001. The mast was 61 metres high.",
            "The radio mast at Ostrel was 61 metres high.",
        ),
        # a day that is spoken of in the present is to come
        (
            "The council of Veld meets on 5 December.",
            "The council of Veld meets on 5 December 2023.",
        ),
        (
            "The council of Veld meets in Tarsk on Monday.",
            "The council of Veld meets in Tarsk on 20 November 2023.",
        ),
        (
            "The council of Veld met in Tarsk on Monday.",
            "The council of Veld met in Tarsk on 13 November 2023.",
        ),
        (
            "The council of Veld voted on 9 May last year.",
            "The council of Veld voted on 9 May 2022.",
        ),
        # what means nothing stays
        (
            "The port of Veld closed in 1960. It rained for 12 days in May.",
            "It rained for 12 days in May 2023.",
        ),
        # what joins it to the sentence before goes
        (
            "The quay of Veld fell in 2017. But, meanwhile, the port of Veld had 41 ships.",
            "The port of Veld had 41 ships.",
        ),
    ],
)
def test_hand_worked(text: str, expected: str) -> None:
    assert last(text) == expected


def test_a_new_paragraph_has_no_antecedent() -> None:
    text = "The contract is worth 14 million crowns.\n\nIt runs for 18 months, until May 2024."
    assert last(text).startswith("It runs")


def test_words_in_quotation_marks_stay_and_have_a_gloss() -> None:
    text = "“I will sell 41 ships this year,” Ida Roe said."
    (claim,) = split_article(Article(text, published="2023-11-14")).claims
    assert claim.standalone == "“I will sell 41 ships this year [2023],” Ida Roe said."
    assert claim.statement == "Ida Roe will sell 41 ships in 2023."


def test_who_speaks_is_not_whom_the_words_are_about() -> None:
    text = (
        "# Edda Tor\n\nEdda Tor was born in Veld in 1931. Edda Tor built 37 bridges. “She could "
        "hear a bolt,” said Minna Roth.\n\nIn 1967 she spent five days on the Karnspitz."
    )
    article = Article(text, title="Edda Tor", published="2023-11-14")
    assert "Edda Tor spent five days" in split_article(article).claims[-1].statement


def test_the_company_is_the_paragraphs_own() -> None:
    text = (
        "Veld Water bought the dam in 1994. The company paid 41 million crowns for the dam.\n\n"
        "Tarsk Estates built 300 homes in 2001. The company sold 41 of the homes in 2002."
    )
    found = statements(text)
    assert found[1].startswith("Veld Water paid")
    assert found[3].startswith("Tarsk Estates sold")


def test_what_somebody_says_he_does_himself() -> None:
    text = (
        "Ida Roe built 41 ships in Veld. Tor Asker said in 2001 that the quay of Veld was rotten. "
        "He sold the quay in 2002."
    )
    assert last(text) == "Tor Asker sold the quay of Veld in 2002."


def test_whom_a_study_is_led_by_is_not_the_study() -> None:
    text = (
        "“It works,” said Ida Roe, who led the trial in Veld. "
        "The port of Veld paid 41 million crowns for the trial."
    )
    assert last(text) == "The port of Veld paid 41 million crowns for the trial."


def test_two_things_of_a_kind_are_not_confused() -> None:
    text = (
        "They shut the radio mast at Ostrel in 2001. They shut the radio mast at Veld in 2002. "
        "The mast was 61 metres high."
    )
    assert last(text) == "The mast was 61 metres high."


def test_a_name_is_given_once() -> None:
    text = "Ida Roe led the port of Veld. In 1960 Roe sold her house in Veld for 41,000 crowns."
    assert last(text) == "In 1960 Ida Roe sold her house in Veld for 41,000 crowns."


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("promise", "promises"),
        ("go", "goes"),
        ("try", "tries"),
        ("say", "says"),
        ("’ve", "has"),
        ("am", "is"),
    ],
)
def test_third_person(verb: str, expected: str) -> None:
    assert third_person(verb) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kallio may not bid again until February.", "until February 2025"),
        ("Kallio did not bid again until February.", "until February 2024"),
    ],
)
def test_a_month_that_is_awaited_is_the_next_one(text: str, expected: str) -> None:
    claims = split_article(Article(f"Kallio bid 3 crowns a share. {text}", published="2024-09-12"))
    assert any(expected in claim.statement for claim in claims.claims)


def test_what_a_year_is_measured_against_is_not_when_it_was() -> None:
    text = (
        "Orsk earned 11 million crowns in July, against 22 million a year earlier. Sales fell by "
        "3 per cent."
    )
    claims = split_article(Article(text, published="2024-09-12")).claims
    assert "July 2024: Sales fell" in next(c.standalone for c in claims if "Sales" in c.standalone)
