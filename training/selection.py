"""Fit where a passage is read: `python -m training.selection`.

A conditional logit over the signs of a passage's sentences (`factcheck.stance.placing.likeness`):
of all sentences one decides the claim (McFadden 1974, "Conditional logit analysis of qualitative
choice behavior"). It learns from articles we wrote, whose labels name the deciding words, and
writes `factcheck/stance/selection.py`. It says how often the sentence is found, and the window
holds what decides, in articles it learns from and in those kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.apart import read_apart
from factcheck.spans import within
from factcheck.stance.placing import Asked, around, likeness, nearness, sentences_of
from index import Document, Encoder, Passage, Span, load_encoder
from index.passages import cut
from index.readers import read_here
from training.articles import FOLDER, Written, read_articles

SELECTION_FILE = Path("factcheck/stance/selection.py")
#: One article in so many is learnt from: four hundred examples for each weight.
ONE_IN = 3
#: Strength of the L2 penalty, on signs of unit variance.
PENALTY = 1e-3

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A claim's passage, the words in it that decide, and the signs (sentences, signs) of each."""

    text: str
    piece: Span
    values: Values

    @property
    def target(self) -> Values:
        """How the deciding words lie over the sentences; adds up to 1."""
        laps = [
            max(0, min(each.end, self.piece.end) - max(each.start, self.piece.start))
            for each in sentences_of(self.text)
        ]
        return np.array(laps) / sum(laps)

    def holds(self, number: int) -> bool:
        """Whether the window around a sentence holds all that decides."""
        window = around(self.text, sentences_of(self.text), number)
        return within(self.piece, window)


def examples(articles: Sequence[Written], encoder: Encoder) -> tuple[list[str], list[Example]]:
    """The names of the signs, and one example for each label: the passage that has its piece."""
    found = [
        (Asked(claim.statement, passage.text, passage.context), _at(passage.text, label.piece))
        for written in articles
        for passages in [{name: list(_passages(written, name)) for name in written.documents}]
        for claim in written.claims
        for label in claim.labels
        if (passage := _with(passages[label.document], label.piece))
        and len(sentences_of(passage.text)) > 1
    ]
    near = nearness(encoder, [asked for asked, _ in found])
    signs = [likeness(asked, each) for (asked, _), each in zip(found, near, strict=True)]
    return list(signs[0][0]), [
        Example(asked.text, piece, np.array([list(each.values()) for each in rows]))
        for (asked, piece), rows in zip(found, signs, strict=True)
    ]


def _passages(written: Written, name: str) -> Iterator[Passage]:
    for document in read_here(name, written.documents[name].encode()):
        if isinstance(document, Document):
            yield from cut(document)


def _with(passages: Sequence[Passage], piece: str) -> Passage | None:
    return next((passage for passage in passages if piece in passage.text), None)


def _at(text: str, piece: str) -> Span:
    start = text.index(piece)
    return Span(start, start + len(piece))


def fit(learnt: Sequence[Example]) -> Values:
    """The weight of each sign."""
    every = np.concatenate([example.values for example in learnt])
    scale = every.std(axis=0)
    rows, targets = every / scale, np.concatenate([example.target for example in learnt])
    starts = np.cumsum([0, *(len(example.values) for example in learnt[:-1])])
    sizes = np.diff([*starts, len(rows)])

    def loss(weights: Values) -> tuple[float, Values]:
        scores = rows @ weights
        scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
        logs = scores - np.repeat(np.log(np.add.reduceat(np.exp(scores), starts)), sizes)
        value = -(targets @ logs) / len(learnt) + PENALTY * weights @ weights
        slope = rows.T @ (np.exp(logs) - targets) / len(learnt) + 2 * PENALTY * weights
        return float(value), slope

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    weights: Values = found.x / scale
    return weights


def measured(known: Sequence[Example], weights: Values) -> str:
    """How often the likeliest sentence has deciding words, and its window all of them."""
    best = [int((example.values @ weights).argmax()) for example in known]
    sentence = np.mean([e.target[n] > 0 for e, n in zip(known, best, strict=True)])
    window = np.mean([e.holds(n) for e, n in zip(known, best, strict=True)])
    return f"{len(known):5} labels: sentence {sentence:.3f}, window {window:.3f}"


TEMPLATE = '''"""What `stance.placing.likeness` is worth; made by `training.selection`."""

from __future__ import annotations

#: What each sign of a sentence adds to the score that it decides a claim.
SELECTION = {{
{rows}
}}
'''


def main() -> None:
    """Fit from the command line."""
    encoder = load_encoder()
    written = [each for path in sorted(FOLDER.glob("*.jsonl")) for each in read_articles(path)]
    names, learnt = examples(written[::ONE_IN], encoder)
    weights = fit(learnt)
    rows = [f'    "{name}": {weight:.2f},' for name, weight in zip(names, weights, strict=True)]
    SELECTION_FILE.write_text(TEMPLATE.format(rows="\n".join(rows)), encoding="utf-8")
    print("\n".join(rows))
    print("learnt from", measured(learnt, weights))
    print("kept apart ", measured(examples(read_apart(), encoder)[1], weights))


if __name__ == "__main__":
    main()
