"""Plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from index.documents import Metadata, make_document
from index.readers.decode import decode
from index.records import Document, Skipped

#: A first line longer than this is prose, not a title.
MAX_TITLE_WORDS = 16

_FIRST_LINES = re.compile(r"\s*([^\n]{1,200})(?:\n[^\S\n]*(?:\n|\Z)|\Z)")


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """One document. Raises `UnreadableDocument`."""
    text = decode(data)
    yield make_document(file_id, text, Metadata(title_line(text) or stem(file_id)))


def title_line(text: str) -> str | None:
    """The first line when it reads like a title: short, alone, and not ending like a sentence."""
    match = _FIRST_LINES.match(text)
    if match is None:
        return None
    line = match.group(1).strip()
    if len(line.split()) > MAX_TITLE_WORDS or line.endswith((".", ",", ";", ":")):
        return None
    return line if any(character.isalpha() for character in line) else None


def stem(file_id: str) -> str:
    """The file's name without folder and suffix."""
    return PurePosixPath(file_id).stem
