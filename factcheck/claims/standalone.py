"""From a clause to what stands alone: its wording, and the sentence it is searched by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.capitals import CAPITAL
from factcheck.claims.phrases import CROWDS
from factcheck.rewriting import Edit, Rewriting, capitalised, rewrite
from index import Span

#: Most words that can stand outside a quotation and do no more than say who speaks.
MAX_ATTRIBUTION = 12

#: Words before which no article stands.
_COUNTED = frozenset(
    "the a an one two three four five six seven eight nine ten some many most several no".split()
)
MARKS = "“”„‟«»‹›\"‘’'"
_EDITED = re.compile(
    r"[(\[](\w{1,3})[)\]](?=\w)|\[(?!\d{1,3}\])(\w[^\[\]\n]{0,60})\](?!\()"
)  # “(T)he [old] dam”
#: A quotation inside a quotation.
_OPENED = re.compile(r"(?<=\s)['‘]\w")
_CLOCK = re.compile(
    rf"^\s*\d{{1,2}}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: GMT)?(?: ?[:–—-])? +(?={CAPITAL})"
)  # a live blog's
_FIGURE = re.compile(
    r"\s*(?P<figure>[$€£]?\d[\d.,]*(?: ?%| per ?cent| million| billion| trillion)?)\s*:"
    r"(?=\s+(?!the\b|an?\b)[a-z])"
)
#: A note's number, as an encyclopedia puts it: `in 2010.[3]`.
_NOTE = re.compile(r"(?<=[^\s\[\]])(?:\[\d{1,3}\])+(?!\()")
_DOTS = re.compile(r"(?<=\w)\s?(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s?(?=\w)")
_REPORTS = re.compile(
    r"\b(?:said|says?|told|tells?|add(?:s|ed)|argu(?:es|ed)|claim(?:s|ed)|insist(?:s|ed)|"
    r"explain(?:s|ed)|stress(?:es|ed)|warn(?:s|ed)|not(?:es|ed)|stat(?:es|ed)|declar(?:es|ed)|"
    r"announc(?:es|ed)|wr(?:ites|ote)|tweet(?:s|ed)|post(?:s|ed)|repl(?:ies|ied)|according to|"
    r"continu(?:es|ed)|recall(?:s|ed)|testif(?:ies|ied)|promis(?:es|ed)|vow(?:s|ed)|"
    r"remark(?:s|ed)|conclud(?:es|ed)|predict(?:s|ed)|complain(?:s|ed)|alleg(?:es|ed)|"
    r"answer(?:s|ed)|confirm(?:s|ed)|suggest(?:s|ed)|assert(?:s|ed)|maintain(?:s|ed)|"
    r"caution(?:s|ed)|counter(?:s|ed)|emphasi[sz]e[sd]?|reiterate[sd]?|lament(?:s|ed)|"
    r"boast(?:s|ed)|"
    r"concede[sd]?|admit(?:s|ted)|acknowledge[sd]?|call(?:s|ed) (?:out|over)|joke[sd]?)\b"
)
#: What is told of who speaks, besides.
_ASIDE = re.compile(r", (?:who|whose|which)\b[^,–—:;]*")
#: A verb that goes on with the subject of a broken quotation, and what wants its verb or its noun.
_VERB = re.compile(
    r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|may|might|must|should)\b"
)
_UNFINISHED = re.compile(
    r"\b(?:will|would|can|could|must|should|may|might|shall|cannot|not|to|the|an?|of|never)$|n['’]t$"
)
#: How the words before a quotation end when it is no part of their clause: `He said that “…`.
_LEADS_IN = re.compile(rf"(?:[,:—–]|{_REPORTS.pattern}(?: that)?)\s*$")


def cleaning(text: str, quoted: Sequence[Span]) -> list[Edit]:
    """The edits that take notes, editorial brackets, time stamps and lone quotation marks away."""
    edits = []
    for match in _EDITED.finditer(text):
        group = 1 if match[1] else 2
        edits.append(Edit(Span(match.start(), match.start(group)), ""))
        edits.append(Edit(Span(match.end(group), match.end()), ""))
    edits += [Edit(Span(match.start(), match.end()), "") for match in _NOTE.finditer(text)]
    edits += [Edit(Span(match.start(), match.end()), " ... ") for match in _DOTS.finditer(text)]
    if clock := _CLOCK.match(text):
        edits.append(Edit(Span(0, clock.end()), ""))
    if figure := _FIGURE.match(text):  # `41: reports of cracked forks`, in a list of figures
        edits.append(Edit(Span(figure.end("figure"), figure.end()), ""))
    edits += [Edit(Span(at, at + 1), "") for at in _dangling(text, quoted)]
    return edits


def own_words(text: str, quoted: Sequence[Span]) -> list[Span] | None:
    """The insides of the quotations, when all else only says who speaks; else None."""
    if not quoted:
        return None
    outside, last = [], 0
    for span in quoted:
        outside.append(text[last : span.start])
        last = span.end
    outside.append(text[last:])
    if not _only_attributes(outside):
        return None
    inner = [_inside(text, span) for span in quoted]
    kept = [span for span in inner if span.start < span.end]
    if not kept:
        return None
    if text[kept[0].start].islower() and outside[0].count(",") > 1:
        return None  # its subject stands outside: `Her voters, she said, “were promised a train”`
    return [_going_on(text, *pair) for pair in zip(kept, [*kept[1:], None], strict=True)]


def wording(text: str, parts: Sequence[Span | str], edits: Sequence[Edit]) -> Rewriting:
    """The parts as one sentence with a capital and a stop."""
    made = capitalised(rewrite(text, parts, edits))
    if made.text.endswith((",", ";", ":")):
        made = Rewriting(made.text[:-1] + ".", made.pieces)
    elif made.text and made.text.rstrip(")")[-1:].isalnum():
        made = Rewriting(made.text + ".", made.pieces)
    return made


def reported(statement: str, speaker: str, lower: bool) -> str:
    """The statement with who says it: `Ida Roe said that …`, its first letter small if `lower`."""
    first = statement[:1].lower() if lower else statement[:1]
    return f"{_sentence_start(speaker)} said that {first}{statement[1:]}"


def quoted_by(words: str, speaker: str) -> str:
    """Somebody's own words as a quotation: `Ida Roe said: “…”`."""
    return f"{_sentence_start(speaker)} said: “{words}”"


