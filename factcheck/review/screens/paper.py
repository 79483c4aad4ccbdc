"""Lines over the whole screen: the keys, and rulings without a claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer, Static

from factcheck.render.layout import Page
from factcheck.review.widgets.lines import LinesView, page

Lines = Callable[[Page], Sequence[Text]]


class PaperView(LinesView):
    """Lines that are made for the width there is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Down", show=False),
        Binding("up,k", "scroll_up", "Up", show=False),
        Binding("pagedown,space", "page_down", "Page down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("home,g", "scroll_home", "To the top", show=False),
        Binding("end,G", "scroll_end", "To the end", show=False),
    ]

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self._make = lines
        self._lines: Sequence[Text] = ()

    def lay(self) -> None:
        """Make the lines."""
        self._lines = self._make(page(self.width, colour=not self.app.no_color))
        self.redraw(len(self._lines))

    def line_text(self, number: int) -> Text:
        """One of them."""
        return self._lines[number] if number < len(self._lines) else Text()


class PaperScreen(Screen[None]):
    """A title and lines to read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "back", "Back")]

    def __init__(self, title: str, lines: Lines) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Title, lines, keys."""
        yield Static(Text(self._title, "bold"), classes="title", markup=False)
        yield PaperView(self._lines)
        yield Footer(compact=True, show_command_palette=False)

    def action_back(self) -> None:
        """Back to the review."""
        self.dismiss(None)
