"""What a passage says about a claim: SUPPORTS, REFUTES or NEI, as calibrated probabilities.

The verifier is a cross-encoder that reads (passage, claim) as (premise, hypothesis), run through
OpenVINO. A passage is read whole and sentence by sentence: labelled evidence is mostly a sentence
or two, and a deciding sentence drowns in a long passage read as one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelError
from factcheck.records import Evidence, Probabilities, Stance
from index import Hit, Span
from index.inference import Network, Source, hash_files, load_network
from index.sentences import split_sentences

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

#: The order of the columns of every probability array.
STANCES = (Stance.SUPPORTS, Stance.REFUTES, Stance.NEI)
NEI = STANCES.index(Stance.NEI)
#: The label names in use for the three stances, lower case, ours and those of NLI models.
LABEL_NAMES = {
    Stance.SUPPORTS: {"supports", "supported", "entailment", "entail"},
    Stance.REFUTES: {"refutes", "refuted", "contradiction", "contradict"},
    Stance.NEI: {"nei", "not enough info", "neutral"},
}
#: Windows of evidence that is too long for one share this part of the model's window: a sentence
#: cut by the edge of one window stands whole in the next.
OVERLAP = 1 / 8
#: A claim gets half of the window and its passage the rest: fewer tokens hold neither.
MIN_WINDOW = 16
PACKAGED = Path(__file__).parent / "models" / "verifier"
#: SHA-256 of the packaged verifier's config, weights, tokenizer and calibration.
PACKAGED_HASH = "6b6bbfb212e904d2fbf3bfe05d290911cc2884b20f9dbdd56744ae374df4d2ff"


class Verifier(Protocol):
    """Judges claims against evidence."""

    @property
    def name(self) -> str:
        """The model's name or folder."""

    @property
    def weights_hash(self) -> str:
        """SHA-256 (hex) of everything that shapes the probabilities."""

    @property
    def precision(self) -> str:
        """Arithmetic in use, such as `"bf16"`."""

    @property
    def threshold(self) -> float:
        """The least probability in (0, 1] at which a stance other than NEI is believed."""

    def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Calibrated rows SUPPORTS, REFUTES, NEI, shape (n, 3), for (claim, evidence) pairs."""


@dataclass(frozen=True)
class Calibration:
    """How logits become probabilities, and from where on they are believed.

    `temperature` divides the logits (Guo et al. 2017, arXiv:1706.04599). `max_tokens` is the
    window the model was trained with.
    """

    temperature: float
    threshold: float
    max_tokens: int


class CrossEncoderVerifier:
    """A sequence-classification model in a folder, in the Hugging Face layout.

    Its labels are read from `config.json`, its calibration from `calibration.json`. Raises
    `ModelError` when a file is missing or the labels are not the three of NLI.
    """

    def __init__(self, folder: Path, name: str | None = None) -> None:
        self.name = name or str(folder)
        self._folder = folder
        weights = sorted(folder.glob("*.safetensors"))
        self.calibration = _read_calibration(folder)
        self._columns = _label_columns(_read_json(folder / "config.json"), self.name)
        if not weights:
            raise ModelError(
                f"the verifier {self.name!r} has no *.safetensors file; "
                "give a folder with config.json, tokenizer.json and safetensors weights"
            )
        self._graph_hash = hash_files([folder / "config.json", *weights])
        others = [folder / name for name in ("tokenizer.json", "calibration.json")]
        self.weights_hash = hash_files(
            [folder / "config.json", *weights, *(path for path in others if path.is_file())]
        )

    @property
    def threshold(self) -> float:
        """The least probability at which SUPPORTS or REFUTES is believed."""
        return self.calibration.threshold

    @cached_property
    def _network(self) -> Network:
        return load_network(self._graph_hash, self._build)

    @property
    def precision(self) -> str:
        """`"bf16"` where the CPU has it, else `"f32"`."""
        return self._network.precision

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        path = self._folder / "tokenizer.json"
        if not path.is_file():
            raise ModelError(
                f"the verifier {self.name!r} has no tokenizer.json; save its tokenizer there "
                "with transformers' `AutoTokenizer.save_pretrained`"
            )
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises a bare Exception
            raise ModelError(f"{path} is damaged ({error}); restore the file") from error
        tokenizer.no_padding()
        return tokenizer

    def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Calibrated rows SUPPORTS, REFUTES, NEI, shape (n, 3).

        Evidence longer than the model's window is read in overlapping windows, and the one that
        decides most (least NEI) speaks for it. A claim longer than half a window is cut there.
        """
        if not pairs:
            return np.empty((0, len(STANCES)), dtype=np.float32)
        windows: list[Encoding] = []
        first_window: list[int] = []
        for encoding in self._tokenise(pairs):
            first_window.append(len(windows))
            windows += [encoding, *encoding.overflowing]
        logits = self._network.run(windows)[:, self._columns]
        if not np.isfinite(logits).all():
            raise ModelError(
                f"the verifier {self.name!r} gives values that are no numbers; its weights are "
                "damaged or overflow in this precision: try FACTCHECK_PRECISION=f32"
            )
        probabilities = softmax(logits / self.calibration.temperature)
        # The row of the most decisive window of each pair: a stable sort by (pair, NEI).
        pair_of = np.repeat(np.arange(len(pairs)), np.diff([*first_window, len(windows)]))
        order = np.lexsort((probabilities[:, NEI], pair_of))
        chosen = order[np.array(first_window)]
        return np.asarray(probabilities[chosen])

    def _tokenise(self, pairs: Sequence[tuple[str, str]]) -> list[Encoding]:
        limit = self.calibration.max_tokens
        tokenizer = self._tokenizer
        tokenizer.no_truncation()
        claims = [
            _cut(claim, encoding, limit // 2)
            for (claim, _), encoding in zip(
                pairs, tokenizer.encode_batch([claim for claim, _ in pairs]), strict=True
            )
        ]
        tokenizer.enable_truncation(limit, stride=int(limit * OVERLAP), strategy="only_first")
        return tokenizer.encode_batch(
            [(evidence, claim) for claim, (_, evidence) in zip(claims, pairs, strict=True)]
        )

    def _build(self) -> Source:
        from torch import Tensor, float32, nn
        from transformers import AutoModelForSequenceClassification
        from transformers.utils import logging

        logging.disable_progress_bar()
        logging.set_verbosity_error()

        class Logits(nn.Module):
            def __init__(self, model: nn.Module) -> None:
                super().__init__()
                self.model = model

            def forward(
                self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
            ) -> Tensor:
                output = self.model(
                    input_ids=input_ids,
                    attention_mask=attention_mask,
                    token_type_ids=token_type_ids,
                )
                return output.logits  # type: ignore[no-any-return]

        # Eager attention: the fused kernels fix shapes while tracing.
        model = AutoModelForSequenceClassification.from_pretrained(
            self._folder, dtype=float32, attn_implementation="eager"
        )
        return Source(Logits(model), ("input_ids", "attention_mask", "token_type_ids"))


def load_verifier(name: str | None = None) -> Verifier:
    """The packaged verifier, or the sequence-classification model in the folder `name`.

    Raises `ModelError` when it cannot be loaded.
    """
    if name is None:
        verifier = CrossEncoderVerifier(PACKAGED, "packaged")
        if verifier.weights_hash != PACKAGED_HASH:
            raise ModelError(
                f"the packaged verifier has SHA-256 {verifier.weights_hash[:12]}…, expected "
                f"{PACKAGED_HASH[:12]}…; reinstall factcheck-desk"
            )
        return verifier
    folder = Path(name)
    if not folder.is_dir():
        raise ModelError(
            f"the verifier {name!r} is not a folder; give one that holds config.json, "
            "tokenizer.json and safetensors weights, or leave the option out"
        )
    return CrossEncoderVerifier(folder)


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of `logits` (n, k) as distributions: `[[0, 0]]` → `[[0.5, 0.5]]`."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def judge(
    verifier: Verifier, pairs: Sequence[tuple[str, Hit]], threshold: float | None = None
) -> list[Evidence]:
    """Evidence for each (claim, hit), in order.

    The passage is read whole and sentence by sentence, and the reading that decides most (least
    NEI) speaks for it, as windows do in `predict`. The most decisive sentence is the one named as
    deciding. `threshold` defaults to the verifier's.
    """
    if not pairs:
        return []
    limit = verifier.threshold if threshold is None else threshold
    sentences = [_sentences(hit) for _, hit in pairs]
    texts = [
        (claim, text)
        for (claim, hit), spans in zip(pairs, sentences, strict=True)
        for text in (hit.passage.text, *(span.of(hit.passage.text) for span in spans))
    ]
    # Neighbouring passages share sentences, and some passages are one sentence: each is read once.
    place = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    rows = verifier.predict(list(place))[[place[text] for text in texts]]
    evidence, at = [], 0
    for (_, hit), spans in zip(pairs, sentences, strict=True):
        evidence.append(_weigh(hit, spans, rows[at : at + 1 + len(spans)], limit))
        at += 1 + len(spans)
    return evidence


