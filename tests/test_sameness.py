"""Whether findings, and what they rest on, are the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.records import (
    Abstention,
    Evidence,
    Finding,
    Manifest,
    Report,
    Said,
    SaidStatus,
    Stance,
    Verdict,
)
from factcheck.sameness import (
    OTHER_ARITHMETIC,
    Change,
    Difference,
    Tolerance,
    compare_findings,
    largest_difference,
    same_inputs,
    tolerance_of,
)
from index import IndexUsed
from tests.builders import a_claim, some_evidence
from tests.render.reports import reports
from tests.render.sample import report as sample

THRESHOLD = 0.6


def finding(*evidence: Evidence, verdict: Verdict = Verdict.SUPPORTED) -> Finding:
    silent = verdict is Verdict.NOT_ENOUGH_EVIDENCE
    confidence = max(max(e.probabilities.supports, e.probabilities.refutes) for e in evidence)
    reason = Abstention.NEUTRAL if silent else None
    return Finding(a_claim(), evidence, verdict, confidence, reason, "")


def told(old: list[Finding], new: list[Finding], allowed: float = 0.001) -> list[Change]:
    return list(compare_findings(old, new, Tolerance(allowed, THRESHOLD)))


def test_claims_that_only_one_has_are_told() -> None:
    one = finding(some_evidence(0.9, 0.05))
    other = replace(one, claim=a_claim("Ostrel has a mayor."))
    assert told([one], [one, other]) == [Change(0, "Ostrel has a mayor.", "claim", "", "SUPPORTED")]
    assert told([other, one], [one]) == [Change(1, "Ostrel has a mayor.", "claim", "SUPPORTED", "")]
    assert told([one, one], [one, one]) == []
    assert [change.what for change in told([one, one], [one])] == ["claim"]
    moved = replace(one, claim=a_claim(start=9))
    assert [(change.number, change.what) for change in told([one], [moved])] == [
        (1, "claim"),
        (0, "claim"),
    ]


def test_a_claim_read_otherwise_is_told() -> None:
    one = finding(some_evidence(0.9, 0.05))
    other = replace(one, claim=replace(one.claim, speaker="Mara Velt", standalone="It did."))
    assert [(change.what, change.old, change.new) for change in told([one], [other])] == [
        ("speaker", "", "Mara Velt"),
        ("sentence alone", one.claim.text, "It did."),
        ("statement", one.claim.text, "It did."),
    ]


def test_passages_found_equally_well_may_stand_for_one_another() -> None:
    def with_last(document: str, score: float) -> list[Finding]:
        last = some_evidence(0.1, 0.1, document=document, score=score)
        return [finding(some_evidence(0.9, 0.05), last)]

    (change,) = told(with_last("a.md", 0.5), with_last("b.md", 0.5005))
    assert (change.what, change.old, change.new, change.tolerated) == (
        "evidence",
        "a.md at 0",
        "b.md at 0",
        True,
    )
    (change,) = told(with_last("a.md", 0.5), with_last("b.md", 0.51))
    assert not change.tolerated
    fewer = [finding(some_evidence(0.9, 0.05))]
    (change,) = told(with_last("a.md", 0.5), fewer)
    assert (change.old, change.new, change.tolerated) == ("a.md at 0", "", False)


def test_a_verdict_between_two_sides_may_tip_at_the_margin_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("factcheck.sameness.CONFLICT_MARGIN", 0.15)

    def two(refutes: float, verdict: Verdict) -> list[Finding]:
        against = some_evidence(0.02, refutes, document="b.md", text="It did not.")
        return [finding(some_evidence(0.9, 0.05), against, verdict=verdict)]

    (verdict, *_) = told(two(0.7505, Verdict.CONFLICTING), two(0.7498, Verdict.SUPPORTED))
    assert (verdict.what, verdict.tolerated) == ("verdict", True)
    (verdict, *_) = told(two(0.8, Verdict.CONFLICTING), two(0.8, Verdict.SUPPORTED))
    assert (verdict.what, verdict.tolerated) == ("verdict", False)


def test_a_verdict_may_tip_between_two_stances_of_one_passage() -> None:
    def torn(supports: float, verdict: Verdict) -> list[Finding]:
        item = some_evidence(supports, 0.5, threshold=0.45)
        return [finding(item, verdict=verdict)]

    allowed = Tolerance(0.01, 0.45)
    up, down = torn(0.4995, Verdict.REFUTED), torn(0.5, Verdict.SUPPORTED)
    changes = compare_findings(up, down, allowed)
    assert [(change.what, change.tolerated) for change in changes] == [
        ("verdict", True),
        ("stance of ostrel.md", True),
    ]
    assert not compare_findings(torn(0.47, Verdict.REFUTED), down, allowed)[0].tolerated


def test_a_verdict_is_not_excused_by_a_threshold_where_other_evidence_changed() -> None:
    near = some_evidence(0.6001, 0.05)
    strong = some_evidence(0.05, 0.9, document="b.md", text="It did not.")
    changes = told([finding(near)], [finding(near, strong, verdict=Verdict.REFUTED)])
    assert [(change.what, change.tolerated) for change in changes] == [
        ("verdict", False),
        ("evidence", False),
    ]


def test_what_was_said_is_compared() -> None:
    one = finding(some_evidence(0.9, 0.05))
    said = replace(one, said=Said(SaidStatus.ALTERED, "minutes.md", 0, 9))
    (change,) = told([one], [said])
    assert (change.what, change.old, change.new, change.tolerated) == (
        "said",
        "",
        "altered",
        False,
    )


def test_the_largest_difference_is_found() -> None:
    one = finding(some_evidence(0.9, 0.05), some_evidence(0.2, 0.1, document="b.md"))
    other = finding(some_evidence(0.88, 0.05), some_evidence(0.2, 0.15, document="b.md"))
    assert largest_difference([one], [other]) == pytest.approx(0.05)
    assert largest_difference([one], []) == 0.0


def test_every_input_is_compared() -> None:
    old = sample().manifest
    assert same_inputs(old, old) == ()
    new = Manifest(
        index_fingerprint="new",
        article_hash="1d" * 32,
        models={"encoder": "all-MiniLM-L6-v2", "verifier": "other"},
        precision={"encoder": "f32", "verifier": "f32"},
        thresholds={"relevance": 0.25, "stance": 0.7},
        versions={"factcheck-desk": "0.1.0", "openvino": "2026.1"},
        indexes=(IndexUsed("lake", "/srv/lake", "new"), IndexUsed("wire", "/srv/wire", "two")),
        settings=replace(old.settings, passages=6, excluded=("a*", "b"), as_of="2020"),
    )
    assert [(each.what, each.old, each.new) for each in same_inputs(old, new)] == [
        ("article", "0d" * 32, "1d" * 32),
        ("index lake", "3f9a12c0d1e2b4a59687", "new"),
        ("index wire", "", "two"),
        ("model verifier", "packaged", "other"),
        ("precision encoder", "bf16", "f32"),
        ("threshold stance", "0.6", "0.7"),
        ("version openvino", "", "2026.1"),
        ("setting passages", "4", "6"),
        ("setting excluded", "", "a*, b"),
        ("setting as_of", "", "2020"),
    ]
    assert tolerance_of(old, new) == Tolerance(OTHER_ARITHMETIC, 0.6)
    two = replace(old, indexes=(IndexUsed("a", "/a", "1"), IndexUsed("b", "/b", "2")))
    one = replace(old, indexes=(IndexUsed("c", "/c", "1"), IndexUsed("b", "/b", "3")))
    assert same_inputs(two, one) == (Difference("index b", "2", "3"),)
    forged = replace(old, index_fingerprint="forged")
    assert same_inputs(old, forged) == (Difference("index", "3f9a12c0d1e2b4a59687", "forged"),)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=reports())
def test_a_report_is_the_same_as_itself(made: Report) -> None:
    assert compare_findings(made.findings, made.findings) == ()
    assert same_inputs(made.manifest, made.manifest) == ()
    assert largest_difference(made.findings, made.findings) == 0.0


@settings(max_examples=60, deadline=None)
@given(p=st.floats(0, 1), shift=st.floats(-0.0009, 0.0009))
def test_what_is_within_the_tolerance_is_never_told_but_as_tolerated(
    p: float, shift: float
) -> None:
    def alone(supports: float) -> Finding:
        item = some_evidence(min(max(supports, 0.0), 1.0), 0.0)
        spoken = item.stance is Stance.SUPPORTS
        return finding(item, verdict=Verdict.SUPPORTED if spoken else Verdict.NOT_ENOUGH_EVIDENCE)

    assert all(change.tolerated for change in told([alone(p)], [alone(p + shift)]))
