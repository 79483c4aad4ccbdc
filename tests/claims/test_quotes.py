from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.quotes import find_quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("No quotation here.", []),
        ("“We won,” he said. “We stay.”", ["“We won,”", "“We stay.”"]),
        ('He said "we won" twice.', ['"we won"']),
        ("« Oui », dit-il. „Ja“, sagte sie.", ["« Oui »", "„Ja“"]),
        ("»Ja«, sagte sie.", ["»Ja«"]),
        ("He said ‘it isn’t so’ and left.", ["‘it isn’t so’"]),
        ("The drivers' union isn't there; 'so what' he said.", ["'so what'"]),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        # a quotation over two paragraphs opens twice and closes once
        ("“It fell.\n\n“We ran.” Then.", ["“It fell.", "“We ran.”"]),
        ('"It fell.\n\n"We ran." Then.', ['"It fell.', '"We ran."']),
        ('He left. "It fell. It sank.\n\n"We ran." Then.', ['"It fell. It sank.', '"We ran."']),
        ("He left. 'It fell, I’d say.\n\n'We ran.'", ["'It fell, I’d say.", "'We ran.'"]),
        ("In the '90s it fell.\n\n'We ran.'", ["'We ran.'"]),
        ('He said "it fell.\n\nWe ran.', []),
        ('A 5" pipe burst.', []),
        ('The 5" and 6" pipes.', []),
    ],
)
def test_hand_worked(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in find_quotations(text)] == expected


@given(st.text(st.one_of(st.sampled_from("“”\"'‘’«»„ a.\n"), st.characters())))
def test_quotations_are_ordered_and_inside_the_text(text: str) -> None:
    spans = find_quotations(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@pytest.mark.parametrize("unit", ["“", '"', "(“", "“a” ", "'a ", "«»"])
def test_hostile_marks_take_linear_time(unit: str) -> None:
    started = time.process_time()
    find_quotations(unit * (300_000 // len(unit)))
    assert time.process_time() - started < 4
