from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from factcheck.records import Stance
from factcheck.stance import judge
from factcheck.stance.cascade import CascadeVerifier
from factcheck.stance.verifier import Pair, Rows
from tests.builders import a_hit

SURE, DOUBTFUL = (0.01, 0.01, 0.98), (0.2, 0.2, 0.6)


class Scripted:
    """Looks rows up by evidence and keeps what it was asked."""

    name = "scripted"
    precision = "exact"

    def __init__(
        self, script: dict[str, tuple[float, float, float]], weights_hash: str, threshold: float
    ) -> None:
        self.script = script
        self.weights_hash = weights_hash
        self.threshold = threshold
        self.asked: list[str] = []

    def predict(self, pairs: Sequence[Pair]) -> Rows:
        self.asked += [evidence for _, evidence in pairs]
        rows = [self.script[evidence] for _, evidence in pairs]
        return np.array(rows, dtype=np.float32).reshape(-1, 3)


def cascade(quick: Scripted, careful: Scripted, cut: float = 0.9) -> CascadeVerifier:
    return CascadeVerifier("both", quick, careful, cut)


def test_only_what_the_quick_verifier_is_not_sure_of_is_read_again() -> None:
    quick = Scripted({"a": SURE, "b": DOUBTFUL, "c": (0.05, 0.05, 0.9)}, "q", 0.5)
    careful = Scripted({"b": (0.9, 0.05, 0.05), "c": (0.0, 0.9, 0.1)}, "c", 0.7)
    both = cascade(quick, careful)
    rows = both.predict([("claim", "a"), ("claim", "b"), ("claim", "c")])
    assert careful.asked == ["b", "c"]  # 0.9 is at the cut, and passes
    assert rows == pytest.approx(np.array([SURE, (0.9, 0.05, 0.05), (0.0, 0.9, 0.1)]))
    assert both.threshold == 0.7
    assert both.predict([]).shape == (0, 3)


def test_the_hash_covers_both_models_and_the_cut() -> None:
    one, two = Scripted({}, "1", 0.5), Scripted({}, "2", 0.5)
    hashes = {
        cascade(one, two).weights_hash,
        cascade(two, one).weights_hash,
        cascade(one, two, 0.8).weights_hash,
    }
    assert len(hashes) == 3


FIRST, SECOND = "Ostrel lies on the coast.", "Its port handled 2,500 tonnes."
WHOLE = f"{FIRST} {SECOND}"


def test_of_a_passage_the_careful_verifier_reads_the_whole_and_the_sentence_that_decides() -> None:
    quick = Scripted({WHOLE: DOUBTFUL, FIRST: SURE, SECOND: (0.3, 0.3, 0.4)}, "q", 0.5)
    careful = Scripted({WHOLE: (0.1, 0.3, 0.6), SECOND: (0.02, 0.9, 0.08)}, "c", 0.7)
    (evidence,) = judge(cascade(quick, careful), [("It handled 5,200 tonnes.", a_hit(WHOLE))])
    assert quick.asked == [WHOLE, FIRST, SECOND]
    assert careful.asked == [WHOLE, SECOND]
    assert evidence.stance is Stance.REFUTES
    assert evidence.probabilities.refutes == pytest.approx(0.9)
    assert evidence.sentence_text == SECOND


def test_a_passage_that_surely_decides_nothing_is_not_read_again() -> None:
    quick = Scripted({WHOLE: SURE, FIRST: SURE, SECOND: SURE}, "q", 0.5)
    careful = Scripted({}, "c", 0.7)
    (evidence,) = judge(cascade(quick, careful), [("It handled 5,200 tonnes.", a_hit(WHOLE))])
    assert careful.asked == []
    assert evidence.stance is Stance.NEI
    assert evidence.probabilities.nei == pytest.approx(0.98)
