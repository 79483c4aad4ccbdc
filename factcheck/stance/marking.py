"""What a claim and a passage share exactly, written into what a verifier reads.

A small model hardly tells 18,412 from 16,950, nor a fifth from 19.8 per cent; exact comparison
does, but not what either is said of. So each figure and date that has its like on the other side
is marked, in both texts, and each that the other side has otherwise:

    By midday the shares had dropped 6 per cent ‡
    … were 9% ‡ lower at noon, 140 staff …

A verifier that was trained on such texts reads the marks (`Calibration.marked`).
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence

from factcheck.dates import DateValue, find_dates
from factcheck.mismatch.derived import derived
from factcheck.mismatch.measures import find_quantities
from factcheck.mismatch.quantities import Quantity
from factcheck.relation import Relation
from factcheck.stance.verifier import Pair
from index import Span

#: Behind a value that the other text has, and behind one that it has otherwise. Both are tokens of
#: BERT's vocabulary that stand in hardly any text; a text's own are taken out.
SAME, OTHER = "≈", "‡"
_OWN = str.maketrans({SAME: "~", OTHER: "†"})
#: Values of a text that are compared, of each kind: more than three sentences have.
MANY = 80
#: A source in front of a passage, as `factcheck.stance.placing.headed` writes it: its day.
_HEAD = re.compile(r"[^\n]{1,300}? \((?P<day>\d{1,2} [A-Z][a-z]{2,8} \d{4})\): ")


def marked(claim: str, evidence: str) -> Pair:
    """Claim and evidence with a mark behind each figure and date that both have.

    Relative dates of the evidence are read against the day in front of it.
    """
    claim, evidence = claim.translate(_OWN), evidence.translate(_OWN)
    head = _HEAD.match(evidence)
    start = head.end() if head else 0
    passage, published = evidence[start:], _day(head["day"]) if head else None
    marks = _marks(claim, passage, published)
    return _with(claim, marks[0]), evidence[:start] + _with(passage, marks[1])


def _marks(
    claim: str, passage: str, published: dt.date | None
) -> tuple[dict[int, str], dict[int, str]]:
    """For each text where a mark stands, and which."""
    mine: dict[int, str] = {}
    theirs: dict[int, str] = {}
    for value, same, other in _compared(claim, passage, published):
        if same or other:
            mine[value.end] = SAME if same else OTHER
        theirs |= {span.end: SAME for span in same}
        theirs |= {span.end: OTHER for span in other if span.end not in theirs}
    return mine, theirs


def _compared(
    claim: str, passage: str, published: dt.date | None
) -> Iterator[tuple[Span, list[Span], list[Span]]]:
    """Each value of the claim: where it stands, where the passage has it, and where otherwise."""
    dates, quantities = _values(claim, None)
    other_dates, other_quantities = _values(passage, published)
    for date in dates:
        found = [(each.span, date.against(each)) for each in other_dates]
        yield date.span, _those(found, Relation.SAME), _those(found, Relation.DIFFERENT)
    for quantity in quantities:
        found = [(each.span, quantity.against(each)) for each in other_quantities]
        same = _those(found, Relation.SAME)
        same = same or derived(quantity, other_quantities, other_dates, published)
        yield quantity.span, same, _those(found, Relation.DIFFERENT)


def _those(found: Sequence[tuple[Span, Relation]], relation: Relation) -> list[Span]:
    return [span for span, each in found if each is relation]


@functools.lru_cache(maxsize=4096)
def _values(text: str, published: dt.date | None) -> tuple[list[DateValue], list[Quantity]]:
    """The dates and figures of a text; one is read beside many others."""
    dates = find_dates(text, published)
    return dates[:MANY], find_quantities(text, [date.span for date in dates])[:MANY]


def _day(words: str) -> dt.date | None:
    """The day that stands in front of a passage."""
    return next((date.first for date in find_dates(words) if date.first == date.last), None)


def _with(text: str, marks: dict[int, str]) -> str:
    parts, at = [], 0
    for end in sorted(marks):
        parts += [text[at:end], " ", marks[end]]
        at = end
    return "".join([*parts, text[at:]])
