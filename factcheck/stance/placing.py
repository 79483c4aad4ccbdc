"""Where in a passage a claim is read, and how its source is put in front.

Labelled evidence is mostly a sentence or two, and a deciding sentence drowns in a long passage read
as one. So a passage is read where it shares most words with the claim. `training.dossiers` makes
what a verifier learns from with these same functions.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from factcheck.citation import spoken_date
from index import Span
from index.sentences import split_sentences

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    """
    a an the of in on at to by for from with and or but that which who is are was were be been has
    have had it its he she they their his her as than this these those not no will would can could
    said says
    """.split()
)


class Place(NamedTuple):
    """The sentence with most of a claim's words, and that sentence with its neighbours."""

    sentence: Span
    window: Span


def find_place(claim: str, text: str) -> Place:
    """The sentence of `text` that, alone and with the one behind it, has most of the claim's words.

    Spans are in the offsets of `text`; a text without a sentence is one.
    """
    spans = split_sentences(text) or [Span(0, len(text))]
    mine = stems(claim)
    found = [stems(span.of(text)) for span in spans]

    def shared(number: int) -> float:
        both = found[number] | (found[number + 1] if number + 1 < len(found) else set())
        return len(mine & both) + len(mine & found[number]) / 2

    best = max(range(len(spans)), key=shared)
    return Place(spans[best], around(spans, best))


def around(sentences: list[Span], number: int) -> Span:
    """From the sentence before to the one behind the sentence `number`, as far as there are any."""
    first, last = sentences[max(0, number - 1)], sentences[min(len(sentences) - 1, number + 1)]
    return Span(first.start, last.end)


def headed(text: str, title: str, published: str | None) -> str:
    """`text` with its source in front: `Harvest bulletin 2021 (3 March 2022): Last year …`.

    The title tells who "the company" is, and the date (ISO 8601) when "last year" was.
    """
    day = f" ({spoken_date(published)})" if published else ""
    return f"{title}{day}: {text}" if title else text


def covered(claim: str, passage: str) -> float:
    """The share of a claim's words, in [0, 1], that a passage has too."""
    mine = stems(claim)
    return len(mine & stems(passage)) / len(mine) if mine else 0.0


def stems(text: str) -> set[str]:
    """The words of `text` that say something, without their endings."""
    words = _WORD.findall(text.casefold())
    return {_stem(word) for word in words if word not in _EMPTY}


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word
