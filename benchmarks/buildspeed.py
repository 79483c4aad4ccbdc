"""Passages per second of a whole build: ours, and what others make of the same texts.

    python -m benchmarks.buildspeed --data DIR [--documents N] [--rounds N]

DIR holds `corpus.jsonl.gz` (id, title, text), as in BEIR. Everyone uses the genuine weights of
all-MiniLM-L6-v2 from one folder, 256 tokens at most, on the CPU, models loaded before the clock
starts, and ends with an index on disk. Ours begins with the documents; the others are given the
passages our cutter makes of them. They take turns, and the best round of each counts. The yardstick
is the forward pass alone, on batches of token ids that were made before.

txtai and Chroma are not installed with us: `pip install '.[bench]'` brings both. The benchmark runs
without them and says so.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import build_index
from index.encoder import BATCH_TOKENS, PackagedEncoder, packaged_model
from index.opening import open_snapshot
from index.passages import searchable
from index.tokens import Tokens

#: Texts by which it is checked that all use the same model.
CHECKED = 16
#: What was asked of us: times txtai (with bfloat16), and of the forward pass alone.
TIMES_TXTAI, OF_FORWARD_PASS = 5.0, 0.85

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Side:
    """One way to make an index of texts: `build` writes it into an empty folder."""

    name: str
    build: Callable[[Path], object]
    encode: Callable[[Sequence[str]], Vectors] | None = None


@dataclass
class Time:
    """The best round of a side, in seconds, by the clock and of this process on all cores."""

    clock: float = float("inf")
    cpu: float = float("inf")


def write_corpus(data: Path, table: Path, documents: int) -> None:
    """The first `documents` of a BEIR corpus, as a table of one document per row."""
    with gzip.open(data / "corpus.jsonl.gz", "rb") as packed, table.open("wb") as out:
        out.writelines(islice(packed, documents))


def passages(index: Path) -> list[str]:
    """The texts an index is made of."""
    database, _ = open_snapshot(index)
    try:
        rows = database.query("SELECT context, text FROM passages ORDER BY rowid")
        return [searchable(context, text) for context, text in rows]
    finally:
        database.close()


def ours(table: Path, encoder: PackagedEncoder) -> Side:
    """`build_index`, from the file on."""

    def build(folder: Path) -> object:
        return build_index(folder / "index", [table], encoder=encoder)

    return Side("factcheck index build", build, encoder.encode)


def forward_pass(encoder: PackagedEncoder, texts: Sequence[str], *, many: bool) -> Side:
    """Inference alone: the batches our build makes, with nothing before and nothing after."""
    tokens = Tokens.of(encoder.tokenizer.encode_batch_fast(list(texts)))
    network = encoder.network
    rows = [tokens.matrix(each, network.pad) for each in tokens.batches(BATCH_TOKENS)]
    batches = [{"input_ids": ids, "attention_mask": mask} for ids, mask in rows]
    run = network.run_each if many else network.run_in_turn
    how = "several at a time" if many else "one at a time"
    return Side(f"forward pass, {how}", lambda _: sum(len(out) for out in run(batches)))


def sentence_transformers(texts: list[str]) -> Side:
    """sentence-transformers as its README shows it, and FAISS."""
    import faiss
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(packaged_model()), device="cpu")

    def encode(texts: Sequence[str]) -> Vectors:
        vectors = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def build(folder: Path) -> None:
        index = faiss.IndexFlatIP(384)
        index.add(encode(texts))
        faiss.write_index(index, str(folder / "index.faiss"))

    return Side("sentence-transformers", build, encode)


def txtai(texts: list[str]) -> Side:
    """An embeddings database of txtai with its defaults, but texts cut where all others are."""
    library: Any = importlib.import_module("txtai")
    settings = {"path": str(packaged_model()), "gpu": False, "maxlength": 256}
    models: dict[str, object] = {}  # it keeps the loaded model here

    def encode(texts: Sequence[str]) -> Vectors:
        loaded = library.Embeddings(settings, models=models)
        return np.asarray(loaded.batchtransform(list(texts)), dtype=np.float32)

    def build(folder: Path) -> None:
        embeddings = library.Embeddings(settings, models=models)
        embeddings.index(texts)
        embeddings.save(str(folder / "index"))

    return Side("txtai", build, encode)


def chroma(texts: list[str]) -> Side:
    """A persistent Chroma collection with its embedding function for sentence-transformers."""
    library: Any = importlib.import_module("chromadb")
    functions: Any = importlib.import_module("chromadb.utils.embedding_functions")
    function = functions.SentenceTransformerEmbeddingFunction(
        model_name=str(packaged_model()), device="cpu", normalize_embeddings=True
    )

    def encode(texts: Sequence[str]) -> Vectors:
        return np.asarray(function(list(texts)), dtype=np.float32)

    def build(folder: Path) -> None:
        settings = library.config.Settings(anonymized_telemetry=False)
        client = library.PersistentClient(path=str(folder), settings=settings)
        collection = client.create_collection("texts", embedding_function=function)
        most = client.get_max_batch_size()
        for start in range(0, len(texts), most):
            part = texts[start : start + most]
            numbers = range(start, start + len(part))
            collection.add(ids=[str(number) for number in numbers], documents=part)

    return Side("Chroma", build, encode)


def others(texts: list[str]) -> Iterator[Side]:
    """Those that are installed."""
    for make, package in ((sentence_transformers, "faiss"), (txtai, "txtai"), (chroma, "chromadb")):
        try:
            importlib.import_module(package)
        except ImportError:
            print(f"{package} is not installed and left out; pip install '.[bench]' brings it")
            continue
        yield make(texts)


def measure(sides: Sequence[Side], rounds: int) -> dict[str, Time]:
    """Time the sides in turn, each in a folder of its own."""
    best = {side.name: Time() for side in sides}
    for _ in range(rounds):
        for side in sides:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                clock, cpu = time.perf_counter(), time.process_time()
                side.build(Path(folder))
                time_ = best[side.name]
                time_.clock = min(time_.clock, time.perf_counter() - clock)
                time_.cpu = min(time_.cpu, time.process_time() - cpu)
    return best


def check_same_model(sides: Sequence[Side], texts: Sequence[str]) -> None:
    """Stop unless every side gives the vectors that the first gives."""
    assert sides[0].encode
    expected = sides[0].encode(texts)
    for side in sides[1:]:
        if side.encode:
            least = float((side.encode(texts) * expected).sum(axis=1).min())
            print(f"{side.name:32} least cosine to ours {least:.6f}")
            if least < 0.999:
                raise SystemExit(
                    f"{side.name} does not use the same model: a comparison says nothing"
                )


def show(best: dict[str, Time], texts: int, precision: str) -> None:
    """Print rates and ratios, and what was asked."""
    own = best["factcheck index build"]
    print(f"{'':32} passages/s   per CPU second   ours is, by the clock and per CPU second")
    for name, time_ in best.items():
        print(
            f"{name:32} {texts / time_.clock:10.1f} {texts / time_.cpu:16.1f}   "
            f"{time_.clock / own.clock:6.2f} times {time_.cpu / own.cpu:6.2f} times"
        )
    raw = min((time_ for name, time_ in best.items() if name.startswith("forward")), key=_clock)
    share = raw.clock / own.clock
    word = _word(share, OF_FORWARD_PASS)
    print(f"of the forward pass: {share:.3f}, asked {OF_FORWARD_PASS}: {word}")
    if "txtai" in best:
        times = best["txtai"].clock / own.clock
        asked = f"asked {TIMES_TXTAI:g} with bf16"
        word = _word(times, TIMES_TXTAI) if precision == "bf16" else f"here it is {precision}"
        print(f"times txtai: {times:.2f}, {asked}: {word}")


def _clock(time_: Time) -> float:
    return time_.clock


def _word(value: float, asked: float) -> str:
    return "reached" if value >= asked else "missed"


def main(arguments: Sequence[str] | None = None) -> None:
    """Check that all use the same model, then time them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args(arguments)
    os.environ.update(
        HF_HUB_OFFLINE="1", ANONYMIZED_TELEMETRY="False", HF_HUB_DISABLE_TELEMETRY="1"
    )
    logging: Any = importlib.import_module("transformers.utils.logging")
    logging.disable_progress_bar()
    encoder = PackagedEncoder()
    with tempfile.TemporaryDirectory() as beside:
        table = Path(beside) / "corpus.jsonl"
        write_corpus(options.data, table, options.documents)
        own = ours(table, encoder)
        own.build(Path(beside))  # compiles what is compiled once
        texts = passages(Path(beside) / "index")
        raw = [forward_pass(encoder, texts, many=many) for many in (True, False)]
        sides = [own, *raw, *others(texts)]
        print(f"{len(texts)} passages of {options.documents} documents, {encoder.precision}")
        check_same_model(sides, texts[:CHECKED])
        show(measure(sides, options.rounds), len(texts), encoder.precision)


if __name__ == "__main__":
    main()
