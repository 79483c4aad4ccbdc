"""Tables: one document per row of a .jsonl or .csv file.

The columns are id, title, text, date and source; only text is required. A row without an id gets
its number (rows count from 1, without the CSV header). A row that cannot be used is skipped with
its number and the reason, and the rest is read.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import PurePosixPath

from index.documents import MAX_FILE_BYTES, Metadata, clean, make_document
from index.errors import UnreadableDocument
from index.readers.decode import decode
from index.readers.text import stem
from index.records import Document, Skipped

#: Bad rows reported one by one; the others are counted.
MAX_REPORTED = 20
#: Longest id of a row.
MAX_ID = 200

Row = dict[str, object] | UnreadableDocument


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """One document per row. Raises `UnreadableDocument` when there is no usable row at all."""
    text = decode(data)
    rows = _csv(text) if PurePosixPath(file_id).suffix.lower() == ".csv" else _jsonl(text)
    seen: set[str] = set()
    bad = 0
    for number, row in rows:
        try:
            if isinstance(row, UnreadableDocument):
                raise row
            row_id = _row_id(row, number, seen)
            yield _document(f"{file_id}#{row_id}", row, stem(file_id))
            seen.add(row_id)
        except UnreadableDocument as error:
            bad += 1
            if bad <= MAX_REPORTED:
                yield Skipped(file_id, f"row {number}: {error}")
    if bad > MAX_REPORTED:
        yield Skipped(file_id, f"{bad - MAX_REPORTED} more bad rows")
    if not seen and not bad:
        raise UnreadableDocument("no rows")


def _row_id(row: dict[str, object], number: int, seen: set[str]) -> str:
    given = row.get("id")
    if given is None or given == "":
        given = number
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise UnreadableDocument("the id is neither text nor a whole number")
    row_id = clean(str(given))
    if len(row_id) > MAX_ID:
        raise UnreadableDocument(f"the id has {len(row_id)} characters, expected at most {MAX_ID}")
    if row_id in seen:
        raise UnreadableDocument(f"the id {row_id!r} is used by an earlier row")
    return row_id


def _document(document_id: str, row: dict[str, object], default_title: str) -> Document:
    text = row.get("text")
    if not isinstance(text, str):
        raise UnreadableDocument("no text")
    title, source = row.get("title"), row.get("source")
    return make_document(
        document_id,
        text,
        Metadata(
            title if isinstance(title, str) and title.strip() else default_title,
            source if isinstance(source, str) and source.strip() else None,
            row.get("date"),
        ),
    )


def _jsonl(text: str) -> Iterator[tuple[int, Row]]:
    number = 0
    for line in io.StringIO(text):  # str.splitlines also splits at U+2028
        if not line.strip():
            continue
        number += 1
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield number, UnreadableDocument("not valid JSON")
            continue
        yield number, row if isinstance(row, dict) else UnreadableDocument("not a JSON object")


def _csv(text: str) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(MAX_FILE_BYTES)  # the default, 128 KB, is shorter than many a text
    header, delimiter = _header(text)
    # Strict: an unclosed quotation mark is an error, not a field that swallows the file.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        next(reader)
    except csv.Error as error:
        raise UnreadableDocument(f"a first line that is not valid CSV ({error})") from error
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield number, UnreadableDocument(f"not valid CSV ({error})")
            continue
        if not cells:
            continue
        number += 1
        if len(cells) > len(header):
            reason = f"{len(cells)} cells, expected {len(header)}; put texts in quotation marks"
            yield number, UnreadableDocument(reason)
        else:
            yield number, dict(zip(header, cells, strict=False))


def _header(text: str) -> tuple[list[str], str]:
    """The column names, in lower case, and the delimiter that makes one of them `text`."""
    for delimiter in ",;\t":
        try:
            names = next(csv.reader(io.StringIO(text[:65536], newline=""), delimiter=delimiter), [])
        except csv.Error:
            continue
        header = [name.strip().lower() for name in names]
        if "text" in header:
            return header, delimiter
    raise UnreadableDocument("no column called 'text' in the first line")
