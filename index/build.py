"""Corpus → index on disk: incremental, resumable, all-or-nothing.

Read what changed into temporary tables, embed what has no embedding yet (committed as it goes),
and then, in one transaction, change documents and passages and put a new generation in force.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import readers, store
from index.documents import CorpusFile, walk
from index.encoder import DEFAULT_ENCODER, Encoder, load_encoder
from index.errors import EncoderError, UnreadableDocument
from index.generations import write_generation
from index.layout import FORMAT_VERSION, Generation, Manifest, check_encoder
from index.records import Document, Skipped
from index.staging import Staging

#: Passages embedded, and committed, at a time: 1 to 5 seconds of work.
BATCH = 512


class Stage(Enum):
    """What a build is doing."""

    READ = "reading files"
    EMBED = "embedding passages"
    WRITE = "writing the index"


class Progress(Protocol):
    """Called while a build goes on."""

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """`done` of `total` files, passages or steps."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    `removed` and `missing` are document ids. Missing ones are gone from the disk and still in the
    index, because nothing said to prune. `generation` is the one now in force.
    """

    added: int
    changed: int
    unchanged: int
    removed: tuple[str, ...]
    missing: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    documents: int
    passages: int
    generation: int


def build_index(
    path: Path | str,
    corpus: Sequence[Path | str],
    *,
    encoder: Encoder | None = None,
    prune: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Create the index at `path`, or bring it up to date with the files of `corpus`.

    A new index uses `encoder`, or the packaged one; an existing one the encoder it was built with.
    Files of the index that are no longer in `corpus` are removed with `prune`, and reported without
    it; files outside of `corpus` stay. When the build is interrupted the index is as before, and
    the next build goes on without embedding anything twice.

    Raises `CorpusError`, `IndexLocked`, `IndexUnusable`, `EncoderMismatch`, `EncoderError`.
    """
    root = Path(path)
    found = list(walk([Path(part) for part in corpus], exclude=root))
    with store.writing(root) as database:
        build = _Build(database, root, progress or _silent)
        build.choose_encoder(encoder)
        build.read(found)
        build.find_missing([Path(part).resolve() for part in corpus], prune=prune)
        build.embed()
        build.publish()
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

    @property
    def differs(self) -> bool:
        """Whether the index has to change."""
        return bool(self.added or self.changed or self.removed)


