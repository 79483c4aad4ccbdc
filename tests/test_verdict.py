from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.records import Abstention, Evidence, Stance, Verdict
from factcheck.verdict import CONFLICT_MARGIN, Decision, decide, ranked
from tests.builders import some_evidence


def test_no_passage_is_nothing_found() -> None:
    assert decide([]) == Decision(Verdict.NOT_ENOUGH_EVIDENCE, 1.0, Abstention.NOTHING_FOUND)


def test_one_supporting_passage_supports() -> None:
    decision = decide([some_evidence(0.9, 0.05), some_evidence(0.1, 0.1, "other.md")])
    assert decision == Decision(Verdict.SUPPORTED, 0.9)


def test_one_refuting_passage_refutes() -> None:
    decision = decide([some_evidence(0.05, 0.8), some_evidence(0.2, 0.1, "other.md")])
    assert decision == Decision(Verdict.REFUTED, 0.8)


def test_two_documents_of_like_strength_conflict() -> None:
    decision = decide([some_evidence(0.9, 0.05), some_evidence(0.05, 0.85, "other.md")])
    assert decision == Decision(Verdict.CONFLICTING, 0.85)


def test_a_weak_dissent_does_not_conflict() -> None:
    weak = 0.9 - CONFLICT_MARGIN - 0.05
    decision = decide([some_evidence(0.9, 0.05), some_evidence(0.05, weak, "other.md")])
    assert decision.verdict is Verdict.SUPPORTED


def test_a_document_speaks_once_through_its_most_decisive_passage() -> None:
    decision = decide([some_evidence(0.9, 0.05, "a.md"), some_evidence(0.05, 0.85, "a.md")])
    assert decision == Decision(Verdict.SUPPORTED, 0.9)


def test_of_two_passages_alike_the_refuting_one_speaks() -> None:
    items = [some_evidence(0.9, 0.0, "a.md"), some_evidence(0.0, 0.9, "a.md")]
    assert decide(items) == decide(items[::-1]) == Decision(Verdict.REFUTED, 0.9)


def test_leaning_passages_are_below_the_threshold_and_others_neutral() -> None:
    leaning = decide([some_evidence(0.55, 0.05)])
    assert leaning.reason is Abstention.BELOW_THRESHOLD
    assert leaning.confidence == pytest.approx(0.45)
    assert decide([some_evidence(0.1, 0.2)]).reason is Abstention.NEUTRAL


def test_ranked_puts_voices_first_and_silence_by_relevance() -> None:
    quiet = some_evidence(0.1, 0.1, "quiet.md", score=0.3)
    quiet_close = some_evidence(0.1, 0.1, "close.md", score=0.9)
    weaker = some_evidence(0.7, 0.1, "weaker.md", score=0.1)
    strongest = some_evidence(0.02, 0.95, "strongest.md", score=0.2)
    ordered = ranked([quiet, weaker, strongest, quiet_close])
    assert ordered == (strongest, weaker, quiet_close, quiet)


@st.composite
def _evidence(draw: st.DrawFn) -> Evidence:
    supports = draw(st.floats(0, 1))
    refutes = draw(st.floats(0, 1 - supports))
    return some_evidence(supports, refutes, draw(st.sampled_from(["a", "b", "c"])))


@given(st.lists(_evidence(), max_size=6))
def test_the_verdict_is_independent_of_order_and_within_bounds(items: list[Evidence]) -> None:
    decision = decide(items)
    assert decision == decide(list(reversed(items)))
    assert 0.0 <= decision.confidence <= 1.0
    assert (decision.reason is None) == (decision.verdict is not Verdict.NOT_ENOUGH_EVIDENCE)
    stances = {item.stance for item in items}
    if decision.verdict is Verdict.SUPPORTED:
        assert Stance.SUPPORTS in stances
    if decision.verdict is Verdict.REFUTED:
        assert Stance.REFUTES in stances
