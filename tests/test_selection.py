"""Where a passage is read: what it is learnt from, and the fit."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.apart import GATED, read_apart
from factcheck.stance.placing import sentences_of
from factcheck.stance.selection import SELECTION
from index import Span
from tests.fakes import WordEncoder
from training.articles import Written, read_articles
from training.selection import Example, examples, fit, measured

FIRST, SECOND, THIRD = "Boats are painted.", "The port handled 2,500 tonnes.", "It rained."
TEXT = f"{FIRST} {SECOND} {THIRD}"


def example(piece: str, values: list[list[float]]) -> Example:
    start = TEXT.index(piece)
    return Example(TEXT, Span(start, start + len(piece)), np.array(values))


def test_the_deciding_words_are_shared_out_over_their_sentences() -> None:
    assert example(SECOND, [[0.0]] * 3).target.tolist() == [0.0, 1.0, 0.0]
    both = example(f"{SECOND} {THIRD}", [[0.0]] * 3).target
    share = len(SECOND) / (len(SECOND) + len(THIRD))
    assert both == pytest.approx([0.0, share, 1 - share])


def test_the_fit_finds_which_sign_tells() -> None:
    random = np.random.default_rng(1)
    learnt = []
    for number in range(60):
        values = random.normal(size=(3, 2))
        values[number % 3, 0] += 2.0  # the first sign tells, the second is noise
        learnt.append(example((FIRST, SECOND, THIRD)[number % 3], values.tolist()))
    telling, noise = fit(learnt)
    assert telling > 0.5 > abs(noise)
    assert measured(learnt, np.array([1.0, 0.0])).startswith("   60 labels: sentence 0.")


def test_of_sure_signs_the_sentence_is_always_found() -> None:
    sure = [example(SECOND, [[0.0], [1.0], [0.0]])] * 4
    assert measured(sure, np.array([1.0])) == "    4 labels: sentence 1.000, window 1.000"
    assert measured(sure, np.array([-1.0])).startswith("    4 labels: sentence 0.000")


def test_examples_are_passages_with_their_deciding_piece(tmp_path: Path) -> None:
    label = {"document": "bulletin.md", "stance": "REFUTES", "piece": SECOND}
    claim = {"text": "5,200 tonnes", "statement": "The port handled 5,200 tonnes."}
    row = {
        "name": "port",
        "article": "The port handled 5,200 tonnes.",
        "documents": {"bulletin.md": f"---\ntitle: Port\n---\n{TEXT}", "short.md": SECOND},
        # what decides in a passage of one sentence tells nothing of sentences
        "claims": [
            claim | {"labels": [label]},
            claim | {"labels": [label | {"document": "short.md"}]},
        ],
    }
    path = tmp_path / "port.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    articles: list[Written] = read_articles(path)
    names, (found,) = examples(articles, WordEncoder())
    assert names == list(SELECTION)
    assert found.piece.of(found.text) == SECOND
    assert found.values.shape == (len(sentences_of(found.text)), len(SELECTION))


def test_the_gates_articles_are_there() -> None:
    assert {written.name for written in read_apart()} >= GATED