class _Build:
    """One run of a build over an open database."""

    def __init__(self, database: store.Database, root: Path, progress: Progress) -> None:
        self._database = database
        self._root = root
        self._progress = progress
        self._encoder: Encoder | None = None
        self._manifest: Manifest
        self._tally = _Tally()
        self._staging = Staging(database)
        self._files = {
            row[0]: store.StoredFile(*row)
            for row in database.query("SELECT id, path, hash FROM files")
        }
        self._ids = {file.path: file.id for file in self._files.values()}
        self._holders = {file.id: file.path for file in self._files.values()}
        self._read_now: dict[str, store.StoredFile] = {}
        self._seen: set[str] = set()
        self._gone: list[str] = []

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

    def read(self, found: Sequence[CorpusFile | Skipped]) -> None:
        """Stage the documents of every new or changed file."""
        for done, item in enumerate(found):
            self._progress(Stage.READ, done, len(found))
            if isinstance(item, Skipped):
                self._tally.skipped.append(item)
                continue
            file_id = self._file_id(item)
            self._seen.add(file_id)
            try:
                self._read_file(item, file_id)
            except UnreadableDocument as error:
                kept = "; what was read of it earlier is kept" if file_id in self._files else ""
                self._tally.skipped.append(Skipped(file_id, f"{error}{kept}"))
        self._progress(Stage.READ, len(found), len(found))

    def _file_id(self, file: CorpusFile) -> str:
        """The id a file had before; a new file's path below its root, unless that is taken.

        Two roots may hold different files of one name. The first keeps the plain id, the second
        gets the name of its root in front: `a.md` and `reports/a.md`. A file that has moved, with
        its corpus, keeps its id.
        """
        path = str(file.path)
        if path in self._ids:
            return self._ids[path]
        candidate, number = file.id, 1
        while candidate in self._holders and not _is_gone(self._holders[candidate]):
            suffix = f"-{number}" if number > 1 else ""
            candidate, number = f"{file.root.name}{suffix}/{file.id}", number + 1
        self._ids[path] = candidate
        self._holders[candidate] = path
        return candidate

    def _read_file(self, file: CorpusFile, file_id: str) -> None:
        data = file.read()
        digest = hashlib.sha256(f"{readers.READERS_VERSION}\n".encode() + data).hexdigest()
        known = self._files.get(file_id)
        if known and known.hash == digest:
            self._read_now[file_id] = replace(known, path=str(file.path))
            sql = "SELECT count(*) FROM documents WHERE file = ?"
            self._tally.unchanged += self._database.one(sql, (file_id,))
            return
        hashes = dict(
            self._database.query("SELECT id, hash FROM documents WHERE file = ?", (file_id,))
        )
        complete = True
        for item in readers.read(file_id, data):
            if isinstance(item, Document) and self._stage(item, file_id, hashes):
                continue
            complete = False
            if isinstance(item, Skipped):
                self._tally.skipped.append(item)
        # Whatever the file held before and no longer holds leaves with the file's old version.
        self._staging.leave(hashes)
        self._tally.removed += hashes
        # A file with gaps gets no hash: it is to be read, and they are reported, every time.
        seen_as = digest if complete else ""
        self._read_now[file_id] = store.StoredFile(file_id, str(file.path), seen_as)

    def _stage(self, document: Document, file_id: str, hashes: dict[str, str]) -> bool:
        """Take one document in; `hashes` loses what is accounted for. False if it is refused."""
        known = hashes.pop(document.id, None)
        if known == document.content_hash:
            self._tally.unchanged += 1
            return True
        if known is None and self._staging.holds(document.id):
            reason = "another document of the index has this id; rename one of the two"
            self._tally.skipped.append(Skipped(document.id, reason))
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
        for file in self._files.values():
            path = Path(file.path)
            below = any(path == root or root in path.parents for root in roots)
            if file.id in self._seen or not below or not _is_gone(file.path):
                continue
            sql = "SELECT id FROM documents WHERE file = ? ORDER BY id"
            ids = [row[0] for row in self._database.query(sql, (file.id,))]
            if prune:
                self._gone.append(file.id)
                self._staging.leave(ids)
                self._tally.removed += ids
            else:
                self._tally.missing += ids

    def embed(self) -> None:
        """Embed every staged passage that has no embedding yet, committing each batch."""
        total, waiting = self._staging.pending()
        done = 0
        while batch := list(islice(waiting, BATCH)):
            self._progress(Stage.EMBED, done, total)
            vectors = self._encode([text for _, text in batch])
            self._staging.embedded([key for key, _ in batch], vectors)
            done += len(batch)
        self._progress(Stage.EMBED, total, total)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._encoder is None:
            self._encoder = load_encoder(self._manifest.encoder)
            check_encoder(self._encoder, self._manifest, self._root)
        vectors = self._encoder.encode(texts)
        expected = (len(texts), self._manifest.dimension)
        if vectors.shape != expected or not np.isfinite(vectors).all():
            raise EncoderError(
                f"the encoder {self._encoder.name!r} gave vectors of shape {vectors.shape}, some "
                f"perhaps not finite, expected {expected}; use another encoder"
            )
        return vectors

    def publish(self) -> None:
        """Make everything that was staged visible at once; only file names if nothing differs."""
        try:
            with self._database.transaction():
                self._write_files()
                if self._tally.differs:
                    self._write_generation()
        finally:
            # What is in force is asked of the database: Ctrl-C may come just behind the commit.
            self._manifest = self._database.manifest() or self._manifest
            store.remove_other_generations(self._root, self._manifest.generation)

    def _write_generation(self) -> None:
        self._progress(Stage.WRITE, 0, 1)
        self._staging.apply()
        now = replace(self._manifest, updated=_now())
        if self._encoder is not None:
            now = replace(now, precision=self._encoder.precision)
        beside = Path(tempfile.mkdtemp(dir=self._root, prefix="generation-partial-"))
        now = write_generation(self._database, Generation(beside), now)
        store.publish(self._database, self._root, now, beside)
        self._progress(Stage.WRITE, 1, 1)

    def _write_files(self) -> None:
        # Both columns are unique and files may have swapped names, so all leave before any comes.
        changed = [file for file in self._read_now.values() if file != self._files.get(file.id)]
        gone = self._gone + [file.id for file in changed]
        self._database.execute_each("DELETE FROM files WHERE id = ?", ((each,) for each in gone))
        self._database.execute_each(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?)",
            ((file.id, file.path, file.hash) for file in changed),
        )

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
        )


def _is_gone(path: str) -> bool:
    """Whether there is surely nothing at `path`: a folder without permission hides, not removes."""
    try:
        Path(path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
