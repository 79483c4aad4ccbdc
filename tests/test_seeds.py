"""The bundled example: `gold.json` must agree with the article and the corpus it describes."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"
GOLD = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))
ARTICLE = (SEEDS / GOLD["article"]).read_text(encoding="utf-8")
CORPUS = SEEDS / GOLD["corpus"]
CLAIMS = GOLD["claims"]
LINES = [claim["text"] for claim in CLAIMS] + GOLD["not_claims"]
VERDICTS = {"SUPPORTED", "REFUTED", "CONFLICTING", "NOT_ENOUGH_EVIDENCE"}


def documents() -> Iterator[tuple[str, str]]:
    """Id and raw text of every document, read here without the project's own readers."""
    for path in sorted(CORPUS.rglob("*")):
        if path.is_dir():
            continue
        name, text = path.relative_to(CORPUS).as_posix(), path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            rows = [json.loads(line) for line in text.splitlines()]
        elif path.suffix == ".csv":
            rows = list(csv.DictReader(text.splitlines()))
        else:
            yield name, text
            continue
        for row in rows:
            assert row.keys() == {"id", "title", "text", "date", "source"}, (name, row)
            yield f"{name}#{row['id']}", row["text"]


DOCUMENTS = list(documents())


@pytest.mark.parametrize("line", LINES)
def test_every_line_stands_in_the_article_once(line: str) -> None:
    assert ARTICLE.count(line) == 1


def test_claims_and_not_claims_are_the_whole_article() -> None:
    rest = ARTICLE
    for line in LINES:
        rest = rest.replace(line, "")
    assert rest.split() == []


def test_claims_are_listed_in_the_order_of_the_article() -> None:
    starts = [ARTICLE.index(claim["text"]) for claim in CLAIMS]
    assert starts == sorted(starts)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["text"][:40])
def test_a_claim_is_decided_by_a_document_of_the_corpus(claim: dict[str, str | None]) -> None:
    assert claim.keys() == {"text", "speaker", "verdict", "document", "note"}
    assert claim["verdict"] in VERDICTS
    assert claim["note"]
    if claim["verdict"] == "NOT_ENOUGH_EVIDENCE":
        assert claim["document"] is None
    else:
        assert claim["document"] in dict(DOCUMENTS)


def test_a_conflict_names_the_document_on_the_other_side() -> None:
    for claim in CLAIMS:
        if claim["verdict"] == "CONFLICTING":
            others = [name for name, _ in DOCUMENTS if name in claim["note"]]
            assert others, claim["text"]
            assert claim["document"] not in others


def test_a_speaker_is_named_in_the_article() -> None:
    speakers = {claim["speaker"] for claim in CLAIMS} - {None}
    assert {speaker for speaker in speakers if speaker not in ARTICLE} == set()


def test_the_verdicts_are_of_all_sorts() -> None:
    counts = Counter(claim["verdict"] for claim in CLAIMS)
    assert counts == {"SUPPORTED": 14, "REFUTED": 10, "CONFLICTING": 3, "NOT_ENOUGH_EVIDENCE": 5}


def test_the_corpus_is_of_five_formats_and_has_no_two_documents_alike() -> None:
    suffixes = {path.suffix for path in CORPUS.rglob("*") if path.is_file()}
    assert suffixes == {".md", ".txt", ".html", ".jsonl", ".csv"}
    names, texts = zip(*DOCUMENTS, strict=True)
    assert len(names) == len(set(names)) == 30
    assert len(set(texts)) == len(texts)


def test_documents_are_of_a_size_to_be_read() -> None:
    lengths = {name: len(text.split()) for name, text in DOCUMENTS}
    assert {name: n for name, n in lengths.items() if not 75 <= n <= 400} == {}
