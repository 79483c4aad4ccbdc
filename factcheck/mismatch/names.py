"""Names: the same under transliteration, initials and shortening, or another's.

A person's surname with another first name is somebody else; without one it may be the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from factcheck.claims.people import bare_name
from factcheck.claims.syntax import Parse
from factcheck.mismatch.values import Relation
from index import Span

#: From this likeness of their letters two words are one name, written by two hands.
ALIKE = 0.8
_PARTICLES = {
    "al",
    "el",
    "ad",
    "as",
    "ul",
    "de",
    "da",
    "van",
    "von",
    "der",
    "den",
    "bin",
    "ibn",
    "la",
    "le",
    "the",
    "of",
    "and",
}
#: Spellings that transliterations differ in; after Christen (2006), "A comparison of personal name
#: matching", section 3, cut to what occurs between Arabic, Russian and Latin scripts.
_SPELLINGS = [
    ("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sch", "sh"), ("ck", "k"), ("q", "k"), ("c", "k"),
    ("x", "ks"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("y", "i"), ("j", "i"), ("w", "v"), ("z", "s"),
    ("e", "i"), ("o", "u"), ("'", ""), ("’", ""),
]  # fmt: skip
_GENERIC = {
    "county",
    "city",
    "town",
    "river",
    "mount",
    "lake",
    "port",
    "district",
    "region",
    "province",
    "bay",
    "street",
    "hospital",
    "infirmary",
    "university",
    "school",
}


@dataclass(frozen=True, slots=True)
class NameValue:
    """A person, place or organisation, named in a text."""

    span: Span
    text: str
    what: str

    def against(self, other: NameValue) -> Relation:
        """How this name, a claim's, stands to a passage's."""
        if self.what != other.what and "organisation" not in {self.what, other.what}:
            return Relation.UNRELATED
        if same_name(self.text, other.text):
            return Relation.SAME
        return Relation.DIFFERENT if self.what == other.what else Relation.UNRELATED

    def kind(self, other: NameValue) -> str:  # noqa: ARG002 — what every value has
        """`name`, or `place`."""
        return "place" if self.what == "place" else "name"


def find_names(text: str, parse: Parse) -> Iterator[NameValue]:
    """The people, places and organisations that a text names."""
    for spans, what in (
        (parse.people, "person"),
        (parse.places, "place"),
        (parse.organisations, "organisation"),
    ):
        for span in spans:
            words = span.of(text)
            lead = len(words) - len(re.sub(r"^(?:the|The)\s+", "", words))
            tail = len(words) - len(re.sub(r"['’]s?$", "", words))
            inner = Span(span.start + lead, span.end - tail)
            if inner.of(text)[:1].isupper():
                yield NameValue(inner, inner.of(text), what)


def same_name(first: str, second: str) -> bool:
    """Whether two names may be one: `Muallem` and `Walid al-Moallem`, `SDF` and its full name."""
    mine, theirs = _words(first), _words(second)
    if not mine or not theirs:
        return False
    if _initials(first) == second.replace(".", "") or _initials(second) == first.replace(".", ""):
        return True
    short, long = sorted((mine, theirs), key=len)
    if len(short) == len(long) == 1:
        return alike(short[0], long[0])
    if len(short) == 1 and short[0] in _GENERIC:
        return False
    return all(any(alike(word, other) for other in long) for word in short)


def alike(first: str, second: str) -> bool:
    """Whether two words are one name: the same letters, or nearly, once spelled one way."""
    if first == second:
        return True
    one, two = _spelled(first), _spelled(second)
    if one == two:
        return True
    if min(len(one), len(two)) < 4 or one[0] != two[0]:
        return False
    return SequenceMatcher(None, one, two, autojunk=False).ratio() > ALIKE


def _words(name: str) -> list[str]:
    name = re.sub(r"['’]s?\b", "", bare_name(name))
    words = re.findall(r"\w+", _plain(name))
    return [word for word in words if word not in _PARTICLES]


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _spelled(word: str) -> str:
    for old, new in _SPELLINGS:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def _initials(name: str) -> str:
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", name) if word[0].isupper()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""
