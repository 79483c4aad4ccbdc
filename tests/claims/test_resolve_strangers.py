"""What articles of strangers left to be read, and what was read in them too boldly."""

from __future__ import annotations

import pytest

from factcheck.claims import split_article
from factcheck.records import Article
from tests.claims.statements import last, statements

pytestmark = pytest.mark.models


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a verb tells that its subject is many, and `it` is none of them
        (
            "Staff at Veld were not consulted in 2022. It began on 14 May 2022.",
            "It began on 14 May 2022.",
        ),
        (
            "Bricks, alas, are the easy part at Veld. In May 2022 one in seven of its posts was "
            "empty.",
            "In May 2022 one in seven of its posts was empty.",
        ),
        (
            "The Veld council met on Monday. The Health Workers balloted its 41 members in Orsk.",
            "The Health Workers balloted its 41 members in Orsk.",
        ),
        # what is counted out of many is none of the many
        (
            "By noon 312 people had left Veld. Two-thirds of them were put up in Orsk.",
            "Two-thirds of the 312 people were put up in Orsk.",
        ),
        (
            "At Veld, 64 buses left the yard. Half of them were put up in Orsk.",
            "Half of the 64 buses were put up in Orsk.",
        ),
        # what happened, and not what was named before
        (
            "The order came from Veld on Monday. It was the largest evacuation since 1934.",
            "It was the largest evacuation since 1934.",
        ),
        (
            "The Ora of Veld was repaired in 2021. In 2023 it was the right decision for Veld.",
            "In 2023 it was the right decision for Veld.",
        ),
        (
            "The bridge at Veld opened in 1930. It was the longest road bridge in Orsk.",
            "The bridge at Veld was the longest road bridge in Orsk.",
        ),
        # the last of several is not all of them
        (
            "In May 2022 Dr Ida Roe, a geologist at Veld, and two colleagues described the slope. "
            "Their subject was the western flank of Mount Orsk.",
            "Their subject was the western flank of Mount Orsk.",
        ),
        # a dateline is a town's
        (
            "VELD, 4 May 2022 (Orsk News) – The quay fell. It killed 12 people on the island.",
            "The quay killed 12 people on the island.",
        ),
        # a body that is written small
        (
            "It cost the board of the Orsk Vale trust £4m. The trust ran a deficit of £2m in 2022.",
            "The Orsk Vale trust ran a deficit of £2m in 2022.",
        ),
        # what is taken for a person's name, and a place
        (
            "The line goes from Veld to Orsk. The tunnel under Hobbel Ridge is 14 miles long. "
            "A machine there stood idle for six weeks in 2022.",
            "A machine there stood idle for six weeks in 2022.",
        ),
        # a part of them is no thing, nor what was named before another name
        (
            "The Veld Board found 41 homes. A third of them fell in 2021. It had nothing in 2022.",
            "The Veld Board had nothing in 2022.",
        ),
        (
            "Her opera was staged in 1967. In 1974 Ida Roe came to the Lantern Theater. It "
            "reopened in 1977 with 340 seats.",
            "It reopened in 1977 with 340 seats.",
        ),
        # whose it is may follow
        (
            "The loan was the largest in Veld. Over its last two years the firm paid £4m.",
            "Over its last two years the firm paid £4m.",
        ),
        (
            "The brake was patented in 1971. In the decade after its introduction, 40 deaths came.",
            "In the decade after the brake's introduction, 40 deaths came.",
        ),
        # dates
        ("The trial at Veld opened on Monday of last week.", "opened on 6 November 2023."),
        (
            "“Winter Freight”, which followed in 1986, crossed to Veld the next year.",
            "crossed to Veld in 1987.",
        ),
        (
            "Orsk had 5,140 boats at the end of March, twice as many as a year before.",
            "twice as many as the end of March 2022.",
        ),
        (
            "Building Line 4 in Veld will cost £40m. The line is 9 miles long.",
            "The line is 9 miles long.",
        ),
        ("Ida Roe founded the Veld observatory 58 years ago.", "in 1965."),
        (
            "Two years ago the figure at Veld stood at 57.",
            "In 2021 the figure at Veld stood at 57.",
        ),
        ("Spending at Veld would be lower this year than last.", "in 2023 than in 2022."),
        (
            "Unemployment in Veld fell to 5.8 per cent in the first quarter of the year.",
            "in the first quarter of 2023.",
        ),
        ("Ida Roe is to meet the mayors of Veld on Monday.", "on 20 November 2023."),
        ("Ida Roe met the mayors of Veld on Monday.", "on 13 November 2023."),
        ("The Veld council moved to Orsk by the end of May.", "by the end of May 2023."),
        ("Orsk is extending its warranty to eight years, starting in March.", "in March 2024."),
        ("Orsk sold 12 fewer boats, starting in March.", "starting in March 2023."),
        ("Orsk had 12 boats on order at the end of March.", "at the end of March 2023."),
        (
            "On 6 November Orsk said that revenue had climbed 18 percent from a year earlier.",
            "Revenue had climbed 18 percent from a year earlier.",
        ),
        (
            "Orsk delivered 6,480 cycles from January through March, a fifth more than a year "
            "earlier.",
            "a fifth more than a year earlier.",
        ),
        # whose
        (
            "Spine Rail, whose director is Liv Castarre, had laid 119 kilometres by May 2022.",
            "Spine Rail had laid 119 kilometres by May 2022.",
        ),
        # a quotation in two
        (
            'The chancellor was blunt. "I will not," she declared, "sell 12 harbours."',
            "The chancellor will not sell 12 harbours.",
        ),
        (
            'Ida Roe was blunt. "I have 12 boats," she said, "and we sold them."',
            "Ida Roe has 12 boats, and we sold them.",
        ),
        (
            '"My mother used to say, \'Count your 12 boats,\'" Ida Roe said, "and I do."',
            "Ida Roe's mother used to say, 'Count your 12 boats,' and Ida Roe does.",
        ),
    ],
)
def test_what_a_strangers_articles_left_to_be_read(text: str, expected: str) -> None:
    assert last(text).endswith(expected)


