"""A file of web addresses, one a line, → the addresses, and the lines that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from index.errors import UnreadableDocument
from index.readers.decode import decode

#: Longer addresses are refused: servers refuse them, too.
MAX_URL = 2048
#: More are refused: at a pause of a second between two to one host they take a day.
MAX_URLS = 100_000

_FOREIGN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Listed:
    """An address as it stands in line `line` (from 1), without its fragment."""

    url: str
    line: int


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no address, and why."""

    line: int
    reason: str


def read_list(data: bytes) -> Iterator[Listed | BadLine]:
    """The addresses in `data`, each once, in their order. Blank lines and `# …` are left out.

    Raises `UnreadableDocument` when it is no text or has more than `MAX_URLS` addresses.
    """
    seen: set[str] = set()
    for number, line in enumerate(decode(data).split("\n"), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        try:
            url = _address(text)
        except UnreadableDocument as error:
            yield BadLine(number, str(error))
            continue
        if url in seen:
            continue
        if len(seen) == MAX_URLS:
            raise UnreadableDocument(f"more than {MAX_URLS:,} addresses; split it into parts")
        seen.add(url)
        yield Listed(url, number)


def _address(text: str) -> str:
    if len(text) > MAX_URL:
        raise UnreadableDocument(
            f"an address of {len(text):,} characters, expected at most {MAX_URL:,}"
        )
    if _FOREIGN.search(text):
        raise UnreadableDocument("more than an address; put one on each line, comments behind #")
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        raise UnreadableDocument("no web address; expected http:// or https://") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise UnreadableDocument("no web address; expected http:// or https://")
    if url.userinfo:
        raise UnreadableDocument("a name or a password in an address; leave it out")
    return text.partition("#")[0]
