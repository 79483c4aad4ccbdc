"""A claim that stands in a sentence, word for word."""

from __future__ import annotations

import pytest

from factcheck.records import Probabilities
from factcheck.stance.echo import echoes
from factcheck.verdict import ECHOED, Signs, weigh

CLAIM = "The Veld Guard had held Tarsk since 2014."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Veld Guard had held Tarsk since 2014, and nobody else.", False),  # more is said
        ("The Veld Guard had held Tarsk since 2014.", True),
        ("It was in the hands of the Veld Guard for years: it had held Tarsk since 2014.", True),
        ("The Veld Guard had held Tarsk since 2016.", False),
        ("The Veld Guard had not held Tarsk since 2014.", False),
        ("The Veld Guard hadn't held Tarsk since 2014.", False),
        ("If the Veld Guard had held Tarsk since 2014, it would own it.", False),
        ("Tarsk had held the Veld Guard since 2014.", False),
        (
            "The Veld Guard left Orm, while, as all know by now, Roe held Tarsk since 2014.",
            False,
        ),
        ("“The Veld Guard had held Tarsk since 2014,” said Ida Roe.", False),
        ("The Veld Guard had held half Tarsk since 2014.", False),
        ("", False),
    ],
)
def test_a_sentence_has_a_claim_word_for_word(sentence: str, expected: bool) -> None:
    assert echoes(CLAIM, sentence) is expected


def test_what_is_denied_in_both_is_the_same() -> None:
    assert echoes(
        "The Guard never held the town of Tarsk.", "The Guard never held the town of Tarsk."
    )


def test_two_words_are_too_few() -> None:
    assert not echoes("Tarsk fell.", "Tarsk fell.")


def test_a_verifier_does_not_overrule_what_stands_there() -> None:
    wary = Probabilities(0.1, 0.8, 0.1)
    signs = Signs(wary, (), agreed=3, missing=0, covered=1.0, relevance=1.0, echoed=True)
    assert weigh(signs) == ECHOED
    lacking = Signs(wary, (), agreed=2, missing=1, covered=1.0, relevance=1.0, echoed=True)
    assert weigh(lacking) != ECHOED
