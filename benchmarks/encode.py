"""Passages per second: our encoder against plain `SentenceTransformer.encode`.

    python -m benchmarks.encode [--texts FILE] [--rounds N]

Same weights, same texts, one process; the two take turns and the best round of each counts, so that
neither profits from a quiet machine. FILE holds one text per line; without it, sentences are put
together from a fixed word list, about 48 tokens each and of varied length.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import PackagedEncoder, packaged_model

#: Texts in the default set: a round of the slower side takes some 10 s on two cores.
COUNT = 1024
#: Words of a default text: evenly between these, which comes to about 48 tokens on average.
WORDS = range(10, 68)

_VOCABULARY = """
the of and to in a for that on with was by from at which the their after in the of a report council
harbour river minister spring budget inspection ferry hospital records storm bridge workers
published figures estimated residents tonnes percent million yesterday agreement court engineers
warned delayed voted expanded measured announced according eastern former regional twelve 2019
1,450 3.2 Ostrel Veldhafen Marrow Tessaly
"""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def default_texts(count: int = COUNT) -> list[str]:
    """The same texts every time, of varied length."""
    words = _VOCABULARY.split()
    random = np.random.default_rng(7)
    sizes = random.integers(WORDS.start, WORDS.stop, size=count)
    return [" ".join(random.choice(words, size=size)) + "." for size in sizes]


def rates(encoders: dict[str, Encode], texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Texts per second of each encoder's best round, after a warm-up on all texts."""
    best = dict.fromkeys(encoders, float("inf"))
    for number in range(rounds + 1):
        for name, encode in encoders.items():
            begin = time.perf_counter()
            encode(texts)
            if number:  # the first round compiles kernels for every shape
                best[name] = min(best[name], time.perf_counter() - begin)
    return {name: len(texts) / seconds for name, seconds in best.items()}


def plain() -> Encode:
    """sentence-transformers as its README shows it, on the CPU."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    model = SentenceTransformer(str(packaged_model()), device="cpu")

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(model.encode(list(texts), show_progress_bar=False), dtype=np.float32)

    return encode


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both rates, their ratio, and how far the vectors agree."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--texts", type=Path, metavar="FILE", help="one text per line")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    texts = default_texts()
    if options.texts:
        lines = options.texts.read_text(encoding="utf-8").splitlines()
        texts = [line for line in lines if line.strip()]
    ours, theirs = PackagedEncoder(), plain()
    cosines = np.sum(ours.encode(texts) * theirs(texts), axis=1)
    rate = rates({"factcheck": ours.encode, "sentence-transformers": theirs}, texts, options.rounds)
    print(f"{len(texts)} texts, {ours.name}, weights {ours.weights_hash[:12]}, {ours.precision}")
    for name, value in rate.items():
        print(f"{name:22} {value:7.0f} passages/s")
    print(f"ratio {rate['factcheck'] / rate['sentence-transformers']:.2f}")
    print(f"cosine between the two: mean {cosines.mean():.5f}, least {cosines.min():.5f}")


if __name__ == "__main__":
    main()
