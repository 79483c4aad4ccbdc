from __future__ import annotations

import time

import pytest

from index import Document, Skipped, UnreadableDocument
from index.passages import cut
from index.readers import pdf as reader
from index.readers.pdftext import Line, Page, compose
from tests.index.readers.common import items, one, placed
from tests.index.readers.samples import Line as Drawn
from tests.index.readers.samples import column, pdf

PROSE = (
    "The harbour of Ostrel handled 2,500 tonnes of grain in the spring of 2021,",
    "which was more than in any year since records began, the harbour master said.",
    "The council wants to build a second quay.",
)


def page(*lines: str) -> list[Drawn]:
    return column(lines)


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    document = one("a/bulletin.pdf", pdf([page(*PROSE, "", "Fish was dearer than ever.")]))
    assert document.text == (
        "The harbour of Ostrel handled 2,500 tonnes of grain in the spring of 2021, which was more "
        "than in any year since records began, the harbour master said. The council wants to build "
        "a second quay.\n\nFish was dearer than ever."
    )
    assert document.source == document.id == "a/bulletin.pdf"


def test_a_short_line_ends_a_paragraph_unless_the_next_goes_on_in_lower_case() -> None:
    assert one("a.pdf", pdf([page("Name: Ida Roe", "Office: harbour master", PROSE[0])])).text == (
        f"Name: Ida Roe\nOffice: harbour master\n{PROSE[0]}"
    )
    assert one("a.pdf", pdf([page("The harbour", "grew.", PROSE[0])])).text == (
        f"The harbour grew.\n{PROSE[0]}"
    )


def test_headings_stand_alone_and_items_keep_their_lines() -> None:
    lines: list[Drawn] = [(72, 700, "Fish and grain", 18), (72, 680, "It rained all spring.", 11)]
    lines += [(72, 660, "• herring", 11), (72, 646, "• cod, which", 11), (80, 632, "was dear", 11)]
    assert one("a.pdf", pdf([lines])).text == (
        "Fish and grain\n\nIt rained all spring.\n\n• herring\n• cod, which was dear"
    )


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["It is a consider-", "able sum."], "It is a considerable sum."),
        (["A well-", "known quay. It is well-known."], "A well-known quay. It is well-known."),
        (
            ["It fell and is known as well. A well-", "known quay."],
            "It fell and is known as well. A well-known quay.",
        ),
        (["The Anglo-", "American quay."], "The Anglo-American quay."),
        (["Some consider-", "able sum, a considerable one."],
         "Some considerable sum, a considerable one."),
    ],
)  # fmt: skip
def test_hyphens_at_line_ends(lines: list[str], text: str) -> None:
    assert one("a.pdf", pdf([page(*lines)])).text == text


def test_pages_are_located_and_a_sentence_across_them_is_whole() -> None:
    document = one("a.pdf", pdf([page("The council voted on"), page("the quay. It passed.")]))
    assert document.text == "The council voted on the quay. It passed."
    assert placed(document) == {"page 1": "The council voted on", "page 2": "the quay. It passed."}
    apart = one("a.pdf", pdf([page("It passed."), [], page("The quay grew.")]))
    assert apart.text == "It passed.\n\nThe quay grew."
    assert placed(apart) == {"page 1": "It passed.", "page 3": "The quay grew."}
    assert cut(apart)[0].text == apart.text


def test_page_numbers_and_running_lines_go() -> None:
    pages = [
        [
            (72, 800, "Port Authority – Annual report 2021", 9),
            *page(f"Chapter {number} tells of the {what}."),
            (290, 30, f"{number + 40}", 9),
        ]
        for number, what in enumerate(["quay", "fleet", "market", "wall"], 1)
    ]
    document = one("a.pdf", pdf(pages))
    assert document.text == (
        "Port Authority – Annual report 2021\n\nChapter 1 tells of the quay.\n\n"
        "Chapter 2 tells of the fleet.\n\nChapter 3 tells of the market.\n\n"
        "Chapter 4 tells of the wall."
    )


def test_what_only_looks_like_furniture_stays() -> None:
    tops = ["Exports 2019", "Exports 2020", "Exports 2021", "Exports 2022"]
    pages = [[(72, 800, top, 11), *page("The quay grew.")] for top in tops]
    text = one("a.pdf", pdf(pages)).text
    assert all(top in text for top in tops)
    middle = one("a.pdf", pdf([[(72, 400, "17", 11)], [(72, 400, "18", 11)]]))
    assert middle.text == "17\n\n18"
    twice = one("a.pdf", pdf([[(72, 800, "Budget", 11), *page("Grew.")]] * 2))
    assert twice.text.count("Budget") == 2


@pytest.mark.parametrize(
    ("info", "title", "published"),
    [
        ({"Title": "Harvest bulletin", "CreationDate": "D:20210304101112+01'00'"},
         "Harvest bulletin", "2021-03-04"),
        ({"Title": "Microsoft Word - Harvest bulletin"}, "Harvest bulletin", None),
        ({"Title": "harvest_final2.docx", "CreationDate": "D:2021"}, "Quay report", "2021"),
        ({"Title": "untitled", "CreationDate": "D:20219999"}, "Quay report", None),
        ({}, "Quay report", None),
    ],
)  # fmt: skip
def test_title_and_date(info: dict[str, str], title: str, published: str | None) -> None:
    lines: list[Drawn] = [(72, 760, "Quay report", 18), *column(["The quay grew."], top=700)]
    document = one("a/b.pdf", pdf([lines], info))
    assert (document.title, document.published) == (title, published)
    assert one("a/b.pdf", pdf([page("The quay grew.")])).title == "b"


def test_time_grows_with_the_lines_and_not_with_their_square() -> None:
    lines = tuple(Line("Page 7 of the report", 72, 200, 30, 9) for _ in range(20_000))
    begin = time.process_time()
    text, _ = compose([Page(number, 842, lines) for number in (1, 2)])
    assert time.process_time() - begin < 5
    assert text.count("Page 7") == 40_000


def test_what_cannot_be_read_says_why() -> None:
    for data, reason in [
        (b"", "damaged"),
        (b"%PDF-1.7\nnonsense", "damaged"),
        (pdf([page("Secret.")], encrypt=True), "encrypted; save it without a password: `qpdf"),
        (pdf([[], []]), "no text"),
        (scan(2), "a scan without a text layer; give it a text layer with `ocrmypdf in.pdf out"),
    ]:
        with pytest.raises(UnreadableDocument, match=reason):
            items("a.pdf", data)


def test_scanned_pages_among_others_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    skipped, document = items("a.pdf", scan(3, page("The quay grew.")))
    assert isinstance(document, Document)
    assert placed(document) == {"page 4": "The quay grew."}
    assert skipped == Skipped(
        "a.pdf",
        "pages 1–3 without a text layer; give it a text layer with `ocrmypdf in.pdf out.pdf`",
    )
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    skipped, document = items("a.pdf", pdf([page("One."), page("Two."), page("Three.")]))
    assert isinstance(document, Document)
    assert document.text == "One.\n\nTwo."
    assert skipped == Skipped("a.pdf", "only pages 1–2 of 3 are read; split it into parts")


def scan(count: int, *more: list[Drawn]) -> bytes:
    """Pages of nothing but a picture, drawn within their content, and more pages after them."""
    data = pdf([[(0, 0, "x" * 60, 1)]] * count + list(more))
    picture = b"q 500 0 0 700 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    drawn = b"BT /F1 1 Tf 0 0 Td (" + b"x" * 60 + b") Tj ET"
    assert len(picture) <= len(drawn)
    return data.replace(drawn, picture.ljust(len(drawn)))
