"""One claim: what bears on it, why the verdict is what it is, and what the reader says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message

from factcheck.records import Evidence, Finding, Ruling
from factcheck.render.claims import said_by
from factcheck.render.finding import (
    ABSTENTIONS,
    STANCES,
    VERDICTS,
    choose,
    claim_lines,
    heading,
    passage_lines,
    reads_right_to_left,
)
from factcheck.render.layout import (
    COLOURS,
    GAP,
    INDENT,
    TWO_COLUMNS,
    Page,
    beside,
    count,
    hang,
    percent,
)
from factcheck.render.terminal import TerminalOptions
from factcheck.review.widgets.article import DECIDED, UNCHECKED
from factcheck.review.widgets.lines import LinesView, page
from factcheck.session import Entry

#: Before the passage that is chosen.
POINTER = "▸ "
#: Columns that a verdict, how sure it is and its place among the claims take in one line.
_ONE_LINE = 60
_PASSAGES = TerminalOptions().passages


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pane shows: a claim, its number of `total`, and its place in the article."""

    entry: Entry
    number: int
    total: int
    place: str


@dataclass(frozen=True, slots=True)
class _Block:
    """The passages in lines, and the lines of each."""

    lines: list[Text]
    ranges: list[range]


class FindingPane(LinesView):
    """The chosen claim beside its evidence, or above it where there is no room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "passage(1)", "Next passage", show=False),
        Binding("up,k", "passage(-1)", "Previous passage", show=False),
        Binding("enter", "screen.open", "Open the passage", show=False),
        Binding("left,h,escape", "screen.article", "Back to the article", show=False),
        Binding("pagedown,space", "page_down", "Scroll down", show=False),
        Binding("pageup", "page_up", "Scroll up", show=False),
        Binding("home", "scroll_home", "To the top", show=False),
        Binding("end", "scroll_end", "To the end", show=False),
    ]

    class Opened(Message):
        """A passage was clicked on twice."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 (as textual calls it)
        super().__init__(id)
        self._shown: Shown | None = None
        self._otherwise = ""
        self._neutral = False
        self._passage = 0
        self._lines: list[Text] = []
        self._ranges: list[range] = []

    @property
    def passages(self) -> list[Evidence]:
        """The passages that are shown."""
        finding = self._shown.entry.finding if self._shown else None
        return choose(finding, _PASSAGES, self._neutral) if finding else []

    @property
    def passage(self) -> Evidence | None:
        """The one that is chosen."""
        shown = self.passages
        return shown[min(self._passage, len(shown) - 1)] if shown else None

    def show(self, shown: Shown) -> None:
        """Show a claim; when it is the one that is there, place and passage stay."""
        same = self._shown is not None and self._shown.entry.claim == shown.entry.claim
        before = self.passage.hit.passage if same and self.passage else None
        self._shown = shown
        if not same:
            self._passage, self._neutral = 0, False
            self.scroll_to(y=0, animate=False, immediate=True)
        found = [item.hit.passage for item in self.passages]
        if before in found:  # it may stand elsewhere now
            self._passage = found.index(before)
        self.lay()

    def show_nothing(self, why: str) -> None:
        """There is no claim to show; `why` is foreign text."""
        self._shown, self._otherwise = None, why
        self.lay()

    def toggle_neutral(self) -> bool:
        """Show the passages that take no side too, or no longer; which of both."""
        self._neutral = not self._neutral
        self._passage = 0
        self.lay()
        return self._neutral

    def show_all(self) -> None:
        """Show every passage."""
        self._neutral = True
        self.lay()

    def lay(self) -> None:
        """Lay out for the pane's width."""
        paper = page(self.width, colour=not self.app.no_color)
        if self._shown is None:
            self._lines, self._ranges = paper.wrap(paper.text(self._otherwise), paper.width), []
        else:
            self._lines = self._composed(paper, self._shown)
        self.redraw(len(self._lines))

    def line_text(self, number: int) -> Text:
        """One of the lines."""
        return self._lines[number] if number < len(self._lines) else Text()

    def on_click(self, event: Click) -> None:
        """Choose a passage; clicked twice, it is opened."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        line = self.scroll_offset.y + offset.y
        for number, lines in enumerate(self._ranges):
            if line in lines:
                self._passage = number
                self.lay()
                if event.chain == 2:
                    self.post_message(self.Opened())

    def action_passage(self, step: int) -> None:
        """Go to the next passage; where a long one goes on beyond the pane, scroll first."""
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        if self._ranges:
            lines = self._ranges[min(self._passage, len(self._ranges) - 1)]
            beyond = lines.stop > top + height if step > 0 else lines.start < top
            within = lines.start < top + height and lines.stop > top
            last = not 0 <= self._passage + step < len(self._ranges)
            if not last and not (beyond and within):
                self._passage += step
                self.lay()
                self.show_lines(self._ranges[self._passage], margin=1)
                return
        self.scroll_to(y=top + step * max(1, height // 3), animate=False, immediate=True)

    def _composed(self, paper: Page, shown: Shown) -> list[Text]:
        entry, finding = shown.entry, shown.entry.finding
        place = f"claim {shown.number + 1} of {shown.total}"
        if shown.place:
            place += f" {paper.glyphs.dot} {shown.place}"
        self._ranges = []
        if finding is None:
            where = paper.flow([place, said_by(entry.claim.speaker)], paper.width)
            waiting = f"{UNCHECKED} NOT CHECKED YET"
            rest = [*where, *paper.wrap(paper.text(entry.claim.text), paper.width)]
            return [Text(waiting, "bold"), *_ruled(paper, entry.ruling), Text(), *rest]
        mark = Text(f"{paper.glyphs.so} ", COLOURS[finding.verdict])
        lines = [*_heading(paper, finding), *_ruled(paper, entry.ruling), Text()]
        lines += self._evidence(paper, finding, place, len(lines))
        lines += [Text(), *paper.wrap(paper.text(finding.why), paper.width, mark)]
        return [*lines, *_searches(paper, finding)]

    def _evidence(self, paper: Page, finding: Finding, place: str, above: int) -> list[Text]:
        """Claim and passages; sets where the passages stand, `above` lines below the top."""
        passages = self.passages
        if paper.width < TWO_COLUMNS or reads_right_to_left(finding, passages):
            claim = [*claim_lines(paper, finding, place, paper.width), Text()]
            block = self._passages(paper, finding, passages, paper.width)
            self._ranges = [_moved(lines, above + len(claim)) for lines in block.ranges]
            return [*claim, *block.lines]
        left = paper.left
        block = self._passages(paper, finding, passages, paper.width - left + INDENT)
        self._ranges = [_moved(lines, above) for lines in block.ranges]
        claim = claim_lines(paper, finding, place, left - GAP)
        return beside(claim, block.lines, left - INDENT)

    def _passages(
        self, paper: Page, finding: Finding, passages: list[Evidence], width: int
    ) -> _Block:
        lines: list[Text] = []
        ranges: list[range] = []
        chosen = self.passage
        for item in passages:
            found = passage_lines(paper, item, width - INDENT)
            ranges.append(range(len(lines), len(lines) + len(found)))
            pointer = Text(POINTER if item is chosen else " " * INDENT, "bold")
            lines += [*hang(found[:1], pointer), *hang(found[1:], " " * INDENT), Text()]
        hidden = [item for item in finding.evidence if item not in passages]
        if hidden:
            kinds = sorted({STANCES[item.stance] for item in hidden})
            more = f"{count(len(hidden), 'more passage')} ({', '.join(kinds)}): a shows all"
            lines += hang(paper.wrap(Text(more, "dim"), width - INDENT), " " * INDENT)
        elif passages:
            lines.pop()
        else:
            lines.append(Text("  no passage"))
        return _Block(lines, ranges)


def _moved(lines: range, by: int) -> range:
    return range(lines.start + by, lines.stop + by)


def _heading(paper: Page, finding: Finding) -> list[Text]:
    """The verdict and how sure it is; where that is too long for a line, in two."""
    if paper.width >= _ONE_LINE:
        return [heading(paper, finding, "")]
    verdict = finding.verdict
    detail = ABSTENTIONS[finding.reason] if finding.reason else percent(finding.confidence)
    name = Text(f"{paper.glyphs.of(verdict)} {VERDICTS[verdict].upper()}", COLOURS[verdict])
    line = Text.assemble(name, f" {paper.glyphs.dot} {detail}")
    return paper.wrap(line, paper.width) if line.cell_len > paper.width else [line]


def _ruled(paper: Page, ruling: Ruling | None) -> list[Text]:
    """What the reader says; no line without."""
    if ruling is None:
        return []
    lines: list[Text] = []
    if ruling.verdict:
        sign = f"{DECIDED}{paper.glyphs.of(ruling.verdict)} "
        told = f"{sign}your verdict: {VERDICTS[ruling.verdict]}"
        lines += paper.wrap(Text(told, COLOURS[ruling.verdict]), paper.width)
    for part in ruling.note.split("\n"):
        lines += hang(paper.wrap(paper.text(part, "italic"), paper.width - INDENT), "┆ ")
    return lines


def _searches(paper: Page, finding: Finding) -> list[Text]:
    """The reader's own searches; no line without."""
    lines: list[Text] = []
    for words in finding.searches:
        told = paper.text(f"you searched for: {words}", "dim")
        lines += paper.wrap(told, paper.width, "/ ")
    return [Text(), *lines] if lines else []
