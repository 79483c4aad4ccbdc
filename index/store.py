"""The database of an index: its tables, and what is kept in them.

The only file that imports sqlite3. A generation of derived files is built beside, made durable and
then named in the transaction that makes its documents and passages visible, so an index shows its
last commit at every instant. Embeddings are kept by the hash of what was embedded and committed as
they are made: a killed build loses none.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from index.errors import IndexUnusable
from index.layout import FORMAT_VERSION, Manifest
from index.records import Document, Locator, Passage
from index.schema import PAGE_BYTES, SCHEMA, checked
from index.seal import (
    Sealed,
)

#: Marks a SQLite file as ours: "fchk".
APPLICATION_ID = 0x6663686B

#: A database is rewritten once this share of its rows was deleted in one build: scattered deletions
#: leave pages half empty. Whole pages are given back once this share of them is free.
REWRITE_SHARE, FREE_SHARE = 0.2, 0.125
#: Memory in which a writer keeps pages of the database, in KiB.
_CACHE_KIB = 16 * 1024


#: In front of the hash of a file that no reader could read.
UNREADABLE = "unreadable "


class Access(Enum):
    """How a database is opened; the values are SQLite's."""

    WRITE = "mode=rw"
    READ = "mode=ro"
    #: Without locks and without the log: for an index that nobody writes to.
    SEALED = "mode=ro&immutable=1"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A corpus file as it was read.

    `hash` is the SHA-256 (hex) of its bytes, with `UNREADABLE` in front when no reader could read
    them; documents read from it earlier may still be there. `reading` is by which readers, and how
    (`reading`). `state` is what the file was without reading it, empty when that is not to be
    relied on.
    """

    id: str
    path: str
    hash: str
    reading: str
    state: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the columns of its document that a hit shows."""

    passage: Passage
    title: str
    source: str
    published: str | None
    locators: tuple[Locator, ...]
    retrieved: str | None


