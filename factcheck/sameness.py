"""Whether two findings, or what they rest on, are the same: pure functions.

Equal is not identical. The same check made twice on one machine gives the same numbers, but what a
model says of a pair depends a little on which others share its batch, as after a search or in a
review that was broken off; and bfloat16, 8-bit integers and float32 round differently. Measured on
the bundled article (39 claims, 444 probabilities, the careful verifier):

- once more, or on one core: the same to the sixth decimal, to which a report rounds;
- with the claims in another order, so in other batches: 99 of 100 within 0.002, all within 0.015;
- `int8+f32` or `f32` for `int8+bf16`: half within 0.003, 95 of 100 within 0.023, the farthest 0.22,
  and 1 or 2 verdicts of 39 are others.

So `SAME_ARITHMETIC` holds for all of the second, and `OTHER_ARITHMETIC`, where precision or the
inference library is another, for most of the third: what is beyond it is another finding and is
told. A verdict, a stance or a status may differ only where the evidence is the same so far, and one
of the numbers it hangs on lies that near to where it tips.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum

from factcheck.records import Claim, Evidence, Finding, Manifest, SaidStatus, Stance
from factcheck.rule import THRESHOLD
from factcheck.verdict import CONFLICT_MARGIN, OVERRULES, strength, voices

#: How far apart two runs of one arithmetic may be, and two of different ones.
SAME_ARITHMETIC, OTHER_ARITHMETIC = 0.02, 0.05
#: The library that does the sums: another version may order them otherwise.
_ARITHMETIC = "openvino"


@dataclass(frozen=True, slots=True)
class Difference:
    """An input that is not what it was. Empty where there was, or is, none."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A finding, or a part of it, that is not what it was.

    `number` counts the report's claims from 1, and is 0 for one the report does not have; `what`
    names the part. `tolerated` says that rounding accounts for it.
    """

    number: int
    claim: str
    what: str
    old: str
    new: str
    tolerated: bool = False


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two probabilities, or two scores, may lie apart, and from where stances count."""

    probability: float = SAME_ARITHMETIC
    threshold: float = THRESHOLD


def tolerance_of(old: Manifest, new: Manifest) -> Tolerance:
    """What may differ between reports made so: more where another arithmetic was at work."""
    another = old.precision != new.precision or (
        old.versions.get(_ARITHMETIC) != new.versions.get(_ARITHMETIC)
    )
    allowed = OTHER_ARITHMETIC if another else SAME_ARITHMETIC
    return Tolerance(allowed, old.thresholds.get("stance", THRESHOLD))


def same_inputs(old: Manifest, new: Manifest) -> tuple[Difference, ...]:
    """What findings depend on and is not the same, in the manifest's order; nothing if all is."""
    return (
        *_differing("article", {"": old.article_hash}, {"": new.article_hash}),
        *_other_indexes(old, new),
        *_differing("model", old.models, new.models),
        *_differing("precision", old.precision, new.precision),
        *_differing("threshold", _texts(old.thresholds), _texts(new.thresholds)),
        *_differing("version", old.versions, new.versions),
        *_differing("setting", _settings(old), _settings(new)),
    )


def _differing(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Difference]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield Difference(f"{kind} {name}".strip(), old.get(name, ""), new.get(name, ""))


def _other_indexes(old: Manifest, new: Manifest) -> Iterator[Difference]:
    """The indexes, by name, that the other does not have; where they lie makes no difference."""
    before = {each.fingerprint for each in old.indexes}
    after = {each.fingerprint for each in new.indexes}
    if before == after:  # then these are as well, unless somebody wrote them by hand
        return _differing("index", {"": old.index_fingerprint}, {"": new.index_fingerprint})
    return _differing(
        "index",
        {each.name: each.fingerprint for each in old.indexes if each.fingerprint not in after},
        {each.name: each.fingerprint for each in new.indexes if each.fingerprint not in before},
    )


def _texts(numbers: Mapping[str, float]) -> dict[str, str]:
    return {name: repr(float(number)) for name, number in numbers.items()}


def _settings(manifest: Manifest) -> dict[str, str]:
    known = manifest.settings
    values = {each.name: getattr(known, each.name) for each in fields(known)}
    return {
        name: ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        for name, value in values.items()
    }


def compare_findings(
    old: Sequence[Finding], new: Sequence[Finding], tolerance: Tolerance = Tolerance()
) -> tuple[Change, ...]:
    """What differs, claim by claim in the old order; the order of the findings does not count."""
    changes: list[Change] = []
    for before, after in claim_pairs(old, new):
        if before is None or after is None:
            changes.append(_only_one(before, after, old, new))
        else:
            changes += _compared(before + 1, old[before], new[after], tolerance)
    return tuple(changes)


def claim_pairs(
    old: Sequence[Finding], new: Sequence[Finding]
) -> Iterator[tuple[int | None, int | None]]:
    """The positions of one claim in both; those that have none in the other come with None."""
    waiting: defaultdict[tuple[str, int], deque[int]] = defaultdict(deque)
    for number, finding in enumerate(new):
        waiting[_key(finding.claim)].append(number)
    for number, finding in enumerate(old):
        known = waiting[_key(finding.claim)]
        yield number, known.popleft() if known else None
    for number in sorted(number for rest in waiting.values() for number in rest):
        yield None, number


def _key(claim: Claim) -> tuple[str, int]:
    return claim.text, claim.start


def _only_one(
    before: int | None, after: int | None, old: Sequence[Finding], new: Sequence[Finding]
) -> Change:
    if before is not None:
        finding = old[before]
        return Change(before + 1, finding.claim.text, "claim", finding.verdict.value, "")
    finding = new[after or 0]
    return Change(0, finding.claim.text, "claim", "", finding.verdict.value)


