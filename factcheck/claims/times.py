"""Relative dates of a sentence in words that need no article: `last year` → `in 2023`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from factcheck.claims.setting import Resolution
from factcheck.dates import DateValue, find_dates
from factcheck.rewriting import Edit
from factcheck.spans import overlaps
from index import Span

_PREPOSITION = re.compile(
    r"\b(?:in|on|of|since|until|till|by|from|to|during|before|after|for|between|and|than|"
    r"the|at|over|"
    r"with|within|through|throughout|around|about|into|early|late|mid|or|as|every|each|"
    r"versus)[ -]$",
    re.IGNORECASE,
)
_BACK_THEN = re.compile(
    r"\b(?:back then|at that time|in those days)\b|\bat the time\b(?! of\b)", re.IGNORECASE
)
_SINCE_THEN = re.compile(r"\bsince(?: then)?(?=[.,;”\"]|$)")
#: A date behind these is what something is measured against, not when it was.
_BASE = re.compile(
    r"\b(?:than|with|from|to|and|versus|against|since|until|till)(?: in| the)? (?:the )?$",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:in|over|during|for) (?P<what>the (?:quarter|half-year|half|period))\b(?! of| to)"
)
_SAME_PERIOD = re.compile(r"\b(?:in|over|during) (?:the|that) (?P<what>same (?:period|time))\b")
_DURATION = re.compile(
    r"\b(?:in|over|within|during) (?:the (?:last|past|previous) )?"
    r"(?P<long>(?:\d{1,3}|[a-z]{2,12}) (?:years|months|weeks|days|decades))\b"
)
_CLOCK = re.compile(
    r"\b(?:(?:by|at|since|until|before|after|from|around) (?:midday|noon|midnight|dawn|"
    r"daybreak|dusk|"
    r"nightfall|lunchtime)|overnight|\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b\.?|at \d{1,2}[.:]\d\d)",
    re.IGNORECASE,
)
#: What happened longer ago is background, and what stands beside it need not be of that time.
RECENT = 400


class Times:
    """Reads an article's sentences in order and keeps the dates it has spoken of."""

    def __init__(self, published: dt.date | None) -> None:
        self._published = published
        self._last: DateValue | None = None
        self._block: DateValue | None = None
        self._report: DateValue | None = None
        self._read = 0
        self._duration: str | None = None
        self.is_sure = False

    def turn(self) -> None:
        """A new paragraph begins: what it tells need not be of the last one's day."""
        self._block = None

    def resolve(self, text: str, people: Sequence[Span]) -> Iterator[Resolution]:
        """The edits of a sentence's dates; inside a name of `people` is none: `June Roth`."""
        before = self._last
        self._read += 1
        self.is_sure = False
        if self._published is None:
            return
        values = [
            value
            for value in find_dates(text, self._published, before)
            if not overlaps(value.span, people)
        ]
        for value in values:
            if value.relative:
                shown = value.spoken()
                yield Resolution(Edit(value.span, spoken(text, value)), gloss=shown, time=True)
        yield from self._backward(text, before)
        yield from self._period(text)
        if values:
            self._last = values[-1]
            told = [v for v in values if not _BASE.search(text[: v.span.start])]
            self._block = told[-1] if told else self._block
            if (
                self._report is None
                and self._read <= 3
                and 80 < (values[0].last - values[0].first).days < 190
            ):
                self._report = values[0]
        elif _CLOCK.search(text) and self._block is None:
            self._block = DateValue(Span(0, 0), self._published, self._published)
            self.is_sure = True
        if match := _DURATION.search(text):
            self._duration = match["long"]

    def context(self, has_figure: bool) -> str | None:
        """When it was what a sentence without a date tells: its paragraph's day or its report's."""
        value = self._block
        if value is None and has_figure:
            value = self._report
        if value is None or self._published is None or not value.has_year:
            return None
        age = (self._published - value.last).days
        return value.spoken() if -100 <= age <= RECENT and value.first <= self._published else None

    def _backward(self, text: str, before: DateValue | None) -> Iterator[Resolution]:
        """`back then` and `since`, which mean the date before."""
        if before is None or not before.has_year:
            return
        preposition = "on" if before.first == before.last else "in"
        for match in _BACK_THEN.finditer(text):
            word = preposition.capitalize() if match[0][:1].isupper() else preposition
            name = before.spoken()
            yield Resolution(
                Edit(Span(match.start(), match.end()), f"{word} {name}"), gloss=name, time=True
            )
        for match in _SINCE_THEN.finditer(text):
            name = before.spoken()
            yield Resolution(
                Edit(Span(match.start(), match.end()), f"since {name}"), gloss=name, time=True
            )

    def _period(self, text: str) -> Iterator[Resolution]:
        """`in the quarter`, which means the one that is reported on, and `over the same period`."""
        for match in _SAME_PERIOD.finditer(text) if self._duration else ():
            name = f"same {self._duration}"
            yield Resolution(Edit(Span(match.start("what"), match.end("what")), name), time=True)
        for match in _PERIOD.finditer(text) if self._report else ():
            name = self._report.spoken() if self._report else ""
            span = Span(match.start("what"), match.end("what"))
            yield Resolution(Edit(span, name), gloss=name, time=True)


def spoken(text: str, value: DateValue) -> str:
    """A relative date by its own name, with the preposition it needs."""
    words = value.span.of(text)
    name = value.spoken()
    after = text[value.span.end : value.span.end + 2]
    if re.match(r"(?:since|until|by)\b", words, re.IGNORECASE):
        return f"{words.split()[0]} {name}"
    if _PREPOSITION.search(text[: value.span.start]) or after in {"'s", "’s"}:
        return name
    if re.match(r"(?:[A-Z][a-z]+|\d)", words) and not words.lower().startswith(
        ("last", "this", "next", "yesterday", "today", "on ", "the ", "that ", "a ")
    ):
        is_day = re.match(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", words)
        return f"on {name}" if is_day else name
    preposition = "on" if value.first == value.last else "in"
    if words[:1].isupper():
        preposition = preposition.capitalize()
    return f"{preposition} {name}"
