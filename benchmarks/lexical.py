"""BM25 by three engines at three sizes: tantivy as the index uses it, SQLite's FTS5, bm25s.

    python -m benchmarks.lexical --data DIR [--sizes 10000,100000,1000000] [--queries 200]
                                 [--engines tantivy,fts5,bm25s]

Texts are made (benchmarks/scaledata.py), queries are the claims and posts that come with the
corpora in DIR: 27 words on average. Every engine is built and read in a process of its own, whose
memory is that of Linux' `/proc`; each is asked for its hundred best, one query at a time. bm25s is
no dependency of ours: it is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.scaledata import MadeTexts, memory, real_queries, real_texts
from index import lexical

#: Texts asked for, as a hybrid search does.
LIMIT = 100
_WORD = re.compile(r"[^\W_]+")

Search = Callable[[str], Sequence[int]]


def build_tantivy(folder: Path, texts: Iterator[str]) -> None:
    """As the index does."""
    lexical.write(folder, texts)


def open_tantivy(folder: Path) -> Search:
    """As the index does."""
    opened = lexical.LexicalIndex(folder)
    return lambda query: list(opened.search(query, LIMIT))


def build_fts5(folder: Path, texts: Iterator[str]) -> None:
    """Porter's stemmer, no positions, no copy of the texts."""
    with closing(sqlite3.connect(folder / "fts.sqlite")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE t USING fts5(text, content='', detail=none, tokenize='porter')"
        )
        with connection:
            rows = enumerate(texts)
            connection.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)", rows)
            connection.execute("INSERT INTO t (t) VALUES ('optimize')")


def open_fts5(folder: Path) -> Search:
    """Any of the words, the best first."""
    connection = sqlite3.connect(folder / "fts.sqlite")

    def search(query: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(_WORD.findall(query.lower())))
        sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?"
        return [row for (row,) in connection.execute(sql, (words, LIMIT))]

    return search


def _stems(text: str) -> list[str]:
    stems: list[str] = lexical.analyser().analyze(text)
    return stems


def build_bm25s(folder: Path, texts: Iterator[str]) -> None:
    """The same stems as ours; every score is computed ahead."""
    import bm25s

    analyse = lexical.analyser().analyze
    numbers: dict[str, int] = {}
    rows = [[numbers.setdefault(stem, len(numbers)) for stem in analyse(text)] for text in texts]
    engine = bm25s.BM25(k1=1.2, b=0.75)
    engine.index((rows, numbers), show_progress=False)
    engine.save(str(folder))


def open_bm25s(folder: Path) -> Search:
    """Memory-mapped."""
    import bm25s

    engine: Any = bm25s.BM25.load(str(folder), mmap=True)

    def search(query: str) -> list[int]:
        known = [[stem for stem in _stems(query) if stem in engine.vocab_dict]]
        found, _ = engine.retrieve(known, k=LIMIT, show_progress=False)
        rows: list[int] = found[0].tolist()
        return rows

    return search


ENGINES: dict[str, tuple[Callable[[Path, Iterator[str]], None], Callable[[Path], Search]]] = {
    "tantivy": (build_tantivy, open_tantivy),
    "fts5": (build_fts5, open_fts5),
    "bm25s": (build_bm25s, open_bm25s),
}


def build(engine: str, folder: Path, data: Path, size: int) -> dict[str, float]:
    """Seconds and peak of memory, less what making the texts takes of either."""
    made = MadeTexts(real_texts(data))
    begin = time.perf_counter()
    for _ in made.texts(size):
        pass
    making, before = time.perf_counter() - begin, memory("VmHWM")
    begin = time.perf_counter()
    ENGINES[engine][0](folder, made.texts(size))
    return {
        "build": time.perf_counter() - begin - making,
        "peak": memory("VmHWM") - before,
        "disk": sum(path.stat().st_size for path in folder.iterdir()) / size,
    }


def read(engine: str, folder: Path, data: Path, count: int) -> dict[str, float]:
    """Milliseconds of a query, and what a reader holds."""
    queries = real_queries(data)[:count]
    before = memory("RssAnon")
    search = ENGINES[engine][1](folder)
    search(queries[0])
    times = []
    for query in queries:
        begin = time.perf_counter()
        search(query)
        times.append(1000 * (time.perf_counter() - begin))
    middle, late = np.quantile(times, [0.5, 0.99])
    return {"p50": float(middle), "p99": float(late), "private": memory("RssAnon") - before}


def _in_a_process(what: str, *arguments: object) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.lexical", "--do", what, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _do(what: str, engine: str, folder: str, data: str, number: str) -> None:
    act = build if what == "build" else read
    print(json.dumps(act(engine, Path(folder), Path(data), int(number))))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR")
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--do", nargs=5, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.do:
        _do(*options.do)
        return
    if not options.data:
        parser.error("--data DIR is needed")
    print(
        f"{'passages':>9} {'engine':8} {'build s':>8} {'peak MiB':>9} {'B/passage':>10} "
        f"{'p50 ms':>8} {'p99 ms':>8} {'reader MiB':>11}"
    )
    for size in map(int, options.sizes.split(",")):
        for engine in options.engines.split(","):
            if engine == "bm25s" and not importlib.util.find_spec("bm25s"):
                continue
            with tempfile.TemporaryDirectory() as folder:
                made = _in_a_process("build", engine, folder, options.data, size)
                found = _in_a_process("read", engine, folder, options.data, options.queries)
            print(
                f"{size:9} {engine:8} {made['build']:8.1f} {made['peak'] / 2**20:9.0f} "
                f"{made['disk']:10.0f} {found['p50']:8.1f} {found['p99']:8.1f} "
                f"{found['private'] / 2**20:11.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
