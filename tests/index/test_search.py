from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import (
    EncoderMismatch,
    FoundBy,
    Hit,
    IndexUnusable,
    ReferenceIndex,
    build_index,
    vectors,
)
from index.layout import Layout
from index.lexical import LexicalIndex
from index.passages import searchable
from index.search import LEXICAL_WEIGHT
from index.store import StoredPassage
from index.vectors import VectorIndex
from tests.fakes import WordEncoder

QUERIES = ["Who resigned in Velm?", "fish market", "ferry to Tessaly", "unrelated zebra"]


def test_the_best_hit_with_everything_known_of_it(built: Path, encoder: WordEncoder) -> None:
    with ReferenceIndex.open(built, encoder) as reference:
        fish = reference.search(["The fish market moved"], k=1)[0][0]
        ferry = reference.search(["ferry to Tessaly"], k=1)[0][0]
        document = reference.document("harbour.md")
    assert fish.passage.document_id == document.id == "harbour.md"
    assert fish.passage.text == "# Fish\nThe fish market moved to quay nine."
    assert fish.passage.text == document.text[fish.passage.start : fish.passage.end]
    assert fish.passage.context == "Harbour bulletin\nFish"
    assert (fish.title, fish.source) == ("Harbour bulletin", "https://port.example/4")
    assert (fish.published, fish.page, fish.found_by) == ("2021-03-04", None, FoundBy.BOTH)
    assert (ferry.passage.document_id, ferry.title, ferry.published) == (
        "rows.csv#x",
        "Ferry",
        "2020",
    )


def test_scores_are_cosine_plus_the_share_of_the_ceiling(built: Path, encoder: WordEncoder) -> None:
    lexical = LexicalIndex(Layout(built).generation(1).lexical)
    with ReferenceIndex.open(built, encoder) as reference:
        found = reference.search(QUERIES, k=50)
        words = reference.search(QUERIES, k=50, by=FoundBy.LEXICAL)
        near = reference.search(QUERIES, k=50, by=FoundBy.DENSE)
    for query, hits, by_words, by_meaning in zip(QUERIES, found, words, near, strict=True):
        bm25 = {hit.passage: hit.score for hit in by_words}
        cosines = {hit.passage: hit.score for hit in by_meaning}
        assert {hit.passage for hit in hits} == set(cosines)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        for hit in hits:
            texts = [query, searchable(hit.passage.context, hit.passage.text)]
            a, b = encoder.encode(texts)
            assert cosines[hit.passage] == pytest.approx(float(a @ b), abs=1e-6)
            share = bm25.get(hit.passage, 0.0) / lexical.ceiling(query)
            expected = float(a @ b) + LEXICAL_WEIGHT * share
            assert hit.score == pytest.approx(expected, abs=1e-5)
            assert hit.found_by is (FoundBy.BOTH if hit.passage in bm25 else FoundBy.DENSE)


def test_each_side_scores_what_the_other_proposed(
    tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f'{{"text": "word{n} word{n + 1} zebra{n % 7} filler"}}' for n in range(60)]
    (tmp_path / "t.jsonl").write_text("\n".join(rows))
    build_index(tmp_path / "index", [tmp_path / "t.jsonl"], encoder=encoder)
    with ReferenceIndex.open(tmp_path / "index", encoder) as reference:
        every = {hit.passage: hit.score for hit in reference.search(["word9 zebra3"], k=60)[0]}
        monkeypatch.setattr("index.search.CANDIDATES", 5)
        few = reference.search(["word9 zebra3"], k=5)[0]
    assert len(every) == 60
    assert [hit.score for hit in few] == pytest.approx(
        [every[hit.passage] for hit in few], abs=1e-5
    )
    assert [hit.score for hit in few] == pytest.approx(sorted(every.values())[:-6:-1], abs=1e-5)


def test_a_score_does_not_depend_on_the_other_queries(built: Path, encoder: WordEncoder) -> None:
    with ReferenceIndex.open(built, encoder) as reference:
        together = reference.search(QUERIES, k=3)
        alone = [reference.search([query], k=3)[0] for query in QUERIES]
    assert together == alone


