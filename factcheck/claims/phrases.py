"""Noun phrases of a sentence: which words they are, and what they can stand for."""

from __future__ import annotations

import re

from factcheck.claims.lexicon import COMPANIES, ORGANISATIONS, SHARES
from factcheck.claims.roles import OFFICES
from factcheck.claims.syntax import Token, Tree

#: Longer phrases say too much to stand for a pronoun.
MAX_WORDS = 7
#: What is counted is no thing: nobody says `it` of a per cent.
MEASURES = frozenset(
    """
    percent cent point points share metre metres meter meters kilometre kilometres kilometer mile
    miles foot feet inch inches tonne tonnes ton tons kilogram kilograms gram grams pound pounds
    euro euros crown crowns dollar dollars kroner krone litre litres hour hours minute minutes
    second seconds day days week weeks month months year years decade decades century centuries
    degree degrees hectare hectares acre acres million billion thousand centimetre centimetres
    spring summer autumn winter morning afternoon evening night time times quarter half
    """.split()
)
PEOPLE = OFFICES | frozenset(
    """
    man woman boy girl child baby person somebody someone anybody anyone nobody everybody everyone
    son daughter father mother brother sister wife husband widow partner friend member resident
    neighbour reader voter driver passenger patient student pupil worker employee customer tenant
    guest victim winner witness nothing something anything everything one niece nephew uncle aunt
    cousin gentleman gentlemen lady ladies men women
    """.split()
)
#: More nouns that mean somebody; many of them are what a text counts.
SOMEBODY = PEOPLE | frozenset(
    """
    pensioner tourist hiker cyclist motorist pedestrian commuter villager climber swimmer runner
    landlord juror burglar thief gunman suspect defendant plaintiff prisoner inmate refugee migrant
    nun monk soldier sailor carpenter plumber electrician mechanic baker butcher waiter waitress
    cook chef gardener miner labourer apprentice trainee graduate shopkeeper volunteer candidate
    applicant client bystander teenager diver
    """.split()
)
#: A ship is called she.
SHIPS = frozenset(
    "ferry ship vessel boat trawler yacht liner tanker frigate schooner lifeboat tug barge".split()
)
#: Many, in one word; words for so many; one that is many; and many that never say a word.
CROWDS = frozenset("police staff people men women children relatives parents".split())
_MANY = frozenset("most many some several both all two three four five six seven eight".split())
_COLLECTIVES = frozenset(
    """
    family couple crew jury watchdog side band pair gang mob household public electorate panel
    inquiry lender delegation opposition
    """.split()
)
_THINGS = frozenset(
    """
    stations houses homes buses boats ships trams trains roads bridges cars planes walls pumps
    sensors shells rockets bullets
    """.split()
)
_PARTS = frozenset("third quarter half majority number dozen fifth percent cent".split())
_POSSESSIVE = re.compile(r"(?:its|their|his|her|my|our|your)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"\bof (?:them|us|it)\b", re.IGNORECASE)
_STOPS = {",", "(", "–", "—", ".", "!", "?"}
_SET_OFF = {"relcl", "appos", "acl", "advcl", "cc", "conj", "intj"}
_COUNTED = re.compile(
    r"(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|eleven\b|twelve\b)"
)


def is_part(token: Token) -> bool:
    """Whether a noun or number is so many of those who were asked: `a quarter`, `four in ten`."""
    return token.tag == "CD" or token.text.lower() in SHARES


#: What makes `few` somebody: `a few residents`.
_FEW_BUT_SOME = {"a", "the", "quite"}


def is_nobody(tree: Tree, index: int) -> bool:
    """Whether a noun or pronoun is nobody: `No expert`, `Few economists`, not `a few`."""
    before = [index, *(c for c in tree.children[index] if c < index)]
    words = {tree.tokens[i].text.lower(): i for i in before}
    few = words.pop("few", None)
    if few is not None and (few == 0 or tree.tokens[few - 1].text.lower() not in _FEW_BUT_SOME):
        return True
    return not words.keys().isdisjoint({"nobody", "none", "no", "neither"})


def may_say(words: str, plural: bool) -> bool:
    """Whether who is called so can be meant by `they`, or by `it`, that says something."""
    head = re.split(r" (?:of|at|in|from|for) ", words)[0].split()[-1]
    if head[:1].isupper():
        return True
    lower = head.lower()
    counted = words.split(maxsplit=1)[0].lower() in _MANY
    many = counted or lower in CROWDS or (lower.endswith("s") and not lower.endswith("ss"))
    if not plural:
        return not many
    return lower not in _THINGS if many else lower in ORGANISATIONS | COMPANIES | _COLLECTIVES


def phrase(text: str, tree: Tree, index: int) -> str | None:
    """The noun phrase of a head, without what is set off behind it; None where it is too long."""
    joined = {c for c in tree.children[index] if tree.tokens[c].text == "&"}
    of_name = {c for c in tree.children[index] if joined and c - 1 in joined}
    without = frozenset(
        child
        for child in tree.children[index]
        if tree.tokens[child].text in _STOPS
        or (tree.tokens[child].relation in _SET_OFF and child not in joined | of_name)
    )
    below = tree.below(index, without)
    words = tree.span(below).of(text).strip(" ,")
    if len(words.split()) > MAX_WORDS or "\n" in words:
        return None
    return lowered(words, tree, below[0])


def lowered(words: str, tree: Tree, first: int) -> str:
    """A phrase as it stands inside a sentence: `The old quay` → `the old quay`."""
    token = tree.tokens[first]
    if token.tag in {"NNP", "NNPS"} or (words[:2].isalpha() and words[:2].isupper()):
        return words
    behind = tree.tokens[first + 1 : first + 2]
    if token.relation == "compound" and token.tag != "JJ" and behind and behind[0].text.istitle():
        return words  # `Penvarrow Valleys Hospitals Trust`, which the tagger takes for a verb
    return words[:1].lower() + words[1:]


def depends(words: str) -> bool:
    """Whether a phrase itself needs its article: `its yard`, `this`, `the other`."""
    first = words.split(maxsplit=1)[0].lower() if words else ""
    return bool(_POSSESSIVE.match(words) or _OF_THEM.search(words)) or first in {
        "this", "that", "these", "those", "such", "another", "both", "neither", "either", "other",
        "what", "which", "how", "whatever", "no", "none",
    }  # fmt: skip


def is_plural(tree: Tree, index: int) -> bool:
    """Whether a noun is spoken of as many: `homes`, and the third in `a third of the homes`."""
    token = tree.tokens[index]
    if token.tag in {"NNS", "NNPS"} or _agrees_as_many(tree, index):
        return True
    if token.text.lower() not in _PARTS:
        return False
    of = tree.child(index, "prep")
    inner = None if of is None else tree.child(of, "pobj")
    if inner is None:
        return False
    return tree.tokens[inner].tag in {"NNS", "NNPS"} or tree.tokens[inner].text.lower() == "them"


def _agrees_as_many(tree: Tree, index: int) -> bool:
    """Whether a subject's verb tells that it is many: `Staff were not consulted`."""
    token = tree.tokens[index]
    if token.relation not in {"nsubj", "nsubjpass"} or token.head == index:
        return False
    several = {"cc", "conj"} & {tree.tokens[child].relation for child in tree.children[index]}
    if several or token.relation == "conj" or tree.child(token.head, "mark") is not None:
        return False  # `the mayor and the council were`, `if the mill were`
    verbs = (token.head, *tree.children[token.head])
    forms = (
        tree.tokens[verb]
        for verb in verbs
        if verb == token.head or tree.tokens[verb].relation in {"aux", "auxpass"}
    )
    return any(form.text.lower() in {"are", "were"} or form.tag == "VBP" for form in forms)


def is_thing(tree: Tree, index: int) -> bool:
    """Whether a noun can be `it` or `they`: no measure of anything, and no person."""
    token = tree.tokens[index]
    word = token.text.lower()
    if not token.tag.startswith("NN") or word[0].isdigit():
        return False  # nor is `1.4bn`
    if is_plural(tree, index):
        return word not in MEASURES or token.tag == "NN"
    return word not in MEASURES and word not in SOMEBODY


def with_article(words: str) -> str:
    """A phrase as something known: `64 electric buses` → `the 64 electric buses`."""
    return f"the {words}" if _COUNTED.match(words.lower()) else words


def name_beside(text: str, tree: Tree, index: int) -> str | None:
    """The name a noun is given: by an apposition (`her work, the Gorge Bridge,`), or as `is`'s."""
    options = [c for c in tree.children[index] if tree.tokens[c].relation == "appos" and c > index]
    verb = tree.tokens[index].head
    if tree.tokens[index].relation == "nsubj" and tree.tokens[verb].text.lower() in {"is", "was"}:
        options += [c for c in tree.children[verb] if tree.tokens[c].relation == "attr"]
    for option in options:
        if tree.tokens[option].tag in {"NNP", "NNPS"}:
            words = phrase(text, tree, option)
            return words and re.sub(r"^[Tt]he ", "the ", words)
    return None
