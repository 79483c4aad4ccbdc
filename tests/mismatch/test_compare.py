from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.claims.syntax import Parse
from factcheck.mismatch import Comparison, Text, compare
from factcheck.mismatch.compare import MOST
from tests.mismatch.comparing import compared

pytestmark = pytest.mark.models


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The factory went up in flames in 2019.", "Output of the factory fell in 2019."),
        ("She went down to the harbour.", "Catches at the harbour rose."),
        ("She has gone up to Veld.", "Visitors to Veld fell."),
    ],
)
def test_who_goes_up_somewhere_does_not_rise(claim: str, passage: str) -> None:
    assert [each for each in compared(claim, passage).proposals if each.kind == "direction"] == []


@pytest.mark.parametrize(
    ("claim", "passage", "kind", "mine", "theirs"),
    [
        (
            "Harvests came to 5,200 tonnes in 2021.",
            "The fleet landed 2,500 tonnes in 2021.",
            "number",
            "5,200 tonnes",
            "2,500 tonnes",
        ),
        (
            "Turnout was 38 per cent.",
            "Turnout came to 34 per cent.",
            "percentage",
            "38 per cent",
            "34 per cent",
        ),
        (
            "The dam rose 88 centimetres.",
            "It rose 88 millimetres.",
            "unit",
            "88 centimetres",
            "88 millimetres",
        ),
        (
            "The brake holds 2,200 pounds.",  # which are no money beside kilograms
            "It was certified for 2,200 kilograms.",
            "unit",
            "2,200 pounds",
            "2,200 kilograms",
        ),
        (
            "They pulled back 20 miles from the river.",
            "Guns are to be moved at least 20 kilometres away.",
            "unit",
            "20 miles",
            "at least 20 kilometres",
        ),
        (
            "The dose was 40 micrograms.",
            "They were assigned to 40 mg a day.",
            "unit",
            "40 micrograms",
            "40 mg",
        ),
        (
            "Ida Roe is the Veld Islands’ chief warden.",
            "Ida Roe, deputy warden of the islands, spoke.",
            "role",
            "chief warden",
            "deputy warden of the islands",
        ),
        (
            "Attendance has gone up over the same period.",
            "Attendance slipped from 74 per cent to 69 per cent.",
            "direction",
            "up",
            "slipped from",
        ),
        ("Owners pay €12 a month.", "The rate is €12 a year.", "unit", "a month", "a year"),
        (
            "Parking is £1.80 an hour.",
            "It takes £1.80 for every half-hour.",
            "unit",
            "an hour",
            "every half-hour",
        ),
        (
            "Farmers get 47.5 cents per litre.",
            "It is 47.5 cents a kilo.",
            "unit",
            "per litre",
            "a kilo",
        ),
        (
            "The wall was finished in 1958.",
            "The wall was completed in 1961.",
            "date",
            "1958",
            "1961",
        ),
        (
            "The ward shut for six weeks.",
            "The ward was shut for sixteen weeks.",
            "duration",
            "six weeks",
            "sixteen weeks",
        ),
        (
            "Ida Roe is harbour master of Lindhaven.",
            "Ida Roe, deputy harbour master, spoke.",
            "role",
            "harbour master of Lindhaven",
            "deputy harbour master",
        ),
        (
            "The ferry was built at the yard in Bressand.",
            "The ferry was built by a firm in Ostrel.",
            "place",
            "Bressand",
            "Ostrel",
        ),
        (
            "Profit rose by 4 per cent.",
            "Profit was 4 per cent short of last year's.",
            "direction",
            "rose",
            "short of",
        ),
        (
            "All of the birds crossed the sea.",
            "Most of the birds crossed the sea.",
            "quantifier",
            "All of",
            "Most of",
        ),
        (
            "All growers irrigated by hand.",
            "They never had so dry a year. Most growers irrigated by hand.",
            "quantifier",
            "All",
            "Most",
        ),
        (
            "It was Lindmoor's second defeat of the season.",
            "It was Lindmoor's first defeat of the season.",
            "quantifier",
            "Lindmoor's second",
            "Lindmoor's first",
        ),
        (
            "It was the highest level.",
            "It was the second-highest level.",
            "quantifier",
            "the highest",
            "the second-highest",
        ),
        (
            "The siren had passed its test.",
            "The siren did not pass its test.",
            "negation",
            "had passed",
            "did not pass",
        ),
        (
            "The two leaders met in Veld.",
            "The two leaders did not meet in Veld.",
            "negation",
            "met",
            "did not meet",
        ),
        (
            "Ida Roe was one of three women in the class.",
            "Ida Roe was the only woman in the class.",
            "number",
            "one of three women",
            "the only woman",
        ),
    ],
)
def test_the_right_proposal_is_there(
    claim: str, passage: str, kind: str, mine: str, theirs: str
) -> None:
    found = [(p.kind, p.claim_value, p.passage_value) for p in compared(claim, passage).proposals]
    assert (kind, mine, theirs) in found


