"""What pronouns of a sentence mean. Each rule speaks only where it can be nearly sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from factcheck.claims.memory import Memory
from factcheck.claims.people import People
from factcheck.claims.phrases import (
    is_part,
    is_plural,
    is_thing,
    may_say,
    name_beside,
    phrase,
    with_article,
)
from factcheck.claims.roles import HELD
from factcheck.claims.setting import SUBJECTS, Resolution, Setting
from factcheck.claims.standalone import with_the
from factcheck.claims.syntax import Tree
from factcheck.claims.things import (
    QUANTIFIERS,
    counted,
    is_measured,
    is_result,
    is_ruled_out,
    means_nothing,
    names_body,
    owner_of_result,
    owns_nothing,
)
from factcheck.claims.verbs import SAY
from factcheck.claims.whom import Whom
from factcheck.rewriting import Edit
from index import Span

_SINGULAR = {"it": "{}", "its": "{}'s"}
_PLURAL = {"they": "{}", "their": "{}'s", "them": "{}"}
_PERSONAL = {"he": "{}", "she": "{}", "him": "{}", "his": "{}'s", "her": "{}", "hers": "{}'s"}
_FIRST = {"i": "{}", "my": "{}'s", "me": "{}"}
#: How a verb behind `I` goes on with a name.
_AGREES = {
    "am": "is", "have": "has", "do": "does", "'m": "is", "’m": "is", "'ve": "has", "’ve": "has",
}  # fmt: skip


class Pronouns:
    """Reads a sentence's pronouns against what the article has spoken of."""

    def __init__(self, people: People, memory: Memory) -> None:
        self._people = people
        self._memory = memory
        self.kept = (False, False)
        self.acted: str | None = None
        self.meant: list[str] = []
        self._whom = Whom(people, memory)
        self._named: Mapping[int, str] = {}

    def resolve(
        self, setting: Setting, tree: Tree, named: Mapping[int, str]
    ) -> Iterator[Resolution]:
        """The edits of the pronouns, in order; of several for the same the subject is the first.

        `named` says which name a noun, by where it begins, has been read as.
        """
        self._named = self._whom.named = named
        found = list(self._all(setting, tree))
        anchors: dict[str, Span] = {}
        starts = {t.start for t in tree.tokens if t.relation in SUBJECTS}
        for each in sorted(found, key=lambda one: one.edit.span.start not in starts):
            if each.name:
                anchors.setdefault(each.name, each.edit.span)
        people = [(self._memory.person_at(setting, s.start), s) for s in setting.parse.people]
        for each in found:
            anchor = next(
                (s for name, s in people if name == each.name and s.end < each.edit.span.start),
                anchors.get(each.name),
            )
            yield replace(each, same_as=anchor) if anchor and anchor != each.edit.span else each

    def _all(self, setting: Setting, tree: Tree) -> Iterator[Resolution]:
        self.kept = (False, False)
        self.acted = None
        self.meant = []
        for index, token in enumerate(tree.tokens):
            if token.tag not in {"PRP", "PRP$"} and token.text.lower() not in _PERSONAL:
                continue
            word = token.text.lower()
            if word in _FIRST:
                yield from self._first_person(setting, tree, index)
            elif word in _PERSONAL:
                yield from self._person(setting, tree, index)
            elif word in _SINGULAR:
                yield from self._thing(setting, tree, index)
            elif word in _PLURAL:
                yield from self._group(setting, tree, index)

    def _first_person(self, setting: Setting, tree: Tree, index: int) -> Iterator[Resolution]:
        token = tree.tokens[index]
        word, speaker = token.text.lower(), setting.first_person(token.start)
        if not speaker:
            return
        shown = _owner(_FIRST[word], with_the(speaker))
        yield Resolution(Edit(_span(tree, index), shown))
        if word == "i" and (verb := _verb_of(tree, index)) is not None:
            span = _span(tree, verb)
            gap = "" if span.start > token.end else " "
            agreed = gap + third_person(tree.tokens[verb].text)
            yield Resolution(Edit(span, agreed))

    # People

    def _person(self, setting: Setting, tree: Tree, index: int) -> Iterator[Resolution]:
        token = tree.tokens[index]
        owns = token.tag == "PRP$"
        name = self._whom.meant(setting, tree, index)
        is_main = tree.tokens[token.head].relation in {"ROOT", "conj"}
        if name and is_main and token.relation in SUBJECTS and not setting.is_quoted(token.start):
            self.acted = self.acted or name
        if name:
            self.meant.append(name)
            pattern = "{}'s" if owns else _PERSONAL[token.text.lower()]
            yield Resolution(Edit(_span(tree, index), pattern.format(name)), name, gloss=name)

    # Things

    def _thing(self, setting: Setting, tree: Tree, index: int) -> Iterator[Resolution]:
        token = tree.tokens[index]
        if setting.is_quoted(token.start) or means_nothing(tree, index):
            return
        words = self._subject_before(setting, tree, index, plural=False)
        again = words is None
        is_object = token.relation not in {*SUBJECTS, "poss"}
        if words == "" or (is_object and (words or is_measured(tree, index))):
            return  # what its own sentence does it to, or so much of it, is mostly something else
        words = words or self._memory.thing
        if words and is_ruled_out(tree, index, self._memory.is_firm(words)):
            return
        if words and words in self._beside(tree, index):
            return  # `It fined the company`: somebody else did
        words = self._owning(setting, tree, index, words)
        if words:
            self.kept = (True, self.kept[1])
            self._memory.centre(words, plural=False, again=again)
            shown = _owner(_SINGULAR[token.text.lower()], self._memory.with_article(words))
            yield Resolution(Edit(_span(tree, index), shown), words)

    def _owning(self, setting: Setting, tree: Tree, index: int, words: str | None) -> str | None:
        """What a pronoun means, where what it owns tells: `its chairman`, `its profit`."""
        token = tree.tokens[index]
        had = tree.tokens[token.head].text.lower()
        if had in HELD:
            body = words if words and names_body(words) else None
            return self._memory.firm_before(setting, token.start) or body
        if owner := owner_of_result(words, tree, index):
            return owner  # `Orrin Group's profit rose. Its unit …`
        owns = token.relation == "poss"
        nothing = owns and owns_nothing(words or "", had)
        if nothing or (is_result(had) and is_result(words or "")):
            return self._memory.firm_before(setting, token.start)  # no debt's profit
        if owns and self._memory.is_of_firm(words or ""):
            return None  # `The furnace at Lunde & Sons went out`: its stoves are the firm's
        return words

    def _beside(self, tree: Tree, index: int) -> list[str]:
        """The names that the other nouns of a pronoun's clause have been read as."""
        verb = tree.tokens[index].head
        if tree.tokens[index].relation not in SUBJECTS:
            return []
        below = tree.below(verb, frozenset({index}))
        return [self._named[s] for s in (tree.tokens[i].start for i in below) if s in self._named]

    def _group(self, setting: Setting, tree: Tree, index: int) -> Iterator[Resolution]:
        token = tree.tokens[index]
        if setting.is_quoted(token.start) or _is_told_of_a_part(tree, index):
            return
        again = False
        if counted(tree, index) in QUANTIFIERS:
            words = self._plural_before(setting, tree, index)
            again = words is None
            words = self._memory.plural if again else words or None
        elif token.relation in {*SUBJECTS, "poss"}:
            words = self._subject_before(setting, tree, index, plural=True)
            again = words is None
            if again and self._whom.may_be_speaker(setting):
                return  # whoever speaks may mean his own people
            words = self._memory.group if words is None else words
            says = tree.tokens[token.head].text.lower() in SAY and token.relation in SUBJECTS
            if words and says and not may_say(words, plural=True):
                return
        else:
            return
        if words:
            self.kept = (self.kept[0], True)
            self._memory.centre(words, plural=True, again=again)
            pattern = _PLURAL[token.text.lower()]
            yield Resolution(Edit(_span(tree, index), _owner(pattern, words)), words)

    def _plural_before(self, setting: Setting, tree: Tree, index: int) -> str | None:
        """What is spoken of as many before in the sentence, the last first; "" for one unclear."""
        counted = tree.tokens[tree.tokens[index].head].head
        unclear = None
        for other in range(index - 1, -1, -1):
            noun = tree.tokens[other]
            if other == counted or noun.tag != "NNS":
                continue
            if noun.relation not in {*SUBJECTS, "dobj", "attr", "conj"}:
                unclear = ""
            elif is_thing(tree, other):
                words = phrase(setting.text, tree, other)
                return with_article(words) if words else ""
        return unclear

    def _subject_before(self, setting: Setting, tree: Tree, index: int, plural: bool) -> str | None:
        """The subject before in the sentence; "" where the pronoun's own verb has it already."""
        token = tree.tokens[index]
        for other in range(index - 1, -1, -1):
            noun = tree.tokens[other]
            if not noun.tag.startswith("NN") or not (
                noun.relation in SUBJECTS or _is_announced(tree, other)
            ):
                continue
            either = noun.tag == "NNPS"  # `the Health Workers balloted its members`
            if self._memory.person_at(setting, noun.start):
                continue
            if is_plural(tree, other) is not plural and not either:
                continue
            if not is_thing(tree, other):
                continue
            same = _same_clause(tree, index, noun.head)
            if token.tag == "PRP$" and same:
                return ""
            if token.relation not in {*SUBJECTS, "poss"} and same:
                continue  # or it would be `itself`
            words = self._memory.phrase(setting, tree, other)
            known = self._named.get(noun.start) or name_beside(setting.text, tree, other)
            return known or words
        return None


