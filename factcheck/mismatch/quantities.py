"""Quantities: a number with its unit and its bounds, compared across units.

Numbers, percentages, percentage points, measures, durations, ages, amounts of money, ordinals.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any

from factcheck.mismatch.numerals import Numeral, find_numerals
from factcheck.mismatch.values import Relation, overlaps
from index import Span

#: How far two numbers may lie apart, in parts of the greater, when they are given as they are, when
#: one of them says "about" or stands in another unit, and when one is said to be nearly reached.
EXACT, ABOUT, NEARLY = 1e-9, 0.08, 0.12
#: A number with two figures and zeros behind them may be a rounded one: `3,000` for 2,980.
ROUNDED = 0.02
#: Up to here people count and do not round.
COUNTED = 100


class Bound(Enum):
    """What is said around a number."""

    EXACT = "exact"
    ABOUT = "about"
    LEAST = "at least"
    MOST = "at most"


_UNIT_NAMES = {
    "km|kilometres?|kilometers?": "kilometer",
    "m|metres?|meters?": "meter",
    "cm|centimetres?|centimeters?": "centimeter",
    "mm|millimetres?|millimeters?": "millimeter",
    "miles?": "mile",
    "nautical miles?": "nautical_mile",
    "feet|foot|ft": "foot",
    "inch|inches": "inch",
    "yards?": "yard",
    "tonnes?|metric tons?|metric tonnes?": "metric_ton",
    "tons?": "short_ton",
    "kg|kgs|kilos?|kilograms?|kilogrammes?": "kilogram",
    "g|grams?|grammes?": "gram",
    "mg|milligrams?": "milligram",
    "lbs?": "pound",
    "ounces?|oz": "ounce",
    "hectares?|ha": "hectare",
    "acres?": "acre",
    "square kilometres?|square kilometers?|sq km|km²|km2": "kilometer**2",
    "square metres?|square meters?|sq m|m²|m2": "meter**2",
    "square miles?": "mile**2",
    "square feet|sq ft": "foot**2",
    "cubic metres?|cubic meters?|m³|m3": "meter**3",
    "lit(?:re|er)s?": "liter",
    "gallons?": "gallon",
    "barrels?": "oil_barrel",
    "kilowatts?|kw": "kilowatt",
    "megawatts?|mw": "megawatt",
    "gigawatts?|gw": "gigawatt",
    "kilowatt[- ]hours?|kwh": "kilowatt_hour",
    "megawatt[- ]hours?|mwh": "megawatt_hour",
    "gigawatt[- ]hours?|gwh": "gigawatt_hour",
    "terawatt[- ]hours?|twh": "terawatt_hour",
    "kilometres? per hour|kilometers? per hour|km/h|kph": "kilometer/hour",
    "miles? per hour|mph": "mile/hour",
    "knots?": "knot",
    "metres? per second|meters? per second|m/s": "meter/second",
    "°c|degrees? celsius|degrees? centigrade": "degC",
    "°f|degrees? fahrenheit": "degF",
    "seconds?": "second",
    "minutes?": "minute",
    "hours?": "hour",
    "days?": "day",
    "nights?": "day",
    "weeks?": "week",
    "fortnights?": "fortnight",
    "months?": "month",
    "years?": "year",
    "decades?": "decade",
    "centur(?:y|ies)": "century",
}
_DURATIONS = {
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "fortnight",
    "month",
    "year",
    "decade",
    "century",
}
_UNIT = re.compile(
    r"[ \u00a0-]?(?:"
    + "|".join(f"(?P<u{i}>{names})" for i, names in enumerate(_UNIT_NAMES))
    + r")(?![\w/²³])",
    re.IGNORECASE,
)
_UNITS = list(_UNIT_NAMES.values())
_PERCENT = re.compile(
    r"[ \u00a0-]?(?:%|per ?cent\b|percent\b|pc\b)(?!age)(?:[ -](?P<point>points?))?", re.IGNORECASE
)
_POINTS = re.compile(r"[ \u00a0-]?(?:percentage[ -]points?|pp\b|%-points?)", re.IGNORECASE)
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "ruble"}
_CURRENCY_WORDS = {
    "euros?|eur": "euro",
    "dollars?|usd|bucks": "dollar",
    "pounds?(?: sterling)?|gbp": "pound",
    "cents": "cent",
    "kron(?:er|or|a|e)|nok|sek|dkk": "krone",
    "crowns?|czk": "crown",
    "francs?|chf": "franc",
    "marks?": "mark",
    "lira|liras|lire": "lira",
    "pesos?": "peso",
    "yen|jpy": "yen",
    "yuan|cny|rmb": "yuan",
    "rupees?|inr": "rupee",
    "r(?:o)?ubles?": "ruble",
    "rand|zar": "rand",
    "shillings?": "shilling",
    "dinars?": "dinar",
    "zlot(?:y|ys)|pln": "zloty",
    "forints?": "forint",
    "thalers?|talers?": "thaler",
    "florins?|guilders?|ducats?": "florin",
}
_CURRENCY = re.compile(
    r"[ \u00a0-]?(?:"
    + "|".join(f"(?P<c{i}>{names})" for i, names in enumerate(_CURRENCY_WORDS))
    + r")\b",
    re.IGNORECASE,
)
_CURRENCIES = list(_CURRENCY_WORDS.values())
_CODE_BEFORE = re.compile(
    r"(?:\b(EUR|USD|GBP|NOK|SEK|DKK|CHF|JPY)[ \u00a0]?|([$€£¥₹₽])[ \u00a0]?)$"
)
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|approximately|approx\.?|some|circa|ca\.?|close to|in the region of|"
    r"an estimated|estimated at|or so)\s*$|[~≈]\s*$",
    re.IGNORECASE,
)
_NEARLY = re.compile(
    r"\b(?:nearly|almost|just under|close to|a little under|not quite)(?: an?)?\s*$", re.IGNORECASE
)
_LEAST = re.compile(
    r"\b(?:more than|over|at least|upwards? of|no fewer than|no less than|not less than|above|exceed(?:s|ed|ing)?|"
    r"just over|a little over|well over|in excess of|a minimum of|greater than)(?: an?)?\s*$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:less than|fewer than|under|below|up to|at most|no more than|not more than|a maximum of)"
    r"(?: an?)?\s*$",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(r"\b(?:aged?|at the age of|at age|turned|turns)\s*$", re.IGNORECASE)
_AGE_AFTER = re.compile(r"[ -]years?[ -]olds?\b", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:-|–|—|to|and|or)\s?", re.IGNORECASE)
#: Numbers that name and do not count.
_NAMING_BEFORE = re.compile(
    r"(?:\b(?:no\.?|number|article|section|paragraph|chapter|page|route|highway|line|platform|room|"
    r"covid|phase|figure|table|version|flight|unit|pier|berth|gate|level|type|group|act|bill|"
    r"resolution|regulation|directive|road|exit|stage|lot|model|a|b|e|m)[ -]?|[§#])$",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"\b(?:no\.?|number|article|section|paragraph|chapter|page|route|highway|platform|room|covid|"
    r"phase|flight|pier|berth|gate|resolution|directive|exit|lot)[ -]?$|[§#]$",
    re.IGNORECASE,
)
_TIME = re.compile(r"[:.]\d\d\b|\s?(?:[ap]\.?m\b\.?|o['’]clock)", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
#: "one" that counts nothing: `one of the`, `no one`, `the one`.
_EMPTY_ONE = re.compile(
    r"(?:\b(?:no|the|this|that|every|any|which|some|each|last|another|only)\s)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval [low, high] in `unit`, "" for a plain count.

    `unit` is pint's name, `%`, `pp`, `age`, `ordinal` or `money:` with the currency. `step` is by
    how much a rounded number may be off.
    """

    span: Span
    low: float
    high: float
    unit: str
    step: float
    bound: Bound

    def against(self, other: Quantity) -> Relation:
        """How this quantity, a claim's, stands to a passage's."""
        if {self.unit, other.unit} == {"%", "pp"}:
            return Relation.DIFFERENT
        if "money:pound" in {self.unit, other.unit} and "measure" in {self._family, other._family}:
            return _as_weight(self).against(_as_weight(other))
        if self._family != other._family:
            return Relation.UNRELATED
        if self._family == "money" and self.unit != other.unit:
            return Relation.DIFFERENT  # named, never converted
        converted = _convert(other, self.unit)
        if converted is None:
            return Relation.UNRELATED
        return (
            Relation.SAME if _same(self, converted, self.unit != other.unit) else Relation.DIFFERENT
        )

    def kind(self, other: Quantity) -> str:
        """`percentage`, `duration`, `unit` where the number is the same, else `number`."""
        if self._family == "%" or {self.unit, other.unit} == {"%", "pp"}:
            return "percentage"
        if self._family == "time":
            return "duration"
        return "unit" if self.unit != other.unit and math.isclose(self.low, other.low) else "number"

    @property
    def _family(self) -> str:
        if self.unit.startswith("money:"):
            return "money"
        if self.unit in _DURATIONS:
            return "time"
        if self.unit in _UNITS:
            return "measure"
        return self.unit


