"""One plain sentence under each verdict, built from what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from factcheck.records import Abstention, Evidence, Stance, Verdict
from factcheck.verdict import Decision, strength, voices

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def explain(decision: Decision, evidence: Sequence[Evidence]) -> str:
    """Say why: `evidence` is that of the decision."""
    spoken = voices(evidence)
    supports = [item for item in spoken if item.stance is Stance.SUPPORTS]
    refutes = [item for item in spoken if item.stance is Stance.REFUTES]
    match decision.verdict:
        case Verdict.SUPPORTED:
            return f"Supported: {_cite(supports[0])} says so{_others(supports)}."
        case Verdict.REFUTED:
            return f"Refuted: {_cite(refutes[0])} says otherwise{_others(refutes)}."
        case Verdict.CONFLICTING:
            return (
                f"Conflicting: {_cite(supports[0])} supports it, "
                f"{_cite(refutes[0])} contradicts it."
            )
        case Verdict.NOT_ENOUGH_EVIDENCE:
            return _abstention(decision.reason, evidence)


def _abstention(reason: Abstention | None, evidence: Sequence[Evidence]) -> str:
    if reason is Abstention.NOTHING_FOUND:
        return "Not enough evidence: nothing in the index is about this."
    closest = max(evidence, key=lambda item: item.hit.score)
    if reason is Abstention.BELOW_THRESHOLD:
        leaning = max(
            (item for item in evidence if item.probabilities.best is not Stance.NEI), key=strength
        )
        side = "support" if leaning.probabilities.best is Stance.SUPPORTS else "contradiction"
        chance = leaning.probabilities.of(leaning.probabilities.best)
        return (
            f"Not enough evidence: {_cite(leaning)} leans towards {side}, "
            f"but {chance:.0%} is too uncertain to count."
        )
    return f"Not enough evidence: the closest passage, in {_cite(closest)}, does not decide it."


def _others(agreeing: Sequence[Evidence]) -> str:
    """How many further documents agree: `" (and 2 more)"`, or nothing."""
    return f" (and {len(agreeing) - 1} more)" if len(agreeing) > 1 else ""


def _cite(evidence: Evidence) -> str:
    """The document by title and date: `Harvest bulletin 2021 (3 March 2022)`."""
    hit = evidence.hit
    title = hit.title or hit.passage.document_id
    return f"{title} ({spoken_date(hit.published)})" if hit.published else title


def spoken_date(iso: str) -> str:
    """An ISO date as a newspaper writes it: `2022-03-03` → `3 March 2022`.

    A month without a day stays one; what is no ISO date is given back unchanged.
    """
    parts = iso.split("-")
    try:
        if len(parts) == 3:
            day = date.fromisoformat(iso)
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        if len(parts) == 2:
            month = date.fromisoformat(f"{iso}-01")
            return f"{MONTHS[month.month - 1]} {month.year}"
    except ValueError:
        pass
    return iso
