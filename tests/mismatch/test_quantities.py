from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.mismatch.derived import change, difference
from factcheck.mismatch.measures import find_quantities
from factcheck.mismatch.quantities import Bound, Quantity
from factcheck.mismatch.units import MEASURES, convert
from factcheck.mismatch.values import Relation
from index import Span


def _one(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("12 kilometres", 12, 12, "kilometer"),
        ("10 to 12 per cent", 10, 12, "%"),
        ("between 10 and 12 million people", 10e6, 12e6, ""),
        ("2.9 percentage points", 2.9, 2.9, "pp"),
        ("£14.2 million", 14.2e6, 14.2e6, "money:pound"),
        ("NOK 2,600m", 2.6e9, 2.6e9, "money:krone"),
        ("2.6 billion kroner", 2.6e9, 2.6e9, "money:krone"),
        ("a 5 m wall", 5, 5, "meter"),
        ("half a year", 0.5, 0.5, "year"),
        ("a year and a half", 1.5, 1.5, "year"),
        ("two and a half years", 2.5, 2.5, "year"),
        ("a four-hour delay", 4, 4, "hour"),
        ("more than 500 homes", 500, math.inf, ""),
        ("up to 40 boats", -math.inf, 40, ""),
        ("within 40 minutes of the call", -math.inf, 40, "minute"),
        ("no more than 40 boats", -math.inf, 40, ""),
        ("not greater than 40 boats", -math.inf, 40, ""),
        ("fewer than half of them", -math.inf, 50, "%"),
        ("nearly 40 boats", 40, 40, ""),
        ("a 61-year-old", 61, 61, "age"),
        ("a man of 61 was", 61, 61, "age"),
        ("anyone under 19 may", -math.inf, 19, "age"),
        ("won 5-4 on aggregate", 4, 5, "score"),
        ("carried by nine to six", 6, 9, "score"),
        ("by 311 votes to 58", 58, 311, "score"),
        ("the twenty-first floor", 21, 21, "ordinal"),
        ("at 18.30", 1110, 1110, "clock"),
        ("at 18.30 hours", 1110, 1110, "clock"),
        ("At 18.30 Stone spoke", 1110, 1110, "clock"),
        ("at 7.30 night falls", 1170, 1170, "clock"),
        ("at 0.04 mg/l", 0.04, 0.04, "milligram/liter"),
        ("Polls closed at 21.00.", 1260, 1260, "clock"),
        ("The shares closed at 3.15.", 3.15, 3.15, ""),
        ("at half past six in the evening", 1110, 1110, "clock"),
        ("at 3am", 180, 180, "clock"),
        ("ten minutes past three that morning", 190, 190, "clock"),
        ("from noon", 720, 720, "clock"),
        ("nine in the evening", 1260, 1260, "clock"),
        ("doubled", 2, 2, "times"),
        ("6 litres a kilometre", 6, 6, "liter/kilometer"),
        ("120 g/km", 120, 120, "gram/kilometer"),
        ("3 kg a week", 3, 3, "kilogram"),
        ("305 kilometres an hour", 305, 305, "kilometer/hour"),
        ("165 knots", 165, 165, "knot"),
        ("12 metres a second", 12, 12, "meter/second"),
        ("three quarters of an hour", 0.75, 0.75, "hour"),
        ("a quarter of a mile", 0.25, 0.25, "mile"),
        ("cut its key rate by half a point", 0.5, 0.5, "pp"),
        ("the rate fell by a quarter of a percentage point", 0.25, 0.25, "pp"),
        ("50 basis points", 0.5, 0.5, "pp"),
        ("won by half a point", 0.5, 0.5, ""),
        ("Sixty-seven in every hundred took part", 67, 67, "%"),
        ("a pair of polling stations", 2, 2, ""),
        ("She was 91.", 91, 91, "age"),
        ("He is 58.", 58, 58, "age"),
        ("Maud Ellery was 91.", 91, 91, "age"),
        ("Mrs Ellery was 91.", 91, 91, "age"),
        ("The driver was seventy-three.", 73, 73, "age"),
        ("She died at 91 in Veld", 91, 91, "age"),
        ("He died at 73 Mill Lane", 73, 73, ""),
        ("The bid was 41.", 41, 41, ""),
        ("It went off shortly\nafter 6pm", 1080, 1080, "clock"),
        ("he was 91 when rain fell", 91, 91, ""),
        ("lost by half a point after its strike rate slipped", 0.5, 0.5, ""),
        ("40 miles an hour before dawn", 40, 40, "mile"),
        ("5 m/s", 5, 5, "meter/second"),
        ("She was 20 minutes late", 20, 20, "minute"),
        ("It began shortly after nine.", 540, 1260, "clock"),
        ("just before two on Sunday", 120, 840, "clock"),
        ("by three goals to one.", 1, 3, "score"),
        ("It was carried: for, 9; against, 6.", 6, 9, "score"),
        ("Nine members voted for and six against it.", 6, 9, "score"),
        ("with 9 votes in favour and 6 against", 6, 9, "score"),
        ("carried (for, 1,311; against, 58)", 58, 1311, "score"),
    ],
)
def test_reading(text: str, low: float, high: float, unit: str) -> None:
    found = _one(text)
    assert [found.low, found.high] == pytest.approx([low, high])
    assert found.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "Route 5",
        "Article 7",
        "Covid-19",
        "flight BA 204",
        "No. 5",
        "slab 23",
        "one of them",
        "no one came",
        "in 1984",
        "at first",
        "a pair of trousers",
        "",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert not find_quantities(text)