@pytest.mark.parametrize(
    ("claim", "passage", "mine"),
    [
        ("The boat is 12 kilometres out.", "She lies 7.5 miles out.", "12 kilometres"),
        ("Two dozen nurses left.", "The hospital lost 24 nurses.", "Two dozen"),
        ("Work began in spring 2023.", "The first load came on 3 April 2023.", "spring 2023"),
        (
            "The margin fell by 2.9 percentage points.",
            "It was 3.1% (6.0%).",
            "2.9 percentage points",
        ),
        ("It has held the seat for sixteen years.", "It has held it since 2008.", "sixteen years"),
    ],
)
def test_what_is_the_same_agrees(claim: str, passage: str, mine: str) -> None:
    result = compared(claim, passage)
    assert mine in [each.claim_span.of(claim) for each in result.agreements]
    assert mine not in [proposal.claim_value for proposal in result.proposals]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The siren stands on the lifeboat station.", "The siren did not pass its monthly check."),
        ("Emil Sarkady chairs the works council.", "The works council had not been offered talks."),
        ("The saving is £18,000 a year.", "It comes to £11,000 and not a penny more."),
    ],
)
def test_a_denial_of_something_else_is_not_proposed(claim: str, passage: str) -> None:
    assert "negation" not in {each.kind for each in compared(claim, passage).proposals}


def test_rewritten_claims_read_well() -> None:
    result = compared("The wall was finished in March 1958.", "It was finished on 4 May 1961.")
    assert result.proposals[0].rewritten == "The wall was finished on 4 May 1961."


def test_names_in_the_title_are_not_missing() -> None:
    claim = "Lindhaven has 300 boats."
    missing = compared(claim, "There are 300 boats.", "Lindhaven in figures").missing
    assert "Lindhaven" not in [span.of(claim) for span in missing]


def _shape(result: Comparison, claim: str, passage: str) -> bool:
    inside: Callable[[int, int, str], bool] = lambda a, b, text: 0 <= a < b <= len(text)  # noqa: E731
    return (
        len(result.proposals) <= MOST
        and all(
            inside(p.claim_span.start, p.claim_span.end, claim)
            and inside(p.passage_span.start, p.passage_span.end, passage)
            and p.claim_span.of(claim) == p.claim_value
            and p.passage_span.of(passage) == p.passage_value
            and p.rewritten != claim
            for p in result.proposals
        )
        and all(inside(s.start, s.end, claim) for s in result.missing)
    )


_WORDS = st.lists(
    st.sampled_from(
        "All none of the boats in Lindhaven fell rose not by 4 per cent 12 km £5 million a year on "
        "3 May 2021 Ida Roe , deputy mayor said was “ ” . No without since March last".split()
    ),
    max_size=30,
).map(" ".join)