def _as_weight(quantity: Quantity) -> Quantity:
    """Pounds as a weight: which they are where what they are compared with is one."""
    return replace(quantity, unit="pound") if quantity.unit == "money:pound" else quantity


def find_quantities(text: str, taken: Sequence[Span] = ()) -> list[Quantity]:
    """The quantities of a text, in order; numbers inside `taken`, such as dates, are left out."""
    found: list[Quantity] = []
    for numeral in find_numerals(text):
        if overlaps(numeral.span, taken):
            continue
        quantity = _quantity(text, numeral)
        if quantity is None:
            continue
        if found and _in_brackets(text, found[-1], quantity):
            scale = 1.0 if numeral.step or numeral.scaled_m else _scale(text, found[-1])
            limit = quantity.low * scale
            quantity = replace(quantity, low=limit, high=limit, unit=found[-1].unit)
        merged = _range(text, found[-1], quantity) if found else None
        if merged:
            found[-1] = merged
        else:
            found.append(quantity)
    return found


def _quantity(text: str, numeral: Numeral) -> Quantity | None:
    start, end = numeral.span.start, numeral.span.end
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if _names(text, numeral, before, after):
        return None
    value, step, unit = numeral.value, numeral.step, ""
    if numeral.ordinal:
        return Quantity(numeral.span, value, value, "ordinal", 0.0, Bound.EXACT)
    if code := _CODE_BEFORE.search(before):
        unit = f"money:{_SIGNS.get(code[2] or '', '') or _code(code[1] or '')}"
        start -= len(code[0])
    elif match := _POINTS.match(after):
        unit, end = "pp", end + match.end()
    elif match := _PERCENT.match(after):
        unit, end = ("pp" if match["point"] else "%"), end + match.end()
    elif match := _AGE_AFTER.match(after):
        unit, end = "age", end + match.end()
    elif match := _CURRENCY.match(after):
        unit, end = f"money:{_named(match, _CURRENCIES)}", end + match.end()
    elif match := _UNIT.match(after):
        unit, end = _named(match, _UNITS), end + match.end()
    elif numeral.share:
        unit = "%"
    elif _AGE_BEFORE.search(before) or (
        re.match(r",(?: \w+)?,? (?:who|told|said|a |from )", after) and before.endswith(", ")
    ):
        unit = "age"
    if numeral.scaled_m:
        if unit.startswith("money:") or _CURRENCY.search(text) or re.search("[$€£¥]", text):
            value, step = value * 1e6, 5e5 if step == 0 else step * 1e6
        elif not unit:
            unit = "meter"
    bound, start = _bound(
        text, start, before if start == numeral.span.start else text[max(0, start - 40) : start]
    )
    return Quantity(Span(start, end), *_limits(value, bound), unit, step, bound)


