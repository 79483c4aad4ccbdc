from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.dates import find_dates
from factcheck.datevalue import DateValue
from factcheck.relation import Relation
from factcheck.stretches import iso_day, iso_stretch
from index import Span

PUBLISHED = dt.date(2024, 7, 19)  # a Friday


def _one(text: str, published: dt.date | None = PUBLISHED) -> DateValue:
    (value,) = find_dates(text, published)
    return value


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 12 March 2024", "2024-03-12", "2024-03-12"),
        ("March 12, 2024", "2024-03-12", "2024-03-12"),
        ("on Sunday 5 November 2023", "2023-11-05", "2023-11-05"),
        ("Since Monday, July 1, it", "2024-07-01", "2024-07-01"),
        ("b. Lissau 14.5.1930.", "1930-05-14", "1930-05-14"),
        ("31/12/2023", "2023-12-31", "2023-12-31"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("on the first day of July 2024", "2024-07-01", "2024-07-01"),
        ("in May 2022", "2022-05-01", "2022-05-31"),
        ("He talks about 2021", "2021-01-01", "2021-12-31"),
        ("in early May", "2024-05-01", "2024-05-13"),
        ("in mid-March", "2024-03-10", "2024-03-22"),
        ("at the end of June 2024", "2024-06-21", "2024-06-30"),
        ("from April to June 2024", "2024-04-01", "2024-06-30"),
        ("in spring 2023", "2023-03-01", "2023-05-31"),
        ("over the fall of 2023", "2023-09-01", "2023-11-30"),
        ("in the winter of 2022", "2022-12-01", "2023-02-28"),
        ("in the second quarter of 2024", "2024-04-01", "2024-06-30"),
        ("Q2 2024", "2024-04-01", "2024-06-30"),
        ("in the first half of 2024", "2024-01-01", "2024-06-30"),
        ("in 1958", "1958-01-01", "1958-12-31"),
        ("in the 1970s", "1970-01-01", "1979-12-31"),
        ("from 1978–86", "1978-01-01", "1986-12-31"),
        ("in 2022/23", "2022-01-01", "2023-12-31"),
        ("on Wednesday", "2024-07-17", "2024-07-17"),
        ("yesterday", "2024-07-18", "2024-07-18"),
        ("last week", "2024-07-08", "2024-07-14"),
        ("last month", "2024-06-01", "2024-06-30"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("last autumn", "2023-09-01", "2023-11-30"),
        ("three years ago", "2021-01-01", "2021-12-31"),
        ("since the spring", "2024-03-01", "2024-05-31"),
        ("at the turn of the year", "2023-12-15", "2024-01-15"),
        ("on 4 March", "2024-03-04", "2024-03-04"),
        ("on 4 December", "2023-12-04", "2023-12-04"),
        ("Roe says she will stand again. It opened on 3 March.", "2024-03-03", "2024-03-03"),
        ("It opened on 29 February.", "2024-02-29", "2024-02-29"),
    ],
)
def test_stretch_of_days(text: str, first: str, last: str) -> None:
    value = _one(text)
    assert (value.first.isoformat(), value.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "30 February 2024",
        "2,024 people",
        "about 1900 people",
        "no. 1984",
        "",
        "£2024",
        "1.94 billion",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("on Wednesday", "17 July 2024"),
        ("in early May", "early May 2024"),
        ("at the end of last month", "the end of June 2024"),
        ("late last year", "late 2023"),
        ("mid-2023", "mid-2023"),
        ("in the early summer of 2022", "early in the summer of 2022"),
        ("last spring", "the spring of 2024"),
        ("in the 1970s", "the 1970s"),
        ("on 3 and 4 May", "3 to 4 May 2024"),
        ("last week", "the week of 8 July 2024"),
        ("the turn of the year", "the turn of 2023 to 2024"),
        ("in the second quarter", "the second quarter of 2024"),
        ("from 1978–86", "1978 to 1986"),
    ],
)
def test_spoken(text: str, spoken: str) -> None:
    assert _one(text).spoken() == spoken


@pytest.mark.parametrize(
    ("claim", "passage", "relation"),
    [
        ("in spring 2023", "on 4 April 2023", "same"),
        ("in early May 2024", "on 6 May 2024", "same"),
        ("in early May 2024", "on 28 May 2024", "different"),
        ("in October 1976", "on 12 October 1974", "different"),
        ("in 1958", "in 1961", "different"),
        ("in mid-2023", "in June 2023", "same"),
        ("at the end of June 2024", "on 30 June 2024", "same"),
        ("in 2012", "in 2011–13", "same"),
        ("in the autumn of 2021", "on 8 November 2021", "same"),
    ],
)
def test_against(claim: str, passage: str, relation: str) -> None:
    assert _one(claim).against(_one(passage)) is Relation(relation)


