from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import pytest

from factcheck.arguments import parser
from factcheck.cli import main
from factcheck.errors import UsageError
from factcheck.exits import DONE, INDEX_UNUSABLE, INTERRUPTED, REFUTED, WRONG_INPUT
from factcheck.output import write_whole
from factcheck.render.json import schema
from index import ReferenceIndex, build_index
from tests.fakes import WordEncoder, WordVerifier

ROOT = Path(__file__).parent.parent


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """An index that no model was needed for."""
    (tmp_path / "port.txt").write_text("The port of Ostrel is deep.")
    build_index(tmp_path / "index", [tmp_path / "port.txt"], encoder=WordEncoder())
    return tmp_path / "index"


def test_no_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == DONE
    assert "factcheck index build" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["check", "--index", "none"], WRONG_INPUT, "an ARTICLE, --claim TEXT or --replay"),
        (["check", "a.md", "--claim", "b", "--index", "none"], WRONG_INPUT, "one of the three"),
        (["check", "a.md", "--index", "none"], INDEX_UNUSABLE, "there is no index at 'none'"),
        (["index", "info", "none"], INDEX_UNUSABLE, "factcheck index build none"),
        (["index", "search", "none", " "], WRONG_INPUT, "the query is blank"),
        (["index", "build", "new", "no-corpus"], WRONG_INPUT, "'no-corpus' cannot be opened"),
        (["claims", "no-article.md"], WRONG_INPUT, "no-article.md"),
        (["index", "info", "a" * 300], INDEX_UNUSABLE, "File name too long"),
    ],
)
def test_bad_input_is_one_sentence_and_a_code(
    arguments: list[str],
    code: int,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("factcheck: ")
    assert captured.err.count("\n") == 1
    assert sentence in captured.err
    assert not any(tmp_path.iterdir())


def test_an_error_cannot_send_control_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["claims", "no\x1b[31m-article\u202e.md"]) == WRONG_INPUT
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", capsys.readouterr().err)


def test_wrong_use_cannot_send_control_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["claims", "a.md", "no\x1b[31m-article\u202e.md"])
    assert ended.value.code == WRONG_INPUT
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", capsys.readouterr().err)


def test_columns_are_fields_of_ours_and_names_of_theirs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    build = ["index", "build", "index", "corpus", "--column"]
    options = parser().parse_args([*build, "text=body", "--column", "title=a = b"])
    assert options.column == [("text", "body"), ("title", "a = b")]
    for wrong in ("body", "author=x", "text="):
        with pytest.raises(SystemExit):
            parser().parse_args([*build, wrong])
        assert f"got {wrong!r}, expected FIELD=NAME with one of id, title, text, date, source" in (
            capsys.readouterr().err
        )


@pytest.mark.parametrize("number", ["0", "-3", "many", "9" * 5000])
def test_a_number_of_hits_that_is_none(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["index", "search", "i", "query", "-k", number])
    assert f"got {number}, expected a whole number from 1 up" in capsys.readouterr().err


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_reader_that_leaves_is_no_refuted_claim(built: Path, form: list[str]) -> None:
    command = [sys.executable, "-m", "factcheck", "index", "info", str(built), *form]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (DONE, "")


@pytest.mark.usefixtures("faked")
@pytest.mark.parametrize("form", ["terminal", "json"])
def test_whatever_takes_long_is_said_to_go_on(
    built: Path,
    form: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from factcheck.commands import checking

    told: list[str] = []

    @contextmanager
    def waiting(what: str) -> Iterator[None]:
        told.append(what)
        yield
        assert capsys.readouterr().out == ""  # a spinner would stand in the report

    monkeypatch.setattr(checking, "waiting", waiting)
    claim = ["--claim", "the port of ostrel is deep."]
    assert main(["check", *claim, "--index", str(built), "--format", form]) == DONE
    spun = ["Checking…"] if form == "json" else []  # findings show that it goes on
    assert told == ["Reading the claims…", "Loading the verifier…", *spun]
    assert "SUPPORTED" in capsys.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_full_disk_is_one_sentence(built: Path, form: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "factcheck", "index", "info", str(built), *form],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == WRONG_INPUT
    assert done.stderr.startswith("factcheck: the system refused to read or write")
    assert "No space left on device" in done.stderr
    assert done.stderr.count("\n") == 1


def test_ctrl_c_says_so_and_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from factcheck import commands

    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "run", interrupt)
    assert main(["claims", "article.md"]) == INTERRUPTED
    assert "interrupted" in capsys.readouterr().err


#: Runs a command with every socket forbidden, then names the heavy modules it imported.
GUARDED = """
import json, sys
def forbid(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(forbid)
from factcheck.cli import main
code = main(sys.argv[1:])
heavy = [name for name in ("torch", "transformers", "sentence_transformers") if name in sys.modules]
print(json.dumps({"code": code, "heavy": heavy}), file=sys.stderr)
"""


def _guarded(arguments: list[str], cache: Path) -> tuple[str, dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env={"FACTCHECK_CACHE": str(cache), "PATH": "", "HOME": str(cache), "PYTHONUTF8": "1"},
    )
    assert done.stderr.strip(), done.stdout
    return done.stdout, json.loads(done.stderr.splitlines()[-1])


