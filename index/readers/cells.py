"""The value of a spreadsheet's cell → what the sheet shows, as far as it carries meaning.

0.25 in the format `0.0%` is `25.0%`; 2500 in `#,##0 "tonnes"` is `2,500 tonnes`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_CURRENCY = re.compile(r"\[\$([^\]-]{0,8})[^\]]*\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_DIGITS = re.compile(r"([0#?][0#?,]*)?(?:\.([0#?]*))?(,*)")
_SIGNS = re.compile(r"[^\d#?,.%;@\s()+\-A-Za-z]")


def spoken(value: object, number_format: str) -> str:
    """The text of a cell; blank for an empty one and for an error such as `#N/A`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, number_format.casefold())
    text = " ".join(str(value).split())
    return "" if text.startswith("#") and text.rstrip("!?").isupper() else text


def _date(value: dt.date, number_format: str) -> str:
    """`4 March 2021`, or `March 2021` where the sheet shows no day."""
    letters = _LITERAL.sub("", _BRACKETS.sub("", number_format))
    day = "" if number_format and "d" not in letters and "m" in letters else f"{value.day} "
    shown = f"{day}{_MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, dt.datetime) and (value.hour or value.minute) and "h" in letters:
        shown += f" {value.hour:02}:{value.minute:02}"
    return shown


@dataclass(frozen=True, slots=True)
class _Picture:
    """How a number is shown: `scale` times it, with `spec` of Python's, between two texts."""

    before: str
    spec: str
    after: str
    scale: float
    trimmed: bool  # zeros at the end are left out


def _number(value: float, number_format: str) -> str:
    if not math.isfinite(value):
        return ""
    picture = _picture(number_format[:200], value < 0) if number_format != "General" else None
    if picture is None:
        return _general(value)
    shown = format(abs(value) * picture.scale, picture.spec)
    if picture.trimmed and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    minus = "-" if value < 0 and any(letter in "123456789" for letter in shown) else ""
    return f"{minus}{picture.before}{shown}{picture.after}"


@lru_cache(maxsize=256)
def _picture(number_format: str, negative: bool) -> _Picture | None:
    """What a number format says; None for the general one, exponents and fractions."""
    sections = number_format.split(";")
    section = sections[1] if negative and len(sections) > 1 else sections[0]
    pattern = _BRACKETS.sub("", _CURRENCY.sub(lambda match: f'"{match[1]}"', section))
    digits = _first_digits(_LITERAL.sub(lambda match: "\0" * len(match.group()), pattern))
    if digits is None or "general" in pattern.casefold() or "E+" in pattern or "/" in pattern:
        return None
    before, after = pattern[: digits.start()], pattern[digits.end() :]
    whole, fraction = (digits.group(1) or ""), (digits.group(2) or "")
    units = whole.rstrip(",")
    thousands = len(whole) - len(units) + len(digits.group(3))  # a comma at the end shows them
    scale = (100.0 if "%" in before + after else 1.0) / 1000.0**thousands
    spec = f"{',' if ',' in units else ''}.{min(len(fraction), 15)}f"
    return _Picture(_shown(before).lstrip(), spec, _shown(after).rstrip(), scale, "#" in fraction)


def _first_digits(pattern: str) -> re.Match[str] | None:
    """The place of the number in a format: the first match that is not empty."""
    return next((match for match in _DIGITS.finditer(pattern) if match.group().strip(",")), None)


def _general(value: float) -> str:
    """Fifteen digits, as a spreadsheet computes: 0.1 + 0.2 is `0.3`."""
    text = f"{value:.15g}"
    if "e" in text and 1e-9 < abs(value) < 1e18:
        text = f"{value:.15f}".rstrip("0").rstrip(".")
    return text


def _shown(pattern: str) -> str:
    """What a format puts beside its number: literals, currencies, the percent sign."""
    found = []
    for match in re.finditer(rf"{_LITERAL.pattern}|{_SIGNS.pattern}|%|\s", pattern):
        found.append(match.group(1) or match.group(2) or match.group())
        if match.group()[0] in "_*":
            found[-1] = ""
    return "".join(found)
