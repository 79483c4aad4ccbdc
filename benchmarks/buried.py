"""Does the deciding sentence survive in a passage? `python -m benchmarks.buried --data DIR`.

Takes labelled pairs with short evidence, puts the evidence among sentences of other pairs of the
same source, and compares ways of reading the passage with reading the evidence alone. `kept` is the
share of passages without any evidence that are called NEI.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from benchmarks.metrics import balanced_accuracy, false_support
from factcheck.stance import NEI, STANCES, Verifier, load_verifier
from index.sentences import split_sentences
from training.data import Pair, read_pairs

SOURCES = ("fever-dev-SR", "fm2", "healthver")
#: Words of evidence, sentences around it, pairs per source, and passages of nothing else.
SHORT, AROUND, PAIRS, EMPTY = 70, 3, 250, 120

Rows = NDArray[np.float32]
#: Ways of reading: from the row of the whole passage (3,) and those of its sentences (n, 3).
WAYS: dict[str, Callable[[Rows, Rows], Rows]] = {
    "whole": lambda whole, _: whole,
    "best sentence": lambda _, rows: most_decisive(rows),
    "mean of both": lambda whole, rows: np.asarray((whole + most_decisive(rows)) / 2),
    "most decisive": lambda whole, rows: most_decisive(np.vstack([whole, rows])),
}


def most_decisive(rows: Rows) -> Rows:
    """The row (3,) with least NEI."""
    return np.asarray(rows[rows[:, NEI].argmin()])


@dataclass(frozen=True)
class Buried:
    """A claim with a passage around its evidence; `evidence` is empty where there is none."""

    claim: str
    passage: str
    evidence: str
    label: str


def bury(pairs: Sequence[Pair], random: Random) -> list[Buried]:
    """Each pair with its evidence among others' sentences, then passages without any evidence."""
    pool = [
        sentence.of(pair.evidence) for pair in pairs for sentence in split_sentences(pair.evidence)
    ]
    chosen = random.sample(list(pairs), min(PAIRS, len(pairs)))
    made = []
    for pair in chosen:
        others = random.sample(pool, AROUND)
        before = random.randint(0, AROUND)
        text = " ".join([*others[:before], pair.evidence, *others[before:]])
        made.append(Buried(pair.claim, text, pair.evidence, pair.label))
    made += [
        Buried(pair.claim, " ".join(random.sample(pool, AROUND + 1)), "", "NEI")
        for pair in chosen[:EMPTY]
    ]
    return made


def read(verifier: Verifier, items: Sequence[Buried]) -> list[tuple[Rows, Rows]]:
    """For each item the row of its whole passage and the rows of its sentences."""
    texts, sizes = [], []
    for item in items:
        sentences = [span.of(item.passage) for span in split_sentences(item.passage)]
        texts += [(item.claim, text) for text in (item.passage, *sentences)]
        sizes.append(1 + len(sentences))
    blocks = np.split(verifier.predict(texts), np.cumsum(sizes)[:-1])
    return [(block[0], block[1:]) for block in blocks]


def labels(rows: Sequence[Rows]) -> list[str]:
    """The most probable label of each row."""
    return [STANCES[int(row.argmax())].value for row in rows]


def main() -> None:
    """Print one table per source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with dev.jsonl.gz")
    parser.add_argument("--verifier", help="a model folder; default: the packaged verifier")
    options = parser.parse_args()
    verifier = load_verifier(options.verifier)
    everything = read_pairs(options.data / "dev.jsonl.gz")
    for source in SOURCES:
        short = [
            pair
            for pair in everything
            if pair.source == source and len(pair.evidence.split()) < SHORT
        ]
        items = bury(short, Random(1))
        deciding = [item for item in items if item.evidence]
        gold = [item.label for item in deciding]
        alone = labels(list(verifier.predict([(item.claim, item.evidence) for item in deciding])))
        print(f"{source:15} {'bal acc':>8} {'false sup':>10} {'kept':>6}")
        print(
            f"{'evidence alone':15} {balanced_accuracy(alone, gold):8.3f} "
            f"{false_support(alone, gold):10.3f}"
        )
        readings = read(verifier, items)
        for name, way in WAYS.items():
            got = labels([way(whole, rows) for whole, rows in readings])
            kept = np.mean([guess == "NEI" for guess in got[len(deciding) :]])
            got = got[: len(deciding)]
            print(
                f"{name:15} {balanced_accuracy(got, gold):8.3f} "
                f"{false_support(got, gold):10.3f} {kept:6.3f}"
            )


if __name__ == "__main__":
    main()
