"""Dates as people write them → ISO 8601."""

from __future__ import annotations

import datetime as dt
import re

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_FIRST = re.compile(
    rf"(?:[a-z]{{3,9}},? )?(\d{{1,2}})(?:st|nd|rd|th)? {_MONTH},? (\d{{4}})\b.*"
)
_MONTH_FIRST = re.compile(
    rf"(?:[a-z]{{3,9}},? )?{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b.*"
)
_NO_DAY = re.compile(rf"{_MONTH},? (\d{{4}})")


#: Years that a text may be of.
FIRST_YEAR, LAST_YEAR = 1000, 9000


def iso_date(value: object) -> str | None:
    """An ISO 8601 date (`2017-10-14`, `2017-10` or `2017`), or None when it is not understood.

    Takes what YAML, JSON, CSV and HTML give: dates, years as numbers, text. The time of day is
    dropped. `14/10/2017` is not understood: nothing says which number is the month.

    `"14 October 2017"` → `"2017-10-14"`
    """
    if isinstance(value, dt.date):  # a datetime is one too
        return _joined(str(value.year), str(value.month), str(value.day))
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = " ".join(str(value)[:80].split()).casefold()
    if match := _ISO.fullmatch(text.upper()):
        return _joined(*match.groups())
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        month, day, year = match.groups()
    elif match := _NO_DAY.fullmatch(text):
        (month, year), day = match.groups(), None
    else:
        return None
    return _joined(year, str(_MONTHS.index(month) + 1), day)


def _joined(year: str, month: str | None, day: str | None) -> str | None:
    """The parts with zeros in front; None when the calendar has no such day, or nobody wrote then.

    `0001-01-01` and `9999-12-31` are what a program writes that knows no date.
    """
    try:
        written = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not FIRST_YEAR <= written.year <= LAST_YEAR:
        return None
    parts = [f"{int(year):04}"] + [f"{int(part):02}" for part in (month, day) if part]
    return "-".join(parts)
