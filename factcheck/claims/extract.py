"""Article → claims, and what was skipped and why.

One sentence is one claim so far. Each step is a function of its own: furniture, sentences,
speakers, the form of a sentence, its check-worthiness, what stands alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.claims.checkworthy import THRESHOLD, THRESHOLD_REPORTED, score_checkworthiness
from factcheck.claims.forms import not_a_statement
from factcheck.claims.furniture import find_furniture
from factcheck.claims.markup import blank, plain
from factcheck.claims.mentions import read_mentions
from factcheck.claims.quotes import find_quotations
from factcheck.claims.speakers import (
    FEW_WORDS,
    LABEL,
    MOSTLY,
    Sentence,
    find_speakers,
    read_labels,
)
from factcheck.claims.standalone import standalone
from factcheck.claims.syntax import parse
from factcheck.records import Article, Claim, ClaimKind, SkippedSentence
from index import Span
from index.sentences import split_blocks, split_sentences

#: Where a report comes from, before its first words: `LINDHAVEN, 4 May 2021 (Wire) –`. A place
#: without date or agency may also be an apposition, which ends with a second dash.
_PLACE = re.compile(
    r"[^\W\d_a-z][^\W\d_a-z.'’ /-]{2,30}"
    r"(?:(?:,[^—–\n]{1,40}?| ?\([^)\n]{1,30}\)){1,2}| ?(?=(?:—|–|--)[^—–]*$)) ?(?:—|–|--| - )\s*"
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """The claims of an article and the sentences that are none; both in order.

    Every sentence of the article is in exactly one of the two.
    """

    claims: tuple[Claim, ...]
    skipped: tuple[SkippedSentence, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sentence of prose: where it is, its quoted stretches, and why it is no statement."""

    span: Span
    quoted: tuple[Span, ...]
    reason: str | None
    sentence: Sentence


def extract_claims(article: Article) -> list[Claim]:
    """The claims of an article, in order. Raises `ModelError` when a model cannot be used."""
    return list(split_article(article).claims)


def split_article(article: Article) -> Extraction:
    """Claims and skipped sentences. Raises `ModelError` when a model cannot be used."""
    text = article.text
    furniture = find_furniture(article)
    skipped = [_skip(text, one.span, one.reason) for one in furniture]
    readings = _read(text, _prose(text, [one.span for one in furniture]))
    labels = read_labels([block.of(text) for block in split_blocks(text)])
    speakers = find_speakers([reading.sentence for reading in readings], labels)
    claims: list[Claim] = []
    candidates: list[tuple[_Reading, str | None, str]] = []
    for reading, speaker in zip(readings, speakers, strict=True):
        if reading.reason:
            skipped.append(_skip(text, reading.span, reading.reason, speaker))
        else:
            label = labels[reading.sentence.block]
            candidates.append((reading, speaker, _statement(text, reading, label)))
    scores = score_checkworthiness([statement for _, _, statement in candidates])
    for (reading, speaker, statement), score in zip(candidates, map(float, scores), strict=True):
        if score < (THRESHOLD if speaker is None else THRESHOLD_REPORTED):
            skipped.append(_skip(text, reading.span, "not check-worthy", speaker))
            continue
        span, kind = reading.span, _kind(reading.sentence, speaker)
        why = _why(kind, speaker, statement)
        claims.append(
            Claim(span.of(text), span.start, span.end, statement, speaker, kind, score, why)
        )
    skipped.sort(key=lambda one: one.start)
    return Extraction(tuple(claims), tuple(skipped))


def _skip(text: str, span: Span, reason: str, speaker: str | None = None) -> SkippedSentence:
    return SkippedSentence(span.of(text), span.start, span.end, reason, speaker)


def _statement(text: str, reading: _Reading, label: str | None) -> str:
    """What stands alone, without the transcript label that may begin it."""
    statement = standalone(reading.span.of(text), reading.quoted)
    match = LABEL.match(statement)
    return statement[match.end() :] if match and label in {"", match["name"]} else statement


def _prose(text: str, furniture: Sequence[Span]) -> list[Span]:
    """The sentences outside the furniture."""
    starts = [span.start for span in furniture]
    kept = []
    for sentence in split_sentences(text):
        before = bisect_right(starts, sentence.start) - 1
        inside = before >= 0 and sentence.start < furniture[before].end
        if not inside:
            kept.append(sentence)
    return kept


def _read(text: str, sentences: Sequence[Span]) -> list[_Reading]:
    quotations = find_quotations(text)
    ends = [quotation.end for quotation in quotations]
    block_starts = [block.start for block in split_blocks(text)]
    blanked = [_without_place(blank(span.of(text))) for span in sentences]
    readings = []
    for span, words, parsed in zip(sentences, blanked, parse(blanked), strict=True):
        first = bisect_right(ends, span.start)
        inside = _overlaps(quotations, first, span)
        quoted = tuple(part for _, part in inside)
        sentence = Sentence(
            block=bisect_right(block_starts, span.start) - 1,
            quotation=max(inside, key=_length)[0] if inside else None,
            share=_words(words, quoted) / max(1, len(words.split())),
            quoted_words=_words(words, quoted),
            mentions=read_mentions(words, parsed, quoted),
        )
        reason = not_a_statement(plain(span.of(text)), parsed)
        readings.append(_Reading(span, quoted, reason, sentence))
    return readings


def _without_place(words: str) -> str:
    """The words as long as before, spaces for the place they are reported from, if any."""
    match = _PLACE.match(words)
    return " " * match.end() + words[match.end() :] if match else words


def _overlaps(quotations: Sequence[Span], first: int, sentence: Span) -> list[tuple[int, Span]]:
    """The quotations that overlap a sentence: their numbers, and where in the sentence."""
    found = []
    for number in range(first, len(quotations)):
        span = quotations[number]
        if span.start >= sentence.end:
            break
        start, end = max(span.start, sentence.start), min(span.end, sentence.end)
        found.append((number, Span(start - sentence.start, end - sentence.start)))
    return found


def _length(pair: tuple[int, Span]) -> int:
    return pair[1].end - pair[1].start


def _words(text: str, quoted: Sequence[Span]) -> int:
    return sum(len(span.of(text).split()) for span in quoted)


def _kind(sentence: Sentence, speaker: str | None) -> ClaimKind:
    quoted = sentence.share >= MOSTLY or (speaker and sentence.quoted_words >= FEW_WORDS)
    return ClaimKind.QUOTATION if quoted else ClaimKind.ASSERTION


def _why(kind: ClaimKind, speaker: str | None, statement: str) -> str:
    """A few words for the reader."""
    if kind is ClaimKind.QUOTATION:
        return "a quoted statement"
    if speaker:
        return "a reported statement"
    if any(character.isdigit() for character in statement):
        return "a statement with a figure"
    return "a statement of fact"
