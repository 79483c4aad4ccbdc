"""The dense side: inner products of unit vectors, by FAISS. The only file that imports it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

#: What `VectorIndex.kind` says of an index that compares every vector.
EXACT = "exact"


def write(path: Path, dimension: int, blocks: Iterable[NDArray[np.float32]]) -> None:
    """Save the rows of `blocks`, each (n, dimension), in order. Raises `OSError`."""
    index = faiss.IndexFlatIP(dimension)
    for block in blocks:
        index.add(np.ascontiguousarray(block, dtype=np.float32))
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:  # FAISS' word for a full disk, with a stack of C++ names
        raise OSError(f"{path} could not be written in full") from error


class VectorIndex:
    """Vectors on disk, memory-mapped, searched by inner product."""

    kind = EXACT
    #: Share of the true ten nearest that a search returns.
    recall_at_10 = 1.0

    def __init__(self, path: Path) -> None:
        """Raises `ValueError` when `path` is not a readable vector file."""
        try:
            self._index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise ValueError(f"{path.name} is not a vector file") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def search(self, queries: NDArray[np.float32], limit: int) -> list[dict[int, float]]:
        """For each row of `queries` (n, dimension): position → inner product of the nearest.

        At most `limit` each, best first; fewer when the index is smaller.
        """
        if not len(queries) or limit < 1:
            return [{} for _ in queries]
        scores, positions = self._index.search(np.ascontiguousarray(queries), limit)
        return [
            # FAISS pads with position -1 when it holds fewer than `limit`.
            {int(p): float(s) for p, s in zip(row, found, strict=True) if p >= 0}
            for row, found in zip(positions, scores, strict=True)
        ]

    def score(self, query: NDArray[np.float32], positions: Sequence[int]) -> dict[int, float]:
        """Position → inner product of `query` (dimension,) with the given vectors."""
        if not positions:
            return {}
        vectors = self._index.reconstruct_batch(np.asarray(positions, dtype=np.int64))
        return dict(zip(positions, (vectors @ query).tolist(), strict=True))
