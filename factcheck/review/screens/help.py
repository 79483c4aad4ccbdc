"""Every key, read from where it is bound, so that the list cannot lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget

from factcheck.records import Verdict
from factcheck.render.finding import VERDICTS
from factcheck.render.layout import COLOURS, UNICODE, Page, beside
from factcheck.review.screens.paper import PaperScreen
from factcheck.review.widgets.article import DECIDED, UNCHECKED

#: Columns for the keys.
_KEYS = 20
_SHOWN = {
    "slash": "/",
    "question_mark": "?",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "pagedown": "Page Down",
    "pageup": "Page Up",
}


@dataclass(frozen=True, slots=True)
class Section:
    """Keys that do something in one place: `bindings` as a class declares them."""

    title: str
    bindings: Sequence[BindingType]

    @classmethod
    def of(cls, title: str, where: type[Widget]) -> Section:
        """The keys a widget or screen declares itself."""
        return cls(title, where.__dict__.get("BINDINGS", ()))


def bindings_of(section: Section) -> list[Binding]:
    """Its bindings; the review declares them in full."""
    return [each for each in section.bindings if isinstance(each, Binding)]


def key_name(key: str) -> str:
    """A key as it is printed on it: `"ctrl+s"` → `"Ctrl+S"`, `"slash"` → `"/"`."""
    *held, last = key.split("+")
    if len(last) == 1 and not held:
        return last
    last = _SHOWN.get(last, last.title())
    return "+".join([*(part.title() for part in held), last])


class HelpScreen(PaperScreen):
    """The keys, section by section, and what the signs mean."""

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__("Keys and signs", lambda paper: _lines(paper, sections))


def _lines(paper: Page, sections: Sequence[Section]) -> list[Text]:
    lines: list[Text] = []
    for section in sections:
        lines += [Text(section.title, "bold underline")]
        for binding in bindings_of(section):
            keys = "  ".join(key_name(key) for key in binding.key.split(","))
            room = max(1, paper.width - _KEYS)
            told = paper.wrap(Text(binding.tooltip or binding.description), room)
            named = paper.wrap(Text(keys, "bold"), _KEYS - 2)
            lines += beside(named, told, _KEYS)
        lines.append(Text())
    lines.append(Text("Signs", "bold underline"))
    for verdict in Verdict:
        sign = Text(f"{UNICODE.of(verdict):<{_KEYS}}", COLOURS[verdict])
        lines.append(Text.assemble(sign, VERDICTS[verdict]))
    lines.append(Text(f"{UNCHECKED:<{_KEYS}}not checked yet"))
    lines.append(Text(f"{DECIDED:<{_KEYS}}before a sign: your own verdict"))
    return lines
