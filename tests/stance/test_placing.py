from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.stance.placing import Asked, around, headed, likeness, nearness, places_in
from factcheck.stance.selection import SELECTION
from index import Span
from tests.fakes import WordEncoder

FIRST, SECOND, THIRD, FOURTH = (
    "The port lies on the coast.",
    "It handled 2,500 tonnes of cod.",
    "Ida Roe runs it.",
    "Boats are painted red.",
)
TEXT = f"{FIRST} {SECOND} {THIRD} {FOURTH}"


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Tonnes of cod were handled.", SECOND),
        ("The coast has a port.", FIRST),
        ("A red boat was painted.", FOURTH),
    ],
)
def test_a_claim_is_read_where_its_words_are(claim: str, sentence: str) -> None:
    assert places_in(Asked(claim, TEXT))[0].sentence.of(TEXT) == sentence


def test_of_sentences_with_as_many_words_the_nearer_in_meaning_is_the_place() -> None:
    asked = Asked("Salaries went up.", TEXT)
    assert places_in(asked, [0.1, 0.2, 0.8, 0.3])[0].sentence.of(TEXT) == THIRD
    assert places_in(asked, [0.1, 0.2, 0.3, 0.8])[0].sentence.of(TEXT) == FOURTH


def test_words_outweigh_a_little_more_nearness() -> None:
    asked = Asked("Tonnes of cod were handled.", TEXT)
    assert places_in(asked, [0.5, 0.3, 0.3, 0.3])[0].sentence.of(TEXT) == SECOND


def test_likeness_counts_words_numbers_and_names() -> None:
    text = "Cod is landed. In 2021 Ida Roe bought 12 boats."
    first, second = likeness(
        Asked("Ida Roe of Ostrel bought 12 boats in 2021.", text, "Boats of Ostrel"), [0.2, 0.4]
    )
    assert first == {
        "near": 0.2,
        "near before": pytest.approx(0.3),  # the mean, where there is none before
        "words with the one before": 0.0,
        "own words": 0.0,
        "numbers": 0.0,
        "names": 0.0,
        "of it": 0.0,
        "marked": 0.0,
        "first": 1.0,
    }
    assert second == {
        "near": 0.4,
        "near before": 0.2,
        "words with the one before": pytest.approx(6 / 7),  # all but Ostrel
        "own words": 1.0,  # without boats and Ostrel, which stand above
        "numbers": 1.0,
        "names": pytest.approx(1 / 2),  # Roe, for what opens a claim is no sign of a name
        "of it": 1.0,
        "marked": 0.0,
        "first": 0.0,
    }


def test_the_next_place_is_outside_the_first() -> None:
    long = (
        "so it was told to all who came in the years of the war and to most who came after it too."
    )
    text = f"Cod is landed, {long} Eel is not, {long} Hake is sold, {long} Ling is cured, {long}"
    first, other = places_in(Asked("Cod is landed. Ling is cured.", text), [0.9, 0.1, 0.1, 0.8])
    assert first.sentence.of(text).startswith("Cod")
    assert other.sentence.of(text).startswith("Ling")
    assert other.window.of(text).startswith("Hake")
    assert other.window.end == len(text)
    assert first.score > other.score
    assert len(places_in(Asked("Cod", "Cod is landed. Eel is not."))) == 1


def test_where_the_title_says_the_claim_its_words_count_all_the_same() -> None:
    (alone,) = likeness(Asked("Cod is sold.", "Cod is sold.", "Cod sold"), [0.5])
    assert (alone["own words"], alone["first"]) == (1.0, 0.0)


def test_every_sign_has_a_weight() -> None:
    assert likeness(Asked("Cod", TEXT), [0.0] * 4)[0].keys() == SELECTION.keys()


@given(st.text(), st.text(), st.text())
def test_every_text_has_a_place_inside_it(claim: str, text: str, context: str) -> None:
    places = places_in(Asked(claim, text, context))
    assert len({window for _, window, _ in places}) == len(places) <= 2
    for sentence, window, _ in places:
        assert 0 <= window.start <= sentence.start <= sentence.end <= window.end <= len(text)


def test_no_sentence_is_encoded_twice() -> None:
    encoder = WordEncoder()
    near = nearness(encoder, [Asked(claim, TEXT) for claim in ("Cod is landed.", FIRST, FIRST)])
    assert [len(each) for each in near] == [4, 4, 4]
    assert near[1] == near[2]
    assert near[2][0] == pytest.approx(1.0, abs=1e-5)
    assert encoder.encoded == 5  # four sentences, of which the second claim is one, and the first


def test_long_sentences_are_read_with_one_neighbour_on_each_side() -> None:
    text, spans = sentences([20, 21, 22, 23, 24])
    assert around(text, spans, 2) == Span(spans[1].start, spans[3].end)
    assert around(text, spans, 0) == Span(spans[0].start, spans[1].end)
    assert around(text, spans, 4) == Span(spans[3].start, spans[4].end)


def test_short_sentences_are_read_with_more_on_the_side_that_has_fewer_words() -> None:
    text, spans = sentences([9, 9, 9, 2, 9, 4, 9, 9])
    # 2 between 9 and 9 makes 20; 9 more before make 29, 4 behind 33, 9 behind 42
    assert around(text, spans, 3) == Span(spans[1].start, spans[6].end)


def test_a_short_text_is_read_whole() -> None:
    text, spans = sentences([3, 3, 3, 3])
    assert [around(text, spans, number) for number in range(4)] == [Span(0, len(text))] * 4


def sentences(words: list[int]) -> tuple[str, list[Span]]:
    """A text of sentences with so many words, and where they stand."""
    text, spans = "", []
    for count in words:
        spans.append(Span(len(text), len(text) + 2 * count - 1))
        text += " ".join(["x"] * count) + " "
    return text[:-1], spans


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
