from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from benchmarks.scale import Remembering, fill
from benchmarks.scaledata import MadeTexts, MadeVectors, fitted, nearest
from index import ReferenceIndex
from index.passages import searchable
from tests.fakes import WordEncoder


@pytest.fixture(scope="module")
def real() -> np.ndarray:
    rows = np.random.default_rng(1).normal(size=(400, 24)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def test_nearest_is_brute_force(real: np.ndarray) -> None:
    scores, positions = nearest(real[:9], [real[:150], real[150:]], 5)
    products = real[:9] @ real.T
    assert positions.tolist() == np.argsort(-products, axis=1)[:, :5].tolist()
    np.testing.assert_allclose(scores, -np.sort(-products, axis=1)[:, :5], atol=1e-6)


def test_made_vectors_are_units_and_the_same_again(real: np.ndarray) -> None:
    made = MadeVectors(real, 1000, 0.5)
    first, again = np.concatenate(list(made.blocks())), np.concatenate(list(made.blocks()))
    assert first.shape == (1000, 24)
    assert np.array_equal(first, again)
    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1, atol=1e-5)
    still = np.concatenate(list(MadeVectors(real, 401, 0.0).blocks()))
    np.testing.assert_allclose(still, real[np.arange(401) % 400], atol=1e-6)


def test_neighbours_are_as_near_as_was_asked(real: np.ndarray) -> None:
    asked = np.full((3, 2), 0.8, dtype=np.float32)
    made = fitted(real, 3000, asked, (1, 5))
    rows = np.concatenate(list(made.blocks()))
    found = nearest(rows[:200], [rows], 6)[0][:, [1, 5]]
    assert len(made.real) == 200
    assert found.mean() == pytest.approx(0.8, abs=0.03)


def test_made_texts_have_the_words_of_real_ones() -> None:
    made = MadeTexts(["the harbour of the town", "the ferry"])
    texts = list(made.texts(300))
    assert texts == list(made.texts(300))
    assert list(made.texts(7)) == texts[:7]
    words = Counter(word for text in texts for word in text.split())
    assert all(40 <= len(text.split()) <= 110 for text in texts)
    assert words["the"] / words.total() == pytest.approx(0.95 * 3 / 7, abs=0.02)
    assert 1000 * words["of"] > words["the"] > words["of"] > 0
    tail = words.total() - sum(words[word] for word in "the harbour of town ferry".split())
    assert tail / words.total() == pytest.approx(0.05, abs=0.01)


def test_a_made_index_is_an_index(tmp_path: Path) -> None:
    encoder = WordEncoder()
    rows = encoder.encode([f"w{number} w{number % 7}" for number in range(90)])
    made = MadeVectors(rows, 95, 0.3)
    fill(tmp_path / "index", made, MadeTexts(["the harbour of the town"]), encoder)
    remembering = Remembering(encoder)
    with ReferenceIndex.open(tmp_path / "index", remembering) as reference:
        assert reference.info().passages == 95
        assert reference.info().documents == 10
        hit = reference.search(["harbour w3"], k=1)[0][0]
        document = reference.document(hit.passage.document_id)
        assert hit.passage.text == document.text[hit.passage.start : hit.passage.end]
        assert searchable(hit.passage.context, hit.passage.text).startswith("Made text ")
        before = encoder.encoded
        reference.search(["harbour w3", "harbour w3"])
        assert encoder.encoded == before
