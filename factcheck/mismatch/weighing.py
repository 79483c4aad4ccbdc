"""How likely a difference is one: by where its value stands in the passage.

A value in a sentence that speaks of the claim's subject, before the same noun or behind the same
preposition, is more telling than one elsewhere.
"""

from __future__ import annotations

import re
from functools import cached_property

from factcheck.stems import EMPTY, stem, stems
from index import Span

_END = re.compile(r"[.!?][\"”’)*]{0,3}\s+(?=[\"“‘(*]{0,2}[A-Z0-9])|;\s|\n\s*\n|\n(?=[-*#•])")
_WORD = re.compile(r"[^\W_]+")
#: And what stands beside a value and tells no value from another.
_EMPTY = EMPTY | frozenset(
    """
    their told did do does there so more most about after before into over under up down all
    """.split()
)


class Context:
    """A passage's sentences, by how much each has of a claim."""

    def __init__(self, claim: str, passage: str, about: str = "") -> None:
        self._claim, self._passage = claim, passage
        self._about = telling_stems(about)

    @cached_property
    def sentences(self) -> list[Span]:
        """Where the passage's sentences stand, roughly."""
        spans, start = [], 0
        for match in _END.finditer(self._passage):
            spans.append(Span(start, match.end()))
            start = match.end()
        return [*spans, Span(start, len(self._passage))]

    @cached_property
    def shared(self) -> list[float]:
        """The share of the claim's words, in [0, 1], that each sentence has."""
        mine = telling_stems(self._claim)
        rare = mine - self._about or mine
        return [
            (len(mine & theirs) + len(rare & theirs)) / (len(mine) + len(rare)) if mine else 0.0
            for theirs in (telling_stems(span.of(self._passage)) for span in self.sentences)
        ]

    def near(self, span: Span) -> float:
        """How much the sentence of a place has of the claim; in [0, 1.1], more in the middle."""
        for number, sentence in enumerate(self.sentences):
            if span.start < sentence.end:
                middle = len(self.sentences) > 2 and 0 < number < len(self.sentences) - 1
                return self.shared[number] + 0.1 * middle
        return 0.0

    @cached_property
    def best(self) -> Span:
        """The sentence that has most of the claim; of equals the middle one."""
        scored = [self.near(Span(each.start, each.start)) for each in self.sentences]
        return self.sentences[max(range(len(scored)), key=scored.__getitem__)]


def telling_stems(text: str) -> set[str]:
    """The words of a text that tell one value from another, without endings."""
    return stems(text, _EMPTY)


def following(text: str, span: Span) -> frozenset[str]:
    """The next words behind a value, as stems: what it counts."""
    words = _WORD.findall(text[span.end : span.end + 48].casefold())[:4]
    return frozenset(stem(word) for word in words if word not in _EMPTY)


def preposition(text: str, span: Span) -> str:
    """The word before a value."""
    words = _WORD.findall(text[max(0, span.start - 24) : span.start].casefold())
    word = words[-1] if words else ""
    return words[-2] if word == "the" and len(words) > 1 else word