class Database:
    """The SQLite file, with its errors told as `IndexUnusable`."""

    def __init__(
        self,
        path: Path,
        access: Access = Access.WRITE,
        before_write: Callable[[], None] = lambda: None,
        is_unmoved: Callable[[], bool] = lambda: True,
    ) -> None:
        """Connect to the file at `path`, which exists.

        `before_write` is called once, before the first transaction. What is read once `is_unmoved`
        says no is thrown away: SQLite does not notice writers of a file opened as `SEALED`.
        """
        self._is_unmoved = is_unmoved
        self._path = path
        self._before_write: Callable[[], None] | None = before_write
        with _told(path):
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?{access.value}",
                uri=True,
                isolation_level=None,  # transactions are begun and ended here, by name
                check_same_thread=False,  # an interactive caller may search from a worker
            )

    def read_bytes(self) -> None:
        """Give texts as the bytes they are kept as, from now on: damaged ones may be no UTF-8."""
        self._connection.text_factory = bytes

    def close(self) -> None:
        """Give up the connection; an open transaction is rolled back."""
        self._connection.close()

    def execute(self, sql: str, values: Sequence[object] = ()) -> int:
        """Run one statement; the number of rows it changed."""
        with _told(self._path):
            return self._connection.execute(sql, values).rowcount

    def execute_each(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each of `rows`."""
        with _told(self._path):
            self._connection.executemany(sql, rows)

    def query(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT, read as they are asked for."""
        with self._reading():
            cursor = self._connection.execute(sql, values)
        while True:
            with self._reading():
                rows = cursor.fetchmany(1024)
            if not rows:
                return
            yield from rows

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            with _told(self._path):
                yield
        finally:
            if not self._is_unmoved():
                raise IndexUnusable(
                    f"{self._path} was written to by somebody else while it was read; open it again"
                )

    def one(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        return next(self.query(sql, values), (None,))[0]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: commit at the end, roll back on any exception."""
        if self._before_write:
            self._before_write()
            self._before_write = None
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            with suppress(IndexUnusable):  # after some errors SQLite has rolled back already
                self.execute("ROLLBACK")
            raise

    def shrink(self, share: float) -> None:
        """Give space back after `share` of the rows (0 to 1) was deleted, where that pays."""
        if share >= REWRITE_SHARE:
            # What is left of every page moves together, in a copy; without room for one, go on.
            with suppress(IndexUnusable):
                self.execute("VACUUM")
                return
        free, pages = self.one("PRAGMA freelist_count"), self.one("PRAGMA page_count")
        if free >= FREE_SHARE * pages:
            for _ in self.query("PRAGMA incremental_vacuum"):
                pass

    def settle(self) -> None:
        """Bring the log into the database file and empty it, unless a reader still needs it."""
        self.execute("PRAGMA busy_timeout = 0")  # a reader may stay open for hours
        for _ in self.query("PRAGMA wal_checkpoint(TRUNCATE)"):
            pass

    @contextmanager
    def scratch(self) -> Iterator[None]:
        """Write to temporary tables at once rather than one statement after the other."""
        self.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(IndexUnusable):
                self.execute("COMMIT")

    def is_of_other_format(self) -> bool:
        """Whether it is one of ours, but older or newer. Raises nothing."""
        with suppress(IndexUnusable):
            ours = self.one("PRAGMA application_id") == APPLICATION_ID
            return bool(ours and self.one("PRAGMA user_version") != FORMAT_VERSION)
        return False

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
            return Manifest.from_fields(json.loads(text)) if text else None
        except (TypeError, ValueError, KeyError, RecursionError) as error:
            raise IndexUnusable(
                f"{self._path} holds a damaged manifest; {_mend(self._path.parent)}"
            ) from error

    def derived(self) -> dict[str, Sealed]:
        """The files of the generation in force, as they were written."""
        rows = self.query("SELECT name, size, sha256 FROM derived")
        return {name: Sealed(size, digest) for name, size, digest in rows}

    def document(self, document_id: str) -> Document | None:
        """A document by its id."""
        sql = "SELECT title, text, source, published, hash, locators FROM documents WHERE id = ?"
        for title, text, source, published, digest, locators in self.query(sql, (document_id,)):
            return Document(
                document_id, title, text, source, published, digest, self._placed(locators)
            )
        return None

    def place_of(self, document_id: str) -> str | None:
        """Where a document was read: the full path of its file, or the address of its page."""
        place: str | None = self.one(
            "SELECT path FROM files WHERE id = (SELECT file FROM documents WHERE id = ?)",
            (document_id,),
        )
        return place

    def passages(self, rows: Sequence[int]) -> dict[int, StoredPassage]:
        """Database row → passage."""
        sql = (
            "SELECT p.row, p.document, p.start, p.end, p.text, p.context, d.title, d.source, "
            "d.published, (SELECT retrieved FROM pages WHERE url = d.file AND fresh = 0) "
            "FROM passages p JOIN documents d ON d.id = p.document "
            "WHERE p.row IN (SELECT value FROM json_each(?))"
        )
        found = list(self.query(sql, (json.dumps(list(rows)),)))
        locators = self._locators({document for _, document, *_ in found})
        return {
            row: StoredPassage(
                Passage(document, *place), title, source, published, locators[document], retrieved
            )
            for row, document, *place, title, source, published, retrieved in found
        }

    def _locators(self, document_ids: Iterable[str]) -> dict[str, tuple[Locator, ...]]:
        """Document → its locators, each read once: a long sheet has one for each of its rows."""
        sql = "SELECT id, locators FROM documents WHERE id IN (SELECT value FROM json_each(?))"
        rows = self.query(sql, (json.dumps(list(document_ids)),))
        return {document: self._placed(locators) for document, locators in rows}

    def _placed(self, text: str) -> tuple[Locator, ...]:
        """A document's locators, as they are kept. Raises `IndexUnusable`."""
        try:
            return tuple(Locator(*fields) for fields in json.loads(text))
        except (TypeError, ValueError, RecursionError) as error:
            raise IndexUnusable(
                f"{self._path} holds damaged locators; {_mend(self._path.parent)}"
            ) from error


def set_manifest(database: Database, manifest: Manifest) -> None:
    """Replace the manifest, within the caller's transaction."""
    database.execute(
        "INSERT OR REPLACE INTO manifest VALUES (?, ?, ?)",
        checked("manifest", json.dumps(asdict(manifest))),
    )


def prepare(database: Database) -> None:
    """Set up a writer's connection, and the tables where there are none."""
    manifest = database.manifest()  # first: what is not ours stays as it is
    if manifest is None:
        # These hold from the first page on; later they would be one more write to a sealed file.
        database.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        database.execute("PRAGMA auto_vacuum = INCREMENTAL")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA temp.journal_mode = MEMORY")  # a killed build needs nothing of it
    database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if manifest is None:
        with database.transaction():
            if not database.one("SELECT count(*) FROM sqlite_master"):
                _create(database)


def _create(database: Database) -> None:
    for statement in SCHEMA.split(";")[:-1]:
        database.execute(statement)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {FORMAT_VERSION}")


def _mend(root: Path) -> str:
    """What to do about damage."""
    return (
        f"see what is damaged with `factcheck index verify {root}`, and mend what can be with "
        f"`factcheck index repair {root}`"
    )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        # sqlite calls text that is no UTF-8 an operational error, too
        if isinstance(error, sqlite3.OperationalError) and "decode" not in str(error):
            raise IndexUnusable(  # disk full, no permission, busy
                f"{path} cannot be used: {error}; check free space and permissions, and try again"
            ) from error
        raise IndexUnusable(
            f"{path} is damaged or not an index ({error}); {_mend(path.parent)}"
        ) from error
