from __future__ import annotations

import shutil
import socket
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import (
    BuildReport,
    EncoderError,
    EncoderMismatch,
    ReferenceIndex,
    Skipped,
    Stage,
    build_index,
)
from tests.fakes import WordEncoder
from tests.index.building import counts, documents, fingerprint


def test_a_first_build_and_a_second_that_costs_nothing(
    tmp_path: Path, corpus: Path, encoder: WordEncoder
) -> None:
    path = tmp_path / "new" / "index"
    report = build_index(path, [corpus], encoder=encoder)
    assert report == BuildReport(4, 0, 0, (), (), (), documents=4, passages=5, generation=1)
    assert documents(path) == ["harbour.md", "news/mayor.txt", "rows.csv#2", "rows.csv#x"]
    assert encoder.encoded == 5
    before = fingerprint(path)
    report = build_index(path, [corpus])  # no encoder is needed, so none is loaded
    assert report == BuildReport(0, 0, 4, (), (), (), documents=4, passages=5, generation=1)
    assert (encoder.encoded, fingerprint(path)) == (5, before)
    assert sorted(entry.name for entry in path.iterdir() if entry.is_dir()) == ["generation-000001"]


def test_only_what_changed_is_embedded(built: Path, corpus: Path, encoder: WordEncoder) -> None:
    text = (corpus / "harbour.md").read_text()
    (corpus / "harbour.md").write_text(text.replace("quay nine", "quay ten"))
    (corpus / "added.txt").write_text("A new text.")
    with (corpus / "rows.csv").open("a") as file:
        file.write("y,Tram,The tram runs.,\n")
    encoder.encoded = 0
    report = build_index(built, [corpus], encoder=encoder)
    assert counts(report) == (2, 1, 3, 0, 0)
    assert encoder.encoded == 3  # the added text, the added row, one of the two changed passages
    assert report.generation == 2
    with sqlite3.connect(built / "index.sqlite") as connection:
        keys = [
            {row[0] for row in connection.execute(f"SELECT key FROM {table}")}
            for table in ("passages", "embeddings")
        ]
    connection.close()
    assert keys[0] == keys[1]  # embeddings no longer used are gone


