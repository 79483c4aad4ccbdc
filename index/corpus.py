"""A corpus on disk → the files to read, and what is passed over and why.

Hidden files and folders are left out silently. Symbolic links inside a corpus are not followed: a
link may lead out of the folder the user chose, or round in a circle; it is reported, and its target
can be given as a corpus path of its own.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.documents import MAX_FILE_BYTES
from index.errors import CorpusError, UnreadableDocument
from index.layout import Layout
from index.readers import PACKED, SUFFIXES, ReadOptions, read
from index.records import Document, Skipped

#: A list of web addresses (`index.web`).
LIST_SUFFIX = ".urls"

#: A folder with both of these is an index: nothing in it is a source.
_OF_AN_INDEX = {Layout(Path()).database.name, Layout(Path()).seal.name}

_SURROGATES = re.compile("[\ud800-\udfff]")


class Source(Protocol):
    """Something that a build reads: a file, or whatever else gives bytes under a lasting place.

    `id` is what documents are named after, `prefix` what is put in front of it where two sources
    have one id, and `path` where it is: a path in full, or an address.
    """

    @property
    def id(self) -> str:
        """Its name below its corpus root."""

    @property
    def prefix(self) -> str:
        """The name of its corpus root."""

    @property
    def path(self) -> Path | str:
        """Its one place."""

    @property
    def state(self) -> str:
        """Cheap to have, and another one whenever the bytes are others; empty when unknown."""

    @property
    def touched(self) -> int:
        """When it was last changed, in nanoseconds since 1970; 0 when `state` needs no time."""

    def read(self) -> bytes:
        """Its bytes. Raises `UnreadableDocument`."""

    def documents(
        self, file_id: str, data: bytes, options: ReadOptions
    ) -> Iterator[Document | Skipped]:
        """What its reader makes of these bytes, under an id. Raises `UnreadableDocument`."""


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file to read: `id` is its path below the corpus root `root`, with `/` between its parts.

    `state` is made of its size, times and inode, as they were when the corpus was walked.
    """

    id: str
    path: Path
    root: Path
    state: str = ""
    touched: int = 0

    @property
    def prefix(self) -> str:
        """The name of its corpus root."""
        return self.root.name

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

    def documents(
        self, file_id: str, data: bytes, options: ReadOptions
    ) -> Iterator[Document | Skipped]:
        """What the reader of its suffix makes of these bytes. Raises `UnreadableDocument`."""
        return read(file_id, data, options)


def walk(roots: Sequence[Path], exclude: Path) -> Iterator[CorpusFile | Skipped]:
    """The files below `roots`, each file once, in the order of the roots and of the names.

    Each costs one `lstat`. `exclude` (the index itself) is left out, and so are lists of addresses
    that are roots; another index is passed over as one thing. Raises `CorpusError` when a root does
    not exist.
    """
    given = [existing(root) for root in roots]
    resolved = [root for root in given if not is_list(root)]
    done = {os.path.realpath(exclude)}  # Path.resolve raises where a link leads to itself
    done.update(str(root) for root in given if is_list(root))
    for number, root in enumerate(resolved):
        if _reached(root, resolved[:number]):
            continue
        if root.is_file():
            yield from _file(str(root), str(root.parent), root.lstat())
        else:
            yield from _below(str(root), done)
        done.add(str(root))


def is_list(path: Path) -> bool:
    """Whether a corpus path is a list of addresses."""
    return path.suffix.lower() == LIST_SUFFIX and not path.is_dir()


def existing(root: Path) -> Path:
    """The file or folder that `root` leads to. Raises `CorpusError` when there is none."""
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


def _reached(path: Path, roots: Sequence[Path]) -> bool:
    """Whether the walk from one of `roots` comes by `path`: hidden parts stop it."""
    return any(
        path == root
        or (
            root in path.parents
            and not any(part.startswith(".") for part in path.relative_to(root).parts)
        )
        for root in roots
    )


def _below(root: str, exclude: set[str]) -> Iterator[CorpusFile | Skipped]:
    """Depth first, without recursion: a hostile tree can be deeper than Python's stack."""
    pending = [root]
    while pending:
        path = pending.pop()
        if path in exclude:
            continue
        try:
            status = os.lstat(path)
            is_folder = stat.S_ISDIR(status.st_mode)
            names = os.listdir(path) if is_folder else []  # noqa: PTH208 - names alone
        except OSError as error:  # no permission, a path too long for the system
            yield Skipped(_shown(_relative(path, root)), error.strerror or "cannot be listed")
            continue
        if _OF_AN_INDEX.issubset(names):
            yield Skipped(_shown(_relative(path, root)), "a factcheck index")
        elif is_folder:
            names.sort(reverse=True)
            pending += [os.path.join(path, name) for name in names if name[0] != "."]  # noqa: PTH118
        else:
            yield from _file(path, root, status)


def _file(path: str, root: str, status: os.stat_result) -> Iterator[CorpusFile | Skipped]:
    relative = _relative(path, root)
    reason = _refusal(path, status.st_mode)
    if reason:
        yield Skipped(_shown(relative), reason)
        return
    # The inode's change time, too: a program may set the other one back, and this one not.
    times = (status.st_mtime_ns, status.st_ctime_ns)
    state = f"{status.st_size} {times[0]} {times[1]} {status.st_ino}"
    yield CorpusFile(relative, Path(path), Path(root), state, max(times))


def _refusal(path: str, mode: int) -> str | None:
    """Why a file is not read, or None; with strings, for pathlib takes longer than the disk."""
    if stat.S_ISLNK(mode):
        return "a symbolic link; give its target as a corpus path to include it"
    if not stat.S_ISREG(mode):
        return "not a regular file"
    if _SURROGATES.search(path):
        return "its name is not valid Unicode; rename it"
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    return None if suffix in SUFFIXES else _without_reader(suffix)


def _without_reader(suffix: str) -> str:
    if suffix == LIST_SUFFIX:
        return "a list of web addresses; give it as a corpus path to have them fetched"
    if suffix in PACKED:
        return "an archive; unpack it"
    return f"no reader for {suffix or 'no suffix'}"


def _relative(path: str, root: str) -> str:
    return path[len(root) :].replace(os.sep, "/").removeprefix("/") or "."


def _shown(path: str) -> str:
    """A path in Unicode, whatever the file system has."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
