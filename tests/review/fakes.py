"""A desk without worker, index or models: the test says what happens, and when."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from factcheck.records import Article, Claim, ClaimKind, Finding, Report
from factcheck.review.desk import Desk
from factcheck.review.events import Event, Extracted, Found
from factcheck.session import Entry, Session, Unplaced
from index import Document, Hit
from tests.render.sample import report as sample_report


class FakeDesk(Desk):
    """A desk whose worker is the test; rulings, filters and exports are the real ones."""

    def __init__(self, session: Session, findings: Iterable[Finding] = ()) -> None:
        self._session = session
        self._file = None
        self._lock = threading.RLock()
        self._listener = lambda _: None
        self.findings = tuple(findings)
        self.rechecked = 0
        self.searches: list[tuple[int, str, Future[Finding]]] = []
        self.documents: list[tuple[Hit, Future[Document]]] = []
        self.outsides: list[tuple[Hit, Future[str]]] = []

    @property
    def path(self) -> Path | None:
        return None

    def recheck(self) -> None:
        self.rechecked += 1

    def close(self) -> bool:
        return True

    def search(self, number: int, words: str, seen: Claim | None = None) -> Future[Finding]:
        _ = seen
        future: Future[Finding] = Future()
        self.searches.append((number, words, future))
        return future

    def document(self, hit: Hit) -> Future[Document]:
        future: Future[Document] = Future()
        self.documents.append((hit, future))
        return future

    def outside(self, hit: Hit) -> Future[str]:
        future: Future[str] = Future()
        self.outsides.append((hit, future))
        return future

    # what the worker would do

    def tell(self, event: Event) -> None:
        self._listener(event)

    def read(self, session: Session) -> None:
        """Article and claims are others now."""
        self._session = session
        self.tell(Extracted())

    def find(self, finding: Finding, number: int) -> None:
        """A finding has come."""
        self._session = self._session.found(number, finding)
        self.tell(Found(number))

    def find_all(self) -> None:
        for number, finding in enumerate(self.findings):
            self.find(finding, number)

    def searched(self, finding: Finding) -> None:
        """The last search has come to its end."""
        number, words, future = self.searches[-1]
        found = replace(finding, searches=(*finding.searches, words))
        self._session = self._session.searched(number, found)
        future.set_result(found)


def session_of(report: Report, checked: bool = True) -> Session:
    """The review of a report."""
    findings = sorted(report.findings, key=lambda finding: finding.claim.start)
    entries = tuple(Entry(each.claim, each if checked else None) for each in findings)
    return Session("velmark.md", report.article, entries, report.skipped, manifest=report.manifest)


def sample(checked: bool = True, unplaced: tuple[Unplaced, ...] = ()) -> FakeDesk:
    """A desk over the invented article with text of every awkward kind."""
    report = sample_report()
    findings = sorted(report.findings, key=lambda finding: finding.claim.start)
    return FakeDesk(replace(session_of(report, checked), unplaced=unplaced), findings)


def long_article(claims: int) -> Session:
    """An article in which every sentence is a claim that nothing is known of yet."""
    text, found = "", []
    for number in range(claims):
        sentence = f"In the year {1000 + number} the town of Velmark counted {number * 7} boats."
        start = len(text)
        kind = ClaimKind.FIGURE
        found.append(
            Claim(sentence, start, start + len(sentence), sentence, None, kind, 0.9, "a number")
        )
        text += sentence + ("\n\n" if number % 6 == 5 else " ")
    return Session("boats.md", Article(text, "Boats"), tuple(Entry(claim) for claim in found))


def document_of(hit: Hit) -> Document:
    """A document in which the passage stands where it says."""
    passage = hit.passage
    before = ("The board met on the first Monday of the month. " * 40)[: passage.start]
    text = before.ljust(passage.start, ".") + passage.text + "\n\nAnd so it went on. " * 30
    return Document(passage.document_id, hit.title, text, hit.source, hit.published, "00")
