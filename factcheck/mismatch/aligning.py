"""A claim in a passage's notation: each value that they share put as the passage has it.

`Mount Hesper rises to about 24,300 feet` beside `at 7,412 metres the highest peak` is `Mount Hesper
rises to 7,412 metres`. That both are one height has been worked out already; a verifier that reads
it so need not work it out again, which it hardly can.

What is put must mean what the claim means, whatever the passage means with it, or a verifier is
told what it should find out. So less is put than is agreed on: no bound or rounding that the claim
does not have, no day for a month of which something is said, nothing that would not be English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from factcheck.datevalue import DateValue
from factcheck.mismatch.clock import AT_ALL, BARELY, PART, is_when_it_says
from factcheck.mismatch.numerals import find_numerals
from factcheck.mismatch.quantities import ABOUT_WORDS, Quantity
from factcheck.mismatch.text import MANY, Text, worded
from factcheck.mismatch.units import TEMPERATURES, family
from factcheck.mismatch.values import Relation
from factcheck.mismatch.weighing import Context, following
from factcheck.stretches import SEASONS
from index import Span

#: Values of a claim that are put, at most.
MOST = 8

#: Numbers that say which, how often or how old have forms of their own.
_FORMS = {"ordinal", "times", "age"}
#: Words that are no amount by themselves: `halved`, `fourfold`.
_MULTIPLIED = re.compile(r"\b(?:halv|doubl|trebl|tripl|quadrupl|twice|\w+fold)", re.IGNORECASE)
#: `a four-day strike`: what belongs to a noun.
_BEFORE_A_NOUN = re.compile(r"-[a-z]+$", re.IGNORECASE)
_INTO_A_NOUN = re.compile(r"[-–'’/]|\s*\(")
#: What says that a number is that and no other, or stands before one and not before a word for one.
_STRICT = re.compile(
    r"\b(?:exactly|precisely|all|not|only|full|as many as|as much as|another|the|an?|its|his|her|"
    r"their|our|this|these|those|by a further)\s$",
    re.IGNORECASE,
)
_ABOUT = re.compile(rf"^(?:{ABOUT_WORDS})\s+", re.IGNORECASE)
#: Dollars of a country.
_WHOSE = re.compile(r"\b(?:US|A|C|NZ|HK)(?=\$)|\b(?:Australian|Canadian|American)\b")
_ZONE = re.compile(r"\s(?:GMT|BST|CET|CEST|UTC|EST|local time)\b")
#: `two in five` stands before what it is of, `40 per cent` needs an `of`.
_AMONG = re.compile(r"\b(?:in|out of)\b")
_OF = re.compile(r"\s+of\b")

#: Within stretches of so many days, or a season, something happened when one of their days is told.
_SHORT = 31
#: What a date must follow to be put.
_LED = re.compile(r"\b(?P<word>in|on|at|since)(?: the)? $", re.IGNORECASE)
#: What is said of a whole month is not said of a day of it.
_WHOLE = re.compile(
    r"\b(?:no|not|never|nobody|nothing|none|neither|nor|without|cannot|all|every|each|most|many|"
    r"total|average|mean|median|throughout|during|only|whole|entire|always|\w+est)\b|n['’]t\b",
    re.IGNORECASE,
)
#: A count that may be one of a whole month.
_COUNTED = 20
#: Read from another date of the passage.
_ELSEWHEN = re.compile(
    r"\b(?:that|same|following|previous|earlier|later|before|after|and|to|next)\b", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:on|in|at|by|since|until|from) ", re.IGNORECASE)
_DAY = re.compile(
    r"(?:the )?\d{1,2}(?:st|nd|rd|th)?[ ./]|\d{4}-\d\d-|[A-Z]\w+ \d{1,2}\b|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_UNLED = re.compile(r"(?:late )?(?:last|this|today|yesterday|tonight)\b|.*\bago$", re.IGNORECASE)
_END = re.compile(r"the (?:start|beginning|end|turn)\b", re.IGNORECASE)

Value = TypeVar("Value", Quantity, DateValue)
#: A stretch of the claim, and what is put there.
Put = tuple[Span, str]


def aligned(claim: Text, passage: Text, place: Context) -> str:
    """The claim's words with the passage's notation, or "" where that is the same."""
    puts: list[Put] = []
    taken: set[Span] = set()
    for value in claim.quantities[:MOST]:
        amounts = [q for q in passage.quantities[:MANY] if _is_one_amount(claim, value, passage, q)]
        amount = _likeliest(claim, value, passage, amounts, place)
        put = _amount_put(claim, value, passage, amount) if amount else ""
        if amount and put and amount.span not in taken:
            taken.add(amount.span)
            puts.append((value.span, put))
    for day in claim.dates[:MOST]:
        days = [date for date in passage.dates[:MANY] if _is_one_time(claim, day, passage, date)]
        date = _likeliest(claim, day, passage, days, place)
        puts += [_date_put(claim.words, day.span, date.span.of(passage.words))] if date else []
    words = claim.words
    for span, put in sorted(puts, key=lambda each: -each[0].start):
        words = words[: span.start] + put + words[span.end :]
    return "" if words.casefold() == claim.words.casefold() else words


def _likeliest(
    claim: Text, value: Value, passage: Text, same: Sequence[Value], place: Context
) -> Value | None:
    """The one of `same` that is most likely about it.

    None where one has the claim's words, and where they are not all one: which is meant is what a
    verifier should find out.
    """
    words = value.span.of(claim.words).casefold()
    if any(other.span.of(passage.words).casefold() == words for other in same):
        return None
    if any(_differ(same[0], other) for other in same[1:]):
        return None
    nouns = following(claim.words, value.span)
    return max(
        same,
        key=lambda other: (
            place.near(other.span) + bool(nouns & following(passage.words, other.span))
        ),
        default=None,
    )


def _differ(one: Value, other: Value) -> bool:
    if isinstance(one, Quantity):
        return one.against(other) is not Relation.SAME or one.figure != other.figure
    return (one.first, one.last) != (other.first, other.last)


def _is_one_amount(claim: Text, value: Quantity, passage: Text, other: Quantity) -> bool:
    """Whether the passage's amount means what the claim's does."""
    if value.against(other) is not Relation.SAME or {value.unit, other.unit} & _FORMS:
        return False
    if value.unit == "clock":
        return _is_one_hour(claim, value, passage, other)
    mine, theirs = value.span.of(claim.words), other.span.of(passage.words)
    if value.unit == "score":
        return _sides(mine) == _sides(theirs) and "against" not in mine
    before = claim.words[: value.span.start]
    if (
        family(value.unit) != family(other.unit)
        or value.bare is not other.bare
        or _WHOSE.findall(mine) != _WHOSE.findall(theirs)
        or _MULTIPLIED.search(f"{mine} {theirs}")
        or _is_within_a_noun(claim.words, value.span)
        or _is_within_a_noun(passage.words, other.span)
        # so many degrees more are not a temperature
        or (value.unit in TEMPERATURES and before.endswith(" by "))
    ):
        return False
    return value.means(other, strict=bool(_STRICT.search(before)), said=mine.lower())


def _is_one_hour(claim: Text, value: Quantity, passage: Text, other: Quantity) -> bool:
    behind = claim.words[value.span.end :], passage.words[other.span.end :]
    if re.match(PART, behind[0]) or any(map(_ZONE.match, behind)):
        return False
    return is_when_it_says(value, value.span.of(claim.words), other)


def _sides(words: str) -> list[float]:
    return [numeral.value for numeral in find_numerals(words)]


def _is_within_a_noun(words: str, span: Span) -> bool:
    """Whether a value is part of a compound, a genitive, or given twice: `5 km (3 miles)`."""
    return bool(_BEFORE_A_NOUN.search(span.of(words)) or _INTO_A_NOUN.match(words, span.end))


def _amount_put(claim: Text, value: Quantity, passage: Text, other: Quantity) -> str:
    """The passage's amount in the claim's place; "" where it does not fit there."""
    theirs = other.span.of(passage.words)
    put = worded(claim, value, other, _ABOUT.sub("", theirs))
    mine, behind = value.span.of(claim.words), claim.words[value.span.end :]
    if value.unit == "clock":
        part = re.match(PART, passage.words[other.span.end :])
        put += part[0] if part else ""
        lacks = not AT_ALL.search(claim.words[: value.span.start])
        return f"at {put}" if BARELY.match(mine) and lacks else put
    if value.unit == "%":
        if _AMONG.search(put):
            return "" if _OF.match(behind) else put
        put += " of" if _counts_next(claim, value.span, among=bool(_AMONG.search(mine))) else ""
    if put.lower().startswith(("a ", "an ")) and (
        _STRICT.search(claim.words[: value.span.start]) or _OF.match(behind)
    ):
        return ""
    return put


def _counts_next(claim: Text, span: Span, *, among: bool) -> bool:
    """Whether a share is of what comes next without an `of`: `half the staff`.

    One such as `two in five` stands so before any noun.
    """
    after = next((token for token in claim.parse.tokens if token.start >= span.end), None)
    return after is not None and after.tag.startswith(
        ("DT", "PDT", "PRP$", "NN", "JJ", "CD") if among else ("DT", "PDT", "PRP$")
    )


def _is_one_time(claim: Text, day: DateValue, passage: Text, other: DateValue) -> bool:
    """Whether both are the same stretch of days, or the passage's is the day within a short one."""
    if day.relative or not (day.has_year and other.has_year):
        return False
    lead = _LED.search(claim.words[: day.span.start])
    if not (lead or day.span.start == 0) or _ELSEWHEN.search(other.span.of(passage.words)):
        return False
    if (day.first, day.last) == (other.first, other.last):
        return bool(lead)
    words = day.span.of(claim.words)
    short = day.days <= _SHORT or any(season in words for season in SEASONS)
    if not (lead and short and other.days < day.days and day.against(other) is Relation.SAME):
        return False
    counts = any(
        q.unit not in {"clock", "ordinal", "score", "age", ""} or q.figure >= _COUNTED
        for q in claim.quantities
    )
    return not counts and not _WHOLE.search(claim.words)


def _date_put(words: str, span: Span, put: str) -> Put:
    """A date of the passage with the preposition that it needs: `on 4 May`."""
    put = _LEADING.sub("", put)
    lead = _LED.search(words[: span.start])
    if lead and lead["word"].lower() != "since":
        preposition = "on " if _DAY.match(put) else "at " if _END.match(put) else "in "
        put = ("" if _UNLED.match(put) else preposition) + put
        span = Span(lead.start(), span.end)
    first = put.split(maxsplit=1)[0]
    if span.start == 0:
        put = put[0].upper() + put[1:]
    elif _UNLED.match(put) and first[1:].islower():
        put = put[0].lower() + put[1:]
    return span, put
