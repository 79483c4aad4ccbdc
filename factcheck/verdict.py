"""Evidence → verdict: a pure function, small enough to read.

The rule, in order:

1. No passage at all: NOT_ENOUGH_EVIDENCE, nothing found.
2. Each document speaks once, through its most decisive passage. Passages whose stance is NEI (the
   threshold has already been applied) do not speak.
3. Nobody speaks: NOT_ENOUGH_EVIDENCE; below the threshold if some passage leaned one way, neutral
   otherwise.
4. Documents on both sides, neither clearly stronger: CONFLICTING.
5. Otherwise the side of the strongest document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.records import Abstention, Evidence, Stance, Verdict

#: A side whose best probability falls short of the other's by more than this does not conflict
#: with it. Our verifier errs often enough that a weak dissent is noise more often than news.
CONFLICT_MARGIN = 0.15


@dataclass(frozen=True)
class Decision:
    """A verdict, the confidence in it in [0, 1], and the reason when there is none."""

    verdict: Verdict
    confidence: float
    reason: Abstention | None = None


def decide(evidence: Sequence[Evidence]) -> Decision:
    """Weigh all evidence for one claim; `evidence` may be in any order, and empty."""
    if not evidence:
        return Decision(Verdict.NOT_ENOUGH_EVIDENCE, 1.0, Abstention.NOTHING_FOUND)
    spoken = voices(evidence)
    supports = _strongest(spoken, Stance.SUPPORTS)
    refutes = _strongest(spoken, Stance.REFUTES)
    if supports == refutes == 0.0:
        return _abstain(evidence)
    if supports and refutes and abs(supports - refutes) <= CONFLICT_MARGIN:
        return Decision(Verdict.CONFLICTING, min(supports, refutes))
    if supports > refutes:
        return Decision(Verdict.SUPPORTED, supports)
    return Decision(Verdict.REFUTED, refutes)


def strength(evidence: Evidence) -> float:
    """How far a passage is from deciding nothing, in [0, 1]: the larger of its two sides."""
    return max(evidence.probabilities.supports, evidence.probabilities.refutes)


def ranked(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence that speaks first, strongest first; the rest by relevance."""
    return tuple(
        sorted(
            evidence,
            key=lambda item: (
                item.stance is Stance.NEI,
                -strength(item) if item.stance is not Stance.NEI else -item.hit.score,
            ),
        )
    )


def voices(evidence: Sequence[Evidence]) -> list[Evidence]:
    """What each document that takes a side says: its most decisive passage, strongest first.

    Of two passages alike in strength the refuting one speaks.
    """
    speaking = [item for item in evidence if item.stance is not Stance.NEI]
    speaking.sort(key=lambda item: (-strength(item), item.stance is not Stance.REFUTES))
    first: dict[str, Evidence] = {}
    for item in speaking:
        first.setdefault(item.hit.passage.document_id, item)
    return list(first.values())


def _strongest(spoken: Sequence[Evidence], stance: Stance) -> float:
    """The best probability of `stance` among the voices for it; 0 if there is none."""
    return max(
        (voice.probabilities.of(stance) for voice in spoken if voice.stance is stance), default=0.0
    )


def _abstain(evidence: Sequence[Evidence]) -> Decision:
    leaning = any(item.probabilities.best is not Stance.NEI for item in evidence)
    reason = Abstention.BELOW_THRESHOLD if leaning else Abstention.NEUTRAL
    return Decision(
        Verdict.NOT_ENOUGH_EVIDENCE, 1.0 - max(strength(item) for item in evidence), reason
    )
