"""What retrieval owes to context, passage length, the weight of words, and collapsed copies.

    python -m benchmarks.retrievalstudy --data DIR [--split train] [--sample N]

DIR is as for `benchmarks.retrieval`. Everything is exact and in memory: vectors are compared one by
one, and no index is written but the lexical one. Embeddings are kept in `build/`, so that what was
embedded for one variant is not embedded again for another.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.cached import CachedEncoder
from benchmarks.metrics import ndcg, recall
from benchmarks.retrieval import Task, read_corpus, read_task, sets
from index import load_encoder, passages
from index.documents import Metadata, make_document
from index.lexical import LexicalIndex, write
from index.search import CANDIDATES, LEXICAL_WEIGHT

WEIGHTS = (0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
LENGTHS = (60, 160)
#: Passages as near as this to a better one are its copies.
COPIES = (0.99, 0.95, 0.9)


@dataclass(frozen=True)
class Variant:
    """How passages are cut and what of their context is searched."""

    words: int = passages.TARGET_WORDS
    context: bool = True

    def __str__(self) -> str:
        return f"{self.words} words, {'with' if self.context else 'without'} title"


@dataclass(frozen=True)
class Scores:
    """Candidates of one query: positions, and what each side says of them, shape (n,)."""

    positions: NDArray[np.int64]
    cosines: NDArray[np.float32]
    words: NDArray[np.float32]


class Searched:
    """A corpus cut one way, with every query's candidates of both sides."""

    def __init__(
        self, rows: Sequence[dict[str, str]], task: Task, variant: Variant, encoder: CachedEncoder
    ) -> None:
        self._task = task
        self._documents: list[str] = []
        texts: list[str] = []
        with patch.object(passages, "TARGET_WORDS", variant.words):
            for row in rows:
                document = make_document(row["id"], row["text"], Metadata(row["title"]))
                for passage in passages.cut(document):
                    context = passage.context if variant.context else ""
                    texts.append(passages.searchable(context, passage.text).lstrip("\n"))
                    self._documents.append(document.id)
        self.size = len(texts)
        self._vectors = encoder.encode(texts)
        queries = encoder.encode(task.queries)
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), texts)
            lexical = LexicalIndex(Path(folder))
            self._scores = [
                self._score(text, vector, lexical)
                for text, vector in zip(task.queries, queries, strict=True)
            ]

    def _score(self, query: str, vector: NDArray[np.float32], lexical: LexicalIndex) -> Scores:
        cosines = self._vectors @ vector
        near = np.argsort(-cosines, kind="stable")[:CANDIDATES].tolist()
        found = lexical.search(query, CANDIDATES)
        found |= lexical.score(query, [position for position in near if position not in found])
        positions = np.array(sorted({*near, *found}), np.int64)
        words = np.array([found.get(position, 0.0) for position in positions.tolist()], np.float32)
        return Scores(positions, cosines[positions], words / (lexical.ceiling(query) or 1.0))

    def measure(self, weight: float, copies: float | None = None) -> tuple[float, float]:
        """Mean nDCG@10 and recall@10 of cosine + weight · BM25 / ceiling; by words if infinite."""
        measures = []
        for query, scores in zip(self._task.ids, self._scores, strict=True):
            fused = scores.words if weight == np.inf else scores.cosines + weight * scores.words
            order = scores.positions[np.argsort(-fused, kind="stable")]
            ranked = [self._documents[n] for n in self._kept(order, copies)]
            documents = list(dict.fromkeys(ranked))
            answer = self._task.relevant[query]
            measures.append((ndcg(documents, answer, 10), recall(documents, answer, 10)))
        gain, share = np.mean(measures, axis=0).tolist()
        return gain, share

    def _kept(self, order: NDArray[np.int64], copies: float | None) -> Iterator[int]:
        """Positions in `order`, the first fifty, without those too near to an earlier one."""
        kept: list[int] = []
        for position in order[:50].tolist():
            if copies is not None and kept:
                nearest = float((self._vectors[kept] @ self._vectors[position]).max())
                if nearest >= copies:
                    continue
            kept.append(position)
        yield from kept


def study(folder: Path, split: str, sample: int | None, encoder: CachedEncoder) -> None:
    """Print what each variant gives on one set."""
    task = read_task(folder, split)
    rows = read_corpus(folder, task, sample)
    base = Variant()
    print(f"\n{folder.name}: {len(rows)} documents, {len(task.ids)} {split} queries")
    searched = Searched(rows, task, base, encoder)
    _line(f"BM25, {base}", searched.measure(np.inf))
    for weight in WEIGHTS:
        _line(f"{base}, weight {weight:g}", searched.measure(weight))
    for copies in COPIES:
        _line(f"copies from {copies:g} on collapsed", searched.measure(LEXICAL_WEIGHT, copies))
    for variant in (replace(base, context=False), *(replace(base, words=n) for n in LENGTHS)):
        searched = Searched(rows, task, variant, encoder)
        print(f"{variant}: {searched.size} passages")
        for weight in (0.0, LEXICAL_WEIGHT, np.inf):
            _line(f"  weight {weight:g}", searched.measure(weight))


def _line(what: str, measured: tuple[float, float]) -> None:
    print(f"{what:45} nDCG@10 {measured[0]:.4f}  recall@10 {measured[1]:.4f}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the study of each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--split", default="train")
    parser.add_argument("--sample", type=int, metavar="N", help="other documents; default: all")
    options = parser.parse_args(arguments)
    encoder = CachedEncoder(load_encoder())
    for folder in sets(options.data):
        study(folder, options.split, options.sample, encoder)


if __name__ == "__main__":
    main()
