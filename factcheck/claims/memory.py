"""What an article has spoken of so far: whom, what, which names, sentence by sentence.

Antecedents are sought where centering (Grosz, Joshi and Weinstein 1995) finds most of them: what a
pronoun has stood for stays in the centre; else it is the subject of the sentence before.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from factcheck.claims.census import Census, NameKind
from factcheck.claims.genders import acting_person
from factcheck.claims.lexicon import ORGANISATIONS
from factcheck.claims.people import People, bare_name
from factcheck.claims.phrases import (
    SHIPS,
    SOMEBODY,
    depends,
    is_plural,
    is_thing,
    name_beside,
    phrase,
    with_article,
)
from factcheck.claims.roles import KIN
from factcheck.claims.setting import SUBJECTS, Setting
from factcheck.claims.syntax import Tree
from factcheck.claims.verbs import SAY, UTTER
from factcheck.stretches import MONTHS

_BEFORE_PLACE = re.compile(r"\b(?:at|in|near|to|from|into|around|about) (?:the )?$")
_UNDER = re.compile(r"\b(?:under|beneath|below|above|across|along|inside|outside) (?:the )?$")
_DIRECTIONS = frozenset("north south east west".split())
#: What is none of a thing: `Not one tram has left`.
_NONE = re.compile(r"(?:not|no|few|hardly|neither)\b", re.IGNORECASE)
#: So many sentences on it is about something else.
FRESH = 2
#: A noun that the grammar makes the root is what its sentence is about: `The lido.`
_HEADS = SUBJECTS | {"ROOT"}
_CENTRAL = _HEADS | {"dobj", "attr"}


class Memory:
    """The people, things and names spoken of, as the sentences before have left them."""

    def __init__(self, census: Census, people: People) -> None:
        self._census = census
        self._people = people
        self.hero = census.hero
        self.actor: str | None = None
        self.actor_is_near = False
        self.ship: str | None = None
        self._named: deque[str] = deque(maxlen=6)
        self._acted: str | None = None
        self._meant: tuple[str, ...] = ()
        self._before: list[str] = []
        self.somebody: str | None = None
        self._thing: tuple[str, int] | None = None
        self._group: tuple[str, int] | None = None
        self.centred: set[str] = set()
        self._plural: tuple[str, int] | None = None
        self._names: list[tuple[str, NameKind]] = []
        self._organisation: str | None = None
        self._at = 0

    def turn(self) -> None:
        """A new paragraph begins."""
        self._thing = self._group = self._plural = self.ship = None
        self._organisation = None
        self._names = []
        self.centred = set()
        self.actor_is_near = False

    def leave(self) -> None:
        """Another story begins, of other people."""
        self.turn()
        self.actor = self._acted = self.somebody = None
        self._named.clear()
        self._meant, self._before = (), []

    @property
    def thing(self) -> str | None:
        """What `it` means."""
        return self._fresh(self._thing)

    @property
    def group(self) -> str | None:
        """What `they` means."""
        return self._fresh(self._group)

    @property
    def plural(self) -> str | None:
        """What `all of them` counts: what was last spoken of as many."""
        return self._fresh(self._plural, 1)

    @property
    def read(self) -> int:
        """How many sentences have been read."""
        return self._at

    def firm_before(self, setting: Setting, end: int) -> str | None:
        """What `the firm` means: the one named before in the sentence, else in the paragraph."""
        return self.firm_in(setting, end) or self._organisation

    def is_of_firm(self, words: str) -> bool:
        """Whether a phrase is of something at or of a firm, which may own what it does not."""
        noun, _, firm = words.partition(" at ")
        return bool(noun and firm) and self._census.is_body(firm)

    @property
    def place(self) -> str | None:
        """What `there` means: the last name in the paragraph that is no person's or firm's."""
        return self.last_name({NameKind.PLACE, NameKind.OTHER})

    @property
    def land(self) -> str | None:
        """What `the constituency` means: the last name in the paragraph that is no building's."""
        names = [name for name, kind in self._names if kind is not NameKind.ORGANISATION]
        fitting = (
            n for n in reversed(names) if n.rsplit(maxsplit=1)[-1].lower() not in ORGANISATIONS
        )
        return next(fitting, None)

    @property
    def people(self) -> Iterator[str]:
        """People spoken of, those first that are most likely meant by `she`."""
        near = [self.actor] if self.actor and self.actor_is_near else []
        known = [self._acted, *self._meant, *near, self.hero, *self._before, self.actor]
        known += reversed(self._named)
        if self.hero and self._people.gender(self.hero) and not self._people.gender(known[0] or ""):
            known.insert(0, self.hero)
        yield from filter(None, known)

    def last_name(self, kinds: set[NameKind]) -> str | None:
        """The name of one of the kinds that the paragraph has named last."""
        return next((name for name, kind in reversed(self._names) if kind in kinds), None)

    def centre(self, phrase_meant: str, plural: bool, again: bool) -> None:
        """A pronoun has stood for a phrase, which stays what the text is about.

        `again` says that the phrase is one of a sentence before.
        """
        if again:
            self.centred.add(phrase_meant)
        if plural:
            self._group = (phrase_meant, self._at)
        else:
            self._thing = (phrase_meant, self._at)

    def remember(
        self,
        setting: Setting,
        kept: tuple[bool, bool],
        named: Mapping[int, str],
        acted: str | None = None,
        meant: Sequence[str] = (),
    ) -> None:
        """A sentence has been read, in which `acted` is whom a pronoun as its subject means.

        `meant` is whom its pronouns mean, in order.

        `kept` says whether a pronoun in it was `it`, and `they`, and `named` which name a noun, by
        where it begins, has been read as.
        """
        tree = Tree(setting.parse)
        self._at += 1
        people = (self._people.find(span.of(setting.text)) for span in setting.parse.people)
        self._before = [name for name in people if name][::-1]
        self._acted = self._acting(setting, tree, named) or acted or self._presented(setting, tree)
        if acted:
            self.actor, self.actor_is_near = acted, True
        self._meant = tuple(meant)
        self.somebody = None if self._acted else _somebody(tree)
        self._remember_names(setting, named.values())
        order = sorted(range(len(tree.tokens)), key=lambda index: _is_main(tree, index))
        for index in order:  # the last is kept
            token = tree.tokens[index]
            if setting.is_quoted(token.start) or token.relation not in _CENTRAL:
                continue
            if self._remember_person(setting, tree, index):
                continue
            words = named.get(token.start) or self._words(setting, tree, index)
            if words and not depends(words):
                self._remember_thing(tree, index, words, kept)
        if kept[0] and self._thing:
            self._thing = (self._thing[0], self._at)
        elif self._thing and self._thing[1] < self._at and self._names_another(setting):
            self._thing = None  # either may be meant
        if kept[1] and self._group:
            self._group = (self._group[0], self._at)

    def _words(self, setting: Setting, tree: Tree, index: int) -> str | None:
        """What a noun stands for: the name beside it, else its phrase; None for no thing."""
        if not is_thing(tree, index):
            return None
        return name_beside(setting.text, tree, index) or self.phrase(setting, tree, index)

    def phrase(self, setting: Setting, tree: Tree, index: int) -> str | None:
        """The phrase of a noun as it stands inside a sentence, its name with its capital."""
        words = phrase(setting.text, tree, index)
        first, _, rest = (words or "").partition(" ")
        if rest and first in MONTHS:
            words = rest  # `In February Veld council voted`
        capital = words and words[:1].upper() + words[1:]
        if words and capital and self._census.names_in(capital.split(maxsplit=1)[0]):
            return capital  # `Sollund said`, which the tagger takes for an adjective
        return words

    def _names_another(self, setting: Setting) -> bool:
        """Whether a sentence names something that is not what `it` has meant."""
        meant = self._thing[0] if self._thing else ""
        names = self._census.names_in(setting.text)
        return any(name.kind is not NameKind.PERSON and name.text not in meant for name in names)

    def _acting(self, setting: Setting, tree: Tree, named: Mapping[int, str]) -> str | None:
        """Who a sentence names as the one who acts; in an obituary nobody who is only quoted."""
        span = acting_person(tree, setting.parse.people)
        nouns = (named.get(t.start) for t in tree.tokens if t.relation in SUBJECTS)
        person = (
            self._people.find(span.of(setting.text))
            if span
            else next((self._people.find(noun) for noun in nouns if noun), None)
        )
        if not self.hero:
            return person
        quoted_only = person and person == setting.speaker
        return None if quoted_only or self._is_kin(setting, tree, person) else person

    def _is_kin(self, setting: Setting, tree: Tree, person: str | None) -> bool:
        """Whether who acts is presented as a relative of the one it is all about."""
        return any(
            token.relation in SUBJECTS
            and token.text.lower() in KIN
            and person is not None
            and self._in_apposition(setting, tree, index) == person
            for index, token in enumerate(tree.tokens)
        )

    def _presented(self, setting: Setting, tree: Tree) -> str | None:
        """The one person of a sentence, where it presents him: `remembered by a pensioner, Hadar`.

        An obituary presents people beside the one whom it is about.
        """
        if self.hero or len(set(self._before)) != 1:
            return None
        for index, token in enumerate(tree.tokens):
            agent = token.relation == "pobj" and tree.tokens[token.head].relation == "agent"
            behind = token.relation in {"appos", "attr"}
            if (agent or behind) and (person := self.person_at(setting, tree.tokens[index].start)):
                return person
        return None

    def _remember_names(self, setting: Setting, meant: Iterable[str]) -> None:
        for span in setting.parse.people:
            person = self._people.find(span.of(setting.text))
            if person:
                self._named.append(person)
        named = self._census.names_in(setting.text)
        for name in [*named, *self._census.named_so(meant)]:
            if name.kind is not NameKind.PERSON and not self._is_nowhere(setting, name.text):
                self._names.append((name.text, name.kind))
        self._names += [(name, NameKind.PLACE) for name in self.places_in(setting.text)]
        if any(
            _UNDER.search(setting.text[max(0, s.start - 12) : s.start])
            for s in setting.parse.people
        ):
            self._names.append(("", NameKind.PLACE))  # one that is taken for a person's
        self._organisation = self.firm_in(setting, len(setting.text)) or self._organisation

    def _is_nowhere(self, setting: Setting, name: str) -> bool:
        """Whether a name is a direction's, or has somebody's in it: `Commissioner Ida Roe`."""
        people = (span.of(setting.text) for span in setting.parse.people)
        return name.lower() in _DIRECTIONS or any(person in name for person in people)

    def _remember_person(self, setting: Setting, tree: Tree, index: int) -> bool:
        person = self.person_at(setting, tree.tokens[index].start)
        if not person and tree.tokens[index].relation in SUBJECTS:
            person = self._in_apposition(setting, tree, index)
        if person and tree.tokens[index].relation in SUBJECTS:
            is_main = tree.tokens[tree.tokens[index].head].relation in {"ROOT", "conj"}
            # who is only quoted is not who the text is about
            only_quoted = person == setting.speaker and (setting.quoted or self.hero)
            if is_main and not only_quoted:
                self.actor, self.actor_is_near = person, True
            elif not self.actor:
                self.actor = person
        return person is not None

    def _in_apposition(self, setting: Setting, tree: Tree, index: int) -> str | None:
        """The person whom a noun presents: `A track worker, Hamish Obuya, had noticed`."""
        behind = (c for c in tree.children[index] if tree.tokens[c].relation == "appos")
        found = (self.person_at(setting, tree.tokens[child].start) for child in behind)
        return next((person for person in found if person), None)

    def _remember_thing(self, tree: Tree, index: int, words: str, kept: tuple[bool, bool]) -> None:
        if self._people.find(words) == words or _NONE.match(words):
            return
        token = tree.tokens[index]
        plural = is_plural(tree, index)
        if plural:
            self._plural = (with_article(words), self._at)
        stands_there = token.relation == "attr" and _is_existential(tree, index)
        if (token.relation not in _HEADS and not stands_there) or _is_joined(tree, index):
            return
        beside = (c for c in tree.children[index] if tree.tokens[c].relation == "appos")
        if any(tree.tokens[each].text.lower() in SHIPS for each in (index, *beside)):
            self.ship = words
        if plural and not kept[1]:
            self._group = (words, self._at)
        elif not plural and not kept[0]:
            self._thing = (words, self._at)

    def with_article(self, words: str) -> str:
        """A name with the article that goes with it: `the Council of Ten`."""
        return f"the {words}" if self._census.takes_the(words) else words

    def places_in(self, text: str) -> list[str]:
        """The names in a text that it uses as places: `at Delvik`."""
        found = []
        for name in self._census.names_in(text):
            at = text.find(name.text)
            placed = at > 0 and _BEFORE_PLACE.search(text[max(0, at - 12) : at])
            if name.kind is NameKind.PLACE or (placed and name.kind is not NameKind.PERSON):
                found.append(name.text)
        return found

    def firm_in(self, setting: Setting, end: int) -> str | None:
        """The organisation that a sentence, up to `end`, is about.

        That is its subject, or what its subject belongs to, or what its subject is said to be.
        """
        tree = Tree(setting.parse)
        found = None
        for index, token in enumerate(tree.tokens):
            if token.start >= end or setting.is_quoted(token.start):
                continue
            owns = token.relation == "poss" and tree.tokens[token.head].relation in SUBJECTS
            if not (owns or token.relation in _HEADS or token.relation == "attr"):
                continue
            words = phrase(setting.text, tree, index) or ""
            for name in self._census.names_in(words):
                if name.kind is NameKind.ORGANISATION:
                    found = name.text
        return found

    def is_firm(self, words: str) -> bool:
        """Whether a phrase is, or has, the name of an organisation."""
        names = self._census.names_in(words)
        return any(name.kind is NameKind.ORGANISATION for name in names)

    def person_at(self, setting: Setting, start: int) -> str | None:
        """The person whose name stands at `start`."""
        for span in setting.parse.people:
            if span.start <= start < span.end:
                return self._people.find(span.of(setting.text)) or bare_name(span.of(setting.text))
        return None

    def _fresh(self, held: tuple[str, int] | None, limit: int = FRESH) -> str | None:
        return held[0] if held and self._at - held[1] < limit else None


