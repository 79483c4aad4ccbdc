"""A damaged database → a new one with everything that is whole in it, put in its place.

Passages are cut anew from their documents. A document whose row is damaged is read again from its
file, if the file is to the byte what it was.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.corpus import CorpusFile
from index.durable import sync_folder
from index.errors import IndexUnusable, UnreadableDocument
from index.found import options_of, page_at
from index.generations import fingerprint
from index.layout import Layout, Manifest
from index.opening import beside, finish_rescue, open_unchecked
from index.records import Document
from index.salvage import names_of, whole_rows
from index.schema import COLUMNS, checked, document_row, passage_rows
from index.seal import Seal, SealDamaged, break_seal, read_seal
from index.store import Database, StoredFile, prepare, set_manifest

#: Copied as they are. The manifest is looked at first; passages and derived files are made anew.
_COPIED = [name for name in COLUMNS if name not in {"manifest", "passages", "derived"}]


@dataclass(frozen=True, slots=True)
class Loss:
    """A document that could not be brought back, and why."""

    document: str
    reason: str


class Rescue:
    """One rescue, by the one writer."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        try:
            self._seal = read_seal(layout)
        except SealDamaged:
            self._seal = Seal(sealed=False)
        #: Ids of documents that were read again.
        self.restored: list[str] = []
        self.lost: list[Loss] = []

    def run(self, derive: Callable[[Database], None]) -> None:
        """Put a new database in the place of the old one, once `derive` has completed it.

        Until then the old one, with what was derived from it, is left as it is. Raises
        `IndexUnusable` where nothing of the old one can be read, and `OSError`.
        """
        self._restore_head()
        for path in [self._layout.rescue, *beside(self._layout.rescue)]:
            path.unlink(missing_ok=True)
        self._layout.rescue.touch()
        with closing(self._open()) as old, closing(Database(self._layout.rescue)) as new:
            manifest = self._manifest(old)
            prepare(new)
            with new.transaction():
                self._copy(old, new, manifest)
            if manifest.generation:
                derive(new)
            new.settle()
        self._replace(manifest)

    def _restore_head(self) -> None:
        """Bring back the first page, without which none can be read, where a seal has it."""
        path, head = self._layout.database, self._seal.head
        if not (self._seal.sealed and head and path.is_file()):
            return
        with path.open("r+b") as file:
            if file.read(len(head)) != head:
                file.seek(0)
                file.write(head)
                file.flush()
                os.fsync(file.fileno())

    def _open(self) -> Database:
        try:
            database = open_unchecked(self._layout)
            database.one("SELECT count(*) FROM sqlite_master")
        except IndexUnusable as error:
            raise self._hopeless() from error
        database.read_bytes()
        return database

    def _manifest(self, old: Database) -> Manifest:
        """The manifest, from the old database or from the seal."""
        try:
            for _, values in whole_rows(old, "manifest"):
                if values:
                    return Manifest.from_fields(json.loads(str(values[1])))
        except (IndexUnusable, ValueError, KeyError, TypeError):
            pass  # the seal has it, too
        if self._seal.manifest is None:
            raise self._hopeless()
        return self._seal.manifest

    def _hopeless(self) -> IndexUnusable:
        known = self._seal.manifest.corpus if self._seal.manifest else ()
        corpus = " ".join(known) or "CORPUS…"
        return IndexUnusable(
            f"{self._layout.database} is damaged where SQLite keeps what it needs to read the "
            "rest, so that nothing can be brought back; build the index anew with "
            f"`factcheck index build NEW_INDEX {corpus}`"
        )

    def _copy(self, old: Database, new: Database, manifest: Manifest) -> None:
        set_manifest(new, manifest)
        damaged = {table: _copy_table(old, new, table) for table in _COPIED}
        if damaged["skips"]:  # which files they spoke of is not known: all are to be read again
            _forget_reading(new)
        self._restore(old, new, damaged["documents"])
        _adopt(new, manifest)
        _cut_all(new)
        if manifest.generation and fingerprint(new, manifest.weights_hash) != manifest.fingerprint:
            self._name_the_rest(manifest.documents - new.one("SELECT count(*) FROM documents"))
            _forget_reading(new)  # whatever is missing comes back once its file does

    def _name_the_rest(self, missing: int) -> None:
        """Own up to documents that are gone without a trace."""
        if missing > len(self.lost):
            rest = missing - len(self.lost)
            self.lost.append(Loss(f"{rest} more", "not even their names can be read"))

    def _restore(self, old: Database, new: Database, rows: list[int]) -> None:
        """Read the documents with these row numbers again from their files."""
        ids, files = names_of(old, "documents", "id"), names_of(old, "documents", "file")
        copied = {document for (document,) in new.query("SELECT id FROM documents")}
        vanished = {row for row, document in ids.items() if document not in copied}
        wanted: dict[str, set[str]] = {}
        for row in sorted(vanished.union(rows)):
            if row not in ids:
                self.lost.append(Loss(f"row {row} of documents", "not even its name can be read"))
            else:
                wanted.setdefault(files.get(row, ids[row]), set()).add(ids[row])
        for file_id, documents in wanted.items():
            try:
                found = _read_again(new, file_id)
            except UnreadableDocument as error:
                self.lost += [Loss(each, str(error)) for each in sorted(documents)]
                continue
            for document in found:
                if document.id in documents:
                    documents.discard(document.id)
                    _insert(new, "documents", document_row(document, file_id))
                    self.restored.append(document.id)
            self.lost += [Loss(each, "its file does not hold it") for each in sorted(documents)]

    def _replace(self, manifest: Manifest) -> None:
        break_seal(self._layout, manifest)
        self._layout.rescue.replace(self._layout.rescued)
        sync_folder(self._layout.root)
        finish_rescue(self._layout)


