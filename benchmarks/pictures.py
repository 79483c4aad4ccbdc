"""The pictures of the README and the tutorial: `python -m benchmarks.pictures`, or `make pictures`.

Checks the bundled article, unless `--keep` says to draw the report of the last time, and keeps the
report beside the pictures in `docs/pictures/`. Of it are drawn the terminal and the review, as SVG,
and the HTML report in Chromium, as PNG, on a phone and on a desk, light and dark. A test holds the
SVG files to what the code draws of that report, and the PNG files to the page they show.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from benchmarks.reportcheck import take_pictures
from factcheck.errors import UsageError
from factcheck.records import Finding, Report, Ruling, Verdict
from factcheck.render.html import render_html
from factcheck.render.json import render_json
from factcheck.render.terminal import TerminalReport
from factcheck.reportfile import read_report
from factcheck.review.desk import Desk, Material
from factcheck.review.events import Checked, Extracted, Listener
from factcheck.session import Entry, Session

FOLDER = Path("docs/pictures")
REPORT = FOLDER / "report.json"
#: The page that the PNG files show, by its SHA-256.
PAGE = FOLDER / "page.sha256"
#: Findings in the terminal's picture, and its columns.
FINDINGS, COLUMNS = 3, 100
#: Claims the reader of the pictures has decided, counted from 0, and how.
RULED = {2: Ruling(Verdict.REFUTED, "2015 in three sources; ask the desk.", "2026-11-29T10:12:00Z")}
#: The claim that the review shows.
SHOWN = 2


@dataclass(frozen=True)
class Picture:
    """A picture of the review: its size in columns and lines, and how it is coloured."""

    name: str
    size: tuple[int, int]
    light: bool = False
    colourless: bool = False


REVIEWS = (
    Picture("review-80x24", (80, 24)),
    Picture("review-120x40", (120, 40)),
    Picture("review-200x60", (200, 60)),
    Picture("review-light", (120, 40), light=True),
    Picture("review-no-colour", (80, 24), colourless=True),
)


class StillDesk(Desk):
    """A desk on which everything is checked already."""

    def __init__(self, report: Report) -> None:
        super().__init__(Material(report.article.source, lambda: report.article, _never, _never))
        self._session = Session(
            report.article.source,
            report.article,
            tuple(_entry(finding) for finding in report.findings),
            report.skipped,
            report.excluded,
            report.manifest,
        )

    def start(self, listener: Listener) -> None:
        """Say that all is there, as the worker would."""

        def tell() -> None:
            listener(Extracted())
            listener(Checked(""))

        self._worker.submit(tell)


def _entry(finding: Finding) -> Entry:
    return Entry(finding.claim, replace(finding, ruling=None), finding.ruling)


def _never(*_: object) -> NoReturn:
    raise UsageError("a picture is of what is checked already")


def ruled(report: Report) -> Report:
    """The report with the decisions of a reader in it."""
    findings = [
        replace(finding, ruling=RULED.get(number)) for number, finding in enumerate(report.findings)
    ]
    return replace(report, findings=tuple(findings))


def draw_terminal(report: Report) -> str:
    """The first findings on a terminal, as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    view = TerminalReport(console)
    view.start(report.article, len(report.findings), len(report.skipped))
    for finding in report.findings[:FINDINGS]:
        view.finding(finding)
    return console.export_svg(title="factcheck check", unique_id="factcheck")


def draw_review(report: Report, picture: Picture) -> str:
    """The review at one claim, as SVG."""
    from factcheck.review.app import ReviewApp

    async def drawn() -> str:
        desk = StillDesk(report)
        app = ReviewApp(desk)
        async with app.run_test(size=picture.size) as pilot:
            await pilot.pause()
            for _ in range(SHOWN):
                await pilot.press("j")
            if picture.light:
                app.action_light()
            await pilot.pause()
            svg = app.export_screenshot(title="factcheck review")
        desk.close()
        return svg

    before = os.environ.pop("NO_COLOR", None)
    if picture.colourless:
        os.environ["NO_COLOR"] = "1"
    try:
        return asyncio.run(drawn())
    finally:
        os.environ.pop("NO_COLOR", None)
        if before is not None:
            os.environ["NO_COLOR"] = before


def words(svg: str) -> list[str]:
    """What stands in an SVG picture, line by line; colours, fonts and ids of a version aside."""
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg, flags=re.DOTALL)
    return [unescape(text).replace("\xa0", " ").strip() for text in texts if text.strip()]


def drawings(report: Report) -> dict[str, Callable[[], str]]:
    """How each SVG file is drawn, by its name."""
    found: dict[str, Callable[[], str]] = {"terminal.svg": partial(draw_terminal, report)}
    for picture in REVIEWS:
        found[f"{picture.name}.svg"] = partial(draw_review, report, picture)
    return found


def page_hash(report: Report) -> str:
    """The SHA-256 of the HTML report."""
    return hashlib.sha256(render_html(report).encode()).hexdigest()


def check_bundled() -> Report:
    """The report on the bundled article, as `factcheck demo` makes it."""
    from factcheck.cli import main

    if main(["demo", "--format", "json", "-o", str(REPORT)]):
        raise SystemExit("the bundled article could not be checked")
    report = read_report(REPORT)
    # where the sources lie on the machine that made the pictures is nobody's business
    indexes = tuple(replace(each, path=each.name) for each in report.manifest.indexes)
    article = replace(report.article, source="seeds/article.md")
    report = replace(report, article=article, manifest=replace(report.manifest, indexes=indexes))
    REPORT.write_text(render_json(report), encoding="utf-8")
    return report


def main(arguments: Sequence[str] | None = None) -> int:
    """Make all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="draw the report that is there")
    options = parser.parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    report = ruled(read_report(REPORT) if options.keep else check_bundled())
    for name, draw in drawings(report).items():
        (FOLDER / name).write_text(draw(), encoding="utf-8")
        print(FOLDER / name, flush=True)
    take_pictures(render_html(report), FOLDER)
    PAGE.write_text(f"{page_hash(report)}\n", encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
