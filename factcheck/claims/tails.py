"""What commas set off behind a clause, a fact of its own though it has no verb of the sentence's.

`, the highest since 1934`, `, ending sixteen years of waiting`, `, at a cost of 90,000 a day`,
`, four times as much as in May`, `, the fault that had sunk two ships`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from factcheck.claims.clause import EXACT, MIN_WORDS, NUMBERS, Clause
from factcheck.claims.setting import SUBJECTS
from factcheck.claims.syntax import Parse
from factcheck.spans import overlaps
from index import Span

_NUMBER = rf"(?:[£$€¥]?\d[\d.,]*(?: (?:hundred|thousand|million|billion))?|{NUMBERS})"
#: How many, and before it how exactly.
_COUNT = (
    r"(?:(?:some|about|around|roughly|nearly|almost|just|only|over|at least|more than|fewer than)"
    r" )?"
    rf"(?:(?:two|three) (?:thirds|quarters|fifths)|{_NUMBER}|half|twice|double|"
    r"a (?:third|quarter|fifth|sixth|tenth)|most|all|none|some|many)"
)
_SUPERLATIVE = (
    r"(?:most|fewest|least|largest|highest|lowest|biggest|smallest|longest|shortest|first|last|"
    r"best|worst|oldest|youngest|record|rise|fall|increase|decrease|drop|jump|second|third|fourth|"
    r"fifth|only|\w{3,}iest|strongest|weakest|fastest|slowest|steepest|sharpest|warmest|coldest|"
    r"wettest|hottest|greatest)"
)
_MORE = r"(?:more|less|fewer|higher|lower|larger|smaller|longer|shorter|older|younger|faster)"
#: What is set off as a noun may also be the subject of what follows.
_NOUN = re.compile(
    rf"(?:in )?(?:the|its|their|his|her|a|an)\s+(?:\w+[\s-]){{0,3}}?{_SUPERLATIVE}\b|the most\b"
    r"|(?:the|a|an) (?:\w+ ){1,2}(?:that|which|who) (?:had|has|have|was|were|is|are|\w+ed)\b"
)
_LEAD = re.compile(
    rf"{_MORE} than\b"
    rf"|{_COUNT}(?: per cent| percentage points?|%|(?: [\w-]+){{1,2}}?)?(?: times)?"
    rf" (?:{_MORE}\b|as \w+ )"
    rf"|{_COUNT}(?: per cent|%)? of (?:them|it|whom|which)\b"
    r"|(?:ending|making|bringing|leaving|taking|killing|wounding|injuring|giving|raising|cutting|"
    r"pushing|lifting|forcing|destroying|displacing|reducing|costing|beating)\b"
    rf"|(?!including|according|during|following|regarding|starting|beginning|depending)[a-z]{{2,}}ing"
    rf"\b(?=[^,;]*(?:\d|\b(?:{NUMBERS}|half|third)\b))"
    r"|(?:with|after|at a cost of|in front of|including|among them)\s|one of\b"
    r"|for the \w+ (?:time|year|month|week|day)\b"
    r"|(?:sheltered|owned|built|designed|founded|led|run|paid|funded|killed)\b"
)
#: This alone has a verb of its own, and the parser may take it for the sentence's.
_OF_WHICH = re.compile(rf"{_COUNT}(?: per cent|%)? of (?:whom|which)\b")
#: These begin a fact only with a figure.
_LOOSE = re.compile(r"(?:with|in front of|including|among them)\s")
_FIGURE = re.compile(rf"\d|\b(?:{NUMBERS}|half|third)\b")
#: A comparison with all others is as exact as a figure.
_WITH_ALL = re.compile(r"\bthan (?:\w+ ){0,2}(?:any|every|all)|\b(?:twice|double|half)\b")
#: Each is read with all before it: in a sentence of nothing else they would cost its square.
MAX_TAILS, MAX_COMMAS = 6, 40
_COMMA = re.compile(r",\s+")
_SOURCE = re.compile(r", according to [^,;]+$")
_DOING = re.compile(r"[a-z]{2,}ing\s")
#: What joins what is set off, and is no part of what stands before.
_JOINT = re.compile(r",? (?:and|but|or)$")
#: Where two things done meet, or two comparisons.
_AND_DOING = re.compile(r",?\s+and\s+(?=[a-z]{2,}ing\s)")
_BUT_MORE = re.compile(
    rf",?\s+but\s+(?=(?:[\w.,%]+ ){{0,5}}(?:{_MORE} than|below|above|short of)\b)"
)


def set_off(text: str, parse: Parse, clause: Clause, quoted: Sequence[Span]) -> list[Clause]:
    """A clause, and what is set off behind it as claims of their own, read with all before it.

    Who says it may stand behind: `It hurt four, two of them nurses, the mayor said.`
    """
    stop = clause.content.end if clause.reported else clause.span.end
    tails: list[Clause] = []
    commas = list(_COMMA.finditer(text, clause.content.start, stop))[-MAX_COMMAS:]
    for comma in reversed(commas):
        if len(tails) >= MAX_TAILS:
            break
        piece = Span(comma.end(), stop)
        if overlaps(Span(comma.start(), stop), quoted):
            break
        if len(text[clause.content.start : comma.start()].split()) < MIN_WORDS:
            break
        rules = parse.tokens[clause.verb].start >= piece.start or _goes_on(parse, piece)
        if not _is_fact(piece.of(text), rules):
            continue
        end = piece.end if tails else clause.span.end
        content = replace(clause.content, end=piece.end if tails else clause.content.end)
        tail = replace(clause, span=Span(piece.start, end), content=content)
        tails = [*_in_two(text, tail), *tails]
        stop = comma.start()
    if not tails:
        return [clause]
    if joint := _JOINT.search(text, clause.content.start, stop):
        stop = joint.start()
    first = replace(
        clause, span=replace(clause.span, end=stop), content=replace(clause.content, end=stop)
    )
    return [first, *tails]


def _goes_on(parse: Parse, piece: Span) -> bool:
    """Whether a verb of a piece has its subject before: `that the line, founded in 1921, made`."""
    return any(
        token.relation in SUBJECTS
        and token.start < piece.start <= parse.tokens[token.head].start < piece.end
        for token in parse.tokens
    )


def _is_fact(piece: str, rules: bool) -> bool:
    """Whether a piece behind a comma is a fact of its own; `rules`: a clause's verb is in it."""
    piece = _SOURCE.sub("", piece.rstrip(' .”"’'))
    if len(piece.split()) < MIN_WORDS or ";" in piece:
        return False
    if rules and not _OF_WHICH.match(piece):
        return False  # `If they agree, the first of them sails in May`
    if _NOUN.match(piece):
        return not _COMMA.search(piece) and bool(EXACT.search(piece))
    if not _LEAD.match(piece):
        return False
    if _LOOSE.match(piece):
        return bool(_FIGURE.search(piece))
    return bool(EXACT.search(piece) or _WITH_ALL.search(piece))


def _in_two(text: str, tail: Clause) -> Iterator[Clause]:
    """What is set off, in two where it tells of two things: `killing 4 and wounding 11`."""
    said = tail.span.of(text)
    doing = _DOING.match(said) is not None
    for match in (_AND_DOING if doing else _BUT_MORE).finditer(
        text, tail.span.start, tail.span.end
    ):
        first, second = Span(tail.span.start, match.start()), Span(match.end(), tail.span.end)
        if _FIGURE.search(first.of(text)) and (not doing or _FIGURE.search(second.of(text))):
            yield replace(tail, span=first)
            yield replace(tail, span=second)
            return
    yield tail
