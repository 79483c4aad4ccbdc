"""Words that turn a statement round: rose and fell, early and late, is and is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.claims.syntax import Parse, Token, base_form
from index import Span

#: What goes up on the left, and its opposite in the same form on the right.
_OPPOSITES = """
rose/fell risen/fallen rise/fall rises/falls rising/falling increased/decreased increase/decrease
increases/decreases increasing/decreasing grew/shrank grown/shrunk grow/shrink grows/shrinks
growing/shrinking growth/decline climbed/dropped climb/drop climbs/drops climbing/dropping
gained/lost gain/loss gains/losses up/down higher/lower above/below over/under upward/downward
more/less larger/smaller bigger/smaller longer/shorter older/younger faster/slower earlier/later
early/late before/after won/lost win/lose wins/loses beat/lost widened/narrowed improved/worsened
improving/worsening opened/closed opening/closing approved/rejected accepted/rejected
upheld/overturned started/ended began/ended joined/left export/import exported/imported
exports/imports raised/lowered expanded/cut hired/dismissed strengthened/weakened
warmed/cooled warming/cooling warmer/colder richer/poorer surplus/deficit profit/loss ahead/behind
majority/minority supported/opposed backed/opposed allowed/banned legal/illegal promoted/relegated
jumped/plunged soared/slumped better/worse lengthened/shortened extended/shortened doubled/halved
heavier/lighter stronger/weaker deeper/shallower wider/narrower thicker/thinner accelerated/slowed
northern/southern eastern/western north/south east/west
""".split()
_OPPOSITE: dict[str, str] = {}
for _pair in _OPPOSITES:
    _left, _right = _pair.split("/")
    _OPPOSITE.setdefault(_left, _right)
    _OPPOSITE.setdefault(_right, _left)
#: Families of words that say the same direction, for what the passage says in its own words.
UP = frozenset(
    """
    rose risen rise rises rising increased increase increases increasing grew grown grow grows
    growing growth climbed climb climbs climbing gained gain gains up higher above over more jumped
    soared surged doubled tripled advanced exceeded improved raised expanded widened upward longer
    larger bigger greater lengthened extended strengthened swelled accelerated upturn ahead topped
    outstripped warmed higher deeper
    """.split()
)
DOWN = frozenset(
    """
    fell fallen fall falls falling decreased decrease decreases decreasing shrank shrunk shrink
    shrinks shrinking decline declined declines declining dropped drop drops dropping lost loss
    losses down lower below under less fewer plunged slumped slipped slid halved cut narrowed
    worsened lowered reduced reduction short shortfall dipped dip tumbled eased weaker downward
    shorter smaller shortened contracted weakened slowed retreated sank behind downturn shed
    cooled shallower
    """.split()
)
#: Words that say a direction only before or behind certain others.
_BEFORE_AFTER = {
    "up": r" (?:from|on|by|against|\d|[a-z]+ (?:per cent|percent|points?))|[.,;]|$",
    "down": r" (?:from|on|by|against|\d|[a-z]+ (?:per cent|percent|points?))|[.,;]|$",
    **dict.fromkeys(
        ("over", "under", "above", "below"),
        r" (?:budget|target|forecast|plan|quota|average|estimate|par|cost|expectations|"
        r"the (?:sum|budget|target|average|figure|forecast|estimate|plan|level|limit|mark|norm)|"
        r"its|their|last year)\b|"
        r"[.,;]|$",
    ),
    **dict.fromkeys(("profit", "loss", "losses"), r" of (?:\d|[$€£])"),
    "more": r" than\b|[.,;]|$",
    "less": r" than\b|[.,;]|$",
    "ahead": r" of\b|[.,;]|$",
    "behind": r" (?:schedule|plan|time|its|the|their)\b|[.,;]|$",
    "short": r" of\b",
    "early": r"[.,;]|$| \w+ing\b",
    "late": r"[.,;]|$",
    "cut": r"",
    "left": r"(?!-)",
}
#: Between these words `up` and `down` say a direction: `gone up over the same period`.
_GOES = re.compile(r"\b(?:go|goes|going|gone|went) $", re.IGNORECASE)
_GONE = re.compile(r" (?:over|since|during|again|slightly|sharply|further|steadily|a little)\b")
_WORD = re.compile(r"[A-Za-z]+(?:n['’]t)?")
#: After these words a fall is a season, and a rise something to stand on.
_NO_DIRECTION = re.compile(
    r"\b(?:the|of|this|last|next|in|every|struck|set|shut|broke|take)\s$", re.IGNORECASE
)
NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|\w{1,12}n['’]t|failed to|"
    r"fails to|refused to|declined to|denied|denies|ruled out|no longer|lack(?:s|ed)?|"
    r"absen(?:t|ce)|"
    r"refus(?:ed|al)|reject(?:ed|s)|cancelled|canceled|withdr[ae]wn?|withdrew|unable|free of|"
    r"free from|turned down|struck down|called off|scrapped|abandoned|unlikely|halted|hardly)\b",
    re.IGNORECASE,
)
#: What a claim denies by, and the same affirmed.
_AFFIRMED = (
    (re.compile(r"\bno longer\b", re.IGNORECASE), "still"),
    (re.compile(r"\b(?:failed|refused|declined) to\b", re.IGNORECASE), "agreed to"),
    (re.compile(r"\bunable to\b", re.IGNORECASE), "able to"),
    (
        re.compile(r"\b(?:was|were|been|is|are|be) (?P<w>free (?:of|from))\b", re.IGNORECASE),
        "not free of",
    ),
    (re.compile(r"\bwithout (?:any )?", re.IGNORECASE), "with "),
    (re.compile(r"\black(?:s|ed)\b", re.IGNORECASE), "had"),
    (re.compile(r"\bdenied\b", re.IGNORECASE), "confirmed"),
    (re.compile(r"\bcan(?:not|['’]t)\b", re.IGNORECASE), "can"),
    (re.compile(r"\bwon['’]t\b", re.IGNORECASE), "will"),
    (re.compile(r"\bnot (?P<w>a single|one|any)\b", re.IGNORECASE), "a"),
    (re.compile(r"(?<=\w)(?:n['’]t|\s(?P<w>not|never))\b", re.IGNORECASE), ""),
    (re.compile(r"\b[Nn]either (?=.{1,90}\bnor\b)"), "both "),
    (re.compile(r"\b(?:[Nn]obody|[Nn]o one)\b"), "somebody"),
    (re.compile(r"\b[Nn]othing\b"), "something"),
    (re.compile(r"\b[Nn]one\b"), "some"),
    (re.compile(r"\b[Nn]o (?=\w+)"), "a "),
)
_SAYING = re.compile(r"\b(?:said|says|told|wrote|added|replied|called|asked)\b")
_AUXILIARY = frozenset(
    """
    is are was were has have had will would can could does do did may might must shall should
    """.split()
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A word of a claim that turns it round, and the claim with the opposite in its place."""

    span: Span
    rewritten: str


