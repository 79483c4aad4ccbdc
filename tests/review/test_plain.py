"""The dialogue: each command, and what it says."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from factcheck.records import Verdict
from factcheck.review.desk import Desk
from factcheck.review.plain import PlainReview
from tests.review.desks import Bench, checked

pytestmark = pytest.mark.usefixtures("without_models", "verifier_alone")


def talk(desk: Desk, *lines: str) -> str:
    """What the dialogue says when these lines are typed."""
    typed = iter(lines)

    def read_line(_: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    screen = io.StringIO()
    console = Console(file=screen, width=80, color_system=None)
    PlainReview(desk, console, read_line).run()
    return screen.getvalue()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Bench(tmp_path).desk() as opened:
        checked(opened)
        yield opened


def test_it_begins_with_the_first_claim(desk: Desk) -> None:
    said = talk(desk)
    assert said.startswith("Review of one article, in plain lines. Type ? for help.\n")
    assert "Ostrel: 3 claims, 3 checked, 0 decided by you" in said
    assert "Claim 1 of 3, line 1.\nSupported, 90%.\nThe article says: the port of ostrel is" in said
    assert "Passage 1 of 1: supports, 90%.\nFrom port, port.txt.\nIt says: the port of" in said
    assert "Why: " in said


def test_moving(desk: Desk) -> None:
    assert "Claim 2 of 3" in talk(desk, "n")
    assert "Claim 2 of 3" in talk(desk, "")
    assert "Claim 3 of 3" in talk(desk, "3")
    assert "Claim 3 of 3" in talk(desk, "go 3")
    assert talk(desk, "j", "k").count("Claim 1 of 3") == 2
    assert "this was the last one" in talk(desk, "3", "n")
    assert "this was the first one" in talk(desk, "p")
    assert "got '9', expected the number of a claim, 1 to 3" in talk(desk, "9")


def test_verdicts_notes_and_undo(desk: Desk) -> None:
    said = talk(desk, "v r", "note seen by myself", "show", "u", "u", "u")
    assert "your verdict: refuted\n" in said
    assert "noted\n" in said
    assert "Your verdict: refuted.\nYour note: seen by myself\n" in said
    assert said.index("undone: the note on claim 1\n") < said.index(
        "undone: the verdict on claim 1\n"
    )
    assert "there is nothing to undo" in said
    assert "got 'maybe', expected s, r, c or n, or x to take yours back" in talk(desk, "v maybe")


def test_a_verdict_can_be_taken_back(desk: Desk) -> None:
    talk(desk, "v s")
    assert desk.session.entries[0].ruling is not None
    assert "your verdict is taken back" in talk(desk, "v x")
    ruling = desk.session.entries[0].ruling
    assert ruling is None or ruling.verdict is None


def test_searching_opening_and_listing(desk: Desk) -> None:
    said = talk(desk, "/contrary to rumour the bridge")
    assert "\n1 new passage\n" in said
    assert "Passage 2 of 2: neutral" in said  # what was found is shown, whatever it says
    said = talk(desk, "2", "open 1")
    assert "The passage:\ncontrary to rumour the bridge at lune is not open." in said
    assert "got '7', expected the number of a passage, 1 to 1" in talk(desk, "2", "open 7")
    said = talk(desk, "list")
    assert "2. refuted: the bridge at lune is open" in said


def test_filtering(desk: Desk) -> None:
    said = talk(desk, "filter refuted", "n", "n")
    assert "1 claim: refuted" in said
    assert "Claim 2 of 3" in said
    assert "this was the last one among those refuted" in said
    assert "expected the beginning of one of: all claims; not decided yet" in talk(desk, "f zebra")


def test_exporting(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert f"written to {target}" in talk(desk, f"export csv {target}")
    assert target.exists()
    assert "expected FORMAT FILE, with one of: terminal, json" in talk(desk, "export pdf x.pdf")
    assert "cannot be written" in talk(desk, f"export csv {tmp_path}/none/out.csv")


def test_help_names_every_command_and_each_is_there(desk: Desk) -> None:
    said = talk(desk, "?")
    for command in PlainReview(desk, Console(file=io.StringIO())).commands:
        assert f": {command.help}" in said
    assert "there is no command 'sing'; type ? for those there are" in talk(desk, "sing")


def test_quitting_reads_no_more(desk: Desk) -> None:
    assert "Claim 2 of 3" not in talk(desk, "q", "n")


def test_nothing_foreign_is_obeyed(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "[bold]the port\x1b[2J of \u202eostrel is deep.\n")
    with bench.desk() as desk:
        checked(desk)
        said = talk(desk, "note \x1b]0;owned\x07", "show", "article", "list")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)
    assert "[bold]the port␛[2J of \ufffdostrel is deep" in said


def test_what_is_decided_is_there_the_next_time(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with bench.desk() as desk:
        checked(desk)
        talk(desk, "3", "v n", "note nothing found anywhere")
    with bench.desk() as desk:
        ruling = desk.session.entries[2].ruling
        assert ruling is not None
        assert (ruling.verdict, ruling.note) == (
            Verdict.NOT_ENOUGH_EVIDENCE,
            "nothing found anywhere",
        )
