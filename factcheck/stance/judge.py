"""From a claim and a passage to signs: what the verifier reads in it, and what exactly differs.

A passage is read twice, a sentence with its neighbours each time: where it most likely decides the
claim, and where it next likely does. The first speaks for it unless the second decides plainly
more (less NEI). Unless that is silent the claim is read there again: with the values that both
share in the passage's notation (`factcheck.mismatch.aligning`), which tells more than its own; and
as its article prints it. Both readings are pooled: what makes a claim stand alone may go wrong, and
two wordings of one fact err less than one.

A difference between claim and passage may be one about something else. So the claim is read again
with the passage's value in place of its own: what the passage supports then, it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from factcheck.claims.syntax import parse
from factcheck.mismatch import Comparison, Proposal, Text, compare
from factcheck.mismatch.compare import FIGURES
from factcheck.records import Agreement, Probabilities
from factcheck.spans import within
from factcheck.stance.echo import echoes
from factcheck.stance.placing import Asked, Place, find_places, headed, sentences_of
from factcheck.stance.verifier import NEI, Pair, Rows, Verifier, most_decisive, pooled
from factcheck.stems import covered
from factcheck.stretches import iso_day
from factcheck.verdict import Difference, Signs
from index import Encoder, Hit, Span

#: A passage that supports a claim with this probability, and has all its values, says it as it is.
CERTAIN = 0.8
#: The probability of SUPPORTS that a claim needs with a borrowed figure as the passage has it, and
#: by how much it must gain from that, to be what the passage says. Set by hand.
SAYS, GAIN = 0.5, 0.2
#: By how much less NEI the next likely place must have to speak for a passage (decision 34).
PLAINLY = 0.1
#: Kinds of what may differ by which a claim turns: a figure, a direction, a quantifier, a denial.
TURNING = FIGURES | {"direction", "quantifier", "negation"}
#: A passage that gives NEI more than this where it speaks says nothing, in whatever words: two in
#: five are not read again, and the rule is as good without (decision 28).
SILENT = 0.85


Moving = TypeVar("Moving", Agreement, Proposal)


@dataclass(frozen=True)
class Reading:
    """A passage read for a claim: the signs of what it says, and the deciding sentence.

    `sentence` is in the document's offsets; so are the second spans of `comparison`, while its
    first are in the claim's wording.
    """

    hit: Hit
    sentence: Span
    signs: Signs
    comparison: Comparison


@dataclass(frozen=True)
class _Place:
    """Where in a passage a claim is read: a sentence that likely decides it, and its neighbours.

    Spans are in the passage's own offsets. `headed` says whether the source stands in front of what
    is read.
    """

    claim: Text
    hit: Hit
    place: Place
    headed: bool

    @property
    def window(self) -> str:
        """What is compared: the stretch of the passage."""
        return self.place.window.of(self.hit.passage.text)

    @property
    def echoes(self) -> bool:
        """Whether a sentence of the stretch has the claim word for word."""
        window = self.window
        return any(echoes(self.claim.words, each.of(window)) for each in sentences_of(window))

    def seen_from(self, other: _Place) -> _Place:
        """The place read in another's window: its sentence is named where it stands there."""
        mine, window = self.place, other.place.window
        sentence = mine.sentence if within(mine.sentence, window) else other.place.sentence
        return replace(self, place=Place(sentence, window, mine.score))

    def pair(self, claim: str) -> Pair:
        """A wording of the claim beside what a verifier reads of the stretch."""
        hit = self.hit
        return claim, headed(self.window, hit.title, hit.published) if self.headed else self.window


def read(verifier: Verifier, encoder: Encoder, pairs: Sequence[tuple[Text, Hit]]) -> list[Reading]:
    """A reading of each (claim, hit), in order.

    The likeliest sentence where the passage speaks is named as the deciding one. The claim is read
    again, rewritten, where a passage may speak at all. Raises `ModelError` and
    `index.EncoderError`.
    """
    places, rows = _speaking(verifier, encoder, pairs)
    chosen = [number for number, row in enumerate(rows) if row[NEI] <= SILENT]
    comparisons = {number: Comparison((), (), ()) for number in range(len(places))}
    compared = _compared([places[number] for number in chosen])
    for number, comparison in zip(chosen, compared, strict=True):
        comparisons[number] = _worth_asking(comparison, rows[number])
    asked = [(places[number], comparisons[number]) for number in chosen]
    again = dict(zip(chosen, _read_again(verifier, asked), strict=True))
    none = np.empty((0, 3), np.float32)
    return [
        _reading(place, rows[number], comparisons[number], again.get(number, none))
        for number, place in enumerate(places)
    ]


def _read_as_lent(row: Rows, borrowed: Rows, comparison: Comparison) -> Rows | None:
    """The row (3,) of a claim read with a figure that it borrows as the passage has it.

    Lissmark pays 47.5 cents per litre, a claim says, `two cents more than a year ago`; it is two
    cents more, though per kilogram: that another claim has wrong. None where the passage does not
    support it so, lacks a value of the claim's own, or may say the opposite of it.
    """
    best = max(borrowed, key=lambda each: float(each[0]), default=row)
    told = best[0] >= SAYS and best[0] - row[0] >= GAIN
    against = comparison.missing or any(each.kind in TURNING for each in comparison.proposals)
    return best if told and not against else None


