from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from index import Document, Skipped, UnreadableDocument
from index.locators import place
from index.readers import xlsx as reader
from index.readers.cells import spoken
from tests.index.readers.common import items, one, placed
from tests.index.readers.samples import zipped


def book(*rows: list[object], name: str = "Trade data") -> tuple[openpyxl.Workbook, Worksheet]:
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for row in rows:
        sheet.append(row)
    return made, sheet


def saved(made: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_rows_are_spoken_as_the_sheet_shows_them_and_cells_are_located() -> None:
    made, sheet = book(
        ["Exports by region"],
        [],
        ["Region", "Exports", None, "Share", "When"],
        [None, 2020, 2021, None, None],
        ["North", 2500, 3100.5, 0.256, dt.date(2021, 3, 4)],
        ["South", 1, 2, "#N/A", None],
        [None, 5, 6],
    )
    for area in ("B3:C3", "A3:A4", "A6:A7"):
        sheet.merge_cells(area)
    sheet["B5"].number_format = "[$€-407]#,##0"
    sheet["C5"].number_format = '#,##0.0 "tonnes"'
    sheet["D5"].number_format = "0.0%"
    document = one("a/trade.xlsx", saved(made))
    assert (document.id, document.title) == ("a/trade.xlsx#Trade data", "trade – Trade data")
    assert placed(document) == {
        "'Trade data'!A1": "Exports by region.",
        "'Trade data'!A5:E5": "Region: North; Exports 2020: €2,500; Exports 2021: 3,100.5 tonnes; "
        "Share: 25.6%; When: 4 March 2021.",
        "'Trade data'!A6:C6": "Region: South; Exports 2020: 1; Exports 2021: 2.",
        "'Trade data'!A7:C7": "Region: South; Exports 2020: 5; Exports 2021: 6.",
    }
    assert place(document.locators, 40, len(document.text)) == "'Trade data'!A5:C7"


def test_each_sheet_is_a_document_and_its_title_is_the_books() -> None:
    made, _ = book(["Region", "Ships"], ["North", 3], name="Sheet1")
    made.create_sheet("Fleet").append(["Ida Roe", "harbour master"])
    made.create_sheet("Empty")
    made.properties.title = "Port statistics"
    made.properties.modified = dt.datetime.fromisoformat("2021-03-04")
    first, second = items("a.xlsx", saved(made))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert [first.id, second.id] == ["a.xlsx#Sheet1", "a.xlsx#Fleet"]
    assert [first.title, second.title] == ["Port statistics", "Port statistics – Fleet"]
    assert second.text == "Ida Roe; harbour master."


def test_large_books_are_bounded_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_CELLS", 6)
    made, _ = book(["Region", "Ships"], *[["North", n] for n in range(10)], name="Sheet1")
    document, skipped = items("a.xlsx", saved(made))
    assert isinstance(document, Document)
    assert len(document.locators) == 2
    assert skipped == Skipped("a.xlsx", "Sheet1: rows from 4 on are left out; split the file")
    monkeypatch.setattr(reader, "MAX_COLUMNS", 1)
    document, columns, _ = items("a.xlsx", saved(made))
    assert columns == Skipped("a.xlsx", "Sheet1: columns from 2 on are left out")


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is() -> None:
    made, _ = book(["Region", "Ships"], ["North", 3], name="Sheet1")
    members = {}
    with zipfile.ZipFile(io.BytesIO(saved(made))) as archive:
        for name in archive.namelist():
            members[name] = archive.read(name)
    sheet = members["xl/worksheets/sheet1.xml"]
    lie = sheet.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert lie != sheet
    document = one("a.xlsx", zipped(members | {"xl/worksheets/sheet1.xml": lie}))
    assert document.text == "Region: North; Ships: 3."
    merged = sheet.replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    assert one("a.xlsx", zipped(members | {"xl/worksheets/sheet1.xml": merged})) == document
    broken = sheet[: sheet.index(b"North")]
    with pytest.raises(UnreadableDocument):
        items(
            "a.xlsx", zipped(members | {"xl/worksheets/sheet1.xml": broken, "xl/workbook.xml": b""})
        )


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (2500000, "General", "2500000"),
        (0.1 + 0.2, "General", "0.3"),
        (2.5e16, "General", "25000000000000000"),
        (True, "General", "true"),
        (None, "General", ""),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (-1234.5, "#,##0.00;(#,##0.00)", "-1,234.50"),
        (-0.001, "0.0", "0.0"),
        (5250000, '#,##0.0,,"m"', "5.2m"),
        (0.25, "0%", "25%"),
        (12.5, "$#,##0.00", "$12.50"),
        (12, '"approx. "0" t"', "approx. 12 t"),
        (3, "0.##", "3"),
        (7, "00#", "7"),
        (float("nan"), "0", ""),
        (dt.datetime.fromisoformat("2021-03-04 10:05"), "dd.mm.yyyy hh:mm", "4 March 2021 10:05"),
        (dt.datetime.fromisoformat("2021-03-01"), "mmm yyyy", "March 2021"),
        (dt.date(2021, 3, 4), "", "4 March 2021"),
        (dt.time(10, 5), "hh:mm", "10:05:00"),
        ("#REF!", "@", ""),
        ("#1 in\nEurope", "@", "#1 in Europe"),
    ],
)
def test_cells_are_spoken_as_they_are_shown(value: object, number_format: str, text: str) -> None:
    assert spoken(value, number_format) == text
