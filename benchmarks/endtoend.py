"""An article with gold verdicts, checked end to end: `python -m benchmarks.endtoend [FOLDER]`.

FOLDER holds `gold.json`, the article and the corpus it names; the default is the bundled one. A
gold claim counts as found when an extracted claim overlaps it by at least half of both.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from factcheck.article import read_article
from factcheck.bundled import seeds_folder
from factcheck.pipeline import check
from factcheck.records import Finding, Report, Verdict
from factcheck.stance import Verifier, load_verifier
from index import Encoder, ReferenceIndex, Span, build_index, load_encoder


@dataclass(frozen=True)
class GoldClaim:
    """A claim as a careful reader judged it; `document` decides it, if any does."""

    text: str
    speaker: str | None
    verdict: Verdict
    document: str | None


@dataclass(frozen=True)
class Gold:
    """A whole article's gold."""

    claims: tuple[GoldClaim, ...]
    not_claims: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """Shares in [0, 1], of the gold claims that were found unless said otherwise.

    `found` is of all gold claims; `document` of those that a document decides; `false_support` of
    the refuted ones called supported. `furniture` counts lines that must not be claims and are.
    """

    found: float
    furniture: int
    speaker: float
    document: float
    verdict: float
    false_support: float


def read_gold(folder: Path) -> tuple[Gold, Path, Path]:
    """The gold of `folder`, its article and its corpus."""
    content = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    claims = tuple(
        GoldClaim(row["text"], row["speaker"], Verdict(row["verdict"]), row["document"])
        for row in content["claims"]
    )
    gold = Gold(claims, tuple(content["not_claims"]))
    return gold, folder / content["article"], folder / content["corpus"]


def check_folder(folder: Path, encoder: Encoder, verifier: Verifier) -> tuple[Gold, Report]:
    """Build the corpus in a temporary index and check the article against it."""
    gold, article, corpus = read_gold(folder)
    with tempfile.TemporaryDirectory() as beside:
        build_index(Path(beside) / "index", [corpus], encoder=encoder)
        with ReferenceIndex.open(Path(beside) / "index", encoder) as reference:
            return gold, check(read_article(str(article)), reference, verifier)


def align(gold: Gold, report: Report) -> list[tuple[GoldClaim, Finding | None]]:
    """Each gold claim with the finding on it, if there is one."""
    text = report.article.text
    return [
        (
            claim,
            _finding_on(
                Span(text.index(claim.text), text.index(claim.text) + len(claim.text)),
                report.findings,
            ),
        )
        for claim in gold.claims
    ]


def _finding_on(span: Span, findings: Sequence[Finding]) -> Finding | None:
    for finding in findings:
        claim = finding.claim
        shared = min(claim.end, span.end) - max(claim.start, span.start)
        if 2 * shared >= max(claim.end - claim.start, span.end - span.start):
            return finding
    return None


def score(gold: Gold, report: Report) -> Outcome:
    """Compare a report with the gold."""
    aligned = align(gold, report)
    found = [(claim, finding) for claim, finding in aligned if finding]
    claimed = [finding.claim.text for finding in report.findings]
    decided = [
        claim.document in {item.hit.passage.document_id for item in finding.evidence}
        for claim, finding in found
        if claim.document
    ]
    refuted = [
        finding.verdict is Verdict.SUPPORTED
        for claim, finding in found
        if claim.verdict is Verdict.REFUTED
    ]
    return Outcome(
        found=len(found) / len(aligned),
        furniture=sum(
            any(line in text or text in line for text in claimed) for line in gold.not_claims
        ),
        speaker=_share([claim.speaker == finding.claim.speaker for claim, finding in found]),
        document=_share(decided),
        verdict=_share([claim.verdict is finding.verdict for claim, finding in found]),
        false_support=_share(refuted),
    )


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def table(aligned: Sequence[tuple[GoldClaim, Finding | None]]) -> Table:
    """One row per gold claim that went wrong."""
    grid = Table(title="where it differs from the gold", title_justify="left")
    for name in ("claim", "gold", "found", "speaker"):
        grid.add_column(name)
    for claim, finding in aligned:
        got = finding.verdict.value if finding else "not extracted"
        speaker = finding.claim.speaker if finding else None
        if got != claim.verdict.value or (finding and speaker != claim.speaker):
            note = "" if speaker == claim.speaker else f"{speaker}, gold {claim.speaker}"
            grid.add_row(claim.text, claim.verdict.value, got, note)
    return grid


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="default: the bundled article")
    parser.add_argument("--verifier", help="a model folder; default: the packaged verifier")
    arguments = parser.parse_args()
    folder = arguments.folder or seeds_folder()
    gold, report = check_folder(folder, load_encoder(), load_verifier(arguments.verifier))
    console = Console(width=120)
    console.print(table(align(gold, report)))
    for name, value in vars(score(gold, report)).items():
        console.print(
            f"{name:14} {value:.3f}" if isinstance(value, float) else f"{name:14} {value}"
        )


if __name__ == "__main__":
    main()
