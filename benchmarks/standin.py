"""A cheap encoder and made-up corpora, for benchmarks of what is on disk rather than of a model."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_WORDS = (
    "harbour quay ferry mayor council budget tram flood dam spring tonnes fish market bridge "
    "school teacher court judge river storm grain mill price strike union train station roof "
    "museum letter minister report figure year month village town coast island winter summer "
    "repair loan bank vote"
).split()


class StandIn:
    """Hashed bags of words as unit vectors. `log`, a file, gets one line for each text encoded."""

    name = "stand-in"
    precision = "f32"
    weights_hash = "5" * 64

    def __init__(self, dimension: int = 64, log: Path | None = None) -> None:
        self.dimension = dimension
        self._log = log

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, dimension)."""
        if self._log is not None:
            with self._log.open("a") as file:
                file.write("".join(f"{zlib.crc32(text.encode())}\n" for text in texts))
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text):
                vectors[row, zlib.crc32(word.encode()) % self.dimension] += 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def sentence(chance: random.Random) -> str:
    """Eight to sixteen words and a number."""
    words = chance.choices(_WORDS, k=chance.randint(8, 16))
    return f"{' '.join(words).capitalize()} {chance.randrange(10_000)}."


def write_document(path: Path, chance: random.Random, sentences: int) -> None:
    """A text of so many sentences at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = " ".join(sentence(chance) for _ in range(sentences))
    path.write_text(f"{sentence(chance)}\n\n{text}\n", encoding="utf-8")


def write_corpus(folder: Path, documents: int, sentences: int = 12, seed: int = 0) -> list[Path]:
    """So many texts of so many sentences below `folder`, a thousand to a folder."""
    chance = random.Random(seed)
    paths = [folder / f"{n // 1000:03}" / f"{n:06}.txt" for n in range(documents)]
    for path in paths:
        write_document(path, chance, sentences)
    return paths
