"""Copies of pages in the database of an index, each with the time it was retrieved.

The copy of a page belongs to the documents that were read from it, so that what is cited can be
shown, and read anew, when the page has changed or is gone. A newer copy that has come stands
beside it (`fresh` is 1) until a build has read it: it is committed as it comes, and takes the
other's place once a build has read and published it. Imports no network.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from index.documents import MAX_FILE_BYTES
from index.errors import UnreadableDocument
from index.schema import checked
from index.store import UNREADABLE, Database
from index.web.records import Copy, Known


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a copy without unpacking it.

    `list` is the path of the list that the address stands in, `retrieved` when the server sent the
    copy (ISO 8601, UTC).
    """

    url: str
    list: str
    final_url: str
    content_type: str
    suffix: str
    charset: str | None
    retrieved: str
    hash: str


class Copies:
    """The table `pages`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> dict[str, Known]:
        """URL → what to ask the server with, of the latest copies."""
        sql = "SELECT url, final_url, hash, etag, modified FROM pages ORDER BY url, fresh"
        return {url: Known(*rest) for url, *rest in self._database.query(sql)}

    def latest(self, url: str) -> Kept | None:
        """The latest copy, whether or not its documents are published."""
        sql = (
            "SELECT url, list, final_url, content_type, suffix, charset, retrieved, hash "
            "FROM pages WHERE url = ? ORDER BY fresh DESC LIMIT 1"
        )
        return next((Kept(*row) for row in self._database.query(sql, (url,))), None)

    def in_state(self, url: str, digest: str) -> Kept | None:
        """The copy with this hash."""
        sql = (
            "SELECT url, list, final_url, content_type, suffix, charset, retrieved, hash "
            "FROM pages WHERE url = ? AND hash = ? ORDER BY fresh DESC LIMIT 1"
        )
        return next((Kept(*row) for row in self._database.query(sql, (url, digest))), None)

    def read(self, kept: Kept) -> bytes:
        """The body of a copy. Raises `UnreadableDocument`."""
        sql = "SELECT body FROM pages WHERE url = ? AND hash = ? ORDER BY fresh DESC LIMIT 1"
        packed = self._database.one(sql, (kept.url, kept.hash))
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(packed or b"", MAX_FILE_BYTES + 1)
        except zlib.error as error:
            raise UnreadableDocument("its copy in the index is damaged") from error
        if not unpacker.eof:
            raise UnreadableDocument("its copy in the index is damaged")
        return data

    def keep(self, url: str, listed_in: str, copy: Copy) -> None:
        """Commit a copy that has come, beside the one that is published."""
        with self._database.transaction():
            self._put((url, 1, listed_in, *astuple(copy)))

    def move(self, listed_in: Mapping[str, str]) -> None:
        """Commit which list each of these addresses is in now."""
        sql = "SELECT DISTINCT url, list FROM pages"
        moved = [url for url, path in self._database.query(sql) if listed_in.get(url, path) != path]
        if not moved:
            return
        with self._database.transaction():
            for url in moved:
                for row in self._take(url):
                    self._put((*row[:2], listed_in[url], *row[3:]))

    def settle(self) -> None:
        """Commit which copies are in force, when a build has published what it read.

        A copy that was read takes the place of the one before it; one that could not be read does
        not. What no source of the index is read from leaves.
        """
        sql = (
            "SELECT url FROM pages JOIN files f ON f.path = url "
            "WHERE fresh = 1 AND f.state = pages.hash AND f.hash NOT LIKE ?"
        )
        read = [url for (url,) in self._database.query(sql, (f"{UNREADABLE}%",))]
        sql = "SELECT DISTINCT url FROM pages WHERE url NOT IN (SELECT path FROM files)"
        unused = [url for (url,) in self._database.query(sql)]
        if not (read or unused):
            return
        with self._database.transaction():
            for url in read:
                *_, latest = self._take(url)
                self._put((url, 0, *latest[2:]))
            for url in unused:
                self._drop(url)

    def _drop(self, url: str) -> None:
        self._database.execute("DELETE FROM pages WHERE url = ?", (url,))

    def _take(self, url: str) -> list[tuple[object, ...]]:
        """Remove the rows of an address, the latest last, and give them without their checksum."""
        sql = "SELECT * FROM pages WHERE url = ? ORDER BY fresh"
        rows = [row[:-1] for row in self._database.query(sql, (url,))]
        self._drop(url)
        return rows

    def _put(self, values: tuple[object, ...]) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            checked(*values),
        )