@pytest.mark.parametrize(
    "text",
    ["The mayor told the BBC 40 people were hurt.", "In the control group 40 patients died."],
)
def test_how_many_there_were_may_stand_behind_a_body(text: str) -> None:
    assert [each.low for each in find_quantities(text)] == [40]
    assert not find_quantities("line 40 trains of group 40")


@pytest.mark.parametrize(
    "text",
    [
        "He argued for one, against two.",
        "Roe voted for 3 and against 2 of the bills.",
        "Bill No. 9 for 6 against all.",
        "It was bought for 9, against advice.",
        "It sold for 12, against 15 last year.",
    ],
)
def test_what_is_no_vote(text: str) -> None:
    assert "score" not in {found.unit for found in find_quantities(text)}


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("Profit was NOK 61 million (122).", [61e6, 122e6], "money:krone"),
        ("Contracts of NOK 2,600 million were signed (3,400).", [2.6e9, 3.4e9], "money:krone"),
        ("61 million kroner, down from 122 million", [61e6, 122e6], "money:krone"),
        ("rose from 52 to 61 per cent", [52, 61], "%"),
        ("fell to 2.6 billion euros from 3.4 billion", [2.6e9, 3.4e9], "money:euro"),
    ],
)
def test_unit_and_scale_are_inherited(text: str, values: list[float], unit: str) -> None:
    found = find_quantities(text)
    assert [q.low for q in found] == pytest.approx(values)
    assert {q.unit for q in found} == {unit}


def test_an_inherited_value_can_be_spoken_in_full() -> None:
    assert find_quantities("It made 61 million kroner (122).")[1].spoken == "122 million kroner"


