"""The people of an article: which names are the same person, and whom a pronoun means."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TITLE = re.compile(
    r"(?:the|former|late|mr|mrs|ms|miss|dr|prof|professor|sir|dame|lady|lord|gen|general|major|"
    r"colonel|col|lt|lieutenant|captain|capt|sgt|sergeant|admiral|president|vice|prime|foreign|"
    r"defen[cs]e|interior|finance|minister|secretary|senator|sen|rep|representative|governor|gov|"
    r"mayor|chancellor|king|queen|prince|princess|pope|bishop|judge|justice|chief|spokesman|"
    r"spokeswoman|spokesperson|ambassador|commander|deputy|director|chairman|chairwoman|ceo)\.?\s+",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:al|el|ad|as)-", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’](?:s)?$")


def bare_name(name: str) -> str:
    """A name without title, possessive and shouting: `"General IGOR RADEK's"` → `"Igor Radek"`."""
    name = _POSSESSIVE.sub("", " ".join(name.split()))
    while (match := _TITLE.match(name)) and match.end() < len(name):
        name = name[match.end() :]
    return name.title() if name.isupper() and len(name) > 3 else name


def surname(name: str) -> str:
    """What a name is found by: `"Walid al-Moallem"` and `"Moallem"` → `"moallem"`."""
    words = bare_name(name).split()
    return _PREFIX.sub("", words[-1]).casefold() if words else ""


class People:
    """All people an article names. Names are full where the article has a full one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._full: dict[str, list[str]] = {}
        for name in map(bare_name, names):
            known = self._full.setdefault(surname(name), [])
            if name and name not in known:
                known.append(name)
        self._gender: dict[str, str] = {}
        self._roles: dict[str, str] = {}

    def find(self, name: str) -> str | None:
        """The person called `name`, or None.

        A surname alone means the first in the article who bears it with a first name: relatives,
        who come later, are given theirs.
        """
        name = bare_name(name)
        known = self._full.get(surname(name), [])
        fuller = [other for other in known if _is_short_for(name, other)]
        if not fuller:
            return None
        first = next((other for other in fuller if " " in other), fuller[0])
        return max((other for other in fuller if _is_short_for(first, other)), key=len)

    def give_role(self, role: str, name: str) -> None:
        """Remember that a person is the article's minister, spokesman, and so on."""
        if person := self.find(name):
            self._roles[role] = person
            if role.endswith("woman"):
                self._gender[person] = "she"
            elif role.endswith("man"):
                self._gender[person] = "he"

    def with_role(self, phrase: str) -> str | None:
        """The person a phrase such as `foreign minister` means, if the article has said so."""
        return self._roles.get(phrase.rsplit(maxsplit=1)[-1].lower()) if phrase else None

    def accepts(self, person: str, pronoun: str) -> bool:
        """Whether nothing speaks against `pronoun` meaning `person`; if so it is remembered."""
        if pronoun not in {"he", "she"}:
            return True
        return self._gender.setdefault(person, pronoun) == pronoun


def _is_short_for(name: str, other: str) -> bool:
    """Whether `other` has every word of `name`: `"Moallem"` and `"Walid al-Moallem"`."""
    words = {_PREFIX.sub("", word).casefold() for word in name.split()}
    return words <= {_PREFIX.sub("", word).casefold() for word in other.split()}
