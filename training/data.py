"""The labelled pairs a verifier learns from, and the mix of them.

The data itself is never part of the repository: every command takes `--data DIR`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LABELS = ("SUPPORTS", "REFUTES", "NEI")

#: The training mix: files under `<data>/verify/`, each read whole and once.
#: `dev_news_evaluation_only` is CC BY-NC and must never appear here.
MIX = ("train_fact.jsonl.gz", "train_nli.jsonl.gz")


@dataclass(frozen=True)
class Pair:
    """A claim, a passage, and what the passage says about the claim."""

    claim: str
    evidence: str
    label: str
    source: str


def read_json_lines(path: Path) -> Iterator[dict[str, object]]:
    """Rows of a gzip-compressed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_pairs(path: Path) -> list[Pair]:
    """Read labelled pairs; fields are `claim`, `evidence`, `label`, `source`."""
    return [
        Pair(str(row["claim"]), str(row["evidence"]), str(row["label"]), str(row["source"]))
        for row in read_json_lines(path)
    ]


def read_mix(data: Path, mix: Sequence[str] = MIX) -> list[Pair]:
    """The training pairs of every file in `mix`, in file order."""
    pairs = [pair for name in mix for pair in read_pairs(data / "verify" / name)]
    unknown = {pair.label for pair in pairs} - set(LABELS)
    if unknown:
        raise ValueError(f"labels {sorted(unknown)} found, expected only {list(LABELS)}")
    return pairs
