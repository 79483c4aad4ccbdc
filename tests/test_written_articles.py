"""The articles we wrote for training: their files, and what a check would read of them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB

from benchmarks.apart import as_gold, read_apart
from benchmarks.goldset import FURTHER, HALVES, file_of, indexed, read_half
from factcheck.records import Verdict
from tests.fakes import WordEncoder, WordVerifier
from training.articles import (
    FOLDER,
    Asked,
    Label,
    Labelled,
    Written,
    claims_of,
    drawn,
    read_articles,
    readings,
    strangers,
)

BEFORE = "Boats are painted in red and white here, by hand, as they have been for sixty years."
BEHIND = "Nobody swims there, for the water is cold, and the current strong at every hour."
PIECE = "The port handled 2,500 tonnes of cod in 2021."
ROW = {
    "name": "port",
    "article": (
        "# The port of Ostrel\n\n3 March 2022\n\n"
        "The port of Ostrel handled 5,200 tonnes of cod in 2021. The quay of Ostrel is red."
    ),
    "documents": {
        "bulletin.md": (
            '---\ntitle: "Harvest bulletin"\ndate: 2022-03-01\n---\n'
            f"{BEFORE} {PIECE} {BEHIND} Ida Roe runs the port."
        ),
        "letter.md": '---\ntitle: "A letter"\n---\nThe port of Ostrel sells cod on Fridays.',
    },
    "claims": [
        {
            "text": "The port of Ostrel handled 5,200 tonnes of cod in 2021.",
            "statement": "The port of Ostrel handled 5,200 tonnes of cod in 2021.",
            "labels": [{"document": "bulletin.md", "stance": "REFUTES", "piece": PIECE}],
        },
        {"text": "The quay", "statement": "The quay of Ostrel is red.", "labels": []},
    ],
}
PATHS = sorted(FOLDER.glob("*.jsonl"))


def written(tmp_path: Path, text: str) -> Written:
    path = tmp_path / "port.jsonl"
    path.write_text(text + "\n", encoding="utf-8")
    (article,) = read_articles(path)
    return article


HANDLED = "The port of Ostrel handled 5,200 tonnes of cod in 2021."
QUAY = "The quay of Ostrel is red."
LETTER = "A letter: The port of Ostrel sells cod on Fridays."
HEAD = "Harvest bulletin (1 March 2022): "


@pytest.mark.models
def test_passages_are_read_as_a_check_reads_them(tmp_path: Path) -> None:
    article = written(tmp_path, json.dumps(ROW))
    asked = readings(article, claims_of(article), WordEncoder(), WordVerifier())
    bulletin = f"{HEAD}{BEFORE} {PIECE} {BEHIND}"
    decided = [each for each in asked if each.label != "NEI"]
    assert decided == [Asked(HANDLED, (bulletin,), "REFUTES", (HANDLED.replace("5,200", "2,500"),))]
    others = [(each.claim, each.windows) for each in asked if each not in decided]
    assert sorted(others) == [
        (HANDLED, (LETTER,)),
        (QUAY, (LETTER,)),
        (QUAY, (bulletin, f"{bulletin} Ida Roe runs the port.")),
    ]


@pytest.mark.models
def test_the_documents_of_other_articles_decide_nothing(tmp_path: Path) -> None:
    mine = written(tmp_path, json.dumps(ROW))
    other = replace(mine, documents={"bulletin.md": "The port of Lune handled 5,200 tonnes."})
    claims = [claims_of(mine), []]
    asked = strangers([mine, other], claims, WordEncoder(), WordVerifier())
    window = "bulletin: The port of Lune handled 5,200 tonnes."
    assert asked == [Asked(claim, (window,), "NEI") for claim in (HANDLED, QUAY)]


def test_what_the_documents_say_makes_the_verdict(tmp_path: Path) -> None:
    said = {"document": "letter.md", "stance": "SUPPORTS", "piece": "The port of Ostrel sells cod"}
    row = json.loads(json.dumps(ROW))
    first, quay = row["claims"]
    row["claims"] = [first, {**first, "labels": [*first["labels"], said]}, quay]
    with as_gold(written(tmp_path, json.dumps(row))) as gold:
        verdicts = [claim.verdict for claim in gold.claims]
        assert (gold.corpus / "letter.md").read_text(encoding="utf-8").endswith("on Fridays.")
    assert verdicts == [Verdict.REFUTED, Verdict.CONFLICTING, Verdict.NOT_ENOUGH_EVIDENCE]
    assert [claim.documents for claim in gold.claims] == [
        ("bulletin.md",),
        ("bulletin.md", "letter.md"),
        (),
    ]
    assert not gold.corpus.exists()


def test_corpora_in_one_index_are_told_apart(tmp_path: Path) -> None:
    port = written(tmp_path, json.dumps(ROW))
    lune = replace(port, name="lune")
    with (
        as_gold(port) as one,
        as_gold(lune) as two,
        indexed([one, two], WordEncoder()) as reference,
    ):
        (hits,) = reference.search(["The port handled 2,500 tonnes of cod"], k=4)
        assert [file_of(one, hit) for hit in hits[:2]] in (["bulletin.md", ""], ["", "bulletin.md"])
        assert sorted(file_of(two, hit) for hit in hits) == ["", "", "bulletin.md", "letter.md"]


def test_a_passage_that_misses_the_deciding_piece_has_no_side() -> None:
    claim = Labelled("", "", (Label("a.md", "SUPPORTS", "One."), Label("a.md", "REFUTES", "Two.")))
    assert claim.side("a.md", "Zero. One.") == "SUPPORTS"
    assert claim.side("a.md", "Two. Three.") == "REFUTES"
    assert claim.side("a.md", "One. Two.") is None
    assert claim.side("a.md", "Three.") is None
    assert claim.side("b.md", "One.") == "NEI"


def test_one_window_is_drawn_of_each_and_a_share_of_what_decides_nothing() -> None:
    asked = [
        Asked(f"{label} {number}", ("One.", "Other."), label)
        for label in ("SUPPORTS", "NEI")
        for number in range(1000)
    ]
    pairs = list(drawn(asked, Random(1), undecided=0.3))
    assert len({pair.claim for pair in pairs}) == len(pairs)
    count = Counter((pair.label, pair.evidence) for pair in pairs)
    assert count["SUPPORTS", "One."] + count["SUPPORTS", "Other."] == 1000
    assert count["SUPPORTS", "One."] == pytest.approx(500, abs=50)
    assert count["NEI", "One."] == pytest.approx(150, abs=35)
    assert count["NEI", "Other."] == pytest.approx(150, abs=35)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"text": "The quay"', '"text": "The pier"', "no 'The pier' in the article"),
        ('"REFUTES"', '"NEI"', "expected SUPPORTS or REFUTES, got 'NEI'"),
        ('"document": "bulletin.md"', '"document": "letter.md"', "in letter.md"),
        ('"document": "bulletin.md"', '"document": "gone.md"', "in gone.md"),
    ],
)
def test_a_broken_article_names_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"port.jsonl, line 1, port: .*{message}"):
        written(tmp_path, json.dumps(ROW).replace(old, new, 1))


def test_no_word_of_a_claim_tells_what_the_documents_say() -> None:
    claims = [
        (number, claim.statement, stance)
        for number, article in enumerate(a for path in PATHS for a in read_articles(path))
        for claim in article.claims
        for stance in {label.stance for label in claim.labels}
    ]
    supported = np.array([stance == "SUPPORTS" for _, _, stance in claims])
    assert 0.45 < supported.mean() < 0.58
    words = CountVectorizer(ngram_range=(1, 2), min_df=2).fit_transform(
        [text for _, text, _ in claims]
    )
    fold = np.array([number % 8 for number, _, _ in claims])
    right = np.zeros(len(claims), dtype=bool)
    for held in range(8):
        model = MultinomialNB().fit(words[fold != held], supported[fold != held])
        right[fold == held] = model.predict(words[fold == held]) == supported[fold == held]
    assert right.mean() < 0.6


def test_no_claim_of_the_gold_set_is_trained_on() -> None:
    learnt = {c.text for path in PATHS for article in read_articles(path) for c in article.claims}
    gold = {c.text for half in (*HALVES, FURTHER) for a in read_half(half) for c in a.claims}
    apart = read_apart()
    gold |= {claim.text for article in apart for claim in article.claims}
    assert (len(apart), sum(len(article.claims) for article in apart)) == (16, 610)
    # a turn of phrase is nobody's: `for the first time since 2011`
    shared = {text for text in learnt & gold if len(text.split()) > 6}
    assert learnt
    assert not shared


def test_a_share_is_drawn_once_more_as_the_article_has_the_claim() -> None:
    asked = [Asked("A.", ("One.", "Other."), "REFUTES", printed="it")] * 1000
    asked += [Asked("B.", ("One.",), "SUPPORTS")] * 100
    pairs = list(drawn(asked, Random(1), undecided=0.0, prints=0.3))
    count = Counter((pair.claim, pair.label) for pair in pairs)
    assert (count["A.", "REFUTES"], count["B.", "SUPPORTS"]) == (1000, 100)
    assert count["it", "REFUTES"] == pytest.approx(300, abs=45)
    assert list(count) == [("A.", "REFUTES"), ("it", "REFUTES"), ("B.", "SUPPORTS")]
    for before, after in pairwise(pairs):
        assert after.claim != "it" or before.evidence == after.evidence
