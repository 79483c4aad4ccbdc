"""Article → claims, and what was skipped and why.

Each step is a module of its own: furniture, sentences, speakers, the form of a sentence, its
clauses, what they leave to the article, the roles they give people, their kind and
check-worthiness.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.claims.census import Census
from factcheck.claims.checkworthy import (
    THRESHOLD,
    THRESHOLD_QUOTED,
    THRESHOLD_REPORTED,
    score_checkworthiness,
)
from factcheck.claims.clauses import Clause, split_clauses
from factcheck.claims.furniture import find_furniture
from factcheck.claims.kinds import kind_of, uncheckable
from factcheck.claims.people import People, bare_name
from factcheck.claims.reading import Reading, read_sentences
from factcheck.claims.resolve import Resolution, Resolver, Setting
from factcheck.claims.roles import Role, find_roles
from factcheck.claims.speakers import (
    FEW_WORDS,
    LABEL,
    MOSTLY,
    find_speakers,
    read_host,
    read_labels,
)
from factcheck.claims.standalone import cleaning, own_words, placed, reported, wording
from factcheck.mismatch.values import overlaps
from factcheck.records import Article, Claim, ClaimKind, SkippedSentence
from factcheck.rewriting import Edit, Piece, Rewriting, rewrite
from index import Span
from index.sentences import split_blocks

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Extraction:
    """The claims of an article and the sentences that are none; both in order.

    Every sentence of the article is in one of the two: as claims, or as skipped.
    """

    claims: tuple[Claim, ...]
    skipped: tuple[SkippedSentence, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What may be a claim: a stretch of the article, who says it, its wording and its kind."""

    span: Span
    speaker: str | None
    wording: Rewriting
    kind: ClaimKind
    quoted: tuple[Span, ...]
    sentence: int
    attributed: str = ""


def extract_claims(article: Article) -> list[Claim]:
    """The claims of an article, in order. Raises `ModelError` when a model cannot be used."""
    return list(split_article(article).claims)


def split_article(article: Article) -> Extraction:
    """Claims and skipped sentences. Raises `ModelError` when a model cannot be used."""
    text = article.text
    furniture = find_furniture(article)
    skipped = [_skip(text, one.span, one.reason) for one in furniture]
    readings = read_sentences(text, [one.span for one in furniture])
    reader = _Reader(article, readings)
    candidates: list[_Candidate] = []
    for number, (reading, speaker) in enumerate(zip(readings, reader.speakers, strict=True)):
        found = list(reader.candidates(number))
        if reading.reason:
            skipped.append(_skip(text, reading.span, reading.reason, speaker))
        else:
            candidates += found
    claims, unworthy = _select(text, candidates, reader)
    covered = {candidate.sentence for candidate in unworthy[1]}
    for number, reason in unworthy[0].items():
        if number not in covered:
            reading = readings[number]
            skipped.append(_skip(text, reading.span, reason, reader.speakers[number]))
    skipped.sort(key=lambda one: one.start)
    return Extraction(tuple(claims), tuple(skipped))


def _select(
    text: str, candidates: Sequence[_Candidate], reader: _Reader
) -> tuple[list[Claim], tuple[dict[int, str], list[_Candidate]]]:
    """The claims among the candidates; why sentences have none, and the candidates that are."""
    scores = score_checkworthiness([candidate.wording.text for candidate in candidates])
    claims: list[Claim] = []
    kept: list[_Candidate] = []
    reasons: dict[int, str] = {}
    for candidate, score in zip(candidates, map(float, scores), strict=True):
        reason = _unfit(candidate, score)
        if reason:
            reasons.setdefault(candidate.sentence, reason)
            continue
        kept.append(candidate)
        claims.append(reader.claim(candidate, score))
    claims.sort(key=lambda claim: (claim.start, claim.end))
    return _merged(claims), (reasons, kept)


def _merged(claims: Sequence[Claim]) -> list[Claim]:
    """Claims that say the same, by the same speaker, as one with all its places."""
    first: dict[tuple[str, str | None], int] = {}
    merged: list[Claim] = []
    for claim in claims:
        key = (" ".join(_WORD.findall(claim.statement.casefold())), claim.speaker)
        if key in first:
            before = merged[first[key]]
            merged[first[key]] = replace(before, places=(*before.places, claim.span))
        else:
            first[key] = len(merged)
            merged.append(claim)
    return merged


