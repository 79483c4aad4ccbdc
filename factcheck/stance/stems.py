"""The words of a text that say something, without their endings."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    """
    a an the of in on at to by for from with and or but that which who is are was were be been has
    have had it its he she they their his her as than this these those not no will would can could
    said says
    """.split()
)


def covered(claim: str, passage: str) -> float:
    """The share of a claim's words, in [0, 1], that a passage has too."""
    return share(stems(claim), stems(passage))


def share(mine: set[str], theirs: set[str]) -> float:
    """The share of `mine`, in [0, 1], that is in `theirs`; 0 of nothing."""
    return len(mine & theirs) / len(mine) if mine else 0.0


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
