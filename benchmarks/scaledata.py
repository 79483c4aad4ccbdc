"""What `benchmarks.scale` and `benchmarks.lexical` run on: many passages made from few real ones.

Vectors are real embeddings, moved: each is a real embedding plus a random vector that varies in the
directions in which real ones vary. How far they are moved is fitted until the nearest neighbours
are as near as real ones are. Texts are drawn word by word: the words of the real corpora as often
as they have them, and a Zipfian tail of made-up words behind.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import Encoder
from index.sentences import split_sentences

#: Where real embeddings are kept between runs; git ignores it.
CACHE = Path("build/scale")
#: The corpora below `--data`, in the order in which their sentences are taken.
CORPORA = ("checkthat2020-t2", "scifact")
#: Sentences used at most.
MOST = 57_344
#: A sentence is cut after so many words, and left out below so few.
MOST_WORDS, FEWEST_WORDS = 48, 5
#: Sentences encoded between two writes to the cache.
CHUNK = 2048
#: Made vectors for each real one that is used.
COPIES = 15
#: Made vectors, and of them those whose neighbours are looked up, in each step of fitting.
FITTED, PROBED, STEPS = 60_000, 300, 7


def real_texts(data: Path) -> list[str]:
    """`MOST` sentences of the corpora, each once, cut to `MOST_WORDS`, the corpora mixed."""
    texts: dict[str, None] = {}
    for name in CORPORA:
        with gzip.open(data / "retrieval" / name / "corpus.jsonl.gz", "rt", encoding="utf-8") as f:
            for row in map(json.loads, f):
                for part in (row["title"], row["text"]):
                    for span in split_sentences(part):
                        words = span.of(part).split()[:MOST_WORDS]
                        if len(words) >= FEWEST_WORDS:
                            texts[" ".join(words)] = None
    return sorted(texts, key=lambda text: zlib.crc32(text.encode()))[:MOST]


def real_queries(data: Path) -> list[str]:
    """The claims and posts that the corpora come with, alternating as far as both go."""
    found: list[list[str]] = []
    for name in CORPORA:
        file = data / "retrieval" / name / "queries.train.jsonl.gz"
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            found.append([json.loads(line)["text"] for line in lines])
    return [text for pair in zip(*found, strict=False) for text in pair]


def real_embeddings(
    texts: Sequence[str], encoder: Encoder, cache: Path = CACHE
) -> NDArray[np.float32]:
    """(n, dimension) unit vectors of `texts`, encoded where the cache does not hold them yet."""
    cache.mkdir(parents=True, exist_ok=True)
    model = f"{encoder.weights_hash[:12]}-{encoder.precision}"
    done: list[NDArray[np.float32]] = []
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        path = cache / f"{model}-{zlib.crc32(repr(chunk).encode()):08x}.npy"
        if path.exists():
            done.append(np.load(path, allow_pickle=False))
            continue
        vectors = encoder.encode(chunk)
        with (part := path.with_suffix(".part")).open("wb") as file:
            np.save(file, vectors, allow_pickle=False)
        part.replace(path)
        done.append(vectors)
    return np.concatenate(done)


@dataclass(frozen=True)
class MadeVectors:
    """`count` unit vectors near the real ones `real` (m, d); the same ones whenever asked.

    Vector i is real vector i mod m plus a random vector with the covariance of the real ones, whose
    length is drawn from a log-normal distribution with median `spread`.
    """

    real: NDArray[np.float32]
    count: int
    spread: float

    #: Standard deviation of the logarithm of the length of what is added.
    SIGMA = 0.5
    BLOCK = 16384

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """All of them in order, (at most BLOCK, d) at a time."""
        centred = self.real - self.real.mean(axis=0)
        values, directions = np.linalg.eigh(centred.T @ centred / len(centred))
        shape = (directions * np.sqrt(np.maximum(values, 0) / values.sum())).T
        for start in range(0, self.count, self.BLOCK):
            rows = np.arange(start, min(start + self.BLOCK, self.count))
            random = np.random.default_rng([7, start])
            added = random.standard_normal((len(rows), len(values)), dtype=np.float32) @ shape
            length = self.spread * random.lognormal(0, self.SIGMA, size=(len(rows), 1))
            made = self.real[rows % len(self.real)] + length.astype(np.float32) * added
            yield made / np.linalg.norm(made, axis=1, keepdims=True)


def fitted(
    real: NDArray[np.float32], count: int, cosines: NDArray[np.float32], ranks: Sequence[int]
) -> MadeVectors:
    """`count` vectors whose neighbours at `ranks` are, on average, as near as `cosines` (n, ranks).

    Each real vector that is used is moved `COPIES` times. The spread is found by bisection on at
    most `FITTED` vectors.
    """
    used = real[: max(1, min(len(real), count // COPIES))]
    some = used[: FITTED // COPIES]
    low, high = 0.0, 4.0
    for _ in range(STEPS):
        spread = (low + high) / 2
        trial = MadeVectors(some, len(some) * COPIES, spread)
        probes = next(trial.blocks())[:PROBED]
        made = nearest(probes, trial.blocks(), max(ranks) + 1)[0][:, list(ranks)]
        if made.mean() > cosines.mean():
            low = spread
        else:
            high = spread
    return MadeVectors(used, count, spread)


def nearest(
    queries: NDArray[np.float32], blocks: Iterable[NDArray[np.float32]], depth: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Inner products and positions (n, depth) of the nearest of all vectors, falling."""
    scores = np.full((len(queries), depth), -np.inf, dtype=np.float32)
    positions = np.full((len(queries), depth), -1, dtype=np.int64)
    start = 0
    for block in blocks:
        numbers = np.broadcast_to(np.arange(start, start + len(block)), (len(queries), len(block)))
        both = np.concatenate([scores, queries @ block.T], axis=1)
        kept = np.argpartition(-both, depth - 1, axis=1)[:, :depth]
        scores = np.take_along_axis(both, kept, axis=1)
        positions = np.take_along_axis(np.concatenate([positions, numbers], axis=1), kept, axis=1)
        start += len(block)
    order = np.argsort(-scores, axis=1, kind="stable")
    return np.take_along_axis(scores, order, axis=1), np.take_along_axis(positions, order, axis=1)


