from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.stance.calibration import Calibration, read_calibration


def test_temperature_by_hand() -> None:
    rows = Calibration(temperature=2.0).apply(np.array([[0.0, 2 * np.log(3.0), 0.0]], np.float32))
    assert rows == pytest.approx(np.array([[1 / 5, 3 / 5, 1 / 5]]))


def test_a_model_without_calibration_is_taken_as_it_is(tmp_path: Path) -> None:
    assert read_calibration(tmp_path / "none.json", 64) == Calibration(1.0, 0.5, 64)


def test_a_calibration_is_read_back_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    settings = {"temperature": 1.5, "threshold": 0.7, "max_tokens": 128}
    path.write_text(json.dumps(settings))
    assert read_calibration(path) == Calibration(1.5, 0.7, 128)
    for temperature in (0, "no", float("nan"), 1e-300):
        path.write_text(json.dumps({**settings, "temperature": temperature}))
        with pytest.raises(ModelError, match="restore the file"):
            read_calibration(path)
