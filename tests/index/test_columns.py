"""What an index keeps of how its tables name their columns."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from index import BuildReport, build_index
from index.layout import FORMAT_VERSION, Manifest
from index.readers import ReadOptions
from tests.fakes import WordEncoder
from tests.index.building import counts, documents
from tests.index.test_interrupted import Interrupting, commit_each_text

BODY = (("text", "body"),)
SUMMARY = (("text", "summary"), ("id", "nr"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("nr,body,summary\nx,The quay grew.,It grew.\ny,The tram fell.,It fell.\n")
    return path


def build(table: Path, columns: tuple[tuple[str, str], ...] = ()) -> BuildReport:
    options = ReadOptions(columns)
    return build_index(table.parent / "index", [table], encoder=WordEncoder(), options=options)


def test_a_build_without_columns_takes_those_of_the_build_before(table: Path) -> None:
    build(table, BODY)
    report = build(table)
    assert (counts(report), report.columns, report.replaced) == ((0, 0, 2, 0, 0), BODY, ())
    with table.open("a") as file:
        file.write("z,The lock broke.,It broke.\n")
    assert counts(build(table)) == (1, 0, 2, 0, 0)
    assert documents(table.parent / "index") == ["a.csv#1", "a.csv#2", "a.csv#3"]


def test_other_columns_take_the_place_of_those_before_and_that_is_reported(table: Path) -> None:
    assert build(table, BODY).replaced == ()
    assert build(table, BODY).replaced == ()
    report = build(table, SUMMARY)
    assert (counts(report), report.columns, report.replaced) == ((2, 0, 0, 2, 0), SUMMARY, BODY)
    report = build(table)
    assert (counts(report), report.columns, report.replaced) == ((0, 0, 2, 0, 0), SUMMARY, ())
    assert documents(table.parent / "index") == ["a.csv#x", "a.csv#y"]


def test_columns_of_an_interrupted_build_hold(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_each_text(monkeypatch)
    monkeypatch.setattr(Interrupting, "limit", 1)
    index, options = table.parent / "index", ReadOptions(BODY)
    with pytest.raises(KeyboardInterrupt):
        build_index(index, [table], encoder=Interrupting(), options=options)
    assert counts(build(table)) == (2, 0, 0, 0, 0)
    assert documents(index) == ["a.csv#1", "a.csv#2"]


def test_manifests_from_before_columns_were_kept_are_read() -> None:
    manifest = Manifest(FORMAT_VERSION, "words", "00", 64, "2024-01-01", corpus=("/corpus",))
    fields = asdict(manifest)
    del fields["columns"]
    assert Manifest.from_fields(fields) == manifest
    kept = Manifest(FORMAT_VERSION, "words", "00", 64, "2024-01-01", columns=SUMMARY)
    assert (
        Manifest.from_fields(asdict(kept) | {"columns": [list(each) for each in SUMMARY]}) == kept
    )
