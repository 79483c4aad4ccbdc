"""Article → claims, and what was skipped and why.

Each step is a module of its own: furniture, sentences, speakers, the form of a sentence, its
clauses, what they leave to the article, the roles they give people, their kind and
check-worthiness.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.claims.candidates import Candidate, Candidates
from factcheck.claims.checkworthy import (
    THRESHOLD,
    THRESHOLD_EXACT,
    THRESHOLD_QUOTED,
    THRESHOLD_REPORTED,
    score_checkworthiness,
)
from factcheck.claims.furniture import find_furniture
from factcheck.claims.reading import read_sentences
from factcheck.records import Article, Claim, ClaimKind, SkippedSentence
from factcheck.spans import overlaps
from factcheck.wording import wording
from index import Span

#: Fewer quoted words than this are a term held with tongs, and whether they were said matters less.
_FEW_QUOTED = 4
#: A figure, or a name that does not begin the statement.
_EXACT = re.compile(r"\d|(?<=[a-z,] )[A-Z][a-z]")
#: A claim borrows from its sentence: from claims that begin so many characters around it.
NEAR = 600
#: Characters of its paragraph before a claim that are searched with it, too (decision 34).
BEFORE = 300


@dataclass(frozen=True, slots=True)
class Extraction:
    """The claims of an article and the sentences that are none; both in order.

    Every sentence of the article is in one of the two: as claims, or as skipped.
    """

    claims: tuple[Claim, ...]
    skipped: tuple[SkippedSentence, ...]


def extract_claims(article: Article) -> list[Claim]:
    """The claims of an article, in order. Raises `ModelError` when a model cannot be used."""
    return list(split_article(article).claims)


def split_article(article: Article) -> Extraction:
    """Claims and skipped sentences. Raises `ModelError` when a model cannot be used."""
    text = article.text
    furniture = find_furniture(article)
    skipped = [_skip(text, one.span, one.reason) for one in furniture]
    readings = read_sentences(text, [one.span for one in furniture])
    reader = Candidates(article, readings, furniture)
    candidates = [found for number in range(len(readings)) for found in reader.read(number)]
    claims, reasons = _select(text, candidates)
    for number, reading in enumerate(readings):
        reason = reader.reason(number) or reasons.get(number)
        if reason:
            skipped.append(_skip(text, reading.span, reason, reader.speaker(number)))
    skipped.sort(key=lambda one: one.start)
    return Extraction(tuple(claims), tuple(skipped))


def _select(text: str, candidates: Sequence[Candidate]) -> tuple[list[Claim], dict[int, str]]:
    """The claims among the candidates, and why sentences have none."""
    scores = score_checkworthiness([candidate.texts.wording.text for candidate in candidates])
    claims: list[Claim] = []
    stating: set[int] = set()
    reasons: dict[int, str] = {}
    for candidate, score in zip(candidates, map(float, scores), strict=True):
        if reason := _unfit(text, candidate, score):
            reasons.setdefault(candidate.sentence, reason)
            continue
        stating.add(candidate.sentence)
        claims.append(_claim(text, candidate, score))
    claims.sort(key=lambda claim: (claim.start, claim.end))
    return _with_borrowed(_merged(claims)), {
        n: why for n, why in reasons.items() if n not in stating
    }


def _claim(text: str, candidate: Candidate, score: float) -> Claim:
    span = candidate.span
    return Claim(
        text=span.of(text),
        start=span.start,
        end=span.end,
        standalone=candidate.texts.standalone,
        speaker=candidate.speaker,
        kind=candidate.kind,
        checkworthiness=score,
        reason=_why(candidate),
        wording=candidate.texts.wording,
        query=candidate.texts.query,
        nearby=_nearby(text, span),
        context=candidate.texts.context,
        quoted=candidate.quoted,
    )


def _nearby(text: str, span: Span) -> str:
    """A claim with up to `BEFORE` characters of its paragraph before it, of whole words."""
    blank = text.rfind("\n\n", 0, span.start)
    start = max(blank + 2 if blank >= 0 else 0, span.start - BEFORE)
    if start and not text[start - 1].isspace():
        start = next((n for n in range(start, span.start) if text[n].isspace()), span.start)
    return text[start : span.end].strip()


def _merged(claims: Sequence[Claim]) -> list[Claim]:
    """Claims that say the same, by the same speaker, as one with all its places."""
    first: dict[tuple[tuple[str, ...], str | None], int] = {}
    merged: list[Claim] = []
    for claim in claims:
        key = (tuple(wording(claim.statement).tokens), claim.speaker)
        if key in first:
            before = merged[first[key]]
            merged[first[key]] = replace(before, places=(*before.places, claim.span))
        else:
            first[key] = len(merged)
            merged.append(claim)
    return merged


def _with_borrowed(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, which know now what they borrow from each other.

    What stands in no claim is not borrowed: nothing else would check it.
    """
    spans = [span for claim in claims for span in (claim.span, *claim.places)]
    spans.sort(key=lambda span: span.start)
    starts = [span.start for span in spans]
    found = []
    for claim in claims:
        first = bisect_left(starts, claim.start - NEAR)
        near = spans[first : bisect_left(starts, claim.end + NEAR)]
        others = [span for span in near if not overlaps(span, [claim.span])]
        borrowed = claim.wording.drawn_from(others) if claim.wording else ()
        found.append(replace(claim, borrowed=borrowed))
    return found


def _unfit(text: str, candidate: Candidate, score: float) -> str | None:
    """Why a candidate is not checked, if so."""
    if candidate.kind is ClaimKind.ROLE:
        return None
    if candidate.kind is ClaimKind.PREDICTION:
        return "a prediction"
    if candidate.kind is ClaimKind.OPINION:
        return "an opinion"
    return "not check-worthy" if score < _threshold(text, candidate) else None


def _threshold(text: str, candidate: Candidate) -> float:
    """The least score with which a candidate is checked."""
    if candidate.speaker is None:
        counts = candidate.kind is ClaimKind.FIGURE
        is_exact = counts or bool(_EXACT.search(candidate.span.of(text)))
        return THRESHOLD_EXACT if is_exact else THRESHOLD
    few = candidate.kind is ClaimKind.QUOTATION and candidate.exact < _FEW_QUOTED
    return THRESHOLD_REPORTED if candidate.aloud or few else THRESHOLD_QUOTED


def _skip(text: str, span: Span, reason: str, speaker: str | None = None) -> SkippedSentence:
    return SkippedSentence(span.of(text), span.start, span.end, reason, speaker)


def _why(candidate: Candidate) -> str:
    """A few words for the reader."""
    if candidate.kind is ClaimKind.QUOTATION:
        return "a quoted statement"
    if candidate.kind is ClaimKind.ROLE:
        return "what somebody is said to be"
    if candidate.speaker:
        return "a reported statement"
    return {
        ClaimKind.FIGURE: "a statement with a figure",
        ClaimKind.COMPARISON: "a comparison",
    }.get(candidate.kind, "a statement of fact")
