"""Quantities: a number with its unit and its bounds, compared across units.

Numbers, percentages, percentage points, measures, durations, ages, amounts of money, ordinals,
scores, times of day. `factcheck.mismatch.measures` finds them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from enum import Enum

from factcheck.mismatch.units import CONTENTS, MEASURES, TEMPERATURES, convert, family
from factcheck.mismatch.values import Relation
from index import Span

#: How far two numbers may lie apart, in parts of the greater: given as they are, in two units, and
#: where one is said to be about so.
EXACT, CONVERTED, ABOUT = 1e-9, 0.04, 0.12
#: As much where one is put for the other: where one is said to be about so, and in two units.
REWORDED, RECKONED = 0.08, 0.02
#: What stands before a figure that may be off a little.
ABOUT_WORDS = (
    r"about|around|roughly|approximately|approx\.?|some|circa|ca\.?|close to|in the region of|"
    r"an estimated|estimated at|nearly|almost|just under|just over|a little (?:under|over)|"
    r"not quite|just short of|a little short of|just shy of|more or less|towards"
)
#: What is said of a figure that is a little less, or a little more.
_UNDER = re.compile(
    r"(?:nearly|almost|not quite|just (?:under|short of|shy of)|a little (?:under|short of))\b"
)
_OVER = re.compile(r"(?:just|a little|well) over\b")
#: A number that ends in two zeros or more may be a rounded one: `3,000` for 2,980.
ROUNDED = 0.03
#: `more than 500` is said of 650 and not of 40,000.
REACH = 2.0
#: Minutes by which `shortly after six` may be off, and degrees a converted temperature.
MINUTES, DEGREES = 30.0, 1.0
#: A day has so many minutes; half of it is what `half past six` leaves open.
NOON, DAY = 720.0, 1440.0


class Bound(Enum):
    """What is said around a number."""

    EXACT = "exact"
    ABOUT = "about"
    LEAST = "at least"
    MOST = "at most"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval [low, high] in `unit`, "" for a plain count.

    `unit` is pint's name, `%`, `pp`, `times`, `age`, `ordinal`, `score` (the two sides in order of
    size), `clock` (minutes of the day; two where morning or evening is not said) or `money:` with
    the currency. `step` is by how much a rounded number may be off. `spoken` is the value in full
    where its words leave out what another number says: `(122)` → `122 million kroner`. `bare`
    pounds may be a weight.
    """

    span: Span
    low: float
    high: float
    unit: str
    step: float
    bound: Bound
    spoken: str = ""
    bare: bool = False

    def against(self, other: Quantity) -> Relation:
        """How this quantity, a claim's, stands to a passage's."""
        if {self.unit, other.unit} == {"%", "pp"}:
            return Relation.DIFFERENT
        if _are_weights(self, other):
            return _as_weight(self).against(_as_weight(other))
        if self.unit == other.unit and self.unit in _COMPARED:
            same = _COMPARED[self.unit](self, other)
            return Relation.SAME if same else Relation.DIFFERENT
        if family(self.unit) != family(other.unit):
            return self._across(other)
        if family(self.unit) == "money" and self.unit != other.unit:
            return Relation.DIFFERENT  # named, never converted
        return _measured(self, other)

    def kind(self, other: Quantity) -> str:
        """`percentage`, `duration`, `date`, `number`, or `unit`.

        That is where one figure stands with two units of what can be measured in both.
        """
        if self.unit == "clock":
            return "date"
        if _are_weights(self, other):
            return _as_weight(self).kind(_as_weight(other))
        if self.unit in {"%", "pp"} and other.unit in {"%", "pp"}:
            return "percentage"
        one_kind = family(self.unit) == family(other.unit)
        if one_kind and self.unit != other.unit and math.isclose(self.figure, other.figure):
            return "unit"
        return "duration" if family(self.unit) == "time" else "number"

    def means(self, other: Quantity, *, strict: bool, said: str) -> bool:
        """Whether `other`, a passage's amount of the same family, may stand in this one's place.

        `said` are this one's words. Neither is rounded further than it says: only a figure that is
        `about` so, or in another unit, may differ by more than its last digit, and one that is
        `nearly` so or `more than` that on its own side only. `strict` allows no difference at all.
        """
        mine, theirs = _as_much_of(self, other), _as_much_of(other, self)
        converted = _convert(theirs, mine.unit)
        if converted is None or other.bound in {Bound.LEAST, Bound.MOST}:
            return False
        rough = Bound.ABOUT in {mine.bound, theirs.bound} or mine.bound is not Bound.EXACT
        share = REWORDED if rough else RECKONED if mine.unit != theirs.unit else EXACT
        slack = 0.0 if strict else max(mine.step, converted.step, share * abs(mine.figure))
        ends = {converted.low, converted.high}
        if any(abs(end - mine.figure) > slack * (1 + 1e-9) for end in ends):
            return False
        under = mine.bound is Bound.MOST or _UNDER.match(said)
        over = mine.bound is Bound.LEAST or _OVER.match(said)
        if (under or over) and (theirs.bound is not Bound.EXACT or family(mine.unit) == "time"):
            return False
        return not ((under and max(ends) > mine.figure) or (over and min(ends) < mine.figure))

    @property
    def figure(self) -> float:
        """The number given: of a range the lower end, of a bound the bound."""
        return self.high if math.isinf(self.low) else self.low

    def _across(self, other: Quantity) -> Relation:
        """Two families: the same figure of something else, or an amount whose unit is left out."""
        families = {family(self.unit), family(other.unit)}
        if families == {"", "money"} and min(abs(self.figure), abs(other.figure)) >= 1e5:
            return _measured(replace(self, unit=""), replace(other, unit=""))
        counted = families & {"", "money"} and families & {"measure", "time"}
        if counted or "" in families or families & {"clock", "score", "ordinal", "age"}:
            return Relation.UNRELATED
        alike = self.figure == other.figure and abs(self.figure) > 2
        return Relation.DIFFERENT if alike else Relation.UNRELATED


