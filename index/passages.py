"""Documents → passages: windows of whole sentences, a sentence shared between neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from index.records import Document, Passage, Span
from index.sentences import split_sentences

#: Words in a window. The encoder reads 256 tokens, about 190 words of news English with the title
#: and heading among them; shorter windows say where in a document the evidence stands.
TARGET_WORDS = 110
#: Characters that count as a word at least: text without spaces has long "words".
CHARACTERS_PER_WORD = 8
#: Title and heading are cut to this many characters each when they become context.
MAX_CONTEXT = 160

_WORD = re.compile(r"\S+")
_HEADING = re.compile(r"^#{1,6}[ \t]+(\S[^\n]{0,400})", re.MULTILINE)


def cut(document: Document) -> list[Passage]:
    """The passages of `document`, in order.

    A window ends before it would hold more than `TARGET_WORDS`, and before a Markdown heading. The
    last sentence of a window opens the next one, unless it fills half of it. A longer sentence is
    cut between words. Time grows linearly with the text.
    """
    text = document.text
    headings = [(m.start(), m.group(1).rstrip("# \t")) for m in _HEADING.finditer(text)]
    starts = [start for start, _ in headings]
    passages = []
    for window in _windows(text, _pieces(text), starts):
        under = bisect_right(starts, window.start) - 1
        heading = headings[under][1] if under >= 0 else ""
        passages.append(
            Passage(
                document.id,
                window.start,
                window.end,
                window.of(text),
                _context(document.title, heading),
            )
        )
    return passages


def searchable(context: str, text: str) -> str:
    """What is embedded and indexed by words: a passage's context, a newline, its text."""
    return f"{context}\n{text}"


def _context(title: str, heading: str) -> str:
    """`Title` or `Title`, newline, `Heading`."""
    parts = [title] if heading in {"", title} else [title, heading]
    return "\n".join(part[:MAX_CONTEXT] for part in parts)


def _pieces(text: str) -> Iterator[Span]:
    """Sentences, those too long for a window cut between words."""
    for sentence in split_sentences(text):
        if _size(text, sentence) <= TARGET_WORDS:
            yield sentence
        else:
            yield from _cut_sentence(text, sentence)


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


def _windows(text: str, pieces: Iterator[Span], borders: Sequence[int]) -> Iterator[Span]:
    """Runs of pieces. `borders` are offsets, rising, that no window crosses."""
    window: list[tuple[Span, int]] = []
    for piece in pieces:
        size = _size(text, piece)
        if window:
            last, last_size = window[-1]
            crossing = bisect_right(borders, piece.start) > bisect_right(borders, last.start)
            if crossing or sum(words for _, words in window) + size > TARGET_WORDS:
                yield Span(window[0][0].start, last.end)
                shared = (
                    not crossing
                    and last_size + size <= TARGET_WORDS
                    and 2 * last_size <= TARGET_WORDS
                )
                window = [(last, last_size)] if shared else []
        window.append((piece, size))
    if window:
        yield Span(window[0][0].start, window[-1][0].end)
