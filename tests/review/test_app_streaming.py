"""Findings come while the reader reads; nothing of theirs moves, and no failure stops them."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from factcheck.records import Article, Verdict
from factcheck.review.events import Checked, Extracted, Failed, Found, Reading
from factcheck.review.screens.review import ReviewScreen
from factcheck.session import Session
from index import IndexUnusable
from tests.review.desks import Bench
from tests.review.driving import Reader, drive
from tests.review.fakes import FakeDesk, long_article, sample


def test_from_nothing_to_a_checked_article() -> None:
    full = sample(checked=False)
    findings = full.findings
    desk = FakeDesk(Session("velmark.md", Article("")), findings)

    async def script(reader: Reader) -> None:
        assert "The claims are being looked for." in await reader.text()
        desk._session = Session("velmark.md", full.session.article)
        desk.tell(Reading("Finding the claims…"))
        shown = await reader.text()
        assert reader.said == "Finding the claims…"
        assert "Sign up for our evening letter." in shown  # the article can be read already
        desk.read(full.session)
        assert "NOT CHECKED YET" in await reader.text()
        assert reader.review.selected == 0
        desk.find(findings[0], 0)
        await reader.pause(0.1)
        shown = await reader.text()
        assert "The wall was opened on 9 June 1987" in shown  # the first claim can be read
        assert "1 of 9 checked" in shown
        assert reader.said == "checking, 8 to go…"
        for number, finding in enumerate(findings[1:], 1):
            desk.find(finding, number)
        desk.tell(Checked("1 verdict changed: source added"))
        await reader.pause(0.1)
        assert reader.said == "All is checked. 1 verdict changed: source added"
        assert "✓ 2  ✗ 3  ⇄ 1  ? 3" in await reader.text()
        assert reader.notices == ["1 verdict changed: source added"]

    drive(desk, script)


def test_what_comes_in_moves_nothing_of_the_readers() -> None:
    desk = sample(checked=False)

    async def script(reader: Reader) -> None:
        desk.find(desk.findings[0], 0)
        await reader.pause(0.1)
        await reader.press("tab", "down", "pagedown")
        top, passage = reader.review.finding.scroll_offset, reader.review.finding.passage
        assert top.y > 0
        for number in range(1, 9):
            desk.find(desk.findings[number], number)
            if number == 4:
                await reader.pilot.resize_terminal(100, 18)
                await reader.pilot.resize_terminal(80, 16)
        await reader.pause(0.1)
        assert reader.review.finding.scroll_offset == top
        assert reader.review.finding.passage == passage
        assert reader.review.selected == 0
        assert reader.focus() is reader.review.finding
        article = reader.review.article
        article.scroll_to(y=12, animate=False, immediate=True)  # away from the chosen claim
        desk.read(desk.session)
        await reader.pause(0.1)
        assert article.scroll_offset.y == 12
        assert reader.review.finding.scroll_offset == top
        await reader.press("v")  # a question that is open stays open
        desk.tell(Found(0))
        desk.tell(Checked(""))
        await reader.pause(0.1)
        await reader.press("s")
        ruling = desk.session.entries[0].ruling
        assert ruling is not None
        assert ruling.verdict is Verdict.SUPPORTED

    drive(desk, script, (80, 16))


def test_the_chosen_claim_stays_the_chosen_one_when_the_article_changes() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        await reader.press("j", "j", "j", "v")
        claim = desk.session.entries[3].claim
        desk.read(replace(desk.session, entries=desk.session.entries[2:]))
        await reader.pause()
        assert reader.review.selected == 1
        await reader.press("s")  # what was asked before is done to the claim it was asked of
        decided = [entry.claim for entry in desk.session.entries if entry.ruling]
        assert decided == [claim]
        await reader.press("v")
        desk.read(replace(desk.session, entries=desk.session.entries[:1]))
        await reader.press("r")
        assert "choose the claim again" in reader.notices[0]
        assert desk.session.decided == 0
        desk.read(replace(desk.session, entries=()))
        assert "the article has no claim" in await reader.text()

    drive(desk, script)


def test_findings_that_are_dropped_are_shown_no_longer() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        assert "✗ Velmark" in await reader.text()
        entries = tuple(replace(entry, finding=None) for entry in desk.session.entries)
        desk._session = replace(desk.session, entries=entries)  # another index was opened
        desk.find(desk.findings[3], 3)
        await reader.pause(0.1)
        shown = await reader.text()
        assert "… Velmark" in shown
        assert "NOT CHECKED YET" in shown
        assert "1 of 9 checked" in shown

    drive(desk, script)


def test_an_index_that_vanishes_is_told_and_rulings_go_on() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        await reader.press("slash", "enter")
        desk.searches[0][2].set_exception(IndexUnusable("[b]the index is gone[/b]"))
        await reader.pause()
        assert reader.notices == ["[b]the index is gone[/b]"]
        await reader.press("o")
        desk.documents[0][1].set_exception(IndexUnusable("no document"))
        await reader.pause()
        assert reader.shows(ReviewScreen)
        desk.tell(Failed("there is [red]no index"))
        await reader.press("v", "s", "j", "k")
        assert "The check stopped: there is [red]no index" in await reader.text()
        assert desk.session.decided == 1
        desk.tell(Reading("Reading the article…"))
        assert "The check stopped" not in await reader.text()

    drive(desk, script)


@pytest.mark.usefixtures("without_models", "verifier_alone")
def test_the_real_desk_and_an_index_that_is_deleted(tmp_path: Path) -> None:
    async def until(reader: Reader, said: str) -> None:
        for _ in range(200):
            if said in await reader.text():
                return
            await reader.pause(0.05)
        raise AssertionError(await reader.text())

    with Bench(tmp_path).desk() as desk:

        async def script(reader: Reader) -> None:
            await until(reader, "All is checked.")
            assert "✓ 1  ✗ 1  ⇄ 0  ? 1" in await reader.text()
            await reader.press("slash", "ctrl+u", *"tower", "enter")
            await until(reader, "1 new passage for claim 1")
            shutil.rmtree(tmp_path / "index")
            await reader.press("r")
            await until(reader, "there is no index")
            await reader.press("v", "r")
            assert desk.session.decided == 1

        drive(desk, script)
    saved = (tmp_path / "desk.json").read_text(encoding="utf-8")
    assert '"tower"' in saved


def test_two_thousand_claims_scroll_without_a_wait() -> None:
    desk = FakeDesk(long_article(2000))

    async def script(reader: Reader) -> None:
        article = reader.review.article
        frames = []
        for step in range(1, 41):
            started = time.perf_counter()
            article.scroll_to(y=step * 37, animate=False, immediate=True)
            for line in range(article.size.height):
                article.render_line(line)
            frames.append(time.perf_counter() - started)
        assert sorted(frames)[len(frames) // 2] < 0.05
        for keys in ("G", "g"):
            await reader.press(keys)
        frames = []
        for number in range(0, 2000, 100):
            started = time.perf_counter()
            reader.review.choose(number)
            desk.tell(Found(number))
            for line in range(article.size.height):
                article.render_line(line)
            frames.append(time.perf_counter() - started)
        assert sorted(frames)[len(frames) // 2] < 0.05

    drive(desk, script, (120, 40))


def test_a_flood_of_findings_is_drawn_and_counted() -> None:
    session = long_article(300)
    found = sample().findings[0]
    findings = [replace(found, claim=entry.claim, evidence=()) for entry in session.entries]
    desk = FakeDesk(session, findings)

    async def script(reader: Reader) -> None:
        desk.find_all()
        desk.tell(Checked(""))
        await reader.pause(0.1)
        shown = await reader.text()
        assert "✗ 300" in shown
        assert "…" not in shown.split("┌")[0]

    drive(desk, script, (120, 30))


def test_what_comes_after_the_reader_has_left_harms_nobody() -> None:
    desk = FakeDesk(Session("a.md", Article("A.", "A"), ()))

    async def script(reader: Reader) -> None:
        await reader.press("q")

    drive(desk, script)
    desk.tell(Extracted())
    desk.tell(Found(0))
