"""The database of an index, its one writer and its many readers.

The only file that imports sqlite3. A generation of derived files is built beside, made durable and
then named in the transaction that makes its documents and passages visible, so an index shows its
last commit at every instant. Embeddings are kept by the hash of what was embedded and committed as
they are made: a killed build loses none.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.errors import IndexEmpty, IndexLocked, IndexMissing, IndexUnusable
from index.layout import FORMAT_VERSION, Layout, Manifest
from index.records import Document, Locator, Passage

#: Marks a SQLite file as ours: "fchk".
APPLICATION_ID = 0x6663686B

_SCHEMA = """
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, hash TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    source TEXT NOT NULL, published TEXT, hash TEXT NOT NULL, locators TEXT NOT NULL
);
CREATE INDEX documents_by_file ON documents (file);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, document TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    text TEXT NOT NULL, context TEXT NOT NULL, key BLOB NOT NULL
);
CREATE INDEX passages_by_document ON passages (document);
CREATE TABLE embeddings (key BLOB PRIMARY KEY, vector BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A corpus file as it was read; `hash` covers its bytes and the readers' version."""

    id: str
    path: str
    hash: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the columns of its document that a hit shows."""

    passage: Passage
    title: str
    source: str
    published: str | None
    locators: tuple[Locator, ...]


class Database:
    """The SQLite file, with its errors told as `IndexUnusable`."""

    def __init__(self, path: Path) -> None:
        """Connect to the file at `path`, which exists."""
        self._path = path
        with _told(path):
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=rw",
                uri=True,
                isolation_level=None,  # transactions are begun and ended here, by name
                check_same_thread=False,  # an interactive caller may search from a worker
            )

    def close(self) -> None:
        """Give up the connection; an open transaction is rolled back."""
        self._connection.close()

    def execute(self, sql: str, values: Sequence[object] = ()) -> int:
        """Run one statement; the number of rows it changed."""
        with _told(self._path):
            return self._connection.execute(sql, values).rowcount

    def execute_each(self, sql: str, rows: Iterator[Sequence[object]]) -> None:
        """Run one statement for each of `rows`."""
        with _told(self._path):
            self._connection.executemany(sql, rows)

    def query(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT, read as they are asked for."""
        with _told(self._path):
            cursor = self._connection.execute(sql, values)
        while True:
            with _told(self._path):
                rows = cursor.fetchmany(1024)
            if not rows:
                return
            yield from rows

    def one(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        return next(self.query(sql, values), (None,))[0]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: commit at the end, roll back on any exception."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            with suppress(IndexUnusable):  # after some errors SQLite has rolled back already
                self.execute("ROLLBACK")
            raise

    def manifest(self) -> Manifest | None:
        """The manifest, or None where no build has begun. Raises `IndexUnusable`."""
        version = self.one("PRAGMA user_version")
        owner = self.one("PRAGMA application_id")
        if version == owner == 0 and not self.one("SELECT count(*) FROM sqlite_master"):
            return None  # killed before its first commit
        if owner != APPLICATION_ID or version != FORMAT_VERSION:
            raise IndexUnusable(
                f"{self._path} has format {version}, expected {FORMAT_VERSION} of a factcheck "
                "index; build the corpus into a new folder"
            )
        text = self.one("SELECT value FROM manifest WHERE key = 'manifest'")
        try:
            return Manifest(**json.loads(text)) if text else None
        except (TypeError, ValueError) as error:
            raise IndexUnusable(
                f"{self._path} holds a damaged manifest; build the corpus into a new folder"
            ) from error

    def document(self, document_id: str) -> Document | None:
        """A document by its id."""
        sql = "SELECT title, text, source, published, hash, locators FROM documents WHERE id = ?"
        for title, text, source, published, digest, locators in self.query(sql, (document_id,)):
            return Document(
                document_id, title, text, source, published, digest, _locators(locators)
            )
        return None

    def passages(self, rows: Sequence[int]) -> dict[int, StoredPassage]:
        """Database row → passage."""
        sql = (
            "SELECT p.row, p.document, p.start, p.end, p.text, p.context, d.title, d.source, "
            "d.published, d.locators FROM passages p JOIN documents d ON d.id = p.document "
            "WHERE p.row IN (SELECT value FROM json_each(?))"
        )
        return {
            row: StoredPassage(Passage(*passage), title, source, published, _locators(locators))
            for row, *passage, title, source, published, locators in self.query(
                sql, (json.dumps(list(rows)),)
            )
        }


def open_snapshot(root: Path) -> tuple[Database, Manifest]:
    """The last commit at `root`, which stays as it is while the database is open.

    Raises `IndexMissing`, `IndexEmpty`, `IndexUnusable`.
    """
    layout = Layout(root)
    try:
        exists = layout.database.is_file()
    except OSError as error:  # no permission, a name too long for the system
        raise IndexUnusable(
            f"the index at {str(root)!r} cannot be opened: {error.strerror}"
        ) from error
    if not exists:
        raise IndexMissing(
            f"there is no index at {str(root)!r}; make one with "
            f"`factcheck index build {root} CORPUS…`"
        )
    database = Database(layout.database)
    try:
        database.execute("PRAGMA query_only = ON")
        database.execute("BEGIN")
        manifest = database.manifest()  # the first read fixes the snapshot
    except BaseException:
        database.close()
        raise
    if manifest is None or manifest.passages == 0:
        database.close()
        raise IndexEmpty(
            f"the index at {str(root)!r} holds no passage, because its first build did not end or "
            f"found no text; fill it with `factcheck index build {root} CORPUS…`"
        )
    return database, manifest


@contextmanager
def writing(root: Path) -> Iterator[Database]:
    """The database at `root` for the one writer; the folder and the tables are made when missing.

    Raises `IndexLocked`, and `IndexUnusable` when `root` is something else than an index.
    """
    layout = Layout(root)
    try:
        _refuse_foreign(layout)
        root.mkdir(parents=True, exist_ok=True)
        with _lock(layout):
            layout.database.touch()
            database = Database(layout.database)
            try:
                _prepare(database)
                yield database
            finally:
                database.close()
    except OSError as error:  # no permission, disk full
        raise IndexUnusable(f"the index at {str(root)!r} cannot be written: {error}") from error


@contextmanager
def _lock(layout: Layout) -> Iterator[None]:
    lock = FileLock(layout.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexLocked(
            f"process {_pid(layout)} is writing to the index at {str(layout.root)!r}; wait until "
            "it has ended, or end it, and try again"
        ) from error
    try:
        layout.pid.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        layout.pid.unlink(missing_ok=True)
        lock.release()


def set_manifest(database: Database, manifest: Manifest) -> None:
    """Replace the manifest, within the caller's transaction."""
    database.execute(
        "INSERT OR REPLACE INTO manifest VALUES ('manifest', ?)", (json.dumps(asdict(manifest)),)
    )


def publish(database: Database, root: Path, manifest: Manifest, beside: Path) -> None:
    """Put the derived files in `beside` in force under the next generation number.

    To be called inside the transaction that changed documents and passages; nothing is visible
    before it commits.
    """
    published = replace(manifest, generation=manifest.generation + 1)
    target = Layout(root).generation(published.generation).folder
    if target.exists():  # left by a build that was killed between the renaming and the commit
        shutil.rmtree(target)
    _sync(beside)
    beside.replace(target)
    _sync_folder(root)
    set_manifest(database, published)


def remove_other_generations(root: Path, generation: int) -> None:
    """Delete what is no longer in force. Readers that have it open keep it until they close."""
    layout = Layout(root)
    keep = layout.generation(generation).folder
    for folder in layout.generations():
        if folder != keep:
            shutil.rmtree(folder, ignore_errors=True)


def size_on_disk(root: Path) -> int:
    """Bytes of every file below `root` but SQLite's shared memory, which is no data."""
    total = 0
    for folder, _, names in os.walk(root):  # rglob raises when a build removes a folder meanwhile
        for name in names:
            with suppress(FileNotFoundError):
                if name != "index.sqlite-shm":
                    total += Path(folder, name).lstat().st_size
    return total


def _refuse_foreign(layout: Layout) -> None:
    root = layout.root
    if root.exists() and not root.is_dir():
        raise IndexUnusable(f"{str(root)!r} is a file, expected a folder for the index")
    if not root.is_dir() or layout.database.is_file():
        return
    others = [entry.name for entry in root.iterdir() if entry not in {layout.lock, layout.pid}]
    if others:
        raise IndexUnusable(
            f"{str(root)!r} is a folder with other things in it and no index; "
            "give the path of a new or an empty folder"
        )


def _prepare(database: Database) -> None:
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    if database.manifest() is None:
        with database.transaction():
            if not database.one("SELECT count(*) FROM sqlite_master"):
                for statement in _SCHEMA.split(";")[:-1]:
                    database.execute(statement)
                database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                database.execute(f"PRAGMA user_version = {FORMAT_VERSION}")


def _pid(layout: Layout) -> str:
    try:
        text = layout.pid.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        text = ""
    return text if text.isdigit() else "(unknown)"


def _locators(text: str) -> tuple[Locator, ...]:
    return tuple(Locator(*fields) for fields in json.loads(text))


def _sync(folder: Path) -> None:
    """Make every file below `folder` durable, then the folders."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle for a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:  # disk full, no permission, busy
        raise IndexUnusable(f"{path} cannot be used: {error}") from error
    except sqlite3.DatabaseError as error:
        raise IndexUnusable(
            f"{path} is damaged or not an index ({error}); build the corpus into a new folder"
        ) from error
