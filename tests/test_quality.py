from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks import gate

PINNED: dict[str, dict[str, Any]] = {"data": {"a": "1"}, "floors": {"x": 0.5}}


def test_a_measure_below_its_floor_or_without_one_is_a_breach() -> None:
    assert gate.compare({"x": 0.5}, {"a": "1"}, PINNED) == []
    assert [b.what for b in gate.compare({"x": 0.49, "y": 1.0}, {"a": "1"}, PINNED)] == ["x", "y"]
    assert [b.what for b in gate.compare({"x": float("nan")}, {"a": "1"}, PINNED)] == ["x"]


def test_a_floor_without_its_measure_is_a_breach() -> None:
    assert [b.what for b in gate.compare({}, {"a": "1"}, PINNED)] == ["x"]


def test_changed_data_is_a_breach() -> None:
    assert [b.what for b in gate.compare({"x": 0.9}, {"a": "2"}, PINNED)] == ["data a"]


def test_an_update_never_lowers_a_floor_unless_told_to() -> None:
    assert gate.updated({"x": 0.4, "y": 0.9}, {"x": 0.5}, lower=False) == {"x": 0.5, "y": 0.87}
    assert gate.updated({"x": 0.4}, {"x": 0.5}, lower=True) == {"x": 0.37}


@pytest.mark.long
@pytest.mark.models
def test_the_gate_holds() -> None:
    pinned = json.loads((gate.SAMPLES / "floors.json").read_text(encoding="utf-8"))
    assert gate.compare(gate.measure(), gate.hashes(), pinned) == []
