"""Tables: one document per row of a .jsonl or .csv file, or one of a whole table of values.

The columns are id, title, text, date and source, or what the options call them; only text is
required. A row without an id gets its number (rows count from 1, without the CSV header). A row
that cannot be used is skipped with its number and the reason, and the rest is read. A column that
the options name and the file does not have is told in one line, before the rows.

A CSV file without a text column is a table: every row becomes a sentence, and rows count as a
spreadsheet counts them, the header being row 1.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import PurePosixPath

from index.documents import MAX_FILE_BYTES, Metadata, clean, make_document
from index.errors import UnreadableDocument
from index.readers import DEFAULT, ReadOptions
from index.readers.columns import Columns
from index.readers.decode import decode
from index.readers.mojibake import repair
from index.readers.tables import MAX_COLUMNS, MAX_ROWS, Labels, collect, speak
from index.readers.tables import Row as TableRow
from index.readers.text import stem
from index.records import Document, Skipped

#: Bad rows reported one by one; the others are counted.
MAX_REPORTED = 20
#: Longest id of a row.
MAX_ID = 200

_DELIMITERS = ",;\t"

Row = dict[str, object] | UnreadableDocument


def read(file_id: str, data: bytes, options: ReadOptions = DEFAULT) -> Iterator[Document | Skipped]:
    """One document per row, or one of a table without a text column.

    Raises `UnreadableDocument` when there is no usable row at all.
    """
    text = decode(data)
    columns = Columns(options)
    if PurePosixPath(file_id).suffix.lower() == ".jsonl":
        return _documents(file_id, _jsonl(text), columns)
    csv.field_size_limit(MAX_FILE_BYTES)  # the default, 128 KB, is shorter than many a text
    header = _header(text, [name.lower() for name in columns.of("text")])
    if header is None:
        return _table(file_id, repair(text), columns)
    columns.fields(dict.fromkeys(header[0]))  # rows may end before their last columns
    return _documents(file_id, _csv(text, *header), columns)


def _documents(
    file_id: str, rows: Iterator[tuple[int, Row]], columns: Columns
) -> Iterator[Document | Skipped]:
    seen: set[str] = set()
    bad = 0
    problems: list[str] = []
    for number, row in rows:
        try:
            if isinstance(row, UnreadableDocument):
                raise row
            fields = columns.fields(row)
            row_id = _row_id(fields, number, seen)
            yield _document(f"{file_id}#{row_id}", fields, stem(file_id))
            seen.add(row_id)
        except UnreadableDocument as error:
            bad += 1
            if bad <= MAX_REPORTED:
                problems.append(f"row {number}: {error}")
    if bad > MAX_REPORTED:
        problems.append(f"{bad - MAX_REPORTED} more bad rows")
    if not seen and not bad:
        raise UnreadableDocument("no rows")
    # Why no row has a text comes before twenty that have none.
    yield from (Skipped(file_id, reason) for reason in [*columns.absent(), *problems])


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


def _csv(text: str, header: list[str], delimiter: str) -> Iterator[tuple[int, Row]]:
    # Strict: an unclosed quotation mark is an error, not a field that swallows the file.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        next(reader)
    except csv.Error as error:
        raise UnreadableDocument(f"a first line that is not valid CSV ({error})") from error
    number = 0
    while True:
        line = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield number, _bad_row(error, reader.line_num - line)
            continue
        if not cells:
            continue
        number += 1
        if len(cells) > len(header):
            reason = f"{len(cells)} cells, expected {len(header)}; put texts in quotation marks"
            yield number, UnreadableDocument(reason)
        else:
            yield number, dict(zip(header, cells, strict=False))


def _bad_row(error: csv.Error, lines: int) -> UnreadableDocument:
    """The problem of a row that cannot be read and took so many `lines` with it."""
    if "unexpected end" in str(error):
        return UnreadableDocument(
            f"a quotation mark is opened and never closed, so that the last {lines:,} "
            f"line{'s' * (lines > 1)} of the file cannot be read; close it"
        )
    taken = f", with the {lines - 1:,} lines after it" if lines > 1 else ""
    return UnreadableDocument(f"not valid CSV ({error}){taken}; check its quotation marks")


def _header(text: str, wanted: Sequence[str]) -> tuple[list[str], str] | None:
    """The column names, in lower case, and the delimiter that makes one of them a `wanted` one."""
    for delimiter in _DELIMITERS:
        header = _first_row(text, delimiter)
        if set(wanted) & set(header):
            return header, delimiter
    return None


def _first_row(text: str, delimiter: str) -> list[str]:
    """Its cells, in lower case; none where it is not valid CSV."""
    try:
        cells = next(csv.reader(io.StringIO(text[:65536], newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []
    return [cell.strip().lower() for cell in cells]


def _table(file_id: str, text: str, columns: Columns) -> Iterator[Document | Skipped]:
    """The document of a table without a text column. Raises `UnreadableDocument`."""
    delimiter = _delimiter(text)
    if delimiter is None:
        names = " or ".join(repr(name) for name in columns.of("text"))
        raise UnreadableDocument(
            f"neither a column called {names} nor a table of several columns; name the column "
            "with the texts by --column text=NAME"
        )
    columns.fields(dict.fromkeys(_first_row(text, delimiter)))
    yield from (Skipped(file_id, reason) for reason in columns.absent("as a table"))
    rows = _TableRows(text, delimiter)
    for item in collect(speak(rows), Labels(), file_id):
        if isinstance(item, Skipped):
            yield item
        else:
            yield from (Skipped(file_id, reason) for reason in rows.problems)
            yield make_document(file_id, item.text, Metadata(stem(file_id)), item.locators)


def _delimiter(text: str) -> str | None:
    """What parts most of the first rows into one number of cells, more than one."""
    best: tuple[int, int, str] | None = None
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text[:65536], newline=""), delimiter=delimiter)
        widths: Counter[int] = Counter()
        with suppress(csv.Error):
            widths.update(len(cells) for cells in islice(reader, 20) if len(cells) > 1)
        if widths:
            width, rows = widths.most_common(1)[0]
            best = max(best or (0, 0, delimiter), (rows, width, delimiter))
    return best[2] if best else None


class _TableRows:
    """The rows of a table, within limits; `problems` says afterwards what was left out."""

    def __init__(self, text: str, delimiter: str) -> None:
        self.problems: list[str] = []
        self._lines = io.StringIO(text, newline="")
        self._delimiter = delimiter

    def __iter__(self) -> Iterator[TableRow]:
        reader = csv.reader(self._lines, delimiter=self._delimiter, strict=True)
        number, wide = 0, False
        while True:
            line = reader.line_num
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                self._note(f"row {number:,}: {_bad_row(error, reader.line_num - line)}")
                continue
            if number > MAX_ROWS:
                self._note(f"rows from {number:,} on are left out; split the file")
                break
            wide = wide or len(cells) > MAX_COLUMNS
            yield TableRow(number, [" ".join(cell.split()) for cell in cells[:MAX_COLUMNS]])
        if wide:
            self._note(f"columns from {MAX_COLUMNS + 1} on are left out")
        if len(self.problems) > MAX_REPORTED:
            more = len(self.problems) - MAX_REPORTED
            self.problems[MAX_REPORTED:] = [f"{more:,} more bad rows"]

    def _note(self, problem: str) -> None:
        self.problems.append(problem)
