"""Units of measure, currencies and shares behind or before a number, and the way between units.

This is the only file that imports pint, and only when two units differ.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

#: `an hour before dawn` is no speed.
_HOURLY = "(?:per|an) hour(?! (?:before|after|later|earlier|ago|and a half))"
_PLAIN = {
    # before the lengths they begin with
    f"(?:kilomet(?:re|er)s?|km) {_HOURLY}|km/h|kph": "kilometer/hour",
    f"miles? {_HOURLY}|mph": "mile/hour",
    "knots?": "knot",
    "met(?:re|er)s? (?:per|a) second(?! time)|m/s": "meter/second",
    "km|kilomet(?:re|er)s?": "kilometer",
    "m|met(?:re|er)s?": "meter",
    "cm|centimet(?:re|er)s?": "centimeter",
    "mm|millimet(?:re|er)s?": "millimeter",
    "miles?": "mile",
    "nautical miles?": "nautical_mile",
    "feet|foot|ft": "foot",
    "inch|inches": "inch",
    "yards?": "yard",
    "tonnes?|metric tons?|metric tonnes?": "metric_ton",
    "tons?": "short_ton",
    "kg|kgs|kilos?|kilograms?|kilogrammes?": "kilogram",
    "(?-i:g)|grams?|grammes?": "gram",
    "mg|milligrams?": "milligram",
    "µg|μg|mcg|micrograms?": "microgram",
    "lbs?": "pound",
    "ounces?|oz": "ounce",
    "stone": "stone",
    "hectares?|ha": "hectare",
    "acres?": "acre",
    "square kilomet(?:re|er)s?|sq\\.? km|km²|km2": "kilometer**2",
    "square met(?:re|er)s?|sq\\.? m|m²|m2": "meter**2",
    "square miles?|sq\\.? miles?": "mile**2",
    "square feet|square foot|sq\\.? ft": "foot**2",
    "cubic met(?:re|er)s?|m³|m3": "meter**3",
    "cubic feet|cubic foot": "foot**3",
    "megalit(?:re|er)s?": "megaliter",
    "lit(?:re|er)s?": "liter",
    "millilit(?:re|er)s?|ml": "milliliter",
    "centilit(?:re|er)s?|(?-i:cl)": "centiliter",
    "hectolit(?:re|er)s?|(?-i:hl)": "hectoliter",
    "gallons?": "gallon",
    "pints?": "pint",
    "barrels?": "oil_barrel",
    "kilowatts?|kw": "kilowatt",
    "megawatts?|mw": "megawatt",
    "gigawatts?|gw": "gigawatt",
    "kilowatt[- ]hours?|kwh": "kilowatt_hour",
    "megawatt[- ]hours?|mwh": "megawatt_hour",
    "gigawatt[- ]hours?|gwh": "gigawatt_hour",
    "terawatt[- ]hours?|twh": "terawatt_hour",
    "kilobytes?|(?-i:kB|KB)": "kilobyte",
    "megabytes?|(?-i:MB)": "megabyte",
    # not with what else is counted so: `54 GB athletes`, `120 TB patients`
    "gigabytes?|(?-i:GB(?! [a-z]+s\\b))": "gigabyte",
    "terabytes?|(?-i:TB(?! [a-z]+s\\b))": "terabyte",
    "°c|degrees? celsius|degrees? centigrade": "degC",
    "°f|degrees? fahrenheit": "degF",
    "seconds?": "second",
    "minutes?|mins?": "minute",
    "hours?|hrs?": "hour",
    "days?": "day",
    "nights?": "day",
    "weeks?": "week",
    "fortnights?": "fortnight",
    "months?": "month",
    "years?": "year",
    "decades?": "decade",
    "centur(?:y|ies)": "century",
}
#: What stands in so much of something: `40 mg/l`, `3 micrograms per cubic metre`. These are also
#: written so, where what they stand in follows.
_AMOUNTS = {
    "nanogram": "ng|nanograms?",
    "microgram": "",
    "milligram": "",
    "gram": "",
    "kilogram": "",
    "metric_ton": "t",
    "pound": "pounds?",
    "liter": "l",
}
_HOLDERS = {
    "lit(?:re|er)|l": "liter",
    "decilit(?:re|er)|dl|100 millilit(?:re|er)s|100 ?ml": "deciliter",
    "millilit(?:re|er)|ml": "milliliter",
    "cubic met(?:re|er)|m³|m3": "meter**3",
    "square met(?:re|er)|m²|m2": "meter**2",
    "kilogram|kilogramme|kilo|kg": "kilogram",
    "kilomet(?:re|er)|km": "kilometer",
    "hectare|ha": "hectare",
    "acre": "acre",
}
_SPELT = {unit: names for names, unit in _PLAIN.items()}
_CONTENTS = {
    rf"(?:{'|'.join(filter(None, (_SPELT.get(one), also)))})(?: ?/ ?| (?:per|an?) )(?:{holder})": (
        f"{one}/{other}"
    )
    for one, also in _AMOUNTS.items()
    for holder, other in _HOLDERS.items()
}
#: The longer ones first.
_UNIT_NAMES = _CONTENTS | _PLAIN
#: Units of time: what makes a quantity a duration.
DURATIONS = frozenset("second minute hour day week fortnight month year decade century".split())
#: Units of how much of one thing is in so much of another.
CONTENTS = frozenset(_CONTENTS.values())
TEMPERATURES = frozenset({"degC", "degF"})
_UNITS = list(_UNIT_NAMES.values())
MEASURES = frozenset(_UNITS) - DURATIONS
_UNIT = re.compile(
    r"[ \u00a0-]?(?:"
    + "|".join(f"(?P<u{i}>{names})" for i, names in enumerate(_UNIT_NAMES))
    + r")(?![\w/²³])",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"[ \u00a0-]?(?:%|per ?cent\b|percent\b|pc\b)(?!age)(?P<point>[ -]points?\b)?", re.IGNORECASE
)
_POINTS = re.compile(
    r"[ \u00a0-]?(?:percentage[ -]points?\b|pp\b|%-points?\b|(?P<basis>basis[ -]points?\b))",
    re.IGNORECASE,
)
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "ruble"}
_CURRENCY_NAMES = {
    "euros?|eur": "euro",
    "(?:us |american )?dollars?|usd|bucks": "dollar",
    "pounds?(?: sterling)?|gbp": "pound",
    "cents": "cent",
    "pence": "pence",
    "(?:norwegian |swedish |danish )?kron(?:er|or|a|e)|nok|sek|dkk": "krone",
    "crowns?|czk": "crown",
    "(?:swiss )?francs?|chf": "franc",
    "marks?": "mark",
    "lira|liras|lire": "lira",
    "pesos?": "peso",
    "yen|jpy": "yen",
    "roubles?|rubles?": "ruble",
    "rupees?": "rupee",
    "yuan|renminbi|cny": "yuan",
    "zlot(?:y|ys|ies)|pln": "zloty",
    "dinars?": "dinar",
    "shillings?": "shilling",
    "guilders?": "guilder",
    "florins?": "florin",
}
_CURRENCIES = list(_CURRENCY_NAMES.values())
CURRENCY = re.compile(
    r"[ \u00a0-]?(?:"
    + "|".join(f"(?P<c{i}>{names})" for i, names in enumerate(_CURRENCY_NAMES))
    + r")\b",
    re.IGNORECASE,
)
_CODES = {
    "EUR": "euro", "USD": "dollar", "GBP": "pound", "NOK": "krone", "SEK": "krone", "DKK": "krone",
    "CHF": "franc", "JPY": "yen", "PLN": "zloty", "CZK": "crown",
}  # fmt: skip
_CODE_BEFORE = re.compile(
    rf"(?:\b({'|'.join(_CODES)})[ \u00a0]?|(?:\bUS|\bA|\bC)?([$€£¥₹₽])[ \u00a0]?)$"
)
#: Whether a text speaks of money at all, so that `5m` is five million.
MONEY = re.compile(rf"[$€£¥]|\b(?:{'|'.join(_CODES)}|euros?|dollars?|kroner|crowns?|francs?)\b")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by name, with how many characters of it stand before and behind the number.

    `bare` says that it is `pounds` and no more, which may be money or a weight; `scale` is what one
    of it is: a basis point a hundredth of a percentage point.
    """

    name: str
    before: int = 0
    behind: int = 0
    bare: bool = False
    scale: float = 1.0


