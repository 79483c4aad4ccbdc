"""A claim's wording beside a passage: what they share exactly, and what may differ.

Every difference is a proposal: the claim with the passage's value in place of its own. The passage
says that or it does not, and the verifier tells (`factcheck.stance.judge`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from factcheck.claims.roles import Role, find_roles
from factcheck.claims.syntax import Parse
from factcheck.dates import DateValue, find_dates
from factcheck.mismatch.names import NameValue, find_names, same_name
from factcheck.mismatch.polarity import (
    directions,
    negation_words,
    negations,
    opposite_words,
    quantifiers,
)
from factcheck.mismatch.quantities import Quantity, find_quantities
from factcheck.mismatch.values import Agreement, Comparison, Proposal, Relation, overlaps
from index import Span

#: Proposals of one claim and passage that are put to the verifier, at most.
MOST = 8

Exact = Quantity | DateValue | NameValue


@dataclass(frozen=True)
class Text:
    """A text with its grammar and the day it was published."""

    words: str
    parse: Parse
    published: dt.date | None = None

    @cached_property
    def dates(self) -> list[DateValue]:
        """Its dates; relative ones where the day of publication is known."""
        return find_dates(self.words, self.published)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Its numbers, measures, shares, amounts of money."""
        return find_quantities(self.words, [value.span for value in self.dates])

    @cached_property
    def names(self) -> list[NameValue]:
        """Its people, places and organisations."""
        return list(find_names(self.words, self.parse))

    @cached_property
    def roles(self) -> list[Role]:
        """The roles it gives people."""
        return find_roles(self.words, self.parse)


def compare(claim: Text, passage: Text, context: str = "") -> Comparison:
    """What two texts share exactly and may differ in, most telling first.

    Names that stand in `context`, a document's title, count as the passage's too.
    """
    agreements: list[Agreement] = []
    proposals: list[Proposal] = []
    missing: list[Span] = []
    families: list[tuple[Sequence[Exact], Sequence[Exact]]] = [
        (claim.quantities, passage.quantities),
        (claim.dates, passage.dates),
        (claim.names, passage.names),
    ]
    for mine, theirs in families:
        for value in mine:
            found = _match(claim, value, passage, theirs)
            agreements += found.agreements
            proposals += found.proposals
            in_title = (
                isinstance(value, NameValue) and bool(context) and _stands_in(value.text, context)
            )
            if not found.agreements and not in_title:
                missing.append(value.span)
    proposals += _roles(claim, passage)
    proposals += _turns(claim, passage)
    return Comparison(tuple(agreements), tuple(proposals[:MOST]), tuple(missing))


def _match(claim: Text, value: Exact, passage: Text, others: Sequence[Exact]) -> Comparison:
    same = [other for other in others if value.against(other) is Relation.SAME]  # type: ignore[arg-type]
    different = [other for other in others if value.against(other) is Relation.DIFFERENT]  # type: ignore[arg-type]
    agreements = tuple(Agreement(value.span, other.span) for other in same[:1])
    taken: set[str] = {value.span.of(claim.words).casefold()}
    proposals = []
    for other in different:
        words = other.span.of(passage.words)
        if words.casefold() in taken:
            continue
        taken.add(words.casefold())
        if isinstance(other, NameValue) and _stands_in(other.text, claim.words):
            continue
        proposals.append(_proposal(claim, value.span, passage, other.span, value.kind(other)))  # type: ignore[arg-type]
    return Comparison(agreements, tuple(proposals[:3]), ())


def _stands_in(name: str, text: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1]
    return last.casefold() in text.casefold() or any(
        same_name(name, word) for word in text.split() if word[:1].isupper()
    )


def _proposal(claim: Text, span: Span, passage: Text, other: Span, kind: str) -> Proposal:
    value = other.of(passage.words)
    return Proposal(
        kind,
        span,
        other,
        span.of(claim.words),
        value,
        claim.words[: span.start] + value + claim.words[span.end :],
    )


def _roles(claim: Text, passage: Text) -> Iterator[Proposal]:
    """The same person with another role."""
    for mine in _claimed_roles(claim):
        name, role = mine
        for other in passage.roles:
            theirs = other.role.of(passage.words)
            if not same_name(name.of(claim.words), other.name.of(passage.words)):
                continue
            if _same_role(role.of(claim.words), theirs):
                continue
            yield _proposal(claim, role, passage, other.role, "role")


def _claimed_roles(claim: Text) -> Iterator[tuple[Span, Span]]:
    for role in claim.roles:
        yield role.name, role.role
    for verb in (" is ", " was "):  # the wording of a role claim: `Ida Roe is harbour master.`
        at = claim.words.find(verb)
        if (at > 0 and claim.words[:at].istitle()) or (at > 0 and _is_name(claim.words[:at])):
            end = len(claim.words.rstrip(" ."))
            yield Span(0, at), Span(at + len(verb), end)
            return


def _is_name(text: str) -> bool:
    words = text.split()
    return 1 < len(words) < 5 and all(
        word[:1].isupper() or word in {"de", "van", "von", "al"} for word in words
    )


def _same_role(first: str, second: str) -> bool:
    one, two = (
        set(text.lower().replace("-", " ").split()) - {"the", "a", "an", "of"}
        for text in (first, second)
    )
    return one <= two or two <= one


def _turns(claim: Text, passage: Text) -> Iterator[Proposal]:
    """Directions, quantifiers and negations, turned round where the passage has such a word."""
    words = passage.words
    for turn in directions(claim.words):
        for span in opposite_words(turn.span.of(claim.words), words)[:1]:
            yield Proposal(
                "direction",
                turn.span,
                span,
                turn.span.of(claim.words),
                span.of(words),
                turn.rewritten,
            )
    mine = quantifiers(claim.words)
    for span in mine[:2]:
        for other in quantifiers(words)[:3]:
            if other.of(words).casefold() != span.of(claim.words).casefold():
                yield _proposal(claim, span, passage, other, "quantifier")
        for quantity in passage.quantities[:2]:
            if not overlaps(quantity.span, [value.span for value in claim.quantities]) and span.of(
                claim.words
            ).lower().startswith(("all", "every", "both", "none", "each", "most", "no")):
                yield _proposal(claim, span, passage, quantity.span, "quantifier")
    for turn in negations(claim.words):
        denied = negation_words(words)
        says_not = not turn.rewritten.startswith(claim.words[: turn.span.end] + " not")
        if says_not or denied:
            span = denied[0] if denied and not says_not else _verb(passage)
            yield Proposal(
                "negation",
                turn.span,
                span,
                turn.span.of(claim.words).strip(),
                span.of(words),
                turn.rewritten,
            )


def _verb(passage: Text) -> Span:
    """The main verb of a text."""
    for token in passage.parse.tokens:
        if token.relation == "ROOT":
            return Span(token.start, token.end)
    return Span(0, len(passage.words))