def _sentences(hit: Hit) -> list[Span]:
    """The passage's sentences, in the passage's own offsets; never empty."""
    spans = split_sentences(hit.passage.text)
    return spans or [Span(0, len(hit.passage.text))]


def _weigh(
    hit: Hit, spans: Sequence[Span], rows: NDArray[np.float32], threshold: float
) -> Evidence:
    """Evidence from `rows` (1 + sentences, 3): the whole passage, then each sentence."""
    deciding = int(rows[1:, NEI].argmin())
    supports, refutes, nei = (float(value) for value in rows[rows[:, NEI].argmin()])
    probabilities = Probabilities(supports, refutes, nei)
    best = probabilities.best
    believed = best is not Stance.NEI and probabilities.of(best) >= threshold
    start = hit.passage.start
    sentence = Span(start + spans[deciding].start, start + spans[deciding].end)
    return Evidence(hit, best if believed else Stance.NEI, probabilities, sentence)


def _cut(claim: str, encoding: Encoding, limit: int) -> str:
    if len(encoding.ids) <= limit:
        return claim
    return claim[: encoding.offsets[limit - 2][1]]


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read as JSON ({error}); restore the file") from error
    if not isinstance(content, dict):
        raise ModelError(f"{path} holds a {type(content).__name__}, expected a JSON object")
    return content


