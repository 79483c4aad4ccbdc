"""Every form a report is written in, by name."""

from __future__ import annotations

from enum import Enum

from factcheck.errors import UsageError
from factcheck.records import Report
from factcheck.render.terminal import TerminalOptions, render_report

#: Columns of a terminal report that is written to a file.
FILE_WIDTH = 100
_AS_ALWAYS = TerminalOptions()


class Format(Enum):
    """A form of report; the value is its name on the command line."""

    TERMINAL = "terminal"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    CLAIMREVIEW = "claimreview"

    @property
    def suffix(self) -> str:
        """What the name of such a file ends in: `".html"`."""
        return {
            Format.TERMINAL: ".txt",
            Format.JSON: ".json",
            Format.MARKDOWN: ".md",
            Format.HTML: ".html",
            Format.CSV: ".csv",
            Format.CLAIMREVIEW: ".jsonld",
        }[self]

    @classmethod
    def of_suffix(cls, suffix: str) -> Format | None:
        """The form of files that end so, if there is one: `".md"` → `MARKDOWN`."""
        wanted = {".htm": ".html", ".markdown": ".md", "": ".txt"}.get(
            suffix.lower(), suffix.lower()
        )
        return next((each for each in cls if each.suffix == wanted), None)


def render(
    report: Report,
    form: Format,
    everything: bool = False,
    options: TerminalOptions = _AS_ALWAYS,
) -> str:
    """The report as text in `form`.

    `everything` lets ClaimReview hold what no reader has decided, too; `options` are those of the
    terminal's. Raises `UsageError` where there would be nothing in it.
    """
    # each is imported for itself: a template engine is nothing a check on the terminal needs
    match form:
        case Format.TERMINAL:
            return render_report(report, FILE_WIDTH, colour=False, options=options)
        case Format.JSON:
            from factcheck.render.json import render_json

            return render_json(report)
        case Format.MARKDOWN:
            from factcheck.render.markdown import render_markdown

            return render_markdown(report)
        case Format.HTML:
            from factcheck.render.html import render_html

            return render_html(report)
        case Format.CSV:
            from factcheck.render.csv import render_csv

            return render_csv(report)
        case Format.CLAIMREVIEW:
            from factcheck.render.claimreview import render_claimreview

            if not everything and not any(f.ruling and f.ruling.verdict for f in report.findings):
                raise nothing_decided()
            return render_claimreview(report, everything)


def nothing_decided() -> UsageError:
    """The error for a ClaimReview without any claim in it."""
    return UsageError(
        "claimreview holds the claims that you have decided, and there is none; decide with "
        "`factcheck review`, or take the verdicts found with --all"
    )
