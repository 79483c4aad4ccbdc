"""A cross-encoder that reads (passage, claim) as (premise, hypothesis), run through OpenVINO."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from factcheck.errors import ModelError
from factcheck.records import Stance
from factcheck.stance.calibration import MIN_WINDOW, WINDOW, read_calibration, read_json
from factcheck.stance.verifier import NEI, STANCES, Pair, Rows
from factcheck.stance.weights import quantised_files, read_quantised
from index.inference import Network, Source, hash_files, load_network

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer
    from torch import nn

#: The label names in use for the three stances, lower case, ours and those of NLI models.
LABEL_NAMES = {
    Stance.SUPPORTS: {"supports", "supported", "entailment", "entail"},
    Stance.REFUTES: {"refutes", "refuted", "contradiction", "contradict"},
    Stance.NEI: {"nei", "not enough info", "neutral"},
}
#: Windows of evidence that is too long for one share this part of the model's window: a sentence
#: cut by the edge of one window stands whole in the next.
OVERLAP = 1 / 8
#: Positions that RoBERTa and its kin keep for themselves at the start of their table.
RESERVED_POSITIONS = 2
#: More tokens than any window has.
NO_LIMIT = 1 << 30


class CrossEncoderVerifier:
    """A sequence-classification model in a folder, in the Hugging Face layout.

    Its labels are read from `config.json`, its calibration from `calibration.json`. Weights lie in
    `*.safetensors`, or quantised as `factcheck.stance.weights` has it. Raises `ModelError` when a
    file is missing or the labels are not the three of NLI.
    """

    def __init__(self, folder: Path, name: str | None = None) -> None:
        self.name = name or str(folder)
        self._folder = folder
        weights = sorted(folder.glob("*.safetensors"))
        config = read_json(folder / "config.json")
        self.calibration = read_calibration(folder / "calibration.json", _window(config, self.name))
        if self.calibration.max_tokens > (most := _positions(config)):
            raise ModelError(
                f"the verifier {self.name!r} has a window of {self.calibration.max_tokens} tokens "
                f"in calibration.json, expected at most the {most} it has positions for; lower it"
            )
        self.columns = _label_columns(config, self.name)
        self._inputs = _inputs(config)
        pad = config.get("pad_token_id")
        self._pad = pad if isinstance(pad, int) else 0
        if not weights:
            raise ModelError(
                f"the verifier {self.name!r} has no *.safetensors file; "
                "give a folder with config.json, tokenizer.json and safetensors weights"
            )
        self._quantised = bool(quantised_files(folder))
        shards = sorted(folder.glob("*.safetensors.index.json"))  # which tensor lies in which file
        graph = [folder / "config.json", *weights, *shards]
        self._graph_hash = hash_files(graph)
        others = [folder / "tokenizer.json", folder / "calibration.json"]
        rest = hash_files([path for path in others if path.is_file()])
        self.weights_hash = hashlib.sha256(f"{self._graph_hash} {rest}".encode()).hexdigest()

    @property
    def threshold(self) -> float:
        """The least probability at which SUPPORTS or REFUTES is believed."""
        return self.calibration.threshold

    @property
    def headed(self) -> bool:
        """Whether it was trained on evidence with its source in front."""
        return self.calibration.headed

    @cached_property
    def _network(self) -> Network:
        return load_network(self._graph_hash, self._build, int8=self._quantised, pad=self._pad)

    @property
    def precision(self) -> str:
        """Arithmetic in use, as `index.inference.best_precision` names it."""
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

    def predict(self, pairs: Sequence[Pair]) -> Rows:
        """Calibrated rows SUPPORTS, REFUTES, NEI, shape (n, 3).

        Evidence longer than the model's window is read in overlapping windows, and the one that
        decides most (least NEI) speaks for it. A claim longer than half a window is cut there.
        """
        return self.calibration.apply(self.logits(pairs))

    def logits(self, pairs: Sequence[Pair]) -> Rows:
        """What the model says before calibration, (n, 3), of each pair's most decisive window."""
        if not pairs:
            return np.empty((0, len(STANCES)), dtype=np.float32)
        windows: list[Encoding] = []
        first_window: list[int] = []
        for encoding in self._tokenise(pairs):
            first_window.append(len(windows))
            windows += [encoding, *encoding.overflowing]
        logits = self._network.run(windows)[:, self.columns]
        if not np.isfinite(logits).all():
            raise ModelError(
                f"the verifier {self.name!r} gives values that are no numbers; its weights are "
                "damaged or overflow in this precision: try FACTCHECK_PRECISION=f32"
            )
        # The row of the most decisive window of each pair: a stable sort by (pair, NEI).
        undecided = self.calibration.apply(logits)[:, NEI]
        pair_of = np.repeat(np.arange(len(pairs)), np.diff([*first_window, len(windows)]))
        order = np.lexsort((undecided, pair_of))
        return np.asarray(logits[order[np.array(first_window)]])

    def _tokenise(self, pairs: Sequence[Pair]) -> list[Encoding]:
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
        from torch import Tensor, nn

        class Logits(nn.Module):
            def __init__(self, model: nn.Module, inputs: tuple[str, ...]) -> None:
                super().__init__()
                self.model = model
                self.inputs = inputs

            def forward(self, *tensors: Tensor) -> Tensor:
                output = self.model(**dict(zip(self.inputs, tensors, strict=True)))
                return output.logits  # type: ignore[no-any-return]

        module = Logits(load_module(self._folder), self._inputs)
        return Source(module, self._inputs, int8=self._quantised)


