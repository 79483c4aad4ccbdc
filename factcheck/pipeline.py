"""The whole pipeline on one screen: claims → passages → stances → verdicts → report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

from factcheck.claims import score_checkworthiness, split_article
from factcheck.errors import UsageError
from factcheck.records import (
    Article,
    Claim,
    ClaimKind,
    Evidence,
    Finding,
    Manifest,
    Report,
)
from factcheck.stance import Verifier, judge, load_verifier
from factcheck.verdict import decide, ranked
from factcheck.why import explain
from index import Hit, ReferenceIndex
from index.documents import clean

#: Claims judged per batch. The first batch is a single claim, so that something can be read soon.
BATCH = 8
#: Libraries whose version can change a finding.
VERSIONED = ("factcheck-desk", "openvino", "spacy", "sentencex", "tantivy", "faiss-cpu")


@dataclass(frozen=True)
class CheckOptions:
    """What a user may turn.

    `passages` is how many are judged per claim (1 to 10). `relevance` is the least hit score that
    counts as found. `threshold` overrides the verifier's own.
    """

    passages: int = 3
    relevance: float = 0.25
    threshold: float | None = None


@dataclass(frozen=True)
class Checker:
    """An index, a verifier and options, ready to check any number of claims."""

    reference: ReferenceIndex
    verifier: Verifier = field(default_factory=load_verifier)
    options: CheckOptions = CheckOptions()

    def findings(self, claims: Sequence[Claim]) -> Iterator[Finding]:
        """Findings in the order of `claims`, each as soon as it is known."""
        hits = self._search(claims)
        for start, stop in _batches(len(claims)):
            yield from self._judge(claims[start:stop], hits[start:stop])

    def manifest(self, article: Article) -> Manifest:
        """Everything the findings on `article` depend on."""
        info = self.reference.info()
        return Manifest(
            index_fingerprint=self.reference.fingerprint,
            article_hash=hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
            models={"encoder": info.weights_hash, "verifier": self.verifier.weights_hash},
            precision={"encoder": info.precision, "verifier": self.verifier.precision},
            thresholds={
                "relevance": self.options.relevance,
                "stance": self._threshold,
            },
            versions={name: version(name) for name in VERSIONED},
        )

    @property
    def _threshold(self) -> float:
        chosen = self.options.threshold
        return self.verifier.threshold if chosen is None else chosen

    def _search(self, claims: Sequence[Claim]) -> list[list[Hit]]:
        results = self.reference.search(
            [claim.standalone for claim in claims], k=self.options.passages
        )
        return [[hit for hit in hits if hit.score >= self.options.relevance] for hits in results]

    def _judge(self, claims: Sequence[Claim], hits: Sequence[Sequence[Hit]]) -> Iterator[Finding]:
        pairs = [
            (claim.standalone, hit)
            for claim, found in zip(claims, hits, strict=True)
            for hit in found
        ]
        evidence = iter(judge(self.verifier, pairs, self._threshold))
        for claim, found in zip(claims, hits, strict=True):
            yield _finding(claim, [next(evidence) for _ in found])


def check(
    article: Article,
    reference: ReferenceIndex,
    verifier: Verifier | None = None,
    options: CheckOptions = CheckOptions(),
) -> Report:
    """Check everything `article` claims against `reference`.

    Raises `ModelError` when a model cannot be loaded and `index.ReferenceIndexError` when the
    index cannot serve.
    """
    checker = Checker(reference, verifier or load_verifier(), options)
    extraction = split_article(article)
    findings = tuple(checker.findings(extraction.claims))
    return Report(article, findings, checker.manifest(article), tuple(extraction.skipped))


def check_claims(
    texts: Sequence[str],
    reference: ReferenceIndex,
    verifier: Verifier | None = None,
    options: CheckOptions = CheckOptions(),
) -> list[Finding]:
    """Check claims given directly; one finding per text, in order.

    Raises as `check` and `claims_from` do.
    """
    checker = Checker(reference, verifier or load_verifier(), options)
    return list(checker.findings(claims_from(texts)))


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
                reason="given",
            )
        )
        start += len(text) + 1
    return claims


def _batches(count: int) -> Iterator[tuple[int, int]]:
    start, size = 0, 1
    while start < count:
        yield start, min(count, start + size)
        start, size = start + size, BATCH


def _finding(claim: Claim, evidence: list[Evidence]) -> Finding:
    decision = decide(evidence)
    ordered = ranked(evidence)
    return Finding(
        claim=claim,
        evidence=ordered,
        verdict=decision.verdict,
        confidence=decision.confidence,
        reason=decision.reason,
        why=explain(decision, ordered),
    )
