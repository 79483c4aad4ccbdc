from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from safetensors.numpy import save_file

from factcheck.stance.weights import dequantise, quantise, quantised_files, read_quantised


def test_a_matrix_by_hand() -> None:
    stored = quantise({"w": np.array([[127.0, -63.6], [0.0, 0.0]], dtype=np.float32)})
    assert stored["w"].dtype == np.int8
    assert stored["w"].tolist() == [[127, -64], [0, 0]]
    assert stored["w.scale"].tolist() == [1.0, 1.0]
    assert dequantise(stored)["w"].tolist() == [[127.0, -64.0], [0.0, 0.0]]


def test_vectors_stay_in_half_precision() -> None:
    stored = quantise({"b": np.array([0.1, 3.0], dtype=np.float32)})
    assert stored.keys() == {"b"}
    assert stored["b"].dtype == np.float16
    assert dequantise(stored)["b"] == pytest.approx(np.array([0.1, 3.0]), abs=1e-3)


@given(
    arrays(
        np.float32,
        st.tuples(st.integers(1, 5), st.integers(1, 9)),
        elements=st.floats(-1e4, 1e4, width=32),
    )
)
def test_no_value_moves_by_more_than_half_a_step(values: np.ndarray) -> None:
    back = dequantise(quantise({"w": values}))["w"]
    step = np.abs(values).max(axis=1, keepdims=True) / 127
    assert (np.abs(back - values) <= step * 0.501 + 1e-30).all()


def test_shards_are_read_together(tmp_path: Path) -> None:
    first = quantise({"w": np.eye(2, dtype=np.float32)})
    save_file({"w": first["w"]}, tmp_path / "int8-1-of-2.safetensors")
    save_file({"w.scale": first["w.scale"]}, tmp_path / "int8-2-of-2.safetensors")
    (tmp_path / "model.safetensors").write_bytes(b"not ours")
    files = quantised_files(tmp_path)
    assert [path.name[:6] for path in files] == ["int8-1", "int8-2"]
    assert read_quantised(files)["w"] == pytest.approx(np.eye(2))
