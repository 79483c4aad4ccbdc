"""What `the company`, `the mayor` or `the city` means: a name that the article has given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.claims.census import Census, NameKind
from factcheck.claims.introduced import Introduction
from factcheck.claims.lexicon import CALENDAR, COMPANIES, RESULTS
from factcheck.claims.memory import Memory
from factcheck.claims.naming import NAME
from factcheck.claims.people import People
from factcheck.claims.phrases import PEOPLE
from factcheck.claims.setting import SUBJECTS, Resolution, Setting
from factcheck.claims.syntax import Tree
from factcheck.rewriting import Edit
from index import Span

#: What belongs to a place that is not named with it.
_LOCAL = frozenset(
    "council port harbour harbor airport mayor station hospital court market".split()
)
#: Where nobody means a certain one: `banned from the road`.
_IDIOMS = frozenset(["road", "street"])
_OFF = re.compile(r"\b(?:from|on|off|by) $")
#: A county has another council than its town, and another hospital is new.
_NOT_OWN = frozenset(
    "county district regional provincial state national new old former other second".split()
)
_SETTLEMENTS = frozenset("town city village island county region province municipality".split())
#: A dateline is a town's, and none of these.
_REGIONS = frozenset("island county region province".split())
#: A name set behind, which the pipeline may not see: `the contractor, Lunde & Sons, is …`.
_NAMED_BEHIND = re.compile(
    r",\s(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|However\b|Meanwhile\b|Moreover\b)"
    rf"{NAME.pattern}(?=[,.;)])"
)
#: Stretches of land: the last that was named.
_DISTRICTS = frozenset("constituency seat".split())
_FIRMS = sorted(COMPANIES)
#: What is no name's, though one has the word: `the year`, no New Year's.
_NO_NAMES = frozenset("year day week month season time half quarter morning evening night".split())
#: What is compared in a trial, and no firm: `in the control group`.
_COMPARED = re.compile(
    r"(?:control|placebo|treatment|comparison|first|second|other|same|age) groups?"
    r"|groups? (?:given|that|who|taking|treated|on|without|with)\b.*"
)
#: A name right behind tells which: `the hospital at Perrin`.
_PLACED = re.compile(r" (?:at|in|near|on|of|outside) (?P<name>[A-Z][\w’'-]*)")
#: What may stand before a firm's result.
_OF_RESULTS = frozenset(
    "net gross operating annual half-year quarterly total underlying order pre - tax".split()
)
#: What ends the names of bodies that nobody calls a company.
_NO_FIRMS = frozenset(
    """
    bank union ministry council authority agency federation university college school hospital
    society committee commission department office court museum foundation assembly parliament
    government regulator charity army navy police academy senate
    """.split()
)
#: What a firm is, and tells it from no other: `the family-owned manufacturer`.
_OWNED = re.compile(r"[a-z]+-(?:owned|run|listed|quoted|controlled)")
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
                yield from self._short_form(setting, tree, index)
                continue
            first = _article_of(tree, index)
            if first is None:
                yield from self._result(setting, tree, index)
            if first is None or _is_specified(tree, index):
                continue
            if _NAMED_BEHIND.match(setting.text, token.end) or _is_named(tree, index):
                continue
            span = Span(tree.tokens[first].start, token.end)
            if _is_other(setting.text, span, token.text.lower()):
                continue
            is_tied = any(tree.tokens[c].relation == "prep" for c in tree.children[index])
            name = self._meant(token.text.lower(), setting, span, is_tied)
            if name:
                name = self._with_the(name, span.start)
                owns = _OWNS.match(setting.text, token.end)
                end = owns.end() if owns else token.end
                ending = genitive(name) if owns else ""
                bare_name = name[4:] if name[:4].lower() == "the " else name
                yield Resolution(Edit(Span(span.start, end), name + ending), bare_name, gloss=name)

    def _result(self, setting: Setting, tree: Tree, index: int) -> Iterator[Resolution]:
        """`Revenue rose`: the firm's that the article is about, where no other may be meant."""
        first = _bare_result(tree, index)
        firm = self._census.firm
        if first is None or firm is None or firm in setting.text:
            return
        token = tree.tokens[first]
        if setting.is_quoted(token.start):
            return
        last = self._memory.last_name({NameKind.ORGANISATION, NameKind.OTHER})
        if not {last, self._memory.firm_before(setting, token.start)} <= {None, firm}:
            return
        owner = self._with_the(firm, token.start) + genitive(firm)
        word = token.text if token.text.isupper() else token.text.lower()
        yield Resolution(Edit(Span(token.start, token.end), f"{owner} {word}"), firm)

    def _with_the(self, name: str, at: int) -> str:
        """A name as it stands at a place of its sentence: `The Oskerra Line`."""
        article = "The" if at == 0 else "the"
        return f"{article} {name}" if self._census.takes_the(name) else name

    def _short_form(self, setting: Setting, tree: Tree, index: int) -> Iterator[Resolution]:
        """`the Hill`, where the article has called it Market Hill."""
        token = tree.tokens[index]
        whole = self._census.whole(token.text)
        first = tree.tokens[index - 1] if index else token
        is_part = token.relation == "compound"  # `the Senn gentian` is of no Upper Senn
        if whole and first.text.lower() == "the" and whole not in setting.text and not is_part:
            name = f"the {whole}" if self._census.takes_the(whole) else whole
            yield Resolution(Edit(Span(first.start, token.end), name), whole, gloss=whole)

    def _meant(self, noun: str, setting: Setting, span: Span, is_tied: bool) -> str | None:
        """What a noun means; `is_tied` says that something hangs on it by a preposition."""
        if noun in _IDIOMS and _OFF.search(setting.text, 0, span.start):
            return None
        person = self._people.with_role(noun)
        if person and noun in PEOPLE:
            return person
        beside = span.of(setting.text).lower().split()[1:-1]
        is_alone = all(map(_OWNED.fullmatch, beside))  # `the new bridge` may be another
        firm = self._memory.firm_before(setting, span.start) if noun in COMPANIES else None
        if firm and firm.rpartition(" ")[2].lower() in _NO_FIRMS:
            firm = None  # a bank is `the bank`
        given = self._called(noun, is_tied) if is_alone else None
        if given and not (firm and not self._census.named(noun)):
            return given if given.removeprefix("the ") not in setting.text else None
        if firm is None and is_alone and noun in COMPANIES:
            firm = self._census.firm
        land = self._memory.land if noun in _DISTRICTS else None
        return firm or land or self._local(noun, setting, span)

    def _called(self, noun: str, is_tied: bool) -> str | None:
        """The name with the noun in it, else what the article has called so."""
        if name := self._census.named(noun):
            return name
        known = None if is_tied else self._introduced(noun)
        if known is None:
            return None
        return f"the {known.name}" if known.described else known.name

    def _introduced(self, noun: str) -> Introduction | None:
        """What the article has called so, or for a firm by another word for one."""
        known = self._census.introduced.before(noun, self._memory.read)
        if known is None and noun in COMPANIES:
            others = (self._census.introduced.before(o, self._memory.read) for o in _FIRMS)
            known = next((other for other in others if other and self._is_firm(other)), None)
        return known

    def _is_firm(self, known: Introduction) -> bool:
        """Whether what another word introduced may be `the company`: no firm is weightier."""
        topic = self._census.names.get(self._census.topic or "")
        body = topic.text if topic and topic.kind is NameKind.ORGANISATION else None
        return not known.described and (self._census.firm or body) in {None, known.name}

    def _local(self, noun: str, setting: Setting, span: Span) -> str | None:
        """The article's place, or what belongs to it: `the Lindhaven council`."""
        place = self._census.place
        if place and noun in _SETTLEMENTS:
            if self._memory.last_name({NameKind.PLACE}) not in {None, place}:
                return None  # the other may be meant
            nouns = self._census.introduced.nouns(place)
            known = noun in nouns or (not nouns and noun not in _REGIONS)
            return place if known else None
        shown = span.of(setting.text).split(maxsplit=1)[1]
        own = _NOT_OWN.isdisjoint(shown.lower().split()[:-1])
        if noun in _LOCAL and place and place not in setting.text and own:
            return f"the {place} {shown}"
        return None


