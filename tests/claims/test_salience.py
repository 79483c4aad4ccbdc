from __future__ import annotations

import pytest

from factcheck.claims import split_article
from factcheck.claims.prefix import MOST, counts, first_few, says
from factcheck.claims.salience import stem
from factcheck.records import Article, Claim, ClaimKind


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("flats", "flat"),
        ("stories", "story"),
        ("buses", "bus"),
        ("bus", "bus"),
        ("boxes", "box"),
        ("glass", "glass"),
        ("Library", "library"),
        ("s", ""),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Tarsk Mining lost 4 crowns.", "Tarsk Mining", True),
        ("Tarsk lost 4 crowns.", "Tarsk Mining", False),
        ("Two flats burned.", "council flat", True),
        ("A flat burned.", "council flats", True),
        ("The council met.", "council flats", False),
        ("", "Tarsk", False),
    ],
)
def test_says(text: str, words: str, expected: bool) -> None:
    assert says(text, words) is expected


def test_first_few_puts_nothing_twice() -> None:
    options = ["Veld", "Port Veld", "ferry", "ferries", "Orsk", "quay"]
    assert first_few("The quay fell.", options, 3) == ["Veld", "ferry", "Orsk"]
    assert first_few("The quay fell.", options, 1) == ["Veld"]
    assert first_few("The quay fell.", options, 0) == []
    assert first_few("The quay fell.", [], 3) == []


def claims(text: str, published: str | None = None) -> list[Claim]:
    return list(split_article(Article(text, published=published)).claims)


def before(text: str, statement: str, published: str | None = None) -> list[str]:
    """What stands before the claim that begins with a statement."""
    found = next(c for c in claims(text, published) if c.statement.startswith(statement))
    return found.standalone.partition(f": {statement}")[0].split(", ")


@pytest.mark.models
def test_a_claim_has_the_thing_its_paragraph_speaks_of() -> None:
    text = (
        "# Orsk raises its prices\n\n"
        "The dairy Orsk lost 4 million crowns in 2019, as Orsk said in Veld.\n\n"
        "The butter is expensive. A small packet cost 3 crowns in May 2019.\n"
    )
    assert {"Orsk", "butter"} < set(before(text, "A small packet"))


@pytest.mark.models
def test_no_more_than_four_stand_before_a_claim() -> None:
    text = (
        "# Ferry fire in Port Veld\n\n"
        "A fire broke out on the ferry Orla in Port Veld on Tuesday, Tarsk Lines said.\n\n"
        "Tarsk Lines bought the Orla from the Veld Navy. The engine burned for six hours.\n"
    )
    found = claims(text, "2019-05-09")
    for claim in found:
        if claim.kind is not ClaimKind.ROLE and claim.standalone.endswith(claim.statement):
            front = claim.standalone.removesuffix(claim.statement).removesuffix(": ")
            assert len(front.split(", ")) <= MOST == 4


@pytest.mark.models
def test_a_past_event_has_the_day_the_article_reports_and_else_the_day_it_was_written() -> None:
    text = (
        "# Fire in Veld\n\n"
        "A fire destroyed the quay of Veld on Tuesday.\n\n"
        "Six people were hurt. The pier has 400 lamps.\n"
    )
    assert "7 May 2019" in ", ".join(before(text, "Six people", "2019-05-09"))
    assert "9 May 2019" in ", ".join(before(text, "The pier has", "2019-05-09"))


@pytest.mark.models
def test_what_is_told_of_long_ago_has_no_day() -> None:
    text = (
        "# Fire in Veld\n\n"
        "A fire destroyed the quay of Veld on Tuesday.\n\n"
        "The quay was built in 1921. Some 300 men worked for two years.\n"
    )
    assert not any("2019" in each for each in before(text, "Some 300 men", "2019-05-09"))


@pytest.mark.models
def test_we_is_the_body_that_the_speaker_serves() -> None:
    text = (
        "# Veld Council: school buses\n\n"
        "Witnesses: Oskar Lind, managing director, Tarsk Coaches; Tessa Brand, clerk, "
        "Veld Council.\n\n"
        "**Tessa Brand:** The buses failed in January 2019.\n\n"
        "**Oskar Lind:** We lost nine drivers in May 2019.\n\n"
        "**Tessa Brand:** The drivers failed in May 2019.\n\n"
        "**Oskar Lind:** The fleet has 41 vehicles.\n"
    )
    found = [c.standalone for c in claims(text) if "nine drivers" in c.standalone]
    assert len(found) == 1
    assert found[0].startswith("Tarsk Coaches, ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Both sank in May.", False),
        ("Both were sunk in May.", True),
        ("All three have been found.", True),
        ("The other side holds 64.", True),
        ("Of these 64 were found.", True),
        ("The first was built in 2011.", True),
        ("About 26,000 people left.", False),
        ("She left at the age of 34.", False),
        ("Hours fell from 34 to 27 a week.", False),
        ("Orsk lost £64.", False),
        ("It rose by 11.8 per cent in 2011.", False),
        ("", False),
    ],
)
def test_counts(text: str, expected: bool) -> None:
    assert counts(text) is expected


@pytest.mark.models
def test_a_bare_number_has_what_it_counts() -> None:
    text = (
        "# Talks of Tarsk and Orrenland\n\nTarsk met Orrenland in Veld in May 2019.\n\n"
        "Tarsk wants 71 soldiers back. Orrenland says that it holds 64.\n"
    )
    assert "soldiers" in next(c.standalone for c in claims(text) if "64" in c.standalone)
