"""A reference index: a folder of sources, searched by meaning and by words at once.

Everything but the records and errors is imported when it is first asked for, so that
`import index` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from index.errors import (
    ConversionError,
    CorpusError,
    EncoderError,
    EncoderMismatch,
    IndexEmpty,
    IndexLocked,
    IndexMissing,
    IndexUnusable,
    ReferenceIndexError,
    UnreadableDocument,
)
from index.records import Document, FoundBy, Hit, IndexUsed, Locator, Passage, Skipped, Span

if TYPE_CHECKING:
    from index.build import build_index
    from index.encoder import Encoder, load_encoder
    from index.progress import BuildReport, Progress, Stage
    from index.repair import RepairReport, repair_index
    from index.rescue import Loss
    from index.search import IndexInfo, ReferenceIndex, VectorsInfo
    from index.sentences import split_sentences
    from index.several import Reference, SeveralIndexes, open_all
    from index.verify import Damage, Part, VerifyReport, verify_index

__all__ = [
    "BuildReport",
    "ConversionError",
    "CorpusError",
    "Damage",
    "Document",
    "Encoder",
    "EncoderError",
    "EncoderMismatch",
    "FoundBy",
    "Hit",
    "IndexEmpty",
    "IndexInfo",
    "IndexLocked",
    "IndexMissing",
    "IndexUnusable",
    "IndexUsed",
    "Locator",
    "Loss",
    "Part",
    "Passage",
    "Progress",
    "Reference",
    "ReferenceIndex",
    "ReferenceIndexError",
    "RepairReport",
    "SeveralIndexes",
    "Skipped",
    "Span",
    "Stage",
    "UnreadableDocument",
    "VectorsInfo",
    "VerifyReport",
    "build_index",
    "load_encoder",
    "open_all",
    "repair_index",
    "split_sentences",
    "verify_index",
]

_LAZY = {
    "BuildReport": "index.progress",
    "Damage": "index.verify",
    "Encoder": "index.encoder",
    "IndexInfo": "index.search",
    "Loss": "index.rescue",
    "Part": "index.verify",
    "Progress": "index.progress",
    "Reference": "index.several",
    "ReferenceIndex": "index.search",
    "RepairReport": "index.repair",
    "SeveralIndexes": "index.several",
    "Stage": "index.progress",
    "VectorsInfo": "index.search",
    "VerifyReport": "index.verify",
    "build_index": "index.build",
    "load_encoder": "index.encoder",
    "open_all": "index.several",
    "repair_index": "index.repair",
    "split_sentences": "index.sentences",
    "verify_index": "index.verify",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)
