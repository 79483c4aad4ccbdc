"""From a claim and a passage to signs: what the verifier reads in it, and what exactly differs.

Labelled evidence is mostly a sentence or two, and a deciding sentence drowns in a long passage read
as one. So a passage is read whole and sentence by sentence, and the reading that decides most
(least NEI) speaks for it, as windows do inside a verifier.

A difference between claim and passage may be one about something else. So the claim is read again
with the passage's value in place of its own: what the passage supports then, it says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from factcheck.claims.syntax import parse
from factcheck.mismatch import Comparison, Proposal, Text, compare
from factcheck.records import Probabilities
from factcheck.stance.cascade import CascadeVerifier
from factcheck.stance.verifier import Pair, Rows, Verifier, most_decisive
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


def read(verifier: Verifier, pairs: Sequence[tuple[Text, Hit]]) -> list[Reading]:
    """A reading of each (claim, hit), in order.

    The most decisive sentence is named as the deciding one. Of a cascade, the quick verifier makes
    every reading, and the careful one only those that may speak for a passage: the passage whole,
    the sentence the quick one finds most decisive, and the claim rewritten. Raises `ModelError`.
    """
    spans = [_sentences(hit) for _, hit in pairs]
    texts = [
        [
            (claim.words, hit.passage.text),
            *((claim.words, span.of(hit.passage.text)) for span in sentences),
        ]
        for (claim, hit), sentences in zip(pairs, spans, strict=True)
    ]
    quick = verifier.quick if isinstance(verifier, CascadeVerifier) else verifier
    careful = verifier.careful if isinstance(verifier, CascadeVerifier) else verifier
    rows = _read(quick, texts)
    deciding = [1 + most_decisive(each[1:]) for each in rows]
    passed = set(range(len(pairs)))
    if isinstance(verifier, CascadeVerifier):
        passed = {number for number, each in enumerate(rows) if verifier.passes(each).any()}
    chosen = sorted(passed)
    two = [rows[n][[0, deciding[n]]] for n in chosen]
    if careful is not quick:
        two = _read(careful, [[texts[n][0], texts[n][deciding[n]]] for n in chosen])
    best = dict(zip(chosen, two, strict=True))
    compared = [
        _worth_asking(comparison, best[n])
        for n, comparison in zip(
            chosen, _compared([(pairs[n], spans[n], deciding[n] - 1) for n in chosen]), strict=True
        )
    ]
    again = _rewritten(
        careful,
        [
            (pairs[n][1], spans[n][deciding[n] - 1], c)
            for n, c in zip(chosen, compared, strict=True)
        ],
    )
    comparisons = dict(zip(chosen, compared, strict=True))
    rewritten = dict(zip(chosen, again, strict=True))
    readings = []
    for number, (claim, hit) in enumerate(pairs):
        start = hit.passage.start
        sentence = spans[number][deciding[number] - 1]
        place = Span(start + sentence.start, start + sentence.end)
        comparison = comparisons.get(number, Comparison((), (), ()))
        original = best.get(number, rows[number])
        differences = _differences(
            comparison.proposals,
            original,
            rewritten.get(number, np.empty((0, 3), np.float32)),
            sentence,
        )
        signs = Signs(
            probabilities=_probabilities(original[most_decisive(original)]),
            differences=tuple(differences),
            agreed=len(comparison.agreements),
            missing=len(comparison.missing),
            covered=_covered(claim.words, hit),
            relevance=hit.score,
        )
        readings.append(Reading(hit, place, signs, _shifted(comparison, start)))
    return readings


def _compared(asked: Sequence[tuple[tuple[Text, Hit], list[Span], int]]) -> list[Comparison]:
    """The claim beside the deciding sentence and its neighbours; spans are the passage's."""
    windows = []
    for _, spans, number in asked:
        first, last = max(0, number - 1), min(len(spans) - 1, number + 1)
        windows.append(Span(spans[first].start, spans[last].end))
    texts = [
        window.of(hit.passage.text) for ((_, hit), _, _), window in zip(asked, windows, strict=True)
    ]
    unique = list(dict.fromkeys(texts))
    parses = dict(zip(unique, parse(unique), strict=True))
    found = []
    for ((claim, hit), _, _), window, text in zip(asked, windows, texts, strict=True):
        passage = Text(text, parses[text], _day(hit.published))
        comparison = compare(claim, passage, f"{hit.title} {hit.passage.context}")
        found.append(_shifted(comparison, window.start))
    return found


def _worth_asking(comparison: Comparison, rows: Rows) -> Comparison:
    """The comparison without proposals where the passage plainly supports all exact values."""
    certain = rows[most_decisive(rows)][0] >= CERTAIN
    if certain and comparison.agreements and not comparison.missing:
        return Comparison(comparison.agreements, (), ())
    return comparison


def _rewritten(verifier: Verifier, asked: Sequence[tuple[Hit, Span, Comparison]]) -> list[Rows]:
    """The row (3,) of each proposal, read with the sentence it is from or the whole passage."""
    groups: list[list[Pair]] = [
        [
            (
                proposal.rewritten,
                sentence.of(hit.passage.text) if _within(proposal, sentence) else hit.passage.text,
            )
            for proposal in comparison.proposals
        ]
        for hit, sentence, comparison in asked
    ]
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


def _covered(claim: str, hit: Hit) -> float:
    """The share of a claim's words, in [0, 1], that the passage or its title has too."""
    mine = {_stem(word) for word in _words(claim)}
    theirs = {
        _stem(word) for word in _words(f"{hit.passage.text} {hit.title} {hit.passage.context}")
    }
    return len(mine & theirs) / len(mine) if mine else 0.0


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


def _day(published: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(published) if published else None
    except ValueError:
        return None
