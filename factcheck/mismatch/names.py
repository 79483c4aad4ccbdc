"""Names: the same under transliteration, initials and shortening, or another's.

A person's surname with another first name is somebody else; without one it may be the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from factcheck.capitals import CAPITAL
from factcheck.claims.lexicon import ORGANISATIONS
from factcheck.claims.people import bare_name
from factcheck.claims.roles import OFFICES
from factcheck.claims.syntax import Parse
from factcheck.mismatch.values import Relation
from index import Span

#: From this likeness of their letters two words are one name, written by two hands.
ALIKE = 0.8
#: Names of more characters than this are none.
LONGEST = 80
_PARTICLES = frozenset(
    "al el ad as ul de da van von der den bin ibn la le di du abu the of and".split()
)
#: Spellings that transliterations differ in; after Christen (2006), "A comparison of personal name
#: matching", section 3, cut to what occurs between Arabic, Russian and Latin scripts.
_SPELLINGS = [
    ("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sch", "sh"), ("ck", "k"),
    ("q", "k"), ("c", "k"), ("x", "ks"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"),
    ("y", "i"), ("j", "i"), ("w", "v"), ("z", "s"), ("e", "i"), ("o", "u"), ("'", ""), ("’", ""),
]  # fmt: skip
#: Last words of names of places, and those that say nothing alone.
_PLACE_WORDS = frozenset(
    """
    county city town river mount lake port district region province bay street hospital infirmary
    school lane road avenue quay square bridge hall church chapel station island islands gulf
    valley dam reservoir park castle harbour harbor stadium arena clinic library market row point
    hill hills beach coast forest airport terminal yard pier gorge pass glacier academy
    cathedral court house centre center village peninsula north south east west
    """.split()
)
_ORGANISATION_WORDS = ORGANISATIONS - _PLACE_WORDS | frozenset(
    "estates trust group works party union board holdings industries partners alliance".split()
)
_GENERIC = _PLACE_WORDS | {"university", "council", "party", "union", "trust", "federation"}
_KINDS = _GENERIC | _ORGANISATION_WORDS | {"polytechnic", "gulf", "ministry", "bank", "house"}
_TITLES = frozenset("mr mrs ms miss dr prof sir dame lady lord st saint mount".split()) - {
    "st", "saint", "mount",
}  # fmt: skip
_NOT_NAMES = frozenset(
    """
    i january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday the a an this that these those he she it they
    we you his her its their our my but and or if when where while who what why how in on at by for
    from of to with as after before since during under over no not nobody nothing none all both
    each every some many most several few there here then now yet still also only one two three
    four five six seven eight nine ten eleven twelve mr mrs ms dr nok sek dkk eur usd gbp chf ebit
    sitrep pm am another asked according because although though even once today yesterday spring
    summer autumn winter celsius fahrenheit easter christmas
    """.split()
)
_NAME_WORD = rf"{CAPITAL}[\w’'.-]{{0,40}}"
_CHAIN = re.compile(
    rf"(?<![\w’'-]){_NAME_WORD}(?: (?:(?:of the|of|and the|de la|al|el|de|da|van|von|der|den|bin|"
    rf"la|le|di|du|ibn|abu) )?(?:al-|el-)?{_NAME_WORD}){{0,6}}"
)
_LOCATED = re.compile(
    r"\b(?:in|at|near|off|outside|to|from|towards|around|across|beside|below|above|onto|into|on|by|"
    r"between|through|over|of)(?: the)?"
    r"(?: (?:coast|town|city|village|port|island|banks?|valley|north|"
    r"south|east|west) of)?(?: the)? $",
    re.IGNORECASE,
)
_SAYS = re.compile(r",? (?:said|says|told|added|wrote|replied|asked)\b|, \d\d,|, (?:the|an?) \w+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n*—–•]|[“\"(‘])[\s*“\"‘]*$")


@dataclass(frozen=True, slots=True)
class NameValue:
    """A person, place or organisation, named in a text.

    `what` is `person`, `place`, `organisation` or "" where nothing tells; `sure` where its words
    or what stands around it tell, and not only the pipeline. `located` marks what a preposition of
    place stands before.
    """

    span: Span
    text: str
    what: str
    sure: bool = False
    located: bool = False

    def against(self, other: NameValue) -> Relation:
        """How this name, a claim's, stands to a passage's."""
        if same_name(self.text, other.text):
            return Relation.SAME
        return Relation.DIFFERENT if self._comparable(other) else Relation.UNRELATED

    def kind(self, other: NameValue) -> str:
        """`name`, or `place`."""
        if self.what == "place" and not (other.sure and other.what == "person"):
            return "place"
        located = self.located and self.what != "person"
        return "place" if located and not (self.sure and self.what == "organisation") else "name"

    def _comparable(self, other: NameValue) -> bool:
        whats = {self.what, other.what}
        if len(whats) == 1:
            return True
        if self.sure and other.sure:
            return "person" not in whats and "" not in whats
        for one, two in ((self, other), (other, self)):
            if one.sure and one.what == "person":
                return not two.located or " " in two.text
        return "" in whats or "person" not in whats or self.located == other.located


def find_names(text: str, parse: Parse) -> Iterator[NameValue]:
    """The people, places and organisations that a text names, in order."""
    tags = {token.start: token.tag for token in parse.tokens}
    labels = [
        (span, what)
        for spans, what in (
            (parse.people, "person"),
            (parse.places, "place"),
            (parse.organisations, "organisation"),
        )
        for span in spans
    ]
    found = []
    for match in _CHAIN.finditer(text):
        found += [
            _value(text, span, labels)
            for span in _pieces(text, match, tags)
            if span.end - span.start <= LONGEST and _is_name(text, span, tags, labels)
        ]
    yield from _settled(found)


def _is_name(text: str, span: Span, tags: dict[int, str], labels: list[tuple[Span, str]]) -> bool:
    """Whether a capital word is a name; of a sentence's first the pipeline must think so, too."""
    if " " in span.of(text) or not _SENTENCE_START.search(
        text[max(0, span.start - 6) : span.start]
    ):
        return True
    labelled = any(s.start < span.end and span.start < s.end for s, _ in labels)
    return labelled and tags.get(span.start, "") == "NNP"


