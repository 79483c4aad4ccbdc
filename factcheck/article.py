"""Path, URL or standard input → Article.

The text is kept as it came, so that every offset leads back into the reader's own file; only HTML
is reduced to its main text, and PDF and DOCX to theirs. Furniture is skipped later, by
`factcheck.claims`.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from factcheck.errors import ArticleError
from factcheck.head import read_head
from factcheck.records import Article
from index import Document, readers
from index.dates import iso_date
from index.errors import UnreadableDocument
from index.readers.decode import decode
from index.readers.html import extract

if TYPE_CHECKING:
    from factcheck.fetch import FetchOptions

#: A file or a pipe: 20 MB are some 3 million words.
MAX_BYTES = 20 * 1024 * 1024

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)

#: What the files of formats that are not text begin with.
_BINARY = {b"%PDF-": ".pdf", b"PK\x03\x04": ".docx"}


@dataclass(frozen=True, slots=True)
class ArticleOptions:
    """How far reading may go; `fetch` holds the limits on URLs."""

    max_bytes: int = MAX_BYTES
    fetch: FetchOptions | None = None


def read_article(where: str, options: ArticleOptions | None = None) -> Article:
    """The article at a path, at an http(s) URL, or on standard input (`-`).

    Raises `ArticleError` with one sentence for whatever cannot be read.
    """
    options = options or ArticleOptions()
    if _SCHEME.match(where):
        from factcheck.fetch import fetch

        page = fetch(where, options.fetch)
        return _article(page.data, _Origin(page.url, page.url, page.is_html, page.encoding))
    if where == "-":
        data = sys.stdin.buffer.read(options.max_bytes + 1)
        return _article(_bounded(data, "standard input", options), _Origin("standard input", "-"))
    data = _read_file(Path(where), options)
    is_html = Path(where).suffix.lower() in {".html", ".htm", ".xhtml"}
    return _article(data, _Origin(repr(where), where, is_html))


@dataclass(frozen=True, slots=True)
class _Origin:
    """How messages call the source, what the article records, and what is known of the format."""

    shown: str
    source: str
    is_html: bool = False
    encoding: str | None = None


def _read_file(path: Path, options: ArticleOptions) -> bytes:
    try:
        if path.is_dir():
            raise ArticleError(f"{str(path)!r} is a folder, expected an article; give a file in it")
        with path.open("rb") as file:
            data = file.read(options.max_bytes + 1)
    except FileNotFoundError as error:
        raise ArticleError(f"there is no file {str(path)!r}; check the path") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise ArticleError(f"{str(path)!r} cannot be opened ({reason}); check the path") from error
    return _bounded(data, repr(str(path)), options)


def _bounded(data: bytes, shown: str, options: ArticleOptions) -> bytes:
    if len(data) > options.max_bytes:
        limit = options.max_bytes / 2**20
        raise ArticleError(
            f"{shown} is larger than {limit:g} MB; give the part that is to be checked"
        )
    return data


def _article(data: bytes, origin: _Origin) -> Article:
    if suffix := _binary_suffix(data, origin):
        article = _from_binary(data, suffix, origin)
    elif origin.is_html or _HTML.match(data[:1000]):
        article = _from_html(data, origin)
    else:
        text = _decode(data, origin)
        head = read_head(text)
        article = Article(text, head.title or "", origin.source, head.published, head.author)
    if not article.text.strip():
        raise ArticleError(f"{origin.shown} holds no text, expected an article")
    return article


def _decode(data: bytes, origin: _Origin) -> str:
    try:
        return decode(data, origin.encoding)
    except UnreadableDocument as error:
        raise ArticleError(f"{origin.shown} cannot be read: {error}") from error


def _from_html(data: bytes, origin: _Origin) -> Article:
    try:
        page = extract(data, origin.encoding)
    except UnreadableDocument as error:
        raise ArticleError(
            f"{origin.shown} cannot be read: {error}; save the article as text"
        ) from error
    text = page.text.replace("\r\n", "\n").replace("\r", "\n")
    title, date = page.title or "", iso_date(page.published)
    return Article(text, title, origin.source, date, page.author or None)


def _binary_suffix(data: bytes, origin: _Origin) -> str | None:
    """`.pdf` or `.docx` for what is one by its beginning or by its name, else None."""
    by_name = PurePath(origin.source).suffix.lower()
    if by_name in _BINARY.values() and not origin.is_html:
        return by_name
    return next((suffix for magic, suffix in _BINARY.items() if data.startswith(magic)), None)


def _from_binary(data: bytes, suffix: str, origin: _Origin) -> Article:
    """A PDF or DOCX. Its own title and date stand in where the text has none."""
    name = f"{PurePath(origin.source).stem}{suffix}"
    try:
        items = list(readers.read(name, data))
    except UnreadableDocument as error:
        raise ArticleError(
            f"{origin.shown} cannot be read: {error}, or save the article as text"
        ) from error
    finally:
        readers.close()
    document = next((item for item in items if isinstance(item, Document)), None)
    if document is None:
        raise ArticleError(f"{origin.shown} holds no text, expected an article")
    head = read_head(document.text)
    titled = document.title != PurePath(name).stem
    title = document.title if titled else head.title or ""
    published = head.published or document.published
    return Article(document.text, title, origin.source, published, head.author)
