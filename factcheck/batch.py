"""Many articles, each checked into a file of its own; one that fails leaves the others be."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from factcheck.errors import FactcheckError, ModelError
from factcheck.records import Report, Verdict
from factcheck.render.safe import plain

#: Bytes of a file's name without its suffix; systems take 255 with it.
LONGEST = 120
#: What standard input is called.
STANDARD_INPUT = "standard-input"
#: Names that are devices on Windows, whatever stands behind their first dot.
DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article: a report in `file`, or an `error` in one sentence.

    `article` is its path or address as it was given, `verdicts` those of its claims, in order.
    """

    article: str
    file: str | None
    verdicts: tuple[Verdict, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of every article, in the order they were given."""

    outcomes: tuple[Outcome, ...]

    @property
    def failed(self) -> int:
        """How many articles have no report."""
        return sum(outcome.error is not None for outcome in self.outcomes)

    @property
    def refuted(self) -> int:
        """How many claims were refuted."""
        return self.count(Verdict.REFUTED)

    def count(self, verdict: Verdict) -> int:
        """How many claims have `verdict`."""
        return sum(outcome.verdicts.count(verdict) for outcome in self.outcomes)


def check_many(
    wheres: Sequence[str],
    suffix: str,
    check_one: Callable[[str], Report],
    write: Callable[[str, Report], None],
) -> Batch:
    """Check each of `wheres`, and write each report under a name of its own before the next.

    `check_one` makes the report of a path or address; `write` is given the name of the file.
    A `FactcheckError` of either is the article's outcome, and the next one's turn comes; all else
    ends the batch, and what was written stays. So does `ModelError`: no article would fare better.
    """
    names = output_names(wheres, suffix)
    return Batch(
        tuple(
            _one(where, name, check_one, write) for where, name in zip(wheres, names, strict=True)
        )
    )


def _one(
    where: str,
    name: str,
    check_one: Callable[[str], Report],
    write: Callable[[str, Report], None],
) -> Outcome:
    try:
        report = check_one(where)
        write(name, report)
    except ModelError:
        raise
    except FactcheckError as error:
        return Outcome(where, None, error=str(error))
    return Outcome(where, name, tuple(finding.verdict for finding in report.findings))


def output_names(wheres: Sequence[str], suffix: str) -> list[str]:
    """A file name for each path or address, all different, on systems that fold case too.

    `["a/port.md", "https://news.example/flood?id=3"]` → `["port.html", "flood.html"]`. Where two
    would be called alike, the folder or host, then the ending or query, tells them apart, and last
    a number. No name is that of one of the articles, so that no report takes an article's place.
    """
    sources = [_source(where) for where in wheres]
    taken = {_folded(PurePath(where).name) for where in wheres if not _ADDRESS.match(where)}
    names: dict[int, str] = {}
    for form in (_stem, _placed, _with_extra, _in_full):
        proposed = {
            number: _safe(form(source, suffix)) + suffix
            for number, source in enumerate(sources)
            if number not in names
        }
        counts = Counter(_folded(name) for name in proposed.values())
        free = {
            number: name
            for number, name in proposed.items()
            if counts[_folded(name)] == 1 and _folded(name) not in taken
        }
        names |= free
        taken |= {_folded(name) for name in free.values()}
    for number, source in enumerate(sources):
        if number not in names:
            names[number] = _numbered(_stem(source, suffix), suffix, taken)
            taken.add(_folded(names[number]))
    return [names[number] for number in range(len(sources))]


@dataclass(frozen=True, slots=True)
class _Source:
    """What names an article: a stem, the folder or host, and the ending or query."""

    stem: str
    place: str
    extra: str


def _source(where: str) -> _Source:
    if where == "-":
        return _Source(STANDARD_INPUT, "", "")
    if _ADDRESS.match(where):
        return _address(where)
    path = PurePath(where)
    return _Source(path.stem, path.parent.name, path.suffix)


def _address(where: str) -> _Source:
    try:
        parts = urlsplit(where)
        host = parts.hostname or ""
    except ValueError:  # no address at all; the article's own error will say so
        return _Source(where, "", "")
    path = PurePath(unquote(parts.path))
    return _Source(path.stem or host, host, f"{path.suffix} {parts.query}")


def _stem(source: _Source, suffix: str) -> str:
    # beside an article of the report's own form its stem would be the article's name
    same = source.extra.strip().lower() == suffix.lower()
    return f"{source.stem}-report" if same else source.stem


def _placed(source: _Source, suffix: str) -> str:
    return f"{source.place}-{_stem(source, suffix)}"


def _with_extra(source: _Source, suffix: str) -> str:
    return f"{_stem(source, suffix)}-{source.extra}"


def _in_full(source: _Source, suffix: str) -> str:
    return f"{source.place}-{_stem(source, suffix)}-{source.extra}"


def _safe(text: str, longest: int = LONGEST) -> str:
    """`text` as the stem of a file name: letters, digits, `.`, `_`, `-`; no path, nothing hidden.

    `"../Fünf Tage?"` → `"Fünf-Tage"`.
    """
    text = unicodedata.normalize("NFKC", plain(text[: 4 * LONGEST]))
    kept = "".join(
        letter if unicodedata.category(letter)[0] in "LMN" or letter in "._" else "-"
        for letter in text
    )
    name = re.sub(r"-*\.[.-]*", ".", re.sub(r"-+", "-", kept))
    name = _cut(name.strip("-._"), longest)
    while name and unicodedata.category(name[0])[0] == "M":  # a mark of no letter
        name = name[1:].lstrip("-._")
    if _folded(name.split(".")[0]) in DEVICES:
        name = _cut(f"article-{name}", longest)
    return name or "article"


def _cut(name: str, longest: int) -> str:
    """The whole letters of the first `longest` bytes."""
    return name.encode()[:longest].decode(errors="ignore").rstrip("-._")


def _numbered(stem: str, suffix: str, taken: set[str]) -> str:
    number = 2 if _folded(_safe(stem) + suffix) in taken else 1
    while True:
        mark = f"-{number}" if number > 1 else ""
        name = _safe(stem, LONGEST - len(mark)) + mark + suffix
        if _folded(name) not in taken:
            return name
        number += 1


def _folded(name: str) -> str:
    """A name as systems compare it that fold case and accents' spellings."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
