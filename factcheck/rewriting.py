"""A text made from pieces of another, which knows where every piece comes from.

What a claim is searched and verified by is not what the article says word for word: pronouns are
names in it, `last year` is 2023. A disagreement found there is shown in the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from factcheck.spans import within
from index import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` in place of `span` of the source; an empty span inserts before it."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the new text from `start` on, and what it comes from.

    A copied piece is as long as its source; any other stands for the source as a whole, which is
    None where the words have no source at all.
    """

    start: int
    length: int
    source: Span | None
    copied: bool


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A new text and the pieces it is made of, in order and without gaps."""

    text: str
    pieces: tuple[Piece, ...] = field(repr=False)

    def origin(self, span: Span) -> Span | None:
        """Where in the source a stretch of the new text comes from; None if from nowhere."""
        starts = [piece.start for piece in self.pieces]
        first = max(0, bisect_right(starts, span.start) - 1)
        sources = []
        for piece in self.pieces[first:]:
            if piece.start >= span.end:
                break
            if piece.source is None or piece.start + piece.length <= span.start:
                continue
            if not piece.copied:
                sources.append(piece.source)
                continue
            shift = piece.source.start - piece.start
            start = max(span.start, piece.start)
            end = min(span.end, piece.start + piece.length)
            sources.append(Span(start + shift, end + shift))
        if not sources:
            return None
        return Span(min(s.start for s in sources), max(s.end for s in sources))

    def drawn_from(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The stretches of the new text that come from within one of `spans` of the source."""
        found: list[Span] = []
        running = False
        for piece in self.pieces:
            end = piece.start + piece.length
            drawn = piece.source is not None and any(within(piece.source, each) for each in spans)
            if drawn and running:
                found[-1] = Span(found[-1].start, end)
            elif drawn:
                found.append(Span(piece.start, end))
            running = drawn
        return tuple(found)


def rewrite(text: str, parts: Sequence[Span | str], edits: Iterable[Edit] = ()) -> Rewriting:
    """The parts of `text` and the strings between them, one after the other, edited.

    Edits must not overlap; those outside the parts do nothing. Runs of white space become one
    space, none stands at the ends or before a comma or stop.
    """
    ordered = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
    raw: list[tuple[str, Span | None, bool]] = []
    for part in parts:
        if isinstance(part, str):
            raw.append((part, None, False))
            continue
        at = part.start
        for edit in ordered:
            if (
                not (part.start <= edit.span.start and edit.span.end <= part.end)
                or edit.span.start < at
            ):
                continue
            raw.append((text[at : edit.span.start], Span(at, edit.span.start), True))
            raw.append((edit.text, edit.span, False))
            at = edit.span.end
        raw.append((text[at : part.end], Span(at, part.end), True))
    return _joined(raw)


_RUN = re.compile(r"\s+|[^\s]+")


def _joined(raw: Sequence[tuple[str, Span | None, bool]]) -> Rewriting:
    pieces: list[Piece] = []
    out = ""
    pending = False
    for words, source, copied in raw:
        for match in _RUN.finditer(words):
            if match[0].isspace():
                pending = True
                continue
            closes = match[0][0] in ",.;:!?" and not match[0].startswith("...")
            if pending and out and not closes:
                out += " "
            pending = False
            origin = source
            if copied and source:
                origin = Span(source.start + match.start(), source.start + match.end())
            pieces.append(Piece(len(out), len(match[0]), origin, copied))
            out += match[0]
    return Rewriting(out, tuple(pieces))


def capitalised(rewriting: Rewriting) -> Rewriting:
    """The same with a capital first letter, where that is one letter: `ß` has none."""
    first, rest = rewriting.text[:1], rewriting.text[1:]
    if not first.islower() or len(first.upper()) != 1:
        return rewriting
    return Rewriting(first.upper() + rest, rewriting.pieces)
