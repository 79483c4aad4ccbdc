"""A repair that is cut short, and what a damaged database has lost without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import IndexUnusable, Loss, ReferenceIndex, build_index, repair_index, verify_index
from tests.fakes import WordEncoder
from tests.index.building import damage, documents, fingerprint


class Killed(BaseException):
    """Stands for a process that ends where it is raised."""


def best(path: Path, encoder: WordEncoder) -> dict[str, str]:
    """The document found first for each query."""
    queries = ["the harbour tonnes", "the mayor", "a ferry"]
    with ReferenceIndex.open(path, encoder) as reference:
        found = reference.search(queries)
    return {query: hits[0].passage.document_id for query, hits in zip(queries, found, strict=True)}


@pytest.mark.parametrize("instant", ["index.repair.publish_generation", "index.rescue.break_seal"])
def test_a_repair_that_is_killed_leaves_the_index_as_it_was(
    built: Path, corpus: Path, encoder: WordEncoder, instant: str
) -> None:
    (corpus / "harbour.md").write_text("---\ntitle: Harbour\n---\nThe harbour took 9 tonnes.")
    build_index(built, [corpus], encoder=encoder)  # row numbers with a gap
    before, content = best(built, encoder), fingerprint(built)
    damage(built, "UPDATE documents SET title = title || 'x' WHERE id = 'news/mayor.txt'")

    def kill(*_: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(instant, kill)
        with pytest.raises(Killed):
            repair_index(built, encoder=encoder)
    assert best(built, encoder) == before
    assert repair_index(built, encoder=encoder).lost == ()
    assert (best(built, encoder), fingerprint(built)) == (before, content)
    assert verify_index(built).damage == ()


def test_a_rescue_that_was_not_put_in_place_is_by_the_next_writer(
    built: Path, corpus: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(built)
    damage(built, "UPDATE documents SET title = title || 'x'")

    def kill(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("index.rescue.finish_rescue", kill)
        with pytest.raises(Killed):
            repair_index(built, encoder=encoder)
    (built / "index.sqlite-wal").unlink(missing_ok=True)  # it may have come as far as this
    report = build_index(built, [corpus], encoder=encoder)
    assert (report.unchanged, fingerprint(built)) == (4, before)
    assert not (built / "index.sqlite.rescued").exists()
    assert (verify_index(built).sealed, verify_index(built).damage) == (True, ())


def test_a_document_that_left_no_trace_is_counted_and_comes_back_with_the_next_build(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    before = fingerprint(built)
    damage(built, "DELETE FROM documents WHERE id = 'harbour.md'")
    report = repair_index(built, encoder=encoder)
    assert report.lost == (Loss("1 more", "not even their names can be read"),)
    assert "harbour.md" not in documents(built)
    encoder.encoded = 0
    assert build_index(built, [corpus], encoder=encoder).added == 1
    assert fingerprint(built) == before


def test_a_document_whose_file_was_away_comes_back_with_it(
    built: Path, corpus: Path, encoder: WordEncoder
) -> None:
    before = fingerprint(built)
    damage(built, "UPDATE documents SET title = title || 'x' WHERE id = 'harbour.md'")
    away = corpus.with_name("away")
    corpus.rename(away)
    assert [loss.document for loss in repair_index(built, encoder=encoder).lost] == ["harbour.md"]
    away.rename(corpus)
    assert build_index(built, [corpus], encoder=encoder).added == 1
    assert fingerprint(built) == before


def test_a_first_build_that_did_not_end_is_not_called_sealed(
    tmp_path: Path, corpus: Path, encoder: WordEncoder
) -> None:
    path = tmp_path / "index"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("index.build.publish_generation", None)
        with pytest.raises(TypeError):
            build_index(path, [corpus], encoder=encoder)
    with pytest.raises(IndexUnusable, match="its first build did not end"):
        repair_index(path, encoder=encoder)
    assert not verify_index(path).sealed
    assert build_index(path, [corpus], encoder=encoder).added == 4
