"""Whether a sentence says a claim word for word.

A verifier that has learnt from passages with one word changed is wary of those with none changed.
No model is needed to see that all words of a claim stand in a sentence, in their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import accumulate

from factcheck.stems import ordered_stems

#: Words between those of the claim, at most, and only where one is set off from the next:
#: `Islamic State for three years: the group had held`.
BETWEEN = 3
#: A shorter claim may stand in a sentence about something else.
LEAST = 4
#: What turns a sentence round, or makes less of it than that it is so.
_TURNS = frozenset(
    """
    not no never without nor neither nobody none nothing cannot few hardly less denied deny denies
    rejected instead false untrue wrong if whether unless may might could would should must
    allegedly planned plans wants wanted expected expects hoped hopes former until before
    after than only
    """.split()
)
_SET_OFF = re.compile(r"[,;:–—()]\s")
_QUOTED = re.compile(r"[“”„«»\"]")
_WORD = re.compile(r"[^\W_]+")
_NEGATION = re.compile(r"n['’]t\b")


def echoes(claim: str, sentence: str) -> bool:
    """Whether all words of the claim stand in the sentence, in order and close together.

    What turns one of them round must turn both. What a source quotes it does not say.
    """
    # each part on its own, so that what stands between is told from what is set off
    parts = [ordered_stems(part) for part in _SET_OFF.split(sentence)]
    mine, theirs = ordered_stems(claim), [word for part in parts for word in part]
    if len(mine) < LEAST or _QUOTED.search(sentence) or _turns(claim) != _turns(sentence):
        return False
    ends = set(accumulate(len(part) for part in parts))
    first = (at for at, word in enumerate(theirs) if word == mine[0])
    return any(_follows(mine, theirs, at, ends) for at in first)


def _follows(words: Sequence[str], among: Sequence[str], at: int, ends: Collection[int]) -> bool:
    """Whether the words stand from `at` on; others between only up to one of the `ends`."""
    between = 0
    for word in words:
        gap = at
        while at < len(among) and among[at] != word:
            at += 1
        if at == len(among):
            return False
        if at > gap:
            between += at - gap
            if not any(gap < end <= at for end in ends):
                return False
        at += 1
    return between <= BETWEEN


def _turns(text: str) -> Counter[str]:
    words = _WORD.findall(_NEGATION.sub(" not", text.casefold()))
    return Counter(word for word in words if word in _TURNS)
