"""A damaged index → a whole one: what is derived is made anew, what is not is named.

From the database everything else is made. A damaged database is itself copied row by row into a new
one (`index.rescue`), and the embeddings that it has lost are computed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.durable import remove_other_generations
from index.embedding import embed
from index.encoder import Encoder, load_encoder
from index.errors import IndexUnusable
from index.generations import publish_generation
from index.layout import Layout, Manifest, check_encoder
from index.opening import finish_rescue, opened, told_writing
from index.passages import searchable
from index.rescue import Loss, Rescue
from index.schema import embedding_row
from index.seal import Seal, write_seal
from index.staging import drop_unused
from index.store import Database
from index.verify import Damage, Part, examine, undisturbed


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What was found, and what was done.

    `restored` are the documents that were read again from their files, `lost` those that could not
    be, with the reason. `embedded` counts embeddings computed again. `left` are files that are none
    of the index's. `generation` is the one now in force.
    """

    damage: tuple[Damage, ...]
    restored: tuple[str, ...]
    lost: tuple[Loss, ...]
    embedded: int
    left: tuple[str, ...]
    documents: int
    passages: int
    generation: int


def repair_index(path: Path | str, *, encoder: Encoder | None = None) -> RepairReport:
    """Mend the index at `path`, and seal it; derives nothing anew where nothing is damaged.

    Without `encoder`, the one the index was built with is loaded when an embedding is missing.
    Raises `IndexMissing`, `IndexLocked`, `EncoderError`, `EncoderMismatch`, and `IndexUnusable`
    when nothing can be read of the database, with the command that builds the index anew.
    """
    layout = Layout(Path(path))
    with undisturbed(layout), told_writing(layout.root):
        finish_rescue(layout)
        found = examine(layout)
        damaged = {each.part for each in found.damage}
        restored: tuple[str, ...] = ()
        lost: tuple[Loss, ...] = ()
        mending = _Mending(layout, encoder)
        rescued = bool(damaged & {Part.DATABASE, Part.DOCUMENT})
        if rescued:
            rescue = Rescue(layout)
            rescue.run(mending.derive)
            restored, lost = tuple(rescue.restored), tuple(rescue.lost)
        with opened(layout) as database:
            manifest = _finished(database, layout)
            if damaged & {Part.DERIVED} and not rescued:
                mending.derive(database)
                manifest = _finished(database, layout)
            if Part.SEAL in damaged:
                write_seal(layout, Seal(sealed=False, manifest=manifest))
        remove_other_generations(layout.root, manifest.generation)
    left = tuple(each.name for each in found.damage if each.part is Part.FOREIGN)
    return RepairReport(
        found.damage,
        restored,
        lost,
        mending.embedded,
        left,
        manifest.documents,
        manifest.passages,
        manifest.generation,
    )


def _finished(database: Database, layout: Layout) -> Manifest:
    """The manifest. Raises `IndexUnusable` where nothing was ever published."""
    manifest = database.manifest()
    if manifest is None or not manifest.generation:
        raise IndexUnusable(
            f"the index at {str(layout.root)!r} has nothing to repair, because its first build "
            f"did not end; fill it with `factcheck index build {layout.root} CORPUS…`"
        )
    return manifest


class _Mending:
    """What is made anew from a database that is whole."""

    def __init__(self, layout: Layout, encoder: Encoder | None) -> None:
        self._layout = layout
        self._encoder = encoder
        self.embedded = 0

    def derive(self, database: Database) -> None:
        """Compute what embeddings are missing, and put a new generation in force."""
        manifest = self._embed(database, _finished(database, self._layout))
        with database.transaction():
            drop_unused(database)
            publish_generation(database, self._layout.root, manifest)

    def _embed(self, database: Database, manifest: Manifest) -> Manifest:
        """Embed what has no embedding; the manifest, with the precision it was done in."""
        missing = list(
            database.query(
                "SELECT min(row) FROM passages WHERE key NOT IN (SELECT key FROM embeddings) "
                "GROUP BY key"
            )
        )
        if not missing:
            return manifest
        encoder = self._encoder or load_encoder(manifest.encoder, fetch=False)
        check_encoder(encoder, manifest, self._layout.root)
        texts = _texts(database, [row for (row,) in missing])
        with closing(embed(encoder, texts)) as embedded:
            for keys, vectors in embedded:
                with database.transaction():
                    database.execute_each(
                        "INSERT INTO embeddings VALUES (?, ?, ?)",
                        (embedding_row(key, each) for key, each in zip(keys, vectors, strict=True)),
                    )
                self.embedded += len(keys)
        return replace(manifest, precision=encoder.precision)


def _texts(database: Database, rows: Sequence[int]) -> Iterator[tuple[bytes, str]]:
    sql = "SELECT key, context, text FROM passages WHERE row = ?"
    for row in rows:
        for key, context, text in database.query(sql, (row,)):
            yield key, searchable(context, text)
