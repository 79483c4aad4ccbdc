"""A claim's wording beside a passage: what they share exactly, and what may differ.

Every difference is a proposal: the claim with the passage's value in place of its own. The passage
says that or it does not, and the verifier tells (`factcheck.stance.judge`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from factcheck.datevalue import DateValue
from factcheck.mismatch.aligning import aligned
from factcheck.mismatch.derived import change, derived, difference
from factcheck.mismatch.holders import held, is_one_of_many, offices, says_no_more
from factcheck.mismatch.names import NameValue, same_name
from factcheck.mismatch.quantities import Quantity
from factcheck.mismatch.text import MANY, Exact, Text, Weighed, proposed, worded
from factcheck.mismatch.turning import turned
from factcheck.mismatch.values import Agreement, Comparison, Proposal, Relation
from factcheck.mismatch.weighing import Context, following, preposition
from factcheck.spans import overlaps
from index import Span

#: Proposals of one claim and passage that are put to the verifier, at most.
MOST = 5
#: Of one value of the claim, at most; a further one is less telling by so much.
OF_ONE, FURTHER = 3, 0.35
#: Kinds of what differs in a figure.
FIGURES = frozenset({"number", "percentage", "duration", "unit"})
#: Figures that a claim borrows are put as the passage has them in so many ways, at most.
BORROWED = 2
#: What looks less telling is not proposed.
LEAST = 0.1


def compare(claim: Text, passage: Text, context: str = "") -> Comparison:
    """What two texts share exactly and may differ in, most telling first.

    Names that stand in `context`, a document's title, count as the passage's too.
    """
    place = Context(claim.words, passage.words, context)
    agreements: list[Agreement] = []
    missing: list[Span] = []
    weighed: list[Weighed] = []
    families: list[tuple[Sequence[Exact], Sequence[Exact]]] = [
        (claim.quantities[:MANY], passage.quantities[:MANY]),
        (claim.dates[:MANY], passage.dates[:MANY]),
        (claim.names[:MANY], passage.names[:MANY]),
    ]
    for mine, theirs in families:
        found = [_same(claim, value, passage, theirs, place) for value in mine]
        used = {span for spans in found for span in spans}
        for value, same in zip(mine, found, strict=True):
            titled = isinstance(value, NameValue) and _stands_in(value.text, context)
            if not (_is_figure(value) and overlaps(value.span, claim.borrowed)):
                agreements += [Agreement(value.span, span) for span in same[:1]]
                if not same and not titled and _counts(value):
                    missing.append(value.span)
            pairs = _different((claim, value), (passage, theirs), bool(same or titled), used)
            weighed += [
                replace(each, weight=each.weight + place.near(each.proposal.passage_span))
                for each in pairs
            ]
    one_office = {
        where: office for office in claim.offices[:MANY] if (where := held(claim, office, passage))
    }
    agreements += [Agreement(office.span, where) for where, office in one_office.items()]
    weighed += offices(claim, passage, place, context)
    weighed += turned(claim, passage, place)
    one_of_many = is_one_of_many(claim)
    own: list[Weighed] = []
    borrowed: list[Weighed] = []
    for each in weighed:
        if one_of_many and each.proposal.kind == "name":
            continue  # another person may be one as well
        (borrowed if _is_borrowed(claim, each.proposal) else own).append(each)
    return Comparison(
        tuple(agreements),
        _chosen(claim.words, own),
        tuple(missing),
        _chosen(claim.words, borrowed)[:BORROWED],
        says_no_more(claim, list(one_office.values())),
        aligned(claim, passage, place),
    )


def _is_borrowed(claim: Text, proposal: Proposal) -> bool:
    """Whether it is about a figure that the claim borrows: another claim is about that one."""
    return proposal.kind in FIGURES and overlaps(proposal.claim_span, claim.borrowed)


def _is_figure(value: Exact) -> bool:
    """Whether what differs in it is of one of the kinds of figures: not with a time of day."""
    return isinstance(value, Quantity) and value.unit != "clock"


def _counts(value: Exact) -> bool:
    """Whether a passage that has nothing like it misses something: not with an ordinal."""
    return not (isinstance(value, Quantity) and value.unit in {"ordinal", "times"})


def _same(
    claim: Text, value: Exact, passage: Text, others: Sequence[Exact], place: Context
) -> list[Span]:
    """Where the passage has a claim's value, the likeliest place first."""
    spans = [
        other.span
        for other in others
        if value.against(other) is Relation.SAME  # type: ignore[arg-type]
    ]
    if not spans and isinstance(value, Quantity):
        spans = derived(value, passage.quantities, passage.dates, passage.published)
        spans = spans or difference(claim.words, value, passage.quantities)
        spans = spans or change(claim.words, value, passage.words, passage.quantities)
    nouns = following(claim.words, value.span)
    return sorted(
        spans,
        key=lambda span: -place.near(span) - bool(nouns & following(passage.words, span)),
    )