def _pieces(text: str, match: re.Match[str], tags: dict[int, str]) -> Iterator[Span]:
    """A run of capitals without what is no name in it, cut behind a possessive."""
    words = [
        Span(match.start() + m.start(), match.start() + m.end())
        for m in re.finditer(r"\S+", match[0])
    ]
    words = _trimmed(text, words, tags)
    piece: list[Span] = []
    for number, word in enumerate(words):
        shown = word.of(text)
        bare = re.sub(r"['’]s?$", "", shown.lower()).strip(".")
        if bare in _NOT_NAMES and shown[0].isupper():
            yield from _whole(text, piece)
            piece = []
            continue
        piece.append(word)
        following = words[number + 1].of(text).lower().strip(".") if number + 1 < len(words) else ""
        if shown == "of" and len(piece) > 2 and piece[-2].of(text).lower() not in _KINDS:
            yield from _whole(text, piece)
            piece = []
            continue
        possessive = re.search(r"['’]s?$", shown) and following not in _PLACE_WORDS
        stop = shown.endswith(".") and len(shown) > 3
        if possessive or stop:
            yield from _whole(text, piece)
            piece = []
    yield from _whole(text, piece)


def _trimmed(text: str, words: list[Span], tags: dict[int, str]) -> list[Span]:
    """Without a first word that has its capital from the sentence, and without titles."""
    while words:
        first = words[0]
        word = first.of(text)
        lower = word.lower().strip(".’'")
        before = text[max(0, first.start - 6) : first.start]
        starts = bool(_SENTENCE_START.search(before))
        if (
            lower in _NOT_NAMES
            or lower in _TITLES
            or (lower in OFFICES and len(words) > 1)
            or (
                starts
                and not tags.get(first.start, "NNP").startswith("NNP")
                and (
                    len(words) == 1
                    or tags.get(first.start, "") in {"IN", "DT", "RB", "CC", "PRP", "WRB", "CD"}
                )
            )
        ):
            words = words[1:]
        else:
            break
    return words


