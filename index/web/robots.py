"""What a host wants robots to leave alone (RFC 9309), by protego.

Python's own parser knows no wildcards, so that `Disallow: /*?print=` is lost on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

#: The name under which a robots.txt may speak to this program.
PRODUCT = "factcheck"
#: What is read of a robots.txt; RFC 9309 asks for at least as much.
MAX_ROBOTS_BYTES = 500 * 1024
#: The longest pause a robots.txt may ask for; a host that wants more is left alone.
MAX_CRAWL_DELAY = 30.0

_AGENT = re.compile(
    r"^[^\S\n]*user[- ]?agent[^\S\n]*[: \t][^\S\n]*([^\n#]*)", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says. Without rules everything is allowed; `refused` says why nothing."""

    parsed: Protego | None = None
    refused: str | None = None

    @property
    def delay(self) -> float:
        """Seconds to leave between two requests; 0 where nothing is asked for."""
        return (self.parsed.crawl_delay(PRODUCT) or 0.0) if self.parsed else 0.0

    def refusal(self, url: str) -> str | None:
        """Why `url` is not to be fetched, or None."""
        if self.refused:
            return self.refused
        if self.parsed is None:
            return None
        if not self.parsed.can_fetch(url, PRODUCT):
            return "its robots.txt asks robots to leave it alone; save the page and give the file"
        if self.delay > MAX_CRAWL_DELAY:
            return (
                f"its robots.txt asks for {self.delay:g} s between requests, expected at most "
                f"{MAX_CRAWL_DELAY:g} s; save the page and give the file"
            )
        return None


def parse_robots(data: bytes) -> Rules:
    """The rules in the first `MAX_ROBOTS_BYTES` of a robots.txt."""
    text = data[:MAX_ROBOTS_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    lines = "\n".join(text.splitlines())
    # All names but ours become one: thousands of names before thousands of rules would multiply.
    return Rules(Protego.parse(_AGENT.sub(_ours_or_other, lines)))


def _ours_or_other(match: re.Match[str]) -> str:
    given = match.group(1).strip().lower()
    if not given:
        return match.group()
    name = given.replace("*", "")  # protego reads `fact*` as `fact`
    return f"User-agent: {name or '*'}" if PRODUCT.startswith(name) else "User-agent: other"