def _unfit(candidate: _Candidate, score: float) -> str | None:
    """Why a candidate is not checked, if so."""
    if candidate.kind is ClaimKind.ROLE:
        return None
    if candidate.kind in {ClaimKind.PREDICTION, ClaimKind.OPINION}:
        article = "an" if candidate.kind is ClaimKind.OPINION else "a"
        return f"{article} {candidate.kind.value}"
    threshold = THRESHOLD if candidate.speaker is None else THRESHOLD_REPORTED
    if candidate.kind is ClaimKind.QUOTATION and candidate.speaker:
        threshold = THRESHOLD_QUOTED
    return "not check-worthy" if score < threshold else None


class _Reader:
    """An article's sentences with all that is known of the article as a whole."""

    def __init__(self, article: Article, readings: Sequence[Reading]) -> None:
        self._text = article.text
        self._readings = readings
        self._labels = read_labels([block.of(article.text) for block in split_blocks(article.text)])
        self._host = read_host(article.text)
        self.speakers = find_speakers(
            [reading.sentence for reading in readings], self._labels, self._host
        )
        names = [name for reading in readings for name in reading.sentence.mentions.people]
        self._people = People([*names, *(label for label in self._labels if label)])
        place = next((reading.place for reading in readings if reading.place), None)
        sentences = [(_without_label(reading.words), reading.parse) for reading in readings]
        self._census = Census(article.title, sentences, self._people, place)
        self._topic = self._census.topic
        self._resolver = Resolver(self._census, self._people, _day(article.published))
        self._seen: set[tuple[str, str]] = set()

    def candidates(self, number: int) -> Iterator[_Candidate]:
        """What a sentence may claim, in order; every sentence is read, in order."""
        reading, speaker = self._readings[number], self.speakers[number]
        said_aloud = self._is_label(number) or self._host is not None
        spoken = said_aloud or (speaker is not None and reading.sentence.share >= MOSTLY)
        setting = Setting(
            reading.words, reading.parse, reading.quoted, speaker, spoken, reading.sentence.block
        )
        resolutions = self._resolver.resolve(setting)
        for role in find_roles(reading.words, reading.parse):
            self._people.give_role(_office(role, reading.words), role.name.of(reading.words))
            found = self._role(number, role, resolutions)
            if found and not reading.reason:
                yield found
        if not reading.reason:
            yield from self._clauses(number, resolutions)

    def claim(self, candidate: _Candidate, score: float) -> Claim:
        """The claim a candidate is."""
        span = candidate.span
        statement = candidate.wording.text
        alone = statement
        quotes = candidate.kind is ClaimKind.QUOTATION
        if candidate.kind is ClaimKind.ROLE:
            alone = self._whole_role(statement)
        elif candidate.speaker:
            alone = candidate.attributed
            if candidate.speaker not in alone:
                alone = reported(statement, candidate.speaker, quotes)
        query = statement
        if self._topic and self._topic not in query:
            query = placed(query, self._topic)
        if self._topic and self._topic not in alone:
            alone = placed(alone, self._topic)
        return Claim(
            text=span.of(self._text),
            start=span.start,
            end=span.end,
            standalone=alone,
            speaker=candidate.speaker,
            kind=candidate.kind,
            checkworthiness=score,
            reason=_why(candidate),
            wording=candidate.wording,
            query=query,
            quoted=candidate.quoted,
        )

    def _whole_role(self, statement: str) -> str:
        """A role with what it is a role of, the article's subject where the words leave it out."""
        if not self._topic or self._topic in statement or " of " in statement:
            return statement
        return f"{statement[:-1]} of {self._topic}."

    def _clauses(self, number: int, resolutions: Sequence[Resolution]) -> Iterator[_Candidate]:
        reading, speaker = self._readings[number], self.speakers[number]
        start = reading.span.start
        words = own_words(reading.words, reading.quoted)
        clauses = split_clauses(reading.words, reading.parse, reading.quoted)
        if words is not None or len(reading.words) != reading.span.end - start:
            clauses = [Clause(Span(0, len(reading.words)), Span(0, len(reading.words)))]
        edits = [*cleaning(reading.words, reading.quoted), *self._label_edit(number)]
        someone_reports = any(clause.reported for clause in clauses)
        for clause in clauses:
            quoted = tuple(
                Span(max(q.start, clause.span.start) + start, min(q.end, clause.span.end) + start)
                for q in reading.quoted
                if overlaps(q, [clause.span])
            )
            said_by = speaker
            aloud = self._is_label(number) or self._host is not None
            if someone_reports and not clause.reported and not quoted and not aloud:
                said_by = None
            parts: list[Span | str] = []
            for before in clause.before:
                parts += [before, " "]
            parts += [clause.content] if words is None else _spaced(words)
            made = wording(
                reading.words, parts, [*edits, *_needed(resolutions, clause, reading.words)]
            )
            kind = self._kind(number, made.text, said_by, quoted)
            span = Span(clause.span.start + start, clause.span.end + start)
            whole = _attributed(reading, clause, edits, resolutions)
            yield _Candidate(span, said_by, _moved(made, start), kind, quoted, number, whole)

    def _kind(
        self, number: int, statement: str, speaker: str | None, quoted: Sequence[Span]
    ) -> ClaimKind:
        sentence = self._readings[number].sentence
        words = sum(len(span.of(self._text).split()) for span in quoted)
        is_quoted = bool(quoted) and (
            sentence.share >= MOSTLY or bool(speaker and words >= FEW_WORDS)
        )
        return uncheckable(statement, speaker) or kind_of(statement, is_quoted)

    def _is_label(self, number: int) -> bool:
        return self._labels[self._readings[number].sentence.block] is not None

    def _label_edit(self, number: int) -> list[Edit]:
        """Takes the transcript label away that begins a statement."""
        reading = self._readings[number]
        label = self._labels[reading.sentence.block]
        match = LABEL.match(reading.words.lstrip())
        if match and label in {"", match["name"]}:
            indent = len(reading.words) - len(reading.words.lstrip())
            return [Edit(Span(0, indent + match.end()), "")]
        return []

    def _role(
        self, number: int, role: Role, resolutions: Sequence[Resolution]
    ) -> _Candidate | None:
        reading = self._readings[number]
        start = reading.span.start
        name = self._people.find(role.name.of(reading.words)) or bare_name(
            role.name.of(reading.words)
        )
        words = role.role.of(reading.words)
        if (name, words.lower()) in self._seen:
            return None
        self._seen.add((name, words.lower()))
        edits = [each.edit for each in resolutions if each.name != name]
        made = rewrite(reading.words, role.statement(reading.words, name), edits)
        span = Span(role.span.start + start, role.span.end + start)
        if overlaps(role.span, reading.quoted):
            return None
        return _Candidate(span, None, _moved(made, start), ClaimKind.ROLE, (), number)


