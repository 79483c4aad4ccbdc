from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.rewriting import Edit, capitalised, rewrite
from index import Span

TEXT = "last year  it fell"


def test_pieces_know_where_they_come_from() -> None:
    made = rewrite(
        TEXT,
        [Span(0, len(TEXT)), "."],
        [Edit(Span(0, 9), "in 2023"), Edit(Span(11, 13), "the quay")],
    )
    assert made.text == "in 2023 the quay fell."
    assert made.origin(Span(3, 7)) == Span(0, 9)  # 2023 stands for `last year`
    assert made.origin(Span(8, 16)) == Span(11, 13)
    assert made.origin(Span(17, 21)) == Span(14, 18)
    assert made.origin(Span(18, 20)) == Span(15, 17)
    assert made.origin(Span(21, 22)) is None  # the stop is ours
    assert made.origin(Span(0, 21)) == Span(0, 18)


def test_what_comes_from_within_a_stretch_is_known() -> None:
    made = rewrite(TEXT, [Span(11, 18), ", ", Span(0, 9)], [Edit(Span(11, 13), "the quay")])
    assert made.text == "the quay fell, last year"
    drawn = [span.of(made.text) for span in made.drawn_from([Span(11, 18)])]
    assert drawn == ["the quay fell"]  # the comma is ours, and nobody's
    both = made.drawn_from([Span(11, 13), Span(0, 9)])
    assert [span.of(made.text) for span in both] == ["the quay", "last year"]
    assert made.drawn_from([Span(12, 18)]) == made.drawn_from([Span(14, 18)])  # all of it, or not
    assert made.drawn_from([]) == ()


def test_edits_outside_and_insertions() -> None:
    made = rewrite("a b c", [Span(2, 5)], [Edit(Span(0, 1), "x"), Edit(Span(3, 3), "!")])
    assert made.text == "b! c"
    assert capitalised(made).text == "B! c"
    assert rewrite("", [], []).text == ""
    assert rewrite("abc", [], []).origin(Span(0, 1)) is None


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Span], list[Edit]]:
    text = draw(st.text(min_size=1, max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    edits = [Edit(span, draw(st.text(max_size=5))) for span in spans if draw(st.booleans())]
    return text, [Span(0, len(text))], edits


@given(edited())
def test_every_copied_piece_is_its_source(case: tuple[str, list[Span], list[Edit]]) -> None:
    text, parts, edits = case
    made = rewrite(text, parts, edits)
    at = 0
    for piece in made.pieces:
        shown = made.text[piece.start : piece.start + piece.length]
        assert piece.start >= at
        at = piece.start + piece.length
        if piece.copied:
            assert piece.source is not None
            assert piece.source.of(text) == shown
            assert made.origin(Span(piece.start, at)) == piece.source
        if piece.source:
            assert 0 <= piece.source.start <= piece.source.end <= len(text)
    assert made.text == " ".join(made.text.split())


def test_a_letter_without_a_capital_of_one_letter_stays() -> None:
    made = rewrite("ßtrel fell", [Span(0, 10)], [])
    assert capitalised(made) == made
