"""Offsets of a document → where they stand in its source: a page, a cell, a row, a time.

A locator's label is `page 3`, `Sheet1!A5:D5`, `row 5` or a time such as `00:01:02`. A passage that
runs over several shows the first and the last: `pages 3–4`, `Sheet1!A5:D9`, `rows 5–9`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from index.records import Locator

_NUMBERED = re.compile(r"(.*?\b)(page|row|line|slide) (\d+)")
_CELLS = re.compile(r"(.+!)([A-Z]{1,3}\d+)(?::([A-Z]{1,3}\d+))?", re.DOTALL)


def place(locators: Sequence[Locator], start: int, end: int) -> str | None:
    """The label of [start, end), or None where no locator touches it.

    `locators` are sorted and do not overlap. Takes logarithmic time.
    """
    first = bisect_right(locators, start, key=lambda each: each.end)
    last = bisect_left(locators, max(end, start + 1), key=lambda each: each.start) - 1
    if first > last:
        return None
    return _joined(locators[first].label, locators[last].label)


def _joined(first: str, last: str) -> str:
    """One label for everything from `first` to `last`."""
    if first == last:
        return first
    one, other = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    if one and other and one.group(1, 2) == other.group(1, 2):
        return f"{one.group(1)}{one.group(2)}s {one.group(3)}–{other.group(3)}"
    one, other = _CELLS.fullmatch(first), _CELLS.fullmatch(last)
    if one and other and one.group(1) == other.group(1):
        return f"{one.group(1)}{one.group(2)}:{other.group(3) or other.group(2)}"
    return f"{first}–{last}"


def shifted(locators: Iterable[Locator], text: str, cleaned: str) -> tuple[Locator, ...]:
    """`locators` of `text` as those of `cleaned`, which has line feeds for its newlines.

    A carriage return alone is replaced, not removed, so only pairs shift what follows.
    """
    found = tuple(locators)
    if not found or len(text) == len(cleaned):
        return found
    pairs = [match.start() for match in re.finditer("\r\n", text)]

    def moved(offset: int) -> int:
        return offset - bisect_left(pairs, offset)

    return tuple(Locator(moved(each.start), moved(each.end), each.label) for each in found)
