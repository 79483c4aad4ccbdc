"""A claim in a passage's notation, worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.syntax import parse
from factcheck.mismatch import Text, compare

PUBLISHED = dt.date(2024, 5, 13)  # a Monday


def aligned(claim: str, passage: str) -> str:
    mine, theirs = parse([claim, passage])
    return compare(Text(claim, mine), Text(passage, theirs, PUBLISHED)).aligned


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        (
            "Mount Hesper rises to about 24,300 feet.",
            "At 7,412 metres it is the highest peak of the range.",
            "Mount Hesper rises to 7,412 metres.",
        ),
        (
            "The mast is 328 feet high.",
            "The mast was more or less 100 metres high.",
            "The mast is 100 metres high.",  # no bound that the claim does not have
        ),
        (
            "Treatment went on for 52 weeks.",
            "Participants were treated for twelve months.",
            "Treatment went on for twelve months.",
        ),
        (
            "Two thirds of the devices were found.",
            "Of the loggers 67 per cent came back.",
            "67 per cent of the devices were found.",
        ),
        (
            "Order intake came to 2.6 billion kroner, down from 3.4 billion.",
            "New contracts worth NOK 2,600 million were signed (3,400).",
            "Order intake came to NOK 2,600 million, down from NOK 3,400 million.",
        ),
        (
            "Polls closed at 21.00.",
            "Doors shut at nine in the evening.",
            "Polls closed at nine in the evening.",
        ),
        # a date at its own precision, with its own preposition
        (
            "The brake was patented in the spring of 1971.",
            "It received patent no. 51,880 on 22 April 1971.",
            "The brake was patented on 22 April 1971.",
        ),
        (
            "In April 2024 the trawler went down.",
            "The vessel sank on 14 April 2024.",
            "On 14 April 2024 the trawler went down.",
        ),
        (
            "Merevale won on 11 May 2024.",
            "They won on Saturday.",
            "Merevale won on Saturday.",
        ),
        ("In 2023 the quay fell.", "The quay fell last year.", "Last year the quay fell."),
    ],
)
def test_what_both_share_is_put_as_the_passage_has_it(
    claim: str, passage: str, expected: str
) -> None:
    assert aligned(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        # on its own side of a bound
        ("Under 40 per cent voted.", "Turnout was 38 per cent.", "38 per cent voted."),
        ("Nearly 300 people died.", "296 people died.", "296 people died."),
        ("More than 400 letters came.", "It had 412 letters.", "412 letters came."),
        # rounded as far as it says
        ("Profit was £1.2m.", "Profit was £1,204,000.", "Profit was £1,204,000."),
        # a share, with what it needs
        ("Half the staff left.", "50 per cent left.", "50 per cent of the staff left."),
        ("Two in five men died.", "Of them 40% died.", "40% of men died."),
        ("One in five was hurt.", "Hurt were 20%.", "20% was hurt."),
        # a time of day, with its part of the day
        (
            "It began shortly after nine.",
            "The first fell at 21.07 on Sunday.",
            "It began at 21.07.",
        ),
        ("He left at 7pm.", "He left at seven in the evening.", "He left at seven in the evening."),
        # a vote, in the claim's order
        ("It passed by nine to six.", "For, 9; against, 6.", "It passed by 9 to 6."),
        (
            "It has been shut since May 2023.",
            "It shut on 4 May 2023.",
            "It has been shut since 4 May 2023.",
        ),
        ("He left in 2019.", "He left five years ago.", "He left five years ago."),
        (
            "It took place at the end of May 2023.",
            "It was on 30 May 2023.",
            "It took place on 30 May 2023.",
        ),
    ],
)
def test_what_is_put_fits(claim: str, passage: str, expected: str) -> None:
    assert aligned(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("It handled 2,500 tonnes.", "The harbour handled 2,500 tonnes."),  # it is so already
        ("It handled 2,500 tonnes.", "The harbour handled 3,100 tonnes."),  # another amount
        # ranges and bounds are no amounts
        ("Exports rose by 1,100 tonnes.", "It shrank by 1,100 tonnes to 38,400 tonnes."),
        ("The order book stood at 11.8 million crowns.", "It lay below 11.8 million crowns."),
        # on the other side of a bound, or too roughly to tell
        ("More than 40 per cent voted.", "Turnout was about 38 per cent."),
        ("More than 40 per cent voted.", "Turnout was about 41 per cent."),
        ("It is under 100 metres long.", "It is 330 feet long."),
        ("Nearly 300 people died.", "310 people died."),
        ("Just over 300 people died.", "295 people died."),
        # the same by a wide `about` only, or by rounding that nobody speaks of
        ("Some 2,900 homes stand empty.", "The Trust has 3,200 homes."),
        ("Roe won by 1,200 votes.", "Roe won by 1,176 votes."),
        ("The dose is 500 mg.", "The dose is 505 mg."),
        ("Exactly 1,000 metres were built.", "They built a kilometre and 2 metres."),
        # what has a form of its own, or belongs to a noun
        ("A man of 61 was treated.", "A 61-year-old was driven to the hospital."),
        ("It lasted four days.", "It was a four-day strike."),
        ("A four-day strike hit it.", "The strike of 96 hours hit it."),
        ("At 15 minutes’ notice he left.", "He was told a quarter of an hour before."),
        ("They halved the dose.", "The dose was cut by 50 per cent."),
        ("The 12 apostles met.", "A dozen apostles met."),
        # money and weights, dollars of two countries, degrees more and degrees
        ("He paid 20 pounds for it.", "The bag weighed 9 kg."),
        ("It cost US$5m.", "It cost A$5 million."),
        ("Temperatures fell by 10 degrees Celsius.", "It was 50 degrees Fahrenheit."),
        # the other way round
        ("Velm won 3-1.", "Velm were beaten one to three."),
        # another time of day, or another clock
        ("He left shortly before 7pm.", "He left at 7.20pm."),
        ("The bomb went off at 8.45am.", "It went off shortly after nine."),
        ("He died at 2pm local time.", "He died at 14:00 GMT."),
        # within a year much may happen, and a day is no quarter, nor the whole of a month
        ("Butter became dearer in 2023.", "The butter was counted in December 2023."),
        ("Profit fell in the second quarter of 2024.", "On 30 June 2024 the books were closed."),
        ("The school was never open in May 2023.", "It was not open on 12 May 2023."),
        ("Rainfall in May 2023 was 50 mm.", "Rain of 50 mm fell on 12 May 2023."),
        ("In May 2023 it made 4,000 cars.", "On 12 May 2023 it made 4,000 cars."),
        ("Most flights in May 2023 were late.", "Most flights on 12 May 2023 were late."),
        ("It was shut after May 2023.", "It was shut on 12 May 2023."),
        ("April 2024 was the driest on record.", "14 April 2024 was the driest day."),
        ("The 2023 budget was cut.", "Last year saw cuts."),
        # several that would do: which is meant is the question
        ("She died in May 2023.", "She fell ill on 4 May 2023 and died on 9 May 2023."),
        ("About 300 people died.", "Of some 320 people on board 296 died."),
        # a date that is read from another
        ("He died in 2021.", "He was jailed in 2022. His wife died a year earlier."),
        # less precise than the claim
        ("They meet again on 5 May 2024.", "There is a meeting in May 2024."),
    ],
)
def test_a_claim_stays_as_it_is_where_nothing_means_the_same(claim: str, passage: str) -> None:
    assert not aligned(claim, passage)


@given(
    st.lists(
        st.sampled_from("2,500 tonnes|a third|on 4 May 2024|last year|21.00|€3m|of".split("|")),
        min_size=1,
    )
)
def test_what_is_no_value_stays(pieces: list[str]) -> None:
    claim = "Velm " + " Velm ".join(pieces) + " Velm."
    passage = "It had 2.5 kilotonnes, 33 per cent, in May 2024, in 2023, nine, 3 million euros."
    found = aligned(claim, passage)
    assert not found or found.count("Velm") == claim.count("Velm")
