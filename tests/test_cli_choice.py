from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from factcheck.cli import main
from factcheck.exits import DONE, WRONG_INPUT
from factcheck.render.json import schema
from index import build_index
from tests.fakes import WordEncoder

PORT, DENIAL, ZEBRAS = (
    "the port of ostrel is deep.",
    "the bridge at lune is",
    "zebras graze at dusk",
)


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """An index of two reports on a port, one on a bridge, and one without a date."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, day, text in [
        ("old.md", "2019-05-01", "The port of Ostrel is deep."),
        ("new.md", "2024-05-01", "Contrary to rumour the port of Ostrel is not deep."),
        ("bridge.md", "2020-01-01", "Contrary to rumour the bridge at Lune is not open."),
    ]:
        (corpus / name).write_text(f"---\ntitle: {name[:-3]}\ndate: {day}\n---\n{text}\n")
    (corpus / "undated.txt").write_text("The port of Ostrel is deep.")
    build_index(tmp_path / "index", [corpus], encoder=WordEncoder())
    return tmp_path / "index"


Checked = Callable[..., dict[str, Any]]


@pytest.fixture
def checked(dated: Path, faked: None, capsys: pytest.CaptureFixture[str]) -> Checked:  # noqa: ARG001
    def run(*flags: str, claims: Sequence[str] = (PORT,)) -> dict[str, Any]:
        """The JSON report on claims, held to its schema."""
        check = ["check", "--index", str(dated), "--format", "json", *flags, "--claim", *claims]
        assert main(check) == DONE
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        jsonschema.validate(report, schema())
        return report

    return run


def _documents(report: dict[str, Any]) -> set[str]:
    """What has a say on the first claim."""
    evidence = report["findings"][0]["evidence"]
    return {item["document"] for item in evidence if item["stance"] != "NEI"}


def test_every_source_decides_unless_some_are_chosen(checked: Checked) -> None:
    everything = checked()
    assert _documents(everything) == {"old.md", "new.md", "undated.txt"}
    assert everything["findings"][0]["verdict"] == "CONFLICTING"
    assert everything["excluded"] == []
    chosen = checked("--source", "old", "--source", "undated.*")
    assert _documents(chosen) == {"old.md", "undated.txt"}
    assert chosen["findings"][0]["verdict"] == "SUPPORTED"
    assert chosen["excluded"] == []


def test_excluded_sources_do_not_decide_and_are_named(checked: Checked) -> None:
    report = checked("--exclude", "OLD", "--exclude", "*.txt")
    assert _documents(report) == {"new.md"}
    assert report["findings"][0]["verdict"] == "REFUTED"
    assert report["excluded"] == [
        {"document": "old.md", "reason": "excluded by the user", "index": ""},
        {"document": "undated.txt", "reason": "excluded by the user", "index": ""},
    ]


def test_as_of_a_day_nothing_later_or_undated_decides(checked: Checked) -> None:
    report = checked("--as-of", "2020-12-31")
    assert _documents(report) == {"old.md"}
    assert report["excluded"] == [
        {
            "document": "new.md",
            "reason": "published after 2020-12-31, or may have been",
            "index": "",
        },
        {
            "document": "undated.txt",
            "reason": "has no date, and only what was published by 2020-12-31 counts",
            "index": "",
        },
    ]


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--as-of", "March"], "argument --as-of: got 'March', expected a date such as 2024-03-31"),
        (["--as-of", "2024-02-30"], "got '2024-02-30', expected a date such as 2024-03-31"),
        (["--as-of", "2024"], "got '2024', expected a date such as 2024-03-31"),
        (["--as-of", "\x1b[2J"], "expected a date such as 2024-03-31"),
        (["--source", ""], "argument --source: it is blank, expected a piece of a path or title"),
        (["--exclude", " "], "argument --exclude: it is blank, expected a piece of a path"),
        (["--sort", "date"], "argument --sort: invalid choice: 'date'"),
    ],
)
def test_a_bad_choice_is_one_sentence_and_exit_2(
    flags: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", "a.md", "--index", "none", *flags])
    assert ended.value.code == WRONG_INPUT
    (said,) = (line for line in capsys.readouterr().err.splitlines() if "error:" in line)
    assert sentence in said
    assert "\x1b" not in said


def test_the_worst_comes_first_when_asked_for(checked: Checked) -> None:
    claims = [ZEBRAS, PORT, DENIAL]
    ordered = [(f["claim"]["text"], f["verdict"]) for f in checked(claims=claims)["findings"]]
    assert ordered == [
        (ZEBRAS, "NOT_ENOUGH_EVIDENCE"),
        (PORT, "CONFLICTING"),
        (DENIAL, "REFUTED"),
    ]
    worst = checked("--sort", "verdict", claims=claims)["findings"]
    assert [f["claim"]["text"] for f in worst] == [DENIAL, PORT, ZEBRAS]


@pytest.mark.usefixtures("faked")
def test_the_terminal_sorts_says_what_is_not_covered_and_what_was_left_out(
    dated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check = ["check", "--index", str(dated), "--sort", "verdict", "--exclude", "undated.txt"]
    assert main([*check, "--claim", ZEBRAS, PORT, DENIAL]) == DONE
    shown = capsys.readouterr().out
    headings = re.findall(r"(\S+(?: \S+)*) · .* (\d of \d)\n", shown)
    assert [(name.split(" ", 1)[1], number) for name, number in headings] == [
        ("REFUTED", "1 of 3"),
        ("CONFLICTING", "2 of 3"),
        ("NOT ENOUGH EVIDENCE", "3 of 3"),
    ]
    assert f"\nNot covered by your sources:\n  · {ZEBRAS}\n" in shown
    assert "\nLeft out:\n  · undated.txt (excluded by the user)\n" in shown


@pytest.mark.usefixtures("faked")
def test_a_copy_of_the_article_in_the_corpus_is_left_out_and_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from factcheck.claims import Extraction
    from factcheck.commands import checking
    from tests.builders import a_claim
    from tests.test_deciding import ARTICLE

    corpus, article = tmp_path / "corpus", tmp_path / "article.txt"
    corpus.mkdir()
    article.write_text(ARTICLE, encoding="utf-8")
    (corpus / "copy.txt").write_text(f"(Wire) {ARTICLE}", encoding="utf-8")
    build_index(tmp_path / "index", [corpus], encoder=WordEncoder())
    claim = a_claim(ARTICLE[: ARTICLE.index(", the board")])
    monkeypatch.setattr(checking, "split_article", lambda _: Extraction((claim,), ()))
    assert main(["check", str(article), "--index", str(tmp_path / "index")]) == DONE
    shown = capsys.readouterr().out
    assert "NOT ENOUGH EVIDENCE · nothing found" in shown
    assert "\nLeft out:\n  · copy.txt (the article itself, or a copy of it)\n" in shown
