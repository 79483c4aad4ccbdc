from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.claims import extract_claims
from factcheck.claims.extract import BEFORE
from factcheck.pipeline import Checker
from factcheck.records import Article, Claim
from index import Hit
from tests.builders import a_claim, a_hit
from tests.fakes import WordVerifier

pytestmark = pytest.mark.usefixtures("without_models")


class TwoSearches:
    """Gives each query its own hits, and keeps what it was asked."""

    def __init__(self, *found: list[Hit]) -> None:
        self.found = list(found)
        self.asked: list[tuple[list[str], int]] = []

    def search(self, queries: list[str], k: int) -> list[list[Hit]]:
        self.asked.append((queries, k))
        return self.found


class Open:
    """A gate that lets everything through."""

    def lets_through(self, hit: Hit) -> bool:  # noqa: ARG002
        return True


def _searched(*found: list[Hit], claim: Claim | None = None) -> tuple[list[Hit], TwoSearches]:
    reference = TwoSearches(*found)
    checker = Checker(reference, WordVerifier())  # type: ignore[arg-type]
    (hits,) = checker.search([claim or a_claim()], Open())  # type: ignore[arg-type]
    return hits, reference


def test_a_claim_is_searched_as_it_is_written_and_as_it_stands_alone() -> None:
    claim = replace(a_claim("It is deep."), standalone="Ostrel is deep.", query="Ostrel: is deep.")
    _, reference = _searched([], [], claim=claim)
    assert reference.asked == [(["It is deep.", "Ostrel: is deep."], 20)]
    _, reference = _searched([], [], claim=replace(claim, query=""))
    assert reference.asked[0][0] == ["It is deep.", "Ostrel is deep."]


def test_a_claim_of_an_article_is_searched_with_what_stands_before_it_too() -> None:
    article = Article.from_text(
        "It rained.\n\nOstrel has a port. It is 12 metres deep, says Ida Roe.\n\nIt closed in 2012."
    )
    claims = {claim.text: claim for claim in extract_claims(article)}
    deep = next(claim for text, claim in claims.items() if "12 metres" in text)
    assert deep.nearby == f"Ostrel has a port. {deep.text}"
    assert claims["It closed in 2012."].nearby == "It closed in 2012."
    (first,) = extract_claims(Article.from_text("Ostrel has 12 ports."))
    assert first.nearby == first.text
    hits = [[a_hit(document="a", score=score)] for score in (0.9, 0.6, 0.9)]
    found, reference = _searched(*hits, claim=deep)
    assert reference.asked[0][0] == [deep.text, deep.query, deep.nearby]
    assert found[0].score == pytest.approx(0.8)


def test_what_stands_before_a_claim_is_cut_between_words() -> None:
    article = Article.from_text("harbour " * 100 + "was long. Ostrel has 12 ports.")
    claim = extract_claims(article)[-1]
    assert claim.text == "Ostrel has 12 ports."
    assert len(claim.nearby) <= BEFORE + len(claim.text)
    assert set(claim.nearby.split()) == {"harbour", "was", "long.", "Ostrel", "has", "12", "ports."}


def test_the_scores_of_both_searches_are_averaged() -> None:
    first = [a_hit(document="a", score=1.2), a_hit(document="b", score=1.0)]
    second = [a_hit(document="b", score=0.9), a_hit(document="c", score=0.8)]
    hits, _ = _searched(first, second)  # of one text each, so that nothing else tells them apart
    # neither search was full: what one did not find has nothing there
    assert [hit.passage.document_id for hit in hits] == ["b", "a", "c"]
    assert [hit.score for hit in hits] == pytest.approx([0.95, 0.6, 0.4])


def test_what_a_full_search_left_out_scores_as_its_last() -> None:
    first = [a_hit(document=f"d{n}", score=1.0 - n / 100) for n in range(20)]
    hits, _ = _searched(first, [a_hit(document="new", score=0.9), a_hit(document="d0", score=0.2)])
    scores = {hit.passage.document_id: hit.score for hit in hits}
    assert scores["new"] == pytest.approx((0.81 + 0.9) / 2)
    assert scores["d0"] == pytest.approx((1.0 + 0.2) / 2)
    assert scores["d19"] == pytest.approx(0.81 / 2)  # the second search was not full
    assert hits[0].passage.document_id == "new"


def test_two_passages_of_one_document_are_two() -> None:
    here, there = a_hit(score=0.9), a_hit(score=0.7, start=400)
    hits, _ = _searched([here, there], [there])
    assert [hit.passage.start for hit in hits] == [400, 0]
    assert [hit.score for hit in hits] == pytest.approx([0.7, 0.45])


def test_of_passages_found_alike_the_one_with_a_deciding_sentence_comes_first() -> None:
    claim = a_claim("The port of Ostrel handled 2,500 tonnes of cod.")
    about = a_hit("Ostrel has a port. It is old.", "about.md", score=1.0)
    says = a_hit("It rained. Ostrel handled 2,500 tonnes of cod at its port.", "says.md", score=0.9)
    hits, _ = _searched([about, says], [about, says], claim=claim)
    assert [hit.passage.document_id for hit in hits] == ["says.md", "about.md"]
    assert [hit.score for hit in hits] == [0.9, 1.0]  # what the search found, for the reader


def test_only_the_first_passages_are_looked_into() -> None:
    claim = a_claim("The port of Ostrel handled 2,500 tonnes of cod.")
    others = [a_hit(f"It rained on day {n}.", f"{n}.md", score=1.0) for n in range(8)]
    says = a_hit("The port of Ostrel handled 2,500 tonnes of cod.", "says.md", score=0.9)
    hits, _ = _searched([*others, says], [*others, says], claim=claim)
    assert hits[-1].passage.document_id == "says.md"
    hits, _ = _searched([*others[1:], says], [*others[1:], says], claim=claim)
    assert hits[0].passage.document_id == "says.md"
