"""What `it` cannot mean, by the words around it.

Where it means nothing at all (`it rained`), what is told and no thing (`It was a mistake`), or
something that its verb or preposition rules out.
"""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import pairwise

from factcheck.claims.lexicon import CALENDAR, COMPANIES, ORGANISATIONS, RESULTS
from factcheck.claims.phrases import MEASURES, is_plural
from factcheck.claims.setting import SUBJECTS
from factcheck.claims.syntax import Tree

#: Verbs whose `it` means nothing.
_WEATHER = frozenset(
    """
    rain rains rained snowed snows takes took seems seemed turns turned appears appeared beggars
    remains follows come comes came pours poured
    """.split()
)
QUANTIFIERS = frozenset(
    """
    all both none neither most many some few several half third quarter thirds quarters each any one
    two three four five six seven eight nine ten dozen fifth tenth majority number either fewer
    """.split()
)
#: What happens, and is nothing that stands anywhere or is made.
_EVENTS = frozenset(
    """
    rise fall drop increase decrease loss win victory defeat purchase sale strike flood fire storm
    attack crash outbreak protest march vote deal merger takeover closure evacuation demonstration
    operation explosion election eruption invasion collision investigation celebration expansion
    acquisition investment recession inflation reduction goal try title medal championship
    """.split()
)
#: What is done, thought or lived through; `it` that was one stands for what was told.
_DEEDS = frozenset(
    """
    decision choice call mistake error step idea time way day moment thing pleasure honour privilege
    shame pity surprise shock relief gamble matter coincidence
    """.split()
)
#: What is done is what was told, and nothing that was named: `The train does it in an hour`.
_DOES = frozenset("do does did doing done".split())
_ORDINAL = re.compile(r"first|second|third|[a-z-]{3,12}th|\d+(?:st|nd|rd|th)")
#: Prepositions before what is talked about, done or judged.
_ABOUT = frozenset("about over on in against after".split())
_WHERE = frozenset("in on under inside beside behind above below beneath around".split())
#: What is measured, and what alone a measure has.
_MEASURED = frozenset(
    "wait rate price cost average number share total temperature turnout figure proportion median "
    "level speed age fee fare rent".split()
)
_OF_MEASURED = frozenset(
    "peak high low highest lowest level rise fall increase decrease decline value effect cause "
    "target average rate growth record maximum minimum".split()
)
#: The last words of what a company has, which has no profit of its own.
_RESULT_NOUNS = {each for each in RESULTS if "-" not in each} | {"margin", "debt"}


def means_nothing(tree: Tree, index: int) -> bool:
    """Whether `it` means nothing that was named: `it is clear that …`, `it was a mistake`."""
    if _is_empty(tree, index) or _is_another(tree, index):
        return True
    return _looks_ahead(tree, index) or _was_one_of(tree, index, _DEEDS)


def is_ruled_out(tree: Tree, index: int, is_body: bool) -> bool:
    """Whether `it` is not the thing spoken of before, which is a body if `is_body`.

    `It was the largest purchase of the year` is what happened, not who bought.
    """
    happened = is_body or _was_one_of(tree, index, _EVENTS)
    return _lies_elsewhere(tree, index, is_body) or (happened and _ranks(tree, index))


def counted(tree: Tree, index: int) -> str:
    """What is counted or measured of a pronoun: the `two thirds` of `two thirds of it`, or ""."""
    of = tree.tokens[tree.tokens[index].head]
    return tree.tokens[of.head].text.lower() if of.text.lower() == "of" else ""


def is_measured(tree: Tree, index: int) -> bool:
    """Whether so much of something is told: `two thirds of it`, `a year of it`."""
    return counted(tree, index) in QUANTIFIERS | MEASURES | {"whole", "rest"}


def is_result(words: str) -> bool:
    """Whether a noun or phrase ends as what a company has, which has no profit of its own."""
    return words.rpartition(" ")[2].lower() in _RESULT_NOUNS


def owns_nothing(words: str, had: str) -> bool:
    """Whether a phrase ends as what is measured, which has no lists and no staff of its own.

    `The median wait was 14 weeks. Only at Sallow Cross, the shortest of its three lists, …`.
    """
    return words.rpartition(" ")[2].lower() in _MEASURED and had not in _OF_MEASURED


def owner_of_result(words: str | None, tree: Tree, index: int) -> str | None:
    """Whose the profit is that a possessive would stand for, which owns nothing."""
    owner, _, result = (words or "").rpartition(" ")
    owns = tree.tokens[index].relation == "poss" and owner.endswith(("’s", "'s", "’", "'"))
    owns = owns and not MEASURES & set(re.findall(r"[a-z]+", owner))  # `last year's profit`
    return re.sub(r"['’]s?$", "", owner) if owns and is_result(result) else None


