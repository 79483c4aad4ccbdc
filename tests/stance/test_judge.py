from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from factcheck.records import Stance
from factcheck.stance import judge
from tests.builders import a_hit


class ScriptedVerifier:
    """Looks its probabilities up by evidence text: no evidence without a line in the script."""

    name = "scripted"
    weights_hash = "0" * 64
    precision = "exact"
    threshold = 0.6

    def __init__(self, script: dict[str, tuple[float, float, float]]) -> None:
        self.script = script

    def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        return np.array([self.script[evidence] for _, evidence in pairs], dtype=np.float32)


def test_the_reading_that_decides_most_speaks_and_the_deciding_sentence_is_named() -> None:
    first, second = "Ostrel lies on the coast.", "Its port handled 2,500 tonnes."
    passage = f"{first} {second}"
    verifier = ScriptedVerifier(
        {passage: (0.1, 0.6, 0.3), first: (0.1, 0.1, 0.8), second: (0.0, 0.9, 0.1)}
    )
    (evidence,) = judge(verifier, [("Ostrel handled 5,200 tonnes.", a_hit(passage))])
    assert evidence.sentence_text == second
    assert evidence.stance is Stance.REFUTES
    assert evidence.probabilities.refutes == pytest.approx(0.9)
    verifier.script[passage] = (0.97, 0.0, 0.03)
    (whole,) = judge(verifier, [("Ostrel handled 5,200 tonnes.", a_hit(passage))])
    assert whole.probabilities.supports == pytest.approx(0.97)
    assert whole.sentence_text == second


def test_a_stance_below_the_threshold_counts_as_nei() -> None:
    text = "One sentence."
    verifier = ScriptedVerifier({text: (0.59, 0.01, 0.4)})
    (evidence,) = judge(verifier, [("Claim.", a_hit(text))])
    assert evidence.stance is Stance.NEI
    assert evidence.probabilities.best is Stance.SUPPORTS
    (believed,) = judge(verifier, [("Claim.", a_hit(text))], threshold=0.5)
    assert believed.stance is Stance.SUPPORTS


def test_sentence_offsets_are_the_documents() -> None:
    text = "Ümlaut — first. “Second one.”"
    verifier = ScriptedVerifier(
        {text: (0, 0, 1), "Ümlaut — first.": (0, 0, 1), "“Second one.”": (1, 0, 0)}
    )
    hit = a_hit(text)
    shifted = type(hit)(
        type(hit.passage)(hit.passage.document_id, 100, 100 + len(text), text, ""),
        *[getattr(hit, n) for n in ("score", "found_by", "title", "source", "published", "page")],
    )
    (evidence,) = judge(verifier, [("Claim.", shifted)])
    assert (evidence.sentence.start, evidence.sentence.end) == (116, 129)
    assert evidence.sentence_text == "“Second one.”"


def test_the_same_reading_is_made_once_and_used_twice() -> None:
    class Counting(ScriptedVerifier):
        asked = 0

        def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
            self.asked += len(pairs)
            return super().predict(pairs)

    verifier = Counting({"Only one.": (0.9, 0.0, 0.1)})
    first, second = judge(verifier, [("Claim.", a_hit("Only one."))] * 2)
    assert first == second
    assert first.stance is Stance.SUPPORTS
    assert verifier.asked == 1


def test_nothing_to_judge() -> None:
    assert judge(ScriptedVerifier({}), []) == []
