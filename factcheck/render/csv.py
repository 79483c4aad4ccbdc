"""The report as a table, a row per claim: for a spreadsheet, and for whoever counts.

CSV as RFC 4180 has it: commas, every line ended by CRLF, fields with a comma or a quote in quotes.
It begins with a byte order mark, because Excel reads UTF-8 without one as something else; Python
reads it as `utf-8-sig`. A field holds no line break, so a row is a line.

A spreadsheet runs what begins like a formula. As OWASP advises ("CSV Injection"), such a field gets
a leading apostrophe, which a spreadsheet takes to mean text: `=1+1` → `'=1+1`. That goes for a `;`
inside a field, too, because Excel begins a cell there in half of the world. Our own numbers begin
with a digit, and stay as they are.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import astuple, dataclass, fields
from io import StringIO

from factcheck.records import Article, Evidence, Finding, Mismatch, Report, Stance
from factcheck.render.claims import place
from factcheck.render.finding import choose
from factcheck.render.json import DECIMALS
from factcheck.render.layout import UNICODE
from factcheck.render.safe import plain

#: For Excel. Everything else that reads CSV today knows it.
BYTE_ORDER_MARK = "\ufeff"

#: What begins a formula in a spreadsheet, full-width signs among it, at the beginning of a field or
#: of a cell that a `;` begins.
_FORMULA = re.compile("(^|;)(?=[\"']*[=+\\-@＝＋－＠])")


@dataclass(frozen=True, slots=True)
class Checked:
    """The first columns, in order: what is known of a claim. Empty where there is nothing to say.

    `number` counts the claims from 1, `place` is a line or a paragraph of the article. `kind`,
    `verdict`, `reason` and `said` are the words of the JSON report; `confidence` is in [0, 1]. The
    `reader_…` columns are what a reader decided; `supporting`, `refuting` and `neutral` count the
    passages that were read.
    """

    number: int
    place: str
    speaker: str
    claim: str
    standalone: str
    kind: str
    verdict: str
    confidence: float
    reason: str
    why: str
    said: str
    reader_verdict: str
    reader_note: str
    reader_at: str
    supporting: int
    refuting: int
    neutral: int


@dataclass(frozen=True, slots=True)
class Best:
    """The columns after those: the strongest passage that decides, or else the most telling one.

    `probability` is that of `stance`, in [0, 1]. `mismatches` are `kind: article ≠ source`, with a
    `;` and a space between two. All are empty where no passage was found.
    """

    stance: str = ""
    probability: float | None = None
    document: str = ""
    index: str = ""
    title: str = ""
    source: str = ""
    published: str = ""
    page: str = ""
    sentence: str = ""
    mismatches: str = ""


#: The names of the columns: more may be added behind them, none is renamed or moved.
COLUMNS = tuple(field.name for kind in (Checked, Best) for field in fields(kind))


def render_csv(report: Report) -> str:
    """The report as CSV text with a header, a byte order mark before it and CRLF after each row."""
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, finding in enumerate(report.findings, 1):
        best = choose(finding, 1, neutral=False)
        values = [
            *astuple(_checked(report.article, number, finding)),
            *astuple(_best(best[0]) if best else Best()),
        ]
        writer.writerow([_cell(value) for value in values])
    return BYTE_ORDER_MARK + file.getvalue()


def _checked(article: Article, number: int, finding: Finding) -> Checked:
    claim, ruling = finding.claim, finding.ruling
    stances = Counter(item.stance for item in finding.evidence)
    return Checked(
        number=number,
        place=place(article, claim.text, claim.start),
        speaker=claim.speaker or "",
        claim=claim.text,
        standalone=claim.standalone,
        kind=claim.kind.value,
        verdict=finding.verdict.value,
        confidence=float(finding.confidence),
        reason=finding.reason.value if finding.reason else "",
        why=finding.why,
        said=finding.said.status.value if finding.said else "",
        reader_verdict=ruling.verdict.value if ruling and ruling.verdict else "",
        reader_note=ruling.note if ruling else "",
        reader_at=ruling.at if ruling else "",
        supporting=stances[Stance.SUPPORTS],
        refuting=stances[Stance.REFUTES],
        neutral=stances[Stance.NEI],
    )


def _best(item: Evidence) -> Best:
    hit = item.hit
    return Best(
        stance=item.stance.value,
        probability=float(item.probabilities.of(item.stance)),
        document=hit.passage.document_id,
        index=hit.index,
        title=hit.title,
        source=hit.source,
        published=hit.published or "",
        page=hit.page or "",
        sentence=item.sentence_text,
        mismatches="; ".join(map(_mismatch, item.mismatches)),
    )


def _mismatch(mismatch: Mismatch) -> str:
    ours, theirs = mismatch.claim_value, mismatch.passage_value
    return f"{mismatch.kind}: {ours} {UNICODE.differs} {theirs}"


def _cell(value: str | float | None) -> str:
    """A field: text inert and on one line, a number as the JSON report rounds it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _FORMULA.sub("\\1'", re.sub(" {2,}", " ", plain(value)).strip())
    return (
        f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    )
