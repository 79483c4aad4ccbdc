"""Markdown marks in a text: blanked out in place, or taken away."""

from __future__ import annotations

import re

_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*(?: \"[^\"\n]*\")?\)")
_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^<>\s]*>|<[^<>\s@]+@[^<>\s@]+>")
_LINE_START = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+•◦▪·][ \t]+|\d{1,3}[.)][ \t]+)+", re.MULTILINE
)
_SURROGATES = re.compile("[\ud800-\udfff]")  # no encoding holds them, and no model takes them
#: A run of underscores is tried once, at its beginning: an article may be nothing else.
_EMPHASIS = re.compile(r"[*`~]+|(?<!\w)_+|(?<!_)_++(?!\w)")


def blank(text: str) -> str:
    """The text at the same length, its Markdown marks and link targets replaced by spaces.

    `"**Ada** [left](#)."` → `"  Ada   left    ."`
    """

    def link(match: re.Match[str]) -> str:
        before = match.start(1) - match.start()
        return " " * before + match.group(1) + " " * (match.end() - match.end(1))

    def spaces(match: re.Match[str]) -> str:
        return " " * len(match.group())

    text = _LINK.sub(link, text)
    for pattern in (_ADDRESS, _LINE_START, _EMPHASIS):
        text = pattern.sub(spaces, text)
    return _SURROGATES.sub("\ufffd", text)


def plain(text: str) -> str:
    """The text without its Markdown marks, on one line: `"**Ada** [left](#)."` → `"Ada left."`."""
    text = _LINK.sub(r"\1", text)
    for pattern in (_ADDRESS, _LINE_START, _EMPHASIS):
        text = pattern.sub("", text)
    return " ".join(_SURROGATES.sub("\ufffd", text).split())
