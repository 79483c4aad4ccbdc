"""Train the check-worthiness head: `python -m training.checkworthy --data DIR [--ablate]`.

A logistic regression on the packaged encoder's embeddings and a few plain features, trained on
ClaimBuster's debate sentences and on sentences of our own in four genres (`sentences/`). Prints how
the head does on CheckThat! 2024, and on each genre of ours by a head that has not seen that genre:
what counts is the transfer to text unlike the training's.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.metrics import calibration_error
from factcheck.claims.checkworthy import FEATURES, THRESHOLD, Head, inputs_of, save_head
from index import Encoder, load_encoder
from training.data import read_json_lines

TRAIN = "train_claimbuster.jsonl.gz"
SPEECHES = "train_policlaim.jsonl.gz"
DEV = "dev_checkthat2024.jsonl.gz"
OURS = Path(__file__).parent / "sentences"
#: Debates are spoken; an article is written. Some thirteen hundred sentences of our own teach the
#: difference, each counted as often as this.
OUR_WEIGHT = 4.0


@dataclass(frozen=True)
class Sentences:
    """What a head learns from: `inputs` (n, dimension + features), `labels` (n,) of 0 and 1."""

    inputs: NDArray[np.float32]
    labels: NDArray[np.int64]


def read_labelled(path: Path) -> tuple[list[str], list[int]]:
    """Texts and labels of a `.jsonl.gz` with `text` and `label`, or of a `.tsv`, label first."""
    if path.suffix == ".tsv":
        rows = [line.split("\t", 1) for line in path.read_text("utf-8").splitlines()]
        return [text for _, text in rows], [int(label) for label, _ in rows]
    rows_read = list(read_json_lines(path))
    return [str(row["text"]) for row in rows_read], [int(str(row["label"])) for row in rows_read]


def encode(path: Path, encoder: Encoder) -> Sentences:
    """A file's sentences as the head's inputs."""
    texts, labels = read_labelled(path)
    return Sentences(inputs_of(texts, encoder), np.array(labels))


def fit(others: Sentences, ours: Mapping[str, Sentences], encoder_hash: str = "") -> Head:
    """The regression on others' sentences and ours. L2, strength 1; the solver is deterministic."""
    from sklearn.linear_model import LogisticRegression

    sets = [others, *ours.values()]
    weights = [np.ones(len(others.labels))]
    weights += [np.full(len(each.labels), OUR_WEIGHT) for each in ours.values()]
    model = LogisticRegression(max_iter=3000).fit(
        np.concatenate([each.inputs for each in sets]),
        np.concatenate([each.labels for each in sets]),
        sample_weight=np.concatenate(weights),
    )
    return Head(model.coef_[0].astype(np.float32), float(model.intercept_[0]), encoder_hash)


def describe(name: str, head: Head, sentences: Sentences) -> str:
    """One line: average precision, calibration error, and the choices at the threshold."""
    from sklearn.metrics import average_precision_score, f1_score

    labels, scores = sentences.labels, head.probabilities(sentences.inputs)
    chosen = scores >= THRESHOLD
    confidence = np.maximum(scores, 1 - scores)
    error = calibration_error(list(confidence), list((scores >= 0.5) == labels))
    return (
        f"{name:34} AP {average_precision_score(labels, scores):.3f}"
        f"  calibration error {error:.3f}"
        f"  F1 {f1_score(labels, chosen):.3f}"
        f"  recall {chosen[labels == 1].mean():.3f}"
        f"  false alarms {chosen[labels == 0].mean():.3f}"
    )


def report(name: str, others: Sentences, ours: Mapping[str, Sentences], dev: Sentences) -> None:
    """Print how a head trained on these does on `dev`, and on each genre without that genre."""
    print(describe(f"{name}: CheckThat! 2024", fit(others, ours), dev))
    for genre, sentences in ours.items():
        rest = {other: kept for other, kept in ours.items() if other != genre}
        print(describe(f"{name}: {genre}, unseen", fit(others, rest), sentences))


def ablate(
    debates: Sentences, speeches: Sentences, ours: Mapping[str, Sentences], dev: Sentences
) -> None:
    """Print the same without our sentences, without the features, and with PoliClaim's speeches."""
    alone = fit(debates, {})
    print(describe("debates alone: CheckThat! 2024", alone, dev))
    for genre, sentences in ours.items():
        print(describe(f"debates alone: {genre}", alone, sentences))

    def embedding(sentences: Sentences) -> Sentences:
        return Sentences(sentences.inputs[:, : -len(FEATURES)], sentences.labels)

    bare = {genre: embedding(sentences) for genre, sentences in ours.items()}
    report("no features", embedding(debates), bare, embedding(dev))
    both = Sentences(
        np.concatenate([debates.inputs, speeches.inputs]),
        np.concatenate([debates.labels, speeches.labels]),
    )
    report("with PoliClaim", both, ours, dev)


def main() -> None:
    """Train, measure, save."""
    parser = argparse.ArgumentParser(prog="python -m training.checkworthy", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds checkworthy/")
    parser.add_argument("--out", default="factcheck/models/checkworthy", help="where to save")
    parser.add_argument("--ablate", action="store_true", help="also print the card's ablations")
    arguments = parser.parse_args()
    encoder = load_encoder()
    folder = arguments.data / "checkworthy"
    debates, dev = encode(folder / TRAIN, encoder), encode(folder / DEV, encoder)
    ours = {path.stem: encode(path, encoder) for path in sorted(OURS.glob("*.tsv"))}
    report("all", debates, ours, dev)
    if arguments.ablate:
        ablate(debates, encode(folder / SPEECHES, encoder), ours, dev)
    save_head(fit(debates, ours, encoder.weights_hash), arguments.out)


if __name__ == "__main__":
    main()
