"""Which dates of a text are to come: `On Friday they travel`, `It will open in December`.

`find_dates` reads a day or month without its year as the last one before the text was written; the
verb that a date hangs on may tell that it is the next one.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from factcheck.claims.syntax import Tree
from factcheck.claims.verbs import SAY, UTTER
from factcheck.datevalue import DateValue

#: A date behind these is what something is measured against, not when it was.
BASE = re.compile(
    r"\b(?:(?:than|with|from|to|and|versus|against|since|until|till)(?: in| the)? (?:the )?|"
    r"(?:against|compared with|compared to|up from|down from)\b[^,;]*)$",
    re.IGNORECASE,
)
#: A month behind `until`, and the verbs beside which it is one to come.
_UNTIL_MONTH = re.compile(
    r"(?:\b(?:until|till|before|by)(?: the)? (?:(?:end|start|beginning) of )?\||\|(?:until|by) )"
    r"(?:the )?(?:(?:end|start|beginning) of )?(?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December)$",
    re.IGNORECASE,
)
#: What begins then, in a plan: `We are extending it, starting in June`.
_STARTING = re.compile(r"\b(?:starting|beginning|effective)(?: in| from| on)? $", re.IGNORECASE)
_WILL = frozenset("will shall ll ’ll 'll".split())
_AHEAD = frozenset("may will must can shall should cannot ll ’ll 'll".split())
#: In the present tense these tell what is to come: `The line opens in June`.
_SCHEDULED = frozenset(
    """
    open opens close closes start starts begin begins end ends launch launches leave leaves arrive
    arrives retire retires expire expires meet meets return returns reopen reopens finish finishes
    """.split()
)
#: An hour that a date may hang on: `shuts at noon on 4 April`.
_HOURS = frozenset("noon midday midnight dawn dusk am pm a.m. p.m. a.m p.m".split())
#: A day without its year.
_DAY = re.compile(
    r"(?:on )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? ?)?(?:\d{1,2} [A-Z][a-z]+)?"
)
_WEEKDAY = re.compile(r"(?:on |by )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
#: The same for what a grammar takes for a noun: `Voting shuts at noon on 4 April`.
_TIMETABLED = re.compile(
    r"\b(?:opens|reopens|closes|shuts|starts|begins|ends|expires)(?: at [\w.: ]{1,10})? on $"
)
#: A day of a month, and so many days on a story goes on from the date before.
DAY_MONTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+|[A-Z][a-z]+ \d{1,2}\b")
SOON = 45


class Ahead:
    """Reads the dates of one sentence against its verbs.

    `published` is when the text was written, and `event` the day of what it reports.
    """

    def __init__(
        self, text: str, tree: Tree, published: dt.date | None, event: dt.date | None
    ) -> None:
        self._text = text
        self._tree = tree
        self._published = published
        self._event = event

    def read(self, value: DateValue) -> DateValue:
        """The date, or that of the next week, month or year where its verb tells so."""
        published = self._published
        if published is None or not value.relative:
            return value
        value = self._a_week_on(value)
        words = value.span.of(self._text)
        if value.first > published and _WEEKDAY.fullmatch(words) and _is_past(self._tree, value):
            return _moved(value, -7)  # `He would rather go, and left on Monday`
        if value.last < published:
            value = self._planned(value, words, published)
        return self._awaited(value) if value.last < published else value

    def _a_week_on(self, value: DateValue) -> DateValue:
        """The day of what is over, in a plan: `On Saturday they travel`, a week later."""
        told = value.first == self._published == self._event
        if not told or not _WEEKDAY.fullmatch(value.span.of(self._text)):
            return value
        verb = _own_verb(self._tree, value)
        if verb is None or self._tree.child(verb, "nsubj") is None:
            return value
        last = dt.date.max - dt.timedelta(days=7)
        is_plan = _is_present(self._tree, value) and value.first <= last
        return _moved(value, 7) if is_plan else value

    def _planned(self, value: DateValue, words: str, published: dt.date) -> DateValue:
        """A day or month to come: `On Friday they travel`, `It will open in December`."""
        if self._is_apart(value):
            return value
        before, back = self._text[: value.span.start], (published - value.last).days
        if back > 365 - SOON and DAY_MONTH.fullmatch(words) and self._is_set_beside(value):
            return _next_year(value)  # `agreed on the date, 4 June`
        will = _is_future(self._tree, value)
        is_month = value.first.day == 1 and 27 < value.days < 32 and not _DIGIT.search(words)
        if is_month and (will or _is_scheduled(self._tree, value)):
            return _next_year(value)
        is_day = value.first == value.last and _DAY.fullmatch(words)
        is_base = BASE.search(before) and not (will and before.strip() == "From")
        ahead = will or _is_present(self._tree, value) or _TIMETABLED.search(before)
        if not is_day or is_base or not ahead:
            return value
        days = 7 - back if back < 7 and not _DIGIT.search(words) else _year_on(value.last, back)
        return value if days is None else _moved(value, back + days)

    def _awaited(self, value: DateValue) -> DateValue:
        """A month that something may last until is one to come: `may not return until March`."""
        before = self._text[: value.span.start]
        if _STARTING.search(before):
            return _next_year(value) if _is_planned(self._tree, value) else value
        if not _UNTIL_MONTH.search(f"{before}|{value.span.of(self._text)}"):
            return value
        verb = verb_over(self._tree, value.span.start)
        helps = () if verb is None else self._tree.children[verb]
        may = any(self._tree.tokens[child].text.lower() in _AHEAD for child in helps)
        return _next_year(value) if may or _is_planned(self._tree, value) else value

    def _is_apart(self, value: DateValue) -> bool:
        """Whether a date is its noun's (`Sunday's final`), or a quotation ends before it."""
        if self._text.startswith(("'s", "’s"), value.span.end):
            return True
        verb = verb_over(self._tree, value.span.start)
        start = value.span.start if verb is None else self._tree.tokens[verb].end
        between = self._text[start : value.span.start]
        return "”" in between or '"' in between

    def _is_set_beside(self, value: DateValue) -> bool:
        """Whether a date is an apposition, and no verb's."""
        tokens = self._tree.tokens
        return self._text[: value.span.start].endswith(", ") and any(
            token.relation in {"appos", "npadvmod"}
            and tokens[token.head].tag.startswith("NN")
            and value.span.start <= token.start < value.span.end
            for token in tokens
        )


def verb_over(tree: Tree, start: int) -> int | None:
    """The verb that what stands at `start` hangs on."""
    index = next((i for i, token in enumerate(tree.tokens) if token.start >= start), None)
    for _ in range(8):
        if index is None or tree.tokens[index].tag.startswith("VB"):
            return index
        head = tree.tokens[index].head
        index = None if head == index else head
    return None


def _moved(value: DateValue, days: int) -> DateValue:
    """A day, so many days on."""
    day = value.last + dt.timedelta(days=days)
    return replace(value, first=day, last=day)


def _next_year(value: DateValue) -> DateValue:
    """A month, a year on."""

    def later(day: dt.date) -> dt.date:
        return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)

    whole = value.whole and (later(value.whole[0]), later(value.whole[1]))
    return replace(value, first=later(value.first), last=later(value.last), whole=whole)


def _year_on(day: dt.date, back: int) -> int | None:
    """Days from `back` days after a day to the same day a year on, if that is nearer."""
    ahead = (day.replace(year=day.year + 1, day=min(day.day, 28)) - day).days - back
    ahead += day.day - min(day.day, 28)
    return ahead if 0 < ahead < back else None


def _is_future(tree: Tree, value: DateValue) -> bool:
    """Whether a date hangs on a verb in the future."""
    verb = _own_verb(tree, value)
    if verb is None:
        return False
    helps = {tree.tokens[child].text.lower() for child in tree.children[verb]}
    over = tree.tokens[tree.tokens[verb].head].text.lower()
    plans = "to" in helps and tree.tokens[verb].tag == "VB" and over in {"is", "are"}
    return bool(helps & _WILL) or plans  # `is to meet on Monday`


def _is_scheduled(tree: Tree, value: DateValue) -> bool:
    """Whether a date follows a verb of what timetables tell: `The line opens in June`."""
    verb = _own_verb(tree, value)
    if verb is None or tree.tokens[verb].text.lower() not in _SCHEDULED:
        return False
    over = tree.tokens[tree.tokens[verb].head].text.lower()
    if tree.tokens[verb].relation == "ccomp" and over not in SAY | UTTER:
        return False  # `made them leave in June`
    return tree.tokens[verb].start < value.span.start and _is_present(tree, value)


def _is_planned(tree: Tree, value: DateValue) -> bool:
    """Whether what a date belongs to is told of the present or the future, and not of the past."""
    verb = verb_over(tree, value.span.start)
    for _ in range(4):
        if verb is None:
            return False
        tags = _forms(tree, verb)
        if tags & {"VBD", "VBP", "VBZ", "MD"}:
            return "VBD" not in tags
        verb = tree.tokens[verb].head if tree.tokens[verb].head != verb else None
    return False


def _own_verb(tree: Tree, value: DateValue) -> int | None:
    """The verb that a date hangs on, by a preposition or by itself, and not as its subject."""
    index = next((i for i, t in enumerate(tree.tokens) if t.start >= value.span.start), None)
    for _ in range(5):
        if index is None:
            return None
        token = tree.tokens[index]
        if token.tag.startswith("VB"):
            return index
        inside = value.span.start <= token.start < value.span.end or token.text.lower() in _HOURS
        if token.relation in {"nsubj", "nsubjpass"} or not (inside or token.tag in {"IN", "TO"}):
            return None  # it is the subject, or hangs on a noun
        index = token.head if token.head != index else None
    return None


def _is_present(tree: Tree, value: DateValue) -> bool:
    """Whether a date's own verb is a simple present, and none of saying."""
    verb = _own_verb(tree, value)
    if verb is None or tree.tokens[verb].tag not in {"VBZ", "VBP"}:
        return False
    helps = {tree.tokens[child].relation for child in tree.children[verb]}
    return not {"aux", "auxpass"} & helps and tree.tokens[verb].text.lower() not in SAY | UTTER


def _is_past(tree: Tree, value: DateValue) -> bool:
    """Whether a date's own verb tells of the past: `died`, `had died`, `was buried`."""
    verb = _own_verb(tree, value)
    return verb is not None and "VBD" in _forms(tree, verb)


def _forms(tree: Tree, verb: int) -> set[str]:
    """The tags of a verb and its auxiliaries."""
    helps = (c for c in tree.children[verb] if tree.tokens[c].relation in {"aux", "auxpass"})
    return {tree.tokens[form].tag for form in (verb, *helps)}
