"""What is searched and verified for a sentence: its statement, without marks and attribution."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.claims.markup import plain
from index import Span

#: Most words that can stand outside a quotation and do no more than say who speaks.
MAX_ATTRIBUTION = 12

_MARKS = "“”„‟«»‹›\"‘’'"
_EDITED = re.compile(r"[(\[](\w{1,3})[)\]](?=\w)")  # “(T)he coalition”: a letter put in
_CLOCK = re.compile(
    r"^\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: GMT)?:? +(?=[^\W\d_a-z])"
)  # a live blog's
#: A note's number, as an encyclopedia puts it: `in 2010.[3]`.
_NOTE = re.compile(r"(?<=[^\s\[\]])(?:\[\d{1,3}\])+(?!\()")
_DOTS = re.compile(r"(?<=\w)\s?(?:\.\.\.|…)\s?(?=\w)")
_REPORTS = re.compile(
    r"\b(?:said|says?|told|tells?|add(?:s|ed)|argu(?:es|ed)|claim(?:s|ed)|insist(?:s|ed)|"
    r"explain(?:s|ed)|stress(?:es|ed)|warn(?:s|ed)|not(?:es|ed)|stat(?:es|ed)|declar(?:es|ed)|"
    r"announc(?:es|ed)|wr(?:ites|ote)|tweet(?:s|ed)|post(?:s|ed)|repl(?:ies|ied)|according to|"
    r"continu(?:es|ed)|recall(?:s|ed)|testif(?:ies|ied)|promis(?:es|ed)|vow(?:s|ed)|"
    r"remark(?:s|ed)|conclud(?:es|ed)|predict(?:s|ed)|complain(?:s|ed)|alleg(?:es|ed))\b"
)
#: How the words before a quotation end when it is no part of their clause: `He said that “…`.
_LEADS_IN = re.compile(rf"(?:[,:—–]|{_REPORTS.pattern}(?: that)?)\s*$")


def standalone(text: str, quoted: Sequence[Span]) -> str:
    """The statement of a sentence; `quoted` are the stretches of it inside quotation marks.

    A quotation gives its own words alone: `“(T)he dam broke,” he said.` → `"The dam broke."` Any
    other sentence keeps its words and loses Markdown marks and quotation marks without a partner.
    """
    inner = _own_words(text, quoted)
    if inner is None:
        inner = _drop(text, _dangling(text, quoted))
    statement = _EDITED.sub(r"\1", _CLOCK.sub("", plain(inner)))
    statement = _DOTS.sub(" ... ", _NOTE.sub("", statement))
    return " ".join(statement.split()) or " ".join(text.split())


def _own_words(text: str, quoted: Sequence[Span]) -> str | None:
    """The quoted words, when all else only says who speaks; else None."""
    if not quoted:
        return None
    outside, last = [], 0
    for span in quoted:
        outside.append(text[last : span.start])
        last = span.end
    outside.append(text[last:])
    if not _only_attributes(outside):
        return None
    joined = " ".join(span.of(text).strip(_MARKS + " ") for span in quoted)
    if not joined.strip():
        return None
    return joined[:-1] + "." if joined.endswith(",") else joined


def _only_attributes(outside: Sequence[str]) -> bool:
    """Whether the words around quotations say no more than who speaks.

    A quotation inside a clause is a part of it: `They were losing “ten crowns a day”, he said.`
    """
    pieces = [piece for piece in outside if any(map(str.isalnum, piece))]
    if outside[0] in pieces and not _LEADS_IN.search(outside[0]):
        return False
    words = sum(len(piece.split()) for piece in pieces)
    return words <= MAX_ATTRIBUTION and all(_REPORTS.search(piece) for piece in pieces)


def _dangling(text: str, quoted: Sequence[Span]) -> list[int]:
    """Positions of double quotation marks that have no partner in the sentence."""
    marks = []
    for span in quoted:
        first, last = text[span.start], text[span.end - 1]
        is_whole = span.end - span.start > 1 and first in _MARKS and last in _MARKS
        if not is_whole:
            marks += [p for p in (span.start, span.end - 1) if text[p] in _MARKS]
    return marks


def _drop(text: str, positions: Sequence[int]) -> str:
    dropped = set(positions)
    return "".join(character for i, character in enumerate(text) if i not in dropped)
