"""An article in lines: what is broken where, which claim stands where, and what a click means."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from factcheck.records import Claim, ClaimKind, SkippedSentence
from factcheck.review.widgets.layout import ArticleLayout, Piece, Source
from factcheck.review.widgets.wrapping import FLOWS, column_to_index, paragraphs, wrap
from index import Span
from tests.review.fakes import long_article


def claim(text: str, words: str, *others: str) -> Claim:
    start = text.index(words)
    places = tuple(Span(text.index(o), text.index(o) + len(o)) for o in others)
    return Claim(
        words, start, start + len(words), words, None, ClaimKind.ASSERTION, 0.9, "", places=places
    )


def shown(layout: ArticleLayout, chosen: int | None = None) -> list[str]:
    return [
        "".join(piece.text for piece in layout.pieces(line, chosen))
        for line in range(layout.height)
    ]


def lines(text: str, width: int) -> list[str]:
    return [text[span.start : span.end] for span in wrap(text, width)]


def test_words_are_wrapped_and_long_ones_folded() -> None:
    assert lines("the old harbour wall", 11) == ["the old", "harbour", "wall"]
    assert lines("a sesquipedalian b", 6) == ["a", "sesqui", "pedali", "an b"]
    assert lines("港の壁は古い", 5) == ["港の", "壁は", "古い"]
    assert lines("", 5) == []


@given(
    st.text(st.characters(exclude_categories=["C", "Z", "M"]) | st.just(" ")), st.integers(2, 30)
)
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in found)


def test_lines_broken_by_hand_flow_and_others_stand() -> None:
    long = "x" * FLOWS
    text = f"# Title\nBy Ada\n\n{long}\n{long}\n- an item\n\nend\n"
    found = [text[span.start : span.end] for span in paragraphs(text)]
    assert found == ["# Title", "By Ada", "", f"{long}\n{long}", "- an item", "", "end", ""]


def test_a_sign_stays_with_its_claim() -> None:
    text = "He said the wall is old. The port is deep."
    layout = ArticleLayout(
        Source(text, [claim(text, "the wall is old"), claim(text, "The port is deep.")]),
        ["✓", "…"],
        16,
    )
    assert shown(layout) == ["He said ✓ the", "wall is old.", "… The port is", "deep."]
    assert layout.lines_of(0) == range(2)
    assert layout.lines_of(1) == range(2, 4)


def test_another_sign_of_the_same_width_moves_nothing() -> None:
    text = "The wall is old. The port is deep."
    source = Source(text, [claim(text, "The wall is old."), claim(text, "The port is deep.")])
    layout = ArticleLayout(source, ["…", "…"], 20)
    layout.sign(0, "✗")
    assert shown(layout) == ["✗ The wall is old.", "… The port is deep."]
    moved = layout.sign(0, "●✗")
    assert shown(layout) == ["●✗ The wall is old.", "… The port is deep."]
    assert moved == range(2)
    again = ArticleLayout(source, ["●✗", "…"], 20)
    assert shown(again) == shown(layout)


def test_of_an_overlap_the_inner_claim_shows_and_the_chosen_one_goes_first() -> None:
    text = "Mara said that the wall is old."
    layout = ArticleLayout(Source(text, [claim(text, text), claim(text, "the wall")]), "✓✗", 60)
    assert layout.pieces(0, None) == [
        Piece("✓ ", 0, sign=True),
        Piece("Mara said that ", 0),
        Piece("✗ ", 1, sign=True),
        Piece("the wall", 1),
        Piece(" is old.", 0),
    ]
    chosen = layout.pieces(0, 0)
    assert "".join(piece.text for piece in chosen if piece.chosen and not piece.sign) == text
    assert layout.claims_at(0, 20) == [1, 0]
    assert layout.claims_at(0, 4) == [0]
    assert layout.claims_at(0, 17) == [1]  # its sign
    assert layout.claims_at(0, 59) == []


def test_other_places_of_a_claim_are_marked_without_a_sign() -> None:
    text = "The wall is old.\n\nIndeed, the wall has age."
    layout = ArticleLayout(
        Source(text, [claim(text, "The wall is old.", "the wall has age")]), "✓", 60
    )
    assert Piece("the wall has age", 0) in layout.pieces(2, None)
    assert layout.claims_at(2, 10) == [0]
    assert set(layout.stretches(0)) == {0, 2}


def test_a_claim_may_go_over_a_gap_and_what_is_skipped_is_known() -> None:
    text = "Sign up.\n\nThe wall\n\nis old."
    skipped = [SkippedSentence("Sign up.", 0, 8, "a subscribe line")]
    layout = ArticleLayout(Source(text, [claim(text, "The wall\n\nis old.")], skipped), "✓", 60)
    assert shown(layout) == ["Sign up.", "", "✓ The wall", "", "is old."]
    assert layout.lines_of(0) == range(2, 5)
    assert layout.pieces(0, None) == [Piece("Sign up.", -1, skipped=True)]


def test_control_codes_are_shown_as_pictures() -> None:
    text = "\x1b[2Jno\u202ething"
    assert shown(ArticleLayout(Source(text), [], 60)) == ["␛[2Jno\ufffdthing"]


def test_nothing_is_laid_out_of_nothing() -> None:
    assert shown(ArticleLayout(Source(""), [], 40)) in ([], [""])


@pytest.mark.parametrize(("column", "index"), [(0, 0), (1, 0), (2, 1), (3, 2), (9, 3)])
def test_a_column_is_one_of_a_wide_character(column: int, index: int) -> None:
    assert column_to_index("港ab", column) == index


def test_two_thousand_claims_are_laid_out_and_resigned_at_once() -> None:
    session = long_article(2000)
    claims = [entry.claim for entry in session.entries]
    for text in (session.article.text, session.article.text.replace("\n\n", "  ")):
        started = time.perf_counter()
        layout = ArticleLayout(Source(text, claims), ["…"] * 2000, 60)
        laid = time.perf_counter() - started
        started = time.perf_counter()
        for number in range(0, 2000, 20):
            layout.sign(number, "✓")
            layout.pieces(layout.lines_of(number).start, number)
        signed = (time.perf_counter() - started) / 100
        assert laid < 2
        assert signed < 0.05
