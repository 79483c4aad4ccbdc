"""The reference index on a terminal: what it holds, what a build did, what a search found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from factcheck.render.layout import SHORT, Page, count, hang
from factcheck.render.source import source_lines
from index import FoundBy, Hit

if TYPE_CHECKING:
    from index import BuildReport

FOUND_BY = {
    FoundBy.DENSE: "by meaning",
    FoundBy.LEXICAL: "by words",
    FoundBy.BOTH: "by meaning and words",
}
#: Skipped or missing documents that are named; the rest is counted.
NAMED = 20


def show_hits(console: Console, hits: Sequence[Hit]) -> None:
    """Write what a search found, best first."""
    page = Page(console)
    if not hits:
        page.show([Text("Nothing found.")])
    for rank, hit in enumerate(hits, start=1):
        mark = f"{rank:>3}  "
        width = page.width - len(mark)
        note = f"{hit.score:.2f} {FOUND_BY[hit.found_by]}"
        lines = source_lines(page, hit, width, note)
        lines += page.wrap(page.text(hit.passage.text), width)
        first, *rest = lines
        page.show([Text.assemble(mark, first), *hang(rest, " " * len(mark)), Text()])


def show_build(console: Console, report: BuildReport) -> None:
    """Write what a build did, and name what it could not read or no longer finds."""
    page = Page(console)
    lines: list[Text] = []
    for number, name in [
        (report.added, "added"),
        (report.changed, "changed"),
        (report.unchanged, "unchanged"),
        (len(report.removed), "removed"),
        (len(report.missing), "gone from the corpus, still in the index (drop them with --prune)"),
        (len(report.skipped), "skipped"),
    ]:
        if number:
            lines += page.tally(number, Text(name))
    for skipped in report.skipped[:NAMED]:
        lines += page.flow([f"skipped {skipped.path}", skipped.reason], page.width)
    for document in report.missing[:NAMED]:
        lines += page.flow([f"gone {document}"], page.width)
    if report.replaced:
        now, before = _columns(report.columns), _columns(report.replaced)
        lines += page.flow([f"columns {now} from now on, in place of {before}"], page.width)
    held = [count(report.documents, "document"), count(report.passages, "passage")]
    page.show([*lines, *page.flow([*held, f"generation {report.generation}"], page.width)])


def _columns(pairs: Sequence[tuple[str, str]]) -> str:
    """The pairs as a command line gives them."""
    return ", ".join(f"{ours}={theirs}" for ours, theirs in pairs)


def show_facts(console: Console, facts: Mapping[str, str]) -> None:
    """Write names and values in two columns, as for `index info`."""
    page = Page(console)
    width = max((len(name) for name in facts), default=0) + 2
    lines: list[Text] = []
    for name, value in facts.items():
        lines += page.wrap(page.text(value, longest=SHORT), page.width, f"{name:<{width}}")
    page.show(lines)