def _compared(number: int, old: Finding, new: Finding, tolerance: Tolerance) -> Iterator[Change]:
    evidence = [*_evidence(old, new, tolerance), *_numbers(old, new, tolerance)]
    # a verdict is a function of the evidence: where that is the same, rounding tipped it or nothing
    excused = all(tolerated for *_, tolerated in evidence) and (
        _tips(old, tolerance) or _tips(new, tolerance)
    )
    for what, before, after, tolerated in [
        *_reading(old.claim, new.claim),
        ("verdict", old.verdict.value, new.verdict.value, excused),
        ("reason", _name(old.reason), _name(new.reason), excused),
        ("said", _said(old), _said(new), excused),
        *evidence,
    ]:
        if before != after:
            yield Change(number, old.claim.text, what, before, after, tolerated)


#: A part of a finding: its name, what it was, what it is, and whether rounding may account for it.
_Part = tuple[str, str, str, bool]


def _reading(old: Claim, new: Claim) -> list[_Part]:
    return [
        ("kind", old.kind.value, new.kind.value, False),
        ("speaker", old.speaker or "", new.speaker or "", False),
        ("sentence alone", old.standalone, new.standalone, False),
        ("statement", old.statement, new.statement, False),
    ]


def _name(value: Enum | None) -> str:
    return str(value.value) if value else ""


def _said(finding: Finding) -> str:
    return _name(finding.said.status) if finding.said else ""


def _evidence(old: Finding, new: Finding, tolerance: Tolerance) -> Iterator[_Part]:
    """Passages that only one of them has, and those that both have and judge differently.

    Of two passages found about as well either may be the last that is read.
    """
    shared = _shared(old, new)
    gone = [item for item in old.evidence if not any(item is each for each, _ in shared)]
    come = [item for item in new.evidence if not any(item is each for _, each in shared)]
    if gone or come:
        scores = [item.hit.score for item in [*gone, *come]]
        swapped = len(gone) == len(come) and max(scores) - min(scores) <= tolerance.probability
        yield "evidence", _listed(gone), _listed(come), swapped
    for before, after in shared:
        near = _near(before, tolerance) or _near(after, tolerance)
        what = f"stance of {before.hit.passage.document_id}"
        if before.stance is not after.stance:
            yield what, before.stance.value, after.stance.value, near


def _numbers(old: Finding, new: Finding, tolerance: Tolerance) -> Iterator[_Part]:
    """Probabilities further apart than is tolerated, and the confidence if no other part tells."""
    for before, after in _shared(old, new):
        both = zip(_three(before), _three(after), strict=True)
        one, other = max(both, key=lambda pair: round(abs(pair[0] - pair[1]), 6))
        if abs(one - other) > tolerance.probability:
            what = f"probability in {before.hit.passage.document_id}"
            yield what, f"{one:.4f}", f"{other:.4f}", False
    shared = len(_shared(old, new))
    alike = old.verdict is new.verdict and shared == len(old.evidence) == len(new.evidence)
    if alike and abs(old.confidence - new.confidence) > tolerance.probability:
        yield "confidence", f"{old.confidence:.4f}", f"{new.confidence:.4f}", False


def _shared(old: Finding, new: Finding) -> list[tuple[Evidence, Evidence]]:
    """The passages that both have, whatever their indexes are called."""
    waiting: defaultdict[tuple[str, int, int], deque[Evidence]] = defaultdict(deque)
    for item in new.evidence:
        waiting[_place(item)].append(item)
    return [
        (item, waiting[_place(item)].popleft()) for item in old.evidence if waiting[_place(item)]
    ]


def _place(item: Evidence) -> tuple[str, int, int]:
    passage = item.hit.passage
    return passage.document_id, passage.start, passage.end


def _listed(items: Sequence[Evidence]) -> str:
    return ", ".join(f"{document} at {start}" for document, start, _ in map(_place, items))


def _three(item: Evidence) -> tuple[float, float, float]:
    known = item.probabilities
    return known.supports, known.refutes, known.nei


def _near(item: Evidence, tolerance: Tolerance) -> bool:
    """Whether rounding can tip the stance: over the threshold, or from one stance to another."""
    allowed = tolerance.probability
    first, second, _ = sorted(_three(item), reverse=True)
    return abs(strength(item) - tolerance.threshold) <= allowed or first - second <= 2 * allowed


def _tips(finding: Finding, tolerance: Tolerance) -> bool:
    """Whether rounding can tip the verdict: at the threshold, or between two sides."""
    spoken = voices(finding.evidence)
    sides = [
        max((item.probabilities.of(side) for item in spoken if item.stance is side), default=0.0)
        for side in (Stance.SUPPORTS, Stance.REFUTES)
    ]
    margin = abs(abs(sides[0] - sides[1]) - CONFLICT_MARGIN)
    verbatim = finding.said is not None and finding.said.status is SaidStatus.VERBATIM
    return (
        any(_near(item, tolerance) for item in finding.evidence)
        or (min(sides) > 0 and margin <= 2 * tolerance.probability)
        or (verbatim and abs(sides[1] - OVERRULES) <= tolerance.probability)
    )


def largest_difference(old: Sequence[Finding], new: Sequence[Finding]) -> float:
    """The largest difference of two probabilities of one passage; 0 if no passage is shared."""
    return max(
        (
            abs(one - other)
            for before, after in claim_pairs(old, new)
            if before is not None and after is not None
            for items in _shared(old[before], new[after])
            for one, other in zip(*map(_three, items), strict=True)
        ),
        default=0.0,
    )
