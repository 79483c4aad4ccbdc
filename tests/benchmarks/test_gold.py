"""The gold set is whole, and what scores it counts right."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import goldverdicts
from benchmarks.gold import ClaimScores, match, names_all, score_claims
from benchmarks.goldset import (
    FURTHER,
    HALVES,
    GoldArticle,
    overlap,
    pair_up,
    read_folder,
    read_half,
)
from benchmarks.goldverdicts import Tally
from factcheck.records import (
    Claim,
    ClaimKind,
    Finding,
    Mismatch,
    Said,
    SaidStatus,
    Stance,
    Verdict,
)
from index import Span
from tests.builders import some_evidence

ARTICLE = """\
---
title: Harbour news
date: 2022-03-04
---
Harbour master Ida Roe said the port handled 5,200 tonnes. The port is deep. What a sight!
"""


def row(text: str, **known: object) -> dict[str, object]:
    """A line of `claims.jsonl`."""
    made: dict[str, object] = {
        "text": text,
        "standalone": text,
        "names": [],
        "speaker": None,
        "kind": "assertion",
        "verdict": None,
        "documents": [],
        "mismatches": [],
        "said": None,
    }
    return made | known


ROWS = [
    row("Harbour master Ida Roe", kind="role", names=["Ida Roe", "harbour master|port master"]),
    row(
        "Ida Roe said the port handled 5,200 tonnes",
        kind="figure",
        speaker="Ida Roe",
        names=["Ostrel"],
        verdict="REFUTED",
        documents=["bulletin.md"],
        mismatches=[{"kind": "number", "claim": "5,200", "passage": "2,500"}],
        said={"status": "absent"},
    ),
    row("The port is deep.", verdict="SUPPORTED", documents=["a.md", "b.md"]),
]


def write(folder: Path, rows: list[dict[str, object]]) -> Path:
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    for name, lines in (("claims", rows), ("other", [{"text": "What a sight!", "reason": "x"}])):
        text = "\n".join(json.dumps(line) for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def gold(tmp_path: Path) -> GoldArticle:
    return read_folder(write(tmp_path, ROWS))


def a_found(gold: GoldArticle, text: str, **known: object) -> Claim:
    """A claim as extraction would give it."""
    start = gold.article.text.index(text)
    kind = ClaimKind(known.get("kind", "assertion"))
    speaker = known.get("speaker")
    return Claim(
        text,
        start,
        start + len(text),
        str(known.get("standalone", text)),
        None if speaker is None else str(speaker),
        kind,
        0.9,
        "",
    )


def test_overlap_is_shared_by_all_characters() -> None:
    assert overlap(Span(0, 10), Span(5, 15)) == pytest.approx(1 / 3)
    assert overlap(Span(0, 10), Span(0, 10)) == 1.0
    assert overlap(Span(0, 10), Span(10, 12)) == 0.0


def test_spans_are_paired_best_overlap_first_each_once() -> None:
    gold, found = [Span(0, 10), Span(10, 20)], [Span(0, 12), Span(1, 10), Span(30, 40)]
    assert pair_up(gold, found) == {0: 1}
    assert pair_up(gold, found, least=0.05) == {0: 1, 1: 0}
    assert pair_up([], found) == pair_up(gold, []) == {}


def test_an_article_is_read_with_its_spans(gold: GoldArticle) -> None:
    text = gold.article.text
    assert [claim.span.of(text) for claim in gold.claims] == [r["text"] for r in ROWS]
    assert [other.of(text) for other in gold.others] == ["What a sight!"]
    assert gold.claims[1].verdict is Verdict.REFUTED
    assert (gold.claims[1].said, gold.claims[2].said) == ("absent", None)
    assert gold.article.published == "2022-03-04"


def test_a_text_that_does_not_stand_in_the_article_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="substring not found"):
        read_folder(write(tmp_path, [row("The port is shallow.")]))
    again = row("The", occurrence=9)
    with pytest.raises(ValueError, match="substring not found"):
        read_folder(write(tmp_path, [again]))


def test_the_second_of_two_alike_is_found_by_its_number(tmp_path: Path) -> None:
    gold = read_folder(write(tmp_path, [row("port"), row("port", occurrence=2)]))
    first, second = (claim.span for claim in gold.claims)
    assert first.start < second.start
    assert second.of(gold.article.text) == "port"


def test_roles_are_paired_with_roles(gold: GoldArticle) -> None:
    sentence = "Harbour master Ida Roe said the port handled 5,200 tonnes."
    role = a_found(gold, "Harbour master Ida Roe", kind="role")
    whole = a_found(gold, sentence, kind="figure")
    assert match(gold, [whole, role]) == {0: 1, 1: 0}


def test_names_are_asked_for_with_alternatives(gold: GoldArticle) -> None:
    role = gold.claims[0]
    assert names_all(role, "Ida Roe is Port Master of Ostrel.")
    assert not names_all(role, "Ida Roe is a captain.")
    assert names_all(replace(role, names=("ship's",)), "The ship’s bell.")


def test_claims_are_scored_by_hand(gold: GoldArticle) -> None:
    claims = [
        a_found(
            gold, "Ida Roe said the port handled 5,200 tonnes", kind="figure", speaker="Ida Roe"
        ),
        a_found(gold, "The port is deep.", standalone="The port of Ostrel is deep.", kind="role"),
        a_found(gold, "What a sight!"),
    ]
    scores = score_claims(gold, claims)
    assert scores == ClaimScores(
        found=2, gold=3, wrong=1, furniture=1, speakers=2, alone=1, kinds=1
    )
    measures = scores.measures()
    assert measures["claim recall"] == measures["claim precision"] == pytest.approx(2 / 3)
    assert measures["claim F1"] == pytest.approx(2 / 3)
    assert measures["without furniture"] == pytest.approx(2 / 3)
    assert measures["standalone"] == 0.5
    assert (scores + scores).found == 4
    assert (scores + ClaimScores()) == scores


def _finding(gold: GoldArticle, verdict: Verdict, *mismatches: Mismatch) -> Finding:
    claim = a_found(gold, "Ida Roe said the port handled 5,200 tonnes", speaker="Ida Roe")
    item = some_evidence(0.0, 0.9, f"{gold.name}/bulletin.md", mismatches=mismatches)
    assert item.stance is Stance.REFUTES
    said = Said(SaidStatus.ABSENT)
    return Finding(claim, (item,), verdict, 0.9, None, "why", said)


def _mismatch(gold: GoldArticle, piece: str) -> Mismatch:
    at = gold.article.text.index(piece)
    return Mismatch("number", Span(at, at + len(piece)), Span(0, 1), piece, "2,500")


def test_verdicts_and_mismatches_are_counted_by_hand(gold: GoldArticle) -> None:
    tally = Tally()
    mine = gold.claims[1]
    right = _finding(gold, Verdict.REFUTED, _mismatch(gold, "5,200 tonnes"), _mismatch(gold, "Ida"))
    assert goldverdicts._verdict(mine, right, tally) == []
    goldverdicts._mismatches(gold, mine, right, tally)
    wrong = _finding(gold, Verdict.SUPPORTED)
    (line,) = goldverdicts._verdict(mine, wrong, tally)
    assert line.startswith("REF SUP number")
    goldverdicts._mismatches(gold, mine, wrong, tally)
    assert tally.verdicts == Counter({("REFUTED", "REFUTED"): 1, ("REFUTED", "SUPPORTED"): 1})
    assert tally.said == Counter({("absent", "absent"): 2})
    assert (tally.exact, tally.exact_supported) == (2, [mine.text])
    measures = tally.measures()
    assert measures["verdict accuracy"] == 0.5
    assert measures["mismatch precision"] == 0.5  # `Ida` is in no mismatch of the gold
    assert measures["mismatch recall"] == 0.5  # shown once, missed once
    assert measures["without false support"] == 0.5
    assert measures["said"] == 1.0


def test_a_mismatch_in_another_document_is_not_the_golds(gold: GoldArticle) -> None:
    tally = Tally()
    shown = _finding(gold, Verdict.REFUTED, _mismatch(gold, "5,200"))
    elsewhere = replace(gold.claims[1], documents=("other.md",))
    goldverdicts._mismatches(gold, elsewhere, shown, tally)
    assert (tally.right["number"], tally.found["number"]) == (0, 0)
    assert (tally.shown["number"], tally.wanted["number"]) == (1, 1)


@pytest.fixture(scope="module")
def everything() -> dict[str, list[GoldArticle]]:
    return {half: read_half(half) for half in HALVES}


def test_the_gold_set_is_as_large_as_it_says(everything: dict[str, list[GoldArticle]]) -> None:
    articles = [gold for half in everything.values() for gold in half]
    claims = [claim for gold in articles for claim in gold.claims]
    assert len({gold.name for gold in articles}) == len(articles) >= 12
    assert len(claims) >= 300
    assert sum(len(gold.others) for gold in articles) >= 60
    assert sum(claim.verdict is not None for claim in claims) >= 120
    assert sum(any(gold.corpus.iterdir()) for gold in articles if gold.corpus.is_dir()) >= 5
    verdicts = Counter(claim.verdict for claim in claims)
    assert min(verdicts[verdict] for verdict in Verdict) >= 5
    said = Counter(claim.said for claim in claims)
    assert min(said[status] for status in ("altered", "misattributed", "absent")) >= 3
    assert sum(claim.trap for claim in claims) >= 5


def test_every_row_of_the_gold_set_holds_together(everything: dict[str, list[GoldArticle]]) -> None:
    kinds = {"number", "percentage", "unit", "date", "duration", "name", "role", "place"}
    kinds |= {"negation", "direction", "quantifier", "quote"}
    for gold in [gold for half in everything.values() for gold in half]:
        files = {path.name: path for path in gold.corpus.iterdir()}
        spans = [(claim.span.start, claim.span.end) for claim in gold.claims]
        assert len(set(spans)) == len(spans), gold.name
        for claim in gold.claims:
            where = f"{gold.name}: {claim.text}"
            assert claim.span.of(gold.article.text) == claim.text, where
            assert set(claim.documents) <= set(files), where
            assert not claim.mismatches or claim.verdict in {
                Verdict.REFUTED,
                Verdict.CONFLICTING,
            }, where
            assert not claim.trap or not claim.mismatches, where
            sources = "\n".join(files[name].read_text(encoding="utf-8") for name in claim.documents)
            for mismatch in claim.mismatches:
                assert mismatch.kind in kinds, where
                assert mismatch.claim in claim.text, where
                assert mismatch.passage in sources, where


def test_of_further_articles_the_claims_hold_together() -> None:
    articles = read_half(FURTHER)
    assert len(articles) >= 12
    assert sum(len(gold.claims) for gold in articles) >= 400
    for gold in articles:
        for claim in gold.claims:
            assert claim.span.of(gold.article.text) == claim.text
            assert claim.names
            assert names_all(claim, claim.standalone), claim.text
