"""Pairs per second: our verifier against `CrossEncoder.predict` with the same weights.

    python -m benchmarks.crossencoder [--verifier fast|FOLDER] [--rounds N]

The weights are written out as a plain Hugging Face folder, which sentence-transformers then loads.
The two take turns in one process, and the best round of each counts. The pairs are those of the
contrast set.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.contrast import CONTRAST
from factcheck.stance.crossencoder import CrossEncoderVerifier, load_module
from factcheck.stance.packaged import PACKAGED, PACKAGED_HASHES
from factcheck.stance.verifier import Pair, Rows
from training.written import read_groups

Predict = Callable[[Sequence[Pair]], Rows]


def unpack(folder: Path, out: Path) -> None:
    """Write the verifier in `folder` to `out` as transformers and sentence-transformers read it."""
    load_module(folder).save_pretrained(out)  # type: ignore[operator]
    for path in folder.glob("tokenizer*"):
        shutil.copy(path, out)


def plain(folder: Path, ours: CrossEncoderVerifier) -> Predict:
    """sentence-transformers as its README shows it, on the CPU, with our calibration."""
    from sentence_transformers import CrossEncoder

    calibration = ours.calibration
    model = CrossEncoder(str(folder), device="cpu", max_length=calibration.max_tokens)

    def predict(pairs: Sequence[Pair]) -> Rows:
        texts = [(evidence, claim) for claim, evidence in pairs]
        logits = model.predict(texts, show_progress_bar=False, convert_to_numpy=True)
        return calibration.apply(np.asarray(logits, dtype=np.float32)[:, ours.columns])

    return predict


def compare(folder: Path, pairs: Sequence[Pair], rounds: int) -> str:
    """A line with both rates, their ratio, and how far the probabilities agree."""
    with tempfile.TemporaryDirectory() as beside:
        out = Path(beside) / "model"
        unpack(folder, out)
        ours = CrossEncoderVerifier(folder)
        sides: dict[str, Predict] = {"ours": ours.predict, "theirs": plain(out, ours)}
        best = dict.fromkeys(sides, float("inf"))
        rows = {}
        for number in range(rounds + 1):
            for name, predict in sides.items():
                began = time.perf_counter()
                rows[name] = predict(pairs)
                if number:  # the first round warms up
                    best[name] = min(best[name], time.perf_counter() - began)
    rates = {name: len(pairs) / seconds for name, seconds in best.items()}
    worst = np.abs(rows["ours"] - rows["theirs"]).max()
    return (
        f"{folder.name:10} {ours.precision}: {rates['ours']:.0f} pairs/s, CrossEncoder "
        f"{rates['theirs']:.0f}, ratio {rates['ours'] / rates['theirs']:.2f}; "
        f"largest difference of a probability {worst:.3f}"
    )


def main() -> None:
    """Print one line per model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--verifier", help="fast, careful or a folder; default: both that ship")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    pairs = [(p.claim, p.evidence) for group in read_groups(CONTRAST) for p in group.pairs()]
    for name in [options.verifier] if options.verifier else PACKAGED_HASHES:
        folder = PACKAGED / name if name in PACKAGED_HASHES else Path(name)
        print(compare(folder, pairs, options.rounds))


if __name__ == "__main__":
    main()
