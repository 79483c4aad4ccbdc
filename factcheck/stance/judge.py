"""From a claim and a passage to evidence: read it whole and by sentence, name what decides.

Labelled evidence is mostly a sentence or two, and a deciding sentence drowns in a long passage read
as one. So a passage is read whole and sentence by sentence, and the reading that decides most
(least NEI) speaks for it, as windows do inside a verifier.
"""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.records import Evidence, Probabilities, Stance
from factcheck.stance.cascade import CascadeVerifier
from factcheck.stance.verifier import Pair, Rows, Verifier, most_decisive
from index import Hit, Span
from index.sentences import split_sentences


def judge(
    verifier: Verifier, pairs: Sequence[tuple[str, Hit]], threshold: float | None = None
) -> list[Evidence]:
    """Evidence for each (claim, hit), in order; `threshold` defaults to the verifier's.

    The most decisive sentence is named as the deciding one. Of a cascade, the quick verifier makes
    every reading, and the careful one only those that may speak for a passage: the passage whole,
    and the sentence the quick one finds most decisive.
    """
    limit = verifier.threshold if threshold is None else threshold
    spans = [_sentences(hit) for _, hit in pairs]
    texts = [
        [(claim, hit.passage.text), *((claim, span.of(hit.passage.text)) for span in sentences)]
        for (claim, hit), sentences in zip(pairs, spans, strict=True)
    ]
    quick = verifier.quick if isinstance(verifier, CascadeVerifier) else verifier
    readings = _read(quick, texts)
    deciding = [1 + most_decisive(rows[1:]) for rows in readings]
    if isinstance(verifier, CascadeVerifier):
        passed = [number for number, rows in enumerate(readings) if verifier.passes(rows).any()]
        careful = _read(verifier.careful, [[texts[n][0], texts[n][deciding[n]]] for n in passed])
        for number, rows in zip(passed, careful, strict=True):
            readings[number] = rows
    return [
        _weigh(hit, sentences[number - 1], rows, limit)
        for (_, hit), sentences, number, rows in zip(pairs, spans, deciding, readings, strict=True)
    ]


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


def _weigh(hit: Hit, sentence: Span, rows: Rows, threshold: float) -> Evidence:
    """Evidence from its readings `rows` (n, 3) and the passage's own span of what decides."""
    supports, refutes, nei = (float(value) for value in rows[most_decisive(rows)])
    probabilities = Probabilities(supports, refutes, nei)
    best = probabilities.best
    believed = best is not Stance.NEI and probabilities.of(best) >= threshold
    start = hit.passage.start
    place = Span(start + sentence.start, start + sentence.end)
    return Evidence(hit, best if believed else Stance.NEI, probabilities, place)
