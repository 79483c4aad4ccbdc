"""One reader per format: the bytes of a file → its documents, and the rows that are none.

A reader raises `UnreadableDocument` when the whole file is of no use, and yields `Skipped` for a
row, or for a part such as front matter, that it had to leave out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath

from index.records import Document, Skipped

#: The readers' makers raise this when the same bytes give another document than before: files that
#: an index has read already are then read again.
READERS_VERSION = 6

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
    ".tsv": "tabular",
    ".pdf": "pdf",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".gz": "archives",
    ".zip": "archives",
}

#: Archives that are reported, with the advice to unpack them.
PACKED = frozenset({".7z", ".bz2", ".rar", ".tar", ".tbz2", ".tgz", ".txz", ".xz", ".zst"})

#: Modules whose `read` takes the options, too.
_WITH_OPTIONS = frozenset({"tabular", "archives"})
#: Modules that run in a process of their own (`index.readers.isolated`).
_ISOLATED = frozenset({"html", "pdf", "docx", "xlsx"})


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user says of their files.

    `columns` are pairs of one of our fields (id, title, text, date, source) and the name that
    tables and JSON Lines have for it; of several for one field the first that a file has counts,
    and the field's own name comes last. A build without any takes those of the build before.
    """

    columns: tuple[tuple[str, str], ...] = ()


DEFAULT = ReadOptions()


def read(file_id: str, data: bytes, options: ReadOptions = DEFAULT) -> Iterator[Document | Skipped]:
    """The documents of a file with these bytes; its suffix decides the format.

    Raises `UnreadableDocument`.
    """
    if _module(file_id) in _ISOLATED:
        from index.readers import isolated

        return isolated.read(file_id, data)
    return read_here(file_id, data, options)


def read_here(
    file_id: str, data: bytes, options: ReadOptions = DEFAULT
) -> Iterator[Document | Skipped]:
    """As `read`, in this process whatever the format."""
    name = _module(file_id)
    reader = import_module(f"index.readers.{name}")
    arguments = (file_id, data, options) if name in _WITH_OPTIONS else (file_id, data)
    found: Iterator[Document | Skipped] = reader.read(*arguments)
    return found


def prepare(file_id: str) -> None:
    """Import what reading a file of this name takes."""
    module = import_module(f"index.readers.{_module(file_id)}")
    for library in getattr(module, "LIBRARIES", ()):
        import_module(library)


def close() -> None:
    """End the processes that hostile formats are read by; the next file starts one anew."""
    from index.readers import isolated

    isolated.close()


def _module(file_id: str) -> str:
    return SUFFIXES[PurePosixPath(file_id).suffix.lower()]
