"""The values that travel through a check: Article → Claim → Evidence → Finding → Report.

Offsets are half-open and counted in code points of `Article.text` or of the document's text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from factcheck.rewriting import Rewriting
from index import Hit, IndexUsed, Span


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
    """What a statement does. Predictions, opinions and questions are listed, never checked."""

    ASSERTION = "assertion"
    QUOTATION = "quotation"
    FIGURE = "figure"
    ROLE = "role"
    COMPARISON = "comparison"
    PREDICTION = "prediction"
    OPINION = "opinion"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable fact: `text == article.text[start:end]`.

    `standalone` says it in a sentence that needs no article: who says it, of whom, when; `context`
    is what of it is put in front, `Lindhaven, May 2021: `, or "". `wording`
    is what is verified, that which is said without who says it, and where its words come from;
    `query` is that with what the article is about, `nearby` the words of the article with those
    before them in their paragraph; both are searched beside `text`. `borrowed` are
    the stretches of `statement` that are another claim's: `a third more than in 2023` borrows what
    was a third more, and how much that is, from the claim before. `quoted` are the
    stretches of the article in it that are somebody's own words, and `places` the other stretches
    that claim the same. `checkworthiness` is a probability in [0, 1]; `reason` says in a few words
    why it is a claim.
    """

    text: str
    start: int
    end: int
    standalone: str
    speaker: str | None
    kind: ClaimKind
    checkworthiness: float
    reason: str
    wording: Rewriting | None = field(default=None, compare=False, repr=False)
    query: str = field(default="", compare=False, repr=False)
    nearby: str = field(default="", compare=False, repr=False)
    context: str = field(default="", compare=False, repr=False)
    borrowed: tuple[Span, ...] = field(default=(), compare=False, repr=False)
    quoted: tuple[Span, ...] = ()
    places: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """Where it stands in the article."""
        return Span(self.start, self.end)

    @property
    def sentence(self) -> str:
        """What is said and who says it, with nothing in front."""
        return self.standalone.removeprefix(self.context)

    @property
    def statement(self) -> str:
        """What is said, without who says it."""
        return self.wording.text if self.wording else self.standalone

    def origin_of(self, span: Span) -> Span | None:
        """Where in the article a stretch of `statement` stands, None where it is not of it."""
        if self.wording is None:
            return Span(self.start + span.start, self.start + span.end)
        return self.wording.origin(span)


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
class Agreement:
    """What claim and passage share exactly: a span of each.

    In a finding they are spans of the article and of the document.
    """

    claim_span: Span
    passage_span: Span


class SaidStatus(Enum):
    """Whether somebody said what the article gives them to say, as far as the sources go."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    OPPOSITE = "opposite"
    MISATTRIBUTED = "misattributed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Said:
    """The status of a statement with a speaker, and where a source has it, unless it is absent.

    `start` and `end` are the document's offsets. `speaker` is who the source says it is. `index` is
    the name of the index, as in `Hit`.
    """

    status: SaidStatus
    document: str | None = None
    start: int = 0
    end: int = 0
    speaker: str | None = None
    index: str = ""

    @property
    def refutes(self) -> bool:
        """Whether the article gives somebody words that are not theirs."""
        return self.status in {SaidStatus.ALTERED, SaidStatus.OPPOSITE, SaidStatus.MISATTRIBUTED}

    def stands_in(self, hit: Hit) -> bool:
        """Whether the document of `hit` is the source that has it."""
        return (self.index, self.document) == (hit.index, hit.passage.document_id)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage judged against a claim.

    `probabilities` are those of `factcheck.verdict.weigh`, and `stance` is the stance after the
    threshold: a passage below it counts as NEI. `sentence` is the deciding one, in the document's
    offsets, inside [passage.start, passage.end).
    """

    hit: Hit
    stance: Stance
    probabilities: Probabilities
    sentence: Span
    dated: Dated = Dated.UNKNOWN
    mismatches: tuple[Mismatch, ...] = ()
    agreements: tuple[Agreement, ...] = ()

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
class Ruling:
    """What a reader says of a claim: their own verdict (None while open), a note, and when.

    `at` is a moment (ISO 8601, UTC, to the second).
    """

    verdict: Verdict | None
    note: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim, what bears on it (strongest first, at most ten), and the verdict.

    `confidence` is in [0, 1]. `reason` is set exactly when the verdict is NOT_ENOUGH_EVIDENCE.
    `why` is one plain sentence. `said` tells whether the speaker said it, for a claim that has one;
    the verdict is about that, or about whether it is true: `why` names which. `ruling` is what the
    reader says; it never changes `verdict`. `searches` are the words a reader searched with.
    """

    claim: Claim
    evidence: tuple[Evidence, ...]
    verdict: Verdict
    confidence: float
    reason: Abstention | None
    why: str
    said: Said | None = None
    ruling: Ruling | None = None
    searches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excluded:
    """A document that may not decide, and why: it is the article itself, or the user said so.

    `index` is the name of its index, as in `Hit`.
    """

    document: str
    reason: str
    index: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user chose that can change a finding; see `factcheck.pipeline.CheckOptions`.

    `verifier` is the name it was asked for by. `given` says that claims were typed, not read in an
    article.
    """

    verifier: str
    passages: int
    sources: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    as_of: str | None = None
    given: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a report depends on, so that it can be made again.

    `index_fingerprint` is that of the index, or of all of them together.
    """

    index_fingerprint: str
    article_hash: str
    models: dict[str, str]
    precision: dict[str, str]
    thresholds: dict[str, float]
    versions: dict[str, str]
    indexes: tuple[IndexUsed, ...]
    settings: Settings


@dataclass(frozen=True, slots=True)
class Report:
    """All findings on one article, in the article's order."""

    article: Article
    findings: tuple[Finding, ...]
    manifest: Manifest
    skipped: tuple[SkippedSentence, ...] = field(default=())
    excluded: tuple[Excluded, ...] = field(default=())
