"""Hybrid search: vectors and words, one score.

A hit's score is cosine + `LEXICAL_WEIGHT` · BM25 / ceiling, where the ceiling is what BM25 could at
most reach for that query. Neither part depends on what else was found, so that scores compare
across queries (docs/decisions/0002-hybrid-score.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.documents import clean
from index.durable import size_on_disk
from index.encoder import Encoder, load_encoder
from index.errors import IndexUnusable
from index.layout import Layout, Manifest, check_encoder
from index.lexical import LexicalIndex
from index.locators import place
from index.opening import open_snapshot
from index.records import Document, FoundBy, Hit, IndexUsed
from index.store import Database, StoredPassage
from index.vectors import VectorIndex

#: Passages each side proposes, at least; every one of them then gets the scores of both sides.
CANDIDATES = 100
#: What a perfect BM25 match is worth beside a cosine of 1.
LEXICAL_WEIGHT = 1.25


@dataclass(frozen=True, slots=True)
class VectorsInfo:
    """How vectors are searched, and what share of the true ten nearest that finds."""

    kind: str
    recall_at_10: float


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What an index holds. `bytes` is its size on disk; times are ISO 8601, UTC."""

    documents: int
    passages: int
    encoder: str
    weights_hash: str
    precision: str
    dimension: int
    generation: int
    vectors: VectorsInfo
    bytes: int
    created: str
    updated: str
    fingerprint: str
    format: int


@dataclass(frozen=True, slots=True)
class _Scored:
    """A passage's position with its two scores; `found_by` says which side proposed it."""

    position: int
    score: float
    found_by: FoundBy


class ReferenceIndex:
    """An index opened for searching: the last commit, unmoved by a build that goes on beside it."""

    def __init__(
        self, path: Path, database: Database, manifest: Manifest, encoder: Encoder | None
    ) -> None:
        """Use `open`. Raises `IndexUnusable` when the derived files do not fit the manifest."""
        self._path = path
        self._database = database
        self._manifest = manifest
        self._encoder = encoder
        files = Layout(path).generation(manifest.generation)
        try:
            self._vectors = VectorIndex(files.vectors)
            self._lexical = LexicalIndex(files.lexical)
            self._rows = _read_rows(files.rows)
        except (ValueError, OSError) as error:
            raise IndexUnusable(
                f"{files.folder} is missing or damaged; make it anew with "
                f"`factcheck index repair {path}`"
            ) from error
        counts = {len(self._vectors), len(self._lexical), len(self._rows), manifest.passages}
        if len(counts) > 1 or self._vectors.dimension != manifest.dimension:
            raise IndexUnusable(
                f"{files.folder} does not fit the manifest of {manifest.passages} passages with "
                f"{manifest.dimension} dimensions; make it anew with "
                f"`factcheck index repair {path}`"
            )

    @classmethod
    def open(cls, path: Path | str, encoder: Encoder | None = None) -> ReferenceIndex:
        """The index at `path`. Without `encoder`, the one it was built with is loaded when needed.

        Raises `IndexMissing`, `IndexEmpty`, `IndexUnusable`, `EncoderMismatch`.
        """
        return _open_latest(Path(path), encoder)

    def search(
        self, queries: Sequence[str], k: int = 10, by: FoundBy = FoundBy.BOTH
    ) -> list[list[Hit]]:
        """For each query its best `k` passages, best first; none for a query without text.

        `by` limits the search to one side, for comparison; scores are then that side's own.
        Raises `EncoderError` and `EncoderMismatch` when the encoder is loaded for the first search.
        """
        if k < 1:
            raise ValueError(f"k is {k}, expected at least 1")
        asked = [number for number, query in enumerate(queries) if query.strip()]
        found: list[list[Hit]] = [[] for _ in queries]
        if not asked:
            return found
        texts = [clean(queries[number]) for number in asked]
        # Both libraries set aside memory for as many hits as they are asked for.
        depth = min(max(CANDIDATES, k), self._manifest.passages)
        best = [scored[:k] for scored in self._scored(texts, depth, by)]
        for number, hits in zip(asked, self._hits(best), strict=True):
            found[number] = hits
        return found

    def document(self, document_id: str) -> Document:
        """A document in full. Raises `KeyError` for an id the index does not hold."""
        document = self._database.document(document_id)
        if document is None:
            raise KeyError(document_id)
        return document

    def document_of(self, hit: Hit) -> Document:
        """The document a hit stands in. Raises `KeyError` when the index does not hold it."""
        return self.document(hit.passage.document_id)

    def place_of(self, hit: Hit) -> str:
        """The full path of the file, or the address of the page, that a hit was read from.

        Raises `KeyError` when the index does not hold its document.
        """
        place = self._database.place_of(hit.passage.document_id)
        if place is None:
            raise KeyError(hit.passage.document_id)
        return place

    def info(self) -> IndexInfo:
        """What the index holds; loads no encoder."""
        manifest = self._manifest
        return IndexInfo(
            documents=manifest.documents,
            passages=manifest.passages,
            encoder=manifest.encoder,
            weights_hash=manifest.weights_hash,
            precision=manifest.precision,
            dimension=manifest.dimension,
            generation=manifest.generation,
            vectors=VectorsInfo(self._vectors.kind, self._vectors.recall_at_10),
            bytes=size_on_disk(self._path),
            created=manifest.created,
            updated=manifest.updated,
            fingerprint=manifest.fingerprint,
            format=manifest.format,
        )

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of what the index holds: documents, passages and the encoder's weights."""
        return self._manifest.fingerprint

    @property
    def members(self) -> tuple[IndexUsed, ...]:
        """What is searched: this index alone."""
        path = self._path.resolve()
        return (IndexUsed(path.name, str(path), self.fingerprint),)

    def close(self) -> None:
        """Let the snapshot go."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _loaded_encoder(self) -> Encoder:
        if self._encoder is None:
            encoder = load_encoder(self._manifest.encoder, fetch=False)
            check_encoder(encoder, self._manifest, self._path)
            self._encoder = encoder
        return self._encoder

    def _scored(self, texts: Sequence[str], depth: int, by: FoundBy) -> list[list[_Scored]]:
        """Candidates for each of `texts`, best first."""
        if by is FoundBy.LEXICAL:
            return [_ranked(self._lexical.search(text, depth), by) for text in texts]
        vectors = self._loaded_encoder().encode(texts)
        nearest = self._vectors.search(vectors, depth)
        if by is FoundBy.DENSE:
            return [_ranked(near, by) for near in nearest]
        return [
            self._fuse(text, vector, near, depth)
            for text, vector, near in zip(texts, vectors, nearest, strict=True)
        ]

    def _fuse(
        self, text: str, vector: NDArray[np.float32], near: dict[int, float], depth: int
    ) -> list[_Scored]:
        """Both sides' candidates; each gets both scores, whichever side proposed it."""
        words = self._lexical.search(text, depth)
        cosines = near | self._vectors.score(vector, [p for p in words if p not in near])
        bm25 = words | self._lexical.score(text, [p for p in near if p not in words])
        weight = LEXICAL_WEIGHT / (self._lexical.ceiling(text) or 1.0)
        scored = [
            _Scored(
                position,
                cosine + weight * bm25.get(position, 0.0),
                _found_by(position in near, position in words),
            )
            for position, cosine in cosines.items()
        ]
        return sorted(scored, key=lambda each: (-each.score, each.position))

    def _hits(self, found: Sequence[Sequence[_Scored]]) -> list[list[Hit]]:
        """The hits of every query; what several of them found is read once."""
        positions = sorted({each.position for scored in found for each in scored})
        rows = dict(zip(positions, self._rows[positions].tolist(), strict=True))
        stored = self._database.passages(list(rows.values()))
        try:
            return [
                [_hit(stored[rows[each.position]], each) for each in scored] for scored in found
            ]
        except KeyError as error:
            raise IndexUnusable(
                f"the derived files of {str(self._path)!r} name a passage that the database lacks; "
                f"make them anew with `factcheck index repair {self._path}`"
            ) from error


