from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Metadata, make_document
from index.locators import place
from index.records import Locator

PAGES = [Locator(0, 10, "page 3"), Locator(12, 20, "page 4"), Locator(20, 30, "page 5")]


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        (0, 5, "page 3"),
        (9, 10, "page 3"),
        (5, 15, "pages 3–4"),
        (0, 30, "pages 3–5"),
        (11, 13, "page 4"),
        (10, 12, None),
        (20, 21, "page 5"),
        (19, 21, "pages 4–5"),
        (30, 40, None),
        (25, 25, "page 5"),
    ],
)
def test_pages_of_a_passage(start: int, end: int, label: str | None) -> None:
    assert place(PAGES, start, end) == label


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("Trade!A5:D5", "Trade!A9:F9", "Trade!A5:F9"),
        ("Trade!A5", "Trade!B7", "Trade!A5:B7"),
        ("'Trade: 2021'!A5:B5", "'Trade: 2021'!A6:B6", "'Trade: 2021'!A5:B6"),
        ("row 2", "row 11", "rows 2–11"),
        ("00:01:02", "00:01:30", "00:01:02–00:01:30"),
    ],
)
def test_other_labels(first: str, last: str, label: str) -> None:
    locators = [Locator(0, 5, first), Locator(6, 9, last)]
    assert place(locators, 0, 3) == first
    assert place(locators, 2, 8) == label
    assert place([], 0, 3) is None


@given(st.lists(st.text(st.sampled_from("ab\r\n"), min_size=1, max_size=8), min_size=1, max_size=6))
def test_newlines_do_not_shift_locators(parts: list[str]) -> None:
    # a pair cut in two by a border is no pair of one part
    parts = [part.strip("\r\n") + "." for part in parts]
    text = "\r\n".join(parts)
    locators, start = [], 0
    for number, part in enumerate(parts):
        locators.append(Locator(start, start + len(part), f"page {number}"))
        start += len(part) + 2
    document = make_document("a", text, Metadata(), locators)
    found = [document.text[each.start : each.end] for each in document.locators]
    assert found == [part.replace("\r\n", "\n").replace("\r", "\n") for part in parts]
    assert [each.label for each in document.locators] == [each.label for each in locators]


def test_the_hash_covers_locators() -> None:
    plain = make_document("a", "text", Metadata())
    placed = make_document("a", "text", Metadata(), [Locator(0, 4, "page 1")])
    other = make_document("a", "text", Metadata(), [Locator(0, 4, "page 2")])
    assert len({each.content_hash for each in (plain, placed, other)}) == 3
