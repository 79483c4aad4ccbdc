"""Proposals that turn a claim round: its direction, quantifier, denial, or the unit of its rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from factcheck.mismatch.polarity import (
    affirmed,
    denied,
    directions,
    negation_words,
    opposite_words,
    quoted,
)
from factcheck.mismatch.quantifiers import WHOSE, Quantifier
from factcheck.mismatch.quantities import Quantity
from factcheck.mismatch.rates import find_rates, unit_of
from factcheck.mismatch.text import Text, Weighed, proposed
from factcheck.mismatch.values import Proposal
from factcheck.mismatch.weighing import Context, following, telling_stems
from factcheck.spans import overlaps
from index import Span

_ONE_OF = re.compile(r"\bone of (?:the |its |their |only )?[\w-]{2,14} [\w-]{2,24}", re.IGNORECASE)
_ONLY = re.compile(r"\bthe (?:only|sole|first) [\w-]{2,24}", re.IGNORECASE)
#: Order and place are turned round less often than amounts.
_LOOSE = frozenset("before after early late north south east west over under above below".split())
#: Places in an order.
_RANKS = frozenset({"first", "second", "third", "fourth", "latest"})
#: A denial in a sentence that has less of the claim denies something else.
NEAR = 0.13
#: Words of direction that are turned round, at most.
TURNS = 8
#: Words behind a denying word that it may deny.
_REACH = 8
#: Rates of a text that are compared, at most.
RATES = 20
#: Characters between an amount and the unit of its rate: `£1.80 for parking per hour`.
_CLOSE = 28
#: Words of a sentence shown as what denies a claim.
_SHOWN = 12


def turned(claim: Text, passage: Text, place: Context) -> Iterator[Weighed]:
    """All such proposals, weighed."""
    yield from _directions(claim, passage, place)
    yield from _quantifiers(claim, passage, place)
    yield from _negations(claim, passage, place)
    yield from _rates(claim, passage, place)
    yield from _only(claim, passage, place)


def _directions(claim: Text, passage: Text, place: Context) -> Iterator[Weighed]:
    for turn in islice(directions(claim.words), TURNS):
        inside = overlaps(turn.span, [name.span for name in claim.names])
        if inside or quoted(claim.words, turn.span):
            continue
        loose = 0.3 * (turn.span.of(claim.words).lower() in _LOOSE)
        for span in opposite_words(turn.span.of(claim.words), passage.words)[:TURNS]:
            shown = _phrase(passage.words, span)
            value = turn.span.of(claim.words)
            proposal = Proposal(
                "direction", turn.span, shown, value, shown.of(passage.words), turn.rewritten
            )
            yield Weighed(proposal, 0.75 - loose + place.near(span), f"{turn.span.start}")


def _phrase(text: str, span: Span) -> Span:
    """A direction with the little word that belongs to it: `short of`, `down from`, `up on`."""
    match = re.match(r" (?:of|from|on|by|than)\b", text[span.end : span.end + 6])
    return Span(span.start, span.end + match.end()) if match else span


def _quantifiers(claim: Text, passage: Text, place: Context) -> Iterator[Weighed]:
    for mine in claim.quantifiers[:3]:
        figures = [each.span for each in claim.quantities if each.unit != "ordinal"]
        counted = overlaps(mine.span, figures)
        if counted or quoted(claim.words, mine.span):
            continue
        for other in passage.quantifiers[:TURNS]:
            if other.family != mine.family or other.means in {mine.means, "any"}:
                continue
            if mine.family == "super":
                nouns = following(claim.words, mine.span) & following(passage.words, other.span)
                if not _graded(mine, other, bool(nouns)):
                    continue
            shown = _fitted(claim.words, mine, other.span.of(passage.words))
            proposal = proposed(claim, mine.span, passage, other.span, "quantifier", shown)
            ranked = mine.family == "super" and mine.means.endswith(other.means.rpartition("-")[2])
            weight = 0.7 if ranked or mine.is_universal else 0.45
            yield Weighed(proposal, weight + place.near(other.span), f"q{mine.span.start}")
        if mine.is_universal:
            yield from _counted(claim, mine, passage, place)


def _graded(mine: Quantifier, other: Quantifier, one_noun: bool) -> bool:
    """`the highest` beside `second-highest`, `the largest` beside `the smallest`.

    Of the same noun, any place in an order beside another: `its second defeat`, `its third defeat`.
    """
    one, two = mine.means.rpartition("-")[2], other.means.rpartition("-")[2]
    if one_noun and {one, two} <= _RANKS:
        return one != two
    opposite = {
        frozenset(pair.split("/"))
        for pair in "largest/smallest highest/lowest oldest/youngest longest/shortest best/worst "
        "fastest/slowest richest/poorest earliest/latest first/latest wettest/driest "
        "hottest/coldest warmest/coldest strongest/weakest "
        "first/second first/third only/first".split()
    }
    return one == two or frozenset((one, two)) in opposite


def _fitted(claim: str, mine: Quantifier, theirs: str) -> str:
    """The passage's quantifier as it fits the claim: with `of` and `the` where there was one."""
    words = mine.span.of(claim)
    if mine.family == "super":
        own, other = WHOSE.match(words), WHOSE.match(theirs)
        return (own[0] if own else "") + theirs[other.end() if other else 0 :]
    bare = re.sub(r" of$", "", theirs)
    rest = claim[mine.span.end :]
    if words.lower().endswith(" of") or rest.startswith(" of "):
        bare = {"no": "none", "every": "each"}.get(bare.lower(), bare)
        bare = bare + (" of" if words.lower().endswith(" of") else "")
    elif re.match(r" (?:the|its|their|his|her|those|these)\b", rest) and bare.lower() not in {
        "all",
        "both",
        "half",
    }:
        bare += " of"
    return bare[0].upper() + bare[1:] if words[0].isupper() else bare[0].lower() + bare[1:]


