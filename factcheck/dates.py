"""Dates in running text, absolute and relative, as stretches of days.

`on Wednesday`, `last year`, `in March` are read against the day the text was published.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from factcheck.datepattern import DATE, FUTURE, NOT_YEAR_BEFORE, OF_SOMETHING, PART, SAID
from factcheck.relation import Relation
from factcheck.stretches import (
    MONTHS,
    NAMED,
    QUARTERS,
    SEASONS,
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


@dataclass(frozen=True, slots=True)
class DateValue:
    """A stretch of days, both ends included, in `[first, last]`.

    Without `has_year` only month and day count. `relative` marks a date that was read against
    another: `on Wednesday`. `part` is `early`, `mid`, `late`, `start` or `end` where only such a
    part of `whole` is meant.
    """

    span: Span
    first: dt.date
    last: dt.date
    has_year: bool = True
    relative: bool = False
    part: str = ""
    whole: tuple[dt.date, dt.date] | None = None

    def against(self, other: DateValue) -> Relation:
        """How this date, a claim's, stands to a passage's, each at its own precision."""
        if self.has_year and other.has_year:
            meet = self.first <= other.last and other.first <= self.last
        elif self._whole_years or other._whole_years:
            return Relation.UNRELATED
        else:
            meet = any(
                mine[0] <= theirs[1] and theirs[0] <= mine[1]
                for mine in self._month_days
                for theirs in other._month_days
            )
        return Relation.SAME if meet else Relation.DIFFERENT

    def kind(self, other: DateValue) -> str:  # noqa: ARG002 — what every value has
        """Always `date`."""
        return "date"

    @property
    def days(self) -> int:
        """How many days the stretch has."""
        return (self.last - self.first).days + 1

    @property
    def _whole_years(self) -> bool:
        return self.days > 360

    @property
    def _month_days(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """The stretch in months and days; two of them where it goes past New Year."""
        first, last = (self.first.month, self.first.day), (self.last.month, self.last.day)
        return [(first, last)] if first <= last else [(first, (12, 31)), ((1, 1), last)]

    def spoken(self) -> str:
        """As a newspaper writes it: `12 March 2024`, `early March 2024`, `2024`, `spring 2024`."""
        if self.part and self.whole:
            of = replace(self, first=self.whole[0], last=self.whole[1], part="").spoken()
            inner = {"early": "early in ", "mid": "the middle of ", "late": "late in "}
            lead = inner if of.startswith("the ") else NAMED
            return lead.get(self.part, NAMED[self.part]) + of
        first, last = self.first, self.last
        if first == last:
            return f"{first.day} {MONTHS[first.month - 1]} {first.year}"
        if first.day == 1 and (first.month, first.year) == (last.month, last.year):
            return f"{MONTHS[first.month - 1]} {first.year}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            if (first.year % 10, last.year - first.year) == (0, 9):
                return f"the {first.year}s"
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        return self._spoken_stretch()

    def _spoken_stretch(self) -> str:
        """A season, a quarter, some months or a week."""
        first, last = self.first, self.last
        for season, (start, _) in SEASONS.items():
            if (first.month, first.day) == (start, 1) and 80 < (last - first).days < 100:
                return f"the {season} of {first.year}"
        if (first.month - 1) % 3 == 0 and 88 < (last - first).days < 93:
            ordinal = ("first", "second", "third", "fourth")[(first.month - 1) // 3]
            return f"the {ordinal} quarter of {first.year}"
        months = f"{MONTHS[first.month - 1]} {first.year} to {MONTHS[last.month - 1]} {last.year}"
        if first.day == 1 and (last - first).days > 60:
            return months
        if (first.month, first.day, last.month, last.day) == (12, 15, 1, 15):
            return f"the turn of {first.year} to {last.year}"
        if first.month == last.month and (last - first).days != 6:
            return f"{first.day} to {last.day} {MONTHS[first.month - 1]} {first.year}"
        return f"the week of {first.day} {MONTHS[first.month - 1]} {first.year}"


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
                value = _from_other(match, others[-1] if others else spoken_of)
            except (ValueError, OverflowError):  # before the calendar begins, year by year
                value = None
            found += [value] if value else []
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


def _from_other(match: re.Match[str], other: DateValue | None) -> DateValue | None:
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
        year = other.first.year + by
        return DateValue(span, dt.date(year, 1, 1), dt.date(year, 12, 31), relative=True)
    same = (unit == "month" and 26 < days < 32) or (
        unit in {"quarter", *SEASONS} and 80 < days < 100
    )
    return replace(other, span=span, relative=True) if same and not by else None


def _years_on(value: DateValue, years: int) -> DateValue:
    """The same stretch so many years later."""

    def on(day: dt.date) -> dt.date:
        last = calendar.monthrange(day.year + years, day.month)[1]
        return day.replace(year=day.year + years, day=min(day.day, last))

    whole = value.whole and (on(value.whole[0]), on(value.whole[1]))
    return replace(value, first=on(value.first), last=on(value.last), whole=whole)


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
    if get("y8") and not NOT_YEAR_BEFORE.search(text[max(0, span.start - 8) : span.start]):
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


def _in_future(text: str, span: Span) -> bool:
    before = text[max(0, span.start - 120) : span.end]
    said = max((match.end() for match in SAID.finditer(before)), default=0)
    return bool(FUTURE.search(before, said))


def _without_year(
    span: Span, first: tuple[int, int], last: tuple[int, int], around: tuple[str, dt.date | None]
) -> DateValue:
    """A day and month; the year is the latest that makes it no later than the text, if known."""
    text, published = around
    if published is None:
        return DateValue(span, dt.date(2000, *first), dt.date(2000, *last), has_year=False)
    year = published.year
    day = dt.date(year, *first)
    if day > published and not _in_future(text, span):
        year -= 1
    elif (published - day).days > 120 and re.search(r"\b(?:will|until)\b", text[: span.start]):
        year += 1
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