def _measured(claim: Quantity, passage: Quantity) -> Relation:
    """Two amounts of one family, in one unit or in two."""
    claim, passage = _as_much_of(claim, passage), _as_much_of(passage, claim)
    converted = _convert(passage, claim.unit)
    if converted is None:
        alike = claim.figure == passage.figure and abs(claim.figure) > 2
        return Relation.DIFFERENT if alike else Relation.UNRELATED
    if _is_out_of_reach(claim, converted):
        return Relation.UNRELATED
    one_figure = math.isclose(claim.figure, passage.figure)
    one_figure = one_figure and claim.bound in {Bound.EXACT, Bound.MOST}  # `within three miles`
    if one_figure and not math.isclose(claim.figure, converted.figure, rel_tol=ABOUT):
        return Relation.DIFFERENT  # `20 miles` is not what `at least 20 kilometres` says
    same = _same(claim, converted, converted=claim.unit != passage.unit)
    return Relation.SAME if same else Relation.DIFFERENT


def _as_much_of(one: Quantity, other: Quantity) -> Quantity:
    """What is given beside `40 mg` without that it is in a litre: `40 mg/l` as `40 mg`."""
    bare = one.unit in CONTENTS and other.unit not in CONTENTS
    return replace(one, unit=one.unit.split("/")[0]) if bare else one


def _are_weights(one: Quantity, other: Quantity) -> bool:
    """Whether one is in bare pounds and the other a weight, so that the pounds are one too."""
    return any(
        mine.bare
        and theirs.unit in MEASURES
        and convert(1.0, _as_much_of(theirs, mine).unit, "pound") is not None
        for mine, theirs in ((one, other), (other, one))
    )


def _as_weight(quantity: Quantity) -> Quantity:
    """Pounds as a weight: which they are where what they are compared with is one."""
    return replace(quantity, unit="pound", bare=False) if quantity.bare else quantity


def _same_clock(claim: Quantity, passage: Quantity) -> bool:
    loose = Bound.EXACT in {claim.bound, passage.bound} and claim.bound == passage.bound
    slack = 0.0 if loose else MINUTES
    for mine in {claim.low, claim.high}:
        for theirs in {passage.low, passage.high}:
            apart = abs(mine - theirs) % DAY
            if min(apart, DAY - apart) <= slack:
                return True
    return False


def _equal(claim: Quantity, passage: Quantity) -> bool:
    return (claim.low, claim.high) == (passage.low, passage.high)


_COMPARED = {"clock": _same_clock, "score": _equal, "ordinal": _equal}


def _is_out_of_reach(claim: Quantity, passage: Quantity) -> bool:
    """Whether one gives only a bound and the other lies so far from it that it counts others."""
    for bounded, other in ((claim, passage), (passage, claim)):
        if bounded.bound is Bound.LEAST and 0 < bounded.low * REACH < other.low:
            return True
        if bounded.bound is Bound.MOST and -math.inf < other.high < bounded.high / REACH:
            return True
    return False


def _same(claim: Quantity, passage: Quantity, *, converted: bool) -> bool:
    """Whether what the claim says is true of what the passage says; both in one unit."""
    tolerance = EXACT
    if Bound.ABOUT in {claim.bound, passage.bound}:
        tolerance = ABOUT
    elif converted:
        tolerance = CONVERTED
    finite = [abs(x) for q in (claim, passage) for x in (q.low, q.high) if not math.isinf(x)]
    slack = tolerance * max(finite, default=0.0)
    if claim.unit in TEMPERATURES:
        slack = DEGREES if converted or tolerance == ABOUT else 0.0
    steps = [claim.step, passage.step]
    if claim.unit not in {"age", "pp"}:
        steps += [_rounding(claim, passage), _rounding(passage, claim)]
    slack = max(slack, *steps) * (1 + 1e-9)
    return claim.low <= passage.high + slack and passage.low <= claim.high + slack


def _rounding(quantity: Quantity, other: Quantity) -> float:
    """By how much a number given without fractions or with zeros at the end may be rounded."""
    value = quantity.low
    if quantity.low != quantity.high or not math.isfinite(value) or value != int(value):
        return 0.0
    if quantity.step == 0 and not float(other.low).is_integer() and abs(value) >= 2:
        return 0.5  # 9 per cent for 8.8
    digits = str(abs(int(value)))
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros < 2 or quantity.unit == "%":
        return 0.0
    return float(min(10.0**zeros / 2, ROUNDED * abs(value)))


def _convert(quantity: Quantity, unit: str) -> Quantity | None:
    """The quantity in `unit`; None when there is no way between the two."""
    if quantity.unit == unit:
        return quantity
    low, high = (convert(value, quantity.unit, unit) for value in (quantity.low, quantity.high))
    if low is None or high is None:
        return None
    step = quantity.step
    if quantity.step and math.isfinite(quantity.low):
        other = convert(quantity.low + quantity.step, quantity.unit, unit)
        step = abs((other or low) - low)
    return replace(quantity, low=low, high=high, unit=unit, step=step)
