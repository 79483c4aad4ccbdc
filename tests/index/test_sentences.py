from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Span
from index.sentences import MAX_SENTENCE, _split_unit, split_sentences


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n ", []),
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        (
            "“It fell,” Ms. Roe said. He met Cllr. Holm. It was cold.",
            ["“It fell,” Ms. Roe said.", "He met Cllr. Holm.", "It was cold."],
        ),
        (
            "He met Dr. J. Smith of Acme Corp. in St. Ives on Jan. 5, 2019. It was cold.",
            ["He met Dr. J. Smith of Acme Corp. in St. Ives on Jan. 5, 2019.", "It was cold."],
        ),
        (
            "Gen. Igor Ross left at 5 p.m. on Monday. Sales grew 3.5% in Q1.",
            ["Gen. Igor Ross left at 5 p.m. on Monday.", "Sales grew 3.5% in Q1."],
        ),
        (
            "Norvik (NVT.LH) and AAPL.O fell.It rained. So did NVT. IBM rose.",
            ["Norvik (NVT.LH) and AAPL.O fell.", "It rained.", "So did NVT.", "IBM rose."],
        ),
        # quotations
        ("“It fell. We ran,” he said.", ["“It fell.", "We ran,” he said."]),
        ('He asked "one. Two." And left.', ['He asked "one.', 'Two."', "And left."]),
        ("“We won,” he said. “It is late.” Go.", ["“We won,” he said.", "“It is late.”", "Go."]),
        (
            "“Was it?” she asked. “No!” Ada Holm said.",
            ["“Was it?” she asked.", "“No!” Ada Holm said."],
        ),
        ("“No!” The crowd left.", ["“No!”", "The crowd left."]),
        (
            "« Oui. » Il part. „Ja. Nein.“ Er geht.",
            ["« Oui. »", "Il part.", "„Ja.", "Nein.“", "Er geht."],
        ),
        ("He said 'it isn't so. It was' then.", ["He said 'it isn't so.", "It was' then."]),
        # marks beside and inside words
        (
            "(He left. He came back.) Then she left.",
            ["(He left.", "He came back.)", "Then she left."],
        ),
        ("They saw “more...(W)omen” there. Then.", ["They saw “more...(W)omen” there.", "Then."]),
        ("**Bold end.** _It is._ Then.", ["**Bold end.**", "_It is._", "Then."]),
        # lines
        ("A heading\nSome text. More", ["A heading", "Some text.", "More"]),
        ("# Head one\nText", ["# Head one", "Text"]),
        ("Title\n=====\nText", ["Title", "=====", "Text"]),
        (
            "- one\n- two. Three\n1. four\n2) five",
            ["- one", "- two.", "Three", "1. four", "2) five"],
        ),
        ("Half a\n\nsentence", ["Half a", "sentence"]),
        ("Half a\r\n\r\nsentence", ["Half a", "sentence"]),
        ("Tags: one, two,\nThree", ["Tags: one, two,\nThree"]),
    ],
)
def test_hand_worked(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "The harbour of Port Veld was closed for three days after the storm of\n"
        "Tuesday night. According to the harbour master, Mr. Ode, the eastern\n"
        "Quay lost forty metres of wall. Repairs will take until the end of\n"
        "November at least.\n"
        "\n"
        "A short line\n"
        "Another short line\n"
    )
    assert sentences(text) == [
        "The harbour of Port Veld was closed for three days after the storm of\nTuesday night.",
        "According to the harbour master, Mr. Ode, the eastern\nQuay lost forty metres of wall.",
        "Repairs will take until the end of\nNovember at least.",
        "A short line",
        "Another short line",
    ]


def test_long_lines_are_paragraphs() -> None:
    heading = "A heading without a full stop"
    paragraph = "Word " * 40 + "ends here."
    assert sentences(f"{heading}\n{paragraph}\n{heading}\n{paragraph}") == [heading, paragraph] * 2


def test_a_repeated_article_splits_alike() -> None:
    # sentencex loses white space between pieces here; offsets must not drift
    article = "\n\nTitle of it\n\n“We won,” he said. “It is late.\n\nWe go.”\n\n[Link](#)\n\n\n"
    assert sentences(article * 50) == sentences(article) * 50


def test_no_sentence_is_longer_than_the_bound() -> None:
    spans = split_sentences("word " * 3000)
    assert max(span.end - span.start for span in spans) <= MAX_SENTENCE
    assert sum(len(span.of("word " * 3000).split()) for span in spans) == 3000


@pytest.mark.parametrize(
    "unit",
    ["a", "(“", "“a. ", "a. ", "...", "[", "[1] ", "\n", "a\n", "- a\n", "A?” B said. ", " "],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    started = time.process_time()
    split_sentences(text)
    assert time.process_time() - started < 5  # 0.05 s to 1.3 s here; quadratic takes minutes


PROSE = st.text(
    st.one_of(
        st.sampled_from("aA.!?…,;\"'“”‘’«»()[]*_-#|0 1\n\t\r"),
        st.characters(),  # any code point, surrogates and combining marks too
    ),
    max_size=300,
)


@given(PROSE)
def test_spans_are_ordered_trimmed_and_cover_the_text(text: str) -> None:
    spans = split_sentences(text)
    assert all(span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


def test_wide_space_behind_an_initial_does_no_harm() -> None:
    # sentencex panics at these
    assert sentences("A\u2028. B went.") == ["A\u2028. B went."]
    assert sentences("See A”\x85. Then.") == ["See A”\x85.", "Then."]


@pytest.mark.parametrize(
    "text", ["A heading", "# A heading.", "- an item!", "It’s Ann Roe-Lee’s, no?"]
)
def test_plain_lines_are_one_sentence_with_or_without_sentencex(text: str) -> None:
    assert (
        sentences(text)
        == [text]
        == [span.of(text) for span in _split_unit(text, Span(0, len(text)))]
    )