@pytest.mark.long
@pytest.mark.models
def test_no_socket_from_first_conversion_to_warm_check_and_no_torch_when_warm(
    tmp_path: Path,
) -> None:
    cold, first = _guarded(["demo", "--format", "json"], tmp_path)
    assert (first["code"], first["heavy"]) == (
        DONE,
        ["torch", "transformers", "sentence_transformers"],
    )
    warm, again = _guarded(["demo", "--format", "json"], tmp_path)
    assert (again["code"], again["heavy"]) == (DONE, [])
    assert json.loads(warm)["findings"] == json.loads(cold)["findings"]
    (index,) = (str(folder) for folder in tmp_path.glob("demo-index-*"))
    # an article is read in the two before; of a warm check this asks the rest, in less time
    claims = ["--claim", "The harbour exported 2,500 tonnes of grain in 2021."]
    _, checked = _guarded(["check", *claims, "--index", index], tmp_path)
    assert (checked["code"], checked["heavy"]) == (DONE, [])


def _text(sentences: int, start: int) -> str:
    return " ".join(
        f"Berth {n} of the harbour took in {n * 7} tonnes of grain."
        for n in range(start, start + sentences)
    )


@pytest.mark.models
def test_ctrl_c_in_a_build_loses_nothing(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "first.txt").write_text(_text(5, 0))
    assert main(["index", "build", str(index), str(corpus)]) == DONE
    (corpus / "second.txt").write_text(_text(8_000, 100))
    build = [sys.executable, "-m", "factcheck", "index", "build", str(index), str(corpus)]
    with subprocess.Popen(
        build,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background job ignores Ctrl-C, and so would what is started from it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        until = time.monotonic() + 60
        while not (index / "writer.pid").exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    assert output == ""
    assert errors == (
        "factcheck: interrupted; what was done is kept, and the same command goes on from it\n"
    )
    with ReferenceIndex.open(index) as reference:
        assert reference.info().documents == 1
    (corpus / "second.txt").write_text(_text(5, 100))
    assert main(["index", "build", str(index), str(corpus)]) == DONE
    with ReferenceIndex.open(index) as reference:
        assert reference.info().documents == 2


@pytest.mark.models
def test_an_article_without_a_claim_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source.txt").write_text(_text(5, 0))
    index = str(tmp_path / "index")
    assert main(["index", "build", index, str(tmp_path / "source.txt")]) == DONE
    (tmp_path / "article.txt").write_text("Are you well?\n\nSubscribe to our newsletter!\n")
    capsys.readouterr()
    code = main(["check", str(tmp_path / "article.txt"), "--index", index, "--format", "json"])
    captured = capsys.readouterr()
    assert code == WRONG_INPUT
    assert json.loads(captured.out)["findings"] == []
    assert captured.err.startswith("factcheck: nothing in the article can be checked")


@pytest.mark.models
@pytest.mark.usefixtures("verifier_alone")
def test_fail_on_refuted_is_exit_code_1_and_output_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from factcheck.commands import checking

    monkeypatch.setattr(checking, "load_verifier", lambda _: WordVerifier())
    (tmp_path / "source.txt").write_text("Contrary to rumour the bridge at lune is not open.")
    index, report = str(tmp_path / "index"), tmp_path / "report.json"
    assert main(["index", "build", index, str(tmp_path / "source.txt")]) == DONE
    check = ["check", "--claim", "the bridge at lune is", "--index", index, "--format", "json"]
    assert main([*check, "-o", str(report)]) == DONE
    assert main([*check, "-o", str(report), "--fail-on", "refuted"]) == REFUTED
    content = json.loads(report.read_text(encoding="utf-8"))
    jsonschema.validate(content, schema())
    assert [f["verdict"] for f in content["findings"]] == ["REFUTED"]
    assert list(tmp_path.glob(".*")) == []
    three = ["--claim", "zebras\r\ngraze", "lions roar", "--claim", "the bridge at lune is"]
    assert main(["check", *three, *check[3:], "-o", str(report)]) == DONE
    content = json.loads(report.read_text(encoding="utf-8"))
    claims = [finding["claim"] for finding in content["findings"]]
    texts = [claim["text"] for claim in claims]
    assert texts == ["zebras\ngraze", "lions roar", "the bridge at lune is"]
    for claim in claims:
        assert content["article"]["text"][claim["start"] : claim["end"]] == claim["text"]


def test_a_report_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "report.json", tmp_path):
        with pytest.raises(UsageError, match="cannot be written"):
            write_whole(path, "{}")
    assert list(tmp_path.iterdir()) == []


def test_a_report_replaces_a_file_and_nothing_else(tmp_path: Path) -> None:
    report, link, pipe = tmp_path / "report", tmp_path / "link", tmp_path / "pipe"
    plain = tmp_path / "plain"
    plain.touch()
    write_whole(report, "first")
    assert report.stat().st_mode == plain.stat().st_mode  # what the umask gives
    report.chmod(0o640)
    link.symlink_to(report)
    write_whole(link, "second")
    assert (link.is_symlink(), report.read_text()) == (True, "second")
    assert report.stat().st_mode & 0o777 == 0o640
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, "third")
    assert (os.read(reader, 99), pipe.is_fifo()) == (b"third", True)
    os.close(reader)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe", "plain", "report"]


@pytest.mark.models
def test_a_corpus_without_text_says_what_to_give(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "corpus").mkdir()
    assert main(["index", "build", str(tmp_path / "index"), str(tmp_path / "corpus")]) == DONE
    assert "the index holds no passage yet; give files" in capsys.readouterr().err
    assert main(["index", "search", str(tmp_path / "index"), "grain"]) == INDEX_UNUSABLE


def test_the_console_script_works_beside_a_stray_index_py(tmp_path: Path) -> None:
    (tmp_path / "index.py").write_text("raise SystemExit('the wrong index')")
    script = Path(sys.executable).parent / "factcheck"
    done = subprocess.run(
        [script, "index", "info", "none"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == INDEX_UNUSABLE
    assert done.stderr.startswith("factcheck: there is no index at 'none'")
