"""One plain sentence under each verdict, built from what was found."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.citation import spoken_date
from factcheck.claims.standalone import with_the
from factcheck.records import Abstention, Claim, Dated, Evidence, Said, SaidStatus, Stance, Verdict
from factcheck.rule import THRESHOLD
from factcheck.verdict import NOT_YET, Decision, strength, voices

#: Code points of a value that are shown in a sentence.
LONGEST_VALUE = 80

#: Who has no article: `somebody`, `my mother`.
_NO_ARTICLE = frozenset(
    ["", *"someone somebody everyone everybody my our your his her its their this that".split()]
)


def explain(
    decision: Decision, claim: Claim, evidence: Sequence[Evidence], said: Said | None = None
) -> str:
    """Say why: `evidence` is that of the decision."""
    spoken = voices(evidence)
    supports = [item for item in spoken if item.stance is Stance.SUPPORTS]
    refutes = [item for item in spoken if item.stance is Stance.REFUTES]
    if said and said.refutes:
        return f"Refuted: {_not_so_said(claim, evidence, said)}."
    match decision.verdict:
        case Verdict.SUPPORTED if said and said.status is SaidStatus.VERBATIM:
            return f"Supported: {_has_said(claim, evidence, said)}{_and_true(supports, said)}."
        case Verdict.SUPPORTED:
            unsaid = f"; no source has {_speaker(claim)} saying it" if _is_absent(said) else ""
            return f"Supported: {_cite(supports[0])} says so{_others(supports)}{unsaid}."
        case Verdict.REFUTED:
            told = said is not None and not _is_absent(said)
            name = _speaker(claim) if told else ""
            was = f" {name[:1].upper()}{name[1:]} did say it." if told else ""
            return f"Refuted: {_differs(refutes[0])}{_others(refutes)}.{was}"
        case Verdict.CONFLICTING:
            return f"Conflicting: {_cite(supports[0])} supports it; {_against(refutes[0])}."
        case Verdict.NOT_ENOUGH_EVIDENCE:
            return _abstention(decision.reason, claim, evidence)


def _is_absent(said: Said | None) -> bool:
    return said is not None and said.status is SaidStatus.ABSENT


def _differs(item: Evidence) -> str:
    """What a passage says against the claim, with both values where they are known."""
    values = _values(item)
    if values is None:
        return _against(item)
    return f"the claim says {values[0]}; {_cite(item)} says {values[1]}"


def _against(item: Evidence) -> str:
    """The same, the source first."""
    values = _values(item)
    if values:
        return f"{_cite(item)} says {values[1]}, the claim {values[0]}"
    return f"{_cite(item)} says {'the opposite' if item.mismatches else 'otherwise'}"


def _values(item: Evidence) -> tuple[str, str] | None:
    """The first two values that differ. A negation has none: `is` and `not` tell nothing."""
    pairs = [
        (_short(mismatch.claim_value), _short(mismatch.passage_value))
        for mismatch in item.mismatches
        if mismatch.kind != "negation"
    ]
    return next(iter(pairs), None)


def _not_so_said(claim: Claim, evidence: Sequence[Evidence], said: Said) -> str:
    source = _source_of(evidence, said)
    if said.status is SaidStatus.MISATTRIBUTED:
        return f"{source} has {said.speaker} saying this, not {_speaker(claim)}"
    if said.status is SaidStatus.OPPOSITE:
        return f"{source} has {_speaker(claim)} saying the opposite"
    quote = next((m for item in evidence for m in item.mismatches if m.kind == "quote"), None)
    if quote is None:
        return f"{source} has {_speaker(claim)} saying this in other words"
    mine = f"“{_short(quote.claim_value)}”" if quote.claim_value.strip() else "nothing"
    theirs = f"“{_short(quote.passage_value)}”" if quote.passage_value.strip() else "nothing"
    return f"the quotation is altered: where the claim has {mine}, {source} has {theirs}"


def _speaker(claim: Claim) -> str:
    """Who speaks, in a sentence: `the regulator`, where he has no name."""
    speaker = claim.speaker or ""
    is_name = any(map(str.isupper, speaker)) or speaker.split(" ")[0] in _NO_ARTICLE
    return speaker if is_name else with_the(speaker)


def _has_said(claim: Claim, evidence: Sequence[Evidence], said: Said) -> str:
    return f"{_source_of(evidence, said)} has {_speaker(claim)} saying this"


def _and_true(supports: Sequence[Evidence], said: Said) -> str:
    """Who else says that what was said is true."""
    others = [item for item in supports if not said.stands_in(item.hit)]
    if not others:
        return "; whether it is true is another question"
    return f"; {_cite(others[0])} says so too{_others(others)}"


def _source_of(evidence: Sequence[Evidence], said: Said) -> str:
    for item in evidence:
        if said.stands_in(item.hit):
            return _cite(item)
    return said.document or "a source"


def _short(value: str) -> str:
    """A value in one line, cut where it is long."""
    words = " ".join(value.split())
    return words if len(words) <= LONGEST_VALUE else words[:LONGEST_VALUE].rsplit(" ", 1)[0] + " …"


def _abstention(reason: Abstention | None, claim: Claim, evidence: Sequence[Evidence]) -> str:
    if reason is Abstention.NOTHING_FOUND:
        return "Not enough evidence: nothing in the index is about this."
    closest = max(evidence, key=lambda item: item.hit.score)
    if reason is Abstention.BELOW_THRESHOLD:
        leaning = max(
            (item for item in evidence if item.probabilities.best is not Stance.NEI), key=strength
        )
        side = "support" if leaning.probabilities.best is Stance.SUPPORTS else "contradiction"
        chance = leaning.probabilities.of(leaning.probabilities.best)
        later = leaning.dated is Dated.AFTER and NOT_YET.search(claim.statement)
        if later and side == "contradiction" and chance >= THRESHOLD:
            return (
                f"Not enough evidence: {_cite(leaning)} says otherwise, "
                "but of a later time than the claim speaks of."
            )
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
