"""Check-worthiness: `python -m benchmarks.checkworthy --data DIR`.

Average precision and F1 of the positive class on CheckThat! 2024, ours at the shipped threshold,
against TF-IDF and a logistic regression trained on the same debates in the same run, at 0.5.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factcheck.claims.checkworthy import THRESHOLD, score_checkworthiness
from training.checkworthy import DEV, TRAIN, read_labelled


def tfidf_scores(train: tuple[list[str], list[int]], texts: list[str]) -> NDArray[np.float64]:
    """Probabilities (n,) of `texts` by word and word-pair TF-IDF."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        LogisticRegression(max_iter=2000),
    )
    model.fit(*train)
    return np.asarray(model.predict_proba(texts)[:, 1])


def report(name: str, labels: list[int], scores: NDArray[np.floating], threshold: float) -> str:
    """One line of the table."""
    from sklearn.metrics import average_precision_score, f1_score

    precision = average_precision_score(labels, scores)
    return f"{name:28} {precision:8.3f} {f1_score(labels, scores >= threshold):8.3f}"


def main() -> None:
    """Score, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checkworthy", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the checkworthy/ folder")
    data = parser.parse_args().data
    texts, labels = read_labelled(data / DEV)
    print(f"{f'{DEV}, {len(texts)} sentences':28}\n{'':28} {'AP':>8} {'F1':>8}")
    print(report("ours", labels, score_checkworthiness(texts), THRESHOLD))
    baseline = tfidf_scores(read_labelled(data / TRAIN), texts)
    print(report("TF-IDF, logistic regression", labels, baseline, 0.5))


if __name__ == "__main__":
    main()
