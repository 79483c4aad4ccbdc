from __future__ import annotations

import pytest

from factcheck.claims.census import Census, NameKind, bare
from factcheck.claims.people import People
from factcheck.claims.syntax import Parse

NOTHING = Parse((), (), ())


def census(
    title: str, *sentences: str, people: tuple[str, ...] = (), place: str | None = None
) -> Census:
    return Census(title, [(text, NOTHING) for text in sentences], People(people), place)


def test_the_topic_is_what_title_and_lead_name_most() -> None:
    found = census("Storm in Veld", "On Monday the storm reached Veld.", "They fled to Tarsk.")
    assert found.topic == "Veld"
    assert census("", "A storm came.").topic is None
    assert census("").topic is None


def test_a_dateline_counts_and_a_street_is_no_topic() -> None:
    texts = [
        "The river broke into Quay Street.",
        "They swept Quay Street.",
        "They left Quay Street.",
    ]
    assert census("Orrenmouth sweeps up", *texts, place="ORRENMOUTH").topic == "Orrenmouth"


def test_capitals_in_a_title_are_no_names() -> None:
    found = census(
        "Tarsk Mining Opens Second Shaft", "In May Tarsk Mining dug.", "So did Tarsk Mining."
    )
    assert found.topic == "Tarsk Mining"
    assert "Opens Second Shaft" not in found.names


def test_a_person_is_the_topic_of_an_obituary_only() -> None:
    texts = ["We mourn Ida Roe.", "They knew Ida Roe.", "In Veld they liked Ida Roe."]
    assert census("Ida Roe dies at 91", *texts, people=("Ida Roe",)).hero == "Ida Roe"
    other = ["They met in Veld.", "In Veld it rained.", "To Veld came Ida Roe."]
    assert census("Rain in Veld", *other, people=("Ida Roe",)).hero is None


def test_what_a_noun_means() -> None:
    found = census(
        "", "They climbed Mount Hesper.", "So the Keldra Islands now shine.", "At Corn Bridge."
    )
    assert found.named("mountain") == "Mount Hesper"
    assert found.named("islands") == "Keldra Islands"
    assert found.named("bridge") == "Corn Bridge"
    assert found.named("river") is None
    assert found.takes_the("Keldra Islands")
    assert not found.takes_the("Corn Bridge")


def test_an_institute_of_something_is_an_organisation() -> None:
    found = census("", "They asked the Brannoch Institute of Ocean Science.")
    (name,) = found.names_in("So the Brannoch Institute of Ocean Science said.")
    assert name.kind is NameKind.ORGANISATION
    assert found.named("institute") == name.text


@pytest.mark.parametrize(
    ("name", "expected"), [("the Corn Bridge's", "Corn Bridge"), ("Veld", "Veld"), ("", "")]
)
def test_bare(name: str, expected: str) -> None:
    assert bare(name) == expected
