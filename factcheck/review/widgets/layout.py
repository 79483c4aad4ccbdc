"""An article laid out for a pane: its lines, and which claim stands where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from factcheck.records import Claim, SkippedSentence
from factcheck.render.safe import plain
from factcheck.review.widgets.wrapping import column_to_index, paragraphs, wrap
from index import Span

#: What stands between a sign and its claim; it keeps both on one line.
_GLUE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: the claim it belongs to, or -1, and what it is.

    `sign` says that it is the claim's sign and none of the article's text.
    """

    text: str
    number: int
    sign: bool = False
    skipped: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What is laid out: the text, its claims, and the sentences that are not checked."""

    text: str
    claims: Sequence[Claim] = ()
    skipped: Sequence[SkippedSentence] = ()


@dataclass(slots=True)
class _Paragraph:
    span: Span
    starts: list[tuple[int, int]] = field(default_factory=list)  # (offset, number), in order
    covers: list[tuple[int, int, int]] = field(default_factory=list)  # (start, end, number)
    skipped: list[tuple[int, int]] = field(default_factory=list)
    text: str = ""  # with the signs in it
    lines: list[Span] = field(default_factory=list)
    inserted: list[tuple[int, int, int]] = field(default_factory=list)  # (at, length, number)
    added: list[int] = field(default_factory=lambda: [0])  # by the first n signs
    owners: list[int] | None = None

    def place(self, offset: int) -> int:
        """Where the code point of the article's `offset` stands in `text`, after its signs."""
        before = bisect_right(self.starts, offset, key=lambda start: start[0])
        return offset - self.span.start + self.added[before]

    def offset(self, place: int) -> int:
        """The other way round; of a sign, where its claim begins."""
        less = 0
        for start, length, _ in self.inserted:
            if start >= place:
                break
            less += min(length, place - start)
        return self.span.start + place - less


