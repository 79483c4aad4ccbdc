"""Running text as a reader sees it: paragraphs, and lines of a given width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from index import Span

#: Lines of a source at least this long are taken to be broken by hand, and flow into the next.
FLOWS = 50
#: Narrower than this nothing can be laid out: a wide character takes two columns.
NARROWEST = 2

_WORD = re.compile("[^ ]+")
#: A line that begins so stands by itself: a heading, an item, a quotation, a row of a table.
_STANDS = re.compile(r"\s|#|[-*+•>|]|\d+[.)]\s")


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of `text` in order; one of no length for every gap between them."""
    start, end, at, last = 0, -1, 0, ""
    for line in text.split("\n"):
        stop = at + len(line)
        blank = not line.strip()
        if end >= 0 and (blank or not _flows(last, line)):
            yield Span(start, end)
            end = -1
        last = line
        if blank:
            yield Span(at, at)
        else:
            start, end = (at if end < 0 else start), stop
        at = stop + 1
    if end >= 0:
        yield Span(start, end)


def _flows(last: str, line: str) -> bool:
    """Whether `line` goes on with the paragraph whose last line is `last`."""
    return len(last) >= FLOWS and not last.startswith("#") and not _STANDS.match(line)


def wrap(text: str, width: int) -> list[Span]:
    """Lines of at most `width` columns, broken at spaces; words too long for one are folded.

    The text has no newline in it. Spaces at a break belong to neither line.
    """
    width = max(NARROWEST, width)
    narrow = text.isascii()
    lines: list[Span] = []
    start, end, used = 0, -1, 0
    for match in _WORD.finditer(text):
        first, last = match.span()
        cells = last - first if narrow else cell_len(match[0])
        if end >= 0 and used + first - end + cells <= width:
            used += first - end + cells
            end = last
            continue
        if end >= 0:
            lines.append(Span(start, end))
        if cells > width:
            *folded, first = _folded(match[0], first, width)
            lines += [Span(*pair) for pair in zip(folded, [*folded[1:], first], strict=True)]
            cells = cell_len(text[first:last])
        start, end, used = first, last, cells
    return [*lines, Span(start, end)] if end >= 0 else lines


def _folded(word: str, start: int, width: int) -> list[int]:
    """Where the pieces of a long word begin."""
    starts = [start]
    for piece in chop_cells(word, width)[:-1]:
        starts.append(starts[-1] + len(piece))
    return starts


def column_to_index(text: str, column: int) -> int:
    """Which code point of a line stands in a column; its length if the line is shorter."""
    used = 0
    for number, character in enumerate(text):
        used += cell_len(character)
        if used > column:
            return number
    return len(text)
