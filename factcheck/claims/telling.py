"""Verbs that report words by their object alone: `She recalled a flood`, `He denied the charge`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factcheck.claims.mentions import Mention, MentionKind, Mentions
from factcheck.claims.syntax import Parse, Tree
from factcheck.spans import overlaps
from index import Span

_TELL = frozenset(
    """
    recall recalls recalled promise promises promised pledge pledges pledged vow vows vowed
    deny denies denied predict predicts predicted forecast forecasts
    """.split()
)
_PAST = frozenset({"VBD", "VBZ", "VBP"})
_PEOPLE = frozenset(["he", "she", "they", "it"])


def with_teller(mentions: Mentions, text: str, parse: Parse, quoted: Sequence[Span]) -> Mentions:
    """The mentions of a sentence, its source whoever tells something, where it names none."""
    if mentions.source is not None:
        return mentions
    tree = Tree(parse)
    for index, token in enumerate(parse.tokens):
        if token.text.lower() not in _TELL or token.tag not in _PAST or token.relation != "ROOT":
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


def _teller(subject: int, text: str, parse: Parse) -> Mention | None:
    """The person or the pronoun at a token."""
    token = parse.tokens[subject]
    if token.text.lower() in _PEOPLE:
        return Mention(token.text.lower(), MentionKind.PRONOUN)
    person = next((p for p in parse.people if p.start <= token.start < p.end), None)
    return Mention(person.of(text), MentionKind.PERSON) if person else None
