"""The reader's note on a claim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from factcheck.render.safe import plain
from factcheck.review.screens.dialog import Confirm, Dialog


class NoteScreen(Dialog[str]):
    """Lines to write in; an empty note takes it away. None leaves it as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save the note", priority=True),
    ]

    def __init__(self, note: str) -> None:
        super().__init__("Your note", "Ctrl+S saves · Escape leaves")
        self._before = "\n".join(plain(line) for line in note.split("\n"))

    def body(self) -> Iterable[Widget]:
        """An area of several lines."""
        yield TextArea(self._before, soft_wrap=True, tab_behavior="focus")

    def on_mount(self) -> None:
        """Write on at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def action_save(self) -> None:
        """Keep what is written."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_leave(self) -> None:
        """Ask first, if something would be lost."""
        if self.query_one(TextArea).text.strip() == self._before.strip():
            self.dismiss(None)
            return
        question = Confirm("Save the note?", "save it", "throw the change away")
        self.app.push_screen(question, self._left)

    def _left(self, save: bool | None) -> None:
        if save is None:  # Escape again: go on writing
            return
        if save:
            self.action_save()
        else:
            self.dismiss(None)
