"""Corpus → index on disk: incremental, resumable, every commit all-or-nothing.

Read what changed into temporary tables, embed what has no embedding yet (committed as it goes),
and then, in one transaction, change documents and passages and put a new generation in force. A
build that takes long does so several times, at intervals in proportion to what it costs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from index import readers, store
from index.corpus import CorpusFile, Source, existing, is_list, walk
from index.durable import remove_other_generations
from index.embedding import embed
from index.encoder import DEFAULT_ENCODER, Encoder, load_encoder
from index.errors import EncoderError, IndexUnusable, UnreadableDocument
from index.found import Found, reading
from index.generations import publish_generation
from index.layout import FORMAT_VERSION, Layout, Manifest, check_encoder
from index.opening import writing
from index.progress import BuildReport, Progress, Stage
from index.readers import ReadOptions
from index.records import Document, Skipped
from index.seal import is_sealed
from index.staging import Staging, drop_unused
from index.web.copies import Copies
from index.web.page import Page
from index.web.records import DEFAULT_LIMITS, FetchLimits

#: A build publishes once it has worked for so many seconds, and then whenever it has worked
#: `PUBLISH_SHARE` times as long as the last publishing took.
PUBLISH_AFTER = 30.0
PUBLISH_SHARE = 20
#: A file changed less than this long before it was read may change again and keep its times: clocks
#: of file systems are coarse. Nanoseconds.
RACY = 2_000_000_000


def build_index(  # noqa: PLR0913 - what a command line gives, each with its default
    path: Path | str,
    corpus: Sequence[Path | str],
    *,
    encoder: Encoder | None = None,
    prune: bool = False,
    progress: Progress | None = None,
    options: ReadOptions = readers.DEFAULT,
    limits: FetchLimits = DEFAULT_LIMITS,
) -> BuildReport:
    """Create the index at `path`, or bring it up to date with the files of `corpus`.

    Files that end in `.urls` are lists of web addresses: their pages are fetched within `limits`,
    and only what changed since the last time is read. Nothing else needs a network.

    A new index uses `encoder`, or the packaged one; an existing one the encoder it was built with.
    Files of the index that are no longer in `corpus` are removed with `prune`, and reported without
    it; files outside of `corpus` stay. `options` say how files are to be read; columns that they
    name hold for later builds, too, until others are named. When the build is interrupted the index
    is as it was last published, and the next build goes on without embedding anything twice.

    Raises `CorpusError`, `IndexLocked`, `IndexUnusable`, `EncoderMismatch`, `EncoderError`.
    """
    root = Path(path)
    roots = [existing(Path(part)) for part in corpus]
    with writing(root) as database:
        build = _Build(database, root, progress or _silent, options)
        try:
            build.choose_encoder(encoder)
            build.keep_columns()
            build.find(roots, limits)
            build.read()
            build.find_missing(roots, prune=prune)
            build.finish(roots)
        finally:
            build.tidy()
            readers.close()
        return build.report()


def _silent(stage: Stage, done: int, total: int) -> None:
    """Progress for those who want none."""


@dataclass
class _Tally:
    """Counts of a build, while it goes on."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


