from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.claims import Extraction, extract, extract_claims, split_article
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
    assert [(claim.speaker, claim.statement) for claim in claims] == expected
    assert all(claim.text == text[claim.start : claim.end] for claim in claims)


def test_the_bundled_article_gives_its_gold_claims() -> None:
    """A gold sentence with two facts gives two claims, the last its speaker's; roles are on top."""
    import json

    seeds = Path(__file__).parents[2] / "seeds"
    gold = json.loads((seeds / "gold.json").read_text("utf-8"))["claims"]
    claims = extract_claims(article((seeds / "article.md").read_text("utf-8")))
    found = [claim for claim in claims if claim.kind is not ClaimKind.ROLE]
    pieces = [[claim for claim in found if claim.text in one["text"]] for one in gold]
    assert [of[-1].speaker for of in pieces] == [one["speaker"] for one in gold]
    assert sum(map(len, pieces)) == len(found)
    assert [len(of) for of in pieces].count(1) >= len(gold) - 1


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
        ("We deserve a better council than this one.", "an opinion"),
        ("The next winter will probably be a bad one for us.", "a prediction"),
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


@pytest.mark.parametrize("place", ["TARSK", "PORT VELD", "ŁÓDŹ", "ST. ORLA'S"])
def test_a_claim_begins_behind_its_dateline(place: str) -> None:
    text = f"{place}, Oct 14 (Veld News) - The ferry sank on Monday."
    assert [claim.text for claim in split_article(Article(text)).claims] == [
        "The ferry sank on Monday."
    ]


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
    text = "The quay fell in 2017. It was \ud800 built for 12 crowns."
    claims = extract_claims(Article(text))
    assert [claim.text for claim in claims] == [text[:22], text[23:]]
    assert claims[1].statement == "The quay was \ufffd built for 12 crowns."


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    TEXTS,
    st.sampled_from(["She said it. ", "Ida Roe, the mayor, met Bo Ode. ", "It fell in May. "]),
)
def test_where_a_wording_comes_from_is_in_its_sentence(text: str, before: str) -> None:
    whole = before + text + " " + before
    for claim in extract_claims(Article(whole, published="2020-05-04")):
        assert claim.text == whole[claim.start : claim.end]
        assert claim.wording is not None
        for piece in claim.wording.pieces:
            if piece.copied and piece.source:
                made = claim.statement[piece.start : piece.start + piece.length]
                old = piece.source.of(whole)
                assert made[1:] == old[1:] or "\ufffd" in made  # the first may be a capital


BAD = {
    "one word": "Veld",
    "a list": "- 40 ferries were cancelled in Veld\n- 12 trains were late in Tarsk\n",
    "a table": "| Year | Ships |\n|---|---|\n| 2020 | 41 |\n",
    "guillemets": "« The quay fell in 2017 », said Ida Roe. »It cost 4 crowns«, said Bo Ode.",
    "low marks": "„The quay fell in 2017“, said Ida Roe.",
    "single marks": "'The quay fell in 2017', said Ida Roe. ''It cost 4 crowns'' is untrue.",
    "unbalanced": "“The quay fell in 2017, said Ida Roe. It cost 4 crowns” in all. He “left.",
    "right to left": "\u202eThe quay fell in 2017.\u202c \u0627\u0644\u062c fell in 2018.",
    "combining": "Zo\u0308e E\u0301lan said that the quay fell in 2017. She left it in 2018.",
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_input_keeps_offsets_and_loses_nothing(name: str) -> None:
    text = BAD[name]
    found = everything(split_article(Article(text, published="2020-05-04")))
    assert all(one.text == text[one.start : one.end] for one in found)
    rest = text
    for one in found:
        rest = rest.replace(one.text, "", 1)
    assert len(rest.split()) <= 2  # a joining word between two claims of a sentence


GERMAN = (
    "Der Damm ist am Dienstag gebrochen und drei Menschen wurden in der Stadt verletzt, sagte die "
    "Feuerwehr."
)


def test_a_paragraph_in_another_language_is_not_checked() -> None:
    text = f"The quay of Veld fell in 2017.\n\n{GERMAN}\n\nIt was built in 1931."
    extraction = split_article(Article(text))
    assert [one.reason for one in extraction.skipped if one.text == GERMAN] == ["not in English"]
    assert len(extraction.claims) == 2


UNITS = {
    "no punctuation": "the harbour of Port Veld fell and it was old ",
    "capitals": "THE HARBOUR OF PORT VELD FELL IN 2017. ",
    "names": "Ida Brandt said that she met Ada Holm there. ",
    "firms": "the company said its mayor left the council ",
    "marks": "; : , and “",
}


@pytest.mark.parametrize("name", sorted(UNITS))
def test_hostile_paragraphs_take_linear_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "score_checkworthiness", lambda texts: [0.5] * len(texts))

    def seconds(words: int) -> float:
        text = UNITS[name] * (words // len(UNITS[name].split()))
        started = time.process_time()
        split_article(Article(text, text[:100], published="2020-05-04"))
        return time.process_time() - started

    seconds(50)
    assert seconds(4000) < 8 * seconds(1000) + 1  # quadratic takes sixteen times as long
