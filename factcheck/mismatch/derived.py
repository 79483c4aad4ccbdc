"""What a passage says without saying it: time between two dates, points between two shares."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from itertools import combinations

from factcheck.dates import DateValue
from factcheck.mismatch.quantities import Quantity
from index import Span

#: A difference of rounded shares may be off by so many points.
POINTS = 0.051
#: Values of a passage that are paired, at most.
MOST = 12


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


def _finite(*quantities: Quantity) -> bool:
    return all(math.isfinite(quantity.low) for quantity in quantities)
