"""Was it said? A quotation beside what the sources have its speaker, or somebody else, say.

Word for word by alignment; indirect speech by what the verifier reads in the sentences that a
source gives to the speaker. Whether what was said is true is another question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from factcheck.claims.markup import blank
from factcheck.claims.people import bare_name
from factcheck.claims.reading import Reading, read_sentences
from factcheck.claims.speakers import find_speakers, read_labels
from factcheck.mismatch.names import same_name
from factcheck.records import Claim, Mismatch, Said, SaidStatus, Stance
from index import Hit, Span
from index.sentences import split_blocks

#: Shorter quotations are turns of phrase that many use.
MIN_WORDS = 4
#: From this share of its words found in order, a passage has the quotation, whole or changed.
SAME_QUOTE = 0.6
#: From this share up it may be another's words by chance no more: who said them counts.
SAME_WORDS = 0.8
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
#: Words that may differ without changing what is said.
_LIGHT = frozenset(
    """
    a an the that and but so well just very really of to in on at for with it its is was are were be
    been i we you he she they my our your his her their this these those do does did has have had s
    """.split()
)


@dataclass(frozen=True)
class Quoted:
    """A quotation found in a passage.

    `share` of its words, in [0, 1], stand there in order, in `span` of the document; `changed` are
    the stretches that differ, in the article and in the document. `speaker` is who says it there.
    """

    hit: Hit
    span: Span
    share: float
    changed: tuple[tuple[Span, Span], ...]
    speaker: str | None


class Sources:
    """Passages, with who speaks in them; each is read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, int], list[tuple[Reading, str | None]]] = {}

    def speakers(self, hit: Hit) -> list[tuple[Span, str | None]]:
        """The passage's sentences, in its own offsets, each with its speaker."""
        key = (hit.passage.document_id, hit.passage.start)
        if key not in self._read:
            text = hit.passage.text
            readings = read_sentences(text, [])
            labels = read_labels([block.of(text) for block in split_blocks(text)])
            names = find_speakers([reading.sentence for reading in readings], labels)
            self._read[key] = list(zip(readings, names, strict=True))
        return [(reading.span, name) for reading, name in self._read[key]]

    def speaker_at(self, hit: Hit, span: Span) -> str | None:
        """Who speaks at `span` of the passage."""
        for sentence, name in self.speakers(hit):
            if sentence.start < span.end and span.start < sentence.end and name:
                return name
        return None


@dataclass(frozen=True)
class Heard:
    """A passage, its deciding sentence in the document's offsets, and the side that takes."""

    hit: Hit
    sentence: Span
    stance: Stance


def was_said(
    article: str, claim: Claim, heard: Sequence[Heard], sources: Sources
) -> tuple[Said | None, list[tuple[Hit, Mismatch]]]:
    """Whether the sources have the speaker of `claim` say it; None for a claim without one.

    Also gives the mismatches with the hits they are found in: the words changed, or the name of
    who said it.
    """
    if claim.speaker is None:
        return None, []
    quotation = longest_quotation(article, claim)
    if quotation is not None:
        return _quoted(article, claim, quotation, [one.hit for one in heard], sources)
    return _reported(claim, heard, sources), []


def _quoted(
    article: str, claim: Claim, quotation: Span, hits: Sequence[Hit], sources: Sources
) -> tuple[Said, list[tuple[Hit, Mismatch]]]:
    found = [one for hit in hits if (one := find_quotation(article, quotation, hit, sources))]
    if not found:
        return Said(SaidStatus.ABSENT), []
    speaker = claim.speaker or ""
    own = [one for one in found if _is_speaker(speaker, one)]
    best = max(own or found, key=lambda one: (one.share, one.hit.score))
    place = (best.hit.passage.document_id, best.span.start, best.span.end, best.speaker)
    if not own:
        if best.share < SAME_WORDS or best.speaker is None:
            return Said(SaidStatus.ABSENT), []
        mismatch = Mismatch(
            "name", _name_in(article, claim), _name_beside(best), speaker, best.speaker
        )
        return Said(SaidStatus.MISATTRIBUTED, *place), [(best.hit, mismatch)]
    heavy = [pair for pair in best.changed if _is_heavy(article, best.hit, pair)]
    if not heavy:
        return Said(SaidStatus.VERBATIM, *place), []
    first = Span(min(a.start for a, _ in heavy), max(a.end for a, _ in heavy))
    second = Span(min(b.start for _, b in heavy), max(b.end for _, b in heavy))
    document = _in_passage(best.hit, second)
    return Said(SaidStatus.ALTERED, *place), [
        (best.hit, Mismatch("quote", first, second, first.of(article), document))
    ]


