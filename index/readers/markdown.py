"""Markdown, with title, date and source from its YAML front matter.

Without it the title is the first heading, and the date that of the first lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.documents import Metadata, make_document
from index.readers.decode import decode
from index.readers.firstlines import date_line
from index.readers.text import stem
from index.records import Document, Skipped

#: Longer front matter is not parsed: PyYAML takes 10 s for a megabyte.
MAX_FRONT_MATTER = 64 * 1024

#: A field of one line, whose value YAML may take for something else.
_FIELD = re.compile(r"(?P<name>[A-Za-z][\w-]*):[ \t]+(?P<value>[^\s\[{&*!|>%@`].*)")
_HEADING = re.compile(r"^#[ \t]+(\S[^\n]*)", re.MULTILINE)


def read(file_id: str, data: bytes) -> Iterator[Document | Skipped]:
    """One document, whose text is what follows the front matter.

    Front matter that cannot be parsed stays in the text, so that nothing is lost, and is reported.
    Raises `UnreadableDocument`.
    """
    text = decode(data)
    fields, body, problem = _front_matter(text)
    if problem:
        yield Skipped(file_id, f"{problem}; indexed as plain text without its title, date, source")
    title = _plain(fields.get("title")) or _plain(fields.get("headline")) or heading(body)
    title = title or stem(file_id)
    source = _plain(fields.get("source")) or _plain(fields.get("url"))
    date = fields.get("date", fields.get("published")) or (None if problem else date_line(body))
    yield make_document(file_id, body, Metadata(title, source, date))


def heading(text: str) -> str | None:
    """The first heading of the first level."""
    match = _HEADING.search(text)
    return match.group(1).strip().rstrip("#").rstrip() if match else None


def _front_matter(text: str) -> tuple[dict[str, object], str, str | None]:
    """The fields, the body, and what is wrong with the front matter, or None."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler()
    if not handler.detect(text):
        return {}, text, None
    try:
        block, body = handler.split(text)
    except ValueError:  # no closing line: a horizontal rule
        return {}, text, None
    if len(block) > MAX_FRONT_MATTER:
        return {}, text, f"front matter longer than {MAX_FRONT_MATTER // 1024} KB"
    try:
        # Every scalar as it is written: YAML's types make 750 of a title `12:30`, and its merge
        # keys multiply. The parser in Python, because the one in C overflows its stack.
        fields: Any = handler.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        fields = _line_by_line(block)
        if not fields:
            mark = getattr(error, "problem_mark", None)
            where = f" (line {mark.line + 1})" if mark else ""
            return {}, text, f"front matter that is not valid YAML{where}"
    if isinstance(fields, dict):
        return fields, body.strip("\n"), None
    return {}, text, None  # two horizontal rules around prose


def _line_by_line(block: str) -> dict[str, object]:
    """The fields of front matter whose values want quotes: `title: Late again: the trains`.

    Nothing where a line is no field of one line.
    """
    lines = [line.rstrip() for line in block.splitlines() if line.strip()]
    found = [_FIELD.fullmatch(line) for line in lines]
    if not all(found):
        return {}
    return {each["name"]: each["value"].strip("\"'") for each in found if each}


def _plain(value: object) -> str | None:
    """A scalar that holds something. Lists and mappings may be huge through YAML aliases."""
    return value if isinstance(value, str) and value.strip() not in {"", "~", "null"} else None
