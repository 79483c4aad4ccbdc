"""Words that turn a statement round: rose and fell, all and some, is and is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import Span

#: What goes up on the left, and its opposite in the same form on the right.
_OPPOSITES = """
rose/fell risen/fallen rise/fall rises/falls rising/falling increased/decreased increase/decrease
increases/decreases increasing/decreasing grew/shrank grown/shrunk grow/shrink growing/shrinking growth/decline
climbed/dropped climbing/dropping gained/lost gain/loss gains/losses up/down higher/lower above/below over/under
more/less larger/smaller longer/shorter older/younger faster/slower earlier/later before/after won/lost
win/lose beat/lost widened/narrowed improved/worsened opened/closed opening/closing approved/rejected accepted/rejected
passed/failed upheld/overturned started/ended began/ended joined/left bought/sold import/export imported/exported
arrived/left raised/lowered raised/cut expanded/cut hired/dismissed strengthened/weakened heated/cooled warmer/colder
warmed/cooled richer/poorer surplus/deficit profit/loss ahead/behind majority/minority supported/opposed
backed/opposed for/against allowed/banned legal/illegal promoted/relegated north/south east/west northern/southern
eastern/western advanced/retreated jumped/plunged soared/slumped better/worse best/worst most/fewest
""".split()
_OPPOSITE: dict[str, str] = {}
for _pair in _OPPOSITES:
    _left, _right = _pair.split("/")
    _OPPOSITE.setdefault(_left, _right)
    _OPPOSITE.setdefault(_right, _left)
#: Families of words that say the same direction, for what the passage says in its own words.
UP = frozenset(
    "rose risen rise rises rising increased increase increases increasing grew grown grow growing growth climbed climbing gained "
    "gain gains up higher above over more jumped soared surged doubled tripled advanced exceeded added improved raised expanded "
    "widened record upward longer larger".split()
)
DOWN = frozenset(
    "fell fallen fall falls falling decreased decrease decreases decreasing shrank shrunk shrink shrinking decline declined declining "
    "dropped drop drops dropping lost loss losses down lower below under less fewer plunged slumped slipped slid halved cut "
    "narrowed worsened lowered reduced reduction short shortfall dipped dip tumbled eased weaker downward shorter smaller".split()
)
_WORD = re.compile(r"[A-Za-z]+(?:n['’]t)?")
#: Quantifiers, from all to none, with those that stand for another in a rewriting.
_QUANTIFIERS = re.compile(
    r"\b(?:all(?: (?:of|but \w+))?|every|each|both|none(?: of)?|no|not one|neither|most(?: of)?|many(?: of)?|some(?: of)?|several|few(?: of)?|"
    r"only|half(?: of)?|the majority of|a majority of|a minority of|nobody|everybody|everyone|no one|any|always|never|"
    r"the (?:first|last|largest|biggest|smallest|highest|lowest|oldest|youngest|longest|shortest|best|worst|"
    r"second[- ]\w+est|third[- ]\w+est|most \w+|fewest)|(?:second|third|fourth)[- ]\w+est)\b",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t|failed to|refused to|declined to|denied|denies|"
    r"ruled out|no longer|lack(?:s|ed)?|absen(?:t|ce)|refus(?:ed|al)|reject(?:ed|s)|cancelled|canceled|withdr[ae]wn?|"
    r"withdrew|unable|free of|free from)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|does|do|did|may|might|must|shall|should)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A word of a claim that turns it round, and the claim with the opposite in its place."""

    kind: str
    span: Span
    rewritten: str


def directions(text: str) -> Iterator[Turn]:
    """The claim with one direction word turned."""
    for match in _WORD.finditer(text):
        opposite = _OPPOSITE.get(match[0].lower())
        if opposite:
            yield Turn(
                "direction",
                Span(match.start(), match.end()),
                text[: match.start()] + opposite + text[match.end() :],
            )


def negations(text: str) -> Iterator[Turn]:
    """The claim with its negation taken away, or one put in."""
    for match in re.finditer(r"\s(?:not|never)\b|(?<=\w)n['’]t\b", text):
        yield Turn(
            "negation",
            Span(match.start(), match.end()),
            text[: match.start()] + text[match.end() :],
        )
        return
    if re.search(r"\b(?:no|none|nobody|nothing|neither|without)\b", text, re.IGNORECASE):
        return
    match = _AUXILIARY.search(text)
    if match:
        yield Turn(
            "negation",
            Span(match.start(), match.end()),
            f"{text[: match.end()]} not{text[match.end() :]}",
        )


def quantifiers(text: str) -> list[Span]:
    """Where a text says how many of something: all, most, none, the first, the largest."""
    return [Span(match.start(), match.end()) for match in _QUANTIFIERS.finditer(text)]


def direction_words(text: str, up: bool) -> list[Span]:
    """Words of one direction."""
    family = UP if up else DOWN
    return [Span(m.start(), m.end()) for m in _WORD.finditer(text) if m[0].lower() in family]


def opposite_words(word: str, text: str) -> list[Span]:
    """Words of a text that say the opposite of `word`."""
    lower = word.lower()
    wanted = {_OPPOSITE[lower]} if lower in _OPPOSITE else set()
    if lower in UP:
        wanted |= DOWN
    if lower in DOWN:
        wanted |= UP
    return [Span(m.start(), m.end()) for m in _WORD.finditer(text) if m[0].lower() in wanted]


def negation_words(text: str) -> list[Span]:
    """Where a text denies something."""
    return [Span(match.start(), match.end()) for match in NEGATION.finditer(text)]
