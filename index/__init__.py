"""A reference index: a folder of sources, searched by meaning and by words at once."""

from index.encoder import Encoder, load_encoder
from index.records import Document, FoundBy, Hit, Locator, Passage, Skipped, Span

__all__ = [
    "Document",
    "Encoder",
    "FoundBy",
    "Hit",
    "Locator",
    "Passage",
    "Skipped",
    "Span",
    "load_encoder",
]
