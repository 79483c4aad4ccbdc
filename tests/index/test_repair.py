from __future__ import annotations

from pathlib import Path

import pytest

from index import (
    IndexUnusable,
    Loss,
    Part,
    ReferenceIndex,
    build_index,
    repair_index,
    verify_index,
)
from index.layout import Layout
from index.salvage import whole_rows
from index.store import Access, Database
from tests.fakes import WordEncoder
from tests.index.building import damage, documents, fingerprint


def test_nothing_is_done_where_nothing_is_damaged(built: Path) -> None:
    seal = (built / "seal.json").read_bytes()
    report = repair_index(built)
    assert (report.damage, report.restored, report.lost, report.embedded) == ((), (), (), 0)
    assert (report.documents, report.passages, report.generation) == (4, 5, 1)
    assert (built / "seal.json").read_bytes() == seal


@pytest.mark.parametrize("name", ["vectors.faiss", "rows.npy", "meta.json"])
def test_derived_files_are_made_anew_without_an_encoder(
    built: Path, encoder: WordEncoder, name: str
) -> None:
    with ReferenceIndex.open(built, encoder) as reference:
        before = reference.search(["harbour tonnes", "ferry"])
    (path,) = built.rglob(name)
    path.write_bytes(b"damaged")
    report = repair_index(built)
    assert (report.generation, report.embedded) == (2, 0)
    assert not path.parent.exists()
    assert verify_index(built).damage == ()
    with ReferenceIndex.open(built, encoder) as reference:
        assert reference.search(["harbour tonnes", "ferry"]) == before


def test_damaged_embeddings_are_computed_again(built: Path, encoder: WordEncoder) -> None:
    damage(built, "UPDATE embeddings SET vector = zeroblob(256) WHERE rowid IN (2, 4)")
    encoder.encoded = 0
    report = repair_index(built, encoder=encoder)
    assert (report.embedded, encoder.encoded) == (2, 2)
    assert (report.restored, report.lost) == ((), ())
    assert verify_index(built).damage == ()


def test_damaged_documents_are_read_again_or_named(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    before = fingerprint(built)
    damage(built, "UPDATE documents SET text = 'x' || text")
    report = repair_index(built, encoder=encoder)
    assert sorted(report.restored) == documents(built)
    assert len(report.restored) == 4
    assert (report.lost, report.embedded, fingerprint(built)) == ((), 0, before)

    damage(built, "UPDATE documents SET title = 'x'")
    (corpus / "harbour.md").write_text("Something else.")
    (corpus / "rows.csv").unlink()
    report = repair_index(built, encoder=encoder)
    assert report.restored == ("news/mayor.txt",)
    changed, *gone = sorted(report.lost, key=lambda loss: loss.document)
    assert changed.document == "harbour.md"
    assert changed.reason.endswith("is no longer what it was when it was read")
    assert gone == [Loss(f"rows.csv#{row}", "No such file or directory") for row in "2x"]
    assert documents(built) == ["news/mayor.txt"]
    assert verify_index(built).damage == ()
    report2 = build_index(built, [corpus], encoder=encoder)
    assert (report2.added, report2.unchanged) == (1, 1)


def test_damaged_passages_are_cut_again(built: Path, encoder: WordEncoder) -> None:
    before = fingerprint(built)
    damage(built, "UPDATE passages SET context = 'x' WHERE document = 'harbour.md'")
    encoder.encoded = 0
    repair_index(built, encoder=encoder)
    assert (fingerprint(built), encoder.encoded) == (before, 0)


def test_files_whose_record_is_damaged_are_known_again(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    damage(built, "UPDATE files SET hash = 'x'")
    repair_index(built, encoder=encoder)
    assert verify_index(built).damage == ()
    (corpus / "rows.csv").unlink()
    report = build_index(built, [corpus], encoder=encoder, prune=True)
    assert (report.unchanged, report.added, report.removed) == (2, 0, ("rows.csv#2", "rows.csv#x"))


def test_a_destroyed_page_loses_only_what_stood_on_it(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus, path = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for number in range(40):
        text = " ".join(f"Sentence {number} {n} of the harbour." for n in range(90))
        (corpus / f"{number:02}.txt").write_text(text)
    build_index(path, [corpus], encoder=encoder)
    before = fingerprint(path)
    data = (path / "index.sqlite").read_bytes()
    pages = len(data) // 8192
    for page in range(1, pages, pages // 6):
        broken = bytearray(data)
        broken[page * 8192 : (page + 1) * 8192] = b"\xaa" * 8192
        (path / "index.sqlite").write_bytes(broken)
        report = repair_index(path, encoder=encoder)
        assert (report.lost, fingerprint(path)) == ((), before), page
        assert verify_index(path).damage == (), page


def test_the_header_is_brought_back_from_the_seal(built: Path, encoder: WordEncoder) -> None:
    before = fingerprint(built)
    with (built / "index.sqlite").open("r+b") as file:
        file.write(b"\0" * 8192)
    repair_index(built, encoder=encoder)
    assert (fingerprint(built), verify_index(built).damage) == (before, ())


@pytest.mark.parametrize("sealed", [True, False])
def test_a_database_that_is_gone_is_told_with_the_command_that_builds_it(
    built: Path, corpus: Path, sealed: bool
) -> None:
    if sealed:
        (built / "index.sqlite").unlink()
    else:
        (built / "index.sqlite").write_bytes(b"\0" * 8192)
        (built / "seal.json").unlink()
    where = str(corpus) if sealed else "CORPUS…"
    with pytest.raises(IndexUnusable, match=f"build NEW_INDEX {where}"):
        repair_index(built)


def test_what_is_not_ours_is_left_alone(built: Path) -> None:
    (built / "notes.txt").write_text("mine")
    report = repair_index(built)
    assert (report.left, report.generation) == (("notes.txt",), 1)
    assert (built / "notes.txt").read_text() == "mine"
    assert [each.part for each in verify_index(built).damage] == [Part.FOREIGN]


def test_rows_behind_an_unreadable_page_are_found(built: Path) -> None:
    database = Database(built / "index.sqlite", Access.READ)
    database.read_bytes()
    rows = list(whole_rows(database, "documents"))
    database.close()
    assert [number for number, _ in rows] == [1, 2, 3, 4]
    assert [values[0] for _, values in rows if values] == [
        "harbour.md",
        "news/mayor.txt",
        "rows.csv#x",
        "rows.csv#2",
    ]


def test_an_interrupted_index_is_sealed(built: Path, corpus: Path, encoder: WordEncoder) -> None:
    layout = Layout(built)
    (corpus / "more.txt").write_text("One more text.")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("index.build.publish_generation", None)
        with pytest.raises(TypeError):
            build_index(built, [corpus], encoder=encoder)
    assert not verify_index(built).sealed
    assert repair_index(built).generation == 1
    assert verify_index(built).sealed
    assert layout.seal.is_file()
