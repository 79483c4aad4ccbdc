"""Searching, opening, filtering, exporting: what takes the reader elsewhere, and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from factcheck.records import Ruling, Verdict
from factcheck.review.desk import Desk
from factcheck.review.filters import Filter
from factcheck.review.screens.dialog import Confirm
from factcheck.review.screens.document import DocumentScreen
from factcheck.review.screens.export import ExportScreen
from factcheck.review.screens.filter import FilterScreen
from factcheck.review.screens.lost import LostScreen
from factcheck.review.screens.review import ReviewScreen
from factcheck.review.screens.search import SearchScreen
from factcheck.session import Unplaced
from tests.render.sample import evidence
from tests.review.driving import Reader, drive
from tests.review.fakes import document_of, sample

SMALL = (80, 24)


def ruling(desk: Desk, number: int) -> Ruling | None:
    return desk.session.entries[number].ruling


def verdict(desk: Desk, number: int) -> Verdict | None:
    found = ruling(desk, number)
    return found.verdict if found else None


def test_searching_again_never_blocks() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        await reader.press("slash")
        assert reader.shows(SearchScreen)
        line = reader.screen.query_one(Input)
        assert line.value == desk.session.entries[0].claim.standalone
        await reader.press("ctrl+u")
        assert line.value == ""
        await reader.press("enter")
        assert reader.shows(SearchScreen)  # nothing to search for
        await reader.press(*"wall", "enter")
        assert desk.searches[0][:2] == (0, "wall")
        assert reader.said == "searching…"
        await reader.press("j", "v", "s", "k")  # meanwhile
        assert verdict(desk, 1) is Verdict.SUPPORTED
        known = desk.session.entries[0].finding
        assert known is not None
        new = evidence("", "The wall is new.", "", (0.1, 0.1, 0.8), document="new.txt")
        desk.searched(replace(known, evidence=(*known.evidence, new)))
        shown = await reader.text()
        assert reader.said == "1 new passage for claim 1"
        assert "The wall is new." in shown
        assert "you searched for: wall" in shown
        await reader.press("u")
        assert "The wall is new." not in await reader.text()

    drive(desk, script, (120, 60))


def test_a_passage_is_opened_in_its_document_and_that_in_its_application() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        await reader.press("o")
        assert reader.said == "opening…"
        hit, future = desk.documents[0]
        future.set_result(document_of(hit))
        shown = await reader.text()
        assert reader.shows(DocumentScreen)
        assert "Harbour Board: annual report" in shown
        assert "2 April 2019 · p. 12" in shown
        assert "┃ " in shown
        assert "The wall was opened on 9 June 1987" in shown
        await reader.press("end", "p")
        assert "The wall was opened on 9 June 1987" in await reader.text()
        await reader.press("o")
        outside, opened = desk.outsides[0]
        assert outside == hit
        opened.set_result("opened [b]it[/b]")
        await reader.pause()
        assert reader.notices == ["opened [b]it[/b]"]
        await reader.press("q")
        assert reader.shows(ReviewScreen)
        await reader.press("O")
        assert len(desk.outsides) == 2

    drive(desk, script)


def test_up_and_down_choose_the_passage_that_is_opened() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        await reader.press("enter", "down", "enter")
        assert desk.documents[-1][0].title == "Walls"
        await reader.press("k", "enter")
        assert desk.documents[-1][0].title == "Harbour Board: annual report"

    drive(desk, script, (120, 60))


def test_neutral_passages_are_shown_on_demand() -> None:
    async def script(reader: Reader) -> None:
        assert "The harbour has one wall." not in await reader.text()
        await reader.press("a")
        assert "The harbour has one wall." in await reader.text()
        await reader.press("a")
        assert "The harbour has one wall." not in await reader.text()

    drive(sample(), script, (120, 60))


def test_nothing_is_opened_where_there_is_no_passage() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        await reader.press("j", "j", "j", "j", "o")
        assert desk.documents == []
        assert reader.said == "no passage is shown; / searches again"

    drive(desk, script)


def test_a_filter_says_which_claims_come_next() -> None:
    async def script(reader: Reader) -> None:
        await reader.press("f")
        assert reader.shows(FilterScreen)
        assert "    3  refuted" in await reader.text()
        await reader.press("down", "down", "down", "down", "enter")
        assert reader.review.filter is Filter.REFUTED
        assert reader.review.selected == 0
        assert "filter: refuted (3)" in await reader.text()
        await reader.press("j")
        assert reader.review.selected == 7
        await reader.press("j", "j")
        assert reader.review.selected == 8
        await reader.press("f", "up", "up", "enter")
        assert reader.review.filter is Filter.REFUTED  # none is decided
        assert reader.said == "none is decided; shown are refuted"
        await reader.press("f", "escape")
        assert reader.review.filter is Filter.REFUTED

    drive(sample(), script)


def test_a_filter_that_nothing_passes_any_more() -> None:
    async def script(reader: Reader) -> None:
        await reader.press(*("f down down down down down enter".split()))
        assert reader.review.filter is Filter.CONFLICTING
        await reader.press("v", "s", "j")
        assert reader.review.selected == 1
        assert reader.said == "none is conflicting; f chooses others"

    drive(sample(), script)


def test_export_writes_and_asks_before_it_writes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written = tmp_path / "velmark-checked.md"

    async def script(reader: Reader) -> None:
        await reader.press("e")
        assert reader.shows(ExportScreen)
        assert reader.screen.query_one(Input).value == "velmark-checked.html"
        await reader.press("down")
        assert reader.screen.query_one(Input).value == "velmark-checked.md"
        await reader.press("enter")
        await reader.pause(0.3)
        assert written.read_text(encoding="utf-8").startswith("# The wall")
        assert reader.said == "written to velmark-checked.md"
        written.write_text("mine")
        await reader.press("e", "down", "ctrl+s")
        assert reader.shows(Confirm)
        await reader.press("n")
        assert reader.shows(ExportScreen)
        assert written.read_text() == "mine"
        await reader.press("enter", "y")
        await reader.pause(0.3)
        assert written.read_text(encoding="utf-8").startswith("# The wall")

    drive(sample(), script)


def test_a_claimreview_of_nothing_decided_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def script(reader: Reader) -> None:
        await reader.press("e", "down", "down", "down", "down", "enter")
        await reader.pause(0.3)
        assert "there is none" in reader.notices[0]
        await reader.press("e", "down", "down", "down", "down", "tab", "tab", "space", "ctrl+s")
        await reader.pause(0.3)
        assert (tmp_path / "velmark-checked.jsonld").exists()

    drive(sample(), script)


def test_check_again_is_asked_for() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        assert desk.rechecked == 1
        await reader.press("r")
        assert desk.rechecked == 2

    drive(desk, script)


def test_rulings_without_a_claim_are_listed() -> None:
    lost = Unplaced(
        "The [b]old[/b] pier is long.", "Ada", Ruling(Verdict.REFUTED, "measured\nit", ""), 7
    )

    async def script(reader: Reader) -> None:
        assert "1 lost (L)" in await reader.text()
        await reader.press("L")
        assert reader.shows(LostScreen)
        shown = await reader.text()
        for words in ("✗ refuted", "was line 7", "The [b]old[/b] pier is long.", "┆ measured"):
            assert words in shown
        await reader.press("escape")
        assert reader.shows(ReviewScreen)

    drive(sample(unplaced=(lost,)), script)
