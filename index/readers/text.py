"""Plain text, and transcripts in it: lines that begin with the time at which they are said.

Title and day are those of the first lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from index.documents import Metadata, make_document
from index.readers.cues import Cue, Line, run_together
from index.readers.decode import decode
from index.readers.firstlines import date_line, title_line
from index.readers.mojibake import repair
from index.records import Document, Locator, Skipped

#: Times that rise make a transcript from so many on, when this share of the lines begins with one.
_MIN_TIMES = 3
_MIN_SHARE = 0.2

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,]\d{1,3})?"
#: `[12:31]`, `(1:02:03)`, `[00:00.000 --> 00:04.000]`, or bare with hours, minutes and seconds: a
#: bare `09:00` may be the hour at which something happened, and is left where it is.
_TIME = re.compile(
    rf"[ \t]*(?:[\[(]{_CLOCK}(?:[ \t]*-{{1,2}}>?[ \t]*[\d:.,]{{4,12}})?[\])]"
    r"|(\d{1,3}):(\d{2}):(\d{2})(?:[.,]\d{1,3})?(?=\s))[ \t]*"
)


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """One document; the times of a transcript leave its text and become locators.

    Raises `UnreadableDocument`.
    """
    text = repair(decode(data))
    found = _transcript(text)
    locators: Sequence[Locator] = ()
    title, date = title_line(text) or stem(file_id), date_line(text)
    if found:
        before, cues = found
        spoken, times = run_together(cues, turns=True)
        begin = f"{before}\n\n" if before else ""
        text = begin + spoken
        locators = [
            Locator(len(begin) + each.start, len(begin) + each.end, each.label) for each in times
        ]
        title = (title_line(begin) if before else None) or stem(file_id)
        date = date_line(begin)
    yield make_document(file_id, text, Metadata(title, None, date), locators)


def stem(file_id: str) -> str:
    """The file's name without folder and suffix."""
    return PurePosixPath(file_id).stem


def _transcript(text: str) -> tuple[str, list[Cue]] | None:
    """What stands before the first time, and the cues; None when `text` is no transcript."""
    lines = text.split("\n")
    times = [
        (number, _seconds(match), match.end())
        for number, line in enumerate(lines)
        if (match := _TIME.match(line))
    ]
    filled = sum(1 for line in lines if line.strip())
    if len(times) < max(_MIN_TIMES, _MIN_SHARE * filled):
        return None
    if any(one > other for (_, one, _), (_, other, _) in pairwise(times)):
        return None
    ends = [number for number, _, _ in times[1:]] + [len(lines)]
    cues = [
        Cue(seconds, seconds, _said([lines[number][behind:], *lines[number + 1 : end]]))
        for (number, seconds, behind), end in zip(times, ends, strict=True)
    ]
    return "\n".join(lines[: times[0][0]]).strip(), cues


def _seconds(match: re.Match[str]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    if match.group(4):
        hours, minutes, seconds = (int(part) for part in match.groups()[3:])
    return hours * 3600 + minutes * 60 + seconds


def _said(lines: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(line.strip()) for line in lines if line.strip())
