"""BM25, dense and hybrid retrieval side by side, over an index built by `index.build_index`.

    python -m benchmarks.retrieval --data DIR [--split train]

DIR holds `corpus.jsonl.gz` (id, title, text), `queries.<split>.jsonl.gz` (id, text) and
`qrels.<split>.tsv` (query-id, corpus-id, score), as in BEIR. A document's score is that of its best
passage. The measures are means over the queries that have a relevant document.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.metrics import ndcg, recall, reciprocal_rank
from index import BuildReport, Encoder, FoundBy, ReferenceIndex, build_index, load_encoder

WAYS = {"BM25": FoundBy.LEXICAL, "dense": FoundBy.DENSE, "hybrid": FoundBy.BOTH}
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


def build(folder: Path, encoder: Encoder, beside: Path) -> BuildReport:
    """Index the corpus of `folder` in `beside`, as a table of one document per row."""
    table = beside / "corpus.jsonl"
    with gzip.open(folder / "corpus.jsonl.gz", "rb") as packed:
        table.write_bytes(packed.read())
    return build_index(beside / "index", [table], encoder=encoder)


def measure(reference: ReferenceIndex, task: Task, by: FoundBy) -> Result:
    """Search every query and compare with what is relevant."""
    begin = time.perf_counter()
    found = reference.search(task.queries, k=PASSAGES, by=by)
    seconds = time.perf_counter() - begin
    measures = []
    for query, hits in zip(task.ids, found, strict=True):
        documents = (hit.passage.document_id.partition("#")[2] for hit in hits)
        ranked = list(dict.fromkeys(documents))  # the first passage of each is its best
        answer = task.relevant[query]
        measures.append(
            (ndcg(ranked, answer, 10), recall(ranked, answer, 10), reciprocal_rank(ranked, answer))
        )
    gain, share, rank = np.mean(measures, axis=0).tolist()
    return Result(gain, share, rank, 1000 * seconds / len(task.ids))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--split", default="train")
    parser.add_argument("--encoder", metavar="NAME", help="default: the packaged one")
    options = parser.parse_args(arguments)
    task = read_task(options.data, options.split)
    encoder = load_encoder(options.encoder)
    with tempfile.TemporaryDirectory() as beside:
        begin = time.perf_counter()
        report = build(options.data, encoder, Path(beside))
        seconds = time.perf_counter() - begin
        print(
            f"{report.documents} documents, {report.passages} passages, built in {seconds:.0f} s; "
            f"{len(task.ids)} {options.split} queries; {encoder.name}, {encoder.precision}"
        )
        print(f"{'':8} {'nDCG@10':>8} {'recall@10':>10} {'MRR':>8} {'ms/query':>9}")
        with ReferenceIndex.open(Path(beside) / "index", encoder) as reference:
            reference.search(task.queries[:1])  # warm-up
            for name, by in WAYS.items():
                result = measure(reference, task, by)
                print(
                    f"{name:8} {result.ndcg:8.3f} {result.recall:10.3f} "
                    f"{result.reciprocal_rank:8.3f} {result.milliseconds:9.1f}"
                )


if __name__ == "__main__":
    main()
