"""Foreign text made inert for a terminal.

Articles and corpora are hostile: an escape sequence in them may move the cursor, a bidirectional
override may reorder what stands beside it (Boucher & Anderson 2021, arXiv:2111.00169), an invisible
character may hide a word.
"""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
#: Unicode has a picture of every C0 control code, in order, from here.
CONTROL_PICTURES = 0x2400

#: What separates words or lines and becomes a space.
_SPACES = "\t\n\v\f\r\x85\u200b\u2028\u2029"
#: A flag of a region (England's, say) is spelt with invisible tags: kept when it is well formed.
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
#: Joiners hold emoji, Indic and Persian words together, and have no business beside anything else.
_JOINABLE = "[^\x00-\u02ff\u2000-\u206f\ud800-\udfff\ufeff]"
_JOINER = f"(?<={_JOINABLE})[\u200c\u200d](?={_JOINABLE})"
_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\xad"  # C0 and C1 control codes, the soft hyphen
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # letters and marks that show nothing
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # line separators, bidi controls, zero width
    "\ud800-\udfff\ufeff\ufff9-\ufffb"  # lone surrogates, byte order mark, annotations
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and musical controls
    "\U000e0000-\U000e007f]"  # tags: a whole hidden alphabet
)
_PATTERN = re.compile(f"{_FLAG}|{_JOINER}|({_UNSAFE})")


def plain(text: str) -> str:
    r"""`text` with nothing in it that a terminal obeys or hides: `"a\x1b[2J"` → `"a␛[2J"`.

    Letters of every script, combining marks and emoji stay. One code point becomes one code point,
    so spans of `text` name the same characters of the result.
    """
    return _PATTERN.sub(_inert, text)


def encodable(text: str, encoding: str) -> str:
    """`text` with `?` for every code point that `encoding` cannot carry; same length."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_carried(character, encoding) for character in text)
    return text


def right_to_left(text: str) -> bool:
    """Whether `text` holds letters that a terminal may set from right to left."""
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


def _inert(match: re.Match[str]) -> str:
    character = match[1]
    if character is None:  # a well-formed sequence
        return match[0]
    if character in _SPACES:
        return " "
    if character == "\xad":
        return "\N{HYPHENATION POINT}"
    if character < " ":
        return chr(CONTROL_PICTURES + ord(character))
    return "\N{SYMBOL FOR DELETE}" if character == "\x7f" else REPLACEMENT


def _carried(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return "?"
    return character
