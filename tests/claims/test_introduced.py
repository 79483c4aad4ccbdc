"""What an article says that a name is, by hand-made sentences."""

from __future__ import annotations

import pytest

from factcheck.claims.introduced import Introduced, Introduction, introductions
from factcheck.claims.syntax import parse
from index import Span


def read(text: str) -> set[tuple[str, str]]:
    (parsed,) = parse([text])
    return {(each.noun, each.name) for each in introductions(text, parsed)}


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Velmora, the company that built it, owns 12 mills.", ("company", "Velmora")),
        ("The new telescope, the Argus 3, sees further.", ("telescope", "Argus 3")),
        ("DAWN, as the study is called, took four years.", ("study", "DAWN")),
        ("Half of them took pelorin, the new drug; half did not.", ("drug", "pelorin")),
        ("The drug, pelorin, is sold in Ostrel.", ("drug", "pelorin")),
        ("They sold the ferry Asta Lunde in May.", ("ferry", "Asta Lunde")),
        ("The village council of Ostrel met on Monday.", ("village", "Ostrel")),
        ("They shut the radio mast at Ostrel in May.", ("mast", "radio mast at Ostrel")),
        ("They mended the old Ostrel lighthouse in 2001.", ("lighthouse", "old Ostrel lighthouse")),
    ],
)  # fmt: skip
def test_what_a_name_is_said_to_be(text: str, expected: tuple[str, str]) -> None:
    assert expected in read(text)


@pytest.mark.models
@pytest.mark.parametrize(
    "text",
    [
        "In Ostrel, the company that built it owns 12 mills.",
        "They met at home, the company said.",
        "Ida Roe, the chairwoman, agreed.",
        "The end of May was wet.",
    ],
)
def test_what_says_nothing(text: str) -> None:
    assert read(text) == set()


def given(noun: str, name: str, described: bool = False) -> Introduction:
    return Introduction(noun, name, Span(0, 1), described)


def test_a_noun_means_what_was_called_so_before() -> None:
    known = Introduced()
    known.add(3, given("drug", "pelorin"))
    assert known.before("drug", 3) is None
    assert known.before("drug", 40) == given("drug", "pelorin")
    assert known.before("pill", 40) is None
    assert known.nouns("pelorin") == ["drug"]


def test_of_several_the_last_is_meant_for_a_while_only() -> None:
    known = Introduced()
    known.add(1, given("ferry", "Asta"))
    known.add(5, given("ferry", "Runa"))
    assert known.before("ferry", 7) == given("ferry", "Runa")
    assert known.before("ferry", 9) is None


def test_a_name_is_better_than_a_description_and_two_of_these_are_none() -> None:
    known = Introduced()
    known.add(1, given("ferry", "Asta"))
    known.add(2, given("ferry", "ferry at Ostrel", True))
    assert known.before("ferry", 9) == given("ferry", "Asta")
    known.add(1, given("base", "base at Ostrel", True))
    assert known.before("base", 2) == given("base", "base at Ostrel", True)
    known.add(2, given("base", "base at Veld", True))
    assert known.before("base", 3) is None
