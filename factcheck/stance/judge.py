"""From a claim and a passage to signs: what the verifier reads in it, and what exactly differs.

Labelled evidence is mostly a sentence or two, and a deciding sentence drowns in a long passage read
as one. So a passage is read where it shares most words with the claim: that sentence alone, and
with its neighbours; the reading that decides most (least NEI) speaks for the passage.

A difference between claim and passage may be one about something else. So the claim is read again
with the passage's value in place of its own: what the passage supports then, it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from factcheck.claims.syntax import parse
from factcheck.mismatch import Comparison, Proposal, Text, compare
from factcheck.records import Probabilities
from factcheck.stance.cascade import CascadeVerifier
from factcheck.stance.verifier import Pair, Rows, Verifier, most_decisive
from factcheck.stretches import iso_day
from factcheck.verdict import Difference, Signs
from index import Hit, Span
from index.sentences import split_sentences

#: A passage that supports a claim with this probability, and has all its values, says it as it is.
CERTAIN = 0.8
_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    """
    a an the of in on at to by for from with and or but that which who is are was were be been has
    have had it its he she they their his her as than this these those not no will would can could
    said says
    """.split()
)


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
    """Where in a passage a claim is read: the sentence with most of its words, and its neighbours.

    Both are in the passage's own offsets.
    """

    claim: Text
    hit: Hit
    sentence: Span
    window: Span

    @property
    def pairs(self) -> list[Pair]:
        """The two readings: the window, and the sentence alone."""
        text = self.hit.passage.text
        return [(self.claim.words, span.of(text)) for span in (self.window, self.sentence)]


def read(verifier: Verifier, pairs: Sequence[tuple[Text, Hit]]) -> list[Reading]:
    """A reading of each (claim, hit), in order.

    The sentence that shares most words with the claim is named as the deciding one; it is read
    alone and between its neighbours. Of a cascade, the quick verifier makes both readings, and the
    careful one only those that may speak for a passage, and the claim rewritten. Raises
    `ModelError`.
    """
    places = [_place(claim, hit) for claim, hit in pairs]
    quick = verifier.quick if isinstance(verifier, CascadeVerifier) else verifier
    careful = verifier.careful if isinstance(verifier, CascadeVerifier) else verifier
    rows = _read(quick, [place.pairs for place in places])
    chosen = list(range(len(places)))
    if isinstance(verifier, CascadeVerifier):
        chosen = [number for number in chosen if verifier.passes(rows[number]).any()]
        again = _read(careful, [places[number].pairs for number in chosen])
        for number, better in zip(chosen, again, strict=True):
            rows[number] = better
    comparisons = {number: Comparison((), (), ()) for number in range(len(places))}
    compared = _compared([places[number] for number in chosen])
    for number, comparison in zip(chosen, compared, strict=True):
        comparisons[number] = _worth_asking(comparison, rows[number])
    asked = [(places[number], comparisons[number]) for number in chosen]
    rewritten = dict(zip(chosen, _rewritten(careful, asked), strict=True))
    none = np.empty((0, 3), np.float32)
    return [
        _reading(place, rows[number], comparisons[number], rewritten.get(number, none))
        for number, place in enumerate(places)
    ]


def _reading(place: _Place, rows: Rows, comparison: Comparison, rewritten: Rows) -> Reading:
    start = place.hit.passage.start
    text = place.window.of(place.hit.passage.text)
    signs = Signs(
        probabilities=_probabilities(rows[most_decisive(rows)]),
        differences=tuple(_differences(comparison.proposals, rows, rewritten, place.sentence)),
        agreed=len(comparison.agreements),
        missing=len(comparison.missing),
        covered=_covered(
            place.claim.words, f"{text} {place.hit.title} {place.hit.passage.context}"
        ),
        relevance=place.hit.score,
    )
    sentence = Span(start + place.sentence.start, start + place.sentence.end)
    return Reading(place.hit, sentence, signs, _shifted(comparison, start))


def _place(claim: Text, hit: Hit) -> _Place:
    """The sentence that has most of the claim's words, itself and with the one behind it."""
    text = hit.passage.text
    spans = _sentences(hit)
    mine = _stems(claim.words)
    found = [_stems(span.of(text)) for span in spans]

    def shared(number: int) -> float:
        both = found[number] | (found[number + 1] if number + 1 < len(found) else set())
        return len(mine & both) + len(mine & found[number]) / 2

    best = max(range(len(spans)), key=shared)
    first, last = spans[max(0, best - 1)], spans[min(len(spans) - 1, best + 1)]
    return _Place(claim, hit, spans[best], Span(first.start, last.end))


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
    """The row (3,) of each proposal, read with the sentence that has its value, or the window."""
    groups: list[list[Pair]] = []
    for place, comparison in asked:
        text = place.hit.passage.text
        groups.append(
            [
                (
                    proposal.rewritten,
                    (place.sentence if _within(proposal, place.sentence) else place.window).of(
                        text
                    ),
                )
                for proposal in comparison.proposals
            ]
        )
    return _read(verifier, groups)


def _differences(
    proposals: Sequence[Proposal], original: Rows, again: Rows, sentence: Span
) -> list[Difference]:
    """Each proposal with what the verifier makes of the claim as it is, and rewritten."""
    found = []
    for proposal, row in zip(proposals, again, strict=False):
        before = original[1 if _within(proposal, sentence) and len(original) > 1 else 0]
        found.append(Difference(proposal.kind, _probabilities(before), _probabilities(row)))
    return found


def _within(proposal: Proposal, sentence: Span) -> bool:
    span = proposal.passage_span
    return sentence.start <= span.start and span.end <= sentence.end


def _read(verifier: Verifier, texts: Sequence[Sequence[Pair]]) -> list[Rows]:
    """The rows (n, 3) of each group of readings.

    Neighbouring passages share sentences, and some passages are one sentence: each is read once.
    """
    unique = dict.fromkeys(pair for group in texts for pair in group)
    place = {pair: row for row, pair in enumerate(unique)}
    rows = verifier.predict(list(place))
    return [rows[[place[pair] for pair in group]] for group in texts]


def _sentences(hit: Hit) -> list[Span]:
    """The passage's sentences, in the passage's own offsets; never empty."""
    spans = split_sentences(hit.passage.text)
    return spans or [Span(0, len(hit.passage.text))]


def _probabilities(row: Rows) -> Probabilities:
    supports, refutes, nei = (float(value) for value in row)
    return Probabilities(supports, refutes, nei)


def _covered(claim: str, passage: str) -> float:
    """The share of a claim's words, in [0, 1], that a passage has too."""
    mine = _stems(claim)
    return len(mine & _stems(passage)) / len(mine) if mine else 0.0


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _words(text)}


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _EMPTY]


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word


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
