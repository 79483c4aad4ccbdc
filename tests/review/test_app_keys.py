"""What every key of the review does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import TextArea

from factcheck.errors import UsageError
from factcheck.records import Ruling, Stance, Verdict
from factcheck.review.desk import Desk
from factcheck.review.screens.asking import sections
from factcheck.review.screens.dialog import Choice, Confirm, Dialog
from factcheck.review.screens.document import DocumentScreen, DocumentView
from factcheck.review.screens.help import HelpScreen, key_name
from factcheck.review.screens.note import NoteScreen
from factcheck.review.screens.paper import PaperScreen, PaperView
from factcheck.review.screens.review import ReviewScreen
from factcheck.review.screens.verdict import VerdictScreen
from factcheck.review.widgets.lines import LinesView
from tests.review.driving import Reader, drive
from tests.review.fakes import FakeDesk, sample

SMALL = (80, 24)


def ruling(desk: Desk, number: int) -> Ruling | None:
    return desk.session.entries[number].ruling


def verdict(desk: Desk, number: int) -> Verdict | None:
    found = ruling(desk, number)
    return found.verdict if found else None


def test_going_from_claim_to_claim() -> None:
    ways = [
        ("", 0),
        ("j j", 2),
        ("down", 3),
        ("k", 2),
        ("up", 1),
        ("end", 8),
        ("j", 8),
        ("home", 0),
        ("k", 0),
        ("G", 8),
        ("g", 0),
        ("J ctrl+down right_square_bracket", 3),
        ("tab J tab", 4),
        ("K ctrl+up left_square_bracket", 1),
    ]

    async def script(reader: Reader) -> None:
        for keys, at in ways:
            await reader.press(*keys.split())
            assert reader.review.selected == at, keys

    drive(sample(), script, SMALL)


def test_to_the_evidence_and_back() -> None:
    async def script(reader: Reader) -> None:
        assert reader.focus() is reader.review.article
        ways = ["tab tab", "shift+tab shift+tab", "enter escape", "right left", "l h"]
        for there, back in (way.split() for way in ways):
            await reader.press(there)
            assert reader.focus() is reader.review.finding, there
            await reader.press(back)
            assert reader.focus() is reader.review.article, back

    drive(sample(), script, SMALL)


def test_ones_own_verdict() -> None:
    desk = sample()
    supported, refuted, conflicting, silent = Verdict
    keys = {
        "enter": conflicting,  # what was found stands first
        "down": conflicting,  # nothing is chosen yet
        "x": None,
        "s": supported,
        "r": refuted,
        "c": conflicting,
        "n": silent,
        "1": supported,
        "2": refuted,
        "3": conflicting,
        "4": silent,
        "0": None,
    }

    async def script(reader: Reader) -> None:
        await reader.press("j")
        for key, decided in keys.items():
            await reader.press("v")
            assert reader.shows(VerdictScreen)
            await reader.press(key)
            if key == "down":
                await reader.press("escape")
            assert reader.shows(ReviewScreen)
            assert verdict(desk, 1) is decided, key
        assert "your verdict:" not in await reader.text()
        await reader.press("v", "r")
        assert "●✗ your verdict: refuted" in await reader.text()

    drive(desk, script, SMALL)


def test_a_verdict_is_taken_back_and_undone() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        await reader.press("v", "s")
        assert "●✓" in await reader.text()
        await reader.press("v", "x")
        assert verdict(desk, 0) is None
        await reader.press("u")
        assert verdict(desk, 0) is Verdict.SUPPORTED
        await reader.press("j", "j", "u")
        assert verdict(desk, 0) is None
        assert reader.review.selected == 0  # where it was undone
        assert reader.said == "undone: the verdict on claim 1"
        assert "●" not in await reader.text()
        await reader.press("u")
        assert reader.said == "there is nothing to undo"

    drive(desk, script)


def test_what_cannot_be_saved_is_said_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sample()

    def full(*_: object) -> None:
        raise UsageError("the disk [bold]is full[/]")

    monkeypatch.setattr(desk, "decide", full)

    async def script(reader: Reader) -> None:
        await reader.press("v", "s")
        assert reader.notices == ["the disk [bold]is full[/]"]
        assert "●" not in await reader.text()

    drive(desk, script)


def test_a_note_is_written_kept_and_taken_away() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        await reader.press("n", *"seen", "enter", *"twice", "ctrl+s")
        found = ruling(desk, 0)
        assert found is not None
        assert found.note == "seen\ntwice"
        assert "┆ seen" in await reader.text()
        await reader.press("n")
        assert reader.screen.query_one(TextArea).text == "seen\ntwice"
        reader.screen.query_one(TextArea).clear()
        await reader.press("ctrl+s")
        assert ruling(desk, 0) is None

    drive(desk, script)


def test_leaving_a_note_asks_when_something_would_be_lost() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        await reader.press("n", "escape")
        assert reader.shows(ReviewScreen)
        for answer in ("n", "enter"):  # throw away; no is what stands
            await reader.press("n", "a", "escape")
            assert reader.shows(Confirm)
            await reader.press(answer)
            assert reader.shows(ReviewScreen)
            assert ruling(desk, 0) is None
        await reader.press("n", "a", "escape", "escape")
        assert reader.shows(NoteScreen)  # goes on
        await reader.press("b", "escape", "y")
        found = ruling(desk, 0)
        assert found is not None
        assert found.note == "ab"

    drive(desk, script, SMALL)


def test_help_lists_every_binding() -> None:
    async def script(reader: Reader) -> None:
        await reader.press("question_mark")
        assert reader.shows(HelpScreen)
        seen = ""
        for _ in range(12):
            seen += await reader.text()
            await reader.press("pagedown")
        listed = sections(ReviewScreen)
        assert len(listed) > 10
        for section in listed:
            for binding in section.bindings:
                assert isinstance(binding, Binding)
                assert binding.description in seen or binding.tooltip in seen
                for key in binding.key.split(","):
                    assert key_name(key) in seen

    drive(sample(), script, (100, 40))


def test_every_class_with_keys_is_in_the_help() -> None:
    listed = {id(section.bindings) for section in sections(ReviewScreen)}

    def below(root: type[Widget]) -> list[type[Widget]]:
        return [root, *(each for part in root.__subclasses__() for each in below(part))]

    roots: tuple[type[Widget], ...] = (ReviewScreen, Dialog, PaperScreen, LinesView, DocumentScreen)
    ours = [
        each
        for root in roots
        for each in below(root)
        if each.__module__.startswith("factcheck.") and each.__dict__.get("BINDINGS")
    ]
    assert {Choice, PaperView, DocumentView} <= set(ours)
    assert {id(each.__dict__["BINDINGS"]) for each in ours} <= listed


def test_leaving_asks_only_when_something_would_be_cut_short() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        await reader.press("slash", "enter", "q")
        assert reader.shows(Confirm)
        await reader.press("n")
        assert reader.shows(ReviewScreen)
        desk.searches[0][2].cancel()
        await reader.pause()
        await reader.press("q")
        assert reader.app._exit

    drive(desk, script)


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
def test_leaving(key: str) -> None:
    async def script(reader: Reader) -> None:
        await reader.press(key)
        assert reader.app._exit

    drive(sample(), script, (40, 6))


def test_the_palette_has_the_commands() -> None:
    async def script(reader: Reader) -> None:
        titles = [each.title for each in reader.app.get_system_commands(reader.review)]
        assert {"Your own verdict", "Your note", "Write the report", "Theme"} <= set(titles)
        assert len(titles) == len(set(titles))
        await reader.press("ctrl+p", *"own")
        await reader.pause(0.5)
        await reader.press("enter")
        await reader.pause(0.2)
        assert reader.shows(VerdictScreen)

    drive(sample(), script)


def test_light_and_dark() -> None:
    async def script(reader: Reader) -> None:
        assert reader.app.theme == "desk-dark"
        await reader.press("t")
        assert reader.app.theme == "desk-light"
        assert not reader.app.current_theme.dark
        await reader.press("t")
        assert reader.app.theme == "desk-dark"

    drive(sample(), script)


def test_the_stance_of_a_passage_is_named() -> None:
    desk = sample()
    assert desk.session.entries[1].finding
    assert {item.stance for item in desk.session.entries[1].finding.evidence} == {
        Stance.SUPPORTS,
        Stance.REFUTES,
    }

    async def script(reader: Reader) -> None:
        await reader.press("j")
        shown = await reader.text()
        assert "✗ refutes 88%" in shown
        assert "✓ supports 79%" in shown

    drive(desk, script)


def test_keys_do_no_harm_without_claims() -> None:
    desk = FakeDesk(replace(sample().session, entries=()))

    async def script(reader: Reader) -> None:
        for key in "j k g G v n slash o O a u J K L enter h f escape".split():
            await reader.press(key)
            if not reader.shows(ReviewScreen):
                await reader.press("escape")
        assert reader.shows(ReviewScreen)

    drive(desk, script)
