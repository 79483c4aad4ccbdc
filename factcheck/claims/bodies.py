"""Which body somebody serves: the one his title names, or the nearest one of the fitting kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from factcheck.claims.census import Census, Name, NameKind

#: Offices that are held of a place and not of a firm.
_CIVIC = re.compile(
    r"\b(?:mayor|governor|premier|minister|president|councillor|sheriff|ambassador|ombudsman|"
    r"superintendent|chancellor)$",
    re.IGNORECASE,
)
#: Offices that only bodies of some kinds have.
_TIED = [
    (
        re.compile(r"\bhead ?(?:teacher|master|mistress)$", re.IGNORECASE),
        frozenset("school academy college primary".split()),
    ),
    (
        re.compile(r"\b(?:vicar|rector|priest|bishop|dean|curate)$", re.IGNORECASE),
        frozenset("church parish cathedral diocese university college faculty chapel".split()),
    ),
]
#: A title of what a speaker serves.
OURS = re.compile(r"(?:(?<=\bis )|(?<=\bwas )|^)our ", re.IGNORECASE)
#: A title of something that was named before.
OWNED = re.compile(r"(?:(?<=\bis )|(?<=\bwas )|^)(?:its|their) ", re.IGNORECASE)


class Bodies:
    """What the people of an article serve, as far as it has been read."""

    def __init__(self, census: Census) -> None:
        self._census = census
        self._of: dict[str, str] = {}

    def of(self, person: str | None) -> str | None:
        """The body a person serves, if the article has said so."""
        return self._of.get(person) if person else None

    def remember(self, person: str, body: str) -> None:
        """The article has said what body a person serves; the first time counts."""
        self._of.setdefault(person, body)

    def named(self, words: str) -> str | None:
        """The body that a title names itself: `head of transport at Selwick Council`."""
        names = [name for name in self._census.names_in(words) if name.kind is not NameKind.PERSON]
        return names[-1].text if names else None

    def meant(self, words: str, before: Sequence[str], topic: str | None) -> str | None:
        """The body that a title leaves unnamed.

        `before` is what stands before it: the sentence's words, then the sentences before, the last
        one first. `its director` is the nearest body's, `director` the body's that the article is
        about, and `mayor` the nearest place's.
        """
        body = self._meant(words, before, topic)
        tied = next((nouns for office, nouns in _TIED if office.search(words)), None)
        if body and tied and not tied & set(body.lower().split()):
            return None  # no firm has a head teacher
        return body

    def _meant(self, words: str, before: Sequence[str], topic: str | None) -> str | None:
        is_civic = bool(_CIVIC.search(words))
        if OWNED.match(words):
            return self._nearest(before, {NameKind.PLACE} if is_civic else set(), is_civic)
        if is_civic:
            return self._nearest(before, {NameKind.PLACE}) or self._topic(topic, is_civic)
        return self._topic(topic, is_civic) or self._nearest(before, set())

    def _topic(self, topic: str | None, is_civic: bool) -> str | None:
        name = self._census.names.get(topic or "")
        if name is None or name.kind is NameKind.PERSON:
            return None
        return name.text if is_civic or name.kind is not NameKind.PLACE else None

    def _nearest(
        self, before: Iterable[str], kinds: set[NameKind], any_kind: bool = False
    ) -> str | None:
        """The name that leads the nearest text with a fitting one; of the first text the last."""
        for number, text in enumerate(before):
            names = [name for name in self._census.names_in(text) if self._fits(name, kinds)]
            if names:
                return names[-1 if number == 0 else 0].text
        return (
            self._nearest(before, {NameKind.ORGANISATION, NameKind.OTHER, NameKind.PLACE})
            if any_kind
            else None
        )

    def _fits(self, name: Name, kinds: set[NameKind]) -> bool:
        return name.kind in (kinds or {NameKind.ORGANISATION, NameKind.OTHER})
