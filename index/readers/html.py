"""HTML: main text, title, date and address by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.documents import Metadata, make_document
from index.errors import UnreadableDocument
from index.readers.decode import decode
from index.readers.text import stem
from index.records import Document, Skipped

#: What takes long to import, for `readers.prepare`.
LIBRARIES = ("trafilatura",)
#: trafilatura takes up to 8 s for a megabyte of nothing but paragraphs.
MAX_HTML_BYTES = 8 * 1024 * 1024

_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The main text of a page and what it says of itself; None where it does not."""

    text: str
    title: str | None
    url: str | None
    published: str | None
    author: str | None


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """One document. Raises `UnreadableDocument` when there is no main text."""
    page = extract(data)
    yield make_document(
        file_id, page.text, Metadata(page.title or stem(file_id), page.url, page.published)
    )


def extract(data: bytes, encoding: str | None = None) -> HtmlPage:
    """The page in `data`; `encoding` is the server's, which outranks the page's own.

    Raises `UnreadableDocument` when it is too large, undecodable, or has no main text.
    """
    if len(data) > MAX_HTML_BYTES:
        raise UnreadableDocument(
            f"{len(data) / 2**20:.0f} MB of HTML, expected at most {MAX_HTML_BYTES // 2**20} MB"
        )
    declared = _CHARSET.search(data[:2048])
    markup = decode(data, encoding or (declared.group(1).decode("ascii") if declared else None))

    import trafilatura

    # Whatever trafilatura thinks of a page is not for the user's terminal.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL + 1)
    page: Any = trafilatura.bare_extraction(
        markup,
        include_comments=False,
        with_metadata=True,
        # Only dates the page states as its own: one found in the prose may be any event's.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or not page.text:
        raise UnreadableDocument("no main text found in the HTML")
    return HtmlPage(page.text, page.title, page.url, page.date, page.author)
