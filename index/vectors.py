"""The dense side: inner products of unit vectors, by FAISS. The only file that imports it.

Few vectors are compared one by one. Many are compared in a compressed form first: a product
quantiser (Jégou, Douze & Schmid 2011) with 4 bits for three dimensions, scanned in SIMD registers
(André, Kermarrec & Le Scouarnec 2015); the best candidates then get the inner product of the
vectors themselves. What that finds of the true ten nearest is measured when the index is written,
and the number of candidates chosen by it (docs/decisions/0009-vectors-at-scale.md).

```
vectors.faiss                 few: the vectors, float32

vectors.json                  many: what kind, how many candidates, the recall measured
vectors.f16                   the vectors, float16, row by row
vectors-000.faiss, …          their codes, `PART` rows each
```
"""

from __future__ import annotations

import json
import math
import mmap
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

#: What `VectorIndex.kind` says of an index that compares every vector.
EXACT = "exact"
#: And of one that compares codes first, then the vectors of the best.
COMPRESSED = "pq4-fastscan"
#: Vectors up to this many are compared one by one.
EXACT_LIMIT = 10_000
#: And up to this many whatever the caller says: a code has sixteen values to learn.
LEAST = 64
#: Rows of a file of codes, which is made in memory: bounds what a build needs.
PART = 1 << 18
#: Vectors the quantiser learns from, and others, not among them, that recall is measured with.
TRAINING, SAMPLE = 4096, 256
#: The smallest of these with `WANTED` recall at ten is taken, else the last.
CANDIDATES = (200, 400, 800, 1600, 3200, 6400)
WANTED = 0.99
#: Dimensions that share one 4-bit code.
SHARE = 3
#: Rows read at a time, as float32, and queries answered at a time.
ROWS, QUERIES = 2048, 8
_AT = 10
#: Inner products that differ by less are equal: sums of the same numbers in another order.
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class _Facts:
    """What `vectors.json` says."""

    kind: str
    count: int
    dimension: int
    candidates: int
    recall_at_10: float

    @classmethod
    def read(cls, path: Path) -> _Facts:
        """Raises `ValueError`, `OSError`."""
        try:
            facts = cls(**json.loads(path.read_bytes()))
        except (TypeError, ValueError, RecursionError) as error:
            raise ValueError(f"{path.name} does not describe vectors") from error
        numbers = (facts.count, facts.dimension, facts.candidates)
        if (
            facts.kind != COMPRESSED
            or any(type(number) is not int or number < 1 for number in numbers)
            or type(facts.recall_at_10) is not float
            or not 0 <= facts.recall_at_10 <= 1
        ):
            raise ValueError(f"{path.name} does not describe vectors")
        return facts


def write(
    path: Path,
    dimension: int,
    blocks: Iterable[NDArray[np.float32]],
    exact_limit: int = EXACT_LIMIT,
) -> None:
    """Save the rows of `blocks`, each (n, dimension), in order; compressed beyond `exact_limit`.

    `path` ends in `.faiss`; what is written is named after it, and the same for the same vectors.
    Memory does not grow with their number. Raises `OSError`.
    """
    held: deque[NDArray[np.float32]] = deque()
    rest, count = iter(blocks), 0
    for block in rest:
        held.append(block)
        count += len(block)
        if count > max(exact_limit, LEAST):
            del block
            _write_compressed(path, _drained(held, rest))
            return
    index = faiss.IndexFlatIP(dimension)
    while held:
        index.add(np.ascontiguousarray(held.popleft(), dtype=np.float32))
    _save(index, path)


def _drained(
    held: deque[NDArray[np.float32]], rest: Iterator[NDArray[np.float32]]
) -> Iterator[NDArray[np.float32]]:
    """What is held, then the rest; nothing is kept that was handed out."""
    while held:
        yield held.popleft()
    yield from rest


