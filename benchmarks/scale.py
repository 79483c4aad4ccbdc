"""The index at 10 thousand, 100 thousand and a million passages: time, recall, memory, bytes.

    python -m benchmarks.scale --data DIR [--sizes 10000,100000,1000000] [--queries 500]

An index of each size is written by the code that a build uses, over a database filled with made
rows: texts drawn from the words of the corpora in DIR, vectors made by moving their embeddings
(benchmarks/scaledata.py). Queries are the claims and posts that come with the corpora, encoded by
the packaged encoder, one by one. A reader is a process of its own, whose memory is that of Linux'
`/proc`. The first run encodes the corpora and keeps that below build/.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.scaledata import (
    MadeTexts,
    MadeVectors,
    fitted,
    memory,
    nearest,
    real_embeddings,
    real_queries,
    real_texts,
)
from index import Encoder, FoundBy, ReferenceIndex, load_encoder
from index.generations import publish_generation
from index.layout import FORMAT_VERSION, Layout, Manifest
from index.opening import writing
from index.records import Document
from index.schema import checked, document_row, embedding_key, embedding_row
from index.store import Database, set_manifest
from index.vectors import VectorIndex

#: Passages of a made document.
TOGETHER = 10
#: Rows put into the database in one transaction.
COMMIT = 8192
#: Ranks at which the distances of neighbours are compared.
RANKS = (1, 2, 5, 10)
#: Made and real passages whose neighbours are looked up.
PROBES = 300
WARM_UP = 20

_DOCUMENT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PASSAGE = "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_EMBEDDING = "INSERT INTO embeddings VALUES (?, ?, ?)"


@dataclass(frozen=True)
class Reading:
    """What a reader measured. Times in milliseconds, memory in bytes."""

    asked_p50: float
    asked_p99: float
    hybrid_p50: float
    hybrid_p99: float
    batched: float
    dense_p50: float
    dense_p99: float
    lexical_p50: float
    lexical_p99: float
    resident: int
    private: int
    private_encoder: int
    recall_told: float
    kind: str


def fill(root: Path, vectors: MadeVectors, texts: MadeTexts, encoder: Encoder) -> float:
    """Write an index of `vectors.count` passages; seconds taken for the derived files."""
    manifest = Manifest(
        FORMAT_VERSION,
        encoder.name,
        encoder.weights_hash,
        encoder.dimension,
        created="2024-01-01T00:00:00+00:00",
        precision=encoder.precision,
    )
    with writing(root) as database:
        rows = zip(texts.texts(vectors.count), _each(vectors), strict=True)
        number = 0
        while some := list(islice(rows, COMMIT // TOGETHER * TOGETHER)):
            with database.transaction():
                _insert(database, number, some)
            number += len(some)
        begin = time.perf_counter()
        with database.transaction():
            set_manifest(database, manifest)
            publish_generation(database, root, manifest)
        return time.perf_counter() - begin


def _each(vectors: MadeVectors) -> Iterator[NDArray[np.float32]]:
    for block in vectors.blocks():
        yield from block


def _insert(
    database: Database, first: int, some: Sequence[tuple[str, NDArray[np.float32]]]
) -> None:
    for at in range(0, len(some), TOGETHER):
        together = some[at : at + TOGETHER]
        number = (first + at) // TOGETHER
        document = Document(
            id=f"made/{number:06}.txt",
            title=f"Made text {number}",
            text="\n".join(text for text, _ in together),
            source=f"made/{number:06}.txt",
            published=None,
            content_hash=f"{number:064x}",
        )
        database.execute(_DOCUMENT, document_row(document, document.id))
        passages, embeddings, start = [], [], 0
        for text, vector in together:
            key = embedding_key(document.title, text)
            end = start + len(text)
            row = checked(document.id, start, end, text, document.title, key)
            passages.append((None, *row))
            embeddings.append(embedding_row(key, vector))
            start = end + 1
        database.execute_each(_PASSAGE, passages)
        database.execute_each(_EMBEDDING, embeddings)


class Remembering:
    """An encoder that encodes a text once: what a search costs besides shows the second time."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name, self.weights_hash = encoder.name, encoder.weights_hash
        self.dimension, self.precision = encoder.dimension, encoder.precision
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors (n, dimension)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def read(root: Path, queries: Sequence[str]) -> Reading:
    """Search the index at `root` in this process."""
    encoder = load_encoder()
    before = memory("RssAnon")
    encoder.encode(queries[:WARM_UP])
    with_encoder = memory("RssAnon")
    remembering = Remembering(encoder)
    with ReferenceIndex.open(root, remembering) as reference:

        def timed(by: FoundBy) -> list[float]:
            for query in queries[:WARM_UP]:
                reference.search([query], by=by)
            return [_milliseconds(lambda q=q: reference.search([q], by=by)) for q in queries]

        asked, hybrid = timed(FoundBy.BOTH), timed(FoundBy.BOTH)
        batched = _milliseconds(lambda: reference.search(queries)) / len(queries)
        dense, lexical = timed(FoundBy.DENSE), timed(FoundBy.LEXICAL)
        info = reference.info().vectors
        return Reading(
            *_quantiles(asked),
            *_quantiles(hybrid),
            batched,
            *_quantiles(dense),
            *_quantiles(lexical),
            memory("VmRSS"),
            memory("RssAnon"),
            with_encoder - before,
            info.recall_at_10,
            info.kind,
        )


