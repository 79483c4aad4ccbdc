"""Claims with another of the passage's values, learnt from with the other label."""

from __future__ import annotations

from random import Random

import pytest

from tests.fakes import WordVerifier
from training.data import Pair
from training.rewritten import turned

PASSAGE = "in 2021 the port handled 2,500 tonnes of cod and 90 tonnes of herring"


def pair(claim: str, label: str) -> Pair:
    return Pair(claim, PASSAGE, label, "article")


def test_what_a_passage_supports_it_refutes_rewritten() -> None:
    known = pair("the port handled 2,500 tonnes of cod", "SUPPORTS")
    made = ("the port handled 90 tonnes of cod", "the port handled 2,021 tonnes of cod")
    assert list(turned([(known, made)], WordVerifier(), Random(1), share=1.0)) == [
        Pair(made[0], PASSAGE, "REFUTES", "rewritten")
    ]


def test_what_a_passage_refutes_it_supports_rewritten_where_that_is_believed() -> None:
    known = pair("the port handled 5,200 tonnes of cod", "REFUTES")
    wrong, right = "the port handled no cod", "the port handled 2,500 tonnes of cod"
    verifier = WordVerifier()
    assert list(turned([(known, (wrong, right))], verifier, Random(1), share=0.0)) == [
        Pair(right, PASSAGE, "SUPPORTS", "rewritten")
    ]
    assert list(turned([(known, (wrong,)), (known, ())], verifier, Random(1), share=0.0)) == []


def test_a_share_of_what_supports_is_turned() -> None:
    known = (pair("the port handled cod", "SUPPORTS"), ("the port handled herring",))
    made = list(turned([known] * 1000, WordVerifier(), Random(1), share=0.3))
    assert len(made) == pytest.approx(300, abs=45)
