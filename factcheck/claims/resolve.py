"""What a sentence leaves to its article: pronouns, `the company`, `last year`, a bare surname.

Rules read in order, each only where it can be nearly sure; the rest keeps its words. Antecedents
are sought where Hobbs (1978, "Resolving pronoun references") and centering (Grosz et al. 1995)
find most of them: the subject before, in this sentence or the last.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.claims.census import ORGANISATIONS, Census
from factcheck.claims.people import People, bare_name
from factcheck.claims.syntax import Parse, Tree
from factcheck.dates import DateValue, find_dates
from factcheck.mismatch.values import overlaps
from factcheck.rewriting import Edit
from index import Span

#: Longer phrases say too much to stand for a pronoun.
MAX_WORDS = 7
_SINGULAR = {"it": "{}", "its": "{}'s"}
_PLURAL = {"they": "{}", "their": "{}'", "them": "{}"}
_PERSONAL = {"he": "{}", "she": "{}", "him": "{}", "his": "{}'s", "her": "{}", "hers": "{}'s"}
_FIRST = {"i": "{}", "my": "{}'s", "me": "{}"}
#: How a verb behind `I` goes on with a name.
_AGREES = {
    "am": "is",
    "have": "has",
    "do": "does",
    "'m": "is",
    "’m": "is",
    "'ve": "has",
    "’ve": "has",
    "was": "was",
}
_PREPOSITION = re.compile(
    r"\b(?:in|on|of|since|until|till|by|from|to|during|before|after|for|between|and|than|the|at|over|"
    r"with|within|through|throughout|around|about|into|early|late|mid|or|as|every|each|versus)[ -]$",
    re.IGNORECASE,
)
#: What belongs to a place that is not named with it.
_LOCAL = {
    "council",
    "port",
    "harbour",
    "harbor",
    "airport",
    "mayor",
    "station",
    "hospital",
    "court",
    "market",
    "parish",
}
_SETTLEMENTS = {"town", "city", "village", "island", "county", "region", "province"}
_SUBJECTS = {"nsubj", "nsubjpass"}
#: Verbs whose `it` means nothing.
_WEATHER = {
    "rain",
    "rains",
    "rained",
    "snowed",
    "snows",
    "takes",
    "took",
    "seems",
    "seemed",
    "turns",
    "turned",
    "appears",
    "appeared",
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """An edit, and the name it puts in, if it is one: not needed where that name stands already."""

    edit: Edit
    name: str = ""
    first_person: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence to be read: its words without marks, their grammar, quotations and speaker."""

    text: str
    parse: Parse
    quoted: tuple[Span, ...]
    speaker: str | None
    spoken: bool
    block: int = 0