def test_hits_of_all_queries_are_read_at_once(
    built: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    with ReferenceIndex.open(built, encoder) as reference:
        expected = [reference.search([query], k=3)[0] for query in QUERIES]
        passages = reference._database.passages

        def counting(rows: Sequence[int]) -> dict[int, StoredPassage]:
            asked.append(list(rows))
            return passages(rows)

        monkeypatch.setattr(reference._database, "passages", counting)
        assert reference.search([*QUERIES, QUERIES[0]], k=3) == [*expected, expected[0]]
    (rows,) = asked
    assert len(rows) == len(set(rows)) == len({hit.passage for hits in expected for hit in hits})


def test_a_compressed_index_is_searched_alike(
    tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f'{{"text": "word{n} word{n + 1} zebra{n % 7} filler"}}' for n in range(300)]
    (tmp_path / "t.jsonl").write_text("\n".join(rows))
    build_index(tmp_path / "exact", [tmp_path / "t.jsonl"], encoder=encoder)
    monkeypatch.setattr("index.vectors.write", partial(vectors.write, exact_limit=100))
    build_index(tmp_path / "compressed", [tmp_path / "t.jsonl"], encoder=encoder)
    queries = ["word9 zebra3", "zebra5", "word250 filler"]
    with (
        ReferenceIndex.open(tmp_path / "exact", encoder) as exact,
        ReferenceIndex.open(tmp_path / "compressed", encoder) as compressed,
    ):
        told = compressed.info().vectors
        assert (told.kind, exact.info().vectors.kind) == ("pq4-fastscan", "exact")
        assert 0.98 <= told.recall_at_10 <= 1
        pairs = zip(exact.search(queries, 5), compressed.search(queries, 5), strict=True)
        for expected, found in pairs:
            assert [hit.score for hit in found] == pytest.approx(
                [hit.score for hit in expected], abs=1e-3
            )
            assert found[0].passage == expected[0].passage


def test_an_unrelated_query_scores_lower(built: Path, encoder: WordEncoder) -> None:
    with ReferenceIndex.open(built, encoder) as reference:
        best = [hits[0].score for hits in reference.search(QUERIES, k=1)]
    assert best[3] < 0.5 < min(best[:3])


def test_empty_queries_and_many_hits(built: Path, encoder: WordEncoder) -> None:
    with ReferenceIndex.open(built, encoder) as reference:
        assert reference.search([]) == []
        nothing, something, blank = reference.search(["", "fish", " \n"], k=1000)
        assert (nothing, len(something), blank) == ([], 5, [])
        assert reference.search(["fish"], k=10**15)[0] == something
        assert reference.search(["fi\ud800sh"], k=3) == reference.search(["fi\ufffdsh"], k=3)
        assert reference.search(["?!"], k=1)[0][0].found_by is FoundBy.DENSE
        with pytest.raises(ValueError, match=r"k is 0, expected at least 1"):
            reference.search(["fish"], k=0)
        with pytest.raises(KeyError, match=r"nothing\.md"):
            reference.document("nothing.md")


def test_another_encoder_is_refused(built: Path) -> None:
    with pytest.raises(EncoderMismatch, match=r"built with the encoder 'words'.*--encoder other"):
        ReferenceIndex.open(built, WordEncoder("other"))


def test_info(built: Path, encoder: WordEncoder) -> None:
    with ReferenceIndex.open(built) as reference:
        info = reference.info()
        assert reference.fingerprint == info.fingerprint
    assert (info.documents, info.passages, info.generation) == (4, 5, 1)
    assert (info.encoder, info.precision, info.dimension) == ("words", "f32", 64)
    assert (info.vectors.kind, info.vectors.recall_at_10) == ("exact", 1.0)
    assert info.weights_hash == encoder.weights_hash
    files = [path for path in built.rglob("*") if path.is_file() and path.suffix != ".sqlite-shm"]
    assert info.bytes == sum(path.stat().st_size for path in files)


def test_a_reader_keeps_its_snapshot_while_the_index_changes(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    def hits(reference: ReferenceIndex) -> list[Hit]:
        return reference.search(["The fish market moved"], k=2)[0]

    with ReferenceIndex.open(built, encoder) as old:
        before = hits(old)
        (corpus / "harbour.md").write_text("Gone.")
        (corpus / "more.txt").write_text("The fish market moved. " * 9)
        build_index(built, [corpus], encoder=encoder)
        assert hits(old) == before
        assert "quay nine" in old.document("harbour.md").text
        with ReferenceIndex.open(built, encoder) as new:
            assert hits(new)[0].passage.document_id == "more.txt"
            assert new.document("harbour.md").text == "Gone."


@pytest.mark.parametrize("name", ["vectors.faiss", "rows.npy", "lexical/meta.json"])
def test_damaged_derived_files_are_refused(built: Path, name: str, encoder: WordEncoder) -> None:
    path = Layout(built).generation(1).folder / name
    path.write_bytes(b"\x80\x04N." + bytes(60))
    with pytest.raises(IndexUnusable, match="is missing or damaged"):
        ReferenceIndex.open(built, encoder)
    path.unlink()
    with pytest.raises(IndexUnusable, match="is missing or damaged"):
        ReferenceIndex.open(built, encoder)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(60)])
