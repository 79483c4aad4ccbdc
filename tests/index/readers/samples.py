"""Small PDF, DOCX and XLSX files, written in code: whatever a test wants to be in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

#: A line of a page: x and y in points from the lower left corner, the text, its size in points.
Line = tuple[float, float, str] | tuple[float, float, str, float]


def pdf(
    pages: Sequence[Sequence[Line]],
    info: Mapping[str, str] | None = None,
    kids: str | None = None,
    encrypt: bool = False,
) -> bytes:
    """A PDF of A4 pages in Helvetica; `kids` replaces the page tree's list of pages."""
    first = 6
    numbers = [first + 2 * n for n in range(len(pages))]
    listed = kids if kids is not None else " ".join(f"{number} 0 R" for number in numbers)
    lines = "".join(f"/{key} ({_pdf_text(value)}) " for key, value in (info or {}).items())
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{listed}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: f"<< {lines} >>".encode("latin-1"),
        5: b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"61" * 32, b"62" * 32),
    }
    for number, page in zip(numbers, pages, strict=True):
        stream = _pdf_stream(page)
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (number + 1)
        )
        objects[number + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    trailer = b"/Root 1 0 R /Info 4 0 R /ID [<61><61>]" + b" /Encrypt 5 0 R" * encrypt
    return _pdf_file(objects, trailer)


def column(texts: Sequence[str], top: float = 760, x: float = 72, size: float = 11) -> list[Line]:
    """Lines set one under the other; an empty one leaves a gap."""
    return [(x, top - 1.3 * size * number, text, size) for number, text in enumerate(texts) if text]


def _pdf_stream(page: Sequence[Line]) -> bytes:
    parts = []
    for line in page:
        x, y, text = line[:3]
        size = line[3] if len(line) == 4 else 11
        parts.append(f"BT /F1 {size} Tf {x} {y} Td ({_pdf_text(text)}) Tj ET")
    return "\n".join(parts).encode("cp1252")


def _pdf_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_file(objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number in sorted(objects):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-'
    'properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)


def docx(body: str, title: str = "", modified: str = "", **members: str | bytes) -> bytes:
    """A DOCX whose body holds this XML; `members` are further files, `__` for `/`."""
    core = f"<dc:title>{escape(title)}</dc:title>" if title else ""
    core += f"<dcterms:modified>{modified}</dcterms:modified>" if modified else ""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "docProps/core.xml": _CORE.format(core),
    }
    return zipped(files | {name.replace("__", "/"): data for name, data in members.items()})


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of a DOCX."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of a DOCX."""
    spoken = (
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(spoken)}</w:tbl>"
