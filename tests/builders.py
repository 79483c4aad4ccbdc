"""Short ways to make the records that tests need."""

from __future__ import annotations

from factcheck.records import Claim, ClaimKind, Evidence, Probabilities, Stance
from index import FoundBy, Hit, Passage, Span


def a_hit(
    text: str = "The harbour of Ostrel handled 2,500 tonnes.",
    document: str = "ostrel.md",
    score: float = 0.8,
    title: str = "Harbour bulletin",
    published: str | None = "2022-03-03",
) -> Hit:
    passage = Passage(document, 0, len(text), text, title)
    return Hit(passage, score, FoundBy.BOTH, title, document, published, None)


def some_evidence(
    supports: float,
    refutes: float,
    document: str = "ostrel.md",
    threshold: float = 0.6,
    score: float = 0.8,
) -> Evidence:
    """Evidence with these probabilities; its stance follows from the threshold."""
    probabilities = Probabilities(supports, refutes, 1.0 - supports - refutes)
    best = probabilities.best
    stance = best if best is not Stance.NEI and probabilities.of(best) >= threshold else Stance.NEI
    hit = a_hit(document=document, score=score)
    return Evidence(hit, stance, probabilities, Span(0, hit.passage.end))


def a_claim(text: str = "Ostrel handled 5,200 tonnes.", start: int = 0) -> Claim:
    return Claim(text, start, start + len(text), text, None, ClaimKind.ASSERTION, 0.9, "a figure")
