"""The lexical side: BM25 over stemmed words, by tantivy. The only file that imports it.

Robertson & Zaragoza 2009, with tantivy's constants k1 = 1.2 and b = 0.75 and its
idf = ln(1 + (N - n + 0.5) / (n + 0.5)). Queries are built from analysed words and never parsed, so
nothing in a query is an operator.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy

from index.durable import with_locks

K1 = 1.2
#: Distinct words of a query that are used, the first ones: bounds the work a hostile query makes.
MAX_TERMS = 256
#: Memory of the writer, in bytes; more of it makes fewer segments to merge.
WRITER_MEMORY = 128_000_000
#: Texts that `LexicalIndex.score` looks at in one query.
AT_ONCE = 1024
#: Longer words are hashes, base64 and the like.
MAX_WORD = 40

_ANALYSER = "english-stems"
_TEXT = "text"
_POSITION = "position"


def analyser() -> Any:
    """Text → lower-case English stems, in order: `"Foxes jumped"` → `["fox", "jump"]`."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(MAX_WORD),
        tantivy.Filter.lowercase(),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def write(folder: Path, texts: Iterable[str]) -> None:
    """Index `texts` in an empty `folder`; a text's position is its number, from 0.

    Raises `OSError`.
    """
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field(_TEXT, tokenizer_name=_ANALYSER, index_option="freq")
        .add_unsigned_field(_POSITION, indexed=True, fast=True)
        .build()
    )
    index = tantivy.Index(schema, path=str(folder))
    # Nothing is read through it: its reader would take a lock in `folder` up to half a second after
    # the commit, on a thread of its own, when this has long returned.
    index.config_reader(reload_policy="manual")
    index.register_tokenizer(_ANALYSER, analyser())
    writer = index.writer(heap_size=WRITER_MEMORY, num_threads=1)  # one thread: stable order
    for position, text in enumerate(texts):
        document = tantivy.Document()
        document.add_text(_TEXT, text)
        document.add_unsigned(_POSITION, position)
        writer.add_document(document)
    try:
        writer.commit()
    except ValueError as error:  # tantivy's word for a full disk
        raise OSError(f"{folder} could not be written: {error}") from error
    writer.wait_merging_threads()


class LexicalIndex:
    """Texts on disk, searched by their words."""

    def __init__(self, folder: Path) -> None:
        """Raises `ValueError` when `folder` holds no readable index."""
        with with_locks(folder) as openable:  # tantivy takes a lock to open its files
            index = tantivy.Index.open(str(openable))
            self._schema = index.schema
            self._searcher = index.searcher()
        self._analyser = analyser()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def terms(self, query: str) -> Counter[str]:
        """The stems of `query` that the index holds, each with how often the query has it."""
        stems = Counter(self._analyser.analyze(query))
        return Counter(
            {
                stem: count
                for stem, count in list(stems.items())[:MAX_TERMS]
                if self._searcher.doc_freq(_TEXT, stem)
            }
        )

    def ceiling(self, query: str) -> float:
        """What no text's BM25 for `query` can reach: every stem, endlessly often.

        The sum of count · idf · (k1 + 1) over *all* stems of the query, those the index lacks
        included; 0 for a query without words.
        """
        total = len(self)
        stems = list(Counter(self._analyser.analyze(query)).items())[:MAX_TERMS]
        return sum(
            count * _idf(self._searcher.doc_freq(_TEXT, stem), total) * (K1 + 1)
            for stem, count in stems
        )

    def search(self, query: str, limit: int) -> dict[int, float]:
        """Position → BM25 of the best texts, at most `limit`, that share a stem with `query`."""
        return self._run(self._query(query), limit)

    def score(self, query: str, positions: Sequence[int]) -> dict[int, float]:
        """Position → BM25 of the given texts; one that shares no stem with `query` is left out."""
        stems = self._stems(query)
        found: dict[int, float] = {}
        for start in range(0, len(positions), AT_ONCE):
            some = positions[start : start + AT_ONCE]
            found |= self._run(self._scoring(stems, some), len(some))
        return {position: score for position, score in found.items() if score > 0}

    def _scoring(self, stems: Sequence[Any], positions: Sequence[int]) -> Any:
        """A query that scores the given texts by `stems`, and no other text."""
        should, must = tantivy.Occur.Should, tantivy.Occur.Must
        # One term for each text, since a term set walks all positions there are; and one stem on
        # top of the other, since a union of stems is scored in stretches of 4,096 texts, wanted or
        # not.
        summed = tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)
        for stem in stems:
            summed = tantivy.Query.boolean_query([(must, summed), (should, stem)])
        chosen = [(should, self._term(_POSITION, position)) for position in positions]
        either = tantivy.Query.const_score_query(tantivy.Query.boolean_query(chosen), 0.0)
        return tantivy.Query.boolean_query([(must, either), (must, summed)])

    def _query(self, query: str) -> Any:
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, stem) for stem in self._stems(query)]
        )

    def _stems(self, query: str) -> list[Any]:
        """A query for each stem, worth as much as `query` has the stem."""
        return [
            tantivy.Query.boost_query(self._term(_TEXT, stem), float(count))
            for stem, count in self.terms(query).items()
        ]

    def _term(self, field: str, value: str | int) -> Any:
        option = "freq" if field == _TEXT else "basic"
        return tantivy.Query.term_query(self._schema, field, value, option)

    def _run(self, query: Any, limit: int) -> dict[int, float]:
        if limit < 1:
            return {}
        hits: list[tuple[float, Any]] = self._searcher.search(query, limit, count=False).hits
        positions: list[Any] = self._searcher.fast_field_values(
            _POSITION, [address for _, address in hits]
        )
        return {
            int(position): float(score)
            for position, (score, _) in zip(positions, hits, strict=True)
        }


def _idf(holding: int, total: int) -> float:
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))
