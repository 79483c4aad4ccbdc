"""Which claims a reader wants to see."""

from __future__ import annotations

from enum import Enum

from factcheck.records import Verdict
from factcheck.session import Entry, is_decided


class Filter(Enum):
    """A choice of claims; the value is its name for people."""

    ALL = "all claims"
    OPEN = "not decided yet"
    DECIDED = "decided"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH_EVIDENCE = "not enough evidence"

    def passes(self, entry: Entry) -> bool:
        """Whether a claim is among those chosen; by verdict, the reader's own goes first."""
        if self is Filter.ALL:
            return True
        if self in {Filter.OPEN, Filter.DECIDED}:
            return is_decided(entry) is (self is Filter.DECIDED)
        return verdict_of(entry) is Verdict[self.name]


def verdict_of(entry: Entry) -> Verdict | None:
    """What stands of a claim: the reader's verdict, else the tool's, else None as yet."""
    if entry.ruling and entry.ruling.verdict:
        return entry.ruling.verdict
    return entry.finding.verdict if entry.finding else None
