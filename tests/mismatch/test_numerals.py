from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.mismatch.measures import find_quantities
from factcheck.mismatch.numerals import find_numerals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,500", 2500),
        ("1 200 000", 1_200_000),
        ("1.2 million", 1_200_000),
        ("3.4bn", 3.4e9),
        ("25k", 25_000),
        ("two hundred and fifty thousand", 250_000),
        ("nine hundred ninety-nine", 999),
        ("one million two hundred thousand and five", 1_200_005),
        ("a hundred", 100),
        ("eighty-eight", 88),
        ("two dozen", 24),
        ("a dozen", 12),
        ("half a million", 500_000),
        ("half a dozen", 6),
        ("two and a half million", 2_500_000),
        ("twenty-first", 21),
        ("122nd", 122),
        ("fiftieth", 50),
        ("twice", 2),
        ("threefold", 3),
        ("two in five", 40),
        ("nine out of ten", 90),
        ("one patient in four", 25),
        ("one pupil in every five was", 20),
        ("71 services in every hundred", 71),
        ("three-quarters of", 75),
        ("fell by half", 50),
    ],
)
def test_value_of_a_number(text: str, value: float) -> None:
    (numeral,) = find_numerals(text)
    assert numeral.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("between ten and twelve", [10, 12]),
        ("five six", [5, 6]),
        ("46 out of 388 buses", [46, 388]),
        ("five of the nine", [5, 9]),
        ("one tram in 12 minutes", [1, 12]),
        ("one patient in 10,000.", [1, 10_000]),
        ("one million in 10 of the towns", [1_000_000, 10]),
        ("one goal in two, three and four minutes", [1, 2, 3, 4]),
        ("from 1,000 to 2,000", [1000, 2000]),
        ("no number here", []),
        ("", []),
    ],
)
def test_numbers_stay_apart(text: str, values: list[float]) -> None:
    assert [numeral.value for numeral in find_numerals(text)] == values


def test_a_rounded_number_may_be_off_by_half_its_last_figure() -> None:
    (numeral,) = find_numerals("1.2 million")
    assert numeral.step == pytest.approx(50_000)


def test_a_number_of_absurd_length_is_none() -> None:
    assert not list(find_numerals("9" * 100_000))


_HOSTILE = [
    "1" * 100_000,
    "," * 100_000,
    " " * 100_000,
    "1," * 50_000,
    "111," * 25_000,
    "1 111 " * 16_000,
    "one hundred and " * 6_000,
    "one-" * 25_000,
    "$" * 100_000,
    "half past " * 10_000,
    "1.1.1" * 20_000,
]


@pytest.mark.parametrize("text", _HOSTILE, ids=[text[:6] for text in _HOSTILE])
def test_hostile_input_takes_time_in_proportion(text: str) -> None:
    half = text[: len(text) // 4]
    started = time.process_time()
    find_quantities(half)
    short = time.process_time() - started
    started = time.process_time()
    find_quantities(text)
    assert time.process_time() - started < 10 * short + 1.0


@given(st.text(max_size=200))
def test_spans_lie_inside_the_text_and_in_order(text: str) -> None:
    found = list(find_numerals(text))
    assert all(0 <= n.span.start < n.span.end <= len(text) for n in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_are_read_as_they_are(number: int) -> None:
    for text in (f"{number:,} tonnes", f"{number} tonnes"):
        (numeral,) = find_numerals(text)
        assert numeral.value == number
