"""Was it said? A quotation beside what the sources have its speaker, or somebody else, say.

Word for word by alignment; indirect speech by what the verifier reads in the sentences that a
source gives to the speaker. Whether what was said is true is another question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from factcheck.claims.markup import blank
from factcheck.claims.people import bare_name
from factcheck.claims.phrases import CROWDS, SOMEBODY
from factcheck.claims.roles import is_office
from factcheck.mismatch.names import same_name
from factcheck.records import Claim, Mismatch, Said, SaidStatus, Stance
from factcheck.speaking import Sources, is_by
from index import Hit, Span

#: Shorter quotations are turns of phrase that many use.
MIN_WORDS = 4
#: From this share of its words found in order, a passage has the quotation, whole or changed.
SAME_QUOTE = 0.6
#: From this share up it may be another's words by chance no more: who said them counts.
SAME_WORDS = 0.8
#: Words of a document that a quotation may leave out with an ellipsis.
LEFT_OUT = 60
#: Words of a document around a quotation that are looked at beside its own.
AROUND = 4
#: Characters before a quotation in which it may be denied.
AROUND_DENIED = 80
_WORD = re.compile(r"per cent\b|%|\d+(?:[.,]\d+)+|\w[\w\u0300-\u036f]*(?:[’']\w+)*", re.IGNORECASE)
#: A word of a quotation, an editor's letter in it: `[T]he`, `(T)he`.
_QUOTED_WORD = re.compile(rf"[\[(]\w{{1,3}}[\])](?=\w)\w*|{_WORD.pattern}", re.IGNORECASE)
#: What an editor leaves out of a quotation or puts in: `…`, `[...]`, `[the dam]`.
_EDITED = re.compile(r"…|\.\.\.|\. \. \.|\[[^\[\]\n]{0,60}\](?!\w)")
_MARKS = str.maketrans("", "", "[]()_,")
_PRONOUN = re.compile(r"\b(?:she|he|they)\b", re.IGNORECASE)
#: Words that may differ without changing what is said.
_LIGHT = frozenset(
    """
    a an the that and but so well just very really of to in on at for with it its is was are were be
    been i we you he she they my our your his her their this these those do does did has have had s
    it's that's there's he's she's we're they're you're i'm i've we've they've
    """.split()
)
#: What an ellipsis may not swallow on its own.
_DENIALS = frozenset("not never no hardly cannot".split())
#: What denies that the words behind it are meant: `I cannot promise that …`, `she never said “…`.
_DENYING = re.compile(
    r"(?:\b(?:cannot|not|never|nobody|no one|wrong to|false to|(?:refus|declin)(?:es?|ed) to)|"
    r"n['’]t)(?! (?:only|just|merely|simply|deny|hesitate)\b)(?: \w+){0,2} "
    r"(?:say|said|saying|promised?|claim(?:ed)?|guaranteed?|think|pretend(?:ed)?|mean|argued?|"
    r"suggest(?:ed)?|write|wrote|written)(?: (?!that\b)\w+)?(?: that)?(?: ?[“\"‘'«])?$",
    re.IGNORECASE,
)
#: Before these is nobody's name.
_UNNAMED = frozenset("several some many most a an one two three four five another other".split())
#: A word as it is compared, and where it stands.
_Word = tuple[str, int, int]


@dataclass(frozen=True)
class Quoted:
    """A quotation found in a passage.

    `share` of its words, in [0, 1], stand there in order, in `span` of the document; `changed` are
    the stretches, in the article and in the document, that may differ in meaning. `speaker` is who
    says it there. It may be `denied` there by what stands before it, and not in the article.
    """

    hit: Hit
    span: Span
    share: float
    changed: tuple[tuple[Span, Span], ...]
    speaker: str | None
    denied: bool = False


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
    if not (claim.speaker or "").strip():
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
    own = [one for one in found if _is_speaker(speaker, one) or _is_own(speaker, one, sources)]
    others = [one for one in found if one.share >= SAME_WORDS and _is_somebody(one.speaker)]
    if not own and not others:
        return Said(SaidStatus.ABSENT), []
    best = max(own or others, key=lambda one: (one.share, not one.denied, one.hit.score))
    document = best.hit.passage.document_id
    place = (document, best.span.start, best.span.end, best.speaker, best.hit.index)
    if not own:
        names = _name_in(article, claim), _name_beside(best)
        mismatch = Mismatch("name", *names, speaker, best.speaker or "")
        return Said(SaidStatus.MISATTRIBUTED, *place), [(best.hit, mismatch)]
    if not best.changed:
        return Said(SaidStatus.OPPOSITE if best.denied else SaidStatus.VERBATIM, *place), []
    first = Span(min(a.start for a, _ in best.changed), max(a.end for a, _ in best.changed))
    second = Span(min(b.start for _, b in best.changed), max(b.end for _, b in best.changed))
    theirs = _in_passage(best.hit, second)
    return Said(SaidStatus.ALTERED, *place), [
        (best.hit, Mismatch("quote", first, second, first.of(article), theirs))
    ]


def find_quotation(article: str, quotation: Span, hit: Hit, sources: Sources) -> Quoted | None:
    """The quotation in a passage, whole or changed; None when it is not there."""
    mine, gaps = _quoted_words(article, quotation)
    theirs = _words(blank(hit.passage.text))
    if not mine or len(theirs) < SAME_QUOTE * len(mine):
        return None
    anchor = _matcher(mine, theirs).find_longest_match()
    if anchor.size < 2:
        return None
    # the quotation cannot reach further than it is long on either side of its longest stretch
    reach = AROUND + LEFT_OUT * bool(gaps)
    low = max(0, anchor.b - anchor.a - reach)
    high = min(len(theirs), anchor.b + (len(mine) - anchor.a) + reach)
    window = theirs[low:high]
    close = _matcher(mine, window)
    blocks = [block for block in close.get_matching_blocks() if block.size]
    share = sum(block.size for block in blocks) / len(mine)
    if share < SAME_QUOTE:
        return None
    start, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    # words changed at the quotation's own ends
    start = max(0, start - blocks[0].a)
    end = min(len(window), end + len(mine) - (blocks[-1].a + blocks[-1].size))
    inside, by = Span(window[start][1], window[end - 1][2]), hit.passage.start
    changed = [
        (
            _stretch(mine, *_widened(ours, other, len(mine))),
            _stretch(window, *_widened(other, ours, len(window)), by),
        )
        for ours, other in _changes(close.get_opcodes(), start, end)
        if _is_heavy(mine[slice(*ours)], window[slice(*other)], ours[0] in gaps)
    ]
    place = Span(inside.start + by, inside.end + by)
    denied = _is_denied(hit.passage.text, inside.start)
    denied = denied and not _is_denied(article, quotation.start)
    return Quoted(hit, place, share, tuple(changed), sources.speaker_at(hit, inside), denied)


def _is_denied(text: str, at: int) -> bool:
    """Whether what stands before a place denies that what begins there is so."""
    return bool(_DENYING.search(" ".join(text[max(0, at - AROUND_DENIED) : at].split())))


def _matcher(mine: Sequence[_Word], theirs: Sequence[_Word]) -> SequenceMatcher[str]:
    return SequenceMatcher(
        None, [word for word, _, _ in mine], [word for word, _, _ in theirs], autojunk=False
    )


def _words(text: str) -> list[_Word]:
    return [(_folded(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def _quoted_words(article: str, quotation: Span) -> tuple[list[_Word], frozenset[int]]:
    """A quotation's own words, and before which of them its editor left out or put in some."""
    edited = [match.span() for match in _EDITED.finditer(article, quotation.start, quotation.end)]
    words: list[_Word] = []
    gaps = set()
    for match in _QUOTED_WORD.finditer(article, quotation.start, quotation.end):
        while edited and edited[0][1] <= match.start():
            gaps.add(len(words))
            edited.pop(0)
        if not edited or match.end() <= edited[0][0]:
            words.append((_folded(match[0]), match.start(), match.end()))
    return words, frozenset(gaps)