def test_a_clause_with_whose_is_the_owners() -> None:
    text = "Orsk Lines, whose chief executive is Liv Castarre, had laid 119 kilometres by May 2022."
    assert "Orsk Lines’ chief executive is Liv Castarre." in statements(text)


def test_a_work_in_quotation_marks_is_nobody() -> None:
    text = (
        "Ida Roe, the composer, died in Veld in May 2022. Her last opera, “Small Lamps,” opened "
        "when she was 65. Her husband, Bo Holm, whom she married in 1962, died in 2009."
    )
    assert "whom Ida Roe married in 1962" in last(text)


def test_a_name_has_capitals() -> None:
    text = (
        "Orsk Tramways was founded in 1931. **Orsk Tramways** runs trams on 27 miles of track in "
        "Veld. The trams saved 5,900 tonnes of carbon in 2022."
    )
    assert last(text) == "The trams saved 5,900 tonnes of carbon in 2022."


def test_the_company_is_not_what_supplies_it() -> None:
    text = (
        "The Orsk Group makes bicycles. The Orsk Group has 140 workers.\n\nThe forks came from "
        "Veld Forge, a supplier. Ida Roe sued the company in May 2022."
    )
    article = Article(text, title="Orsk Group in court", published="2023-11-14")
    claims = split_article(article).claims
    assert claims[-1].statement == "Ida Roe sued the Orsk Group in May 2022."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We had lost 40 boats in Veld,” says Sunniva Tovik, the founder's granddaughter, who "
            "has been chief executive since 2016.",
            ["We had lost 40 boats in Veld.", "Sunniva Tovik has been chief executive since 2016."],
        ),
        (
            "“Everyone in Veld said we had lost 40 boats,” says Sunniva Tovik, who has been chief "
            "executive since 2016.",
            [
                "Everyone in Veld said we had lost 40 boats.",
                "Sunniva Tovik has been chief executive since 2016.",
            ],
        ),
        (
            "“We lost to nine men in Orsk,” said Gavin Thorle, whose contract runs until 2026.",
            ["We lost to nine men in Orsk.", "Gavin Thorle’s contract runs until 2026."],
        ),
    ],
)
def test_what_is_told_of_who_is_quoted_is_a_claim_too(text: str, expected: list[str]) -> None:
    assert statements(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mayor and the council of Veld were told in 2019. They did nothing for 4 years.",
            "They did nothing for 4 years.",
        ),
        (
            "Ida Roe, chief of police in Veld, whose son was jailed in 2019, has resigned.",
            "Ida Roe, chief of police in Veld, whose son was jailed in 2019.",
        ),
        (
            "The council of Veld is to discuss the fire that killed 40 people on Monday.",
            "killed 40 people on 13 November 2023.",
        ),
        ("Nobody is to leave Veld, police said on Monday.", "Nobody is to leave Veld."),
        (
            "There is no evidence that the mayor of Veld took it, and that Orsk paid 4m crowns.",
            "There is no evidence that the mayor of Veld took it, and that Orsk paid 4m crowns.",
        ),
        (
            "In 2010 the plant at Veld opened. It may close in the next year, the firm says.",
            "may close in 2024.",
        ),
        (
            "A book by Ida Roe, who published her first novel in 1990, was released in May 2022.",
            "Ida Roe published her first novel in 1990.",
        ),
        (
            "The tax raised in May, and the one before, cost Veld 400 crowns.",
            "The tax raised in May 2023, and the one before, cost Veld 400 crowns.",
        ),
        (
            "“The mill lost 4m crowns,” said Ida Roe, who led it until 2019, and the council of "
            "Veld paid 4m crowns to its 400 workers in May 2022.",
            "The council of Veld paid 4m crowns to its 400 workers in May 2022.",
        ),
        (
            "According to Harrow Group, Lunde, who had access to the vault, took 40 gold bars.",
            "Lunde had access to the vault.",
        ),
        (
            "“We want jobs,” Ida Roe said, “homes, schools and 40 new buses.”",
            "We want jobs, homes, schools and 40 new buses.",
        ),
        (
            "IDA ROE — the mayor of Veld took 400 crowns in 2019.",
            "mayor of Veld took 400 crowns in 2019.",
        ),
        ("It cost Veld more than anything the mayor said.", "than anything the mayor said."),
        ("Lunde managed to finish the survey by the end of March.", "by the end of March 2023."),
    ],
)
def test_what_fresh_eyes_found_to_be_read_too_boldly(text: str, expected: str) -> None:
    assert any(statement.endswith(expected) for statement in statements(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a date beside what was said is past, whatever was said
        ("The line to Veld has to close, Ida Roe said on Monday.", "said on 13 November 2023."),
        (
            "“I would rather leave Veld than lose 40 men,” Ida Roe said by the hall on Monday.",
            "Ida Roe said by the hall on 13 November 2023.",
        ),
        ("Ida Roe of Veld would not go, and left on Monday.", "left on 13 November 2023."),
        ("Ida Roe of Veld said on Monday that it would open on Friday.", "on 17 November 2023."),
        ("The college of Veld agreed to start it this December.", "start it in December 2023."),
        ("The pool of Veld is closed until March.", "The pool of Veld is closed until March 2024."),
        # `which` is no person, and what stands at a place is spoken of by it
        (
            "Ida Roe, a vet, led a club in Veld. He joined the club founded by Ida Roe, a vet, "
            "which had 40 members in 2019.",
            "The club founded by Ida Roe had 40 members in 2019.",
        ),
        (
            "The school at Veld, which has 37 pupils, is to be rebuilt.",
            "The school at Veld has 37 pupils.",
        ),
        # nobody fines himself, and is not what somebody resigns over
        (
            "Veld Water is a firm. The Tarsk Office found that Veld Water lost 92 litres a day. It "
            "fined the company 3m crowns.",
            "It fined Veld Water 3m crowns.",
        ),
        (
            "The Veld Board took the offer seriously in 2019. Ida Roe, who led it, left over it.",
            "left over it.",
        ),
        ("The lift of Veld is 40 years old. In it stood 12 men in 2019.", "In it stood 12 men"),
        # nor is a day anything
        (
            "The bridge of Veld fell. It was 9 November 2021 and 12 people were hurt.",
            "It was 9 November 2021.",
        ),
        # a name keeps its capital
        (
            "The firm Sollund is in Veld. Sollund said it had 40 men in 2019.",
            "Sollund said it had 40 men in 2019.",
        ),
        # whose the leader is
        (
            "In February Veld district council voted by 31 to 24. Its leader, Bryn Holm, said he "
            "had 40 letters.",
            "Bryn Holm is Veld district council's leader.",
        ),
        # what is said is whose the company is
        (
            "Veld fears Caldwater, a water company. The company lost 40 litres, it said in 2019. "
            "The company says it has 12 men.",
            "Caldwater says Caldwater has 12 men.",
        ),
    ],
)
def test_what_four_more_strangers_articles_left_to_be_read(text: str, expected: str) -> None:
    claims = split_article(Article(text, published="2023-11-14")).claims
    alone = [claim.standalone for claim in claims]
    assert any(expected in one for one in alone), alone
