"""An article's prose, sentence by sentence: where each is, its grammar, its quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.capitals import CAPITAL, CAPITALS
from factcheck.claims.forms import not_a_statement
from factcheck.claims.labels import match_label, read_labels
from factcheck.claims.language import is_english
from factcheck.claims.markup import blank, plain
from factcheck.claims.mentions import read_mentions
from factcheck.claims.names import settle
from factcheck.claims.quotes import find_quotations
from factcheck.claims.roles import OFFICES
from factcheck.claims.speakers import Sentence
from factcheck.claims.syntax import Parse, parse
from factcheck.claims.telling import with_content, with_teller
from index import Span
from index.sentences import split_blocks, split_sentences

#: Where a report comes from, before its first words: `LINDHAVEN, 4 May 2021 (Wire) –`. A place
#: without date or agency may also be an apposition, which ends with a second dash.
_PLACE = re.compile(
    r"(?!(?:NO|A|AN|THE|MY|OUR|FAKE|BREAKING|UPDATE|NEWS|WATCH|EXCLUSIVE|OPINION|ANALYSIS)\b)"
    rf"{CAPITAL}[{CAPITALS} .'’/-]{{2,30}}"
    r"(?:(?:,[^—–\n]{1,40}?| ?\([^)\n]{1,30}\)){1,2}| ?(?=(?:—|–|--)[^—–]*$)) ?(?:—|–|--| - )\s*"
    rf"|{CAPITAL}{{3,}}(?: {CAPITAL}{{2,}})*, {CAPITAL}[\w ]{{2,30}}:\s+"  # `SKARHAVN, Vestmark:`
    rf"|{CAPITAL}{{3,}}(?: {CAPITAL}{{2,}})*\s+-\s+(?={CAPITAL})"  # `ARDELLA - The court`
)
#: A heading that says whose words follow: `## From our organiser, Ida Roe`.
_ANNOUNCES = re.compile(
    r"#{1,6} +(?i:(?:an? |the |our )?(?:letter|column|message|words?|notes?|remarks|statement|"
    r"speech|interview|address|foreword|welcome) )?(?i:from|by|with)(?: [a-z]+){0,4},?"
    rf"(?: {CAPITAL}[\w’'-]+){{2,3}}\s*$"
)
#: When something was put into a live blog: `14.50 The judge thanks`.
_STAMP = re.compile(
    r"\d{1,2}[.:]\d\d(?: ?[ap]\.?m\b\.?)?(?: (?:GMT|UTC|BST|CET|EST))?\s*[-–—:|]?\s+"
    rf"(?=[“\"]?{CAPITAL})"
)
_PLACE_NAME = re.compile(rf"{CAPITAL}[{CAPITALS} .'’/-]*")
#: The first of three words and more.
_FIRST = re.compile(r"(\S+) +(?=\S+ +\S)")
#: A stop that the parser takes for a sentence's end: `the right hon. Member`.
_ABBREVIATED = re.compile(r"(?<=\b[Hh]on)\.(?= [A-Z])")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence of prose.

    `words` is as long as the sentence, spaces for Markdown, a label and the dateline; `quoted`, in
    its offsets, are stretches of quotations. `reason` says why it states nothing, if it does not;
    `place` is that of its dateline.
    """

    span: Span
    words: str
    parse: Parse
    quoted: tuple[Span, ...]
    reason: str | None
    sentence: Sentence
    place: str | None


def read_sentences(text: str, furniture: Sequence[Span]) -> list[Reading]:
    """The sentences of a text outside its furniture, in order."""
    sentences = _prose(text, furniture)
    quotations = find_quotations(text)
    ends = [quotation.end for quotation in quotations]
    blocks = list(split_blocks(text))
    block_starts = [block.start for block in blocks]
    english: dict[int, bool] = {}
    labels = read_labels([block.of(text) for block in blocks])
    placed = []
    for span in sentences:
        label = labels[bisect_right(block_starts, span.start) - 1]
        placed.append(_without_place(_without_label(blank(span.of(text)), label)))
    readings = []
    texts = [words for words, _ in placed]
    parses = settle(texts, list(parse([_ABBREVIATED.sub(" ", words) for words in texts])))
    parses = [with_content(_without_offices(*pair)) for pair in zip(texts, parses, strict=True)]
    for span, (words, place), parsed in zip(sentences, placed, parses, strict=True):
        aloud = bool(labels[bisect_right(block_starts, span.start) - 1])
        inside = _overlaps(quotations, bisect_right(ends, span.start), span)
        quoted = tuple(part for _, part in inside)
        block = bisect_right(block_starts, span.start) - 1
        if block not in english:
            english[block] = is_english(plain(blocks[block].of(text)))
        sentence = Sentence(
            block=block,
            quotation=max(inside, key=_length)[0] if inside else None,
            share=_count(words, quoted) / max(1, len(words.split())),
            quoted_words=_count(words, quoted),
            mentions=with_teller(read_mentions(words, parsed, quoted), words, parsed, quoted),
            announces=bool(_ANNOUNCES.match(text, blocks[block].start, blocks[block].end)),
        )
        reason = not_a_statement(plain(words if aloud else span.of(text)), parsed, aloud)
        if not english[block]:
            reason = "not in English"
        readings.append(Reading(span, words, parsed, quoted, reason, sentence, place))
    return readings


def _without_offices(words: str, parsed: Parse) -> Parse:
    """The parse, its people without an office before the name: `Winchman Ida Roe` → `Ida Roe`."""
    people = []
    for person in parsed.people:
        start = person.start
        while (match := _FIRST.match(words, start, person.end)) and match[1].lower() in OFFICES:
            start = match.end()
        people.append(Span(start, person.end))
    return replace(parsed, people=tuple(people))


def _prose(text: str, furniture: Sequence[Span]) -> list[Span]:
    """The sentences outside the furniture."""
    starts = [span.start for span in furniture]
    kept = []
    for sentence in split_sentences(text):
        before = bisect_right(starts, sentence.start) - 1
        inside = before >= 0 and sentence.start < furniture[before].end
        if not inside:
            kept.append(sentence)
    return kept


def _without_label(words: str, label: str | None) -> str:
    """The words as long as before, spaces for the label of its block where they begin with it."""
    found = None if label is None else match_label(words.lstrip())
    if found is None or label not in {"", found.name}:
        return words
    end = len(words) - len(words.lstrip()) + found.end
    return " " * end + words[end:]


def _without_place(words: str) -> tuple[str, str | None]:
    """The words as long as before, spaces for the place they are reported from; and that place."""
    start = len(words) - len(words.lstrip())
    if stamp := _STAMP.match(words, start):
        return " " * stamp.end() + words[stamp.end() :], None
    match = _PLACE.match(words, start)
    if not match or words[match.end() : match.end() + 1].islower():
        return words, None
    name = _PLACE_NAME.match(match[0])
    place = name[0].strip(" ,(-") if name else None
    return " " * match.end() + words[match.end() :], place


def _overlaps(quotations: Sequence[Span], first: int, sentence: Span) -> list[tuple[int, Span]]:
    """The quotations that overlap a sentence: their numbers, and where in the sentence."""
    found = []
    for number in range(first, len(quotations)):
        span = quotations[number]
        if span.start >= sentence.end:
            break
        start, end = max(span.start, sentence.start), min(span.end, sentence.end)
        found.append((number, Span(start - sentence.start, end - sentence.start)))
    return found


def _length(pair: tuple[int, Span]) -> int:
    return pair[1].end - pair[1].start


def _count(text: str, quoted: Sequence[Span]) -> int:
    return sum(len(span.of(text).split()) for span in quoted)
