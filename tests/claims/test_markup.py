from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.markup import blank, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Ada** [left](#).", "Ada left."),
        ("## A *bold* heading", "A bold heading"),
        ("- item one", "item one"),
        ("> quoted", "quoted"),
        ("see <https://veld.example/a_b> now", "see now"),
        ("![A boat](boat.png) sank", "A boat sank"),
        ("snake_case and 2 * 3", "snake_case and 2 3"),
        ("no marks", "no marks"),
        ("two\nlines", "two lines"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(st.one_of(st.sampled_from("[]()*_`<>#-! a\n@:/"), st.characters())))
def test_blank_keeps_every_offset(text: str) -> None:
    blanked = blank(text)
    assert len(blanked) == len(text)
    assert all(new in (old, " ", "\ufffd") for old, new in zip(text, blanked, strict=True))


@pytest.mark.parametrize("unit", ["[", "[a](", "<a@", "<http://", "*", "_", "_a_ ", "**a** "])
def test_hostile_marks_take_linear_time(unit: str) -> None:
    started = time.process_time()
    text = f"a{unit * (300_000 // len(unit))}a."
    blank(text)
    plain(text)
    assert time.process_time() - started < 4
