"""What is put before a claim that stands alone: `Lissmark, butter, January 2025: A packet …`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.claims.salience import stem

#: More than this before a claim hides it.
MOST = 3


def first_few(text: str, options: Sequence[str], most: int) -> list[str]:
    """The first of some names and nouns, at most `most`, that neither the text has nor another."""
    found: list[str] = []
    for option in options:
        if len(found) >= most:
            break
        if not says(text, option) and not any(says(a, option) or says(option, a) for a in found):
            found.append(option)
    return found


def says(text: str, words: str) -> bool:
    """Whether a text has a name, or the last noun of a phrase in singular or plural."""
    if words[:1].isupper():
        return words.casefold() in text.casefold()
    last = stem(words.rsplit(maxsplit=1)[-1])
    return re.search(rf"\b{re.escape(last)}", text.casefold()) is not None
