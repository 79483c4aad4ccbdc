"""The measures we judge a verifier by; each small enough to check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Bins of the calibration error; the usual number since Guo et al. 2017, arXiv:1706.04599.
BINS = 15


def accuracy(guesses: Sequence[str], gold: Sequence[str]) -> float:
    """Share of guesses that are right, in [0, 1]."""
    return float(np.mean([guess == label for guess, label in zip(guesses, gold, strict=True)]))


def balanced_accuracy(guesses: Sequence[str], gold: Sequence[str]) -> float:
    """Mean recall over the labels in `gold`, in [0, 1]: chance is 1 / number of labels."""
    pairs = list(zip(guesses, gold, strict=True))
    recalls = [
        np.mean([guess == label for guess, truth in pairs if truth == label])
        for label in sorted(set(gold))
    ]
    return float(np.mean(recalls))


def calibration_error(confidence: Sequence[float], correct: Sequence[bool]) -> float:
    """Top-label expected calibration error over 15 equal-width bins, in [0, 1].

    The mean gap between confidence and accuracy in each bin, weighted by the bin's share.
    """
    level, hit = np.asarray(confidence, dtype=float), np.asarray(correct, dtype=float)
    # Bins are (lower, upper]; a confidence of 0 cannot be a top label's.
    bins = np.clip(np.ceil(level * BINS).astype(int) - 1, 0, BINS - 1)
    gaps = [
        (bins == b).mean() * abs(level[bins == b].mean() - hit[bins == b].mean())
        for b in np.unique(bins)
    ]
    return float(np.sum(gaps))


def false_support(guesses: Sequence[str], gold: Sequence[str]) -> float:
    """Share of REFUTES called SUPPORTS, in [0, 1]; NaN without REFUTES."""
    refuted = [guess for guess, label in zip(guesses, gold, strict=True) if label == "REFUTES"]
    return float(np.mean([guess == "SUPPORTS" for guess in refuted])) if refuted else float("nan")


def f1(guesses: Sequence[bool], gold: Sequence[bool]) -> float:
    """F1 of the positive class, in [0, 1]; 0 when nothing is guessed or true."""
    right = sum(guess and truth for guess, truth in zip(guesses, gold, strict=True))
    return 2 * right / max(1, sum(guesses) + sum(gold))


def bootstrap_interval(
    guesses: Sequence[str], gold: Sequence[str], resamples: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """The 95 % percentile bootstrap interval of the balanced accuracy (Efron 1979).

    Rows are drawn again within each label, so that every resample has them all.
    """
    rng = np.random.default_rng(seed)
    truth = np.asarray(gold)
    right = np.asarray(guesses) == truth
    recalls = []
    for label in np.unique(truth):
        rows = right[truth == label]
        recalls.append(rows[rng.integers(0, len(rows), (resamples, len(rows)))].mean(axis=1))
    low, high = np.percentile(np.mean(recalls, axis=0), [2.5, 97.5])
    return float(low), float(high)


@dataclass(frozen=True)
class OperatingPoint:
    """What a verifier does at its threshold; all in [0, 1], NaN where there is nothing to count.

    `coverage` is the share of pairs given a stance, right or wrong; `supports_recall` the share of
    SUPPORTS found; `false_support` the share of REFUTES called SUPPORTS.
    """

    coverage: float
    supports_precision: float
    refutes_precision: float
    supports_recall: float
    refutes_recall: float
    false_support: float


def operating_point(guesses: Sequence[str], gold: Sequence[str]) -> OperatingPoint:
    """Measure stances after the threshold, NEI among them, against `gold`."""
    got, truth = np.asarray(guesses), np.asarray(gold)

    def precision(label: str) -> float:
        said = got == label
        return float((truth[said] == label).mean()) if said.any() else float("nan")

    def found(label: str) -> float:
        there = truth == label
        return float((got[there] == label).mean()) if there.any() else float("nan")

    return OperatingPoint(
        coverage=float((got != "NEI").mean()),
        supports_precision=precision("SUPPORTS"),
        refutes_precision=precision("REFUTES"),
        supports_recall=found("SUPPORTS"),
        refutes_recall=found("REFUTES"),
        false_support=false_support(guesses, gold),
    )


def average_precision(scores: Sequence[float], gold: Sequence[bool]) -> float:
    """Mean over the positives of the precision at their rank, in [0, 1]; NaN without one.

    Scores that are equal share one threshold, so the precision is that of all of them together.
    """
    level, truth = np.asarray(scores, dtype=float), np.asarray(gold, dtype=bool)
    precisions = [truth[level >= threshold].mean() for threshold in level[truth]]
    return float(np.mean(precisions)) if precisions else float("nan")


def reciprocal_rank(ranked: Sequence[str], relevant: frozenset[str]) -> float:
    """1 / rank of the first relevant item of `ranked`, 0 if there is none."""
    return next((1.0 / rank for rank, item in enumerate(ranked, 1) if item in relevant), 0.0)


def recall(ranked: Sequence[str], relevant: frozenset[str], k: int) -> float:
    """Share of the relevant items among the first `k`."""
    return len(relevant.intersection(ranked[:k])) / len(relevant)


def ndcg(ranked: Sequence[str], relevant: frozenset[str], k: int) -> float:
    """Normalised discounted cumulative gain at `k` for binary relevance, in [0, 1].

    Järvelin & Kekäläinen 2002, with the gain 1/log2(rank + 1) as in TREC and BEIR.
    """
    discount: NDArray[np.float64] = 1.0 / np.log2(np.arange(2, k + 2))
    gain = sum(discount[rank] for rank, item in enumerate(ranked[:k]) if item in relevant)
    return float(gain / discount[: min(k, len(relevant))].sum())