def _in_brackets(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether a bare number stands in brackets behind another, in the same unit: `61m (122m)`."""
    around = text[before.span.end : quantity.span.start], text[quantity.span.end :][:1]
    return (
        quantity.unit == ""
        and around[0] in {" (", " (from ", " (versus ", " (vs "}
        and around[1] == ")"
    )


def _scale(text: str, quantity: Quantity) -> float:
    """What a number is multiplied by: `61 million` → 1e6."""
    numeral = next(find_numerals(quantity.span.of(text)), None)
    word = re.search(
        r"(hundred|thousand|million|billion|trillion|mn|mln|bn|tn|m)\b", quantity.span.of(text)
    )
    if numeral is None or word is None:
        return 1.0
    return {
        "hundred": 1e2,
        "thousand": 1e3,
        "billion": 1e9,
        "bn": 1e9,
        "trillion": 1e12,
        "tn": 1e12,
    }.get(word[1], 1e6)


def _names(text: str, numeral: Numeral, before: str, after: str) -> bool:
    """Whether the number is part of a name, a time of day, a year or a turn of phrase."""
    word = numeral.span.of(text).lower()
    if _NAMING.search(before) or (_TIME.match(after) and not numeral.in_words):
        return True
    if re.fullmatch(r"(?:[01]?\d|2[0-3])\.[0-5]\d", word) and re.search(
        r"\b(?:at|from|until|by|after|before|around)\s$", before
    ):
        return True
    if word == "one" and (
        _EMPTY_ONE.search(before) or after.startswith((" of ", "’s", "'s", " another"))
    ):
        return True
    if numeral.ordinal and word == "second" and re.match(r"[ -]?(?:hand|half)", after):
        return True
    unitless = not (_UNIT.match(after) or _PERCENT.match(after) or _CURRENCY.match(after))
    return bool(_YEAR.fullmatch(word)) and unitless and not _CODE_BEFORE.search(before)


def _limits(value: float, bound: Bound) -> tuple[float, float]:
    if bound is Bound.LEAST:
        return value, math.inf
    if bound is Bound.MOST:
        return -math.inf, value
    return value, value


def _bound(text: str, start: int, before: str) -> tuple[Bound, int]:
    for pattern, bound in (
        (_NEARLY, Bound.ABOUT),
        (_ABOUT, Bound.ABOUT),
        (_LEAST, Bound.LEAST),
        (_MOST, Bound.MOST),
    ):
        if match := pattern.search(before):
            return bound, start - (len(before) - match.start())
    return Bound.EXACT, start


def _range(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """`10 to 12 per cent` as one quantity, where that is what it says."""
    between = text[first.span.end : second.span.start]
    if not _RANGE.fullmatch(between) or first.bound in {Bound.LEAST, Bound.MOST}:
        return None
    joined = between.strip().lower()
    lead = text[max(0, first.span.start - 9) : first.span.start].lower()
    if joined == "and" and not lead.endswith("between "):
        return None
    if joined == "to" and re.search(r"\b(?:from|rose|fell|up|down)\s$", lead):
        return None
    if first.unit not in {"", second.unit} or not first.low < second.low:
        return None
    return Quantity(
        Span(first.span.start, second.span.end),
        first.low,
        second.high,
        second.unit,
        0.0,
        first.bound,
    )


def _same(claim: Quantity, passage: Quantity, converted: bool) -> bool:
    """Whether what the claim says is true of what the passage says; both in one unit."""
    if (
        claim.bound is Bound.LEAST
        or claim.bound is Bound.MOST
        or math.isinf(passage.low)
        or math.isinf(passage.high)
    ):
        slack = ABOUT if converted else ROUNDED
        return _meet(claim, passage, slack)
    tolerance = EXACT
    if Bound.ABOUT in {claim.bound, passage.bound}:
        tolerance = NEARLY
    elif converted:
        tolerance = ABOUT / 2
    elif _is_round(claim) or _is_round(passage):
        tolerance = ROUNDED
    if (
        claim.step == passage.step == 0
        and (claim.low % 1 > 0) != (passage.low % 1 > 0)
        and claim.low >= 10
    ):
        return _meet(replace(claim, step=0.5), passage, tolerance)
    if claim.unit in {"ordinal", "age", "pp"} and tolerance < NEARLY:
        tolerance = EXACT
    return _meet(claim, passage, tolerance)


def _meet(claim: Quantity, passage: Quantity, tolerance: float) -> bool:
    finite = [abs(x) for q in (claim, passage) for x in (q.low, q.high) if not math.isinf(x)]
    slack = max(claim.step, passage.step, tolerance * max(finite, default=0.0)) * (1 + 1e-9)
    return claim.low <= passage.high + slack and passage.low <= claim.high + slack


def _is_round(quantity: Quantity) -> bool:
    """Whether a whole number above `COUNTED` has no more than two figures before its zeros."""
    value = quantity.low
    if quantity.unit == "%" or not math.isfinite(value) or value <= COUNTED or value != int(value):
        return False
    return len(str(int(value)).rstrip("0")) <= 2


def _convert(quantity: Quantity, unit: str) -> Quantity | None:
    """The quantity in `unit`; None when there is no way between the two."""
    if quantity.unit == unit:
        return quantity
    factors = [_pint_convert(value, quantity.unit, unit) for value in (quantity.low, quantity.high)]
    if None in factors:
        return None
    low, high = (float(value) for value in factors if value is not None)
    step = quantity.step
    if math.isfinite(low) and quantity.low:
        step = abs(quantity.step * low / quantity.low)
    return Quantity(quantity.span, low, high, unit, step, quantity.bound)


@lru_cache(maxsize=4096)
def _pint_convert(value: float, unit: str, other: str) -> float | None:
    registry, error = _registry()
    try:
        return float(registry.Quantity(value, unit).to(other).magnitude)
    except error:
        return None


@lru_cache(maxsize=1)
def _registry() -> tuple[Any, type[Exception]]:
    import pint

    return pint.UnitRegistry(), pint.DimensionalityError


def _named(match: re.Match[str], names: Sequence[str]) -> str:
    number = next(int(key[1:]) for key, value in match.groupdict().items() if value)
    return names[number]


def _code(code: str) -> str:
    match = _CURRENCY.match(code)
    return _named(match, _CURRENCIES) if match else code.lower()
