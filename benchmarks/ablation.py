"""Verifier, rules, both: `python -m benchmarks.ablation --data DIR [--half dev|scoring]`.

The same passages judged by the verifier alone, by the exact comparison alone, and by the rule that
weighs both, on the gold set (verdicts of claims), on labelled pairs of dev, and on the contrast
set. What was said does not come in here: it is alignment, and neither of the two.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.contrast import CONTRAST
from benchmarks.goldset import HALVES
from benchmarks.metrics import accuracy, balanced_accuracy, false_support
from benchmarks.signs import Row, kept, load, save, signs_of_pairs
from factcheck.records import Evidence, Probabilities
from factcheck.rule import THRESHOLD
from factcheck.stance import Verifier, load_verifier
from factcheck.verdict import Signs, believed, decide, weigh
from index import FoundBy, Hit, Passage, Span
from training.rule import collect, collect_pairs
from training.written import read_groups

#: A passage without this share of the claim's words is about something else, for rules alone.
ABOUT = 0.5

System = Callable[[Signs], Probabilities]


def verifier_alone(signs: Signs) -> Probabilities:
    """What the verifier says."""
    return signs.probabilities


def rules_alone(signs: Signs) -> Probabilities:
    """What the comparison says of a passage that has most of the claim's words.

    A value that differs and none that agrees refutes; values that all agree support.
    """
    if signs.covered < ABOUT:
        return Probabilities(0.0, 0.0, 1.0)
    if signs.differences and not signs.agreed:
        return Probabilities(0.0, 1.0, 0.0)
    if signs.agreed and not signs.missing:
        return Probabilities(1.0, 0.0, 0.0)
    return Probabilities(0.0, 0.0, 1.0)


SYSTEMS: dict[str, System] = {
    "verifier alone": verifier_alone,
    "rules alone": rules_alone,
    "both": weigh,
}


def labels(rows: Sequence[Row], system: System, threshold: float) -> list[str]:
    """The label of every row."""
    return [believed(system(row.signs), threshold).value for row in rows]


def verdicts(rows: Sequence[Row], system: System, threshold: float) -> tuple[list[str], list[str]]:
    """The verdict on every claim, and the gold's."""
    claims: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows:
        claims[(row.source, row.claim)].append(row)
    got = [
        decide([_evidence(row, n, system, threshold) for n, row in enumerate(found)]).verdict.value
        for found in claims.values()
    ]
    return got, [found[0].verdict for found in claims.values()]


def _evidence(row: Row, number: int, system: System, threshold: float) -> Evidence:
    # the text only has to differ: agency copy is told by the text, which is not kept
    text = f"{row.document} {number}"
    passage = Passage(row.document, 0, len(text), text, "")
    hit = Hit(passage, row.signs.relevance, FoundBy.BOTH, "", "", None, None)
    probabilities = system(row.signs)
    return Evidence(hit, believed(probabilities, threshold), probabilities, Span(0, len(text)))


def contrast_rows(keep: Path, verifier: Verifier) -> list[Row]:
    """The signs of the contrast set."""
    path = kept(keep, verifier, "contrast")
    if not path.exists():
        pairs = [pair for group in read_groups(CONTRAST) for pair in group.pairs()]
        save(path, signs_of_pairs(verifier, pairs))
    return load(path)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds verify/")
    parser.add_argument(
        "--keep", type=Path, default=Path("build/signs"), help="where readings stay"
    )
    parser.add_argument("--half", choices=HALVES, default="dev")
    options = parser.parse_args()
    verifier = load_verifier()
    gold = collect(options.keep, options.half, verifier)
    dev = collect_pairs(options.data, options.keep, verifier)
    contrast = contrast_rows(options.keep, verifier)
    print(f"{'':16} {'gold verdicts':>14} {'dev':>16} {'contrast':>16}")
    for name, system in SYSTEMS.items():
        threshold = verifier.threshold if system is verifier_alone else THRESHOLD
        got, truth = verdicts(gold, system, threshold)
        cells = [f"{accuracy(got, truth):14.3f}"]
        for some, limit in ((dev, 0.0), (contrast, 0.0)):
            guesses, labelled = labels(some, system, limit), [row.label for row in some]
            right, false = balanced_accuracy(guesses, labelled), false_support(guesses, labelled)
            cells.append(f"{right:8.3f} ({false:.3f})")
        print(f"{name:16} {' '.join(cells)}")
    print(
        "gold: accuracy at the threshold; others: balanced accuracy (false support), no threshold"
    )


if __name__ == "__main__":
    main()
