"""Documents → passages: windows of whole sentences, a sentence shared between neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.errors import UnreadableDocument
from index.records import Document, Passage, Span
from index.sentences import iterate_sentences, trimmed

#: Words in a window. The encoder reads 256 tokens, about 190 words of news English with the title
#: and heading among them; shorter windows say where in a document the evidence stands.
TARGET_WORDS = 110
#: Characters that count as a word at least: text without spaces has long "words".
CHARACTERS_PER_WORD = 8
#: Title and heading are cut to this many characters each when they become context.
MAX_CONTEXT = 160
#: Limits of one document, in time and memory. 16 million characters of prose have 150,000 sentences
#: in 25,000 passages; of headings and single letters they may have twenty times as many.
MAX_PASSAGES = 200_000
MAX_SENTENCES = 1_000_000
MAX_LINES = 2_000_000

_WORD = re.compile(r"\S+")
_HEADING = re.compile(r"^#{1,6}[ \t]+(\S[^\n]{0,400})", re.MULTILINE)
#: What `index.locators` calls the rows of tables and the pages of papers.
_ROW_LABEL = re.compile(r"(?:.*\b)?row \d|.+![A-Z]", re.DOTALL)
_PAGE_LABEL = re.compile(r"(?:.*\b)?(?:page|slide) \d", re.DOTALL)


class _Place(NamedTuple):
    """Where a sentence or row stands. `section` counts the headings up to it, `page` the pages."""

    section: int
    page: int
    heading: str
    is_heading: bool
    is_row: bool


class _Piece(NamedTuple):
    """What no window cuts: a sentence, a row of a table, or a part of one that is too long."""

    span: Span
    words: int
    place: _Place


def cut(document: Document) -> list[Passage]:
    """The passages of `document`, in order.

    A window ends before it would hold more than `TARGET_WORDS`, before a Markdown heading that
    follows text, and before a page once it is half full. The last sentence of a window opens the
    next one, unless it fills half of it. A longer sentence is cut between words; a row of a table
    is cut only if it is longer than a window, and not shared. Time grows linearly with the text.
    Raises `UnreadableDocument` beyond `MAX_PASSAGES`, `MAX_SENTENCES` and `MAX_LINES`.
    """
    if document.text.count("\n") > MAX_LINES:
        raise _too_many(MAX_LINES, "lines")
    passages: list[Passage] = []
    for start, last in _windows(_limited(_pieces(document), MAX_SENTENCES, "sentences")):
        if len(passages) == MAX_PASSAGES:
            raise _too_many(MAX_PASSAGES, "passages")
        text = document.text[start : last.span.end]
        context = _context(document.title, last.place.heading)
        passages.append(Passage(document.id, start, last.span.end, text, context))
    return passages


def _limited(pieces: Iterator[_Piece], limit: int, what: str) -> Iterator[_Piece]:
    for number, piece in enumerate(pieces):
        if number == limit:
            raise _too_many(limit, what)
        yield piece


def _too_many(limit: int, what: str) -> UnreadableDocument:
    return UnreadableDocument(f"more than {limit:,} {what}, so short are its parts; split it")


def searchable(context: str, text: str) -> str:
    """What is embedded and indexed by words: a passage's context, a newline, its text."""
    return f"{context}\n{text}"


def _context(title: str, heading: str) -> str:
    """`Title` or `Title`, newline, `Heading`."""
    parts = [title] if heading in {"", title} else [title, heading]
    return "\n".join(part[:MAX_CONTEXT] for part in parts)


def _pieces(document: Document) -> Iterator[_Piece]:
    """The pieces of `document`, in order."""
    text = document.text
    headings = _HEADING.finditer(text)
    pages = (each for each in document.locators if _PAGE_LABEL.match(each.label))
    coming, turning = next(headings, None), next(pages, None)
    section = page = heading_end = 0
    heading = ""
    for unit, is_row in _units(document):
        while coming and coming.start() <= unit.start:
            heading, heading_end = coming.group(1).rstrip("# \t"), coming.end()
            section, coming = section + 1, next(headings, None)
        while turning and turning.start <= unit.start:
            page, turning = page + 1, next(pages, None)
        place = _Place(section, page, heading, unit.start < heading_end, is_row)
        words = _size(text, unit)
        if words <= TARGET_WORDS:
            yield _Piece(unit, words, place)
        else:
            for part in _cut_sentence(text, unit):
                yield _Piece(part, _size(text, part), place)


def _units(document: Document) -> Iterator[tuple[Span, bool]]:
    """Sentences, and rows that fit a window, whatever marks they hold; True for the rows."""
    text = document.text
    position = 0
    for locator in document.locators:
        if _ROW_LABEL.match(locator.label):
            row = trimmed(text, Span(locator.start, locator.end))
            if row.start < row.end and _size(text, row) <= TARGET_WORDS:
                yield from _sentences(text, Span(position, row.start))
                yield row, True
                position = row.end
    yield from _sentences(text, Span(position, len(text)))


def _sentences(text: str, span: Span) -> Iterator[tuple[Span, bool]]:
    for sentence in iterate_sentences(span.of(text)):
        yield Span(span.start + sentence.start, span.start + sentence.end), False


def _size(text: str, span: Span) -> int:
    """Words, or what stands for them in text without spaces."""
    words = len(text[span.start : span.end].split())
    return max(words, (span.end - span.start) // CHARACTERS_PER_WORD)


def _cut_sentence(text: str, sentence: Span) -> Iterator[Span]:
    limit = TARGET_WORDS * CHARACTERS_PER_WORD
    start, end, words = sentence.start, sentence.start, 0
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        if words and (words == TARGET_WORDS or match.end() - start > limit):
            yield Span(start, end)
            start, words = match.start(), 0
        while match.end() - start > limit:  # one "word" longer than a window
            yield Span(start, start + limit)
            start += limit
        end, words = match.end(), words + 1
    if start < end:
        yield Span(start, end)


def _windows(pieces: Iterator[_Piece]) -> Iterator[tuple[int, _Piece]]:
    """Runs of pieces: where each run begins, and its last piece."""
    window: list[_Piece] = []
    words = 0
    for piece in pieces:
        if window:
            last = window[-1]
            apart = _parts(last.place, piece.place, words)
            if apart or words + piece.words > TARGET_WORDS:
                yield window[0].span.start, last
                shared = (
                    not apart
                    and not last.place.is_row
                    and last.words + piece.words <= TARGET_WORDS
                    and 2 * last.words <= TARGET_WORDS
                )
                window = [last] if shared else []
                words = last.words if shared else 0
        window.append(piece)
        words += piece.words
    if window:
        yield window[0].span.start, window[-1]


def _parts(one: _Place, other: _Place, words: int) -> bool:
    """Whether a window of so many `words` ends between two places."""
    new_section = one.section != other.section and not one.is_heading
    return new_section or (one.page != other.page and 2 * words >= TARGET_WORDS)
