"""Rulings whose claims the article no longer has."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from factcheck.render.claims import said_by
from factcheck.render.finding import VERDICTS
from factcheck.render.layout import COLOURS, INDENT, Page, hang
from factcheck.review.screens.paper import PaperScreen
from factcheck.session import Unplaced


class LostScreen(PaperScreen):
    """Each with the claim as it was and the note; they come back when their claim does."""

    def __init__(self, lost: Sequence[Unplaced]) -> None:
        title = "Verdicts and notes whose claims the article no longer has"
        super().__init__(title, lambda paper: _lines(paper, lost))


def _lines(paper: Page, lost: Sequence[Unplaced]) -> list[Text]:
    lines: list[Text] = []
    for item in lost:
        verdict = item.ruling.verdict
        if verdict:
            told = Text(f"{paper.glyphs.of(verdict)} {VERDICTS[verdict]}", COLOURS[verdict])
        else:
            told = Text("no verdict", "bold")
        where = f"was line {item.line}" if item.line else ""
        lines += [told, *paper.flow([where, said_by(item.speaker)], paper.width)]
        lines += hang(paper.wrap(paper.text(item.claim_text), paper.width - INDENT), "  ")
        for part in item.ruling.note.split("\n"):
            lines += hang(paper.wrap(paper.text(part, "italic"), paper.width - INDENT), "┆ ")
        lines.append(Text())
    return lines or [Text("None: all of them stand at their claims.")]
