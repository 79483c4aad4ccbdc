from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from factcheck.claims import checkworthy
from factcheck.claims.checkworthy import THRESHOLD, Head, save_head, score_checkworthiness
from factcheck.errors import ModelError
from tests.fakes import WordEncoder


def test_the_head_is_a_logistic_regression() -> None:
    head = Head(np.array([1.0, -2.0], dtype=np.float32), 0.5, "")
    scores = head.probabilities(np.array([[0, 0], [1, 0], [0, 1], [1e9, 0]], dtype=np.float32))
    expected = [1 / (1 + np.exp(-0.5)), 1 / (1 + np.exp(-1.5)), 1 / (1 + np.exp(1.5)), 1.0]
    assert scores == pytest.approx(expected, abs=1e-6)
    assert scores.dtype == np.float32


def test_features_are_hand_worked() -> None:
    inputs = checkworthy.inputs_of(["We must pay 12 Crowns?", "so", ""], WordEncoder())
    features = inputs[:, -len(checkworthy.FEATURES) :]
    # digit, length, question, exclamation, first person, capitals, modal, lower
    assert features.tolist() == [
        pytest.approx([1, 5 / 40, 1, 0, 1, 1 / 5, 1, 0]),
        pytest.approx([0, 1 / 40, 0, 0, 0, 0, 0, 1]),
        pytest.approx([0, 0, 0, 0, 0, 0, 0, 0]),
    ]


def test_a_head_survives_saving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = WordEncoder()
    size = encoder.dimension + len(checkworthy.FEATURES)
    head = Head(np.linspace(-1, 1, size, dtype=np.float32), 0.25, encoder.weights_hash)
    folder = tmp_path / "models" / "checkworthy"
    folder.mkdir(parents=True)
    save_head(head, str(folder))
    monkeypatch.setattr(checkworthy, "files", lambda _: tmp_path)
    monkeypatch.setattr(checkworthy, "_encoder", lambda: encoder)
    checkworthy._head.cache_clear()
    try:
        texts = ["The quay fell.", "Why?"]
        expected = head.probabilities(checkworthy.inputs_of(texts, encoder))
        assert score_checkworthiness(texts).tolist() == expected.tolist()

        about = json.loads((folder / "config.json").read_text("utf-8"))
        (folder / "config.json").write_text(json.dumps(about | {"encoder": "0" * 64}), "utf-8")
        checkworthy._head.cache_clear()
        with pytest.raises(ModelError, match="belong to the encoder 000000000000…"):
            score_checkworthiness(texts)

        (folder / "config.json").write_text(json.dumps(about | {"format": 99}), "utf-8")
        checkworthy._head.cache_clear()
        with pytest.raises(ModelError, match=r"have format 99 .* expected 1"):
            score_checkworthiness(texts)

        (folder / "model.safetensors").write_bytes(b"junk")
        checkworthy._head.cache_clear()
        with pytest.raises(ModelError, match="cannot be read"):
            score_checkworthiness(texts)
    finally:
        checkworthy._head.cache_clear()


@pytest.mark.models
def test_facts_score_above_what_states_none() -> None:
    facts = [
        "The ferry sank off the coast of Maresk on Sunday and eleven people died.",
        "The ministry said that 4,200 families had received the payment.",
        "The army shelled the eastern suburbs for a third day, residents said.",
    ]
    others = [
        "Thank you all so much for coming tonight.",
        "What would you do in my place?",
        "I hope that we can all learn to be kinder.",
    ]
    scores = score_checkworthiness([*facts, *others])
    assert (scores[:3] > THRESHOLD).all()
    assert (scores[3:] < THRESHOLD).all()
    assert score_checkworthiness([]).shape == (0,)
    assert score_checkworthiness(facts[:1])[0] == pytest.approx(scores[0], abs=0.02)