def _counted(claim: Text, mine: Quantifier, passage: Text, place: Context) -> Iterator[Weighed]:
    """A number or share in the passage against `all`, `every` or `none`."""
    words, rest = mine.span.of(claim.words), claim.words[mine.span.end :]
    spans = [q for q in passage.quantities if q.unit in {"", "%"}]
    spans = [q for q in spans if not overlaps(q.span, [v.span for v in passage.dates])]
    for quantity in sorted(spans, key=lambda q: -place.near(q.span))[:2]:
        shown = quantity.span.of(passage.words)
        shown = shown[0].upper() + shown[1:] if words[0].isupper() else shown[0].lower() + shown[1:]
        singular = words.lower() in {"every", "each"}
        if words.lower().endswith(" of") or singular or re.match(r" (?:the|its|their)\b", rest):
            shown += " of"
        if singular:
            word = re.match(r" [\w-]+", rest)
            plural = rest[: word.end()] + "s" + rest[word.end() :] if word else rest
            rewritten = f"{claim.words[: mine.span.start]}{shown} the{plural}"
        else:
            rewritten = f"{claim.words[: mine.span.start]}{shown}{rest}"
        proposal = Proposal(
            "quantifier",
            mine.span,
            quantity.span,
            words,
            quantity.span.of(passage.words),
            rewritten,
        )
        yield Weighed(proposal, 0.45 + place.near(quantity.span), f"q{mine.span.start}")
    if (
        spans
        and mine.means == "all"
        and words.lower() in {"all", "every", "all of", "each", "both"}
    ):
        best = max(spans, key=lambda q: place.near(q.span)).span
        some = f"{'Not' if words[0].isupper() else 'not'} {words[0].lower()}{words[1:]}"
        proposal = proposed(claim, mine.span, passage, best, "quantifier", some)
        yield Weighed(proposal, 0.4 + place.near(best), f"q{mine.span.start}")


def _negations(claim: Text, passage: Text, place: Context) -> Iterator[Weighed]:
    """A denial taken away where the passage affirms, or put in where it denies."""
    turn = affirmed(claim.words)
    if turn:
        span = _told(passage, place.best)
        if not span.of(passage.words).strip():
            return
        value = turn.span.of(claim.words).strip()
        proposal = Proposal(
            "negation", turn.span, span, value, span.of(passage.words), turn.rewritten
        )
        yield Weighed(proposal, 0.9 + place.near(span), "negation")
        return
    turn = denied(claim.words, claim.parse)
    if turn is None or quoted(claim.words, turn.span):
        return
    mine = telling_stems(claim.words) | telling_stems(turn.rewritten)  # `met`, and `did not meet`
    words = [
        word
        for word in negation_words(passage.words)
        if place.near(word) >= NEAR and mine & _denied(passage.words, word)
    ]
    if not words:
        return
    best = max(words, key=place.near)
    span = _denial(passage, best)
    proposal = Proposal(
        "negation",
        turn.span,
        span,
        turn.span.of(claim.words),
        span.of(passage.words),
        turn.rewritten,
    )
    yield Weighed(proposal, 0.5 + 1.2 * place.near(best), "negation")


