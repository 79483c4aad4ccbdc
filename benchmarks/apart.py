"""Articles that no verifier learns from: `python -m benchmarks.apart [-v]`.

Sixteen articles in `tests/gold/apart/`, made like those that the verifier learns from, by other
hands and about other things: what documents say of each claim is known, and so its verdict. They
tell whether learning has helped where it was not looked at. The few weights of the rule are fitted
on fourteen of them, too; `benchmarks.crossfit` judges each by a rule that does not know it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.goldset import FOLDER, GoldArticle, GoldClaim, indexed
from benchmarks.goldverdicts import Tally, check_article, show_verdicts
from factcheck.records import Verdict
from factcheck.stance import load_verifier
from index import Span, load_encoder
from training.articles import Labelled, Written, laid_out, places, read_articles

APART = FOLDER / "apart"
#: What the quality gate judges, and not even the rule is fitted on.
GATED = frozenset({"harbour-isandro", "singer-obituary"})
_VERDICTS = {
    frozenset[str](): Verdict.NOT_ENOUGH_EVIDENCE,
    frozenset({"SUPPORTS"}): Verdict.SUPPORTED,
    frozenset({"REFUTES"}): Verdict.REFUTED,
    frozenset({"SUPPORTS", "REFUTES"}): Verdict.CONFLICTING,
}


def read_apart() -> list[Written]:
    """The articles, in the order of their files."""
    return [written for path in sorted(APART.glob("*.jsonl")) for written in read_articles(path)]


@contextmanager
def as_gold(written: Written) -> Iterator[GoldArticle]:
    """The article as one of the gold set, its corpus in a folder that is gone afterwards."""
    with laid_out(written) as (article, corpus):
        found = zip(written.claims, places(written, article), strict=True)
        claims = tuple(_claim(labelled, span) for labelled, span in found)
        yield GoldArticle(written.name, article, claims, (), corpus)


def _claim(labelled: Labelled, span: Span) -> GoldClaim:
    return GoldClaim(
        span=span,
        text=labelled.text,
        standalone=labelled.statement,
        names=(),
        speaker=None,
        kind="",
        verdict=_VERDICTS[frozenset(label.stance for label in labelled.labels)],
        documents=tuple(dict.fromkeys(label.document for label in labelled.labels)),
        mismatches=(),
        said=None,
        trap=False,
    )


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verifier", help="careful, fast, a folder or a hub name")
    parser.add_argument("-v", "--verbose", action="store_true", help="also where it differs")
    options = parser.parse_args()
    encoder, verifier, tally = load_encoder(), load_verifier(options.verifier), Tally()
    for written in read_apart():
        with as_gold(written) as gold, indexed([gold], encoder) as reference:
            lines = check_article(gold, reference, verifier, tally)
        if options.verbose:
            print(f"== {written.name}", *lines, sep="\n  ", flush=True)
    print(f"{'verdict accuracy':28} {tally.measures()['verdict accuracy']:.3f}")
    show_verdicts(tally)


if __name__ == "__main__":
    main()
