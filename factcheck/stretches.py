"""Stretches of days as people name them: months, seasons, quarters, parts of them."""

from __future__ import annotations

import calendar
import datetime as dt

from index.dates import FIRST_YEAR, LAST_YEAR

MONTHS = [name for name in calendar.month_name if name]
MONTH_NUMBER = (
    {name.lower(): number for number, name in enumerate(MONTHS, 1)}
    | {name.lower()[:3]: number for number, name in enumerate(MONTHS, 1)}
    | {"sept": 9}
)
WEEKDAYS = [name.lower() for name in calendar.day_name]
SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 14),
}
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
SMALL = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
} | {"a": 1, "an": 1}
#: Which share of a stretch its early, middle and late parts are, in tenths, and its very ends.
_PARTS = {"early": (0, 4), "mid": (3, 7), "late": (6, 10), "start": (0, 3), "end": (7, 10)}
#: How each part is named before the stretch it is of.
NAMED = {
    "early": "early ",
    "mid": "mid-",
    "late": "late ",
    "start": "the start of ",
    "end": "the end of ",
}

Stretch = tuple[dt.date, dt.date]


def month_number(name: str) -> int:
    """`"Sept."` → 9."""
    return MONTH_NUMBER[name.lower().rstrip(".")]


def month_of(year: int, month: int) -> Stretch:
    """A month's first and last day; `month` may lie outside 1 to 12, in a neighbouring year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def season_of(year: int, season: str) -> Stretch:
    """A northern season's first and last day; winter ends in the next year."""
    start, end = SEASONS[season.lower()]
    return dt.date(year, start, 1), month_of(year, end)[1]


def quarter_of(year: int, quarter: int) -> Stretch:
    """The first and last day of a quarter, 1 to 4."""
    return dt.date(year, 3 * quarter - 2, 1), month_of(year, 3 * quarter)[1]


def year_of(year: int) -> Stretch:
    """New Year's Day and the last day of December."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def part_of(stretch: Stretch, part: str) -> Stretch:
    """The early, middle or late part of a stretch, generously: neighbours overlap."""
    if not part or stretch[0] == stretch[1]:
        return stretch
    first, last = _PARTS[part]
    days = (stretch[1] - stretch[0]).days
    return (
        stretch[0] + dt.timedelta(days=days * first // 10),
        stretch[0] + dt.timedelta(days=-(-days * last // 10)),
    )


def part_named(words: str) -> str:
    """`"at the beginning of "` → `"start"`; "" where the words name no part."""
    lower = words.lower()
    for part, names in (
        ("early", ("early",)),
        ("mid", ("mid", "middle")),
        ("start", ("start", "beginning")),
        ("late", ("late",)),
        ("end", ("end", "close")),
    ):
        if any(name in lower.replace("-", " ").split() for name in names):
            return part
    return ""


def next_to(day: dt.date, unit: str, shift: int) -> Stretch | None:
    """The week, month, quarter, season or year around `day`, or `shift` after it."""
    year = day.year
    quarters = year * 4 + (day.month - 1) // 3 + shift
    monday = day + dt.timedelta(days=7 * shift - day.weekday())
    even = {
        "year": year_of(year + shift),
        "month": month_of(year, day.month + shift),
        "week": (monday, monday + dt.timedelta(days=6)),
        "quarter": quarter_of(quarters // 4, quarters % 4 + 1),
    }
    if unit not in SEASONS:
        return even.get(unit)
    first, last = season_of(year, unit)
    if shift < 0 and (first >= day.replace(day=1) or last >= day):
        return season_of(year - 1, unit)
    return season_of(year + 1, unit) if shift > 0 and first <= day else (first, last)


def iso_day(published: str | None) -> dt.date | None:
    """The day of an ISO date; None for a month, a year and anything else."""
    try:
        day = dt.date.fromisoformat(published) if published else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def iso_stretch(published: str | None) -> Stretch | None:
    """The first and last day of an ISO date, month or year; None for anything else.

    `"2024-02"` → 1 and 29 February 2024.
    """
    parts = (published or "").split("-")
    try:
        year, month, day = (int(part) for part in [*parts, "0", "0"][:3])
        first = dt.date(year, month or 1, day or 1)
        last = first if day else month_of(year, month or 12)[1]
    except (ValueError, OverflowError):
        return None
    return (first, last) if FIRST_YEAR <= year <= LAST_YEAR else None
