"""People's names, settled over the whole article.

The pipeline reads one sentence at a time and a small model errs with names it has never seen. A
full name that it takes for a person's in one place is one everywhere, and so is what stands behind
a title; what it mostly takes for something else is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from factcheck.claims.census import ORGANISATIONS, PLACES, bare
from factcheck.claims.roles import OFFICES
from factcheck.claims.syntax import Parse
from index import Span

_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
_PARTICLE = r"(?:al|el|de|da|van|von|der|den|bin|la|le|di|du|ibn|abu)"
_FULL_NAME = re.compile(rf"{_NAME_WORD}(?: (?:{_PARTICLE}[ -])?{_NAME_WORD}){{1,3}}")
_OFFICE = "|".join(sorted(OFFICES, key=len, reverse=True))
#: A name behind a title or before the apposition of one: `stationmaster, Tomas Erdley,`.
_BEHIND_OFFICE = re.compile(rf"\b(?:{_OFFICE}),? ({_NAME_WORD}(?: {_NAME_WORD}){{1,2}})\b")
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Dame|Captain|Sergeant|Superintendent|Inspector)\.? ({_NAME_WORD}(?: {_NAME_WORD}){{0,2}})\b"
)
_SAYS = re.compile(
    rf"({_NAME_WORD} {_NAME_WORD})(?:,? (?:said|says|told|added|wrote|replied|who (?:leads|heads|chairs|runs|wrote)|was born|died)\b)"
)
_NOT_PEOPLE = ORGANISATIONS | PLACES | {
    "bridge", "street", "road", "quay", "hall", "house", "school", "ward", "line", "act", "cup",
    "prize", "award", "day", "week", "north", "south", "east", "west", "dam", "mountain",
    "bay", "park", "church", "station", "estate", "estates", "group", "bridges", "works", "times",
    "post", "herald", "markets", "water", "energy", "shipping", "air", "airlines", "holdings",
    "industries", "partners", "motors", "foods", "stores", "rovers", "united", "wanderers", "city",
}  # fmt: skip


def settle(texts: Sequence[str], parses: Sequence[Parse]) -> list[Parse]:
    """The parses with their people settled; `texts` are the sentences without marks."""
    votes: Counter[str] = Counter()
    for text, parse in zip(texts, parses, strict=True):
        for span in parse.people:
            votes[_name(span.of(text))] += 1
        for span in [*parse.organisations, *parse.places]:
            votes[_name(span.of(text))] -= 1
        for pattern in (_BEHIND_OFFICE, _TITLED, _SAYS):
            for match in pattern.finditer(text):
                votes[_name(match[1])] += 2
    people = {name for name, count in votes.items() if count > 0 and _may_be_person(name)}
    others = {name for name, count in votes.items() if count < 0 or not _may_be_person(name)}
    surnames = {name.rsplit(maxsplit=1)[-1] for name in people if " " in name}
    return (
        [
            replace(
                parse, people=tuple(_people(text, parse, people, others | set()) if text else ())
            )
            for text, parse in zip(texts, parses, strict=True)
        ]
        if surnames or people or others
        else list(parses)
    )


def _people(text: str, parse: Parse, people: set[str], others: set[str]) -> list[Span]:
    """The people of a sentence: full names known as people's, and what else the pipeline found."""
    found: list[Span] = []
    for match in _FULL_NAME.finditer(text):
        span = _known(text, match, people)
        if span:
            found.append(span)
    for span in parse.people:
        name = _name(span.of(text))
        clash = any(span.start < other.end and other.start < span.end for other in found)
        if not clash and name not in others and _may_be_person(name):
            found.append(span)
    return sorted(found, key=lambda span: span.start)


def _known(text: str, match: re.Match[str], people: set[str]) -> Span | None:
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


def _may_be_person(name: str) -> bool:
    words = name.lower().split()
    return (
        bool(words)
        and name[:1].isupper()
        and not (set(words[-1:]) & _NOT_PEOPLE)
        and not any(map(str.isdigit, name))
    )


def names_of(parses: Iterable[tuple[str, Parse]]) -> list[str]:
    """All people's names in order."""
    return [span.of(text) for text, parse in parses for span in parse.people]
