"""What a text says of itself in its first lines: its title and the day it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from index.dates import iso_date

#: A first line longer than this is prose, not a title.
MAX_TITLE_WORDS = 16
#: The day stands in one of the first lines, and of so many lines it is the only one: a diary or a
#: chronicle has more, and none of them is its own.
_HEAD, _LOOKED_THROUGH = 6, 200
_LONGEST, _CHARACTERS = 200, 20_000

_FIRST_LINES = re.compile(r"\s*([^\n]{1,200})(?:\n[^\S\n]*(?:\n|\Z)|\Z)")
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|[*_]{1,3}|>[ \t]?)|[*_]{1,3}[ \t]*$")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAYS = r"(?:[a-z]{3,6}day|mon|tues?|wed|thurs?|fri|sat|sun)\b\.?"
_DATE = (
    rf"(?P<date>(?:{_WEEKDAYS},? )?(?:"
    rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{4}}-\d\d-\d\d|{_MONTH} \d{{4}}))"
)
_TIME = r"(?:,? (?:at |from )?\d{1,2}(?:[.:]\d\d ?(?:[ap]\.?m)?| ?[ap]\.?m))?"
_CLOCK = _TIME.removesuffix("?")
#: A line that is nothing but a day, behind a word such as `Date:`, a place or a newspaper.
_DAY = re.compile(
    r"(?:(?:published|posted|issued|released|sent|dated?)(?: on)?:? +)?"
    rf"(?:(?!{_WEEKDAYS})"
    r"(?-i:[A-Z])[\w'’.-]{0,30}(?: (?-i:[A-Z])[\w'’.-]{0,30}){0,3}"
    r"(?P<behind>,| [|·•–—-]) )?"
    rf"{_DATE}{_TIME}\.?",
    re.IGNORECASE,
)
_WEEKDAY = rf"(?={_WEEKDAYS})"
_GIVEN_OUT = (
    r"(?:(?:first )?published online|published|posted|issued|released|dated|revised|updated|"
    r"presented|printed|last entry|as (?:at|of))"
)
#: Before when it must not be printed; that is when it was.
_HELD_BACK = (
    r"(?:embargo(?:ed)?|not for (?:release|publication|broadcast))(?: (?:until|till|to|before))?:? "
    r"(?:\d{1,2}[.:]\d\d(?: ?[ap]\.?m\.?)?,?(?: on)? )?"
)
_MET = r"(?:minutes|meeting|session|sitting|hearing)"
_SORTS = (
    rf"{_MET}|statement|release|bulletin|letter|notice|briefing|newsletter|edition|issue|brief|"
    "report|review|note|announcements"
)
#: What tells of another text, of something to come, or of what was long ago.
_TOLD = (
    r"(?:the |an? )|.*\b(?:your|thank|subject:|re:|is|was|will|were|are|has|have|had|be|says|said|"
    r"holds|held its|meets|met|next|agenda|due|deadline|responses?|reply|replies|complaints?|"
    r"corrections?|amendments?|objections?|appeals?|history|first published|book|review of|"
    r"report (?:on|from)|notice of|about|against|after|public meeting)(?!\w)"
)
#: The name of a body, of words with capitals and little between: `House of Representatives`.
_BODY = r"(?-i:[A-Z])[\w'’.-]*(?:,? (?:(?:of|and|the|for|&) )*(?-i:[A-Z])[\w'’.-]*){0,8}"
#: Which of its sort, or for whom.
_WHICH = r"(?:no\.?|number|to|for|from|by) [^,.;:]{1,30}"
#: A line that ends with the day on which its text was given out, or those met whose text it is:
#: `Veld Council: draft minutes, 3 March 2022`. What a report is on has its day behind `of`.
_DATED = re.compile(
    rf"(?!{_TOLD})"
    rf"(?:.*\b{_GIVEN_OUT}(?: on)?:? |(?:.* )?{_HELD_BACK}|.*\bpublished\b[^.;]*, |"
    rf".*\b(?:{_SORTS})(?: {_WHICH})?, |"
    rf".*\b(?:statement|letter|notice|{_MET}|edition|issue)(?: (?:of|on|from|dated|held on))? |"
    rf".*\b{_MET}\b[^.;]*(?:,| on) )"
    rf"{_DATE}{_TIME}\.?",
    re.IGNORECASE,
)
#: The same below a title, which is what the text is about: `The battle of Veld. 3 May 1808`.
_BELOW = re.compile(rf"(?!{_TOLD}){_BODY}(?:\.? |, {_WEEKDAY}){_DATE}{_TIME}\.?", re.IGNORECASE)
#: The same where more stands behind it on its line.
_DATED_FIRST = re.compile(
    rf"(?:.*\s{{2,}})?(?:last )?{_GIVEN_OUT}(?: on)?:? {_DATE}(?:\. |\s{{2,}}| \().*"
    rf"|{_WEEKDAY}{_DATE.replace('<date>', '<day>')}{_CLOCK}[.,] .*",
    re.IGNORECASE,
)
_AT_END = re.compile(
    rf"(?:(?:^|,? )(?:{_GIVEN_OUT}(?: on)?|of|on|from|held on):?|,)? ?\b{_DATE}{_TIME}\.?$",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<![\d./])(?P<one>\d{1,2})(?P<sign>[./])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4})(?![\d./]\d|\d)"
)
#: Of the lines over a text so many are its title.
_SHOWN = 3
#: What stands over a title and is none.
_KICKER = re.compile(
    r"(?:press|news|media) (?:release|notice)(?: [-–—|] .*)?|for immediate release|"
    r"embargoed(?: (?:until|till|to|for)\b.*)?|draft",
    re.IGNORECASE,
)
#: Where a body's letters come from.
_ADDRESS = re.compile(
    r"(?:.*, )?\d{1,4}[a-z]? (?:[A-Z][\w'’-]*\s){1,4}?(?:Street|St|Road|Rd|Row|Lane|Avenue|Ave|"
    r"Square|Court|Place|Way|Drive|Quay|Hill|Terrace|Close|Crescent|Gardens|Wharf|Boulevard)\b.*|"
    r"(?:.*, )?P\.?O\.? Box \d.*"
)
#: What ends a newspaper's name.
_PAPERS = frozenset(
    """
    advertiser argus chronicle courier echo gazette guardian herald journal ledger mercury news
    observer post register standard star telegraph times tribune weekly
    """.split()
)
#: Lines of a mail's head and of a printed date, which are no title.
_FIELD = re.compile(
    r"(?:to|from|cc|date|due date|subject):|(?:published|updated):? ", re.IGNORECASE
)
#: The head of a text has so many lines at most, and the name of who prints it so many words.
_HEADED, _MASTHEAD = 4, 4


def title_line(text: str) -> str | None:
    r"""The first line when it reads like a title: short, alone or over the day, and no sentence.

    Of a text that tells its day it is the lines of its head, and who prints it with what that is
    headed: `"VELD COUNCIL\nMinutes of 3 May 2021"` → `"VELD COUNCIL: Minutes"`.
    """
    head = _head(text)
    if len(head) > 1:
        own = date_line(text)
        shown = [told for line in head if (told := _undated(line, own))]
        return ": ".join(shown[:_SHOWN]) or head[0]
    match = _FIRST_LINES.match(text)
    lines = _lines(text, 2)
    if not head and match is None and not _is_headed(lines):
        return None
    line = head[0] if head else match.group(1).strip() if match else lines[0]
    return line if _is_title(line) else None


def _is_headed(lines: Sequence[str]) -> bool:
    """Whether the first line is over what follows: in capitals, or over a day."""
    if len(lines) < 2:
        return False
    return _day(lines[1]) is not None or (lines[0].isupper() and len(lines[0].split()) > 1)


def _head(text: str) -> list[str]:
    """The lines that a text with a day has over its first blank one, but for the day.

    Where that is the name of a newspaper, its headline is one of them.
    """
    if date_line(text) is None:
        return []
    above, _, rest = in_iso(text[:_CHARACTERS]).lstrip().partition("\n\n")
    lines = _lines(above, _HEADED + 1)
    titles = [line for line in lines if _day(line) is None]
    if any(_FIELD.match(line) and not _dated(line) for line in titles):
        return []
    told = (_is_title(line) or (len(line) <= _LONGEST and _dated(line)) for line in titles)
    if not 2 <= len(lines) <= _HEADED or not all(told):
        return []
    titles = [line for line in titles if not _KICKER.fullmatch(_bare(line))]
    headline, _, _ = rest.lstrip().partition("\n\n")
    is_masthead = len(titles) == 1 and _is_paper(titles[0])
    if is_masthead and "\n" not in headline and _is_title(headline) and _dated(headline) is None:
        titles.append(headline.strip())
    return titles


def _is_paper(line: str) -> bool:
    """Whether a line is the name of who prints a text: in capitals, or a newspaper's."""
    words = _bare(line).split()
    return len(words) <= _MASTHEAD and (line.isupper() or words[-1].lower() in _PAPERS)