def test_deleted_files_are_kept_until_pruned(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    (corpus / "news" / "mayor.txt").unlink()
    report = build_index(built, [corpus], encoder=encoder)
    assert (counts(report), report.missing) == ((0, 0, 3, 0, 1), ("news/mayor.txt",))
    assert "news/mayor.txt" in documents(built)
    report = build_index(built, [corpus], encoder=encoder, prune=True)
    assert (counts(report), report.removed) == ((0, 0, 3, 1, 0), ("news/mayor.txt",))
    assert documents(built) == ["harbour.md", "rows.csv#2", "rows.csv#x"]


def test_pruning_stays_below_the_given_paths(
    built: Path, tmp_path: Path, encoder: WordEncoder
) -> None:
    other = tmp_path / "corpus2"  # a name that begins like the first corpus
    other.mkdir()
    (other / "b.txt").write_text("Another text.")
    shutil.rmtree(tmp_path / "corpus" / "news")
    report = build_index(built, [other], encoder=encoder, prune=True)
    assert counts(report) == (1, 0, 0, 0, 0)
    assert "news/mayor.txt" in documents(built)


def test_rows_that_are_gone_from_a_table_are_gone(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    (corpus / "rows.csv").write_text("id,title,text\nx,Ferry,The ferry sails weekly.\n")
    report = build_index(built, [corpus], encoder=encoder)
    assert (counts(report), report.removed) == ((0, 1, 2, 1, 0), ("rows.csv#2",))


def test_an_unreadable_file_is_skipped_and_its_old_version_kept(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    (corpus / "harbour.md").write_bytes(b"\0\1\2" * 50)
    (corpus / "new.txt").write_bytes(b"")
    for _ in range(2):  # it is said every time
        report = build_index(built, [corpus], encoder=encoder)
        assert report.skipped == (
            Skipped("harbour.md", "it is binary, not text; what was read of it earlier is kept"),
            Skipped("new.txt", "no text"),
        )
        assert counts(report) == (0, 0, 3, 0, 0)
    assert "harbour.md" in documents(built)


def test_bad_rows_are_reported_every_time(tmp_path: Path, encoder: WordEncoder) -> None:
    table = tmp_path / "t.jsonl"
    table.write_text('{"text": "Good."}\nbad\n')
    first = build_index(tmp_path / "index", [table], encoder=encoder)
    again = build_index(tmp_path / "index", [table], encoder=encoder)
    assert first.skipped == again.skipped == (Skipped("t.jsonl", "row 2: not valid JSON"),)
    assert (counts(first), counts(again)) == ((1, 0, 0, 0, 0), (0, 0, 1, 0, 0))


def test_an_id_that_is_no_unicode_is_mended(tmp_path: Path, encoder: WordEncoder) -> None:
    table = tmp_path / "t.jsonl"
    table.write_text('{"id": "\\ud800", "text": "Good."}\n{"id": "\\ud801", "text": "Bad."}\n')
    report = build_index(tmp_path / "index", [table], encoder=encoder)
    assert documents(tmp_path / "index") == ["t.jsonl#\ufffd"]
    assert report.skipped == (
        Skipped("t.jsonl", "row 2: the id '\ufffd' is used by an earlier row"),
    )


def test_same_names_below_two_roots_do_not_overwrite_each_other(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    roots = [tmp_path / "one", tmp_path / "two", tmp_path / "more" / "two"]
    for root in roots:
        root.mkdir(parents=True)
        (root / "a.txt").write_text(f"Text of {root}.")
    path = tmp_path / "index"
    report = build_index(path, roots, encoder=encoder)
    assert documents(path) == ["a.txt", "two-2/a.txt", "two/a.txt"]
    assert report.added == 3
    for order in (roots, roots[::-1]):
        assert counts(build_index(path, order, encoder=encoder)) == (0, 0, 3, 0, 0)
    assert documents(path) == ["a.txt", "two-2/a.txt", "two/a.txt"]


def test_a_corpus_that_moved_keeps_its_ids(built: Path, corpus: Path, encoder: WordEncoder) -> None:
    moved = corpus.rename(corpus.with_name("elsewhere"))
    report = build_index(built, [moved], encoder=encoder)
    assert (counts(report), report.generation) == ((0, 0, 4, 0, 0), 1)
    (moved / "harbour.md").unlink()
    assert build_index(built, [moved], encoder=encoder).missing == ("harbour.md",)


def test_files_may_swap_their_names(built: Path, corpus: Path, encoder: WordEncoder) -> None:
    (corpus / "a.txt").write_text("The first.")
    (corpus / "b.txt").write_text("The second.")
    build_index(built, [corpus], encoder=encoder)
    (corpus / "a.txt").rename(corpus / "c.txt")
    (corpus / "b.txt").rename(corpus / "a.txt")
    (corpus / "c.txt").rename(corpus / "b.txt")
    encoder.encoded = 0
    report = build_index(built, [corpus], encoder=encoder)
    assert (counts(report), report.missing) == ((0, 2, 4, 0, 0), ())


def test_the_fingerprint_is_that_of_the_content(
    built: Path, corpus: Path, tmp_path: Path, encoder: WordEncoder
) -> None:
    text = (corpus / "harbour.md").read_text()
    (corpus / "harbour.md").write_text("Something else.")
    build_index(built, [corpus], encoder=encoder)
    build_index(tmp_path / "fresh", [corpus], encoder=encoder)
    assert fingerprint(built) == fingerprint(tmp_path / "fresh")
    before = fingerprint(built)
    (corpus / "harbour.md").write_text(text)
    build_index(built, [corpus], encoder=encoder)
    assert fingerprint(built) != before
    build_index(tmp_path / "other", [corpus], encoder=WordEncoder("other"))
    assert fingerprint(tmp_path / "other") != fingerprint(built)


def test_progress_is_told(tmp_path: Path, corpus: Path, encoder: WordEncoder) -> None:
    told: list[tuple[Stage, int, int]] = []
    build_index(
        tmp_path / "index",
        [corpus],
        encoder=encoder,
        progress=lambda stage, done, total: told.append((stage, done, total)),
    )
    assert [step for step in told if step[0] is Stage.READ] == [
        (Stage.READ, done, 3) for done in range(4)
    ]
    assert [step for step in told if step[0] is not Stage.READ] == [
        (Stage.EMBED, 5, 5),
        (Stage.WRITE, 0, 1),
        (Stage.WRITE, 1, 1),
    ]


def test_another_encoder_is_refused(built: Path, corpus: Path) -> None:
    with pytest.raises(EncoderMismatch, match="was built with the encoder 'words'"):
        build_index(built, [corpus], encoder=WordEncoder("other"))


class Broken(WordEncoder):
    """Gives one vector that is no number."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = super().encode(texts)
        vectors[0, 0] = np.nan
        return vectors


def test_an_encoder_that_gives_no_numbers_is_refused(built: Path, corpus: Path) -> None:
    before = fingerprint(built)
    (corpus / "more.txt").write_text("One more text.")
    with pytest.raises(EncoderError, match=r"some perhaps not finite, expected \(1, 64\)"):
        build_index(built, [corpus], encoder=Broken())
    assert fingerprint(built) == before


def test_no_socket_is_opened(
    tmp_path: Path, corpus: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = "<html><body><article><p>The dam at Velm burst in spring.</p></article></body></html>"
    (corpus / "page.html").write_text(page)
    report = build_index(tmp_path / "index", [corpus], encoder=encoder)
    assert report.documents == 5
    with ReferenceIndex.open(tmp_path / "index", encoder) as reference:
        assert reference.search(["dam"], k=1)[0][0].passage.document_id == "page.html"
