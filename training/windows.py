"""Passages as a check reads them, four to a story, and claims beside each.

One JSON object a line:

    {"windows": [{"title": …, "date": ISO or "", "text": 25 to 80 words}, …],
     "claims": [{"claim": …, "sides": "SNRN"}, …]}

A letter for each window: it supports, refutes, or decides nothing. A window is cut out of the
middle of a longer document, its title and date in front, and what decides is one part of it. Where
articles (`training.articles`) give few pairs for many words, and dossiers (`training.dossiers`)
whole documents, these are little else than what is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from factcheck.stance.placing import headed
from training.data import Pair, written_rows
from training.dossiers import NAMES

FOLDER = Path(__file__).parent / "windows"


@dataclass(frozen=True)
class Windows:
    """What is read of each document, its source in front, and claims with a side for each."""

    texts: tuple[str, ...]
    claims: tuple[tuple[str, str], ...]

    def pairs(self, random: Random, undecided: float) -> Iterator[Pair]:
        """All pairs that decide, and of the others the share `undecided`."""
        for claim, sides in self.claims:
            for text, side in zip(self.texts, sides, strict=True):
                if side != "N" or random.random() < undecided:
                    yield Pair(claim, text, NAMES[side], "window")


def read_windows(path: Path) -> list[Windows]:
    """The stories in `path`. Raises `ValueError` that names the line where sides do not fit."""
    found = []
    for where, row in written_rows(path):
        texts = tuple(
            headed(each["text"], each["title"], each["date"] or None) for each in row["windows"]
        )
        claims = tuple((each["claim"], each["sides"]) for each in row["claims"])
        for claim, sides in claims:
            if len(sides) != len(texts) or not set(sides) <= NAMES.keys():
                raise ValueError(
                    f"{where}: expected S, R or N for each of {len(texts)} windows, "
                    f"got {sides!r} for {claim!r}"
                )
        found.append(Windows(texts, claims))
    return found


def window_pairs(pattern: str, seed: int, undecided: float, folder: Path = FOLDER) -> list[Pair]:
    """The pairs of the stories in the files of `folder` that match, in the order of the files."""
    random = Random(seed)
    return [
        pair
        for path in sorted(folder.glob(pattern))
        for story in read_windows(path)
        for pair in story.pairs(random, undecided)
    ]
