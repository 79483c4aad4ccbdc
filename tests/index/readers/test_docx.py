from __future__ import annotations

from index.passages import cut
from tests.index.readers.common import items, one
from tests.index.readers.samples import docx, paragraph, table

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f"<w:styles {W}>"
    '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift2"/></w:style>'
    '<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>'
    "</w:styles>"
)


def test_headings_paragraphs_and_tables_in_order() -> None:
    body = (
        paragraph("Harbour report", "Title")
        + paragraph("Cargo", "berschrift2")
        + paragraph("The harbour\u00a0grew.")
        + table([["Region", "2021"], ["North", "2,500"], ["South", "100"]])
        + paragraph("Fish", "Mine")
        + paragraph("It was dear.", "Loop")
    )
    document = one("a/b.docx", docx(body, **{"word__styles.xml": STYLES}))
    assert document.text == (
        "# Harbour report\n\n## Cargo\n\nThe harbour grew.\n\nRegion: North; 2021: 2,500.\n\n"
        "Region: South; 2021: 100.\n\n## Fish\n\nIt was dear."
    )
    assert document.title == "Harbour report"
    assert [passage.context for passage in cut(document)][-1] == "Harbour report\nFish"


def test_title_and_date_are_the_files() -> None:
    data = docx(paragraph("It grew."), "Port news", "2021-03-04T10:00:00Z")
    document = one("a/b.docx", data)
    assert (document.title, document.published) == ("Port news", "2021-03-04")
    blank = one("a/b.docx", docx(paragraph("It grew."), "", "2013-12-23T23:15:00Z"))
    assert (blank.title, blank.published) == ("b", None)


def test_what_was_inserted_counts_and_what_was_deleted_does_not() -> None:
    body = (
        "<w:p><w:r><w:t>It </w:t></w:r><w:del><w:r><w:delText>fell</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>grew</w:t><w:tab/><w:t>fast</w:t><w:br/><w:t>again</w:t></w:r></w:ins>"
        "<w:hyperlink><w:r><w:t>.</w:t></w:r></w:hyperlink></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('In a form.')}</w:sdtContent></w:sdt>"
        "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>An item</w:t></w:r></w:p>"
    )
    assert one("a.docx", docx(body)).text == "It grew fast\nagain.\n\nIn a form.\n\n- An item"


def test_text_boxes_and_notes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>Before.</w:t><w:Choice>{box}</w:Choice>"
        f"<w:Fallback>{box}</w:Fallback></w:r></w:p>"
    )
    notes = f"<w:footnotes {W}><w:footnote>{paragraph('As she said.')}</w:footnote></w:footnotes>"
    document = one("a.docx", docx(body, **{"word__footnotes.xml": notes}))
    assert document.text == "Before.\n\nIn a box.\n\n# Notes\n\nAs she said."


def test_merged_cells_say_what_they_say_in_each_row_and_column() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    rows = [
        cell("Region") + cell("Exports", '<w:gridSpan w:val="2"/>'),
        cell("") + cell("2020") + cell("2021"),
        cell("North", '<w:vMerge w:val="restart"/>') + cell("3") + cell("4"),
        cell("", "<w:vMerge/>") + cell("5") + cell("6"),
    ]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert one("a.docx", docx(body)).text == (
        "Region: North; Exports 2020: 3; Exports 2021: 4.\n\n"
        "Region: North; Exports 2020: 5; Exports 2021: 6."
    )
    frame = "<w:tbl><w:tr>" + cell("Only a frame.") + "</w:tr></w:tbl>"
    assert one("a.docx", docx(frame)).text == "Only a frame."


def test_nesting_without_end_is_cut_off() -> None:
    body = paragraph("Kept.") + "<w:tbl><w:tr><w:tc>" * 30 + paragraph("Deep.")
    body += "</w:tc></w:tr></w:tbl>" * 30
    assert one("a.docx", docx(body)).text.startswith("Kept.")
    deep = "<w:sdt>" * 200 + paragraph("Deep.") + "</w:sdt>" * 200
    assert items("a.docx", docx(paragraph("Kept.") + deep))
