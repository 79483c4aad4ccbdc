"""Finds the quantities of a text: its numbers with what stands around them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.capitals import CAPITAL
from factcheck.mismatch.clock import find_clock
from factcheck.mismatch.numerals import Numeral, find_numerals
from factcheck.mismatch.quantities import ABOUT_WORDS, Bound, Quantity
from factcheck.mismatch.scores import SECOND_SIDE, find_votes, score_of
from factcheck.mismatch.units import MONEY, Unit, family, unit_around
from index import Span

#: Characters around a number that tell what it is.
AROUND = 48
_BOUNDS = (
    (Bound.ABOUT, ABOUT_WORDS),
    (
        Bound.LEAST,
        r"(?<!\bno )(?<!\bnot )(?:more|greater) than|over|at least|upwards? of|no fewer than|"
        r"no less than|not less than|above|exceed(?:s|ed|ing)?|well over|in excess of|"
        r"a minimum of|as early as|beyond",
    ),
    (
        Bound.MOST,
        r"less than|fewer than|under|below|up to|at most|not? (?:more|greater) than|a maximum of|"
        r"no (?:deeper|higher|longer|later|further|farther|larger|bigger|older) than|"
        r"within|well under",
    ),
)
_BOUND = [
    (bound, re.compile(rf"(?:\b(?:{words})(?: an?| the)?|[~≈])\s*$", re.IGNORECASE))
    for bound, words in _BOUNDS
]
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|at the age of|at age|turned|turns|"
    r"(?:man|woman|boy|girl|person|driver|pensioner) of|"
    r"(?:anyone|everyone|people|those|children|adults|men|women) "
    r"(?:under|over|below|above|aged))\s*$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(r"[ -]years?[ -]olds?\b|(?: years)? of age\b| birthday\b", re.IGNORECASE)
_AGE_SET = re.compile(r",\s(?:who|told|said|an?|from|of|the|was|is|has|and)\b")
#: `She was 91.`, `the driver was 91` and `Ida Roe was 91 when …`; a century may be 91 runs old.
_AGE_IS = re.compile(
    r"(?:\b(?:[Hh]e|[Ss]he|(?:[Tt]he|[Aa]n?) (?:man|woman|boy|girl|victim|driver|defendant|patient|"
    r"pensioner|passenger|pedestrian|cyclist|widow|widower))|"
    rf"(?:\b(?:Mrs?|Ms|Miss|Dr|Sir)\.?|{CAPITAL}[\w’'-]+) {CAPITAL}[\w’'-]+) (?:is|was)"
    r"(?: now| only| just)? $"
)
#: `She died at 91 in Veld`; in `died at 91 Mill Lane` it is a house.
_AGE_AT = re.compile(r"\b(?:[Dd]ied|dies|[Dd]ead) at $")
_AGE_SPENT = re.compile(r"[.,;)]|$| (?:in|on|after|from|last|this|yesterday)\b")
_AGE_TOLD = re.compile(r"[.;)]|$| when (?:he|she) (?:died|was (?:born|killed|elected|appointed))\b")
#: A greater number is nobody's age.
_OLDEST = 120
#: What a half or a quarter is of: `half an hour`, `a quarter of a point`.
_PART_OF = re.compile(r"(?: of)? an? ((?:percentage )?\w+)")
#: What makes `half a point` one of percentage: `cut its key rate by half a point`.
_RATE = re.compile(
    r"\b(?:(?:interest|key|policy|base|bank|repo|lending|deposit|mortgage|its|the) rates?|yields?|"
    r"inflation|unemployment)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:-|–|—|to|and|or)\s?", re.IGNORECASE)
#: Numbers that name and do not count.
_NAMING = re.compile(
    r"(?:\b(?:nos?\.|number|article|articles|section|sections|paragraph|chapter|page|route|highway|"
    r"motorway|platform|room|ward|covid|phase|flight|pier|berth|gate|resolution|directive|regulation|"
    r"exit|lot|slab|clause|annex|appendix|category|class|type|channel|radio|track|bus|line|version|"
    r"figure|table|unit|block|hut|plot|formula|act|bill|stage|group|level|grade|model|series)[ -]?|"
    r"(?<![A-Za-z])[A-Z]{1,3}[- ]?|§ ?|#)$"
)
#: Behind a body or a group may stand how many there were: `told the BBC 40 people were hurt`.
_TOLD = re.compile(r"(?:\b[A-Z]{2,3}|\bgroup) $")
_PEOPLE = re.compile(
    r" (?:[a-z]+ )?(?:people|men|women|children|patients|workers|staff|homes|houses|jobs|members|"
    r"residents|passengers|pupils|students|deaths|cases)\b"
)
_NO = re.compile(r"\bNo\.? $")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
#: "one" that counts nothing: `one of the`, `no one`, `the one`.
_EMPTY_ONE = re.compile(
    r"\b(?:no|the|this|that|every|any|which|some|each|last|another|only|first|new|big|good|from)\s$",
    re.IGNORECASE,
)
_INHERITS = re.compile(r"(?:from|versus|vs\.?|against|to|than|compared with|with|and|or) $")
_CLOSED = re.compile(
    r"[).,;:”\"]|$|\s(?:in|at|on|a|the|last|this|for|during|by|from|to|and|when)\b"
)
_AND_A_HALF = re.compile(
    r"\b(an?|one|two|three|four|five) ([a-z]{3,10}) and a half\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A quantity with the number it was read from."""

    value: Quantity
    numeral: Numeral | None = None


