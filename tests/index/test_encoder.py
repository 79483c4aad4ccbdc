from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import EncoderError, load_encoder
from index.encoder import PackagedEncoder, SentenceTransformersEncoder, packaged_model


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """The packaged model in a folder whose small files may be damaged."""
    for path in packaged_model().iterdir():
        if path.is_file():
            (tmp_path / path.name).symlink_to(path)
    return tmp_path


def test_weights_that_are_missing_or_others_are_refused(model: Path) -> None:
    weights = model / "model.safetensors"
    weights.unlink()
    with pytest.raises(EncoderError, match="is missing, expected the weights of all-MiniLM"):
        PackagedEncoder(model)
    weights.write_bytes(b"others")
    with pytest.raises(EncoderError, match=r"has SHA-256 [0-9a-f]{12}…, expected 53aa51172d14"):
        PackagedEncoder(model)


@pytest.mark.parametrize("name", ["tokenizer.json", "sentence_bert_config.json"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("{damaged")])
def test_a_damaged_tokenizer_is_one_sentence(
    model: Path, name: str, damage: Callable[[Path], object]
) -> None:
    content = (model / name).read_bytes()
    (model / name).unlink()  # the link
    (model / name).write_bytes(content)
    damage(model / name)
    with pytest.raises(EncoderError, match=r"tokenizer in .* cannot be read .*; reinstall"):
        _ = PackagedEncoder(model).tokenizer


@pytest.mark.models
def test_vectors_are_of_unit_length_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = load_encoder()
    texts = ["The dam burst.", "", "A dam has burst in spring. " * 200, "Zebras graze at dusk."]
    vectors = encoder.encode(texts)
    assert vectors.shape == (4, encoder.dimension) == (4, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[3] + 0.3
    assert encoder.encode(texts[::-1])[::-1] == pytest.approx(vectors, abs=0.02)
    assert encoder.encode([]).shape == (0, 384)
    monkeypatch.setattr("index.encoder.CHUNK", 3)
    assert encoder.encode(texts) == pytest.approx(vectors, abs=0.02)


@pytest.mark.models
def test_other_models_are_named_in_full_and_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = packaged_model()
    monkeypatch.chdir(folder.parent)
    other = SentenceTransformersEncoder(folder.name)
    assert other.name == str(folder.resolve())
    assert (other.dimension, other.precision) == (384, "float32")
    texts = ["The dam at Velm burst in spring.", "The mayor resigned."]
    cosines = (other.encode(texts) * load_encoder().encode(texts)).sum(axis=1)
    assert cosines == pytest.approx(np.ones(2), abs=0.002)
    with pytest.raises(EncoderError, match=r"cannot be loaded .*; give the name of"):
        SentenceTransformersEncoder(str(tmp_path))
    with pytest.raises(EncoderError, match=r"not fetched on an index's word; .*--encoder someone/"):
        load_encoder("someone/sentences", fetch=False)
