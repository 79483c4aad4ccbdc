"""What is put before a claim that stands alone: `Lissmark, butter, January 2025: A packet …`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.claims.salience import stem

#: More than this before a claim hides it, its date included.
MOST = 4

_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_DOES = r" (?:of them|were|was|are|is|have|had|did|do|to|could|would|will)\b"
#: What is counted and not named; ages, prices, dates and names with a number are not.
_COUNTS = re.compile(
    rf"\b(?:both|neither|none|all (?:{_NUMBERS})|{_NUMBERS}|the (?:first|second|third|last|others?|"
    rf"latter|former|rest))(?=[.,;”\"]|$|{_DOES})|"
    r"(?<![£$€\d.,:–-])(?<!age of )(?<!from )\b\d{1,3}(?:,\d{3})*"
    rf"(?=[.;”\"](?!\d)|$|{_DOES})",
    re.IGNORECASE,
)


def counts(text: str) -> bool:
    """Whether a text counts what it does not name: `It holds 64`, `Both were sunk`."""
    return _COUNTS.search(text) is not None


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
    if words[:1].isupper():  # `Oman` is not in `woman`, but `Veld` is in `Velders`
        return re.search(rf"(?<!\w){re.escape(words.casefold())}", text.casefold()) is not None
    last = stem(words.rsplit(maxsplit=1)[-1])
    return re.search(rf"\b{re.escape(last)}", text.casefold()) is not None
