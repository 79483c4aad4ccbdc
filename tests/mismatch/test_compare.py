from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.claims import split_article
from factcheck.claims.syntax import Parse, parse
from factcheck.mismatch import Comparison, Text, compare
from factcheck.mismatch.compare import MOST
from factcheck.mismatch.text import as_printed
from factcheck.records import Article, ClaimKind
from index import Span
from tests.builders import a_claim

pytestmark = pytest.mark.models


def _compare(claim: str, passage: str, context: str = "") -> Comparison:
    mine, theirs = parse([claim, passage])
    day = dt.date(2024, 7, 19)
    return compare(Text(claim, mine), Text(passage, theirs, day), context)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The factory went up in flames in 2019.", "Output of the factory fell in 2019."),
        ("She went down to the harbour.", "Catches at the harbour rose."),
        ("She has gone up to Veld.", "Visitors to Veld fell."),
    ],
)
def test_who_goes_up_somewhere_does_not_rise(claim: str, passage: str) -> None:
    assert [each for each in _compare(claim, passage).proposals if each.kind == "direction"] == []


@pytest.mark.parametrize(
    ("text", "statement", "printed"),
    [
        (
            "which had sunk **twice**\n  in [March](https://a.example/long)",
            "",
            "which had sunk twice in March",
        ),
        ("It had  sunk\ntwice;", "It had sunk twice.", ""),
        ("“It sank \ud800 twice,”", "It sank \ufffd twice.", ""),
        ("It sank \ud800 twice.", "", "It sank \ufffd twice."),
    ],
)
def test_how_a_claim_is_printed_counts_where_its_statement_has_other_words(
    text: str, statement: str, printed: str
) -> None:
    claim = replace(
        a_claim(text), standalone=statement or "The ferry had sunk twice in March 2024."
    )
    (grammar,) = parse([claim.statement])
    made = Text.of_claim(claim, grammar)
    assert made.printed == printed
    assert not as_printed(replace(claim, speaker="Ida Roe"))  # who says that it was so
    assert not as_printed(replace(claim, kind=ClaimKind.ROLE))


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
    found = [(p.kind, p.claim_value, p.passage_value) for p in _compare(claim, passage).proposals]
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
    result = _compare(claim, passage)
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
    assert "negation" not in {each.kind for each in _compare(claim, passage).proposals}


def test_rewritten_claims_read_well() -> None:
    result = _compare("The wall was finished in March 1958.", "It was finished on 4 May 1961.")
    assert result.proposals[0].rewritten == "The wall was finished on 4 May 1961."


def test_names_in_the_title_are_not_missing() -> None:
    claim = "Lindhaven has 300 boats."
    missing = _compare(claim, "There are 300 boats.", "Lindhaven in figures").missing
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
    assert _shape(_compare(claim, passage), claim, passage)


def test_a_text_against_itself_has_nothing_to_propose_about_its_values() -> None:
    text = "In March 2021 Ida Roe counted 212 boats and 4.1 metres of rain in Lindhaven."
    result = _compare(text, text)
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
    found = _compare(claim, passage)
    assert [each for each in found.proposals if each.kind == "unit"] == []


@pytest.mark.parametrize(
    ("claim", "passage", "mine", "theirs"),
    [
        (
            "Rolf Adenbeck is finance chief of Lissmark.",
            "On 18 March Rolf Adenbeck, finance director of the Lissmark cooperative, will speak.",
            "finance chief of Lissmark",
            "finance director of the Lissmark cooperative",
        ),
        ("Ida Roe chairs the board.", "Ms Roe, the chair, agreed.", "chairs", "chair"),
        (
            "Ida Roe is regional minister for transport.",
            "The ribbon was cut by Ida Roe, the transport minister.",
            "regional minister for transport",
            "transport minister",
        ),
        (
            "Ida Roe is secretary of state for health.",
            "Health secretary Ida Roe spoke.",
            "secretary of state for health",
            "Health secretary",
        ),
        (
            "Ida Roe was minister for three years.",
            "Ida Roe, minister for the past three years, spoke.",
            "minister",
            "minister",
        ),
        ("Ida Roe is mayor.", "Ida Roe, the mayor for half a century, spoke.", "mayor", "mayor"),
        ("Ida Roe is mayor.", "Ida Roe, the mayor, for example, spoke.", "mayor", "mayor"),
        (
            "Ida Roe is health minister.",
            "Ida Roe was minister for health last year.",
            "health minister",
            "minister for health",
        ),
    ],
)
def test_one_office_of_one_person_agrees(claim: str, passage: str, mine: str, theirs: str) -> None:
    found = _compare(claim, passage)
    assert (mine, theirs) in [
        (each.claim_span.of(claim), each.passage_span.of(passage)) for each in found.agreements
    ]
    assert [each for each in found.proposals if each.kind == "role"] == []