@pytest.mark.parametrize(
    ("claim", "passage", "relation"),
    [
        ("12 kilometres", "7.5 miles", "same"),
        ("a quarter of the homes", "25 per cent", "same"),
        ("two thirds of them", "67 per cent", "same"),
        ("1.2 million people", "1,200,000 people", "same"),
        ("two dozen", "24", "same"),
        ("three weeks", "21 days", "same"),
        ("about 1,800 people", "1,786 residents", "same"),
        ("some 2,900 homes", "2,870 homes", "same"),
        ("3,000 homes", "2,980 homes", "same"),
        ("about 9 per cent", "8.8 per cent", "same"),
        ("4.1 metres", "410 centimetres", "same"),
        ("about 24,300 feet", "7,412 m", "same"),
        ("about 100 yards", "100 metres", "same"),
        ("20 miles", "at least 20 kilometres", "different"),
        ("33 kilometres", "at least 20 miles", "same"),
        # so much of one thing in so much of another
        ("40 micrograms a litre", "0.04 mg/l", "same"),
        ("40 micrograms a litre", "40 mg/l", "different"),
        ("8 tonnes a hectare", "8,000 kg per hectare", "same"),
        ("25 micrograms per cubic metre", "31 µg/m³", "different"),
        ("40 micrograms of lead", "40 µg/l of lead", "same"),
        ("40 micrograms of lead", "44 µg/l of lead", "different"),
        ("40 micrograms a litre", "40 micrograms a kilo", "different"),
        ("80 mg per 100 ml", "80 mg per litre", "different"),
        ("300 mg per 100 ml", "3 g a litre", "same"),
        ("12 pounds an acre", "5.4 kg an acre", "same"),
        ("3 kgs/ha", "3 kilos a hectare", "same"),
        ("40 micrograms a week", "40 micrograms a month", "same"),
        ("40 µg", "40 mg", "different"),
        ("2 GB", "2,000 MB", "same"),
        ("120 TB patients", "120 tuberculosis patients", "same"),
        ("54 GB athletes", "54 athletes", "same"),
        ("more than 10 kilometres", "10 miles", "same"),
        ("48 square metres", "517 square feet", "same"),
        ("20 degrees Celsius", "68 degrees Fahrenheit", "same"),
        ("more than 500", "650", "same"),
        ("more than 500", "450", "different"),
        ("more than 500", "40,000", "unrelated"),
        ("fewer than half of them", "44 per cent", "same"),
        ("£5", "five pounds", "same"),
        ("18.30", "half past six in the evening", "same"),
        ("about 18.30", "ten to six", "unrelated"),
        ("212 homes", "268 homes", "different"),
        ("310 homes", "312 homes", "different"),
        ("five points", "five per cent", "unrelated"),
        ("2 percentage points", "2 per cent", "different"),
        ("£14.2 million", "14.2 million euros", "different"),
        ("2,200 pounds", "2,200 kilograms", "different"),
        ("2,200 pounds", "998 kilograms", "same"),
        ("9,200 tonnes", "9,200 cubic metres", "different"),
        ("9,200 tonnes", "40 cubic metres", "unrelated"),
        ("40 feet", "40 metres", "different"),
        ("12 people", "12 minutes", "unrelated"),
        ("won 5-4", "won 4-5", "same"),
        ("won 5-4", "won 6-4", "different"),
        ("aged 61", "a man of 62 was", "different"),
        ("the third term", "the fourth term", "different"),
        ("10 to 12 per cent", "11 per cent", "same"),
        ("30 minutes", "an hour and a half", "different"),
    ],
)
def test_against(claim: str, passage: str, relation: str) -> None:
    mine, theirs = find_quantities(f"at {claim}")[0], find_quantities(f"at {passage}")
    found = mine.against(theirs[0]) if theirs else Relation.UNRELATED
    assert found is Relation(relation)


@pytest.mark.parametrize(
    ("claim", "passage", "kind"),
    [
        ("40 feet", "40 metres", "unit"),
        ("£14.2 million", "14.2 million euros", "unit"),
        ("9,200 tonnes", "9,200 cubic metres", "unit"),
        ("2,500 tonnes", "5,200 tonnes", "number"),
        ("6 per cent", "9%", "percentage"),
        ("2 percentage points", "2 per cent", "percentage"),
        ("six weeks", "sixteen weeks", "duration"),
        ("four hours", "ninety minutes", "duration"),
    ],
)
def test_kind(claim: str, passage: str, kind: str) -> None:
    assert _one(claim).kind(_one(passage)) == kind


_UNITS = [
    "",
    "%",
    "pp",
    "age",
    "meter",
    "mile",
    "foot",
    "kilogram",
    "pound",
    "year",
    "day",
    "money:euro",
]
_QUANTITIES = st.builds(
    lambda value, unit: Quantity(Span(0, 1), value, value, unit, 0.0, Bound.EXACT),
    st.one_of(
        st.integers(min_value=0, max_value=10**7).map(float),
        # what is so near to 0 that a conversion rounds it to 0 is no amount that a text has
        st.floats(min_value=1e-9, max_value=1e7, allow_nan=False),
    ),
    st.sampled_from(_UNITS),
)


@given(_QUANTITIES)
def test_a_quantity_is_itself(quantity: Quantity) -> None:
    assert quantity.against(quantity) is Relation.SAME


@given(_QUANTITIES, _QUANTITIES)
def test_exact_quantities_are_compared_alike_both_ways(one: Quantity, two: Quantity) -> None:
    assert one.against(two) is two.against(one)


