from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import vectors


def unit(count: int, dimension: int, seed: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


@pytest.fixture
def stored() -> NDArray[np.float32]:
    return unit(200, 16, seed=1)


@pytest.fixture
def opened(tmp_path: Path, stored: NDArray[np.float32]) -> vectors.VectorIndex:
    vectors.write(tmp_path / "v", 16, [stored[:150], stored[150:]])
    return vectors.VectorIndex(tmp_path / "v")


def test_scores_are_the_inner_products_of_brute_force(
    opened: vectors.VectorIndex, stored: NDArray[np.float32]
) -> None:
    queries = unit(7, 16, seed=2)
    expected = queries @ stored.T
    found = opened.search(queries, 10)
    for row, near in zip(expected, found, strict=True):
        order = np.argsort(-row)[:10]
        assert list(near) == order.tolist()
        np.testing.assert_allclose(list(near.values()), row[order], atol=1e-6)
    given = opened.score(queries[0], [5, 199, 0])
    assert list(given) == [5, 199, 0]
    np.testing.assert_allclose(list(given.values()), expected[0][[5, 199, 0]], atol=1e-6)


def test_more_is_asked_than_there_is(opened: vectors.VectorIndex) -> None:
    (near,) = opened.search(unit(1, 16, seed=3), 1000)
    assert sorted(near) == list(range(200))


def test_nothing_is_asked(opened: vectors.VectorIndex) -> None:
    assert opened.search(np.empty((0, 16), dtype=np.float32), 5) == []
    assert opened.search(unit(2, 16, seed=3), 0) == [{}, {}]
    assert opened.score(unit(1, 16, seed=3)[0], []) == {}


def test_an_empty_index(tmp_path: Path) -> None:
    vectors.write(tmp_path / "v", 16, [])
    opened = vectors.VectorIndex(tmp_path / "v")
    assert (len(opened), opened.dimension) == (0, 16)
    assert opened.search(unit(1, 16, seed=3), 5) == [{}]


@pytest.mark.parametrize("content", [b"", b"nonsense" * 100])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "v").write_bytes(content)
    with pytest.raises(ValueError, match="v is not a vector file"):
        vectors.VectorIndex(tmp_path / "v")
