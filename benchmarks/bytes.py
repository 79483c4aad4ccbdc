"""Does `verify` find any changed byte, and `repair` bring all back? `python -m benchmarks.bytes`.

Flips one byte at a random place of a random file of a sealed index, again and again, each time in a
fresh copy. `verify` has to find it; `repair` has to give back an index that verifies, with the same
documents, and the same hits for the same queries.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.standin import StandIn, sentence, write_corpus
from index import Hit, IndexUnusable, ReferenceIndex, build_index
from index.layout import Layout
from index.repair import repair_index
from index.seal import files_of
from index.verify import verify_index


@dataclass(frozen=True, slots=True)
class Trial:
    """One flipped byte: where, and what came of it."""

    name: str
    place: int
    found: bool
    restored: bool
    lost: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """So many flips in an index of so many documents; in one file of it only, if that is named."""

    flips: int
    documents: int
    seed: int = 0
    only: str | None = None


def trials(plan: Plan, work: Path) -> Iterator[Trial]:
    """Flip bytes, one at a time, in copies below `work`."""
    chance = random.Random(plan.seed)
    corpus, whole = work / "corpus", work / "index"
    write_corpus(corpus, plan.documents, seed=plan.seed)
    build_index(whole, [corpus], encoder=StandIn())
    queries = [sentence(chance) for _ in range(5)]
    expected = answers(whole, queries)
    layout = Layout(whole)
    files = [layout.seal.name, *(name for name, path in files_of(layout) if path.stat().st_size)]
    for number in range(plan.flips):
        copy = work / f"trial-{number}"
        shutil.copytree(whole, copy)
        name = plan.only or chance.choice(files)
        place = flip(copy / name, chance)
        found = bool(verify_index(copy).damage)
        try:
            report = repair_index(copy, encoder=StandIn())
        except IndexUnusable as error:
            yield Trial(name, place, found, restored=False, lost=0, note=str(error))
        else:
            whole_again = not verify_index(copy).damage and answers(copy, queries) == expected
            yield Trial(name, place, found, whole_again, len(report.lost))
        shutil.rmtree(copy)


def flip(path: Path, chance: random.Random) -> int:
    """Change one byte of the file at `path`; where."""
    place = chance.randrange(path.stat().st_size)
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ chance.randint(1, 255)]))
    return place


def answers(path: Path, queries: list[str]) -> list[list[tuple[str, int, float]]]:
    """What an index finds, in an order that does not depend on that of its rows."""
    with ReferenceIndex.open(path, StandIn()) as reference:
        found = reference.search(queries, k=10)
        everything = [("documents", reference.info().documents, 0.0)]
    return [everything, *(sorted(_plain(hit) for hit in hits) for hits in found)]


def _plain(hit: Hit) -> tuple[str, int, float]:
    return hit.passage.document_id, hit.passage.start, round(hit.score, 4)


def main() -> int:
    """Print what came of it; 1 if a byte was not found or not brought back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", metavar="FILE", help="a file of the index, such as index.sqlite")
    options = parser.parse_args()
    plan = Plan(options.flips, options.documents, options.seed, options.only)
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        for trial in trials(plan, Path(work)):
            done["flips"] += 1
            done["found"] += trial.found
            done["restored"] += trial.restored
            done["documents lost"] += trial.lost
            if not (trial.found and trial.restored):
                print(f"{trial.name} at {trial.place}: {trial}")
    print(", ".join(f"{name} {number}" for name, number in done.items()))
    return int(done["found"] < done["flips"] or done["restored"] < done["flips"])


if __name__ == "__main__":
    sys.exit(main())