def test_rows_that_are_no_rows_are_refused(
    built: Path, content: bytes, encoder: WordEncoder
) -> None:
    Layout(built).generation(1).rows.write_bytes(content)
    with pytest.raises(IndexUnusable, match="is missing or damaged"):
        ReferenceIndex.open(built, encoder)


@pytest.mark.parametrize("rows", [np.arange(5.0), np.arange(5).reshape(-1, 1)])
def test_rows_of_another_kind_are_refused(
    built: Path, rows: NDArray[np.generic], encoder: WordEncoder
) -> None:
    np.save(Layout(built).generation(1).rows, rows)
    with pytest.raises(IndexUnusable, match="is missing or damaged"):
        ReferenceIndex.open(built, encoder)


def test_rows_of_other_passages_are_refused(built: Path, encoder: WordEncoder) -> None:
    np.save(Layout(built).generation(1).rows, np.arange(1000, 1005))
    with (
        ReferenceIndex.open(built, encoder) as reference,
        pytest.raises(IndexUnusable, match="name a passage that the database lacks"),
    ):
        reference.search(["fish"])


@pytest.mark.parametrize("text", ["{damaged", '{"other": 1}', "[1]"])
def test_a_damaged_manifest_is_refused(built: Path, text: str, encoder: WordEncoder) -> None:
    with sqlite3.connect(built / "index.sqlite") as connection:
        connection.execute("UPDATE manifest SET value = ?", (text,))
    connection.close()
    with pytest.raises(IndexUnusable, match="holds a damaged manifest"):
        ReferenceIndex.open(built, encoder)


def test_a_path_that_cannot_be_looked_at_is_unusable() -> None:
    with pytest.raises(IndexUnusable, match="cannot be opened: File name too long"):
        ReferenceIndex.open("a" * 300)


def test_a_generation_that_is_being_removed_is_not_taken_for_damage(
    built: Path, corpus: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Layout(built).generation(1).folder
    (corpus / "more.txt").write_text("One more text.")

    def half_removed(path: Path) -> VectorIndex:
        if not Layout(built).generation(2).folder.exists():
            build_index(built, [corpus], encoder=encoder)
            folder.mkdir()  # as while its files go one by one
        return VectorIndex(path)

    monkeypatch.setattr("index.search.VectorIndex", half_removed)
    with ReferenceIndex.open(built, encoder) as reference:
        assert reference.document("more.txt").text == "One more text."


def test_the_size_is_told_while_a_generation_is_removed(
    built: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, scandir = Layout(built).generation(1).folder, os.scandir

    def remove_first(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path) == folder and folder.exists():
            monkeypatch.setattr(os, "scandir", scandir)
            shutil.rmtree(folder)
        return scandir(path)

    with ReferenceIndex.open(built, encoder) as reference:
        monkeypatch.setattr(os, "scandir", remove_first)
        size = reference.info().bytes
    assert not folder.exists()
    assert 0 < size < 200_000


def test_derived_files_of_another_index_are_refused(built: Path, encoder: WordEncoder) -> None:
    np.save(Layout(built).generation(1).rows, np.arange(3))
    with pytest.raises(IndexUnusable, match="does not fit the manifest of 5 passages"):
        ReferenceIndex.open(built, encoder)
