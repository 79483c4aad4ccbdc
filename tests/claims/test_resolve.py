"""What a sentence leaves to its article, by the statements the articles give."""

from __future__ import annotations

import pytest

from factcheck.claims import split_article
from factcheck.claims.pronouns import third_person
from factcheck.records import Article, ClaimKind

pytestmark = pytest.mark.models


def statements(text: str) -> list[str]:
    """The statements of an article of 14 November 2023, a Tuesday; roles apart."""
    claims = split_article(Article(text, published="2023-11-14")).claims
    return [claim.statement for claim in claims if claim.kind is not ClaimKind.ROLE]


def last(text: str) -> str:
    return statements(text)[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
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
