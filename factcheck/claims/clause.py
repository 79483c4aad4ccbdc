"""A stretch of a sentence that states a fact."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index import Span

#: Fewer words state nothing that could be searched for.
MIN_WORDS = 3
#: Numbers in words, from two up.
NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozen|"
    "hundred|thousand|million|billion"
)
#: What is set off is a fact of its own where it says something exact: a figure, a date, a name.
EXACT = re.compile(
    rf"\d|\b(?:{NUMBERS}|half|third|quarter|most|largest|highest|first|best|lowest|biggest|longest|"
    r"oldest)\b|(?<=[a-z,] )[A-Z][a-z]+"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch that states a fact, in the sentence's own offsets.

    `span` is what the claim is; `content` what it states, without its attribution. `before` are the
    words that it leaves out and takes from its neighbour: its subject, an auxiliary. `dropped` is a
    relative pronoun that `before` stands for; that is `whose` where it `owns` what follows. `verb`
    is its predicate's token, and `teller` that of who says it, where it is `reported`.
    """

    span: Span
    content: Span
    before: tuple[Span, ...] = ()
    dropped: Span | None = None
    verb: int = 0
    reported: bool = False
    owns: bool = False
    teller: int | None = None
