"""What a build has read and not yet published: temporary tables, gone when the process is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.passages import cut, searchable
from index.records import Document
from index.store import Database

_TABLES = """
CREATE TEMP TABLE staged_documents AS SELECT * FROM documents LIMIT 0;
CREATE UNIQUE INDEX temp.staged_ids ON staged_documents (id);
CREATE TEMP TABLE staged_passages AS SELECT * FROM passages LIMIT 0;
CREATE TEMP TABLE leaving (id TEXT PRIMARY KEY);
"""

_APPLY = """
DELETE FROM passages WHERE document IN (SELECT id FROM leaving);
DELETE FROM documents WHERE id IN (SELECT id FROM leaving);
INSERT INTO documents SELECT * FROM staged_documents;
INSERT INTO passages SELECT * FROM staged_passages;
DELETE FROM embeddings WHERE key NOT IN (SELECT key FROM passages);
"""


class Staging:
    """Documents that are to come into a database, and ids of those that are to leave."""

    def __init__(self, database: Database) -> None:
        self._database = database
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
        locators = [(each.start, each.end, each.label) for each in document.locators]
        self._database.execute(
            "INSERT INTO staged_documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.id,
                file_id,
                document.title,
                document.text,
                document.source,
                document.published,
                document.content_hash,
                json.dumps(locators),
            ),
        )
        self._database.execute_each(
            "INSERT INTO staged_passages VALUES (NULL, ?, ?, ?, ?, ?, ?)",
            (
                (p.document_id, p.start, p.end, p.text, p.context, _key(p.context, p.text))
                for p in cut(document)
            ),
        )

    def leave(self, document_ids: Iterable[str]) -> None:
        """Note published documents that are to be removed or replaced."""
        self._database.execute_each(
            "INSERT OR IGNORE INTO leaving VALUES (?)", ((each,) for each in document_ids)
        )

    def pending(self) -> tuple[int, Iterator[tuple[bytes, str]]]:
        """How many texts have no embedding yet, and each once: its key and the text."""
        self._database.execute(
            "CREATE TEMP TABLE pending AS SELECT min(rowid) AS passage FROM staged_passages "
            "WHERE key NOT IN (SELECT key FROM embeddings) GROUP BY key"
        )
        rows = self._database.query(
            "SELECT key, context, text FROM pending JOIN staged_passages s ON s.rowid = passage"
        )
        total = self._database.one("SELECT count(*) FROM pending")
        return total, ((key, searchable(context, text)) for key, context, text in rows)

    def embedded(self, keys: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """Commit embeddings: `vectors` (n, dimension) of the texts with these n keys."""
        with self._database.transaction():
            self._database.execute_each(
                "INSERT INTO embeddings VALUES (?, ?)",
                (
                    (key, vector.astype("<f4").tobytes())
                    for key, vector in zip(keys, vectors, strict=True)
                ),
            )

    def apply(self) -> None:
        """Change documents, passages and embeddings, within the caller's transaction."""
        _run(self._database, _APPLY)


def _run(database: Database, script: str) -> None:
    for statement in script.split(";")[:-1]:
        database.execute(statement)


def _key(context: str, text: str) -> bytes:
    """What an embedding is kept under: the hash of the text it is of."""
    return hashlib.sha256(searchable(context, text).encode()).digest()
