"""By what hangs on a verb: whether it gives words to somebody, and whether it is passive."""

from __future__ import annotations

from factcheck.claims.phrases import is_nobody, is_part
from factcheck.claims.syntax import Tree
from factcheck.claims.verbs import DENY, SAY, WHAT

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
#: What was said so was not so: `Last week we wrongly said that …`.
_WRONGLY = frozenset("wrongly mistakenly incorrectly falsely erroneously".split())
#: Who reports what he has written himself, and states no more than that.
_AUTHORS = frozenset(["i", "we"])
_OWN_WORDS = frozenset("wrote write written reported report published".split())
#: A past tense that may be a participle, behind another: `was inspected and found sound`, `was
#: convicted and fined £540`, `was fined and ordered to pay`.
_JUDGED = frozenset("found declared deemed judged ruled pronounced proved".split())
_SENTENCED = frozenset(
    "fined jailed sentenced banned disqualified imprisoned remanded convicted acquitted".split()
)
_ORDERED = frozenset(
    "ordered told asked required allowed forced urged warned advised instructed invited".split()
)

_TERMS = frozenset("days weeks months years hours pounds dollars euros crowns kroner".split())


def tells_of(tree: Tree, verb: int) -> bool:
    """Whether a verb that can report tells of a thing instead: `had warned of delays`."""
    return any(tree.tokens[child].text.lower() == "of" for child in tree.children[verb])


def states(tree: Tree, verb: int) -> bool:
    """Whether a verb gives words to somebody, and its sentence states them with him.

    Not what somebody denies, what was said wrongly, or what an author says that he wrote before;
    nor what a part of those who were asked say, for that so many say it is the fact.
    """
    word = tree.tokens[verb].text.lower()
    if word not in SAY or tells_of(tree, verb):
        return False
    if word in DENY or tree.child(verb, "neg") is not None:
        return False  # nobody says it: `denied that she had met him or taken his money`
    children = {tree.tokens[child].text.lower() for child in tree.children[verb]}
    if children & _WRONGLY or (word in _OWN_WORDS and children & _AUTHORS):
        return False
    subject = tree.child(verb, *SUBJECTS)
    if subject is not None and (is_part(tree.tokens[subject]) or is_nobody(tree, subject)):
        return False
    first = 0 if subject is None else tree.below(subject)[0]
    # `more than anything the mayor said`
    return not first or tree.tokens[first - 1].text.lower() not in WHAT


def is_passive_too(tree: Tree, verb: int, other: int) -> bool:
    """Whether a verb behind a passive one is one as well: `was inspected and found sound`."""
    word = tree.tokens[verb].text.lower()
    if tree.child(other, "auxpass") is None or tree.child(verb, *SUBJECTS) is not None:
        return False
    children = [tree.tokens[child] for child in tree.children[verb]]
    relations = {child.relation for child in children}
    if not relations.isdisjoint({"ccomp", "dative"}):
        return False  # `was asked and ruled that it was lawful`
    thing = tree.child(verb, "dobj")
    if word in _ORDERED:
        return thing is None and "xcomp" in relations
    if word in _SENTENCED:
        return thing is None or _is_amount(tree, thing)
    judged = [c for c in tree.children[verb] if tree.tokens[c].relation in {"oprd", "acomp"}]
    sound = thing is not None and tree.tokens[thing].text.lower() == "sound"  # taken for a noun
    alone = not any(tree.child(each, *SUBJECTS) is not None for each in judged)
    return word in _JUDGED and (sound or (thing is None and bool(judged) and alone))


def _is_amount(tree: Tree, noun: int) -> bool:
    """Whether it is a sum or a term: `fined £540`, `jailed 16 months`."""
    token = tree.tokens[noun]
    signs = {tree.tokens[child].text for child in tree.children[noun]}
    return token.tag == "CD" or bool(signs & set("£$€")) or token.text.lower() in _TERMS
