"""What a build has read and not yet published: temporary tables, gone when the process is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple

import numpy as np
from numpy.typing import NDArray

from index.passages import searchable
from index.records import Document, Skipped
from index.schema import checked, document_row, embedding_row, passage_rows
from index.store import Database, StoredFile

_TABLES = """
CREATE TEMP TABLE staged_files AS SELECT * FROM files LIMIT 0;
CREATE UNIQUE INDEX temp.staged_file_ids ON staged_files (id);
CREATE TEMP TABLE staged_skips AS SELECT * FROM skips LIMIT 0;
CREATE TEMP TABLE staged_documents AS SELECT * FROM documents LIMIT 0;
CREATE UNIQUE INDEX temp.staged_ids ON staged_documents (id);
CREATE TEMP TABLE staged_passages AS SELECT * FROM passages LIMIT 0;
CREATE TEMP TABLE asked (key BLOB PRIMARY KEY);
CREATE TEMP TABLE leaving (id TEXT PRIMARY KEY);
CREATE TEMP TABLE leaving_files (id TEXT PRIMARY KEY);
"""

# Both columns of `files` are unique and files may have swapped names: all leave before any comes.
_APPLY_FILES = """
DELETE FROM skips WHERE file IN (SELECT id FROM leaving_files UNION SELECT id FROM staged_files);
DELETE FROM files WHERE id IN (SELECT id FROM leaving_files UNION SELECT id FROM staged_files);
INSERT INTO files SELECT * FROM staged_files;
INSERT INTO skips SELECT * FROM staged_skips;
"""

_APPLY_DOCUMENTS = """
DELETE FROM passages WHERE document IN (SELECT id FROM leaving);
DELETE FROM documents WHERE id IN (SELECT id FROM leaving);
INSERT INTO documents SELECT * FROM staged_documents;
INSERT INTO passages SELECT * FROM staged_passages;
"""

_CLEAR = """
DELETE FROM staged_files;
DELETE FROM staged_skips;
DELETE FROM staged_documents;
DELETE FROM staged_passages;
DELETE FROM asked;
DELETE FROM leaving;
DELETE FROM leaving_files;
"""

#: Staged passages looked at in one query.
_AT_ONCE = 256


class Staging:
    """Documents and files that are to come into a database, and ids of those that are to leave."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looked_at = 0  # the last staged passage that was looked at for an embedding
        _run(database, _TABLES)

    def holds(self, document_id: str) -> bool:
        """Whether the database or the staging has a document of this id."""
        sql = (
            "SELECT EXISTS (SELECT 1 FROM documents WHERE id = ?) "
            "OR EXISTS (SELECT 1 FROM staged_documents WHERE id = ?)"
        )
        return bool(self._database.one(sql, (document_id, document_id)))

    def add(self, document: Document, file_id: str) -> None:
        """Take a document in, cut into passages; one of its id that is published must leave."""
        marks = ", ".join("?" * 9)
        self._database.execute(
            f"INSERT INTO staged_documents VALUES ({marks})",  # noqa: S608 - question marks
            document_row(document, file_id),
        )
        self._database.execute_each(
            "INSERT INTO staged_passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", passage_rows(document)
        )

    def leave(self, document_ids: Iterable[str]) -> None:
        """Note published documents that are to be removed or replaced."""
        self._database.execute_each(
            "INSERT OR IGNORE INTO leaving VALUES (?)", ((each,) for each in document_ids)
        )

    def add_file(self, file: StoredFile, skips: Iterable[Skipped]) -> None:
        """Note how a file was read, in place of what was known of it."""
        self._database.execute(
            "INSERT OR REPLACE INTO staged_files VALUES (?, ?, ?, ?, ?, ?)",
            checked(*astuple(file)),
        )
        self._database.execute_each(
            "INSERT INTO staged_skips VALUES (?, ?, ?, ?)",
            (checked(file.id, each.path, each.reason) for each in skips),
        )

    def leave_file(self, file_id: str) -> None:
        """Note a file that is gone."""
        self._database.execute("INSERT OR IGNORE INTO leaving_files VALUES (?)", (file_id,))

    def take_pending(self) -> Iterator[tuple[bytes, str]]:
        """The texts staged since the last call that have no embedding: key and text, each once."""
        while rows := list(
            self._database.query(
                "SELECT rowid, key, context, text FROM staged_passages WHERE rowid > ? "
                "ORDER BY rowid LIMIT ?",
                (self._looked_at, _AT_ONCE),
            )
        ):
            for number, key, context, text in rows:
                self._looked_at = number
                if self._ask_for(key):
                    yield key, searchable(context, text)

    def _ask_for(self, key: bytes) -> bool:
        """Whether an embedding is missing and was not asked for yet."""
        known = "SELECT EXISTS (SELECT 1 FROM embeddings WHERE key = ?)"
        if self._database.one(known, (key,)):
            return False
        return self._database.execute("INSERT OR IGNORE INTO asked VALUES (?)", (key,)) > 0

    def embedded(self, keys: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """Commit embeddings: `vectors` (n, dimension) of the texts with these n keys."""
        with self._database.transaction():
            self._database.execute_each(
                "INSERT INTO embeddings VALUES (?, ?, ?)",
                (embedding_row(key, vector) for key, vector in zip(keys, vectors, strict=True)),
            )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to apply."""
        return not (self.changes_documents or self._any("staged_files", "leaving_files"))

    @property
    def changes_documents(self) -> bool:
        """Whether documents come or leave."""
        return self._any("staged_documents", "leaving")

    def apply(self) -> None:
        """Change files, documents and passages, within the caller's transaction."""
        _run(self._database, _APPLY_FILES)
        _run(self._database, _APPLY_DOCUMENTS)

    def clear(self) -> None:
        """Forget what was applied, once that is committed."""
        _run(self._database, _CLEAR)
        self._looked_at = 0

    def _any(self, *tables: str) -> bool:
        return any(
            self._database.one(f"SELECT EXISTS (SELECT 1 FROM {table})")  # noqa: S608 - our names
            for table in tables
        )


def drop_unused(database: Database) -> None:
    """Delete embeddings of which there is no passage, within the caller's transaction."""
    database.execute("DELETE FROM embeddings WHERE key NOT IN (SELECT key FROM passages)")


def _run(database: Database, script: str) -> None:
    for statement in script.split(";")[:-1]:
        database.execute(statement)
