"""Which sources of a corpus are new, changed or gone: found ones beside those an index has read.

The sources found wait in a temporary table, so that a million of them take no memory and those that
did not change are told apart by one query.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from index.corpus import CorpusFile, Source
from index.readers import READERS_VERSION, ReadOptions
from index.records import Skipped
from index.store import UNREADABLE, Database, StoredFile
from index.web.copies import Copies
from index.web.page import Page

_TABLE = """
CREATE TEMP TABLE found (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, path TEXT NOT NULL UNIQUE, root TEXT NOT NULL,
    state TEXT NOT NULL, touched INTEGER NOT NULL, file TEXT, same INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX temp.found_files ON found (file);
"""
#: Sources looked at in one query.
_BATCH = 256


class Found:
    """The sources of a corpus, in the order in which they were found."""

    def __init__(self, database: Database, reading: str) -> None:
        """A file that was read in another way than `reading` has to be read again."""
        self._database = database
        self._reading = reading
        for statement in _TABLE.split(";")[:-1]:
            database.execute(statement)

    def take(self, sources: Iterable[Source]) -> None:
        """Note what was found, and which of it is as it was when it was read."""
        with self._database.scratch():
            self._database.execute_each(
                "INSERT OR IGNORE INTO found (id, path, root, state, touched) "
                "VALUES (?, ?, ?, ?, ?)",
                (
                    (each.id, str(each.path), _root(each), each.state, each.touched)
                    for each in sources
                ),
            )
            self._database.execute(
                "UPDATE found SET file = (SELECT f.id FROM files f WHERE f.path = found.path)"
            )
            self._database.execute(
                "UPDATE found SET same = 1 WHERE state <> '' AND "
                "EXISTS (SELECT 1 FROM files f "
                "WHERE f.id = found.file AND f.state = found.state AND f.reading = ?)",
                (self._reading,),
            )

    def __len__(self) -> int:
        return int(self._database.one("SELECT count(*) FROM found"))

    @property
    def same(self) -> int:
        """How many are as they were."""
        return int(self._database.one("SELECT count(*) FROM found WHERE same"))

    def same_documents(self) -> int:
        """How many documents the sources hold that are as they were and could be read."""
        sql = (
            "SELECT count(*) FROM documents WHERE file IN (SELECT f.id FROM files f "
            "JOIN found ON found.file = f.id WHERE found.same AND f.hash NOT LIKE ?)"
        )
        return int(self._database.one(sql, (f"{UNREADABLE}%",)))

    def same_skips(self) -> Iterator[Skipped]:
        """What could not be read of the sources that are as they were."""
        sql = (
            "SELECT s.path, s.reason FROM skips s JOIN found ON found.file = s.file "
            "WHERE found.same ORDER BY found.number, s.rowid"
        )
        return (Skipped(*row) for row in self._database.query(sql))

    def others(self) -> Iterator[Source]:
        """The sources that are new or may have changed."""
        last = 0
        while True:  # in pieces, for the caller writes to the database meanwhile
            rows = list(
                self._database.query(
                    "SELECT number, id, path, root, state, touched FROM found "
                    "WHERE number > ? AND NOT same ORDER BY number LIMIT ?",
                    (last, _BATCH),
                )
            )
            for number, name, path, root, state, touched in rows:
                if root:
                    yield CorpusFile(name, Path(path), Path(root), state, touched)
                elif page := page_at(self._database, path, state):
                    yield page
                last = number
            if not rows:
                return

    def file_id(self, source: Source) -> str:
        """The id a source had before; a new one's own id, unless that is taken.

        Two roots may hold different files of one name. The first keeps the plain id, the second
        gets the name of its root in front: `a.md` and `reports/a.md`. A file that has moved, with
        its corpus, keeps its id.
        """
        path = str(source.path)
        known = self._database.one("SELECT file FROM found WHERE path = ?", (path,))
        if known is not None:
            return str(known)
        candidate, number = source.id, 1
        while self._is_taken(candidate):
            suffix = f"-{number}" if number > 1 else ""
            candidate, number = f"{source.prefix}{suffix}/{source.id}", number + 1
        self._database.execute("UPDATE found SET file = ? WHERE path = ?", (candidate, path))
        return candidate

    def _is_taken(self, file_id: str) -> bool:
        if self._database.one("SELECT EXISTS (SELECT 1 FROM found WHERE file = ?)", (file_id,)):
            return True
        holder = self._database.one("SELECT path FROM files WHERE id = ?", (file_id,))
        return holder is not None and not is_gone(holder)

    def gone(self, roots: Sequence[Path], lists: Collection[str] = ()) -> Iterator[StoredFile]:
        """The files from below `roots` that the index has read and that are no longer there.

        A page is gone when its list has it no more: one of `lists`, which were read, or one from
        below `roots` that is no longer there itself.
        """
        rows = self._database.query(
            "SELECT id, path, hash, reading, state, "
            "(SELECT list FROM pages WHERE url = f.path LIMIT 1) FROM files f "
            "WHERE NOT EXISTS (SELECT 1 FROM found WHERE found.file = f.id)"
        )
        for *row, listed_in in rows:
            file = StoredFile(*row)
            place = Path(listed_in or file.path)
            below = any(place == root or root in place.parents for root in roots)
            if listed_in in lists or (below and is_gone(str(place))):
                yield file


def page_at(database: Database, path: str, state: str) -> Page | None:
    """The page with this address, if there is a copy of it in this state."""
    copies = Copies(database)
    kept = copies.in_state(path, state)
    return Page(kept, copies) if kept else None


def _root(source: Source) -> str:
    """The corpus root of a file; a page has none."""
    return str(source.root) if isinstance(source, CorpusFile) else ""


def reading(options: ReadOptions) -> str:
    """By which readers, and how, files are read: what an index keeps with each."""
    return json.dumps([READERS_VERSION, asdict(options)])


def options_of(kept: str) -> ReadOptions | None:
    """The options that `reading` was given; None when the readers were others than ours."""
    version, fields = json.loads(kept)
    if version != READERS_VERSION:
        return None
    return ReadOptions(columns=tuple((ours, theirs) for ours, theirs in fields["columns"]))


def is_gone(path: str) -> bool:
    """Whether there is surely nothing at `path`: a folder without permission hides, not removes."""
    try:
        Path(path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
