"""What a sentence may leave unsaid: the names and things that the text around it is about.

Weighed as in work on salience (Lappin and Leass 1994): the nearer a mention the more it counts, a
subject's more than another's, and beside it how much of the section and of the article speaks of
the same, and what the title and the heading announce.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from factcheck.claims.census import Census, NameKind
from factcheck.claims.lexicon import CALENDAR, COMPANIES
from factcheck.claims.phrases import MEASURES, PEOPLE
from factcheck.claims.setting import SUBJECTS
from factcheck.claims.syntax import Parse, Token

#: Nouns that say what something is like, how much of it there is or where, and not what it is.
_VAGUE = (
    MEASURES
    | PEOPLE
    | CALENDAR
    | COMPANIES
    | frozenset(
        """
    thing way part end start side number figure total amount rate level place people men women
    child children family case fact result reason kind sort lot bit rest most word question answer
    name line date second half dozen hundred thousand majority minority couple pair series group
    chance work use help need news story interview statement page room today yesterday tomorrow
    weekend season life home man view point moment past future beginning middle top bottom front
    back left right hand head face eye team game city town village country district region street
    area world record best plan problem matter issue idea step sum difference increase rise fall
    drop change cost price office party meeting percentage proportion average fewer age subject
    patience favour own knot mile
    """.split()
    )
)
_WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")
#: Adjectives that say nothing of what a thing is.
_LIGHT = frozenset(
    """
    new old other own last first second third next same main only big large small great good bad
    long short high low higher lower latest early late recent previous former current whole full
    further more most many few several such certain different various total final single biggest
    largest best worst entire rival modest
    """.split()
)
#: Weights, set by trial on half of the gold set: a mention near by, a subject's surplus, the shares
#: of the section and of the article that speak of a thing, its standing in title and heading.
_NEAR, _SUBJECT, _SECTION, _ARTICLE, _TITLE, _HEADING = 5.0, 0.4, 2.0, 0.3, 0.6, 1.5
#: How much of a mention is left a sentence further on, and in another paragraph.
_FADES, _APART = 0.8, 0.3
#: What a common noun and a person count beside a name of anything else.
_COMMON, _PERSON = 0.35, 0.8
#: So many sentences before are near; less weight is none, and more things are never asked for.
_NEAREST, _LEAST, _MOST = 4, 0.5, 8


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun: its stem, its phrase without article (`rent cap`), and what it is there."""

    stem: str
    phrase: str
    is_subject: bool
    is_plural: bool


