"""The whole report on a terminal: header, findings side by side with their evidence, summary.

It streams: `start`, then `finding` for each as soon as it is known, then `finish`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from rich.console import Console
from rich.text import Text

from factcheck.records import Abstention, Article, Excluded, Finding, Manifest, Report
from factcheck.render.claims import header, place, skipped_counts, skipped_lines
from factcheck.render.finding import ABSTENTIONS, VERDICTS, choose, finding_lines, heading
from factcheck.render.layout import COLOURS, FINGERPRINT, INDENT, SHORT, Page

#: Claims without evidence, and documents left out, that are listed; the rest is counted.
LISTED = 12


@dataclass(frozen=True, slots=True)
class TerminalOptions:
    """How much is shown.

    `passages` is how many deciding passages a finding shows; one of each side is shown in any case.
    `neutral` shows the neutral ones too, `skipped` lists every sentence that is not checked.
    """

    passages: int = 3
    neutral: bool = False
    skipped: bool = False


class TerminalReport:
    """A report written to `console` while it is being made."""

    def __init__(self, console: Console, options: TerminalOptions = TerminalOptions()) -> None:
        self._page = Page(console)
        self._options = options
        self._article = Article("")
        self._claims = self._done = 0

    def start(self, article: Article, claims: int, skipped: int) -> None:
        """Write the header; `claims` findings follow."""
        self._article, self._claims, self._done = article, claims, 0
        self._page.show(header(self._page, article, claims, skipped))

    def finding(self, finding: Finding) -> None:
        """Write one finding."""
        self._done += 1
        page, claim, options = self._page, finding.claim, self._options
        where = place(self._article, claim.text, claim.start)
        shown = choose(finding, options.passages, options.neutral)
        head = heading(page, finding, f"{self._done} of {self._claims}")
        page.show([Text(), Text(), head, Text(), *finding_lines(page, finding, where, shown)])

    def finish(self, report: Report) -> None:
        """Write the summary."""
        page = self._page
        lines = [Text(), Text(), page.rule(page.width), Text(), *self._verdicts(report.findings)]
        lines += self._uncovered(report.findings)
        lines += self._left_out(report.excluded)
        lines += skipped_counts(page, report.skipped)
        if self._options.skipped:
            lines += skipped_lines(page, report.article, report.skipped)
        page.show([*lines, Text(), *self._origin(report.manifest)])

    def _verdicts(self, findings: Sequence[Finding]) -> list[Text]:
        page = self._page
        if not findings:
            return page.wrap(Text("Nothing in it can be checked."), page.width)
        verdicts = Counter(finding.verdict for finding in findings)
        reasons = Counter(finding.reason for finding in findings if finding.reason)
        lines: list[Text] = []
        for verdict, name in VERDICTS.items():
            sign = Text(f"{page.glyphs.of(verdict)} {name}", COLOURS[verdict])
            lines += page.tally(verdicts[verdict], sign)
        for reason, name in ABSTENTIONS.items():
            if reasons[reason]:
                lines += page.tally(reasons[reason], Text(name), part=True)
        return lines

    def _uncovered(self, findings: Sequence[Finding]) -> list[Text]:
        """What the sources do not cover, a line each."""
        missing = [
            finding
            for finding in findings
            if finding.reason in {Abstention.NOTHING_FOUND, Abstention.NEUTRAL}
        ]
        texts = [finding.claim.sentence for finding in missing]
        return self._list("Not covered by your sources:", texts)

    def _left_out(self, excluded: Sequence[Excluded]) -> list[Text]:
        """The documents that could not decide, and why."""
        names = [
            f"{each.index}: {each.document}" if each.index else each.document for each in excluded
        ]
        reasons = [f"{name} ({each.reason})" for name, each in zip(names, excluded, strict=True)]
        return self._list("Left out:", reasons)

    def _list(self, title: str, texts: Sequence[str]) -> list[Text]:
        """A title and a line for each of the first texts; no line without any."""
        page = self._page
        lines = [Text(), Text(title, "bold")] if texts else []
        for text in texts[:LISTED]:
            mark = f"{' ' * INDENT}{page.glyphs.dot} "
            lines += page.wrap(page.text(text, longest=SHORT), page.width, mark)
        if len(texts) > LISTED:
            lines.append(Text(f"{' ' * INDENT}and {len(texts) - LISTED:,} more"))
        return lines

    def _origin(self, manifest: Manifest) -> list[Text]:
        index = f"index {manifest.index_fingerprint[:FINGERPRINT]}"
        models = [f"{name} in {precision}" for name, precision in manifest.precision.items()]
        return self._page.flow([index, *models], self._page.width)


def show_report(report: Report, console: Console, options: TerminalOptions) -> None:
    """A finished report written to `console`."""
    view = TerminalReport(console, options)
    view.start(report.article, len(report.findings), len(report.skipped))
    for finding in report.findings:
        view.finding(finding)
    view.finish(report)


def render_report(
    report: Report, width: int, colour: bool, options: TerminalOptions = TerminalOptions()
) -> str:
    """The report as text, `width` columns wide at most, with ANSI codes if `colour`."""
    file = StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        _environ={},  # the same text whatever NO_COLOR, TERM or COLUMNS say
    )
    show_report(report, console, options)
    return file.getvalue()
