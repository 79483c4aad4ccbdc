"""One reader per format: the bytes of a file → its documents, and the rows that are none.

A reader raises `UnreadableDocument` when the whole file is of no use, and yields `Skipped` for a
row, or for a part such as front matter, that it had to leave out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from index.records import Document, Skipped

#: The readers' makers raise this when the same bytes give another document than before: files that
#: an index has read already are then read again.
READERS_VERSION = 2

#: Which module's `read` takes a file, by suffix. A module is imported when its first file comes:
#: trafilatura takes half a second.
SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "tabular",
    ".csv": "tabular",
}

Reader = Callable[[str, bytes], Iterator[Document | Skipped]]


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """The documents of a file with these bytes; its suffix decides the format.

    Raises `UnreadableDocument`.
    """
    module = import_module(f"index.readers.{SUFFIXES[PurePosixPath(file_id).suffix.lower()]}")
    reader = cast("Reader", module.read)
    return reader(file_id, data)
