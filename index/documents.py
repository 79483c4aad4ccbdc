"""What a reader found in a file → a `Document`: newlines, title, source, date and hash in order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.dates import iso_date
from index.errors import UnreadableDocument
from index.locators import shifted
from index.readers.mojibake import repair
from index.records import Document, Locator

#: Larger files are skipped: reading one takes several times its size in memory.
MAX_FILE_BYTES = 64 * 1024 * 1024
#: Longer documents are skipped: one of nothing but newlines takes 130 bytes for each to cut.
MAX_TEXT = 16_000_000
#: A longer title is cut: it travels with every passage.
MAX_TITLE = 300

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a reader found out about a document; what is missing gets the usual fallback."""

    title: str | None = None
    source: str | None = None
    date: object = None


def make_document(
    document_id: str, text: str, metadata: Metadata, locators: Iterable[Locator] = ()
) -> Document:
    """A `Document` with its newlines, title, source, date and hash in order.

    The title falls back on the id, and so does the source. `locators` are those of `text` as it is
    given, sorted; the document's lead into its own text. Mojibake is repaired where there are none.
    Raises `UnreadableDocument` when there is no text, or more than `MAX_TEXT` of it.
    """
    given, text = text, clean(text)
    if not locators:  # whoever gives locators has repaired the text they lead into
        text = repair(text)
    if not text.strip():
        raise UnreadableDocument("no text")
    if len(text) > MAX_TEXT:
        raise UnreadableDocument(
            f"{len(text):,} characters, expected at most {MAX_TEXT:,}; split it into parts"
        )
    title = " ".join(repair(clean(metadata.title or document_id)).split())[:MAX_TITLE]
    source = " ".join(clean(metadata.source or document_id).split())
    published = iso_date(metadata.date)
    parts = (title, text, source, published or "")
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    placed = shifted(locators, given, text)
    for each in placed:
        digest.update(f"{each.start} {each.end} {each.label}\n".encode())
    return Document(document_id, title, text, source, published, digest.hexdigest(), placed)


def clean(text: str) -> str:
    """Line-feed newlines, and U+FFFD for lone surrogates, which no encoding can hold."""
    return _SURROGATES.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