def find_quantities(text: str, taken: Sequence[Span] = ()) -> list[Quantity]:
    """The quantities of a text, in order; numbers inside `taken`, such as dates, are left out."""
    blocked = bytearray(len(text) + 1)
    for span in taken:
        blocked[span.start : span.end] = b"\1" * (span.end - span.start)
    apart = [
        each
        for each in [*find_clock(text), *_and_a_half(text), *find_votes(text)]
        if not any(blocked[each.span.start : each.span.end])
    ]
    for each in apart:
        blocked[each.span.start : each.span.end] = b"\1" * (each.span.end - each.span.start)
    money = bool(MONEY.search(text))
    found: list[_Found] = []
    for numeral in find_numerals(text):
        if any(blocked[numeral.span.start : numeral.span.end]):
            continue
        if found and numeral.span.start < found[-1].value.span.end:
            continue  # `a second` of `12 metres a second` is no number
        quantity = _quantity(text, numeral, money)
        if quantity is None:
            continue
        here = _Found(quantity, numeral)
        here = _inherit(text, found, here)
        joined = _joined(text, found[-1], here) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(here)
    values = _backwards(text, found)
    return sorted([*values, *apart], key=lambda value: value.span.start)


def _and_a_half(text: str) -> list[Quantity]:
    """`a year and a half`, where the number stands on both sides of the unit."""
    found = []
    for match in _AND_A_HALF.finditer(text):
        unit = unit_around("", " " + match[2])
        count = next((n.value for n in find_numerals(match[1])), 1.0) + 0.5
        if unit:
            bound, start = _bound(text, match.start())
            span = Span(start, match.end())
            found.append(Quantity(span, *_limits(count, bound), unit.name, 0.0, bound))
    return found


def _quantity(text: str, numeral: Numeral, money: bool) -> Quantity | None:
    start, end = numeral.span.start, numeral.span.end
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    unit = None if numeral.ordinal else unit_around(before, after)
    if _names(text, numeral, (before, after), unit):
        return None
    value, step, name = numeral.value, numeral.step, unit.name if unit else ""
    if unit:
        value, step = value * unit.scale, step * unit.scale
        start, end = start - unit.before, end + unit.behind
    age = _AGE_AFTER.match(after)
    if age:
        name, end = "age", numeral.span.end + age.end()
    elif numeral.ordinal:
        name = "ordinal"
    elif not unit:
        name, value, end = _without_unit(numeral, (before, after))
    if numeral.scaled_m and (name.startswith("money:") or (money and not name)):
        value, step = value * 1e6, 5e5 if step == 0 else step * 1e6
    elif numeral.scaled_m and not name:
        name = "meter"
    bound, start = _bound(text, start)
    bare = unit is not None and unit.bare
    return Quantity(Span(start, end), *_limits(value, bound), name, step, bound, bare=bare)


