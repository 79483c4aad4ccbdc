from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import lexical

TEXTS = [
    "The harbour of Ostrel handled 2,500 tonnes of fish.",
    "Harbours and ferries: the ferry left the harbour, the harbour closed.",
    "Nobody counted the villages.",
    "Fish fish fish.",
    "",
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> lexical.LexicalIndex:
    folder = tmp_path_factory.mktemp("lexical")
    lexical.write(folder, TEXTS)
    return lexical.LexicalIndex(folder)


def brute_force(texts: Sequence[str], query: str) -> dict[int, float]:
    """BM25 as in Robertson & Zaragoza 2009, term by term."""
    analyse = lexical.analyser().analyze
    bags = [Counter(analyse(text)) for text in texts]
    mean = sum(bag.total() for bag in bags) / len(bags)
    scores = {}
    for position, bag in enumerate(bags):
        score = 0.0
        for term, count in Counter(analyse(query)).items():
            holding = sum(term in other for other in bags)
            idf = math.log(1 + (len(bags) - holding + 0.5) / (holding + 0.5))
            norm = 1.2 * (1 - 0.75 + 0.75 * bag.total() / mean)
            score += count * idf * bag[term] * 2.2 / (bag[term] + norm)
        if score:
            scores[position] = score
    return scores


@pytest.mark.parametrize(
    "query", ["harbour", "the harbours of Ostrel", "fish fish ferry", "2,500 villages", "unknown"]
)
def test_scores_are_those_of_brute_force(opened: lexical.LexicalIndex, query: str) -> None:
    expected = brute_force(TEXTS, query)
    found = opened.search(query, 10)
    assert found == pytest.approx(expected, rel=1e-5)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert opened.score(query, [0, 2, 3]) == pytest.approx(
        {position: score for position, score in expected.items() if position in {0, 2, 3}}, rel=1e-5
    )


def test_one_score_by_hand(opened: lexical.LexicalIndex) -> None:
    # "villages" is in 1 of 5 texts: idf = ln(1 + 4.5/1.5) = ln 4. Its text has 4 words; all have
    # 10 + 11 + 4 + 3 + 0 = 28, 5.6 on average; so k1 (1 - b + b 4/5.6) = 1.2 (0.25 + 0.5357).
    expected = math.log(4) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 4 / 5.6))
    assert opened.search("village", 5) == {2: pytest.approx(expected, rel=1e-5)}


def test_the_ceiling_is_never_reached(opened: lexical.LexicalIndex) -> None:
    assert opened.ceiling("village unknown") == pytest.approx(
        2.2 * (math.log(4) + math.log(1 + 5.5 / 0.5))
    )
    assert opened.ceiling("?!") == opened.ceiling("") == 0


@given(st.lists(st.sampled_from("the harbour fish ferry villages unknown".split())))
def test_scores_stay_below_the_ceiling(opened: lexical.LexicalIndex, words: list[str]) -> None:
    query = " ".join(words)
    assert all(0 < score < opened.ceiling(query) for score in opened.search(query, 5).values())


@pytest.mark.parametrize(
    "query",
    ["", "   ", "?!", '"', "AND OR NOT", "text:fish~2 -harbour", "(" * 9999, "*", "\0", "[a TO z]"],
)
def test_nothing_in_a_query_is_an_operator(opened: lexical.LexicalIndex, query: str) -> None:
    assert opened.search(query, 5) == pytest.approx(brute_force(TEXTS, query), rel=1e-5)


def test_a_huge_query_is_bounded(opened: lexical.LexicalIndex) -> None:
    query = "fish " + " ".join(f"w{number}" for number in range(100_000))
    assert list(opened.search(query, 5)) == [3, 0]


def test_many_texts_are_scored_by_many_stems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"w{number} w{number % 7} w{number % 11} filler" for number in range(80)]
    lexical.write(tmp_path, texts)
    opened = lexical.LexicalIndex(tmp_path)
    query = " ".join(f"w{number}" for number in range(lexical.MAX_TERMS))
    expected = brute_force(texts, query)
    monkeypatch.setattr(lexical, "AT_ONCE", 15)
    chosen = range(0, 80, 2)
    assert opened.score(query, chosen) == pytest.approx(
        {position: expected[position] for position in chosen}, rel=1e-4
    )


def test_limits(opened: lexical.LexicalIndex) -> None:
    assert opened.search("fish", 0) == {}
    assert list(opened.search("fish", 1)) == [3]
    assert opened.score("fish", []) == {}
    assert opened.score("?", [1, 2]) == {}


def test_an_empty_index(tmp_path: Path) -> None:
    lexical.write(tmp_path, [])
    opened = lexical.LexicalIndex(tmp_path)
    assert len(opened) == 0
    assert opened.search("fish", 5) == {}


def test_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - tantivy's words
        lexical.LexicalIndex(tmp_path)
