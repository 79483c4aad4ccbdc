"""Bytes → text, or a reason why not. A wrong guess would be quoted as evidence, so none is made."""

from __future__ import annotations

import codecs
import re

from index.errors import UnreadableDocument

#: Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
#: What Western European prose holds beside ASCII.
_WESTERN = re.compile(
    r"[àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽŸ"
    r"“”‘’‚„«»‹›–—…•·€£¥§©®™°²³½¼¾¡¿ªº´×\xa0]*"
)
#: A capital in the middle or at the end of a word tells a Macintosh file: `storm’s` → `stormÕs`.
_MISPLACED_CAPITAL = re.compile(r"[a-zà-ÿ][À-ÝŒŠŽŸ]|(?<![A-ZÀ-Ý])[À-ÝŒŠŽŸ](?![\w’.])")
#: Encodings of the web. Python knows stranger ones: its punycode takes quadratic time.
_DECLARABLE = re.compile(
    r"utf-?(?:8|16|16[bl]e)|us-ascii|latin-?[1-9]|iso-?8859-\d{1,2}|(?:windows-|cp)125\d"
    r"|koi8-[ru]|mac(?:intosh|-?roman)|gb2312|gbk|gb18030|big5|shift[_-]jis|euc-(?:jp|kr)",
    re.IGNORECASE,
)
#: How many bytes a guess looks at, and how sure it must be: charset-normalizer's `coherence` says
#: how well letter frequencies fit a language, its `chaos` how many letters are unlikely neighbours.
_SAMPLE = 1 << 16
_MIN_COHERENCE = 0.4
_MIN_LEAD = 0.05  # in coherence, before every guess that gives another text
_MAX_CHAOS = 0.1


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in `data`, with line-feed newlines and without a byte order mark.

    What the byte order mark says, or UTF-8, or the encoding an HTML page or a server has declared,
    or Windows-1252 where it reads as Western European prose, or charset-normalizer's guess where it
    is sure. Raises `UnreadableDocument` with the reason for binary data and for text in an encoding
    that cannot be told.
    """
    text = _decode_marked(data)
    if text is None:
        if b"\0" in data:
            raise UnreadableDocument("it is binary, not text")
        text = _decode_unmarked(data, declared)
    if len(text) - len(_CONTROL.sub("", text)) > 0.02 * len(text):
        raise UnreadableDocument("it is binary, not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise UnreadableDocument(
                    f"it is marked as {encoding.upper()} but holds bytes that are not; "
                    "save it as UTF-8"
                ) from error
    return None


def _decode_unmarked(data: bytes, declared: str | None) -> str:
    trusted = declared if declared and _DECLARABLE.fullmatch(declared) else "utf-8"
    for encoding in ("utf-8", trusted):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    text = _decode_western(data) or _decode_guessed(data)
    if text is None:
        raise UnreadableDocument("its encoding cannot be told; save it as UTF-8")
    return text


def _decode_western(data: bytes) -> str | None:
    """`data` as Windows-1252 when that reads as Western European prose, else None."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = re.sub(r"[\x00-\x7f]+", "", text)
    accented = sum(character.isalpha() for character in foreign)
    letters = sum(character.isalpha() for character in text)
    if accented > 0.15 * letters or not _WESTERN.fullmatch(foreign):
        return None
    return None if _MISPLACED_CAPITAL.search(text) else text


def _decode_guessed(data: bytes) -> str | None:
    """`data` in the encoding charset-normalizer is sure of, else None."""
    from charset_normalizer import from_bytes

    # cut behind a line or a word, so that no character is cut in two
    cut = max(data.rfind(b"\n", 0, _SAMPLE), data.rfind(b" ", 0, _SAMPLE), 0)
    guesses = from_bytes(data if len(data) <= _SAMPLE else data[:cut])
    best = guesses.best()
    if best is None or best.chaos > _MAX_CHAOS or best.coherence < _MIN_COHERENCE:
        return None
    rivals = [one for one in guesses if one.chaos <= _MAX_CHAOS and str(one) != str(best)]
    if any(best.coherence - rival.coherence < _MIN_LEAD for rival in rivals):
        return None
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