def _insert(database: Database, table: str, row: tuple[object, ...]) -> None:
    marks = ", ".join("?" * len(row))
    database.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)  # noqa: S608 - ours


def _copy_table(old: Database, new: Database, table: str) -> list[int]:
    """Copy the rows of `table` that are whole; the numbers of the others."""
    damaged: list[int] = []

    def whole() -> Iterator[tuple[object, ...]]:
        for number, values in whole_rows(old, table):
            if values is None:
                damaged.append(number)
            else:
                yield checked(*values)

    marks = ", ".join("?" * (len(COLUMNS[table]) + 1))
    sql = f"INSERT OR IGNORE INTO {table} VALUES ({marks})"  # noqa: S608 - our names
    new.execute_each(sql, whole())
    return damaged


def _forget_reading(database: Database) -> None:
    """Have the next build read every file again."""
    database.execute("DELETE FROM skips")
    files = [StoredFile(*row) for row in _files(database)]
    database.execute("DELETE FROM files")
    for file in files:
        _insert(database, "files", checked(file.id, file.path, "", file.reading, ""))


def _files(database: Database) -> Iterator[tuple[str, ...]]:
    return database.query("SELECT id, path, hash, reading, state FROM files")


def _read_again(database: Database, file_id: str) -> Iterator[Document]:
    """The documents of a file that is as it was. Raises `UnreadableDocument`."""
    rows = database.query(
        "SELECT id, path, hash, reading, state FROM files WHERE id = ?", (file_id,)
    )
    file = next((StoredFile(*row) for row in rows), None)
    if file is None:
        raise UnreadableDocument("where it was read from is not known any more")
    page = page_at(database, file.path, file.state)
    source = page or CorpusFile(file.id, Path(file.path), Path(file.path).parent)
    data = source.read()
    options = options_of(file.reading)
    if hashlib.sha256(data).hexdigest() != file.hash or options is None:
        raise UnreadableDocument(f"{file.path} is no longer what it was when it was read")
    found = source.documents(file.id, data, options)
    return (each for each in found if isinstance(each, Document))


def _adopt(database: Database, manifest: Manifest) -> None:
    """Give documents whose file is not known any more the place where it should be."""
    sql = "SELECT DISTINCT file FROM documents WHERE file NOT IN (SELECT id FROM files)"
    for (file_id,) in list(database.query(sql)):
        places = [Path(root) / file_id for root in manifest.corpus] or [Path(file_id)]
        place = next((each for each in places if each.is_file()), places[0])
        _insert(database, "files", checked(file_id, str(place), "", "", ""))


def _cut_all(database: Database) -> None:
    """Cut every document into its passages."""
    database.execute_each(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (row for document in _documents(database) for row in passage_rows(document)),
    )


def _documents(database: Database) -> Iterator[Document]:
    for (document_id,) in list(database.query("SELECT id FROM documents ORDER BY rowid")):
        document = database.document(document_id)
        if document is not None:
            yield document
