"""People's names, settled over the whole article.

The pipeline reads one sentence at a time and a small model errs with names it has never seen. A
full name that it takes for a person's in one place is one everywhere, and so is what stands behind
a title; what it mostly takes for something else is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from factcheck.capitals import CAPITAL, PARTICLE, PARTICLES
from factcheck.claims.given import given_names
from factcheck.claims.lexicon import CALENDAR, COMPANIES, ORGANISATIONS, PLACES
from factcheck.claims.naming import bare
from factcheck.claims.roles import OFFICES
from factcheck.claims.setting import SUBJECTS
from factcheck.claims.syntax import Parse
from index import Span

#: Bounded, for a match may begin anew at each of its capitals.
_NAME_WORD = rf"{CAPITAL}[\w’'-]{{0,60}}"
#: As long is whatever stands small in a name: `Ida ó Briain`, `Bo ter Veld`.
_SHORT = 3
_FULL_NAME = re.compile(rf"{_NAME_WORD}(?: (?:{PARTICLE}[ -]){{0,2}}{_NAME_WORD}){{1,3}}")
_RUN = re.compile(rf"(?<![\w-]){_NAME_WORD}(?: {_NAME_WORD})*")
#: What a firm may be is no office here: `the tram operator, Tarsk Lines`.
_OFFICE = "|".join(sorted(OFFICES - COMPANIES, key=len, reverse=True))
#: A firm that is presented as one: `Her employers, Haldane Voyce,`.
_OF_FIRM = re.compile(
    rf"\b(?:employers|publishers|{'|'.join(sorted(COMPANIES - {'landlord'}))}), "
    rf"({_NAME_WORD} {_NAME_WORD})(?=,)"
)
#: What only somebody can be, office or not.
_TRADE = (
    "vet|pensioner|grandmother|grandfather|mother|father|widow|widower|student|pupil|plumber|"
    "electrician|carpenter|mechanic|poet|novelist|painter|singer|dancer|gardener|miner|trawlerman"
)
#: A name behind a title or before the apposition of one: `stationmaster, Tomas Erdley,`.
_BEHIND_OFFICE = re.compile(
    rf"\b(?i:{_OFFICE})(?: (?:of|at) (?:the )?{_NAME_WORD}(?: {_NAME_WORD}){{0,2}},|,)? "
    rf"({_NAME_WORD}(?: {_NAME_WORD}){{1,2}})\b"
)
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Dame|Captain|Sergeant|Superintendent|"
    rf"Inspector)\.? ({_NAME_WORD}(?: {_NAME_WORD}){{0,2}})\b"
)
_SAYS = re.compile(
    rf"({_NAME_WORD} {_NAME_WORD})(?:,? (?:said|says|told|added|wrote|replied|who (?:leads|"
    rf"heads|chairs|runs|wrote)|was born|died)\b)"
)
#: A name alone in quotation marks is a work's: `her opera, “Small Lamps,”`.
_IN_QUOTES = re.compile(
    rf"[“\"]({_NAME_WORD}(?: {_NAME_WORD}){{0,2}})[,.]?[”\"](?! (?:said|says|asked|replied))"
)
#: A name before its office: `Maud Ketteridge, professor of economics,`.
_BEFORE_OFFICE = re.compile(
    rf"(?<![IiAa][nt] )(?<!from )(?<!near )({_NAME_WORD} {_NAME_WORD}), (?:an? |the )?"
    rf"(?:[\w’'-]+ ){{0,2}}(?i:{_OFFICE}|{_TRADE})\b"
)
#: What is said of a person only: `Vida Marsh is on her knees`, `Vida Marsh, 71,`.
_PERSONAL = re.compile(
    rf"({_NAME_WORD} {_NAME_WORD})(?:,? who\b|, \d{{2}},|"
    r", (?:prosecuting|defending|for the (?:defence|defense|prosecution|crown)),|"
    r" (?:is|was|has|had) [^.,;]{0,30}\b(?:her|his)\b)"
)
#: A sentence that begins with who does something, and goes on about the same.
_BEGINS = re.compile(rf"[“\"*\s]*({_NAME_WORD}(?: {_NAME_WORD})?)(?=,? [a-z])")
_OF_PERSON = re.compile(r"\b(?:he|she|his|her|him|himself|herself)\b", re.IGNORECASE)
_GOES_ON_ABOUT = re.compile(r"(?:He|She|His|Her)\b")
#: Where something is: `In Harn`, `the village of Harn`.
IN_PLACE = re.compile(
    rf"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]cross|(?:{'|'.join(sorted(PLACES))}) of) "
    rf"({_NAME_WORD}(?: {_NAME_WORD})?)\b(?!['’]s| {_NAME_WORD})"
)
#: What has an article before it is no person: `the *Lady Orrin*`.
_WITH_ARTICLE = re.compile(rf"\b[Tt]he +({_NAME_WORD} {_NAME_WORD})\b(?!['’]s| {_NAME_WORD})")
#: A name that begins before: `the Syrian Democratic Forces, said`.
_GOES_ON = re.compile(r"(?:\b[Tt]he|\b[A-Z][a-z]+an?)[ ]+$")
_ARTICLE = re.compile(r"\b[Tt]he +$")
#: Some are called after a month, and have their title before them.
_NO_NAMES = CALENDAR - set("april may june august will mr mrs ms dr".split()) | set(
    "later earlier meanwhile yesterday today then also still now once again however".split()
)
#: Some are given a title or a month as their name, and ships, bridges and days are called after it.
_NOT_GIVEN = (
    CALENDAR
    | OFFICES
    | PLACES
    | ORGANISATIONS
    | set("lady lord sir prince princess king queen baron earl duke saint star angel".split())
)
#: What a first name that stands for itself is in its sentence.
_ALONE = {*SUBJECTS, "poss", "dobj", "pobj", "dative", "conj"}
_NOT_PEOPLE = ORGANISATIONS | PLACES | {
    "bridge", "street", "road", "lane", "avenue", "square", "stadium", "arena", "quay", "hall",
    "house", "school", "ward", "line", "act", "cup",
    "prize", "award", "day", "week", "north", "south", "east", "west", "dam", "mountain",
    "bay", "park", "church", "station", "estate", "estates", "group", "bridges", "works", "times",
    "post", "herald", "markets", "water", "energy", "shipping", "air", "airlines", "holdings",
    "industries", "partners", "motors", "foods", "forces", "stores", "rovers", "united",
    "wanderers", "city", "lines", "brewery", "brothers", "systems", "media",
    "coaches", "buses", "railway", "railways", "theatre", "theater", "festival", "gallery",
    "society", "guild", "league", "capital", "pass", "canal", "logistics", "transit", "farm",
    "farms",
}  # fmt: skip


class _Known(NamedTuple):
    """The names of people, of all else, people's surnames, the last parts of those, first names.

    A first name is one person's, and no word of the text.
    """

    people: set[str]
    others: set[str]
    surnames: set[str]
    ends: set[str]
    given: set[str]


def settle(texts: Sequence[str], parses: Sequence[Parse]) -> list[Parse]:
    """The parses with their people settled; `texts` are the sentences without marks."""
    votes = _told(texts, parses)
    for name in _acting(texts, parses):
        votes[name] += 2
    presumed = [name for text in texts for name in map(_by_given_name, _FULL_NAME.findall(text))]
    votes.update(filter(None, presumed))
    by_surname = _by_surname(texts, parses)
    for called in {name for name in presumed if name and name.split()[-1] in by_surname}:
        votes[called] += 2
    alone = {name for name, count in votes.items() if count > 0 and " " not in name}
    for text in texts:
        for words in map(str.split, _FULL_NAME.findall(text)):
            is_name = len(words) == 2 and words[1] in alone and words[0].lower() not in CALENDAR
            votes[_name(" ".join(words))] += is_name
    people = {name for name, count in votes.items() if count > 0 and _may_be_person(name)}
    others = {name for name, count in votes.items() if count < 0 or not _may_be_person(name)}
    surnames = {name.rsplit(maxsplit=1)[-1] for name in people if " " in name}
    ends = surnames | {surname.rpartition("-")[2] for surname in surnames}
    first = Counter(name.split()[0] for name in people if " " in name)
    small = {word for text in texts for word in re.findall(r"[a-z]+", text)}
    taken = small | _NOT_GIVEN
    given = {name for name, count in first.items() if count == 1 and name.lower() not in taken}
    known = _Known(people, others, surnames, ends, given - others - surnames)
    return [
        replace(parse, people=tuple(_people(text, parse, known)))
        for text, parse in zip(texts, parses, strict=True)
    ]


def _told(texts: Sequence[str], parses: Sequence[Parse]) -> Counter[str]:
    """For each name what the pipeline takes it for, and what stands beside it."""
    votes: Counter[str] = Counter()
    for text, parse in zip(texts, parses, strict=True):
        for span in parse.people:
            votes[_name(span.of(text))] += 1
        for span in [*parse.organisations, *parse.places]:
            votes[_name(span.of(text))] -= 1
        for pattern in (_BEHIND_OFFICE, _BEFORE_OFFICE, _TITLED, _SAYS):
            for match in pattern.finditer(text):
                if not _GOES_ON.search(text[max(0, match.start(1) - 30) : match.start(1)]):
                    votes[_name(match[1])] += 2
        for match in _PERSONAL.finditer(text):
            votes[_name(match[1])] += 2
        for name, against in _of_things(text):
            votes[name] -= against
    return votes


def _of_things(text: str) -> Iterator[tuple[str, int]]:
    """The names that stand where one of nobody does, and how much that says."""
    for pattern, against in ((IN_PLACE, 2), (_WITH_ARTICLE, 2), (_IN_QUOTES, 3)):
        for match in pattern.finditer(text):
            yield _name(match[1]), against
    for match in _OF_FIRM.finditer(text):
        if match[1].split()[0] not in given_names():  # but `her builder, Jon Lunde,`
            yield _name(match[1]), 3


def _acting(texts: Sequence[str], parses: Sequence[Parse]) -> Iterator[str]:
    """The names with which a sentence begins that goes on with `he` or `she`, or the next does."""
    for number, (text, parse) in enumerate(zip(texts, parses, strict=True)):
        first = _BEGINS.match(text)
        if not first or set(_FULL_NAME.findall(text)) - {first[1]}:
            continue
        is_subject = any(t.end == first.end() and t.relation in SUBJECTS for t in parse.tokens)
        behind = texts[number + 1] if number + 1 < len(texts) else ""
        goes_on = _OF_PERSON.search(text, first.end()) or _GOES_ON_ABOUT.match(behind)
        if is_subject and goes_on:
            yield _name(first[1])


def _by_given_name(words: str) -> str | None:
    """A name that begins with a given name: `Agnieszka Poll` of `Referee Agnieszka Poll`."""
    parts = _name(words).split()
    for number, word in enumerate(parts[:-1]):
        if word in given_names() and word.lower() not in _NOT_GIVEN:
            return " ".join(parts[number : number + 3])
    return None


def _by_surname(texts: Sequence[str], parses: Sequence[Parse]) -> set[str]:
    """The words that stand alone as one who acts: `Tormand was back`, as nobody calls a club."""
    found = set()
    for text, parse in zip(texts, parses, strict=True):
        alone = {m[0] for m in _RUN.finditer(text) if " " not in m[0]}
        acting = (token for token in parse.tokens if token.relation in SUBJECTS)
        found |= {token.text for token in acting if token.tag == "NNP" and token.text in alone}
    return found


def _people(text: str, parse: Parse, known: _Known) -> list[Span]:
    """The people of a sentence: full names known as people's, and what else the pipeline found."""
    found: list[Span] = []
    for match in _FULL_NAME.finditer(text):
        span = _known(match, known.people)
        if span:
            found.append(span)
    for span in parse.people:
        name = _name(span.of(text))
        clash = any(span.start < other.end and other.start < span.end for other in found)
        titled = " " not in name and _ARTICLE.search(text[max(0, span.start - 5) : span.start])
        if not clash and not titled and name not in known.others and _may_be_person(name):
            found.append(span)
    taken = {position for span in found for position in range(span.start, span.end)}
    found += [span for span in _alone(text, parse, known) if span.start not in taken]
    return sorted(found, key=lambda span: span.start)


