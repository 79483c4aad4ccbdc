"""Where in a passage a claim is read, and how its source is put in front.

Labelled evidence is mostly a sentence or two, and a deciding sentence drowns in a long passage read
as one. So a passage is read where it most likely decides the claim. `training.dossiers` and
`training.articles` make what a verifier learns from with these same functions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from factcheck.citation import spoken_date
from factcheck.spans import within
from factcheck.stance.selection import SELECTION
from factcheck.stems import share, stems
from index import Encoder, Span
from index.sentences import split_sentences

#: A window has the sentences beside its own, and more until it has so many words: terse notes and
#: tables say in five sentences what prose says in one.
WINDOW_WORDS = 40
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_NAME = re.compile(r"\b[A-Z][\w'’]+")
#: What opens a heading, a list or a row of a table.
_MARKED = ("#", "**", "|", "-")


class Place(NamedTuple):
    """A sentence that likely decides a claim, and that sentence with its neighbours.

    `score` is that of the sentence; it tells passages that decide from others, too.
    """

    sentence: Span
    window: Span
    score: float


class Asked(NamedTuple):
    """A claim, a passage, and what stands above the passage: its title and heading."""

    claim: str
    text: str
    context: str = ""


def places_in(asked: Asked, nearness: Sequence[float] = ()) -> tuple[Place, ...]:
    """Where a claim is likeliest decided in a passage, and where next, if there is more of it.

    The second is around the likeliest sentence outside the first's window. A conditional logit over
    `likeness`. `nearness` has the cosine of the claim and each of `sentences_of(asked.text)`;
    without it words alone count. Spans are in the offsets of the text.
    """
    spans = sentences_of(asked.text)
    scores = [
        sum(SELECTION[name] * value for name, value in each.items())
        for each in likeness(asked, nearness or [0.0] * len(spans))
    ]
    ranked = sorted(range(len(spans)), key=lambda number: -scores[number])
    places = (Place(spans[n], around(asked.text, spans, n), scores[n]) for n in ranked)
    first = next(places)
    outside = (place for place in places if not within(place.sentence, first.window))
    return (first, *islice(outside, 1))


def find_places(encoder: Encoder, asked: Sequence[Asked]) -> list[tuple[Place, ...]]:
    """The places of each claim in its passage, nearness by `encoder`; no text is encoded twice."""
    return [
        places_in(each, near) for each, near in zip(asked, nearness(encoder, asked), strict=True)
    ]


def nearness(encoder: Encoder, asked: Sequence[Asked]) -> list[list[float]]:
    """For each passage the cosine of the claim and each of its sentences."""
    sentences = {
        text: [span.of(text) for span in sentences_of(text)]
        for text in dict.fromkeys(each.text for each in asked)
    }
    texts = [each.claim for each in asked]
    texts += [sentence for found in sentences.values() for sentence in found]
    unique = list(dict.fromkeys(texts))
    vectors = dict(zip(unique, encoder.encode(unique), strict=True))
    return [
        [float(vectors[each.claim] @ vectors[sentence]) for sentence in sentences[each.text]]
        for each in asked
    ]


def likeness(asked: Asked, nearness: Sequence[float]) -> list[dict[str, float]]:
    """What tells, of each sentence of the passage, whether it decides the claim.

    How near it and the one before it are in meaning, how many of the claim's words it has (with the
    sentence before; but for those of title and heading, which every sentence is about), its numbers
    and names, and how much of it the claim has.
    """
    sentences = [span.of(asked.text) for span in sentences_of(asked.text)]
    found = [stems(sentence) for sentence in sentences]
    mine = stems(asked.claim)
    own = mine - stems(asked.context) or mine
    numbers = set(_NUMBER.findall(asked.claim))
    names = set(_NAME.findall(asked.claim[1:]))
    mean = sum(nearness) / len(nearness)
    return [
        {
            "near": nearness[n],
            "near before": nearness[n - 1] if n else mean,
            "words with the one before": share(mine, found[n] | (found[n - 1] if n else set())),
            "own words": share(own, found[n]),
            "numbers": share(numbers, set(_NUMBER.findall(sentence))),
            "names": share(names, {name for name in names if name in sentence}),
            "of it": share(found[n], mine),
            "marked": float(sentence.startswith(_MARKED)),
            "first": float(n == 0 and len(sentences) > 1),
        }
        for n, sentence in enumerate(sentences)
    ]


def sentences_of(text: str) -> list[Span]:
    """The sentences of a passage; a text without one is one."""
    return split_sentences(text) or [Span(0, len(text))]


def around(text: str, sentences: Sequence[Span], number: int) -> Span:
    """The sentence `number` between its neighbours.

    That is the one before and the one behind it, and more, on the side that has fewer words, while
    all together have fewer than `WINDOW_WORDS`.
    """
    words = [len(span.of(text).split()) for span in sentences]
    last = len(sentences) - 1
    first, end = max(0, number - 1), min(last, number + 1)
    while sum(words[first : end + 1]) < WINDOW_WORDS and (first > 0 or end < last):
        shorter = sum(words[first:number]) <= sum(words[number + 1 : end + 1])
        if first > 0 and (shorter or end == last):
            first -= 1
        else:
            end += 1
    return Span(sentences[first].start, sentences[end].end)


def headed(text: str, title: str, published: str | None) -> str:
    """`text` with its source in front: `Harvest bulletin 2021 (3 March 2022): Last year …`.

    The title tells who "the company" is, and the date (ISO 8601) when "last year" was.
    """
    day = f" ({spoken_date(published)})" if published else ""
    return f"{title}{day}: {text}" if title else text
