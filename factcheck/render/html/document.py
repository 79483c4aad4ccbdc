"""The page itself: what the template is given, and how it is filled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from factcheck.citation import page_name, spoken_date
from factcheck.records import (
    Abstention,
    Finding,
    Manifest,
    Report,
    SkippedSentence,
    Stance,
    Verdict,
)
from factcheck.render.address import web_address
from factcheck.render.claims import place, said_by
from factcheck.render.finding import ABSTENTIONS, DATED, SAID, VERDICTS
from factcheck.render.html.article import Place, marked, places_of
from factcheck.render.html.card import card
from factcheck.render.html.marks import inert
from factcheck.render.layout import UNICODE, count

_FOLDER = Path(__file__).parent
_SILENT = {Abstention.NOTHING_FOUND, Abstention.NEUTRAL}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: how many of what kind, where it begins and how wide it is, in percent.

    `verdict` is None for claims that nobody has decided.
    """

    verdict: Verdict | None
    number: int
    x: float
    width: float

    @property
    def name(self) -> str:
        """What it is a part of."""
        return VERDICTS[self.verdict] if self.verdict else "not decided"


@dataclass(frozen=True, slots=True)
class Bar:
    """How the verdicts share the claims; `label` says whose they are."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A verdict, for how many claims it was found, and for how many a reader decided so."""

    verdict: Verdict
    found: int
    ruled: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sentence that was not checked, and its place for people."""

    where: str
    sentence: SkippedSentence


def render_html(report: Report) -> str:
    """The report as one file of HTML5 that needs nothing else: no script, no request.

    It holds every passage of the report in full, and can be written as UTF-8 whatever it holds.
    """
    article, findings = report.article, report.findings
    text = marked(article.text, places_of(report))
    marks: dict[int, list[Place]] = {}
    for each in text.shown:
        marks.setdefault(each.number, []).append(each)
    cards = [
        card(article, number, finding, marks.get(number, []))
        for number, finding in enumerate(findings, 1)
    ]
    return _template().render(
        report=report,
        article=text,
        cards=cards,
        bars=_bars(findings),
        rows=_rows(findings),
        reasons=_reasons(findings),
        uncovered=[each for each in cards if each.finding.reason in _SILENT],
        skipped=[Skipped(place(article, each.text, each.start), each) for each in report.skipped],
        skip_reasons=Counter(each.reason for each in report.skipped).most_common(),
        origin=[(name, value) for name, value in _origin(report.manifest) if value.strip()],
    )


def _bars(findings: Sequence[Finding]) -> list[Bar]:
    """The bar of what was found, and that of what a reader decided if they decided anything."""
    bars = [Bar("Found", _parts([finding.verdict for finding in findings]))]
    ruled = [finding.ruling.verdict if finding.ruling else None for finding in findings]
    if any(ruled):
        bars.append(Bar("Decided by a reader", _parts(ruled)))
    return bars


def _parts(verdicts: Sequence[Verdict | None]) -> tuple[Part, ...]:
    counts, before, parts = Counter(verdicts), 0, []
    for verdict in [*VERDICTS, None]:
        if number := counts[verdict]:
            x, width = (100 * share / len(verdicts) for share in (before, number))
            parts.append(Part(verdict, number, x, width))
            before += number
    return tuple(parts)


def _rows(findings: Sequence[Finding]) -> list[Row]:
    found = Counter(finding.verdict for finding in findings)
    ruled = Counter(finding.ruling.verdict for finding in findings if finding.ruling)
    return [Row(verdict, found[verdict], ruled[verdict]) for verdict in VERDICTS]


def _reasons(findings: Sequence[Finding]) -> str:
    """Why there is not enough evidence, counted: `"2 nothing found, 1 the verifier failed"`."""
    reasons = Counter(finding.reason for finding in findings)
    return ", ".join(
        f"{reasons[each]} {ABSTENTIONS[each]}" for each in ABSTENTIONS if reasons[each]
    )


def _origin(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """All that the manifest holds, as names and values for people."""
    settings = manifest.settings
    for used in manifest.indexes:
        yield f"index {used.name}", f"{used.path} ({used.fingerprint})"
    yield "all indexes together", manifest.index_fingerprint
    yield "article", manifest.article_hash
    for name, fingerprint in manifest.models.items():
        yield name, fingerprint
    for name, precision in manifest.precision.items():
        yield f"precision of {name}", precision
    for name, threshold in manifest.thresholds.items():
        yield f"threshold of {name}", f"{threshold:g}"
    yield "verifier asked for", settings.verifier
    yield "passages for a claim", str(settings.passages)
    yield "only sources", ", ".join(settings.sources)
    yield "excluded", ", ".join(settings.excluded)
    yield "as of", settings.as_of or ""
    yield "claims", "typed, not read in an article" if settings.given else ""
    yield from manifest.versions.items()


def _kind(kind: Verdict | Stance | None) -> str:
    """The class that a verdict or a stance is styled by."""
    match kind:
        case Verdict.SUPPORTED | Stance.SUPPORTS:
            return "sup"
        case Verdict.REFUTED | Stance.REFUTES:
            return "ref"
        case Verdict.CONFLICTING:
            return "con"
        case None:
            return "undecided"
    return "nei"


def _moment(at: str) -> str:
    """`at` as a person reads it: `"2026-03-04T09:05:00Z"` → `"4 March 2026, 09:05 UTC"`."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:Z|\+00:00)", at, re.ASCII)
    return f"{spoken_date(match[1])}, {match[2]} UTC" if match else at


def _shown(value: object) -> object:
    """Whatever the template puts on the page: text is inert, unless it is markup of ours."""
    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "kind": _kind,
        "sign": UNICODE.of,
        "date": lambda published: spoken_date(published or ""),
        "page": page_name,
        "moment": _moment,
        "address": web_address,
        "said_by": said_by,
        "count": count,
    }
    environment.globals |= {"VERDICTS": VERDICTS, "SAID": SAID, "DATED": DATED, "UNICODE": UNICODE}
    return environment.get_template("document.html.j2")
