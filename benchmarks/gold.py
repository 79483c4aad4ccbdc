"""The claims of the gold set: `python -m benchmarks.gold [--half dev|scoring|further] [-v]`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.goldset import FURTHER, HALVES, GoldArticle, GoldClaim, pair_up, read_half
from factcheck.claims import split_article
from factcheck.records import Claim
from index import Span


@dataclass(frozen=True)
class ClaimScores:
    """Counts over articles; shares are made of them at the end."""

    found: int = 0
    gold: int = 0
    wrong: int = 0
    furniture: int = 0
    speakers: int = 0
    alone: int = 0
    kinds: int = 0

    def __add__(self, other: ClaimScores) -> ClaimScores:
        return ClaimScores(
            *(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True))
        )

    def measures(self) -> dict[str, float]:
        """Shares in [0, 1]; F1 counts a gold claim as found from half an overlap up."""
        recall = self.found / self.gold
        precision = self.found / max(1, self.found + self.wrong)
        return {
            "claim recall": recall,
            "claim precision": precision,
            "claim F1": 2 * recall * precision / max(1e-9, recall + precision),
            "without furniture": 1.0 - self.furniture / max(1, self.found + self.wrong),
            "speaker": self.speakers / max(1, self.found),
            "standalone": self.alone / max(1, self.found),
            "kind": self.kinds / max(1, self.found),
        }


def match(gold: GoldArticle, claims: Sequence[Claim]) -> dict[int, int]:
    """Which gold claim is which found one; roles are paired with roles."""
    pairs: dict[int, int] = {}
    for is_role in (True, False):
        mine = [i for i, claim in enumerate(gold.claims) if (claim.kind == "role") is is_role]
        theirs = [j for j, claim in enumerate(claims) if (claim.kind.value == "role") is is_role]
        found = pair_up(
            [gold.claims[i].span for i in mine],
            [Span(claims[j].start, claims[j].end) for j in theirs],
        )
        pairs |= {mine[i]: theirs[j] for i, j in found.items()}
    rest = [i for i in range(len(gold.claims)) if i not in pairs]
    left = [j for j in range(len(claims)) if j not in pairs.values()]
    found = pair_up(
        [gold.claims[i].span for i in rest], [Span(claims[j].start, claims[j].end) for j in left]
    )
    return pairs | {rest[i]: left[j] for i, j in found.items()}


def names_all(claim: GoldClaim, standalone: str) -> bool:
    """Whether a standalone text names what the gold says it must."""
    text = standalone.casefold().replace("’", "'")
    return all(
        any(name.casefold().replace("’", "'") in text for name in names.split("|"))
        for names in claim.names
    )


def score_claims(gold: GoldArticle, claims: Sequence[Claim]) -> ClaimScores:
    """The claims of one article against the gold."""
    pairs = match(gold, claims)
    found = [(gold.claims[i], claims[j]) for i, j in pairs.items()]
    wrong = [
        j for j in range(len(claims)) if j not in pairs.values() and _is_wrong(gold, claims[j])
    ]
    return ClaimScores(
        found=len(pairs),
        gold=len(gold.claims),
        wrong=len(wrong),
        furniture=sum(_is_other(gold, claim) for claim in claims),
        speakers=sum(_same_name(mine.speaker, theirs.speaker) for mine, theirs in found),
        alone=sum(names_all(mine, theirs.standalone) for mine, theirs in found),
        kinds=sum(mine.kind == theirs.kind.value for mine, theirs in found),
    )


def _same_name(gold: str | None, found: str | None) -> bool:
    return (gold or "").casefold() == (found or "").casefold()


def _is_wrong(gold: GoldArticle, claim: Claim) -> bool:
    """Whether an unmatched claim stands where the gold has an opinion; the rest is left open."""
    span = Span(claim.start, claim.end)
    known = [*(each.span for each in gold.claims), *gold.others]
    inside = sum(max(0, min(span.end, k.end) - max(span.start, k.start)) for k in known)
    return 2 * inside >= span.end - span.start


def _is_other(gold: GoldArticle, claim: Claim) -> bool:
    span = Span(claim.start, claim.end)
    return any(
        2 * (min(span.end, other.end) - max(span.start, other.start)) >= span.end - span.start
        for other in gold.others
    )


def report(gold: GoldArticle, claims: Sequence[Claim]) -> None:
    """Print where one article differs."""
    pairs = match(gold, claims)
    print(f"== {gold.name}")
    for i, mine in enumerate(gold.claims):
        if i not in pairs:
            print(f"  MISSED {mine.kind}: {mine.text}")
            continue
        theirs = claims[pairs[i]]
        if not _same_name(mine.speaker, theirs.speaker):
            print(f"  SPEAKER {theirs.speaker} for {mine.speaker}: {mine.text}")
        if not names_all(mine, theirs.standalone):
            print(f"  ALONE lacks {mine.names}: {theirs.standalone}")
    for j, claim in enumerate(claims):
        if j not in pairs.values() and _is_wrong(gold, claim):
            mark = "OTHER" if _is_other(gold, claim) else "EXTRA"
            print(f"  {mark} {claim.kind.value}: {claim.text}")


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=[*HALVES, FURTHER], default="dev")
    parser.add_argument("-v", "--verbose", action="store_true", help="also where it differs")
    arguments = parser.parse_args()
    total = ClaimScores()
    for gold in read_half(arguments.half):
        claims = split_article(gold.article).claims
        scores = score_claims(gold, claims)
        total += scores
        if arguments.verbose:
            report(gold, claims)
        print(f"{gold.name:22}", *(f"{value:6.3f}" for value in scores.measures().values()))
    for name, value in total.measures().items():
        print(f"{name:20} {value:.3f}")


if __name__ == "__main__":
    main()
