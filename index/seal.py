"""The seal of an index: what every file of it was when the last build ended.

`seal.json` is one line of JSON and one line with the SHA-256 of the first. While a build is at work
it says `"sealed": false`; a build that ends writes size and SHA-256 of every file into it, the
manifest, and the database's first page, without which the rest of it cannot be read.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.durable import write_atomic
from index.layout import Layout, Manifest
from index.schema import PAGE_BYTES


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file as it was sealed: its size in bytes and its SHA-256 (hex)."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Seal:
    """`files` by their path below the index, with `/`. Empty while a build has not ended."""

    sealed: bool
    manifest: Manifest | None = None
    files: Mapping[str, Sealed] = field(default_factory=dict)
    head: bytes = b""


class SealDamaged(Exception):
    """A seal that is missing or not as it was written; the message says which."""


def read_seal(layout: Layout) -> Seal:
    """The seal as it is on disk. Raises `SealDamaged`."""
    try:
        data = layout.seal.read_bytes()
    except OSError as error:
        raise SealDamaged(f"cannot be read: {error.strerror}") from error
    body, _, rest = data.partition(b"\n")
    if rest != _digest_line(body):
        raise SealDamaged("is not as it was written")
    try:
        fields = json.loads(body)
        return Seal(
            fields["sealed"],
            Manifest.from_fields(fields["manifest"]) if fields["manifest"] else None,
            {name: Sealed(*values) for name, values in fields["files"].items()},
            base64.b64decode(fields["head"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise SealDamaged("is of another make") from error


def write_seal(layout: Layout, seal: Seal) -> None:
    """Replace the seal in one instant. Raises `OSError`."""
    fields = {
        "sealed": seal.sealed,
        "manifest": asdict(seal.manifest) if seal.manifest else None,
        "files": {name: [each.size, each.sha256] for name, each in sorted(seal.files.items())},
        "head": base64.b64encode(seal.head).decode(),
    }
    body = json.dumps(fields).encode()
    write_atomic(layout.seal, body + b"\n" + _digest_line(body))


def break_seal(layout: Layout, manifest: Manifest | None) -> None:
    """Say, before anything is written, that a build is at work. Raises `OSError`."""
    write_seal(layout, Seal(False, manifest))


def is_sealed(layout: Layout) -> bool:
    """Whether the last build ended."""
    try:
        return read_seal(layout).sealed
    except SealDamaged:
        return False


def seal_index(layout: Layout, manifest: Manifest, derived: Mapping[str, Sealed]) -> None:
    """Seal what is on disk, once no connection writes any more. Raises `OSError`.

    `derived` are the files of the generation in force, as they were when they were written: hashing
    them again would seal damage in.
    """
    truth = [layout.database, layout.log]
    files = {path.name: hash_file(path) for path in truth if holds_data(path)}
    with layout.database.open("rb") as file:
        head = file.read(PAGE_BYTES)
    write_seal(layout, Seal(True, manifest, {**derived, **files}, head))


def hash_file(path: Path) -> Sealed:
    """Size and SHA-256 of a file as it is now. Raises `OSError`."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Sealed(file.tell(), digest)


def hash_tree(folder: Path, name: str) -> dict[str, Sealed]:
    """Every file below `folder` but locks, by its path behind `name`."""
    return {
        f"{name}/{path.relative_to(folder).as_posix()}": hash_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not is_lock(path)
    }


def files_of(layout: Layout) -> Iterator[tuple[str, Path]]:
    """Every file of the index that a seal is about: its path below the index, and in full.

    Not among them: the seal itself, locks, SQLite's shared memory and its log while that is empty.
    """
    passing = {layout.seal, layout.lock, layout.pid, layout.shared_memory}
    for path in sorted(layout.root.rglob("*")):
        if path in passing or path.is_dir() or is_lock(path):
            continue
        if path == layout.log and not holds_data(path):
            continue
        yield path.relative_to(layout.root).as_posix(), path


def is_lock(path: Path) -> bool:
    """Whether it is one of the empty files by which tantivy takes turns."""
    return path.name.startswith(".tantivy-") and path.suffix == ".lock"


def holds_data(path: Path) -> bool:
    """Whether there is a file with at least one byte."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _digest_line(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + b"\n"
