"""Dates in running text, absolute and relative, as stretches of days.

`on Wednesday`, `last year`, `in March` are read against the day the text was published.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from factcheck.datepattern import DATE, FUTURE, NOT_YEAR_BEFORE, PART, SAID
from factcheck.dateshift import apart_from, from_other
from factcheck.datevalue import DateValue
from factcheck.stretches import (
    QUARTERS,
    SMALL,
    WEEKDAYS,
    Stretch,
    month_number,
    month_of,
    next_to,
    part_named,
    part_of,
    quarter_of,
    season_of,
    year_of,
)
from index import Span


def find_dates(
    text: str, published: dt.date | None = None, spoken_of: DateValue | None = None
) -> list[DateValue]:
    """The dates of a text, in order.

    Relative ones, and the year of those without, need `published`.

    `spoken_of` is the last date before the text, which `that day` and `a year earlier` start from;
    inside the text it is the last one read.
    """
    found: list[DateValue] = []
    for match in DATE.finditer(text):
        if match["that"]:
            # `in May of that year` does not mean May's own
            is_of = bool(found) and text[found[-1].span.end : match.start()].strip() == "of"
            others = found[:-1] if is_of else found
            try:
                value = from_other(match, others[-1] if others else spoken_of)
            except (ValueError, OverflowError):  # before the calendar begins, year by year
                value = None
            found += [value] if value else []
            continue
        if match["following"] or match["apart"]:
            found += apart_from(match, found[-1] if found else spoken_of)
            continue
        told = found[-1] if found else spoken_of
        if told and told.has_year and (match["which"] or "").lower() == "previous":
            found += _before_what_is_told(match, told, published, here=bool(found))
            continue
        found += [_with_part(value, text) for value in _read(match, text, published)]
    return found


def _before_what_is_told(
    match: re.Match[str], told: DateValue, published: dt.date | None, here: bool
) -> Iterator[DateValue]:
    """`the previous year`, which is that before the last date; of others only what is plain.

    A date that does not stand `here`, in the text itself, may be of another story if it is old.
    """
    span = Span(match.start(), match.end())
    is_near = here or (published is not None and (published - told.last).days <= RECENT)
    if match["stretch"] == "year" and told.first.year > dt.MINYEAR and is_near:
        yield DateValue(span, *year_of(told.first.year - 1), relative=True)
    elif published is not None and (published - told.last).days <= NEAR_NOW:
        yield from _read(match, "", published)


def _with_part(value: DateValue, text: str) -> DateValue:
    """The date with `early`, `mid-` or `the end of` before it, where it is more than a day."""
    if value.days < 28:
        return value
    start = value.span.start
    before = text[max(0, start - 28) : start]
    match = PART.search(before)
    if not match:
        return value
    lead = match[0].lower().removeprefix("in ").removeprefix("at ")
    part = part_named(match["word"] or match["of"])
    whole = (value.first, value.last)
    first, last = part_of(whole, part)
    return replace(
        value,
        span=Span(start - len(lead), value.span.end),
        first=first,
        last=last,
        part=part,
        whole=whole,
    )


def _read(match: re.Match[str], text: str, published: dt.date | None) -> Iterator[DateValue]:
    try:
        value = _absolute(match, text, published) or _relative(match, text, published)
    except (ValueError, OverflowError):  # the calendar has no such day
        return
    if value:
        yield value


def _absolute(match: re.Match[str], text: str, published: dt.date | None) -> DateValue | None:
    span, get = Span(match.start(), match.end()), match.group
    if get("iso"):
        day = dt.date.fromisoformat(get("iso"))
        return DateValue(span, day, day)
    for day_name, last_name, month_name, year_name in (
        ("d1", "d1b", "m1", "y1"),
        ("d2", "d2b", "m2", "y2"),
    ):
        if get(month_name):
            month = month_number(get(month_name))
            first, last = int(get(day_name)), int(get(last_name) or get(day_name))
            if get(year_name):
                year = int(get(year_name))
                return DateValue(span, dt.date(year, month, first), dt.date(year, month, last))
            return _without_year(span, (month, first), (month, last), (text, published))
    stretch = _stretch_named(match)
    if stretch:
        return DateValue(span, *stretch)
    if get("y8") and not NOT_YEAR_BEFORE.search(text[max(0, span.start - 16) : span.start]):
        return DateValue(span, *year_of(int(get("y8"))))
    return None


def _stretch_named(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    """The stretch that a month, season, quarter, half, decade or span of years with its year is."""
    get = match.group
    if get("mn"):
        day = dt.date(int(get("yn")), int(get("mn")), int(get("dn")))
        return day, day
    if get("m4"):
        month = month_of(int(get("ym4")), month_number(get("m4")))
        day = month[0] if get("dayword") == "first" else month[1]
        return day, day
    if get("ma"):
        year = int(get("yab"))
        last = month_of(year, month_number(get("mb")))[1]
        first = month_of(year, month_number(get("ma")))[0]
        return (first if first <= last else first.replace(year=year - 1)), last
    if get("m3"):
        return month_of(int(get("y3")), month_number(get("m3")))
    if get("season"):
        return season_of(int(get("y4")), get("season"))
    return _years_named(match)


def _years_named(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    get = match.group
    if get("halfyear"):
        year = int(get("yh"))
        return (
            (dt.date(year, 1, 1), dt.date(year, 6, 30))
            if get("halfyear") == "first"
            else (dt.date(year, 7, 1), dt.date(year, 12, 31))
        )
    if get("quarter"):
        return quarter_of(int(get("y5")), QUARTERS[get("quarter").lower()])
    if get("q6"):
        return quarter_of(int(get("y6")), int(get("q6")))
    if get("y7"):
        first = int(get("y7"))
        last = int(get("y7")[:2] + get("y7b")) if len(get("y7b")) == 2 else int(get("y7b"))
        return dt.date(first, 1, 1), dt.date(max(last, first), 12, 31)
    if get("decade"):
        return dt.date(int(get("decade")), 1, 1), dt.date(int(get("decade")) + 9, 12, 31)
    return None


def _relative(match: re.Match[str], text: str, published: dt.date | None) -> DateValue | None:
    span, get = Span(match.start(), match.end()), match.group
    if get("m9"):
        return _month_alone(match, text, published)
    if published is None:
        return None
    if get("weekday"):
        return _weekday(match, text, published)
    if get("ago"):
        return _ago(span, get("ago"), get("agounit").rstrip("s"), published)
    found = _seen_from(match, _in_future(text, span), published)
    return DateValue(span, *found, relative=True) if found else None


def _seen_from(match: re.Match[str], future: bool, day: dt.date) -> Stretch | None:
    """The stretch that `today`, `last year`, `the turn of the year` is on that day."""
    get = match.group
    if get("turn"):
        year = day.year + (day.month > 6 and future)
        return dt.date(year - 1, 12, 15), dt.date(year, 1, 15)
    if get("seasononly"):
        found = season_of(day.year, get("seasononly"))
        return found if found[0] <= day else season_of(day.year - 1, get("seasononly"))
    if get("day"):
        shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(get("day").lower(), 0)
        other = day + dt.timedelta(days=shift)
        return other, other
    if get("quarteronly"):
        quarter = QUARTERS[get("quarteronly")]
        found = quarter_of(day.year, quarter)
        return found if found[0] <= day else quarter_of(day.year - 1, quarter)
    if get("stretch"):
        back = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}
        return next_to(day, get("stretch"), back.get(get("which").lower(), 0))
    return None


#: What was told so few days ago is told of now, and what so many of this story.
NEAR_NOW, RECENT = 31, 731
#: In January `this November` is the one before.
_AHEAD = 9
#: `by the end of`, which may be of a month to come.
_UNTIL_PART = re.compile(r"\b(?:until|till|by) the (?:start|beginning|middle|end) of $")


def _month_alone(match: re.Match[str], text: str, published: dt.date | None) -> DateValue | None:
    start, when = match.start("m9"), (match["when9"] or "in").lower()
    is_part = PART.search(text[max(0, start - 28) : start])  # `at the end of March`
    until = when in {"until", "by"} or _UNTIL_PART.search(text[max(0, start - 28) : start])
    joins = when in {"to", "and", "of", "for", "from"}
    if joins and match["m9"] in {"May", "March"} and not is_part:
        return None
    span = Span(match.start() if when in {"last", "this", "next"} else start, match.end())
    month = month_number(match["m9"])
    if published is None:
        end = calendar.monthrange(2000, month)[1]
        return _without_year(span, (month, 1), (month, end), (text, None))
    year = published.year
    if when == "this" and 0 < month - published.month <= _AHEAD:
        return DateValue(span, *month_of(year, month), relative=True)
    if when == "last" or (month > published.month and when != "next"):
        year -= month >= published.month
        if when != "last" and _in_future(text, span):
            year = published.year
    elif (when == "next" and month <= published.month) or (
        month < published.month and _in_future(text, span) and until
    ):
        year += 1
    return DateValue(span, *month_of(year, month), relative=True)


_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+(?=[\"“‘(]?[A-Z])")


def _in_future(text: str, span: Span) -> bool:
    before = _SENTENCE_END.split(text[max(0, span.start - 120) : span.end])[-1]
    said = max((match.end() for match in SAID.finditer(before)), default=0)
    return bool(FUTURE.search(before, said))


#: A day so many days ago may be one to come, and what it is behind then.
_LONG_AGO = 120
_UNTIL = re.compile(r"\buntil (?:the )?$")


def _without_year(
    span: Span, first: tuple[int, int], last: tuple[int, int], around: tuple[str, dt.date | None]
) -> DateValue:
    """A day and month; the year is the latest that makes it no later than the text, if known."""
    text, published = around
    if published is None:
        return DateValue(span, dt.date(2000, *first), dt.date(2000, *last), has_year=False)
    year, ahead = published.year, _in_future(text, span)
    since = (published - dt.date(year, first[0], min(first[1], 28))).days
    if first > (published.month, published.day):
        year -= not ahead
    elif since > _LONG_AGO and (ahead or _UNTIL.search(text, max(0, span.start - 12), span.start)):
        year += 1
    if first == last == (2, 29):  # in the next or the last year that has one
        years = range(year, year + 9) if ahead else range(year, year - 9, -1)
        year = next(filter(calendar.isleap, years))
    return DateValue(span, dt.date(year, *first), dt.date(year, *last), relative=True)


def _weekday(match: re.Match[str], text: str, published: dt.date) -> DateValue:
    span = Span(match.start(), match.end())
    wanted = WEEKDAYS.index(match["weekday"].lower())
    which = (match["whichday"] or "").lower()
    back = (published.weekday() - wanted) % 7
    ahead = (wanted - published.weekday()) % 7
    if which == "last":
        shift = -(back or 7)
    elif which in {"next", "until", "by"} or (
        which != "since" and ahead and _in_future(text, span)
    ):
        shift = ahead or 7
    else:
        shift = -back
    day = published + dt.timedelta(days=shift)
    return DateValue(span, day, day, relative=True)


def _ago(span: Span, number: str, unit: str, published: dt.date) -> DateValue | None:
    count = int(number) if number.isdigit() else SMALL[number.lower()]
    if unit == "day":
        day = published - dt.timedelta(days=count)
        return DateValue(span, day, day, relative=True)
    if unit == "week":
        day = published - dt.timedelta(days=7 * count)
        return DateValue(
            span, day - dt.timedelta(days=3), day + dt.timedelta(days=3), relative=True
        )
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return DateValue(span, *month_of(months // 12, months % 12 + 1), relative=True)
    years = count * (10 if unit == "decade" else 1)
    year = published.year - years
    return DateValue(span, dt.date(year, 1, 1), dt.date(year, 12, 31), relative=True)
