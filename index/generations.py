"""A state of the database → the files derived from it: vectors, rows and the lexical side."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import lexical, vectors
from index.durable import sync_folder, sync_tree
from index.errors import IndexUnusable
from index.layout import Generation, Layout, Manifest
from index.passages import searchable
from index.schema import checked
from index.seal import hash_tree, is_lock
from index.store import Database, set_manifest

#: Passages handed on at a time.
BLOCK = 4096


def publish_generation(database: Database, root: Path, manifest: Manifest) -> Manifest:
    """Derive the next generation from the database and put it in force; its manifest.

    To be called inside the transaction that changed documents and passages; nothing is visible
    before it commits. Raises `IndexUnusable`, `OSError`.
    """
    layout = Layout(root)
    beside = layout.partial
    if beside.folder.exists():
        shutil.rmtree(beside.folder)
    beside.folder.mkdir()
    counted = _write(database, beside, manifest)
    published = replace(counted, generation=manifest.generation + 1)
    target = layout.generation(published.generation).folder
    if target.exists():  # left by a build that was killed between the renaming and the commit
        shutil.rmtree(target)
    sync_tree(beside.folder)
    database.execute("DELETE FROM derived")
    database.execute_each(
        "INSERT INTO derived VALUES (?, ?, ?, ?)",
        (
            checked(name, file.size, file.sha256)
            for name, file in hash_tree(beside.folder, target.name).items()
        ),
    )
    beside.folder.replace(target)
    sync_folder(root)
    set_manifest(database, published)
    return published


def fingerprint(database: Database, weights_hash: str) -> str:
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


def _write(database: Database, files: Generation, manifest: Manifest) -> Manifest:
    """Write the derived files into an existing empty folder; the manifest with its new counts."""
    passages = int(database.one("SELECT count(*) FROM passages"))
    _write_rows(database, files.rows, passages)
    vectors.write(files.vectors, manifest.dimension, _blocks(database, manifest.dimension))
    files.lexical.mkdir()
    texts = database.query("SELECT context, text FROM passages ORDER BY row")
    lexical.write(files.lexical, (searchable(context, text) for context, text in texts))
    for path in files.lexical.iterdir():
        if is_lock(path):
            path.unlink()
    return replace(
        manifest,
        documents=int(database.one("SELECT count(*) FROM documents")),
        passages=passages,
        fingerprint=fingerprint(database, manifest.weights_hash),
    )


def _write_rows(database: Database, path: Path, count: int) -> None:
    """Write the passages' row numbers as int64 (count,), a block at a time."""
    header = {"descr": "<i8", "fortran_order": False, "shape": (count,)}
    rows = database.query("SELECT row FROM passages ORDER BY row")
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
        while block := [row for _, (row,) in zip(range(BLOCK), rows, strict=False)]:
            file.write(np.array(block, dtype="<i8").tobytes())


def _blocks(database: Database, dimension: int) -> Iterator[NDArray[np.float32]]:
    """The passages' vectors in the order of their rows, (at most BLOCK, dimension) at a time."""
    found = database.query(
        "SELECT e.vector FROM passages p LEFT JOIN embeddings e ON e.key = p.key ORDER BY p.row"
    )
    while block := [vector for _, (vector,) in zip(range(BLOCK), found, strict=False)]:
        if any(vector is None or len(vector) != 4 * dimension for vector in block):
            raise IndexUnusable(
                "the index lacks the embedding of a passage or holds a damaged one; make it anew "
                "with `factcheck index repair`"
            )
        yield np.frombuffer(b"".join(block), dtype="<f4").reshape(-1, dimension)