class _Build:
    """One run of a build over an open database."""

    def __init__(
        self, database: store.Database, root: Path, progress: Progress, options: ReadOptions
    ) -> None:
        self._database = database
        manifest = database.manifest()
        self._columns_before = manifest.columns if manifest else ()
        self._options = (
            options if options.columns else replace(options, columns=self._columns_before)
        )
        self._reading = reading(self._options)
        self._root = root
        self._progress = progress
        self._encoder: Encoder | None = None
        self._manifest: Manifest
        self._tally = _Tally()
        self._staging = Staging(database)
        self._found = Found(database, self._reading)
        self._lists: frozenset[str] = frozenset()  # of addresses, that were read
        self._done = 0  # sources looked at
        self._asked = 0  # texts given to the encoder
        self._embedded = 0
        self._all_read = False
        self._pause = PUBLISH_AFTER
        self._published = time.monotonic()

    def choose_encoder(self, encoder: Encoder | None) -> None:
        """Check `encoder` against the manifest, or begin one. Raises `EncoderMismatch`."""
        manifest = self._database.manifest()
        if manifest is not None and encoder is None:
            self._manifest = manifest  # the encoder is loaded when there is something to embed
            return
        self._encoder = encoder or load_encoder(DEFAULT_ENCODER)
        if manifest is None or (
            manifest.generation == 0 and manifest.weights_hash != self._encoder.weights_hash
        ):
            self._begin(self._encoder)
            return
        self._manifest = manifest
        check_encoder(self._encoder, manifest, self._root)

    def _begin(self, encoder: Encoder) -> None:
        self._manifest = Manifest(
            FORMAT_VERSION, encoder.name, encoder.weights_hash, encoder.dimension, _now()
        )
        with self._database.transaction():
            self._database.execute("DELETE FROM embeddings")  # of another encoder, never published
            store.set_manifest(self._database, self._manifest)

    def keep_columns(self) -> None:
        """Have later builds read tables as this one does, even if it is interrupted."""
        if self._manifest.columns != self._options.columns:
            self._set_manifest(replace(self._manifest, columns=self._options.columns))

    def _set_manifest(self, manifest: Manifest) -> None:
        self._manifest = manifest
        with self._database.transaction():
            store.set_manifest(self._database, manifest)

    def find(self, roots: Sequence[Path], limits: FetchLimits) -> None:
        """Find the files below `roots`, the pages of lists, and which of them are as they were."""
        lists = [root for root in roots if is_list(root)]
        pages = self._fetch(lists, limits) if lists else []
        self._found.take(chain(self._walk(roots), pages))
        self._done = self._found.same
        self._tally.unchanged += self._found.same_documents()
        self._tally.skipped += self._found.same_skips()

    def _walk(self, roots: Sequence[Path]) -> Iterator[CorpusFile]:
        for item in walk(roots, exclude=self._root):
            if isinstance(item, Skipped):
                self._tally.skipped.append(item)
            else:
                yield item

    def _fetch(self, lists: Sequence[Path], limits: FetchLimits) -> list[Page]:
        from index.web.pages import fetch_lists  # httpx, for those who need it

        def progress(done: int, total: int) -> None:
            self._progress(Stage.FETCH, done, total)

        fetched = fetch_lists(Copies(self._database), lists, limits, progress)
        self._lists = fetched.read
        self._tally.skipped += fetched.skipped
        return list(fetched.pages)

    def read(self) -> None:
        """Stage and embed the documents of every new or changed file, publishing in between."""
        sources = self._found.others()
        while not self._all_read:
            self._embed(self._texts(sources))
            if not self._all_read:
                begun = time.monotonic()
                self._publish()
                self._published = time.monotonic()
                self._pause = max(PUBLISH_AFTER, PUBLISH_SHARE * (self._published - begun))

    def _texts(self, sources: Iterator[Source]) -> Iterator[tuple[bytes, str]]:
        """Read on, giving the texts to embed, until it is time to publish or all is read."""
        total = len(self._found)
        for source in sources:
            self._progress(Stage.READ, self._done, total)
            self._read(source)
            self._done += 1
            for pair in self._staging.take_pending():
                self._asked += 1
                yield pair
            if time.monotonic() - self._published >= self._pause:
                return
        self._progress(Stage.READ, total, total)
        self._all_read = True

    def _read(self, source: Source) -> None:
        file_id = self._found.file_id(source)
        known = self._stored(file_id)
        same_way = known is not None and known.reading == self._reading
        if known and same_way and known.state == source.state != "":  # it has moved
            self._unchanged(replace(known, path=str(source.path)))
            return
        state = source.state if source.touched < time.time_ns() - RACY else ""
        try:
            data = source.read()
        except UnreadableDocument as error:  # the next build may be luckier
            self._tally.skipped.append(self._unreadable(file_id, error))
            return
        digest = hashlib.sha256(data).hexdigest()
        file = store.StoredFile(file_id, str(source.path), digest, self._reading, state)
        # a state that needs no time is exact: another one is another page, of the same bytes or not
        may_be_same = known is not None and same_way and source.touched > 0
        if known and may_be_same and known.hash.removeprefix(store.UNREADABLE) == digest:
            self._unchanged(replace(file, hash=known.hash))
        else:
            self._read_documents(file, source, data)

    def _stored(self, file_id: str) -> store.StoredFile | None:
        rows = self._database.query(
            "SELECT id, path, hash, reading, state FROM files WHERE id = ?", (file_id,)
        )
        return next((store.StoredFile(*row) for row in rows), None)

    def _unchanged(self, file: store.StoredFile) -> None:
        """Note under which path and state a file is now whose bytes are as they were."""
        if not file.hash.startswith(store.UNREADABLE):
            sql = "SELECT count(*) FROM documents WHERE file = ?"
            self._tally.unchanged += self._database.one(sql, (file.id,))
        sql = "SELECT path, reason FROM skips WHERE file = ? ORDER BY rowid"
        skips = [Skipped(*row) for row in self._database.query(sql, (file.id,))]
        self._tally.skipped += skips
        self._staging.add_file(file, skips)

    def _unreadable(self, file_id: str, error: UnreadableDocument) -> Skipped:
        sql = "SELECT EXISTS (SELECT 1 FROM documents WHERE file = ?)"
        kept = self._database.one(sql, (file_id,))
        return Skipped(
            file_id, f"{error}; what was read of it earlier is kept" if kept else str(error)
        )

    def _read_documents(self, file: store.StoredFile, source: Source, data: bytes) -> None:
        sql = "SELECT id, hash FROM documents WHERE file = ?"
        hashes = dict(self._database.query(sql, (file.id,)))
        skips: list[Skipped] = []
        refused: list[Skipped] = []
        try:
            for item in source.documents(file.id, data, self._options):
                if isinstance(item, Skipped):
                    skips.append(item)
                elif not self._stage(item, file.id, hashes):
                    reason = "another document of the index has this id; rename one of the two"
                    refused.append(Skipped(item.id, reason))
            # What the file held before and no longer holds leaves with the file's old version.
            self._staging.leave(hashes)
            self._tally.removed += hashes
        except UnreadableDocument as error:
            skips.append(self._unreadable(file.id, error))
            file = replace(file, hash=store.UNREADABLE + file.hash)
        self._tally.skipped += skips + refused
        if refused:  # the other document may leave, so this file has to be read again then
            file = replace(file, hash="", state="")
        self._staging.add_file(file, skips)

    def _stage(self, document: Document, file_id: str, hashes: dict[str, str]) -> bool:
        """Take one document in; `hashes` loses what is accounted for. False if it is refused."""
        known = hashes.pop(document.id, None)
        if known == document.content_hash:
            self._tally.unchanged += 1
            return True
        if known is None and self._staging.holds(document.id):
            return False
        if known is None:
            self._tally.added += 1
        else:
            self._tally.changed += 1
            self._staging.leave([document.id])
        self._staging.add(document, file_id)
        return True

    def find_missing(self, roots: Sequence[Path], *, prune: bool) -> None:
        """Find what the index holds from below `roots` that is no longer there."""
        for file in self._found.gone(roots, self._lists):
            sql = "SELECT id FROM documents WHERE file = ? ORDER BY id"
            ids = [row[0] for row in self._database.query(sql, (file.id,))]
            if prune or not ids:
                self._staging.leave_file(file.id)
                self._staging.leave(ids)
                self._tally.removed += ids
            else:
                self._tally.missing += ids

    def _embed(self, texts: Iterator[tuple[bytes, str]]) -> None:
        """Embed `texts`, committing every few seconds; the encoder is loaded for the first."""
        first = next(texts, None)
        if first is None:
            return
        if self._encoder is None:
            self._encoder = load_encoder(self._manifest.encoder, fetch=False)
            check_encoder(self._encoder, self._manifest, self._root)
        with closing(embed(self._encoder, chain([first], texts))) as embedded:
            for keys, vectors in embedded:
                if vectors.shape[1] != self._manifest.dimension:
                    raise EncoderError(
                        f"the encoder {self._encoder.name!r} gave vectors of "
                        f"{vectors.shape[1]} dimensions, expected {self._manifest.dimension}; "
                        "use another encoder"
                    )
                self._staging.embedded(keys, vectors)
                self._embedded += len(keys)
                self._progress(Stage.EMBED, self._embedded, self._asked)

    def finish(self, roots: Sequence[Path]) -> None:
        """Publish what is left."""
        corpus = tuple(sorted({*self._manifest.corpus, *map(str, roots)}))
        if corpus != self._manifest.corpus:
            self._set_manifest(replace(self._manifest, corpus=corpus))
        self._publish(last=True)
        Copies(self._database).settle()
        if not is_sealed(Layout(self._root)):  # else nothing was written, and nothing is to be
            removed = len(self._tally.removed)
            self._database.shrink(removed / max(1, removed + self._manifest.documents))

    def _publish(self, last: bool = False) -> None:
        """Make everything that was staged visible at once; only file names if nothing differs."""
        if self._staging.is_empty:
            return
        differs = self._staging.changes_documents
        if differs:
            self._progress(Stage.WRITE, 0, 1)
        with self._database.transaction():
            self._staging.apply()
            if differs:
                if last:
                    drop_unused(self._database)
                now = replace(self._manifest, updated=_now())
                if self._encoder is not None:
                    now = replace(now, precision=self._encoder.precision)
                now = publish_generation(self._database, self._root, now)
        self._staging.clear()
        if differs:
            self._manifest = now
            remove_other_generations(self._root, now.generation)
            self._progress(Stage.WRITE, 1, 1)

    def tidy(self) -> None:
        """Delete derived files that are not in force, whatever ended the build."""
        # What is in force is asked of the database: Ctrl-C may come just behind the commit.
        with suppress(IndexUnusable):  # said already
            manifest = self._database.manifest()
            if manifest:
                remove_other_generations(self._root, manifest.generation)

    def report(self) -> BuildReport:
        """What was done."""
        return BuildReport(
            self._tally.added,
            self._tally.changed,
            self._tally.unchanged,
            tuple(self._tally.removed),
            tuple(self._tally.missing),
            tuple(self._tally.skipped),
            self._manifest.documents,
            self._manifest.passages,
            self._manifest.generation,
            self._options.columns,
            self._columns_before if self._columns_before != self._options.columns else (),
        )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
