from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.stance.marking import OTHER, SAME, marked


@pytest.mark.parametrize(
    ("claim", "evidence", "read"),
    [
        (
            "By midday the shares had dropped 6 per cent.",
            "They were 9% lower at noon.",
            (
                "By midday ≈ the shares had dropped 6 per cent ‡.",
                "They were 9% ‡ lower at noon ≈.",
            ),
        ),
        (  # one value in other words and another unit
            "A fifth of the 40 miles is paved.",
            "Paved: 20 per cent of 64 kilometres.",
            (
                "A fifth ≈ of the 40 miles ≈ is paved.",
                "Paved: 20 per cent ≈ of 64 kilometres ≈.",
            ),
        ),
        (  # read against the day in front
            "It closed in 2021.",
            "Bulletin (3 March 2022): It closed last year, in June 2020 it had not.",
            (
                "It closed in 2021 ≈.",
                "Bulletin (3 March 2022): It closed last year ≈, in June 2020 ‡ it had not.",
            ),
        ),
        (  # what one value differs from and another is the same as is the same
            "Sales fell from 12 to 10 tonnes.",
            "10 tonnes were sold.",
            ("Sales fell from 12 ‡ to 10 tonnes ≈.", "10 tonnes ≈ were sold."),
        ),
        (  # of the date in front only a claim has a mark
            "The report of 3 March 2022 was wrong on 4 May 2021.",
            "Report (3 March 2022): It was right.",
            (
                "The report of 3 March 2022 ≈ was wrong on 4 May 2021.",
                "Report (3 March 2022): It was right.",
            ),
        ),
        (
            "Sales fell in 2021.",
            "Report (March 2022): In 2020 sales fell.",
            ("Sales fell in 2021 ‡.", "Report (March 2022): In 2020 ‡ sales fell."),
        ),
        (  # behind the word, not in it
            "A crew of 40 came in 1990's May.",
            "In May 1990 40 came.",
            ("A crew of 40 ≈ came in 1990's ≈ May.", "In May 1990 ≈ 40 ≈ came."),
        ),
        (  # the points follow from the shares beside them
            "It rose by 10 percentage points.",
            "It rose from 40% to 50%.",
            ("It rose by 10 percentage points ≈.", "It rose from 40% to 50% ≈."),
        ),
        ("Nobody was hurt.", "All 12 are well.", ("Nobody was hurt.", "All 12 are well.")),
        ("", "", ("", "")),
    ],
)
def test_marks_by_hand(claim: str, evidence: str, read: tuple[str, str]) -> None:
    assert marked(claim, evidence) == read


def test_a_time_that_follows_from_two_years_is_marked_where_the_second_stands() -> None:
    claim, evidence = marked("It was shut for 27 years.", "Shut in 1997, it opened in 2024.")
    assert claim == "It was shut for 27 years ≈."
    assert evidence == "Shut in 1997, it opened in 2024 ≈."


def test_a_text_cannot_mark_itself() -> None:
    claim, evidence = marked("Six ≈ of 10 ‡ won.", "Nine ≈ of 12 ‡ won.")
    assert (claim, evidence) == ("Six ‡ ~ of 10 ‡ † won.", "Nine ‡ ~ of 12 ‡ † won.")


def test_of_a_passage_with_more_values_than_are_compared_none_is_known_to_differ() -> None:
    numbers = ", ".join(f"{n} boats" for n in range(100, 185))
    assert marked("It sank 190 boats.", numbers)[0] == "It sank 190 boats."
    assert marked("It sank 101 boats.", numbers)[0] == "It sank 101 ≈ boats."


WORDS = "12|6 per cent|in March 2021|half|(3 May 2020): |£4m|≈|‡|on Monday|rose|\n|18:30|1-2|é|."
words = st.lists(st.sampled_from(WORDS.split("|")), max_size=12).map(" ".join)


@given(words, words)
def test_nothing_but_marks_is_added(claim: str, evidence: str) -> None:
    for text, read in zip((claim, evidence), marked(claim, evidence), strict=True):
        without = read.replace(f" {SAME}", "").replace(f" {OTHER}", "")
        assert without == text.replace(SAME, "~").replace(OTHER, "†")
