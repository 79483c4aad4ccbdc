"""Readings of labelled pairs and of the gold set, for `training.rule` and the ablation.

A reading takes seconds of models and its signs are a few numbers, so they are kept beside, by the
hashes of the verifier and of the code that reads, and made again when either changes.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.gold import match
from benchmarks.goldset import GoldArticle, GoldClaim, file_of
from factcheck.claims import split_article
from factcheck.claims.syntax import parse
from factcheck.deciding import Gate
from factcheck.mismatch import Text
from factcheck.pipeline import Checker
from factcheck.records import Claim, Probabilities
from factcheck.spans import overlaps
from factcheck.stance import Reading, Verifier, read
from factcheck.verdict import Difference, Signs, placed
from index import (
    Encoder,
    FoundBy,
    Hit,
    Passage,
    ReferenceIndex,
    Span,
    load_encoder,
)
from training.data import Pair

CODE = Path(__file__).parent.parent
#: What shapes no reading.
AFTERWARDS = tuple(f"factcheck/{name}" for name in ("rule.py", "why.py", "render/", "review/"))


@dataclass(frozen=True)
class Row:
    """A claim and a passage: its signs, its label, and what it belongs to.

    `claim` numbers the claims of a source or an article; `label` is SUPPORTS, REFUTES or NEI.
    `named` says of each of the signs' differences whether the gold set names it.
    """

    source: str
    claim: int
    document: str
    label: str
    verdict: str
    signs: Signs
    named: tuple[bool, ...] = ()


def signs_of_pairs(verifier: Verifier, pairs: Sequence[Pair]) -> list[Row]:
    """The signs of labelled (claim, evidence) pairs, each evidence a passage of its own."""
    grammar = parse([pair.claim for pair in pairs])
    asked = [
        (Text(pair.claim, parsed), _hit(pair.evidence, number))
        for number, (pair, parsed) in enumerate(zip(pairs, grammar, strict=True))
    ]
    readings = read(verifier, load_encoder(), asked)
    return [
        Row(pair.source, number, str(number), pair.label, pair.label, reading.signs)
        for number, (pair, reading) in enumerate(zip(pairs, readings, strict=True))
    ]


def _hit(evidence: str, number: int) -> Hit:
    passage = Passage(str(number), 0, len(evidence), evidence, "")
    return Hit(passage, 1.0, FoundBy.BOTH, "", "", None, None)


def signs_of_article(
    gold: GoldArticle, reference: ReferenceIndex, encoder: Encoder, verifier: Verifier
) -> list[Row]:
    """The signs of every passage found for every gold claim with a verdict that is extracted.

    The passage of a document that decides has the claim's label, or none where the documents
    conflict; a passage of any other is taken to decide nothing.
    """
    claims = split_article(gold.article).claims
    pairs = match(gold, claims)
    checker = Checker(reference, verifier)
    chosen = [(i, j) for i, j in sorted(pairs.items()) if gold.claims[i].verdict]
    gate = Gate(reference, gold.article.text)
    found = checker.search([claims[j] for _, j in chosen], gate)
    grammar = parse([claims[j].statement for _, j in chosen])
    asked, about = [], []
    for (i, j), hits, parsed in zip(chosen, found, grammar, strict=True):
        text = Text.of_claim(claims[j], parsed)
        near = hits[: checker.options.passages]
        asked += [(text, hit) for hit in near]
        about += [i for _ in near]
    readings = read(verifier, encoder, asked)
    rows = []
    for i, reading in zip(about, readings, strict=True):
        mine, claim = gold.claims[i], claims[pairs[i]]
        assert mine.verdict is not None
        document = reading.hit.passage.document_id
        rivals = [
            other
            for number, other in zip(about, readings, strict=True)
            if number == i and other.hit.passage.document_id == document
        ]
        label = _label(gold, mine, reading, rivals)
        signs = placed(reading.signs, gate, claim, reading.hit)
        named = _named(gold, mine, claim, reading)
        rows.append(Row(gold.name, i, document, label, mine.verdict.value, signs, named))
    return rows


def _named(gold: GoldArticle, mine: GoldClaim, claim: Claim, reading: Reading) -> tuple[bool, ...]:
    """Of each difference whether the gold set has it: the piece of the claim and of the passage."""
    text, passage = gold.article.text, reading.hit.passage
    decides = file_of(gold, reading.hit) in mine.documents
    pieces = [
        (Span(at, at + len(each.claim)), Span(there, there + len(each.passage)))
        for each in mine.mismatches
        if (at := text.find(each.claim, mine.span.start, mine.span.end)) >= 0
        and (there := passage.text.find(each.passage)) >= 0
    ]
    named = []
    for proposal in reading.comparison.proposals:
        origin = claim.origin_of(proposal.claim_span)
        found = proposal.passage_span
        value = Span(found.start - passage.start, found.end - passage.start)
        named.append(
            decides
            and origin is not None
            and any(overlaps(origin, [a]) and overlaps(value, [b]) for a, b in pieces)
        )
    return tuple(named)


def _label(gold: GoldArticle, mine: GoldClaim, reading: Reading, rivals: Sequence[Reading]) -> str:
    """A passage's label; `?` for those of a deciding document that may not be the one that decides.

    That is the one with the piece that differs, else the one with most of the claim's words.
    """
    if file_of(gold, reading.hit) not in mine.documents:
        return "NEI"
    side = {"SUPPORTED": "SUPPORTS", "REFUTED": "REFUTES"}.get(
        str(mine.verdict and mine.verdict.value)
    )
    pieces = [mismatch.passage for mismatch in mine.mismatches]
    if any(piece in rival.hit.passage.text for piece in pieces for rival in rivals):
        decides = any(piece in reading.hit.passage.text for piece in pieces)
    else:
        decides = reading is max(rivals, key=lambda rival: rival.signs.covered)
    return side if side and decides else "?"


def kept(path: Path, verifier: Verifier, what: str) -> Path:
    """Where rows are kept: a file of its own for each verifier, reading code and set of pairs."""
    digest = hashlib.sha256(f"{verifier.weights_hash} {_code()} {what}".encode()).hexdigest()
    return path / f"signs-{digest[:16]}.json"


@functools.cache
def _code() -> str:
    """SHA-256 (hex) of all code but what comes after a reading: the rule, and what is shown."""
    labels = tuple(f"benchmarks/{name}.py" for name in ("signs", "gold", "goldset"))
    patterns = ("index/**/*.py", "factcheck/**/*.py", *labels)
    files = [path for pattern in patterns for path in CODE.glob(pattern)]
    names = {path.relative_to(CODE).as_posix(): path for path in files}
    shaping = sorted(name for name in names if not name.startswith(AFTERWARDS))
    parts = [name.encode() + names[name].read_bytes() for name in shaping]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def save(path: Path, rows: Sequence[Row]) -> None:
    """Write rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")


def load(path: Path) -> list[Row]:
    """Read rows written by `save`."""
    return [_row(row) for row in json.loads(path.read_text(encoding="utf-8"))]


def _row(row: dict[str, object]) -> Row:
    signs, named = row["signs"], row["named"]
    assert isinstance(signs, dict)
    assert isinstance(named, list)
    differences = tuple(
        Difference(d["kind"], Probabilities(**d["before"]), Probabilities(**d["after"]))
        for d in signs.pop("differences")
    )
    own = Probabilities(**signs.pop("probabilities"))
    made = Signs(probabilities=own, differences=differences, **signs)
    return Row(
        str(row["source"]),
        int(str(row["claim"])),
        str(row["document"]),
        str(row["label"]),
        str(row["verdict"]),
        made,
        tuple(map(bool, named)),
    )
