"""Bytes of unknown encoding → text."""

from __future__ import annotations

import codecs

from index.errors import UnreadableDocument

#: How much of a file the encoding is guessed from: charset-normalizer slows down on more.
SAMPLE_BYTES = 256 * 1024
#: Share of a guess's characters that look out of place (charset-normalizer's "chaos") beyond which
#: it is not trusted; its own limit is 0.2.
MAX_CHAOS = 0.1

#: UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data`: by byte-order mark, as UTF-8, as `declared`, else by charset-normalizer.

    Raises `UnreadableDocument` for binary content and for an encoding that cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\0" in data:
        raise UnreadableDocument("binary content, expected text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, _known(declared) or _guess(data))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise UnreadableDocument(f"not valid {encoding}; save it as UTF-8") from error


def _known(declared: str | None) -> str | None:
    """The codec's name if it is a text encoding Python has, else None."""
    try:
        info = codecs.lookup(declared or "")
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE_BYTES]).best()
    if best is None or best.chaos > MAX_CHAOS:
        raise UnreadableDocument(
            "binary content or an encoding that cannot be told; save it as UTF-8"
        )
    # Several code pages often read a sample alike; Windows-1252 is by far the commonest.
    return "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
