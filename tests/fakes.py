"""Small real classes that stand in for models."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from factcheck.claims.syntax import Parse
from factcheck.stance.verifier import Pair, Rows


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


class ScriptedVerifier:
    """Looks its rows up by claim and evidence, or by evidence alone; `asked` keeps every pair.

    What the script does not hold decides nothing, unless `strict`.
    """

    name = "scripted"
    precision = "exact"

    def __init__(
        self,
        script: dict[str | Pair, tuple[float, float, float]],
        strict: bool = False,
        weights_hash: str = "0" * 64,
        threshold: float = 0.5,
        headed: bool = False,
    ) -> None:
        self.script = script
        self.strict = strict
        self.weights_hash = weights_hash
        self.threshold = threshold
        self.headed = headed
        self.asked: list[Pair] = []

    def predict(self, pairs: Sequence[Pair]) -> Rows:
        self.asked += pairs
        rows = [self._row(pair) for pair in pairs]
        return np.array(rows, dtype=np.float32).reshape(-1, 3)

    def _row(self, pair: Pair) -> tuple[float, float, float]:
        default = None if self.strict else (0.01, 0.01, 0.98)
        row = self.script.get(pair) or self.script.get(pair[1]) or default
        assert row, pair
        return row


def no_grammar(texts: Sequence[str]) -> Iterator[Parse]:
    """Stands in for `factcheck.claims.syntax.parse`: no tokens and no names."""
    return iter([Parse((), (), ()) for _ in texts])


class WordVerifier:
    """Supports what has a passage with all the claim's words; refutes where "not" is added.

    `batches` records how many pairs each call judged.
    """

    name = "words"
    weights_hash = "1" * 64
    precision = "exact"
    threshold = 0.6
    headed = False

    def __init__(self) -> None:
        self.batches: list[int] = []

    def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        self.batches.append(len(pairs))
        return np.array([self._row(*pair) for pair in pairs], dtype=np.float32).reshape(-1, 3)

    @staticmethod
    def _row(claim: str, evidence: str) -> tuple[float, float, float]:
        words, found = set(claim.lower().split()), set(evidence.lower().split())
        if not words <= found:
            return 0.1, 0.1, 0.8
        return (0.05, 0.9, 0.05) if "not" in found else (0.9, 0.05, 0.05)
