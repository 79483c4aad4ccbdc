"""What a reader does to the chosen claim: ask for it, do it, say what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import PurePath
from typing import Any, TypeVar

from textual.message import Message
from textual.screen import Screen

from factcheck.errors import FactcheckError
from factcheck.records import Claim, Evidence, Finding
from factcheck.render.finding import VERDICTS
from factcheck.render.layout import count
from factcheck.render.safe import plain
from factcheck.review.desk import Desk, passages_added
from factcheck.review.events import Event
from factcheck.review.filters import Filter, verdict_of
from factcheck.review.screens.dialog import Choice, Confirm, Dialog
from factcheck.review.screens.document import DocumentScreen, DocumentView
from factcheck.review.screens.export import Export, ExportScreen
from factcheck.review.screens.filter import FilterScreen
from factcheck.review.screens.help import HelpScreen, Section
from factcheck.review.screens.lost import LostScreen
from factcheck.review.screens.note import NoteScreen
from factcheck.review.screens.paper import PaperScreen, PaperView
from factcheck.review.screens.search import SearchScreen
from factcheck.review.screens.verdict import Decision, VerdictScreen
from factcheck.review.widgets.article import ArticlePane
from factcheck.review.widgets.finding import FindingPane
from factcheck.review.widgets.status import StatusBar
from factcheck.session import Entry
from index import Document, Hit, ReferenceIndexError

T = TypeVar("T")


class Happened(Message):
    """The desk tells something; it comes from the worker's thread."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


class Came(Message):
    """What was asked for has come, or could not."""

    def __init__(self, future: Future[Any], then: Callable[[Any], None]) -> None:
        super().__init__()
        self.future = future
        self.then = then


