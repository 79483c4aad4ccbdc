"""Of whom or what a relative clause tells, which the grammar hangs on the nearest noun.

`A club founded by Ida Roe, which had 40 members` is not Ida Roe, nor is `a report by the agency,
which came out in May` the agency.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.claims.lexicon import CALENDAR, COMPANIES, ORGANISATIONS
from factcheck.claims.phrases import PEOPLE
from factcheck.claims.syntax import Tree
from index import Span

#: What is published, who by, and how that is said.
_TEXTS = frozenset(
    """
    report study survey paper book article statement letter review analysis poll bulletin audit
    """.split()
)
#: What stands at a place and is spoken of by it.
_SITES = frozenset(
    """
    school hospital works plant factory mine church station museum prison college centre mill yard
    base clinic reservoir dam quarry depot hotel farm laboratory refinery brewery airport
    """.split()
)
_BY = frozenset(["by", "from", "of"])
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_PUBLISHED = frozenset(["published", "released", "issued", "printed", "leaked"])
#: A phrase that begins so is itself told of something: `whose brother Anders, who`.
_ASKING = {"WP$", "WP", "WDT"}
#: Where a noun stands for itself, and on no other.
_RULING = {"nsubj", "nsubjpass", "csubj", "expl", "dobj", "attr", "ROOT"}
#: Marks before what is set off.
OPENS = {",", "–", "—", "("}


class Antecedents:
    """Finds what the relative clauses of one sentence tell of."""

    def __init__(self, tree: Tree, people: Sequence[Span]) -> None:
        self._tree = tree
        self._tokens = tree.tokens
        self._people = people

    def words(self, noun: int, verb: int, pronoun: str) -> tuple[int, ...] | None:
        """The tokens of what a relative clause behind a noun tells of; None where it is unclear.

        `verb` is the clause's own, and `pronoun` its word, in small letters: `which`.
        """
        told = self._told_of(noun, verb, pronoun)
        if told is None:
            return None
        is_name = told != noun and told == self._named(noun)
        stops = frozenset({verb, noun} if is_name else {verb})
        phrase = [each for each in self._tree.below(told, stops) if each < verb]
        while phrase and self._tokens[phrase[0]].relation == "punct":
            phrase = phrase[1:]  # the mark that ends a quotation before it
        if not phrase or self._tokens[phrase[0]].tag in _ASKING or self._is_cut(phrase):
            return None
        return tuple(phrase)

    def _told_of(self, noun: int, verb: int, pronoun: str) -> int | None:
        """The noun that a relative clause behind another tells of."""
        published = self._published(noun, verb)
        if published is not None:
            return published
        if pronoun == "which":
            if self._is_when(noun) and self._tree.child(verb, "attr") is None:
                passive = self._tree.child(verb, "auxpass") is not None
                # `sold it in May, which led to protests`: that it was done did
                is_told = passive or self._tokens[verb].text.lower() in {"is", "was", "are", "were"}
                return self._done_then(noun) if is_told else None
            return self._thing_told_of(noun)
        return self._somebody(noun, verb) if pronoun == "who" else self._named(noun)

    def _named(self, noun: int) -> int:
        """The name that a noun is set behind: `Ida Roe, the mayor, who has led Veld`."""
        head = self._tokens[noun].head
        behind = self._tokens[noun].relation == "appos" and self._tokens[noun].tag == "NN"
        return head if behind and self._tokens[head].tag == "NNP" else noun

    def _thing_told_of(self, noun: int) -> int | None:
        """What `which` tells of: no person (`a club founded by Ida Roe, which`), nor only where.

        `The school at Veld, which has 37 pupils`, is the school. None where no noun is.
        """
        token = self._tokens[noun]
        place = self._tokens[token.head]
        site = self._tokens[place.head]
        is_site = place.text.lower() == "at" and site.text.lower() in _SITES
        if token.relation == "pobj" and is_site:
            return place.head
        beside = (self._tokens[each].text.lower() for each in self._tree.children[noun])
        if not COMPANIES.isdisjoint(beside):  # `the retailer Hadleigh Home, which`
            return noun
        if not self._is_person(noun) or token.relation in _RULING:
            return noun
        return next((each for each in self._over(noun) if not self._is_person(each)), None)

    def _is_when(self, noun: int) -> bool:
        """Whether a noun behind a preposition only says when something was."""
        token = self._tokens[noun]
        is_time = token.text.lower() in CALENDAR or _YEAR.fullmatch(token.text) is not None
        return token.relation == "pobj" and is_time

    def _done_then(self, noun: int) -> int | None:
        """What something was done to at a time: `commissioned a study in January, which is due`."""
        doing = self._tokens[self._tokens[noun].head].head
        if self._tokens[doing].tag.startswith("NN"):
            return doing
        return self._tree.child(doing, "dobj", "nsubjpass")

    def _over(self, noun: int) -> Iterator[int]:
        """The nouns that a noun hangs on, the nearest first."""
        ties = {"appos", "pobj", "agent", "acl", "prep", "compound"}
        while self._tokens[noun].relation in ties and self._tokens[noun].head != noun:
            noun = self._tokens[noun].head
            if self._tokens[noun].tag.startswith("NN"):
                yield noun

    def _somebody(self, noun: int, verb: int) -> int:
        """Whom `who` tells of: `Vic Tarn, an analyst at Corvid, who`.

        Of `Ida Roe and Jon Lunde, who have`, it is both.
        """
        token = self._tokens[noun]
        if self._has_many(verb) and token.tag in {"NNS", "NNPS"}:
            return noun
        if token.relation == "conj" and self._has_many(verb):
            while self._tokens[noun].relation == "conj" and self._tokens[noun].head != noun:
                noun = self._tokens[noun].head
            return noun
        if self._is_person(noun) or token.text.lower() in ORGANISATIONS:
            return self._named(noun)
        somebody = next((each for each in self._over(noun) if self._is_person(each)), noun)
        return self._named(somebody)

    def _has_many(self, verb: int) -> bool:
        """Whether a verb tells that its subject is many: `who have led`."""
        forms = [verb, *(c for c in self._tree.children[verb] if c < verb)]
        return any(
            self._tokens[form].tag == "VBP" or self._tokens[form].text.lower() == "were"
            for form in forms
        )

    def _is_cut(self, phrase: Sequence[int]) -> bool:
        """Whether several are told of, with something set off between them."""
        joined = any(self._tokens[i].relation == "cc" for i in phrase)
        return joined and any(self._tokens[i].text in OPENS for i in phrase[:-1])

    def _is_person(self, noun: int) -> bool:
        """Whether a noun names somebody, or says what somebody is: `Ida Roe, a retired vet`."""
        token = self._tokens[noun]
        shown = noun if token.relation != "appos" else token.head
        named = any(
            span.start <= self._tokens[each].start < span.end
            for span in self._people
            for each in (noun, shown)
        )
        return named or token.text.lower() in PEOPLE

    def _published(self, noun: int, verb: int) -> int | None:
        """The text of a body that a clause tells of: `a report by the agency, which came out`."""
        passive = self._tree.child(verb, "auxpass") is not None
        if self._tokens[verb].text.lower() not in _PUBLISHED or not passive:
            return None
        by = self._tokens[noun].head
        if self._tokens[noun].relation != "pobj" or self._tokens[by].text.lower() not in _BY:
            return None
        text = self._tokens[by].head
        return text if self._tokens[text].text.lower() in _TEXTS else None
