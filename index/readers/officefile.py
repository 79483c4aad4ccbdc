"""DOCX and XLSX alike: a zip file of XML, opened with limits.

The formats allow no document type declarations, so a part with one is refused: entities are how a
small file becomes a large one, or reads another.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.documents import Metadata
from index.errors import UnreadableDocument

#: Members, and bytes of all of them and of each before packing. Python reads no more of a member
#: than its header announces, so that a header that lies gains nothing.
MAX_MEMBERS = 10_000
MAX_UNPACKED = 512 * 1024 * 1024
MAX_PART = 256 * 1024 * 1024

#: Bytes in which a document type is looked for: it stands before the root element.
_HEAD = 8192

_CORE = "docProps/core.xml"
_ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1")  # an OLE file, which also holds encrypted ones
#: RuntimeError says that a member is encrypted, NotImplementedError that it is packed strangely.
_UNPACKING = (
    zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error,
)  # fmt: skip
#: When the blank document of a library that many programs write with was made.
_TEMPLATE_DATE = "2013-12-23"


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """An open office file whose sizes were checked."""

    archive: zipfile.ZipFile

    def parse(self, name: str) -> Any:
        """The root element of a part. Raises `UnreadableDocument`."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(self.part(name), parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableDocument(
                f"a damaged file ({name} is not valid XML); open it and save it anew"
            ) from error
        if root.getroottree().docinfo.doctype:
            raise _has_declaration(name)
        return root

    def part(self, name: str) -> bytes:
        """The bytes of a part. Raises `UnreadableDocument`."""
        try:
            if self.archive.getinfo(name).file_size > MAX_PART:
                raise UnreadableDocument(
                    f"{name} would unpack to more than {MAX_PART >> 20} MB; split the file"
                )
            data = self.archive.read(name)
        except KeyError as error:
            raise UnreadableDocument(
                f"a damaged file ({name} is missing); open it and save it anew"
            ) from error
        except _UNPACKING as error:
            raise _does_not_unpack(name) from error
        if b"<!DOCTYPE" in data or _declares(data[:_HEAD]):
            raise _has_declaration(name)
        return data

    def refuse_declaration(self, name: str) -> None:
        """Raise `UnreadableDocument` where a part has a document type, for a parser not ours."""
        try:
            with self.archive.open(name) as member:
                head = member.read(_HEAD)
        except _UNPACKING as error:
            raise _does_not_unpack(name) from error
        if _declares(head):
            raise _has_declaration(name)

    def parts(self) -> list[str]:
        """The names of all parts."""
        return self.archive.namelist()

    def metadata(self) -> Metadata:
        """Title and date from the file's properties.

        The date is that of the last change: the date of making is often a template's.
        """
        if _CORE not in self.parts():
            return Metadata()
        try:
            root = self.parse(_CORE)
        except UnreadableDocument:
            return Metadata()
        found: dict[str, str] = {}
        for element in root.iter("{*}title", "{*}modified", "{*}created"):
            found.setdefault(element.tag.rpartition("}")[2], (element.text or "").strip())
        date = found.get("modified") or found.get("created") or ""
        known = date and not date.startswith(_TEMPLATE_DATE)
        return Metadata(found.get("title") or None, None, date[:10] if known else None)


def open_office(data: bytes, what: str) -> OfficeFile:
    """The file in `data`; `what` names its kind in messages. Raises `UnreadableDocument`."""
    if data.startswith(_ENCRYPTED):
        raise UnreadableDocument(
            f"it is encrypted, or of an old format; save it as {what} without a password"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDocument(f"not a {what} file, or a damaged one; save it anew") from error
    if len(members) > MAX_MEMBERS:
        raise UnreadableDocument(f"{len(members):,} files in it, expected at most {MAX_MEMBERS:,}")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise UnreadableDocument(
            f"it would unpack to more than {MAX_UNPACKED >> 20} MB; take the pictures out"
        )
    return OfficeFile(archive)


def local(element: Any) -> str:
    """An element's name without its namespace: transitional and strict files differ in that.

    Comments and processing instructions have none.
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """The value of an attribute, whatever its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def children(element: Any, name: str) -> Iterator[Any]:
    """The children called `name`, whatever their namespace."""
    return (child for child in element if local(child) == name)


def _declares(head: bytes) -> bool:
    """Whether a part that begins with `head` has a document type; UTF-16 has NULs in it."""
    return b"<!DOCTYPE" in head.replace(b"\0", b"")


def _has_declaration(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"{name} declares a document type, which the format forbids; it is not read"
    )


def _does_not_unpack(name: str) -> UnreadableDocument:
    return UnreadableDocument(f"a damaged file ({name} does not unpack); open it and save it anew")
