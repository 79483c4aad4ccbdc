"""An index → what of it is not as it was sealed, or not whole.

Every file is compared with its SHA-256 in the seal, which finds any byte that has changed since.
Then the database is read row by row, which finds damage that was there before it was sealed, and
says which document it hit.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from index.errors import IndexMissing, IndexUnusable
from index.generations import fingerprint
from index.layout import Layout, Manifest
from index.opening import locked, open_unchecked, told_writing
from index.salvage import names_of, whole_rows
from index.schema import COLUMNS
from index.seal import Seal, SealDamaged, Sealed, files_of, hash_file, is_lock, read_seal
from index.store import Database

#: Complaints of SQLite that are told one by one.
_COMPLAINTS = 20


class Part(Enum):
    """What is damaged, and so what can be done about it."""

    SEAL = "seal"  # written anew
    DERIVED = "derived"  # made anew from the database
    DATABASE = "database"  # what is whole in it is kept
    DOCUMENT = "document"  # read again from its file, if that has not changed
    FOREIGN = "foreign"  # not of the index: left alone


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it should be: a file's path below the index, or a document's id."""

    part: Part
    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was found. `sealed` is False where a build did not end and nothing was repaired since.

    `files` and `bytes` count what was compared with a checksum.
    """

    sealed: bool
    files: int
    bytes: int
    damage: tuple[Damage, ...]


def verify_index(path: Path | str) -> VerifyReport:
    """Look for damage in the index at `path`, without changing any file of it.

    Where the folder can be written the writer's lock is held meanwhile: builds and repairs are
    refused. Raises `IndexMissing`, `IndexLocked` while another process is at work on the index, and
    `IndexUnusable` for an index of another format or a folder that the lock cannot be made in.
    """
    layout = Layout(Path(path))
    with undisturbed(layout):
        return examine(layout)


@contextmanager
def undisturbed(layout: Layout) -> Iterator[None]:
    """Keep builds away, where the folder can be written at all. Raises `IndexMissing`."""
    if not (layout.database.is_file() or layout.seal.is_file()):
        raise IndexMissing(
            f"there is no index at {str(layout.root)!r}; make one with "
            f"`factcheck index build {layout.root} CORPUS…`"
        )
    _refuse_other_format(layout)
    if not os.access(layout.root, os.W_OK):
        yield
        return
    with told_writing(layout.root), locked(layout):
        yield


def _refuse_other_format(layout: Layout) -> None:
    """Raise `IndexUnusable` for a whole index of another format: it has no seal that we know."""
    if layout.seal.is_file() or not layout.database.is_file():
        return
    database = open_unchecked(layout)
    try:
        if database.is_of_other_format():
            database.manifest()
    finally:
        database.close()


def examine(layout: Layout) -> VerifyReport:
    """Look for damage while nobody writes."""
    damage: list[Damage] = []
    try:
        seal = read_seal(layout)
    except SealDamaged as error:
        damage.append(Damage(Part.SEAL, layout.seal.name, str(error)))
        seal = Seal(sealed=False)
    # The files first: SQLite may touch what it opens.
    there = {name: hash_file(path) for name, path in files_of(layout)}
    inside = list(_inside(layout))
    expected = seal.files if seal.sealed else _known(layout)
    damage += _compare(layout, there, expected, sealed=seal.sealed)
    damage += inside
    compared = [there[name] for name in there.keys() & expected.keys()]
    return VerifyReport(
        seal.sealed, len(compared), sum(each.size for each in compared), tuple(damage)
    )


def _known(layout: Layout) -> Mapping[str, Sealed]:
    """What the database of an unsealed index says of its derived files."""
    try:
        database = open_unchecked(layout)
    except IndexUnusable:
        return {}
    try:
        return database.derived()
    except IndexUnusable:
        return {}
    finally:
        database.close()


def _compare(
    layout: Layout, there: Mapping[str, Sealed], expected: Mapping[str, Sealed], *, sealed: bool
) -> Iterator[Damage]:
    truth = {layout.database.name, layout.log.name}
    for name, then in sorted(expected.items()):
        if is_lock(Path(name)):
            continue  # sealed by an earlier version, with what it was taken in
        part = Part.DATABASE if name in truth else Part.DERIVED
        now = there.get(name)
        if now is None:
            yield Damage(part, name, "missing")
        elif now.size != then.size:
            yield Damage(part, name, f"{now.size:,} bytes, expected {then.size:,}")
        elif now != then:
            yield Damage(part, name, "some of its bytes have changed")
    for name in sorted(there.keys() - expected.keys()):
        if name not in truth:
            ours = name.startswith("generation-") or ".partial" in name or ".rescued" in name
            yield Damage(Part.DERIVED if ours else Part.FOREIGN, name, "not part of the index")
        elif sealed:
            yield Damage(Part.DATABASE, name, "not there when the index was sealed")


def _inside(layout: Layout) -> Iterator[Damage]:
    """What is wrong inside the database."""
    name = layout.database.name
    if not layout.database.is_file():
        yield Damage(Part.DATABASE, name, "missing")
        return
    try:
        database = open_unchecked(layout)
    except IndexUnusable as error:
        yield Damage(Part.DATABASE, name, reason(error))
        return
    try:
        manifest = database.manifest()
        yield from _complaints(database, name)
        database.read_bytes()
        yield from _damaged_rows(database, name)
    except IndexUnusable as error:
        yield Damage(Part.DATABASE, name, reason(error))
        return
    finally:
        database.close()
    if manifest and manifest.generation:
        yield from _against_manifest(layout, manifest)


def _complaints(database: Database, name: str) -> Iterator[Damage]:
    try:
        for (complaint,) in database.query(f"PRAGMA integrity_check({_COMPLAINTS})"):
            if complaint != "ok":
                yield Damage(Part.DATABASE, name, str(complaint).replace("\n", " "))
    except IndexUnusable as error:
        yield Damage(Part.DATABASE, name, reason(error))


def _damaged_rows(database: Database, name: str) -> Iterator[Damage]:
    """Rows that are not whole: documents by their ids, others by their table."""
    for table in COLUMNS:
        bad = [number for number, values in whole_rows(database, table) if values is None]
        if not bad:
            continue
        if table == "documents":
            names = names_of(database, table, "id")
            for number in bad:
                if number in names:
                    yield Damage(Part.DOCUMENT, names[number], "its text or what is kept with it")
        yield Damage(Part.DATABASE, name, _rows(len(bad), table))


def _against_manifest(layout: Layout, manifest: Manifest) -> Iterator[Damage]:
    """What the rows, all whole, do not have although the manifest says so."""
    name = layout.database.name
    database = open_unchecked(layout)
    try:
        bare = database.one(
            "SELECT count(*) FROM passages WHERE key NOT IN (SELECT key FROM embeddings)"
        )
        if bare:
            yield Damage(Part.DATABASE, name, f"{bare} of its passages without embedding")
        if fingerprint(database, manifest.weights_hash) != manifest.fingerprint:
            yield Damage(
                Part.DATABASE, name, "other documents or passages than the manifest says it holds"
            )
    except IndexUnusable as error:
        yield Damage(Part.DATABASE, name, reason(error))
    finally:
        database.close()


def reason(error: IndexUnusable) -> str:
    """What SQLite said, without the advice around it."""
    return str(error.__cause__ or error)


def _rows(number: int, table: str) -> str:
    return f"{number} damaged {'row' if number == 1 else 'rows'} of {table}"
