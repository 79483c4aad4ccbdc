"""Times of day: `18.30`, `3am`, `half past six`, `ten past three`, `nine in the evening`."""

from __future__ import annotations

import re

from factcheck.mismatch.quantities import NOON, Bound, Quantity
from index import Span

_HOURS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
}
_PAST = _HOURS | {"quarter": 15, "half": 30, "twenty": 20, "twenty-five": 25}
_HOUR = "|".join(sorted(_HOURS, key=len, reverse=True))
_MINUTE = "|".join(sorted(_PAST, key=len, reverse=True))
_AM = r"a\.m\.|p\.m\.|am\b|pm\b|o['’]clock\b"
_AT = r"(?:at|from|until|till|by|after|before|around|about|since|shortly|soon|just|to)"
#: What a bare hour is one by: `nine in the evening`.
PART = r"\s(?:in\ the|on\ the|that|this)\s(?:morning|afternoon|evening|night)|\sat\snight"
#: Before a bare hour: `shortly after nine`.
_AFTER_BARELY = "|".join(
    rf"(?<={near}\s{way}\s)" for near in ("shortly", "soon", "just") for way in ("after", "before")
)
_CLOCK = re.compile(
    rf"""
    (?<![\w.,:£€$])(?:
      (?P<h1>[01]?\d|2[0-4])[:.](?P<m1>[0-5]\d)
        (?![\d%]|[.,:]\d|\s?(?:per\ cent|million|billion|percent))
        (?:\s?(?P<ap1>{_AM}))?
    | (?P<h2>1[0-2]|[1-9]|{_HOUR})\s?(?P<ap2>{_AM})
    | (?:(?P<past>\d\d?|{_MINUTE})(?:\ minutes?)?|(?P<half>half))\ (?P<way>past|to)[ ]
        (?P<h3>1[0-2]|[1-9]|{_HOUR})\b
        (?!\ (?:per|million|tonnes|people|votes|goals))
    | (?P<noon>noon|midday|midnight)\b
    | (?P<h4>{_HOUR})(?={PART})
    | (?:{_AFTER_BARELY})(?P<h5>{_HOUR})(?=[.,;]|$|\ (?:on|when|as|today|yesterday)\b)
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: `shortly after`, which says on which side.
_BARELY = r"(?:shortly|soon|just|a little|minutes)\s(?:after|before)\b"
BARELY = re.compile(_BARELY, re.IGNORECASE)
_NEAR = re.compile(
    rf"\b(?:about|around|roughly|nearly|almost|towards|shortly|soon|just|{_BARELY})\s*$",
    re.IGNORECASE,
)
#: What makes `at 0.04 mg/l` no time of day: units that are no names, nor nouns of anything else.
_MEASURED = re.compile(
    r"[ \u00a0]?(?:[mµμn]?g|kg|[kcm]?m|m?l|ha|[kMG]W|°[CF]?|"
    r"(?:milli|micro|kilo)?(?:grams?|met(?:re|er)s?|lit(?:re|er)s?)|tonnes?|hectares?|miles)\b"
)
_BEFORE = re.compile(rf"\b{_AT}\s*$", re.IGNORECASE)
#: What a time of day follows, one way or another.
AT_ALL = re.compile(rf"\b{_AT}\s(?:about\s|around\s)?$", re.IGNORECASE)
_LATE = re.compile(r"^.{0,24}?\b(?:afternoon|evening|night|tonight)\b", re.IGNORECASE | re.DOTALL)
_EARLY = re.compile(r"^.{0,24}?\bmorning\b", re.IGNORECASE | re.DOTALL)


def find_clock(text: str) -> list[Quantity]:
    """The times of day in a text, in order, as minutes since midnight."""
    return [value for match in _CLOCK.finditer(text) if (value := _read(match, text))]


def is_when_it_says(claimed: Quantity, words: str, told: Quantity) -> bool:
    """Whether a time of day that a passage gives exactly is the one that a claim's `words` mean.

    To the minute; `about` by a quarter of an hour, and `shortly after` on that side by a half.
    """
    if told.bound is not Bound.EXACT:
        return False
    barely = BARELY.match(words)
    least, most = (0.0, 0.0) if claimed.bound is Bound.EXACT else (-15.0, 15.0)
    if barely:
        least, most = (0.0, 30.0) if barely[0].lower().endswith("after") else (-30.0, 0.0)
    apart = {
        (theirs - mine + NOON) % (2 * NOON) - NOON
        for mine in {claimed.low, claimed.high}
        for theirs in {told.low, told.high}
    }
    return any(least <= each <= most for each in apart)


def _read(match: re.Match[str], text: str) -> Quantity | None:
    before = text[max(0, match.start() - 24) : match.start()]
    after = text[match.end() : match.end() + 40]
    dotted = match["m1"] and "." in match[0][:3] and not match["ap1"]
    if dotted and not _BEFORE.search(before):
        return None  # 18.30 may be any number
    if dotted and (_may_be_price(match, after) or _MEASURED.match(after)):
        return None
    to = (match["way"] or "").lower() == "to"
    if match["half"] and not match["past"] and to:
        return None
    if to and not _is_time_to(match, before, after):
        return None
    minutes = _minutes(match)
    if minutes is None:
        return None
    ambiguous = not match["noon"] and not (match["m1"] and int(match["h1"]) > 12)
    half = (match["ap1"] or match["ap2"] or "").lower().replace(".", "")
    if match["m1"] and not half and len(match["h1"]) == 2 and match["h1"][0] == "0":
        half = "am"
    if ambiguous and half in {"am", "pm"}:
        minutes, ambiguous = minutes % NOON + (NOON if half == "pm" else 0), False
    elif ambiguous and (_LATE.match(after) or _EARLY.match(after)):
        late = _LATE.match(after) and not _EARLY.match(after)
        minutes, ambiguous = minutes % NOON + (NOON if late else 0), False
    near = _NEAR.search(before)
    other = (minutes + NOON) % (2 * NOON) if ambiguous else minutes
    low, high = sorted((minutes, other))
    start = match.start() - (len(before) - near.start()) if near else match.start()
    return Quantity(
        Span(start, match.end()), low, high, "clock", 0.0, Bound.ABOUT if near else Bound.EXACT
    )


def _may_be_price(match: re.Match[str], after: str) -> bool:
    """Whether what ends a sentence may be a price: `The shares closed at 3.15` has no time."""
    late, even = int(match["h1"]) > 12, match["m1"] in {"00", "30"}
    return after[:1] in {".", ","} and not (late and even)


def _is_time_to(match: re.Match[str], before: str, after: str) -> bool:
    """Whether `ten to six` is a time, and no range or score."""
    if match["past"].lower() in {"quarter", "twenty-five"} or "minute" in match[0]:
        return True
    return bool(_BEFORE.search(before)) and bool(re.match(PART, after))


def _minutes(match: re.Match[str]) -> float | None:
    if match["noon"]:
        return 0.0 if match["noon"].lower() == "midnight" else NOON
    if match["m1"]:
        return (int(match["h1"]) % 24) * 60.0 + int(match["m1"])
    if match["way"]:
        past = 30 if match["half"] else _number(match["past"])
        hour = _number(match["h3"]) * 60.0
        if not 0 < past < 60:
            return None
        return hour + past if match["way"].lower() == "past" else hour - past
    return _number(match["h2"] or match["h4"] or match["h5"]) * 60.0


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _PAST[word.lower()]