def _somebody(tree: Tree) -> str | None:
    """The noun for somebody without a name who acts in a sentence: `The driver survived`."""
    for token in tree.tokens:
        is_main = tree.tokens[token.head].relation in {"ROOT", "conj"}
        if token.relation in SUBJECTS and is_main:
            return token.text if token.tag == "NN" and token.text.lower() in SOMEBODY else None
    return None


def _is_main(tree: Tree, index: int) -> bool:
    """Whether a subject is what its sentence states something of.

    Not one of a side clause, nor who says the whole: `A stone is a meteorite, the museum said`.
    """
    verb = tree.tokens[index].head
    if tree.tokens[index].relation not in SUBJECTS:
        return False
    says = tree.tokens[verb].text.lower() in SAY | UTTER
    if tree.tokens[verb].relation in {"ROOT", "conj"}:
        return not (says and tree.child(verb, "ccomp") is not None)
    said = tree.tokens[tree.tokens[verb].head].text.lower() in SAY | UTTER
    return tree.tokens[verb].relation == "ccomp" and said


def _is_joined(tree: Tree, index: int) -> bool:
    """Whether a subject is the last of several: `Ida Roe and two colleagues described it`."""
    first = min([index, *tree.children[index]])
    joint = tree.tokens[first - 1] if first else None
    if joint is None or joint.text.lower() not in {"and", "or"}:
        return False
    return tree.tokens[joint.head].tag.startswith("NN")


def _is_existential(tree: Tree, index: int) -> bool:
    """Whether the noun is what there is: `There is the rent cap`."""
    verb = tree.tokens[index].head
    return any(tree.tokens[child].relation == "expl" for child in tree.children[verb])
