"""Search again, with the reader's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from factcheck.render.safe import plain
from factcheck.review.screens.dialog import Dialog


class SearchScreen(Dialog[str]):
    """The words to search with; they begin as the claim's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "search", "Search"),
        Binding("ctrl+u", "clear", "Begin with no words"),
    ]

    def __init__(self, words: str) -> None:
        super().__init__(
            "Search again, in these words",
            "Enter searches · Ctrl+U empties the line · Escape leaves",
        )
        self._words = " ".join(plain(words).split())

    def body(self) -> Iterable[Widget]:
        """One line to edit."""
        yield Input(self._words, placeholder="words a source would use", select_on_focus=False)

    def on_mount(self) -> None:
        """Edit at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search, when there is something to search for."""
        if words := event.value.strip():
            self.dismiss(words)

    def action_search(self) -> None:
        """As Enter in the line does."""
        if words := self.query_one(Input).value.strip():
            self.dismiss(words)

    def action_clear(self) -> None:
        """Empty the line."""
        self.query_one(Input).value = ""