def _milliseconds(run: object) -> float:
    assert callable(run)
    begin = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - begin)


def _quantiles(times: Sequence[float]) -> tuple[float, float]:
    middle, late = np.quantile(times, [0.5, 0.99])
    return float(middle), float(late)


def in_a_process(root: Path, data: Path, count: int) -> Reading:
    """`read` in a process that has done nothing else."""
    command = [sys.executable, "-m", "benchmarks.scale", "--data", str(data)]
    command += ["--queries", str(count), "--read", str(root)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Reading(**json.loads(done.stdout.splitlines()[-1]))


@dataclass(frozen=True)
class Truth:
    """Recall@10 of real queries, and the cosines of made passages to neighbours at `RANKS`."""

    recall: float
    cosines: NDArray[np.float32]


def compare(root: Path, made: MadeVectors, queries: NDArray[np.float32]) -> Truth:
    """Hold what the index at `root` finds against every made vector."""
    probes = next(made.blocks())[:PROBES]
    cosines, positions = nearest(np.concatenate([queries, probes]), made.blocks(), max(RANKS) + 1)
    found = VectorIndex(Layout(root).generation(1).vectors).search(queries, 10)
    hits = sum(
        len(set(near) & set(true[:10].tolist()))
        for near, true in zip(found, positions, strict=False)
    )
    return Truth(hits / (10 * len(queries)), cosines[len(queries) :, list(RANKS)])


def _bytes(root: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in root.glob(pattern) if path.is_file())


def _report(root: Path, size: int, seconds: float, reading: Reading, truth: Truth) -> None:
    r, mega = reading, 1 << 20
    folder = "generation-*"
    sizes = {
        "database": _bytes(root, "index.sqlite*"),
        "vectors": _bytes(root, f"{folder}/vectors*"),
        "lexical": _bytes(root, f"{folder}/lexical/*"),
    }
    each = ", ".join(f"{name} {value / size:.0f}" for name, value in sizes.items())
    print(f"\n{size} passages, vectors {r.kind}")
    print(
        f"  hybrid, one query      p50 {r.hybrid_p50:.1f} ms, p99 {r.hybrid_p99:.1f} ms; with its "
        f"encoding p50 {r.asked_p50:.1f} ms, p99 {r.asked_p99:.1f} ms; batched {r.batched:.1f} ms"
    )
    print(
        f"  one side               dense p50 {r.dense_p50:.1f}, p99 {r.dense_p99:.1f} ms; "
        f"lexical p50 {r.lexical_p50:.1f}, p99 {r.lexical_p99:.1f} ms"
    )
    print(f"  recall@10              {truth.recall:.4f} (measured at build {r.recall_told:.4f})")
    print(
        f"  memory of a reader     VmRSS {r.resident / mega:.0f} MiB, private "
        f"{r.private / mega:.0f} MiB, of it {r.private_encoder / mega:.0f} the encoder's"
    )
    print(f"  bytes per passage      {sum(sizes.values()) / size:.0f}: {each}")
    print(f"  derived files written  in {seconds:.0f} s")
    _print_cosines("made", truth.cosines)


def _print_cosines(name: str, cosines: NDArray[np.float32]) -> None:
    for label, share in (("median", 0.5), ("10 %", 0.1), ("90 %", 0.9)):
        values = " ".join(f"{value:.3f}" for value in np.quantile(cosines, share, axis=0))
        print(f"  cosine at ranks {RANKS}, {name}, {label}: {values}")


def _run(sizes: Sequence[int], data: Path, count: int, beside: Path) -> None:
    encoder = load_encoder()
    words, asked = real_texts(data), real_queries(data)[:count]
    real = real_embeddings(words, encoder)
    queries = encoder.encode(asked)
    texts = MadeTexts(words)
    probes = real[np.random.default_rng(3).permutation(len(real))[:PROBES]]
    cosines = nearest(probes, [real], max(RANKS) + 1)[0][:, list(RANKS)]
    print(f"{len(real)} real sentences, {len(asked)} real queries; {encoder.precision}")
    _print_cosines("real", cosines)
    for size in sizes:
        made = fitted(real, size, cosines, RANKS)
        root = beside / f"index-{size}"
        seconds = fill(root, made, texts, encoder)
        truth = compare(root, made, queries)
        _report(root, size, seconds, in_a_process(root, data, len(asked)), truth)
        sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the curve."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--beside", type=Path, metavar="DIR", help="where the indexes are made")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.read:
        reading = read(options.read, real_queries(options.data)[: options.queries])
        print(json.dumps(vars(reading)))
        return
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory(dir=options.beside) as beside:
        _run(sizes, options.data, options.queries, Path(beside))


if __name__ == "__main__":
    main()
