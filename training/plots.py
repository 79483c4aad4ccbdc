"""The plots of the card; they need `pip install matplotlib`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np

from benchmarks.metrics import BINS, operating_point
from benchmarks.verify import stances
from factcheck.stance.verifier import Rows

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "factcheck"  # the same plot is the same file

from matplotlib import pyplot as plt  # noqa: E402 (after the choice of what draws)


def plot_reliability(path: Path, rows: Rows, gold: Sequence[str]) -> None:
    """Accuracy against confidence, in the bins of the calibration error."""
    confidence = rows.max(axis=1)
    right = np.array([s == g for s, g in zip(stances(rows), gold, strict=True)])
    bins = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    used = np.unique(bins)
    figure, axes = plt.subplots(figsize=(4.5, 4.5))
    axes.plot([0, 1], [0, 1], color="0.6", linestyle="--", linewidth=1)
    axes.plot(
        [confidence[bins == b].mean() for b in used],
        [right[bins == b].mean() for b in used],
        marker="o",
    )
    axes.bar((used + 0.5) / BINS, [(bins == b).mean() for b in used], 1 / BINS, alpha=0.3)
    axes.set(
        xlabel="confidence", ylabel="accuracy (bars: share of pairs)", xlim=(0.3, 1), ylim=(0, 1)
    )
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)


def plot_risk_coverage(path: Path, rows: Rows, gold: Sequence[str], threshold: float) -> None:
    """What is wrong among the stances given, against how many pairs are given one."""
    figure, axes = plt.subplots(figsize=(4.5, 4.5))
    points = [operating_point(stances(rows, t), gold) for t in np.arange(0.34, 1.0, 0.01)]
    for name, stance in (("supports_precision", "SUPPORTS"), ("refutes_precision", "REFUTES")):
        axes.plot(
            [point.coverage for point in points],
            [1 - getattr(point, name) for point in points],
            label=stance,
        )
    chosen = operating_point(stances(rows, threshold), gold).coverage
    axes.axvline(chosen, color="0.6", linestyle="--", linewidth=1, label=f"threshold {threshold}")
    axes.set(xlabel="coverage", ylabel="risk (share wrong)", xlim=(0, 1), ylim=(0, None))
    axes.legend()
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)
