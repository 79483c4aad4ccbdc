"""The values that travel through the index: folder → Document → Passage → Hit.

Offsets are half-open and counted in code points, everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch [start, end) of a text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters the span names: `Span(2, 4).of("abcdef")` → `"cd"`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a stretch of a document stands in its source: a page, a cell, a timestamp."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source text.

    `id` is the path relative to the corpus root (with `/`), or the URL, or `<path>#<row id>` for a
    row of a table. `published` is an ISO 8601 date (`2017-10-14`, `2017-10` or `2017`) or None.
    `content_hash` is the SHA-256 (hex) of title, text, source and date.
    """

    id: str
    title: str
    text: str
    source: str
    published: str | None
    content_hash: str
    locators: tuple[Locator, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence-aware window of a document: `text == document.text[start:end]`.

    `context` is the title and heading it stands under; it is searched with the passage and never
    shown as part of it.
    """

    document_id: str
    start: int
    end: int
    text: str
    context: str


class FoundBy(Enum):
    """Which side of the hybrid search returned a passage."""

    DENSE = "dense"
    LEXICAL = "lexical"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, with what is known of its document.

    `score` grows with relevance and is comparable across queries; hits are sorted by it, falling.
    `retrieved` is when a page of the web was fetched (ISO 8601, UTC); None for a file. `index` is
    the name of the index it stands in where several are searched, and empty where one is.
    """

    passage: Passage
    score: float
    found_by: FoundBy
    title: str
    source: str
    published: str | None
    page: str | None
    retrieved: str | None = None
    index: str = ""

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells this passage from every other: its index, its document, where it begins."""
        return self.index, self.passage.document_id, self.passage.start


@dataclass(frozen=True, slots=True)
class IndexUsed:
    """An index that was searched: what hits call it, where it is, and what it holds."""

    name: str
    path: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or row that is not in the index, and why."""

    path: str
    reason: str