@pytest.mark.parametrize(
    ("claim", "passage", "relation"),
    [
        ("on 30 June", "on 30 June 2024", "same"),
        ("on 30 June", "on 29 June 2024", "different"),
        ("in June", "on 29 June 2024", "same"),
        ("in June", "in 2024", "unrelated"),
        ("on 2 January", "in the winter of 2022", "same"),
    ],
)
def test_a_year_that_is_not_said_does_not_count(claim: str, passage: str, relation: str) -> None:
    assert _one(claim, None).against(_one(passage, None)) is Relation(relation)


def test_relative_dates_need_a_day_of_publication() -> None:
    assert find_dates("It closed on Wednesday, last year and yesterday.") == []


def test_years_before_the_calendar_begins_are_none() -> None:
    found = find_dates("It opened in 1700, and closed" + ", a year earlier" * 1_800, PUBLISHED)
    assert len(found) == 1_700
    assert found[-1].first == dt.date(1, 1, 1)
    spoken = DateValue(Span(0, 1), dt.date(1, 1, 1), dt.date(1, 1, 1))
    assert find_dates("It opened the day before.", None, spoken) == []


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", f"{'9' * 40}-01-01", "0000"])
def test_what_stands_for_no_date_is_none(published: str) -> None:
    assert iso_stretch(published) is None
    assert iso_day(published) is None


@pytest.mark.parametrize(
    ("published", "text", "year"),
    [
        ("2025-03-20", "It opened on 29 February.", 2024),
        ("2024-02-20", "It opened on 29 February.", 2020),
        ("2027-12-01", "It will open on 29 February.", 2028),
        ("2024-10-20", "Roe said he will stand again. It opened on 3 March.", 2024),
        ("2024-10-20", "It will open on 3 March.", 2025),
        ("2024-10-20", "It is open until 3 March.", 2025),
    ],
)
def test_the_year_of_a_day_without_one(published: str, text: str, year: int) -> None:
    assert _one(text, dt.date.fromisoformat(published)).first.year == year


def test_the_following_year_starts_from_the_date_before() -> None:
    first, second = find_dates("Opened in 2019, it closed the following year.", PUBLISHED)
    assert (first.first.year, second.first.year) == (2019, 2020)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("It fell on 14 May 2019. The following Monday it rose", "20 May 2019"),
        ("It fell on 14 May 2019. Two days later it rose", "16 May 2019"),
        ("It fell in May 2019, three months later it rose", "August 2019"),
        ("It fell in 2019, 12 years earlier it rose", "2007"),
    ],
)
def test_dates_counted_from_another(text: str, spoken: str) -> None:
    assert [value.spoken() for value in find_dates(text, PUBLISHED)][1:] == [spoken]


@pytest.mark.parametrize(
    "text",
    [
        "It fell in 2019. Three days later it rose",
        "It fell in 2019, two years later than planned",
        "It fell in 2019. The following Monday it rose",
        "It fell in 2019 for the third quarter in a row",
    ],
)
def test_no_date_is_counted_from_another(text: str) -> None:
    assert len(find_dates(text, PUBLISHED)) <= 1


@pytest.mark.parametrize(("before", "year"), [("in 2025", 2024), ("in 1974", None)])
def test_the_previous_year_starts_from_no_old_date_of_another_sentence(
    before: str, year: int | None
) -> None:
    published = dt.date(2026, 5, 14)
    (spoken_of,) = find_dates(before, published)
    found = find_dates("It sold 40 boats, up from 30 the previous year.", published, spoken_of)
    assert [value.first.year for value in found] == ([] if year is None else [year])
    here = find_dates(f"It sold 40 boats {before}, up from 30 the previous year.", published)
    assert here[1].first.year == here[0].first.year - 1


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        " " * 100_000,
        "the " * 25_000,
        "12 May " * 14_000,
        "2023-" * 20_000,
        "1.1.1" * 20_000,
    ],
)
def test_hostile_input_takes_time_in_proportion(text: str) -> None:
    started = time.process_time()
    find_dates(text[: len(text) // 4], PUBLISHED)
    short = time.process_time() - started
    started = time.process_time()
    find_dates(text, PUBLISHED)
    assert time.process_time() - started < 10 * short + 1.0


@given(st.dates(min_value=dt.date(1500, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_a_day_as_it_is_spoken_is_that_day(day: dt.date) -> None:
    spoken = DateValue(_one("1 May 2024").span, day, day).spoken()
    value = _one(f"on {spoken}")
    assert (value.first, value.last) == (day, day)
    assert value.against(value) is Relation.SAME


@given(st.text(max_size=150) | st.text(alphabet="MaymidJune1920-/ .,'sthelaonig", max_size=80))
def test_spans_lie_inside_the_text_and_in_order(text: str) -> None:
    found = find_dates(text, PUBLISHED)
    assert all(0 <= v.span.start < v.span.end <= len(text) and v.first <= v.last for v in found)
    assert all(a.span.start < b.span.start for a, b in pairwise(found))
    assert all(v.against(v) is Relation.SAME and v.spoken() for v in found)