def _undated(line: str, own: str | None) -> str:
    """A line of the head without its text's `own` day at its end, which a title has anyhow.

    "" where it begins with that, or tells an address.
    """
    match = _AT_END.search(line)
    end = match.start() if match and iso_date(match["date"]) == own else len(line)
    bare = _bare(line)
    aside = bare.startswith("(") or _DATED_FIRST.match(bare) or _ADDRESS.fullmatch(bare)
    return "" if aside else " ".join(line[:end].split()).strip(" ,;:")


def _is_title(line: str) -> bool:
    """Whether a line reads like a title: short, with letters, no sentence, and no mere day."""
    if len(line) > _LONGEST or len(line.split()) > MAX_TITLE_WORDS:
        return False
    if line.endswith((".", ",", ";", ":")) or (_day(line) and not _is_subject(line)):
        return False
    return any(character.isalpha() for character in line)


def date_line(text: str) -> str | None:
    r"""The day that a line near the beginning is, in ISO 8601; None without one, or with several.

    Else the one that such a line ends with, where it tells that its text is of that day:
    `Minutes of the meeting of 3 March 2022`.

    `"Harvest bulletin\n3 March 2022\n\nThe harvest …"` → `"2022-03-03"`
    """
    lines = _lines(in_iso(text[:_CHARACTERS]))
    days = [(number, day) for number, line in enumerate(lines) if (day := _day(line))]
    if not days:
        dated = [_dated(line, n > 0) for n, line in enumerate(lines)]
        first = next(filter(None, dated[:_HEAD]), None)
        return first if len(set(filter(None, dated))) == 1 else None
    if len(days) != 1 or days[0][0] >= _HEAD:
        return None
    number, day = days[0]
    return None if number == 0 and _is_subject(lines[0]) else day