def _read_calibration(folder: Path) -> Calibration:
    """The folder's calibration; a model without one is taken as it is, and believed above 0.5."""
    path = folder / "calibration.json"
    if not path.is_file():
        return Calibration(temperature=1.0, threshold=0.5, max_tokens=256)
    content = _read_json(path)
    try:
        found = Calibration(
            float(content["temperature"]), float(content["threshold"]), int(content["max_tokens"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"{path} is incomplete ({error!r}), expected temperature, threshold and max_tokens; "
            "restore the file"
        ) from error
    if not (found.temperature > 0 and 0 < found.threshold <= 1 and found.max_tokens >= MIN_WINDOW):
        raise ModelError(
            f"{path} holds {found}, expected a temperature above 0, a threshold in (0, 1] and a "
            f"window of {MIN_WINDOW} tokens and more; restore the file"
        )
    return found


def _label_columns(config: dict[str, Any], name: str) -> list[int]:
    """The model's output columns in the order of `STANCES`."""
    names = config.get("id2label")
    if not isinstance(names, dict) or not all(str(row).isdecimal() for row in names):
        raise ModelError(
            f"the verifier {name!r} has no id2label in its config.json, expected a name for each "
            "of its three outputs; give a three-way NLI model"
        )
    labels = {str(label).lower(): int(row) for row, label in names.items()}
    columns = [
        next((row for label, row in labels.items() if label in LABEL_NAMES[stance]), None)
        for stance in STANCES
    ]
    found = [column for column in columns if column is not None]
    if len(found) != len(STANCES):
        raise ModelError(
            f"the verifier {name!r} has the labels {sorted(labels)}, expected names for "
            "support, refutation and neither; give a three-way NLI model"
        )
    return found