def names_body(words: str) -> bool:
    """Whether a phrase names a body by its noun: `Ostrey district council`."""
    is_named = any(word[:1].isupper() for word in words.split())
    return is_named and words.rpartition(" ")[2].lower() in ORGANISATIONS | COMPANIES


def _is_another(tree: Tree, index: int) -> bool:
    """Whether a pronoun is said to be another of what was told: `It is the third such fire`."""
    attr = tree.child(tree.tokens[index].head, "attr")
    words = {tree.tokens[child].text.lower() for child in tree.children[attr or 0]}
    counted = any(map(_ORDINAL.fullmatch, words)) or "another" in words
    return attr is not None and "such" in words and counted


def _is_empty(tree: Tree, index: int) -> bool:
    """Whether `it` means nothing, or nothing that was named: `it is clear that …`, `it rained`."""
    token = tree.tokens[index]
    verb = token.head
    relations = {tree.tokens[child].relation for child in tree.children[verb]}
    if token.relation == "poss":
        return False
    if token.relation == "expl" or tree.tokens[verb].text.lower() in _WEATHER:
        return True
    if token.relation == "dobj" and tree.tokens[verb].text.lower() in _DOES:
        return True
    if token.relation in {"dobj", "pobj"}:  # `find it hard to …`, `make it`
        return bool({"ccomp", "oprd", "acomp", "xcomp"} & relations)
    if token.relation not in SUBJECTS or _is_cleft(tree, verb) or _is_day(tree, verb):
        return True
    return bool({"acomp", "attr", "oprd"} & relations) and bool(
        {"ccomp", "xcomp", "advcl", "csubj"} & relations
    )


def _is_day(tree: Tree, verb: int) -> bool:
    """Whether `it` only says which day it was: `It was 9 November`."""
    day = tree.child(verb, "attr", "npadvmod")
    return day is not None and tree.tokens[day].text.lower() in CALENDAR


def _is_cleft(tree: Tree, verb: int) -> bool:
    """Whether `it` only puts a place or a time first: `It was in Pell that lead was found`."""
    if tree.tokens[verb].text.lower() not in {"is", "was"}:
        return False
    words = [token.text.lower() for token in tree.tokens]
    attr = tree.child(verb, "attr")
    if attr is not None and attr == verb + 2 and words[verb + 1] in {"this", "that"}:
        return "that" in words[attr:]  # `It was that refusal, he said, that finished it`
    if tree.child(verb, "prep") is None or tree.child(verb, "attr", "acomp") is not None:
        return False
    return any(
        word == "that" and before not in {"and", "but", "or"}
        for before, word in pairwise(words[verb:])
    )


def _lies_elsewhere(tree: Tree, index: int, is_body: bool) -> bool:
    """Whether a preposition tells that the subject before is not meant.

    What something stands in is rarely who acted (`In it lies a cylinder`), nor is a body what
    somebody is angry about (`She resigned over it`).
    """
    token = tree.tokens[index]
    if index == 1 and token.tag == "PRP" and tree.tokens[0].text.lower() in _WHERE:
        return True
    over = tree.tokens[token.head].text.lower()
    return token.relation == "pobj" and is_body and over in _ABOUT


def _ranks(tree: Tree, index: int) -> bool:
    """Whether a pronoun is said to be the first, the largest, of something."""
    attr = tree.child(tree.tokens[index].head, "attr")
    return attr is not None and any(
        tree.tokens[c].tag in {"JJS", "RBS"} or _ORDINAL.fullmatch(tree.tokens[c].text.lower())
        for c in tree.children[attr]
    )


def _was_one_of(tree: Tree, index: int, nouns: Container[str]) -> bool:
    """Whether a pronoun is said to be one of these: `It was the largest evacuation`."""
    token = tree.tokens[index]
    attr = tree.child(token.head, "attr") if token.relation in SUBJECTS else None
    return attr is not None and tree.tokens[attr].text.lower() in nouns


def _looks_ahead(tree: Tree, index: int) -> bool:
    """Whether `its` may be the subject's that follows: `Over its last two years the firm paid`."""
    token = tree.tokens[index]
    at = token.head
    if token.relation != "poss" or tree.tokens[at].relation != "pobj":
        return False
    while tree.tokens[at].relation in {"pobj", "prep"} and tree.tokens[at].head != at:
        at = tree.tokens[at].head
    subject = tree.child(at, *SUBJECTS)
    if subject is None or not index < subject or is_plural(tree, subject):
        return False
    return tree.tokens[subject].tag.startswith("NN")
