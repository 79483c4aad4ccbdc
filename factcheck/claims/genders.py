"""Whether a person is `he` or `she`, as far as the article tells.

A title or a kinship says it, a pronoun where nobody else can be meant, and a given name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from factcheck.claims.given import given_names
from factcheck.claims.setting import SUBJECTS, of_person
from factcheck.claims.syntax import Parse, Tree
from factcheck.spans import overlaps
from index import Span

_CALLINGS = (
    "business|police|fire|fisher|sales|post|fore|alder|congress|gentle|sports|camera|crafts|clergy|"
    "noble|lay|show|states|council|work|service"
)
_NOUNS = {
    "she": (
        "wife|widow|mother|daughter|sister|grandmother|aunt|niece|stepmother|woman|girl|actress|"
        rf"heiress|duchess|princess|queen|countess|nun|schoolgirl|headmistress|(?:{_CALLINGS})woman"
    ),
    "he": (
        "husband|widower|father|son|brother|grandfather|uncle|nephew|stepfather|man|boy|duke|prince|"
        rf"king|monk|schoolboy|headmaster|(?:{_CALLINGS})man"
    ),
}
_TITLES = {
    "she": "Mrs|Ms|Miss|Dame|Lady|Madam|Madame|Baroness|Queen|Princess|Countess|Duchess",
    "he": "Mr|Sir|Lord|King|Prince|Baron|Count|Duke|Father|Pope",
}
#: `Mrs Roe`, `his wife Ana Roe`, `his wife is Ana Roe`, `his wife, Ana Roe,`: behind a comma the
#: name must end as an apposition does, or it begins something else.
_BEFORE = {
    gender: re.compile(
        rf"(?:\b(?:{_TITLES[gender]})\.? |\b(?i:{_NOUNS[gender]})(?: (?:is |was )?|(?P<comma>, )))$"
    )
    for gender in _TITLES
}
_ENDS = re.compile(r"[,.;:)]|$")
_BEHIND = {
    gender: re.compile(
        r",? (?:who (?:is|was) )?(?:an?|the|his|her|their) (?:[a-z-]+ ){0,2}"
        rf"(?:{_NOUNS[gender]})(?=[,.;:]|$| (?:of|from|in|at|and|who|with)\b)"
    )
    for gender in _NOUNS
}
_TITLED = {gender: re.compile(rf"(?:{titles})\.? ") for gender, titles in _TITLES.items()}
#: What a title or a kinship counts beside a pronoun, and by how much one must outweigh the other.
_SAID, _CLEARLY = 4, 2
#: And a given name: in `Marcus Roe, prosecuting, said she had lied` the pronoun is another's.
_PRESUMED = 2
#: A title stands no further before its name.
_LOOKED_BACK = 24


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence: its words, their grammar, its quotations, and the number of its paragraph."""

    words: str
    parse: Parse
    quoted: tuple[Span, ...]
    block: int


def find_genders(sentences: Iterable[Told], find: Callable[[str], str | None]) -> dict[str, str]:
    """`he` or `she` for the people of the sentences; `find` gives a name's person."""
    presumed: dict[str, str] = {}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    before: tuple[int, str | None] = (-1, None)
    for each in sentences:
        people = [(span, find(span.of(each.words))) for span in each.parse.people]
        named = {person for _, person in people if person}
        for person in named - presumed.keys():
            presumed[person] = given_names().get(person.split()[0], "") if " " in person else ""
        for span, found in people:
            if found and (said := _said(each.words, span)):
                votes[found][said] += _SAID
        tree = Tree(each.parse)
        pronouns = list(_pronouns(each, tree))
        genders = {gender for _, gender in pronouns}
        subject = acting_person(tree, each.parse.people, each.quoted)
        only = find(subject.of(each.words)) if subject and len(named) == 1 else None
        if len(genders) == 1:
            (gender,) = genders
            first = pronouns[0][0]
            if only and subject and first > subject.end:
                votes[only][gender] += 1
            elif before[0] == each.block and before[1] and _goes_on(each, tree, first):
                votes[before[1]][gender] += 1
        before = (each.block, only)
    for person, gender in presumed.items():
        if gender:
            votes[person][gender] += _PRESUMED
    return {
        person: gender
        for person, own in votes.items()
        for gender, count in own.items()
        if count >= _CLEARLY * (own.total() - count)
    }


def _said(words: str, span: Span) -> str | None:
    """What a title or a kinship beside a name says."""
    before = words[max(0, span.start - _LOOKED_BACK) : span.start]
    for gender in _TITLES:
        beside = _BEFORE[gender].search(before)
        if beside and beside["comma"] and not _ENDS.match(words, span.end):
            beside = None
        titled = _TITLED[gender].match(words, span.start)
        if titled or beside or _BEHIND[gender].match(words, span.end):
            return gender
    return None


def _pronouns(told: Told, tree: Tree) -> Iterator[tuple[int, str]]:
    """Where a sentence has `he` or `she` in its own words, and which."""
    for index, token in enumerate(tree.tokens):
        gender = of_person(tree, index)
        if gender and not overlaps(Span(token.start, token.start + 1), told.quoted):
            yield token.start, gender


def _goes_on(told: Told, tree: Tree, pronoun: int) -> bool:
    """Whether a pronoun is who acts in a sentence that names nobody before it."""
    token = next(token for token in tree.tokens if token.start == pronoun)
    acts = token.relation in SUBJECTS and tree.tokens[token.head].relation in {"ROOT", "conj"}
    return (acts or pronoun == tree.tokens[0].start) and all(
        span.start > pronoun for span in told.parse.people
    )


def acting_person(tree: Tree, people: Iterable[Span], quoted: tuple[Span, ...] = ()) -> Span | None:
    """The person who is the subject of a sentence's main verb, by name or by an apposition.

    `A track worker, Hamish Obuya, had noticed` has one; `Obuya’s brother had noticed` has not. A
    noun that the grammar makes the root is a subject whose verb it has missed.
    """
    people = list(people)
    for token in tree.tokens:
        if overlaps(Span(token.start, token.end), quoted):
            continue
        verb = token.head
        is_subject = token.relation in SUBJECTS and tree.tokens[verb].relation in {"ROOT", "conj"}
        if not is_subject and not (token.relation == "ROOT" and token.tag.startswith("NN")):
            continue
        end = tree.tokens[verb].start if is_subject else tree.tokens[-1].end
        for span in people:
            inside = span.start <= token.start < span.end
            if inside or (token.start < span.start < end and _is_set_beside(tree, span)):
                return span
    return None


def _is_set_beside(tree: Tree, span: Span) -> bool:
    """Whether a name is an apposition."""
    inside = (token for token in tree.tokens if span.start <= token.start < span.end)
    return any(token.relation == "appos" for token in inside)
