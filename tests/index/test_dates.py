from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import iso_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2017-10-14", "2017-10-14"),
        ("2017-10-14T08:30:00+02:00", "2017-10-14"),
        ("2017-10-14 08:30", "2017-10-14"),
        ("2017/3/4", "2017-03-04"),
        ("2017-10", "2017-10"),
        ("2017", "2017"),
        (2017, "2017"),
        (dt.date(2017, 10, 14), "2017-10-14"),
        (dt.datetime(2017, 10, 14, 8, 30, tzinfo=dt.UTC), "2017-10-14"),
        ("14 October 2017", "2017-10-14"),
        ("Saturday, 14 October 2017", "2017-10-14"),
        ("October 14, 2017", "2017-10-14"),
        ("Oct. 14th, 2017", "2017-10-14"),
        ("Sat, 14 Oct 2017 08:30:00 GMT", "2017-10-14"),
        ("October 2017", "2017-10"),
    ],
)
def test_dates_become_iso(value: object, expected: str) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "14/10/2017",
        "30 February 2017",
        "2017-13-01",
        "yesterday",
        "",
        None,
        True,
        3.5,
        99999,
        [2017],
        "0001-01-01T00:00:00Z",
        dt.date(1, 1, 1),
        "9999-12-31",
    ],
)
def test_what_is_not_understood_is_no_date(value: object) -> None:
    assert iso_date(value) is None


@given(st.dates(dt.date(1000, 1, 1), dt.date(9000, 12, 31)))
def test_every_date_survives(date: dt.date) -> None:
    assert iso_date(date) == iso_date(date.isoformat()) == date.isoformat()


@given(st.text())
def test_any_text_gives_a_date_or_none(text: str) -> None:
    result = iso_date(text)
    assert result is None or iso_date(result) == result