def find_quotation(article: str, quotation: Span, hit: Hit, sources: Sources) -> Quoted | None:
    """The quotation in a passage, whole or changed; None when it is not there."""
    mine = [
        (m[0].casefold(), m.start(), m.end())
        for m in _WORD.finditer(article, quotation.start, quotation.end)
    ]
    text = blank(hit.passage.text)
    theirs = [(m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(text)]
    matcher = SequenceMatcher(
        None, [w for w, _, _ in mine], [w for w, _, _ in theirs], autojunk=False
    )
    anchor = matcher.find_longest_match()
    if anchor.size < 2:
        return None
    # the quotation cannot reach further than it is long on either side of its longest stretch
    low = max(0, anchor.b - anchor.a - 4)
    high = min(len(theirs), anchor.b + (len(mine) - anchor.a) + 4)
    window = theirs[low:high]
    close = SequenceMatcher(
        None, [w for w, _, _ in mine], [w for w, _, _ in window], autojunk=False
    )
    blocks = [block for block in close.get_matching_blocks() if block.size]
    share = sum(block.size for block in blocks) / len(mine)
    if share < SAME_QUOTE:
        return None
    start, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    # words changed at the quotation's own ends
    start = max(0, start - blocks[0].a)
    end = min(len(window), end + len(mine) - (blocks[-1].a + blocks[-1].size))
    inside = Span(window[start][1], window[end - 1][2])
    changed = [
        (
            _stretch(mine, *_widened(ours, other, len(mine))),
            _stretch(window, *_widened(other, ours, len(window)), hit.passage.start),
        )
        for ours, other in _changes(close.get_opcodes(), start, end)
    ]
    by = hit.passage.start
    return Quoted(
        hit,
        Span(inside.start + by, inside.end + by),
        share,
        tuple(changed),
        sources.speaker_at(hit, inside),
    )


def _changes(
    codes: Sequence[tuple[str, int, int, int, int]], start: int, end: int
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches of words that differ, those of the passage inside [start, end)."""
    found = []
    for tag, first, last, other, rest in codes:
        low = max(other, start)
        inside = (low, max(low, min(rest, end)))
        if tag != "equal" and (first < last or inside[0] < inside[1]):
            found.append(((first, last), inside))
    return found


def _widened(words: tuple[int, int], others: tuple[int, int], count: int) -> tuple[int, int]:
    """A stretch with a word on either side where it, or what stands there instead, is empty."""
    if words[0] != words[1] and others[0] != others[1]:
        return words
    return max(0, words[0] - 1), min(count, words[1] + 1)


def _stretch(words: Sequence[tuple[str, int, int]], first: int, last: int, by: int = 0) -> Span:
    if first < last:
        return Span(words[first][1] + by, words[last - 1][2] + by)
    at = words[min(first, len(words) - 1)][1] + by
    return Span(at, at)


def _is_heavy(article: str, hit: Hit, pair: tuple[Span, Span]) -> bool:
    """Whether a change may change the meaning: it adds, drops or replaces a word of weight."""
    both = f"{pair[0].of(article)} {_in_passage(hit, pair[1])}".casefold()
    return any(word not in _LIGHT for word in _WORD.findall(both))


def _in_passage(hit: Hit, span: Span) -> str:
    start = hit.passage.start
    return hit.passage.text[span.start - start : span.end - start]


def longest_quotation(article: str, claim: Claim) -> Span | None:
    """The longest of a claim's quotations, of `MIN_WORDS` words or more."""
    spans = [span for span in claim.quoted if len(_WORD.findall(span.of(article))) >= MIN_WORDS]
    return max(spans, key=lambda span: span.end - span.start, default=None)


def _is_speaker(speaker: str, found: Quoted) -> bool:
    if found.speaker is not None:
        return same_name(speaker, found.speaker)
    last = bare_name(speaker).split()[-1:]
    around = f"{found.hit.passage.text} {found.hit.title} {found.hit.passage.context}".casefold()
    return bool(last) and last[0].casefold() in around


def _name_in(article: str, claim: Claim) -> Span:
    """Where the claim names its speaker, else all of it."""
    for name in (claim.speaker or "", (claim.speaker or "").rsplit(maxsplit=1)[-1]):
        at = article.find(name, claim.start, claim.end) if name else -1
        if at >= 0:
            return Span(at, at + len(name))
    match = re.compile(r"\b(?:she|he|they)\b").search(article, claim.start, claim.end)
    return Span(match.start(), match.end()) if match else claim.span


def _name_beside(found: Quoted) -> Span:
    """Where the passage names who says it, else the quotation."""
    text, by = found.hit.passage.text, found.hit.passage.start
    for name in (found.speaker or "", (found.speaker or "").rsplit(maxsplit=1)[-1]):
        at = text.find(name) if name else -1
        if at >= 0:
            return Span(at + by, at + by + len(name))
    return found.span


def _reported(claim: Claim, heard: Sequence[Heard], sources: Sources) -> Said:
    """Indirect speech: whether a sentence that takes a side is the speaker's own."""
    for wanted, status in (
        (Stance.SUPPORTS, SaidStatus.VERBATIM),
        (Stance.REFUTES, SaidStatus.OPPOSITE),
    ):
        for one in heard:
            start = one.hit.passage.start
            inside = Span(one.sentence.start - start, one.sentence.end - start)
            name = sources.speaker_at(one.hit, inside) if one.stance is wanted else None
            if name and same_name(claim.speaker or "", name):
                document = one.hit.passage.document_id
                return Said(status, document, one.sentence.start, one.sentence.end, name)
    return Said(SaidStatus.ABSENT)
