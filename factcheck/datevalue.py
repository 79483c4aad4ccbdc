"""A date of a text: a stretch of days, and how it stands to another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from factcheck.relation import Relation
from factcheck.stretches import MONTHS, NAMED, SEASONS
from index import Span


@dataclass(frozen=True, slots=True)
class DateValue:
    """A stretch of days, both ends included, in `[first, last]`.

    Without `has_year` only month and day count. `relative` marks a date that was read against
    another: `on Wednesday`. `part` is `early`, `mid`, `late`, `start` or `end` where only such a
    part of `whole` is meant.
    """

    span: Span
    first: dt.date
    last: dt.date
    has_year: bool = True
    relative: bool = False
    part: str = ""
    whole: tuple[dt.date, dt.date] | None = None

    def against(self, other: DateValue) -> Relation:
        """How this date, a claim's, stands to a passage's, each at its own precision."""
        if self.has_year and other.has_year:
            meet = self.first <= other.last and other.first <= self.last
        elif self._whole_years or other._whole_years:
            return Relation.UNRELATED
        else:
            meet = any(
                mine[0] <= theirs[1] and theirs[0] <= mine[1]
                for mine in self._month_days
                for theirs in other._month_days
            )
        return Relation.SAME if meet else Relation.DIFFERENT

    def kind(self, other: DateValue) -> str:  # noqa: ARG002 — what every value has
        """Always `date`."""
        return "date"

    @property
    def days(self) -> int:
        """How many days the stretch has."""
        return (self.last - self.first).days + 1

    @property
    def _whole_years(self) -> bool:
        return self.days > 360

    @property
    def _month_days(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """The stretch in months and days; two of them where it goes past New Year."""
        first, last = (self.first.month, self.first.day), (self.last.month, self.last.day)
        return [(first, last)] if first <= last else [(first, (12, 31)), ((1, 1), last)]

    def spoken(self) -> str:
        """As a newspaper writes it: `12 March 2024`, `early March 2024`, `2024`, `spring 2024`."""
        if self.part and self.whole:
            of = replace(self, first=self.whole[0], last=self.whole[1], part="").spoken()
            inner = {"early": "early in ", "mid": "the middle of ", "late": "late in "}
            lead = inner if of.startswith("the ") else NAMED
            return lead.get(self.part, NAMED[self.part]) + of
        first, last = self.first, self.last
        if first == last:
            return f"{first.day} {MONTHS[first.month - 1]} {first.year}"
        if first.day == 1 and (first.month, first.year) == (last.month, last.year):
            return f"{MONTHS[first.month - 1]} {first.year}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            if (first.year % 10, last.year - first.year) == (0, 9):
                return f"the {first.year}s"
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        return self._spoken_stretch()

    def _spoken_stretch(self) -> str:
        """A season, a quarter, some months or a week."""
        first, last = self.first, self.last
        for season, (start, _) in SEASONS.items():
            if (first.month, first.day) == (start, 1) and 80 < (last - first).days < 100:
                return f"the {season} of {first.year}"
        if (first.month - 1) % 3 == 0 and 88 < (last - first).days < 93:
            ordinal = ("first", "second", "third", "fourth")[(first.month - 1) // 3]
            return f"the {ordinal} quarter of {first.year}"
        months = f"{MONTHS[first.month - 1]} {first.year} to {MONTHS[last.month - 1]} {last.year}"
        if first.day == 1 and (last - first).days > 60:
            return months
        if (first.month, first.day, last.month, last.day) == (12, 15, 1, 15):
            return f"the turn of {first.year} to {last.year}"
        if first.month == last.month and (last - first).days != 6:
            return f"{first.day} to {last.day} {MONTHS[first.month - 1]} {first.year}"
        return f"the week of {first.day} {MONTHS[first.month - 1]} {first.year}"
