"""Finds the unit of a rate: `a month`, `per litre`, `every half-hour`, `daily`."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: How a unit is written, besides its own name and plural.
_SPELLINGS = {
    "second": "", "minute": "", "hour": "hourly", "half-hour": "", "day": "daily",
    "night": "nightly", "week": "weekly", "fortnight": "", "month": "monthly",
    "quarter": "quarterly", "year": "yearly annually annual annum", "decade": "",
    "head": "person capita passenger", "household": "", "ticket": "", "share": "",
    "litre": "liter", "gallon": "", "pint": "", "barrel": "",
    "gram": "gramme", "kilogram": "kilo kg kilogramme", "pound": "", "ounce": "",
    "tonne": "ton", "bushel": "", "hundredweight": "",
    "metre": "meter", "kilometre": "kilometer km", "mile": "",
    "square metre": "", "square foot": "", "hectare": "", "acre": "", "square kilometre": "",
    "square mile": "", "kilowatt-hour": "kwh", "megawatt-hour": "mwh",
}  # fmt: skip
#: Each way to write a unit, with the unit.
_UNITS = {
    spelling: unit
    for unit, others in _SPELLINGS.items()
    for spelling in (unit, unit.replace("-", " "), *others.split())
}
_ADVERBS = {"hourly", "daily", "nightly", "weekly", "monthly", "quarterly", "yearly", "annually"}
#: `a month ago` is a time, `a quarter of the fleet` a share, `a day's work` neither.
_RATE = re.compile(
    r"\b(?:(?:an?|per|each|every)\s(?P<unit>"
    + "|".join(sorted(map(re.escape, _UNITS.keys() - _ADVERBS), key=len, reverse=True))
    + r")|(?P<adverb>"
    + "|".join(sorted(_ADVERBS))
    + r"))\b(?!-|['’]s|\s(?:ago|later|earlier|before|after|of|time|old|into|from)\b)",
    re.IGNORECASE | re.ASCII,
)


def find_rates(text: str) -> Iterator[re.Match[str]]:
    """The units of rates in `text`, with the article or preposition before them."""
    return _RATE.finditer(text)


def unit_of(rate: re.Match[str]) -> str:
    """The unit, whichever way it is written."""
    return _UNITS[(rate["unit"] or rate["adverb"]).lower()]
