"""A desk over a small index, without any model: what the tests of both views stand on."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factcheck.claims import Extraction
from factcheck.pipeline import Checker, CheckOptions
from factcheck.records import Article, Claim, ClaimKind
from factcheck.review.desk import Desk, Material
from factcheck.review.events import Checked, Event, Failed
from factcheck.session import SessionFile
from index import ReferenceIndex, build_index
from tests.fakes import WordEncoder, WordVerifier

SOURCES = {
    "port.txt": "the port of ostrel is deep.",
    "bridge.txt": "contrary to rumour the bridge at lune is not open.",
    "tower.txt": "the tower of varn was painted white by its keeper.",
}
ARTICLE = """\
the port of ostrel is deep.
the bridge at lune is open.
the tower of varn is white.
"""


def sentences(article: Article) -> Extraction:
    """A claim for every line of the article."""
    claims, start = [], 0
    for line in article.text.split("\n"):
        text = line
        if text:
            end = start + len(text)
            claims.append(
                Claim(text, start, end, text, None, ClaimKind.ASSERTION, 0.9, "a statement")
            )
        start += len(line) + 1
    return Extraction(tuple(claims), ())


def build(folder: Path, sources: dict[str, str]) -> None:
    """An index in `folder / "index"` of these files alone."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for old in corpus.iterdir():
        old.unlink()
    for name, text in sources.items():
        (corpus / name).write_text(text, encoding="utf-8")
    build_index(folder / "index", [corpus], encoder=WordEncoder(), prune=True)


class Bench:
    """An article, an index and a session's file in one folder; `article` may be rewritten."""

    def __init__(self, folder: Path, article: str = ARTICLE) -> None:
        self.folder = folder
        self.article = article
        self.extracted = 0
        build(folder, SOURCES)

    @contextmanager
    def desk(self, file: bool = True) -> Iterator[Desk]:
        """A desk, opened as the command opens it."""
        if not file:
            desk = Desk(self.material())
            yield desk
            desk.close()
            return
        with SessionFile(self.folder / "desk.json") as saved:
            desk = Desk(self.material(), saved)
            try:
                yield desk
            finally:
                desk.close()

    def material(self) -> Material:
        return Material("article.txt", self._read, self._extract, self._checker)

    def _read(self) -> Article:
        return Article.from_text(self.article, title="Ostrel")

    def _extract(self, article: Article) -> Extraction:
        self.extracted += 1
        return sentences(article)

    def _checker(self) -> Checker:
        reference = ReferenceIndex.open(self.folder / "index", encoder=WordEncoder())
        return Checker(reference, WordVerifier(), CheckOptions(passages=1, relevance=0.2))


def checked(desk: Desk) -> list[Event]:
    """Check all; the events until the check has come to its end."""
    seen: queue.Queue[Event] = queue.Queue()
    desk.start(seen.put)
    events: list[Event] = []
    while not events or not isinstance(events[-1], Checked | Failed):
        events.append(seen.get(timeout=20))
    return events