def quoted(text: str, span: Span) -> bool:
    """Whether a place stands in quotation marks: what is said is not the claim's own word."""
    before = text[: span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def directions(text: str) -> Iterator[Turn]:
    """The claim with one direction word turned."""
    for span in _directed(text):
        opposite = _opposite(span.of(text))
        if opposite:
            shown = opposite.capitalize() if span.of(text)[:1].isupper() else opposite
            yield Turn(span, text[: span.start] + shown + text[span.end :])


def _directed(text: str) -> Iterator[Span]:
    """The words of a text that say a direction, in order."""
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word not in _OPPOSITE and word not in UP and word not in DOWN:
            continue
        after = _BEFORE_AFTER.get(word)
        before = text[max(0, match.start() - 10) : match.start()]
        goes = word in {"up", "down"} and _GOES.search(before) and _GONE.match(text, match.end())
        told = after is None or goes or re.match(after, text[match.end() : match.end() + 24])
        if not told:
            continue
        nominal = word in {
            "fall",
            "falls",
            "rise",
            "rises",
            "gains",
            "losses",
            "loss",
            "up",
            "down",
            "over",
            "left",
            "cut",
        }
        if (
            nominal
            and _NO_DIRECTION.search(before)
            and not re.match(r" in\b", text[match.end() :][:4])
        ):
            continue
        yield Span(match.start(), match.end())


def _opposite(word: str) -> str:
    lower = word.lower()
    if lower in _OPPOSITE:
        return _OPPOSITE[lower]
    if lower not in UP and lower not in DOWN:
        return ""
    up = lower in UP
    if lower.endswith("ing"):
        return "falling" if up else "rising"
    if lower in {
        "greater",
        "fewer",
        "short",
        "shortfall",
        "reduction",
        "dip",
        "upturn",
        "downturn",
    }:
        return {"greater": "smaller", "fewer": "more", "short": "ahead"}.get(lower, "increase")
    return "fell" if up else "rose"


def opposite_words(word: str, text: str) -> list[Span]:
    """Words of a text that say the opposite of `word`."""
    lower = word.lower()
    wanted = {_OPPOSITE[lower]} if lower in _OPPOSITE else set()
    wanted |= {left for left, right in _OPPOSITE.items() if right == lower}
    if lower in UP:
        wanted |= DOWN
    if lower in DOWN:
        wanted |= UP
    return [span for span in _directed(text) if span.of(text).lower() in wanted]


def affirmed(text: str) -> Turn | None:
    """A claim that denies something, with that affirmed; None for one that denies nothing."""
    for pattern, instead in _AFFIRMED:
        match = pattern.search(text)
        if not match or quoted(text, Span(match.start(), match.end())):
            continue
        start = match.start("w") if match.groupdict().get("w") else match.start()
        end = match.end()
        head, shown = text[:start], instead
        if shown and match[0][:1].isupper():
            shown = shown[0].upper() + shown[1:]
        if instead == "a":  # `not a single` goes with the not
            start = match.start()
            head = text[:start]
        if instead == "both ":
            tail = text[end:].replace(" nor ", " and ", 1)
        else:
            tail = text[end:] if shown.strip() else text[end:].lstrip()
            tail = tail if shown.strip() else " " + tail
            head = head if shown.strip() else head.rstrip()
        return Turn(
            Span(start, max(end - (text[end - 1] == " "), start + 1)),
            head + shown + tail,
        )
    return None


def denied(text: str, parse: Parse) -> Turn | None:
    """A claim that affirms something, with its main verb denied."""
    tokens = parse.tokens
    main = _main_auxiliary(tokens)
    if any(quote in text for quote in '“"') and _SAYING.search(text):
        return None  # who said it may differ, and what was said, but not that it was
    if main is not None:
        auxiliary, verb = main
        span = Span(auxiliary.start, max(verb.end, auxiliary.end))
        return Turn(span, f"{text[: auxiliary.end]} not{text[auxiliary.end :]}")
    for token in tokens:
        if token.relation == "ROOT" and token.tag in {"VBD", "VBZ", "VBP"}:
            lead = {"VBD": "did not ", "VBZ": "does not ", "VBP": "do not "}[token.tag]
            bare = base_form(token.text)
            span = Span(token.start, token.end)
            return Turn(span, text[: token.start] + lead + bare + text[token.end :])
    return None


def _main_auxiliary(tokens: tuple[Token, ...]) -> tuple[Token, Token] | None:
    """The auxiliary that `not` goes behind, and its verb: the innermost statement's first."""
    best: tuple[int, Token, Token] | None = None
    for token in tokens:
        if token.text.lower() not in _AUXILIARY or token.tag == "VB":
            continue
        verb = tokens[token.head] if token.relation in {"aux", "auxpass"} else token
        if verb.relation == "ROOT":
            rank = 1
        elif verb.relation == "ccomp":
            rank = 0  # what is said, before that it is said
        else:
            rank = 2
        if best is None or rank < best[0]:
            best = (rank, token, verb if verb.start >= token.start else token)
    return (best[1], best[2]) if best else None


def negation_words(text: str) -> list[Span]:
    """Where a text denies something."""
    return [Span(match.start(), match.end()) for match in NEGATION.finditer(text)]
