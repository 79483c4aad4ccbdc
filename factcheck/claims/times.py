"""Relative dates of a sentence in words that need no article: `last year` → `in 2023`."""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from factcheck.claims.ahead import BASE, DAY_MONTH, SOON, Ahead, verb_over
from factcheck.claims.setting import Resolution
from factcheck.claims.syntax import Tree
from factcheck.dates import find_dates
from factcheck.datevalue import DateValue
from factcheck.rewriting import Edit
from factcheck.spans import overlaps
from index import Span

_PREPOSITION = re.compile(
    r"\b(?:in|on|of|since|until|till|by|from|to|during|before|after|for|between|and|than|"
    r"the|at|over|"
    r"with|within|through|throughout|around|about|into|early|late|mid|or|as|"
    r"versus)[ -]$",
    re.IGNORECASE,
)
#: What joins a date to no other: `They own one and last year opened another`.
_JOINS = re.compile(r"(?<!this)(?<!last)(?<!next)(?<!\d)(?<!year)(?<!month)(?<!week) (?:and|or) $")
_DONE = re.compile(r" (?:[a-z]+ed|was|were|has|had|did|went|came|made|took|sold|lost|won)\b")
_BACK_THEN = re.compile(
    r"\b(?:back then|at that time|in those days)\b|\bat the time\b(?! of\b)", re.IGNORECASE
)
_SINCE_THEN = re.compile(r"\bsince(?: then)?(?=[.,;”\"]|$)")
#: What stands before a day, a bar, and the day with what follows, where it comes again and again.
_EACH = re.compile(
    r"\b(?:every|each)(?: second| other| third| fourth| last| first)? \|"
    r"|\b(?:first|second|third|fourth|last) \|\w+ of (?:every|each|the)\b",
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
    r"nightfall|lunchtime)|overnight|\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b\.?|"
    r"at \d{1,2}[.:]\d\d(?= (?:on|and|local|this|when|after|in the|GMT)\b|[.,;)”\"]|$))",
    re.IGNORECASE,
)
#: What is a year before another date, and a stretch between two of which that is the last.
_YEAR_BEFORE = re.compile(r"a year (?:earlier|before)", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:through|to|until|till|and)(?: the end of)? $")
_PARTS = re.compile(r"[,;:]| that ")
_WILL_BE = re.compile(r"\b(?:will|shall|(?:is|are) (?:due|to))\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|by|since) at (?:least|most|the \w+) $")
#: Behind a part of a year, which has its year by its own name.
_OF_THE_YEAR = re.compile(r" of the year\b")
_NEXT_YEAR = re.compile(r"the next year", re.IGNORECASE)
#: What stands before the one that is to come.
_TO_COME = re.compile(
    r"\b(?:will|may|might|could|would|should|plans?|expects?|hopes?|aims?)\b|"
    r"\b(?:in|over|within|during|for|by|and) $",
    re.IGNORECASE,
)
#: `this year than last`.
_THAN_LAST = re.compile(r"\bthis (year|month|week|quarter|season) than (last)\b(?! \w)")
#: What happened longer ago is background, and what stands beside it need not be of that time.
RECENT = 400
#: So many dates back is what a date may be counted from.
_REMEMBERED = 4


