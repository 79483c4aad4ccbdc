"""Which claims to go through."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from factcheck.review.filters import Filter
from factcheck.review.screens.dialog import Choice, Offer


class FilterScreen(Choice[Filter]):
    """Every filter, with how many claims it lets through."""

    def __init__(self, now: Filter, counts: Mapping[Filter, int]) -> None:
        offers = [Offer("", Text(f"{counts[each]:>5}  {each.value}"), each) for each in Filter]
        super().__init__("Show which claims?", offers, at=list(Filter).index(now))
