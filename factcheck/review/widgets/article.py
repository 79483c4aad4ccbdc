"""The article as it reads, with its claims marked in place."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message

from factcheck.records import Article
from factcheck.render.layout import COLOURS, UNICODE
from factcheck.review.filters import verdict_of
from factcheck.review.widgets.layout import ArticleLayout, Piece, Source
from factcheck.review.widgets.lines import LinesView
from factcheck.session import Entry, Session, is_decided

#: What stands before a claim that is not checked yet, and before the sign of the reader's verdict.
UNCHECKED, DECIDED = "…", "●"
_NOTHING = Article("")


def sign_of(entry: Entry) -> str:
    """The sign of a claim: the verdict that stands, marked when it is the reader's own."""
    verdict = verdict_of(entry)
    own = DECIDED if is_decided(entry) else ""
    return own + (UNICODE.of(verdict) if verdict else UNCHECKED)


class ArticlePane(LinesView):
    """The article; the chosen claim is set off and kept in view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "screen.step(1)", "Next claim", show=False),
        Binding("up,k", "screen.step(-1)", "Previous claim", show=False),
        Binding("home,g", "screen.first", "First claim", show=False),
        Binding("end,G", "screen.last", "Last claim", show=False),
        Binding("enter,right,l", "screen.evidence", "Evidence", show=False),
        Binding("pagedown,space", "page_down", "Scroll down", show=False),
        Binding("pageup", "page_up", "Scroll up", show=False),
    ]

    class Chosen(Message):
        """A claim was clicked on."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 (as textual calls it)
        super().__init__(id)
        self._session = Session("", _NOTHING)
        self._shown: Collection[int] = ()
        self._chosen: int | None = None
        self._layout: ArticleLayout | None = None

    def set_session(self, session: Session, shown: Collection[int], chosen: int | None) -> None:
        """Another article, or other claims in it; `shown` are those the filter lets through.

        The chosen claim is followed, unless the reader has scrolled away from it.
        """
        follow = self._in_view()
        self._session, self._shown, self._chosen = session, shown, chosen
        self._lay(follow)

    def set_entry(self, number: int, session: Session, shown: Collection[int]) -> None:
        """Something has become known of one claim; all else is as it was."""
        self._session, self._shown = session, shown
        if self._layout is None or self._layout.claims != len(session.entries):
            self.lay()
            return
        moved = self._layout.sign(number, sign_of(session.entries[number]))
        if self._layout.height != self.virtual_size.height:
            self.redraw(self._layout.height)
        self.redraw_lines({*moved, *self._layout.stretches(number)})

    def set_shown(self, shown: Collection[int]) -> None:
        """Another filter."""
        self._shown = shown
        if self._layout:
            self.redraw(self._layout.height)

    def choose(self, number: int | None) -> None:
        """Set off a claim, in place of the one before, and bring it into view."""
        before, self._chosen = self._chosen, number
        if self._layout is None:
            return
        for each in (before, number):
            if each is not None and each < self._layout.claims:
                self.redraw_lines(set(self._layout.stretches(each)))
        if number is not None and number < self._layout.claims:
            self.show_lines(self._layout.lines_of(number))

    def lay(self) -> None:
        """Lay the article out for the pane's width; a chosen claim in view stays there."""
        self._lay(self._in_view())

    def _in_view(self) -> bool:
        """Whether the chosen claim can be seen; without one, whether the beginning can."""
        top = self.scroll_offset.y
        if self._layout is None or self._chosen is None or self._chosen >= self._layout.claims:
            return top == 0
        lines = self._layout.lines_of(self._chosen)
        return lines.stop > top and lines.start < top + self.scrollable_content_region.height

    def _lay(self, follow: bool) -> None:
        entries = self._session.entries
        source = Source(
            self._session.article.text,
            [entry.claim for entry in entries],
            self._session.skipped,
        )
        self._layout = ArticleLayout(source, [sign_of(entry) for entry in entries], self.width)
        self.redraw(self._layout.height)
        if follow and self._chosen is not None and self._chosen < self._layout.claims:
            self.show_lines(self._layout.lines_of(self._chosen))

    def line_text(self, number: int) -> Text:
        """A line, with its claims in the colours of their verdicts."""
        line = Text(end="")
        if self._layout and number < self._layout.height:
            for piece in self._layout.pieces(number, self._chosen):
                line.append(piece.text, self._style(piece))
        return line

    def on_click(self, event: Click) -> None:
        """Choose the claim there; where claims overlap, clicking again takes the next one."""
        if self._layout is None or not self._layout.height:
            return
        offset = event.get_content_offset(self)
        if offset is None:
            return
        line = self.scroll_offset.y + offset.y
        if line >= self._layout.height:
            return
        found = self._layout.claims_at(line, offset.x)
        if found:
            after = found.index(self._chosen) + 1 if self._chosen in found else 0
            self.post_message(self.Chosen(found[after % len(found)]))

    def _style(self, piece: Piece) -> Style:
        if piece.number < 0:
            return Style(dim=piece.skipped)
        if piece.number not in self._shown and not piece.chosen:
            return Style(dim=piece.sign)
        verdict = verdict_of(self._session.entries[piece.number])
        plain = self.app.no_color
        style = Style.parse(COLOURS[verdict]) if verdict and not plain else Style()
        if piece.sign:
            return style + Style(bold=True, reverse=piece.chosen)
        underlined = plain and not piece.chosen
        return style + Style(bold=piece.chosen, reverse=piece.chosen, underline=underlined)
