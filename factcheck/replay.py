"""A report made again from what it says of itself, and held against itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.claims import Extraction, split_article
from factcheck.deciding import Choice
from factcheck.errors import UsageError
from factcheck.pipeline import Checker, CheckOptions, Run, claims_from, given
from factcheck.records import Article, Finding, Manifest, Report
from factcheck.sameness import (
    Change,
    Difference,
    Tolerance,
    claim_pairs,
    compare_findings,
    largest_difference,
    same_inputs,
    tolerance_of,
)
from factcheck.stance import Verifier, load_verifier
from factcheck.stance.packaged import PACKAGED_HASHES
from index import IndexMissing, Reference


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of making a report again.

    `claims` is how many there are now, and `largest` the largest difference of two probabilities.
    """

    article: Article
    claims: int
    inputs: tuple[Difference, ...]
    findings: tuple[Change, ...]
    tolerance: Tolerance
    largest: float

    @property
    def same(self) -> bool:
        """Whether the findings are the same within the tolerance, be the inputs as they may."""
        return all(change.tolerated for change in self.findings)

    @property
    def same_inputs(self) -> bool:
        """Whether all that the findings depend on is what it was."""
        return not self.inputs


def replay(report: Report, reference: Reference, verifier: Verifier) -> Replay:
    """Check `report`'s article again as it was checked, and compare.

    Raises `UsageError` when the report's text is not the one that was checked, and what
    `factcheck.pipeline.check` raises.
    """
    _refuse_another_text(report)
    checker = Checker(reference, verifier, options_of(report.manifest))
    run = checker.run(report.article, _extraction(report).claims)
    found = _searched(run, report.findings, list(run.findings()))
    manifest = run.report(found, ()).manifest
    tolerance = tolerance_of(report.manifest, manifest)
    return Replay(
        article=report.article,
        claims=len(found),
        inputs=same_inputs(report.manifest, manifest),
        findings=compare_findings(report.findings, found, tolerance),
        tolerance=tolerance,
        largest=largest_difference(report.findings, found),
    )


def indexes_of(report: Report, chosen: Sequence[Path] = ()) -> list[Path]:
    """The folders of the indexes to search: those `chosen`, else those the report names.

    Raises `IndexMissing` when one the report names is not there.
    """
    if chosen:
        return list(chosen)
    places = [Path(each.path) for each in report.manifest.indexes]
    gone = [place for place in places if not place.is_dir()]
    if gone or not places:
        what = f"is not at {str(gone[0])!r}" if gone else "is not named in it"
        raise IndexMissing(f"the index of the report {what}; say where it is with --index INDEX")
    return places


def verifier_of(report: Report, chosen: str | None = None) -> Verifier:
    """The verifier to judge with: the one `chosen`, else the one the report names if it ships.

    A report may come from anybody, so its word alone loads no other model. Raises `UsageError`
    then, and `ModelError` when a model cannot be loaded.
    """
    name = report.manifest.settings.verifier
    if chosen is None and name not in PACKAGED_HASHES:
        raise UsageError(
            f"the report was made with the verifier {name!r}, which does not ship with factcheck; "
            "if you trust that model, give it with --verifier NAME"
        )
    return load_verifier(chosen or name)


def options_of(manifest: Manifest) -> CheckOptions:
    """The options a report was made with. Raises `UsageError` when they are not all there."""
    chosen, thresholds = manifest.settings, manifest.thresholds
    missing = {"relevance", "stance"} - set(thresholds)
    if missing:
        raise UsageError(
            f"the report's manifest has no threshold {' and '.join(sorted(missing))}, expected "
            "relevance and stance; take a report as `factcheck check --format json` wrote it"
        )
    return CheckOptions(
        passages=chosen.passages,
        relevance=thresholds["relevance"],
        threshold=thresholds["stance"],
        choice=Choice(chosen.sources, chosen.excluded, chosen.as_of),
    )


def _refuse_another_text(report: Report) -> None:
    text = report.article.text.encode("utf-8", "surrogatepass")
    found, expected = hashlib.sha256(text).hexdigest(), report.manifest.article_hash
    if found != expected:
        raise UsageError(
            f"the text in the report has SHA-256 {found[:12]}…, expected {expected[:12]}…: it is "
            "not the one that was checked; take the report as factcheck wrote it"
        )


def _extraction(report: Report) -> Extraction:
    """What is claimed: as read in the article, or as typed, a claim each."""
    if not report.manifest.settings.given:
        return split_article(report.article)
    ordered = sorted(report.findings, key=lambda finding: finding.claim.start)
    texts = [finding.claim.text for finding in ordered]
    if given(texts).text != report.article.text:
        raise UsageError(
            f"the report has {len(texts)} of the claims that were given, expected all of them; "
            "take the report as factcheck wrote it"
        )
    return Extraction(tuple(claims_from(texts)), ())


def _searched(run: Run, old: Sequence[Finding], new: Sequence[Finding]) -> list[Finding]:
    """The new findings, with the searches of the old ones made again."""
    found = list(new)
    for before, after in claim_pairs(old, new):
        if before is None or after is None:
            continue
        for words in old[before].searches:
            found[after] = run.again(found[after], words)
    return found
