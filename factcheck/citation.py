"""How a source is cited: its date and its page in words."""

from __future__ import annotations

from datetime import date

from factcheck.stretches import MONTHS


def spoken_date(iso: str) -> str:
    """An ISO date as a newspaper writes it: `2022-03-03` → `3 March 2022`.

    A month without a day stays one; what is no ISO date is given back unchanged.
    """
    parts = iso.split("-")
    try:
        if len(parts) == 3:
            day = date.fromisoformat(iso)
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        if len(parts) == 2:
            month = date.fromisoformat(f"{iso}-01")
            return f"{MONTHS[month.month - 1]} {month.year}"
    except ValueError:
        pass
    return iso


def page_name(label: str | None) -> str:
    """A locator's label as a reader cites it: `"12"` → `"p. 12"`; others say what they are."""
    return f"p. {label}" if label and label.isdecimal() else label or ""
