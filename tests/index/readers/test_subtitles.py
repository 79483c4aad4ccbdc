from __future__ import annotations

import time
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Document, UnreadableDocument
from index.readers import cues, read
from index.readers.cues import Cue, Line, clock, run_together
from tests.index.readers.common import one, placed


def srt(*texts: str) -> str:
    """A SubRip file with a cue every two seconds."""
    return "\n".join(
        f"{number}\n{_time(2 * number)} --> {_time(2 * number + 2)}\n{text}\n"
        for number, text in enumerate(texts, 1)
    )


def _time(seconds: int) -> str:
    return f"{clock(seconds)},000"


def test_sentences_go_across_cues() -> None:
    document = one("a.srt", srt("The harbour of\nPort Veld", "was closed. Ferries", "stayed."))
    assert document.text == "The harbour of Port Veld was closed. Ferries stayed."
    assert placed(document) == {
        "00:00:02": "The harbour of Port Veld ",
        "00:00:04": "was closed. Ferries ",
        "00:00:06": "stayed.",
    }
    assert (document.title, document.source) == ("a", "a.srt")


def test_markup_goes_and_what_only_looks_like_it_stays() -> None:
    text = '<i>One</i> {\\an8}<font color="#f00">two</font> a < b > c {x} <3 &amp; <00:00:02.500>d'
    assert one("a.srt", srt(text)).text == "One two a < b > c {x} <3 & d"


def test_speakers_stand_on_lines_of_their_own() -> None:
    document = one("a.srt", srt("- Who said so?\n- The mayor.", ">> MAYOR: It is", "true. -5 °C"))
    assert document.text == "Who said so?\nThe mayor.\nMAYOR: It is true. -5 °C"


def test_a_label_begins_a_line_only_behind_a_sentence() -> None:
    assert one("a.srt", srt("It rained.", "Ann: Yes, and", "Obama said: no.")).text == (
        "It rained.\nAnn: Yes, and Obama said: no."
    )


VTT = """WEBVTT - a title
Kind: captions

NOTE a comment
with two lines

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.500 align:start position:0%
<v Ann Roe>Sales &amp; <c.yellow>costs</c> grew.</v> <v Bob>No. They

01:00:02.500 --> 01:00:04.000
<v.loud Bob>fell.

01:00:04.000 --> 01:00:05.000
(music)
"""


def test_voices_of_webvtt_are_named_where_they_change() -> None:
    document = one("a.vtt", VTT)
    assert document.text == "Ann Roe: Sales & costs grew.\nBob: No. They fell.\n(music)"
    assert [each.label for each in document.locators] == ["00:00:01", "01:00:02", "01:00:04"]


def test_an_empty_line_ends_a_cue_in_webvtt_but_not_in_subrip() -> None:
    cue = "00:00:01.000 --> 00:00:02.000\nOne\n\ntwo\n"
    assert one("a.vtt", f"WEBVTT\n\n{cue}").text == "One"
    assert one("a.srt", f"1\n{cue}\n2\n{cue}").text == "One two One two"


#: As YouTube writes them; `_` stands for the space that it shows as an empty line.
ROLLING = """WEBVTT

00:00:00.000 --> 00:00:02.000
_
the<00:00:00.500><c> harbour</c>

00:00:02.000 --> 00:00:02.010
the harbour
_

00:00:02.010 --> 00:00:04.000
the harbour
was closed

00:00:04.000 --> 00:00:04.010
was closed
_

00:00:04.010 --> 00:00:06.000
was closed
and was opened
""".replace("_", " ")


def test_rolling_captions_are_there_once() -> None:
    document = one("a.vtt", ROLLING)
    assert document.text == "the harbour was closed and was opened"
    assert placed(document) == {
        "00:00:00": "the harbour ",
        "00:00:02": "was closed ",
        "00:00:04": "and was opened",
    }


def test_growing_captions_are_there_once() -> None:
    assert one("a.srt", srt("I", "I saw", "I saw no", "I saw no one")).text == "I saw no one"


def test_what_is_said_twice_stays_and_what_is_shown_twice_does_not() -> None:
    assert (
        one("a.srt", srt("No.", "No.", "It is.", "It", "Then.")).text == "No. No. It is. It Then."
    )
    assert one("a.srt", srt("It was so.", "It was so.", "Then.", "End.")).text == (
        "It was so. Then. End."
    )
    # two seconds without a caption between them
    apart = "00:00:0{} --> 00:00:0{},9\nIt was so.\n\n"
    text = apart.format("1,0", "2") + apart.format("5,0", "6")
    assert one("a.srt", text).text == "It was so. It was so."


@pytest.mark.parametrize("text", ["", "WEBVTT\n", "1\n00:01 -> 00:02\nHi\n", srt("<i></i>")])
def test_without_cues_there_is_no_document(text: str) -> None:
    with pytest.raises(UnreadableDocument, match="no subtitles"):
        one("a.srt", text)


def test_the_number_of_cues_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cues, "MAX_CUES", 3)
    assert one("a.srt", srt("a", "b", "c")).text == "a b c"
    with pytest.raises(UnreadableDocument, match="more than 3 cues"):
        one("a.srt", srt("a", "b", "c", "d"))


@pytest.mark.parametrize(
    "unit",
    [
        "9",
        "1\n",
        "\n",
        "<",
        "<v a",
        "{\\",
        "00:00:01,000 --> ",
        "00:00:01,000 --> 00:00:02,000\n",
        "00:00:01,000 --> 00:00:02,000\nno no no no\n\n",
        "&#1;",
    ],
)
def test_hostile_subtitles_take_little_time(unit: str) -> None:
    for head in ("", "1\n00:00:01,000 --> 00:00:02,000\n"):
        data = (head + unit * (200_000 // len(unit))).encode()
        begin = time.process_time()
        with suppress(UnreadableDocument):
            list(read("a.srt", data))
        assert time.process_time() - begin < 5  # 0.5 s here; quadratic takes minutes


CUES = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.lists(
            st.builds(
                Line,
                st.text("ab .-:>Ñ", max_size=9),
                st.sampled_from(["", "", "Ann", "Bob"]),
            ),
            max_size=3,
        ),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(CUES, st.booleans())
def test_locators_tile_the_text(found: list[tuple[int, list[Line]]], turns: bool) -> None:
    start = 0
    given_cues = []
    for gap, lines in found:
        start += gap
        given_cues.append(Cue(start, start + 1, tuple(lines)))
    text, locators = run_together(given_cues, turns=turns)
    assert "".join(text[each.start : each.end] for each in locators) == text
    assert all(one.end == other.start for one, other in pairwise(locators))
    assert [each.label for each in locators] == sorted({each.label for each in locators})


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_reason(data: bytes) -> None:
    try:
        found = list(read("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + data))
    except UnreadableDocument:
        return
    assert all(isinstance(each, Document) for each in found)
