"""The quality gate: floors under what the small frozen samples in `tests/quality/` measure.

    python -m benchmarks.gate                  measure and compare
    python -m benchmarks.gate --update         raise floors, pin new samples
    python -m benchmarks.gate --update --lower  also lower floors; say why in the commit

`floors.json` pins the SHA-256 of every sample beside its floors: changed data forces a new pin.
A floor stands a margin below what was measured, because other CPUs round differently.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import apart, contrast, endtoend, gold, goldset, goldverdicts
from benchmarks.metrics import (
    accuracy,
    average_precision,
    balanced_accuracy,
    f1,
    false_support,
    recall,
    reciprocal_rank,
)
from benchmarks.verify import stances
from factcheck.bundled import seeds_folder
from factcheck.claims import split_article
from factcheck.claims.checkworthy import THRESHOLD, score_checkworthiness
from factcheck.stance import load_verifier
from factcheck.stance.packaged import CAREFUL, FAST
from index import ReferenceIndex, build_index, load_encoder
from training.data import written_rows

SAMPLES = Path(__file__).parent.parent / "tests" / "quality"
#: What another CPU's rounding, or another precision, may cost.
MARGIN = 0.03
#: Articles of the gold set that are checked end to end here; all of them take minutes.
CHECKED = {"business-retail", "news-ceasefire"}
#: What it may cost on one or two articles, where a single verdict is worth 0.02 to 0.1.
ARTICLE_MARGIN = 0.1


#: Measures of two articles' verdicts, some sixty of them.
FEW = {
    f"gold {name}" for name in ("verdict accuracy", "mismatch precision", "mismatch recall", "said")
} | {"apart verdict accuracy", "apart without false support"}


@dataclass(frozen=True)
class Breach:
    """A measure that fell below its floor, or data that is not what was pinned."""

    what: str
    got: str
    expected: str

    def __str__(self) -> str:
        return f"{self.what}: got {self.got}, expected {self.expected}"


def measure() -> dict[str, float]:
    """Every measure, higher is better, in [0, 1]."""
    return {
        **_retrieval(),
        **_verify(CAREFUL),
        **_verify(FAST),
        **_checkworthy(),
        **_endtoend(),
        **_gold(),
        **_apart(),
    }


def _retrieval() -> dict[str, float]:
    content = json.loads((SAMPLES / "retrieval.json").read_text(encoding="utf-8"))
    encoder = load_encoder()
    with tempfile.TemporaryDirectory() as beside:
        table = Path(beside) / "corpus.jsonl"
        table.write_text("\n".join(json.dumps(row) for row in content["documents"]), "utf-8")
        build_index(Path(beside) / "index", [table], encoder=encoder)
        with ReferenceIndex.open(Path(beside) / "index", encoder) as reference:
            found = reference.search([row["text"] for row in content["queries"]], k=10)
    ranks, first = [], []
    for row, hits in zip(content["queries"], found, strict=True):
        ranked = [hit.passage.document_id.partition("#")[2] for hit in hits]
        relevant = frozenset({row["document"]})
        ranks.append(reciprocal_rank(ranked, relevant))
        first.append(recall(ranked, relevant, 3))
    return {"retrieval MRR": float(np.mean(ranks)), "retrieval recall@3": float(np.mean(first))}


def _verify(name: str) -> dict[str, float]:
    verifier = load_verifier(name)
    rows = _rows("verify.jsonl")
    pairs = [(str(row["claim"]), str(row["evidence"])) for row in rows]
    guesses = stances(verifier.predict(pairs))
    gold = [str(row["label"]) for row in rows]
    blank = stances(verifier.predict([(claim, "") for claim, _ in pairs]))
    told_apart, labels, _ = contrast.measure(verifier, contrast.read_set(contrast.CONTRAST))
    judged, known, _ = contrast.measure(verifier, contrast.read_set(contrast.DOSSIERS))
    windows, sides, _ = contrast.measure(verifier, contrast.read_set(contrast.WINDOWS))
    return {
        f"{name} balanced accuracy": balanced_accuracy(guesses, gold),
        f"{name} without false support": 1.0 - false_support(guesses, gold),
        f"{name} contrast accuracy": accuracy(told_apart, labels),
        f"{name} contrast without false support": 1.0 - false_support(told_apart, labels),
        f"{name} dossiers balanced accuracy": balanced_accuracy(judged, known),
        f"{name} dossiers without false support": 1.0 - false_support(judged, known),
        f"{name} windows balanced accuracy": balanced_accuracy(windows, sides),
        f"{name} windows without false support": 1.0 - false_support(windows, sides),
        f"{name} NEI without evidence": accuracy(blank, ["NEI"] * len(blank)),
    }


def _checkworthy() -> dict[str, float]:
    rows = _rows("checkworthy.jsonl")
    scores = score_checkworthiness([str(row["text"]) for row in rows])
    gold = [row["label"] == 1 for row in rows]
    kept = [bool(score >= THRESHOLD) for score in scores]
    return {
        "checkworthy average precision": average_precision(list(scores), gold),
        "checkworthy F1": f1(kept, gold),
        "checkworthy accuracy": accuracy([str(k) for k in kept], [str(g) for g in gold]),
    }


def _endtoend() -> dict[str, float]:
    gold, report = endtoend.check_folder(seeds_folder(), load_encoder(), load_verifier())
    outcome = endtoend.score(gold, report)
    return {
        "article claims found": outcome.found,
        "article without furniture": float(outcome.furniture == 0),
        "article speakers": outcome.speaker,
        "article deciding document": outcome.document,
        "article verdicts": outcome.verdict,
        "article without false support": 1.0 - outcome.false_support,
    }


def _gold() -> dict[str, float]:
    """Claims on the gold set's scoring half, verdicts on two of its articles."""
    half = goldset.read_half("scoring")
    claims = sum(
        (gold.score_claims(one, split_article(one.article).claims) for one in half),
        gold.ClaimScores(),
    )
    tally = goldverdicts.Tally()
    encoder, verifier = load_encoder(), load_verifier()
    for one in half:
        if one.name in CHECKED:
            with goldset.indexed([one], encoder) as reference:
                goldverdicts.check_article(one, reference, verifier, tally)
    measures = claims.measures() | tally.measures()
    return {f"gold {name}": value for name, value in measures.items()}


