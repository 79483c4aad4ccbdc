"""What a build says while it goes on, and when it has ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from index.records import Skipped


class Stage(Enum):
    """What a build is doing."""

    FETCH = "fetching pages"
    READ = "reading files"
    EMBED = "embedding passages"
    WRITE = "writing the index"


class Progress(Protocol):
    """Called while a build goes on, never within a commit.

    It may end the build by raising: what was committed stays, and the next build goes on from it.
    """

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """`done` of `total` pages, files, passages or steps; `total` grows with what is read."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    `removed` and `missing` are document ids. Missing ones are gone from the disk and still in the
    index, because nothing said to prune. `generation` is the one now in force. `columns` are what
    tables call our fields (`ReadOptions`), from now on, and `replaced` what they were taken to call
    them before, if this build was told otherwise.
    """

    added: int
    changed: int
    unchanged: int
    removed: tuple[str, ...]
    missing: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    documents: int
    passages: int
    generation: int
    columns: tuple[tuple[str, str], ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
