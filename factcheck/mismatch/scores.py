"""The two sides of a game or a vote: `5-4`, `nine to six`, `9 for and 6 against`."""

from __future__ import annotations

import re

from factcheck.mismatch.numerals import find_numerals
from factcheck.mismatch.quantities import Bound, Quantity
from index import Span

#: What stands before the second side of a score: `three goals to one`.
_KINDS = r"(?:votes?|goals?|points?|games?|sets?|frames?)"
SECOND_SIDE = re.compile(rf"(?:\d|[a-z]) {_KINDS} to $")
#: The two sides of a vote, each with what it was for.
_COUNT = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,4}|[a-z]{3,9}(?:-[a-z]{3,5})?)"
_WHO = r"(?: votes?| [a-z]{4,12}s)?(?: voted| were)?"
_CLOSED = r"(?=[.,;:)\n]|$| it\b| with\b| and\b)"
_VOTES = re.compile(
    rf"\b(?P<yes>{_COUNT}){_WHO} (?:for|in favou?r)(?: of it)?"
    rf"[,;]?(?: and| with| to)? (?P<no>{_COUNT}){_WHO} against\b{_CLOSED}"
    rf"|\bfor[:,] ?(?P<yes2>{_COUNT})[;,]?(?: and)? against[:,] ?(?P<no2>{_COUNT})\b{_CLOSED}"
    rf"|\bfor (?P<yes3>\d{{1,4}})[;,] against (?P<no3>\d{{1,4}})\b{_CLOSED}",
    re.IGNORECASE,
)
_SCORE_WORDS = re.compile(
    r"\b(?:w[io]n|won|lost|lose|beat|beaten|draw|drew|drawn|victory|defeat|score|scored|final|vote[sd]?|"
    r"voting|majority|aggregate|half-time|passed|carried|approved|rejected|against|by|lead|led)\b",
    re.IGNORECASE,
)


def find_votes(text: str) -> list[Quantity]:
    """`9 for and 6 against`, `for, 9; against, 6`, as the score of a vote."""
    found = []
    for match in _VOTES.finditer(text):
        words = [word for word in match.groups() if word]
        sides = [n.value for word in words for n in find_numerals(word) if n.span.of(word) == word]
        if len(sides) == 2:
            span = Span(match.start(), match.end())
            low, high = sorted(sides)
            spoken = " to ".join(words)
            found.append(Quantity(span, low, high, "score", 0.0, Bound.EXACT, spoken))
    return found


def score_of(text: str, one: Quantity, two: Quantity) -> Quantity | None:
    """`5-4`, `nine to six`, `311 votes to 58`: two sides of a game or a vote."""
    between = text[one.span.end : two.span.start]
    plain = one.unit == two.unit == "" and one.bound is two.bound is Bound.EXACT
    if not plain or not re.fullmatch(rf"[-–]|(?: {_KINDS})? (?:to|against) ", between):
        return None
    lead = text[max(0, one.span.start - 60) : one.span.start]
    if re.search(r"\b(?:from|between)\s$", lead) or max(one.low, two.low) > 9999:
        return None
    told = _SCORE_WORDS.search(lead) or "vote" in between or "goal" in between
    if not (one.low > two.low or (told and between in {"-", "–"})):
        return None
    if not told and between not in {"-", "–"}:
        return None
    low, high = sorted((one.low, two.low))
    return Quantity(Span(one.span.start, two.span.end), low, high, "score", 0.0, Bound.EXACT)
