"""What is on the screen: at every size, with the mouse, without colour, of hostile text."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.terminal_theme import TerminalTheme
from textual.events import MouseScrollDown
from textual.geometry import Offset

from factcheck.records import Article, Claim, ClaimKind, Ruling, Verdict
from factcheck.review.screens.document import AROUND, DocumentView
from factcheck.review.themes import ANSI_DARK, ANSI_LIGHT, DARK, LIGHT, is_light
from factcheck.session import Entry, Session, Unplaced
from index import Span
from tests.review.driving import Reader, drive
from tests.review.fakes import FakeDesk, document_of, sample

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]")
HOSTILE = "[bold]x[/] [@click=app.quit]y[/] [/] \x1b[31mred \u202eback \u200b " + "w" * 200


def test_every_claim_at_every_size() -> None:
    async def look(reader: Reader, width: int, height: int) -> None:
        await reader.pilot.resize_terminal(width, height)
        await reader.press("g")
        for number in (0, 1, 5, 6, 7):  # a conflict, and text of every awkward kind
            reader.review.choose(number)
            shown = await reader.text()
            assert not CONTROLS.search(shown)
            assert all(cell_len(line) <= width for line in shown.split("\n"))
        await reader.press("tab")
        assert reader.review.finding.display
        assert reader.review.article.display is (width >= 70)
        await reader.press("v", "s", "tab")
        assert reader.review.article.display
        assert "●✓" in await reader.text()

    async def script(reader: Reader) -> None:
        for size in ((120, 40), (200, 60), (80, 24), (60, 10), (20, 5)):
            await look(reader, *size)
            await reader.press("u")

    drive(sample(), script)


def test_evidence_stands_beside_the_claim_where_there_is_room() -> None:
    async def script(reader: Reader) -> None:
        shown = await reader.text()
        (line,) = (each for each in shown.split("\n") if "▸ ✗ refutes 93%" in each)
        assert "claim 1 of 9" in line
        await reader.pilot.resize_terminal(80, 24)
        shown = await reader.text()
        (line,) = (each for each in shown.split("\n") if "▸ ✗ refutes 93%" in each)
        assert "claim 1 of 9" not in line
        await reader.pilot.resize_terminal(60, 24)
        assert "refutes" not in await reader.text()
        await reader.press("tab")
        assert "refutes 93%" in await reader.text()

    drive(sample(), script, (124, 40))


def test_the_mouse_chooses_claims_and_passages_and_the_wheel_scrolls() -> None:
    desk = sample()

    async def script(reader: Reader) -> None:
        lines = (await reader.text()).split("\n")
        row = next(n for n, line in enumerate(lines) if "never closed" in line)
        await reader.pilot.click(offset=(lines[row].index("never"), row))
        assert reader.review.selected == 1
        row = next(n for n, line in enumerate(lines) if "Sign up" in line)
        await reader.pilot.click(offset=(4, row))
        assert reader.review.selected == 1  # nothing is claimed there
        lines = (await reader.text()).split("\n")
        row = next(n for n, line in enumerate(lines) if "supports 79%" in line)
        await reader.pilot.click(offset=(lines[row].index("supports"), row))
        assert reader.review.finding.passage is not None
        assert reader.review.finding.passage.hit.title == "The Ostrea line"
        await reader.pilot.click(offset=(lines[row].index("supports"), row), times=2)
        assert desk.documents[-1][0].title == "The Ostrea line"
        await reader.pilot.resize_terminal(120, 16)
        article = reader.review.article
        top = article.scroll_offset.y
        await reader.pilot._post_mouse_events([MouseScrollDown], article, Offset(5, 5))
        await reader.pause(0.3)
        assert article.scroll_offset.y > top
        assert reader.review.selected == 1

    drive(desk, script)


def hostile() -> FakeDesk:
    text = f"{HOSTILE}\n\n{HOSTILE}"
    claim = Claim(text, 0, len(text), text, HOSTILE, ClaimKind.ASSERTION, 0.9, "")
    found = sample().findings[7]  # the one with hostile evidence
    finding = replace(found, claim=replace(found.claim, speaker=HOSTILE), why=HOSTILE)
    ruling = Ruling(Verdict.REFUTED, f"{HOSTILE}\n{HOSTILE}", "")
    article = Article(f"{text}\n\n{found.claim.text}", HOSTILE, HOSTILE, None, HOSTILE)
    start = len(text) + 2
    moved = replace(finding.claim, start=start, end=start + len(finding.claim.text))
    item = found.evidence[0]
    mismatch = replace(item.mismatches[0], claim_span=Span(start, start + 3))
    finding = replace(
        finding,
        claim=moved,
        evidence=(replace(item, mismatches=(mismatch,)),),
        searches=(HOSTILE,),
    )
    lost = Unplaced(HOSTILE, HOSTILE, ruling, 3, HOSTILE)
    entries = (Entry(claim), Entry(moved, finding, ruling))
    manifest = sample().session.manifest
    return FakeDesk(Session(HOSTILE, article, entries, (), (), manifest, (lost,)))


def test_hostile_text_is_shown_and_does_nothing() -> None:
    desk = hostile()

    async def script(reader: Reader) -> None:
        seen = await reader.text()
        assert "[bold]x[/]" in seen
        await reader.press("j")
        seen += await reader.text()
        for keys in ("slash", "n", "L", "e", "v", "f", "question_mark"):
            await reader.press(keys)
            seen += await reader.text()
            await reader.press("escape")
        await reader.press("o")
        hit, future = desk.documents[0]
        future.set_result(replace(document_of(hit), title=HOSTILE, source=HOSTILE))
        seen += await reader.text()
        await reader.press("escape")
        reader.review.say(HOSTILE)
        reader.review.say_wrong(HOSTILE)
        seen += await reader.text()
        assert not CONTROLS.search(seen)
        assert "[@click=app.quit]" in seen
        assert "␛[31m" in seen
        article = (await reader.text()).split("\n")
        row = next(n for n, line in enumerate(article) if "@click" in line and n > 2)
        await reader.pilot.click(offset=(article[row].index("@click"), row))
        assert not reader.app._exit

    drive(desk, script)


def segments(reader: Reader) -> list[Segment]:
    return [each for strip in reader.screen._compositor.render_strips() for each in strip]


def test_without_colour_signs_and_lines_carry_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def script(reader: Reader) -> None:
        shown = await reader.text()
        assert "[1990]" in shown  # the word that clashes
        assert "[1987]" in shown
        await reader.press("v")
        await reader.pause()
        marked = [s.text for s in segments(reader) if s.style and s.style.underline]
        assert any("refuted" in text for text in marked)
        assert not any("supported" in text for text in marked)
        await reader.press("escape")
        await reader.pause()
        seen = segments(reader)
        colours = {s.style.color for s in seen if s.style and s.style.color}
        assert all(colour.is_default for colour in colours)
        chosen = [s for s in seen if "new harbour wall" in s.text and s.style]
        assert any(s.style and s.style.reverse for s in chosen)
        other = [s for s in seen if "We have never closed" in s.text and s.style]
        assert any(s.style and s.style.underline for s in other)

    drive(sample(), script)


def test_an_empty_article_and_one_without_claims() -> None:
    async def script(reader: Reader) -> None:
        assert "The claims are being looked for." in await reader.text()
        desk.read(desk.session)
        words = " ".join((await reader.text()).replace("│", " ").split())
        assert "There is nothing to check: the article has no claim" in words

    for article in (Article(""), Article("What a sight!", "A sight")):
        desk = FakeDesk(Session("a.md", article))
        drive(desk, script, (80, 24))


def test_of_a_long_document_only_the_surroundings_are_shown() -> None:
    finding = sample().findings[0]
    item = finding.evidence[0]
    whole = document_of(item.hit)
    view = DocumentView(whole, item)
    assert view.cut == 0
    long = replace(whole, text=whole.text + "x" * (AROUND + 5_000))
    after = long.text[item.hit.passage.end :]
    assert DocumentView(long, item).cut == len(after) - AROUND


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [each / 255 for each in colour]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [ANSI_DARK, ANSI_LIGHT])
def test_verdicts_can_be_read_on_their_background(theme: TerminalTheme) -> None:
    background = luminance(theme.background_color)
    for number in range(1, 7):  # red to cyan
        colour = luminance(theme.ansi_colors[number])
        light, dark = max(colour, background), min(colour, background)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_light_terminal_gets_the_light_theme() -> None:
    assert is_light({"COLORFGBG": "0;15"})
    assert not is_light({"COLORFGBG": "15;0"})
    assert not is_light({})
    assert (DARK.dark, LIGHT.dark) == (True, False)


def test_a_check_does_not_import_textual() -> None:
    code = "import sys, factcheck.commands.checking, factcheck.review.desk, factcheck.review.plain"
    found = subprocess.run(
        [sys.executable, "-c", f"{code}; print('textual' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert found.stdout.strip() == "False"
