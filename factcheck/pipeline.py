"""The whole pipeline on one screen: claims → passages → stances → verdicts → report."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from statistics import fmean

from factcheck.claims import score_checkworthiness, split_article
from factcheck.claims.syntax import parse
from factcheck.dates import find_dates
from factcheck.deciding import EVERYTHING, Choice, Gate
from factcheck.errors import UsageError
from factcheck.mismatch import Text
from factcheck.records import (
    Agreement,
    Article,
    Claim,
    ClaimKind,
    Dated,
    Evidence,
    Finding,
    Manifest,
    Mismatch,
    Report,
    Settings,
    SkippedSentence,
    Stance,
)
from factcheck.rule import THRESHOLD
from factcheck.said import Heard, find_quotation, longest_quotation, was_said
from factcheck.speaking import Sources
from factcheck.stance import Reading, Verifier, load_verifier, read
from factcheck.stance.placing import Asked, find_places
from factcheck.stance.remembering import RememberingEncoder
from factcheck.stretches import iso_stretch
from factcheck.verdict import NOT_YET, believed, decide, is_named, naming, placed, ranked, weigh
from factcheck.why import explain
from index import Encoder, Hit, Reference, Span, load_encoder
from index.documents import clean

#: Passages each of a claim's two searches proposes.
DEPTH = 20
#: Of so many times the passages that are read those come first in which a sentence likely decides,
#: and what its score counts beside the search's. Of 1,783 claims of articles 0.948 have a deciding
#: passage among the four read without it, 0.963 with; 0.03 and 0.08 do as well (decision 24).
REORDERED, DECIDING = 2, 0.05
#: Mismatches shown of one passage: of eleven further ones on the gold set's first half three were
#: right.
MISMATCHES = 1
#: Evidence from further than this before or after the time a claim speaks of is marked.
NEAR = dt.timedelta(days=180)
#: Claims judged per batch. The first batch is a single claim, so that something can be read soon.
BATCH = 8
#: Evidence a finding keeps.
MOST = 10
#: Why what a person typed is a claim.
GIVEN = "given"
#: Libraries whose version can change a finding.
VERSIONED = ("factcheck-desk", "openvino", "spacy", "sentencex", "tantivy", "faiss-cpu")


@dataclass(frozen=True)
class CheckOptions:
    """What a user may turn.

    `passages` is how many are judged per claim (1 to 10). `relevance` is the least hit score that
    counts as found. `threshold` overrides the rule's own. `choice` says which documents may decide.
    """

    passages: int = 4
    relevance: float = 0.25
    threshold: float | None = None
    choice: Choice = EVERYTHING


@dataclass(frozen=True)
class Checker:
    """An index, a verifier and options, ready to check any number of claims."""

    reference: Reference
    verifier: Verifier = field(default_factory=load_verifier)
    options: CheckOptions = CheckOptions()

    def findings(self, article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
        """Findings in the order of `claims`, each as soon as it is known."""
        return self.run(article, claims).findings()

    def run(self, article: Article, claims: Sequence[Claim]) -> Run:
        """A check of `claims`, which are those of `article`, about to begin."""
        # claims typed by a person have no article that could support itself
        known = "" if _typed(claims) else article.text
        gate = Gate(self.reference, known, self.options.choice)
        return Run(self, article, claims, gate, Sources(self.reference))

    def manifest(self, article: Article, given: bool = False) -> Manifest:
        """Everything the findings on `article` depend on; `given` as in `Settings`."""
        info, choice = self.reference.info(), self.options.choice
        return Manifest(
            index_fingerprint=self.reference.fingerprint,
            article_hash=hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
            models={"encoder": info.weights_hash, "verifier": self.verifier.weights_hash},
            precision={"encoder": info.precision, "verifier": self.verifier.precision},
            thresholds={
                "relevance": self.options.relevance,
                "stance": self.threshold,
            },
            versions={name: version(name) for name in VERSIONED},
            indexes=self.reference.members,
            settings=Settings(
                verifier=self.verifier.name,
                passages=self.options.passages,
                sources=choice.sources,
                excluded=choice.excluded,
                as_of=choice.as_of,
                given=given,
            ),
        )

    @cached_property
    def encoder(self) -> Encoder:
        """What finds the sentence of a passage that decides a claim; an index has its own."""
        return RememberingEncoder(load_encoder())

    @property
    def threshold(self) -> float:
        """The probability from which a stance is believed."""
        chosen = self.options.threshold
        return THRESHOLD if chosen is None else chosen

    def search(self, claims: Sequence[Claim], gate: Gate) -> list[list[Hit]]:
        """The passages near each claim that may decide, best first.

        A claim is searched as it is written, as it stands alone, and with what its paragraph has
        before it; a passage's score is their mean. What one search did not find scores there as
        the last that it found.
        """
        depth = DEPTH if self.options.choice == EVERYTHING else DEPTH * 10
        queries = [_queries(claim) for claim in claims]
        found = iter(self.reference.search([text for each in queries for text in each], k=depth))
        fused = (_fused([next(found) for _ in each], depth) for each in queries)
        return self._reordered(claims, [self._choose(hits, gate) for hits in fused])

    def _choose(self, hits: Sequence[Hit], gate: Gate) -> list[Hit]:
        near = [hit for hit in hits if hit.score >= self.options.relevance]
        return [hit for hit in near if gate.lets_through(hit)]

    def _reordered(self, claims: Sequence[Claim], found: Sequence[list[Hit]]) -> list[list[Hit]]:
        """The first of each claim's hits by score and by whether a sentence likely decides it."""
        first = [hits[: REORDERED * self.options.passages] for hits in found]
        asked = [
            Asked(claim.statement, hit.passage.text, hit.passage.context)
            for claim, hits in zip(claims, first, strict=True)
            for hit in hits
        ]
        places = iter(find_places(self.encoder, asked))
        scores = [
            {hit.key: hit.score + DECIDING * next(places)[0].score for hit in hits}
            for hits in first
        ]
        return [
            sorted(hits[: len(known)], key=lambda hit: -known[hit.key]) + hits[len(known) :]
            for hits, known in zip(found, scores, strict=True)
        ]


