"""The words of a text that say something, without their endings."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")
_WORD = re.compile(r"[^\W_]+")
#: Words that say nothing of what a text is about.
EMPTY = frozenset(
    """
    a an the of in on at to by for from with and or but that which who is are was were be been has
    have had it its he she they his her as than this these those not no will would can could
    said says
    """.split()
)


def covered(claim: str, passage: str) -> float:
    """The share of a claim's words, in [0, 1], that a passage has too."""
    return share(stems(claim), stems(passage))


def share(mine: set[str], theirs: set[str]) -> float:
    """The share of `mine`, in [0, 1], that is in `theirs`; 0 of nothing."""
    return len(mine & theirs) / len(mine) if mine else 0.0


def stems(text: str, empty: frozenset[str] = EMPTY) -> set[str]:
    """The words of `text` that say something, which those of `empty` do not, without endings."""
    return set(ordered_stems(text, empty))


def ordered_stems(text: str, empty: frozenset[str] = EMPTY) -> list[str]:
    """The same, in the order of the text."""
    return [stem(word) for word in _WORD.findall(text.casefold()) if word not in empty]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word in small letters without its ending: `prices` → `price`.

    By the Snowball stemmer for English (Porter 2001, "Snowball").
    """
    return str(_STEMMER.stemWord(word))
