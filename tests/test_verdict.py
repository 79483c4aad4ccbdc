from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.records import (
    Abstention,
    Evidence,
    Finding,
    Probabilities,
    Said,
    SaidStatus,
    Stance,
    Verdict,
)
from factcheck.rule import NAMED
from factcheck.verdict import (
    CONFLICT_MARGIN,
    OVERRULES,
    QUOTED,
    Decision,
    Difference,
    Signs,
    believed,
    decide,
    features,
    is_named,
    naming,
    ranked,
    voices,
    weigh,
    worst_first,
)
from tests.builders import a_claim, some_evidence

BERTHS = "The new berths of Ostrel were opened by the harbour board in the spring of 1987."


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


def _documents(items: Sequence[Evidence]) -> list[str]:
    return [item.hit.passage.document_id for item in items]


def test_a_text_printed_twice_has_one_voice() -> None:
    first = some_evidence(0.9, 0.0, "agency.md", text=BERTHS)
    again = some_evidence(0.8, 0.0, "paper.md", text=f"Ostrel (Wire) – {BERTHS}")
    other = some_evidence(0.7, 0.0, "board.md", text="We opened the berths in 1987.")
    assert _documents(voices([again, other, first])) == ["agency.md", "board.md"]


def test_a_text_printed_twice_with_another_figure_is_a_conflict() -> None:
    first = some_evidence(0.9, 0.0, "agency.md", text=BERTHS)
    changed = some_evidence(0.0, 0.85, "paper.md", text=BERTHS.replace("1987", "1988"))
    assert _documents(voices([first, changed])) == ["agency.md", "paper.md"]
    assert decide([first, changed]) == Decision(Verdict.CONFLICTING, 0.85)


def _said(status: SaidStatus, document: str | None = "minutes.md") -> Said:
    return Said(status, document, 0, 20 if document else 0, "Mara Velt")


@pytest.mark.parametrize(
    "status", [SaidStatus.ALTERED, SaidStatus.OPPOSITE, SaidStatus.MISATTRIBUTED]
)
def test_words_that_are_not_the_speakers_refute_whatever_is_true(status: SaidStatus) -> None:
    refuted = Decision(Verdict.REFUTED, QUOTED)
    assert decide([some_evidence(0.99, 0.0, "other.md")], _said(status)) == refuted
    assert decide([], _said(status)) == refuted


def test_what_was_said_is_supported_until_another_source_clearly_denies_it() -> None:
    said = _said(SaidStatus.VERBATIM)
    supported = Decision(Verdict.SUPPORTED, QUOTED)
    silent = some_evidence(0.1, 0.1, "minutes.md")
    assert decide([silent], said) == supported
    weak = some_evidence(0.0, OVERRULES - 0.01, "other.md")
    assert decide([silent, weak], said) == supported
    clear = some_evidence(0.0, OVERRULES + 0.05, "other.md")
    assert decide([silent, clear], said) == Decision(Verdict.REFUTED, OVERRULES + 0.05)
    believing = some_evidence(0.8, 0.1, "minutes.md")
    assert decide([believing, clear], said).verdict is Verdict.CONFLICTING


def test_the_document_that_has_it_said_does_not_deny_it() -> None:
    said = _said(SaidStatus.VERBATIM)
    assert decide([some_evidence(0.0, 0.95, "minutes.md")], said).verdict is Verdict.SUPPORTED


def test_nobody_having_said_it_leaves_it_to_what_is_true() -> None:
    absent = _said(SaidStatus.ABSENT, None)
    for items in ([], [some_evidence(0.9, 0.0)], [some_evidence(0.0, 0.9)]):
        assert decide(items, absent) == decide(items)


def test_ranked_puts_where_it_was_said_first() -> None:
    said = Said(SaidStatus.VERBATIM, "minutes.md", 10, 30, "Mara Velt")
    loud = some_evidence(0.95, 0.0, "loud.md")
    held = some_evidence(0.1, 0.1, "minutes.md")
    assert _documents(ranked([loud, held], said)) == ["minutes.md", "loud.md"]
    elsewhere = Said(SaidStatus.VERBATIM, "minutes.md", 9000, 9020, "Mara Velt")
    assert _documents(ranked([loud, held], elsewhere)) == ["loud.md", "minutes.md"]