@dataclass(frozen=True)
class Run:
    """One check: findings as they come, and afterwards which documents could not decide."""

    checker: Checker
    article: Article
    claims: Sequence[Claim]
    gate: Gate
    sources: Sources

    def findings(self) -> Iterator[Finding]:
        """Findings in the order of the claims, each as soon as it is known."""
        for start, stop in _batches(len(self.claims)):
            claims = self.claims[start:stop]
            found = self.checker.search(claims, self.gate)
            hits = [self._nearest(*pair) for pair in zip(claims, found, strict=True)]
            yield from self._judge(claims, hits)

    def again(self, finding: Finding, words: str) -> Finding:
        """`finding` with what a search with a reader's own `words` adds to it.

        The passages found are read against the claim beside those known, and all together decide;
        at most `MOST` of them are kept. Raises `UsageError` when `words` are blank.
        """
        if not words.strip():
            raise UsageError("there is nothing to search for; write a few words")
        claim, known = finding.claim, [item.hit for item in finding.evidence]
        places = {hit.key for hit in known}
        (found,) = self.checker.reference.search([words], k=DEPTH)
        fresh = [hit for hit in found if self.gate.lets_through(hit) and hit.key not in places]
        hits = [*known, *fresh[: self.checker.options.passages]]
        (again,) = self._judge([claim], [hits])
        return replace(
            again,
            evidence=again.evidence[:MOST],
            ruling=finding.ruling,
            searches=(*finding.searches, words),
        )

    def report(self, findings: Sequence[Finding], skipped: Sequence[SkippedSentence]) -> Report:
        """The report on what was found."""
        manifest = self.checker.manifest(self.article, _typed(self.claims))
        return Report(self.article, tuple(findings), manifest, tuple(skipped), self.gate.record())

    def _nearest(self, claim: Claim, hits: Sequence[Hit]) -> list[Hit]:
        """The passages to be read: those that hold the claim's quotation, then the nearest."""
        quotation = longest_quotation(self.article.text, claim)
        holding: list[Hit] = []
        if quotation and claim.speaker:
            text, sources = self.article.text, self.sources
            holding = [hit for hit in hits if find_quotation(text, quotation, hit, sources)]
        rest = [hit for hit in hits if hit not in holding]
        return [*holding, *rest][: self.checker.options.passages]

    def _judge(self, claims: Sequence[Claim], hits: Sequence[Sequence[Hit]]) -> Iterator[Finding]:
        parses = parse([claim.statement for claim in claims])
        texts = [
            Text.of_claim(claim, grammar) for claim, grammar in zip(claims, parses, strict=True)
        ]
        pairs = [(text, hit) for text, found in zip(texts, hits, strict=True) for hit in found]
        readings = iter(read(self.checker.verifier, self.checker.encoder, pairs))
        for claim, found in zip(claims, hits, strict=True):
            yield self._finding(claim, [next(readings) for _ in found])

    def _placed(self, claim: Claim, reading: Reading) -> Reading:
        """The reading, which knows now whether its document tells another story."""
        return replace(reading, signs=placed(reading.signs, self.gate, claim, reading.hit))

    def _finding(self, claim: Claim, readings: Sequence[Reading]) -> Finding:
        evidence = [
            weighed(
                claim, self._placed(claim, reading), self.checker.threshold, self.article.published
            )
            for reading in readings
        ]
        heard = [Heard(item.hit, item.sentence, item.stance) for item in evidence]
        said, mismatches = was_said(self.article.text, claim, heard, self.sources)
        evidence = [
            _with(item, [m for hit, m in mismatches if hit is item.hit]) for item in evidence
        ]
        decision = decide(evidence, said)
        ordered = ranked(evidence, said)
        return Finding(
            claim=claim,
            evidence=ordered,
            verdict=decision.verdict,
            confidence=decision.confidence,
            reason=decision.reason,
            why=explain(decision, claim, ordered, said),
            said=said,
        )