def _different(
    mine: tuple[Text, Exact],
    theirs: tuple[Text, Sequence[Exact]],
    agreed: bool,
    used: set[Span],
) -> Iterator[Weighed]:
    (claim, value), (passage, others) = mine, theirs
    seen = {value.span.of(claim.words).casefold()}
    for other in others:
        words = other.span.of(passage.words)
        if words.casefold() in seen or value.against(other) is not Relation.DIFFERENT:  # type: ignore[arg-type]
            continue
        if isinstance(other, NameValue) and _stands_in(other.text, claim.words):
            continue
        if agreed and isinstance(value, Quantity) and value.unit == "pp":
            continue  # the points follow from the shares beside them
        seen.add(words.casefold())
        shown = worded(claim, value, other, words)
        proposal = proposed(claim, value.span, passage, other.span, value.kind(other), shown)  # type: ignore[arg-type]
        if isinstance(value, DateValue) and isinstance(other, DateValue):
            proposal = _on_or_in(proposal, value, other)
        weight = _weight((claim, value), (passage, other))
        lost = 0.15 if isinstance(value, NameValue) and value.located else 0.5
        weight -= lost * agreed + 0.3 * (other.span in used)
        yield Weighed(proposal, weight, f"{value.span.start}")


def _on_or_in(proposal: Proposal, mine: DateValue, theirs: DateValue) -> Proposal:
    """A date's preposition as the other date needs it: `in March`, `on 4 March`."""
    head = proposal.rewritten[: proposal.claim_span.start]
    tail = proposal.rewritten[proposal.claim_span.start :]
    if tail.lower().startswith(("on ", "in ")):
        return proposal
    old, new = ("in ", "on ") if theirs.days == 1 else ("on ", "in ")
    if (mine.days == 1) == (theirs.days == 1) or not head.lower().endswith(
        (" " + old, old)[len(head) < 4]
    ):
        return proposal
    return replace(
        proposal, rewritten=f"{head[:-3]}{new if head[-3].islower() else new.capitalize()}{tail}"
    )


def _weight(mine: tuple[Text, Exact], theirs: tuple[Text, Exact]) -> float:
    """How telling a difference looks by the two values and what stands beside them."""
    (claim, value), (passage, other) = mine, theirs
    if isinstance(value, Quantity) and isinstance(other, Quantity):
        counted = following(claim.words, value.span) & following(passage.words, other.span)
        alike = 0.35 if value.unit == other.unit and value.unit else 0.0
        same_figure = 0.5 if value.kind(other) == "unit" else 0.0
        ordinal = -0.4 if value.unit == "ordinal" and not counted else 0.0
        far = -0.5 * (value.unit == other.unit and not _is_near(value.low, other.low))
        return 0.7 + 0.4 * bool(counted) + alike + same_figure + ordinal + far
    if isinstance(value, DateValue) and isinstance(other, DateValue):
        precise = 0.2 if abs(value.days - other.days) < 4 else 0.0
        return 0.6 + precise - 0.15 * other.relative
    if isinstance(value, NameValue) and isinstance(other, NameValue):
        typed = 0.25 if value.what == other.what != "" else 0.0
        located = 0.15 * (value.located == other.located)
        led = preposition(claim.words, value.span) == preposition(passage.words, other.span)
        modifies = re.match(
            r" [a-z]+s?\b(?<! in)(?<! of)(?<! at)(?<! to)(?<! on)",
            claim.words[value.span.end :][:24],
        )
        noun = bool(modifies) and value.what != "person"
        return (
            0.3
            + typed
            + located
            + 0.15 * led
            - 0.3 * noun
            - 0.2 * (value.located and other.what == "person")
        )
    return 0.5


def _is_near(one: float, two: float) -> bool:
    """Whether two numbers are of one order, so that one may be given for the other."""
    small, large = sorted((abs(one), abs(two)))
    return not math.isfinite(large) or large <= 50 * max(small, 1.0)


def _chosen(claim: str, weighed: Sequence[Weighed]) -> tuple[Proposal, ...]:
    """The most telling proposals, none twice, no value of the claim crowding out the others."""
    taken: dict[str, int] = {}
    ranked = []
    for each in sorted(weighed, key=lambda each: -each.weight):
        before = taken.get(each.group, 0)
        if before < OF_ONE:
            ranked.append((each.weight - FURTHER * before, each.proposal))
            taken[each.group] = before + 1
    ranked.sort(key=lambda pair: -pair[0])
    kept: list[Proposal] = []
    known = {" ".join(claim.split()).casefold()}
    for weight, proposal in ranked:
        shown = " ".join(proposal.rewritten.split()).casefold()
        if shown not in known and weight >= LEAST:
            known.add(shown)
            kept.append(proposal)
    return tuple(kept[:MOST])


@lru_cache(maxsize=4096)
def _stands_in(name: str, text: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1]
    return last.casefold() in text.casefold() or any(
        same_name(name, word) for word in text.split() if word[:1].isupper()
    )