def _apart() -> dict[str, float]:
    tally, encoder, verifier = goldverdicts.Tally(), load_encoder(), load_verifier()
    for written in apart.read_apart():
        if written.name in apart.GATED:
            with (
                apart.as_gold(written) as one,
                goldset.indexed([one], encoder) as reference,
            ):
                goldverdicts.check_article(one, reference, verifier, tally)
    refuted = [(got, n) for (known, got), n in tally.verdicts.items() if known == "REFUTED"]
    supported = sum(n for got, n in refuted if got == "SUPPORTED")
    return {
        "apart verdict accuracy": tally.measures()["verdict accuracy"],
        "apart without false support": 1.0 - supported / sum(n for _, n in refuted),
    }


def _rows(name: str) -> list[dict[str, object]]:
    return [row for _, row in written_rows(SAMPLES / name)]


def hashes() -> dict[str, str]:
    """SHA-256 (hex) of every sample: the files here and everything bundled."""
    files = {f"tests/quality/{path.name}": [path] for path in sorted(SAMPLES.glob("*.json*"))}
    files.pop("tests/quality/floors.json", None)
    for half in goldset.HALVES:
        folder = goldset.FOLDER / half
        files[f"gold {half}"] = sorted(path for path in folder.rglob("*") if path.is_file())
    files["gold apart"] = sorted((goldset.FOLDER / "apart").glob("*.jsonl"))
    files["seeds"] = sorted(path for path in seeds_folder().rglob("*") if path.is_file())
    return {
        name: hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()
        for name, paths in files.items()
    }


def compare(
    measured: dict[str, float], found: dict[str, str], pinned: dict[str, dict[str, object]]
) -> list[Breach]:
    """What breaks the pins: other data, a measure below its floor, either without the other."""
    breaches = [
        Breach(f"data {name}", digest[:12], str(pinned["data"].get(name, "no such data"))[:12])
        for name, digest in found.items()
        if pinned["data"].get(name) != digest
    ]
    for name, value in measured.items():
        floor = pinned["floors"].get(name)
        if not isinstance(floor, float) or not value >= floor:  # NaN is a breach too
            expected = "a pinned floor" if floor is None else f"at least {floor}"
            breaches.append(Breach(name, f"{value:.3f}", expected))
    gone = pinned["floors"].keys() - measured.keys()
    return breaches + [Breach(name, "no measure", "one, for its floor") for name in sorted(gone)]


def _margin(name: str) -> float:
    return ARTICLE_MARGIN if name.startswith("article") or name in FEW else MARGIN


def updated(
    measured: dict[str, float], floors: dict[str, object], *, lower: bool
) -> dict[str, float]:
    """New floors: a margin below what is measured, never below the old one unless `lower`."""
    fresh = {name: max(0.0, round(value - _margin(name), 3)) for name, value in measured.items()}
    if lower:
        return fresh
    return {name: max(value, float(str(floors.get(name, 0.0)))) for name, value in fresh.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and compare or update; 1 when something breaks the pins."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="pin the samples and raise floors")
    parser.add_argument("--lower", action="store_true", help="with --update: also lower floors")
    options = parser.parse_args(arguments)
    path = SAMPLES / "floors.json"
    pinned = json.loads(path.read_text("utf-8")) if path.exists() else {"data": {}, "floors": {}}
    measured, found = measure(), hashes()
    for name, value in measured.items():
        print(f"{name:32} {value:.3f}  floor {pinned['floors'].get(name, 'none')}")
    if options.update:
        floors = updated(measured, pinned["floors"], lower=options.lower)
        path.write_text(json.dumps({"data": found, "floors": floors}, indent=1) + "\n", "utf-8")
        return 0
    breaches = compare(measured, found, pinned)
    for breach in breaches:
        print(breach, file=sys.stderr)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
