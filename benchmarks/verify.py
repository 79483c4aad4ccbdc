"""Measure a verifier per source: `python -m benchmarks.verify --data DIR [--verifier NAME]`.

DIR holds `*.jsonl.gz` files with `claim`, `evidence`, `label` and `source`; files whose names start
with `train` are left out. With `--against NAME` another verifier reads the same pairs, and each
source shows whether the first falls below the other's 95 % bootstrap interval.

Sources without NEI are scored two-way, SUPPORTS against REFUTES, with those two probabilities made
to sum to 1. False support and the operating point always count the three-way answer.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.metrics import (
    OperatingPoint,
    accuracy,
    balanced_accuracy,
    bootstrap_interval,
    calibration_error,
    false_support,
    operating_point,
)
from factcheck.stance import Verifier, load_verifier
from factcheck.stance.verifier import Rows
from training.data import LABELS, Pair, read_pairs

UNDECIDED = LABELS[-1]
#: Fewer NEI rows than this cannot be scored as a label of their own: they are left out.
FEW = 20


@dataclass(frozen=True)
class Score:
    """The measures of one source; shares in [0, 1].

    `low` and `high` bound the balanced accuracy, `strict` is the same with NEI as an answer even
    where no pair has that label. The last two are the share of REFUTES called SUPPORTS, by the
    most probable stance and at the verifier's threshold.
    """

    rows: int
    balanced: float
    low: float
    high: float
    strict: float
    accuracy: float
    calibration_error: float
    false_support: float
    believed_false_support: float


def stances(rows: Rows, threshold: float = 0.0) -> list[str]:
    """The label of each of `rows` (n, 3): the most probable, NEI if that is below `threshold`."""
    guesses = [LABELS[column] for column in rows.argmax(axis=1)]
    best = rows.max(axis=1)
    return [g if p >= threshold else UNDECIDED for g, p in zip(guesses, best, strict=True)]


def score(rows: Rows, gold: Sequence[str], threshold: float) -> Score:
    """Score `rows` (n, 3), columns SUPPORTS, REFUTES, NEI, against their labels."""
    three_way = stances(rows)
    if UNDECIDED in gold:
        guesses, confidence = three_way, rows.max(axis=1)
    else:
        sides = rows[:, :2] / rows[:, :2].sum(axis=1, keepdims=True)
        guesses, confidence = [LABELS[i] for i in sides.argmax(axis=1)], sides.max(axis=1)
    correct = [guess == label for guess, label in zip(guesses, gold, strict=True)]
    low, high = bootstrap_interval(guesses, gold)
    return Score(
        rows=len(gold),
        balanced=balanced_accuracy(guesses, gold),
        low=low,
        high=high,
        strict=balanced_accuracy(three_way, gold),
        accuracy=accuracy(guesses, gold),
        calibration_error=calibration_error(list(confidence), correct),
        false_support=false_support(three_way, gold),
        believed_false_support=false_support(stances(rows, threshold), gold),
    )


def by_source(pairs: Sequence[Pair]) -> dict[str, list[int]]:
    """The places of each source's pairs; a handful of NEI rows of a source is left out."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, pair in enumerate(pairs):
        groups[pair.source].append(place)
    for source, places in groups.items():
        undecided = sum(pairs[place].label == UNDECIDED for place in places)
        if 0 < undecided < FEW:
            groups[source] = [p for p in places if pairs[p].label != UNDECIDED]
    return dict(sorted(groups.items()))


@dataclass(frozen=True)
class Measured:
    """One verifier on one file: a score per source, and one operating point and error over all."""

    scores: dict[str, Score]
    point: OperatingPoint
    calibration_error: float
    pairs_per_second: float


def measure(verifier: Verifier, pairs: Sequence[Pair]) -> Measured:
    """Predict and score `pairs`."""
    began = time.perf_counter()
    rows = verifier.predict([(pair.claim, pair.evidence) for pair in pairs])
    speed = len(pairs) / (time.perf_counter() - began)
    return scored(rows, pairs, verifier.threshold, speed)


def scored(rows: Rows, pairs: Sequence[Pair], threshold: float, speed: float) -> Measured:
    """Score `rows` (n, 3) of `pairs`, all of them and per source."""
    gold = [pair.label for pair in pairs]
    correct = [guess == label for guess, label in zip(stances(rows), gold, strict=True)]
    return Measured(
        {
            source: score(rows[places], [gold[place] for place in places], threshold)
            for source, places in by_source(pairs).items()
        },
        operating_point(stances(rows, threshold), gold),
        calibration_error(list(rows.max(axis=1)), correct),
        speed,
    )


