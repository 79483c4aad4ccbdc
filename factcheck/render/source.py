"""A source as a view cites it."""

from __future__ import annotations

from rich.text import Text

from factcheck.citation import page_name, spoken_date
from factcheck.render.layout import Page
from index import Hit


def source_lines(page: Page, hit: Hit, width: int, note: str = "") -> list[Text]:
    """A source as it is cited (title, date, page, `note`), and under it where to find it."""
    document = hit.passage.document_id
    date = spoken_date(hit.published or "")
    return [
        *page.flow([hit.title or document, date, page_name(hit.page), note], width),
        *page.flow([hit.index, document if hit.title or hit.index else ""], width, "cyan"),
    ]