class MadeTexts:
    """Texts of `WORDS` words drawn one by one: text i is the same whenever it is asked for.

    A word of the real texts comes as often as there; `TAIL` of all words are drawn, by Zipf's law,
    from `RARE` made-up ones, as names and numbers are in a large corpus.
    """

    WORDS = range(40, 111)
    TAIL, RARE = 0.05, 400_000
    BLOCK = 4096

    def __init__(self, real: Sequence[str]) -> None:
        counts = Counter(word for text in real for word in text.split())
        made = [f"{_syllables(number)}" for number in range(self.RARE)]
        self._words = np.array([*counts, *made], dtype=object)
        shares = np.fromiter(counts.values(), dtype=np.float64)
        tail = 1 / np.arange(1, self.RARE + 1)
        weights = [shares * ((1 - self.TAIL) / shares.sum()), tail * (self.TAIL / tail.sum())]
        self._upto = np.cumsum(np.concatenate(weights))

    def texts(self, count: int) -> Iterator[str]:
        """The first `count` of them."""
        for start in range(0, count, self.BLOCK):
            random = np.random.default_rng([11, start])
            sizes = random.integers(self.WORDS.start, self.WORDS.stop, size=self.BLOCK)
            drawn = random.random(int(sizes.sum())) * self._upto[-1]
            words = self._words[np.searchsorted(self._upto, drawn)]
            ends = np.cumsum(sizes).tolist()
            for begin, end in zip([0, *ends], ends[: count - start], strict=False):
                yield " ".join(words[begin:end])


def memory(name: str) -> int:
    """A line of Linux' account of this process, in bytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise ValueError(f"/proc/self/status has no {name}")


def _syllables(number: int) -> str:
    """A pronounceable word, another for each number below eight million."""
    consonants, vowels = "bdfgklmnprstvz", "aeiou"
    word = ""
    for _ in range(4):
        number, syllable = divmod(number, len(consonants) * len(vowels))
        word += consonants[syllable // len(vowels)] + vowels[syllable % len(vowels)]
    return word
