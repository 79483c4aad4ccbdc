"""A passage in its document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer, Static

from factcheck.citation import page_name, spoken_date
from factcheck.records import Evidence
from factcheck.render.safe import plain
from factcheck.review.widgets.lines import LinesView
from factcheck.review.widgets.wrapping import paragraphs, wrap
from index import Document, Hit, Span

#: Code points of a document shown before and after a passage: some hundred pages.
AROUND = 200_000
_BAR, _NO_BAR = "┃ ", "  "


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: its text, where that begins in the document, and its length."""

    text: str
    start: int


class DocumentView(LinesView):
    """The text of a document; a passage in it has a bar, its deciding sentence is set off."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Down", show=False),
        Binding("up,k", "scroll_up", "Up", show=False),
        Binding("pagedown,space", "page_down", "Page down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("home,g", "scroll_home", "To the top", show=False),
        Binding("end,G", "scroll_end", "To the end", show=False),
        Binding("p", "passage", "To the passage"),
    ]

    def __init__(self, document: Document, item: Evidence) -> None:
        super().__init__()
        self._item = item
        passage = item.hit.passage
        self._begin = max(0, passage.start - AROUND)
        self._text = plain(document.text[self._begin : passage.end + AROUND])
        self._cut = len(document.text) - len(self._text)
        self._lines: list[_Line] = []
        self._paragraphs = [
            (self._begin + span.start, self._text[span.start : span.end])
            for span in paragraphs(document.text[self._begin : passage.end + AROUND])
        ]

    @property
    def cut(self) -> int:
        """Code points of the document that are not shown."""
        return self._cut

    def lay(self) -> None:
        """Break the text into lines, and show the passage."""
        width = self.width - len(_BAR)
        self._lines = []
        for start, text in self._paragraphs:
            lines = wrap(text, width) or [Span(0, 0)]
            self._lines += [_Line(text[s.start : s.end], start + s.start) for s in lines]
        self.redraw(len(self._lines))
        self.action_passage()

    def action_passage(self) -> None:
        """Scroll to the deciding sentence."""
        self.show_lines(self.lines_of(self._item.sentence), margin=4)

    def lines_of(self, span: Span) -> range:
        """The lines in which a stretch of the document stands."""
        found = [n for n, line in enumerate(self._lines) if _cut(line, span)]
        return range(found[0], found[-1] + 1) if found else range(0)

    def line_text(self, number: int) -> Text:
        """A line, with what is set off in it."""
        if number >= len(self._lines):
            return Text(end="")
        line = self._lines[number]
        passage, sentence = self._item.hit.passage, self._item.sentence
        inside = _cut(line, Span(passage.start, passage.end))
        text = Text(line.text, end="")
        if cut := _cut(line, sentence):
            text.stylize("bold reverse", cut.start, cut.end)
        elif not inside and line.text:
            text.stylize("dim")
        for each in self._item.mismatches:
            if cut := _cut(line, each.passage_span):
                text.stylize("underline", cut.start, cut.end)
        return Text.assemble(_BAR if inside else _NO_BAR, text, end="")


class DocumentScreen(Screen[None]):
    """A document, from its passage on; `outside` opens it in its application."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "outside", "Open in its application"),
        Binding("escape,q,left,h", "back", "Back"),
    ]

    def __init__(
        self, document: Document, item: Evidence, outside: Callable[[Hit], object]
    ) -> None:
        super().__init__()
        self._document = document
        self._item = item
        self._outside = outside

    def compose(self) -> ComposeResult:
        """How it is cited, its text, and the keys."""
        view = DocumentView(self._document, self._item)
        hit = self._item.hit
        title = Text(plain(self._document.title or hit.passage.document_id), "bold")
        source = self._document.source or hit.passage.document_id
        parts = [
            spoken_date(self._document.published or hit.published or ""),
            page_name(hit.page),
            hit.index,
            source,
            f"{view.cut:,} characters far from the passage are left out" if view.cut else "",
        ]
        told = Text(plain(" · ".join(part for part in parts if part)), "dim")
        for line in (title, told):
            line.no_wrap, line.overflow = True, "ellipsis"
        yield Static(title, classes="title", markup=False)
        yield Static(told, classes="cited", markup=False)
        yield view
        yield Footer(compact=True, show_command_palette=False)

    def action_outside(self) -> None:
        """Open it in the application the system has for it."""
        self._outside(self._item.hit)

    def action_back(self) -> None:
        """Back to the review."""
        self.dismiss(None)


def _cut(line: _Line, span: Span) -> Span | None:
    """The part of `span` in a line, counted from the line's beginning."""
    start, end = max(0, span.start - line.start), min(len(line.text), span.end - line.start)
    return Span(start, end) if start < end else None
