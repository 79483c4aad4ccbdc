"""Damaged files of every format: each is read or skipped with a reason, in bounded time and memory.

    python -m benchmarks.fuzz [--files 2000] [--seed 0] [--keep DIR]

Small samples, built here, are mutated: bytes flipped, ends cut off, stretches repeated or replaced
by those of other samples, numbers made huge, what is packed edited and packed again. Fails when an
exception other than `UnreadableDocument` comes out, when a file takes more than 10 s twice, or when
this process or one of its workers ever held 1 GB. `killed` counts files whose worker had to be
ended or ended itself; those are skipped with a reason, too. `--keep` writes such files to DIR.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import re
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from index import Document, UnreadableDocument, readers
from tests.index.readers.samples import column, docx, paragraph, pdf, table, zipped

#: Seconds and bytes that a file may take.
MAX_SECONDS = 10.0
MAX_MEMORY = 1024**3
#: No mutated file is larger, in bytes.
MAX_SIZE = 1 << 20

_PROSE = [
    "The harbour of Ostrel handled 2,500 tonnes of grain in the spring of 2021.",
    "“It was a consid-",
    "erable year,” harbour master Ida Roe said.",
    "",
    "The council of Velm wants a second quay; Café Zoë stays.",
]
_TABLE = [
    ["Region", "Exports 2020", "Exports 2021"],
    ["North", "2,400", "2,500"],
    ["South", "", "3"],
]
_CUES = (
    "1\n00:00:01,000 --> 00:00:04,000\nThe quay grew.\n\n"
    "2\n00:00:05,000 --> 00:00:09,000\nIt did.\n"
)
_HUGE = [b"0", b"-1", b"65536", b"2147483647", b"99999999999999999999", b"1e308"]
_TOKENS = [
    b"\0", b"\xff\xfe", b'"', b"<", b"&#x0;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\r", b"(", b"[",
    b"{", b"---\n", b">>", b"\xed\xa0\x80", b"\x1b[31m", b"\n\n", b"# ", b"<div>", b"</",
]  # fmt: skip
_KILLED = ("its reader crashed", "reading it took", "what its reader said")


def samples() -> dict[str, bytes]:
    """Name → a small, sound file, for every suffix that is read."""
    text = "\n".join(_PROSE)
    rows = "".join(json.dumps({"id": n, "text": line, "date": "2021"}) + "\n"
                   for n, line in enumerate(_PROSE) if line)  # fmt: skip
    html = (
        "<!doctype html><html><head><title>Quay</title><meta charset='utf-8'><meta "
        "property='article:published_time' content='2021-03-04'></head><body><nav><a href='/'>Home"
        f"</a></nav><article><h1>Quay</h1><p>{'</p><p>'.join(_PROSE)}</p><table><tr><td>North</td>"
        "<td>3</td></tr></table></article></body></html>"
    )
    cells = "\n".join(",".join(f'"{cell}"' for cell in row) for row in _TABLE)
    made = {
        "a.txt": text,
        "a.md": f"---\ntitle: Quay\ndate: 2021-03-04\n---\n# Quay\n\n{text}\n\n- one\n- two\n",
        "a.html": html,
        "a.jsonl": rows,
        "a.csv": f'id,title,text\n1,Quay,"{_PROSE[0]}"\n2,Fish,It was dear.\n',
        "table.csv": cells,
        "a.tsv": cells.replace(",", "\t"),
        "a.srt": _CUES,
        "a.vtt": "WEBVTT\n\n" + _CUES.replace(",000", ".000"),
    }
    body = paragraph("Quay", "Title") + "".join(map(paragraph, _PROSE)) + table(_TABLE)
    info = {"Title": "Harvest bulletin", "CreationDate": "D:20210304"}
    found = {name: content.encode() for name, content in made.items()} | {
        "a.pdf": pdf([[*column(_PROSE), (290, 30, str(n + 1), 9)] for n in range(3)], info),
        "a.docx": docx(body, "Harvest bulletin", "2021-03-04T10:00:00Z"),
        "a.xlsx": _book(),
        "a.txt.gz": gzip.compress(text.encode(), mtime=0),
        "a.zip": zipped({"b/a.txt": text, "a.html": html, "a.csv": cells}),
    }
    return {name: data for name, data in found.items() if Path(name).suffix in readers.SUFFIXES}


def _book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in _TABLE:
        sheet.append(row)
    sheet.append(["East", 1234.5, 0.25])
    sheet["C4"].number_format = "0.0%"
    sheet.merge_cells("A2:A3")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


Mutation = Callable[[random.Random, bytearray, Sequence[bytes]], None]


def _flip(source: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    for _round in range(source.choice([1, 4, 32])):
        data[source.randrange(len(data))] ^= 1 << source.randrange(8)


def _truncate(source: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    del data[source.randrange(len(data)) :]


def _cut_out(source: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    start = source.randrange(len(data))
    del data[start : start + source.choice([1, 16, 256])]


def _splice(source: random.Random, data: bytearray, others: Sequence[bytes]) -> None:
    other = source.choice(others)
    start, place = source.randrange(len(other)), source.randrange(len(data))
    length = source.choice([4, 64, 1024])
    data[place : place + source.choice([0, length])] = other[start : start + length]


def _repeat(source: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    start = source.randrange(len(data))
    piece = bytes(data[start : start + source.choice([1, 8, 64, 512])])
    times = source.choice([2, 50, 5000])
    data[start:start] = piece * min(times, MAX_SIZE // len(piece))


def _token(source: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    place = source.randrange(len(data))
    token = source.choice(_TOKENS)
    data[place:place] = token * source.choice([1, 3, 20_000])


def _number(source: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    numbers = list(re.finditer(rb"\d+", data))
    if numbers:
        match = source.choice(numbers)
        data[match.start() : match.end()] = source.choice(_HUGE)


_MUTATIONS: list[Mutation] = [
    _flip,
    _truncate,
    _cut_out,
    _splice,
    _repeat,
    _token,
    _number,
    _number,
]


def mutate(source: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """`data` after one to three mutations; half of what is packed is edited inside."""
    if data.startswith(b"\x1f\x8b") and source.random() < 0.5:
        return gzip.compress(mutate(source, gzip.decompress(data), others), mtime=0)
    if zipfile.is_zipfile(io.BytesIO(data)) and source.random() < 0.5:
        return _edited(source, data, others)
    mutated = bytearray(data)
    for _ in range(source.choice([1, 1, 2, 3])):
        if mutated:
            source.choice(_MUTATIONS)(source, mutated, others)
    return bytes(mutated[:MAX_SIZE])


def _edited(source: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A zip file with one of its members mutated, missing, or under another's name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = source.choice(sorted(members))
    what = source.random()
    if what < 0.8:
        members[name] = mutate(source, members[name] or b"x", others)
    elif what < 0.9:
        del members[name]
    else:
        members[source.choice(sorted(members))] = members[name]
    return zipped(dict(members))


@dataclass
class Tally:
    """What became of the files of one format; times in seconds."""

    files: int = 0
    read: int = 0
    skipped: int = 0
    killed: int = 0
    slowest: float = 0.0


@dataclass
class Outcome:
    """What became of all files. `failures` says in one line each what must not happen."""

    formats: dict[str, Tally] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def run(files: int, seed: int, keep: Path | None = None) -> Outcome:
    """Read `files` mutated files, the same ones for one seed."""
    source = random.Random(seed)
    sound = samples()
    outcome = Outcome({name: Tally() for name in sound})
    others = list(sound.values())
    for number in range(files):
        name = list(sound)[number % len(sound)]
        data = mutate(source, sound[name], others)
        problem, kind, seconds = _timed(name, data)
        if seconds > MAX_SECONDS:  # the machine may have been busy with other things
            problem, kind, seconds = min(_timed(name, data), (problem, kind, seconds), key=_seconds)
        tally = outcome.formats[name]
        tally.files += 1
        tally.slowest = max(tally.slowest, seconds)
        setattr(tally, kind, getattr(tally, kind) + 1)
        if seconds > MAX_SECONDS:
            problem = f"took {seconds:.1f} s"
        if problem:
            outcome.failures.append(f"file {number} ({name}): {problem}")
        if keep and (problem or kind == "killed"):
            (keep / f"{number}-{name}").write_bytes(data)
    readers.close()
    return outcome


def _timed(name: str, data: bytes) -> tuple[str, str, float]:
    """As `_outcome`, and the seconds it took."""
    begin = time.perf_counter()
    problem, kind = _outcome(name, data)
    return problem, kind, time.perf_counter() - begin


def _seconds(timed: tuple[str, str, float]) -> float:
    return timed[2]


def _outcome(name: str, data: bytes) -> tuple[str, str]:
    """What must not happen, or nothing, and which count of a tally goes up."""
    try:
        found = list(readers.read(name, data))
    except UnreadableDocument as error:
        reason = str(error)
        if not reason or "\n" in reason:
            return f"the reason {reason!r}", "skipped"
        return "", "killed" if reason.startswith(_KILLED) else "skipped"
    except Exception as error:  # that there is none is what is measured
        return f"{type(error).__name__}: {error}", "skipped"
    documents = [item for item in found if isinstance(item, Document)]
    if not found:
        return "neither read nor skipped", "skipped"
    for document in documents:
        places = [offset for each in document.locators for offset in (each.start, each.end)]
        if places != sorted(places) or (places and places[-1] > len(document.text)):
            return f"locators out of order in {document.id!r}", "read"
    return "", "read" if documents else "skipped"


def peak_memory() -> dict[str, int]:
    """The most bytes that this process, and that any worker that has ended, ever held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        who: resource.getrusage(which).ru_maxrss * unit
        for who, which in [("here", resource.RUSAGE_SELF), ("worker", resource.RUSAGE_CHILDREN)]
    }


def main() -> int:
    """Print a line per format; 1 when something happened that must not."""
    parser = argparse.ArgumentParser(description="read damaged files of every format")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="a folder for files that killed or failed")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    outcome = run(options.files, options.seed, options.keep)
    print(f"{'format':<10} {'files':>6} {'read':>6} {'skipped':>8} {'killed':>7} {'slowest':>8}")
    for name, tally in outcome.formats.items():
        print(
            f"{name:<10} {tally.files:>6} {tally.read:>6} {tally.skipped:>8} {tally.killed:>7} "
            f"{tally.slowest:>7.2f}s"
        )
    peaks = peak_memory()
    print(f"peak memory: {peaks['here'] >> 20} MB here, {peaks['worker'] >> 20} MB in a worker")
    failures = outcome.failures + [
        f"{who} held {peak >> 20} MB" for who, peak in peaks.items() if peak > MAX_MEMORY
    ]
    for failure in failures[:20]:
        print(f"FAILED {failure}")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