@pytest.mark.parametrize(
    "passage",
    [
        "Ida Roe no longer chairs the board.",
        "Ida Roe was chair of the board until 2019.",
        "Ida Roe is not chair of the board.",
        "Ida Roe is the former chair of the board.",
        "Ida Roe is deputy chair of the board.",
        "Ana Roe is chair of the board.",
    ],
)
def test_an_office_that_is_not_held_does_not_agree(passage: str) -> None:
    claim = "Ida Roe is chair of the board."
    offices = [each for each in _compare(claim, passage).agreements if each.claim_span.start > 0]
    assert offices == []


@pytest.mark.parametrize(
    ("claim", "passage", "same"),
    [
        ("Ida Roe chairs the finance committee.", "Ida Roe, chair of the finance committee", True),
        ("Ida Roe chairs the finance committee.", "Ida Roe, chair of the leisure committee", False),
        ("Ida Roe leads the seabird group.", "Ida Roe, head of seabird research, spoke.", True),
        ("Ida Roe leads the seabird group.", "Ida Roe, head of transport, spoke.", False),
        ("Ida Roe chairs its board.", "Ida Roe, the chair, spoke.", True),
        ("Ida Roe leads the inquiry.", "Ida Roe heads the inquiry.", True),
        (
            "Ida Roe chairs the finance committee of Veld council.",
            "Ida Roe, chair of the planning committee of Veld council, spoke.",
            False,
        ),
        ("Ida Roe leads the police union.", "Ida Roe, head of the fire service, spoke.", False),
        (
            "Ida Roe chairs the planning committee.",
            "Ida Roe chairs the finance committee and Bo Holm the planning committee.",
            False,
        ),
        ("Ida Roe chairs the board and the audit panel.", "Ida Roe, chair of the board", False),
        ("Ida Roe leads the firm building 400 homes.", "Ida Roe, head of the firm", False),
        (
            "Ida Roe chairs the council's finance committee.",
            "Ida Roe, chair of the club's planning committee, spoke.",
            False,
        ),
        ("Ida Roe runs the local school.", "Ida Roe, manager of the local choir, spoke.", False),
        ("Ida Roe chairs the town council.", "Ida Roe, chair of the town football club", False),
        ("Ida Roe founded Veld Coaches.", "Ida Roe, founder of Veld Ferries, spoke.", False),
        ("Ida Roe chairs the ruling party.", "Ida Roe, chair of the rowing club, spoke.", False),
        ("Ida Roe presides over the court.", "Ida Roe, president of the club, spoke.", False),
        ("Ida Roe ran away from the fire.", "Ida Roe, manager of the choir, spoke.", False),
        ("Ida Roe is mayor of Veld.", "Ida Roe, a friend of Veld's mayor, spoke.", False),
        ("Ida Roe is mayor of Veld.", "Ida Roe, Mayor Tom Poe's deputy, spoke.", False),
        ("Ida Roe is prime minister.", "Ida Roe, Prime Minister Tom Poe's envoy, spoke.", False),
        ("Ida Roe is minister for transport.", "Ida Roe was minister for health last year.", False),
        ("Ida Roe is minister for transport.", "Ida Roe, minister for health now, spoke.", False),
        ("Ida Roe is minister for life sciences.", "Ida Roe, minister for health, spoke.", False),
        ("Ida Roe is mayor of Veld.", "Ida Roe, Veld Valley's mayor, spoke.", True),
        ("Ida Roe is minister for transport.", "Ida Roe, minister for health, spoke.", False),
        ("Ida Roe is minister for transport.", "Ida Roe, the health minister, spoke.", False),
    ],
)
def test_what_is_led_belongs_to_the_office(claim: str, passage: str, same: bool) -> None:
    assert _compare(claim, passage).office is same


