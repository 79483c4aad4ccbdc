from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks import metrics
from benchmarks.buried import Buried, bury, readings
from benchmarks.contrast import measure
from benchmarks.verify import by_source, score
from index import Span
from tests.fakes import ScriptedVerifier, WordEncoder, no_grammar
from training.data import Pair
from training.written import Group

GOLD = ["SUPPORTS", "SUPPORTS", "REFUTES", "NEI"]
GUESSES = ["SUPPORTS", "REFUTES", "SUPPORTS", "NEI"]


def test_hand_worked_classification_measures() -> None:
    assert metrics.accuracy(GUESSES, GOLD) == 0.5
    assert metrics.balanced_accuracy(GUESSES, GOLD) == pytest.approx((0.5 + 0 + 1) / 3)
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


def test_sources_without_nei_are_scored_two_way() -> None:
    rows = np.array([[0.38, 0.02, 0.6], [0.1, 0.7, 0.2], [0.21, 0.09, 0.7]], dtype=np.float32)
    decided = score(rows, ["SUPPORTS", "REFUTES", "REFUTES"], threshold=0.9)
    assert decided.balanced == 0.75  # the third leans to SUPPORTS
    assert decided.strict == 0.25  # only the second is more than NEI
    assert decided.false_support == 0.0  # NEI is no support
    # Confidences 0.95, 0.875 and 0.7, each in a bin of its own, the last one wrong.
    assert decided.calibration_error == pytest.approx((0.05 + 0.125 + 0.7) / 3, abs=1e-6)
    three_way = score(rows, ["NEI", "REFUTES", "SUPPORTS"], threshold=0.9)
    assert three_way.balanced == three_way.strict == pytest.approx(2 / 3)


def test_false_support_at_argmax_and_at_the_threshold() -> None:
    rows = np.array([[0.6, 0.2, 0.2], [0.95, 0.0, 0.05]], dtype=np.float32)
    result = score(rows, ["REFUTES", "REFUTES"], threshold=0.9)
    assert (result.false_support, result.believed_false_support) == (1.0, 0.5)


def test_an_operating_point_by_hand() -> None:
    gold = ["SUPPORTS", "SUPPORTS", "REFUTES", "REFUTES", "NEI"]
    point = metrics.operating_point(["SUPPORTS", "NEI", "SUPPORTS", "REFUTES", "NEI"], gold)
    assert point == metrics.OperatingPoint(
        coverage=0.6,
        supports_precision=0.5,
        refutes_precision=1.0,
        supports_recall=0.5,
        refutes_recall=0.5,
        false_support=0.5,
    )
    silent = metrics.operating_point(["NEI"], ["NEI"])
    assert silent.coverage == 0.0
    assert math.isnan(silent.supports_precision)


def test_the_bootstrap_interval_of_certainty_and_of_a_known_binomial() -> None:
    gold = ["SUPPORTS"] * 100 + ["REFUTES"] * 100
    assert metrics.bootstrap_interval(gold, gold) == (1.0, 1.0)
    guesses = ["SUPPORTS"] * 80 + ["REFUTES"] * 20 + ["REFUTES"] * 80 + ["SUPPORTS"] * 20
    low, high = metrics.bootstrap_interval(guesses, gold)
    # Each recall is 0.8 with standard error 0.04; of their mean it is 0.04 / √2.
    half = 1.96 * 0.04 / math.sqrt(2)
    assert (low, high) == pytest.approx((0.8 - half, 0.8 + half), abs=0.01)


def test_a_source_with_few_undecided_rows_is_scored_without_them() -> None:
    rows = [Pair("c", "e", "NEI", "few")] * 3 + [Pair("c", "e", "SUPPORTS", "few")]
    assert by_source(rows)["few"] == [3]
    assert len(by_source([Pair("c", "e", "NEI", "many")] * 20)["many"]) == 20


def test_buried_evidence_lies_where_it_is_said_to() -> None:
    pairs = [
        Pair(f"Berth {n}a {n}b is free.", f"The berth is {n}c {n}d empty.", "SUPPORTS", "s")
        for n in range(30)
    ]
    items = bury(pairs, WordEncoder(dimension=512), Random(1))
    assert len(items) == 60  # each with its evidence, and without
    for item in items:
        assert item.place.of(item.passage) == item.pair.evidence
        assert 20 < len(item.passage.split()) <= 250
    assert {item.pair.label for item in items[30:]} == {"NEI"}
    places = {item.place.start > 0 for item in items[:30]}
    assert places == {True, False}  # not always first


def test_contrast_pairs_are_measured_in_the_groups_order() -> None:
    class Right:
        name = weights_hash = precision = "right"
        threshold = 0.5
        headed = False

        def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
            columns = {"a": 0, "b": 1, "c": 2}
            mirrored = {"a": 1, "b": 0, "c": 2}
            chosen = [(columns if c == "first" else mirrored)[e] for c, e in pairs]
            return np.eye(3, dtype=np.float32)[chosen]

    group = Group("number", ("first", "second"), ("a", "b", "c"))
    guesses, gold, categories = measure(Right(), list(group.pairs()))
    assert guesses == gold
    assert gold.count("NEI") == 2
    assert categories == ["number"] * 6


@pytest.mark.usefixtures("without_models")
def test_buried_evidence_is_named_where_its_sentence_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("benchmarks.buried.parse", no_grammar)
    evidence, other = "The berth is free.", "Gulls sit on it."
    pair = Pair("A berth is free.", evidence, "SUPPORTS", "s")
    items = [
        Buried(pair, f"{other} {evidence}", Span(len(other) + 1, len(other) + 1 + len(evidence))),
        Buried(pair, f"{evidence} {other}", Span(0, len(evidence))),
        Buried(Pair("A berth is free.", "", "NEI", "s"), other, Span(0, 0)),
    ]
    found = (0.9, 0.05, 0.05)
    verifier = ScriptedVerifier(
        {items[0].passage: found, items[1].passage: found, other: (0.1, 0.1, 0.8)}
    )
    rows, named = readings(verifier, items)
    assert rows[:, 0] == pytest.approx([0.9, 0.9, 0.1])
    assert named == [True, True, False]
    assert readings(verifier, [])[0].shape == (0, 3)
