"""Which sources are addresses on the web, and how they are written so that nothing breaks out."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from factcheck.render.safe import plain

#: What stays as it is in an address. Brackets, quotes, backslashes and spaces are percent-encoded,
#: and so is `;`, without which `&` begins no entity; none of them changes where it leads.
_KEPT = "/:?#@!$&+,=%~-._"


def web_address(source: str) -> str | None:
    """`source` as an http(s) address in ASCII, or None when it is none.

    Only ASCII letters, digits and `/:?#@!$&+,=%~-._` are left in it, so it can stand in HTML, in
    JSON and in `<…>` of Markdown. Everything else is text: a path, a citation, `javascript:`.
    """
    text = source.strip()
    if plain(text) != text or any(character.isspace() for character in text):
        return None
    try:
        parts = urlsplit(text)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # a bracket in the host
        return None
    # IPv6 hosts, which need brackets, cite nothing a reader could look up
    return quote(text, safe=_KEPT) if known and "[" not in parts.netloc else None
