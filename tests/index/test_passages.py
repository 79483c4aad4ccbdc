from __future__ import annotations

import time
import tracemalloc
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, Passage, UnreadableDocument
from index.documents import Metadata, make_document
from index.passages import CHARACTERS_PER_WORD, TARGET_WORDS, cut, searchable
from index.records import Locator
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


def test_headings_without_text_join_what_follows() -> None:
    found = passages("# Title\n\n## Sea\n\n### Fish\n\nNo fish.\n\n### Crabs\n\n## Land\n")
    assert [(passage.text, passage.context) for passage in found] == [
        ("# Title\n\n## Sea\n\n### Fish\n\nNo fish.", "Title\nFish"),
        ("### Crabs\n\n## Land", "Title\nLand"),
    ]


def placed(parts: Sequence[tuple[str, str]], between: str = "\n\n") -> Document:
    """A document of these texts, each with its label."""
    text, locators = "", []
    for label, part in parts:
        text += between if text else ""
        locators.append(Locator(len(text), len(text) + len(part), label))
        text += part
    return make_document("a.csv", text, Metadata("Title"), locators)


def test_rows_are_not_cut_and_not_shared() -> None:
    rows = [f"Port: Veld {n}; note: Dr. No. It fell. {'word ' * 33}" + "End." for n in range(5)]
    assert len(split_sentences(rows[0])) > 1
    document = placed([(f"row {n}", row) for n, row in enumerate(rows)])
    assert [passage.text for passage in cut(document)] == [
        f"{rows[0]}\n\n{rows[1]}",
        f"{rows[2]}\n\n{rows[3]}",
        rows[4],
    ]
    sheet = placed([(f"'a b'!A{n}:D{n}", row) for n, row in enumerate(rows)])
    assert [passage.text for passage in cut(sheet)] == [passage.text for passage in cut(document)]


def test_a_row_longer_than_a_window_is_cut_like_text() -> None:
    parts = [sentence(70, "a"), sentence(70, "b")]
    document = placed([("row 2", "A: 1."), ("row 3", " ".join(parts))])
    assert [passage.text for passage in cut(document)] == [f"A: 1.\n\n{parts[0]}", parts[1]]


def test_a_page_begins_a_window_once_one_is_half_full() -> None:
    half, less = sentence(TARGET_WORDS // 2), sentence(TARGET_WORDS // 2 - 1)
    for first, expected in ((half, [half, "B."]), (less, [f"{less}\n\nB."])):
        for label in ("page", "slide"):
            document = placed([(f"{label} 1", first), (f"{label} 2", "B.")])
            assert [passage.text for passage in cut(document)] == expected
    times = placed([("00:00:01", half), ("00:00:02", "B.")], " ")
    assert [passage.text for passage in cut(times)] == [f"{half} B."]


def test_the_number_of_passages_and_sentences_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# a\nb.\n" * 4
    monkeypatch.setattr("index.passages.MAX_PASSAGES", 4)
    assert len(passages(text)) == 4
    with pytest.raises(UnreadableDocument, match="more than 4 passages"):
        passages(text + "# a\nb.\n")
    monkeypatch.setattr("index.passages.MAX_LINES", 8)
    assert len(passages(text)) == 4
    with pytest.raises(UnreadableDocument, match="more than 8 lines"):
        passages(text + "\n")
    monkeypatch.setattr("index.passages.MAX_SENTENCES", 7)
    with pytest.raises(UnreadableDocument, match="more than 7 sentences"):
        passages(text)


def test_blank_lines_cost_no_memory() -> None:
    document = Document("a", "t", "\n" * 1_000_000, "a", None, "")
    tracemalloc.start()
    try:
        assert cut(document) == []
        assert tracemalloc.get_traced_memory()[1] < 10_000_000  # 130 MB with a value for each
    finally:
        tracemalloc.stop()
