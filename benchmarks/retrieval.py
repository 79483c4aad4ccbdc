"""BM25, dense, rank fusion and hybrid retrieval, over an index built by `index.build_index`.

    python -m benchmarks.retrieval --data DIR [--split train] [--sample N]

DIR holds `corpus.jsonl.gz` (id, title, text), `queries.<split>.jsonl.gz` (id, text) and
`qrels.<split>.tsv` (query-id, corpus-id, score), as in BEIR, or folders of which each does. A
document's score is that of its best passage. The measures are means over the queries that have a
relevant document. A sample keeps every document that is relevant to a query and N others, so that
numbers are higher than over the whole, and only to be compared with each other.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.cached import CachedEncoder
from benchmarks.metrics import ndcg, recall, reciprocal_rank
from index import Encoder, FoundBy, ReferenceIndex, build_index, load_encoder

WAYS = {"BM25": FoundBy.LEXICAL, "dense": FoundBy.DENSE, "hybrid": FoundBy.BOTH}
#: What is added to a rank in reciprocal rank fusion (Cormack et al. 2009 take 60; 20 did better).
FUSION_K = 20
#: Passages asked for, so that ten documents are among them.
PASSAGES = 100


@dataclass(frozen=True)
class Task:
    """Queries with the documents that answer them."""

    ids: tuple[str, ...]
    queries: tuple[str, ...]
    relevant: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Result:
    """How one way of searching did; `milliseconds` is the mean time of a query."""

    ndcg: float
    recall: float
    reciprocal_rank: float
    milliseconds: float


def read_task(folder: Path, split: str) -> Task:
    """The queries of a split that have at least one relevant document."""
    relevant: dict[str, set[str]] = defaultdict(set)
    with (folder / f"qrels.{split}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                relevant[row["query-id"]].add(row["corpus-id"])
    with gzip.open(folder / f"queries.{split}.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = {row["id"]: row["text"] for row in map(json.loads, file)}
    ids = tuple(query for query in texts if query in relevant)
    return Task(
        ids,
        tuple(texts[query] for query in ids),
        {query: frozenset(relevant[query]) for query in ids},
    )


def read_corpus(folder: Path, task: Task, sample: int | None) -> list[dict[str, str]]:
    """The documents of `folder`; with `sample`, those relevant to a query and so many others."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        rows: list[dict[str, str]] = [json.loads(line) for line in file]
    if sample is None:
        return rows
    judged = frozenset().union(*task.relevant.values())
    others = [number for number, row in enumerate(rows) if row["id"] not in judged]
    kept = set(random.Random(0).sample(others, min(sample, len(others))))
    return [row for number, row in enumerate(rows) if row["id"] in judged or number in kept]


def build(rows: Sequence[dict[str, str]], encoder: Encoder, beside: Path) -> str:
    """Index `rows` in `beside`, as a table of one document per row; says how large it is."""
    table = beside / "corpus.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = build_index(beside / "index", [table], encoder=encoder)
    return f"{report.documents} documents, {report.passages} passages"


def measure(reference: ReferenceIndex, task: Task, by: FoundBy) -> Result:
    """Search every query and compare with what is relevant."""
    begin = time.perf_counter()
    found = reference.search(task.queries, k=PASSAGES, by=by)
    seconds = time.perf_counter() - begin
    ranked = [[hit.passage.document_id for hit in hits] for hits in found]
    return _result(ranked, task, 1000 * seconds / len(task.ids))


def fuse(reference: ReferenceIndex, task: Task) -> Result:
    """As `measure`, for reciprocal rank fusion of both sides' passages."""
    begin = time.perf_counter()
    sides = [
        reference.search(task.queries, k=PASSAGES, by=by) for by in (FoundBy.LEXICAL, FoundBy.DENSE)
    ]
    ranked = []
    for both in zip(*sides, strict=True):
        scores: dict[tuple[str, int], float] = defaultdict(float)
        for hits in both:
            for rank, hit in enumerate(hits, 1):
                scores[hit.passage.document_id, hit.passage.start] += 1 / (FUSION_K + rank)
        ranked.append([document for document, _ in sorted(scores, key=lambda p: -scores[p])])
    return _result(ranked, task, 1000 * (time.perf_counter() - begin) / len(task.ids))


def _result(ranked: Sequence[Sequence[str]], task: Task, milliseconds: float) -> Result:
    """The measures of passages' documents, best passage first, for each query."""
    measures = []
    for query, passages in zip(task.ids, ranked, strict=True):
        ids = (document.partition("#")[2] for document in passages)
        documents = list(dict.fromkeys(ids))  # the first passage of each is its best
        answer = task.relevant[query]
        measures.append(
            (
                ndcg(documents, answer, 10),
                recall(documents, answer, 10),
                reciprocal_rank(documents, answer),
            )
        )
    gain, share, rank = np.mean(measures, axis=0).tolist()
    return Result(gain, share, rank, milliseconds)


def sets(folder: Path) -> list[Path]:
    """`folder`, if it is a set, or the sets in it. Raises `SystemExit` when there is none."""
    found = [each.parent for each in sorted(folder.glob("*/corpus.jsonl.gz"))]
    if (folder / "corpus.jsonl.gz").exists():
        return [folder]
    if not found:
        raise SystemExit(f"{folder} holds no corpus.jsonl.gz, and no folder in it does")
    return found


def report(folder: Path, split: str, sample: int | None, encoder: CachedEncoder) -> None:
    """Print the table of one set."""
    task = read_task(folder, split)
    rows = read_corpus(folder, task, sample)
    with tempfile.TemporaryDirectory() as beside:
        begin, before = time.perf_counter(), encoder.embedded
        size = build(rows, encoder, Path(beside))
        seconds = time.perf_counter() - begin
        print(
            f"\n{folder.name}{f', sample of {sample}' if sample is not None else ''}: {size}, "
            f"built in {seconds:.0f} s, {encoder.embedded - before} of them embedded; "
            f"{len(task.ids)} {split} queries; {encoder.name}, {encoder.precision}"
        )
        print(f"{'':8} {'nDCG@10':>8} {'recall@10':>10} {'MRR':>8} {'ms/query':>9}")
        with ReferenceIndex.open(Path(beside) / "index", encoder) as reference:
            reference.search(task.queries)  # warm-up, and all queries embedded
            results = {name: measure(reference, task, by) for name, by in WAYS.items()}
            results["fusion"] = fuse(reference, task)
        for name, result in results.items():
            print(
                f"{name:8} {result.ndcg:8.3f} {result.recall:10.3f} "
                f"{result.reciprocal_rank:8.3f} {result.milliseconds:9.1f}"
            )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--split", default="train")
    parser.add_argument("--sample", type=int, metavar="N", help="other documents; default: all")
    parser.add_argument("--encoder", metavar="NAME", help="default: the packaged one")
    options = parser.parse_args(arguments)
    encoder = CachedEncoder(load_encoder(options.encoder))
    for folder in sets(options.data):
        report(folder, options.split, options.sample, encoder)


if __name__ == "__main__":
    main()
