"""A sentence → the facts in it, each a stretch of the sentence: coordinated, and set in.

`The mill employs 340 people and exports to nine countries` states two facts; so does `the mill,
which opened in 1921, employs 340 people`. What is coordinated below a clause (`salt and fish`)
stays together: it is one fact about two things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factcheck.claims.clause import Clause
from factcheck.claims.predicates import Splitter
from factcheck.claims.setoff import parted, with_hidden_verb
from factcheck.claims.syntax import Parse
from factcheck.claims.tails import set_off
from factcheck.claims.verbs import SAY, UTTER
from factcheck.spans import overlaps
from index import Span

__all__ = ["Clause", "split_clauses", "with_asides"]


def split_clauses(text: str, parse: Parse, quoted: Sequence[Span]) -> list[Clause]:
    """The facts of a sentence, in order; a sentence with one is given back whole."""
    whole = Clause(Span(0, len(text)), Span(0, len(text)))
    if not parse.tokens:
        return [whole]
    found = Splitter(text, parse, quoted).clauses()
    clauses = [_closed(clause, quoted) for clause in found if not _is_cut_off(clause, quoted)]
    clauses = clauses or [whole]
    if quoted and any(_only_utters(clause.span.of(text)) for clause in clauses):
        clauses = [whole]
    halves = [half for clause in clauses for half in parted(text, parse, clause, quoted)]
    facts = [fact for half in halves for fact in with_hidden_verb(parse, half)]
    return [part for fact in facts for part in set_off(text, parse, fact, quoted)]


def with_asides(
    text: str, whole: Clause, clauses: Sequence[Clause], quoted: Sequence[Span]
) -> list[Clause]:
    """A quotation's sentence as one claim, and what it tells of who speaks: `Roe, who is 91, said`.

    What stands at its end is cut from it.
    """
    asides = [
        each for each in clauses if each.before and each.dropped and not overlaps(each.span, quoted)
    ]
    end = whole.span.end
    for each in reversed(asides):
        if each.span.end == end:
            end = len(text[: each.span.start].rstrip(" ,–—("))
    return [replace(whole, span=replace(whole.span, end=end)), *asides]


def _only_utters(words: str) -> bool:
    """Whether a stretch is who says it, cut off from what is said: `shouted a man in the crowd`."""
    first = words.split(maxsplit=1)[0].lower() if words.strip() else ""
    return first in SAY | UTTER


def _is_cut_off(clause: Clause, quoted: Sequence[Span]) -> bool:
    """Whether a clause begins in the middle of a quotation."""
    return any(span.start + 1 < clause.span.start < span.end for span in quoted)


def _closed(clause: Clause, quoted: Sequence[Span]) -> Clause:
    """A clause with all of the quotation that it ends in."""
    for span in quoted:
        if clause.span.start <= span.start < clause.span.end < span.end:
            content = replace(clause.content, end=max(clause.content.end, span.end))
            return replace(clause, span=Span(clause.span.start, span.end), content=content)
        if clause.content.start <= span.start < clause.content.end < span.end <= clause.span.end:
            clause = replace(clause, content=replace(clause.content, end=span.end))
    return clause
