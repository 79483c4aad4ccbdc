"""An encoder that remembers on disk what it has read, for experiments over the same texts.

A file holds records of 32 bytes, the SHA-256 of a text, and its vector in 32-bit floats; it is only
ever appended to, and an incomplete last record is dropped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import Encoder

#: Where embeddings are kept unless one says otherwise; git ignores it.
FOLDER = Path("build") / "embeddings"
#: Texts embedded before they are written down.
_BATCH = 512


class CachedEncoder:
    """`encoder`, asked only for texts that it was never asked for; `embedded` counts those."""

    def __init__(self, encoder: Encoder, folder: Path = FOLDER) -> None:
        self._encoder = encoder
        self.name, self.weights_hash = encoder.name, encoder.weights_hash
        self.dimension, self.precision = encoder.dimension, encoder.precision
        self.embedded = 0
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{self.weights_hash[:16]}-{self.precision}.vectors"
        self._record = np.dtype([("key", "S32"), ("vector", np.float32, (self.dimension,))])
        size = self._path.stat().st_size if self._path.exists() else 0
        if size % self._record.itemsize:
            with self._path.open("r+b") as file:
                file.truncate(size - size % self._record.itemsize)
        stored = np.fromfile(self._path, self._record) if size else np.empty(0, self._record)
        self._known = {bytes(row["key"]): row["vector"] for row in stored}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, dimension)."""
        # numpy drops zeros at the end of byte strings, so none may be there
        keys = [hashlib.sha256(text.encode()).digest().rstrip(b"\0") for text in texts]
        missing = dict(zip(keys, texts, strict=True))
        for key in [key for key in missing if key in self._known]:
            del missing[key]
        waiting = list(missing.items())
        for begin in range(0, len(waiting), _BATCH):
            self._embed(waiting[begin : begin + _BATCH])
        found = np.empty((len(texts), self.dimension), np.float32)
        for number, key in enumerate(keys):
            found[number] = self._known[key]
        return found

    def _embed(self, batch: Sequence[tuple[bytes, str]]) -> None:
        vectors = self._encoder.encode([text for _, text in batch])
        records = np.empty(len(batch), self._record)
        records["key"], records["vector"] = [key for key, _ in batch], vectors
        with self._path.open("ab") as file:
            records.tofile(file)
        self._known |= {key: vector for (key, _), vector in zip(batch, vectors, strict=True)}
        self.embedded += len(batch)
