from __future__ import annotations

import numpy as np
import pytest

from factcheck.stance import read
from factcheck.stance.cascade import CascadeVerifier
from factcheck.stance.verifier import Pair
from tests.builders import a_hit, a_text
from tests.fakes import ScriptedVerifier

SURE, DOUBTFUL = (0.01, 0.01, 0.98), (0.2, 0.2, 0.6)


def scripted(
    script: dict[str | Pair, tuple[float, float, float]], weights_hash: str, threshold: float
) -> ScriptedVerifier:
    return ScriptedVerifier(script, True, weights_hash, threshold)


def cascade(
    quick: ScriptedVerifier, careful: ScriptedVerifier, cut: float = 0.9
) -> CascadeVerifier:
    return CascadeVerifier("both", quick, careful, cut)


def test_only_what_the_quick_verifier_is_not_sure_of_is_read_again() -> None:
    quick = scripted({"a": SURE, "b": DOUBTFUL, "c": (0.05, 0.05, 0.9)}, "q", 0.5)
    careful = scripted({"b": (0.9, 0.05, 0.05), "c": (0.0, 0.9, 0.1)}, "c", 0.7)
    both = cascade(quick, careful)
    rows = both.predict([("claim", "a"), ("claim", "b"), ("claim", "c")])
    assert [evidence for _, evidence in careful.asked] == [
        "b",
        "c",
    ]  # 0.9 is at the cut, and passes
    assert rows == pytest.approx(np.array([SURE, (0.9, 0.05, 0.05), (0.0, 0.9, 0.1)]))
    assert both.threshold == 0.7
    assert both.predict([]).shape == (0, 3)


def test_the_hash_covers_both_models_and_the_cut() -> None:
    one, two = scripted({}, "1", 0.5), scripted({}, "2", 0.5)
    hashes = {
        cascade(one, two).weights_hash,
        cascade(two, one).weights_hash,
        cascade(one, two, 0.8).weights_hash,
    }
    assert len(hashes) == 3


FIRST, SECOND = "Ostrel lies on the coast.", "Its port handled 2,500 tonnes."
WHOLE = f"{FIRST} {SECOND}"
CLAIM = "It handled 5,200 tonnes."


@pytest.mark.usefixtures("without_grammar")
def test_of_what_a_search_finds_the_careful_verifier_reads_everything() -> None:
    quick = scripted({}, "q", 0.5)
    rewritten = ("It handled 2,500 tonnes.", WHOLE)
    careful = scripted({WHOLE: (0.02, 0.9, 0.08), rewritten: (0.9, 0.05, 0.05)}, "c", 0.7)
    (reading,) = read(cascade(quick, careful), [(a_text(CLAIM), a_hit(WHOLE))])
    assert quick.asked == []
    assert careful.asked == [(CLAIM, WHOLE), rewritten]
    assert reading.signs.probabilities.refutes == pytest.approx(0.9)
    (difference,) = reading.signs.differences
    assert difference.after.supports == pytest.approx(0.9)