HEADINGS = (
    "source",
    "rows",
    "bal acc",
    "95 %",
    "strict",
    "acc",
    "calib err",
    "false sup",
    "believed",
)
BESIDE = ("other", "its 95 %", "")


def lines(measured: Measured, other: Measured | None = None) -> list[list[str]]:
    """Headings, one row per source and one with their means, beside the other verifier's."""
    rows = [[*HEADINGS, *(BESIDE if other else ())]]
    for source, result in measured.scores.items():
        beside = _beside(result, other.scores[source]) if other else []
        rows.append([source, *_cells(result), *beside])
    rows.append(["mean", "", *_means(measured.scores), *(_mean_beside(other) if other else [])])
    return rows


def table(title: str, rows: list[list[str]]) -> Table:
    """`rows` as the terminal shows them."""
    grid = Table(title=title, title_justify="left")
    for number, heading in enumerate(rows[0]):
        grid.add_column(heading, justify="right" if number else "left")
    for row in rows[1:]:
        grid.add_row(*row)
    return grid


def markdown(rows: list[list[str]]) -> str:
    """`rows` as the card shows them."""
    texts = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([texts[0], "|" + "---|" * len(rows[0]), *texts[1:]])


def _cells(result: Score) -> list[str]:
    return [
        str(result.rows),
        _share(result.balanced),
        f"{result.low:.3f}–{result.high:.3f}",
        *map(
            _share,
            (
                result.strict,
                result.accuracy,
                result.calibration_error,
                result.false_support,
                result.believed_false_support,
            ),
        ),
    ]


def _beside(result: Score, other: Score) -> list[str]:
    below = "below" if result.balanced < other.low else ""
    return [_share(other.balanced), f"{other.low:.3f}–{other.high:.3f}", below]


def _means(scores: Mapping[str, Score]) -> list[str]:
    names = (
        "balanced",
        "",
        "strict",
        "accuracy",
        "calibration_error",
        "false_support",
        "believed_false_support",
    )
    return [
        _share(float(np.nanmean([getattr(s, name) for s in scores.values()]))) if name else ""
        for name in names
    ]


def _mean_beside(other: Measured) -> list[str]:
    return [_share(float(np.mean([s.balanced for s in other.scores.values()]))), "", ""]


def _share(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3f}"


def describe(measured: Measured, verifier: Verifier) -> str:
    """The operating point over all pairs of a file, in lines of text."""
    point = measured.point
    return (
        f"all pairs, threshold {verifier.threshold}: coverage {_share(point.coverage)}; "
        f"precision of SUPPORTS {_share(point.supports_precision)}, "
        f"of REFUTES {_share(point.refutes_precision)}; "
        f"recall {_share(point.supports_recall)} and {_share(point.refutes_recall)}; "
        f"false support {_share(point.false_support)}\n"
        f"calibration error over all pairs {_share(measured.calibration_error)}; "
        f"{measured.pairs_per_second:.0f} pairs/s, precision {verifier.precision}\n"
    )


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with *.jsonl.gz")
    parser.add_argument("--verifier", help="fast, careful, a folder or a hub name")
    parser.add_argument("--against", help="another verifier, to compare with")
    parser.add_argument("--markdown", action="store_true", help="tables as the card has them")
    arguments = parser.parse_args()
    files = [p for p in sorted(arguments.data.glob("*.jsonl.gz")) if not p.name.startswith("train")]
    if not files:
        parser.error(f"no *.jsonl.gz to measure in {arguments.data}")
    console = Console(width=120)
    verifier = load_verifier(arguments.verifier)
    other = load_verifier(arguments.against) if arguments.against else None
    for path in files:
        pairs = read_pairs(path)
        measured = measure(verifier, pairs)
        beside = measure(other, pairs) if other else None
        rows = lines(measured, beside)
        if arguments.markdown:
            print(markdown(rows))
        else:
            console.print(table(f"{path.name}: {verifier.name}", rows))
        console.print(describe(measured, verifier))
        if other and beside:
            console.print(f"{other.name}, {describe(beside, other)}")


if __name__ == "__main__":
    main()