def check(
    article: Article,
    reference: Reference,
    verifier: Verifier | None = None,
    options: CheckOptions = CheckOptions(),
) -> Report:
    """Check everything `article` claims against `reference`.

    Raises `ModelError` when a model cannot be loaded and `index.ReferenceIndexError` when the
    index cannot serve.
    """
    checker = Checker(reference, verifier or load_verifier(), options)
    extraction = split_article(article)
    run = checker.run(article, extraction.claims)
    return run.report(list(run.findings()), extraction.skipped)


def check_claims(
    texts: Sequence[str],
    reference: Reference,
    verifier: Verifier | None = None,
    options: CheckOptions = CheckOptions(),
) -> list[Finding]:
    """Check claims given directly; one finding per text, in order.

    Raises as `check` and `claims_from` do.
    """
    checker = Checker(reference, verifier or load_verifier(), options)
    claims = claims_from(texts)
    return list(checker.findings(given(texts), claims))


def given(texts: Sequence[str]) -> Article:
    """The article that claims typed by a person stand in, a line each."""
    return Article.from_text("\n".join(texts), title="Claims given")


def claims_from(texts: Sequence[str]) -> list[Claim]:
    """Claims as a person typed them: each is checked, however check-worthy it looks.

    Offsets are those in the texts joined by newlines, so that one text starts at 0. A lone
    surrogate, which no model takes, is U+FFFD in `standalone`. Raises `UsageError` when a text is
    blank.
    """
    for number, text in enumerate(texts, 1):
        if not text.strip():
            raise UsageError(f"claim {number} is blank, expected a sentence to check; write one")
    read = [clean(text) for text in texts]
    claims, start = [], 0
    for text, standalone, score in zip(texts, read, score_checkworthiness(read), strict=True):
        claims.append(
            Claim(
                text=text,
                start=start,
                end=start + len(text),
                standalone=standalone,
                speaker=None,
                kind=ClaimKind.ASSERTION,
                checkworthiness=float(score),
                reason=GIVEN,
            )
        )
        start += len(text) + 1
    return claims


def _typed(claims: Sequence[Claim]) -> bool:
    """Whether a person typed the claims, as against having them read in an article."""
    return bool(claims) and all(claim.reason == GIVEN for claim in claims)


def _batches(count: int) -> Iterator[tuple[int, int]]:
    start, size = 0, 1
    while start < count:
        yield start, min(count, start + size)
        start, size = start + size, BATCH


