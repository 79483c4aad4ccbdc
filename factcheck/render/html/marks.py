"""Foreign text made inert for a page, and cut where marks begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from factcheck.render.safe import REPLACEMENT, plain
from index import Span

#: The last two code points of each plane are no characters, like 32 others: a page may not hold
#: them, not even as references.
_LAST = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_NONCHARACTERS = re.compile(f"[\ufdd0-\ufdef{_LAST}]")
#: Lines that were cut to a width are about this long.
_CUT = range(55, 121)
#: What begins an item of a list or a row of a table, whose lines stay.
_ITEM = re.compile(r"\s|[-*+•|>#]|\d{1,3}[.)]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text under the same marks from end to end.

    `text` is escaped, `start` its offset, `marks` the numbers of those over it, rising.
    """

    text: Markup
    start: int
    marks: tuple[int, ...]


def inert(text: str) -> str:
    """`text` of the same length with nothing in it that a page may not hold, or that hides.

    Line feeds stay; everything else is as `factcheck.render.safe.plain` has it.
    """
    shown = _NONCHARACTERS.sub(REPLACEMENT, plain(text))
    if "\n" not in text:
        return shown
    both = zip(text, shown, strict=True)
    return "".join("\n" if was == "\n" else now for was, now in both)


def cut(text: str, marks: Sequence[Span]) -> list[Stretch]:
    """`text`, which is inert already, cut wherever one of `marks` begins or ends.

    Marks may overlap, nest and touch; those that are empty or reach out of the text count for
    nothing. The pieces together are the text.
    """
    edges: dict[int, set[int]] = {0: set(), len(text): set()}
    for number, span in enumerate(marks):
        if 0 <= span.start < span.end <= len(text):
            edges.setdefault(span.start, set()).add(number)
            edges.setdefault(span.end, set()).add(number)
    places = sorted(edges)
    pieces: list[Stretch] = []
    over: set[int] = set()
    for start, end in pairwise(places):
        over ^= edges[start]
        pieces.append(Stretch(escape(text[start:end]), start, tuple(sorted(over))))
    return pieces


def paragraphs(text: str) -> list[Span]:
    """The stretches of `text` between empty lines, without the line feeds around them."""
    return [Span(*match.span()) for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)]


def wrapped(paragraph: str) -> bool:
    """Whether the lines of a paragraph were cut to a width, so that they may be set anew."""
    lines = paragraph.split("\n")
    return len(lines) > 1 and all(
        len(line) in _CUT and not _ITEM.match(after) for line, after in pairwise(lines)
    )


def joined(text: str) -> str:
    """`text` of the same length with a space for each line feed that only cut a line to a width."""
    pieces = re.split(r"(\n{2,})", text)
    return "".join(piece.replace("\n", " ") if wrapped(piece) else piece for piece in pieces)