def _folded(word: str) -> str:
    """A word as it is compared, whatever its case, accents, apostrophes and marks."""
    word = word.casefold().replace("’", "'").translate(_MARKS)
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return "percent" if word in {"%", "per cent"} else word


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


def _is_heavy(mine: Sequence[_Word], theirs: Sequence[_Word], edited: bool) -> bool:
    """Whether a change may change the meaning: it adds, drops or replaces a word of weight.

    What an editor left out openly does not, unless it is little more than a denial.
    """
    if edited and not mine:
        return len(theirs) <= 3 and any(w in _DENIALS or "n't" in w for w, _, _ in theirs)
    return any(word not in _LIGHT for word, _, _ in [*mine, *theirs])


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


def _in_passage(hit: Hit, span: Span) -> str:
    start = hit.passage.start
    return hit.passage.text[span.start - start : span.end - start]


def longest_quotation(article: str, claim: Claim) -> Span | None:
    """The longest of a claim's quotations, of `MIN_WORDS` words or more."""
    spans = [span for span in claim.quoted if len(_WORD.findall(span.of(article))) >= MIN_WORDS]
    return max(spans, key=lambda span: span.end - span.start, default=None)


def _is_speaker(speaker: str, found: Quoted) -> bool:
    if found.speaker is not None:
        return same_name(speaker, found.speaker) or _may_hold(speaker, found)
    last = bare_name(speaker).split()[-1:]
    around = f"{found.hit.passage.text} {found.hit.title} {found.hit.passage.context}"
    return any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", around, re.IGNORECASE) for word in last
    )