def genitive(name: str) -> str:
    """What follows a name that owns something: `’s`, and `’` behind an s."""
    return "’" if name.endswith("s") else "’s"


def _is_other(text: str, span: Span, noun: str) -> bool:
    """Whether a definite phrase means nothing that a name has been given."""
    shown = text[span.start : span.end + 12].lower().split(maxsplit=1)[-1]
    compared = _COMPARED.fullmatch(shown) or _COMPARED.fullmatch(span.of(text).lower()[4:])
    placed = _PLACED.match(text, span.end) if noun in _LOCAL else None
    where = placed is not None and placed["name"].lower() not in CALENDAR
    return noun in _NO_NAMES or where or compared is not None


def _is_named(tree: Tree, index: int) -> bool:
    """Whether a noun stands right before the name of what it is: `the appliance group Fornelli`."""
    behind = tree.tokens[index + 1 : index + 2]
    if not behind or behind[0].tag != "NNP":
        return False
    return index + 1 in {tree.tokens[index].head, *tree.children[index]}


def _bare_result(tree: Tree, index: int) -> int | None:
    """The first token of a company's result that is a subject, and whose is not said."""
    token, children = tree.tokens[index], tree.children[index]
    if token.relation not in SUBJECTS:
        return None
    first = min([*children, index])
    if any(tree.tokens[child].text.lower() not in _OF_RESULTS for child in children):
        return None  # `retail sales`: a market's, or of something
    words = [tree.tokens[i].text.lower() for i in range(max(first, index - 1), index + 1)]
    return first if RESULTS & {words[-1], "-".join(words)} else None


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
    if (
        first < 0
        or tree.tokens[first].text.lower() not in {"the", "this"}
        or tree.tokens[first].head != index
    ):
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
