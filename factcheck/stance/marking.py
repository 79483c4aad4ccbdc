"""What a claim and a passage share exactly, written into what a verifier reads.

A small model hardly tells 18,412 from 16,950, nor a fifth from 19.8 per cent; exact comparison
does, but not what either is said of. So each figure and date that has its like on the other side
is marked, in both texts, and each that the other side has otherwise only:

    The shares dropped 6 per cent ‡ on Monday in Tormsund.
    They were 9% ‡ lower, 140 staff …

A verifier that was trained on such texts reads the marks (`Calibration.marked`).
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence

from factcheck.dates import DateValue, find_dates
from factcheck.mismatch.derived import derived
from factcheck.mismatch.measures import find_quantities
from factcheck.mismatch.quantities import Quantity
from factcheck.relation import Relation
from factcheck.spans import overlaps
from factcheck.stance.verifier import Pair
from index import Span

#: Behind a value that the other text has, and behind one that it has otherwise. Both are tokens of
#: BERT's vocabulary that stand in hardly any text; a text's own are put in other characters.
SAME, OTHER = "≈", "‡"
_OWN = str.maketrans({SAME: "~", OTHER: "†"})
#: Values of a text that are compared, of each kind. Of more, none is known to differ.
MANY = 80
#: Texts of more characters are not kept: a window has some hundred.
KEPT = 4000
#: A source in front of a passage, as `factcheck.stance.placing.headed` writes it: its date.
_HEAD = re.compile(r"[^\n]{1,300}? \((?P<date>(?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?\d{4})\): ")
#: What is left of a word behind its figure: a mark stands behind both.
_REST = re.compile(r"[\w'’%-]*")

_Values = tuple[list[DateValue], list[Quantity]]


def marked(claim: str, evidence: str) -> Pair:
    """Claim and evidence with a mark behind each figure and date that the other has, or has else.

    Relative dates of the evidence are read against the day of the source in front of it. Of that
    date itself only a claim has a mark, where it is the same.
    """
    claim, evidence = claim.translate(_OWN), evidence.translate(_OWN)
    head = _HEAD.match(evidence)
    front = Span(*head.span("date")) if head else Span(0, 0)
    mine: dict[int, str] = {}
    theirs: dict[int, str] = {}
    for value, same, other in _compared(claim, evidence, _day(front.of(evidence))):
        others = [span for span in other if not overlaps(span, [front])]
        if same or others:
            mine[value.end] = SAME if same else OTHER
        marks = {span.end: SAME for span in same if not overlaps(span, [front])}
        theirs |= marks | {span.end: OTHER for span in others if span.end not in theirs | marks}
    return _with(claim, mine), _with(evidence, theirs)


def _compared(
    claim: str, passage: str, published: dt.date | None
) -> Iterator[tuple[Span, list[Span], list[Span]]]:
    """Each value of the claim: where it stands, where the passage has it, and where otherwise."""
    dates, quantities = _values(claim, None)
    other_dates, other_quantities = _values(passage, published)
    for date in dates[:MANY]:
        found = [(each.span, date.against(each)) for each in other_dates[:MANY]]
        other = [] if len(other_dates) > MANY else _those(found, Relation.DIFFERENT)
        yield date.span, _those(found, Relation.SAME), other
    for quantity in quantities[:MANY]:
        found = [(each.span, quantity.against(each)) for each in other_quantities[:MANY]]
        same = _those(found, Relation.SAME)
        same = same or derived(quantity, other_quantities, other_dates, published)
        follows = same and quantity.unit == "pp"  # the points follow from the shares beside them
        known = not follows and len(other_quantities) <= MANY
        yield quantity.span, same, _those(found, Relation.DIFFERENT) if known else []


def _those(found: Sequence[tuple[Span, Relation]], relation: Relation) -> list[Span]:
    return [span for span, each in found if each is relation]


def _values(text: str, published: dt.date | None) -> _Values:
    """The dates and figures of a text; one is read beside many others."""
    return (_kept if len(text) <= KEPT else _read)(text, published)


def _read(text: str, published: dt.date | None) -> _Values:
    dates = find_dates(text, published)
    return dates, find_quantities(text, [date.span for date in dates])


_kept = functools.lru_cache(maxsize=4096)(_read)


def _day(words: str) -> dt.date | None:
    """The day that stands in front of a passage; None for a month or a year."""
    return next((date.first for date in find_dates(words) if date.first == date.last), None)


def _with(text: str, marks: dict[int, str]) -> str:
    places: dict[int, str] = {}
    for end, mark in sorted(marks.items()):
        rest = _REST.match(text, end)
        places.setdefault(rest.end() if rest else end, mark)
    parts, at = [], 0
    for end, mark in places.items():
        parts += [text[at:end], " ", mark]
        at = end
    return "".join([*parts, text[at:]])
