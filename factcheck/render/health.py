"""What `index verify` and `index repair` found and did, on a terminal and as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich import filesize
from rich.console import Console
from rich.text import Text

from factcheck.render.layout import Page, count

if TYPE_CHECKING:
    from index import Damage, RepairReport, VerifyReport

#: Damaged or lost things that are named; the rest is counted.
NAMED = 50


def plain_report(report: VerifyReport | RepairReport) -> dict[str, Any]:
    """The report as JSON has it: `part` by its name."""
    fields = asdict(report)
    damage = [{**each, "part": each["part"].value} for each in fields["damage"]]
    return {**fields, "damage": damage}


def show_verify(console: Console, report: VerifyReport, index: Path) -> None:
    """Write whether the index is whole, and each thing that is not."""
    page = Page(console)
    compared = [count(report.files, "file"), filesize.decimal(report.bytes), "compared"]
    lines = _damage(page, report.damage)
    if report.damage:
        foreign = all(each.part.value == "foreign" for each in report.damage)
        advice = (
            "remove it, or move it out of the index's folder"
            if foreign
            else f"mend what can be mended with `factcheck index repair {index}`"
        )
        lines += page.flow([f"{count(len(report.damage), 'thing')} damaged", advice], page.width)
    elif report.sealed:
        lines += page.flow(["every byte is as it was sealed", " ".join(compared)], page.width)
    else:
        lines += page.flow(
            [
                "no damage found, but the last build did not end, so there is no seal to hold "
                "every byte to; run the same build again",
                " ".join(compared),
            ],
            page.width,
        )
    page.show(lines)


def show_repair(console: Console, report: RepairReport) -> None:
    """Write what was damaged, what was made anew, and what is lost."""
    page = Page(console)
    lines = _damage(page, report.damage)
    lines += _named(page, "read again", report.restored)
    for loss in report.lost[:NAMED]:
        lines += page.flow([f"lost {loss.document}", loss.reason], page.width)
    lines += _named(page, "not ours, left alone:", report.left)
    for number, name in [
        (len(report.restored), "read again from their files"),
        (len(report.lost), "lost; build the corpus again to read what is there now"),
        (report.embedded, "embedded again"),
    ]:
        if number:
            lines += page.tally(number, Text(name))
    held = [count(report.documents, "document"), count(report.passages, "passage")]
    done = "repaired" if report.damage else "nothing to repair"
    lines += page.flow([done, *held, f"generation {report.generation}"], page.width)
    page.show(lines)


def _damage(page: Page, damage: Sequence[Damage]) -> list[Text]:
    lines: list[Text] = []
    for each in damage[:NAMED]:
        what = "document " if each.part.value == "document" else ""
        lines += page.flow([f"damaged {what}{each.name}", each.problem], page.width)
    return lines


def _named(page: Page, what: str, names: Iterable[str]) -> list[Text]:
    lines: list[Text] = []
    for name in list(names)[:NAMED]:
        lines += page.flow([f"{what} {name}"], page.width)
    return lines
