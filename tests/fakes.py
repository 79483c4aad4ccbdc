"""Small real classes that stand in for models."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class WordEncoder:
    """Hashed bags of words as unit vectors: texts that share words are near each other.

    `encoded` counts the texts it was given.
    """

    precision = "f32"

    def __init__(self, name: str = "words", dimension: int = 64) -> None:
        self.name = name
        self.weights_hash = f"{zlib.crc32(name.encode()):08x}" * 8
        self.dimension = dimension
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += len(texts)
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                vectors[row, zlib.crc32(word.encode()) % self.dimension] += 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors
