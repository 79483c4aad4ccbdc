"""`factcheck index verify` and `repair` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcheck.cli import main
from factcheck.exits import DONE, INDEX_UNUSABLE, INTERRUPTED
from index import build_index
from tests.fakes import WordEncoder


@pytest.fixture
def built(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("The mayor of Velm resigned.")
    (corpus / "b.txt").write_text("The ferry sails.")
    build_index(tmp_path / "index", [corpus], encoder=WordEncoder())
    return tmp_path / "index"


def test_a_whole_index(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "verify", str(built)]) == DONE
    assert "every byte is as it was sealed" in capsys.readouterr().out
    assert main(["index", "verify", str(built), "--json"]) == DONE
    report = json.loads(capsys.readouterr().out)
    assert (report["sealed"], report["damage"]) == (True, [])
    assert main(["index", "repair", str(built)]) == DONE
    assert "nothing to repair" in capsys.readouterr().out


def test_damage_is_told_and_mended(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (vectors,) = built.rglob("vectors.faiss")
    vectors.write_bytes(b"x" * vectors.stat().st_size)
    assert main(["index", "verify", str(built)]) == INDEX_UNUSABLE
    shown = capsys.readouterr().out
    assert "damaged generation-000001/vectors.faiss" in shown
    assert "factcheck index repair" in shown
    assert main(["index", "verify", str(built), "--json"]) == INDEX_UNUSABLE
    assert json.loads(capsys.readouterr().out)["damage"] == [
        {
            "part": "derived",
            "name": "generation-000001/vectors.faiss",
            "problem": "some of its bytes have changed",
        }
    ]
    assert main(["index", "repair", str(built), "--json"]) == DONE
    report = json.loads(capsys.readouterr().out)
    assert (report["generation"], report["lost"]) == (2, [])
    assert main(["index", "verify", str(built)]) == DONE


def test_an_index_that_cannot_be_brought_back(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (built / "index.sqlite").unlink()
    assert main(["index", "verify", str(built)]) == INDEX_UNUSABLE
    capsys.readouterr()
    assert main(["index", "repair", str(built)]) == INDEX_UNUSABLE
    error = capsys.readouterr().err
    assert f"factcheck index build NEW_INDEX {built.parent / 'corpus'}" in error
    assert "Traceback" not in error
    assert main(["index", "verify", str(built / "none")]) == INDEX_UNUSABLE


def test_ctrl_c_says_how_to_go_on(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("factcheck.commands.indexing.build_reference", interrupt)
    assert main(["index", "build", str(built), str(built.parent)]) == INTERRUPTED
    assert capsys.readouterr().err == (
        "factcheck: interrupted; what was done is kept, and the same command goes on from it\n"
    )
