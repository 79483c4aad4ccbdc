"""Two reports compared, on a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from factcheck.diff import Change, Comparison
from factcheck.records import Finding, Ruling, Verdict
from factcheck.render.finding import VERDICTS
from factcheck.render.json import claim_to_dict, ruling_to_dict
from factcheck.render.layout import COLOURS, INDENT, Page, count, hang, percent

UNRELATED = (
    "The two reports share no claim; if they are of two articles, there is nothing to compare."
)


def show_comparison(console: Console, comparison: Comparison) -> None:
    """Write every claim that is not as it was, what changed and why, and the summary."""
    page = Page(console)
    lines: list[Text] = []
    for change in comparison.changes:
        lines += [*_change(page, change), Text()]
    if not comparison.related:
        lines += page.wrap(Text(UNRELATED), page.width)
    same = f"{count(comparison.same, 'claim')} as before" if comparison.same else ""
    page.show([*lines, *page.flow([comparison.summary(), same], page.width)])


def comparison_to_dict(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain dicts, lists, strings and numbers."""
    return {
        "summary": comparison.summary(),
        "related": comparison.related,
        "same": comparison.same,
        "changes": [
            {
                "what": list(_kinds(change)),
                "old": _side_to_dict(change.old),
                "new": _side_to_dict(change.new),
                "causes": [
                    {"kind": cause.kind.name.lower(), "source": cause.source or None}
                    for cause in change.causes
                ],
            }
            for change in comparison.changes
        ],
    }


def _kinds(change: Change) -> Iterator[str]:
    if change.old is None or change.new is None:
        yield "new" if change.old is None else "gone"
    if change.edited:
        yield "edited"
    if change.verdicts:
        yield "verdict"
    if change.rulings:
        yield "ruling"
    if change.confidences:
        yield "confidence"


def _side_to_dict(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    return {
        "claim": claim_to_dict(finding.claim),
        "verdict": finding.verdict.value,
        "confidence": finding.confidence,
        "why": finding.why,
        "ruling": ruling_to_dict(finding.ruling) if finding.ruling else None,
    }


def _change(page: Page, change: Change) -> list[Text]:
    """The claim, and under it what became of it."""
    known = change.new or change.old
    text = page.text(known.claim.text if known else "", "bold")
    label = Text(f"{', '.join(_kinds(change)).upper()}  ", "cyan")
    return [
        *page.wrap(Text.assemble(label, text), page.width),
        *hang(_details(page, change), " " * INDENT),
    ]


def _details(page: Page, change: Change) -> Iterator[Text]:
    width, old, new = page.width - INDENT, change.old, change.new
    if old is None or new is None:
        known = new or old
        if known:
            yield from page.wrap(_verdict(page, known.verdict), width)
            yield from _ruled(page, known.ruling, width)
        return
    if change.edited:
        if old.claim.text != new.claim.text:
            yield from page.wrap(page.text(old.claim.text, "bright_black"), width, "was: ")
        if old.claim.speaker != new.claim.speaker:
            yield from _from_to(page, _speaker(page, old), _speaker(page, new), width)
    if change.verdicts:
        first, second = (_verdict(page, each) for each in change.verdicts)
        yield from _from_to(page, first, second, width)
        for cause in change.causes:
            yield from page.wrap(page.text(cause.words), width, "because: ")
    if change.confidences:
        before, after = (Text(percent(each)) for each in change.confidences)
        yield from page.wrap(_verdict(page, new.verdict), width)
        yield from _from_to(page, before, after, width)
    if change.rulings:
        before, after = (_ruling(page, each) for each in change.rulings)
        yield from _from_to(page, Text.assemble("you: ", before), after, width)


def _from_to(page: Page, before: Text, after: Text, width: int) -> list[Text]:
    return page.wrap(Text.assemble(before, f" {page.glyphs.so} ", after), width)


def _verdict(page: Page, verdict: Verdict) -> Text:
    return Text(f"{page.glyphs.of(verdict)} {VERDICTS[verdict]}", COLOURS[verdict])


def _speaker(page: Page, finding: Finding) -> Text:
    speaker = finding.claim.speaker
    return page.text(f"said by {speaker}" if speaker else "said by nobody")


def _ruled(page: Page, ruling: Ruling | None, width: int) -> list[Text]:
    return page.wrap(Text.assemble("you: ", _ruling(page, ruling)), width) if ruling else []


def _ruling(page: Page, ruling: Ruling | None) -> Text:
    if ruling is None:
        return Text("nothing")
    verdict = _verdict(page, ruling.verdict) if ruling.verdict else Text("no verdict")
    note = Text.assemble(f" {page.glyphs.dot} ", page.text(ruling.note)) if ruling.note else Text()
    return Text.assemble(verdict, note)
