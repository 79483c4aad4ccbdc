"""Where the parts of an article begin, and what each of them is about."""

from __future__ import annotations

from factcheck.claims.census import Census
from factcheck.claims.items import find_items
from factcheck.claims.people import People
from factcheck.claims.sections import Sections
from factcheck.claims.syntax import Parse

NOTHING = Parse((), (), ())


def sections(title: str, *parts: tuple[str | None, list[str]]) -> Sections:
    texts = [text for _, inside in parts for text in inside]
    places = [(n, heading) for n, (heading, inside) in enumerate(parts) for _ in inside]
    headings = [heading for heading, _ in parts if heading]
    census = Census(title, [(text, NOTHING) for text in texts], People([]), None, headings)
    return Sections(census, texts, places)


def test_items_are_of_one_form() -> None:
    none = [None] * 3
    assert find_items(["**Veld** – It rained.", "**Tarsk:** It snowed.", "So it was."], none) == [
        "Veld", "Tarsk", None,
    ]  # fmt: skip
    numbered = ["**1. Yes to Veld, by 15 to 14.** It rained.", "**2. No to Tarsk.** It snowed."]
    assert find_items(numbered, none[:2]) == ["Yes to Veld, by 15 to 14", "No to Tarsk"]
    assert find_items(["It rained.", "It snowed."], ["VELD", "TARSK"]) == ["VELD", "TARSK"]
    assert find_items(["- It rained.", "* It snowed.", "• It froze."], none) == ["", "", ""]


def test_one_dateline_a_time_and_a_short_list_are_no_items() -> None:
    assert find_items(["It rained.", "It snowed."], ["VELD", None]) == [None, None]
    assert find_items(["**14:05** Rain.", "**14:10** Snow."], [None] * 2) == [None, None]
    assert find_items(["- Rain.", "- Snow.", "One.", "Two."], [None] * 4) == [None] * 4


def test_an_item_has_a_topic_of_its_own() -> None:
    found = sections(
        "News in brief",
        ("Mill fire", ["On Monday fire reached Kelm Mill.", "In Kelm Mill nobody was hurt."]),
        ("Trams", ["In May Tarsk Lines bought 14 trams.", "They have 40 seats."]),
        ("Measles", ["There are 31 cases.", "Most are children."]),
    )
    assert [found.topic(number) for number in range(6)] == [
        "Kelm Mill", "Kelm Mill", "Tarsk Lines", "Tarsk Lines", "Measles", "Measles",
    ]  # fmt: skip


def test_an_article_named_for_its_topic_is_about_it_everywhere() -> None:
    found = sections(
        "Storm in Veld",
        (None, ["On Monday the storm reached Veld."]),
        ("Aftermath", ["At Tarsk it rained."]),
        ("Weather", ["It will snow."]),
    )
    assert [found.topic(number) for number in range(3)] == ["Veld"] * 3


def test_a_round_up_named_for_an_item_is_not() -> None:
    found = sections(
        "Storm in Veld: the week in review",
        (None, ["On Monday the storm reached Veld."]),
        ("Aftermath", ["At Tarsk it rained."]),
        ("Weather", ["It will snow."]),
    )
    assert [found.topic(number) for number in range(3)] == ["Veld", "Tarsk", "Weather"]


def test_a_heading_announces_one_thing() -> None:
    found = sections(
        "Veld council meets",
        (None, ["They met in Veld.", "So says Veld."]),
        ("Now for the pool", ["Ah, the pool.", "It is closed."]),
        ("Behind the figures", ["They added the figures."]),
        ("The price of peace", ["They paid the price."]),
    )
    assert [found.focus(number) for number in range(6)] == [
        None, None, "the pool", "the pool", None, None,
    ]  # fmt: skip


def test_a_heading_stands_for_a_part_that_names_nothing_and_has_its_last_word() -> None:
    found = sections(
        "Oral answers",
        (None, ["They spoke of Veld.", "Then Veld fell."]),
        ("Dentists", ["There are too few dentists."]),
        ("What comes next", ["A report comes next."]),
        ("Town and country", ["A quarter said no."]),
    )
    assert [found.topic(number) for number in range(5)] == [
        "Veld", "Veld", "Dentists", "Veld", "Veld",
    ]  # fmt: skip
