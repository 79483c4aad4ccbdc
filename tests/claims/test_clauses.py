from __future__ import annotations

import pytest

from factcheck.claims.clauses import split_clauses
from factcheck.claims.quotes import find_quotations
from factcheck.claims.syntax import parse

pytestmark = pytest.mark.models


def clauses(text: str) -> list[tuple[str, str, bool]]:
    """Each clause's stretch, the words it takes from its neighbour, and whether it is reported."""
    (parsed,) = parse([text])
    found = split_clauses(text, parsed, find_quotations(text))
    return [
        (one.span.of(text), " ".join(b.of(text) for b in one.before), one.reported) for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill employs 340 people.", [("The mill employs 340 people.", "", False)]),
        # a shared subject, a shared auxiliary
        (
            "The mill employed 340 people and sold cloth to nine countries.",
            [
                ("The mill employed 340 people", "", False),
                ("sold cloth to nine countries.", "The mill", False),
            ],
        ),
        (
            "The bridge was built in 1931 and torn down in 1978.",
            [
                ("The bridge was built in 1931", "", False),
                ("torn down in 1978.", "The bridge was", False),
            ],
        ),
        # each its own subject
        (
            "The mill employs 340 people, but the yard lost 90 jobs.",
            [
                ("The mill employs 340 people", "", False),
                ("the yard lost 90 jobs.", "", False),
            ],
        ),
        # below a clause nothing is split
        (
            "The boats landed salt and fish in May.",
            [("The boats landed salt and fish in May.", "", False)],
        ),
        # a tail that says something exact, and one that does not
        (
            "The river stood at 4.1 metres, the highest level since 1934.",
            [
                ("The river stood at 4.1 metres", "", False),
                ("the highest level since 1934.", "", False),
            ],
        ),
        (
            "The offensive began on 6 September, with American aircraft overhead.",
            [("The offensive began on 6 September, with American aircraft overhead.", "", False)],
        ),
        # what is reported
        (
            "Ida Roe said that the quay fell in 2017.",
            [("Ida Roe said that the quay fell in 2017.", "", True)],
        ),
        # a colon and a semicolon
        (
            "The road was closed in May; the bridge stayed open.",
            [("The road was closed in May", "", False), ("the bridge stayed open.", "", False)],
        ),
        ("", [("", "", False)]),
    ],
)
def test_hand_worked(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert clauses(text) == expected


def test_a_relative_clause_takes_its_noun_for_the_pronoun() -> None:
    text = "The mill, which opened in 1921, employs 340 people."
    found = clauses(text)
    assert ("The mill", True) in [
        (before, "which opened in 1921" in span) for span, before, _ in found
    ]
    assert len(found) == 2


def test_both_facts_under_one_report_are_reported() -> None:
    found = clauses("Ida Roe said that the quay fell in 2017 and the bridge sank in 2018.")
    assert [reported for _, _, reported in found] == [True, True]
    assert found[0][0].startswith("Ida Roe said")
    assert not found[1][0].startswith("Ida Roe")


def test_no_clause_is_cut_inside_a_quotation() -> None:
    text = 'He called it "a lie," but the quay fell in 2017.'
    assert clauses(text)[0][0] == 'He called it "a lie,"'
