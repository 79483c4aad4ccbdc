"""Several indexes searched as one, and what a caller needs of an index, be it one or several.

A hit keeps the score it has in its own index. Scores are alike enough to be merged: cosines come
from one encoder, and the share of BM25 is of what the query could reach at most there, in
[0, 1) everywhere; only the weights of the query's words among themselves differ, by how rare each
index finds them. So another index never changes a score, and never hides a hit that was good enough
without it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, load_encoder
from index.errors import EncoderMismatch, ReferenceIndexError
from index.layout import Manifest, check_encoder
from index.opening import open_snapshot
from index.records import Document, Hit, IndexUsed
from index.search import IndexInfo, ReferenceIndex, VectorsInfo


class Reference(Protocol):
    """What is asked of an index: `ReferenceIndex` answers for one, `SeveralIndexes` for more."""

    def search(self, queries: Sequence[str], k: int = 10) -> list[list[Hit]]:
        """For each query its best `k` passages, best first; none for a query without text."""

    def document_of(self, hit: Hit) -> Document:
        """The document a hit stands in. Raises `KeyError` when no index holds it."""

    def place_of(self, hit: Hit) -> str:
        """The file's full path or the page's address. Raises `KeyError` as `document_of` does."""

    def info(self) -> IndexInfo:
        """What is held; loads no encoder."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of what is held."""

    @property
    def members(self) -> tuple[IndexUsed, ...]:
        """The indexes that are searched."""

    def close(self) -> None:
        """Let the snapshot go."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class SeveralIndexes:
    """Open indexes of one encoder, searched as one; each hit says in `index` where it stands."""

    def __init__(self, indexes: Sequence[ReferenceIndex]) -> None:
        """Takes the indexes over: `close` closes them.

        Raises `EncoderMismatch` when they were built with different encoders, and
        `ReferenceIndexError` when two of them are one, or copies of one.
        """
        if not indexes:
            raise ValueError("no index is given, expected at least one")
        used = [member for index in indexes for member in index.members]
        _refuse_repeated([member.path for member in used])
        _refuse_copies(used)
        infos = [index.info() for index in indexes]
        _refuse_other_encoders(
            [
                (each.path, info.encoder, info.weights_hash)
                for each, info in zip(used, infos, strict=True)
            ]
        )
        names = unique_names([Path(each.path) for each in used])
        self._members = tuple(
            replace(each, name=name) for each, name in zip(used, names, strict=True)
        )
        self._indexes = dict(zip(names, indexes, strict=True))

    def search(self, queries: Sequence[str], k: int = 10) -> list[list[Hit]]:
        """For each query the best `k` passages of all indexes, best first.

        Of equal ones that of the index given first comes first. Raises as `ReferenceIndex.search`.
        """
        found: list[list[Hit]] = [[] for _ in queries]
        for name, index in self._indexes.items():
            for hits, more in zip(found, index.search(queries, k), strict=True):
                hits += [replace(hit, index=name) for hit in more]
        return [sorted(hits, key=lambda hit: -hit.score)[:k] for hits in found]

    def document_of(self, hit: Hit) -> Document:
        """The document a hit stands in. Raises `KeyError` when its index does not hold it."""
        return self._indexes[hit.index].document_of(hit)

    def place_of(self, hit: Hit) -> str:
        """Where a hit was read from. Raises `KeyError` when its index does not hold it."""
        return self._indexes[hit.index].place_of(hit)

    def info(self) -> IndexInfo:
        """What all hold together: sums, the newest generation, the least recall, the whole time."""
        infos = [index.info() for index in self._indexes.values()]
        vectors = [info.vectors for info in infos]
        return IndexInfo(
            documents=sum(info.documents for info in infos),
            passages=sum(info.passages for info in infos),
            encoder=infos[0].encoder,
            weights_hash=infos[0].weights_hash,
            precision=_joined(info.precision for info in infos),
            dimension=infos[0].dimension,
            generation=max(info.generation for info in infos),
            vectors=VectorsInfo(
                _joined(each.kind for each in vectors), min(each.recall_at_10 for each in vectors)
            ),
            bytes=sum(info.bytes for info in infos),
            created=min(info.created for info in infos),
            updated=max(info.updated for info in infos),
            fingerprint=self.fingerprint,
            format=max(info.format for info in infos),
        )

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over the indexes' own, sorted: their order and places do not count."""
        own = sorted(member.fingerprint for member in self._members)
        return hashlib.sha256("\n".join(own).encode()).hexdigest()

    @property
    def members(self) -> tuple[IndexUsed, ...]:
        """The indexes as they were given, each under the name its hits have."""
        return self._members

    def close(self) -> None:
        """Let all snapshots go, whatever happens at one of them."""
        with ExitStack() as stack:
            for index in self._indexes.values():
                stack.callback(index.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class SharedEncoder:
    """An encoder that several indexes search with.

    It is loaded when first needed, and texts that it has just encoded it does not encode again.
    """

    def __init__(self, manifest: Manifest, load: Callable[[], Encoder]) -> None:
        """`manifest` is that of an index built with the encoder that `load` gives."""
        self.name = manifest.encoder
        self.weights_hash = manifest.weights_hash
        self.dimension = manifest.dimension
        self._load = load
        self._last: tuple[tuple[str, ...], NDArray[np.float32]] | None = None

    @cached_property
    def _encoder(self) -> Encoder:
        return self._load()

    @property
    def precision(self) -> str:
        """Arithmetic in use; loads the encoder."""
        return self._encoder.precision

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, dimension). Raises `EncoderError` and `EncoderMismatch`."""
        asked = tuple(texts)
        if self._last is None or self._last[0] != asked:
            self._last = asked, self._encoder.encode(texts)
        return self._last[1]


def open_all(paths: Sequence[Path | str], encoder: Encoder | None = None) -> Reference:
    """The indexes at `paths`, opened to be searched as one; a single one as it is by itself.

    Without `encoder` the one they were built with is loaded when needed, once for all of them.
    Raises what `ReferenceIndex.open` and `SeveralIndexes` raise; then none of them stays open.
    """
    if not paths:
        raise ValueError("no index is given, expected at least one")
    if len(paths) == 1:
        return ReferenceIndex.open(paths[0], encoder)
    places = [Path(path) for path in paths]
    _refuse_repeated([str(place.resolve()) for place in places])
    manifests = [_manifest(place) for place in places]
    _refuse_other_encoders(
        [
            (str(place), m.encoder, m.weights_hash)
            for place, m in zip(places, manifests, strict=True)
        ]
    )
    first, at = manifests[0], places[0]

    def load() -> Encoder:
        loaded = encoder or load_encoder(first.encoder, fetch=False)
        check_encoder(loaded, first, at)
        return loaded

    if encoder is not None:
        load()
    shared = SharedEncoder(first, load)
    with ExitStack() as stack:
        opened = [stack.enter_context(ReferenceIndex.open(place, shared)) for place in places]
        several = SeveralIndexes(opened)
        stack.pop_all()
    return several


def unique_names(paths: Sequence[Path]) -> list[str]:
    """A name for each of different, full paths: the folder's, and as many above it as it takes.

    `["/a/news", "/b/news", "/a/laws"]` → `["a/news", "b/news", "laws"]`.
    """
    lengths = [1] * len(paths)
    while True:
        names = [
            "/".join(path.parts[-length:]).replace("//", "/")  # the root is a part, too
            for path, length in zip(paths, lengths, strict=True)
        ]
        shared = {name for name, count in Counter(names).items() if count > 1}
        if not shared:
            return names
        lengths = [length + (name in shared) for name, length in zip(names, lengths, strict=True)]


def _manifest(path: Path) -> Manifest:
    database, manifest = open_snapshot(path)
    database.close()
    return manifest


def _joined(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(values))


def _refuse_repeated(paths: Sequence[str]) -> None:
    """Raise `ReferenceIndexError` when a path, in full, stands twice."""
    for path, count in Counter(paths).items():
        if count > 1:
            raise ReferenceIndexError(
                f"the index at {path!r} is given {count} times, expected different indexes; "
                "give it once"
            )


def _refuse_copies(members: Sequence[IndexUsed]) -> None:
    """Raise `ReferenceIndexError` when two indexes hold the same."""
    seen: dict[str, str] = {}
    for member in members:
        other = seen.setdefault(member.fingerprint, member.path)
        if other != member.path:
            raise ReferenceIndexError(
                f"the indexes at {other!r} and {member.path!r} hold the same documents, expected "
                "different indexes; give one of them"
            )


def _refuse_other_encoders(built: Sequence[tuple[str, str, str]]) -> None:
    """Raise `EncoderMismatch` unless all have one weights hash: (path, encoder, weights hash)."""
    (path, encoder, weights), *others = built
    for other, name, hashed in others:
        if hashed != weights:
            raise EncoderMismatch(
                f"the index at {path!r} was built with the encoder {encoder!r} (weights "
                f"{weights[:12]}…), and the index at {other!r} with {name!r} ({hashed[:12]}…); "
                "indexes are searched together only when one encoder built them: build the corpus "
                f"of one anew with `factcheck index build NEW_INDEX CORPUS… --encoder {encoder}`"
            )