def in_iso(text: str) -> str:
    """Dates in numbers in ISO 8601, where a text tells which number is the month.

    `"From 02/07/2024 to 31/07/2024"` → `"From 2024-07-02 to 2024-07-31"`; where none is over 12
    nothing tells, but between dots the day is first.
    """
    found = list(_NUMERIC.finditer(text))
    day_first = any(int(each["one"]) > 12 for each in found)
    month_first = any(int(each["two"]) > 12 for each in found)
    if day_first and month_first:
        return text

    def written(match: re.Match[str]) -> str:
        if not (day_first or month_first or match["sign"] == "."):
            return match[0]
        day, month = match["one"], match["two"]
        day, month = (month, day) if month_first else (day, month)
        return iso_date(f"{match['year']}-{int(month):02}-{int(day):02}") or match[0]

    return _NUMERIC.sub(written, text)


def _day(line: str) -> str | None:
    """The day that a line is as a whole, if it is one."""
    match = _DAY.fullmatch(_bare(line))
    return iso_date(match["date"]) if match else None


def _dated(line: str, below: bool = True) -> str | None:
    """The day that a line, `below` the first, says its text is of, if it does."""
    bare = _bare(line)
    match = _DATED.fullmatch(bare) or _DATED_FIRST.fullmatch(bare)
    match = match or (_BELOW.fullmatch(bare) if below else None)
    found = match and (match["date"] or match.groupdict().get("day"))
    return iso_date(found) if found else None


def _is_subject(line: str) -> bool:
    """Whether a place stands before the day: `Hiroshima, 6 August 1945` is what a text is about."""
    match = _DAY.fullmatch(_bare(line))
    return match is not None and match["behind"] in {",", " –", " —", " -"}


def _bare(line: str) -> str:
    return _MARKS.sub("", line).strip()


def _lines(text: str, most: int = _LOOKED_THROUGH) -> list[str]:
    """The first lines that hold anything, a long one cut."""
    lines = (line.strip() for line in text[:_CHARACTERS].split("\n"))
    return list(islice((line[: _LONGEST + 1] for line in lines if line), most))
