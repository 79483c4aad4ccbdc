"""Dates in running text, absolute and relative, as stretches of days.

`on Wednesday`, `last year`, `in March` are read against the day the text was published.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from factcheck.mismatch.values import Relation
from index import Span

MONTHS = [name for name in calendar.month_name if name]
_MONTH_NUMBER = (
    {name.lower(): number for number, name in enumerate(MONTHS, 1)}
    | {name.lower()[:3]: number for number, name in enumerate(MONTHS, 1)}
    | {"sept": 9}
)
_WEEKDAYS = [name.lower() for name in calendar.day_name]
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 14),
}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_SMALL = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
} | {"a": 1, "an": 1}

_M = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_Y = r"(?:1[5-9]|20)\d\d"
_D = r"(?:[12]\d|3[01]|0?[1-9])"
_W = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_TH = r"(?:st|nd|rd|th)?"
_S = r"(?:spring|summer|autumn|winter)"
_N = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"

_DATE = re.compile(
    rf"""
    (?<![\w/.,-])(?:
      (?P<iso>{_Y}-\d\d-\d\d)(?![\w-])
    | (?:(?:on\ )?(?:{_W}),?\ )?(?:the\ )?(?P<d1>{_D}){_TH}(?:\ ?(?:-|–|to|and)\ ?(?P<d1b>{_D}){_TH})?\ (?:of\ )?(?P<m1>{_M})(?:,?\ (?P<y1>{_Y})\b)?
    | (?:(?:on\ )?(?:{_W}),?\ )?(?P<m2>{_M})\ (?P<d2>{_D}){_TH}(?!\d|\ (?:per|million|billion|thousand))(?:(?:-|–)(?P<d2b>{_D}))?(?:,?\ (?P<y2>{_Y})\b)?
    | (?P<m3>{_M}),?\ (?:of\ )?(?P<y3>{_Y})\b
    | (?:the\ )?(?P<season>{_S})(?:\ of)?\ (?P<y4>{_Y})\b
    | (?:the\ )?(?P<quarter>first|second|third|fourth|final|last)\ quarter\ of\ (?P<y5>{_Y})\b
    | (?:the\ )?(?P<quarteronly>first|second|third|fourth)\ quarter\b(?!\ of\ (?:an?\b|\d|the\ (?!year)))
    | Q(?P<q6>[1-4])\ (?P<y6>{_Y})\b
    | (?P<y7>{_Y})[/–-](?P<y7b>\d\d(?:\d\d)?)\b(?![-/\d])
    | (?P<decade>{_Y[:-4]}\d0)s\b
    | (?P<y8>{_Y})(?![\w,-]*\d)(?!\s?(?:{"|".join(["tonnes?", "kg", "km", "metres?", "miles?", "people", "euros?", "crowns?", "kroner", "per", "%"])})\b)\b
    | (?:(?P<when9>(?i:last|this|next|since|until|in|by|early|late|mid-?|of|from|during|to|through|and|for))\ )(?:(?:early|late|mid)[ -])?(?P<m9>{_M})(?![\w-]|,?\ (?:of\ )?{_Y}\b|\ {_D}\b)
    | (?P<day>(?i:today|yesterday|tomorrow|tonight|last\ night|this\ (?:morning|afternoon|evening)))\b
    | (?:(?P<whichday>(?i:last|next|this|since|until|by|on|late\ on|early\ on))\ )?(?P<weekday>{_W})(?:\ (?:morning|afternoon|evening|night))?\b
    | (?:the\ )?(?P<which>(?i:last|past|previous|this|next|coming))\ (?P<stretch>week|month|year|spring|summer|autumn|winter|quarter|decade)\b(?![ -](?:old|long))
    | (?P<that>(?i:that|the\ same|the\ previous|the\ following|the\ next|the|a))\ (?P<thatunit>day|morning|afternoon|evening|night|week|month|year|quarter|summer|winter|spring|autumn|season)\b(?:\ (?P<thatshift>earlier|before|later|after|a\ year\ earlier|the\ year\ before)\b)?
    | (?P<ago>(?i:{_N}))\ (?P<agounit>days?|weeks?|months?|years?|decades?)\ ago\b
    )
    """,
    re.VERBOSE,
)
#: Words a year is not one behind.
_NOT_YEAR_BEFORE = re.compile(
    r"(?:[$€£#]|\bno\.? ?|\bnumber |\babout |\bover |\bsome |\bnearly |\bthan |\baround )$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|would|to be|plans?|due|expected|next|scheduled|set to)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DateValue:
    """A stretch of days, both ends included, in `[first, last]`.

    Without `has_year` only month and day count. `relative` marks a date that was read against
    another: `on Wednesday`.
    """

    span: Span
    first: dt.date
    last: dt.date
    has_year: bool = True
    relative: bool = False

    def against(self, other: DateValue) -> Relation:
        """How this date, a claim's, stands to a passage's, each at its own precision."""
        if self.has_year and other.has_year:
            meet = self.first <= other.last and other.first <= self.last
            return Relation.SAME if meet else Relation.DIFFERENT
        if self._whole_years or other._whole_years:
            return Relation.UNRELATED
        mine, theirs = self._month_days, other._month_days
        meet = mine[0] <= theirs[1] and theirs[0] <= mine[1]
        return Relation.SAME if meet else Relation.DIFFERENT

    def kind(self, other: DateValue) -> str:  # noqa: ARG002 — what every value has
        """Always `date`."""
        return "date"

    @property
    def _whole_years(self) -> bool:
        return (self.last - self.first).days >= 360

    @property
    def _month_days(self) -> tuple[tuple[int, int], tuple[int, int]]:
        return (self.first.month, self.first.day), (self.last.month, self.last.day)

    def spoken(self) -> str:
        """As a newspaper writes it: `12 March 2024`, `March 2024`, `2024`, `spring 2024`."""
        first, last = self.first, self.last
        if first == last:
            return f"{first.day} {MONTHS[first.month - 1]} {first.year}"
        if first.day == 1 and (first.month, first.year) == (last.month, last.year):
            return f"{MONTHS[first.month - 1]} {first.year}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        for season, (start, _) in _SEASONS.items():
            if (first.month, first.day) == (start, 1) and 80 < (last - first).days < 100:
                return f"the {season} of {first.year}"
        if (first.month - 1) % 3 == 0 and 88 < (last - first).days < 93:
            ordinal = ("first", "second", "third", "fourth")[(first.month - 1) // 3]
            return f"the {ordinal} quarter of {first.year}"
        months = f"{MONTHS[first.month - 1]} {first.year} to {MONTHS[last.month - 1]} {last.year}"
        if first.day == 1 and (last - first).days > 60:
            return months
        return f"the week of {first.day} {MONTHS[first.month - 1]} {first.year}"


def find_dates(
    text: str, published: dt.date | None = None, spoken_of: DateValue | None = None
) -> list[DateValue]:
    """The dates of a text, in order; relative ones, and the year of those without, need `published`.

    `spoken_of` is the last date before the text, which `that day` and `a year earlier` start from;
    inside the text it is the last one read.
    """
    found: list[DateValue] = []
    for match in _DATE.finditer(text):
        if match["that"]:
            value = _from_other(match, found[-1] if found else spoken_of)
            found += [value] if value else []
            continue
        found += _read(match, text, published)
    return found


def _from_other(match: re.Match[str], other: DateValue | None) -> DateValue | None:
    """`that day`, `the following year`, `a year earlier`, seen from another date."""
    that, unit, shift = match["that"].lower(), match["thatunit"].lower(), match["thatshift"] or ""
    if other is None or not other.has_year or (that in {"a", "the"} and not shift):
        return None
    if that == "a" and unit != "year":
        return None
    days = (other.last - other.first).days
    span = Span(match.start(), match.end())
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
        unit in {"quarter", *_SEASONS} and 80 < days < 100
    )
    return replace(other, span=span, relative=True) if same and not by else None


def _years_on(value: DateValue, years: int) -> DateValue:
    """The same stretch so many years later."""

    def on(day: dt.date) -> dt.date:
        last = calendar.monthrange(day.year + years, day.month)[1]
        return day.replace(year=day.year + years, day=min(day.day, last))

    return replace(value, first=on(value.first), last=on(value.last))


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
            month = _month(get(month_name))
            first, last = int(get(day_name)), int(get(last_name) or get(day_name))
            if get(year_name):
                year = int(get(year_name))
                return DateValue(span, dt.date(year, month, first), dt.date(year, month, last))
            return _without_year(span, (month, first), (month, last), (text, published))
    if get("m3"):
        return DateValue(span, *_month_of(int(get("y3")), _month(get("m3"))))
    if get("season"):
        return DateValue(span, *_season(int(get("y4")), get("season")))
    if get("quarter"):
        return DateValue(span, *_quarter(int(get("y5")), _QUARTERS[get("quarter").lower()]))
    if get("q6"):
        return DateValue(span, *_quarter(int(get("y6")), int(get("q6"))))
    if get("y7"):
        end = int(get("y7")[:2] + get("y7b")) if len(get("y7b")) == 2 else int(get("y7b"))
        return DateValue(
            span, dt.date(int(get("y7")), 1, 1), dt.date(max(end, int(get("y7"))), 12, 31)
        )
    if get("decade"):
        return DateValue(
            span, dt.date(int(get("decade")), 1, 1), dt.date(int(get("decade")) + 9, 12, 31)
        )
    if get("y8") and not _NOT_YEAR_BEFORE.search(text[max(0, span.start - 8) : span.start]):
        return DateValue(span, dt.date(int(get("y8")), 1, 1), dt.date(int(get("y8")), 12, 31))
    return None


def _relative(match: re.Match[str], text: str, published: dt.date | None) -> DateValue | None:
    span, get = Span(match.start(), match.end()), match.group
    if get("m9"):
        return _month_alone(match, text, published)
    if published is None:
        return None
    if get("day"):
        shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(get("day").lower(), 0)
        day = published + dt.timedelta(days=shift)
        return DateValue(span, day, day, relative=True)
    if get("weekday"):
        return _weekday(match, text, published)
    if get("quarteronly"):
        return _quarter_alone(span, _QUARTERS[get("quarteronly")], published)
    if get("stretch"):
        shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(
            get("which").lower(), 0
        )
        return _stretch(span, get("stretch"), shift, published)
    if get("ago"):
        return _ago(span, get("ago"), get("agounit").rstrip("s"), published)
    return None


def _month_alone(match: re.Match[str], text: str, published: dt.date | None) -> DateValue | None:
    start, when = match.start("m9"), match["when9"].lower()
    if when in {"to", "and", "of", "for", "from"} and match["m9"] in {"May", "March"}:
        return None
    span = Span(match.start() if when in {"last", "this", "next"} else start, match.end())
    month = _month(match["m9"])
    if published is None:
        return _without_year(span, (month, 1), (month, 28), (text, None))
    year = published.year
    if when == "last" or (month > published.month and when != "next"):
        year -= month >= published.month or _far_back(when, month, published)
        if when != "last" and _in_future(text, span):
            year = published.year
    elif (when == "next" and month <= published.month) or (
        month < published.month and _in_future(text, span) and when in {"until", "by"}
    ):
        year += 1
    return DateValue(span, *_month_of(year, month), relative=True)


def _quarter_alone(span: Span, quarter: int, published: dt.date) -> DateValue:
    """The latest such quarter that has begun."""
    first, last = _quarter(published.year, quarter)
    if first > published:
        first, last = _quarter(published.year - 1, quarter)
    return DateValue(span, first, last, relative=True)


def _far_back(when: str, month: int, published: dt.date) -> bool:
    return False if when != "last" else month >= published.month


def _in_future(text: str, span: Span) -> bool:
    return bool(_FUTURE.search(text[max(0, span.start - 120) : span.end]))


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
    wanted = _WEEKDAYS.index(match["weekday"].lower())
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


def _stretch(span: Span, stretch: str, shift: int, published: dt.date) -> DateValue | None:
    year = published.year
    if stretch == "year":
        return DateValue(
            span, dt.date(year + shift, 1, 1), dt.date(year + shift, 12, 31), relative=True
        )
    if stretch == "month":
        months = year * 12 + published.month - 1 + shift
        return DateValue(span, *_month_of(months // 12, months % 12 + 1), relative=True)
    if stretch == "week":
        monday = published + dt.timedelta(days=7 * shift - published.weekday())
        return DateValue(span, monday, monday + dt.timedelta(days=6), relative=True)
    if stretch == "quarter":
        quarters = year * 4 + (published.month - 1) // 3 + shift
        return DateValue(span, *_quarter(quarters // 4, quarters % 4 + 1), relative=True)
    if stretch == "decade":
        return None
    first, last = _season(year, stretch)
    if (shift < 0 and first >= published.replace(day=1)) or (shift < 0 and last >= published):
        first, last = _season(year - 1, stretch)
    elif shift > 0 and first <= published:
        first, last = _season(year + 1, stretch)
    return DateValue(span, first, last, relative=True)


def _ago(span: Span, number: str, unit: str, published: dt.date) -> DateValue | None:
    count = int(number) if number.isdigit() else _SMALL[number.lower()]
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
        return DateValue(span, *_month_of(months // 12, months % 12 + 1), relative=True)
    years = count * (10 if unit == "decade" else 1)
    year = published.year - years
    return DateValue(span, dt.date(year, 1, 1), dt.date(year, 12, 31), relative=True)


def _month(name: str) -> int:
    return _MONTH_NUMBER[
        name.lower().rstrip(".")[:4]
        if name.lower().startswith("sept") and len(name) < 6
        else name.lower().rstrip(".")
    ]


def _month_of(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _season(year: int, season: str) -> tuple[dt.date, dt.date]:
    start, end = _SEASONS[season.lower()]
    first = dt.date(year, start, 1)
    return first, _month_of(year + (end > 12), (end - 1) % 12 + 1)[1]


def _quarter(year: int, quarter: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 3 * quarter - 2, 1), _month_of(year, 3 * quarter)[1]
