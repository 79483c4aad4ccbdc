"""Lines on pages → running text: what is no text goes, what was one paragraph becomes one again.

A PDF holds letters at places. Whether a line goes on in the next one is told by the space between
them, by their indents, and by whether the next word would have fitted; where these do not agree
the line break stays.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median

from index.records import Locator

#: Running headers and footers stand in this share of a page's height at its top and its bottom,
_MARGIN = 0.12
#: at the same height, in points, give or take,
_SAME_HEIGHT = 4.0
#: on this many pages at least; page numbers, which count along, on two.
_RUNNING = 3

_PAGE_NUMBER = re.compile(
    r"[\s|–—-]*(page|p\.|seite)?\s*(\d{1,4})(?:\s*(?:of|/|von)\s*\d{1,4})?[\s|–—-]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ITEM = re.compile(r"[•▪◦‣●○■□–—*-]\s|\(?\d{1,3}[.)]\s|\(?[a-zA-Z][.)]\s")
_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]\d]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: from `left` to `right` on the baseline `bottom`, in points.

    Points are counted from the page's lower left corner. `size` is that of its letters, and
    `hyphenated` says that its last word is cut at a hyphen, which `text` does not hold.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    hyphenated: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order; `number` counts from 1, `height` is in points."""

    number: int
    height: float
    lines: tuple[Line, ...]


def compose(pages: Sequence[Page]) -> tuple[str, tuple[Locator, ...]]:
    """The text of `pages`, and where each begins and ends in it.

    Paragraphs are parted by a blank line, lines that may or may not be one paragraph by a newline.
    Page numbers are dropped, and so are running headers and footers but for those of page 1.
    """
    bare = _without_furniture(pages)
    words = Counter(
        word.casefold() for page in bare for line in page.lines for word in _WORD.findall(line.text)
    )
    setting = _Setting(bare)
    parts: list[str] = []
    locators: list[Locator] = []
    length = 0
    previous: tuple[int, Line] | None = None
    for page in bare:
        start = None
        for line in page.lines:
            between = ""
            if previous:
                number, before = previous
                between = setting.between(before, line, turned=number != page.number)
                if before.hyphenated and not between:
                    between = _hyphen(before.text, line.text, words)
            parts += (between, line.text)
            length += len(between)
            start = length if start is None else start
            length += len(line.text)
            previous = (page.number, line)
        if start is not None:
            locators.append(Locator(start, length, f"page {page.number}"))
    return "".join(parts), tuple(locators)


def _hyphen(before: str, after: str, words: Mapping[str, int]) -> str:
    """`-` where the hyphen at the end of `before` belongs to the word, else nothing.

    Asked is the document itself: which of `considerable` and `consider-able` it has elsewhere, and
    whether it has both parts as words of their own.
    """
    head = re.search(r"[^\W_]+$", before)
    tail = re.match(r"[^\W_]+", after)
    if not head or not tail or not tail.group()[0].islower() or not head.group()[-1].isalpha():
        return "-"
    one, other = head.group().casefold(), tail.group().casefold()
    if words[one + other]:
        return ""
    # Each part is counted once where the line was broken.
    own = words[one] > 1 and words[other] > 1
    return "-" if words[f"{one}-{other}"] or own else ""


class _Setting:
    """How a document is set: its leading by size of letter, its right margins."""

    def __init__(self, pages: Sequence[Page]) -> None:
        gaps: dict[int, list[float]] = defaultdict(list)
        self._right: dict[tuple[int, int], float] = {}
        for page in pages:
            for line in page.lines:
                margin = _margin(line)
                self._right[margin] = max(self._right.get(margin, 0.0), line.right)
            for line, following in pairwise(page.lines):
                gap = line.bottom - following.bottom
                if 0.8 * line.size < gap < 2.5 * line.size and _alike(line, following):
                    gaps[round(line.size)].append(gap)
        self._leading = {size: median(found) for size, found in gaps.items()}

    def between(self, line: Line, following: Line, *, turned: bool) -> str:
        """What stands between two lines that follow each other, the page `turned` or not."""
        if line.hyphenated:
            return ""
        if not _alike(line, following):
            return "\n\n"
        goes_on = following.text[0].islower() and not _ENDED.search(line.text)
        gap = line.bottom - following.bottom
        if turned or gap < -line.size:  # the next page or column
            return " " if goes_on else "\n\n"
        if gap > 1.25 * self._leading.get(round(line.size), 1.2 * line.size):
            return "\n\n"
        beside = abs(gap) < 0.5 * line.size  # as in a table
        return " " if beside or self._continues(line, following, goes_on=goes_on) else "\n"

    def _continues(self, line: Line, following: Line, *, goes_on: bool) -> bool:
        """Whether two lines of one block are one paragraph."""
        if _ITEM.match(following.text):
            return False
        indented = following.left > line.left + 0.4 * line.size
        hanging = _ITEM.match(line.text) is not None
        return goes_on or (self._is_full(line, following) and indented == hanging)

    def _is_full(self, line: Line, following: Line) -> bool:
        """Whether the first word of `following` would not have fitted on `line`."""
        letter = (line.right - line.left) / max(len(line.text), 1)
        word = len(following.text.split(maxsplit=1)[0]) + 1
        return line.right + word * letter > self._right[_margin(following)]


def _margin(line: Line) -> tuple[int, int]:
    """What lines of one column share: where they begin, roughly, and the size of letter."""
    return round(line.left / 12), round(line.size)


def _alike(line: Line, following: Line) -> bool:
    """Whether both are set in one size of letter."""
    return abs(line.size - following.size) < 0.12 * line.size + 0.05


#: What a running line has in common → its height, in steps of `_SAME_HEIGHT` → the first few pages
#: that have such a line there.
_Running = dict[tuple[str, int], set[int]]


def _without_furniture(pages: Sequence[Page]) -> list[Page]:
    """`pages` without page numbers and running headers and footers."""
    running: _Running = defaultdict(set)
    for page in pages:
        for line in page.lines:
            if _is_at_edge(line, page):
                for key in _keys(line, page.number):
                    found = running[key, _step(line)]
                    if len(found) < _RUNNING:
                        found.add(page.number)
    return [
        Page(
            page.number,
            page.height,
            tuple(line for line in page.lines if not _is_furniture(line, page, running)),
        )
        for page in pages
    ]


def _is_at_edge(line: Line, page: Page) -> bool:
    return not _MARGIN * page.height <= line.bottom <= (1 - _MARGIN) * page.height


def _step(line: Line) -> int:
    return round(line.bottom / _SAME_HEIGHT)


def _keys(line: Line, number: int) -> Iterator[str]:
    """What a running line has in common with itself on other pages.

    That is its text, or its text with one number in it, not a year, that counts along.
    """
    yield line.text
    for match in islice(_DIGITS.finditer(line.text), 4):
        found = match.group()
        if len(found) < 5 and not 1900 <= int(found) < 2100:
            rest = line.text[: match.start()], line.text[match.end() :]
            yield f"{rest[0]}\0{int(found) - number}\0{rest[1]}"


def _is_furniture(line: Line, page: Page, running: _Running) -> bool:
    if not _is_at_edge(line, page):
        return False
    alone = _PAGE_NUMBER.fullmatch(line.text)
    if alone and (alone.group(1) or int(alone.group(2)) == page.number):
        return True
    for key in _keys(line, page.number):
        counting = "\0" in key
        near = (running.get((key, _step(line) + step), set()) for step in (-1, 0, 1))
        needed = 2 if counting and alone else _RUNNING
        if len(set().union(*near)) >= needed and (counting or page.number > 1):
            return True
    return False