def _queries(claim: Claim) -> list[str]:
    """What a claim is searched by (decision 34); one that a person typed has no paragraph."""
    alone = claim.query or claim.standalone
    return [claim.text, alone, claim.nearby] if claim.nearby else [claim.text, alone]


def _fused(searches: Sequence[Sequence[Hit]], depth: int) -> list[Hit]:
    """The hits of several searches by the mean of their scores, best first."""
    hits: dict[tuple[str, str, int], Hit] = {}
    scores: list[dict[tuple[str, str, int], float]] = []
    for found in searches:
        keys = {hit.key: hit for hit in found}
        hits |= keys
        scores.append({key: hit.score for key, hit in keys.items()})
    # a search that gave all it could has scored nothing lower than what it left out
    floors = [min(each.values(), default=0.0) if len(each) == depth else 0.0 for each in scores]
    mean = {
        key: fmean(each.get(key, floor) for each, floor in zip(scores, floors, strict=True))
        for key in hits
    }
    return [replace(hits[key], score=mean[key]) for key in sorted(hits, key=lambda key: -mean[key])]


def weighed(claim: Claim, reading: Reading, threshold: float, published: str | None) -> Evidence:
    """Evidence from a reading: its probabilities by the rule, its mismatches where they stand."""
    # that a quotation stands in a source tells that it was said, not that it is so
    echoed = reading.signs.echoed and claim.kind is not ClaimKind.QUOTATION
    probabilities = weigh(replace(reading.signs, echoed=echoed))
    dated = when(claim, reading.hit.published, published)
    stance = believed(probabilities, threshold)
    if stance is Stance.REFUTES and dated is Dated.AFTER and NOT_YET.search(claim.statement):
        stance = Stance.NEI  # what had not happened then has happened since
    # what differs in a passage that does not refute is about something else
    refutes = probabilities.refutes if stance is Stance.REFUTES else 0.0
    mismatches = _mismatches(claim, reading, refutes) if refutes else ()
    agreements = tuple(
        Agreement(origin, each.passage_span)
        for each in reading.comparison.agreements
        if (origin := claim.origin_of(each.claim_span))
    )
    return Evidence(
        reading.hit, stance, probabilities, reading.sentence, dated, mismatches, agreements
    )


def _mismatches(claim: Claim, reading: Reading, refutes: float) -> tuple[Mismatch, ...]:
    """What differs for certain, the most certain first, none overlapping another."""
    start, text = reading.hit.passage.start, reading.hit.passage.text
    pairs = zip(reading.comparison.proposals, reading.signs.differences, strict=True)
    certain = [
        (naming(refutes, difference), proposal)
        for proposal, difference in pairs
        if is_named(refutes, difference)
    ]
    certain.sort(key=lambda pair: -pair[0])
    found: list[Mismatch] = []
    for _, proposal in certain:
        origin = claim.origin_of(proposal.claim_span)
        if origin is None or any(
            origin.start < m.claim_span.end and m.claim_span.start < origin.end for m in found
        ):
            continue
        value = Span(proposal.passage_span.start - start, proposal.passage_span.end - start).of(
            text
        )
        found.append(
            Mismatch(proposal.kind, origin, proposal.passage_span, proposal.claim_value, value)
        )
    return tuple(found[:MISMATCHES])


def _with(item: Evidence, mismatches: Sequence[Mismatch]) -> Evidence:
    """Evidence with what the alignment of a quotation shows, which is surer than all else."""
    return replace(item, mismatches=tuple(mismatches)) if mismatches else item


def when(claim: Claim, published: str | None, written: str | None) -> Dated:
    """When evidence was published, seen from the day the claim speaks of, or was written."""
    evidence, asked = iso_stretch(published), iso_stretch(written)
    if evidence is None:
        return Dated.UNKNOWN
    reference = asked[0] if asked else None
    spoken = [value for value in find_dates(claim.statement, reference) if value.has_year]
    days = [day for value in spoken for day in (value.first, value.last)]
    if not days and asked is None:
        return Dated.UNKNOWN
    # a claim may speak of the first or the last years of the calendar; evidence does not
    if evidence[1] + NEAR < min(days or asked or evidence):
        return Dated.BEFORE
    latest = max([*days, *(asked or ())])
    return Dated.AFTER if evidence[0] - NEAR > latest else Dated.NEAR
