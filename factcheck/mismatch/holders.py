"""Who holds an office: the same person in both texts, another person, or the same with another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.claims.roles import HELD, go_together
from factcheck.mismatch.names import same_name
from factcheck.mismatch.offices import Office, same_lead, same_office
from factcheck.mismatch.text import MANY, Text, Weighed, proposed
from factcheck.mismatch.values import Proposal
from factcheck.mismatch.weighing import Context
from factcheck.spans import overlaps
from index import Span


def offices(claim: Text, passage: Text, place: Context, context: str) -> Iterator[Weighed]:
    """The same person with another office, and another person with the same."""
    for mine in claim.offices[:MANY]:
        if mine.name is None or held(claim, mine, passage):
            continue
        name = mine.name.of(claim.words)
        at_home = any(same_name(name, word) for word in re.findall(r"[A-Z][\w'’-]+", context))
        for other in passage.offices[:MANY]:
            theirs = other.words(passage.words)
            holder = other.name.of(passage.words) if other.name else ""
            same = _is_one(claim, mine, passage, other)
            if holder and same and not same_name(name, holder) and other.name:
                weight = 0.6 + place.near(other.span)
                proposal = proposed(claim, mine.name, passage, other.name, "name")
                yield Weighed(proposal, weight, f"{mine.name.start}")
            if same or (holder and not same_name(name, holder)) or (other.noun and not holder):
                continue
            owns = not holder and passage.words.startswith(("’s", "'s"), other.span.end)
            if owns or go_together(mine.words(claim.words), theirs):  # `the auditor's paper`
                continue
            shown = theirs
            shown = shown[0].lower() + shown[1:] if shown.split()[0][1:].islower() else shown
            proposal = Proposal(
                "role",
                mine.span,
                other.span,
                mine.span.of(claim.words),
                other.span.of(passage.words),
                mine.replaced(claim.words, shown),
            )
            weight = 1.3 if holder else 0.7 if at_home else 0.35
            yield Weighed(proposal, weight + place.near(other.span), f"role {mine.span.start}")


#: What says, near an office, that it is not held, or not now.
_ENDED = re.compile(r"\b(?:no longer|never|not|nor|until|once|formerly)\b|n['’]t\b", re.IGNORECASE)
#: What stands beside a name and an office where nothing else is said.
_BEING = frozenset("is was are were been has had have serves served as who the a an its".split())
#: Characters before and behind an office where that may stand.
_BEFORE, _BEHIND = 30, 40


def held(claim: Text, office: Office, passage: Text) -> Span | None:
    """Where the passage gives the claim's office to the same person."""
    if office.name is None:
        return None
    holder = office.name.of(claim.words)
    ended = _has_ended(claim.words, office.span)
    for other in passage.offices[:MANY]:
        theirs = other.name and other.name.of(passage.words)
        if not theirs or _has_ended(passage.words, other.span) != ended:
            continue
        if same_name(holder, theirs) and _is_one(claim, office, passage, other):
            return other.span
    return None


def _is_one(claim: Text, office: Office, passage: Text, other: Office) -> bool:
    same = same_lead if office.noun or other.noun else same_office
    return same(office.words(claim.words), other.words(passage.words))


def says_no_more(claim: Text, agreed: Sequence[Office]) -> bool:
    """Whether a claim says no more than who holds offices, and `agreed` are all of them.

    Besides names and offices it has nothing but articles and a verb of being then, and they
    themselves have no number.
    """
    offices = claim.offices
    stretches = [
        span for each in offices for span in (each.span, each.name, each.object) if span is not None
    ]
    return len(agreed) == len(offices) > 0 and all(
        token.tag != "CD"
        if overlaps(Span(token.start, token.end), stretches)
        else token.text.lower() in _BEING or not token.text[0].isalnum()
        for token in claim.parse.tokens
    )


def is_one_of_many(claim: Text) -> bool:
    """Whether a claim says no more than that somebody is one of several: `is a councillor`."""
    return says_no_more(claim, claim.offices) and all(
        claim.words[: office.span.start].lower().endswith((" a ", " an "))
        and not HELD & set(office.words(claim.words).lower().split())
        for office in claim.offices
    )


def _has_ended(text: str, office: Span) -> bool:
    before, behind = text[: office.start][-_BEFORE:], text[office.end :][:_BEHIND]
    sentence = re.split(r"[.;!?]\s", before)[-1] + " | " + re.split(r"[.;!?]\s", behind)[0]
    return _ENDED.search(sentence) is not None
