"""What a verifier can tell apart: `python -m benchmarks.contrast [FILE] [--verifier NAME]`.

Reads groups of two claims that differ in one thing and passages for, against and beside each
(`training/written.py` describes them), dossiers (`training/dossiers.py`) or windows
(`training/windows.py`), and prints accuracy and false support per category. The default file is a
set we wrote apart from what the packaged verifiers were trained on; of `dossiers.jsonl` and
`windows.jsonl` beside it they have seen none.
"""

from __future__ import annotations

import argparse
import glob
from collections.abc import Sequence
from pathlib import Path

from benchmarks.metrics import accuracy, false_support
from benchmarks.verify import stances
from factcheck.stance import Verifier, load_verifier
from training.data import Pair
from training.dossiers import Draw, dossier_pairs
from training.windows import window_pairs
from training.written import CATEGORIES, read_groups

#: 96 groups, 576 pairs; the quality gate reads it too.
CONTRAST = Path(__file__).parent.parent / "tests" / "quality" / "contrast.jsonl"
#: 40 dossiers kept from training.
DOSSIERS = CONTRAST.with_name("dossiers.jsonl")
#: 80 stories kept from training.
WINDOWS = CONTRAST.with_name("windows.jsonl")
#: What is read of a dossier: of each document that decides the window, of the others a fifth, as of
#: windows that decide nothing.
ONE_READING, SEED = Draw(undecided=0.2, whole=0.0, alone=0.0), 1


def read_set(path: Path) -> list[Pair]:
    """The pairs of a file of groups, dossiers or windows.

    The source of each ends in its category; windows have none.
    Raises `ValueError` that names the line when one is none of these.
    """
    with path.open(encoding="utf-8") as lines:
        first = lines.readline()
    if '"documents"' in first:
        return dossier_pairs(glob.escape(path.name), SEED, ONE_READING, path.parent)
    if '"windows"' in first:
        return window_pairs(glob.escape(path.name), SEED, ONE_READING.undecided, path.parent)
    return [pair for group in read_groups(path) for pair in group.pairs()]


def measure(verifier: Verifier, pairs: Sequence[Pair]) -> tuple[list[str], list[str], list[str]]:
    """Guess, label and category of every pair."""
    guesses = stances(verifier.predict([(pair.claim, pair.evidence) for pair in pairs]))
    return (
        guesses,
        [pair.label for pair in pairs],
        [pair.source.partition(" ")[2] for pair in pairs],
    )


def main() -> None:
    """Print one line per category."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=CONTRAST)
    parser.add_argument("--verifier", help="fast, careful, a folder or a hub name")
    options = parser.parse_args()
    guesses, gold, categories = measure(load_verifier(options.verifier), read_set(options.file))
    print(f"{'category':12} {'pairs':>5} {'accuracy':>8} {'false sup':>9}   right of S R NEI")
    for category in (*CATEGORIES, "all"):
        rows = [n for n, name in enumerate(categories) if category in (name, "all")]
        if not rows:
            continue  # the groups have no durations
        got, truth = [guesses[n] for n in rows], [gold[n] for n in rows]
        recalls = [
            accuracy([g for g, t in zip(got, truth, strict=True) if t == label], [label] * n)
            for label in ("SUPPORTS", "REFUTES", "NEI")
            if (n := truth.count(label))
        ]
        print(
            f"{category:12} {len(rows):5} {accuracy(got, truth):8.3f} "
            f"{false_support(got, truth):9.3f}   {' '.join(f'{r:.2f}' for r in recalls)}"
        )


if __name__ == "__main__":
    main()
