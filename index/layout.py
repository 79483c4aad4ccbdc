"""What an index is on disk: its names, and what it says of itself.

```
INDEX/
├── index.sqlite           documents, passages, embeddings and the manifest: the source of truth
├── generation-000003/     derived from it, never changed: vectors.faiss, rows.npy, lexical/
├── seal.json              what every file was when the last build ended
├── writer.lock            held while a build runs
└── writer.pid             who holds it
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import EncoderMismatch

if TYPE_CHECKING:
    from index.encoder import Encoder

#: Raised when the tables, the derived files, or the way passages are cut change.
FORMAT_VERSION = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """Every name inside an index folder."""

    root: Path

    @property
    def database(self) -> Path:
        """The source of truth."""
        return self.root / "index.sqlite"

    @property
    def rescue(self) -> Path:
        """A database that is being made from what is whole in a damaged one."""
        return self.root / "index.sqlite.partial"

    @property
    def rescued(self) -> Path:
        """A rescued database that is whole, about to take the place of the damaged one."""
        return self.root / "index.sqlite.rescued"

    @property
    def log(self) -> Path:
        """What SQLite has committed and not yet brought into the database file."""
        return self.root / "index.sqlite-wal"

    @property
    def shared_memory(self) -> Path:
        """Where SQLite's connections find their way in the log: no data."""
        return self.root / "index.sqlite-shm"

    @property
    def seal(self) -> Path:
        """Size and SHA-256 of every file."""
        return self.root / "seal.json"

    @property
    def lock(self) -> Path:
        """Held by the one writer."""
        return self.root / "writer.lock"

    @property
    def pid(self) -> Path:
        """The writer's process id, as text."""
        return self.root / "writer.pid"

    def generation(self, number: int) -> Generation:
        """The derived files of a generation."""
        return Generation(self.root / f"generation-{number:06}")

    @property
    def partial(self) -> Generation:
        """Derived files that are being written."""
        return Generation(self.root / "generation-partial")

    def unfinished(self) -> list[Path]:
        """Files left by a process that was killed while it wrote them."""
        return [path for path in self.root.glob("*.partial*") if path.is_file()]

    def generations(self) -> list[Path]:
        """Every generation's folder that is there, unfinished ones included."""
        return sorted(self.root.glob("generation-*"))


@dataclass(frozen=True, slots=True)
class Generation:
    """The files derived from one state of the database."""

    folder: Path

    @property
    def vectors(self) -> Path:
        """The vectors; a passage's number here is its position."""
        return self.folder / "vectors.faiss"

    @property
    def rows(self) -> Path:
        """int64 (n,): the database row of the passage at each position."""
        return self.folder / "rows.npy"

    @property
    def lexical(self) -> Path:
        """The folder of the BM25 side, which uses the same positions."""
        return self.folder / "lexical"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index says of itself. Times are ISO 8601, UTC.

    `corpus` are the paths it was built from, in full; `columns` what its tables call our fields
    (`ReadOptions`).
    """

    format: int
    encoder: str
    weights_hash: str
    dimension: int
    created: str
    metric: str = "inner product of unit vectors"
    precision: str = ""
    generation: int = 0
    documents: int = 0
    passages: int = 0
    fingerprint: str = ""
    updated: str = ""
    corpus: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_fields(cls, fields: object) -> Manifest:
        """The manifest with these fields, read from JSON; old ones have no `columns`.

        Raises `TypeError`, `KeyError`, `ValueError`.
        """
        if not isinstance(fields, Mapping):
            raise TypeError("a manifest is a JSON object")
        columns = tuple((ours, theirs) for ours, theirs in fields.get("columns", ()))
        return cls(**{**fields, "corpus": tuple(fields["corpus"]), "columns": columns})


def check_encoder(encoder: Encoder, manifest: Manifest, root: Path) -> None:
    """Raise `EncoderMismatch` unless the index was built with `encoder`."""
    if encoder.weights_hash == manifest.weights_hash:
        return
    raise EncoderMismatch(
        f"the index at {str(root)!r} was built with the encoder {manifest.encoder!r} (weights "
        f"{manifest.weights_hash[:12]}…), got {encoder.name!r} ({encoder.weights_hash[:12]}…); "
        f"leave --encoder out, or build the corpus into a new folder with "
        f"`factcheck index build NEW_INDEX CORPUS… --encoder {encoder.name}`"
    )