def _denied(text: str, word: Span) -> set[str]:
    """What a denying word denies, as stems: the next words of its sentence."""
    clause = re.split(r"[;!?]|[.:](?=\s|$)", text[word.end : word.end + 90], maxsplit=1)[0]
    return telling_stems(word.of(text)) | telling_stems(" ".join(clause.split()[:_REACH]))


def _denial(passage: Text, word: Span) -> Span:
    """A denying word with the verb it denies: `did not meet`."""
    tokens = passage.parse.tokens
    for token in tokens:
        if token.start <= word.start < token.end and token.relation == "neg":
            verb = tokens[token.head]
            family = [
                t for t in tokens if t.head == token.head and t.relation in {"aux", "auxpass"}
            ]
            start = min([t.start for t in family if t.start < verb.start] + [word.start])
            end = max(verb.end, word.end)
            return Span(start, end) if 0 < end - start < 60 else word
    return word


def _told(passage: Text, sentence: Span) -> Span:
    """What a sentence tells: its main verb with what stands around it, up to a dozen words."""
    words = passage.words
    tokens = [t for t in passage.parse.tokens if sentence.start <= t.start < sentence.end]
    verb = next(
        (t for t in tokens if t.relation == "ROOT" and t.tag.startswith(("V", "MD"))),
        next((t for t in tokens if t.tag.startswith("VB")), None),
    )
    if verb is None:
        return _stripped(words, sentence)
    at = tokens.index(verb)
    subject = [
        t
        for t in tokens[:at]
        if passage.parse.tokens[t.head] is verb
        and at - tokens.index(t) < 6
        and t.relation in {"nsubj", "nsubjpass", "aux", "auxpass"}
    ]
    first = tokens.index(subject[0]) if subject else at
    while (
        first > 0
        and at - first < 8
        and tokens[first - 1].tag in {"DT", "JJ", "NN", "NNP", "NNS", "CD", "PRP$"}
    ):
        first -= 1
    last = at
    while (
        last + 1 < len(tokens)
        and last - first < _SHOWN
        and tokens[last + 1].text not in {",", ".", ";", ":", "—"}
    ):
        last += 1
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].start == tokens[last].end
        and tokens[last + 1].text[0].isalnum() | (tokens[last].tag == "HYPH")
    ):
        last += 1
    return _stripped(words, Span(tokens[first].start, tokens[last].end))


def _stripped(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(
        start, max(start + bool(words.strip()), span.end - (len(words) - len(words.rstrip())))
    )


def _rates(claim: Text, passage: Text, place: Context) -> Iterator[Weighed]:
    """`€12 a month` beside `€12 a year`; of two amounts the amounts are compared."""
    theirs = [
        (rate, amount) for rate in _few_rates(passage) if (amount := _rated(passage, rate.start()))
    ]
    for mine in _few_rates(claim):
        amount = _rated(claim, mine.start())
        same = [rate for rate, other in theirs if amount and _is_one_amount(amount, other)]
        if unit_of(mine) in map(unit_of, same):
            continue
        for other in same:
            proposal = proposed(claim, Span(*mine.span()), passage, Span(*other.span()), "unit")
            yield Weighed(proposal, 1.0 + place.near(proposal.passage_span), f"rate {mine.start()}")


def _few_rates(text: Text) -> list[re.Match[str]]:
    return list(islice(find_rates(text.words), RATES))


def _rated(text: Text, at: int) -> Quantity | None:
    """The amount that stands close before, in the same clause."""
    before = [q for q in text.quantities if 0 <= at - q.span.end < _CLOSE]
    if not before or re.search(r"[.,;!?()\n]", text.words[before[-1].span.end : at]):
        return None
    return before[-1]


def _is_one_amount(one: Quantity, two: Quantity) -> bool:
    return (one.low, one.high, one.unit) == (two.low, two.high, two.unit)


def _only(claim: Text, passage: Text, place: Context) -> Iterator[Weighed]:
    """`one of three women` beside `the only woman`."""
    mine, other = _ONE_OF.search(claim.words), _ONLY.search(passage.words)
    if not mine or not other:
        return
    number = next((q for q in claim.quantities if mine.start() <= q.span.start < mine.end()), None)
    if number is None:
        return
    span = Span(other.start(), other.end())
    proposal = proposed(claim, Span(mine.start(), mine.end()), passage, span, "number")
    yield Weighed(proposal, 0.8 + place.near(span), f"{mine.start()}")
