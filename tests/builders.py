"""Short ways to make the records that tests need."""

from __future__ import annotations

from factcheck.claims.syntax import Parse
from factcheck.mismatch import Text
from factcheck.records import Claim, ClaimKind, Evidence, Mismatch, Probabilities, Stance
from factcheck.rule import RULE
from index import FoundBy, Hit, Passage, Span

#: A rule whose probabilities are the verifier's own.
VERIFIER_ALONE = dict.fromkeys(RULE, (0.0, 0.0)) | {
    "supports": (1.0, 0.0),
    "refutes": (0.0, 1.0),
}


def a_hit(
    text: str = "The harbour of Ostrel handled 2,500 tonnes.",
    document: str = "ostrel.md",
    score: float = 0.8,
    title: str = "Harbour bulletin",
    published: str | None = "2022-03-03",
    start: int = 0,
) -> Hit:
    passage = Passage(document, start, start + len(text), text, title)
    return Hit(passage, score, FoundBy.BOTH, title, document, published, None)


def some_evidence(
    supports: float,
    refutes: float,
    document: str = "ostrel.md",
    threshold: float = 0.6,
    score: float = 0.8,
    text: str = "The harbour of Ostrel handled 2,500 tonnes.",
    title: str = "Harbour bulletin",
    mismatches: tuple[Mismatch, ...] = (),
) -> Evidence:
    """Evidence with these probabilities; its stance follows from the threshold."""
    probabilities = Probabilities(supports, refutes, 1.0 - supports - refutes)
    best = probabilities.best
    stance = best if best is not Stance.NEI and probabilities.of(best) >= threshold else Stance.NEI
    hit = a_hit(text, document, score, title)
    return Evidence(hit, stance, probabilities, Span(0, hit.passage.end), mismatches=mismatches)


def a_claim(
    text: str = "Ostrel handled 5,200 tonnes.", start: int = 0, speaker: str | None = None
) -> Claim:
    return Claim(
        text, start, start + len(text), text, speaker, ClaimKind.ASSERTION, 0.9, "a figure"
    )


def a_quotation(article: str, quotation: str, speaker: str | None) -> Claim:
    """The claim of a whole article that is somebody's words, marks included in `quotation`."""
    at = article.index(quotation)
    return Claim(
        article,
        0,
        len(article),
        article,
        speaker,
        ClaimKind.QUOTATION,
        0.9,
        "a quoted statement",
        quoted=(Span(at, at + len(quotation)),),
    )


def a_text(words: str) -> Text:
    """A claim as it is compared, without its grammar."""
    return Text(words, Parse((), (), ()))
