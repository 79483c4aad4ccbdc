"""From a claim and a passage to signs: what the verifier reads in it, and what exactly differs.

A passage is read twice, a sentence with its neighbours each time: where it most likely decides the
claim, and where it next likely does. The reading that decides most (least NEI) speaks for it.

A difference between claim and passage may be one about something else. So the claim is read again
with the passage's value in place of its own: what the passage supports then, it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from factcheck.claims.syntax import parse
from factcheck.mismatch import Comparison, Proposal, Text, compare
from factcheck.records import Probabilities
from factcheck.stance.echo import echoes
from factcheck.stance.placing import Asked, find_places, headed, sentences_of
from factcheck.stance.stems import covered
from factcheck.stance.verifier import NEI, Pair, Rows, Verifier, most_decisive
from factcheck.stretches import iso_day
from factcheck.verdict import Difference, Signs
from index import Encoder, Hit, Span

#: A passage that supports a claim with this probability, and has all its values, says it as it is.
CERTAIN = 0.8
#: A passage whose readings all give NEI more than this says nothing, rewritten or not.
SILENT = 0.97


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
    """Where in a passage a claim is read: the sentence that likely decides it, and its neighbours.

    Spans are in the passage's own offsets. `headed` says whether the source stands in front of what
    is read.
    """

    claim: Text
    hit: Hit
    sentence: Span
    window: Span
    other: Span | None
    likeness: float
    headed: bool

    @property
    def pairs(self) -> list[Pair]:
        """The readings: the window, and the other one where there is more."""
        spans = [self.window, *([self.other] if self.other else [])]
        return [(self.claim.words, self.read(span)) for span in spans]

    def read(self, span: Span) -> str:
        """What a verifier reads of a stretch of the passage."""
        text = span.of(self.hit.passage.text)
        return headed(text, self.hit.title, self.hit.published) if self.headed else text


def read(verifier: Verifier, encoder: Encoder, pairs: Sequence[tuple[Text, Hit]]) -> list[Reading]:
    """A reading of each (claim, hit), in order.

    The sentence that most likely decides is named as the deciding one; it is read between its
    neighbours, and so is the next likely one. The claim is read again, rewritten, where a passage
    may speak at all. Raises `ModelError` and `index.EncoderError`.
    """
    found = find_places(
        encoder,
        [Asked(c.words, hit.passage.text, hit.passage.context) for c, hit in pairs],
    )
    places = [
        _Place(claim, hit, *place, verifier.headed)
        for (claim, hit), place in zip(pairs, found, strict=True)
    ]
    rows = _read(verifier, [place.pairs for place in places])
    chosen = [number for number, row in enumerate(rows) if row[:, NEI].min() <= SILENT]
    comparisons = {number: Comparison((), (), ()) for number in range(len(places))}
    compared = _compared([places[number] for number in chosen])
    for number, comparison in zip(chosen, compared, strict=True):
        comparisons[number] = _worth_asking(comparison, rows[number])
    asked = [(places[number], comparisons[number]) for number in chosen]
    rewritten = dict(zip(chosen, _rewritten(verifier, asked), strict=True))
    none = np.empty((0, 3), np.float32)
    return [
        _reading(place, rows[number], comparisons[number], rewritten.get(number, none))
        for number, place in enumerate(places)
    ]


def _reading(place: _Place, rows: Rows, comparison: Comparison, rewritten: Rows) -> Reading:
    start = place.hit.passage.start
    whole = place.hit.passage.text
    text = place.window.of(whole)
    signs = Signs(
        probabilities=_probabilities(rows[most_decisive(rows)]),
        differences=tuple(_differences(comparison.proposals, rows[0], rewritten)),
        agreed=len(comparison.agreements),
        missing=len(comparison.missing),
        covered=covered(place.claim.words, f"{text} {place.hit.title} {place.hit.passage.context}"),
        relevance=place.hit.score,
        likeness=place.likeness,
        echoed=any(echoes(place.claim.words, each.of(whole)) for each in sentences_of(whole)),
    )
    sentence = Span(start + place.sentence.start, start + place.sentence.end)
    return Reading(place.hit, sentence, signs, _shifted(comparison, start))


def _compared(places: Sequence[_Place]) -> list[Comparison]:
    """The claim beside each window; spans are the passage's."""
    texts = [place.window.of(place.hit.passage.text) for place in places]
    unique = list(dict.fromkeys(texts))
    parses = dict(zip(unique, parse(unique), strict=True))
    found = []
    for place, text in zip(places, texts, strict=True):
        passage = Text(text, parses[text], iso_day(place.hit.published))
        context = f"{place.hit.title} {place.hit.passage.context}"
        comparison = compare(place.claim, passage, context)
        found.append(_shifted(comparison, place.window.start))
    return found


def _worth_asking(comparison: Comparison, rows: Rows) -> Comparison:
    """The comparison without proposals where the passage plainly supports all exact values."""
    certain = rows[most_decisive(rows)][0] >= CERTAIN
    if certain and comparison.agreements and not comparison.missing:
        return Comparison(comparison.agreements, (), ())
    return comparison


def _rewritten(verifier: Verifier, asked: Sequence[tuple[_Place, Comparison]]) -> list[Rows]:
    """The rows (n, 3) of each passage's n proposals, read with the window."""
    groups: list[list[Pair]] = [
        [(proposal.rewritten, place.read(place.window)) for proposal in each.proposals]
        for place, each in asked
    ]
    return _read(verifier, groups)


def _differences(proposals: Sequence[Proposal], before: Rows, after: Rows) -> Iterator[Difference]:
    """Each proposal with what the window says of the claim as it is, and rewritten."""
    for proposal, row in zip(proposals, after, strict=True):
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
    """The same with the passage's spans moved."""

    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return Comparison(
        tuple(
            replace(each, passage_span=moved(each.passage_span)) for each in comparison.agreements
        ),
        tuple(
            replace(each, passage_span=moved(each.passage_span)) for each in comparison.proposals
        ),
        comparison.missing,
    )