def unit_around(before: str, after: str) -> Unit | None:
    """The unit of a number between `before` and `after`; None for a plain one."""
    if code := _CODE_BEFORE.search(before):
        # `€12 million euros` is not written; but `US$` and `NOK` may have a word behind, too
        behind = CURRENCY.match(after)
        return Unit(
            f"money:{_SIGNS.get(code[2] or '') or _CODES[code[1]]}",
            len(code[0]),
            behind.end() if behind else 0,
        )
    if match := _POINTS.match(after):
        return Unit("pp", behind=match.end(), scale=0.01 if match["basis"] else 1.0)
    if match := _PERCENT.match(after):
        return Unit("pp" if match["point"] else "%", behind=match.end())
    if match := CURRENCY.match(after):
        bare = match[0].strip(" -\u00a0").lower() in {"pound", "pounds"}
        return Unit(f"money:{_named(match, _CURRENCIES)}", behind=match.end(), bare=bare)
    if match := _UNIT.match(after):
        return Unit(_named(match, _UNITS), behind=match.end())
    return None


def family(unit: str) -> str:
    """What units of one kind share: `money`, `time`, `measure`; any other stands for itself."""
    if unit.startswith("money:"):
        return "money"
    if unit in DURATIONS:
        return "time"
    return "measure" if unit in MEASURES else unit


@lru_cache(maxsize=4096)
def convert(value: float, unit: str, other: str) -> float | None:
    """`value` in another of pint's units; None when there is no way between the two."""
    if unit == other or math.isinf(value):
        return value if unit == other or _factor(unit, other) else None
    if {unit, other} == TEMPERATURES:
        return value * 1.8 + 32 if unit == "degC" else (value - 32) / 1.8
    factor = _factor(unit, other)
    return None if factor is None else value * factor


@lru_cache(maxsize=1024)
def _factor(unit: str, other: str) -> float | None:
    registry, errors = _registry()
    try:
        return float(registry.Quantity(1.0, unit).to(other).magnitude)
    except errors:
        return None


@lru_cache(maxsize=1)
def _registry() -> tuple[Any, tuple[type[Exception], ...]]:
    import pint

    return pint.UnitRegistry(), (pint.DimensionalityError, pint.OffsetUnitCalculusError)


def _named(match: re.Match[str], names: Sequence[str]) -> str:
    number = next(int(key[1:]) for key, value in match.groupdict().items() if value)
    return names[number]