def _open_latest(path: Path, encoder: Encoder | None) -> ReferenceIndex:
    """Open the last commit, again if a build replaces its generation between two reads."""
    failed = None
    while True:
        database, manifest = open_snapshot(path)
        try:
            if encoder is not None:
                check_encoder(encoder, manifest, path)
            return ReferenceIndex(path, database, manifest, encoder)
        except IndexUnusable:
            database.close()
            if manifest.generation == failed:  # in force, and still of no use
                raise
            failed = manifest.generation


def _read_rows(path: Path) -> NDArray[np.int64]:
    """The database row of the passage at each position. Raises `ValueError`, `OSError`."""
    # Unlike np.load, which also opens archives, this knows one format.
    rows = np.lib.format.open_memmap(path, mode="r")
    if rows.dtype != np.int64 or rows.ndim != 1:
        raise ValueError(f"{path.name} has {rows.ndim} dimensions of {rows.dtype}")
    return rows


def _ranked(scores: dict[int, float], by: FoundBy) -> list[_Scored]:
    return [_Scored(position, score, by) for position, score in scores.items()]


def _found_by(dense: bool, lexical: bool) -> FoundBy:
    if dense and lexical:
        return FoundBy.BOTH
    return FoundBy.DENSE if dense else FoundBy.LEXICAL


def _hit(stored: StoredPassage, scored: _Scored) -> Hit:
    passage = stored.passage
    return Hit(
        passage=passage,
        score=scored.score,
        found_by=scored.found_by,
        title=stored.title,
        source=stored.source,
        published=stored.published,
        page=place(stored.locators, passage.start, passage.end),
        retrieved=stored.retrieved,
    )
