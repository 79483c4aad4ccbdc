"""The lines above and below the panes: what is checked, how far, and what has just happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rich.text import Text
from textual.widgets import Static

from factcheck.records import Article, Verdict
from factcheck.render.layout import COLOURS, UNICODE
from factcheck.render.safe import plain
from factcheck.review.filters import Filter, verdict_of
from factcheck.review.widgets.article import UNCHECKED
from factcheck.session import Session

#: Seconds that a message stays.
STAYS = 8.0
_GAP = "  "


class TitleBar(Static):
    """What is under review."""

    def __init__(self) -> None:
        super().__init__(markup=False)

    def set_article(self, article: Article, where: str) -> None:
        """Another article; both are foreign text."""
        name, source = article.title or where or "Untitled", article.source or where
        title = Text(plain(name), "bold")
        rest = [plain(part) for part in (source, article.published) if part and part != name]
        if rest:
            title.append(f"  {' · '.join(rest)}", "dim")
        title.no_wrap, title.overflow = True, "ellipsis"
        self.update(title)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a review is: the session, the filter and how many claims pass it."""

    session: Session
    filter: Filter
    shown: int


class StatusBar(Static):
    """Counts on the left, and on the right what is going on or has just happened."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._standing: Standing | None = None
        self._going_on = ""
        self._message = ""
        self._messages = 0

    @property
    def message(self) -> str:
        """What is said on the right."""
        return self._message or self._going_on

    def set_standing(self, standing: Standing) -> None:
        """Other counts."""
        self._standing = standing
        self.draw()

    def set_going_on(self, what: str) -> None:
        """What takes its time, until it is told otherwise; empty when nothing does."""
        self._going_on = what
        self.draw()

    def say(self, message: str) -> None:
        """Something that happened, for a few seconds; foreign text."""
        self._message = plain(message)
        self._messages += 1
        this = self._messages
        self.set_timer(STAYS, lambda: self._forget(this))
        self.draw()

    def draw(self) -> None:
        """Draw anew, for the width there is."""
        width = self.size.width
        counts = _counts(self._standing) if self._standing else Text()
        message = Text(self.message, "bold" if self._message else "italic")
        if counts.cell_len + message.cell_len + 2 > width and message:
            short = _signs(self._standing) if self._standing else Text()
            counts = short if short.cell_len + message.cell_len + 2 <= width else Text()
        space = max(0, width - counts.cell_len - message.cell_len)
        line = Text.assemble(counts, " " * space, message)
        line.truncate(max(1, width), overflow="ellipsis")
        self.update(line)

    def on_resize(self) -> None:
        """Use the width there is."""
        self.draw()

    def _forget(self, message: int) -> None:
        if message == self._messages:
            self._message = ""
            self.draw()


class Problem(Static):
    """What keeps the check from going on; it stays until the check goes on."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def set_problem(self, message: str) -> None:
        """Say what is wrong, foreign text; nothing is, when it is empty."""
        self.display = bool(message)
        self.update(Text(plain(message)))


def _signs(standing: Standing) -> Text:
    """How many claims have each verdict: `✓ 12  ✗ 5  ⇄ 0  ? 3`."""
    counts = Counter(verdict_of(entry) for entry in standing.session.entries)
    parts = [
        Text(f"{UNICODE.of(verdict)} {counts[verdict]}", COLOURS[verdict]) for verdict in Verdict
    ]
    if counts[None]:
        parts.append(Text(f"{UNCHECKED} {counts[None]}"))
    return Text(_GAP).join(parts)


def _counts(standing: Standing) -> Text:
    session, total = standing.session, len(standing.session.entries)
    parts = [_signs(standing)]
    if session.checked < total:
        parts.append(Text(f"{session.checked} of {total} checked"))
    parts.append(Text(f"{session.decided} of {total} decided"))
    if standing.filter is not Filter.ALL:
        parts.append(Text(f"filter: {standing.filter.value} ({standing.shown})", "bold"))
    if session.unplaced:
        parts.append(Text(f"{len(session.unplaced)} lost (L)", "bold"))
    return Text(_GAP).join(parts)
