from __future__ import annotations

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
