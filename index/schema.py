"""What the tables of an index hold: columns, rows, and a checksum in every row.

A row's last column is the CRC-32 of the others, so that damage which the database cannot see (one
letter of a text, one bit of a vector) is found in the row where it is.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.passages import cut, searchable
from index.records import Document

#: Bytes of a database page. Five vectors of 384 dimensions fit; into the usual 4096, only two.
PAGE_BYTES = 8192

SCHEMA = """
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE files (
    id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, reading TEXT NOT NULL,
    state TEXT NOT NULL, checksum INTEGER NOT NULL
);
CREATE TABLE skips (
    file TEXT NOT NULL, path TEXT NOT NULL, reason TEXT NOT NULL, checksum INTEGER NOT NULL
);
CREATE INDEX skips_by_file ON skips (file);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    source TEXT NOT NULL, published TEXT, hash TEXT NOT NULL, locators TEXT NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE INDEX documents_by_file ON documents (file);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, document TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    text TEXT NOT NULL, context TEXT NOT NULL, key BLOB NOT NULL, checksum INTEGER NOT NULL
);
CREATE INDEX passages_by_document ON passages (document);
CREATE TABLE embeddings (
    key BLOB PRIMARY KEY, vector BLOB NOT NULL, checksum INTEGER NOT NULL
);
CREATE TABLE derived (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, sha256 TEXT NOT NULL, checksum INTEGER NOT NULL
);
CREATE TABLE pages (
    url TEXT NOT NULL, fresh INTEGER NOT NULL, list TEXT NOT NULL, final_url TEXT NOT NULL,
    status INTEGER NOT NULL, content_type TEXT NOT NULL, suffix TEXT NOT NULL, charset TEXT,
    etag TEXT, modified TEXT, retrieved TEXT NOT NULL, hash TEXT NOT NULL, size INTEGER NOT NULL,
    body BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (url, fresh)
);
"""

#: The columns that a row's checksum covers, in their order, by table.
COLUMNS = {
    "manifest": ("key", "value"),
    "files": ("id", "path", "hash", "reading", "state"),
    "skips": ("file", "path", "reason"),
    "documents": ("id", "file", "title", "text", "source", "published", "hash", "locators"),
    "passages": ("document", "start", "end", "text", "context", "key"),
    "embeddings": ("key", "vector"),
    "derived": ("name", "size", "sha256"),
    "pages": (
        "url",
        "fresh",
        "list",
        "final_url",
        "status",
        "content_type",
        "suffix",
        "charset",
        "etag",
        "modified",
        "retrieved",
        "hash",
        "size",
        "body",
    ),
}
#: Columns that hold bytes; the others hold text, whole numbers or nothing.
BYTES = frozenset({"key", "vector", "body"})


def checksum(*values: object) -> int:
    """CRC-32 over the values of a row, each with its length; a text counts as its UTF-8 bytes."""
    parts = []
    for value in values:
        if value is None:
            parts.append(b"none;")
            continue
        part = value if isinstance(value, bytes) else str(value).encode()
        parts.append(b"%d:" % len(part))
        parts.append(part)
    return zlib.crc32(b"".join(parts))


def checked(*values: object) -> tuple[object, ...]:
    """A row: the values and their checksum."""
    return (*values, checksum(*values))


def document_row(document: Document, file_id: str) -> tuple[object, ...]:
    """The row of `documents` for a document read from a file."""
    locators = [(each.start, each.end, each.label) for each in document.locators]
    return checked(
        document.id,
        file_id,
        document.title,
        document.text,
        document.source,
        document.published,
        document.content_hash,
        json.dumps(locators),
    )


def passage_rows(document: Document) -> Iterator[tuple[object, ...]]:
    """The rows of `passages` for a document, without a number yet."""
    for p in cut(document):
        key = embedding_key(p.context, p.text)
        yield (None, *checked(p.document_id, p.start, p.end, p.text, p.context, key))


def embedding_key(context: str, text: str) -> bytes:
    """What an embedding is kept under: the hash of the text it is of."""
    return hashlib.sha256(searchable(context, text).encode()).digest()


def embedding_row(key: bytes, vector: NDArray[np.float32]) -> tuple[object, ...]:
    """The row of `embeddings` for a vector (dimension,)."""
    return checked(key, vector.astype("<f4").tobytes())
