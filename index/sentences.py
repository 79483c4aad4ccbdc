"""Plain prose → sentences, the one splitter both packages use.

sentencex knows abbreviations and terminal marks. Around it stands what it does not do: lines and
paragraphs, each sentence of a quotation on its own, and a cost that stays linear on hostile text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from index.records import Span

#: Longest stretch given to sentencex, and so the longest sentence: sentencex is quadratic in
#: unbalanced brackets and square-bracketed notes.
MAX_SENTENCE = 4000
#: Lines wrapped by hand or by a mail program are at most this wide; longer ones are paragraphs.
WRAP_WIDTHS = range(45, 121)
#: Lines that are looked at to tell whether, and how wide, a text is wrapped.
WRAP_SAMPLE = 20_000

#: From the first character of a line that is not white space; blank lines cost next to nothing.
_LINE = re.compile(r"\S[^\r\n]*")
_BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*[\r\n]")
#: A heading, an item or a line of words with at most one mark behind them: one sentence, without
#: asking sentencex.
_PLAIN = re.compile(r"(?:[#*+•-]{1,6}[ \t])?[\w \t,'’-]+[.!?]?")
_LIST_ITEM = re.compile(r"\s*(?:[-*+•◦▪·]|\d{1,3}[.)]|[a-z][.)])\s+\S")
_HEADING = re.compile(r"\s*(?:#{1,6}\s|\||(?:=+|-{3,}|_{3,}|\*{3,})\s*$)")
#: Marks that hide a sentence end from sentencex: quotation marks, round brackets, emphasis.
#: An apostrophe inside a word stays.
_MARKS = re.compile(r"""(?:["“”„‟«»‹›()*_`‘‛‚]|(?<!\w)['’]|['’](?!\w))+""")
#: Marks that close behind a sentence's end; a run before white space closes whatever its marks.
_CLOSING = re.compile(r"""["“”„‟«»‹›()*_`‘’‛‚']+(?=\s|$)|["”»›)’'*_`]+|\s+[»”](?=\s|$)""")
_ASKED = re.compile(r"""[?!]["”»›’']+$""")
#: A stop between capitals, as in a share's `NVT.LH`.
_SYMBOL = re.compile(r"[A-Z]\.[A-Z]{1,3}\b")
_SOLID = re.compile(r"\S+")
_NUMERAL = re.compile(r"(?:\d{1,3}|[a-z])[.)]")
#: Titles whose stop sentencex takes for a sentence's end: `Ms. Roe`.
_TITLE = re.compile(r"(?<!\w)(?:Ms|Mx|Cllr|Ald|Atty)\.$")
_WIDE_SPACE = re.compile(r"(?![\x00-\x7f])\s")
_SURROGATES = re.compile("[\ud800-\udfff]")
#: A speaker and a verb, behind a question or an exclamation in quotation marks.
_SPEECH = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}"
    r"(?:said|says|asked|asks|added|replied|shouted|cried|wondered|told|exclaimed|demanded)\b"
)


class _Line(NamedTuple):
    """A line that is not blank: `text[start:end]`, trimmed; `content` has its indent too.

    `apart` says that a blank line stands before it.
    """

    start: int
    end: int
    content: str
    apart: bool


def split_sentences(text: str) -> list[Span]:
    """Sentences of `text` in order: trimmed, not overlapping, every non-space character in one.

    A blank line, a list item and a heading end a sentence; a single newline does unless the text is
    hard-wrapped there. Inside a quotation every sentence stands alone, with its closing marks:
    `“It fell. We ran,” he said.` → `“It fell.` and `We ran,” he said.` Time grows linearly with the
    text.
    """
    return list(iterate_sentences(text))


def iterate_sentences(text: str) -> Iterator[Span]:
    """`split_sentences` one by one: a text of millions of them costs no memory for each."""
    for unit in split_blocks(text):
        if unit.end - unit.start <= MAX_SENTENCE and _PLAIN.fullmatch(text, unit.start, unit.end):
            yield unit
        else:
            yield from _split_unit(text, unit)


def split_blocks(text: str) -> Iterator[Span]:
    """Paragraphs, headings and list items in order, trimmed: what no sentence crosses."""
    width = _wrap_width(list(islice(_lines(text), WRAP_SAMPLE)))
    previous: _Line | None = None
    start = 0
    for line in _lines(text):
        if previous is None:
            start = line.start
        elif line.apart or _breaks(previous.content, line.content, width):
            yield Span(start, previous.end)
            start = line.start
        previous = line
    if previous is not None:
        yield Span(start, previous.end)


def _lines(text: str) -> Iterator[_Line]:
    """The lines of `text` that are not blank."""
    end = 0
    for match in _LINE.finditer(text):
        start, found = match.span()
        first, apart = start, False
        if start - end > 1:  # most gaps are one line feed
            gap = text[end:start]
            first = end + max(gap.rfind("\n"), gap.rfind("\r")) + 1
            apart = _BLANK_LINE.search(gap) is not None
        end = found
        content = text[first:end].rstrip()
        yield _Line(start, first + len(content), content, apart)


