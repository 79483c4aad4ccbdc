"""Write the report: in which form, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Checkbox, Input, OptionList
from textual.widgets.option_list import Option

from factcheck.render.formats import Format
from factcheck.render.safe import plain
from factcheck.review.screens.dialog import Confirm, Dialog

_TOLD = {
    Format.HTML: "a page to hand over or print",
    Format.MARKDOWN: "text with headings and links",
    Format.CSV: "a table, a claim in each row",
    Format.JSON: "everything, for other tools",
    Format.CLAIMREVIEW: "your verdicts, for search engines",
    Format.TERMINAL: "as `factcheck check` shows it",
}


@dataclass(frozen=True, slots=True)
class Export:
    """A report to be written; `everything` as in `render`."""

    path: Path
    form: Format
    everything: bool


class ExportScreen(Dialog[Export]):
    """A form, a file's name, and whether ClaimReview holds what is not decided."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "write", "Write the file", priority=True),
    ]

    def __init__(self, stem: str) -> None:
        """`stem` begins the name that is offered."""
        super().__init__("Export", "Enter writes · Tab to the next field · Escape leaves")
        self._stem = stem
        self._forms = list(_TOLD)
        self._offered = ""

    def body(self) -> Iterable[Widget]:
        """Forms, name, and the choice."""
        width = max(len(form.value) for form in self._forms) + 2
        labels = [
            Option(Text.assemble((f"{form.value:<{width}}", "bold"), (_TOLD[form], "dim")))
            for form in self._forms
        ]
        yield OptionList(*labels, markup=False)
        yield Input(placeholder="file name", select_on_focus=False)
        yield Checkbox(Text("claims you have not decided, too"), compact=True)

    def on_mount(self) -> None:
        """Begin at the first form."""
        listed = self.query_one(OptionList)
        listed.highlighted = 0
        listed.focus()

    def on_option_list_option_highlighted(self, _: OptionList.OptionHighlighted) -> None:
        """Another form: the name ends otherwise, as long as it is the one that was offered."""
        name = self.query_one(Input)
        if name.value == self._offered:
            name.value = self._offered = f"{self._stem}{self._form.suffix}"
            name.cursor_position = len(name.value)
        self.query_one(Checkbox).display = self._form is Format.CLAIMREVIEW

    def on_option_list_option_selected(self, _: OptionList.OptionSelected) -> None:
        """Enter in the list."""
        self.action_write()

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Enter in the name."""
        self.action_write()

    def action_write(self) -> None:
        """Write, and ask first if the file is there."""
        name = self.query_one(Input).value.strip()
        if not name:
            self.query_one(Input).focus()
            return
        everything = self._form is Format.CLAIMREVIEW and self.query_one(Checkbox).value
        export = Export(Path(name).expanduser(), self._form, everything)
        if not export.path.exists():
            self.dismiss(export)
            return
        question = Confirm(f"{plain(name)} is there already", "write over it", "go back")
        self.app.push_screen(question, lambda yes: self._over(export) if yes else None)

    def _over(self, export: Export) -> None:
        self.dismiss(export)

    @property
    def _form(self) -> Format:
        return self._forms[self.query_one(OptionList).highlighted or 0]
