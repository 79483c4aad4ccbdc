from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks import metrics
from benchmarks.verify import by_source, score
from training.data import Pair

GOLD = ["SUPPORTS", "SUPPORTS", "REFUTES", "NEI"]
GUESSES = ["SUPPORTS", "REFUTES", "SUPPORTS", "NEI"]


def test_hand_worked_classification_measures() -> None:
    assert metrics.accuracy(GUESSES, GOLD) == 0.5
    assert metrics.balanced_accuracy(GUESSES, GOLD) == pytest.approx((0.5 + 0 + 1) / 3)
    # SUPPORTS: 1 right, 1 missed, 1 false → 2/4; REFUTES 0; NEI 1.
    assert metrics.macro_f1(GUESSES, GOLD) == pytest.approx((0.5 + 0 + 1) / 3)
    assert metrics.false_support(GUESSES, GOLD) == 1.0
    assert math.isnan(metrics.false_support(["NEI"], ["NEI"]))


def test_hand_worked_calibration_error() -> None:
    # One bin (0.933, 1]: confidence 0.95, half right. One bin (0.4, 0.467]: 0.45, all right.
    error = metrics.calibration_error([0.95, 0.95, 0.45, 0.45], [True, False, True, True])
    assert error == pytest.approx(0.5 * 0.45 + 0.5 * 0.55)


def test_a_confidence_on_a_bin_edge_belongs_to_the_lower_bin() -> None:
    assert metrics.calibration_error([0.2, 0.19], [True, False]) == pytest.approx(0.305)


def test_hand_worked_ranking_measures() -> None:
    ranked, relevant = ["a", "b", "c"], frozenset({"b", "d"})
    assert metrics.reciprocal_rank(ranked, relevant) == 0.5
    assert metrics.recall(ranked, relevant, 10) == 0.5
    best = 1 + 1 / math.log2(3)
    assert metrics.ndcg(ranked, relevant, 10) == pytest.approx(1 / math.log2(3) / best)
    assert metrics.ndcg([], relevant, 10) == 0.0


def test_hand_worked_binary_measures() -> None:
    gold = [True, False, True, False]
    assert metrics.f1([True, True, False, False], gold) == 0.5
    assert metrics.f1([False] * 4, [False] * 4) == 0.0
    # Ranks: 0.9 true (precision 1), 0.8 false, 0.7 true (2/3), 0.1 false.
    assert metrics.average_precision([0.9, 0.8, 0.7, 0.1], gold) == pytest.approx((1 + 2 / 3) / 2)
    assert metrics.average_precision([0.5] * 4, gold) == 0.5


def test_two_way_measures_only_where_every_row_is_decided() -> None:
    probabilities = np.array([[0.3, 0.2, 0.5], [0.1, 0.7, 0.2]], dtype=np.float32)
    decided = score(probabilities, ["SUPPORTS", "REFUTES"])
    assert (decided.accuracy, decided.two_way_accuracy) == (0.5, 1.0)
    assert math.isnan(score(probabilities, ["NEI", "REFUTES"]).two_way_accuracy)


def test_a_source_with_few_undecided_rows_is_scored_without_them() -> None:
    rows = [Pair("c", "e", "NEI", "few")] * 3 + [Pair("c", "e", "SUPPORTS", "few")]
    assert [pair.label for pair in by_source(rows)["few"]] == ["SUPPORTS"]
    assert len(by_source([Pair("c", "e", "NEI", "many")] * 20)["many"]) == 20
