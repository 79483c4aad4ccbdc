"""What an article claims, and what of it is not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from rich.console import Console
from rich.text import Text

from factcheck.citation import spoken_date
from factcheck.records import Article, Claim, SkippedSentence
from factcheck.render.layout import GAP, INDENT, SHORT, TWO_COLUMNS, Page, beside, count, hang
from factcheck.render.safe import right_to_left

#: Articles whose lines a reader can count; of the others we only have extracted paragraphs.
LINED = {"", ".txt", ".text", ".md", ".markdown"}


def show_claims(
    console: Console, article: Article, claims: Sequence[Claim], skipped: Sequence[SkippedSentence]
) -> None:
    """Write the claims of `article`, each with its place, speaker and reason; count the skipped."""
    page = Page(console)
    lines = header(page, article, len(claims), len(skipped))
    for claim in claims:
        label = [place(article, claim.text, claim.start), said_by(claim.speaker), claim.reason]
        lines += [Text(), *_labelled(page, label, page.text(claim.text, "bold"))]
    page.show([*lines, *skipped_counts(page, skipped)])


def header(page: Page, article: Article, claims: int, skipped: int) -> list[Text]:
    """Title, source, date and author of the article, and how much is in it."""
    author = f"by {article.author}" if article.author else ""
    origin = [article.source, spoken_date(article.published or ""), author]
    rest = f"{count(skipped, 'sentence')} not checked" if skipped else ""
    return [
        *page.wrap(page.text(article.title or "Untitled", "bold", SHORT), page.width),
        *page.flow(origin, page.width),
        *page.flow([count(claims, "claim"), rest], page.width),
    ]


def skipped_counts(page: Page, skipped: Sequence[SkippedSentence]) -> list[Text]:
    """How many sentences were skipped, by reason; no line if none was."""
    if not skipped:
        return []
    lines = [Text(), *page.tally(len(skipped), Text("not checked"))]
    for reason, number in Counter(item.reason for item in skipped).most_common():
        lines += page.tally(number, page.text(reason, longest=SHORT), part=True)
    return lines


def skipped_lines(page: Page, article: Article, skipped: Sequence[SkippedSentence]) -> list[Text]:
    """Every skipped sentence beside its place and reason; no line if there is none."""
    lines: list[Text] = []
    for item in skipped:
        label = [place(article, item.text, item.start), item.reason]
        lines += _labelled(page, label, page.text(item.text))
    return [Text(), *lines] if lines else []


def place(article: Article, text: str, start: int) -> str:
    """Where `text` stands: `"line 12"`, or `"paragraph 7"` of what was extracted from a page.

    Empty when the article does not hold it there, as for a claim typed by hand.
    """
    if not text or article.text[start : start + len(text)] != text:
        return ""
    if "://" not in article.source and PurePath(article.source).suffix.lower() in LINED:
        return f"line {1 + article.text.count(chr(10), 0, start)}"
    above = article.text[:start].split("\n")[:-1]
    return f"paragraph {1 + sum(bool(line.strip()) for line in above)}"


def said_by(speaker: str | None) -> str:
    """Who speaks, as a label; empty when nobody is named."""
    return f"said by {speaker}" if speaker else ""


def _labelled(page: Page, label: Sequence[str], text: Text) -> list[Text]:
    if page.width < TWO_COLUMNS or right_to_left("".join([*label, text.plain])):
        text_lines = page.wrap(text, page.width - INDENT)
        return [*page.flow(label, page.width), *hang(text_lines, " " * INDENT)]
    left = page.left
    return beside(page.flow(label, left - GAP), page.wrap(text, page.width - left), left)
