from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.claims import Extraction, extract_claims, split_article
from factcheck.head import read_head
from factcheck.records import Article, Claim, ClaimKind, SkippedSentence
from tests.claims.articles import ALL

pytestmark = pytest.mark.models


def article(text: str) -> Article:
    head = read_head(text)
    return Article(text, head.title or "", "", head.published, head.author)


def everything(extraction: Extraction) -> list[Claim | SkippedSentence]:
    found: list[Claim | SkippedSentence] = [*extraction.claims, *extraction.skipped]
    return sorted(found, key=lambda one: one.start)


@pytest.mark.parametrize("kind", sorted(ALL))
def test_claims_and_speakers_of_an_article(kind: str) -> None:
    text, expected = ALL[kind]
    claims = extract_claims(article(text))
    assert [(claim.speaker, claim.standalone) for claim in claims] == expected


def test_the_bundled_article_gives_its_gold_claims() -> None:
    import json

    seeds = Path(__file__).parents[2] / "seeds"
    gold = json.loads((seeds / "gold.json").read_text("utf-8"))["claims"]
    claims = extract_claims(article((seeds / "article.md").read_text("utf-8")))
    expected = [(claim["text"], claim["speaker"]) for claim in gold]
    assert [(claim.text, claim.speaker) for claim in claims] == expected


def test_kinds_reasons_and_what_is_skipped() -> None:
    extraction = split_article(
        Article(
            "“We closed two terminals,” Ada Holm said. It rained. Why? Go home! Nine died. Wow."
        )
    )
    assert [(claim.kind, claim.reason) for claim in extraction.claims] == [
        (ClaimKind.QUOTATION, "a quoted statement")
    ]
    assert [(one.text, one.reason) for one in extraction.skipped] == [
        ("It rained.", "too short"),
        ("Why?", "too short"),
        ("Go home!", "too short"),
        ("Nine died.", "too short"),
        ("Wow.", "too short"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Which of the two ministers should a reader believe now?", "a question"),
        ("Read the whole letter to the council again.", "an imperative"),
        ("A long and very difficult evening.", "no statement"),
        ("One of those very difficult evenings.", "no statement"),
        ("No, they did not.", "no statement"),
        ("It is a great honour to stand before you today.", "not check-worthy"),
    ],
)
def test_a_skipped_sentence_has_its_reason(text: str, reason: str) -> None:
    extraction = split_article(Article(text))
    assert extraction.claims == ()
    assert [(one.text, one.reason) for one in extraction.skipped] == [(text, reason)]


@pytest.mark.parametrize(
    "text",
    [
        "- All 40 ferries cancelled until noon",
        "- All ferries cancelled until noon",
        "- Three bodies found in the harbour of Port Veld",
        "They did not pay.",
    ],
)
def test_what_lacks_a_finite_verb_can_be_a_statement(text: str) -> None:
    reasons = [one.reason for one in split_article(Article(text)).skipped]
    assert set(reasons) <= {"not check-worthy"}


def test_nothing_gives_nothing() -> None:
    assert extract_claims(Article("")) == []
    assert extract_claims(Article("\n \n")) == []


TEXTS = st.text(
    st.one_of(
        st.sampled_from("“”\"'.,!?\n#*[]()- aHe said3"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=120,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_every_offset_is_exact_and_nothing_is_lost(text: str) -> None:
    extraction = split_article(article(text))
    found = everything(extraction)
    assert all(one.text == text[one.start : one.end] for one in found)
    assert all(0 <= claim.checkworthiness <= 1 and claim.standalone for claim in extraction.claims)
    covered = "".join("".join(one.text.split()) for one in found)
    assert covered == "".join(text.split())


RIGHT_TO_LEFT = (
    "قال الوزير إن الجسر انهار يوم الثلاثاء. “نعم,” he said. Cafe\u0301 d\u0301ied in 2017."
)


def test_other_scripts_and_combining_marks_keep_their_offsets() -> None:
    extraction = split_article(Article(RIGHT_TO_LEFT))
    found = everything(extraction)
    assert {one.text for one in found} == {
        "قال الوزير إن الجسر انهار يوم الثلاثاء.",
        "“نعم,” he said.",
        "Cafe\u0301 d\u0301ied in 2017.",
    }
    assert all(one.text == RIGHT_TO_LEFT[one.start : one.end] for one in found)


def test_surrogates_do_no_harm() -> None:
    text = "The quay fell in 2017. It was \ud800 old and cost 12 crowns."
    claims = extract_claims(Article(text))
    assert [claim.text for claim in claims] == [text[:22], text[23:]]
    assert claims[1].standalone == "It was \ufffd old and cost 12 crowns."
