"""An encoder that remembers the texts it has seen last."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index import Encoder

#: Vectors that are remembered: of 384 numbers each, 12 MB, and their texts.
REMEMBERED = 8192


class RememberingEncoder:
    """Another encoder's vectors, each made once while it is among the last `limit` asked for.

    The claims of an article find the same passages over and over. For one thread at a time, as the
    encoders themselves are.
    """

    def __init__(self, encoder: Encoder, limit: int = REMEMBERED) -> None:
        self.name = encoder.name
        self.weights_hash = encoder.weights_hash
        self.dimension = encoder.dimension
        self.precision = encoder.precision
        self._encoder = encoder
        self._limit = limit
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, dimension); n may be 0."""
        known = {
            text: self._vectors.pop(text) for text in dict.fromkeys(texts) if text in self._vectors
        }
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            # a row of a batch would hold on to all of it
            known |= {
                text: vector.copy()
                for text, vector in zip(new, self._encoder.encode(new), strict=True)
            }
        self._vectors |= known  # a dictionary keeps the order, the latest last
        for text in list(self._vectors)[: max(0, len(self._vectors) - self._limit)]:
            del self._vectors[text]
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return np.stack([known[text] for text in texts])
