"""A state of the database → the files derived from it: vectors, rows and the lexical side."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index import lexical, vectors
from index.errors import IndexUnusable
from index.layout import Generation, Manifest
from index.passages import searchable
from index.store import Database

#: Vectors handed on at a time.
BLOCK = 4096


def write_generation(database: Database, files: Generation, manifest: Manifest) -> Manifest:
    """Write the derived files into an existing empty folder; the manifest with its new counts."""
    rows = np.fromiter(
        (row for (row,) in database.query("SELECT row FROM passages ORDER BY row")), dtype=np.int64
    )
    np.save(files.rows, rows, allow_pickle=False)
    vectors.write(files.vectors, manifest.dimension, _blocks(database, manifest.dimension))
    files.lexical.mkdir()
    texts = database.query("SELECT context, text FROM passages ORDER BY row")
    lexical.write(files.lexical, (searchable(context, text) for context, text in texts))
    return replace(
        manifest,
        documents=database.one("SELECT count(*) FROM documents"),
        passages=len(rows),
        fingerprint=_fingerprint(database, manifest.weights_hash),
    )


def _blocks(database: Database, dimension: int) -> Iterator[NDArray[np.float32]]:
    """The passages' vectors in the order of their rows, (at most BLOCK, dimension) at a time."""
    found = database.query(
        "SELECT e.vector FROM passages p LEFT JOIN embeddings e ON e.key = p.key ORDER BY p.row"
    )
    while block := [vector for _, (vector,) in zip(range(BLOCK), found, strict=False)]:
        if any(vector is None or len(vector) != 4 * dimension for vector in block):
            raise IndexUnusable(
                "the index lacks the embedding of a passage or holds a damaged one; "
                "build the corpus into a new folder"
            )
        yield np.frombuffer(b"".join(block), dtype="<f4").reshape(-1, dimension)


def _fingerprint(database: Database, weights_hash: str) -> str:
    """SHA-256 (hex) over the encoder's weights, the documents and how they are cut.

    The same for the same content whatever the order, and the number, of the builds behind it.
    """
    digest = hashlib.sha256(weights_hash.encode())
    for statement in (
        "SELECT id, hash FROM documents ORDER BY id",
        "SELECT document, start, end, context FROM passages ORDER BY document, start, end",
    ):
        for values in database.query(statement):
            for value in values:
                part = str(value).encode()
                digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
