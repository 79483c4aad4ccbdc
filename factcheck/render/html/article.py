"""The article as it reads, with its claims marked in place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from factcheck.records import Report, Verdict
from factcheck.render.html.marks import Stretch, cut, inert, paragraphs, wrapped
from index import Span

_HEADING = re.compile(r"#{1,6} [^\n]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the article that claims what claim `number` (from 1) does.

    `copy` is 0 where the claim itself stands, and counts its other places from 1.
    """

    span: Span
    number: int
    copy: int
    verdict: Verdict

    @property
    def anchor(self) -> str:
        """The id of its mark."""
        return f"at-{self.number}" + (f"-{self.copy}" if self.copy else "")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the article that leads to one claim, or to none.

    `begins` are the places that begin with it: their signs stand before it. The last of them is
    `place` if that begins here. `outer` is the verdict of the claim around that of `place`.
    """

    text: Markup
    place: Place | None = None
    begins: tuple[Place, ...] = ()
    outer: Verdict | None = None

    @property
    def opens(self) -> bool:
        """Whether the place it leads to begins here."""
        return bool(self.begins) and self.begins[-1] is self.place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of the article with no empty one between them, and the line feeds `after` them.

    `kind` is how they are set: `"heading"`, `"flowing"` for lines that were cut to a width, or `""`
    for lines that stay as they are.
    """

    pieces: tuple[Piece, ...]
    kind: str
    after: Markup


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """The line feeds `before` the first paragraph, and the paragraphs: together they are its text.

    `shown` are the places that are marked in it.
    """

    before: Markup
    paragraphs: tuple[Paragraph, ...]
    shown: frozenset[Place]


def places_of(report: Report) -> list[Place]:
    """Where the article says what was checked; places it does not have are left out."""
    text = report.article.text
    found = []
    for number, finding in enumerate(report.findings, 1):
        claim = finding.claim
        stands = text[claim.start : claim.end] == claim.text
        for copy, span in enumerate([claim.span, *claim.places]):
            if 0 <= span.start < span.end <= len(text) and (copy or stands):
                found.append(Place(span, number, copy, finding.verdict))
    return found


def marked(text: str, places: Sequence[Place]) -> MarkedArticle:
    """`text` in paragraphs, cut wherever one of `places` begins or ends."""
    shown = inert(text)
    blocks = paragraphs(shown)
    # paragraphs are cut out like marks, in the same sweep; their numbers come after those of places
    stretches = cut(shown, [*(place.span for place in places), *blocks])
    inside: dict[int, list[Piece]] = {number: [] for number in range(len(blocks))}
    gaps: dict[int, list[Markup]] = {number: [] for number in range(-1, len(blocks))}
    current, seen = -1, set[Place]()
    for stretch in stretches:
        own = [mark for mark in stretch.marks if mark >= len(places)]
        if own:
            current = own[0] - len(places)
            inside[current].append(_piece(stretch, places, seen))
        else:  # line feeds alone
            gaps[current].append(stretch.text)
    return MarkedArticle(
        Markup().join(gaps[-1]),
        tuple(
            Paragraph(
                tuple(inside[number]),
                _kind(shown[block.start : block.end]),
                Markup().join(gaps[number]),
            )
            for number, block in enumerate(blocks)
        ),
        frozenset(seen),
    )


def _piece(stretch: Stretch, places: Sequence[Place], seen: set[Place]) -> Piece:
    """`stretch` leading to the innermost of the places over it; `seen` are those that have begun.

    A place may begin in the line feeds between paragraphs: its sign stands at its first letter.
    """
    over = [places[mark] for mark in stretch.marks if mark < len(places)]
    if not over:
        return Piece(stretch.text)
    over.sort(key=lambda place: (place.span.start - place.span.end, place.number, place.copy))
    begins = tuple(place for place in over if place not in seen)
    seen.update(begins)
    if not begins and not stretch.text.strip():  # a link nobody could see
        return Piece(stretch.text)
    outer = next((place for place in reversed(over[:-1]) if place.number != over[-1].number), None)
    return Piece(stretch.text, over[-1], begins, outer.verdict if outer else None)


def _kind(paragraph: str) -> str:
    if _HEADING.fullmatch(paragraph):
        return "heading"
    return "flowing" if wrapped(paragraph) else ""
