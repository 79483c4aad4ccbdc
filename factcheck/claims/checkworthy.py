"""How check-worthy is a sentence? A logistic regression on its embedding and plain features.

`python -m training.checkworthy` makes the weights; `models/checkworthy/README.md` is their card.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelError
from index.encoder import Encoder, load_encoder

FORMAT_VERSION = 1
#: What the last weights belong to, in this order, after those of the embedding.
FEATURES = (
    "digit",
    "length",
    "question",
    "exclamation",
    "first person",
    "capitals",
    "modal",
    "lower",
)
#: Sentences from this score up are checked. In an article a missed claim costs more than a
#: superfluous one: chosen, as the others, on the gold set's first half, and on articles of each of
#: four writers by a head that has not learnt from them (decision 26).
THRESHOLD = 0.35
#: The same for a statement with a figure or a name: it is exact, and a source could have it.
THRESHOLD_EXACT = 0.25
#: The same for words that somebody is said to have said: being reported, they matter more.
THRESHOLD_REPORTED = 0.15
#: And for words that an article gives to somebody else: whether they were said can be checked,
#: whatever they say.
THRESHOLD_QUOTED = 0.02

_FIRST_PERSON = {"i", "i'm", "my", "we", "our", "i'd"}
_MODAL = {"should", "must", "hope", "think", "believe", "let"}


@dataclass(frozen=True, slots=True)
class Head:
    """`weights` (dimension + features,) and `bias`, and the encoder they belong to."""

    weights: NDArray[np.float32]
    bias: float
    encoder_hash: str

    def probabilities(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities (n,) of being check-worthy for `inputs` (n, dimension + features)."""
        logits = np.clip(inputs @ self.weights + self.bias, -30, 30)
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


def score_checkworthiness(texts: Sequence[str]) -> NDArray[np.float32]:
    """Probabilities (n,) in [0, 1] that the sentences are worth checking; n may be 0.

    Raises `ModelError` when the weights are damaged or belong to another encoder.
    """
    head, encoder = _head(), _encoder()
    if encoder.weights_hash != head.encoder_hash:
        raise ModelError(
            f"the check-worthiness weights belong to the encoder {head.encoder_hash[:12]}…, got "
            f"{encoder.weights_hash[:12]}…; reinstall factcheck"
        )
    return head.probabilities(inputs_of(texts, encoder))


def inputs_of(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    """What the head takes: embedding and features of each text, (n, dimension + features)."""
    features = np.array([_features(text) for text in texts], dtype=np.float32)
    return np.hstack([encoder.encode(texts), features.reshape(len(texts), len(FEATURES))])


def _features(text: str) -> list[float]:
    """One number in [0, 1] for each of `FEATURES`."""
    words = text.split()
    lowered = {word.lower().replace("’", "'") for word in words}
    return [
        float(any(character.isdigit() for character in text)),
        min(len(words), 40) / 40,
        float(text.rstrip().endswith("?")),
        float(text.rstrip().endswith("!")),
        float(not lowered.isdisjoint(_FIRST_PERSON)),
        sum(word[0].isupper() for word in words[1:]) / max(1, len(words)),
        float(not lowered.isdisjoint(_MODAL)),
        float(text[:1].islower()),
    ]


@lru_cache(maxsize=1)
def _encoder() -> Encoder:
    return load_encoder()


@lru_cache(maxsize=1)
def _head() -> Head:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    folder = files("factcheck") / "models" / "checkworthy"
    try:
        about = json.loads((folder / "config.json").read_text("utf-8"))
        with as_file(folder / "model.safetensors") as path:
            tensors = load_file(path)
    except (OSError, ValueError, SafetensorError) as error:
        raise ModelError(
            f"the check-worthiness weights cannot be read ({error}); reinstall factcheck"
        ) from error
    if about["format"] != FORMAT_VERSION or tuple(about["features"]) != FEATURES:
        raise ModelError(
            f"the check-worthiness weights have format {about['format']} and features "
            f"{about['features']}, expected {FORMAT_VERSION} and {list(FEATURES)}; "
            "reinstall factcheck"
        )
    return Head(tensors["weights"], float(tensors["bias"][0]), about["encoder"])


def save_head(head: Head, folder: str) -> None:
    """Write `model.safetensors` and `config.json`, as `score_checkworthiness` reads them."""
    from pathlib import Path

    from safetensors.numpy import save_file

    tensors = {"weights": head.weights, "bias": np.array([head.bias], dtype=np.float32)}
    save_file(tensors, Path(folder) / "model.safetensors")
    about = {"format": FORMAT_VERSION, "features": FEATURES, "encoder": head.encoder_hash}
    (Path(folder) / "config.json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")
