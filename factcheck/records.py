"""The values that travel through a check: Article → Claim → Evidence → Finding → Report.

Offsets are half-open and counted in code points of `Article.text` or of the document's text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from index import Hit, Span


@dataclass(frozen=True, slots=True)
class Article:
    """What is checked.

    `text` is the decoded input with line-feed newlines and nothing else changed; for HTML it is the
    extracted main text. Furniture is skipped later, never removed here. `published` is an ISO 8601
    date or None.
    """

    text: str
    title: str = ""
    source: str = ""
    published: str | None = None
    author: str | None = None

    @classmethod
    def from_text(cls, text: str, title: str = "", published: str | None = None) -> Article:
        """An article from text already in hand; newlines are normalised to line feeds."""
        return cls(text.replace("\r\n", "\n").replace("\r", "\n"), title, published=published)


class ClaimKind(Enum):
    """What a sentence does. Version 1 tells quotations from assertions; more will follow."""

    ASSERTION = "assertion"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable sentence: `text == article.text[start:end]`.

    `standalone` is what is searched and verified. `checkworthiness` is a probability in [0, 1];
    `reason` says in a few words why it is a claim.
    """

    text: str
    start: int
    end: int
    standalone: str
    speaker: str | None
    kind: ClaimKind
    checkworthiness: float
    reason: str


@dataclass(frozen=True, slots=True)
class SkippedSentence:
    """A sentence that is not checked, and why: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int
    reason: str
    speaker: str | None = None


class Stance(Enum):
    """What a passage says about a claim."""

    SUPPORTS = "SUPPORTS"
    REFUTES = "REFUTES"
    NEI = "NEI"


@dataclass(frozen=True, slots=True)
class Probabilities:
    """A calibrated distribution over the stances; the three sum to 1."""

    supports: float
    refutes: float
    nei: float

    @property
    def best(self) -> Stance:
        """The most probable stance."""
        return max(
            (self.supports, Stance.SUPPORTS),
            (self.refutes, Stance.REFUTES),
            (self.nei, Stance.NEI),
            key=lambda pair: pair[0],
        )[1]

    def of(self, stance: Stance) -> float:
        """The probability of `stance`."""
        return {
            Stance.SUPPORTS: self.supports,
            Stance.REFUTES: self.refutes,
            Stance.NEI: self.nei,
        }[stance]


class Dated(Enum):
    """When the evidence was published, seen from the claim's date."""

    BEFORE = "before"
    NEAR = "near"
    AFTER = "after"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One exact disagreement: a kind, a span in each text and both values."""

    kind: str
    claim_span: Span
    passage_span: Span
    claim_value: str
    passage_value: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage judged against a claim.

    `stance` is the stance after the threshold: a passage below it counts as NEI. `sentence` is the
    deciding one, in the document's offsets, inside [passage.start, passage.end).
    """

    hit: Hit
    stance: Stance
    probabilities: Probabilities
    sentence: Span
    dated: Dated = Dated.UNKNOWN
    mismatches: tuple[Mismatch, ...] = ()

    @property
    def sentence_text(self) -> str:
        """The deciding sentence as it stands in the passage."""
        passage = self.hit.passage
        return passage.text[self.sentence.start - passage.start : self.sentence.end - passage.start]


class Verdict(Enum):
    """What the sources together say about a claim."""

    SUPPORTED = "SUPPORTED"
    REFUTED = "REFUTED"
    CONFLICTING = "CONFLICTING"
    NOT_ENOUGH_EVIDENCE = "NOT_ENOUGH_EVIDENCE"


class Abstention(Enum):
    """Why there is not enough evidence."""

    NOTHING_FOUND = "nothing_found"
    NEUTRAL = "neutral"
    BELOW_THRESHOLD = "below_threshold"
    MODEL_FAILED = "model_failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim, what bears on it (strongest first, at most ten), and the verdict.

    `confidence` is in [0, 1]. `reason` is set exactly when the verdict is NOT_ENOUGH_EVIDENCE.
    `why` is one plain sentence.
    """

    claim: Claim
    evidence: tuple[Evidence, ...]
    verdict: Verdict
    confidence: float
    reason: Abstention | None
    why: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a report depends on, so that it can be made again."""

    index_fingerprint: str
    article_hash: str
    models: dict[str, str]
    precision: dict[str, str]
    thresholds: dict[str, float]
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """All findings on one article, in the article's order."""

    article: Article
    findings: tuple[Finding, ...]
    manifest: Manifest
    skipped: tuple[SkippedSentence, ...] = field(default=())
