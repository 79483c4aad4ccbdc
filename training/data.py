"""The labelled pairs a verifier learns from, by the files and sources they come from.

The data itself is never part of the repository: every command takes `--data DIR`.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.stance import STANCES

#: The labels, in the order of a verifier's columns.
LABELS = tuple(stance.value for stance in STANCES)


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


def written_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row of a JSON Lines file that we wrote, and where it stands: `FILE, line N`.

    Empty lines are passed over. Raises `ValueError` that says where one is broken.
    """
    # not `splitlines`, which breaks a line at characters that JSON allows within a string
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    for number, line in enumerate(lines, 1):
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{where}: {error.msg}, column {error.colno}") from error
        yield where, row


def read_pairs(path: Path) -> list[Pair]:
    """Read labelled pairs; fields are `claim`, `evidence`, `label`, `source`."""
    return [
        Pair(str(row["claim"]), str(row["evidence"]), str(row["label"]), str(row["source"]))
        for row in read_json_lines(path)
    ]


def read_sources(data: Path, caps: Mapping[str, int], seed: int) -> list[Pair]:
    """At most `caps[source]` pairs of each source, drawn in a seeded order from `<data>/verify/`.

    Only files named `train_*` are read: `dev_news_evaluation_only` is CC BY-NC. Pairs labelled
    NOT_SUPPORTED are left out, for they do not say whether the evidence refutes. Raises
    `ValueError` for a source that no file holds.
    """
    rng = np.random.default_rng(seed)
    by_source: dict[str, list[Pair]] = defaultdict(list)
    for path in sorted((data / "verify").glob("train_*.jsonl.gz")):
        for pair in read_pairs(path):
            if pair.label in LABELS:
                by_source[pair.source].append(pair)
    if missing := sorted(caps.keys() - by_source.keys()):
        raise ValueError(f"no training file holds the sources {missing}")
    return [
        by_source[source][row]
        for source, cap in caps.items()
        for row in rng.permutation(len(by_source[source]))[:cap]
    ]
