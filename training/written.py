"""Pairs we wrote: groups of two claims and three passages that turn on one thing.

One JSON object a line: `{"category": …, "claims": [c1, c2], "passages": [a, b, c]}`. The claims
differ in that one thing only; `a` supports the first and refutes the second, `b` the other way
round, and `c` decides neither. So a claim alone, or its wording, never tells the label (as in
Schuster et al. 2019, "FEVER-Symmetric", arXiv:1908.05267).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.data import Pair, written_rows

#: What the two claims of a group may differ in.
CATEGORIES = (
    "number", "date", "unit", "percentage", "name", "role", "place", "negation", "direction",
    "quantifier", "quote", "time order", "duration",
)  # fmt: skip
#: The label of each (claim, passage) of a group.
LABELS_OF_GROUP = (("SUPPORTS", "REFUTES", "NEI"), ("REFUTES", "SUPPORTS", "NEI"))
#: The groups training learns from.
FOLDER = Path(__file__).parent / "written"


@dataclass(frozen=True)
class Group:
    """Two claims that exclude each other, and a passage for, against and beside each."""

    category: str
    claims: tuple[str, str]
    passages: tuple[str, str, str]

    def pairs(self) -> Iterator[Pair]:
        """The group's six labelled pairs; their source is `"written <category>"`."""
        for claim, labels in zip(self.claims, LABELS_OF_GROUP, strict=True):
            for passage, label in zip(self.passages, labels, strict=True):
                yield Pair(claim, passage, label, f"written {self.category}")


def read_groups(path: Path) -> list[Group]:
    """The groups in `path`. Raises `ValueError` that names the line when one is not a group."""
    groups = []
    for where, row in written_rows(path):
        claims, passages = tuple(row["claims"]), tuple(row["passages"])
        if row["category"] not in CATEGORIES or len(claims) != 2 or len(passages) != 3:
            raise ValueError(f"{where}: expected a known category, 2 claims and 3 passages")
        groups.append(Group(row["category"], claims, passages))
    return groups


def written_pairs(pattern: str = "*.jsonl", folder: Path = FOLDER) -> list[Pair]:
    """All pairs of the groups in the files of `folder` that match, in the order of the files."""
    return [
        pair
        for path in sorted(folder.glob(pattern))
        for group in read_groups(path)
        for pair in group.pairs()
    ]