@given(_WORDS, _WORDS)
@settings(max_examples=150, deadline=None)
def test_every_span_lies_inside_its_text(claim: str, passage: str) -> None:
    empty = Parse((), (), ())
    result = compare(Text(claim, empty), Text(passage, empty, dt.date(2024, 7, 19)))
    assert _shape(result, claim, passage)


@given(_WORDS)
@settings(max_examples=15, deadline=None)
def test_every_span_lies_inside_its_text_when_parsed(claim: str) -> None:
    passage = "No boats fell without Ida Roe, deputy mayor. Most of them rose by 5 per cent."
    assert _shape(compared(claim, passage), claim, passage)


def test_a_text_against_itself_has_nothing_to_propose_about_its_values() -> None:
    text = "In March 2021 Ida Roe counted 212 boats and 4.1 metres of rain in Lindhaven."
    result = compared(text, text)
    assert not [p for p in result.proposals if p.kind in {"number", "date", "unit"}]
    assert not result.missing


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Owners pay €12 a year.", "The rate is €12 annually."),  # one unit, written twice
        ("Farmers get 40 cents per kilo.", "It is 40 cents a kilogram."),
        ("Owners pay €12 a month.", "The rate is €144 a year."),  # the amounts differ as they must
        ("It rains 12 days a month.", "There were 12 ships. A month later came more."),
        ("Owners pay €12 a year.", "They paid €12 a month ago."),
        ("It buys 12 boats a year.", "It sold 12 boats or a quarter of the fleet."),
        ("Rooms cost £5 per person per night.", "Rooms cost £5 per person per night."),
        ("Cars pay £5 a day.", "Cars pay £5 a day; lorries pay £5 an hour."),
        ("The toll is £5 a day.", "The toll is £5 per \u017fhare."),  # a long s is no s
        ("THE TOLL IS £5 A DAY.", "THE TOLL IS £5 PER L\u0130TRE."),
        ("It fell by 8 per cent.", "It took eight days."),  # no unit of the same kind
        ("He walked for 12 days.", "The path is 12 km long."),
    ],
)
def test_a_rate_differs_only_with_the_same_amount_by_another_unit(claim: str, passage: str) -> None:
    found = compared(claim, passage)
    assert [each for each in found.proposals if each.kind == "unit"] == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The pump costs £40.", "The pump costs £40 and moves 40 litres a minute."),
        ("The ticket costs £12.", "The ride of 12 miles is cheap."),
        ("The sack costs £25.", "The sack holds 25 kilograms."),
        ("The sack costs 25 pounds sterling.", "The sack holds 25 kilograms."),
        ("The sack costs GBP 25.", "The sack holds 25 kilograms."),
    ],
)
def test_money_is_no_weight(claim: str, passage: str) -> None:
    assert compared(claim, passage).proposals == ()


def test_what_agrees_elsewhere_may_differ_in_its_unit_here() -> None:
    found = compared("The road is 12 km long.", "The road is 12 miles long, the river 12 km.")
    assert [each.passage_value for each in found.proposals if each.kind == "unit"] == ["12 miles"]


@pytest.mark.parametrize(
    ("claim", "passage", "kinds"),
    [
        ("Ida Roe is a councillor.", "Councillor Tom Beck voted against.", []),
        ("Ida Roe is an engineer.", "The engineer, Tom Beck, was asked.", []),
        ("Ida Roe is mayor of Velm.", "Tom Beck, the mayor of Velm, was asked.", ["name"]),
        ("Ida Roe is a mayor.", "Tom Beck, the mayor, was asked.", ["name"]),
        # of what else is said of her another person is no matter of indifference
        ("Ida Roe, a councillor, resigned.", "Councillor Tom Beck resigned.", ["name"]),
    ],
)
def test_another_person_may_hold_an_office_that_many_hold(
    claim: str, passage: str, kinds: list[str]
) -> None:
    assert [each.kind for each in compared(claim, passage).proposals] == kinds
