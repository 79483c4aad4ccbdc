from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.markup import blank
from factcheck.claims.quotes import find_quotations
from factcheck.claims.standalone import (
    cleaning,
    own_words,
    placed,
    quoted_by,
    reported,
    with_the,
    wording,
)
from index import Span


def stated(text: str, quoted: list[Span]) -> str:
    """A sentence's wording: of a quotation that is all of it its own words."""
    words = blank(text)
    spans = own_words(words, quoted) or [Span(0, len(words))]
    parts: list[Span | str] = []
    for span in spans:
        parts += [span, " "]
    return wording(words, parts, cleaning(words, quoted)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam broke.", "The dam broke."),
        ("“The dam broke,” he said.", "The dam broke."),
        ("“(T)he dam...is broken,” she stressed.", "The dam ... is broken."),
        ("“We won,” said **Ada Holm**, “and we stay.”", "We won, and we stay."),
        ("Holm said: “The dam broke.”", "The dam broke."),
        # a whole quotation, and one that began before the sentence
        ("“The dam broke.”", "The dam broke."),
        ("“The dam broke.", "The dam broke."),
        # more than an attribution stands outside
        (
            "He called the dam “a danger to the whole valley” and its owner “a gambler.”",
            "He called the dam “a danger to the whole valley” and its owner “a gambler.”",
        ),
        ("“I will not,” he said, “sell it.”", "I will not sell it."),
        ("“I will not sell it,” he said, “not ever.”", "I will not sell it, not ever."),
        ("“We say, ‘No dam,’” he said, “and stay.”", "We say, ‘No dam,’ and stay."),
        # a quotation that is a part of the clause around it
        (
            "Her voters, she said, “were promised a dam”.",
            "Her voters, she said, “were promised a dam”.",
        ),
        (
            "Hauliers said they lost “ten crowns a day”.",
            "Hauliers said they lost “ten crowns a day”.",
        ),
        (
            "He said that “the state promised to pay” but that nothing had come.",
            "He said that “the state promised to pay” but that nothing had come.",
        ),
        ("He said that “the dam broke”.", "The dam broke."),
        ("Ada Holm, 40, told us: “The dam broke.”", "The dam broke."),
        ("It rose by 3%.[12][4] Its name[3] stayed.", "It rose by 3%. Its name stayed."),
        ("He was [12] and [4][5].", "He was [12] and [4][5]."),
        ("[12] died in [2019](#).", "[12] died in 2019."),
        ("**Ada** met [Bo](#) in Veld.", "Ada met Bo in Veld."),
        ("14:05 The ferry has docked.", "The ferry has docked."),
        ("**41:** reports of cracks in 2021", "41 reports of cracks in 2021."),
        ("- **35 percent:** share of sales", "35 percent share of sales."),
        ("14:05: the ferry has docked.", "14:05: the ferry has docked."),
        ("The ship carried 212\npassengers.", "The ship carried 212 passengers."),
    ],
)
def test_hand_worked(text: str, expected: str) -> None:
    assert stated(text, find_quotations(text)) == expected


def test_an_open_quotation_ends_with_its_sentence() -> None:
    text = "We ran.”"
    quoted = find_quotations(f"“It fell. {text}")[0]
    shifted = Span(0, quoted.end - len("“It fell. "))
    assert stated(text, [shifted]) == "We ran."


def test_who_says_it_and_of_what() -> None:
    assert reported("The dam broke.", "Ada Holm", lower=True) == "Ada Holm said that the dam broke."
    assert reported("Veld won.", "Ada Holm", lower=False) == "Ada Holm said that Veld won."
    assert quoted_by("We won.", "Ada Holm") == "Ada Holm said: “We won.”"
    assert placed("It broke.", ["Veld", "4 May 2021"]) == "Veld, 4 May 2021: It broke."
    assert placed("It broke.", []) == "It broke."


@given(st.text(min_size=1))
def test_it_is_on_one_line(text: str) -> None:
    statement = stated(text, find_quotations(text))
    assert statement == " ".join(statement.split())


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("Ida Roe", "Ida Roe"),
        ("chancellor", "the chancellor"),
        ("leader of the opposition", "the leader of the opposition"),
        ("drivers' union", "the drivers' union"),
        ("witnesses", "witnesses"),
        ("two members", "two members"),
        ("police", "police"),
        ("Veld council", "Veld council"),
    ],
)
def test_a_speaker_who_is_no_name_has_an_article(speaker: str, expected: str) -> None:
    assert with_the(speaker) == expected
    first = expected[:1].upper() + expected[1:]
    assert reported("It fell.", speaker, lower=True) == f"{first} said that it fell."
    assert quoted_by("It fell.", speaker) == f"{first} said: “It fell.”"