def test_a_document_whose_voice_is_a_repetition_does_not_speak_by_a_weaker_one() -> None:
    refuting = [some_evidence(0.0, 0.9, "a"), some_evidence(0.0, 1.0, "b")]
    both = [*refuting, some_evidence(0.8, 0.0, "a")]
    for order in (both, both[::-1]):
        assert decide(order).verdict is Verdict.REFUTED


def test_worst_first_and_the_surest_of_each_verdict_first() -> None:
    def finding(verdict: Verdict, confidence: float) -> Finding:
        return Finding(a_claim(), (), verdict, confidence, None, "")

    mixed = [
        finding(Verdict.SUPPORTED, 0.9),
        finding(Verdict.REFUTED, 0.6),
        finding(Verdict.NOT_ENOUGH_EVIDENCE, 0.3),
        finding(Verdict.CONFLICTING, 0.7),
        finding(Verdict.REFUTED, 0.8),
    ]
    assert [(f.verdict.value, f.confidence) for f in worst_first(mixed)] == [
        ("REFUTED", 0.8),
        ("REFUTED", 0.6),
        ("CONFLICTING", 0.7),
        ("NOT_ENOUGH_EVIDENCE", 0.3),
        ("SUPPORTED", 0.9),
    ]
    assert worst_first([]) == []


def _signs(
    own: tuple[float, float, float], *turns: tuple[float, float], agreed: int = 0, missing: int = 0
) -> Signs:
    """Signs with differences that take SUPPORTS from the first to the second of a pair."""
    differences = tuple(
        Difference(
            "number",
            Probabilities(before, 1.0 - before, 0.0),
            Probabilities(after, 1.0 - after, 0.0),
        )
        for before, after in turns
    )
    return Signs(
        Probabilities(*own), differences, agreed, missing, covered=0.5, relevance=0.7, likeness=8.0
    )


@pytest.mark.usefixtures("verifier_alone")
@pytest.mark.parametrize("own", [(0.7, 0.2, 0.1), (0.01, 0.98, 0.01), (1 / 3, 1 / 3, 1 / 3)])
def test_the_verifier_alone_is_itself(own: tuple[float, float, float]) -> None:
    weighed = weigh(_signs(own, (0.1, 0.9), agreed=1, missing=2))
    assert (weighed.supports, weighed.refutes, weighed.nei) == pytest.approx(own)


def test_what_is_weighed_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = {"constant": (0.5, -0.5), "turned": (-2.0, 2.0), "covered": (1.0, 0.0)}
    every = dict.fromkeys(features(_signs((0.2, 0.3, 0.5))), (0.0, 0.0)) | rule
    monkeypatch.setattr("factcheck.verdict.RULE", every)
    weighed = weigh(_signs((0.2, 0.3, 0.5), (0.1, 0.6)))
    # SUPPORTS 0.5 - 2 · 0.5 + 1 · 0.5 = 0, REFUTES -0.5 + 2 · 0.5 = 0.5, NEI 0
    total = 2 + math.exp(0.5)
    assert weighed.supports == pytest.approx(1 / total)
    assert weighed.refutes == pytest.approx(math.exp(0.5) / total)


def test_features_by_hand() -> None:
    values = features(_signs((0.5, 0.25, 0.25), (0.4, 0.5), (0.1, 0.45), agreed=3, missing=1))
    assert values == pytest.approx(
        {
            "constant": 1.0,
            "supports": math.log(2),
            "refutes": 0.0,
            "rewritten": 0.5,
            "turned": 0.35,
            "other unit": 0.0,
            "agreed": 0.75,
            "missing": 0.25,
            "covered": 0.5,
            "own": 0.0,
            "likeness": 0.8,
            "relevance": 0.7,
            "elsewhere": 0.0,
            "office": 0.0,
            "foreign": 0.0,
            "figures": 0.0,
        }
    )
    two = replace(_signs((0.5, 0.25, 0.25), agreed=3), figures=2)
    assert features(two)["figures"] == 1.0
    assert features(replace(two, figures=1))["figures"] == 0.0
    assert features(replace(two, missing=1))["figures"] == 0.0
    other = Difference("unit", Probabilities(0.5, 0.3, 0.2), Probabilities(0.4, 0.3, 0.3))
    signs = replace(_signs((0.5, 0.25, 0.25)), differences=(other,))
    assert features(signs)["other unit"] == 1.0
    assert features(replace(signs, elsewhere=True))["elsewhere"] == 1.0
    bare = features(_signs((1.0, 0.0, 0.0)))
    assert bare["supports"] == pytest.approx(math.log(1e4))
    assert [bare[name] for name in ("rewritten", "turned", "agreed", "missing")] == [0.0] * 4


