"""One finding as the page shows it: the claim, and the passages that bear on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup

from factcheck.records import Article, Claim, Evidence, Finding
from factcheck.render.claims import place
from factcheck.render.finding import ABSTENTIONS, STANCES, choose, says_more
from factcheck.render.html.article import Place
from factcheck.render.html.marks import cut, inert, joined
from factcheck.render.layout import percent
from index import Span


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a claim or passage: `clash` and `shared` say how it compares with the other."""

    text: Markup
    clash: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage: what stands before the deciding sentence, the sentence, and what comes after."""

    before: tuple[Words, ...]
    sentence: tuple[Words, ...]
    after: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage and what it says: `stance` in a word, and how probable that is."""

    item: Evidence
    stance: str
    chance: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Where:
    """A place of the article: the id of its mark, if it is marked, and its name for people."""

    anchor: str
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """A finding, numbered from 1: `detail` is how sure it is, or why there is no verdict.

    `shown` are the passages worth a reader's time, `folded` the others, which are neutral. `where`
    are the claim's own place, if the article has it, and its other places.
    """

    number: int
    finding: Finding
    detail: str
    claim: tuple[Words, ...]
    where: tuple[Where, ...]
    read_as: str
    shown: tuple[Judged, ...]
    folded: tuple[Judged, ...]


def card(article: Article, number: int, finding: Finding, marked: Iterable[Place]) -> Card:
    """What the page shows of `finding`; `marked` are its places that the article shows."""
    chosen = choose(finding, len(finding.evidence), neutral=False)
    rest = [item for item in finding.evidence if item not in chosen]
    return Card(
        number,
        finding,
        ABSTENTIONS[finding.reason] if finding.reason else percent(finding.confidence),
        _claim(finding),
        tuple(_where(article, finding.claim, marked)),
        finding.claim.sentence if says_more(finding.claim) else "",
        tuple(map(_judged, chosen)),
        tuple(map(_judged, rest)),
    )


def _where(article: Article, claim: Claim, marked: Iterable[Place]) -> Iterable[Where]:
    """The claim's places in the article's order of telling: its own first."""
    anchors = {each.span: each.anchor for each in sorted(marked, key=lambda each: -each.copy)}
    for span in [claim.span, *claim.places]:
        text = claim.text if span == claim.span else article.text[span.start : span.end]
        if name := place(article, text, span.start):
            yield Where(anchors.get(span, ""), name)


def _claim(finding: Finding) -> tuple[Words, ...]:
    claim = finding.claim
    differing = [each.claim_span for item in finding.evidence for each in item.mismatches]
    shared = [each.claim_span for item in finding.evidence[:1] for each in item.agreements]
    return tuple(_words(inert(claim.text), claim.start, differing, shared))


def _judged(item: Evidence) -> Judged:
    stance, best = item.stance, item.probabilities.best
    word = STANCES[best] if best is stance else f"uncertain, {STANCES[best]}"
    return Judged(item, word, percent(item.probabilities.of(best)), _quote(item))


def _quote(item: Evidence) -> Quote:
    """The passage cut into the deciding sentence and what surrounds it."""
    passage = item.hit.passage
    text = joined(inert(passage.text))
    edges = (0, item.sentence.start - passage.start, item.sentence.end - passage.start, len(text))
    differing = [each.passage_span for each in item.mismatches]
    shared = [each.passage_span for each in item.agreements]
    parts = [
        tuple(_words(text[start:end], passage.start + start, differing, shared))
        for start, end in pairwise(edges)
    ]
    return Quote(*parts)


def _words(
    text: str, offset: int, differing: Sequence[Span], shared: Sequence[Span]
) -> Iterable[Words]:
    """`text`, which begins at `offset` of what the spans are counted in, cut where they are.

    What differs is marked before what is shared. Neighbours that are marked alike are one piece.
    """
    spans = [_inside(span, offset, len(text)) for span in [*differing, *shared]]
    known = len(differing)
    pieces = [
        (any(mark < known for mark in piece.marks), bool(piece.marks), piece.text)
        for piece in cut(text, spans)
    ]
    for (clash, any_mark), run in groupby(pieces, key=lambda piece: piece[:2]):
        yield Words(Markup().join(words for *_, words in run), clash, any_mark and not clash)


def _inside(span: Span, offset: int, length: int) -> Span:
    """What of `span` lies in a text of `length` code points that begins at `offset`."""
    return Span(max(0, span.start - offset), min(length, span.end - offset))
