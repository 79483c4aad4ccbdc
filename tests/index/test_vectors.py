from __future__ import annotations

import json
import mmap
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from index import vectors


def unit(count: int, dimension: int, seed: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def clustered(count: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """Unit vectors of which each has some near neighbours, as texts have."""
    centres = unit(count // 10, dimension, seed)
    rows = centres[np.arange(count) % len(centres)] + 0.5 * unit(count, dimension, seed + 1)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


@pytest.fixture
def stored() -> NDArray[np.float32]:
    return unit(200, 16, seed=1)


@pytest.fixture
def opened(tmp_path: Path, stored: NDArray[np.float32]) -> vectors.VectorIndex:
    vectors.write(tmp_path / "v.faiss", 16, [stored[:150], stored[150:]])
    return vectors.VectorIndex(tmp_path / "v.faiss")


@pytest.fixture(scope="module")
def many() -> NDArray[np.float32]:
    # 32 dimensions, which is no multiple of three.
    return clustered(3000, 32, seed=5)


@pytest.fixture(scope="module")
def folder(many: NDArray[np.float32], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compressed")
    blocks = [many[:700], many[700:701], many[701:]]
    vectors.write(folder / "v.faiss", 32, blocks, exact_limit=500)
    return folder


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
    assert (opened.kind, opened.recall_at_10) == ("exact", 1.0)


def test_more_is_asked_than_there_is(opened: vectors.VectorIndex) -> None:
    (near,) = opened.search(unit(1, 16, seed=3), 1000)
    assert sorted(near) == list(range(200))


def test_nothing_is_asked(opened: vectors.VectorIndex) -> None:
    assert opened.search(np.empty((0, 16), dtype=np.float32), 5) == []
    assert opened.search(unit(2, 16, seed=3), 0) == [{}, {}]
    assert opened.score(unit(1, 16, seed=3)[0], []) == {}


def test_an_empty_index(tmp_path: Path) -> None:
    vectors.write(tmp_path / "v.faiss", 16, [])
    opened = vectors.VectorIndex(tmp_path / "v.faiss")
    assert (len(opened), opened.dimension) == (0, 16)
    assert opened.search(unit(1, 16, seed=3), 5) == [{}]


@pytest.mark.parametrize("content", [b"", b"nonsense" * 100])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "v.faiss").write_bytes(content)
    with pytest.raises(ValueError, match=r"v.faiss is not a vector file"):
        vectors.VectorIndex(tmp_path / "v.faiss")


def test_another_kind_of_index_is_refused(tmp_path: Path) -> None:
    faiss.write_index(faiss.IndexLSH(16, 32), str(tmp_path / "v.faiss"))
    with pytest.raises(ValueError, match=r"v.faiss holds another kind"):
        vectors.VectorIndex(tmp_path / "v.faiss")


def test_the_limit_decides_the_kind(tmp_path: Path, stored: NDArray[np.float32]) -> None:
    vectors.write(tmp_path / "few.faiss", 16, [stored], exact_limit=200)
    vectors.write(tmp_path / "many.faiss", 16, [stored], exact_limit=199)
    assert vectors.VectorIndex(tmp_path / "few.faiss").kind == "exact"
    assert vectors.VectorIndex(tmp_path / "many.faiss").kind == "pq4-fastscan"


def test_compressed_search_against_brute_force(folder: Path, many: NDArray[np.float32]) -> None:
    opened = vectors.VectorIndex(folder / "v.faiss")
    queries = clustered(3000, 32, seed=5)[::100] + 0.2 * unit(30, 32, seed=9)
    expected = queries @ many.T
    found = opened.search(queries, 10)
    hits = 0
    for row, near in zip(expected, found, strict=True):
        assert list(near.values()) == sorted(near.values(), reverse=True)
        np.testing.assert_allclose(list(near.values()), row[list(near)], atol=1e-3)
        hits += len(set(near) & set(np.argsort(-row)[:10].tolist()))
    assert hits >= 0.98 * 300
    assert (len(opened), opened.dimension, opened.kind) == (3000, 32, "pq4-fastscan")
    given = opened.score(queries[0], [5, 2999, 0])
    np.testing.assert_allclose(list(given.values()), expected[0][[5, 2999, 0]], atol=1e-3)
    assert list(given) == [5, 2999, 0]
    assert found == [opened.search(queries[i : i + 1], 10)[0] for i in range(30)]


def test_compressed_search_finds_all_there_is(folder: Path) -> None:
    (near,) = vectors.VectorIndex(folder / "v.faiss").search(unit(1, 32, seed=3), 10**9)
    assert sorted(near) == list(range(3000))


def test_the_recall_told_is_the_one_found(folder: Path, many: NDArray[np.float32]) -> None:
    opened = vectors.VectorIndex(folder / "v.faiss")
    chosen = np.sort(np.random.default_rng(0).permutation(3000)[: vectors.SAMPLE])[1::2]
    products = many[chosen] @ many.T
    products[np.arange(len(chosen)), chosen] = -np.inf
    true = np.argsort(-products, axis=1)[:, :10]
    found = opened.search(many[chosen], 11)
    shares = [
        len((set(near) - {own}) & set(best)) / 10
        for near, own, best in zip(found, chosen.tolist(), true.tolist(), strict=True)
    ]
    assert opened.recall_at_10 == pytest.approx(np.mean(shares), abs=2e-3)
    assert opened.recall_at_10 >= 0.98


def test_a_poor_recall_is_told(
    tmp_path: Path, many: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "CANDIDATES", (11,))
    vectors.write(tmp_path / "v.faiss", 32, [many], exact_limit=0)
    poor = vectors.VectorIndex(tmp_path / "v.faiss").recall_at_10
    monkeypatch.setattr(vectors, "CANDIDATES", (11, 3000))
    vectors.write(tmp_path / "v.faiss", 32, [many], exact_limit=0)
    assert poor < 0.98 < vectors.VectorIndex(tmp_path / "v.faiss").recall_at_10 == 1.0


def test_the_same_vectors_give_the_same_files(
    folder: Path, tmp_path: Path, many: NDArray[np.float32]
) -> None:
    vectors.write(tmp_path / "v.faiss", 32, [many], exact_limit=500)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["v-000.faiss", "v.f16", "v.json"]
    for name in names:
        assert (folder / name).read_bytes() == (tmp_path / name).read_bytes()


def test_parts_find_what_one_finds(
    folder: Path, tmp_path: Path, many: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "PART", 1000)
    monkeypatch.setattr(vectors, "ROWS", 300)
    vectors.write(tmp_path / "v.faiss", 32, [many], exact_limit=500)
    assert len(list(tmp_path.glob("v-*.faiss"))) == 3
    parts = vectors.VectorIndex(tmp_path / "v.faiss")
    queries = many[::500]
    for near, own in zip(parts.search(queries, 3), range(0, 3000, 500), strict=True):
        assert next(iter(near)) == own
    monkeypatch.undo()
    whole = vectors.VectorIndex(folder / "v.faiss").search(queries, 10)
    for near, other in zip(parts.search(queries, 10), whole, strict=True):
        assert near == pytest.approx(other, abs=1e-6)


@pytest.mark.parametrize("count", [65, 80])
def test_few_can_be_compressed(tmp_path: Path, count: int) -> None:
    rows = unit(count, 8, seed=count)
    vectors.write(tmp_path / "v.faiss", 8, [rows], exact_limit=0)
    opened = vectors.VectorIndex(tmp_path / "v.faiss")
    for number, near in enumerate(opened.search(rows, 5)):
        assert next(iter(near)) == number
        assert len(near) == min(5, count)
    assert opened.recall_at_10 == 1.0


def test_vectors_are_memory_mapped(folder: Path) -> None:
    base: Any = vectors._Rows(folder / "v.f16", 32)._values
    while isinstance(base, np.ndarray):
        base = base.base
    assert isinstance(base.obj, mmap.mmap)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="Linux tells what is mapped")
def test_few_vectors_are_memory_mapped(tmp_path: Path) -> None:
    vectors.write(tmp_path / "v.faiss", 64, [unit(500, 64, seed=1)])
    opened = vectors.VectorIndex(tmp_path / "v.faiss")
    assert str(tmp_path / "v.faiss") in Path("/proc/self/maps").read_text()
    assert len(opened) == 500


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="Linux tells what is resident")
def test_a_reader_does_not_come_to_hold_all_vectors(tmp_path: Path) -> None:
    rows = clustered(6000, 96, seed=3)
    vectors.write(tmp_path / "v.faiss", 96, [rows], exact_limit=0)
    opened = vectors.VectorIndex(tmp_path / "v.faiss")
    opened.search(rows[::10], 10)
    opened.score(rows[0], range(0, 6000, 7))
    lines = iter(Path("/proc/self/smaps").read_text().splitlines())
    assert any(str(tmp_path / "v.f16") in line for line in lines)
    resident = next(line for line in lines if line.startswith("Rss:"))
    assert int(resident.split()[1]) * 1024 < 6000 * 96 * 2 / 10


def swap(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        path = folder / name
        path.write_bytes(change(path.read_bytes()))

    return damage


def fact(key: str, value: object) -> Callable[[Path], None]:
    def change(content: bytes) -> bytes:
        return json.dumps({**json.loads(content), key: value}).encode()

    return swap("v.json", change)


def other_codes(index: faiss.Index) -> Callable[[Path], None]:
    return lambda folder: faiss.write_index(index, str(folder / "v-000.faiss"))


@pytest.mark.parametrize(
    "damage",
    [
        swap("v.json", lambda _: b""),
        swap("v.json", lambda _: b"[]"),
        swap("v.json", lambda _: b"[" * 100_000),
        swap("v.json", lambda _: b'{"kind": "pq4-fastscan"}'),
        fact("kind", "exact"),
        fact("count", 2999),
        fact("count", 10**30),
        fact("count", "3000"),
        fact("count", True),
        fact("dimension", 0),
        fact("dimension", 16),
        fact("candidates", -1),
        fact("recall_at_10", 7.0),
        fact("recall_at_10", "good"),
        fact("more", 1),
        swap("v.f16", lambda content: content[:-1]),
        swap("v.f16", lambda content: content[: len(content) // 2]),
        swap("v.f16", lambda _: b""),
        swap("v-000.faiss", lambda content: content[:-1000]),
        swap("v-000.faiss", lambda content: b"nonsense" + content[8:]),
        other_codes(faiss.IndexFlatIP(32)),
        other_codes(faiss.IndexPQFastScan(33, 11, 4, faiss.METRIC_INNER_PRODUCT)),
    ],
)
def test_damaged_files_are_refused(
    folder: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    damage(tmp_path / "copy")
    with pytest.raises(ValueError, match=r"v\.json|v\.f16|v-000\.faiss"):
        vectors.VectorIndex(tmp_path / "copy" / "v.faiss")


@pytest.mark.parametrize("name", ["v.json", "v.f16", "v-000.faiss"])
def test_missing_files_are_refused(folder: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    (tmp_path / "copy" / name).unlink()
    with pytest.raises((ValueError, OSError)):
        vectors.VectorIndex(tmp_path / "copy" / "v.faiss")
