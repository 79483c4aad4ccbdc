"""What a reader is asked for a moment: a box in the middle, left with Escape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from factcheck.render.safe import plain

T = TypeVar("T")


class Dialog(ModalScreen[T | None], Generic[T]):
    """A box with a title, what `body` gives, and a line on its keys; None when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave as it is")]

    def __init__(self, title: str, keys: str) -> None:
        super().__init__()
        self._title = title
        self._keys = keys

    def body(self) -> Iterable[Widget]:
        """What is asked with."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title, body and keys in a box that scrolls when the terminal is low."""
        with VerticalScroll(id="box", can_focus=False):
            yield Static(Text(plain(self._title), "bold"), classes="title", markup=False)
            yield from self.body()
            yield Static(Text(self._keys, "dim"), classes="keys", markup=False)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)


@dataclass(frozen=True, slots=True)
class Offer(Generic[T]):
    """Something to choose: its key, if it has one, what it is called, and what it stands for."""

    key: str
    label: Text
    value: T


class Choice(Dialog[T]):
    """One of a few things: by arrows and Enter, by mouse, or by its key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next"),
        Binding("up,k", "move(-1)", "Previous"),
        Binding("enter", "take", "Choose"),
    ]

    def __init__(self, title: str, offers: Sequence[Offer[T]], at: int = 0) -> None:
        super().__init__(title, "Enter chooses · Escape leaves it as it is")
        self._offers = offers
        self._at = at

    def body(self) -> Iterable[Widget]:
        """The offers in a list."""
        labels = [
            Option(Text.assemble((f"{offer.key:<3}", "bold") if offer.key else "", offer.label))
            for offer in self._offers
        ]
        yield OptionList(*labels, markup=False)

    def on_mount(self) -> None:
        """Begin at what stands now."""
        listed = self.query_one(OptionList)
        listed.highlighted = self._at
        listed.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chosen in the list."""
        self.dismiss(self._offers[event.option_index].value)

    def action_move(self, step: int) -> None:
        """Go up or down in the list."""
        listed = self.query_one(OptionList)
        if step > 0:
            listed.action_cursor_down()
        else:
            listed.action_cursor_up()

    def action_take(self) -> None:
        """Take the one that is marked."""
        self.query_one(OptionList).action_select()

    def action_pick(self, number: int) -> None:
        """Take one by its key."""
        self.dismiss(self._offers[number].value)


class Confirm(Choice[bool]):
    """Yes or no; no is what stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "pick(0)", "Yes"),
        Binding("n", "pick(1)", "No"),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        offers = [Offer("y", Text(plain(yes)), True), Offer("n", Text(plain(no)), False)]
        super().__init__(question, offers, at=1)