def _breaks(line: str, following: str, width: int) -> bool:
    """Whether a sentence must end between two lines of a text wrapped at `width` (0: not)."""
    goes_on = (
        line[-1] in ",;-"
        or following.lstrip()[0].islower()
        or _fills(line, following, width * 17 // 20)
    )
    return not goes_on or bool(
        _HEADING.match(line) or _HEADING.match(following) or _LIST_ITEM.match(following)
    )


def _fills(line: str, following: str, width: int) -> bool:
    """Whether the first word of `following` would not have fitted on `line`."""
    return 0 < width < len(line) + 1 + len(following.split(maxsplit=1)[0])


def _wrap_width(lines: Sequence[_Line]) -> int:
    """The width at which the text is hard-wrapped, or 0 when its lines are paragraphs."""
    if not lines:
        return 0
    lengths = sorted(len(line.content) for line in lines)
    width = lengths[len(lengths) * 98 // 100]
    if width not in WRAP_WIDTHS:
        return 0
    inner = [
        (line.content, following.content)
        for line, following in pairwise(lines)
        if not following.apart
        and not _HEADING.match(line.content)
        and not _LIST_ITEM.match(following.content)
    ]
    full = sum(_fills(line, following, width * 17 // 20) for line, following in inner)
    return width if full >= 0.6 * len(inner) else 0


def _split_unit(text: str, unit: Span) -> Iterator[Span]:
    """Sentences of a unit, a window of `MAX_SENTENCE` characters at a time."""
    start = unit.start
    while start < unit.end:
        window = Span(start, _cut(text, start, unit.end))
        found = _split_window(text, window)
        if window.end < unit.end and len(found) > 1:
            found.pop()  # cut off in the middle: the next window begins with it
        yield from found
        start = found[-1].end if found else window.end
        start = trimmed(text, Span(start, unit.end)).start


def _cut(text: str, start: int, end: int) -> int:
    """Where a window from `start` ends: at white space in its second half, where there is any."""
    if end - start <= MAX_SENTENCE:
        return end
    limit = start + MAX_SENTENCE
    for position in range(limit, limit - MAX_SENTENCE // 2, -1):
        if text[position].isspace():
            return position
    return limit


def _split_window(text: str, window: Span) -> list[Span]:
    original = window.of(text)
    spans: list[Span] = []
    start = 0
    for boundary in _boundaries(_mask(original)):
        end = _with_closing_marks(original, max(boundary, start))
        span = trimmed(original, Span(start, end))
        start = end
        if span.start == span.end:
            continue
        if spans and _continues(spans[-1].of(original), span.of(original)):
            span = Span(spans.pop().start, span.end)
        spans.append(span)
    return [Span(window.start + span.start, window.start + span.end) for span in spans]


def _mask(text: str) -> str:
    """The same text, as long, without the marks that hide a sentence end from sentencex.

    A run of marks at the edge of a word becomes spaces. One inside a word, as in `more...(M)en`,
    becomes letters, for anything else there would look like a sentence end. White space beyond
    ASCII becomes plain, for sentencex panics where it stands behind an initial.
    """

    def blank(match: re.Match[str]) -> str:
        start, end = match.span()
        edge = start == 0 or end == len(text) or text[start - 1].isspace() or text[end].isspace()
        return (" " if edge else "x") * (end - start)

    return _WIDE_SPACE.sub(" ", _SURROGATES.sub("?", _MARKS.sub(blank, text)))


def _boundaries(masked: str) -> list[int]:
    """Ends of sentencex's pieces in `masked`, the last one at its end.

    Its pieces do not always join back to the text, as white space may be lost between them; so a
    piece is located by counting the characters that are not white space.
    """
    import sentencex

    pieces = sentencex.segment("en", masked)
    if len(pieces) < 2:
        return [len(masked)]
    last = len(masked.rstrip())
    runs = _SOLID.finditer(masked)
    run = next(runs, None)
    ends: list[int] = []
    wanted = passed = 0  # characters that are not white space
    for size in (len("".join(piece.split())) for piece in pieces):
        wanted += size
        while run and passed + run.end() - run.start() < wanted:
            passed += run.end() - run.start()
            run = next(runs, None)
        end = run.start() + wanted - passed if run and size else last
        if end < last and not _SYMBOL.match(masked, max(end - 2, 0)):
            ends.append(end)
    return [*ends, len(masked)]


def _with_closing_marks(text: str, end: int) -> int:
    """`end` moved behind the marks that close there: `He won.|” Then` → `He won.”| Then`."""
    if match := _CLOSING.match(text, end):
        end = match.end()
    return end


def _continues(sentence: str, following: str) -> bool:
    """Whether `following` belongs to `sentence`, as in `“Why?”` + `she asked` or `1.` + `Item`."""
    if _NUMERAL.fullmatch(sentence) or (_TITLE.search(sentence) and following[:1].isupper()):
        return True
    asked = _ASKED.search(sentence) is not None
    return asked and (following[:1].islower() or _SPEECH.match(following) is not None)


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
