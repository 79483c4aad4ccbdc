from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from index import Document, UnreadableDocument, build_index
from index.readers import officefile, read, read_here
from tests.fakes import WordEncoder
from tests.index.readers.samples import column, docx, paragraph, pdf, zipped

LAUGHS = "<!DOCTYPE w [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)
BOMB = f"<?xml version='1.0'?>{LAUGHS}]><w><body><p><r><t>&j;</t></r></p></body></w>"
OUTSIDE = (
    "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
    "<w><body><p><r><t>&x;</t></r></p></body></w>"
)
SHEET = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": "<workbook/>",
    "xl/worksheets/sheet1.xml": BOMB,
}


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        list(read(name, data))
    return str(caught.value)


def overlapping(copies: int, size: int) -> bytes:
    """A zip file whose directory names one packed member of `size` zeros many times."""
    data = zipped({"word/a.xml": bytes(size), "word/document.xml": "<w/>"})
    (offset,) = struct.unpack("<I", data[-6:-2])
    directory = data[offset:-22]
    length = 46 + len("word/a.xml")
    first, rest = directory[:length], directory[length:]
    many = first * copies + rest
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, copies + 1, copies + 1, len(many), offset, 0)
    return data[:offset] + many + end


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_zip_bombs_are_not_unpacked(name: str) -> None:
    reason = "it would unpack to more than 512 MB; take the pictures out"
    assert refusal(name, overlapping(60, 10 << 20)) == reason
    assert refusal(name, overlapping(10_001, 1)) == "10,002 files in it, expected at most 10,000"


def test_one_huge_part_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(officefile, "MAX_PART", 1000)
    with pytest.raises(UnreadableDocument, match="would unpack to more than"):
        list(read_here("a.docx", docx(paragraph("x" * 1000))))


def test_a_member_is_read_only_as_far_as_its_header_says() -> None:
    data = zipped({"word/document.xml": b"<w>" + bytes(5_000_000)})
    size = struct.pack("<I", 5_000_003)
    assert data.count(size) == 2
    small = data.replace(size, struct.pack("<I", 1000))
    expected = "a damaged file (word/document.xml does not unpack); open it and save it anew"
    assert refusal("a.docx", small) == expected


@pytest.mark.parametrize("part", [BOMB, OUTSIDE, BOMB.encode("utf-16"), OUTSIDE.encode("utf-16")])
def test_entities_are_refused(part: str | bytes) -> None:
    expected = "word/document.xml declares a document type, which the format forbids"
    assert refusal("a.docx", zipped({"word/document.xml": part})).startswith(expected)


def test_entities_in_a_sheet_are_refused() -> None:
    expected = "xl/worksheets/sheet1.xml declares a document type, which the format forbids"
    assert refusal("a.xlsx", zipped(SHEET)).startswith(expected)


def test_what_is_no_office_file_is_told() -> None:
    old = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    assert refusal("a.docx", old) == (
        "it is encrypted, or of an old format; save it as DOCX without a password"
    )
    assert refusal("a.xlsx", b"PK\3\4") == "not a XLSX file, or a damaged one; save it anew"
    assert "word/document.xml is missing" in refusal("a.docx", zipped({"a": "b"}))
    assert refusal("a.xlsx", zipped({"a": "b"})).startswith("a damaged XLSX (")


@pytest.mark.parametrize("kids", ["2 0 R", "6 0 R 2 0 R 6 0 R", "2 0 R " * 1000, "99 0 R"])
def test_a_page_tree_that_leads_to_itself_ends(kids: str) -> None:
    data = pdf([column(["The quay grew."]), column(["It rained."])], kids=kids)
    documents: list[Document] = []
    with suppress(UnreadableDocument):
        documents = [each for each in read("a.pdf", data) if isinstance(each, Document)]
    assert all("The quay grew." in each.text for each in documents)
    sound = list(read("a.pdf", pdf([column(["The quay grew."])])))
    assert isinstance(sound[0], Document)


def test_a_page_count_that_is_a_lie_is_bounded() -> None:
    data = pdf([column(["The quay grew."])]).replace(b"/Count 1 ", b"/Count 2147483647 ")
    found = list(read("a.pdf", data))
    (document,) = (each for each in found if isinstance(each, Document))
    assert document.text == "The quay grew."


def test_html_that_takes_for_ever_is_given_up() -> None:
    with pytest.raises(UnreadableDocument, match="MB of HTML, expected at most"):
        list(read("a.html", b"<p>" * (3 << 20)))


def test_a_corpus_of_all_of_this_is_built(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "good.pdf").write_bytes(pdf([column(["The quay of Ostrel grew in spring."])]))
    (corpus / "bomb.docx").write_bytes(zipped({"word/document.xml": BOMB}))
    (corpus / "bomb.xlsx").write_bytes(overlapping(60, 10 << 20))
    (corpus / "loop").symlink_to(corpus)
    (corpus / "a\nb\x1b[31m.docx").write_bytes(docx(paragraph("It rained in Velm all summer.")))
    with (corpus / "line.txt").open("wb") as file:
        file.truncate(1 << 30)
    report = build_index(tmp_path / "index", [corpus], encoder=WordEncoder())
    assert report.documents == 2
    reasons = {each.path: each.reason for each in report.skipped}
    assert set(reasons) == {"bomb.docx", "bomb.xlsx", "line.txt", "loop"}
    assert reasons["line.txt"] == "1024 MB, expected at most 64 MB"
    assert "symbolic link" in reasons["loop"]


def test_samples_are_what_they_say() -> None:
    """The bombs would go off in a reader without a guard."""
    with zipfile.ZipFile(io.BytesIO(overlapping(60, 10 << 20))) as archive:
        assert sum(each.file_size for each in archive.infolist()) > 600 << 20
        assert archive.read("word/a.xml") == bytes(10 << 20)
    (document,) = read("a.docx", docx(paragraph("Kept.")))
    assert isinstance(document, Document)
    assert document.text == "Kept."
