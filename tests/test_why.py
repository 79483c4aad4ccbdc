from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.records import Evidence
from factcheck.verdict import decide, ranked
from factcheck.why import explain, spoken_date
from tests.builders import some_evidence


def _why(*items: Evidence) -> str:
    return explain(decide(items), ranked(items))


def test_each_verdict_has_its_sentence() -> None:
    source = "Harbour bulletin (3 March 2022)"
    assert _why(some_evidence(0.9, 0.0)) == f"Supported: {source} says so."
    assert (
        _why(some_evidence(0.0, 0.9), some_evidence(0.0, 0.8, "b.md"))
        == f"Refuted: {source} says otherwise (and 1 more)."
    )
    assert (
        _why(some_evidence(0.9, 0.0), some_evidence(0.0, 0.9, "b.md"))
        == f"Conflicting: {source} supports it, {source} contradicts it."
    )


def test_a_document_is_cited_for_what_it_says_most_clearly() -> None:
    both = [some_evidence(0.94, 0.0, "a.md"), some_evidence(0.0, 0.95, "a.md")]
    other = some_evidence(0.85, 0.0, "b.md")
    other = replace(other, hit=replace(other.hit, title="Other"))
    assert _why(*both, other) == (
        "Conflicting: Other (3 March 2022) supports it, "
        "Harbour bulletin (3 March 2022) contradicts it."
    )
    assert _why(*both) == "Refuted: Harbour bulletin (3 March 2022) says otherwise."
    weak = some_evidence(0.9, 0.0, "a.md"), some_evidence(0.7, 0.0, "a.md")
    assert _why(*weak) == "Supported: Harbour bulletin (3 March 2022) says so."


def test_what_leans_nowhere_is_not_said_to_lean() -> None:
    silent, leaning = some_evidence(0.45, 0.05, "a.md"), some_evidence(0.4, 0.3, "b.md")
    assert _why(silent, leaning).endswith(
        "leans towards support, but 40% is too uncertain to count."
    )


def test_the_kinds_of_not_enough_are_told_apart() -> None:
    assert _why() == "Not enough evidence: nothing in the index is about this."
    assert _why(some_evidence(0.1, 0.1)).endswith("does not decide it.")
    leaning = _why(some_evidence(0.1, 0.55))
    assert leaning.endswith("leans towards contradiction, but 55% is too uncertain to count.")


@pytest.mark.parametrize(
    ("iso", "spoken"),
    [
        ("2022-03-03", "3 March 2022"),
        ("2022-03", "March 2022"),
        ("2022", "2022"),
        ("last spring", "last spring"),
        ("2022-13-40", "2022-13-40"),
    ],
)
def test_spoken_date(iso: str, spoken: str) -> None:
    assert spoken_date(iso) == spoken
