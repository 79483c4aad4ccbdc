from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

import pytest

from index import (
    CorpusError,
    IndexEmpty,
    IndexMissing,
    IndexUnusable,
    ReferenceIndex,
    build_index,
)
from index.layout import FORMAT_VERSION
from tests.fakes import WordEncoder
from tests.index.building import counts, fingerprint


def test_what_cannot_be_opened_says_so(tmp_path: Path, encoder: WordEncoder) -> None:
    with pytest.raises(IndexMissing, match="there is no index at"):
        ReferenceIndex.open(tmp_path / "nothing")
    with pytest.raises(IndexMissing, match="there is no index at"):
        ReferenceIndex.open(tmp_path)
    (tmp_path / "empty").mkdir()
    report = build_index(tmp_path / "index", [tmp_path / "empty"], encoder=encoder)
    assert (counts(report), report.documents, report.generation) == ((0, 0, 0, 0, 0), 0, 0)
    with pytest.raises(IndexEmpty, match="holds no passage"):
        ReferenceIndex.open(tmp_path / "index")


def test_an_index_that_was_emptied_is_empty(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    shutil.rmtree(corpus)
    corpus.mkdir()
    assert counts(build_index(built, [corpus], encoder=encoder, prune=True)) == (0, 0, 0, 4, 0)
    with pytest.raises(IndexEmpty, match="holds no passage"):
        ReferenceIndex.open(built)


def test_other_folders_and_files_are_left_alone(
    tmp_path: Path, corpus: Path, encoder: WordEncoder
) -> None:
    with pytest.raises(IndexUnusable, match="a folder with other things in it and no index"):
        build_index(corpus, [corpus], encoder=encoder)
    with pytest.raises(IndexUnusable, match="is a file, expected a folder"):
        build_index(corpus / "harbour.md", [corpus], encoder=encoder)
    with pytest.raises(CorpusError, match="cannot be opened"):
        build_index(tmp_path / "index", [tmp_path / "nothing"], encoder=encoder)
    assert not (tmp_path / "index").exists()
    assert sorted(entry.name for entry in corpus.iterdir()) == ["harbour.md", "news", "rows.csv"]


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"x" * 500]
)
def test_a_damaged_database_is_unusable(
    built: Path, corpus: Path, encoder: WordEncoder, content: bytes
) -> None:
    (built / "index.sqlite").write_bytes(content)
    with pytest.raises(IndexUnusable, match="damaged or not an index"):
        ReferenceIndex.open(built)
    with pytest.raises(IndexUnusable, match="damaged or not an index"):
        build_index(built, [corpus], encoder=encoder)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE documents SET locators = '[[0,1'",
        "UPDATE documents SET locators = '[[0]]'",
        f"UPDATE documents SET locators = '{'[' * 200_000}'",
        "UPDATE documents SET title = CAST(x'ff41' AS TEXT)",
    ],
)
def test_a_damaged_row_is_told_with_what_mends_it(
    built: Path, encoder: WordEncoder, damage: str
) -> None:
    with sqlite3.connect(built / "index.sqlite") as connection:
        connection.execute(damage)
    connection.close()
    with (
        ReferenceIndex.open(built, encoder) as reference,
        pytest.raises(IndexUnusable, match=r"damaged.*factcheck index verify .* index repair"),
    ):
        reference.search(["grain"], k=3)


def test_a_foreign_database_is_unusable(tmp_path: Path, corpus: Path, encoder: WordEncoder) -> None:
    with sqlite3.connect(tmp_path / "index.sqlite") as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    for attempt in (
        lambda: ReferenceIndex.open(tmp_path),
        lambda: build_index(tmp_path, [corpus], encoder=encoder),
    ):
        with pytest.raises(IndexUnusable, match=f"has format 0, expected {FORMAT_VERSION} of a"):
            attempt()


def test_a_full_disk_is_told_and_loses_nothing(
    built: Path, corpus: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = fingerprint(built)
    (corpus / "more.txt").write_text("One more text.")
    with monkeypatch.context() as patched:
        patched.setattr("index.vectors.write", fail)
        with pytest.raises(IndexUnusable, match=r"cannot be written: .*No space left on device"):
            build_index(built, [corpus], encoder=encoder)
    assert fingerprint(built) == before
    assert [entry.name for entry in built.iterdir() if entry.is_dir()] == ["generation-000001"]
    assert build_index(built, [corpus], encoder=encoder).added == 1
