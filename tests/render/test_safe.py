"""Nothing a terminal obeys survives; everything a reader needs does."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.render.safe import encodable, plain, right_to_left

#: Any code point at all, lone surrogates included.
anything = st.text(st.characters(exclude_categories=()))
#: Text made mostly of what is dangerous.
nasty = st.text(
    st.sampled_from("\x00\x07\x1b\x7f\x85\x9b\u061c\u200b\u200d\u200e\u2028\u202e\u2066\ufeff")
    | st.sampled_from("\ud800\udc00\U000e0041\U000e007f\U0001f3f4a é\u0627\U0001f469[")
)
OBEYED = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(anything | nasty)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    for character in shown:
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in OBEYED
        assert character not in "\u061c\u200b\u200e\u200f\u2060\ufeff"
    shown.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_letters_digits_and_signs_stay(text: str) -> None:
    fillers = "\u115f\u1160\u3164\uffa0"
    assert plain(text) == re.sub(f"[{fillers}]", "\ufffd", text)


@pytest.mark.parametrize(
    "text",
    [
        "e\u0301 naïve Ångström",
        "שלום עולם",
        "می\u200cخواهم",  # Persian joins with a non-joiner
        "क्\u200dष",  # Devanagari asks for a half form
        "👩\u200d🚒 👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽 🇳🇱",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # England
        "港の壁 한국어 ไทย",
        "5\u00a0km",
    ],
)
def test_honest_text_is_unchanged(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("a\x1b[2J\x07", "a␛[2J␇"),
        ("\x7f\x9b31m", "␡\ufffd31m"),
        ("one\r\ntwo\tthree\u2028four", "one  two three four"),
        ("pass\u202eword\u202c", "pass\ufffdword\ufffd"),
        ("pay\u200dpal", "pay\ufffdpal"),
        ("zero\u200bwidth\ufeff", "zero width\ufffd"),
        ("hy\xadphen", "hy‧phen"),
        ("lone \ud83d", "lone \ufffd"),
        ("hid\U000e0041den", "hid\ufffdden"),
        ("\U0001f3f4\U000e0067", "\U0001f3f4\ufffd"),
    ],
)
def test_dangerous_text_is_shown(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(anything, st.sampled_from(["ascii", "latin-1", "cp1252", "utf-8"]))
def test_encodable_keeps_length_and_encodes(text: str, encoding: str) -> None:
    shown = encodable(text, encoding)
    shown.encode(encoding)
    assert len(shown) == len(text)
    assert all(new in (old, "?") for old, new in zip(text, shown, strict=True))


@pytest.mark.parametrize("piece", ["\x1b", "\u200d", "\U0001f3f4\U000e0067", "👩\u200d"])
def test_time_grows_with_length_alone(piece: str) -> None:
    text = piece * 200_000  # minutes, if the pattern backtracked
    assert len(plain(text)) == len(text)


def test_right_to_left() -> None:
    assert right_to_left("built in 1912: המגדלור")
    assert right_to_left("مرفأ")
    assert not right_to_left("port 1912 港 é")
