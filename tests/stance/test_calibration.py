from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.stance.calibration import Calibration, read_calibration


def test_temperature_and_bias_by_hand() -> None:
    calibration = Calibration(temperature=2.0, bias=(-np.log(2.0), 0.0, 0.0))
    rows = calibration.apply(np.array([[0.0, 2 * np.log(3.0), 0.0]], dtype=np.float32))
    # exp gives 1/2, 3 and 1, of 4.5 in all.
    assert rows == pytest.approx(np.array([[1 / 9, 6 / 9, 2 / 9]]))


def test_a_model_without_calibration_is_taken_as_it_is(tmp_path: Path) -> None:
    assert read_calibration(tmp_path / "none.json", 64) == Calibration(1.0, (0, 0, 0), 0.5, 64)


def test_a_bias_is_optional(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    settings = {"temperature": 1.5, "threshold": 0.7, "max_tokens": 128}
    path.write_text(json.dumps(settings))
    assert read_calibration(path) == Calibration(1.5, (0.0, 0.0, 0.0), 0.7, 128)
    path.write_text(json.dumps({**settings, "bias": [0.1, -0.2, 0.0]}))
    assert read_calibration(path).bias == (0.1, -0.2, 0.0)
    for bias in ([0.1], "no", [float("nan"), 0, 0]):
        path.write_text(json.dumps({**settings, "bias": bias}))
        with pytest.raises(ModelError, match="restore the file"):
            read_calibration(path)
