"""The review as a dialogue line by line: for screen readers, simple terminals and scripts.

Nothing is drawn and nothing is coloured. What the application can do, this can.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from factcheck.errors import FactcheckError
from factcheck.records import Claim, Evidence, Verdict
from factcheck.render.finding import VERDICTS, choose
from factcheck.render.formats import Format
from factcheck.render.layout import count
from factcheck.render.safe import encodable, plain
from factcheck.review.desk import Desk, passages_added
from factcheck.review.events import Checked, Event, Extracted, Failed, Found, Reading
from factcheck.review.filters import Filter
from factcheck.review.lines import cited, claim_lines, finding_lines, noted, ruling_lines, state
from factcheck.session import Entry
from index import Hit, ReferenceIndexError

ReadLine = Callable[[str], str]

#: Code points of a document shown before and after a passage.
AROUND = 600
#: Code points of a claim in a list.
LISTED = 90

_VERDICTS = {
    "s": Verdict.SUPPORTED,
    "r": Verdict.REFUTED,
    "c": Verdict.CONFLICTING,
    "n": Verdict.NOT_ENOUGH_EVIDENCE,
    "x": None,
}


@dataclass(frozen=True, slots=True)
class Command:
    """What can be typed: its words, what follows them, and what it does."""

    names: tuple[str, ...]
    takes: str
    help: str
    run: Callable[[str], None]


class PlainReview:
    """A dialogue about the claims of a desk.

    `read_line` gives what is typed at a prompt and raises `EOFError` at the end of input.
    """

    def __init__(self, desk: Desk, console: Console, read_line: ReadLine = input) -> None:
        self._desk = desk
        self._console = console
        self._read_line = read_line
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._filter = Filter.ALL
        self._at: int | None = None
        self._seen: Claim | None = None
        self._all = False
        self._over = False
        self.commands = (
            Command(("next", "n", "j", ""), "", "the next claim (Enter alone, too)", self._next),
            Command(("previous", "p", "k"), "", "the one before", self._previous),
            Command(("go", "g"), "NUMBER", "the claim of that number", self._go),
            Command(("list", "l"), "", "all claims, a line each", self._list),
            Command(("show",), "", "this claim again", self._again),
            Command(("all", "a"), "", "this claim with its neutral passages", self._neutral),
            Command(("search", "/"), "WORDS", "search again with these words", self._search),
            Command(("open", "o"), "PASSAGE", "a passage in its document", self._open),
            Command(("outside", "O"), "PASSAGE", "its document in an application", self._outside),
            Command(
                ("verdict", "v"),
                "s|r|c|n|x",
                "your verdict: supported, refuted, conflicting, not enough evidence, or none",
                self._verdict,
            ),
            Command(("note",), "TEXT", "your note; without text it is taken away", self._note),
            Command(("undo", "u"), "", "take your last step back", self._undo),
            Command(("filter", "f"), "WHICH", "which claims to go through", self._choose),
            Command(("article",), "", "the article as it reads", self._article),
            Command(("lost",), "", "verdicts whose claims the article no longer has", self._lost),
            Command(("export", "e"), "FORMAT FILE", "write the report", self._export),
            Command(("recheck",), "", "read article and index anew", self._recheck),
            Command(("status", "w"), "", "how far the check and you are", self._status),
            Command(("help", "?"), "", "this list", self._help),
            Command(("quit", "q"), "", "leave; all you decided is saved", self._quit),
        )

    def run(self) -> None:
        """Talk until the reader leaves or the input ends."""
        self._say("Review of one article, in plain lines. Type ? for help.")
        self._desk.start(self._events.put)
        self._wait_for_claims()
        self._status("")
        if self._desk.session.entries:
            self._go("1")
        else:
            self._say(
                "there is no claim to check; `factcheck claims ARTICLE` says what was skipped"
            )
        while not self._over:
            try:
                line = self._read_line("> ")
            except EOFError:
                return
            self._tell_news()
            self._obey(line.strip())

    def _obey(self, line: str) -> None:
        if line.isdecimal():
            self._go(line)
            return
        if line.startswith("/"):
            line = f"search {line[1:]}"
        word, _, rest = line.partition(" ")
        exact = [each for each in self.commands if word in each.names]
        known = exact or [each for each in self.commands if word.lower() in each.names]
        if not known:
            self._say(f"there is no command {word!r}; type ? for those there are")
            return
        try:
            known[0].run(rest.strip())
        except (FactcheckError, ReferenceIndexError) as error:
            self._say(str(error))

    def _say(self, *lines: str) -> None:
        """Lines of text, inert: foreign text among them is neither markup nor control codes."""
        encoding = self._console.encoding
        for line in lines:
            self._console.out(encodable(plain(line), encoding), highlight=False)

    def _wait_for_claims(self) -> None:
        while True:
            event = self._events.get()
            if isinstance(event, Reading):
                self._say(event.what)
            else:
                self._events.put(event)
                return

    def _tell_news(self) -> None:
        """Say what has happened since the last line."""
        while not self._events.empty():
            match self._events.get():
                case Failed(message):
                    self._say(f"The check stopped: {message}")
                case Checked(summary):
                    self._say(f"All claims are checked. {summary}".strip())
                case Reading(what):
                    self._say(what)
                case Found() | Extracted():
                    pass

    # moving

    def _numbers(self) -> list[int]:
        return self._desk.chosen(self._filter)

    def _next(self, _: str) -> None:
        after = [n for n in self._numbers() if self._at is None or n > self._at]
        self._move(after[0] if after else None, "this was the last one")

    def _previous(self, _: str) -> None:
        before = [n for n in self._numbers() if self._at is not None and n < self._at]
        self._move(before[-1] if before else None, "this was the first one")

    def _move(self, number: int | None, otherwise: str) -> None:
        if number is None:
            among = "" if self._filter is Filter.ALL else f" among those {self._filter.value}"
            self._say(f"{otherwise}{among}")
            return
        self._at, self._all = number, False
        self._show()

    def _go(self, which: str) -> None:
        total = len(self._desk.session.entries)
        if not which.isdecimal() or not 1 <= int(which) <= total:
            self._say(f"got {which!r}, expected the number of a claim, 1 to {total}")
            return
        self._move(int(which) - 1, "")

    def _again(self, _: str) -> None:
        self._show()

    def _neutral(self, _: str) -> None:
        self._all = True
        self._show()

    def _choose(self, which: str) -> None:
        chosen = [each for each in Filter if which and each.value.startswith(which.lower())]
        if len(chosen) != 1:
            names = "; ".join(each.value for each in Filter)
            self._say(f"got {which!r}, expected the beginning of one of: {names}")
            return
        self._filter = chosen[0]
        self._say(f"{count(len(self._numbers()), 'claim')}: {self._filter.value}")

    # showing

    def _current(self) -> Entry | None:
        entries = self._desk.session.entries
        if self._at is None or self._at >= len(entries):
            self._say("no claim is chosen; type a number, or ? for help")
            return None
        return entries[self._at]

    def _show(self) -> None:
        entry = self._current()
        if entry is not None and self._at is not None:
            self._seen, total = entry.claim, len(self._desk.session.entries)
            self._say("", *claim_lines(entry, self._at, total, self._desk.place(self._at)))
            self._say(*finding_lines(entry, self._passages(entry)))
            self._say(*ruling_lines(entry))

    def _passages(self, entry: Entry) -> list[Evidence]:
        return choose(entry.finding, 3, self._all) if entry.finding else []

    def _list(self, _: str) -> None:
        for number in self._numbers():
            entry = self._desk.session.entries[number]
            text = entry.claim.text
            short = text if len(text) <= LISTED else text[:LISTED].rstrip() + "…"
            self._say(f"{number + 1}. {state(entry)}: {short}")

    def _article(self, _: str) -> None:
        self._say(*self._desk.session.article.text.split("\n"))

    def _lost(self, _: str) -> None:
        lost = self._desk.session.unplaced
        self._say(f"{len(lost)} of your verdicts and notes have no claim now")
        for item in lost:
            verdict = VERDICTS[item.ruling.verdict] if item.ruling.verdict else "no verdict"
            self._say(f"{verdict}: {item.claim_text}", *noted(item.ruling.note))

    def _status(self, _: str) -> None:
        session = self._desk.session
        total = len(session.entries)
        self._say(
            f"{session.article.title or 'Untitled'}: {count(total, 'claim')}, "
            f"{session.checked} checked, {session.decided} decided by you"
        )
        if session.unplaced:
            self._say(f"{len(session.unplaced)} of your verdicts have lost their claim; type lost")
        if self._desk.path and self._desk.path.exists():
            self._say(f"saved in {self._desk.path}")

    def _help(self, _: str) -> None:
        for each in self.commands:
            names = ", ".join(name for name in each.names if name)
            takes = f" {each.takes}" if each.takes else ""
            self._say(f"{names}{takes}: {each.help}")

    # doing

    def _verdict(self, which: str) -> None:
        if self._current() is None or self._at is None:
            return
        if which.lower() not in _VERDICTS:
            self._say(f"got {which!r}, expected s, r, c or n, or x to take yours back")
            return
        verdict = _VERDICTS[which.lower()]
        self._desk.decide(self._at, verdict, self._seen)
        self._say(f"your verdict: {VERDICTS[verdict]}" if verdict else "your verdict is taken back")

    def _note(self, text: str) -> None:
        if self._current() is not None and self._at is not None:
            self._desk.annotate(self._at, text, self._seen)
            self._say("noted" if text else "your note is taken away")

    def _undo(self, _: str) -> None:
        self._say(self._desk.undo())

    def _search(self, words: str) -> None:
        if self._current() is not None and self._at is not None:
            self._say("searching…")
            known = self._desk.session.entries[self._at].finding
            finding = self._desk.search(self._at, words, self._seen).result()
            new = passages_added(known, finding)
            self._say(f"{count(new, 'new passage')}")
            self._neutral("")

    def _hit(self, which: str) -> Hit | None:
        entry = self._current()
        shown = self._passages(entry) if entry else []
        if not which and shown:
            return shown[0].hit
        if which.isdecimal() and 1 <= int(which) <= len(shown):
            return shown[int(which) - 1].hit
        if entry:
            self._say(f"got {which!r}, expected the number of a passage, 1 to {len(shown)}")
        return None

    def _open(self, which: str) -> None:
        hit = self._hit(which)
        if hit is None:
            return
        document = self._desk.document(hit).result()
        start, end = hit.passage.start, hit.passage.end
        before = document.text[max(0, start - AROUND) : start]
        after = document.text[end : end + AROUND]
        self._say(cited(hit), "Before it:" if before.strip() else "It begins so.")
        self._say(*before.split("\n"), "The passage:", *document.text[start:end].split("\n"))
        self._say("After it:" if after.strip() else "It ends so.", *after.split("\n"))

    def _outside(self, which: str) -> None:
        hit = self._hit(which)
        if hit is not None:
            self._say(self._desk.outside(hit).result())

    def _export(self, what: str) -> None:
        name, _, file = what.partition(" ")
        forms = [each.value for each in Format]
        if name not in forms or not file.strip():
            self._say(f"got {what!r}, expected FORMAT FILE, with one of: {', '.join(forms)}")
            return
        self._say(self._desk.export(Path(file.strip()), Format(name)))

    def _recheck(self, _: str) -> None:
        self._desk.recheck()

    def _quit(self, _: str) -> None:
        self._over = True
