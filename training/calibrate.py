"""Fit what turns outputs into probabilities and stances, on development data alone.

    python -m training.calibrate --data DIR [--models factcheck/models/verifier]

Writes `calibration.json` beside each model's weights and two plots beside the card, and prints what
to pin in `factcheck/stance/packaged.py`. Plots need `pip install -e .[training]`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from benchmarks.metrics import calibration_error, operating_point
from benchmarks.verify import stances
from factcheck.stance.calibration import Calibration, read_calibration
from factcheck.stance.crossencoder import CrossEncoderVerifier
from factcheck.stance.packaged import CAREFUL, FAST, PACKAGED
from factcheck.stance.verifier import Rows
from training.data import LABELS, Pair, read_pairs

#: SUPPORTS and REFUTES must each be right this often from the threshold on.
PRECISION = 0.85
FOLDS = 5
#: Where the temperature is sought.
TEMPERATURES = (0.2, 5.0)


def fit(logits: Rows, gold: NDArray[np.int64], weights: NDArray[np.float64]) -> Calibration:
    """The temperature that minimises the weighted log loss.

    A bias per label lowers it further, and learns how rare NEI is in the development set; where
    passages come from retrieval most decide nothing, so none is fitted.
    """

    def loss(temperature: float) -> float:
        rows = Calibration(temperature).apply(logits)
        chosen = rows[np.arange(len(gold)), gold]
        return float(-(weights * np.log(np.maximum(chosen, 1e-12))).sum() / weights.sum())

    found = minimize_scalar(loss, bounds=TEMPERATURES, method="bounded")
    return Calibration(round(float(found.x), 3))


def source_weights(pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """Weights that let every source count alike, whatever its size."""
    sources = [pair.source for pair in pairs]
    return np.array([1.0 / sources.count(source) for source in sources])


def cross_fitted(logits: Rows, gold: NDArray[np.int64], weights: NDArray[np.float64]) -> Rows:
    """Probabilities of each pair by a calibration fitted without its fold."""
    fold = np.random.default_rng(0).integers(FOLDS, size=len(gold))
    rows = np.empty_like(logits)
    for number in range(FOLDS):
        inside = fold == number
        rows[inside] = fit(logits[~inside], gold[~inside], weights[~inside]).apply(logits[inside])
    return rows


def find_threshold(rows: Rows, gold: Sequence[str]) -> float:
    """The lowest of 0.34, 0.35 … 0.99 at which each stance given is right `PRECISION` of the time.

    A point of the risk-coverage curve (El-Yaniv & Wiener 2010). Raises `SystemExit` without one.
    """
    for threshold in np.arange(0.34, 1.0, 0.01):
        point = operating_point(stances(rows, float(threshold)), gold)
        # A stance never given has no precision (NaN), and no threshold is found by silence.
        if point.supports_precision >= PRECISION and point.refutes_precision >= PRECISION:
            return round(float(threshold), 2)
    raise SystemExit(f"no threshold reaches a precision of {PRECISION} on the development data")


def write_json(path: Path, content: dict[str, object]) -> None:
    """Write `content` for people to read, too."""
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Calibrate both verifiers."""
    from training.plots import plot_reliability, plot_risk_coverage  # matplotlib: here alone

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds verify/")
    parser.add_argument("--models", type=Path, default=PACKAGED)
    options = parser.parse_args()
    pairs = read_pairs(options.data / "verify" / "dev.jsonl.gz")
    texts = [(pair.claim, pair.evidence) for pair in pairs]
    gold = [pair.label for pair in pairs]
    columns, weights = np.array([LABELS.index(label) for label in gold]), source_weights(pairs)

    rows: dict[str, Rows] = {}
    verifiers: dict[str, CrossEncoderVerifier] = {}
    for name in (FAST, CAREFUL):
        folder = options.models / name
        logits = CrossEncoderVerifier(folder).logits(texts)
        crossed = cross_fitted(logits, columns, weights)
        right = [s == g for s, g in zip(stances(crossed), gold, strict=True)]
        error = calibration_error(list(crossed.max(axis=1)), right)
        calibration = fit(logits, columns, weights)
        rows[name] = calibration.apply(logits)
        headed = read_calibration(folder / "calibration.json").headed
        calibration = replace(
            calibration, threshold=find_threshold(rows[name], gold), headed=headed
        )
        write_json(folder / "calibration.json", asdict(calibration))
        verifiers[name] = CrossEncoderVerifier(folder)
        print(f"{name}: {calibration}, calibration error across folds {error:.3f}")

    careful = verifiers[CAREFUL]
    plot_reliability(options.models / "reliability.svg", rows[CAREFUL], gold)
    plot_risk_coverage(options.models / "risk-coverage.svg", rows[CAREFUL], gold, careful.threshold)
    print(f"PACKAGED_HASHES = {{FAST: {verifiers[FAST].weights_hash!r}, ")
    print(f"                   CAREFUL: {careful.weights_hash!r}}}")


if __name__ == "__main__":
    main()