def _without_unit(numeral: Numeral, around: tuple[str, str]) -> tuple[str, float, int]:
    """Unit, value and end of a number that no unit stands beside."""
    before, after = around
    value, end = numeral.value, numeral.span.end
    if numeral.share:
        return "%", value, end
    if numeral.times:
        return "times", value, end
    if times := re.match(r" times\b", after):
        return "times", value, end + times.end()
    if part := _PART_OF.match(after) if value < 1 and numeral.in_words else None:
        is_rate = part[1] == "point" and _RATE.search(before)
        inner = unit_around("", " percentage point" if is_rate else f" {part[1]}")
        return (inner.name if inner else ""), value, end + part.end()
    old = value < _OLDEST and (
        (_AGE_SET.match(after) and before.endswith(", "))
        or (_AGE_IS.search(before) and _AGE_TOLD.match(after))
        or (_AGE_AT.search(before) and _AGE_SPENT.match(after))
    )
    if old or _AGE_BEFORE.search(before):
        return "age", value, end
    return "", value, end


def _names(text: str, numeral: Numeral, around: tuple[str, str], unit: Unit | None) -> bool:
    """Whether the number is part of a name, a year or a turn of phrase."""
    before, after = around
    word = numeral.span.of(text).lower()
    if unit is None and (_NAMING.search(before) or _names_ahead(before)):
        return not (_TOLD.search(before) and _PEOPLE.match(after))
    if (
        word == "one"
        and not SECOND_SIDE.search(before)
        and (
            _EMPTY_ONE.search(before)
            or re.match(
                r" (?:of|another|day|could|can|might|may|must|should|by|or|side|way)\b|['’]s|[,.;]",
                after,
            )
        )
    ):
        return True
    if numeral.ordinal:
        return _is_turn(word, before, after)
    return bool(_YEAR.fullmatch(word)) and unit is None


def _names_ahead(before: str) -> bool:
    """Whether a word that makes the number a name stands before: `Article`, `route`, `No.`."""
    match = re.search(r"([A-Za-z]+)[ -]$", before)
    return bool(_NO.search(before)) or bool(
        match and _NAMING.search(match[1].lower() + " ") and len(match[1]) > 2
    )


def _is_turn(word: str, before: str, after: str) -> bool:
    """Whether an ordinal is only a turn of phrase, or part of a superlative or a name."""
    if re.match(
        r"[ -](?:hand|half|quarter|minister|aid|lady|of all|\w+est\b|thing|thought)", after
    ):
        return True
    if word == "first":
        return True  # a superlative, which `polarity` reads
    return bool(re.search(r"\b(?:at|every|split|from the) $", before))


def _limits(value: float, bound: Bound) -> tuple[float, float]:
    if bound is Bound.LEAST:
        return value, math.inf
    if bound is Bound.MOST:
        return -math.inf, value
    return value, value


def _bound(text: str, start: int) -> tuple[Bound, int]:
    before = text[max(0, start - AROUND) : start]
    for bound, pattern in _BOUND:
        if match := pattern.search(before):
            return bound, start - (len(before) - match.start())
    return Bound.EXACT, start


def _inherit(text: str, found: Sequence[_Found], here: _Found) -> _Found:
    """`(122)` and `down from 3.4 billion` in the unit and scale of the number they stand beside."""
    value, numeral = here.value, here.numeral
    if value.unit or numeral is None or numeral.ordinal or not found:
        return here
    before = text[max(0, value.span.start - 16) : value.span.start]
    after = text[value.span.end : value.span.end + 12]
    bracketed = before.endswith("(") and after.startswith(")")
    compared = _INHERITS.search(before) or re.search(r"\((?:from|against) $", before)
    if not (bracketed or (compared and _CLOSED.match(after))):
        return here
    for other in reversed(found[-4:]):
        if other.numeral is None or other.numeral.share:
            continue
        between = text[other.value.span.end : value.span.start]
        if re.search(r"[.!?;]\s", between):
            break
        kind = family(other.value.unit)
        scale = _scale(other)
        if kind in {"money", "%", "measure"} or (scale > 1 and kind == ""):
            return _as(text, here, other, scale)
    return here


