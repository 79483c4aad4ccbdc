"""What is told, where the grammar does not show it.

Verbs that report words by their object alone: `She recalled a flood`, `He denied the charge`. And
what is said where a place or hearers stand between, which a parser takes for a relative clause:
`She told a briefing that 41 had left`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factcheck.claims.mentions import Mention, MentionKind, Mentions
from factcheck.claims.syntax import Parse, Tree
from factcheck.claims.verbs import SAY
from factcheck.spans import overlaps
from index import Span

_TELL = frozenset(
    """
    recall recalls recalled promise promises promised pledge pledges pledged vow vows vowed
    deny denies denied predict predicts predicted forecast forecasts
    """.split()
)
#: Verbs that stand in between what is said, and never for an act: `tenants complained`.
_SAID = frozenset("said says added adds told announced".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
#: What lies between a verb and the noun that the parser hangs the clause on.
_BETWEEN = frozenset(["pobj", "prep", "dobj", "dative", "pcomp"])
_TELLS = frozenset(["tell", "tells", "told", "telling"])
#: Who is told something; of a person a clause with `that` may say who it is.
_HEARERS = frozenset(
    """
    agency assembly audience board briefing broadcaster cabinet commission committee conference
    congress council court crowd daily forum gathering hearing house inquest inquiry interviewers
    journalists judges jury magazine magistrates mps meeting members newspaper panel parliament
    police programme rally reporters senate seminar session station summit tribunal
    """.split()
)
_PEOPLE = frozenset(["he", "she", "they", "it"])


def with_teller(mentions: Mentions, text: str, parse: Parse, quoted: Sequence[Span]) -> Mentions:
    """The mentions of a sentence, its source whoever tells something, where it names none."""
    if mentions.source is not None:
        return mentions
    tree = Tree(parse)
    for index, token in enumerate(parse.tokens):
        if token.text.lower() not in _TELL or token.tag not in _FINITE or token.relation != "ROOT":
            continue
        says = tree.child(index, "dobj", "xcomp", "ccomp") is not None
        denied = tree.child(index, "neg") is not None
        if not says or denied or overlaps(Span(token.start, token.end), quoted):
            continue
        subject = tree.child(index, "nsubj")
        source = None if subject is None else _teller(subject, text, parse)
        if source:
            return replace(mentions, source=source)
    return mentions


def with_content(parse: Parse) -> Parse:
    """The parse, with what is said hung on the verb that says it.

    A clause behind `that` in which it is neither subject nor object is no relative clause, nor is
    one behind a body that is told something: `told a briefing that the quay fell`.
    """
    tree, tokens = Tree(parse), list(parse.tokens)
    for index, token in enumerate(parse.tokens):
        that = tree.child(index, "mark", "dobj") if token.relation == "relcl" else None
        if that is None or parse.tokens[that].text.lower() != "that":
            continue
        says = _saying(parse, token.head)
        if says is None or says > that or tree.child(says, "ccomp") is not None:
            continue
        hearers = (
            parse.tokens[token.head].text.lower() in _HEARERS
            and parse.tokens[token.head].head == says
            and parse.tokens[says].text.lower() in _TELLS
        )
        if parse.tokens[that].relation == "mark" or hearers:
            tokens[index] = replace(token, relation="ccomp", head=says)
    return _with_aside(replace(parse, tokens=tuple(tokens)))


def _with_aside(parse: Parse) -> Parse:
    """The parse, with what is said hung on who says it in between, and not joined to it.

    `The clinic treated 40, its director said, and turned away 9.`
    """
    tree, tokens = Tree(parse), list(parse.tokens)
    for index, token in enumerate(parse.tokens[:-1]):
        said = token.head
        if token.text.lower() not in _SAID or token.relation != "conj" or said > index:
            continue
        if tree.child(index, "nsubj") is None or tree.child(index, "ccomp", "dobj") is not None:
            continue
        joined = any(parse.tokens[c].relation == "cc" and c < index for c in tree.children[said])
        if joined or parse.tokens[said].relation != "ROOT" or tokens[index + 1].text != ",":
            continue
        tokens[said] = replace(tokens[said], relation="ccomp", head=index)
        tokens[index] = replace(token, relation="ROOT", head=index)
        for child in tree.children[index]:
            owns = tree.child(child, "nsubj") is not None
            if child > index and tokens[child].relation in {"cc", "conj"} and not owns:
                tokens[child] = replace(tokens[child], head=said)
        break
    return replace(parse, tokens=tuple(tokens))


def _saying(parse: Parse, noun: int) -> int | None:
    """The verb of saying beside which a noun stands."""
    index = noun
    for _ in range(5):
        token = parse.tokens[index]
        if token.text.lower() in SAY:
            return index
        if token.relation not in _BETWEEN or token.head == index:
            return None
        index = token.head
    return None


def _teller(subject: int, text: str, parse: Parse) -> Mention | None:
    """The person or the pronoun at a token."""
    token = parse.tokens[subject]
    if token.text.lower() in _PEOPLE:
        return Mention(token.text.lower(), MentionKind.PRONOUN)
    person = next((p for p in parse.people if p.start <= token.start < p.end), None)
    return Mention(person.of(text), MentionKind.PERSON) if person else None
