"""What an article says about itself in its first lines: title, author, date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from factcheck.capitals import CAPITAL, CAPITALS, PARTICLE
from index.dates import iso_date

#: Title, author and date stand at the head of an article, in its first lines.
HEAD_LINES = 12
MAX_TITLE_WORDS = 20

#: YAML between two lines of hyphens, at the start of a text.
FRONT_MATTER = re.compile(r"---[ \t]*\n((?:[^\n]*\n){0,60}?)---[ \t]*(?:\n|$)")
_FIELD = re.compile(r"([A-Za-z_]+):[ \t]+(\S[^\n]*)")
_HEADING = re.compile(r"#{1,3}[ \t]+(\S.*?)[ \t#]*")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_MARKS = re.compile(r"[*_#>`]+")
_WORD = rf"{CAPITAL}[\w.'’-]*"
#: Two to four words in capitals, as a person's name has them.
NAME = rf"{_WORD}(?: (?:{PARTICLE} )*{_WORD}){{1,3}}"
#: A whole line that says who wrote the article.
BYLINE = re.compile(
    r"(?:[Bb]y|BY|[Aa]uthor:|[Ww]ritten by|(?:Interview|Words|Text|Report|Story) by|Words:)"
    rf" ({NAME}(?:(?:,| and| &) {NAME}){{0,5}})"
    rf"(?: (?:in|at|from|for) (?:the )?{_WORD}(?: {_WORD}){{0,3}})?(?: ?[,|–—] .*)?"
)
#: What may stand above a title, and what begins an e-mail instead of one.
_KICKER = re.compile(
    r"for immediate release.{0,40}|embargoed .{0,60}|(?:press|news) release|breaking(?: news)?"
    r"|opinion|analysis|comment|exclusive|interview|obituary",
    re.IGNORECASE,
)
_MAIL_HEADER = re.compile(r"(?:from|to|cc|sent|date|subject|reply-to): ?\S", re.IGNORECASE)
#: What joins date and author on one line: `3 May 2021 | by Ada Holm`.
_BARS = re.compile(r" [|·•] ")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = (
    rf"((?:[A-Za-z]{{3,6}}day,? )?(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d\d-\d\d))"
)
#: Who reports it: `(Wire Agency)`.
_AGENCY = r"(?-i: \([A-Z][^()\n\d]{1,60}\))?"
#: A line that is nothing but a date, behind a publication or a word such as "Published".
DATELINE = re.compile(
    r"(?:[^.!?]{1,60}[,|–—·•] ?)?(?:(?:first |last )?(?:published|posted|updated|date)(?: on)?:? )?"
    rf"{_DATE}(?:,? (?:at )?\d{{1,2}}[:.]\d\d.{{0,20}})?{_AGENCY}\.?",
    re.IGNORECASE,
)
#: A place in capitals and a date before the first words of a report: `VELD, 3 May 2021 (Wire) –`.
_RUN_IN = re.compile(
    r"(?!CORRECTION|UPDATE|NOTE|EDITOR|CLARIFICATION)"
    rf"{CAPITAL}[{CAPITALS} .'’-]{{2,40}}(?:, {_WORD}(?: {_WORD})?)?,? "
    rf"{_DATE}{_AGENCY} ?[-–—:] ?"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What an article says about itself; None where it does not, or not for certain."""

    title: str | None = None
    published: str | None = None
    author: str | None = None


def read_head(text: str) -> Head:
    r"""Title, date and author from the front matter or the first lines of plain text or Markdown.

    `"A Storm\n\nBy [Ada Holm](#)\n\nVeld Courier, October 13, 2017"` gives all three.
    """
    fields: dict[str, str] = {}
    if matter := FRONT_MATTER.match(text):
        for line in matter.group(1).splitlines():
            if field := _FIELD.fullmatch(line.strip()):
                fields[field.group(1).lower()] = field.group(2).strip().strip("\"'")
    body = text[matter.end() :] if matter else text
    lines = _first_lines(body)
    plain = [_MARKS.sub("", _LINK.sub(r"\1", line)).strip() for line in lines]
    date = fields.get("date") or fields.get("published")
    return Head(
        title=fields.get("title") or _title(lines, plain),
        published=iso_date(date) if date else _published(plain),
        author=fields.get("author") or _first(BYLINE, plain, str),
    )


def _first_lines(text: str) -> list[str]:
    """The first lines that hold anything, cut where no head would be as long."""
    lines: list[str] = []
    for match in re.finditer(r"\S[^\n]*", text):
        lines.append(match.group()[:300].rstrip())
        if len(lines) == HEAD_LINES:
            break
    return lines


def _title(lines: list[str], plain: list[str]) -> str | None:
    """The first heading, else the first line if it reads like a title: short, and no sentence."""
    for line in lines:
        if heading := _HEADING.fullmatch(line):
            return _MARKS.sub("", _LINK.sub(r"\1", heading.group(1))).strip()
    first = next((line for line in plain if not _KICKER.fullmatch(line)), "")
    is_head = DATELINE.fullmatch(first) or BYLINE.fullmatch(first) or _MAIL_HEADER.match(first)
    if is_head or first.endswith((".", ",", ";", ":")) or len(first.split()) > MAX_TITLE_WORDS:
        return None
    return first if any(character.isalpha() for character in first) else None


def _published(lines: list[str]) -> str | None:
    """The day of the first line that is a date, else of the first that a date leads into."""
    if day := _first(DATELINE, lines, iso_date):
        return day
    led = (match for line in lines if (match := _RUN_IN.match(line)))
    return next((day for match in led if (day := iso_date(match[1]))), None)


def _first(
    pattern: re.Pattern[str], lines: list[str], value: Callable[[str], str | None]
) -> str | None:
    """The value of the first line that matches as a whole, or else between two bars."""
    parts = [part for line in lines for part in _BARS.split(line)]
    for line in [*lines, *parts]:
        if (match := pattern.fullmatch(line)) and (found := value(match.group(1))):
            return found
    return None