def _alone(text: str, parse: Parse, known: _Known) -> Iterator[Span]:
    """Surnames that stand for themselves: `Ellery has commanded`, not `the Ellery bridge`.

    So do first names, as what is done or owned: `Piers bought it`.
    """
    for token, behind in zip_longest(parse.tokens, parse.tokens[1:]):
        if token.text in known.given and token.relation in _ALONE:
            goes_on = behind is not None and (behind.text[:1].isupper() or behind.text == "-")
            before = text[max(0, token.start - 5) : token.start]
            is_joined = before.endswith(("-", "& ")) or _ARTICLE.search(before) is not None
            if not goes_on and token.tag == "NNP" and not is_joined:
                yield Span(token.start, token.end)
        if token.text not in known.ends:  # no chain of hyphens is followed for another word
            continue
        word = _hyphenated(text, token.start, token.end)
        if (
            word.of(text) not in known.surnames
            or word.end != token.end
            or token.relation == "compound"
        ):
            continue
        goes_on = behind is not None and behind.tag in {"NNP", "NNPS"} and behind.text[0].isupper()
        before = text[max(0, word.start - 5) : word.start]
        joined = before.endswith("& ")  # of a firm: `Orr & Finch`
        if not goes_on and not joined and not _ARTICLE.search(before):
            yield word


