from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.bytes import Plan, trials
from index import (
    Damage,
    IndexLocked,
    IndexMissing,
    IndexUnusable,
    Part,
    VerifyReport,
    build_index,
    repair_index,
    verify_index,
)
from index.layout import FORMAT_VERSION, Layout
from index.opening import locked
from index.seal import files_of
from index.verify import examine
from tests.fakes import WordEncoder
from tests.index.test_interrupted import Interrupting, commit_each_text


def test_a_sealed_index_is_whole(built: Path) -> None:
    for _ in range(2):
        report = verify_index(built)
        there = [path.stat().st_size for _, path in files_of(Layout(built))]
        assert report == VerifyReport(True, len(there), sum(there), ())


def test_twenty_flipped_bytes_are_found_and_mended(tmp_path: Path) -> None:
    for only, flips in ((None, 12), ("index.sqlite", 8)):
        work = tmp_path / f"{only}"
        for trial in trials(Plan(flips, 30, seed=3, only=only), work):
            assert (trial.found, trial.restored, trial.lost) == (True, True, 0), trial


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


@pytest.mark.parametrize("change", [truncated, longer, Path.unlink])
@pytest.mark.parametrize("name", ["rows.npy", "index.sqlite", "seal.json"])
def test_truncated_longer_and_missing_files_are_found(
    built: Path, name: str, change: Callable[[Path], None]
) -> None:
    (path,) = built.rglob(name)
    change(path)
    below = path.relative_to(built).as_posix()
    part = {"rows.npy": Part.DERIVED, "index.sqlite": Part.DATABASE, "seal.json": Part.SEAL}[name]
    damage = verify_index(built).damage
    assert {(each.part, each.name) for each in damage} == {(part, below)}
    if name != "seal.json":
        missing = change is Path.unlink
        assert ("missing" if missing else " bytes, expected ") in damage[0].problem


def test_what_is_not_part_of_an_index_is_found(built: Path) -> None:
    (built / "notes.txt").write_text("mine")
    (built / "generation-000009").mkdir()
    (built / "generation-000009" / "rows.npy").write_bytes(b"x")
    assert verify_index(built).damage == (
        Damage(Part.DERIVED, "generation-000009/rows.npy", "not part of the index"),
        Damage(Part.FOREIGN, "notes.txt", "not part of the index"),
    )


def test_damage_from_before_the_seal_is_found_by_document(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    with closing(sqlite3.connect(built / "index.sqlite")) as connection, connection:
        connection.execute("UPDATE documents SET text = replace(text, 'flood', 'blood')")
    (corpus / "more.txt").write_text("One more text.")
    build_index(built, [corpus], encoder=encoder)  # seals the damage in
    assert verify_index(built).damage == (
        Damage(Part.DOCUMENT, "news/mayor.txt", "its text or what is kept with it"),
        Damage(Part.DATABASE, "index.sqlite", "1 damaged row of documents"),
    )


def test_lost_rows_are_found(built: Path) -> None:
    with closing(sqlite3.connect(built / "index.sqlite")) as connection, connection:
        connection.execute("DELETE FROM embeddings WHERE rowid = 1")
        connection.execute("DELETE FROM passages WHERE document = 'harbour.md' AND start = 0")
    (built / "seal.json").unlink()
    problems = [each.problem for each in verify_index(built).damage if each.part is Part.DATABASE]
    assert problems == [
        "1 of its passages without embedding",
        "other documents or passages than the manifest says it holds",
    ]


def test_an_index_whose_build_did_not_end_is_said_to_be_unsealed(
    tmp_path: Path, built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_each_text(monkeypatch)
    for number in range(8):
        (corpus / f"{number}.txt").write_text(f"Text number {number}.")
    for path in (built, tmp_path / "first"):
        with pytest.raises(KeyboardInterrupt):
            build_index(path, [corpus], encoder=Interrupting())
        report = verify_index(path)
        assert (report.sealed, report.damage) == (False, ())
    (built / "generation-000001" / "rows.npy").write_bytes(b"x")  # its checksum is kept inside
    assert [each.name for each in verify_index(built).damage] == ["generation-000001/rows.npy"]


def test_it_waits_for_no_build(built: Path) -> None:
    with locked(Layout(built)), pytest.raises(IndexLocked, match="is at work on the index"):
        verify_index(built)
    with pytest.raises(IndexMissing):
        verify_index(built / "nothing")


def test_a_build_is_told_that_the_index_is_at_work_on(
    built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(layout: Layout) -> VerifyReport:
        with pytest.raises(IndexLocked, match=f"process {os.getpid()} is at work on the index"):
            build_index(layout.root, [corpus])
        return examine(layout)

    monkeypatch.setattr("index.verify.examine", build)
    assert verify_index(built).damage == ()


def test_another_format_is_told_and_not_taken_for_damage(built: Path) -> None:
    with closing(sqlite3.connect(built / "index.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 1")
    (built / "seal.json").unlink()  # the first format had none
    for attempt in (verify_index, repair_index):
        with pytest.raises(IndexUnusable, match=f"has format 1, expected {FORMAT_VERSION}"):
            attempt(built)


def test_what_a_killed_process_left_is_cleared_away(
    tmp_path: Path, built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    for path in (built, tmp_path / "first"):
        path.mkdir(exist_ok=True)
        for name in ("seal.json.partial", "index.sqlite.partial", "index.sqlite.partial-wal"):
            (path / name).write_bytes(b"x")
        build_index(path, [corpus], encoder=encoder)
        assert verify_index(path).damage == ()
        assert list(path.glob("*.partial*")) == []


def test_nothing_is_changed(built: Path, tmp_path: Path) -> None:
    chance = random.Random(0)
    shutil.copytree(built, tmp_path / "copy")
    database = built / "index.sqlite"
    data = bytearray(database.read_bytes())
    data[chance.randrange(len(data))] ^= 0xFF
    database.write_bytes(data)
    verify_index(built)
    assert database.read_bytes() == data
    assert (built / "seal.json").read_bytes() == (tmp_path / "copy" / "seal.json").read_bytes()
