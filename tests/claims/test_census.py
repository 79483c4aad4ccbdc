from __future__ import annotations

import pytest

from factcheck.claims.census import Census, NameKind
from factcheck.claims.naming import bare
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


def test_the_article_of_a_body_is_not_its_place_s() -> None:
    found = census("", "The Ostrand council met.", "The Keldra Islands council met in Ostrand.")
    assert not found.takes_the("Ostrand")
    assert not found.takes_the("Keldra Islands")  # unless it stands without the body
    found = census("", "The Keldra Islands council met.", "So the Keldra Islands now shine.")
    assert found.takes_the("Keldra Islands")


def test_an_institute_of_something_is_an_organisation() -> None:
    found = census("", "They asked the Brannoch Institute of Ocean Science.")
    (name,) = found.names_in("So the Brannoch Institute of Ocean Science said.")
    assert name.kind is NameKind.ORGANISATION
    assert found.named("institute") == name.text


def test_days_journals_and_shouting_are_no_topics() -> None:
    texts = ["In May the Arn Journal of Physics told of Veld.", "So Veld won on Saturdays."]
    found = census(
        "They took our Saturdays", *texts, "Arn Journal of Physics.", "OUR WEEK, in brief."
    )
    assert found.topic == "Veld"
    assert not {"Saturdays", "OUR WEEK"} & set(found.names)


def test_a_name_is_one_without_the_word_that_begins_the_sentence() -> None:
    found = census("", "Then Rafi Osk came.", "No Veld player saw Veld.")
    assert set(found.names) == {"Rafi Osk", "Veld"}


def test_a_short_name_stands_for_the_long_one_with_its_last_word() -> None:
    texts = ["So parking on the Hill costs more.", "All on the Hill agree."]
    found = Census("", [(text, NOTHING) for text in texts], People([]), None, ["On Market Hill"])
    assert found.whole("Hill") == "Market Hill"
    assert found.names["Market Hill"].weight > 2
    assert "Hill" not in found.names


@pytest.mark.parametrize(
    ("name", "expected"), [("the Corn Bridge's", "Corn Bridge"), ("Veld", "Veld"), ("", "")]
)
def test_bare(name: str, expected: str) -> None:
    assert bare(name) == expected


def test_an_adjective_that_begins_a_title_is_no_name() -> None:
    found = census("Nine-man Tarsk hang on", "On Monday Tarsk won.", "So did Tarsk.")
    assert found.topic == "Tarsk"


def test_who_is_named_most_is_the_protagonist() -> None:
    texts = ["Then Ida Roe stole.", "Later Roe fled Veld.", "So Roe was caught.", "They met Roe."]
    assert census("", *texts, people=("Ida Roe",)).protagonist == "Ida Roe"
    assert census("", texts[0], people=("Ida Roe",)).protagonist is None
    assert census("Veld, Veld, Veld", *["In Veld it rained."] * 9, *texts).protagonist is None
