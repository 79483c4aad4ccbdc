"""What is said at which time → running text with a locator for each time.

Subtitles and transcripts cut speech where the clock says so. Here it becomes prose again, so that
sentences go across cues, and each stretch keeps the time at which it is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.errors import UnreadableDocument
from index.records import Locator

#: More are refused: 200,000 cues are 100 hours of speech, and cost 100 MB.
MAX_CUES = 200_000
#: Captions roll when so many cues, and this share of them, begin with words that are still shown.
_ROLLING = 3
_ROLLING_SHARE = 0.3
#: A cue that repeats another at once is shown twice, not said twice, from this many words on.
_REPEATED = 3
#: Seconds between two cues that are shown without a break.
_AT_ONCE = 0.15
#: Words of a cue that are compared with the cue before.
_COMPARED = 40

#: Another speaker begins: `- Who?`, `>> Good evening.`
_TURN = re.compile(r"\s*(?:[-–—]\s?(?=[^\s\d-])|>>+\s*)")
_LABELLED = re.compile(r"[A-Z][^:.!?\n]{0,40}:\s")
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cue; `speaker` where the file names one."""

    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines shown from `start` to `end`, in seconds."""

    start: float
    end: float
    lines: tuple[Line, ...]

    @property
    def words(self) -> list[str]:
        """The words of all its lines."""
        return [word for line in self.lines for word in line.text.split()]


def run_together(cues: Iterable[Cue], *, turns: bool) -> tuple[str, tuple[Locator, ...]]:
    """The text of `cues`, in order, and where each begins in it.

    A speaker is named, `Name: `, where another one begins. A speaker, a dash or `>>` begins a new
    line; so does, with `turns`, what follows the end of a sentence. All else is joined by spaces.
    What rolling captions repeat is there once. Raises `UnreadableDocument` beyond `MAX_CUES`.
    """
    shown: list[Cue] = []
    for cue in cues:
        if len(shown) == MAX_CUES:
            raise UnreadableDocument(f"more than {MAX_CUES:,} cues; split it")
        shown.append(cue)
    speech = _Speech(turns=turns)
    for cue in _said(shown):
        speech.add(cue)
    return speech.finish()


def clock(seconds: float) -> str:
    """`751.9` → `00:12:31`: cut, not rounded, so that playback begins before the word."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


class _Speech:
    """A text that grows by cues."""

    def __init__(self, *, turns: bool) -> None:
        self._turns = turns
        self._parts: list[str] = []
        self._begins: list[tuple[int, str]] = []
        self._length = 0
        self._speaker = ""

    def add(self, cue: Cue) -> None:
        label = clock(cue.start)
        for line in cue.lines:
            turn = _TURN.match(line.text)
            text = (line.text[turn.end() :] if turn else line.text).strip()
            if text:
                self._append(Line(text, line.speaker), label, turned=turn is not None)

    def _append(self, line: Line, label: str, *, turned: bool) -> None:
        turned = turned or line.speaker != self._speaker
        text = f"{line.speaker}: {line.text}" if line.speaker and turned else line.text
        if self._parts:
            signs = (self._turns, _LABELLED.match(text), _ENDED.search(self._parts[-1]))
            between = "\n" if turned or sum(map(bool, signs)) > 1 else " "
            self._parts.append(between)
            self._length += len(between)
        if not self._begins or self._begins[-1][1] != label:
            self._begins.append((self._length, label))
        self._parts.append(text)
        self._length += len(text)
        self._speaker = line.speaker

    def finish(self) -> tuple[str, tuple[Locator, ...]]:
        """The text, and locators without gaps between them."""
        begins = [*self._begins, (self._length, "")]
        locators = tuple(
            Locator(start, following, label) for (start, label), (following, _) in pairwise(begins)
        )
        return "".join(self._parts), locators


def _said(cues: Sequence[Cue]) -> Iterator[Cue]:
    """`cues` without the words that the cue before still shows."""
    words = [cue.words for cue in cues]
    repeated = [0] + [
        _overlap(words[number - 1], words[number])
        if cues[number].start - cues[number - 1].end <= _AT_ONCE
        else 0
        for number in range(1, len(cues))
    ]
    rolls = sum(count > 0 for count in repeated) >= max(_ROLLING, _ROLLING_SHARE * len(cues))
    for number, cue in enumerate(cues):
        count = repeated[number]
        again = count >= _REPEATED and words[number] == words[number - 1]
        yield _without(cue, count) if count and (rolls or again) else cue


def _overlap(before: Sequence[str], words: Sequence[str]) -> int:
    """How many words at the end of `before` are those at the beginning of `words`.

    One word alone may be chance, unless it is all there is.
    """
    whole = min(len(before), len(words))
    for count in range(min(whole, _COMPARED), 0, -1):
        if before[-count] == words[0] and list(before[-count:]) == list(words[:count]):
            return count if count > 1 or count == whole else 0
    return 0


def _without(cue: Cue, count: int) -> Cue:
    """`cue` without its first `count` words."""
    lines = []
    for line in cue.lines:
        words = line.text.split()
        if count < len(words):
            lines.append(replace(line, text=" ".join(words[count:])) if count else line)
        count = max(0, count - len(words))
    return replace(cue, lines=tuple(lines))
