"""What changed between two reports, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.diff import Cause, CauseKind, compare
from factcheck.records import (
    Abstention,
    Article,
    Claim,
    Evidence,
    Finding,
    Manifest,
    Report,
    Ruling,
    Verdict,
)
from tests.builders import a_claim, some_evidence
from tests.session.articles import a_manifest

TEXTS = ("Tolm has a mill.", "The ferry to Quint sank.", "Selm burnt to the ground.")
BULLETIN = some_evidence(0.9, 0.05, document="bulletin.md", title="Harbour bulletin")
MINUTES = some_evidence(0.05, 0.9, document="minutes.md", title="", text="It sank in the ice.")
ALMANAC = some_evidence(0.2, 0.1, document="almanac.md", title="Almanac")


def finding(
    claim: Claim, verdict: Verdict, *evidence: Evidence, confidence: float = 0.9
) -> Finding:
    reason = Abstention.NEUTRAL if verdict is Verdict.NOT_ENOUGH_EVIDENCE else None
    return Finding(claim, evidence, verdict, confidence, reason, "Because.")


def report(*findings: Finding, manifest: Manifest | None = None) -> Report:
    text = "\n".join(each.claim.text for each in findings)
    return Report(Article(text), findings, manifest or a_manifest("aa"))


def supported(text: str = TEXTS[0]) -> Finding:
    return finding(a_claim(text), Verdict.SUPPORTED, BULLETIN)


def silent(text: str = TEXTS[0]) -> Finding:
    return finding(a_claim(text), Verdict.NOT_ENOUGH_EVIDENCE, ALMANAC)


def causes(old: Finding, new: Finding, manifest: Manifest | None = None) -> list[str]:
    after = report(new, manifest=manifest or a_manifest("bb"))
    (change,) = compare(report(old), after).changes
    assert change.verdicts == (old.verdict, new.verdict)
    return [cause.words for cause in change.causes]


def test_nothing_changed() -> None:
    made = report(*(supported(text) for text in TEXTS))
    comparison = compare(made, made)
    assert comparison.changes == ()
    assert (comparison.same, comparison.related) == (3, True)
    assert comparison.summary() == "nothing changed"
    assert compare(report(), report()).summary() == "nothing changed"


def test_the_summary_of_the_brief() -> None:
    old = report(silent())
    new = report(*map(supported, TEXTS), supported("Nobody paid."), manifest=a_manifest("bb"))
    comparison = compare(old, new)
    assert comparison.summary() == "3 claims new, 1 verdict changed: source added"
    assert [change.old is None for change in comparison.changes] == [False, True, True, True]


def test_everything_at_once() -> None:
    ruled = replace(supported(TEXTS[1]), ruling=Ruling(Verdict.REFUTED, "", "2026-01-02T03:04:05Z"))
    old = report(supported(), supported(TEXTS[1]), supported(TEXTS[2]), silent("Nobody paid."))
    less = finding(a_claim(TEXTS[2]), Verdict.SUPPORTED, BULLETIN, confidence=0.7)
    new = report(supported("Tolm has a **mill**"), ruled, less, silent("Quint rose."))
    comparison = compare(old, new)
    assert comparison.summary() == (
        "1 claim new, 1 claim gone, 1 claim edited, 1 ruling changed, 1 confidence changed"
    )
    edited, ruling, confidence, added, gone = comparison.changes
    assert edited.edited
    assert not ruling.edited
    assert ruling.rulings == (None, ruled.ruling)
    assert confidence.confidences == (0.9, 0.7)
    assert (added.old, gone.new) == (None, None)
    assert gone.old == silent("Nobody paid.")
    assert comparison.same == 0


def test_what_is_no_change() -> None:
    def ruled(at: str, confidence: float) -> Report:
        made = finding(a_claim(TEXTS[0]), Verdict.SUPPORTED, BULLETIN, confidence=confidence)
        return report(replace(made, ruling=Ruling(Verdict.SUPPORTED, "so", at)))

    assert compare(ruled("2026-01-01", 0.9), ruled("2026-01-02", 0.82)).same == 1


def test_sources_that_came_went_and_changed() -> None:
    assert causes(silent(), supported()) == ["source added: Harbour bulletin"]
    assert causes(supported(), silent()) == ["source gone: Harbour bulletin"]
    other = some_evidence(0.1, 0.8, document="bulletin.md", title="Bulletin", text="No mill.")
    refuted = finding(a_claim(TEXTS[0]), Verdict.REFUTED, other)
    assert causes(supported(), refuted) == ["source changed: Bulletin"]
    conflicting = finding(a_claim(TEXTS[0]), Verdict.CONFLICTING, BULLETIN, MINUTES)
    assert causes(supported(), conflicting) == ["source added: minutes.md"]
    assert causes(silent(), finding(a_claim(TEXTS[0]), Verdict.SUPPORTED, ALMANAC)) == [
        "the index changed"
    ]


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        (replace(a_manifest(), models={"encoder": "e1", "verifier": "v2"}), "another verifier"),
        (replace(a_manifest(), models={"encoder": "e2", "verifier": "v1"}), "another encoder"),
        (replace(a_manifest(), thresholds={"stance": 0.7}), "another threshold"),
        (
            replace(a_manifest(), settings=replace(a_manifest().settings, as_of="2020-01-01")),
            "other choices for the check",
        ),
        (
            replace(a_manifest(), versions={"factcheck-desk": "0.2.0"}),
            "another version of factcheck",
        ),
        (a_manifest(), "for no reason the reports tell"),
    ],
)
def test_causes_in_the_tool(manifest: Manifest, words: str) -> None:
    # the index is the same: a source in the evidence that was not there before was not added to it
    assert causes(silent(), supported(), manifest) == [words]


def test_causes_in_the_article_and_the_search() -> None:
    edited = replace(supported(), claim=replace(a_claim(TEXTS[0]), standalone="Tolm had a mill."))
    assert causes(silent(), edited, a_manifest("aa")) == ["the article was edited"]
    searched = replace(supported(), searches=("mill",))
    assert causes(silent(), searched, a_manifest("aa")) == ["searched with other words"]


def test_several_causes_are_told_once_each() -> None:
    manifest = replace(a_manifest("bb"), thresholds={})
    comparison = compare(
        report(silent(), silent(TEXTS[1])),
        report(supported(), supported(TEXTS[1]), manifest=manifest),
    )
    assert comparison.summary() == "2 verdicts changed: source added, another threshold"
    assert comparison.changes[0].causes == (
        Cause(CauseKind.ADDED, "Harbour bulletin"),
        Cause(CauseKind.THRESHOLD),
    )


def test_reports_that_share_no_claim() -> None:
    comparison = compare(report(supported()), report(supported(TEXTS[1])))
    assert not comparison.related
    assert comparison.summary() == "1 claim new, 1 claim gone"
    assert compare(report(), report(supported())).related