@given(
    st.floats(min_value=1e-3, max_value=1e6),
    st.sampled_from(sorted(MEASURES)),
    st.sampled_from(sorted(MEASURES)),
)
def test_conversion_goes_both_ways(value: float, unit: str, other: str) -> None:
    there = convert(value, unit, other)
    back = None if there is None else convert(there, other, unit)
    assert (there is None) == (convert(1.0, other, unit) is None)
    assert back is None or back == pytest.approx(value, rel=1e-9, abs=1e-9)


@given(st.text(alphabet="0123456789 ,.-–£$%()abcdehimnortuwy", max_size=120))
def test_spans_lie_inside_the_text(text: str) -> None:
    for quantity in find_quantities(text):
        assert 0 <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.against(quantity) is Relation.SAME


@pytest.mark.parametrize(
    ("claim", "passage", "found"),
    [
        (
            "It cost 6 million more than planned.",
            "The account stands at 41.2 million crowns. The budget was 35.2 million.",
            "41.2 million crowns. The budget was 35.2 million",
        ),
        ("It cost 7 million more than planned.", "41.2 million crowns, not 35.2 million.", None),
        ("It took 6 hours longer than planned.", "Planned 12 hours, taken 19.5 hours.", None),
        (
            "It took 6 hours longer than planned.",
            "Planned 12 hours, taken 18 hours.",
            "12 hours, taken 18 hours",
        ),
        ("Profit rose by 40 million.", "310 million (350 million).", "310 million (350 million"),
        ("The club was set up by 12 villages.", "30 villages, 18 towns.", None),
        ("It killed 6 people in more than 40 villages.", "18 people and 12 boats.", None),
        ("Sales rose by 40%.", "Sales rose by 20% and by 60%.", None),
        ("They won 3 more than in 2019.", "12 of 15 were there.", None),
        ("It killed 40 people.", "310 people, not 350 people.", None),
        ("It cost £6m less than in 2023.", "£41m; " + "and so on " * 30 + "£47m", None),
    ],
)
def test_how_far_two_amounts_are_apart(claim: str, passage: str, found: str | None) -> None:
    spans = [
        span.of(passage)
        for value in find_quantities(claim)
        for span in difference(claim, value, find_quantities(passage))
    ]
    assert spans == ([found] if found else [])


@pytest.mark.parametrize(
    ("claim", "passage", "found"),
    [
        (
            "two thirds fewer cases",
            "604 patients, as against 1,812",
            "604 patients, as against 1,812",
        ),
        ("Cases fell by 67 per cent.", "604 after 1,812", "604 after 1,812"),
        ("Costs fell by more than 10 per cent.", "£8m (£10m)", "£8m (£10m"),
        ("It almost halved the attacks.", "1.3, compared with 2.5", "1.3, compared with 2.5"),
        ("Profit doubled.", "from 155 million to 310 million", "155 million to 310 million"),
        # by how much is not what it was
        ("Cases fell by 80 per cent.", "fell by 20 from 100", None),
        ("Its staff doubled.", "100 staff before 50 left", None),
        # the other way, or by another share
        ("Sales halved.", "rose from 2.5 million to 5 million", None),
        ("Profit doubled.", "from 310 million to 155 million", None),
        ("Profit rose by half.", "310 million, after 155 million", None),
        # no change is told
        ("A third of the homes are empty.", "600 homes, against 900 homes", None),
        ("The share rose to 50 per cent.", "30 homes, against 20 homes", None),
        ("He was jailed three times.", "He stole 30 cars, before 10 bikes.", None),
        ("25 per cent of homes upstream flooded.", "5 dams, against 4 dams", None),
        # two amounts that nobody compares, of two kinds, or far apart
        ("Prices doubled.", "One man and two women came.", None),
        ("Cases fell by 50 per cent.", "12 tonnes, against 24 miles", None),
        ("Cases fell by 50 per cent.", "12 cases; " + "and so on " * 30 + "against 24 cases", None),
        ("Cases fell by 50 per cent.", "12 cases, against 17 cases, against 24 cases", None),
    ],
)
def test_what_an_amount_was_before(claim: str, passage: str, found: str | None) -> None:
    spans = [
        span.of(passage)
        for value in find_quantities(claim)
        for span in change(claim, value, passage, find_quantities(passage))
    ]
    assert spans == ([found] if found else [])
