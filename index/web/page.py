"""A page of which there is a copy, as a source of a build. Imports no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from index import readers
from index.documents import Metadata, make_document
from index.readers import ReadOptions
from index.readers.decode import decode
from index.records import Document, Skipped
from index.web.copies import Copies, Kept

#: Formats that are text: an encoding the server names holds for them.
TEXTUAL = frozenset({".txt", ".md", ".html", ".csv", ".tsv", ".jsonl", ".srt", ".vtt"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the web as a `Source`: its id and its path are its address."""

    kept: Kept
    copies: Copies

    @property
    def id(self) -> str:
        """The address as it is listed."""
        return self.kept.url

    @property
    def prefix(self) -> str:
        """Of no use: an address is nobody else's."""
        return ""

    @property
    def path(self) -> str:
        """The address."""
        return self.kept.url

    @property
    def state(self) -> str:
        """The hash of the copy."""
        return self.kept.hash

    @property
    def touched(self) -> int:
        """A hash needs no time."""
        return 0

    def read(self) -> bytes:
        """The body of the copy. Raises `UnreadableDocument`."""
        return self.copies.read(self.kept)

    def documents(
        self, file_id: str, data: bytes, options: ReadOptions = readers.DEFAULT
    ) -> Iterator[Document | Skipped]:
        """What the reader of its format makes of the page, under its address.

        Raises `UnreadableDocument`.
        """
        url, kept = file_id, self.kept
        if kept.charset and kept.suffix in TEXTUAL:
            # a byte order mark outranks whatever the page itself says, as the server does
            data = b"\xef\xbb\xbf" + decode(data, kept.charset).encode()
        name = _file_name(kept.final_url, kept.suffix)
        for item in readers.read(name, data, options):
            if isinstance(item, Skipped):
                yield Skipped(url + item.path.removeprefix(name), item.reason)
            else:
                yield _under(url, name, item)


def _file_name(url: str, suffix: str) -> str:
    """What a file with this page would be called: readers make titles of names."""
    parts = urlsplit(url)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    return f"{PurePosixPath(last).stem.strip('. ') or parts.hostname}{suffix}"


def _under(url: str, name: str, document: Document) -> Document:
    """`document`, read under the name of a file, as one of the page at `url`."""
    row = document.id.removeprefix(name)
    # a row names its own source; a page is cited by where it was found
    source = document.source if row and document.source != document.id else url + row
    metadata = Metadata(document.title, source, document.published)
    return make_document(url + row, document.text, metadata, document.locators)
