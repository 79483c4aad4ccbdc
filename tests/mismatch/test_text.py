"""What a claim is compared by: its own words, what it borrows, and how it is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.claims import split_article
from factcheck.claims.syntax import parse
from factcheck.mismatch import Text, compare
from factcheck.mismatch.text import as_printed
from factcheck.records import Article, ClaimKind
from index import Span
from tests.builders import a_claim

pytestmark = pytest.mark.models


@pytest.mark.parametrize(
    ("text", "statement", "printed"),
    [
        (
            "which had sunk **twice**\n  in [March](https://a.example/long)",
            "",
            "which had sunk twice in March",
        ),
        ("It had  sunk\ntwice;", "It had sunk twice.", ""),
        ("“It sank \ud800 twice,”", "It sank \ufffd twice.", ""),
        ("It sank \ud800 twice.", "", "It sank \ufffd twice."),
    ],
)
def test_how_a_claim_is_printed_counts_where_its_statement_has_other_words(
    text: str, statement: str, printed: str
) -> None:
    claim = replace(
        a_claim(text), standalone=statement or "The ferry had sunk twice in March 2024."
    )
    (grammar,) = parse([claim.statement])
    made = Text.of_claim(claim, grammar)
    assert made.printed == printed
    assert not as_printed(replace(claim, speaker="Ida Roe"))  # who says that it was so
    assert not as_printed(replace(claim, kind=ClaimKind.ROLE))


def test_a_figure_that_a_claim_borrows_is_not_its_own() -> None:
    text = "Lissmark pays 47.5 cents per litre, two cents more than a year ago."
    own = Span(text.index("two"), text.index("."))
    words, passage = text, "It pays 47.5 cents per kilogram, two cents more than a year ago."
    mine, theirs = parse([words, passage])
    claim = Text(words, mine, borrowed=(Span(0, own.start - 2),))
    found = compare(claim, Text(passage, theirs))
    assert [each.claim_span.of(words) for each in found.agreements] == ["two cents"]
    assert {each.claim_value for each in found.proposals} == {"two cents"}
    borrowed = found.borrowed[0]
    assert (borrowed.claim_value, borrowed.passage_value) == ("per litre", "per kilogram")
    whole = compare(Text(words, mine), Text(passage, theirs))
    assert "unit" in {each.kind for each in whole.proposals}
    assert whole.borrowed == ()


def test_what_no_claim_owns_is_not_borrowed() -> None:
    text = "Roughly 4,000 homes, which were built in 1970, lost power, and 300 are still dark."
    claims = split_article(Article.from_text(text)).claims
    assert len(claims) > 1
    assert not any(span.of(each.statement) for each in claims for span in each.borrowed)


def test_a_figure_is_borrowed_from_a_claim_that_was_merged_into_an_earlier_one() -> None:
    fact = "Lissmark pays its farmers 47.5 cents per litre"
    text = f"{fact}.\n\nThere is more.\n\n{fact}, two cents more than a year ago."
    claims = split_article(Article.from_text(text)).claims
    (tail,) = [each for each in claims if each.text.startswith("two cents")]
    assert any("47.5 cents" in span.of(tail.statement) for span in tail.borrowed)


def test_an_extracted_claim_knows_what_it_borrows() -> None:
    text = "Lissmark pays its farmers 47.5 cents per litre, two cents more than a year ago."
    claims = split_article(Article.from_text(text)).claims
    (claim,) = [each for each in claims if each.text.startswith("two cents")]
    assert any("47.5 cents" in span.of(claim.statement) for span in claim.borrowed)
    assert not any("two cents" in span.of(claim.statement) for span in claim.borrowed)
