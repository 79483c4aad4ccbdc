from __future__ import annotations

from pathlib import Path

import pytest

from index import Document, ReferenceIndex, Skipped, UnreadableDocument, build_index
from index.locators import place
from index.passages import cut
from index.readers import ReadOptions, tables, tabular
from index.readers.tables import Row, column_letters, speak
from tests.fakes import WordEncoder
from tests.index.readers.common import items, one, placed

CSV = "Region;Exports 2021;Note\nNorth;2,500 tonnes;\n\nSouth;100 tonnes;A record.\n"


def spoken(*rows: list[str]) -> list[str]:
    return [each.text for each in speak(Row(n, cells) for n, cells in enumerate(rows, 1))]


def test_a_table_without_a_text_column_is_spoken_row_by_row() -> None:
    document = one("trade/exports.csv", CSV)
    assert (document.id, document.title) == ("trade/exports.csv", "exports")
    assert placed(document) == {
        "row 2": "Region: North; Exports 2021: 2,500 tonnes.",
        "row 4": "Region: South; Exports 2021: 100 tonnes; Note: A record.",
    }
    assert document.text == "\n\n".join(placed(document).values())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_stay_whole_sentences_and_passages_say_which_rows(delimiter: str) -> None:
    rows = [f"north{n}{delimiter}{n}" for n in range(60)]
    document = one("a.tsv", f"region{delimiter}ships\n" + "\n".join(rows))
    first, *_, last = cut(document)
    assert first.text.startswith("region: north0; ships: 0.\n\nregion: north1; ships: 1.")
    assert last.text.endswith("region: north59; ships: 59.")
    label = place(document.locators, first.start, first.end)
    count = first.text.count("region")
    assert 20 < count < 60
    assert label == f"rows 2–{count + 1}"


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        ([["Region", "2020", "2021"], ["North", "3", "4"]], ["Region: North; 2020: 3; 2021: 4."]),
        ([["North", "3"], ["South", "4"]], ["North; 3.", "South; 4."]),
        (
            [["Exports in tonnes", ""], ["", ""], ["Region", "Exports"], ["North", "3"]],
            ["Exports in tonnes.", "Region: North; Exports: 3."],
        ),
        (
            [["Region", "Exports", "Exports"], ["", "2020", "2021"], ["North", "3", "4"]],
            ["Region: North; Exports 2020: 3; Exports 2021: 4."],
        ),
        (
            [["Region", "Ships"], ["North", "3"], ["Region", "Ships"], ["South", "4"]],
            ["Region: North; Ships: 3.", "Region: South; Ships: 4."],
        ),
        ([["Region", "", "Ships:"], ["North", "x", "3", "extra"]],
         ["Region: North; x; Ships: 3; extra."]),
        ([["Region", "Ships"]], ["Region; Ships."]),
        ([["North", "3"], ["All of the south", ""], ["x", "4"]],
         ["North; 3.", "All of the south.", "x; 4."]),
        ([["Only"], ["one"], ["column"]], ["Only: one.", "Only: column."]),
        ([["", ""], []], []),
    ],
)  # fmt: skip
def test_headers(rows: list[list[str]], texts: list[str]) -> None:
    assert spoken(*rows) == texts


def test_a_wide_row_names_itself_in_each_of_its_sentences() -> None:
    names = ["Region", *(f"Month {n}" for n in range(100))]
    row = ["North", *(str(n) for n in range(100))]
    found = list(speak([Row(1, names), Row(2, row)]))
    assert len(found) > 3
    assert all(each.text.startswith("Region: North; Month ") for each in found)
    assert all(len(each.text.split()) <= 65 for each in found)
    assert [f"Month {n}: {n}" for n in range(100)] == [
        part.rstrip(".") for each in found for part in each.text.split("; ")[1:]
    ]
    assert (found[0].first, found[-1].last) == (0, 100)


def test_letters_of_columns() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_large_tables_are_bounded_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MAX_ROWS", 3)
    monkeypatch.setattr(tabular, "MAX_COLUMNS", 2)
    rows, columns, document = items("a.csv", "a,b,c\n" + "x,1,2\n" * 5)
    assert isinstance(document, Document)
    assert document.text == "a: x; b: 1.\n\na: x; b: 1."
    assert rows == Skipped("a.csv", "rows from 4 on are left out; split the file")
    assert columns == Skipped("a.csv", "columns from 3 on are left out")
    monkeypatch.undo()
    monkeypatch.setattr(tables, "MAX_TEXT", 130)
    left, document = items("b.csv", "a,b\n" + "x,1\n" * 2 + "y,2\n")
    assert left == Skipped("b.csv", "row 4 and what follows is left out: too long; split the file")
    assert isinstance(document, Document)
    assert document.text == "a: x; b: 1.\n\na: x; b: 1."