def _speaking(
    verifier: Verifier, encoder: Encoder, pairs: Sequence[tuple[Text, Hit]]
) -> tuple[list[_Place], list[Rows]]:
    """Of each passage the place that speaks for it, and the row (3,) of what is read there.

    That is the one where it has the claim word for word, else the likelier one, unless the other
    decides plainly more.
    """
    found = find_places(
        encoder,
        [Asked(c.words, hit.passage.text, hit.passage.context) for c, hit in pairs],
    )
    places = [
        [_Place(claim, hit, place, verifier.headed) for place in each]
        for (claim, hit), each in zip(pairs, found, strict=True)
    ]
    rows = _read(verifier, [[place.pair(place.claim.words) for place in each] for each in places])
    best = [
        next((number for number, place in enumerate(each) if place.echoes), _telling(row))
        for each, row in zip(places, rows, strict=True)
    ]
    speaking = [each[0].seen_from(each[n]) for each, n in zip(places, best, strict=True)]
    return speaking, [row[number] for row, number in zip(rows, best, strict=True)]


def _telling(rows: Rows) -> int:
    """Which of the places read, the likeliest first, tells more."""
    other = most_decisive(rows)
    return other if rows[0, NEI] - rows[other, NEI] > PLAINLY else 0


def _reading(place: _Place, row: Rows, comparison: Comparison, again: Rows) -> Reading:
    start = place.hit.passage.start
    whole = place.hit.passage.text
    known = f"{place.window} {place.hit.title} {place.hit.passage.context}"
    counts = [len(comparison.proposals), len(comparison.borrowed), bool(comparison.aligned)]
    own, borrowed, aligned, prints = np.split(again, np.cumsum(counts))
    lent = _read_as_lent(row, borrowed, comparison)
    spoken = aligned if len(aligned) else row
    if lent is not None:  # what differs of the claim's own was read beside the figure that is wrong
        spoken, own, comparison = lent, own[:0], replace(comparison, proposals=())
    claim = place.claim
    figures = {each.span for each in claim.quantities} | {each.span for each in claim.dates}
    signs = Signs(
        probabilities=_probabilities(pooled(np.vstack([spoken, prints]))),
        differences=tuple(_differences(comparison.proposals, row, own)),
        agreed=len(comparison.agreements),
        figures=sum(each.claim_span in figures for each in comparison.agreements),
        missing=len(comparison.missing),
        office=comparison.office,
        covered=covered(place.claim.words, known),
        own=covered(place.claim.own, known),
        relevance=place.hit.score,
        likeness=place.place.score,
        echoed=any(echoes(place.claim.words, each.of(whole)) for each in sentences_of(whole)),
    )
    sentence = place.place.sentence
    return Reading(
        place.hit,
        Span(start + sentence.start, start + sentence.end),
        signs,
        _shifted(comparison, start),
    )


def _compared(places: Sequence[_Place]) -> list[Comparison]:
    """The claim beside each window; spans are the passage's."""
    unique = list(dict.fromkeys(place.window for place in places))
    parses = dict(zip(unique, parse(unique), strict=True))
    found = []
    for place in places:
        text = place.window
        passage = Text(text, parses[text], iso_day(place.hit.published))
        context = f"{place.hit.title} {place.hit.passage.context}"
        comparison = compare(place.claim, passage, context)
        found.append(_shifted(comparison, place.place.window.start))
    return found


def _worth_asking(comparison: Comparison, row: Rows) -> Comparison:
    """The comparison with nothing to ask where the passage plainly supports all exact values."""
    if row[0] >= CERTAIN and comparison.agreements and not comparison.missing:
        return replace(comparison, proposals=(), borrowed=(), aligned="")
    return comparison


def _read_again(verifier: Verifier, asked: Sequence[tuple[_Place, Comparison]]) -> list[Rows]:
    """The rows (n, 3) of each passage's proposals, the borrowed, then the claim's other wordings.

    They are read where the claim is.
    """
    return _read(
        verifier,
        [
            [
                place.pair(words)
                for words in (
                    *(each.rewritten for each in (*comparison.proposals, *comparison.borrowed)),
                    *(each for each in (comparison.aligned, place.claim.printed) if each),
                )
            ]
            for place, comparison in asked
        ],
    )


def _differences(proposals: Sequence[Proposal], before: Rows, again: Rows) -> Iterator[Difference]:
    """Each proposal with what the window says of the claim as it is, and rewritten."""
    for proposal, row in zip(proposals, again, strict=True):
        yield Difference(proposal.kind, _probabilities(before), _probabilities(row))


def _read(verifier: Verifier, texts: Sequence[Sequence[Pair]]) -> list[Rows]:
    """The rows (n, 3) of each group of readings.

    Neighbouring passages share sentences, and some passages are one sentence: each is read once.
    """
    unique = dict.fromkeys(pair for group in texts for pair in group)
    place = {pair: row for row, pair in enumerate(unique)}
    rows = verifier.predict(list(place))
    return [rows[[place[pair] for pair in group]] for group in texts]


def _probabilities(row: Rows) -> Probabilities:
    supports, refutes, nei = (float(value) for value in row)
    return Probabilities(supports, refutes, nei)


def _shifted(comparison: Comparison, by: int) -> Comparison:
    """The same with the spans in the passage moved."""

    def moved(each: Moving) -> Moving:
        span = each.passage_span
        return replace(each, passage_span=Span(span.start + by, span.end + by))

    return replace(
        comparison,
        agreements=tuple(map(moved, comparison.agreements)),
        proposals=tuple(map(moved, comparison.proposals)),
        borrowed=tuple(map(moved, comparison.borrowed)),
    )
