"""Text cut where marks begin and end, and the article with its claims marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcheck.records import Verdict
from factcheck.render.html.article import Place, marked
from factcheck.render.html.marks import cut, inert, joined, paragraphs
from index import Span

texts = st.text(st.sampled_from("ab \n\té字🎉"), max_size=40)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Place]]:
    """A text, and places in it that overlap, nest and touch."""
    text = draw(texts)
    edge = st.integers(0, len(text))
    spans = draw(
        st.lists(st.builds(lambda a, b: Span(min(a, b), max(a, b)), edge, edge), max_size=6)
    )
    verdicts = st.sampled_from(Verdict)
    return text, [Place(span, n, 0, draw(verdicts)) for n, span in enumerate(spans, 1)]


@given(marked_texts())
def test_marks_change_no_letter_and_each_begins_once(made: tuple[str, list[Place]]) -> None:
    text, places = made
    article = marked(text, places)
    pieces = [piece for block in article.paragraphs for piece in block.pieces]
    said = article.before + "".join(
        "".join(piece.text for piece in block.pieces) + block.after for block in article.paragraphs
    )
    assert said == inert(text)
    begun = [place for piece in pieces for place in piece.begins]
    assert len(begun) == len(set(begun)) == len(article.shown)
    blocks = paragraphs(text)
    assert article.shown == {
        place
        for place in places
        if any(
            max(place.span.start, block.start) < min(place.span.end, block.end) for block in blocks
        )
    }


def test_nested_claims_lead_to_the_inner_one() -> None:
    text = "The wall fell, the board said."
    outer = Place(Span(0, 30), 1, 0, Verdict.SUPPORTED)
    inner = Place(Span(0, 13), 2, 0, Verdict.REFUTED)
    (block,) = marked(text, [outer, inner]).paragraphs
    first, second = block.pieces
    assert (first.text, first.place, first.begins) == ("The wall fell", inner, (outer, inner))
    assert first.outer is Verdict.SUPPORTED
    assert first.opens
    assert (second.text, second.place, second.begins) == (", the board said.", outer, ())
    assert not second.opens


def test_texts_are_cut_where_marks_begin_and_end() -> None:
    pieces = cut("a<b>cd", [Span(0, 3), Span(2, 5), Span(4, 4), Span(5, 9)])
    assert [(piece.text, piece.start, piece.marks) for piece in pieces] == [
        ("a&lt;", 0, (0,)),
        ("b", 2, (0, 1)),
        ("&gt;c", 3, (1,)),
        ("d", 5, ()),
    ]


def test_inert_text_keeps_its_lines_and_its_length() -> None:
    text = "one\r\n\ttwo\x1b\ufffe\ud800\u202e\U0010ffff\n"
    assert inert(text) == "one \n two␛����\n"
    assert paragraphs("\n\na\nb\n\n c\n") == [Span(2, 5), Span(7, 9)]


def test_lines_cut_to_a_width_are_joined_and_others_stay() -> None:
    line = "x" * 30 + " " + "y" * 40
    assert joined(f"{line}\nend\n\n{line}\n- item") == f"{line} end\n\n{line}\n- item"
    assert joined("a verse\nof two lines") == "a verse\nof two lines"