def test_an_unclosed_quotation_mark_is_told_and_what_stands_before_is_kept() -> None:
    problem, document = items("a.csv", 'a,b\nx,1\ny,"2\nz,3\nz,4\n')
    assert isinstance(document, Document)
    assert document.text == "a: x; b: 1."
    assert problem == Skipped(
        "a.csv",
        "row 3: a quotation mark is opened and never closed, so that the last 3 lines of the file "
        "cannot be read; close it",
    )
    first, third, second = items("t.csv", 'text\none\n"two\nthree\n"four"\nfive\n')
    assert isinstance(first, Document)
    assert first.text == "one"
    assert second == Skipped(
        "t.csv",
        "row 2: not valid CSV (',' expected after '\"'), with the 2 lines after it; "
        "check its quotation marks",
    )
    assert isinstance(third, Document)
    assert third.text == "five"


def test_columns_go_by_the_names_a_user_gives() -> None:
    options = ReadOptions((("text", "Body"), ("text", "abstract"), ("title", "meta.headline")))
    rows = '{"body": "One.", "meta": {"headline": "First"}, "title": "Other"}\n{"text": "Two."}\n'
    one_row, two = items("a.jsonl", rows, options)
    assert isinstance(one_row, Document)
    assert isinstance(two, Document)
    assert [one_row.text, one_row.title, two.text, two.title] == ["One.", "First", "Two.", "a"]
    table = "abstract,BODY,title,meta.headline\nno,The harbour grew.,Other,Quay\n"
    document = one("a.csv", table, options)
    assert (document.text, document.title) == ("The harbour grew.", "Quay")
    assert one("b.csv", "abstract,meta.headline\nIt grew.,y\n", options).text == "It grew."


@pytest.mark.parametrize(
    ("name", "text", "columns", "told", "texts"),
    [
        (
            "a.csv",
            "body,x\nIt grew.,1\n",
            "text=bodyy",
            "'bodyy'; read as a table",
            ["body: It grew.; x: 1."],
        ),
        (
            "a.csv",
            "text,x\nIt grew.,1\n",
            "text=bodyy",
            "'bodyy'; read with its column 'text'",
            ["It grew."],
        ),
        ("a.csv", "body,x\nIt grew.\n", "text=Body date=X", None, ["It grew."]),
        ("a.csv", "body,x\nIt grew.,1\n", "text=body text=abstract", None, ["It grew."]),
        (
            "a.csv",
            "body,x\nIt grew.,1\n",
            "text=body date=day title=head",
            "'day' or 'head'; read without date, without title",
            ["It grew."],
        ),
        ("a.csv", "day,x\nmonday,1\n", "date=day", None, ["day: monday; x: 1."]),
        ("a.csv", "text,x\nIt grew.,1\n", "text=text id=id", None, ["It grew."]),
        ("a.csv", "y,x\nIt grew.,1\n", "text=text", None, ["y: It grew.; x: 1."]),
        (
            "a.jsonl",
            '{"text": "It grew."}\n{"text": "It fell.", "d": {"day": null}}\n',
            "date=d.day",
            None,
            ["It grew.", "It fell."],
        ),
        (
            "a.jsonl",
            '{"text": "It grew."}\n{"text": "It fell.", "d": 1}\n',
            "date=d.day",
            "'d.day'; read without date",
            ["It grew.", "It fell."],
        ),
    ],
)
def test_a_named_column_that_a_file_does_not_have_is_told(
    name: str, text: str, columns: str, told: str | None, texts: list[str]
) -> None:
    pairs = [pair.partition("=") for pair in columns.split()]
    found = items(name, text, ReadOptions(tuple((ours, theirs) for ours, _, theirs in pairs)))
    assert [each.text for each in found if isinstance(each, Document)] == texts
    problems = [each for each in found if isinstance(each, Skipped)]
    assert problems == ([Skipped(name, f"no column {told}")] if told else [])


def test_why_no_row_has_a_text_is_told_before_the_rows() -> None:
    options = ReadOptions((("text", "bodyy"),))
    first, *others = items("a.jsonl", '{"body": "It grew."}\n' * 30, options)
    assert first == Skipped("a.jsonl", "no column 'bodyy'; read without text")
    assert [each.reason for each in others if isinstance(each, Skipped)] == [
        *(f"row {number}: no text" for number in range(1, 21)),
        "10 more bad rows",
    ]
    assert items("a.jsonl", "no JSON\n", options) == [
        Skipped("a.jsonl", "row 1: not valid JSON")  # nothing is known of its columns
    ]
    with pytest.raises(UnreadableDocument, match="neither a column called 'bodyy' or 'text' nor"):
        items("a.csv", "body\nIt grew.\n", options)


def test_a_build_reads_columns_as_it_is_told_and_again_when_told_otherwise(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"body": "The quay grew.", "summary": "It rained."}\n')
    index = tmp_path / "index"

    def documents(column: str) -> list[str]:
        options = ReadOptions((("text", column),))
        build_index(index, [tmp_path / "a.jsonl"], encoder=WordEncoder(), options=options)
        with ReferenceIndex.open(index, WordEncoder()) as reference:
            return [hit.passage.text for hit in reference.search(["quay"], k=5)[0]]

    assert documents("body") == documents("body") == ["The quay grew."]
    assert documents("summary") == ["It rained."]


def test_what_is_no_table_is_refused() -> None:
    for text in ("just a line\nand another\n", "", "\n\n"):
        with pytest.raises(UnreadableDocument):
            items("a.csv", text)
