"""A corpus on disk → the files to read, and what is passed over and why.

Hidden files and folders are left out silently. Symbolic links inside a corpus are not followed: a
link may lead out of the folder the user chose, or round in a circle; it is reported, and its target
can be given as a corpus path of its own.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.dates import iso_date
from index.errors import CorpusError, UnreadableDocument
from index.readers import SUFFIXES
from index.records import Document, Skipped

#: Larger files are skipped: reading one takes several times its size in memory.
MAX_FILE_BYTES = 64 * 1024 * 1024
#: Longer documents are skipped: one of nothing but newlines takes 130 bytes for each to cut.
MAX_TEXT = 16_000_000
#: A longer title is cut: it travels with every passage.
MAX_TITLE = 300

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file to read: `id` is its path below the corpus root `root`, with `/` between its parts."""

    id: str
    path: Path
    root: Path

    def read(self) -> bytes:
        """The file's bytes. Raises `UnreadableDocument`."""
        try:
            size = self.path.stat().st_size
            if size > MAX_FILE_BYTES:
                raise UnreadableDocument(
                    f"{size / 2**20:.0f} MB, expected at most {MAX_FILE_BYTES // 2**20} MB"
                )
            with self.path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise UnreadableDocument(error.strerror or "cannot be read") from error
        if len(data) > MAX_FILE_BYTES:
            raise UnreadableDocument("grew while it was read")
        return data


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a reader found out about a document; what is missing gets the usual fallback."""

    title: str | None = None
    source: str | None = None
    date: object = None


def make_document(document_id: str, text: str, metadata: Metadata) -> Document:
    """A `Document` with its newlines, title, source, date and hash in order.

    The title falls back on the id, and so does the source. Raises `UnreadableDocument` when there
    is no text, or more than `MAX_TEXT` of it.
    """
    text = clean(text)
    if not text.strip():
        raise UnreadableDocument("no text")
    if len(text) > MAX_TEXT:
        raise UnreadableDocument(
            f"{len(text):,} characters, expected at most {MAX_TEXT:,}; split it into parts"
        )
    title = " ".join(clean(metadata.title or document_id).split())[:MAX_TITLE]
    source = " ".join(clean(metadata.source or document_id).split())
    published = iso_date(metadata.date)
    parts = (title, text, source, published or "")
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return Document(document_id, title, text, source, published, digest.hexdigest())


def clean(text: str) -> str:
    """Line-feed newlines, and U+FFFD for lone surrogates, which no encoding can hold."""
    return _SURROGATES.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def walk(roots: Sequence[Path], exclude: Path) -> Iterator[CorpusFile | Skipped]:
    """The files below `roots`, each file once, in the order of the roots and of the names.

    `exclude` (the index itself) is left out. Raises `CorpusError` when a root does not exist.
    """
    resolved = [_existing(root) for root in roots]
    excluded = Path(os.path.realpath(exclude))  # Path.resolve raises where a link leads to itself
    seen: set[Path] = set()
    for root in resolved:
        found = _file(root, root.parent) if root.is_file() else _below(root, excluded)
        for item in found:
            if isinstance(item, CorpusFile):
                if item.path in seen:
                    continue
                seen.add(item.path)
            yield item


def _existing(root: Path) -> Path:
    try:
        resolved = root.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise CorpusError(
            f"the corpus path {str(root)!r} cannot be opened, expected a file or a folder; "
            "check the spelling"
        ) from error
    if not (resolved.is_file() or resolved.is_dir()):
        raise CorpusError(f"the corpus path {str(root)!r} is neither a file nor a folder")
    return resolved


def _below(root: Path, exclude: Path) -> Iterator[CorpusFile | Skipped]:
    """Depth first, without recursion: a hostile tree can be deeper than Python's stack."""
    pending = [root]
    while pending:
        path = pending.pop()
        if path == exclude:
            continue
        try:
            is_folder = stat.S_ISDIR(path.lstat().st_mode)
            names = os.listdir(path) if is_folder else []  # noqa: PTH208 - names alone
        except OSError as error:  # no permission, a path too long for the system
            yield Skipped(_relative(path, root), error.strerror or "cannot be listed")
            continue
        if is_folder:
            names.sort(reverse=True)
            pending += [path / name for name in names if not name.startswith(".")]
        else:
            yield from _file(path, root)


def _file(path: Path, root: Path) -> Iterator[CorpusFile | Skipped]:
    relative = _relative(path, root)
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        yield Skipped(relative, error.strerror or "cannot be read")
        return
    if stat.S_ISLNK(mode):
        yield Skipped(relative, "a symbolic link; give its target as a corpus path to include it")
    elif not stat.S_ISREG(mode):
        yield Skipped(relative, "not a regular file")
    elif _SURROGATES.search(str(path)):
        yield Skipped(relative, "its name is not valid Unicode; rename it")
    elif path.suffix.lower() not in SUFFIXES:
        expected = ", ".join(sorted(SUFFIXES))
        yield Skipped(relative, f"no reader for {path.suffix or 'no suffix'}; expected {expected}")
    else:
        yield CorpusFile(relative, path, root)


def _relative(path: Path, root: Path) -> str:
    name = path.relative_to(root).as_posix()
    return os.fsencode(name).decode("utf-8", "backslashreplace")
