"""XLSX: one document per sheet, every row a sentence with its cells as locator, by openpyxl.

What formulas gave when the file was last saved is read; nothing is computed, and no link followed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.documents import Metadata, clean, make_document
from index.errors import UnreadableDocument
from index.readers.cells import spoken
from index.readers.officefile import OfficeFile, open_office
from index.readers.tables import MAX_COLUMNS, MAX_ROWS, Labels, Row, Sheet, collect, speak
from index.readers.text import stem
from index.records import Document, Skipped

#: What takes long to import, for `readers.prepare`.
LIBRARIES = ("lxml.etree", "openpyxl")
#: Cells read of one file; the others are reported. Reading this many takes half the time limit.
MAX_CELLS = 200_000
MAX_SHEETS = 200
#: Cells that were merged into one, and such merged areas, that are filled.
MAX_MERGED = 10_000
_MAX_AREAS = 5_000

#: Row (from 1) and column (from 0).
Place = tuple[int, int]

_AREA = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]{0,100}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_UNNAMED = re.compile(r"(?:Sheet|Tabelle|Feuil|Hoja|Foglio|Blad|Ark)\s?\d*", re.IGNORECASE)


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """A document `<file>#<sheet>` for each sheet with text. Raises `UnreadableDocument`."""
    file = open_office(data, "XLSX")
    for name in file.parts():
        if name.endswith((".xml", ".rels")):
            file.refuse_declaration(name)
    book = _open(data)
    metadata = file.metadata()
    found = False
    budget = _Budget(MAX_CELLS)
    for sheet in book.worksheets[:MAX_SHEETS]:
        rows = _Rows(sheet, _merged(file, sheet), budget)
        name = clean(str(sheet.title))
        label = Labels(name)
        for item in collect(speak(rows), label, file_id):
            if isinstance(item, Sheet):
                if item.text.strip():
                    title = _title(metadata.title or stem(file_id), name)
                    yield make_document(
                        f"{file_id}#{name}",
                        item.text,
                        Metadata(title, None, metadata.date),
                        item.locators,
                    )
                    found = True
            else:
                yield item
        yield from (Skipped(file_id, f"{name}: {reason}") for reason in rows.problems)
    if len(book.worksheets) > MAX_SHEETS:
        yield Skipped(file_id, f"only {MAX_SHEETS} of {len(book.worksheets)} sheets are read")
    if not found:
        raise UnreadableDocument("no text in any sheet")


def _open(data: bytes) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsing runs into
        raise UnreadableDocument(
            f"a damaged XLSX ({type(error).__name__}); open it and save it anew"
        ) from error


class _Budget:
    """How many cells may still be read of a file."""

    def __init__(self, cells: int) -> None:
        self.cells = cells


class _Rows:
    """The rows of a sheet, within limits; `problems` says afterwards what was left out."""

    def __init__(self, sheet: Any, merged: Mapping[Place, Place], budget: _Budget) -> None:
        self.problems: list[str] = []
        self._sheet = sheet
        self._merged = merged
        self._budget = budget

    def __iter__(self) -> Iterator[Row]:
        corners = set(self._merged.values())
        known: dict[Place, str] = {}
        try:
            for cells in self._cells():
                texts = [_text(cell) for cell in cells]
                number = next((cell.row for cell in cells if hasattr(cell, "row")), None)
                if number is None:  # nothing but empty cells
                    continue
                for column in range(len(texts)):
                    place = (number, column)
                    if place in corners:
                        known[place] = texts[column]
                    elif place in self._merged and not texts[column]:
                        texts[column] = known.get(self._merged[place], "")
                yield Row(number, texts)
        except (UnreadableDocument, MemoryError):
            raise
        except Exception as error:  # openpyxl raises whatever its parsing runs into
            self.problems.append(
                f"damaged ({type(error).__name__}) and read as far as it goes; save the file anew"
            )

    def _cells(self) -> Iterator[Any]:
        # The size a sheet gives itself may be a lie of a billion rows.
        self._sheet.reset_dimensions()
        for count, cells in enumerate(self._sheet.rows):
            if count >= MAX_ROWS or self._budget.cells <= 0:
                self.problems.append(f"rows from {count + 1:,} on are left out; split the file")
                return
            if len(cells) > MAX_COLUMNS and not self.problems:
                self.problems.append(f"columns from {MAX_COLUMNS + 1} on are left out")
            self._budget.cells -= len(cells)
            yield cells[:MAX_COLUMNS]


def _text(cell: Any) -> str:
    value = cell.value
    return "" if value is None else spoken(value, _format(cell))


def _format(cell: Any) -> str:
    try:
        return str(cell.number_format or "")
    except (IndexError, KeyError):  # a style that the file does not define
        return ""


def _merged(file: OfficeFile, sheet: Any) -> dict[Place, Place]:
    """A cell in a merged area → the first cell of the area."""
    from openpyxl.utils import column_index_from_string

    areas = _AREA.findall(file.part(sheet._worksheet_path))  # noqa: SLF001 - nothing public says
    found: dict[Place, Place] = {}
    for first, top, last, bottom in areas[:_MAX_AREAS]:
        left, right = (column_index_from_string(each.decode()) - 1 for each in (first, last))
        corner = (int(top), left)
        right = min(right, MAX_COLUMNS)
        if (int(bottom) - int(top) + 1) * (right - left + 1) + len(found) > MAX_MERGED:
            continue
        for row in range(int(top), int(bottom) + 1):
            for column in range(left, right + 1):
                found[row, column] = corner
    return found


def _title(book: str, sheet: str) -> str:
    return book if _UNNAMED.fullmatch(sheet) else f"{book} – {sheet}"