def _is_told_of_a_part(tree: Tree, index: int) -> bool:
    """Whether those are meant who were asked: `A quarter said they had lost a crop`."""
    return any(
        token.relation in SUBJECTS
        and is_part(token)
        and token.head < index
        and tree.tokens[token.head].text.lower() in SAY
        for token in tree.tokens[:index]
    )


def _is_announced(tree: Tree, index: int) -> bool:
    """Whether a noun is named first as what the sentence is of: `As for the review, it cost …`."""
    head = tree.tokens[index].head
    return head == 1 and [t.text.lower() for t in tree.tokens[:2]] == ["as", "for"]


def _verb_of(tree: Tree, index: int) -> int | None:
    """The verb that agrees with `I`, if it would have another form behind a name."""
    verb = tree.tokens[index].head
    forms = [c for c in tree.children[verb] if tree.tokens[c].relation in {"aux", "auxpass"}]
    for option in [*forms, verb]:
        token = tree.tokens[option]
        if token.tag == "VBP" or token.text.lower() in _AGREES:
            return option if option > index else None
        if option in forms and token.tag in {"MD", "VBD", "VBZ"}:
            return None
    return None


def third_person(verb: str) -> str:
    """`promise` → `promises`, `’ve` → `has`."""
    lowered = verb.lower()
    if lowered in _AGREES:
        return _AGREES[lowered]
    if lowered.endswith(("s", "sh", "ch", "x", "o")):
        return f"{verb}es"
    if lowered.endswith("y") and lowered[-2:-1] not in set("aeiou"):
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _span(tree: Tree, index: int) -> Span:
    return Span(tree.tokens[index].start, tree.tokens[index].end)


def _owner(pattern: str, words: str) -> str:
    """A phrase with its ending: `ferries` → `ferries'`."""
    if pattern == "{}'s" and words.endswith("s"):
        return f"{words}'"
    return pattern.format(words)


def _same_clause(tree: Tree, index: int, verb: int) -> bool:
    """Whether a token hangs on a verb with no other clause between."""
    for _ in range(12):
        head = tree.tokens[index].head
        if head == verb:
            return True
        if head == index or tree.tokens[head].relation in {
            "ccomp",
            "advcl",
            "relcl",
            "conj",
            "ROOT",
        }:
            return False
        index = head
    return False
