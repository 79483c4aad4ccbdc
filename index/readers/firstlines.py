"""What a text says of itself in its first lines: its title and the day it is of."""

from __future__ import annotations

import re
from itertools import islice

from index.dates import iso_date

#: A first line longer than this is prose, not a title.
MAX_TITLE_WORDS = 16
#: The day stands in one of the first lines, and of so many lines it is the only one: a diary or a
#: chronicle has more, and none of them is its own.
_HEAD, _LOOKED_THROUGH = 6, 200
_LONGEST, _CHARACTERS = 200, 20_000

_FIRST_LINES = re.compile(r"\s*([^\n]{1,200})(?:\n[^\S\n]*(?:\n|\Z)|\Z)")
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|[*_]{1,3}|>[ \t]?)|[*_]{1,3}[ \t]*$")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
#: A line that is nothing but a day, behind a word such as `Date:`, a place or a newspaper.
_DAY = re.compile(
    r"(?:(?:published|posted|issued|released|sent|dated?)(?: on)?:? +)?"
    r"(?:(?![a-z]{3,6}day\b)(?-i:[A-Z])[\w'’.-]{0,30}(?: (?-i:[A-Z])[\w'’.-]{0,30}){0,3}"
    r"(?P<behind>,| [|·•–—-]) )?"
    r"(?P<date>(?:[a-z]{3,6}day,? )?(?:"
    rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{4}}-\d\d-\d\d|{_MONTH} \d{{4}}))\.?",
    re.IGNORECASE,
)


def title_line(text: str) -> str | None:
    """The first line when it reads like a title: short, alone or over the day, and no sentence."""
    match = _FIRST_LINES.match(text)
    lines = _lines(text, 2)
    if match is None and (len(lines) < 2 or _day(lines[1]) is None):
        return None
    line = match.group(1).strip() if match else lines[0]
    if len(line) > _LONGEST or len(line.split()) > MAX_TITLE_WORDS:
        return None
    if line.endswith((".", ",", ";", ":")) or (_day(line) and not _is_subject(line)):
        return None
    return line if any(character.isalpha() for character in line) else None


def date_line(text: str) -> str | None:
    r"""The day that a line near the beginning is, in ISO 8601; None without one, or with several.

    `"Harvest bulletin\n3 March 2022\n\nThe harvest …"` → `"2022-03-03"`
    """
    lines = _lines(text)
    days = [(number, day) for number, line in enumerate(lines) if (day := _day(line))]
    if len(days) != 1 or days[0][0] >= _HEAD:
        return None
    number, day = days[0]
    return None if number == 0 and _is_subject(lines[0]) else day


def _day(line: str) -> str | None:
    """The day that a line is as a whole, if it is one."""
    match = _DAY.fullmatch(_bare(line))
    return iso_date(match["date"]) if match else None


def _is_subject(line: str) -> bool:
    """Whether a place stands before the day: `Hiroshima, 6 August 1945` is what a text is about."""
    match = _DAY.fullmatch(_bare(line))
    return match is not None and match["behind"] in {",", " –", " —", " -"}


def _bare(line: str) -> str:
    return _MARKS.sub("", line).strip()


def _lines(text: str, most: int = _LOOKED_THROUGH) -> list[str]:
    """The first lines that hold anything, a long one cut."""
    lines = (line.strip() for line in text[:_CHARACTERS].split("\n"))
    return list(islice((line[: _LONGEST + 1] for line in lines if line), most))
