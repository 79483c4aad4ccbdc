"""The gold set, checked end to end: `python -m benchmarks.goldverdicts [--half dev|scoring] [-v]`.

Every article against its own corpus, or with `--together` against the corpora of all: deciding
documents, verdicts, mismatches, what was said, and the time it takes. `python -m benchmarks.gold`
scores the claims alone, without a verifier.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.gold import match
from benchmarks.goldset import HALVES, GoldArticle, GoldClaim, file_of, indexed, read_half
from factcheck.claims import split_article
from factcheck.pipeline import Checker, Run
from factcheck.records import Claim, Finding, Stance, Verdict
from factcheck.stance import Verifier, load_verifier
from index import Hit, ReferenceIndex, Span, load_encoder

#: Kinds of disagreement that must never be called supported.
EXACT = {"number", "date", "name", "role", "quote"}


@dataclass
class Tally:
    """Counts over articles."""

    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    top: Counter[str] = field(default_factory=Counter)
    decided: int = 0
    exact: int = 0
    exact_supported: list[str] = field(default_factory=list)
    shown: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    words: int = 0
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def measures(self) -> dict[str, float]:
        """Shares in [0, 1]."""
        total = sum(self.verdicts.values())
        right = sum(n for (gold, got), n in self.verdicts.items() if gold == got)
        said = sum(self.said.values())
        return {
            "verdict accuracy": right / max(1, total),
            "deciding document in top 3": self.top["fused"] / max(1, self.decided),
            "without false support": 1.0 - len(self.exact_supported) / max(1, self.exact),
            "mismatch precision": sum(self.right.values()) / max(1, sum(self.shown.values())),
            "mismatch recall": sum(self.found.values()) / max(1, sum(self.wanted.values())),
            "said": sum(n for (gold, got), n in self.said.items() if gold == got) / max(1, said),
        }


def check_article(
    gold: GoldArticle, reference: ReferenceIndex, verifier: Verifier, tally: Tally
) -> list[str]:
    """Add an article to the tally; returns a line for each verdict that differs."""
    began = time.perf_counter()
    claims = split_article(gold.article).claims
    tally.seconds["claims"] += time.perf_counter() - began
    pairs = {i: j for i, j in match(gold, claims).items() if gold.claims[i].verdict}
    chosen = [(gold.claims[i], claims[j]) for i, j in sorted(pairs.items())]
    began = time.perf_counter()
    run = Checker(reference, verifier).run(gold.article, [claim for _, claim in chosen])
    findings = list(run.findings())
    tally.seconds["check"] += time.perf_counter() - began
    tally.words += len(gold.article.text.split())
    _retrieval(gold, chosen, run, tally)
    lines = []
    for (mine, _), finding in zip(chosen, findings, strict=True):
        lines += _verdict(mine, finding, tally)
        _mismatches(gold, mine, finding, tally)
    return lines


def _retrieval(
    gold: GoldArticle, chosen: Sequence[tuple[GoldClaim, Claim]], run: Run, tally: Tally
) -> None:
    """Whether a deciding document is among the first three, for each way to search."""
    asked = [(mine, claim) for mine, claim in chosen if mine.documents]
    search = run.checker.reference.search
    ways: dict[str, Sequence[Sequence[Hit]]] = {
        "fused": run.checker.search([claim for _, claim in asked], run.gate),
        "raw sentence": search([claim.text for _, claim in asked], k=10),
        "standalone": search([claim.standalone for _, claim in asked], k=10),
    }
    tally.decided += len(asked)
    for way, results in ways.items():
        for (mine, _), hits in zip(asked, results, strict=True):
            first = {file_of(gold, hit) for hit in hits[:3]}
            tally.top[way] += bool(first & set(mine.documents))


def _verdict(mine: GoldClaim, finding: Finding, tally: Tally) -> list[str]:
    assert mine.verdict is not None
    got = finding.verdict
    tally.verdicts[(mine.verdict.value, got.value)] += 1
    if mine.said:
        tally.said[(mine.said, finding.said.status.value if finding.said else "none")] += 1
    if mine.verdict is Verdict.REFUTED and EXACT & {m.kind for m in mine.mismatches}:
        tally.exact += 1
        if got is Verdict.SUPPORTED:
            tally.exact_supported.append(mine.text)
    if got is mine.verdict:
        return []
    kinds = ",".join(m.kind for m in mine.mismatches)
    return [f"{mine.verdict.value[:3]} {got.value[:3]} {kinds:12} {mine.text} -- {finding.why}"]


def _mismatches(gold: GoldArticle, mine: GoldClaim, finding: Finding, tally: Tally) -> None:
    """Count the mismatches shown, those that are right, and those of the gold that are found."""
    text = gold.article.text
    shown = [
        (mismatch, file_of(gold, item.hit))
        for item in finding.evidence
        if item.stance is Stance.REFUTES or finding.verdict is Verdict.REFUTED
        for mismatch in item.mismatches
    ]
    places = [
        (m, Span(at, at + len(m.claim)))
        for m in mine.mismatches
        if (at := text.find(m.claim, mine.span.start, mine.span.end)) >= 0
    ]
    for mismatch, document in shown:
        tally.shown[mismatch.kind] += 1
        tally.right[mismatch.kind] += any(
            _meet(mismatch.claim_span, span) and document in mine.documents for _, span in places
        )
    for wanted, span in places:
        tally.wanted[wanted.kind] += 1
        tally.found[wanted.kind] += any(
            _meet(mismatch.claim_span, span) and document in mine.documents
            for mismatch, document in shown
        )


def _meet(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def show_verdicts(tally: Tally) -> None:
    """Print how the claims were found and judged."""
    for way, number in tally.top.items():
        print(f"top 3, {way:14} {number / max(1, tally.decided):.3f} of {tally.decided}")
    verdicts = [verdict.value for verdict in Verdict]
    for verdict in verdicts:
        right = tally.verdicts[(verdict, verdict)]
        gold = sum(tally.verdicts[(verdict, other)] for other in verdicts)
        got = sum(tally.verdicts[(other, verdict)] for other in verdicts)
        row = " ".join(f"{tally.verdicts[(verdict, other)]:4}" for other in verdicts)
        shares = f"precision {right / max(1, got):.3f} recall {right / max(1, gold):.3f}"
        print(f"{verdict:20} {row}  {shares}")


def show(tally: Tally) -> None:
    """Print the tables."""
    for name, value in tally.measures().items():
        print(f"{name:28} {value:.3f}")
    show_verdicts(tally)
    for kind in sorted(tally.wanted | tally.shown):
        print(
            f"{kind:12} precision {tally.right[kind]}/{tally.shown[kind]} "
            f"recall {tally.found[kind]}/{tally.wanted[kind]}"
        )
    print("said:", ", ".join(f"{a}→{b} {n}" for (a, b), n in sorted(tally.said.items())))
    print(f"called supported of {tally.exact} exact contradictions: {len(tally.exact_supported)}")
    for stage, seconds in tally.seconds.items():
        print(f"{stage}: {1000 * seconds / max(1, tally.words):.2f} s per 1,000 words")


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES, default="dev")
    parser.add_argument("--verifier", help="careful, fast, a folder or a hub name")
    parser.add_argument("--together", action="store_true", help="the corpora of all in one index")
    parser.add_argument("-v", "--verbose", action="store_true", help="also where it differs")
    options = parser.parse_args()
    encoder, verifier, tally = load_encoder(), load_verifier(options.verifier), Tally()
    half = read_half(options.half)
    for articles in [half] if options.together else [[gold] for gold in half]:
        with indexed(articles, encoder) as reference:
            for gold in articles:
                lines = check_article(gold, reference, verifier, tally)
                if options.verbose:
                    print(f"== {gold.name}", *lines, sep="\n  ", flush=True)
    show(tally)


if __name__ == "__main__":
    main()