def _is_own(speaker: str, found: Quoted, sources: Sources) -> bool:
    """Whether the words are nobody else's in a document that is the speaker's own."""
    return found.speaker is None and is_by(speaker, found.hit, sources)


def _is_somebody(speaker: str | None) -> bool:
    """Whether it is known whose words they are: not of `the mayor`, `Witness`, `several people`."""
    words = (speaker or "").split()
    if not words or is_office(speaker or ""):
        return False
    if len(words) > 1 and words[-1][:1].isupper():
        return True
    last = words[-1].lower()
    nobody = {last, last.removesuffix("s")} & (CROWDS | SOMEBODY)
    return words[0].lower() not in _UNNAMED and not nobody


def _may_hold(speaker: str, found: Quoted) -> bool:
    """Whether the words are an office's that the passage gives the speaker: `Roe (Leader)`."""
    office, name = found.speaker or "", bare_name(speaker).split()[-1:]
    if not (name and is_office(office)):
        return False
    held, who = re.escape(office.split()[-1]), re.escape(name[0])
    beside = rf"(?<!\w){who}(?!\w)(?:,| \(| is| was| as)[^.;:]{{0,20}}?(?<!\w){held}(?!\w)"
    before = rf"(?<!\w){held},? (?:\w+\.? ){{0,3}}{who}(?!\w)"
    return bool(re.search(f"{beside}|{before}", found.hit.passage.text, re.IGNORECASE))


def _name_in(article: str, claim: Claim) -> Span:
    """Where the claim names its speaker, else all of it."""
    for name in _names(claim.speaker):
        at = article.find(name, claim.start, claim.end)
        if at >= 0:
            return Span(at, at + len(name))
    match = _PRONOUN.search(article, claim.start, claim.end)
    return Span(match.start(), match.end()) if match else claim.span


def _name_beside(found: Quoted) -> Span:
    """Where the passage names who says it, else the quotation."""
    text, by = found.hit.passage.text, found.hit.passage.start
    for name in _names(found.speaker):
        at = text.find(name)
        if at >= 0:
            return Span(at + by, at + by + len(name))
    return found.span


def _names(speaker: str | None) -> list[str]:
    """A speaker's name, and its last word alone."""
    words = (speaker or "").split()
    return [" ".join(words), words[-1]] if words else []


def _reported(claim: Claim, heard: Sequence[Heard], sources: Sources) -> Said:
    """Indirect speech: whether a sentence that takes a side is the speaker's own."""
    for wanted, status in (
        (Stance.SUPPORTS, SaidStatus.VERBATIM),
        (Stance.REFUTES, SaidStatus.OPPOSITE),
    ):
        for one in heard:
            start = one.hit.passage.start
            inside = Span(one.sentence.start - start, one.sentence.end - start)
            if one.stance is not wanted:
                continue
            name = sources.speaker_at(one.hit, inside)
            own = name is None and is_by(claim.speaker or "", one.hit, sources)
            name = claim.speaker if own else name
            if name and (own or same_name(claim.speaker or "", name)):
                document, sentence = one.hit.passage.document_id, one.sentence
                return Said(status, document, sentence.start, sentence.end, name, one.hit.index)
    return Said(SaidStatus.ABSENT)
