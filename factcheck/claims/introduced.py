"""Names that an article gives with what they are: `Corvida, the company …`, `the trawler Ora`.

Later `the company` and `the trawler` mean them. What is read are tags and commas, which the small
pipeline gets right beside names it has never seen; its grammar it does not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.claims.lexicon import CALENDAR, COMPANIES, ORGANISATIONS, PLACES
from factcheck.claims.phrases import MEASURES, PEOPLE, SHIPS
from factcheck.claims.syntax import Parse, Token
from index import Span

#: Nouns whose bearers have names that are written small: `trolimid, the new drug`.
_COINED = frozenset(
    """
    drug vaccine compound medicine substance chemical protein enzyme antibody hormone virus disease
    parasite bacterium pill tablet treatment therapy pesticide alloy mineral plastic software app
    """.split()
)
_NOUNS = COMPANIES | ORGANISATIONS | PLACES | SHIPS
_CALLED = frozenset("called named dubbed christened nicknamed".split())
_CLOSING = frozenset('. , ; : – — - ) ( ” " who that which whose where based'.split())
_ARTICLES = frozenset("the a an this".split())


#: What ties a noun to a name: `the base at Skerrin`.
_TIES = frozenset("of at near for".split())
#: Nouns that are a part or a side of what follows, and no thing of their own.
_RELATIVE = MEASURES | frozenset(
    """
    part end start beginning rest centre middle side top bottom edge outskirts lack number kind sort
    case name form use cost price value rate level amount share member members people favour front
    north south east west heart back lot couple pair series range type terms way result
    """.split()
)
_LONGEST = 6
#: Of several things of a kind the last one is meant so many sentences on.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Introduction:
    """That `name`, which stands at `span` of a sentence, is a `noun`.

    `described` says that it is no name but what the noun was called with one: `town council of
    Veld`.
    """

    noun: str
    name: str
    span: Span
    described: bool = False


class Introduced:
    """What an article has introduced, by noun and by the number of the sentence."""

    def __init__(self) -> None:
        self._at: dict[str, list[int]] = {}
        self._given: dict[str, list[Introduction]] = {}
        self._nouns: dict[str, list[str]] = {}

    def add(self, number: int, each: Introduction) -> None:
        """Remember what a sentence introduces; sentences come in order."""
        self._nouns.clear()
        self._at.setdefault(each.noun, []).append(number)
        self._given.setdefault(each.noun, []).append(each)

    def before(self, noun: str, number: int) -> Introduction | None:
        """What was called a `noun` before a sentence: a name rather than a description.

        None where several were, and not one of them just now.
        """
        at = self._at.get(noun, [])
        end = bisect_left(at, number)
        given = self._given.get(noun, [])[max(0, end - _LONGEST) : end]
        given = [one for one in given if not one.described] or given
        if not given or (given[-1].described and given[0].name != given[-1].name):
            return None
        is_only = all(one.name == given[-1].name for one in given)
        return given[-1] if is_only or number - at[end - 1] <= _NEAR else None

    def nouns(self, name: str) -> list[str]:
        """What stands for a name, or for something called with it: `town`."""
        if name not in self._nouns:
            self._nouns[name] = [
                noun for noun, all_ in self._given.items() if any(name in one.name for one in all_)
            ]
        return self._nouns[name]


def introductions(text: str, parse: Parse) -> list[Introduction]:
    """What a sentence introduces, in order; people are none."""
    found: dict[tuple[str, str], Introduction] = {}
    for each in _Reader(text, parse.tokens).read():
        if each.noun not in PEOPLE | CALENDAR and not each.noun.endswith(("man", "woman")):
            found.setdefault((each.noun, each.name), each)
    return sorted(found.values(), key=lambda each: each.span.start)


class _Reader:
    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text = text
        self._tokens = tokens

    def read(self) -> Iterator[Introduction]:
        index = 0
        while index < len(self._tokens):
            end = self._name_end(index)
            if end == index:
                yield from self._coined(index)
                index += 1
                continue
            if self._word(index) not in CALENDAR:
                yield from self._behind(index, end)
                yield from self._before(index, end)
                yield from self._place(index, end)
                yield from self._described(index, end)
            index = end

    def _word(self, index: int) -> str:
        return self._tokens[index].text.lower() if 0 <= index < len(self._tokens) else ""

    def _tag(self, index: int) -> str:
        return self._tokens[index].tag if 0 <= index < len(self._tokens) else ""

    def _name_end(self, index: int) -> int:
        """Where the name that begins with a token ends; the token itself where none does."""
        end = index
        while end < len(self._tokens) and self._is_of_name(end, index):
            end += 1
        if end > index and self._tag(end) == "CD" and self._word(end).isdigit():
            end += len(self._word(end)) < 3  # `the Heron 4`
        return end

    def _is_of_name(self, index: int, first: int) -> bool:
        token = self._tokens[index]
        if not token.text[:1].isupper() or not token.text[-1:].isalnum():
            return False
        if index == 0 and not token.text.isupper():  # any word may begin a sentence
            return token.tag in {"NNP", "NNPS"}
        return index > first or not token.tag.startswith(("DT", "PRP", "W"))

    def _made(self, noun: int, first: int, end: int) -> Iterator[Introduction]:
        span = Span(self._tokens[first].start, self._tokens[end - 1].end)
        yield Introduction(self._word(noun), span.of(self._text), span)

    def _behind(self, first: int, end: int) -> Iterator[Introduction]:
        """`Corvida, the company that …`, `Crale is a town`, `STILL, as the trial is called`."""
        if self._word(end) in {"is", "was"} and self._word(end + 1) in _ARTICLES:
            noun = self._head(end + 2)
            if noun is not None and first == 0 and self._word(noun) in _NOUNS:
                yield from self._made(noun, first, end)
        if self._word(end) not in {",", "(", "–", "—"} or self._is_fronted(first):
            return
        if self._word(end + 1) == "as" and self._word(end + 2) == "the":
            noun = self._head(end + 3)
            if noun is not None and self._word(noun + 2) in _CALLED | {"known"}:
                yield from self._made(noun, first, end)
        elif self._word(end + 1) in _ARTICLES:
            noun = self._head(end + 2)
            if noun is not None and self._closes(noun + 1):
                yield from self._made(noun, first, end)

    def _before(self, first: int, end: int) -> Iterator[Introduction]:
        """`the trawler Ora`, `the new aircraft, the Heron 4,`, `a firm called Corvida`."""
        at = first - 1
        if self._word(at) == "the":
            at -= 1
        if self._word(at) in _CALLED or (self._word(at), self._word(at - 1)) == ("as", "known"):
            at -= 1 + (self._word(at) == "as")
            at -= self._word(at) == ","
        elif self._word(at) == ",":
            if not self._closes(end):
                return
            at -= 1
        elif at != first - 1:
            return
        start = self._chunk_start(at)
        if start is None or self._is_fronted(start):
            return
        if self._tag(at) == "NN" or self._word(at) in _NOUNS:
            yield from self._made(at, first, end)

    def _place(self, first: int, end: int) -> Iterator[Introduction]:
        """`the town of Veld`, `the town council of Veld`."""
        if self._word(first - 1) != "of":
            return
        start = self._chunk_start(first - 2)
        for noun in range(first - 2 if start is None else start + 1, first - 1):
            if self._word(noun) in PLACES:
                yield from self._made(noun, first, end)

    def _described(self, first: int, end: int) -> Iterator[Introduction]:
        """`the coastguard base at Skerrin`, `the Skerrin base`."""
        at = first - 1 - (self._word(first - 1) == "the")
        if self._word(at) in _TIES:
            is_body = self._word(first - 1) == "the" and self._word(end) in ORGANISATIONS
            if is_body and self._tag(end) == "NN":  # `the board of the Wennick Vale trust`
                end += 1
                body = Span(self._tokens[first].start, self._tokens[end - 1].end)
                yield Introduction(self._word(end - 1), body.of(self._text), body, described=True)
            head, last = at - 1, end
        else:
            head = end
            while self._tag(head + 1) in {"NN", "NNS"} and self._tag(head) in {"NN", "JJ"}:
                head += 1
            at, last = first, head + 1
        start = self._chunk_start(min(head, at))
        noun = self._word(head)
        if start is None or self._word(start) not in _ARTICLES or last - start > _LONGEST + 1:
            return
        if self._tag(head) not in {"NN", "NNS"} or noun in _RELATIVE or not noun.isalpha():
            return
        span = Span(self._tokens[start + 1].start, self._tokens[last - 1].end)
        yield Introduction(noun, span.of(self._text), span, described=True)

    def _coined(self, index: int) -> Iterator[Introduction]:
        """`They were given trolimid, the new drug;`, `The drug, trolimid, is sold`."""
        word = self._tokens[index].text
        bare = word.isalpha() and word.islower() and len(word) > 4
        kind = self._word(index - 2)
        if (
            bare
            and kind in _COINED
            and (self._word(index - 1), self._word(index + 1)) == (",", ",")
        ):
            if self._tag(index).startswith("NN") and self._chunk_start(index - 2) is not None:
                yield from self._made(index - 2, index, index + 1)
            return
        if not bare or self._word(index + 1) != "," or self._word(index + 2) not in _ARTICLES:
            return
        noun = self._head(index + 3)
        if noun is None or self._word(noun) not in _COINED or not self._closes(noun + 1):
            return
        if index and (self._tag(index - 1).startswith("VB") or self._tag(index - 1) == "IN"):
            yield from self._made(noun, index, index + 1)

    def _head(self, index: int) -> int | None:
        """The last noun of the chunk that begins at a token."""
        noun = None
        while self._tag(index)[:2] in {"JJ", "NN", "CD"} or self._tag(index) in {"HYPH", "VBG"}:
            if self._tag(index) in {"NN", "NNP"} and self._word(index).isalpha():
                noun = index
            index += 1
        return noun if noun is not None and noun == index - 1 else None

    def _chunk_start(self, index: int) -> int | None:
        """Where the chunk that ends at a token begins, with its article; None without one."""
        at = index - 1
        while at >= 0 and (self._tag(at)[:2] in {"JJ", "NN"} or self._tag(at) == "HYPH"):
            at -= 1
        return at if self._word(at) in _ARTICLES | {"its", "their"} else None

    def _is_fronted(self, start: int) -> bool:
        """Whether what begins there hangs on a preposition that begins the sentence."""
        at = start - 1 - (self._word(start - 1) == "the")
        return at == 0 and self._tag(at) in {"IN", "RB"}

    def _closes(self, index: int) -> bool:
        if index >= len(self._tokens):
            return True
        word = self._word(index)
        return word in _CLOSING or (self._tag(index) == "IN" and word not in {"as", "than"})
