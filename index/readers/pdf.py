"""PDF: text with page numbers, by pypdfium2.

PDFium was chosen because it is what Chromium opens hostile files with, and gives places with the
text. It is not safe to call from two threads, and it may crash: it runs in a process of its own
(`index.readers.isolated`).
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from statistics import median
from typing import Any

from index.documents import Metadata, make_document
from index.errors import UnreadableDocument
from index.readers.firstlines import title_line
from index.readers.pdftext import Line, Page, compose
from index.readers.text import stem
from index.records import Document, Skipped

#: What takes long to import, for `readers.prepare`.
LIBRARIES = ("pypdfium2",)
#: Pages read of one file; the others are reported.
MAX_PAGES = 1500
#: Letters of a page that are read: a page of a newspaper has 40,000.
MAX_PAGE_LETTERS = 500_000
#: Above this share of letters without meaning, a text layer is of no use.
_MAX_MEANINGLESS = 0.3

_BREAK = re.compile("(\r\n|[\ufffe\x02]|[\r\n])")
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_NO_TITLE = re.compile(
    r"(?:microsoft word|powerpoint presentation|untitled|document|slide|title)\W*\d*"
    r"|.*\.(?:docx?|odt|rtf|pdf|indd|qxp|qxd|tex|dvi|ps|pptx?|xlsx?|pub|pages|wpd)",
    re.IGNORECASE,
)
_MADE_BY = re.compile(r"^(?:Microsoft (?:Word|PowerPoint|Excel)|Slide \d+) - ", re.IGNORECASE)
_OCR = "give it a text layer with `ocrmypdf in.pdf out.pdf`"


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """One document with a locator for each page that has text.

    Raises `UnreadableDocument` when the file is encrypted, damaged, or has no usable text layer.
    """
    import pypdfium2
    from pypdfium2 import raw

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise UnreadableDocument(
                "it is encrypted; save it without a password: "
                "`qpdf --decrypt --password=SECRET in.pdf out.pdf`"
            ) from error
        raise UnreadableDocument("a damaged PDF; open it and save it anew") from error
    try:
        yield from _read(file_id, file)
    finally:
        file.close()


def _read(file_id: str, file: Any) -> Iterator[Document | Skipped]:
    count = len(file)
    pages: list[Page] = []
    scanned: list[int] = []
    damaged: list[int] = []
    for number in range(1, min(count, MAX_PAGES) + 1):
        page = _page(file, number)
        if page is None:
            damaged.append(number)
        elif page.lines:
            pages.append(page)
        elif _has_picture(file, number):
            scanned.append(number)
    text, locators = compose(pages)
    _check(text, scanned, damaged)
    if count > MAX_PAGES:
        reason = f"only pages 1–{MAX_PAGES:,} of {count:,} are read; split it into parts"
        yield Skipped(file_id, reason)
    if damaged:
        yield Skipped(file_id, f"{_pages(damaged)} cannot be read; open it and save it anew")
    if scanned:
        yield Skipped(file_id, f"{_pages(scanned)} without a text layer; {_OCR}")
    yield make_document(file_id, text, _metadata(file_id, file, text), locators)


def _check(text: str, scanned: list[int], damaged: list[int]) -> None:
    """Raise `UnreadableDocument` for a text that is none."""
    if not text.strip():
        if scanned:
            raise UnreadableDocument(f"a scan without a text layer; {_OCR}")
        raise UnreadableDocument("no page can be read" if damaged else "no text")
    letters = [letter for letter in text[:20_000] if not letter.isspace()]
    # private use, not assigned, control
    meaningless = sum(
        letter == "\ufffd" or unicodedata.category(letter) in {"Co", "Cn", "Cc"}
        for letter in letters
    )
    if meaningless > _MAX_MEANINGLESS * len(letters):
        raise UnreadableDocument(
            "its fonts do not say which letters they show; "
            "give it a new text layer with `ocrmypdf --force-ocr in.pdf out.pdf`"
        )


def _page(file: Any, number: int) -> Page | None:
    """Page `number`, or None where PDFium cannot load it."""
    import pypdfium2

    try:
        page = file[number - 1]
    except pypdfium2.PdfiumError:
        return None
    try:
        letters = page.get_textpage()
        try:
            return Page(number, page.get_height(), tuple(_lines(letters)))
        finally:
            letters.close()
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()


def _lines(letters: Any) -> Iterator[Line]:
    """The lines of a page of text, as PDFium orders and parts them."""
    count = min(letters.count_chars(), MAX_PAGE_LETTERS)
    if count < 1:
        return
    parts = _BREAK.split(letters.get_text_range(0, count))
    offset = 0  # in UTF-16 units, as PDFium counts
    for part, mark in zip(parts[::2], [*parts[1::2], ""], strict=True):
        text = part.strip()
        if text:
            begin = offset + _units(part[: len(part) - len(part.lstrip())])
            end = begin + _units(text) - 1
            hyphenated = mark in {"\ufffe", "\x02"} and bool(mark)
            yield _placed(letters, text, (begin, end), hyphenated)
        offset += _units(part) + _units(mark)


def _placed(letters: Any, text: str, span: tuple[int, int], hyphenated: bool) -> Line:
    from pypdfium2 import raw

    first, last = (raw.FPDFText_GetCharIndexFromTextIndex(letters, each) for each in span)
    left, bottom = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(letters, first, left, bottom)
    edges = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top
    raw.FPDFText_GetCharBox(letters, last, *edges)
    # A bullet or an inline command may be set in another size than the rest of its line.
    middle = raw.FPDFText_GetCharIndexFromTextIndex(letters, sum(span) // 2)
    size = median(_size(letters, each) for each in (first, middle, last))
    shown = " ".join(text.replace("\xad", "").split())
    return Line(shown, left.value, edges[1].value, bottom.value, size, hyphenated)


def _size(letters: Any, index: int) -> float:
    """The size in points of a letter as it is shown.

    A font's own size says little: many a file sets everything at size 1 and scales it.
    """
    from pypdfium2 import raw

    size = float(raw.FPDFText_GetFontSize(letters, index)) or 1.0
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(letters, index, matrix):
        size *= math.hypot(matrix.c, matrix.d) or 1.0
    return size


def _units(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _has_picture(file: Any, number: int) -> bool:
    """Whether a page shows a picture, as a scanned one does."""
    import pypdfium2
    from pypdfium2 import raw

    page = file[number - 1]
    try:
        found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        return next(iter(found), None) is not None
    except pypdfium2.PdfiumError:
        return False
    finally:
        page.close()


def _metadata(file_id: str, file: Any, text: str) -> Metadata:
    """Title and date; the date is that of the file's making, which for a report is its release."""
    found = file.get_metadata_dict()
    title = " ".join(_MADE_BY.sub("", found.get("Title", "")).split())
    if len(title) < 4 or _NO_TITLE.fullmatch(title) or not any(map(str.isalpha, title)):
        title = title_line(text) or stem(file_id)
    match = _DATE.match(found.get("CreationDate", ""))
    date = "-".join(part for part in match.groups() if part) if match else None
    return Metadata(title, None, date)


def _pages(numbers: list[int]) -> str:
    """`page 3`, or `pages 3–5, 9`; after ten stretches `…`."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and stretches[-1][1] == number - 1:
            stretches[-1][1] = number
        else:
            stretches.append([number, number])
    named = [f"{a}–{b}" if b > a else f"{a}" for a, b in stretches[:10]]
    more = ", …" if len(stretches) > 10 else ""
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(named)}{more}"
