"""Train the check-worthiness head: `python -m training.checkworthy --data DIR`.

A logistic regression on the packaged encoder's embeddings and a few plain features, trained on
ClaimBuster's debate sentences and on news-style sentences of our own (`checkworthy_news.tsv`).
Prints how the head does on CheckThat! 2024 and, by cross-validation, on our own sentences.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factcheck.claims.checkworthy import THRESHOLD, Head, inputs_of, save_head
from index import Encoder, load_encoder
from training.data import read_json_lines

TRAIN = "train_claimbuster.jsonl.gz"
DEV = "dev_checkthat2024.jsonl.gz"
NEWS = Path(__file__).with_name("checkworthy_news.tsv")
#: Debates are spoken; an article is written. A few hundred sentences of our own teach the
#: difference, each counted as often as this.
NEWS_WEIGHT = 10.0
FOLDS = 5


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


def fit(debates: Sentences, news: Sentences, encoder_hash: str) -> Head:
    """The regression on both sources. L2, strength 1; the solver is deterministic."""
    from sklearn.linear_model import LogisticRegression

    weights = np.r_[np.ones(len(debates.labels)), np.full(len(news.labels), NEWS_WEIGHT)]
    model = LogisticRegression(max_iter=3000).fit(
        np.r_[debates.inputs, news.inputs],
        np.r_[debates.labels, news.labels],
        sample_weight=weights,
    )
    return Head(model.coef_[0].astype(np.float32), float(model.intercept_[0]), encoder_hash)


def cross_validate(debates: Sentences, news: Sentences) -> NDArray[np.float32]:
    """Probabilities of our own sentences, each from a head that has not seen it."""
    folds = np.random.default_rng(0).permutation(len(news.labels)) % FOLDS
    scores = np.empty(len(news.labels), dtype=np.float32)
    for fold in range(FOLDS):
        held_out = folds == fold
        seen = Sentences(news.inputs[~held_out], news.labels[~held_out])
        scores[held_out] = fit(debates, seen, "").probabilities(news.inputs[held_out])
    return scores


def describe(name: str, labels: NDArray[np.int64], scores: NDArray[np.float32]) -> str:
    """One line: average precision, and at the threshold F1, recall and false alarms."""
    from sklearn.metrics import average_precision_score, f1_score

    chosen = scores >= THRESHOLD
    return (
        f"{name:32} AP {average_precision_score(labels, scores):.3f}"
        f"  F1 {f1_score(labels, chosen):.3f}"
        f"  recall {chosen[labels == 1].mean():.3f}"
        f"  false alarms {chosen[labels == 0].mean():.3f}"
    )


def main() -> None:
    """Train, measure, save."""
    parser = argparse.ArgumentParser(prog="python -m training.checkworthy", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds checkworthy/")
    parser.add_argument("--out", default="factcheck/models/checkworthy", help="where to save")
    arguments = parser.parse_args()
    encoder = load_encoder()
    folder = arguments.data / "checkworthy"
    debates, dev = encode(folder / TRAIN, encoder), encode(folder / DEV, encoder)
    news = encode(NEWS, encoder)
    none = Sentences(news.inputs[:0], news.labels[:0])
    head, without = fit(debates, news, encoder.weights_hash), fit(debates, none, "")
    print(describe("CheckThat! 2024", dev.labels, head.probabilities(dev.inputs)))
    print(describe("  without our sentences", dev.labels, without.probabilities(dev.inputs)))
    print(describe("our sentences, held out", news.labels, cross_validate(debates, news)))
    print(describe("  without our sentences", news.labels, without.probabilities(news.inputs)))
    save_head(head, arguments.out)


if __name__ == "__main__":
    main()
