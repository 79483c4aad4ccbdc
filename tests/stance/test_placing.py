from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.stance.placing import around, covered, find_place, headed
from index import Span

FIRST, SECOND, THIRD, FOURTH = (
    "The port lies on the coast.",
    "It handled 2,500 tonnes of cod.",
    "Ida Roe runs it.",
    "Boats are painted red.",
)
TEXT = f"{FIRST} {SECOND} {THIRD} {FOURTH}"


@pytest.mark.parametrize(
    ("claim", "sentence", "window"),
    [
        ("Tonnes of cod were handled.", SECOND, f"{FIRST} {SECOND} {THIRD}"),
        ("The coast has a port.", FIRST, f"{FIRST} {SECOND}"),
        ("A red boat was painted.", FOURTH, f"{THIRD} {FOURTH}"),
    ],
)
def test_a_claim_is_read_where_its_words_are(claim: str, sentence: str, window: str) -> None:
    place = find_place(claim, TEXT)
    assert place.sentence.of(TEXT) == sentence
    assert place.window.of(TEXT) == window


def test_of_sentences_with_as_many_words_the_nearer_in_meaning_is_the_place() -> None:
    claim = "Salaries went up."
    assert find_place(claim, TEXT, [0.1, 0.2, 0.6, 0.3]).sentence.of(TEXT) == THIRD
    assert find_place(claim, TEXT, [0.1, 0.2, 0.3, 0.6]).sentence.of(TEXT) == FOURTH


def test_words_outweigh_a_little_more_nearness() -> None:
    nearness = [0.5, 0.3, 0.3, 0.3]
    assert find_place("Tonnes of cod were handled.", TEXT, nearness).sentence.of(TEXT) == SECOND


def test_a_sentence_counts_with_what_the_next_one_adds() -> None:
    text = "The port is large. The ships there carry cod. Nobody knows the captain of the ships."
    # each of the last two has one of the words; the second has both with the one behind it
    assert find_place("The captain likes cod.", text).sentence.of(text) == (
        "The ships there carry cod."
    )


@given(st.text(), st.text())
def test_every_text_has_a_place_inside_it(claim: str, text: str) -> None:
    sentence, window = find_place(claim, text)
    assert 0 <= window.start <= sentence.start <= sentence.end <= window.end <= len(text)


def test_neighbours_end_with_the_text() -> None:
    spans = [Span(0, 3), Span(4, 7), Span(8, 12)]
    assert [around(spans, number) for number in range(3)] == [Span(0, 7), Span(0, 12), Span(4, 12)]


@pytest.mark.parametrize(
    ("title", "published", "expected"),
    [
        ("Harvest bulletin", "2022-03-03", "Harvest bulletin (3 March 2022): It rose."),
        ("Harvest bulletin", "2022", "Harvest bulletin (2022): It rose."),
        ("Harvest bulletin", None, "Harvest bulletin: It rose."),
        ("", "2022-03-03", "It rose."),
    ],
)
def test_a_source_is_put_in_front(title: str, published: str | None, expected: str) -> None:
    assert headed("It rose.", title, published) == expected


def test_words_are_shared_whatever_their_endings() -> None:
    assert covered("The ferries landed at noon", "A ferry landing, noon") == pytest.approx(2 / 3)
    assert covered("the of and", "cod") == 0.0