#: Weights easy to reckon with.
BY_HAND = {"constant": -1.0, "refutes": 0.5, "before": -1.0, "after": 1.0, "unit": 2.0}


@pytest.mark.parametrize(
    ("refutes", "before", "after", "kind", "odds"),
    [
        (0.5, 0.5, 0.5, "number", -1.0),
        (0.8, 0.2, 0.8, "number", -1.0 + 2.5 * math.log(4)),
        (0.8, 0.2, 0.8, "unit", 1.0 + 2.5 * math.log(4)),
        (1.0, 0.0, 0.0, "date", -1.0 + 0.5 * math.log(1e4)),
    ],
)
def test_what_differs_is_named_by_how_surely_a_passage_has_it_in_the_claims_place(
    refutes: float, before: float, after: float, kind: str, odds: float
) -> None:
    said = Probabilities(before, 1.0 - before, 0.0), Probabilities(after, 1.0 - after, 0.0)
    probability = naming(refutes, Difference(kind, *said), BY_HAND)
    assert probability == pytest.approx(1.0 / (1.0 + math.exp(-odds)))


@pytest.mark.parametrize(
    ("refutes", "before", "after", "expected"),
    [
        (0.95, 0.1, 0.9, True),
        (0.95, 0.1, 0.15, False),
        (0.95, 0.9, 0.1, False),
        (0.55, 0.6, 0.65, False),
    ],
)
def test_what_ships_names_what_a_passage_has_and_the_claim_has_not(
    refutes: float, before: float, after: float, expected: bool
) -> None:
    (difference,) = _signs((0.1, 0.8, 0.1), (before, after)).differences
    assert (naming(refutes, difference) >= NAMED) is expected


@pytest.mark.parametrize(
    ("refutes", "kind", "expected"),
    [
        (0.79, "number", False),
        (0.81, "number", True),
        (0.6, "percentage", True),
        (0.6, "name", True),
    ],
)
def test_bare_numbers_are_named_where_a_passage_plainly_refutes(
    refutes: float, kind: str, expected: bool
) -> None:
    (difference,) = _signs((0.1, 0.8, 0.1), (0.1, 0.9)).differences
    assert is_named(refutes, replace(difference, kind=kind)) is expected


@pytest.mark.parametrize(
    ("probabilities", "threshold", "stance"),
    [
        ((0.6, 0.3, 0.1), 0.6, Stance.SUPPORTS),
        ((0.59, 0.31, 0.1), 0.6, Stance.NEI),
        ((0.3, 0.6, 0.1), 0.5, Stance.REFUTES),
        ((0.1, 0.1, 0.8), 0.5, Stance.NEI),
    ],
)
def test_a_side_is_believed_from_the_threshold_on(
    probabilities: tuple[float, float, float], threshold: float, stance: Stance
) -> None:
    assert believed(Probabilities(*probabilities), threshold) is stance


@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=3),
)
def test_what_is_weighed_is_a_distribution(
    supports: float, share: float, turns: list[tuple[float, float]]
) -> None:
    refutes = (1 - supports) * share
    own = (supports, refutes, max(0.0, 1 - supports - refutes))
    weighed = weigh(_signs(own, *turns, agreed=2, missing=1))
    values = (weighed.supports, weighed.refutes, weighed.nei)
    assert all(0.0 <= value <= 1.0 for value in values)
    assert sum(values) == pytest.approx(1.0)


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
