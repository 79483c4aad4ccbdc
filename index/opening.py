"""How an index is opened: by its one writer, or by one of its many readers.

Readers never write, not even when they close: a sealed index stays as it was sealed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.durable import sync_folder
from index.errors import IndexEmpty, IndexLocked, IndexMissing, IndexUnusable
from index.layout import Layout, Manifest
from index.seal import SealDamaged, break_seal, holds_data, is_sealed, read_seal, seal_index
from index.store import Access, Database, prepare


def open_snapshot(root: Path) -> tuple[Database, Manifest]:
    """The last commit at `root`, which stays as it is while the database is open.

    Raises `IndexMissing`, `IndexEmpty`, `IndexUnusable`.
    """
    layout = Layout(root)
    try:
        exists = layout.database.is_file()
    except OSError as error:  # no permission, a name too long for the system
        raise IndexUnusable(
            f"the index at {str(root)!r} cannot be opened: {error.strerror}; check the path, and "
            "who may read it"
        ) from error
    if not exists:
        raise IndexMissing(
            f"there is no index at {str(root)!r}; make one with "
            f"`factcheck index build {root} CORPUS…`"
        )
    database, manifest = _begin_reading(layout)
    if manifest is None or manifest.passages == 0:
        database.close()
        raise IndexEmpty(
            f"the index at {str(root)!r} holds no passage, because its first build did not end or "
            f"found no text; fill it with `factcheck index build {root} CORPUS…`"
        )
    return database, manifest


def open_unchecked(layout: Layout) -> Database:
    """The database, open for reading, whatever state it is in. Raises `IndexUnusable`."""
    try:
        database, _ = _begin_reading(layout)
    except IndexUnusable:  # its manifest is damaged, or more
        return Database(layout.database, Access.READ)
    return database


def _begin_reading(layout: Layout) -> tuple[Database, Manifest | None]:
    try:
        return _snapshot(Database(layout.database, Access.READ))
    except IndexUnusable:
        # SQLite wants to make its shared memory in the folder. Where the folder cannot be written,
        # on another medium or another user's, an index that is sealed without a log needs none.
        if os.access(layout.root, os.W_OK) or not is_sealed(layout) or holds_data(layout.log):
            raise
        sealed = _version(layout.seal)
        database = Database(
            layout.database, Access.SEALED, is_unmoved=lambda: _version(layout.seal) == sealed
        )
        return _snapshot(database)


def _version(path: Path) -> tuple[int, int] | None:
    """What changes when a file is replaced; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _snapshot(database: Database) -> tuple[Database, Manifest | None]:
    try:
        database.execute("BEGIN")
        return database, database.manifest()  # the first read fixes the snapshot
    except BaseException:
        database.close()
        raise


@contextmanager
def writing(root: Path) -> Iterator[Database]:
    """The database at `root` for the one writer; the folder and the tables are made when missing.

    When the writer ends without an exception, the index is sealed. Raises `IndexLocked`, and
    `IndexUnusable` when `root` is something else than an index or cannot be written.
    """
    layout = Layout(root)
    with told_writing(root):
        _refuse_foreign(layout)
        root.mkdir(parents=True, exist_ok=True)
        with locked(layout), opened(layout) as database:
            yield database


@contextmanager
def opened(layout: Layout) -> Iterator[Database]:
    """As `writing`, for whoever holds the lock."""
    finish_rescue(layout)
    if not layout.database.is_file():
        break_seal(layout, None)
        layout.database.touch()
    database = Database(layout.database, before_write=lambda: _break(layout, database))
    try:
        prepare(database)
        yield database
        manifest, derived = database.manifest(), database.derived()
        database.settle()
    finally:
        database.close()
    for path in layout.unfinished():
        path.unlink()
    if manifest and not is_sealed(layout):
        seal_index(layout, manifest, derived)


def finish_rescue(layout: Layout) -> None:
    """Put a rescued database in its place, where a repair has left one. Raises `OSError`.

    The log beside the damaged one goes first: the rescued one would take it for its own. It has
    what was in the log.
    """
    if layout.rescued.is_file():
        for path in beside(layout.database):
            path.unlink(missing_ok=True)
        layout.rescued.replace(layout.database)
        sync_folder(layout.root)


def beside(database: Path) -> list[Path]:
    """The files that SQLite puts beside a database."""
    return [database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal")]


def _break(layout: Layout, database: Database) -> None:
    """Break the seal, before the first write to a sealed index."""
    try:
        if not read_seal(layout).sealed:
            return
    except SealDamaged:
        pass
    break_seal(layout, database.manifest())


@contextmanager
def told_writing(root: Path) -> Iterator[None]:
    """Tell an `OSError` from inside as `IndexUnusable`."""
    try:
        yield
    except OSError as error:  # no permission, disk full
        raise IndexUnusable(
            f"the index at {str(root)!r} cannot be written: {error}; its last commit is as it was"
        ) from error


@contextmanager
def locked(layout: Layout) -> Iterator[None]:
    """Be the one writer. Raises `IndexLocked` where another process is it, and `OSError`."""
    lock = FileLock(layout.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexLocked(
            f"process {_pid(layout)} is at work on the index at {str(layout.root)!r}; wait until "
            "it has ended, or end it, and try again"
        ) from error
    try:
        layout.pid.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        layout.pid.unlink(missing_ok=True)
        lock.release()


def _refuse_foreign(layout: Layout) -> None:
    root = layout.root
    if root.exists() and not root.is_dir():
        raise IndexUnusable(
            f"{str(root)!r} is a file, expected a folder for the index; give the path of a new one"
        )
    if not root.is_dir() or layout.database.is_file():
        return
    spare = {layout.lock, layout.pid, layout.seal, *layout.unfinished()}
    others = [entry.name for entry in root.iterdir() if entry not in spare]
    if others:
        raise IndexUnusable(
            f"{str(root)!r} is a folder with other things in it and no index; "
            "give the path of a new or an empty folder"
        )


def _pid(layout: Layout) -> str:
    try:
        text = layout.pid.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        text = ""
    return text if text.isdigit() else "(unknown)"
