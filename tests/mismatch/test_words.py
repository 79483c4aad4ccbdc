from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.mismatch.polarity import affirmed, directions, negation_words, opposite_words
from factcheck.mismatch.quantifiers import find_quantifiers


@pytest.mark.parametrize(
    ("claim", "turned"),
    [
        ("Profits shrank.", "Profits grew."),
        ("Sales rose by 4 per cent.", "Sales fell by 4 per cent."),
        ("It was down from 5.", "It was up from 5."),
        ("Sales were up on last year.", "Sales were down on last year."),
        ("It came in under budget.", "It came in over budget."),
        ("Waits got shorter.", "Waits got longer."),
        ("It came short of eight.", "It came ahead of eight."),
        ("The gap narrowed.", "The gap widened."),
    ],
)
def test_direction_turned(claim: str, turned: str) -> None:
    (turn,) = directions(claim)
    assert turn.rewritten == turned


@pytest.mark.parametrize(
    "claim",
    [
        "Up to 5 people came.",
        "He ruled under the law.",
        "It ran in the fall of 2024.",
        "Nothing.",
    ],
)
def test_words_that_only_look_like_directions(claim: str) -> None:
    assert not list(directions(claim))


@pytest.mark.parametrize(
    ("word", "passage", "found"),
    [
        ("rose", "It was 4% short of the plan.", ["short"]),
        ("rose", "Profit slipped by 2 million.", ["slipped"]),
        ("fell", "It was up on the year.", ["up"]),
        ("shorter", "The line lengthened.", ["lengthened"]),
        ("earlier", "They came nine days later.", ["later"]),
        ("rose", "Profit climbed.", []),
    ],
)
def test_the_passage_may_turn_it_in_other_words(word: str, passage: str, found: list[str]) -> None:
    assert [span.of(passage) for span in opposite_words(word, passage)] == found


@pytest.mark.parametrize(
    ("claim", "turned", "word"),
    [
        ("It did not appeal.", "It did appeal.", "not"),
        ("She has never promised it.", "She has promised it.", "never"),
        ("The board will not pay.", "The board will pay.", "not"),
        ("They can't go.", "They can go.", "can't"),
        ("It isn't open.", "It is open.", "n't"),
        ("It refused to pay.", "It agreed to pay.", "refused to"),
        ("No child was hurt.", "A child was hurt.", "No"),
        ("Neither A nor B slept.", "Both A and B slept.", "Neither"),
        ("He left without money.", "He left with money.", "without"),
        ("It no longer exists.", "It still exists.", "no longer"),
        ("Not one ferry ran.", "A ferry ran.", "Not one"),
        ("Nobody came.", "Somebody came.", "Nobody"),
    ],
)
def test_denial_taken_away(claim: str, turned: str, word: str) -> None:
    turn = affirmed(claim)
    assert turn is not None
    assert (turn.rewritten, turn.span.of(claim)) == (turned, word)


def test_what_is_quoted_is_not_the_claims_own_denial() -> None:
    assert affirmed("Ida Roe said: “Nobody warned us.”") is None


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("All of the birds", ["all"]),
        ("Almost all", ["most"]),
        ("Not all of it", ["some"]),
        ("Not one of the guns", ["none"]),
        ("Roughly half took it", ["half"]),
        ("None of them", ["none"]),
        ("the highest level", ["highest"]),
        ("the second-highest level", ["second-highest"]),
        ("the biggest town", ["largest"]),
        ("the only woman", ["only"]),
        ("Most growers irrigate, most of them by hand", ["most", "most"]),
        ("the most expensive of its dams", ["most-expensive"]),
        ("Lindmoor's first defeat, their second win", ["first", "second"]),
        ("the second half of 2024", []),
        ("some NOK 310 million", []),
        ("no longer", []),
        ("at all", []),
        ("In all she made 19 albums", []),
    ],
)
def test_quantifiers(text: str, means: list[str]) -> None:
    assert [quantifier.means for quantifier in find_quantifiers(text)] == means


@given(st.text(alphabet="notvery l'aifuphdw“”\"", max_size=120))
def test_spans_lie_inside_the_text(text: str) -> None:
    spans = [turn.span for turn in directions(text)] + negation_words(text)
    spans += [quantifier.span for quantifier in find_quantifiers(text)]
    turn = affirmed(text)
    spans += [turn.span] if turn else []
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
