"""The fits of `training.calibrate`, on data whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from factcheck.stance.calibration import Calibration
from factcheck.stance.verifier import Rows
from training.calibrate import cross_fitted, find_threshold, fit, source_weights
from training.data import Pair

TRUE = Calibration(temperature=2.0)


def drawn(count: int) -> tuple[Rows, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Logits, and labels drawn from what `TRUE` makes of them."""
    random = np.random.default_rng(4)
    logits = random.normal(scale=3, size=(count, 3)).astype(np.float32)
    rows = TRUE.apply(logits)
    return logits, np.array([random.choice(3, p=row / row.sum()) for row in rows.astype(float)])


def test_a_known_temperature_is_found_again() -> None:
    logits, gold = drawn(20_000)
    found = fit(logits, gold, np.ones(len(gold)))
    assert found.temperature == pytest.approx(2.0, abs=0.1)


def test_cross_fitted_rows_come_from_the_other_folds() -> None:
    logits, gold = drawn(4000)
    rows = cross_fitted(logits, gold, np.ones(len(gold)))
    assert rows == pytest.approx(TRUE.apply(logits), abs=0.1)
    whole = fit(logits, gold, np.ones(len(gold))).apply(logits)
    assert not np.array_equal(rows, whole)


def test_every_source_counts_alike() -> None:
    pairs = [Pair("c", "e", "NEI", source) for source in "aaab"]
    assert source_weights(pairs).tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1.0])


def test_the_threshold_is_where_both_stances_are_right_often_enough() -> None:
    rows = np.array(
        [[0.8, 0.1, 0.1], [0.6, 0.2, 0.2], [0.1, 0.8, 0.1], [0.2, 0.55, 0.25]], dtype=np.float32
    )
    assert find_threshold(rows, ["SUPPORTS", "REFUTES", "REFUTES", "REFUTES"]) == 0.61
    with pytest.raises(SystemExit, match="no threshold"):  # REFUTES is never said
        find_threshold(rows[:2], ["SUPPORTS", "SUPPORTS"])
