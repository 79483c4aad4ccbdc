"""Where in a passage a claim is read, and how its source is put in front.

Labelled evidence is mostly a sentence or two, and a deciding sentence drowns in a long passage read
as one. So a passage is read where it is most like the claim, in words and in meaning.
`training.dossiers` makes what a verifier learns from with these same functions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from factcheck.citation import spoken_date
from index import Encoder, Span
from index.sentences import split_sentences

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    """
    a an the of in on at to by for from with and or but that which who is are was were be been has
    have had it its he she they their his her as than this these those not no will would can could
    said says
    """.split()
)


#: What counts beside the share of a claim's words that a sentence has: the share that it has with
#: the sentence behind it, and how near it is in meaning. Of 5,157 deciding sentences in dossiers
#: words alone find 0.65, these three 0.75; any weight of meaning from 0.25 to 3 does as well.
BOTH, MEANING = 0.3, 0.5


class Place(NamedTuple):
    """The sentence most like a claim, and that sentence with its neighbours."""

    sentence: Span
    window: Span


def find_place(claim: str, text: str, nearness: Sequence[float] = ()) -> Place:
    """The sentence of `text` that is most like the claim, and its neighbours.

    `nearness` has the cosine of the claim and each of `sentences_of(text)`; without it words alone
    count. Spans are in the offsets of `text`.
    """
    spans = sentences_of(text)
    mine = stems(claim)
    found = [stems(span.of(text)) for span in spans]

    def likeness(number: int) -> float:
        both = found[number] | (found[number + 1] if number + 1 < len(found) else set())
        shared = len(mine & found[number]) + BOTH * len(mine & both)
        near = nearness[number] if nearness else 0.0
        return shared / max(1, len(mine)) + MEANING * near

    best = max(range(len(spans)), key=likeness)
    return Place(spans[best], around(spans, best))


def find_places(encoder: Encoder, pairs: Sequence[tuple[str, str]]) -> list[Place]:
    """The place of each claim in its text, nearness by `encoder`; no text is encoded twice."""
    sentences = {
        text: [span.of(text) for span in sentences_of(text)]
        for text in dict.fromkeys(text for _, text in pairs)
    }
    texts = [claim for claim, _ in pairs]
    texts += [sentence for found in sentences.values() for sentence in found]
    unique = list(dict.fromkeys(texts))
    vectors = dict(zip(unique, encoder.encode(unique), strict=True))
    return [
        find_place(claim, text, [float(vectors[claim] @ vectors[each]) for each in sentences[text]])
        for claim, text in pairs
    ]


def sentences_of(text: str) -> list[Span]:
    """The sentences of a passage; a text without one is one."""
    return split_sentences(text) or [Span(0, len(text))]


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
    return set(ordered_stems(text))


def ordered_stems(text: str) -> list[str]:
    """The same, in the order of the text."""
    words = _WORD.findall(text.casefold())
    return [_stem(word) for word in words if word not in _EMPTY]


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word
