"""What `the company`, `the mayor` or `the city` means: a name that the article has given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.claims.census import COMPANIES, ORGANISATIONS, Census
from factcheck.claims.memory import Memory
from factcheck.claims.people import People
from factcheck.claims.setting import Resolution, Setting
from factcheck.claims.syntax import Tree
from factcheck.rewriting import Edit
from index import Span

#: What belongs to a place that is not named with it.
_LOCAL = frozenset(
    "council port harbour harbor airport mayor station hospital court market".split()
)
_SETTLEMENTS = frozenset("town city village island county region province municipality".split())
#: Stretches of land: the last that was named.
_DISTRICTS = frozenset("constituency seat".split())
_OWNS = re.compile(r"['’]s?(?=\s)")
_TELLING = frozenset("of in that which who where".split())


class Definites:
    """Reads a sentence's definite nouns against the names of the article."""

    def __init__(self, census: Census, people: People, memory: Memory) -> None:
        self._census = census
        self._people = people
        self._memory = memory

    def resolve(self, setting: Setting, tree: Tree) -> Iterator[Resolution]:
        """The edits, in order."""
        for index, token in enumerate(tree.tokens):
            if token.tag not in {"NN", "NNS"}:
                continue
            first = _article_of(tree, index)
            if first is None or _is_specified(tree, index):
                continue
            span = Span(tree.tokens[first].start, token.end)
            name = self._meant(token.text.lower(), setting, span)
            if name:
                if self._census.takes_the(name):
                    name = f"{'The' if span.start == 0 else 'the'} {name}"
                owns = _OWNS.match(setting.text, token.end)
                end = owns.end() if owns else token.end
                ending = ("’" if name.endswith("s") else "’s") if owns else ""
                bare_name = name[4:] if name[:4].lower() == "the " else name
                yield Resolution(Edit(Span(span.start, end), name + ending), bare_name, gloss=name)

    def _meant(self, noun: str, setting: Setting, span: Span) -> str | None:
        person = self._people.with_role(noun)
        if person and noun not in ORGANISATIONS:
            return person
        is_alone = " " not in span.of(setting.text)[4:].strip()  # `the new bridge` may be another
        if is_alone and (name := self._census.named(noun)):
            return name if name not in setting.text else None
        if noun in COMPANIES and (firm := self._firm(setting, span)):
            return firm
        if noun in _DISTRICTS and (named := self._memory.land):
            return named
        return self._local(noun, setting, span)

    def _local(self, noun: str, setting: Setting, span: Span) -> str | None:
        """The article's place, or what belongs to it: `the Lindhaven council`."""
        place = self._census.place
        if place and noun in _SETTLEMENTS:
            return place
        if noun in _LOCAL and place and place not in setting.text:
            return f"the {place} {span.of(setting.text)[4:]}"
        return None

    def _firm(self, setting: Setting, span: Span) -> str | None:
        """The firm named before in the sentence, else in the paragraph, else the article's own."""
        before = self._memory.firm_in(setting, span.start)
        return before or self._memory.organisation or self._census.firm


def _article_of(tree: Tree, index: int) -> int | None:
    """The token of `the` before a noun, with an adjective at most between."""
    first = index - 1
    while (
        first >= 0
        and tree.tokens[first].head == index
        and tree.tokens[first].relation in {"compound", "amod"}
    ):
        if tree.tokens[first].text[:1].isupper():
            return None
        first -= 1
    if first < 0 or tree.tokens[first].text.lower() != "the" or tree.tokens[first].head != index:
        return None
    return first if index - first <= 2 else None


def _is_specified(tree: Tree, index: int) -> bool:
    """Whether the phrase says itself which one it means, or is part of a longer noun."""
    if tree.tokens[index].relation in {"compound", "attr"}:
        return True
    for child in tree.children[index]:
        relation = tree.tokens[child].relation
        if relation in {"relcl", "appos", "acl"}:
            return True
        if relation == "prep" and child > index and tree.tokens[child].text.lower() in _TELLING:
            return True
    return False
