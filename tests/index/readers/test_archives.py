from __future__ import annotations

import gzip
import io
import stat
import struct
import time
import tracemalloc
import warnings
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Document, Skipped, UnreadableDocument
from index.readers import ReadOptions, archives
from tests.index.readers.common import items, one
from tests.index.readers.samples import column, pdf, zipped


def documents(data: bytes, name: str = "a.zip") -> dict[str, str]:
    """Id → text."""
    return {each.id: each.text for each in items(name, data) if isinstance(each, Document)}


def skipped(data: bytes, name: str = "a.zip") -> dict[str, str]:
    """Path → reason."""
    return {each.path: each.reason for each in items(name, data) if isinstance(each, Skipped)}


def test_members_are_read_as_files_of_their_names() -> None:
    data = zipped(
        {
            "2021/harbour.md": "---\ntitle: Harbour\ndate: 2021-03-04\n---\nIt grew.",
            "rows.csv": "id,text\nx,One.\ny,Two.\n",
            "paper.pdf": pdf([column(["The quay was built in 1990."])]),
            "talk.srt": "1\n00:00:01,000 --> 00:00:02,000\nHello.\n",
        }
    )
    assert documents(data, "in/reports.zip") == {
        "in/reports.zip/2021/harbour.md": "It grew.",
        "in/reports.zip/rows.csv#x": "One.",
        "in/reports.zip/rows.csv#y": "Two.",
        "in/reports.zip/paper.pdf": "The quay was built in 1990.",
        "in/reports.zip/talk.srt": "Hello.",
    }
    assert skipped(data) == {}
    harbour = next(each for each in items("a.zip", data) if isinstance(each, Document))
    assert (harbour.title, harbour.source) == ("Harbour", "a.zip/2021/harbour.md")
    assert harbour.published == "2021-03-04"


def test_columns_are_mapped_in_archives_too() -> None:
    data, options = b"nr,body\nx,One.\n", ReadOptions((("id", "nr"), ("text", "body")))
    assert one("a.zip", zipped({"r.csv": data}), options).id == "a.zip/r.csv#x"
    assert one("r.csv.gz", gzip.compress(data, mtime=0), options).id == "r.csv.gz#x"


def test_a_gzip_file_is_what_its_name_says() -> None:
    data = gzip.compress(b"id,text,source\nx,One.,\ny,,\nz,Two.,https://a.example\n", mtime=0)
    found = items("data/a.csv.gz", data)
    one, two = (each for each in found if isinstance(each, Document))
    assert (one.id, one.source, one.title) == ("data/a.csv.gz#x", "data/a.csv.gz#x", "a")
    assert (two.id, two.source) == ("data/a.csv.gz#z", "https://a.example")
    assert [each for each in found if isinstance(each, Skipped)] == [
        Skipped("data/a.csv.gz", "row 2: no text")
    ]


def test_locators_survive_gzip() -> None:
    data = gzip.compress(b"1\n00:00:01,000 --> 00:00:02,000\nHello.\n", mtime=0)
    document = one("a.srt.gz", data)
    assert [each.label for each in document.locators] == ["00:00:01"]
    assert document.content_hash == one("a.srt.gz", data).content_hash


