"""Dates seen from another date: `that day`, `the following Monday`, `two years later`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from factcheck.datepattern import OF_SOMETHING
from factcheck.datevalue import DateValue
from factcheck.stretches import SEASONS, SMALL, WEEKDAYS, month_of, year_of
from index import Span


def from_other(match: re.Match[str], other: DateValue | None) -> DateValue | None:
    """`that day`, `the following year`, `a year earlier`, seen from another date."""
    that, unit, shift = match["that"].lower(), match["thatunit"].lower(), match["thatshift"] or ""
    end = match.end()
    if that in {"that", "the same"}:  # `of that year after 12 appeals`
        shift, end = "", match.end("thatunit")
    alone = (that in {"a", "the"} and not shift) or (that == "a" and unit != "year")
    of_something = shift in {"after", "before"} and OF_SOMETHING.match(match.string, end)
    if other is None or not other.has_year or alone or of_something:
        return None
    days = (other.last - other.first).days
    span = Span(match.start(), end)
    by = {"earlier": -1, "before": -1, "later": 1, "after": 1}.get(shift, 0)
    by += {"the previous": -1, "the following": 1, "the next": 1}.get(that, 0)
    if shift in {"a year earlier", "the year before"} or (
        unit in {"year", "season"} and that == "a"
    ):
        return replace(
            _years_on(other, -1 if "earlier" in shift or "before" in shift else by),
            span=span,
            relative=True,
        )
    if unit in {"day", "morning", "afternoon", "evening", "night"} and days == 0:
        day = other.first + dt.timedelta(days=by)
        return DateValue(span, day, day, relative=True)
    if unit == "year":
        return DateValue(span, *year_of(other.first.year + by), relative=True)
    same = (unit == "month" and 26 < days < 32) or (
        unit in {"quarter", *SEASONS} and 80 < days < 100
    )
    return replace(other, span=span, relative=True) if same and not by else None


def apart_from(match: re.Match[str], other: DateValue | None) -> Iterator[DateValue]:
    """`the following Monday` and `two years later`, seen from another date of that precision."""
    if other is None or not other.has_year:
        return
    span, is_day = Span(match.start(), match.end()), other.first == other.last
    if match["following"]:
        ahead = (WEEKDAYS.index(match["following"].lower()) - other.first.weekday()) % 7 or 7
        days, unit = ahead, "day"
    else:
        number, unit = match["apart"].lower(), match["apartunit"].rstrip("s")
        count = int(number) if number.isdigit() else SMALL[number]
        days = -count if match["apartshift"] == "earlier" else count
    try:
        if unit == "day" and is_day:
            day = other.first + dt.timedelta(days=days)
            yield DateValue(span, day, day, relative=True)
        elif unit == "month" and other.days < 32:
            months = other.first.year * 12 + other.first.month - 1 + days
            yield DateValue(span, *month_of(months // 12, months % 12 + 1), relative=True)
        elif unit == "year":
            yield DateValue(span, *year_of(other.first.year + days), relative=True)
    except (ValueError, OverflowError):  # beyond the calendar
        return


def _years_on(value: DateValue, years: int) -> DateValue:
    """The same stretch so many years later."""

    def on(day: dt.date) -> dt.date:
        last = calendar.monthrange(day.year + years, day.month)[1]
        return day.replace(year=day.year + years, day=min(day.day, last))

    whole = value.whole and (on(value.whole[0]), on(value.whole[1]))
    return replace(value, first=on(value.first), last=on(value.last), whole=whole)
