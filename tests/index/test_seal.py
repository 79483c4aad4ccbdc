from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index import EncoderMismatch, IndexUnusable, ReferenceIndex, build_index, verify_index
from index.durable import sync_tree
from index.layout import Layout, Manifest
from index.seal import SealDamaged, Sealed, files_of, hash_file, read_seal, write_seal
from index.store import Database
from tests.fakes import WordEncoder
from tests.index.building import fingerprint


def test_a_build_ends_with_a_seal_over_every_file(built: Path) -> None:
    layout = Layout(built)
    seal = read_seal(layout)
    assert seal.sealed
    there = dict(files_of(layout))
    assert sorted(seal.files) == sorted(there)
    assert {"index.sqlite", "generation-000001/rows.npy"} < set(there)
    assert all(hash_file(path) == seal.files[name] for name, path in there.items())
    assert seal.head == layout.database.read_bytes()[: len(seal.head)]
    assert seal.manifest
    assert (seal.manifest.passages, seal.manifest.generation) == (5, 1)


def test_a_lock_taken_while_files_are_hashed_is_no_part_of_the_index(
    built: Path, corpus: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(folder: Path) -> None:
        sync_tree(folder)
        (folder / "lexical/.tantivy-meta.lock").touch()

    monkeypatch.setattr("index.generations.sync_tree", late)
    (corpus / "more.txt").write_text("One more text.")
    build_index(built, [corpus], encoder=encoder)
    assert (built / "generation-000002/lexical/.tantivy-meta.lock").exists()
    assert not any(name.endswith(".lock") for name in read_seal(Layout(built)).files)
    assert verify_index(built).damage == ()


def test_a_lock_that_was_sealed_once_is_not_missed(built: Path) -> None:
    layout = Layout(built)
    seal = read_seal(layout)
    files = {**seal.files, "generation-000001/lexical/.tantivy-meta.lock": Sealed(0, "0" * 64)}
    write_seal(layout, replace(seal, files=files))
    assert verify_index(built).damage == ()


def test_reading_leaves_the_seal_true(built: Path, encoder: WordEncoder) -> None:
    seal = read_seal(Layout(built))
    with ReferenceIndex.open(built, encoder) as reference:
        reference.search(["harbour"])
    assert {name: hash_file(built / name) for name in seal.files} == seal.files


def test_a_reader_that_stays_while_a_build_ends_leaves_the_seal_true(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    (corpus / "more.txt").write_text("One more text.")
    with ReferenceIndex.open(built, encoder):
        build_index(built, [corpus], encoder=encoder)
    seal = read_seal(Layout(built))
    assert "index.sqlite-wal" in seal.files  # the reader needs the database file as it was
    assert {name: hash_file(built / name) for name in seal.files} == seal.files
    build_index(built, [corpus], encoder=encoder)
    (corpus / "again.txt").write_text("And one more.")
    build_index(built, [corpus], encoder=encoder)
    assert "index.sqlite-wal" not in read_seal(Layout(built)).files


def test_a_build_that_does_not_end_leaves_the_seal_broken(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    with pytest.raises(EncoderMismatch):
        build_index(built, [corpus], encoder=WordEncoder("other"))
    assert read_seal(Layout(built)).sealed  # nothing was written
    (corpus / "more.txt").write_text("One more text.")
    before = fingerprint(built)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("index.build.publish_generation", None)
        with pytest.raises(TypeError):
            build_index(built, [corpus], encoder=encoder)
    assert not read_seal(Layout(built)).sealed
    assert fingerprint(built) == before
    build_index(built, [corpus], encoder=encoder)
    assert read_seal(Layout(built)).sealed


def test_every_change_of_a_seal_is_found(built: Path) -> None:
    layout = Layout(built)
    data = layout.seal.read_bytes()
    for place in range(0, len(data), 97):
        for flipped in (data[place] ^ 0x20, data[place] ^ 0x01):
            layout.seal.write_bytes(data[:place] + bytes([flipped]) + data[place + 1 :])
            with pytest.raises(SealDamaged, match="not as it was written"):
                read_seal(layout)
    for short in (b"", data[:-1], data + b"\n"):
        layout.seal.write_bytes(short)
        with pytest.raises(SealDamaged):
            read_seal(layout)
    layout.seal.unlink()
    with pytest.raises(SealDamaged, match="cannot be read: No such file"):
        read_seal(layout)


AS_NOBODY = """
import os, sys
sys.path.insert(0, {root!r})
from index import IndexUnusable, ReferenceIndex, build_index
from tests.fakes import WordEncoder
path, corpus = sys.argv[1:]
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
assert not os.access(path, os.W_OK)
with ReferenceIndex.open(path, WordEncoder()) as reference:
    print(reference.search(["harbour tonnes"], k=1)[0][0].passage.document_id)
try:
    build_index(path, [corpus], encoder=WordEncoder())
except IndexUnusable as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_an_index_in_a_folder_that_cannot_be_written_is_read(
    tmp_path: Path, corpus: Path, encoder: WordEncoder
) -> None:
    path = tmp_path / "index"
    build_index(path, [corpus], encoder=encoder)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder.name.startswith(
            ("test_", "pytest-", "popen-")
        ):
            folder.chmod(0o755)
    for entry in (path, *path.rglob("*")):
        entry.chmod(0o555 if entry.is_dir() else 0o444)
    code = AS_NOBODY.format(root=str(Path(__file__).parents[2]))
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, str(path), str(corpus)],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
        )
    finally:
        path.chmod(0o755)
    assert done.stderr == ""
    found, refused = done.stdout.splitlines()
    assert found == "harbour.md"
    assert "cannot be written" in refused
    assert "last commit is as it was" in refused


def test_what_is_read_without_locks_beside_a_writer_is_thrown_away(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    from index import opening

    asked = []

    def unlocked(database: Database) -> tuple[Database, Manifest | None]:
        asked.append(database)
        if len(asked) == 1:
            database.close()
            raise IndexUnusable("there is no room for shared memory")
        return snapshot(database)

    snapshot = opening._snapshot
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("index.opening._snapshot", unlocked)
        patched.setattr("index.opening.os.access", lambda *_: False)
        database, _ = opening.open_snapshot(built)
    assert database.one("SELECT count(*) FROM documents") == 4
    (corpus / "more.txt").write_text("One more text.")
    build_index(built, [corpus], encoder=encoder)
    with closing(database), pytest.raises(IndexUnusable, match="written to by somebody else"):
        database.one("SELECT count(*) FROM documents")