class Resolver:
    """Reads an article's sentences in order."""

    def __init__(self, census: Census, people: People, published: dt.date | None) -> None:
        self._census = census
        self._people = people
        self._published = published
        self._person: str | None = None
        self._thing: str | None = None
        self._group: str | None = None
        self._date: DateValue | None = None
        self._place: str | None = None
        self._block = -1
        self._fresh = 0

    def resolve(self, setting: Setting) -> list[Resolution]:
        """What in the sentence is to be put in other words, in order, not overlapping."""
        found: list[Resolution] = []
        taken: list[Span] = []
        if setting.block != self._block:  # what `it` means stands in the same paragraph
            self._block = setting.block
            self._thing = self._group = self._place = None
        for resolution in self._all(setting):
            if not overlaps(resolution.edit.span, taken):
                taken.append(resolution.edit.span)
                found.append(resolution)
        self._remember(setting)
        return sorted(found, key=lambda each: each.edit.span.start)

    def _all(self, setting: Setting) -> Iterator[Resolution]:
        tree = Tree(setting.parse)
        yield from self._dates(setting)
        yield from self._surnames(setting)
        yield from self._definites(setting, tree)
        yield from self._pronouns(setting, tree)
        yield from self._there(setting, tree)

    # Dates

    def _dates(self, setting: Setting) -> Iterator[Resolution]:
        if self._published is None:
            return
        values = find_dates(setting.text, self._published, self._date)
        self._date = values[-1] if values else self._date
        for value in values:
            if value.relative:
                yield Resolution(Edit(value.span, _spoken(setting.text, value)))

    # Names

    def _surnames(self, setting: Setting) -> Iterator[Resolution]:
        for span in setting.parse.people:
            name = span.of(setting.text)
            short = bare_name(name)
            if " " in short:
                continue
            full = self._people.find(name)
            at = name.rfind(short)
            if full and " " in full and at >= 0:
                yield Resolution(
                    Edit(Span(span.start + at, span.start + at + len(short)), full), ""
                )

    def _definites(self, setting: Setting, tree: Tree) -> Iterator[Resolution]:
        for index, token in enumerate(tree.tokens):
            noun = token.text.lower()
            if token.tag != "NN":
                continue
            first = self._article_of(tree, index)
            if first is None or self._is_specified(tree, index):
                continue
            span = Span(tree.tokens[first].start, token.end)
            name = self._meant(noun, setting, span)
            if name:
                yield Resolution(Edit(span, name), name)

    def _article_of(self, tree: Tree, index: int) -> int | None:
        """The token of `the` before a noun, with compounds and nothing else between."""
        first = index - 1
        while (
            first >= 0
            and tree.tokens[first].head == index
            and tree.tokens[first].relation in {"compound", "amod"}
        ):
            if tree.tokens[first].text[:1].isupper():
                return None
            first -= 1
        if (
            first < 0
            or tree.tokens[first].text.lower() != "the"
            or tree.tokens[first].head != index
        ):
            return None
        return first if index - first <= 2 else None

    def _is_specified(self, tree: Tree, index: int) -> bool:
        """Whether the phrase says itself which one it means, or is part of a longer noun."""
        token = tree.tokens[index]
        if token.relation in {"compound", "attr"}:
            return True
        return any(
            (
                tree.tokens[child].relation in {"prep", "relcl", "appos", "acl"}
                and child > index
                and tree.tokens[child].text.lower() in {"of", "in", "that", "which", "who", "where"}
            )
            or tree.tokens[child].relation in {"relcl", "appos", "acl"}
            for child in tree.children[index]
        )

    def _meant(self, noun: str, setting: Setting, span: Span) -> str | None:
        person = self._people.with_role(noun)
        if person and noun not in ORGANISATIONS:
            return person
        place = self._census.place
        if name := self._census.named(noun):
            return name if name not in setting.text else None
        if place and noun in _SETTLEMENTS:
            return place
        if noun in _LOCAL and place and place not in setting.text:
            return f"the {place} {span.of(setting.text)[4:]}"
        return None

    # Pronouns

    def _pronouns(self, setting: Setting, tree: Tree) -> Iterator[Resolution]:
        for index, token in enumerate(tree.tokens):
            word = token.text.lower()
            if token.tag not in {"PRP", "PRP$"}:
                continue
            span = Span(token.start, token.end)
            inside = overlaps(span, setting.quoted) or setting.spoken
            if word in _FIRST and inside and setting.speaker:
                yield from self._first_person(tree, index, setting.speaker)
            elif word in _PERSONAL:
                pattern = "{}'s" if token.tag == "PRP$" else _PERSONAL[word]
                name = self._person_meant(setting, index, word)
                if name:
                    yield Resolution(Edit(span, pattern.format(name)), name)
            elif word in _SINGULAR and not self._is_empty(tree, index):
                phrase = self._thing_meant(setting, tree, index)
                if phrase:
                    yield Resolution(Edit(span, _SINGULAR[word].format(phrase)), phrase)
            elif word in _PLURAL:
                phrase = self._group_meant(setting, tree, index)
                if phrase:
                    yield Resolution(Edit(span, _possessive(_PLURAL[word], phrase)), phrase)

    def _there(self, setting: Setting, tree: Tree) -> Iterator[Resolution]:
        for token in tree.tokens:
            if token.text.lower() != "there" or token.relation not in {"advmod", "pcomp"}:
                continue
            before = [
                span.of(setting.text) for span in setting.parse.places if span.end <= token.start
            ]
            place = before[-1] if before else self._place
            if place and not before:
                yield Resolution(Edit(Span(token.start, token.end), f"in {place}"), place)

    def _first_person(self, tree: Tree, index: int, speaker: str) -> Iterator[Resolution]:
        token = tree.tokens[index]
        word = token.text.lower()
        yield Resolution(Edit(Span(token.start, token.end), _FIRST[word].format(speaker)), "", True)
        if word == "i" and index + 1 < len(tree.tokens):
            verb = tree.tokens[index + 1]
            if agreed := _AGREES.get(verb.text.lower()):
                gap = "" if verb.start > token.end else " "
                yield Resolution(Edit(Span(verb.start, verb.end), gap + agreed), "", True)

    def _person_meant(self, setting: Setting, index: int, word: str) -> str | None:
        gender = "she" if word in {"she", "her", "hers"} else "he"
        start = setting.parse.tokens[index].start
        here = [
            self._people.find(span.of(setting.text))
            for span in setting.parse.people
            if span.end <= start
        ]
        for name in [*reversed(here), self._person]:
            if name and self._people.accepts(name, gender):
                return name
        return None

    def _is_empty(self, tree: Tree, index: int) -> bool:
        """Whether `it` means nothing: `it is clear that …`, `it rained`."""
        token = tree.tokens[index]
        if token.relation == "expl" or token.relation not in {*_SUBJECTS, "poss"}:
            return True
        verb = token.head
        if token.relation == "poss":
            return False
        if tree.tokens[verb].text.lower() in _WEATHER:
            return True
        relations = {tree.tokens[child].relation for child in tree.children[verb]}
        return bool({"acomp", "attr", "oprd"} & relations) and bool(
            {"ccomp", "xcomp", "advcl", "csubj"} & relations
        )

    def _thing_meant(self, setting: Setting, tree: Tree, index: int) -> str | None:
        if self._is_quoted(setting, tree, index):
            return None
        before = self._subject_before(setting, tree, index, plural=False)
        if before == "":
            return None
        if before:
            return before
        return self._thing

    def _is_quoted(self, setting: Setting, tree: Tree, index: int) -> bool:
        """Somebody else's words: what they mean by `it` was said before the quotation began."""
        token = tree.tokens[index]
        return overlaps(Span(token.start, token.end), setting.quoted)

    def _group_meant(self, setting: Setting, tree: Tree, index: int) -> str | None:
        if self._is_quoted(setting, tree, index) or tree.tokens[index].relation not in {
            *_SUBJECTS,
            "poss",
        }:
            return None
        before = self._subject_before(setting, tree, index, plural=True)
        if before == "":
            return None
        return before or self._group

    def _subject_before(self, setting: Setting, tree: Tree, index: int, plural: bool) -> str | None:
        """The subject before in the sentence; "" where it is of the same verb and says it already."""
        token = tree.tokens[index]
        for other in range(index - 1, -1, -1):
            noun = tree.tokens[other]
            if noun.relation not in _SUBJECTS or not noun.tag.startswith("NN"):
                continue
            if self._person_at(setting, noun.start) or (noun.tag in {"NNS", "NNPS"}) is not plural:
                continue
            if token.tag == "PRP$" and self._same_clause(tree, index, noun.head):
                return ""
            return self._phrase(setting, tree, other)
        return None

    def _same_clause(self, tree: Tree, index: int, verb: int) -> bool:
        for _ in range(12):
            head = tree.tokens[index].head
            if head == verb:
                return True
            if head == index:
                return False
            index = head
        return False

    def _phrase(self, setting: Setting, tree: Tree, index: int) -> str | None:
        without = frozenset(
            child
            for child in tree.children[index]
            if tree.tokens[child].relation in {"relcl", "appos", "acl", "advcl"}
            or tree.tokens[child].text == ","
        )
        span = tree.span(tree.below(index, without))
        words = span.of(setting.text).strip(" ,")
        return words if len(words.split()) <= MAX_WORDS and "\n" not in words else None

    def _person_at(self, setting: Setting, start: int) -> str | None:
        for span in setting.parse.people:
            if span.start <= start < span.end:
                return self._people.find(span.of(setting.text)) or bare_name(span.of(setting.text))
        return None

    # Memory

    def _remember(self, setting: Setting) -> None:
        tree = Tree(setting.parse)
        if setting.parse.places:
            self._place = setting.parse.places[-1].of(setting.text)
        self._fresh += 1
        if self._fresh > 2:  # two sentences later it is about something else
            self._thing = self._group = None
        main = [
            i
            for i, token in enumerate(tree.tokens)
            if token.relation in _SUBJECTS
            and not overlaps(Span(token.start, token.end), setting.quoted)
        ]
        for index in main:
            token = tree.tokens[index]
            person = self._person_at(setting, token.start)
            if person:
                self._person = person
                continue
            if not token.tag.startswith("NN") or token.text.lower() in {"percent", "cent"}:
                continue
            phrase = self._phrase(setting, tree, index)
            if phrase is None or re.match(
                r"(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Mm]y|[Oo]ur)\b", phrase
            ):
                continue
            phrase = (
                phrase[:1].lower() + phrase[1:]
                if token.tag in {"NN", "NNS"}
                and tree.tokens[index - 1].tag in {"DT", "PRP$", "JJ"}
                and index
                and phrase[:1].isupper()
                and not phrase.split()[0].isupper()
                else phrase
            )
            self._fresh = 0
            if token.tag in {"NNS", "NNPS"}:
                self._group = phrase
            else:
                self._thing = phrase
        if setting.speaker and self._people.find(setting.speaker):
            self._person = self._people.find(setting.speaker)
        elif not main and setting.parse.people:
            self._person = (
                self._people.find(setting.parse.people[-1].of(setting.text)) or self._person
            )


def _possessive(pattern: str, phrase: str) -> str:
    if pattern.endswith("'") and not phrase.endswith("s"):
        return f"{phrase}'s"
    return pattern.format(phrase)


def _spoken(text: str, value: DateValue) -> str:
    """A relative date by its own name, with the preposition it needs."""
    words = value.span.of(text)
    name = value.spoken()
    after = text[value.span.end : value.span.end + 2]
    if re.match(r"(?:since|until|by)\b", words, re.IGNORECASE):
        return f"{words.split()[0]} {name}"
    if _PREPOSITION.search(text[: value.span.start]) or after in {"'s", "’s"}:
        return name
    if re.match(r"(?:[A-Z][a-z]+|\d)", words) and not words.lower().startswith(
        ("last", "this", "next", "yesterday", "today", "on ")
    ):
        return (
            name
            if not re.match(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", words)
            else f"on {name}"
        )
    preposition = "on" if value.first == value.last else "in"
    if words[:1].isupper():
        preposition = preposition.capitalize()
    return f"{preposition} {name}"