def _write_compressed(path: Path, blocks: Iterator[NDArray[np.float32]]) -> None:
    count, dimension = 0, 0
    with path.with_suffix(".f16").open("wb") as file:
        for block in blocks:
            file.write(np.ascontiguousarray(block, dtype="<f2").data)
            count, dimension = count + len(block), block.shape[1]
    rows = _Rows(path.with_suffix(".f16"), dimension)
    chosen = np.random.default_rng(0).permutation(count)
    held_out = min(SAMPLE, count // 4)
    sample, training = np.sort(chosen[:held_out]), np.sort(chosen[held_out:][:TRAINING])
    _write_codes(path, rows, training)
    # Candidates are chosen with one half, and recall is told of the other.
    facts = _measured(path, rows, sample[::2], CANDIDATES)
    facts = _measured(path, rows, sample[1::2], (facts.candidates,))
    path.with_suffix(".json").write_text(json.dumps(asdict(facts)), encoding="ascii")


def _write_codes(path: Path, rows: _Rows, training: NDArray[np.int64]) -> None:
    """Learn the quantiser, and save the codes of all `rows`, `PART` to a file."""
    pieces = math.ceil(rows.dimension / SHARE)
    index = faiss.IndexPQFastScan(pieces * SHARE, pieces, 4, faiss.METRIC_INNER_PRODUCT)
    index.pq.cp.min_points_per_centroid = 1  # no warning on standard error about few vectors
    index.pq.cp.niter = 10
    with _one_thread():  # a problem for each piece, each too small to share: threads only wait
        index.train(_padded(rows.take(training)))
    for number, start in enumerate(range(0, len(rows), PART)):
        index.reset()
        for at in range(start, min(start + PART, len(rows)), ROWS):
            index.add(_padded(rows.range(at, min(at + ROWS, start + PART, len(rows)))))
        _save(index, _part(path, number))


@contextmanager
def _one_thread() -> Iterator[None]:
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _measured(
    path: Path, rows: _Rows, sample: NDArray[np.int64], candidates: Sequence[int]
) -> _Facts:
    """The facts with the first of `candidates` that reaches `WANTED` recall on `sample`, or last.

    The rows of the sample are the queries; each is left out of its own answer. What is found counts
    when it is as near as the tenth nearest: of equal texts, one is as good as the other.
    """
    queries = rows.take(sample)
    depth = min(_AT, len(rows) - 1)
    bounds = _scores_at(rows, queries, sample, depth) - TOLERANCE
    searched = _Compressed(path, _Facts(COMPRESSED, len(rows), rows.dimension, 1, 0.0))
    for number in candidates:
        searched.facts = replace(searched.facts, candidates=number)
        found = searched.search(queries, depth + 1)
        near = sum(
            min(depth, sum(score >= bound for p, score in each.items() if p != own))
            for each, own, bound in zip(found, sample.tolist(), bounds.tolist(), strict=True)
        )
        recall = near / (depth * len(sample))
        if recall >= WANTED:
            break
    return replace(searched.facts, recall_at_10=round(recall, 4))


def _scores_at(
    rows: _Rows, queries: NDArray[np.float32], own: NDArray[np.int64], rank: int
) -> NDArray[np.float32]:
    """(n,): each query's inner product with its `rank`-th nearest, of all rows but its own."""
    scores = np.full((len(queries), rank), -np.inf, dtype=np.float32)
    for start in range(0, len(rows), ROWS):
        products = queries @ rows.range(start, min(start + ROWS, len(rows))).T
        inside = np.flatnonzero((own >= start) & (own < start + products.shape[1]))
        products[inside, own[inside] - start] = -np.inf
        both = np.concatenate([scores, products], axis=1)
        scores = -np.partition(-both, rank - 1, axis=1)[:, :rank]
    tail: NDArray[np.float32] = scores.min(axis=1)
    return tail


class VectorIndex:
    """Vectors on disk, searched by inner product; the vectors themselves are memory-mapped."""

    def __init__(self, path: Path) -> None:
        """Raises `ValueError` or `OSError` when there are no readable vectors at `path`."""
        self._side: _Exact | _Compressed
        if path.exists():
            self._side = _Exact(path)
        else:
            self._side = _Compressed(path, _Facts.read(path.with_suffix(".json")))

    def __len__(self) -> int:
        return self._side.facts.count

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._side.facts.dimension

    @property
    def kind(self) -> str:
        """`EXACT` or `COMPRESSED`."""
        return self._side.facts.kind

    @property
    def recall_at_10(self) -> float:
        """Share of the true ten nearest that a search returned when the index was written."""
        return self._side.facts.recall_at_10

    def search(self, queries: NDArray[np.float32], limit: int) -> list[dict[int, float]]:
        """For each row of `queries` (n, dimension): position → inner product of the nearest.

        At most `limit` each, best first; fewer when the index is smaller.
        """
        limit = min(limit, len(self))
        if not len(queries) or limit < 1:
            return [{} for _ in queries]
        return self._side.search(np.ascontiguousarray(queries, dtype=np.float32), limit)

    def score(self, query: NDArray[np.float32], positions: Sequence[int]) -> dict[int, float]:
        """Position → inner product of `query` (dimension,) with the given vectors."""
        if not positions:
            return {}
        rows = self._side.take(np.asarray(positions, dtype=np.int64))
        return dict(zip(positions, (rows @ query).tolist(), strict=True))


class _Exact:
    """Every vector is compared."""

    def __init__(self, path: Path) -> None:
        # Of FAISS' two flags, only this one maps a flat index.
        self._index = _load(path, faiss.IO_FLAG_MMAP_IFC)
        if not isinstance(self._index, faiss.IndexFlat):
            raise ValueError(f"{path.name} holds another kind")  # noqa: TRY004 - of a file
        self.facts = _Facts(EXACT, int(self._index.ntotal), int(self._index.d), 0, 1.0)

    def search(self, queries: NDArray[np.float32], limit: int) -> list[dict[int, float]]:
        scores, positions = self._index.search(queries, limit)
        return [
            dict(zip(row, found, strict=True))
            for row, found in zip(positions.tolist(), scores.tolist(), strict=True)
        ]

    def take(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = self._index.reconstruct_batch(positions)
        return rows


class _Compressed:
    """Codes are compared, then the vectors of the best candidates."""

    def __init__(self, path: Path, facts: _Facts) -> None:
        self.facts = facts
        self._rows = _Rows(path.with_suffix(".f16"), facts.dimension)
        if len(self._rows) != facts.count:
            raise ValueError(f"{path.stem}.f16 has {len(self._rows)} rows, not {facts.count}")
        width = math.ceil(facts.dimension / SHARE) * SHARE
        self._parts = []
        for number, start in enumerate(range(0, facts.count, PART)):
            size = min(PART, facts.count - start)
            self._parts.append((start, _codes(_part(path, number), width, size)))

    def search(self, queries: NDArray[np.float32], limit: int) -> list[dict[int, float]]:
        found: list[dict[int, float]] = []
        for start in range(0, len(queries), QUERIES):
            found += self._search(queries[start : start + QUERIES], limit)
        return found

    def _search(self, queries: NDArray[np.float32], limit: int) -> list[dict[int, float]]:
        wanted = min(max(self.facts.candidates, 2 * limit), self.facts.count)
        padded = _padded(queries)
        scores, positions = [], []
        for start, codes in self._parts:
            near, found = codes.search(padded, min(wanted, int(codes.ntotal)))
            scores.append(near)
            positions.append(np.where(found < 0, -1, found + start))
        best = np.argsort(-np.concatenate(scores, axis=1), axis=1, kind="stable")[:, :wanted]
        chosen = np.take_along_axis(np.concatenate(positions, axis=1), best, axis=1)
        return [
            self._nearest(query, near[near >= 0], limit)
            for query, near in zip(queries, chosen, strict=True)
        ]

    def _nearest(
        self, query: NDArray[np.float32], positions: NDArray[np.int64], limit: int
    ) -> dict[int, float]:
        positions = np.sort(positions)  # equal scores go by position, and reading goes forward
        scores = np.concatenate(
            [
                self.take(positions[start : start + ROWS]) @ query
                for start in range(0, len(positions), ROWS)
            ]
        )
        best = np.argsort(-scores, kind="stable")[:limit]
        return dict(zip(positions[best].tolist(), scores[best].tolist(), strict=True))

    def take(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        return self._rows.take(positions)


class _Rows:
    """Vectors of `dimension` numbers in a file of float16, memory-mapped."""

    def __init__(self, path: Path, dimension: int) -> None:
        """Raises `ValueError` when the file does not hold whole vectors, `OSError`."""
        size = path.stat().st_size
        if not size or size % (2 * dimension):
            raise ValueError(f"{path.name} has {size} bytes, no multiple of {2 * dimension}")
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._values = np.frombuffer(self._map, dtype="<f2").reshape(-1, dimension)
        self.dimension = dimension

    def __len__(self) -> int:
        return len(self._values)

    def take(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """(n, dimension): the vectors at `positions`."""
        return self._read(self._values[positions])

    def range(self, start: int, end: int) -> NDArray[np.float32]:
        """(end - start, dimension): the vectors from `start` on."""
        return self._read(self._values[start:end])

    def _read(self, found: NDArray[np.float16]) -> NDArray[np.float32]:
        copied = found.astype(np.float32)
        if hasattr(mmap, "MADV_DONTNEED"):
            # The kernel maps the neighbours of each row it is asked for: without this, a reader
            # would come to hold the whole file. The pages stay in the system's cache.
            self._map.madvise(mmap.MADV_DONTNEED)
        return copied


def _codes(path: Path, width: int, size: int) -> Any:
    """The codes in `path`: of `size` vectors, `width` dimensions. Raises `ValueError`."""
    index = _load(path, 0)  # this kind has nothing that FAISS would map
    if not isinstance(index, faiss.IndexPQFastScan):
        raise ValueError(f"{path.name} holds another kind of index")  # noqa: TRY004 - of a file
    block = int(index.bbs) * int(index.M2) // 2
    fits = (
        (int(index.ntotal), int(index.d), int(index.M)) == (size, width, width // SHARE)
        and int(index.metric_type) == faiss.METRIC_INNER_PRODUCT
        and (int(index.bbs), int(index.M2)) == (32, width // SHARE + width // SHARE % 2)
        and int(index.codes.size()) == math.ceil(size / 32) * block
    )
    if not fits:
        raise ValueError(f"{path.name} does not hold the codes of {size} vectors")
    return index


def _padded(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """`rows` with zeros behind, to a multiple of `SHARE` columns: no inner product changes."""
    return np.ascontiguousarray(np.pad(rows, ((0, 0), (0, -rows.shape[1] % SHARE))))


def _part(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}-{number:03}{path.suffix}")


def _save(index: Any, path: Path) -> None:
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:  # FAISS' word for a full disk, with a stack of C++ names
        raise OSError(f"{path} could not be written in full") from error


def _load(path: Path, flags: int) -> Any:
    try:
        return faiss.read_index(str(path), flags)
    except RuntimeError as error:
        raise ValueError(f"{path.name} is not a vector file") from error
