"""Rows of cells → sentences: every value with the name of its column before it.

`Region: North; Exports 2021: 2,500 tonnes.` A row of many cells makes several sentences, each of
which begins with the row's first cell, so that a passage never holds values of nobody knows what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from index.documents import MAX_TEXT
from index.records import Locator, Skipped

#: Columns and rows that are read of a table; what is beyond is reported.
MAX_COLUMNS = 500
MAX_ROWS = 100_000
#: Rows in which the header is looked for.
_HEAD = 20
#: Words after which a row's sentence ends and its next begins.
_SENTENCE_WORDS = 60
#: A longer cell is no column's name.
_MAX_NAME = 120

_NUMBER = re.compile(r"[^\w]*\d[\d.,'’ \xa0\u202f]*\s?(?:%|[a-zA-Z€$£]{1,3})?")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?")
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with the text of each cell, blank where there is none.

    `number` is what a spreadsheet calls it, counting from 1.
    """

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was spoken of the cells `first` to `last` (columns from 0) of row `number`."""

    text: str
    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole table: its text, a paragraph for each sentence, and where each row stands in it."""

    text: str
    locators: tuple[Locator, ...]


def speak(rows: Iterable[Row]) -> Iterator[Sentence]:
    """The sentences of a table.

    Rows with a single value above the header are titles and are spoken as they are. The header is
    the first other row, when none of its cells is a number other than a year; where cells of it are
    merged across, the row below belongs to it. Without a header, values are spoken without names.
    """
    stream = iter(rows)
    head = [row for row in islice(stream, _HEAD) if any(row.cells)]
    wide = max((len(row.cells) for row in head), default=0) > 1
    begin = 0
    while begin < len(head) and wide and _is_title(head[begin]):
        yield _plain(head[begin])
        begin += 1
    names: list[str] = []
    if begin + 1 < len(head) and _is_header(head[begin]):
        names = list(head[begin].cells)
        begin += 1
        if _has_merged(names) and begin + 1 < len(head) and _is_header(head[begin]):
            names = _combined(names, head[begin].cells)
            begin += 1
    for row in chain(head[begin:], stream):
        if list(row.cells) == names:
            continue  # the header again, as on every printed page
        if wide and _is_title(row):
            yield _plain(row)
        elif any(row.cells):
            yield from _sentences(row, names)


def collect(
    sentences: Iterable[Sentence], label: Labels, file_id: str
) -> Iterator[Skipped | Sheet]:
    """One `Sheet`, and what was left out of it for its size."""
    parts: list[str] = []
    locators: list[Locator] = []
    length = 0
    for sentence in sentences:
        if length + len(sentence.text) > MAX_TEXT - 100:
            reason = f"{label.of(sentence)} and what follows is left out: too long; split the file"
            yield Skipped(file_id, reason)
            break
        if parts:
            parts.append("\n\n")
            length += 2
        locators.append(Locator(length, length + len(sentence.text), label.of(sentence)))
        parts.append(sentence.text)
        length += len(sentence.text)
    yield Sheet("".join(parts), tuple(locators))


@dataclass(frozen=True, slots=True)
class Labels:
    """How a table's rows are called: `row 5` in a file, `Sheet1!A5:D5` in the sheet of a book."""

    sheet: str | None = None

    def of(self, sentence: Sentence) -> str:
        """The label of a sentence."""
        if self.sheet is None:
            return f"row {sentence.number}"
        name = (
            self.sheet if self.sheet.isidentifier() else "'" + self.sheet.replace("'", "''") + "'"
        )
        first, last = (
            f"{column_letters(column)}{sentence.number}"
            for column in (sentence.first, sentence.last)
        )
        return f"{name}!{first}" if first == last else f"{name}!{first}:{last}"


def column_letters(column: int) -> str:
    """A column's name in a spreadsheet: 0 → `A`, 26 → `AA`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _is_title(row: Row) -> bool:
    """Whether a row of a wider table says one thing only, perhaps in cells that were merged."""
    return len({cell for cell in row.cells if cell}) == 1


def _is_header(row: Row) -> bool:
    named = [cell for cell in row.cells if cell]
    return all(
        len(cell) <= _MAX_NAME and (not _NUMBER.fullmatch(cell) or _YEAR.fullmatch(cell))
        for cell in named
    )


def _has_merged(names: Sequence[str]) -> bool:
    return any(one and one == other for one, other in pairwise(names))


def _combined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two header rows as one: `Exports` above `2020` → `Exports 2020`."""
    width = max(len(upper), len(lower))
    rows = [[*row, *[""] * (width - len(row))] for row in (upper, lower)]
    return [
        one if one == other else f"{one} {other}".strip() for one, other in zip(*rows, strict=True)
    ]


def _plain(row: Row) -> Sentence:
    filled = [column for column, cell in enumerate(row.cells) if cell]
    return Sentence(_ended(row.cells[filled[0]]), row.number, filled[0], filled[0])


def _sentences(row: Row, names: Sequence[str]) -> Iterator[Sentence]:
    """The row's values with their names, some `_SENTENCE_WORDS` at a time."""
    spoken = [
        (column, f"{names[column].rstrip(':')}: {cell}" if _name(names, column) else cell)
        for column, cell in enumerate(row.cells)
        if cell
    ]
    label = spoken[0][1]
    held: list[tuple[int, str]] = []
    words = 0
    for column, text in spoken:
        size = len(text.split())
        if held and words + size > _SENTENCE_WORDS:
            yield _joined(row.number, held)
            held = [(column, label)] if len(label.split()) < _SENTENCE_WORDS // 3 else []
            words = sum(len(part.split()) for _, part in held)
        held.append((column, text))
        words += size
    yield _joined(row.number, held)


def _name(names: Sequence[str], column: int) -> str:
    return names[column] if column < len(names) else ""


def _joined(number: int, held: Sequence[tuple[int, str]]) -> Sentence:
    return Sentence(_ended("; ".join(text for _, text in held)), number, held[0][0], held[-1][0])


def _ended(text: str) -> str:
    return text if _ENDED.search(text) else f"{text}."
