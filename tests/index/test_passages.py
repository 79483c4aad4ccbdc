from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, Passage
from index.documents import Metadata, make_document
from index.passages import CHARACTERS_PER_WORD, TARGET_WORDS, cut, searchable
from index.sentences import split_sentences


def passages(text: str, title: str = "Title") -> list[Passage]:
    return cut(make_document("a.md", text, Metadata(title)))


def sentence(words: int, mark: str = "x") -> str:
    return " ".join([f"S{mark}"] + ["word"] * (words - 1)) + "."


def test_a_short_document_is_one_passage() -> None:
    assert passages("One thing. Another thing.") == [
        Passage("a.md", 0, 25, "One thing. Another thing.", "Title")
    ]


def test_neighbours_share_a_sentence() -> None:
    parts = [sentence(40, str(number)) for number in range(4)]
    found = passages(" ".join(parts))
    assert [passage.text for passage in found] == [
        f"{parts[0]} {parts[1]}",
        f"{parts[1]} {parts[2]}",
        f"{parts[2]} {parts[3]}",
    ]


def test_a_long_sentence_is_not_shared() -> None:
    parts = [sentence(70, str(number)) for number in range(3)]
    assert [passage.text for passage in passages(" ".join(parts))] == parts


def test_a_monster_sentence_is_cut_between_words() -> None:
    text = sentence(3 * TARGET_WORDS)
    found = passages(text)
    assert [len(passage.text.split()) for passage in found] == [TARGET_WORDS] * 3
    assert " ".join(passage.text for passage in found) == text


def test_a_monster_word_is_cut_anywhere() -> None:
    limit = TARGET_WORDS * CHARACTERS_PER_WORD
    found = passages("x" * (3 * limit + 1))
    assert "".join(passage.text for passage in found) == "x" * (3 * limit + 1)
    assert max(len(passage.text) for passage in found) <= limit


def test_headings_end_windows_and_give_context() -> None:
    found = passages("Before.\n\n# Title\nUnder it.\n\n## Fish ##\nNo fish.\n")
    assert [(passage.text, passage.context) for passage in found] == [
        ("Before.", "Title"),
        ("# Title\nUnder it.", "Title"),
        ("## Fish ##\nNo fish.", "Title\nFish"),
    ]
    assert searchable("Title\nFish", "No fish.") == "Title\nFish\nNo fish."


TEXTS = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(["A b c. ", "# Head\n", "\n\n", "“Q! R?” ", "é🙂 ", "w " * 120, "x" * 900]),
    ),
    max_size=20,
).map("".join)


@given(TEXTS)
def test_passages_are_slices_that_cover_every_sentence(text: str) -> None:
    document = Document("a", "t", text, "a", None, "")
    found = cut(document)
    for passage in found:
        assert passage.text == text[passage.start : passage.end] == passage.text.strip()
        assert passage.text
        words = len(passage.text.split())
        assert words <= TARGET_WORDS
        assert len(passage.text) <= 2 * TARGET_WORDS * CHARACTERS_PER_WORD
    covered = {offset for passage in found for offset in range(passage.start, passage.end)}
    for span in split_sentences(text):
        inside = (offset for offset in range(span.start, span.end) if not text[offset].isspace())
        assert covered.issuperset(inside)
    assert [p.start for p in found] == sorted({p.start for p in found})


@pytest.mark.parametrize("unit", ["a", "a ", "a. ", "(“", "\n", "# a\n", "é. 🙂 "])
def test_hostile_text_takes_little_time(unit: str) -> None:
    document = Document("a", "t", unit * (300_000 // len(unit)), "a", None, "")
    begin = time.process_time()
    cut(document)
    assert time.process_time() - begin < 5
