from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.records import Dated, Evidence, Mismatch, Said, SaidStatus, Stance
from factcheck.verdict import decide, ranked
from factcheck.why import explain
from index import Span
from tests.builders import a_claim, some_evidence

SOURCE = "Harbour bulletin (3 March 2022)"


def _why(*items: Evidence, said: Said | None = None, speaker: str | None = None) -> str:
    claim = a_claim(speaker=speaker)
    return explain(decide(items, said), claim, ranked(items, said), said)


def _differs(kind: str, mine: str, theirs: str) -> tuple[Mismatch, ...]:
    return (Mismatch(kind, Span(0, 1), Span(0, 1), mine, theirs),)


def test_each_verdict_has_its_sentence() -> None:
    assert _why(some_evidence(0.9, 0.0)) == f"Supported: {SOURCE} says so."
    other = some_evidence(0.0, 0.8, "b.md", text="Two and a half thousand.")
    assert _why(some_evidence(0.0, 0.9), other) == f"Refuted: {SOURCE} says otherwise (and 1 more)."
    assert (
        _why(some_evidence(0.9, 0.0), some_evidence(0.0, 0.9, "b.md"))
        == f"Conflicting: {SOURCE} supports it; {SOURCE} says otherwise."
    )


def test_both_values_are_named_where_they_are_known() -> None:
    exact = some_evidence(0.0, 0.9, mismatches=_differs("number", "5,200 tonnes", "2,500\n tonnes"))
    assert _why(exact) == f"Refuted: the claim says 5,200 tonnes; {SOURCE} says 2,500 tonnes."
    supports = some_evidence(0.9, 0.0, "b.md", title="Ledger")
    assert _why(exact, supports) == (
        f"Conflicting: Ledger (3 March 2022) supports it; {SOURCE} says 2,500 tonnes, "
        "the claim 5,200 tonnes."
    )


def test_a_negation_is_called_the_opposite() -> None:
    denied = _differs("negation", "was", "not")
    assert _why(some_evidence(0.0, 0.9, mismatches=denied)) == (
        f"Refuted: {SOURCE} says the opposite."
    )
    both = (*denied, *_differs("date", "1990", "1987"))
    assert _why(some_evidence(0.0, 0.9, mismatches=both)) == (
        f"Refuted: the claim says 1990; {SOURCE} says 1987."
    )


def test_a_long_value_is_cut_between_words() -> None:
    long = "very " * 40
    why = _why(some_evidence(0.0, 0.9, mismatches=_differs("quote", long, "short")))
    assert why == f"Refuted: the claim says {'very ' * 16}…; {SOURCE} says short."


def _said(status: SaidStatus, speaker: str | None = "Mara Velt") -> Said:
    if status is SaidStatus.ABSENT:
        return Said(status)
    return Said(status, "ostrel.md", 0, 10, speaker)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            _said(SaidStatus.VERBATIM),
            f"Supported: {SOURCE} has Mara Velt saying this; "
            "whether it is true is another question.",
        ),
        (_said(SaidStatus.OPPOSITE), f"Refuted: {SOURCE} has Mara Velt saying the opposite."),
        (
            _said(SaidStatus.MISATTRIBUTED, "Ida Roe"),
            f"Refuted: {SOURCE} has Ida Roe saying this, not Mara Velt.",
        ),
        (
            _said(SaidStatus.ALTERED),
            f"Refuted: {SOURCE} has Mara Velt saying this in other words.",
        ),
    ],
)
def test_whether_it_was_said_is_named(said: Said, sentence: str) -> None:
    assert _why(some_evidence(0.1, 0.1), said=said, speaker="Mara Velt") == sentence


def test_an_altered_quotation_shows_both_wordings() -> None:
    item = some_evidence(0.1, 0.1, mismatches=_differs("quote", "two metres", "two centimetres"))
    assert _why(item, said=_said(SaidStatus.ALTERED), speaker="Mara Velt") == (
        "Refuted: the quotation is altered: where the claim has “two metres”, "
        f"{SOURCE} has “two centimetres”."
    )


def test_what_was_said_and_is_true_or_not() -> None:
    said = _said(SaidStatus.VERBATIM)
    own = some_evidence(0.9, 0.0)
    agrees = some_evidence(0.9, 0.0, "b.md", title="Ledger", text="A ledger says it too.")
    assert _why(own, agrees, said=said, speaker="Mara Velt") == (
        f"Supported: {SOURCE} has Mara Velt saying this; Ledger (3 March 2022) says so too."
    )
    denies = some_evidence(
        0.0, 0.95, "b.md", title="Ledger", mismatches=_differs("number", "7", "9")
    )
    silent = some_evidence(0.1, 0.1)
    assert _why(silent, denies, said=said, speaker="Mara Velt") == (
        "Refuted: the claim says 7; Ledger (3 March 2022) says 9. Mara Velt did say it."
    )


def test_true_but_said_by_nobody() -> None:
    absent = _said(SaidStatus.ABSENT)
    assert _why(some_evidence(0.9, 0.0), said=absent, speaker="Mara Velt") == (
        f"Supported: {SOURCE} says so; no source has Mara Velt saying it."
    )
    assert _why(some_evidence(0.9, 0.0), said=Said(SaidStatus.ABSENT), speaker="regulator") == (
        f"Supported: {SOURCE} says so; no source has the regulator saying it."
    )
    assert _why(some_evidence(0.0, 0.9), said=absent, speaker="Mara Velt") == (
        f"Refuted: {SOURCE} says otherwise."
    )


def test_a_document_is_cited_for_what_it_says_most_clearly() -> None:
    both = [some_evidence(0.94, 0.0, "a.md"), some_evidence(0.0, 0.95, "a.md")]
    other = some_evidence(0.85, 0.0, "b.md", title="Other")
    assert _why(*both, other) == (
        f"Conflicting: Other (3 March 2022) supports it; {SOURCE} says otherwise."
    )
    assert _why(*both) == f"Refuted: {SOURCE} says otherwise."
    weak = some_evidence(0.9, 0.0, "a.md"), some_evidence(0.7, 0.0, "a.md")
    assert _why(*weak) == f"Supported: {SOURCE} says so."


def test_what_is_printed_twice_is_not_counted_twice() -> None:
    again = some_evidence(0.8, 0.0, "copy.md")
    assert _why(some_evidence(0.9, 0.0), again) == f"Supported: {SOURCE} says so."


def test_what_leans_nowhere_is_not_said_to_lean() -> None:
    silent, leaning = some_evidence(0.45, 0.05, "a.md"), some_evidence(0.4, 0.3, "b.md")
    assert _why(silent, leaning).endswith(
        "leans towards support, but 40% is too uncertain to count."
    )


def test_what_was_published_later_is_not_called_uncertain() -> None:
    later = replace(some_evidence(0.05, 0.9, "a.md"), dated=Dated.AFTER, stance=Stance.NEI)
    claim = a_claim("The bridge has not yet opened.")
    why = explain(decide([later]), claim, ranked([later]), None)
    assert why.endswith("says otherwise, but of a later time than the claim speaks of.")
    assert _why(later).endswith("but 90% is too uncertain to count.")  # of no claim of that kind


def test_the_kinds_of_not_enough_are_told_apart() -> None:
    assert _why() == "Not enough evidence: nothing in the index is about this."
    assert _why(some_evidence(0.1, 0.1)).endswith("does not decide it.")
    leaning = _why(some_evidence(0.1, 0.55))
    assert leaning.endswith("leans towards contradiction, but 55% is too uncertain to count.")
