"""Which reader takes a page: what the server says it is, else what its address ends in."""

from __future__ import annotations

from pathlib import PurePosixPath

import httpx

from index.documents import MAX_FILE_BYTES
from index.readers import SUFFIXES
from index.readers.html import MAX_HTML_BYTES
from index.web.page import TEXTUAL

_OFFICE = "application/vnd.openxmlformats-officedocument"
_SUFFIX = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/csv": ".csv",
    "application/csv": ".csv",
    "application/jsonl": ".jsonl",
    "application/jsonlines": ".jsonl",
    "application/x-jsonlines": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "text/tab-separated-values": ".tsv",
    "application/gzip": ".gz",
    "application/x-gzip": ".gz",
    "application/zip": ".zip",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
}
#: Types a server gives what it does not know; the address may know more.
_VAGUE = {"", "application/octet-stream", "binary/octet-stream"}
_PLAIN = {"text/plain", "application/json", "text/x-web-markdown"}


def suffix_of(content_type: str, url: httpx.URL) -> str | None:
    """The suffix whose reader takes the page, such as `".html"`; None where none does.

    `content_type` is the header as it came; `url` is where the page was found in the end.
    """
    kind = content_type.partition(";")[0].strip().lower()
    named = PurePosixPath(url.path).suffix.lower()
    if kind in _SUFFIX:
        suffix = _SUFFIX[kind]
    elif kind in _PLAIN:  # what servers call Markdown, tables and subtitles
        suffix = named if named in TEXTUAL - {".html"} else ".txt" if kind == "text/plain" else ""
    else:
        suffix = named if kind in _VAGUE else ""
    return suffix if suffix in SUFFIXES else None


def max_bytes(suffix: str) -> int:
    """The largest body of that format that is read."""
    return MAX_HTML_BYTES if suffix == ".html" else MAX_FILE_BYTES


def expected() -> str:
    """The formats that are read, for a message."""
    return "a page in " + ", ".join(sorted(SUFFIXES))