def _hyphenated(text: str, start: int, end: int) -> Span:
    """The whole of a name that a grammar takes apart: `Nkemelu-Voss`."""
    while start >= 2 and text[start - 1] == "-" and text[start - 2].isalpha():
        start -= 2
        while start and text[start - 1].isalpha():
            start -= 1
    if end + 1 < len(text) and text[end] == "-" and text[end + 1].isupper():
        end += 1
        while end < len(text) and text[end].isalpha():
            end += 1
    return Span(start, end)


def _known(match: re.Match[str], people: set[str]) -> Span | None:
    """The longest run of words in a match that is a person's full name."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", match[0])]
    for length in range(len(words), 1, -1):
        for first in range(len(words) - length + 1):
            start, end = words[first][0], words[first + length - 1][1]
            name = _name(match[0][start:end])
            if name in people and " " in name:
                shown = match[0][start:end]
                cut = len(shown) - len(re.sub(r"['’]s?$", "", shown))
                return Span(match.start() + start, match.start() + end - cut)
    return None


def _name(text: str) -> str:
    return bare(text).strip(" ,.;:")


def _goes_in_a_name(word: str) -> bool:
    """Whether a word has a capital, or is short or a particle: `Roe`, `de`, `al-Moallem`."""
    first = re.split("[-’']", word)[0]
    return word[:1].isupper() or len(first) <= _SHORT or first in PARTICLES


#: What a place's name begins with, and nobody's: `Little Marren`.
_OF_PLACES = frozenset("little great upper lower north south east west new old port mount".split())


def _is_given(word: str) -> bool:
    return word.title() in given_names()  # `Little Richard`


def _may_be_person(name: str) -> bool:
    words = name.lower().split()
    return (
        bool(words)
        and name[:1].isupper()
        and not (set(words[-1:]) & _NOT_PEOPLE)
        and not any(map(str.isdigit, name))
        and all(_goes_in_a_name(word) for word in name.split())
        and not (set(words) & _NO_NAMES)
        and not (len(words) == 2 and words[0] in _OF_PLACES and not _is_given(words[1]))
    )