def load_module(folder: Path) -> nn.Module:
    """The float32 torch model in `folder`, quantised or not."""
    from torch import float32, from_numpy
    from transformers import AutoConfig, AutoModelForSequenceClassification
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()
    # Eager attention: the fused kernels fix shapes while tracing.
    eager = {"attn_implementation": "eager", "dtype": float32, "trust_remote_code": False}
    files = quantised_files(folder)
    if not files:
        plain: nn.Module = AutoModelForSequenceClassification.from_pretrained(
            folder,
            use_safetensors=True,  # nothing is unpickled, whatever else lies in the folder
            **eager,
        )
        return plain
    config = AutoConfig.from_pretrained(folder, trust_remote_code=False)
    model: nn.Module = AutoModelForSequenceClassification.from_config(config, **eager)
    model.load_state_dict(
        {name: from_numpy(values) for name, values in read_quantised(files).items()}
    )
    return model


def _cut(claim: str, encoding: Encoding, limit: int) -> str:
    if len(encoding.ids) <= limit:
        return claim
    return claim[: encoding.offsets[limit - 2][1]]


def _positions(config: dict[str, Any]) -> int:
    """The most tokens the model can tell the places of."""
    positions = config.get("max_position_embeddings")
    if not isinstance(positions, int) or positions <= 0:
        return NO_LIMIT  # they are relative, or not said
    return positions - RESERVED_POSITIONS


def _window(config: dict[str, Any], name: str) -> int:
    """The window of a model that brings no calibration: ours, or less if its positions end."""
    window = min(WINDOW, _positions(config))
    if window < MIN_WINDOW:
        raise ModelError(
            f"the verifier {name!r} has positions for {window} tokens, expected {MIN_WINDOW} and "
            "more; give another model"
        )
    return window


def _inputs(config: dict[str, Any]) -> tuple[str, ...]:
    """What the model reads: segment ids only where it tells two apart (BERT, not RoBERTa)."""
    segments = config.get("type_vocab_size")
    told_apart = isinstance(segments, int) and segments > 1
    return ("input_ids", "attention_mask", *(("token_type_ids",) if told_apart else ()))


def _label_columns(config: dict[str, Any], name: str) -> list[int]:
    """The model's output columns in the order of `STANCES`."""
    names = config.get("id2label")
    if not isinstance(names, dict) or not all(str(row).isdecimal() for row in names):
        raise ModelError(
            f"the verifier {name!r} has no id2label in its config.json, expected a name for each "
            "of its three outputs; give a three-way NLI model"
        )
    labels = {str(label).lower(): int(row) for row, label in names.items()}
    three = sorted(labels.values()) == list(range(len(STANCES)))
    columns = [
        next((row for label, row in labels.items() if label in LABEL_NAMES[stance]), None)
        for stance in STANCES
    ]
    found = [column for column in columns if column is not None]
    if not three or len(found) != len(STANCES):
        raise ModelError(
            f"the verifier {name!r} has the labels {sorted(labels)}, expected names for "
            "support, refutation and neither; give a three-way NLI model"
        )
    return found