def test_gzip_files_of_several_parts_and_padding() -> None:
    parts = (
        gzip.compress(b"One. ", mtime=0)
        + gzip.compress(b"", mtime=0)
        + b"\0" * 9
        + gzip.compress(b"Two.", mtime=0)
    )
    assert one("a.txt.gz", parts + b"\0" * 20_000).text == "One. Two."


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt.gz", b"", "a gzip file that ends early"),
        ("a.txt.gz", b"no gzip", "a damaged gzip file"),
        ("a.txt.gz", gzip.compress(b"One.", mtime=0)[:-3], "a gzip file that ends early"),
        ("a.txt.gz", gzip.compress(b"One.", mtime=0)[:-8] + bytes(8), "a damaged gzip file"),
        ("a.txt.gz", gzip.compress(b"One.", mtime=0) + b"more", "a damaged gzip file"),
        ("a.tar.gz", gzip.compress(b"One.", mtime=0), "an archive within an archive; unpack it"),
        ("a.zip.gz", gzip.compress(b"One.", mtime=0), "an archive within an archive; unpack it"),
        ("a.png.gz", gzip.compress(b"One.", mtime=0), "no reader for .png in an archive"),
        ("a.gz", gzip.compress(b"One.", mtime=0), "no reader for no suffix in an archive"),
        ("a.zip", b"", "a damaged zip archive, or none"),
        ("a.zip", b"PK\x03\x04 no zip", "a damaged zip archive, or none"),
        ("a.zip", zipped({}), "an archive without files"),
        ("a.zip", zipped({"__MACOSX/a.txt": "x", ".b.txt": "x"}), "an archive without files"),
    ],
)
def test_what_is_of_no_use_as_a_whole(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        items(name, data)
    assert str(caught.value) == reason


def named(*names: str) -> bytes:
    """A zip file with members of these names, each holding its number."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")  # names that are there twice
        for number, name in enumerate(names):
            archive.writestr(zipfile.ZipInfo(name), f"No. {number}")
    return file.getvalue()


def test_names_lead_nowhere_and_are_unique() -> None:
    names = [
        "../../etc/a.txt",
        "/etc/a.txt",
        "C:\\etc\\a.txt",
        "etc/a.txt",
        "etc//./b.txt",
        "c\x1b[31m\u202e.txt",
        "n\nl.txt",
        "..",
        "folder/",
        "d/.hidden/a.txt",
    ]
    found = documents(named(*names))
    assert found == {
        "a.zip/etc/a.txt": "No. 0",
        "a.zip/etc/a-2.txt": "No. 1",
        "a.zip/etc/a-3.txt": "No. 2",
        "a.zip/etc/a-4.txt": "No. 3",
        "a.zip/etc/b.txt": "No. 4",
        "a.zip/c\ufffd[31m\ufffd.txt": "No. 5",
        "a.zip/n\ufffdl.txt": "No. 6",
    }
    assert skipped(named(*names)) == {"a.zip/unnamed": "no reader for no suffix in an archive"}


def test_numbers_that_are_taken_are_passed_over() -> None:
    assert list(documents(named("a-2.txt", "a.txt", "a.txt", "a.txt"))) == [
        "a.zip/a-2.txt",
        "a.zip/a.txt",
        "a.zip/a-3.txt",
        "a.zip/a-4.txt",
    ]


def test_many_members_of_one_name_take_little_time() -> None:
    begin = time.process_time()
    assert len(skipped(named(*["a.png"] * 5000))) == 5000
    assert time.process_time() - begin < 5


def test_names_in_utf8_without_the_mark_for_it() -> None:
    data = named("grøn.txt")
    unmarked = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        flags = struct.unpack_from("<H", data, at)[0]
        struct.pack_into("<H", unmarked, at, flags & ~0x800)
    assert list(documents(bytes(unmarked))) == ["a.zip/grøn.txt"]


def member(data: bytes, **changes: int) -> bytes:
    """`data`, a zip file of one member, with fields of its headers changed."""
    at = {
        "flags": ((6, "<H"), (8, "<H")),
        "method": ((8, "<H"), (10, "<H")),
        "crc": ((14, "<I"), (16, "<I")),
        "size": ((22, "<I"), (24, "<I")),
    }
    changed = bytearray(data)
    starts = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    for field, value in changes.items():
        for start, (offset, form) in zip(starts, at[field], strict=True):
            struct.pack_into(form, changed, start + offset, value)
    return bytes(changed)


def link() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return file.getvalue()


ZEROS = zipped({"a.txt": bytes(3_000_000)})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (member(zipped({"a.txt": "One."}), flags=1), "encrypted; unpack it with its password"),
        (member(zipped({"a.txt": "One."}), crc=7), "damaged in the archive"),
        (member(zipped({"a.txt": "One."}), method=12), "packed in an unusual way; unpack it"),
        (member(zipped({"a.txt": "One."}), method=99), "packed in an unusual way; unpack it"),
        (member(zipped({"a.txt": "One."}), size=9), "damaged in the archive"),
        (member(zipped({"a.txt": "One. " * 99}), size=9), "damaged in the archive"),
        (member(ZEROS, size=70 * 2**20), "70 MB, expected at most 64 MB"),
        (ZEROS, "packed to less than 1/200, as in a zip bomb"),
        (link(), "a symbolic link"),
        (zipped({"a.txt": b""}), "no text"),
    ],
)
def test_a_member_of_no_use_is_reported_and_the_rest_is_read(data: bytes, reason: str) -> None:
    assert skipped(data) == {"a.zip/a.txt": reason}


def test_archives_within_archives_are_reported() -> None:
    inner = zipped({"b.txt": "Two."})
    data = zipped({"c.txt": "One.", "a.zip": inner, "a.TAR": b"", "a.csv.gz": b"", "x" * 400: b""})
    assert documents(data) == {"a.zip/c.txt": "One."}
    reason = "an archive within an archive; unpack it"
    reasons = skipped(data)
    assert reasons.pop(f"a.zip/{'x' * archives.MAX_NAME}").startswith("a name of 400 characters")
    assert reasons == dict.fromkeys(("a.zip/a.zip", "a.zip/a.TAR", "a.zip/a.csv.gz"), reason)


def test_the_whole_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"a.txt": "One. " * 100, "b.txt": "Two. " * 100})
    monkeypatch.setattr(archives, "MAX_UNPACKED", 900)
    assert list(documents(data)) == ["a.zip/a.txt"]
    reason = "the archive unpacks to too much, as a zip bomb does; unpack it"
    assert skipped(data) == {"a.zip/b.txt": reason}
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    with pytest.raises(UnreadableDocument, match="2 files, expected at most 1"):
        items("a.zip", data)
    monkeypatch.setattr(archives, "MAX_ENTRIES", 1)
    with pytest.raises(UnreadableDocument, match="more than 1 entries"):
        items("a.zip", data)


def overlapping(copies: int) -> bytes:
    """A zip bomb: one megabyte of letters under many names (Fifield 2019, "full overlap")."""
    content = bytes(range(97, 123)) * 40_000
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(content) + packer.flush()
    fields = (0, 8, 0, 0, zlib.crc32(content), len(packed), len(content), 5, 0)
    data = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, *fields) + b"a.txt" + packed
    table = b"".join(
        struct.pack("<4sHHHHHHIIIHH", b"PK\x01\x02", 20, 20, *fields) + bytes(14) + b"%05d" % number
        for number in range(copies)
    )
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, copies, copies, len(table), len(data), 0)
    return data + table + end


def test_a_bomb_of_overlapping_entries_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="its entries overlap"):
        items("a.zip", overlapping(5000))


def test_a_gzip_bomb_costs_what_one_file_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_FILE_BYTES", 1_000_000)
    bomb = gzip.compress(bytes(50_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableDocument, match="unpacks to more than"):
            items("a.txt.gz", bomb)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(b"", mtime=0) * 100_000,  # parts without end
        b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * 2_000_000,  # a name without end
        gzip.compress(b"x", mtime=0) + b"\0" * 2_000_000,
    ],
)
def test_hostile_gzip_files_take_little_time(data: bytes) -> None:
    begin = time.process_time()
    with suppress(UnreadableDocument):
        items("a.txt.gz", data)
    assert time.process_time() - begin < 2


WHOLE = zipped({"a.txt": "One. " * 20, "b/c.csv": "id,text\nx,Two.\n"})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6))
def test_any_damage_is_reported_or_harmless(damage: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, value in damage:
        data[at] = value
    try:
        found = items("a.zip", bytes(data))
    except UnreadableDocument:
        return
    assert all(
        (each.id if isinstance(each, Document) else each.path).startswith("a.zip") for each in found
    )