def _sentence_start(speaker: str) -> str:
    """A speaker as a sentence begins: `The chancellor`, `Two ministers`, `Ida Roe`."""
    words = with_the(speaker)
    return words[:1].upper() + words[1:]


def with_the(speaker: str) -> str:
    """A speaker who is no name with the article that goes with him: `the chancellor`."""
    head = re.split(r" (?:of|at|in|for|from) ", speaker)[0]
    is_name = any(word[:1].isupper() or word[:1].isdigit() for word in (speaker, head.split()[-1]))
    many = head.endswith("s") and not head.endswith("ss")
    if is_name or many or head in CROWDS or speaker.split(maxsplit=1)[0] in _COUNTED:
        return speaker
    return f"the {speaker}"


def placed(statement: str, around: Sequence[str]) -> str:
    """A statement with what its article has said before: `Lindhaven, 4 May 2021: …`."""
    return f"{', '.join(around)}: {statement}" if around else statement


def _only_attributes(outside: Sequence[str]) -> bool:
    """Whether the words around quotations say no more than who speaks.

    A quotation inside a clause is a part of it: `They were losing “ten crowns a day”, he said.`
    """
    pieces = [piece for piece in outside if any(map(str.isalnum, piece))]
    if outside[0] in pieces and not _LEADS_IN.search(outside[0]):
        return False
    words = sum(len(_ASIDE.sub("", piece).split()) for piece in pieces)
    return words <= MAX_ATTRIBUTION and all(_REPORTS.search(piece) for piece in pieces)


def _inside(text: str, span: Span) -> Span:
    """A quotation without its marks and the space and comma inside them."""
    start, end = span.start, span.end
    while start < end and text[start] in MARKS + " ":
        start += 1
    while end > start and text[end - 1] in MARKS + " ":
        end -= 1
    if text[end : end + 1] in set("'’") and _OPENED.search(text, start, end):
        end += 1  # it closes what is quoted inside
    return Span(start, end)


def _going_on(text: str, span: Span, behind: Span | None) -> Span:
    """A quotation without the comma of who speaks: `“No,” he said, “never.”`."""
    if behind is None or text[span.end - 1] != ",":
        return span
    goes_on = _VERB.match(text, behind.start, behind.end)
    if goes_on or _UNFINISHED.search(text, span.start, span.end - 1):
        return Span(span.start, span.end - 1)
    return span


def _dangling(text: str, quoted: Sequence[Span]) -> list[int]:
    """Positions of double quotation marks that have no partner in the sentence."""
    marks = []
    for span in quoted:
        first, last = text[span.start], text[span.end - 1]
        is_whole = span.end - span.start > 1 and first in MARKS and last in MARKS
        if not is_whole:
            marks += [p for p in (span.start, span.end - 1) if text[p] in MARKS]
    return marks
