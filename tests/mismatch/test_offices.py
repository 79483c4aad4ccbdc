"""Who holds which office, in a claim and in a passage."""

from __future__ import annotations

import pytest

from tests.mismatch.comparing import compared

pytestmark = pytest.mark.models


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
    found = compared(claim, passage)
    assert (mine, theirs) in [
        (each.claim_span.of(claim), each.passage_span.of(passage)) for each in found.agreements
    ]
    assert [each for each in found.proposals if each.kind == "role"] == []


@pytest.mark.parametrize(
    ("claim", "passage", "offices"),
    [
        ("Ida Roe is a superintendent.", "Bo Holm led it, with Ida Roe as his deputy.", []),
        ("Councillor Ida Roe spoke.", "Ida Roe, the mayor, spoke.", []),
        ("Ida Roe is a superintendent.", "Ida Roe is an inspector.", ["inspector"]),
        (
            "Ida Roe is a superintendent.",
            "Ida Roe, a deputy superintendent, spoke.",
            ["deputy superintendent"],
        ),
        ("Ida Roe leads the union.", "Roe read the auditor's paper.", []),
        (
            "The line's chief executive is Ida Roe.",
            "Ida Roe, chair of the board, spoke.",
            ["chair of the board"],
        ),
        ("The line's chief executive is Ida Roe.", "Ida Roe, the chief executive, spoke.", []),
        ("Ida Roe is the mayor of Veld.", "The man who shot the mayor of Veld was Ida Roe.", []),
        ("Ida Roe leads the union.", "Ida Roe, the union's auditor, spoke.", ["auditor"]),
    ],
)
def test_what_one_person_may_well_be_at_once_does_not_differ(
    claim: str, passage: str, offices: list[str]
) -> None:
    found = compared(claim, passage)
    assert [each.passage_value for each in found.proposals if each.kind == "role"] == offices


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
    offices = [each for each in compared(claim, passage).agreements if each.claim_span.start > 0]
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
    assert compared(claim, passage).office is same


def test_another_body_is_put_in_whole() -> None:
    found = compared("Ida Roe chairs the finance committee.", "Ida Roe, chair of the leisure club")
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
    assert compared(claim, "Ida Roe, chair of the board, spoke.").office is alone


def test_one_office_agrees_once() -> None:
    found = compared("Ida Roe, the chair, chairs the board.", "Ida Roe is chair of the board.")
    spans = [each.passage_span for each in found.agreements]
    assert len(spans) == len(set(spans))


def test_who_holds_the_office_may_hold_another_too() -> None:
    passage = "Jonah Ferreby, the captain, met the press. Jonah Ferreby is coach."
    found = compared("Jonah Ferreby is captain.", passage)
    assert [each for each in found.proposals if each.kind == "role"] == []
    other = compared("Jonah Ferreby is captain.", "Pavel Renn is captain. Jonah Ferreby is coach.")
    assert {("name", "Pavel Renn"), ("role", "coach")} <= {
        (each.kind, each.passage_value) for each in other.proposals
    }
