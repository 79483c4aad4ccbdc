from __future__ import annotations

import pytest

from index import UnreadableDocument
from index.documents import MAX_TEXT, Metadata, make_document


def test_fields_fall_back_and_are_normalised() -> None:
    document = make_document("a/b.txt", "x\r\ny\rz \ud800", Metadata())
    assert document.title == document.source == "a/b.txt"
    assert document.text == "x\ny\nz \ufffd"
    assert document.published is None
    document = make_document("a", "x", Metadata(" A\n title ", "https://a.example ", "5 May 2020"))
    assert (document.title, document.source) == ("A title", "https://a.example")
    assert document.published == "2020-05-05"
    with pytest.raises(UnreadableDocument, match="no text"):
        make_document("a", " \n", Metadata())


def test_a_text_that_would_take_too_much_memory_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="16,000,001 characters, expected at most 16,000"):
        make_document("a", "a" + "\n" * MAX_TEXT, Metadata())


def test_the_hash_covers_every_field_and_their_borders() -> None:
    variants = [
        make_document("a", "text", Metadata("title", "source", "2020")),
        make_document("a", "text2", Metadata("title", "source", "2020")),
        make_document("a", "text", Metadata("title2", "source", "2020")),
        make_document("a", "text", Metadata("title", "source2", "2020")),
        make_document("a", "text", Metadata("title", "source", "2021")),
        make_document("a", "xtext", Metadata("title", "source", "2020")),
        make_document("a", "text", Metadata("titlex", "source", "2020")),
    ]
    assert len({variant.content_hash for variant in variants}) == len(variants)
    other = make_document("b", "text", Metadata("title", "source", "2020"))
    assert other.content_hash == variants[0].content_hash
