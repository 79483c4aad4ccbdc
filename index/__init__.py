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
from index.records import Document, FoundBy, Hit, Locator, Passage, Skipped, Span

if TYPE_CHECKING:
    from index.build import BuildReport, Progress, Stage, build_index
    from index.encoder import Encoder, load_encoder
    from index.search import IndexInfo, ReferenceIndex, VectorsInfo
    from index.sentences import split_sentences

__all__ = [
    "BuildReport",
    "ConversionError",
    "CorpusError",
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
    "Locator",
    "Passage",
    "Progress",
    "ReferenceIndex",
    "ReferenceIndexError",
    "Skipped",
    "Span",
    "Stage",
    "UnreadableDocument",
    "VectorsInfo",
    "build_index",
    "load_encoder",
    "split_sentences",
]

_LAZY = {
    "BuildReport": "index.build",
    "Encoder": "index.encoder",
    "IndexInfo": "index.search",
    "Progress": "index.build",
    "ReferenceIndex": "index.search",
    "Stage": "index.build",
    "VectorsInfo": "index.search",
    "build_index": "index.build",
    "load_encoder": "index.encoder",
    "split_sentences": "index.sentences",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)
