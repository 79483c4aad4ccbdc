"""`kill -9` at random instants; `python -m benchmarks.kill` does it 200 times."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kill import alike, run
from index import FoundBy, Hit, Passage


def test_an_index_survives_being_killed(tmp_path: Path) -> None:
    outcome = run(12, tmp_path, seed=1)
    assert outcome.faults == []
    assert outcome.kills == 12
    assert outcome.interrupted >= 6
    assert outcome.passages > 100


def hit(name: str, score: float) -> Hit:
    return Hit(Passage(name, 0, 1, "a", ""), score, FoundBy.BOTH, "", "", None, None)


def test_hits_are_alike_but_for_ties() -> None:
    one = [hit("a", 0.9), hit("b", 0.5), hit("c", 0.5)]
    assert alike(one, one)
    assert alike(one, [hit("a", 0.9004), hit("c", 0.5), hit("b", 0.5)])
    assert alike(one, [hit("a", 0.9), hit("b", 0.5), hit("d", 0.5)])  # a tie cut off at the end
    assert not alike(one, [hit("d", 0.9), hit("b", 0.5), hit("c", 0.5)])
    assert not alike(one, [hit("a", 0.8), hit("b", 0.5), hit("c", 0.5)])
    assert not alike(one, one[:2])
