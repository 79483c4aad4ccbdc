"""The rule on articles it was not fitted on: `python -m benchmarks.crossfit --data DIR`.

Each article of the gold set's first half is judged by a rule fitted on all the others, against its
own corpus and against the corpora of all in one index, and so is each of the articles kept apart
against its own; and which differences are named is told by weights fitted on the others, too. What
is chosen about the rule is chosen here, and nothing else of the set is spent. Claims that alignment
decides, for they were said or said otherwise, are fitted on and not scored; one for which no
passage is found has no row.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.ablation import System, verdicts
from benchmarks.goldset import read_half
from benchmarks.signs import Row
from factcheck.records import SaidStatus, Stance, Verdict
from factcheck.rule import RULE
from factcheck.stance import load_verifier
from factcheck.verdict import Weights, naming, weigh
from training.data import LABELS
from training.rule import (
    NAMED,
    THRESHOLD,
    against,
    collect,
    collect_apart,
    collect_pairs,
    fit,
    fit_naming,
)


@dataclass
class Score:
    """Verdicts on claims, the gold's and the one given, and the losses of labelled passages.

    `named` says of each difference that is named whether the gold set has it, and `nameable` counts
    all that the gold set has, in whichever passage.
    """

    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    losses: list[float] = field(default_factory=list)
    named: list[bool] = field(default_factory=list)
    nameable: int = 0

    def add(self, rows: Sequence[Row], system: System, threshold: float) -> None:
        """Judge the rows of an article."""
        got, gold = verdicts(rows, system, threshold)
        self.verdicts.update(zip(gold, got, strict=True))
        known = [row for row in rows if row.label in LABELS]
        self.losses += [-math.log(system(row.signs).of(Stance(row.label))) for row in known]

    def name(self, rows: Sequence[Row], rule: Weights, weights: Mapping[str, float]) -> None:
        """Name what differs in the rows that refute by `rule`, from `THRESHOLD` on."""
        self.nameable += sum(sum(row.named) for row in rows)
        self.named += [
            right
            for refutes, difference, right in against(rows, rule)
            if naming(refutes, difference, weights) >= NAMED
        ]

    def line(self) -> str:
        """What the table says of it."""
        total = sum(self.verdicts.values())
        right = sum(count for (gold, got), count in self.verdicts.items() if gold == got)
        s, r, c, n = (verdict.value for verdict in Verdict)
        shown = sum(count for (_, got), count in self.verdicts.items() if got == c)
        unfounded = sum(count for (gold, got), count in self.verdicts.items() if gold == n != got)
        cells = [
            f"{right / total:.3f} of {total}",
            f"{sum(self.losses) / len(self.losses):.3f}",
            f"{self.verdicts[r, s]}",
            f"{self.verdicts[s, r]}",
            f"{self.verdicts[s, n]} + {self.verdicts[r, n]}",
            f"{unfounded}",
            f"{self.verdicts[c, c]} of {shown}",
            f"{sum(self.named)} of {len(self.named)}, of {self.nameable}",
        ]
        return " | ".join(cells)


def crossfit(
    settings: Sequence[Sequence[Row]],
    pairs: Sequence[Row],
    thresholds: Sequence[float],
    without: Sequence[str] = (),
    unscored: Collection[tuple[str, int]] = (),
) -> list[list[Score]]:
    """A score for each threshold and setting, whose rows are of articles.

    `pairs` are always learnt from. The `unscored` claims are named by source and number.
    """
    articles = sorted({row.source for rows in settings for row in rows})
    everything = [*(row for rows in settings for row in rows), *pairs]
    scores = [[Score() for _ in settings] for _ in thresholds]
    for article in articles:
        others = [row for row in everything if row.source != article]
        rule = fit(others, frozenset(articles), without)
        weights = fit_naming(others, rule)
        system = partial(weigh, rule=rule)
        for threshold, row_of_scores in zip(thresholds, scores, strict=True):
            for score, rows in zip(row_of_scores, settings, strict=True):
                mine = [row for row in rows if row.source == article]
                scored = [row for row in mine if (row.source, row.claim) not in unscored]
                score.add(scored, system, threshold)
                score.name(mine, rule, weights)
    return scores


def main() -> None:
    """Print a line for each threshold and setting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds verify/")
    parser.add_argument(
        "--keep", type=Path, default=Path("build/signs"), help="where readings stay"
    )
    parser.add_argument("--threshold", type=float, nargs="+", default=[THRESHOLD])
    parser.add_argument("--without", nargs="+", default=[], metavar="SIGN", help="signs left out")
    options = parser.parse_args()
    if unknown := set(options.without) - RULE.keys():
        parser.error(f"no sign is called {', '.join(sorted(unknown))}; there are {', '.join(RULE)}")
    aligned = {
        (gold.name, number)
        for gold in read_half("dev")
        for number, claim in enumerate(gold.claims)
        if claim.said not in {None, SaidStatus.ABSENT.value}
    }
    verifier = load_verifier()
    settings = [collect(options.keep, "dev", verifier, together) for together in (False, True)]
    settings.append(collect_apart(options.keep, verifier))
    pairs = collect_pairs(options.data, options.keep, verifier)
    found = crossfit(settings, pairs, options.threshold, options.without, aligned)
    print(
        "from | corpus | verdicts right | log loss | refuted called supported | supported called "
        "refuted | called silent: supported + refuted | given without evidence | conflicts right | "
        "differences named right, of those in the gold set"
    )
    for threshold, scores in zip(options.threshold, found, strict=True):
        for corpus, score in zip(("own", "all", "apart"), scores, strict=True):
            print(f"{threshold} | {corpus} | {score.line()}")


if __name__ == "__main__":
    main()
