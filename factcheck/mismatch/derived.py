"""What a passage says without saying it.

Time between two dates, points between two shares, and by how much one amount is more than another.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from factcheck.dates import DateValue
from factcheck.mismatch.quantities import Bound, Quantity
from factcheck.relation import Relation
from index import Span

#: A difference of rounded shares may be off by so many points.
POINTS = 0.051
#: Values of a passage that are paired, at most.
MOST = 12
#: Two amounts that are compared lie within so many characters.
NEAR = 200
#: Units of what has no difference in itself: shares have points, and counts count anything.
_NO_DIFFERENCE = frozenset({"%", "pp", "times", "ordinal", "clock", "score", "age"})
#: A plain number from which on it is an amount, of money as a rule: `41.2 million`.
GREAT = 1e5
#: Behind an amount between two others: `6 million more than planned`, `two hours longer than`.
_MORE = re.compile(
    r" (?:(?!(?:and|at|by|for|from|in|no|of|on|or|to|with)\b)[a-z]+ )?"
    r"(?:more|less|fewer|higher|lower|dearer|cheaper|longer|shorter) than\b(?! (?:\d|an? ))"
)
#: Before it: `rose by 40 million`.
_BY = re.compile(r"\b(?:rose|fell|grew|dropped|increased|decreased) by $", re.IGNORECASE)


def derived(
    value: Quantity,
    quantities: Sequence[Quantity],
    dates: Sequence[DateValue],
    published: dt.date | None,
) -> list[Span]:
    """Where a passage gives what a claim's duration or percentage points follow from."""
    if value.unit == "pp":
        return [
            Span(one.span.start, two.span.end)
            for one, two in combinations([q for q in quantities if q.unit == "%"][:MOST], 2)
            if _finite(one, two) and abs(abs(one.low - two.low) - value.low) <= POINTS
        ]
    if value.unit != "year" or value.low != value.high:
        return []
    years = [date for date in dates if date.has_year][:MOST]
    spans = [
        Span(min(one.span.start, two.span.start), max(one.span.end, two.span.end))
        for one, two in combinations(years, 2)
        if abs(two.first.year - one.first.year) == value.low
    ]
    since = [
        date.span for date in years if published and published.year - date.first.year == value.low
    ]
    return spans + since


def difference(words: str, value: Quantity, quantities: Sequence[Quantity]) -> list[Span]:
    """Where two amounts near each other lie as far apart as a claim's `words` say with `value`.

    Whichever is the greater: that what rose did not fall is for the verifier to see.
    """
    if not (_MORE.match(words, value.span.end) or _BY.search(words[: value.span.start])):
        return []
    if value.unit in _NO_DIFFERENCE or (value.unit == "" and abs(value.low) < GREAT):
        return []
    exact = [q for q in quantities if q.bound is Bound.EXACT and q.low == q.high and _finite(q)]
    alike = [q for q in exact if q.unit == value.unit or "" in {q.unit, value.unit}]
    return [
        Span(one.span.start, two.span.end)
        for one, two in combinations(alike[:MOST], 2)
        if one.span.end <= two.span.start <= one.span.end + NEAR
        and _are_of_one_kind(one, two)
        and _is_apart(value, one, two)
    ]


def _are_of_one_kind(one: Quantity, two: Quantity) -> bool:
    """Whether two amounts have one unit, or a great one leaves it out: `41 million`, `£35m`."""
    unsaid = "" in {one.unit, two.unit} and min(abs(one.low), abs(two.low)) >= GREAT
    return one.unit == two.unit or unsaid


def _is_apart(value: Quantity, one: Quantity, two: Quantity) -> bool:
    apart = abs(one.low - two.low)
    step = max(one.step, two.step)
    between = replace(one, low=apart, high=apart, step=step, spoken="")
    return apart > step and value.against(between) is Relation.SAME


def _finite(*quantities: Quantity) -> bool:
    return all(math.isfinite(quantity.low) for quantity in quantities)
