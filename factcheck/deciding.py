"""Which documents may decide: not the article or a copy of it, nor what the user rules out.

A copy is known by its word shingles (Broder 1997, "On the resemblance and containment of
documents"): where most of the shorter of two texts stands in the other, one was taken from it.
What an article quotes does not count: a statement quoted in full is its source.

A document that names nothing of what the article names tells another story, and most likely does
not decide, however like a claim its words are: every town has a mayor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property

from factcheck.claims.lexicon import CALENDAR
from factcheck.claims.quotes import find_quotations
from factcheck.records import Claim, Excluded
from factcheck.stretches import iso_stretch
from index import Hit, Reference, Span

#: Words of a shingle: long enough that two reports of one event share few.
SHINGLE = 8
#: From this share of shared shingles, of the shorter text's, one is a copy of the other.
COPIED = 0.5
#: Texts with fewer shingles are too short to tell.
FEWEST = 12
#: From this likeness (Jaccard, of three-word shingles) two passages are one text printed twice.
REPEATED = 0.5
_WORD = re.compile(r"\w+")
#: A text with fewer names is about nothing that has one, and tells no story from another.
NAMES = 3
#: From this share on of the names that a claim speaks of a document is about others.
LACKED = 0.5
_LETTERS = re.compile(r"\b[^\W\d_][\w’'-]{1,60}")
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True)
class Choice:
    """What the user allows: patterns over a document's id or source, and a last day.

    A pattern is a piece of the id, source or title, or stands for all of it with `*` and `?` as in
    file names. `as_of` is an ISO date: what was published later, or may have been, does not count.
    """

    sources: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    as_of: str | None = None

    def reason_against(self, hit: Hit) -> str | None:
        """Why a document may not decide, if so."""
        names = (hit.passage.document_id, hit.source, hit.title)
        if self.sources and not any(_matches(pattern, names) for pattern in self.sources):
            return "not among the sources chosen"
        if any(_matches(pattern, names) for pattern in self.excluded):
            return "excluded by the user"
        if self.as_of and not hit.published:
            return f"has no date, and only what was published by {self.as_of} counts"
        stretch = iso_stretch(hit.published)
        if self.as_of and stretch and stretch[1].isoformat() > self.as_of:
            return f"published after {self.as_of}, or may have been"
        return None


#: Every document may decide.
EVERYTHING = Choice()


def _matches(pattern: str, names: Sequence[str]) -> bool:
    wanted = pattern.casefold()
    if set("*?") & set(wanted):
        wanted = wanted.replace("[", "[[]")  # a bracket is one, as titles have them
        return any(fnmatchcase(name.casefold(), wanted) for name in names)
    return any(wanted in name.casefold() for name in names)


@dataclass
class Gate:
    """Lets hits through or remembers why not; each document is looked at once.

    Claims that a person typed have no article, which is then "".
    """

    reference: Reference
    article: str
    choice: Choice = EVERYTHING
    excluded: dict[tuple[str, str], str] = field(default_factory=dict)
    _known: set[tuple[str, str]] = field(default_factory=set)
    _elsewhere: dict[tuple[str, str], bool] = field(default_factory=dict)
    _words: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    _own: frozenset[int] | None = None
    _quoted: frozenset[int] = frozenset()

    def lets_through(self, hit: Hit) -> bool:
        """Whether the document of `hit` may decide."""
        document = (hit.index, hit.passage.document_id)  # an id may stand in several indexes
        if document not in self._known:
            self._known.add(document)
            reason = self.choice.reason_against(hit) or self._copy(hit)
            if reason:
                self.excluded[document] = reason
        return document not in self.excluded

    def is_elsewhere(self, hit: Hit) -> bool:
        """Whether the document of `hit` has names, and none of the article's."""
        document = (hit.index, hit.passage.document_id)
        if document not in self._elsewhere:
            enough = len(self._names) >= NAMES
            theirs = names_of(self.reference.document_of(hit).text) if enough else frozenset()
            theirs |= names_of(hit.title) if enough else frozenset()
            self._elsewhere[document] = len(theirs) >= NAMES and not theirs & self._names
        return self._elsewhere[document]

    def is_foreign(self, claim: Claim, hit: Hit) -> bool:
        """Whether the document of `hit` lacks half or more of the names that a claim speaks of.

        Those of its standalone text, which names what the article is about.
        """
        names = names_of(claim.standalone)  # of which a word that begins it is none yet
        match = _LETTERS.search(claim.standalone)
        first = {_POSSESSIVE.sub("", match[0]).casefold()} if match else set()
        names = names & self._names if self.article else names - first
        return bool(names) and len(names - self._words_of(hit)) >= LACKED * len(names)

    def _words_of(self, hit: Hit) -> frozenset[str]:
        document = (hit.index, hit.passage.document_id)
        if document not in self._words:
            text = f"{self.reference.document_of(hit).text} {hit.title}"
            found = (_POSSESSIVE.sub("", match[0]) for match in _LETTERS.finditer(text))
            self._words[document] = frozenset(word.casefold() for word in found)
        return self._words[document]

    @cached_property
    def _names(self) -> frozenset[str]:
        return names_of(self.article)

    def record(self) -> tuple[Excluded, ...]:
        """The documents found that may not decide because of what they are, by index and id.

        Those the user left out by naming others are not listed.
        """
        return tuple(
            Excluded(document, reason, index)
            for (index, document), reason in sorted(self.excluded.items())
            if reason != "not among the sources chosen"
        )

    def _copy(self, hit: Hit) -> str | None:
        if self._own is None:
            self._own, self._quoted = _own_and_quoted(self.article)
        if len(self._own) < FEWEST:
            return None
        theirs = shingles(self.reference.document_of(hit).text, SHINGLE) - self._quoted
        least = min(len(self._own), len(theirs))
        if least < FEWEST or len(self._own & theirs) < COPIED * least:
            return None
        return "the article itself, or a copy of it"


def _own_and_quoted(article: str) -> tuple[frozenset[int], frozenset[int]]:
    """The shingles of an article outside its quotations, and the others.

    One that is little but quotations, as an interview is, has all for its own.
    """
    everything = shingles(article, SHINGLE)
    own: set[int] = set()
    start = 0
    for quotation in [*find_quotations(article), Span(len(article), len(article))]:
        own |= shingles(article[start : quotation.start], SHINGLE)
        start = quotation.end
    if len(own) < FEWEST:
        return everything, frozenset()
    return frozenset(own), everything - own


def names_of(text: str) -> frozenset[str]:
    """The words that a text writes with a capital and nowhere without, but for the calendar's.

    They come in small letters. Of two letters they are all capitals: `EU`.
    """
    words = {_POSSESSIVE.sub("", match[0]) for match in _LETTERS.finditer(text)}
    small = {word for word in words if word[0].islower()} | CALENDAR
    names = {word for word in words if word[0].isupper() and (len(word) > 2 or word.isupper())}
    return frozenset(name.casefold() for name in names) - small


def shingles(text: str, words: int) -> frozenset[int]:
    """Hashes of every run of so many words."""
    found = [match[0].casefold() for match in _WORD.finditer(text)]
    return frozenset(hash(tuple(found[i : i + words])) for i in range(len(found) - words + 1))


def repeats(first: str, second: str) -> bool:
    """Whether two passages print one text: agency copy counts once."""
    one, two = shingles(first, 3), shingles(second, 3)
    return bool(one and two) and len(one & two) >= REPEATED * len(one | two)
