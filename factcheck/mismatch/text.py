"""A text with all that is read in it, each kind of value once, when it is asked for."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from factcheck.claims.markup import plain
from factcheck.claims.syntax import Parse
from factcheck.dates import find_dates
from factcheck.datevalue import DateValue
from factcheck.mismatch.measures import find_quantities
from factcheck.mismatch.names import NameValue, find_names
from factcheck.mismatch.offices import Office, find_offices
from factcheck.mismatch.quantifiers import Quantifier, find_quantifiers
from factcheck.mismatch.quantities import Quantity
from factcheck.mismatch.values import Proposal
from factcheck.records import Claim, ClaimKind
from factcheck.stretches import MONTHS
from index import Span

Exact = Quantity | DateValue | NameValue
#: Values of a text that are compared, of each kind: more than three sentences have.
MANY = 80


@dataclass(frozen=True)
class Text:
    """A text with its grammar and the day it was published.

    `borrowed` are the stretches of a claim's statement that are not the claim's own
    (`factcheck.records.Claim`), and `printed` is another wording of it (`as_printed`), or "".
    """

    words: str
    parse: Parse
    published: dt.date | None = None
    borrowed: tuple[Span, ...] = ()
    printed: str = ""

    @classmethod
    def of_claim(cls, claim: Claim, parse: Parse) -> Self:
        """A claim's statement, whose grammar is given."""
        return cls(claim.statement, parse, borrowed=claim.borrowed, printed=as_printed(claim))

    @property
    def own(self) -> str:
        """The words that are the claim's own."""
        parts, at = [], 0
        for span in self.borrowed:
            parts.append(self.words[at : span.start])
            at = span.end
        return " ".join([*parts, self.words[at:]])

    @cached_property
    def dates(self) -> list[DateValue]:
        """Its dates; relative ones where the day of publication is known."""
        return find_dates(self.words, self.published)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Its numbers, measures, shares, amounts of money."""
        return find_quantities(self.words, [value.span for value in self.dates])

    @cached_property
    def names(self) -> list[NameValue]:
        """Its people, places and organisations."""
        return list(find_names(self.words, self.parse))

    @cached_property
    def offices(self) -> list[Office]:
        """The offices it gives people."""
        return find_offices(self.words, self.parse, self.names)

    @cached_property
    def quantifiers(self) -> list[Quantifier]:
        """Its words for how many and which."""
        return find_quantifiers(self.words)


def as_printed(claim: Claim) -> str:
    """How a claim stands in its article, on one line and without marks.

    "" where its statement has the same words, and where it says something else than the statement:
    with a speaker, that it was said; of an office, a name or an office alone.
    """
    if claim.speaker or claim.kind is ClaimKind.ROLE:
        return ""
    line = plain(claim.text)
    return "" if _bare(line) == _bare(plain(claim.statement)) else line


def _bare(words: str) -> str:
    """Words without what a sentence begins and ends with."""
    return words.strip(" .,;:“”\"'‘’").casefold()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A proposal, how telling it looks, and what group it competes in."""

    proposal: Proposal
    weight: float
    group: str


def proposed(  # noqa: PLR0913, PLR0917 — a place in each of two texts, and what is put there
    claim: Text, span: Span, passage: Text, other: Span, kind: str, shown: str | None = None
) -> Proposal:
    """The claim with `shown`, or the passage's words themselves, in place of its own."""
    value = other.of(passage.words)
    put = value if shown is None else shown
    return Proposal(
        kind,
        span,
        other,
        span.of(claim.words),
        value,
        claim.words[: span.start] + put + claim.words[span.end :],
    )


def worded(claim: Text, value: Exact, other: Exact, words: str) -> str:
    """The passage's value as it is put into the claim."""
    if isinstance(other, Quantity) and isinstance(value, Quantity):
        shown = other.spoken or words
        unit = value.span.of(claim.words)
        if other.unit == "" and value.unit.startswith("money:"):
            name = re.search(r" [a-z]+$", re.sub(r"(?: (?:m|b|tr)illion)$", "", unit))
            sign = re.match(r"[$€£¥]|[A-Z]{3} ", unit)
            return (sign[0] if sign else "") + shown + (name[0] if name else "")
        if value.span.start == 0:
            return shown[:1].upper() + shown[1:]
        return _lowered(shown) if shown[:1].isupper() else shown
    named = any(month in words for month in MONTHS)
    if isinstance(other, DateValue) and other.relative and other.has_year and not named:
        lead = "on " if words.lower().startswith("on ") else ""
        return lead + other.spoken()
    return words


def _lowered(words: str) -> str:
    """A number in words without the capital of its sentence: `Thirty-five` → `thirty-five`."""
    first = words.split(maxsplit=1)[0]
    return (
        words[0].lower() + words[1:]
        if first in {"A", "An"} or (first[1:].islower() and first.isalpha()) or "-" in first
        else words
    )
