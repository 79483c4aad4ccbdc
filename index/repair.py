"""A damaged index → a whole one: what is derived is made anew, what is not is named.

From the database everything else is made. A damaged database is itself copied row by row into a new
one (`index.rescue`), and the embeddings that it has lost are computed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.durable import remove_other_generations
from index.embedding import embed
from index.encoder import Encoder, load_encoder
from index.errors import IndexUnusable
from index.generations import publish_generation
from index.layout import Layout, Manifest, check_encoder
from index.opening import opened, told_writing
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
        found = examine(layout)
        damaged = {each.part for each in found.damage}
        restored: tuple[str, ...] = ()
        lost: tuple[Loss, ...] = ()
        if damaged & {Part.DATABASE, Part.DOCUMENT}:
            rescue = Rescue(layout)
            rescue.run()
            restored, lost = tuple(rescue.restored), tuple(rescue.lost)
        with opened(layout) as database:
            mending = _Mending(database, layout, encoder)
            if damaged - {Part.FOREIGN, Part.SEAL}:
                mending.derive()
            if Part.SEAL in damaged:
                write_seal(layout, Seal(sealed=False, manifest=mending.manifest))
    left = tuple(each.name for each in found.damage if each.part is Part.FOREIGN)
    manifest = mending.manifest
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


class _Mending:
    """What is made anew from a database that is whole."""

    def __init__(self, database: Database, layout: Layout, encoder: Encoder | None) -> None:
        self._database = database
        self._layout = layout
        self._encoder = encoder
        self.embedded = 0
        manifest = database.manifest()
        if manifest is None:
            raise IndexUnusable(
                f"the index at {str(layout.root)!r} has nothing to repair, because its first build "
                f"did not end; fill it with `factcheck index build {layout.root} CORPUS…`"
            )
        self.manifest: Manifest = manifest

    def derive(self) -> None:
        """Compute what embeddings are missing, and put a new generation in force."""
        self._embed()
        with self._database.transaction():
            drop_unused(self._database)
            self.manifest = publish_generation(self._database, self._layout.root, self.manifest)
        remove_other_generations(self._layout.root, self.manifest.generation)

    def _embed(self) -> None:
        missing = list(
            self._database.query(
                "SELECT min(row) FROM passages WHERE key NOT IN (SELECT key FROM embeddings) "
                "GROUP BY key"
            )
        )
        if not missing:
            return
        encoder = self._encoder or load_encoder(self.manifest.encoder)
        check_encoder(encoder, self.manifest, self._layout.root)
        with closing(embed(encoder, self._texts([row for (row,) in missing]))) as embedded:
            for keys, vectors in embedded:
                with self._database.transaction():
                    self._database.execute_each(
                        "INSERT INTO embeddings VALUES (?, ?, ?)",
                        (embedding_row(key, each) for key, each in zip(keys, vectors, strict=True)),
                    )
                self.embedded += len(keys)
        self.manifest = replace(self.manifest, precision=encoder.precision)

    def _texts(self, rows: list[int]) -> Iterator[tuple[bytes, str]]:
        sql = "SELECT key, context, text FROM passages WHERE row = ?"
        for row in rows:
            for key, context, text in self._database.query(sql, (row,)):
                yield key, searchable(context, text)
