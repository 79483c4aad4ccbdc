"""Lists of addresses among the corpus → sources that a build reads like files.

The pages are fetched before anything is read; what came is committed page by page, so an
interrupted build goes on with the page it had come to. A page that cannot be fetched now is read
from the copy that was kept of it, and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.corpus import CorpusFile, existing
from index.errors import UnreadableDocument
from index.records import Skipped
from index.web.addresslist import Listed, read_list
from index.web.copies import Copies, Kept
from index.web.crawl import crawl
from index.web.fetching import Fetcher
from index.web.page import Page
from index.web.records import Answer, FetchLimits, State

#: Bad lines of a list reported one by one; the others are counted.
MAX_REPORTED = 20


@dataclass(frozen=True, slots=True)
class FetchedLists:
    """What came of lists: `pages` in their order, and the paths of the lists that were `read`.

    `skipped` has what is wrong with the lists, and every page that could not be had or is not up to
    date.
    """

    pages: tuple[Page, ...]
    skipped: tuple[Skipped, ...]
    read: frozenset[str]


def fetch_lists(
    copies: Copies, lists: Sequence[Path], limits: FetchLimits, progress: Callable[[int, int], None]
) -> FetchedLists:
    """Fetch the pages of `lists`; `progress` is told how many of how many are done.

    Raises `CorpusError` when there is no such list.
    """
    fetcher = Fetcher(limits)
    try:
        pages = Pages(copies, fetcher)
        for each in lists:
            pages.take_in(each)
        return pages.fetch(progress)
    finally:
        fetcher.close()


class Pages:
    """The pages of one build."""

    def __init__(self, copies: Copies, fetcher: Fetcher) -> None:
        self._copies = copies
        self._fetcher = fetcher
        self._listed_in: dict[str, str] = {}
        self._read: set[str] = set()
        self._skipped: list[Skipped] = []

    def take_in(self, path: Path) -> None:
        """Take in a list of addresses; what is wrong with it is reported by `fetch`.

        Raises `CorpusError` when there is none.
        """
        found = existing(path)
        file = CorpusFile(found.name, found, found.parent)
        try:
            self._read_list(file)
        except UnreadableDocument as error:
            self._skipped.append(Skipped(file.id, str(error)))
        else:
            self._read.add(str(file.path))

    def _read_list(self, file: CorpusFile) -> None:
        bad = 0
        for item in read_list(file.read()):
            if isinstance(item, Listed):
                self._listed_in.setdefault(item.url, str(file.path))
                continue
            bad += 1
            if bad <= MAX_REPORTED:
                self._skipped.append(Skipped(file.id, f"line {item.line}: {item.reason}"))
        if bad > MAX_REPORTED:
            self._skipped.append(Skipped(file.id, f"{bad - MAX_REPORTED} more bad lines"))

    def fetch(self, progress: Callable[[int, int], None]) -> FetchedLists:
        """Ask for every page and commit what comes; a page without a copy is left out."""
        self._copies.move(self._listed_in)
        urls, reasons = list(self._listed_in), dict[str, str]()
        progress(0, len(urls))
        # closed at once on Ctrl-C, so that no host is asked any more
        with closing(crawl(self._fetcher, urls, self._copies.known())) as answers:
            for done, answer in enumerate(answers, start=1):
                self._commit(answer)
                if answer.reason:
                    reasons[answer.url] = answer.reason
                progress(done, len(urls))
        found = [(url, self._copies.latest(url)) for url in urls]
        self._skipped += [
            _outdated(url, reasons[url], kept) for url, kept in found if url in reasons
        ]
        pages = tuple(Page(kept, self._copies) for _, kept in found if kept)
        return FetchedLists(pages, tuple(self._skipped), frozenset(self._read))

    def _commit(self, answer: Answer) -> None:
        """Keep what is new; a page that is as it was costs the index nothing."""
        if answer.state is State.NEW and answer.copy:
            self._copies.keep(answer.url, self._listed_in[answer.url], answer.copy)


def _outdated(url: str, reason: str, kept: Kept | None) -> Skipped:
    return Skipped(url, f"{reason}; the copy of {kept.retrieved[:10]} is kept" if kept else reason)
