"""Zip archives and gzip files → the documents of what they hold.

A member is read as a file of its name would be, and is named behind the archive:
`reports.zip/2021/harbour.pdf`. An archive within an archive is not opened. An archive is hostile
until read: its names lead nowhere, and what it unpacks to is limited before it is unpacked, so that
a bomb costs no more than a large file.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from index import readers
from index.documents import MAX_FILE_BYTES, Metadata, make_document
from index.errors import UnreadableDocument
from index.readers import DEFAULT, SUFFIXES, ReadOptions
from index.records import Document, Skipped

#: Members of an archive, and entries of its table, for each of which `zipfile` takes 1 KB.
MAX_MEMBERS = 10_000
MAX_ENTRIES = 50_000
#: Bytes that all members of an archive may unpack to.
MAX_UNPACKED = 512 * 1024 * 1024
#: How many times as long as its packed form a member may be, if it is longer than a megabyte, and
#: all of an archive, if they are longer than one file may be. Text packs to a fifth, repetitive
#: tables to a fiftieth, bombs to a thousandth.
MAX_RATIO = 200
MAX_WHOLE_RATIO = 50
_FREE = 1024 * 1024
#: A longer name is cut in the reports, and its member not read.
MAX_NAME = 300

_ENTRY = b"PK\x01\x02"
_CHUNK = 16 * 1024
_ENCRYPTED = 0x1
_UTF8 = 0x800
#: Control codes, marks of the writing direction, and what stands for bytes that are no text.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_DRIVE = re.compile(r"[A-Za-z]:")

Items = Iterator[Document | Skipped]


def read(file_id: str, data: bytes, options: ReadOptions = DEFAULT) -> Items:
    """The documents of every member that can be read; the others are skipped with the reason.

    Raises `UnreadableDocument` when the archive as a whole is damaged, too large or a bomb.
    """
    if file_id.lower().endswith(".gz"):
        return _read_gzip(file_id, data, options)
    return _read_zip(file_id, data, options)


def _read_gzip(file_id: str, data: bytes, options: ReadOptions) -> Items:
    inner = file_id[: -len(".gz")]
    _check_format(inner)
    for item in readers.read(inner, _gunzip(data), options):
        yield _renamed(item, inner, file_id)


def _check_format(name: str) -> None:
    """Raises `UnreadableDocument` for the name of a file that is not read out of an archive."""
    suffix = PurePosixPath(name).suffix.lower()
    module = SUFFIXES.get(suffix)
    if module == "archives" or suffix in readers.PACKED:
        raise UnreadableDocument("an archive within an archive; unpack it")
    if module is None:
        raise UnreadableDocument(f"no reader for {suffix or 'no suffix'} in an archive")


def _renamed(item: Document | Skipped, inner: str, file_id: str) -> Document | Skipped:
    """What was read of `data.csv` as of `data.csv.gz`: `data.csv#4` → `data.csv.gz#4`."""
    if isinstance(item, Skipped):
        return Skipped(file_id + item.path.removeprefix(inner), item.reason)
    source = None if item.source == item.id else item.source
    return make_document(
        file_id + item.id.removeprefix(inner),
        item.text,
        Metadata(item.title, source, item.published),
        item.locators,
    )


def _gunzip(data: bytes) -> bytes:
    """`data` unpacked, whatever number of parts it has. Raises `UnreadableDocument`."""
    # Not GzipFile: it reads a name in the header byte by byte, and empty parts without end.
    out = bytearray()
    parts = 1
    part = zlib.decompressobj(wbits=31)
    for start in range(0, len(data), _CHUNK):
        piece = data[start : start + _CHUNK]
        while piece:
            if part.eof:
                piece = piece.lstrip(b"\0")  # padding between parts, as on tapes
                parts += 1
                if not piece:
                    break
                part = zlib.decompressobj(wbits=31)
            try:
                out += part.decompress(piece, MAX_FILE_BYTES + 1 - len(out))
            except zlib.error as error:
                raise UnreadableDocument("a damaged gzip file") from error
            if len(out) > MAX_FILE_BYTES or parts > MAX_MEMBERS:
                size = f"{MAX_FILE_BYTES // 2**20} MB in {MAX_MEMBERS:,} parts"
                raise UnreadableDocument(f"unpacks to more than {size}; unpack and split it")
            piece = part.unused_data if part.eof else part.unconsumed_tail
    if not part.eof:
        raise UnreadableDocument("a gzip file that ends early")
    return bytes(out)


def _read_zip(file_id: str, data: bytes, options: ReadOptions) -> Items:
    with _opened(data) as archive:
        members = [each for each in archive.infolist() if not _is_hidden(each)]
        if not members:
            raise UnreadableDocument("an archive without files")
        taken: dict[str, int] = {}
        left = min(MAX_UNPACKED, max(MAX_FILE_BYTES, MAX_WHOLE_RATIO * len(data)))
        for member in members:
            name = _unique(_safe(_name(member)), taken)
            inner = f"{file_id}/{name[:MAX_NAME]}"
            try:
                _check_member(name, member, left)
                left -= member.file_size
                unpacked = _unpacked(archive, member)
                yield from readers.read(inner, unpacked, options)
            except UnreadableDocument as error:
                yield Skipped(inner, str(error))


def _opened(data: bytes) -> zipfile.ZipFile:
    """The archive in `data`. Raises `UnreadableDocument`."""
    # Every entry of the table begins with this, so it is known before any is held in memory.
    entries = data.count(_ENTRY)
    if entries > MAX_ENTRIES:
        raise UnreadableDocument(f"more than {MAX_ENTRIES:,} entries; unpack it")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise UnreadableDocument("a damaged zip archive, or none") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise UnreadableDocument(f"{len(members):,} files, expected at most {MAX_MEMBERS:,}")
    if sum(member.compress_size for member in members) > len(data):
        raise UnreadableDocument("its entries overlap, as in a zip bomb")
    return archive


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    """Folders, and what a walk leaves out without a word; macOS adds `__MACOSX`."""
    parts = member.filename.replace("\\", "/").split("/")
    named = (part for part in parts if part not in {"", ".", ".."})
    # not is_dir(), which fails on a name without characters
    return member.filename.endswith("/") or any(
        part.startswith(".") or part == "__MACOSX" for part in named
    )


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name. Without the mark for UTF-8 it is often UTF-8 all the same."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode()
    except UnicodeError:
        return member.filename


def _safe(name: str) -> str:
    """A name that stays below the archive and has no control codes: `/../a/b.md` → `a/b.md`."""
    parts = _UNSAFE.sub("\ufffd", name).replace("\\", "/").split("/")
    kept = [part for part in parts if part.strip() not in {"", ".", ".."}]
    if len(kept) > 1 and _DRIVE.fullmatch(kept[0]):
        del kept[0]
    return "/".join(kept) or "unnamed"


def _unique(name: str, taken: dict[str, int]) -> str:
    """`name`, with a number behind its stem where an earlier member has it: `a-2.md`.

    `taken` holds the names so far, with the last number of each.
    """
    path, unique = PurePosixPath(name), name
    while unique in taken:
        taken[name] += 1
        unique = str(path.with_name(f"{path.stem}-{taken[name]}{path.suffix}"))
    taken[unique] = 1
    return unique


def _check_member(name: str, member: zipfile.ZipInfo, left: int) -> None:
    """Raises `UnreadableDocument` for a member that is not to be unpacked."""
    if len(name) > MAX_NAME:
        raise UnreadableDocument(f"a name of {len(name):,} characters, expected at most {MAX_NAME}")
    _check_format(name)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableDocument("a symbolic link")
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableDocument("encrypted; unpack it with its password")
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        # The other methods unpack a few bytes to gigabytes in one step.
        raise UnreadableDocument("packed in an unusual way; unpack it")
    size = member.file_size
    if size > MAX_FILE_BYTES:
        raise UnreadableDocument(
            f"{size / 2**20:.0f} MB, expected at most {MAX_FILE_BYTES // 2**20} MB"
        )
    if size > max(_FREE, MAX_RATIO * member.compress_size):
        raise UnreadableDocument(f"packed to less than 1/{MAX_RATIO}, as in a zip bomb")
    if size > left:
        raise UnreadableDocument("the archive unpacks to too much, as a zip bomb does; unpack it")


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member's bytes, no more than it claims to have. Raises `UnreadableDocument`."""
    try:
        with archive.open(member) as packed:
            unpacked = packed.read(member.file_size + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise UnreadableDocument("damaged in the archive") from error
    if len(unpacked) != member.file_size:
        raise UnreadableDocument("damaged in the archive")
    return unpacked
