"""What every test of a reader does."""

from __future__ import annotations

from index import Document, Skipped
from index.readers import DEFAULT, ReadOptions, read_here


def items(name: str, data: bytes | str, options: ReadOptions = DEFAULT) -> list[Document | Skipped]:
    """Everything a file gives, read in this process."""
    content = data.encode() if isinstance(data, str) else data
    return list(read_here(name, content, options))


def one(name: str, data: bytes | str, options: ReadOptions = DEFAULT) -> Document:
    """The only document of a file that gives nothing else."""
    (document,) = items(name, data, options)
    assert isinstance(document, Document)
    return document


def placed(document: Document) -> dict[str, str]:
    """Label → text, for every locator."""
    return {each.label: document.text[each.start : each.end] for each in document.locators}
