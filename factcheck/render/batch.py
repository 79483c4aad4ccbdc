"""What became of many articles, on a terminal: a line for each, and the sum."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from factcheck.batch import Batch, Outcome
from factcheck.render.finding import VERDICTS
from factcheck.render.layout import COLOURS, SHORT, Page, count

#: Columns of a number and the space before it.
NUMBER = 5
#: What stands in place of numbers.
FAILED = "failed"


def show_batch(console: Console, batch: Batch) -> None:
    """Write how many claims of each article have which verdict, and the report or the error."""
    page = Page(console)
    lines = [_head(page)]
    for outcome in batch.outcomes:
        lines += _line(page, outcome)
    page.show([*lines, Text(), *_sum(page, batch)])


def _head(page: Page) -> Text:
    signs = [(f"{page.glyphs.of(verdict):>{NUMBER}}", COLOURS[verdict]) for verdict in VERDICTS]
    return Text.assemble(*signs, "  article")


def _line(page: Page, outcome: Outcome) -> list[Text]:
    name = page.text(outcome.article, longest=SHORT)
    if outcome.error is not None:
        mark = Text(f"{FAILED:>{NUMBER * len(VERDICTS)}}  ", "bold red")
        return page.wrap(Text.assemble(name, ": ", page.text(outcome.error)), page.width, mark)
    counts = [(verdict, outcome.verdicts.count(verdict)) for verdict in VERDICTS]
    numbers = [
        (f"{number:>{NUMBER}}", COLOURS[verdict] if number else "") for verdict, number in counts
    ]
    file = page.text(outcome.file or "", longest=SHORT)
    line = Text.assemble(name, f" {page.glyphs.so} ", file)
    if not outcome.verdicts:
        line.append(" (nothing in it can be checked)")
    return page.wrap(line, page.width, Text.assemble(*numbers, "  "))


def _sum(page: Page, batch: Batch) -> list[Text]:
    """How many of each verdict there are, with its name, and how many articles have no report."""
    lines: list[Text] = []
    for verdict, name in VERDICTS.items():
        sign = Text(f"{page.glyphs.of(verdict)} {name}", COLOURS[verdict])
        lines += page.tally(batch.count(verdict), sign)
    articles = count(len(batch.outcomes), "article")
    failed = f"{batch.failed:,} could not be checked" if batch.failed else "all checked"
    return [*lines, *page.flow([articles, failed], page.width)]
