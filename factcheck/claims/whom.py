"""Whom `he` and `she` mean: a person that the article has named, where that is nearly sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from factcheck.claims.genders import acting_person
from factcheck.claims.memory import Memory
from factcheck.claims.people import People
from factcheck.claims.phrases import SHIPS, SOMEBODY
from factcheck.claims.setting import SUBJECTS, Setting, of_person
from factcheck.claims.syntax import Tree
from factcheck.claims.verbs import SAY, UTTER

#: Whoever these are, `his` and `her` behind them are theirs.
_ANYBODY = frozenset(
    "anybody anyone somebody someone everybody everyone nobody each none one whoever".split()
)
#: Whoever does so does it to what is his own.
_LOSE = frozenset(
    """
    lose loses lost losing risk risks risked hurt hurts injured broke breaks sprained twisted resign
    resigns resigned shook shakes clenched
    """.split()
)
#: Whom somebody who has died leaves.
_HEIRS = frozenset(
    """
    daughter daughters son sons child children grandchild grandchildren wife husband widow widower
    partner sister sisters brother brothers
    """.split()
)
_STYLES = frozenset("Majesty Highness Holiness Honour Honor Excellency Eminence Grace".split())
#: What a ship is compared with.
_LIKE_A_SHIP = re.compile(
    rf"\b(?:like|than|as) (?:an?|any|the)(?: \w+)? (?:{'|'.join(sorted(SHIPS))})\b"
)


class Whom:
    """Reads who a pronoun for a person means.

    `named` says which name a noun of the sentence, by where it begins, has been read as.
    """

    def __init__(self, people: People, memory: Memory) -> None:
        self._people = people
        self._memory = memory
        self.named: Mapping[int, str] = {}

    def meant(self, setting: Setting, tree: Tree, index: int) -> str | None:
        """The person whom the pronoun at `index` means, None where it is not certain."""
        gender = of_person(tree, index)
        if known := self._plain(setting, tree, index, gender):
            return known
        token = tree.tokens[index]
        quoted = setting.is_quoted(token.start)
        if quoted and gender == "she" and _LIKE_A_SHIP.search(setting.text):
            return self._memory.ship  # `“She handles like a younger boat,” the captain said`
        if quoted and not self._begins_quotation(setting, tree, index):
            return None  # it may mean somebody in the same words
        if self._is_nobody_known(setting, tree, index) or self._is_own(setting, tree, index):
            return None
        itself = self._own_subject(setting, tree, index)
        # who speaks says `I`, and who acts on himself `himself`
        apart = {itself, setting.speaker if quoted else None}
        found = [name for name in self._candidates(setting, tree, index) if name not in apart]
        return self._people.choose(found, gender)

    def _plain(self, setting: Setting, tree: Tree, index: int, gender: str) -> str | None:
        """Who speaks, the ship that sails, or who has died and leaves a family."""
        if self._says(tree, index) and self.may_be_speaker(setting):
            return setting.speaker
        if gender == "she" and self._memory.ship and not setting.parse.people:
            return self._memory.ship
        hero = self._memory.hero
        is_left = _is_left(tree, index)
        return hero if hero and is_left and self._people.accepts(hero, gender) else None

    def _is_nobody_known(self, setting: Setting, tree: Tree, index: int) -> bool:
        """Whether it may be somebody without a name, who acts here or has in the sentence before.

        `A man fell from his ladder`; `The driver survived. He …`.
        """
        for other, token in enumerate(tree.tokens[:index]):
            word = token.text.lower()
            if token.relation in SUBJECTS and word in _ANYBODY:
                return True
            if token.relation in SUBJECTS and token.tag == "NN" and word in SOMEBODY:
                articles = (tree.tokens[child].text.lower() for child in tree.children[other])
                near = tree.span([other, *(c for c in tree.children[other] if c > other)]).end + 4
                named = any(token.start < span.start <= near for span in setting.parse.people)
                is_known = named or token.start in self.named
                if not is_known and {"a", "an", "another", "no", "every", "the"} & set(articles):
                    return True
        known = setting.parse.people or self._memory.hero
        return self._memory.somebody is not None and not known

    def _is_own(self, setting: Setting, tree: Tree, index: int) -> bool:
        """Whether `his` is a title's, or whoever's who does it: `the caretaker lost his life`.

        Nobody else can have, as against `the court turned down his appeal`.
        """
        had = tree.tokens[tree.tokens[index].head]
        if tree.tokens[index].relation != "poss" or had.text in _STYLES:
            return had.text in _STYLES
        subject = tree.child(had.head, *SUBJECTS) if had.relation == "dobj" else None
        if subject is None or tree.tokens[had.head].text.lower() not in _LOSE:
            return False
        start = tree.tokens[subject].start
        return tree.tokens[subject].tag == "NN" and not self._memory.person_at(setting, start)

    def _begins_quotation(self, setting: Setting, tree: Tree, index: int) -> bool:
        token = tree.tokens[index]
        before = [span for span in setting.quoted if span.start < token.start < span.end]
        return token.relation in SUBJECTS and any(token.start - s.start <= 2 for s in before)

    def _own_subject(self, setting: Setting, tree: Tree, index: int) -> str | None:
        """Who the subject of the verb is whose object the pronoun is: not whom it means."""
        token = tree.tokens[index]
        if token.relation in {*SUBJECTS, "poss"}:
            return None
        verb = token.head
        if tree.tokens[verb].relation in {"prep", "dative"}:
            verb = tree.tokens[verb].head
        subject = tree.child(verb, *SUBJECTS)
        if subject is None:
            return None
        if tree.tokens[subject].text.lower() != "who":
            return self._memory.person_at(setting, tree.tokens[subject].start)
        before = [s for s in setting.parse.people if s.end <= tree.tokens[subject].start]
        return self._memory.person_at(setting, before[-1].start) if before else None

    def _says(self, tree: Tree, index: int) -> bool:
        token = tree.tokens[index]
        verb = tree.tokens[token.head]
        return token.relation in SUBJECTS and verb.text.lower() in SAY | UTTER

    def may_be_speaker(self, setting: Setting) -> bool:
        """Whether whoever speaks is a person that is known, and no host."""
        speaker = setting.speaker
        return bool(speaker and speaker != setting.host and self._people.find(speaker))

    def _candidates(self, setting: Setting, tree: Tree, index: int) -> Iterator[str]:
        start = tree.tokens[index].start
        subjects, others = [], []
        acting = acting_person(tree, setting.parse.people, setting.quoted)
        for at, token in enumerate(tree.tokens):
            if token.start >= start:
                break
            person = self._memory.person_at(setting, token.start)
            acts = acting is not None and acting.start <= token.start < acting.end
            acts = acts or token.relation in SUBJECTS or _conjoined_subject(tree, at)
            if person and (acts or _beside_subject(tree, at)):
                subjects.append(person)
            elif person and person not in subjects:
                others.append(person)
        yield from reversed(subjects)
        yield from self._owner_of_subject(setting, tree, index)
        if not subjects and self.may_be_speaker(setting) and _is_reported(tree, index):
            yield setting.speaker or ""
        hero = self._memory.hero
        if hero and hero not in others:
            others.insert(0, hero)  # the nearest first, and last the one it is all about
        # `I wrote to the director, Ida Roe, and she told me`
        is_mine = any(
            token.relation in SUBJECTS and token.text.lower() in {"i", "we"}
            for token in tree.tokens[:index]
        )
        if tree.tokens[index].relation in SUBJECTS and not is_mine:
            yield from self._memory.people
            yield from reversed(others)
        else:
            yield from reversed(others)
            yield from self._memory.people

    def _owner_of_subject(self, setting: Setting, tree: Tree, index: int) -> Iterator[str]:
        """Whose the subject is before a pronoun: `Roe’s car was near, and he had told them so`."""
        for token in tree.tokens[:index]:
            if token.relation == "poss" and tree.tokens[token.head].relation in SUBJECTS:
                person = self._memory.person_at(setting, token.start)
                if person and token.head < index:
                    yield person


def _is_left(tree: Tree, index: int) -> bool:
    """Whether it is told who outlives somebody: `She leaves a daughter`, `He is survived by`."""
    verb = tree.tokens[index].head
    word = tree.tokens[verb].text.lower()
    left = tree.child(verb, "dobj")
    kin = {tree.tokens[each].text.lower() for each in tree.below(left)} if left else set()
    leaves = word in {"leaves", "left"} and bool(kin & _HEIRS)
    return tree.tokens[index].relation in SUBJECTS and (word == "survived" or leaves)


def _is_reported(tree: Tree, index: int) -> bool:
    """Whether a token stands in what is said: `The report did not surprise her, says Ida Roe`."""
    for _ in range(12):
        token = tree.tokens[index]
        says = tree.tokens[token.head].text.lower() in SAY | UTTER
        if token.relation in {"ccomp", "parataxis"} and says:
            return True
        if token.head == index:
            return False
        index = token.head
    return False


def _conjoined_subject(tree: Tree, index: int) -> bool:
    token = tree.tokens[index]
    return token.relation == "conj" and tree.tokens[token.head].relation in SUBJECTS


def _beside_subject(tree: Tree, index: int) -> bool:
    """Whether a name is set beside a subject: `because the first choice, Ida Roe, had hurt`."""
    token = tree.tokens[index]
    return token.relation == "appos" and tree.tokens[token.head].relation in SUBJECTS