class Times:
    """Reads an article's sentences in order and keeps the dates it has spoken of."""

    def __init__(self, published: dt.date | None) -> None:
        self._published = published
        self._told: deque[DateValue] = deque(maxlen=_REMEMBERED)
        self._block: DateValue | None = None
        self._report: DateValue | None = None
        self._read = 0
        self._duration: str | None = None
        self.is_sure = False
        self._event: dt.date | None = None
        self._others = False

    def turn(self) -> None:
        """A new paragraph begins: what it tells need not be of the last one's day."""
        self._block = None

    def resolve(self, text: str, tree: Tree, people: Sequence[Span]) -> Iterator[Resolution]:
        """The edits of a sentence's dates; inside a name of `people` is none: `June Roth`."""
        self._read += 1
        self.is_sure = False
        if self._published is None:
            return
        before = self._start(text, self._published)
        ahead = Ahead(text, tree, self._published, self._event)
        values = [
            _told_on(value, before, text, self._published) or ahead.read(value)
            for value in find_dates(text, self._published, before)
            if not overlaps(value.span, people) and not _recurs(text, value)
        ]
        values = _joined(_measured(values, before, text), text)
        for value in values:
            if value.relative:
                shown = value.spoken()
                yield Resolution(Edit(value.span, spoken(text, value)), gloss=shown)
        yield from self._than_last(text)
        yield from self._backward(text, values[0] if values else before)
        yield from self._period(text)
        if values:
            self._told.append(values[-1])
            told = [
                v
                for v in values
                if not BASE.search(text[: v.span.start]) and not _is_aside(tree, v.span.start)
            ]
            recent = [v for v in told if (self._published - v.last).days <= RECENT]
            self._block = [*told, *recent][-1] if told else self._block
            if self._event is None and self._read <= 4:
                days = [
                    v
                    for v in told
                    if v.first == v.last and 0 <= (self._published - v.first).days <= 14
                ]
                self._event = days[0].first if days else None
            elif self._read <= 4:
                self._others = self._others or any(self._is_another_day(v) for v in told)
            if (
                self._report is None
                and self._read <= 3
                and 80 < (values[0].last - values[0].first).days < 190
            ):
                self._report = values[0]
        elif _CLOCK.search(text) and self._block is None:
            day = self._event or self._published
            self._block = DateValue(Span(0, 0), day, day)
            self.is_sure = True
        if match := _DURATION.search(text):
            self._duration = match["long"]

    def _start(self, text: str, published: dt.date) -> DateValue | None:
        """The last date told, from which `the following year` is not still to come.

        `She was mayor in 2010. He wrote last month that he had seen her. The following year she …`.
        """
        for before in reversed(self._told):
            read = find_dates(text, published, before)
            if all(value.first <= published for value in read) or _WILL_BE.search(text):
                return before
            known = {value.span for value in find_dates(text, published)}
            if all(value.first <= published for value in read if value.span not in known):
                return before
        return self._told[-1] if self._told else None

    def context(self, has_figure: bool) -> str | None:
        """When it was what a sentence without a date tells: its paragraph's day or its report's."""
        value = self._block
        if value is None and has_figure:
            value = self._report
        if value is None or self._published is None or not value.has_year:
            return None
        age = (self._published - value.last).days
        return value.spoken() if -100 <= age <= RECENT and value.first <= self._published else None

    @property
    def event(self) -> str | None:
        """The day of what the article reports, as its first sentences have it, if that is one."""
        return _spoken(self._event) if self._event and self.day and not self._others else None

    def _is_another_day(self, value: DateValue) -> bool:
        return value.first == value.last and value.first not in {self._event, self._published}

    @property
    def day(self) -> str | None:
        """When the article was written; None where it tells of another time."""
        if self._published is None:
            return None
        if self._block is not None and (self._published - self._block.last).days > RECENT:
            return None
        return _spoken(self._published)

    def _than_last(self, text: str) -> Iterator[Resolution]:
        """The `last` of `lower this year than last`."""
        for match in _THAN_LAST.finditer(text):
            for value in find_dates(f"last {match[1]}", self._published):
                name = value.spoken()
                edit = Edit(Span(match.start(2), match.end(2)), f"in {name}")
                yield Resolution(edit, gloss=name)

    def _backward(self, text: str, before: DateValue | None) -> Iterator[Resolution]:
        """`back then` and `since`, which mean the date before, or the sentence's own."""
        if before is None or not before.has_year:
            return
        preposition = "on" if before.first == before.last else "in"
        for match in _BACK_THEN.finditer(text):
            word = preposition.capitalize() if match[0][:1].isupper() else preposition
            name = before.spoken()
            yield Resolution(Edit(Span(match.start(), match.end()), f"{word} {name}"), gloss=name)
        for match in _SINCE_THEN.finditer(text):
            name = before.spoken()
            yield Resolution(Edit(Span(match.start(), match.end()), f"since {name}"), gloss=name)

    def _period(self, text: str) -> Iterator[Resolution]:
        """`in the quarter`, which means the one that is reported on, and `over the same period`."""
        for match in _SAME_PERIOD.finditer(text) if self._duration else ():
            name = f"same {self._duration}"
            yield Resolution(Edit(Span(match.start("what"), match.end("what")), name))
        for match in _PERIOD.finditer(text) if self._report else ():
            name = self._report.spoken() if self._report else ""
            span = Span(match.start("what"), match.end("what"))
            yield Resolution(Edit(span, name), gloss=name)


def _told_on(
    value: DateValue, before: DateValue | None, text: str, published: dt.date
) -> DateValue | None:
    """A day without its year, soon after the last one told, in that one's year.

    `A convoy left on 14 October 2017. On 17 October …`, whenever that is written.
    """
    if before is None or not before.has_year or not value.relative or value.first != value.last:
        return None
    clause = _PARTS.split(text[: value.span.start])[-1]
    if not DAY_MONTH.search(value.span.of(text)):
        return None
    is_ahead = _WILL_BE.search(clause) is not None
    for year in (before.last.year, before.last.year + 1):
        if (value.first.month, value.first.day) == (2, 29) or year > dt.MAXYEAR:
            return None
        day = value.first.replace(year=year)
        over = is_ahead and day < published
        if 0 <= (day - before.last).days <= SOON and not over:
            return replace(value, first=day, last=day)
    return None


