"""What a second build looks at, reads and embeds."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import ReferenceIndex, Skipped, build_index, verify_index
from index.corpus import CorpusFile
from tests.fakes import WordEncoder
from tests.index.building import counts, documents, rows


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as long unchanged, however young they are."""
    monkeypatch.setattr("index.build.RACY", -(10**12))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the files that builds read."""
    names: list[str] = []
    whole = CorpusFile.read

    def noted(file: CorpusFile) -> bytes:
        names.append(file.id)
        return whole(file)

    monkeypatch.setattr(CorpusFile, "read", noted)
    return names


@pytest.mark.usefixtures("old")
def test_unchanged_files_are_not_even_read(
    tmp_path: Path, corpus: Path, encoder: WordEncoder, read: list[str]
) -> None:
    path = tmp_path / "index"
    build_index(path, [corpus], encoder=encoder)
    assert read == ["harbour.md", "news/mayor.txt", "rows.csv"]
    read.clear()
    seal = (path / "seal.json").read_bytes()
    assert counts(build_index(path, [corpus])) == (0, 0, 4, 0, 0)
    assert read == []
    assert (path / "seal.json").read_bytes() == seal
    assert verify_index(path).damage == ()
    (corpus / "rows.csv").touch()
    assert counts(build_index(path, [corpus])) == (0, 0, 4, 0, 0)
    assert read == ["rows.csv"]
    read.clear()
    build_index(path, [corpus])
    assert read == []
    assert verify_index(path).damage == ()


def test_a_file_changed_just_before_it_was_read_is_read_again(
    built: Path, corpus: Path, read: list[str]
) -> None:
    build_index(built, [corpus])  # within two seconds of the writing
    assert read == ["harbour.md", "news/mayor.txt", "rows.csv"]
    assert {state for (state,) in rows(built, "SELECT state FROM files")} == {""}


def test_a_change_that_keeps_size_and_time_is_found(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    path = corpus / "news" / "mayor.txt"
    status = path.stat()
    path.write_text(path.read_text().replace("spring", "autumn"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert counts(build_index(built, [corpus], encoder=encoder)) == (0, 1, 3, 0, 0)


@pytest.mark.usefixtures("old")
def test_what_could_not_be_read_is_reported_without_reading_it_again(
    tmp_path: Path, corpus: Path, encoder: WordEncoder, read: list[str]
) -> None:
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "rows.jsonl").write_text('{"text": "Good."}\nbad\n')
    path = tmp_path / "index"
    first = build_index(path, [corpus], encoder=encoder)
    assert first.skipped == (
        Skipped("empty.txt", "no text"),
        Skipped("rows.jsonl", "row 2: not valid JSON"),
    )
    read.clear()
    assert build_index(path, [corpus]).skipped == first.skipped
    assert read == []
    (corpus / "empty.txt").unlink()
    assert build_index(path, [corpus]).skipped == first.skipped[1:]
    assert rows(path, "SELECT file FROM skips") == [("rows.jsonl",)]


@pytest.mark.usefixtures("old")
def test_another_way_of_reading_reads_everything_again(
    tmp_path: Path, corpus: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "index"
    build_index(path, [corpus], encoder=encoder)
    before = documents(path)
    monkeypatch.setattr("index.found.READERS_VERSION", 99)
    encoder.encoded = 0
    assert counts(build_index(path, [corpus], encoder=encoder)) == (0, 0, 4, 0, 0)
    assert (documents(path), encoder.encoded) == (before, 0)


def test_unchanged_files_take_no_time_and_no_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: WordEncoder
) -> None:
    corpus, path = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for number in range(1_000):
        (corpus / f"{number}.txt").write_text(f"Text {number}.")
    build_index(path, [corpus], encoder=encoder)
    monkeypatch.setattr("index.build.load_encoder", None)
    build_index(path, [corpus])
    begun = time.process_time()
    report = build_index(path, [corpus])
    assert report.unchanged == 1_000
    assert time.process_time() - begun < 1.0  # 0.3 on a quiet machine: 3 s for 10,000


def test_pruning_gives_space_back(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus, path = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for number in range(300):
        text = " ".join(f"Sentence {number} {n} of the harbour." for n in range(60))
        (corpus / f"{number:03}.txt").write_text(text)
    build_index(path, [corpus], encoder=encoder)
    full = (path / "index.sqlite").stat().st_size
    for file in sorted(corpus.iterdir())[::2]:  # every other one: no page is left empty as it is
        file.unlink()
    assert len(build_index(path, [corpus], encoder=encoder, prune=True).removed) == 150
    half = (path / "index.sqlite").stat().st_size
    build_index(tmp_path / "fresh", [corpus], encoder=encoder)
    fresh = (tmp_path / "fresh" / "index.sqlite").stat().st_size
    assert half < 0.7 * full
    assert half < 1.3 * fresh
    log = path / "index.sqlite-wal"
    assert not log.exists() or log.stat().st_size == 0


def test_a_long_build_is_published_in_between(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, seen = tmp_path / "index", []

    class Watching(WordEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if list(path.glob("generation-0*")):
                with ReferenceIndex.open(path, self) as reference:
                    seen.append(reference.info().documents)
            return super().encode(texts)

    monkeypatch.setattr("index.build.PUBLISH_AFTER", 0.0)
    monkeypatch.setattr("index.build.PUBLISH_SHARE", 0)
    report = build_index(path, [corpus], encoder=Watching())
    assert seen == [1, 2]  # one file after the other
    assert (counts(report), report.generation) == ((4, 0, 0, 0, 0), 3)


def test_a_reader_sees_one_state_while_builds_go_on(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    queries = ["harbour tonnes", "the mayor of Velm", "ferry to Tessaly"]
    with ReferenceIndex.open(built, encoder) as reference:
        before = reference.search(queries)
        for number in range(3):
            (corpus / "harbour.md").write_text(f"The harbour burned down {number} times.")
            (corpus / "news" / "mayor.txt").unlink(missing_ok=True)
            build_index(built, [corpus], encoder=encoder, prune=True)
        assert reference.search(queries) == before
        assert reference.document("news/mayor.txt").title == "The mayor resigns"
    with ReferenceIndex.open(built, encoder) as reference:
        assert reference.info().generation == 4
        assert "burned" in reference.search(queries)[0][0].passage.text
