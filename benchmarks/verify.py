"""Measure a verifier per source: `python -m benchmarks.verify --data DIR [--verifier FOLDER]`.

DIR holds `*.jsonl.gz` files with `claim`, `evidence`, `label` and `source`; files whose names start
with `train` are left out. Every measure takes NEI as an answer, except the two-way ones, where the
verifier must choose between SUPPORTS and REFUTES.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.metrics import (
    accuracy,
    balanced_accuracy,
    calibration_error,
    false_support,
    macro_f1,
)
from factcheck.stance import STANCES, Verifier, load_verifier
from training.data import Pair, read_pairs

LABELS = tuple(stance.value for stance in STANCES)
TWO_WAY = LABELS[:2]
#: Fewer NEI rows than this cannot be scored as a label of their own: they are left out.
FEW = 20


@dataclass(frozen=True)
class Score:
    """The measures of one source; shares in [0, 1]. Two-way ones are NaN where NEI is a label."""

    rows: int
    accuracy: float
    balanced_accuracy: float
    macro_f1: float
    calibration_error: float
    false_support: float
    two_way_accuracy: float
    two_way_balanced: float


def score(probabilities: NDArray[np.float32], gold: list[str]) -> Score:
    """Score rows SUPPORTS, REFUTES, NEI (n, 3) against their labels."""
    guesses = [LABELS[column] for column in probabilities.argmax(axis=1)]
    correct = [guess == label for guess, label in zip(guesses, gold, strict=True)]
    two_way = [TWO_WAY[column] for column in probabilities[:, :2].argmax(axis=1)]
    decided = "NEI" not in gold
    return Score(
        rows=len(gold),
        accuracy=accuracy(guesses, gold),
        balanced_accuracy=balanced_accuracy(guesses, gold),
        macro_f1=macro_f1(guesses, gold),
        calibration_error=calibration_error(list(probabilities.max(axis=1)), correct),
        false_support=false_support(guesses, gold),
        two_way_accuracy=accuracy(two_way, gold) if decided else float("nan"),
        two_way_balanced=balanced_accuracy(two_way, gold) if decided else float("nan"),
    )


def by_source(pairs: list[Pair]) -> dict[str, list[Pair]]:
    """Pairs grouped by source; a source with a handful of NEI rows is scored without them."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.source].append(pair)
    for source, rows in groups.items():
        undecided = sum(pair.label == "NEI" for pair in rows)
        if 0 < undecided < FEW:
            groups[source] = [pair for pair in rows if pair.label != "NEI"]
    return dict(sorted(groups.items()))


def measure(verifier: Verifier, pairs: list[Pair]) -> Score:
    """Predict and score `pairs`."""
    probabilities = verifier.predict([(pair.claim, pair.evidence) for pair in pairs])
    return score(probabilities, [pair.label for pair in pairs])


def table(title: str, scores: dict[str, Score]) -> Table:
    """One row per source and one with their means."""
    grid = Table(title=title, title_justify="left")
    names = (
        "rows",
        "acc",
        "bal acc",
        "macro-F1",
        "calib err",
        "false sup",
        "2-way acc",
        "2-way bal",
    )
    grid.add_column("source")
    for name in names:
        grid.add_column(name, justify="right")
    for source, result in scores.items():
        grid.add_row(source, *_cells(list(vars(result).values())))
    columns = np.array([list(vars(result).values()) for result in scores.values()]).T
    means = [np.nanmean(c) if not np.isnan(c).all() else float("nan") for c in columns]
    grid.add_section()
    grid.add_row("mean", "", *_cells(list(means))[1:])
    return grid


def _cells(values: list[float]) -> list[str]:
    shares = ["–" if np.isnan(value) else f"{value:.3f}" for value in values[1:]]
    return [f"{values[0]:.0f}", *shares]


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with *.jsonl.gz")
    parser.add_argument("--verifier", help="a model folder; default: the packaged verifier")
    arguments = parser.parse_args()
    files = [p for p in sorted(arguments.data.glob("*.jsonl.gz")) if not p.name.startswith("train")]
    if not files:
        parser.error(f"no *.jsonl.gz to measure in {arguments.data}")
    console = Console(width=120)
    verifier = load_verifier(arguments.verifier)
    for path in files:
        pairs = read_pairs(path)
        began = time.perf_counter()
        scores = {source: measure(verifier, rows) for source, rows in by_source(pairs).items()}
        speed = len(pairs) / (time.perf_counter() - began)
        console.print(table(path.name, scores))
        console.print(f"{speed:.0f} pairs/s, precision {verifier.precision}\n")


if __name__ == "__main__":
    main()