class Asking(Screen[None]):
    """The part of the review that changes something; what is shown is the subclass's."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._pending = 0
        self._writer = ThreadPoolExecutor(max_workers=1)

    @property
    def selected(self) -> int | None:
        """The number of the chosen claim."""
        raise NotImplementedError

    @property
    def filter(self) -> Filter:
        """Which claims are gone through."""
        raise NotImplementedError

    @property
    def entry(self) -> Entry | None:
        """The chosen claim, and what is known of it."""
        raise NotImplementedError

    @property
    def finding(self) -> FindingPane:
        """The pane of the chosen claim."""
        raise NotImplementedError

    def heard(self, event: Event) -> None:
        """Show what the desk tells."""
        raise NotImplementedError

    def changed(self, number: int) -> None:
        """Show what has changed of a claim."""
        raise NotImplementedError

    def choose(self, number: int | None) -> None:
        """Go to a claim."""
        raise NotImplementedError

    def set_filter(self, chosen: Filter) -> None:
        """Go through other claims."""
        raise NotImplementedError

    def say(self, message: str) -> None:
        """Say what has happened; foreign text."""
        self.query_one(StatusBar).say(message)

    def say_wrong(self, message: str) -> None:
        """Say what could not be done; foreign text."""
        self.app.notify(plain(message), severity="error", timeout=10, markup=False)

    # what takes time

    def _hear(self, event: Event) -> None:
        self.post_message(Happened(event))

    def on_happened(self, message: Happened) -> None:
        """The desk told something."""
        self.heard(message.event)

    def _when(self, future: Future[T], then: Callable[[T], None]) -> None:
        """Do `then` with what comes, on the screen's own thread."""
        self._pending += 1
        future.add_done_callback(lambda done: self.post_message(Came(done, then)))

    def on_came(self, message: Came) -> None:
        """What was asked for is here, or an error is."""
        self._pending -= 1
        if message.future.cancelled():
            return
        error = message.future.exception()
        if error is None:
            message.then(message.future.result())
        elif isinstance(error, FactcheckError | ReferenceIndexError | OSError):
            self.say_wrong(str(error))
            self.say("that did not work")
        else:
            raise error

    def _try(self, number: int, change: Callable[[], object], said: str) -> None:
        """Change something of a claim that is saved at once."""
        try:
            change()
        except FactcheckError as error:
            self.say_wrong(str(error))
            return
        self.changed(number)
        self.say(said)

    def _number_of(self, claim: Claim) -> int | None:
        """The number of a claim, which may be another since a question was asked about it."""
        entries = self.desk.session.entries
        at = self.selected
        if at is not None and at < len(entries) and entries[at].claim == claim:
            return at
        for number, entry in enumerate(entries):
            if entry.claim == claim:
                return number
        self.say_wrong("the article has changed meanwhile; choose the claim again")
        return None

    def _entry(self) -> Entry | None:
        if self.entry is None:
            self.say("there is no claim to do that to")
        return self.entry

    # the keys

    def action_verdict(self) -> None:
        """Ask for the reader's verdict."""
        if entry := self._entry():
            screen = VerdictScreen(verdict_of(entry))
            self.app.push_screen(screen, lambda got: self._decide(entry.claim, got))

    def _decide(self, claim: Claim, got: Decision | None) -> None:
        number = self._number_of(claim) if got else None
        if got is None or number is None:
            return
        told = f"your verdict: {VERDICTS[got.verdict]}" if got.verdict else "your verdict is gone"
        self._try(number, lambda: self.desk.decide(number, got.verdict, claim), told)

    def action_note(self) -> None:
        """Ask for a note."""
        if entry := self._entry():
            screen = NoteScreen(entry.ruling.note if entry.ruling else "")
            self.app.push_screen(screen, lambda note: self._annotate(entry.claim, note))

    def _annotate(self, claim: Claim, note: str | None) -> None:
        number = self._number_of(claim) if note is not None else None
        if note is None or number is None:
            return
        told = "the note is saved" if note else "there is no note now"
        self._try(number, lambda: self.desk.annotate(number, note, claim), told)

    def action_undo(self) -> None:
        """Take the last step back, and show where that was."""
        history = self.desk.session.history
        try:
            told = self.desk.undo()
        except FactcheckError as error:
            self.say_wrong(str(error))
            return
        if history:
            self.changed(history[-1].number)
            self.choose(history[-1].number)
        self.say(told)

    def action_search(self) -> None:
        """Ask for words to search with."""
        if entry := self._entry():
            screen = SearchScreen(entry.claim.standalone)
            self.app.push_screen(screen, lambda words: self._search(entry.claim, words))

    def _search(self, claim: Claim, words: str | None) -> None:
        number = self._number_of(claim) if words else None
        if not words or number is None:
            return
        known = self.desk.session.entries[number].finding
        self.say("searching…")
        future = self.desk.search(number, words, claim)
        self._when(future, lambda finding: self._searched(claim, known, finding))

    def _searched(self, claim: Claim, known: Finding | None, finding: Finding) -> None:
        new = passages_added(known, finding)
        number = self._number_of(claim)
        if number is None:
            return
        self.changed(number)
        told = f"{count(new, 'new passage')} for claim {number + 1}"
        if number == self.selected:
            self.finding.show_all()
        self.say(told if new else f"no new passage for claim {number + 1}")

    def action_open(self) -> None:
        """Open the chosen passage in its document."""
        item = self._passage()
        if item:
            self.say("opening…")
            self._when(self.desk.document(item.hit), lambda found: self._opened(found, item))

    def _opened(self, document: Document, item: Evidence) -> None:
        self.say("")
        if self.app.screen is self:  # whoever has gone on to something else is left there
            self.app.push_screen(DocumentScreen(document, item, self.open_outside))

    def action_outside(self) -> None:
        """Open its document in the application for it."""
        if item := self._passage():
            self.open_outside(item.hit)

    def open_outside(self, hit: Hit) -> None:
        """Open the document of a passage in the application the system has for it."""
        self._when(self.desk.outside(hit), lambda told: self.app.notify(plain(told), markup=False))

    def _passage(self) -> Evidence | None:
        item = self.finding.passage
        if item is None:
            self.say("no passage is shown; / searches again")
        return item

    def action_filter(self) -> None:
        """Ask which claims to go through."""
        counts = {each: len(self.desk.chosen(each)) for each in Filter}
        screen = FilterScreen(self.filter, counts)
        self.app.push_screen(screen, lambda got: self.set_filter(got) if got else None)

    def action_export(self) -> None:
        """Ask how and where to write the report."""
        self.app.push_screen(ExportScreen(self._stem()), self._export)

    def _export(self, export: Export | None) -> None:
        if export is None:
            return
        self.say("writing…")
        future = self._writer.submit(self.desk.export, export.path, export.form, export.everything)
        self._when(future, self.say)

    def _stem(self) -> str:
        """A file's name after the article's, with nothing in it that a file system minds."""
        session = self.desk.session
        where = session.where.rstrip("/").rsplit("/", 1)[-1]
        stem = PurePath(where).stem if where != "-" else session.article.title
        return (re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:60] or "article") + "-checked"

    def action_recheck(self) -> None:
        """Read article and index anew."""
        self.desk.recheck()
        self.say("checking again")

    def action_lost(self) -> None:
        """Show the rulings that have no claim."""
        self.app.push_screen(LostScreen(self.desk.session.unplaced))

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen(sections(type(self))))

    def action_leave(self) -> None:
        """Leave; ask first if something would be cut short."""
        if not self._pending:
            self.app.exit()
            return
        question = Confirm("Something is still being done", "leave anyway", "wait for it")
        self.app.push_screen(question, lambda yes: self.app.exit() if yes else None)


def sections(review: type[Asking]) -> list[Section]:
    """Every place that binds keys, for the help."""
    return [
        Section.of("Anywhere", review),
        Section.of("In the article", ArticlePane),
        Section.of("In the evidence", FindingPane),
        Section.of("In a document", DocumentScreen),
        Section.of("In the text of a document", DocumentView),
        Section.of("Where something is asked", Dialog),
        Section.of("In a list", Choice),
        Section.of("Your verdict", VerdictScreen),
        Section.of("Your note", NoteScreen),
        Section.of("Search", SearchScreen),
        Section.of("Export", ExportScreen),
        Section.of("Yes or no", Confirm),
        Section.of("In this list", PaperScreen),
        Section.of("In its lines", PaperView),
    ]