def _whole(text: str, piece: list[Span]) -> Iterator[Span]:
    while piece and piece[0].of(text)[0].islower():
        piece = piece[1:]
    while piece and piece[-1].of(text)[0].islower():
        piece = piece[:-1]
    if not piece:
        return
    words = text[piece[0].start : piece[-1].end]
    shown = re.sub(r"['’]s?$|[.’'-]+$", "", words)
    single = len(piece) == 1
    if len(shown) < 2 or (single and shown.lower() in OFFICES | _PLACE_WORDS):
        return
    if sum(map(str.isupper, shown)) > 12:
        return
    yield Span(piece[0].start, piece[0].start + len(shown))


def _value(text: str, span: Span, labels: list[tuple[Span, str]]) -> NameValue:
    shown = span.of(text)
    before, after = text[max(0, span.start - 32) : span.start], text[span.end : span.end + 16]
    last = shown.rsplit(maxsplit=1)[-1].lower()
    first = shown.split(maxsplit=1)[0].lower().strip(".")
    located = bool(_LOCATED.search(before)) and not after.startswith(("'s", "’s"))
    what = next((w for s, w in labels if s.start < span.end and span.start < s.end), "")
    office = re.search(r"([A-Za-z-]+),? $", before)
    if last in _PLACE_WORDS or first in {"st", "mount", "lake", "gulf", "port", "cape"}:
        return NameValue(span, shown, "place", sure=True, located=located)
    if last in _ORGANISATION_WORDS or first in {"university", "ministry", "bank"}:
        return NameValue(span, shown, "organisation", sure=True, located=located)
    titled = office is not None and office[1].lower() in OFFICES | {"mr", "mrs", "ms", "dr"}
    if titled or (" " in shown and not located and _SAYS.match(after)):
        return NameValue(span, shown, "person", sure=True, located=False)
    if located and not (what == "person" and " " in shown):
        kept = what if what in {"place", "organisation"} else ""
        return NameValue(span, shown, kept, located=True)
    return NameValue(span, shown, what, located=located)


def _settled(found: list[NameValue]) -> Iterator[NameValue]:
    """The names with what is certain of one said of its repetitions and short forms."""
    known = {}
    for value in found:
        if value.sure:
            known[value.text] = value.what
            if value.what == "person":
                known.setdefault(value.text.rsplit(maxsplit=1)[-1], "person")
    for value in found:
        what = known.get(value.text)
        yield replace(value, what=what, sure=True) if what else value


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
    if set(short) <= _GENERIC:
        return False
    if len(short) == len(long) and _is_initial(short[0], long[0]):
        return all(alike(one, two) for one, two in zip(short[1:], long[1:], strict=True))
    return _within(short, long)


def _within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether each word of one name is one of the other's, none used twice."""
    left = list(long)
    for word in short:
        fit = next((other for other in left if alike(word, other)), None)
        if fit is None:
            return False
        left.remove(fit)
    return True


def _is_initial(first: str, second: str) -> bool:
    """`j` and `jan`: one the initial of the other."""
    short, long = sorted((first, second), key=len)
    return len(short) == 1 and long.startswith(short)


@lru_cache(maxsize=16384)
def alike(first: str, second: str) -> bool:
    """Whether two words are one name: the same letters, or nearly, once spelled one way."""
    if first == second:
        return True
    one, two = _spelled(first[:LONGEST]), _spelled(second[:LONGEST])
    if one == two:
        return True
    if min(len(one), len(two)) < 4 or one[0] != two[0]:
        return False
    return SequenceMatcher(None, one, two, autojunk=False).ratio() > ALIKE


def _words(name: str) -> list[str]:
    name = re.sub(r"['’]s?\b", "", bare_name(name[:LONGEST]))
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
