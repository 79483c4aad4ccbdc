"""Evidence → verdict: a pure function, small enough to read.

The rule, in order:

0. A quotation altered in meaning, turned round or given to somebody else: REFUTED. One that was
   said: SUPPORTED, unless another source clearly says that it is not true.
1. No passage at all: NOT_ENOUGH_EVIDENCE, nothing found.
2. Each document speaks once, through its most decisive passage. Passages whose stance is NEI (the
   threshold has already been applied) do not speak.
3. Nobody speaks: NOT_ENOUGH_EVIDENCE; below the threshold if some passage leaned one way, neutral
   otherwise.
4. Documents on both sides, neither clearly stronger: CONFLICTING.
5. Otherwise the side of the strongest document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.deciding import Gate, repeats
from factcheck.records import (
    Abstention,
    Claim,
    Evidence,
    Finding,
    Probabilities,
    Said,
    SaidStatus,
    Stance,
    Verdict,
)
from factcheck.rule import NAMED, NAMING, RULE
from index import Hit


@dataclass(frozen=True)
class Difference:
    """An exact difference: what the verifier says of the claim, and of the claim rewritten."""

    kind: str
    before: Probabilities
    after: Probabilities


@dataclass(frozen=True)
class Signs:
    """All that tells what a passage says of a claim.

    `probabilities` are the verifier's, pooled where it read the claim in two wordings; `agreed` and
    `missing` count the claim's exact values that the passage shares and has nothing like; `covered`
    is the share of its words, in [0, 1], `relevance` the hit's score, `likeness` the score of the
    likeliest sentence (`factcheck.stance.placing`). `echoed` says whether a sentence has the claim
    word for word, and `elsewhere` whether its document tells another story than the article
    (`factcheck.deciding`), `foreign` whether that lacks half of the names that the claim speaks of,
    `office` whether all that the claim says is who holds an office, and the
    passage agrees. `own` is the share of the words that are the claim's own, and `figures` counts
    the figures and dates among what is `agreed`.
    """

    probabilities: Probabilities
    differences: tuple[Difference, ...]
    agreed: int
    missing: int
    covered: float
    relevance: float
    likeness: float = 0.0
    echoed: bool = False
    elsewhere: bool = False
    office: bool = False
    own: float = 0.0
    foreign: bool = False
    figures: int = 0


#: So many figures and dates shared, and no value lacking, are hardly chance.
SEVERAL = 2
#: What later evidence cannot refute.
NOT_YET = re.compile(r"\b(?:not yet|yet to|so far|still|to date|until now|as yet)\b", re.IGNORECASE)
#: For each sign, what it adds to SUPPORTS and to REFUTES.
Weights = Mapping[str, tuple[float, float]]
#: What a passage says of a claim that stands in it, word for word.
ECHOED = Probabilities(0.95, 0.03, 0.02)


def weigh(signs: Signs, rule: Weights | None = None) -> Probabilities:
    """What a passage says of a claim, from everything known: a multinomial logistic regression.

    `RULE`, or the `rule` in its place, holds its weights, fitted by `python -m training.rule`; how,
    and what each sign adds, is in `docs/decisions/` (7, 24, 25, 26, 28, 32 and 33). A claim that
    stands in it word for word it supports.
    """
    rule = RULE if rule is None else rule
    if signs.echoed and not signs.missing:
        return ECHOED
    values = features(signs)
    supports = sum(rule[name][0] * value for name, value in values.items())
    refutes = sum(rule[name][1] * value for name, value in values.items())
    largest = max(supports, refutes, 0.0)
    parts = [math.exp(score - largest) for score in (supports, refutes, 0.0)]
    return Probabilities(*(part / sum(parts) for part in parts))


def features(signs: Signs) -> dict[str, float]:
    """The signs as the numbers that are weighed, each in a few units around 0."""
    own = signs.probabilities
    turned = max(
        (each.after.supports - each.before.supports for each in signs.differences), default=0.0
    )
    rewritten = max((each.after.supports for each in signs.differences), default=0.0)
    values = signs.agreed + signs.missing
    return {
        "constant": 1.0,
        "supports": _log(own.supports) - _log(own.nei),
        "refutes": _log(own.refutes) - _log(own.nei),
        "rewritten": rewritten,
        "turned": turned,
        "other unit": float(any(each.kind == "unit" for each in signs.differences)),
        "agreed": signs.agreed / values if values else 0.0,
        "missing": signs.missing / values if values else 0.0,
        "covered": signs.covered,
        "own": signs.own,
        "likeness": signs.likeness / 10,
        "relevance": signs.relevance,
        "elsewhere": float(signs.elsewhere),
        "office": float(signs.office),
        "foreign": float(signs.foreign),
        "figures": float(signs.figures >= SEVERAL and not signs.missing),
    }


def placed(signs: Signs, gate: Gate, claim: Claim, hit: Hit) -> Signs:
    """The signs, with what the document of a hit tells as a whole."""
    return replace(
        signs,
        elsewhere=gate.is_elsewhere(hit),
        foreign=gate.is_foreign(claim, hit),
    )


def believed(probabilities: Probabilities, threshold: float) -> Stance:
    """The likelier side where it is at least as probable as `threshold`, in [0, 1], else NEI."""
    best = probabilities.best
    return best if probabilities.of(best) >= threshold else Stance.NEI


def is_named(refutes: float, difference: Difference) -> bool:
    """Whether what differs is shown as what a passage that refutes with `refutes` refutes by."""
    plain = refutes >= PLAIN or difference.kind != "number"
    return plain and naming(refutes, difference) >= NAMED


def naming(refutes: float, difference: Difference, weights: Mapping[str, float] = NAMING) -> float:
    """The probability, in [0, 1], that what differs is what the passage has in the claim's place.

    A logistic regression over how surely the passage refutes, and what the verifier makes of the
    claim before and after it is rewritten with the passage's value; it hardly tells units apart, so
    that a figure in two units has a weight of its own. Fitted by `python -m training.rule`, too.
    """
    signs = naming_features(refutes, difference)
    return 1.0 / (1.0 + math.exp(-sum(weights[name] * value for name, value in signs.items())))


def naming_features(refutes: float, difference: Difference) -> dict[str, float]:
    """What `naming` weighs: log odds, and whether it is a unit."""
    return {
        "constant": 1.0,
        "refutes": _log_odds(refutes),
        "before": _log_odds(difference.before.supports),
        "after": _log_odds(difference.after.supports),
        "unit": float(difference.kind == "unit"),
    }


def _log(probability: float) -> float:
    return math.log(max(probability, 1e-4))


def _log_odds(probability: float) -> float:
    return _log(probability) - _log(1.0 - probability)


#: A side whose best probability falls short of the other's by more than this does not conflict
#: with it. On the gold set's first half 0.15 and 0.3 find half as many conflicts, and three in
#: four, for as many verdicts or fewer.
CONFLICT_MARGIN = 0.5
#: Bare numbers may count different things: theirs are named where a passage refutes so plainly.
PLAIN = 0.8
#: The confidence in what alignment shows of a quotation: right in 41 of 44 on the gold set.
QUOTED = 0.9
#: From this probability up another source overrules that it was said: it was, and is not true.
OVERRULES = 0.7


@dataclass(frozen=True)
class Decision:
    """A verdict, the confidence in it in [0, 1], and the reason when there is none."""

    verdict: Verdict
    confidence: float
    reason: Abstention | None = None


def decide(evidence: Sequence[Evidence], said: Said | None = None) -> Decision:
    """Weigh all evidence for one claim; `evidence` may be in any order, and empty."""
    if said and said.refutes:
        return Decision(Verdict.REFUTED, QUOTED)
    if said and said.status is SaidStatus.VERBATIM and not _overruled(said, evidence):
        return Decision(Verdict.SUPPORTED, QUOTED)
    if not evidence:
        return Decision(Verdict.NOT_ENOUGH_EVIDENCE, 1.0, Abstention.NOTHING_FOUND)
    spoken = voices(evidence)
    supports = _strongest(spoken, Stance.SUPPORTS)
    refutes = _strongest(spoken, Stance.REFUTES)
    if supports == refutes == 0.0:
        return _abstain(evidence)
    if supports and refutes and abs(supports - refutes) <= CONFLICT_MARGIN:
        return Decision(Verdict.CONFLICTING, min(supports, refutes))
    side = Verdict.SUPPORTED if supports > refutes else Verdict.REFUTED
    return Decision(side, max(supports, refutes))


def _overruled(said: Said, evidence: Sequence[Evidence]) -> bool:
    """Whether another source clearly says that what was said is not true."""
    others = [item for item in evidence if not said.stands_in(item.hit)]
    return _strongest(voices(others), Stance.REFUTES) >= OVERRULES


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """Refuted claims first, then conflicting, undecided and supported ones, surest first."""
    order = [
        Verdict.REFUTED,
        Verdict.CONFLICTING,
        Verdict.NOT_ENOUGH_EVIDENCE,
        Verdict.SUPPORTED,
    ]
    return sorted(findings, key=lambda finding: (order.index(finding.verdict), -finding.confidence))


def strength(evidence: Evidence) -> float:
    """How far a passage is from deciding nothing, in [0, 1]: the larger of its two sides."""
    return max(evidence.probabilities.supports, evidence.probabilities.refutes)


def ranked(evidence: Sequence[Evidence], said: Said | None = None) -> tuple[Evidence, ...]:
    """What tells whether it was said, then what speaks, strongest first, then by relevance."""
    return tuple(
        sorted(
            evidence,
            key=lambda item: (
                not _holds(item, said),
                item.stance is Stance.NEI,
                -strength(item) if item.stance is not Stance.NEI else -item.hit.score,
            ),
        )
    )


def _holds(evidence: Evidence, said: Said | None) -> bool:
    """Whether what was said stands in this passage."""
    passage = evidence.hit.passage
    return (
        said is not None
        and said.stands_in(evidence.hit)
        and passage.start < said.end
        and said.start < passage.end
    )


def voices(evidence: Sequence[Evidence]) -> list[Evidence]:
    """What each document that takes a side says: its most decisive passage, strongest first.

    Of documents that print one text, and read alike, only the first speaks: agency copy with
    another figure in it is news. Of two passages alike in strength the refuting one speaks.
    """
    speaking = [item for item in evidence if item.stance is not Stance.NEI]
    speaking.sort(
        key=lambda item: (
            -strength(item),
            item.stance is not Stance.REFUTES,
            item.hit.passage.document_id,
            item.hit.passage.start,
            item.hit.index,
        )
    )
    own: dict[tuple[str, str], Evidence] = {}
    for item in speaking:
        own.setdefault((item.hit.index, item.hit.passage.document_id), item)
    heard: list[Evidence] = []
    for item in own.values():
        text = item.hit.passage.text
        if not any(
            item.stance is other.stance and repeats(text, other.hit.passage.text) for other in heard
        ):
            heard.append(item)
    return heard


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