class ArticleLayout:
    """An article in lines of one width, with a sign before every claim.

    Lines are counted from 0. `signs` has one sign for each claim.
    """

    def __init__(self, source: Source, signs: Sequence[str], width: int) -> None:
        self._source = source
        self._text = plain(source.text)  # the offsets stay
        self._signs = list(signs)
        self._width = width
        self._paragraphs = [_Paragraph(span) for span in paragraphs(source.text)]
        self._begins = [each.span.start for each in self._paragraphs]
        self._assign()
        for each in self._paragraphs:
            self._lay(each)
        self._count()

    @property
    def height(self) -> int:
        """How many lines there are."""
        return self._height

    @property
    def claims(self) -> int:
        """How many claims there are."""
        return len(self._source.claims)

    def sign(self, number: int, sign: str) -> range:
        """Put another sign before a claim; the lines that have changed."""
        known, self._signs[number] = self._signs[number], sign
        index = self._index(self._source.claims[number].start)
        if index is None:
            return range(0)
        paragraph = self._paragraphs[index]
        if len(known) == len(sign):  # then it takes the same room, and nothing moves
            at = next(at for at, _, owner in paragraph.inserted if owner == number)
            paragraph.text = paragraph.text[:at] + sign + paragraph.text[at + len(sign) :]
            return range(0)
        before, first = len(paragraph.lines), self._tops[index]
        self._lay(paragraph)
        if len(paragraph.lines) != before:
            self._count()
            return range(first, self._height)
        return range(first, first + before)

    def lines_of(self, number: int) -> range:
        """The lines a claim stands in."""
        claim = self._source.claims[number]
        first = self._line(claim.start)
        return range(first, self._line(max(claim.start, claim.end - 1)) + 1)

    def stretches(self, number: int) -> Iterator[int]:
        """Every line in which a claim, or another place of it, is marked."""
        claim = self._source.claims[number]
        for span in (claim.span, *claim.places):
            yield from range(self._line(span.start), self._line(span.end - 1) + 1)

    def pieces(self, line: int, chosen: int | None) -> list[Piece]:
        """A line from left to right; of an overlap, the claim `chosen` goes first."""
        paragraph, span = self._at(line)
        if span is None:
            return []
        owners = self._owners(paragraph)
        signs = _ranges(paragraph.inserted)
        mine = [] if chosen is None else self._covered(paragraph, chosen)
        dim = [(paragraph.place(a), paragraph.place(b - 1) + 1) for a, b in paragraph.skipped]
        signs, mine, dim = (_within(ranges, span) for ranges in (signs, mine, dim))
        found: list[Piece] = []
        for first, last in _runs(span, [*signs, *mine, *dim], owners):
            number, sign = owners[first], _inside(first, signs)
            picked = number == chosen if sign else _inside(first, mine)
            text = paragraph.text[first:last]
            found.append(
                Piece(
                    text.replace(_GLUE, " ") if sign else text,
                    number if not picked or chosen is None else chosen,
                    sign,
                    _inside(first, dim),
                    picked,
                )
            )
        return found

    def claims_at(self, line: int, column: int) -> list[int]:
        """The claims that stand in a place of the screen, the shortest first."""
        paragraph, span = self._at(line)
        if span is None:
            return []
        place = span.start + column_to_index(paragraph.text[span.start : span.end], column)
        if place >= span.end:
            return []
        for at, length, number in paragraph.inserted:
            if at <= place < at + length:
                return [number]
        offset = paragraph.offset(place)
        covering = [cover for cover in paragraph.covers if cover[0] <= offset < cover[1]]
        return [n for *_, n in sorted(covering, key=lambda cover: cover[1] - cover[0])]

    def _assign(self) -> None:
        for number, claim in enumerate(self._source.claims):
            index = self._index(claim.start)
            if index is not None:
                self._paragraphs[index].starts.append((claim.start, number))
            for span in (claim.span, *claim.places):
                for paragraph, start, end in self._touched(span):
                    paragraph.covers.append((start, end, number))
        for item in self._source.skipped:
            for paragraph, start, end in self._touched(Span(item.start, item.end)):
                paragraph.skipped.append((start, end))

    def _touched(self, span: Span) -> Iterator[tuple[_Paragraph, int, int]]:
        """The paragraphs that `span` has a part in, with that part."""
        first = max(0, bisect_right(self._begins, span.start) - 1)
        for index in range(first, len(self._paragraphs)):
            paragraph = self._paragraphs[index]
            if paragraph.span.start >= span.end:
                return
            start = max(span.start, paragraph.span.start)
            end = min(span.end, paragraph.span.end)
            if start < end:
                yield paragraph, start, end

    def _index(self, offset: int) -> int | None:
        if not self._paragraphs or offset >= len(self._text):
            return None
        return max(0, bisect_right(self._begins, offset) - 1)

    def _lay(self, paragraph: _Paragraph) -> None:
        """Put the signs into a paragraph and break it into lines."""
        paragraph.owners = None
        paragraph.inserted, paragraph.added = [], [0]
        paragraph.starts.sort()
        parts: list[str] = []
        at, length = paragraph.span.start, 0
        for offset, number in paragraph.starts:
            part = self._text[at:offset]
            sign = self._signs[number] + _GLUE
            paragraph.inserted.append((length + len(part), len(sign), number))
            parts += [part, sign]
            length += len(part) + len(sign)
            paragraph.added.append(paragraph.added[-1] + len(sign))
            at = max(at, offset)
        parts.append(self._text[at : paragraph.span.end])
        paragraph.text = "".join(parts)
        paragraph.lines = wrap(paragraph.text, self._width)

    def _count(self) -> None:
        self._tops: list[int] = []
        height = 0
        for paragraph in self._paragraphs:
            self._tops.append(height)
            height += max(1, len(paragraph.lines))
        self._height = height

    def _at(self, line: int) -> tuple[_Paragraph, Span | None]:
        index = bisect_right(self._tops, line) - 1
        paragraph = self._paragraphs[index]
        inside = line - self._tops[index]
        return paragraph, paragraph.lines[inside] if inside < len(paragraph.lines) else None

    def _line(self, offset: int) -> int:
        index = self._index(offset)
        if index is None:
            return max(0, self._height - 1)
        paragraph = self._paragraphs[index]
        place = paragraph.place(offset)
        starts = [span.start for span in paragraph.lines]
        return self._tops[index] + max(0, bisect_right(starts, place) - 1)

    @staticmethod
    def _covered(paragraph: _Paragraph, number: int) -> list[tuple[int, int]]:
        return [
            (paragraph.place(start), paragraph.place(end - 1) + 1)
            for start, end, owner in paragraph.covers
            if owner == number
        ]

    @staticmethod
    def _owners(paragraph: _Paragraph) -> list[int]:
        """For every code point the claim it is marked as; the shortest one goes first."""
        if paragraph.owners is None:
            owners = [-1] * len(paragraph.text)
            longest = sorted(paragraph.covers, key=lambda cover: cover[0] - cover[1])
            for start, end, number in longest:
                first, last = paragraph.place(start), paragraph.place(end - 1) + 1
                owners[first:last] = [number] * (last - first)
            for at, length, number in paragraph.inserted:
                owners[at : at + length] = [number] * length
            paragraph.owners = owners
        return paragraph.owners


def _ranges(inserted: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    return [(at, at + length) for at, length, _ in inserted]


def _within(ranges: Iterable[tuple[int, int]], span: Span) -> list[tuple[int, int]]:
    return [pair for pair in ranges if pair[0] < span.end and pair[1] > span.start]


def _inside(place: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(first <= place < last for first, last in ranges)


def _runs(
    span: Span, ranges: Iterable[tuple[int, int]], owners: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The stretches of a line within which nothing changes."""
    cuts = {span.start, span.end}
    for pair in ranges:
        cuts.update(cut for cut in pair if span.start < cut < span.end)
    cuts.update(
        place for place in range(span.start + 1, span.end) if owners[place] != owners[place - 1]
    )
    ordered = sorted(cuts)
    return pairwise(ordered)