def _measured(values: Sequence[DateValue], before: DateValue | None, text: str) -> list[DateValue]:
    """The dates with what belongs to them, and without what is a year before no date given.

    Revenue that was reported on 16 April has climbed `from a year earlier`, and not from a day;
    what was sold `from January through March` is measured against the three months.
    """
    kept: list[DateValue] = []
    other = before
    for each in values:
        year = _OF_THE_YEAR.match(text, each.span.end) if each.relative else None
        value = replace(each, span=Span(each.span.start, year.end())) if year else each
        words = value.span.of(text)
        told = _NEXT_YEAR.fullmatch(words) and not _TO_COME.search(text[: value.span.start])
        if other is not None and other.has_year and told:
            year_on = other.last.year + 1
            if year_on < value.first.year and year_on > dt.MINYEAR:  # after what was told, not now
                first, last = dt.date(year_on, 1, 1), dt.date(year_on, 12, 31)
                value = replace(value, first=first, last=last)
        if _YEAR_BEFORE.fullmatch(value.span.of(text)) and other is not None:
            is_end = other is not before and _UP_TO.search(text[: other.span.start])
            several = sum(each.span.end <= value.span.start for each in values) > 1
            if other.first == other.last or is_end or several:
                continue
        kept.append(value)
        other = value
    return kept


def _recurs(text: str, value: DateValue) -> bool:
    """Whether a day is none of the calendar: `every Monday`, `the first Monday of every month`."""
    start = value.span.start
    return _EACH.search(f"{text[max(0, start - 24) : start]}|{text[start:]}") is not None


def _spoken(day: dt.date) -> str:
    return DateValue(Span(0, 0), day, day).spoken()


def _joined(values: Sequence[DateValue], text: str) -> list[DateValue]:
    """The dates, `9 May last year` as one."""
    found: list[DateValue] = []
    for value in values:
        day = found[-1] if found else None
        if day and _is_of_a_week(day, value, text):
            on = value.first + dt.timedelta(days=day.first.weekday())
            span = Span(day.span.start, value.span.end)
            found[-1] = replace(day, span=span, first=on, last=on)
            continue
        if day and day.relative and value.relative and day.days < 32 and value.days > 360:
            between = text[day.span.end : value.span.start]
            if between.strip() in {"", "of"} and (day.first.month, day.first.day) != (2, 29):
                year = value.first.year
                found[-1] = replace(
                    day,
                    span=Span(day.span.start, value.span.end),
                    first=day.first.replace(year=year),
                    last=day.last.replace(year=year, day=min(day.last.day, 28))
                    if day.last.month == 2
                    else day.last.replace(year=year),
                )
                continue
        found.append(value)
    return found


def _is_of_a_week(day: DateValue, week: DateValue, text: str) -> bool:
    """Whether a weekday is that of a week: `on Monday of last week`."""
    of = text[day.span.end : week.span.start] == " of "
    return of and day.relative and week.relative and (day.days, week.days) == (1, 7)


def _is_aside(tree: Tree, start: int) -> bool:
    """Whether what stands there is told of a noun only: `Osk, who turned 22 in March, …`."""
    verb = verb_over(tree, start)
    return verb is not None and tree.tokens[verb].relation in {"relcl", "acl"}


def spoken(text: str, value: DateValue) -> str:
    """A relative date by its own name, with the preposition it needs."""
    words = value.span.of(text)
    name = value.spoken()
    after = text[value.span.end : value.span.end + 2]
    if _UNTIL.search(text[: value.span.start]):
        return name
    if re.match(r"(?:since|until|by)\b", words, re.IGNORECASE):
        return f"{words.split()[0]} {name}"
    if words.lower().startswith("on "):
        return f"{words[:2]} {name}"
    before = text[: value.span.start]
    apart = (_JOINS.search(before) and "between " not in before[-40:]) or (
        before.endswith(" and ")
        and _DONE.match(text, value.span.end)
        and not before.endswith(" this and ")
    )
    if (_PREPOSITION.search(before) and not apart) or after in {"'s", "’s"}:
        return name
    if (
        re.match(r"(?:[A-Z][a-z]+|\d)", words)
        and not words.endswith((" ago", " earlier", " later"))
        and not words.lower().startswith(
            ("last", "this", "next", "yesterday", "today", "on ", "the ", "that ", "a ")
        )
    ):
        is_day = re.match(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", words)
        return f"on {name}" if is_day else name
    preposition = "on" if value.first == value.last else "in"
    if words[:1].isupper():
        preposition = preposition.capitalize()
    return f"{preposition} {name}"
