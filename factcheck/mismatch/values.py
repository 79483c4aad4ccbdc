"""What a text says exactly: a value, where it stands, and how two values are compared."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.records import Agreement
from factcheck.relation import Relation
from index import Span

__all__ = ["Agreement", "Comparison", "Proposal", "Relation"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mismatch that may be one: the two places, and the claim as the passage would have it.

    `rewritten` is the claim with the passage's value in place of its own. Whether the passage says
    that is for the verifier to say: two numbers that differ may count different things.
    """

    kind: str
    claim_span: Span
    passage_span: Span
    claim_value: str
    passage_value: str
    rewritten: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that two texts agree on exactly and may differ in.

    `missing` are the spans of the claim's values that the passage has nothing like. `borrowed` are
    proposals for figures that are not the claim's own; the others leave these out. `office` says
    whether the claim says no more than who holds an office, and the passage says so too. `aligned`
    is the claim in the passage's notation (`factcheck.mismatch.aligning`), "" where that is its
    own.
    """

    agreements: tuple[Agreement, ...]
    proposals: tuple[Proposal, ...]
    missing: tuple[Span, ...]
    borrowed: tuple[Proposal, ...] = ()
    office: bool = False
    aligned: str = ""