def _as(text: str, here: _Found, other: _Found, scale: float) -> _Found:
    """A number read in the unit and scale of another."""
    value, numeral = here.value, here.numeral
    if numeral is None:
        return here
    own = numeral.scale > 1 or numeral.scaled_m or (numeral.in_words and numeral.value >= 1000)
    factor = 1.0 if own else scale
    words = other.value.span.of(text)
    mine = numeral.span.of(text)
    theirs = other.numeral.span.of(text) if other.numeral else ""
    digits = re.match(r"[\d.,]*\d", theirs)
    spoken = (
        words.replace(theirs, mine, 1)
        if own
        else words.replace(digits[0], mine, 1)
        if digits
        else ""
    )
    changed = replace(
        value,
        low=value.low * factor,
        high=value.high * factor,
        step=max(value.step * factor, scale * 10 ** -_decimals(mine) / 2 if factor > 1 else 0.0),
        unit=other.value.unit,
        spoken=spoken,
    )
    return _Found(changed, numeral)


def _decimals(words: str) -> int:
    match = re.search(r"\d\.(\d+)", words)
    return len(match[1]) if match else 0


def _scale(found: _Found) -> float:
    """What a number is multiplied by: `61 million` → 1e6."""
    if found.numeral is None:
        return 1.0
    if found.numeral.scaled_m and found.value.low >= 1e6:
        return 1e6
    return found.numeral.scale


def _backwards(text: str, found: Sequence[_Found]) -> list[Quantity]:
    """`from 52 to 61 per cent`: what the second number says, the first takes over."""
    values = [each.value for each in found]
    for i in range(len(found) - 1):
        first, second = found[i], found[i + 1]
        between = text[first.value.span.end : second.value.span.start]
        if first.value.unit or between not in {" to ", " and ", " or ", "-", "–"}:
            continue
        if first.numeral is None or first.numeral.ordinal or second.value.unit in {"", "ordinal"}:
            continue
        if first.value.spoken or second.value.unit in {"age", "clock", "score"}:
            continue
        values[i] = _as(text, first, second, _scale(second)).value
    return values


def _joined(text: str, first: _Found, second: _Found) -> _Found | None:
    """`10 to 12 per cent` as one quantity, and `5-4` as a score, where that is what it says."""
    one, two = first.value, second.value
    score = score_of(text, one, two)
    if score:
        return _Found(score)
    if first.numeral is None or second.numeral is None or not _ranges(text, one, two):
        return None
    inherited = one
    if not one.unit and second.numeral.scale > 1 and first.numeral.scale == 1:
        inherited = _as(text, first, second, second.numeral.scale).value
    if not inherited.low < two.high:
        return None
    span = Span(one.span.start, two.span.end)
    return _Found(Quantity(span, inherited.low, two.high, two.unit, 0.0, one.bound))


def _ranges(text: str, one: Quantity, two: Quantity) -> bool:
    """Whether what stands between two numbers makes them one range."""
    between = text[one.span.end : two.span.start]
    plain = {one.bound, two.bound} <= {Bound.EXACT, Bound.ABOUT}
    if not plain or not _RANGE.fullmatch(between) or "ordinal" in {one.unit, two.unit}:
        return False
    joined = between.strip().lower()
    lead = text[max(0, one.span.start - 9) : one.span.start].lower()
    if joined in {"and", "or"} and not (joined == "and" and lead.endswith("between ")):
        return False
    if joined == "to" and re.search(r"\b(?:from|rose|fell|up|down|grew|cut)\s$", lead):
        return False
    return one.unit in {"", two.unit} or bool(one.spoken)
