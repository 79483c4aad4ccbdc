from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from factcheck.batch import Batch, Outcome
from factcheck.records import Verdict
from factcheck.render.batch import show_batch

SUPPORTED, REFUTED = Verdict.SUPPORTED, Verdict.REFUTED
CONFLICTING, OPEN = Verdict.CONFLICTING, Verdict.NOT_ENOUGH_EVIDENCE
BATCH = Batch(
    (
        Outcome("news/port.md", "port.html", (SUPPORTED,) * 12 + (REFUTED, CONFLICTING)),
        Outcome("-", None, error="standard input is empty, expected an article; give one"),
        Outcome("https://news.example/flood?id=3", "flood.html", (OPEN, OPEN)),
        Outcome("poem.txt", "poem.html"),
    )
)


def shown(batch: Batch, width: int = 80, encoding: str = "utf-8", colour: bool = False) -> str:
    class File(StringIO):
        @property
        def encoding(self) -> str:  # type: ignore[override]
            return encoding

    file = File()
    show_batch(
        Console(
            file=file,
            width=width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            legacy_windows=False,
            _environ={},
        ),
        batch,
    )
    return file.getvalue()


def test_a_line_for_each_article_and_the_sum() -> None:
    assert (
        shown(BATCH)
        == """\
    ✓    ✗    ⇄    ?  article
   12    1    1    0  news/port.md → port.html
              failed  -: standard input is empty, expected an article; give one
    0    0    0    2  https://news.example/flood?id=3 → flood.html
    0    0    0    0  poem.txt → poem.html (nothing in it can be checked)

  12  ✓ supported
   1  ✗ refuted
   1  ⇄ conflicting
   2  ? not enough evidence
4 articles · 1 could not be checked
"""
    )


def test_all_went_well() -> None:
    assert shown(Batch(BATCH.outcomes[:1])).endswith("1 article · all checked\n")


def test_signs_that_a_terminal_cannot_show_are_ascii() -> None:
    text = shown(BATCH, encoding="ascii")
    assert text.isascii()
    assert "    +    x    !    ?  article" in text
    assert "   12    1    1    0  news/port.md -> port.html" in text


@pytest.mark.parametrize("width", [40, 60, 120])
def test_lines_fit_and_nothing_is_lost(width: int) -> None:
    text = shown(BATCH, width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    for word in ("port.html", "expected", "flood?id=3", "checked)"):
        assert word in "".join(text.split())


def test_numbers_have_the_colour_of_their_verdict() -> None:
    line = shown(BATCH, colour=True).splitlines()[1]
    assert line.startswith(
        "\x1b[1;32m   12\x1b[0m\x1b[1;31m    1\x1b[0m\x1b[1;35m    1\x1b[0m    0"
    )


def test_foreign_text_is_inert() -> None:
    hostile = "\x1b[2J[bold red]x[/]\u202egpj\nb"
    outcomes = Outcome(hostile, hostile, (OPEN,)), Outcome(hostile, None, error=hostile * 3)
    for text in (shown(Batch(outcomes), 200), shown(Batch(outcomes), 200, colour=True)):
        assert "[bold red]x[/]" in text
        assert "\x1b[2J" not in text
        assert "\u202e" not in text
        assert len(text.splitlines()) == 9
