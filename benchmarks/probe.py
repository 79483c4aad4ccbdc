"""Does a verifier judge by the claim alone? `python -m benchmarks.probe --data DIR`.

Blanks the evidence of every development pair. A verifier that reads its evidence calls nearly all
of them NEI, and cannot tell supported claims from refuted ones: its two-way balanced accuracy is
that of chance, 0.5. (Poliak et al. 2018, "Hypothesis only baselines", arXiv:1805.01042.)
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.metrics import balanced_accuracy
from benchmarks.verify import by_source
from factcheck.stance import NEI, load_verifier
from training.data import LABELS, read_pairs


def main() -> None:
    """Print one line per source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with dev.jsonl.gz")
    parser.add_argument("--verifier", help="fast, careful, a folder or a hub name")
    options = parser.parse_args()
    pairs = read_pairs(options.data / "dev.jsonl.gz")
    rows = load_verifier(options.verifier).predict([(pair.claim, "") for pair in pairs])
    print(f"{'source':15} {'rows':>5} {'NEI':>6} {'two-way bal acc':>16}")
    for source, places in {**by_source(pairs), "all": list(range(len(pairs)))}.items():
        decided = [place for place in places if pairs[place].label != "NEI"]
        guesses = [LABELS[column] for column in rows[decided, :2].argmax(axis=1)]
        two_way = balanced_accuracy(guesses, [pairs[place].label for place in decided])
        undecided = np.mean(rows[places].argmax(axis=1) == NEI)
        print(f"{source:15} {len(places):5} {undecided:6.3f} {two_way:16.3f}")


if __name__ == "__main__":
    main()
