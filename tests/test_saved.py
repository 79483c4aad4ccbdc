"""What is done with saved reports and reviews: export, diff, replay; and how a review begins."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from factcheck.arguments import FORMATS
from factcheck.claims import Extraction
from factcheck.cli import main
from factcheck.commands.reviewing import default_session
from factcheck.exits import DONE, INDEX_UNUSABLE, REFUTED, WRONG_INPUT
from factcheck.records import Article, Verdict
from factcheck.render.formats import Format
from factcheck.session import SessionFile
from index import build_index
from tests.fakes import WordEncoder, WordVerifier
from tests.review.desks import Bench, checked, sentences

PORT, BRIDGE = "the port of ostrel is deep.", "the bridge at lune is open."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faked: None) -> Path:  # noqa: ARG001
    """A folder to work in, with an index in it; no model is needed."""
    monkeypatch.chdir(tmp_path)
    Bench(tmp_path)
    monkeypatch.setattr("factcheck.replay.load_verifier", lambda _: WordVerifier())
    monkeypatch.setattr("factcheck.replay.PACKAGED_HASHES", {"words": ""})
    return tmp_path


def check(output: str) -> None:
    claims = ["--claim", PORT, BRIDGE]
    assert main(["check", *claims, "--index", "index", "--format", "json", "-o", output]) == DONE


def test_forms_of_the_command_line_are_those_there_are() -> None:
    assert tuple(form.value for form in Format) == FORMATS


@pytest.mark.parametrize("form", list(Format))
def test_a_saved_report_is_exported_in_any_form(folder: Path, form: Format) -> None:
    check("report.json")
    output = f"out{form.suffix}"
    assert main(["export", "report.json", "-o", output, "--all"]) == DONE
    assert "the port of ostrel is deep" in (folder / output).read_text(encoding="utf-8")


def test_a_name_says_the_form_unless_a_flag_does(folder: Path) -> None:
    check("report.json")
    main(["export", "report.json", "-o", "a.md", "--format", "json"])
    assert json.loads((folder / "a.md").read_text(encoding="utf-8"))["findings"]


@pytest.mark.usefixtures("folder")
def test_claimreview_without_a_decision_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    check("report.json")
    assert main(["export", "report.json", "--format", "claimreview"]) == WRONG_INPUT
    told = capsys.readouterr().err
    assert "decide with `factcheck review`, or take the verdicts found with --all" in told
    arguments = ["check", "--claim", PORT, "--index", "index", "--format", "claimreview"]
    assert main(arguments) == WRONG_INPUT
    assert capsys.readouterr().err == told


def test_a_review_is_exported_with_what_was_decided(folder: Path) -> None:
    with Bench(folder).desk() as desk:
        checked(desk)
        desk.decide(1, Verdict.REFUTED)
    assert main(["export", "desk.json", "--format", "claimreview", "-o", "out.jsonld"]) == DONE
    graph = json.loads((folder / "out.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert [each["claimReviewed"] for each in graph] == [BRIDGE]


def test_diff_says_what_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check("old.json")
    (folder / "corpus" / "new.txt").write_text("contrary to rumour the port of ostrel is not deep.")
    build_index(folder / "index", [folder / "corpus"], encoder=WordEncoder())
    check("new.json")
    capsys.readouterr()
    assert main(["diff", "old.json", "old.json"]) == DONE
    assert "nothing changed" in capsys.readouterr().out
    assert main(["diff", "old.json", "new.json"]) == DONE
    out = capsys.readouterr().out
    assert "1 verdict changed" in out
    assert "new.txt" in out or "source added" in out
    assert main(["diff", "old.json", "new.json", "--json"]) == DONE
    assert "source added" in json.dumps(json.loads(capsys.readouterr().out)).replace("_", " ")


def test_a_replay_is_the_same_until_the_index_changes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check("report.json")
    assert main(["check", "--replay", "report.json"]) == DONE
    assert "The findings are the same" in capsys.readouterr().out
    (folder / "corpus" / "new.txt").write_text("contrary to rumour the port of ostrel is not deep.")
    build_index(folder / "index", [folder / "corpus"], encoder=WordEncoder())
    assert main(["check", "--replay", "report.json"]) == REFUTED
    assert "The inputs are not the same" in capsys.readouterr().out
    assert main(["check", "--replay", "report.json", "--format", "json"]) == REFUTED
    assert json.loads(capsys.readouterr().out)["same_inputs"] is False


def test_a_replay_searches_the_reports_index_not_a_default_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check("report.json")
    monkeypatch.setenv("FACTCHECK_INDEX", str(folder / "none"))
    assert main(["check", "--replay", "report.json"]) == DONE


def test_a_replay_without_its_index_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check("report.json")
    (folder / "index").rename(folder / "elsewhere")
    assert main(["check", "--replay", "report.json"]) == INDEX_UNUSABLE
    assert "say where it is with --index INDEX" in capsys.readouterr().err
    assert main(["check", "--replay", "report.json", "--index", "elsewhere"]) == DONE


@pytest.mark.parametrize("command", [["export"], ["diff", "article.txt"], ["check", "--replay"]])
def test_what_is_no_report_is_told_in_a_sentence(
    folder: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "article.txt").write_text(PORT)
    assert main([*command, "article.txt"]) == WRONG_INPUT
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "factcheck check ARTICLE --index INDEX --format json" in told.err


def test_an_index_from_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--claim", PORT]) == WRONG_INPUT
    assert "no index is given" in capsys.readouterr().err
    monkeypatch.setenv("FACTCHECK_INDEX", str(folder / "index"))
    assert main(["check", "--claim", PORT]) == DONE
    assert "SUPPORTED" in capsys.readouterr().out


def test_several_articles_go_into_a_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("factcheck.commands.checking.split_article", sentences)
    (folder / "one.txt").write_text(PORT)
    (folder / "two.txt").write_text(BRIDGE)
    arguments = ["check", "one.txt", "none.txt", "two.txt", "--index", "index"]
    assert main(arguments) == WRONG_INPUT
    assert "give one with -o FOLDER" in capsys.readouterr().err
    assert (
        main([*arguments, "--format", "markdown", "-o", "out"]) == WRONG_INPUT
    )  # one is not there
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["one.md", "two.md"]
    assert "there is no file 'none.txt'" in " ".join(capsys.readouterr().out.split())


def test_completion_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == DONE
    assert "review" in capsys.readouterr().out


def test_a_review_line_by_line_from_the_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("factcheck.commands.reviewing.split_article", sentences)
    monkeypatch.setattr("factcheck.commands.reviewing.load_verifier", lambda _: WordVerifier())
    (folder / "a.txt").write_text(f"{PORT}\n{BRIDGE}\n")
    monkeypatch.setattr(sys, "stdin", io.StringIO("2\nv r\nnote closed\nq\n"))
    arguments = ["review", "a.txt", "--index", "index", "--session", "desk.json", "--plain"]
    assert main(arguments) == DONE
    told = capsys.readouterr()
    assert "your verdict: refuted" in told.out
    assert "1 of 2 claims decided, saved in desk.json" in told.err
    with SessionFile(folder / "desk.json") as file:
        session = file.load()
    assert session is not None
    assert session.entries[1].ruling is not None
    assert session.entries[1].ruling.note == "closed"


def test_a_review_without_a_terminal_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.txt").write_text(PORT)
    assert main(["review", "a.txt", "--index", "index"]) == WRONG_INPUT
    assert "give --plain for a dialogue line by line" in capsys.readouterr().err
    assert main(["review", "a.txt", "--index", "none", "--plain"]) == INDEX_UNUSABLE


def test_every_article_has_a_session_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FACTCHECK_DATA", str(tmp_path))
    one, two = Article("One."), Article("Two.")
    places = [
        default_session("a.md", one),
        default_session("b/a.md", one),
        default_session("https://velmark.example/a.md", one),
        default_session("-", one),
        default_session("-", two),
    ]
    assert len(set(places)) == 5
    assert all(place.parent == tmp_path / "reviews" for place in places)
    assert default_session("./a.md", two) == places[0]
    assert default_session("../../x\x1b/…/" + "y" * 300, one).name.count("/") == 0


def test_a_report_never_takes_the_place_of_what_it_is_made_from(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check("report.json")
    (folder / "a.md").write_text(PORT)
    for arguments in (
        ["export", "report.json", "--format", "markdown", "-o", "report.json"],
        ["check", "a.md", "--index", "index", "-o", "./a.md"],
        ["check", "--replay", "report.json", "--format", "json", "-o", "report.json"],
    ):
        assert main(arguments) == WRONG_INPUT
        assert "would be overwritten" in capsys.readouterr().err
    assert (folder / "a.md").read_text() == PORT
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["findings"]


def test_a_name_that_says_no_form_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check("report.json")
    assert main(["export", "report.json", "-o", "out.docx"]) == WRONG_INPUT
    assert "says no form of report, expected one of .txt (terminal)" in capsys.readouterr().err
    assert not (folder / "out.docx").exists()
    assert main(["export", "report.json", "-o", "out.htm"]) == DONE
    assert (folder / "out.htm").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert main(["export", "report.json", "-o", "none/out.md"]) == WRONG_INPUT
    assert "there is no folder 'none'" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["export", "report.json", "-o", " "])
    assert ended.value.code == WRONG_INPUT


def test_a_review_of_nothing_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("factcheck.commands.reviewing.split_article", lambda _: Extraction((), ()))
    monkeypatch.setattr("factcheck.commands.reviewing.load_verifier", lambda _: WordVerifier())
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    (folder / "a.txt").write_text("\n.\n\n")
    arguments = ["review", "a.txt", "--index", "index", "--session", "desk.json", "--plain"]
    assert main(arguments) == DONE
    told = capsys.readouterr().out
    assert "there is no claim to check" in told
    assert "saved in" not in told
    assert not (folder / "desk.json").exists()
