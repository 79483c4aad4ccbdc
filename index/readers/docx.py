"""DOCX: paragraphs, headings and tables in their order, by a walk of our own over the XML.

python-docx opens the zip file without limits, gives no order across paragraphs and tables in
content controls and insertions, and no footnotes; what is needed of the format is small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from index.documents import make_document
from index.readers.firstlines import title_line
from index.readers.officefile import OfficeFile, attribute, children, local, open_office
from index.readers.tables import Row, speak
from index.readers.text import stem
from index.records import Document, Skipped

#: What takes long to import, for `readers.prepare`.
LIBRARIES = ("lxml.etree",)
#: Tables in tables, text boxes in text boxes: what is deeper is left out.
MAX_DEPTH = 50

_MAIN = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_STYLES = "word/styles.xml"
#: Elements that are left out with all they hold: what was deleted, what a program without the
#: newest features is shown instead, properties.
_LEFT_OUT = {"del", "moveFrom", "Fallback", "pPr", "rPr", "tblPr", "sectPr", "sdtPr"}
_BLOCKS = {"p", "tbl"}
_WIDEST_SPAN = 100


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """One document, whose headings are Markdown headings.

    Raises `UnreadableDocument`.
    """
    file = open_office(data, "DOCX")
    styles = _Styles(file)
    blocks = list(styles.blocks(file.parse(_MAIN)))
    notes = [
        block
        for name in _NOTES
        if name in file.parts()
        for block in styles.blocks(file.parse(name))
    ]
    if notes:
        blocks += ["# Notes", *notes]
    text = "\n\n".join(blocks)
    metadata = file.metadata()
    title = metadata.title or styles.title or title_line(text.lstrip("# ")) or stem(file_id)
    yield make_document(file_id, text, replace(metadata, title=title))


class _Styles:
    """Which paragraphs are headings and list items, and the text of all of them."""

    def __init__(self, file: OfficeFile) -> None:
        self.title: str | None = None  # of the first paragraph that is styled as one
        self._names: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._levels: dict[str, int] = {}
        if _STYLES not in file.parts():
            return
        for style in children(file.parse(_STYLES), "style"):
            key = attribute(style, "styleId") or ""
            for part in style.iter():
                value = attribute(part, "val") or ""
                if local(part) == "name":
                    self._names.setdefault(key, value.casefold())
                elif local(part) == "basedOn":
                    self._parents.setdefault(key, value)
                elif local(part) == "outlineLvl" and value.isdecimal():
                    self._levels.setdefault(key, int(value) + 1)

    def blocks(self, root: Any, depth: int = 0) -> Iterator[str]:
        """The paragraphs and the rows of tables below `root`, in their order."""
        for child in root:
            kind = local(child)
            if kind in _LEFT_OUT or depth > MAX_DEPTH:
                continue
            if kind == "p":
                yield from self._paragraph(child, depth)
            elif kind == "tbl":
                yield from self._table(child, depth)
            else:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> Iterator[str]:
        lines = [" ".join(line.split()) for line in "".join(_runs(element)).split("\n")]
        text = "\n".join(line for line in lines if line)
        if text:
            yield f"{self._mark(element, text)}{text}"
        for inner in element.iter("{*}txbxContent"):  # text boxes are anchored in paragraphs
            if not any(local(above) == "Fallback" for above in inner.iterancestors()):
                yield from self.blocks(inner, depth + 1)

    def _mark(self, element: Any, text: str) -> str:
        """What Markdown puts in front: `## ` of a heading of the second level, `- ` of an item."""
        properties = next(children(element, "pPr"), None)
        if properties is None:
            return ""
        values = {local(each): attribute(each, "val") or "" for each in properties}
        level = self._level(values.get("pStyle", ""))
        if level == 0:
            self.title = self.title or text
            level = 1
        own = values.get("outlineLvl", "")
        if own.isdecimal() and int(own) < 9:
            level = int(own) + 1
        if level is not None and level <= 9 and "\n" not in text:
            return "#" * min(level, 6) + " "
        return "- " if "numPr" in values else ""

    def _level(self, style: str) -> int | None:
        """The level of a heading's style, 0 for the title's, None for another."""
        for _ in range(10):  # of styles based on styles, which may go round
            name = self._names.get(style, style.casefold())
            if name == "title":
                return 0
            if name.startswith("heading") and name[7:].strip().isdecimal():
                return int(name[7:])
            if style in self._levels:
                return self._levels[style]
            if style not in self._parents:
                return None
            style = self._parents[style]
        return None

    def _table(self, element: Any, depth: int) -> Iterator[str]:
        rows: list[Row] = []
        for number, row in enumerate(_below(element, "tr"), 1):
            cells: list[str] = []
            for cell in _below(row, "tc"):
                span, continued = _merging(cell)
                above = rows[-1].cells if rows else ()
                text = " ".join(" ".join(self.blocks(cell, depth + 1)).split())
                if continued and not text and len(cells) < len(above):
                    text = above[len(cells)]
                cells += [text] * span
            rows.append(Row(number, cells))
        if max((len(row.cells) for row in rows), default=0) == 1:  # a frame around text
            yield from (cell for row in rows for cell in row.cells if cell)
        else:
            yield from (sentence.text for sentence in speak(rows))


def _runs(element: Any) -> Iterator[str]:
    """The text in a paragraph, without what is in its text boxes."""
    signs: Mapping[str, str] = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
    pending = list(reversed(element))
    while pending:
        each = pending.pop()
        kind = local(each)
        if kind == "t":
            yield each.text or ""
        elif kind == "br":
            yield " " if attribute(each, "type") in {"page", "column"} else "\n"
        elif kind in signs:
            yield signs[kind]
        elif kind not in _LEFT_OUT and kind not in _BLOCKS and kind != "txbxContent":
            pending += reversed(each)


def _below(element: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, those in content controls and insertions too."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _below(child, name)


def _merging(cell: Any) -> tuple[int, bool]:
    """How many columns a cell takes, and whether it goes on from the one above."""
    span, continued = 1, False
    for properties in children(cell, "tcPr"):
        for each in properties:
            value = attribute(each, "val") or ""
            if local(each) == "gridSpan" and value.isdecimal():
                span = min(max(int(value[:4]), 1), _WIDEST_SPAN)
            elif local(each) == "vMerge":
                continued = value != "restart"
    return span, continued
