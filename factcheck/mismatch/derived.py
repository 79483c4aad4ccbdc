"""What a passage says without saying it.

Time between two dates, points between two shares, and by how much one amount is more than another.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from factcheck.datevalue import DateValue
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
#: What says, right before or behind a share, that something became so much less, or more.
_FELL = (
    r"fell|falls?|fallen|falling|dropped|drops?|down|declined?|decreased?|reduced|cut|shr[aiu]nk"
)
_ROSE = r"rose|rises?|risen|grew|grows?|grown|up|increased?|gained|climbed|jumped"
_CHANGED = re.compile(rf"\b(?:(?P<down>{_FELL})|(?P<up>{_ROSE}))(?: by)? $", re.IGNORECASE)
_COMPARED = re.compile(
    r" (?:(?P<down>fewer|less|lower|cheaper|shorter|smaller)|"
    r"(?P<up>more|higher|dearer|longer|larger|greater))\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"(?P<down>halv)|(?P<up>doubl|trebl|tripl|quadrupl)", re.IGNORECASE)
#: Between two amounts: that the one came of the other, or that the other came before.
_FROM, _TO = re.compile(r"\bfrom $"), re.compile(r"^(?: [a-z]+){0,3} to $")
_BEFORE_IT = re.compile(
    r"(?:\bas against|, against|\bfrom|\bcompared with|\bafter|\bthan|\bpreviously) (?:the )?$"
    r"|^ \($"
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


def change(words: str, value: Quantity, passage: str, quantities: Sequence[Quantity]) -> list[Span]:
    """Where a passage has an amount and what it was before, as a claim's `words` say by a share.

    `two thirds fewer` beside `604, as against 1,812`; `doubled` beside `from 12 to 24 boats`.
    """
    told = _told(words, value)
    if not told:
        return []
    plain = [q for q in quantities if q.unit not in _NO_DIFFERENCE and q.low == q.high > 0]
    return [
        Span(one.span.start, two.span.end)
        for one, two in pairwise(plain[:MOST])
        if (amounts := _then_and_now(passage, one, two)) and _is_changed(value, told, *amounts)
    ]


def _told(words: str, value: Quantity) -> str:
    """`up` or `down`, as a claim's `words` say of a share; "" where they say neither."""
    if value.unit not in {"%", "times"}:
        return ""
    match = _CHANGE.search(value.span.of(words))
    if value.unit == "%":
        match = (
            match
            or _CHANGED.search(words[: value.span.start])
            or _COMPARED.match(words, value.span.end)
        )
    return str(match.lastgroup) if match else ""


def _then_and_now(passage: str, one: Quantity, two: Quantity) -> tuple[float, float] | None:
    """What two amounts one after the other were and are; None where they are not told so."""
    between = passage[one.span.end : two.span.start]
    if one.unit != two.unit or len(between) > NEAR or re.search(r"[.;!?]\s", between):
        return None
    before = passage[: one.span.start]
    if _TO.match(between):
        return (one.low, two.low) if _FROM.search(before) else None
    if re.search(r"\bby $", before, re.IGNORECASE):
        return None  # `fell by 20 from 100`
    return (two.low, one.low) if _BEFORE_IT.search(between) else None


def _is_changed(value: Quantity, told: str, then: float, now: float) -> bool:
    """Whether an amount has changed by a claim's share, or to its multiple, the way it says."""
    if (now < then) != (told == "down"):
        return False
    by = now / then if value.unit == "times" else 100 * abs(now - then) / then
    step = 0.05 if value.unit == "times" else 0.5
    found = replace(value, low=by, high=by, step=step, bound=Bound.EXACT)
    return value.against(found) is Relation.SAME


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
