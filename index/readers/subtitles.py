"""Subtitles, SubRip (.srt) and WebVTT (.vtt) → running text with the time of each cue.

Our own parser, a line at a time: `srt` has not read 4 KB of digits after a minute, and `webvtt-py`
gives everything in a cue to its first speaker.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from index.documents import Metadata, make_document
from index.errors import UnreadableDocument
from index.readers.cues import Cue, Line, run_together
from index.readers.decode import decode
from index.readers.mojibake import repair
from index.readers.text import stem
from index.records import Document, Skipped

#: A line of a cue that is longer is cut: nobody could read it.
MAX_LINE = 10_000

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*--?>[ \t]*{_TIME}(?=\s|$)")
_NUMBER = re.compile(r"\s*\d{1,7}\s*")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s+([^<>]{1,200})>|</v>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,200}\}|</>|<>")
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm|quot|apos|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
#: Marks of the writing direction, which html.unescape gives for `&lrm;`.
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """One document. Raises `UnreadableDocument`, when there is no cue too."""
    text, locators = run_together(_cues(repair(decode(data)).split("\n")), turns=False)
    if not text:
        raise UnreadableDocument("no subtitles: no line such as 00:01:02,000 --> 00:01:05,000")
    yield make_document(file_id, text, Metadata(stem(file_id)), locators)


def _cues(lines: Sequence[str]) -> Iterator[Cue]:
    """The cues among `lines`, one after the other, however blank lines stand."""
    is_vtt = bool(lines) and lines[0].startswith("WEBVTT")
    timing: re.Match[str] | None = None
    held: list[str] = []
    for line in lines:
        found = _TIMING.match(line)
        if found:
            if timing:
                yield _cue(timing, _shown(held, is_vtt=is_vtt, followed=True))
            timing, held = found, []
        elif timing:
            held.append(line)
    if timing:
        yield _cue(timing, _shown(held, is_vtt=is_vtt, followed=False))


def _shown(lines: list[str], *, is_vtt: bool, followed: bool) -> list[str]:
    """Of the lines up to the next cue those that are shown.

    In WebVTT an empty line ends a cue, and one of spaces does not: rolling captions begin with it.
    SubRip files have empty lines within cues; there the number before the next cue is left out.
    """
    if is_vtt:
        return list(takewhile(len, lines))
    filled = [line for line in lines if line.strip()]
    return filled[:-1] if followed and filled and _NUMBER.fullmatch(filled[-1]) else filled


def _cue(timing: re.Match[str], lines: Sequence[str]) -> Cue:
    numbers = [int(part or 0) for part in timing.groups()]
    start, end = (
        hours * 3600 + minutes * 60 + seconds + parts / 1000
        for hours, minutes, seconds, parts in (numbers[:4], numbers[4:])
    )
    spoken: list[Line] = []
    speaker = ""
    for line in lines:
        # A voice goes on, over lines too, until it is closed or another one begins.
        text, *rest = _VOICE.split(line[:MAX_LINE])
        spoken.append(Line(_plain(text), speaker))
        for name, said in zip(rest[::2], rest[1::2], strict=True):
            speaker = _plain(name or "")
            spoken.append(Line(_plain(said), speaker))
    return Cue(start, end, tuple(line for line in spoken if line.text))


def _plain(text: str) -> str:
    """`text` without markup, its white space single."""
    bare = _ENTITY.sub(lambda match: html.unescape(match.group()), _TAG.sub("", text))
    return " ".join(_DIRECTION.sub("", bare).split())
