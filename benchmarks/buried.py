"""Does the deciding sentence survive in a long passage? `python -m benchmarks.buried --data DIR`.

Takes labelled pairs with short evidence and puts it among passages on the same topic that belong to
other claims, 250 words in all. Compares reading the evidence alone with `Verifier.predict` on the
whole, and with `read`, which the pipeline uses, by the verifier's own probabilities. `named` is the
share of decided pairs whose deciding sentence, as `read` names it, lies in the evidence; `kept` the
share of passages without any evidence that are called NEI.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.metrics import balanced_accuracy, false_support
from benchmarks.verify import stances
from factcheck.claims.syntax import parse
from factcheck.mismatch import Text
from factcheck.stance import Verifier, load_verifier, read
from factcheck.stance.verifier import Rows
from index import Encoder, FoundBy, Hit, Passage, Span
from index.encoder import load_encoder
from training.data import Pair, read_pairs
from training.mine import neighbours

SOURCES = ("fever-dev-SR", "fm2", "healthver")
#: Words of evidence, words of the passage, pairs per source, and passages of nothing else.
SHORT, LONG, PAIRS, EMPTY = 70, 250, 150, 80


@dataclass(frozen=True)
class Buried:
    """A claim and a passage that holds its evidence at `place`, empty where there is none."""

    pair: Pair
    passage: str
    place: Span


def bury(pairs: Sequence[Pair], encoder: Encoder, random: Random) -> list[Buried]:
    """Up to `PAIRS` of `pairs` in passages of about `LONG` words, then `EMPTY` without evidence."""
    short = [pair for pair in pairs if len(pair.evidence.split()) < SHORT]
    near = neighbours(pairs, encoder, least=0.0)  # enough of them to fill a long passage
    chosen = random.sample(short, min(PAIRS, len(short)))
    made = [_around(pair, pair.evidence, near[pair.claim], random) for pair in chosen]
    for pair in chosen[:EMPTY]:
        undecided = Pair(pair.claim, "", "NEI", pair.source)
        made.append(_around(undecided, "", near[pair.claim], random))
    return made


def _around(pair: Pair, evidence: str, others: Sequence[str], random: Random) -> Buried:
    """`evidence` at a random place among as many of `others` as make up the passage."""
    parts: list[str] = []
    for other in others:
        if sum(len(part.split()) for part in (*parts, other, evidence)) > LONG:
            break
        parts.append(other)
    before = random.randint(0, len(parts))
    start = sum(len(part) + 1 for part in parts[:before])
    texts = [*parts[:before], evidence, *parts[before:]] if evidence else parts
    return Buried(pair, " ".join(texts), Span(start, start + len(evidence)))


def hit_of(text: str) -> Hit:
    """`text` as the index would give it."""
    return Hit(Passage("buried", 0, len(text), text, ""), 1.0, FoundBy.BOTH, "", "", None, None)


def readings(verifier: Verifier, items: Sequence[Buried]) -> tuple[Rows, list[bool]]:
    """Rows (n, 3) of `read`, and whether the sentence it names lies in the evidence."""
    parses = parse([item.pair.claim for item in items])
    asked = [
        (Text(item.pair.claim, parsed), hit_of(item.passage))
        for item, parsed in zip(items, parses, strict=True)
    ]
    found = read(verifier, load_encoder(), asked)
    own = [reading.signs.probabilities for reading in found]
    rows = np.array([[p.supports, p.refutes, p.nei] for p in own], dtype=np.float32)
    named = [
        item.place.start <= (reading.sentence.start + reading.sentence.end) // 2 < item.place.end
        for item, reading in zip(items, found, strict=True)
    ]
    return rows.reshape(-1, 3), named


def line(name: str, rows: Rows, gold: Sequence[str]) -> str:
    """One row of the table; passages without evidence come after those of `gold`."""
    guesses = stances(rows)
    shown = guesses[: len(gold)]
    kept = [guess == "NEI" for guess in guesses[len(gold) :]]
    return f"{name:15} {balanced_accuracy(shown, gold):8.3f} {false_support(shown, gold):10.3f}" + (
        f" {np.mean(kept):6.3f}" if kept else ""
    )


def main() -> None:
    """Print one table per source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with dev.jsonl.gz")
    parser.add_argument("--verifier", help="fast, careful, a folder or a hub name")
    options = parser.parse_args()
    verifier, encoder = load_verifier(options.verifier), load_encoder()
    everything = read_pairs(options.data / "dev.jsonl.gz")
    for source in SOURCES:
        items = bury([pair for pair in everything if pair.source == source], encoder, Random(1))
        deciding = [item for item in items if item.pair.evidence]
        gold = [item.pair.label for item in deciding]
        alone = verifier.predict([(item.pair.claim, item.pair.evidence) for item in deciding])
        whole = verifier.predict([(item.pair.claim, item.passage) for item in items])
        rows, named = readings(verifier, items)
        decided = [n for n, item in zip(named, items, strict=True) if item.pair.label != "NEI"]
        words = np.mean([len(item.passage.split()) for item in items])
        print(f"{source:15} {'bal acc':>8} {'false sup':>10} {'kept':>6}   {words:.0f} words")
        print(line("evidence alone", alone, gold))
        print(line("predict", whole, gold))
        print(line("read", rows, gold), f"  deciding sentence named {np.mean(decided):.3f}")


if __name__ == "__main__":
    main()