def _attributed(
    reading: Reading, clause: Clause, edits: Sequence[Edit], resolutions: Sequence[Resolution]
) -> str:
    """A clause with its attribution, quotation marks and all: `“We won,” Ida Roe said on 4 May.`"""
    outside = [
        each
        for each in resolutions
        if not (each.first_person and overlaps(each.edit.span, reading.quoted))
    ]
    whole = replace(clause, content=clause.span)
    parts = [part for before in clause.before for part in (before, " ")]
    return wording(
        reading.words, [*parts, clause.span], [*edits, *_needed(outside, whole, reading.words)]
    ).text


def _without_label(words: str) -> str:
    """The words, spaces for what a transcript puts before them."""
    match = LABEL.match(words)
    return " " * match.end() + words[match.end() :] if match else words


def _spaced(spans: Sequence[Span]) -> list[Span | str]:
    parts: list[Span | str] = []
    for span in spans:
        parts += [span, " "]
    return parts


def _needed(resolutions: Sequence[Resolution], clause: Clause, words: str) -> list[Edit]:
    """The edits for a clause: no name is put in that stands in it already, nor is one for a pronoun
    that it leaves out.
    """
    inside = " ".join([*(before.of(words) for before in clause.before), clause.content.of(words)])
    edits = [
        each.edit
        for each in resolutions
        if not (each.name and each.name in inside)
        and not (clause.dropped and overlaps(each.edit.span, [clause.dropped]))
    ]
    if clause.dropped:
        edits.append(Edit(clause.dropped, ""))
    return edits


def _moved(made: Rewriting, by: int) -> Rewriting:
    """The same with sources in the article's offsets."""
    pieces = [
        Piece(
            piece.start,
            piece.length,
            Span(piece.source.start + by, piece.source.end + by) if piece.source else None,
            piece.copied,
        )
        for piece in made.pieces
    ]
    return Rewriting(made.text, tuple(pieces))


def _office(role: Role, words: str) -> str:
    return role.role.of(words).split(" of ")[0].split(" at ")[0].rsplit(maxsplit=1)[-1].lower()


def _day(published: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _skip(text: str, span: Span, reason: str, speaker: str | None = None) -> SkippedSentence:
    return SkippedSentence(span.of(text), span.start, span.end, reason, speaker)


def _why(candidate: _Candidate) -> str:
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
