"""Where the items of a round-up begin, which has several stories in one text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.capitals import CAPITAL

#: `**Ostrel** – A fire …`, and `**3. Yes to Ostrel, by one vote.** A fire …`.
_BOLD = re.compile(
    r"\s*(?:[-*•+] )?(?:\*\*|__)(?P<number>\d{1,2}[.)] )?(?P<lead>[^*_\n]{2,90}?)[.:,–—]?"
    r"(?:\*\*|__)\s*\S"
)
#: A lead without a number is a name, or little more.
_LONGEST = 60
#: A lead is looked for in the first characters of a block.
_SEEN = 120
_BULLET = re.compile(r"\s*[-*•+] +\S")
_NAME = re.compile(CAPITAL)
#: So many make a form, and a list is no list of stories unless it is most of the text.
_LEAST, _LEAST_BULLETS = 2, 3


def find_items(blocks: Sequence[str], places: Sequence[str | None]) -> list[str | None]:
    """What stands before the item that a block begins, "" for a mere bullet; None elsewhere.

    `places` are those of the blocks' datelines. An item has a dateline, words in bold or a bullet,
    and all of an article's the same of these; where too few have, there are none.
    """
    bold = [_lead(block) for block in blocks]
    for leads in (list(places), bold):
        if sum(map(bool, leads)) >= _LEAST:
            return [lead or None for lead in leads]
    bullets = ["" if _BULLET.match(block) else None for block in blocks]
    count = bullets.count("")
    return bullets if count >= _LEAST_BULLETS and 2 * count >= len(blocks) else [None] * len(blocks)


def _lead(block: str) -> str | None:
    match = _BOLD.match(block[:_SEEN])
    lead = match["lead"] if match else ""
    numbered = match is not None and match["number"] is not None
    short = len(lead) <= _LONGEST and not any(map(str.isdigit, lead))
    return lead if _NAME.match(lead) and (numbered or short) else None


def numbered_lead(block: str) -> str:
    """What stands in bold behind the number of an item, or ""."""
    match = _BOLD.match(block[:_SEEN])
    return match["lead"] if match and match["number"] else ""