def stem(word: str) -> str:
    """A noun without its plural: `flats` → `flat`, `stories` → `story`."""
    word = word.lower()
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("us", "is", "ss")):
        return word
    if word.endswith(("uses", "ches", "shes", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s")


def nouns(text: str, parse: Parse) -> Iterator[Noun]:
    """The common nouns of a sentence that say what it is about, in order."""
    tokens = parse.tokens
    for index, token in enumerate(tokens):
        word = token.text
        if token.tag not in {"NN", "NNS"} or not _WORD.fullmatch(word) or not word.islower():
            continue
        behind = tokens[index + 1] if index + 1 < len(tokens) else None
        if behind and behind.tag in {"NN", "NNS"} and token.head == index + 1:
            continue  # a part of the noun behind it
        if stem(word) in _VAGUE or word in _VAGUE or text[token.end : token.end + 1] == "-":
            continue
        first = index
        while first and index - first < 2 and _modifies(text, tokens[first - 1], index):
            first -= 1
        phrase = " ".join(text[tokens[first].start : token.end].split())
        yield Noun(stem(word), phrase, token.relation in SUBJECTS, token.tag == "NNS")


def _modifies(text: str, token: Token, noun: int) -> bool:
    """Whether a word right before a noun belongs to what it names: `council flats`."""
    if not token.text.isalpha() or not token.text.islower() or token.text in _LIGHT:
        return False
    if token.start and text[token.start - 1] == "-":  # `pre-tax profit`
        return False
    return token.tag in {"NN", "JJ"} and token.head == noun


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: its section's number, the heading over that, its paragraph."""

    section: int
    heading: str | None
    block: int


class Salience:
    """What the sentences of an article are about, each read with those before it."""

    def __init__(
        self,
        title: str,
        sentences: Sequence[tuple[str, Parse]],
        places: Sequence[Place],
        census: Census,
    ) -> None:
        self._places, self._census = places, census
        self._phrases: dict[str, str] = {}
        self._mentions: list[dict[str, float]] = []
        self._shown: list[dict[str, str]] = []
        self._many: list[str | None] = []
        for text, parse in sentences:
            self._read(text, parse)
        self._whole = Counter(key for found in self._mentions for key in found)
        self._order = {key: rank for rank, key in enumerate(self._whole)}
        self._first: dict[tuple[int, str | None], list[str]] = {}
        self._often = max(self._whole.values(), default=1)
        self._titled = self._keys(title)
        self._headed = {place.heading: self._keys(place.heading or "") for place in places}
        self._sizes = Counter(place.section for place in places)
        self._sections: dict[int, Counter[str]] = {}
        for place, found in zip(places, self._mentions, strict=True):
            self._sections.setdefault(place.section, Counter()).update(found.keys())
        self._usual = nlargest(
            _MOST,
            (key for key, count in self._whole.items() if count > 1),
            key=lambda key: (self._by_kind(key, 0.0), -self._order[key]),
        )

    def _read(self, text: str, parse: Parse) -> None:
        """Note what a sentence mentions, names by themselves and common nouns by their stems."""
        found: dict[str, float] = {}
        shown: dict[str, str] = {}
        subjects = [token.start for token in parse.tokens if token.relation in SUBJECTS]
        for name in self._census.names_in(text):
            at = text.find(name.text.rsplit(maxsplit=1)[-1])
            is_subject = any(at <= start < at + len(name.text) for start in subjects if at >= 0)
            found[name.text] = max(found.get(name.text, 0.0), 1 + _SUBJECT * is_subject)
            shown[name.text] = name.text
        common = list(nouns(text, parse))
        plural = sorted((n for n in common if n.is_plural), key=lambda n: not n.is_subject)
        self._many.append(plural[0].phrase if plural else None)
        for noun in common:
            weight = (1 + _SUBJECT * noun.is_subject) * _COMMON
            found[noun.stem] = max(found.get(noun.stem, 0.0), weight)
            if noun.stem not in shown or " " in noun.phrase:
                shown[noun.stem] = noun.phrase
            if " " not in self._phrases.get(noun.stem, ""):
                self._phrases[noun.stem] = noun.phrase
        self._mentions.append(found)
        self._shown.append(shown)

    def _keys(self, words: str) -> set[str]:
        names = {name.text for name in self._census.names_in(words)}
        return names | {stem(word) for word in _WORD.findall(words)}

    def counted(self, number: int) -> str | None:
        """What a bare number in a sentence counts: the many things spoken of just before."""
        for other in range(number - 1, max(-1, number - 3), -1):
            if self._places[other].section != self._places[number].section:
                break
            if many := self._many[other]:
                return many
        return None

    def ranked(self, number: int) -> list[str]:
        """What a sentence may leave unsaid, the weightiest first, at most 8."""
        near: Counter[str] = Counter()
        shown: dict[str, str] = {}
        here = self._places[number]
        for other in range(max(0, number - _NEAREST), number + 1):
            place = self._places[other]
            if place.section != here.section:
                continue
            left = _FADES ** max(0, number - other - 1)
            left *= 1.0 if place.block == here.block else _APART
            for key, weight in self._mentions[other].items():
                near[key] += weight * left  # type: ignore[assignment]
            shown |= self._shown[other]
        # nearness only adds: whatever is not near and among the first is among the first without it
        asked = {*near, *self._lasting(here)}
        scores = {key: self._score(key, near[key], here) for key in asked}
        kept = [key for key, score in scores.items() if score >= _LEAST]
        kept.sort(key=lambda key: (-scores[key], self._order[key]))
        return [shown.get(key, self._phrases.get(key, key)) for key in kept[:_MOST]]

    def _lasting(self, here: Place) -> list[str]:
        """The first of what is spoken of more than once, by all that counts but nearness."""
        where = here.section, here.heading
        if where not in self._first:
            # whatever else is among the first is so without section and heading
            asked = {*self._sections[here.section], *self._headed[here.heading], *self._usual}
            self._first[where] = nlargest(
                _MOST,
                (key for key in asked if self._whole[key] > 1),
                key=lambda key: (self._score(key, 0.0, here), -self._order[key]),
            )
        return self._first[where]

    def _score(self, key: str, near: float, here: Place) -> float:
        share = self._sections[here.section][key] / self._sizes[here.section]
        score = _NEAR * near + _SECTION * share
        return self._by_kind(key, score + _HEADING * (key in self._headed[here.heading]))

    def _by_kind(self, key: str, score: float) -> float:
        """A score with what counts everywhere in the article, by what the key names."""
        score += _ARTICLE * self._whole[key] / self._often + _TITLE * (key in self._titled)
        name = self._census.names.get(key)
        if name is None:
            return score * _COMMON
        return score * (_PERSON if name.kind is NameKind.PERSON else 1.0)