def test_another_body_is_put_in_whole() -> None:
    found = _compare("Ida Roe chairs the finance committee.", "Ida Roe, chair of the leisure club")
    assert "Ida Roe is chair of the leisure club." in [each.rewritten for each in found.proposals]


@pytest.mark.parametrize(
    ("claim", "alone"),
    [
        ("Ida Roe is chair of the board.", True),
        ("Ida Roe has been chair of the board.", True),
        ("Ida Roe, chair of the board, is mayor of Veld.", False),
        ("Ida Roe, chair of the board, is dead.", False),
        ("Ida Roe, chair of the board since May, is from Veld.", False),
        ("Ida Roe, the chair of the board, resigned.", False),
        ("Ida Roe has been chair of the board for two years.", False),
    ],
)
def test_a_claim_of_an_office_alone_is_known(claim: str, alone: bool) -> None:
    assert _compare(claim, "Ida Roe, chair of the board, spoke.").office is alone


def test_a_figure_that_a_claim_borrows_is_not_its_own() -> None:
    text = "Lissmark pays 47.5 cents per litre, two cents more than a year ago."
    own = Span(text.index("two"), text.index("."))
    words, passage = text, "It pays 47.5 cents per kilogram, two cents more than a year ago."
    mine, theirs = parse([words, passage])
    claim = Text(words, mine, borrowed=(Span(0, own.start - 2),))
    found = compare(claim, Text(passage, theirs))
    assert [each.claim_span.of(words) for each in found.agreements] == ["two cents"]
    assert {each.claim_value for each in found.proposals} == {"two cents"}
    borrowed = found.borrowed[0]
    assert (borrowed.claim_value, borrowed.passage_value) == ("per litre", "per kilogram")
    whole = compare(Text(words, mine), Text(passage, theirs))
    assert "unit" in {each.kind for each in whole.proposals}
    assert whole.borrowed == ()


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
    assert _compare(claim, passage).proposals == ()


def test_what_agrees_elsewhere_may_differ_in_its_unit_here() -> None:
    found = _compare("The road is 12 km long.", "The road is 12 miles long, the river 12 km.")
    assert [each.passage_value for each in found.proposals if each.kind == "unit"] == ["12 miles"]


def test_what_no_claim_owns_is_not_borrowed() -> None:
    text = "Roughly 4,000 homes, which were built in 1970, lost power, and 300 are still dark."
    claims = split_article(Article.from_text(text)).claims
    assert len(claims) > 1
    assert not any(span.of(each.statement) for each in claims for span in each.borrowed)


def test_a_figure_is_borrowed_from_a_claim_that_was_merged_into_an_earlier_one() -> None:
    fact = "Lissmark pays its farmers 47.5 cents per litre"
    text = f"{fact}.\n\nThere is more.\n\n{fact}, two cents more than a year ago."
    claims = split_article(Article.from_text(text)).claims
    (tail,) = [each for each in claims if each.text.startswith("two cents")]
    assert any("47.5 cents" in span.of(tail.statement) for span in tail.borrowed)


def test_an_extracted_claim_knows_what_it_borrows() -> None:
    text = "Lissmark pays its farmers 47.5 cents per litre, two cents more than a year ago."
    claims = split_article(Article.from_text(text)).claims
    (claim,) = [each for each in claims if each.text.startswith("two cents")]
    assert any("47.5 cents" in span.of(claim.statement) for span in claim.borrowed)
    assert not any("two cents" in span.of(claim.statement) for span in claim.borrowed)


def test_one_office_agrees_once() -> None:
    found = _compare("Ida Roe, the chair, chairs the board.", "Ida Roe is chair of the board.")
    spans = [each.passage_span for each in found.agreements]
    assert len(spans) == len(set(spans))


def test_who_holds_the_office_may_hold_another_too() -> None:
    passage = "Jonah Ferreby, the captain, met the press. Jonah Ferreby is coach."
    found = _compare("Jonah Ferreby is captain.", passage)
    assert [each for each in found.proposals if each.kind == "role"] == []
    other = _compare("Jonah Ferreby is captain.", "Pavel Renn is captain. Jonah Ferreby is coach.")
    assert {("name", "Pavel Renn"), ("role", "coach")} <= {
        (each.kind, each.passage_value) for each in other.proposals
    }
