"""Lines of text beside and below one another: what every terminal view is laid out with.

A view is a list of `rich.text.Text`, one per line of the screen. Foreign text enters it by
`Page.text` alone, which makes it inert; it is never a markup string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from factcheck.records import Stance, Verdict
from factcheck.render.safe import encodable, plain
from index import Span

#: Lines longer than this are hard to read, however wide the terminal.
WIDEST = 120
#: Below this, two columns are too narrow to read and are stacked instead.
TWO_COLUMNS = 72
#: Columns between the two, and before what stands under something else.
GAP, INDENT = 4, 2
#: Code points of a claim or a sentence that are shown; an ellipsis stands for the rest.
LONGEST = 700
#: The same for a fingerprint: enough to tell two apart.
FINGERPRINT = 12
#: The same for a title, a name, a path or a reason.
SHORT = 120


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs a view draws with."""

    supports: str
    refutes: str
    conflicting: str
    neutral: str
    bar: str
    rule: str
    dot: str
    ellipsis: str
    differs: str
    so: str

    def of(self, kind: Stance | Verdict) -> str:
        """The sign of a stance or verdict, one column wide."""
        return {
            Stance.SUPPORTS: self.supports,
            Stance.REFUTES: self.refutes,
            Stance.NEI: self.neutral,
            Verdict.SUPPORTED: self.supports,
            Verdict.REFUTED: self.refutes,
            Verdict.CONFLICTING: self.conflicting,
            Verdict.NOT_ENOUGH_EVIDENCE: self.neutral,
        }[kind]


# ✓ and ✗ rather than ✔ and ✘: the latter have emoji forms, two columns wide in some terminals.
UNICODE = Glyphs("✓", "✗", "⇄", "?", "┃", "─", "·", "…", "≠", "→")
ASCII = Glyphs("+", "x", "!", "?", "|", "-", "-", "...", "!=", "->")

#: Plain ANSI colours: the terminal's own theme makes them readable on light and on dark.
COLOURS: dict[Stance | Verdict, str] = {
    Stance.SUPPORTS: "green",
    Stance.REFUTES: "red",
    Stance.NEI: "yellow",
    Verdict.SUPPORTED: "bold green",
    Verdict.REFUTED: "bold red",
    Verdict.CONFLICTING: "bold magenta",
    Verdict.NOT_ENOUGH_EVIDENCE: "bold yellow",
}


class Page:
    """A console to draw on: how wide it is, which signs it carries, whether it has styles."""

    def __init__(self, console: Console) -> None:
        self.width = min(console.width, WIDEST)
        self.glyphs = ASCII
        drawn = "".join(astuple(UNICODE))
        if encodable(drawn, console.encoding) == drawn:
            self.glyphs = UNICODE
        self._console = console

    @property
    def left(self) -> int:
        """Width of the left one of two columns, with the gap after it."""
        return self.width * 2 // 5

    def text(self, value: str, style: str = "", longest: int = LONGEST) -> Text:
        """Foreign text, inert, with runs of white space as one space and cut at `longest`."""
        shown = encodable(plain(value[:longest]), self._console.encoding)
        if len(value) > longest:
            shown = shown.rstrip() + self.glyphs.ellipsis
        return Text(re.sub(" {2,}", " ", shown), style)

    def marked(
        self, value: str, spans: Iterable[Span], style: str = "", shared: Iterable[Span] = ()
    ) -> Text:
        """Foreign text with `spans` of it underlined, or in brackets where there are no styles.

        `shared` stretches, on which claim and source agree, are set in green, and stay as they are
        without styles. Where two stretches overlap the first of `spans` is marked.
        """
        marks = [(span, "bold underline") for span in sorted(spans, key=lambda span: span.start)]
        marks += [(span, "green") for span in shared]
        pieces, at = Text(style=style), 0
        for span, mark_style in _apart(marks, min(len(value), LONGEST)):
            pieces.append_text(self.text(value[at : span.start]))
            mark = self.text(value[span.start : span.end], mark_style)
            if self._console.color_system is None and mark_style != "green":
                mark = Text.assemble("[", mark, "]")
            pieces.append_text(mark)
            at = span.end
        return pieces.append_text(self.text(value[at:], longest=LONGEST - at))

    def wrap(self, text: Text, width: int, mark: Text | str = "") -> list[Text]:
        """`text` in lines of at most `width` columns, the first led by `mark`, the rest under it.

        Words too long for a line are folded. No text, no line.
        """
        if not text:
            return []
        first = Text.assemble(mark)
        lines = text.wrap(self._console, max(1, width - first.cell_len), overflow="fold")
        return [Text.assemble(first, lines[0]), *hang(lines[1:], " " * first.cell_len)]

    def flow(self, parts: Iterable[str], width: int, style: str = "") -> list[Text]:
        """Short foreign texts one after the other, broken between them where that is possible.

        `["line 12", "", "Ada Nerin"]` → `line 12 · Ada Nerin`.
        """
        lines: list[Text] = []
        for part in parts:
            text = self.text(part, style, SHORT)
            joined = Text.assemble(lines[-1], f" {self.glyphs.dot} ", text) if lines else text
            if text and lines and joined.cell_len <= width:
                lines[-1] = joined
            else:
                lines += self.wrap(text, width)
        return lines

    def tally(self, number: int, name: Text, part: bool = False) -> list[Text]:
        """A number and what there are so many of; set in if it is `part` of the number above."""
        margin = " " * INDENT * 2 if part else ""
        return self.wrap(name, self.width, f"{margin}{number:>4}  ")

    def rule(self, width: int) -> Text:
        """A horizontal line."""
        return Text(self.glyphs.rule * width, "bright_black")

    def show(self, lines: Iterable[Text]) -> None:
        """Write `lines` to the console at once, without spaces at their ends."""
        lines = list(lines)
        for line in lines:
            line.rstrip()
        self._console.print(Text("\n").join(lines), soft_wrap=True)


def _apart(marks: Sequence[tuple[Span, str]], length: int) -> list[tuple[Span, str]]:
    """The marks inside the text that overlap none before them, in the text's order."""
    kept: list[tuple[Span, str]] = []
    for span, style in marks:
        inside = 0 <= span.start < span.end <= length
        if inside and all(span.end <= o.start or o.end <= span.start for o, _ in kept):
            kept.append((span, style))
    return sorted(kept, key=lambda mark: mark[0].start)


def hang(lines: Iterable[Text], mark: Text | str) -> list[Text]:
    """Every line with `mark` in front of it; empty lines stay empty."""
    return [Text.assemble(mark, line) if line else line for line in lines]


def beside(left: Sequence[Text], right: Sequence[Text], width: int) -> list[Text]:
    """Two columns; the left one is `width` columns wide, gap included."""
    lines = []
    for first, second in zip_longest(left, right, fillvalue=Text()):
        padding = " " * (width - first.cell_len) if second else ""
        lines.append(Text.assemble(first, padding, second))
    return lines


def percent(probability: float) -> str:
    """A probability as a person reads it, never quite certain: `0.934` → `"93%"`."""
    if probability > 0.99:
        return ">99%"
    return "<1%" if probability < 0.01 else f"{probability:.0%}"


def count(number: int, noun: str) -> str:
    """A number with its noun: `count(1, "claim")` → `"1 claim"`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
