"""Furniture of an article: what stands around its text and claims nothing.

Blocks (paragraphs, headings, list items) are judged first, by their words, shape and place; then
the sentences of the blocks that remain.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.claims.labels import read_labels
from factcheck.claims.markup import plain
from factcheck.claims.signs import BLOCKS, SENTENCES, WEB
from factcheck.head import BYLINE, DATELINE, FRONT_MATTER, NAME
from factcheck.records import Article
from index import Span
from index.sentences import split_blocks, split_sentences

#: Longest line that can be a heading without marks.
MAX_HEADING_WORDS = 14
#: Of the names that may begin a biography, the first count: each block is held against all.
MAX_NAMES = 20
#: Blocks are recognised by their first characters; a longer one is prose.
_SEEN = 1000
#: Blocks whose heading alone makes what follows furniture too.
_LISTS = {"a related list", "a reference list"}
_OPENING = {"a disclaimer", "an author biography", *_LISTS}

_ADDRESS = re.compile(WEB, re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)|<[^<>\s]+>")
_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?…:;,][\"'”’»)\]*_]*$")
_INNER_END = re.compile(r"\w{3}[.!?][\"'”’»)]*\s")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•◦▪·]|\d{1,3}[.)]|\[\^?\d{1,3}\]:?)[ \t]")
#: What a transcript or a live blog puts before a statement: `HOLM:`, `14:05`.
_LABEL = re.compile(r"\S[^.!?\n]{0,40}:|\d{1,2}[:.]\d\d")
_CLOCK = re.compile(
    r"\(?(?:(?:last )?(?:updated?|posted))?:? ?(?:at )?\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)? ?"
    r"(?:[a-z]{2,4})?\)?$",
    re.IGNORECASE,
)
#: A heading of a few words that its paragraph begins with: `**Electricity.** The grid …`.
_RUN_IN = re.compile(r"\*\*[^\s*]{2,30}(?: [^\s*]{1,30}){0,2}\.\*\*")
_PERSON = re.compile(NAME)
#: A byline that goes on: `By Ada Holm at Mill Lane`.
_BY = re.compile(rf"[Bb]y (?P<name>{NAME}?)(?: (?:at|in|on|for)\b|,|$)")
#: A block set in italics or in brackets as a whole.
_ITALIC = re.compile(r"(?P<mark>\*(?!\*)|_(?!_)|\[(?![^\]]*\]\())[^*_\[\]]+(?:\*|_|\])[.:]?")
#: A picture above its caption, and the most words of a caption.
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\s]*\)")
MAX_CAPTION_WORDS, MAX_CREDIT_WORDS = 80, 12
_BIOGRAPHY = (
    r" (?:(?:is|was) (?:an?|the) [^.]{0,80}\b(?:writer|journalist|reporter|author|editor|critic|"
    r"columnist|correspondent|contributor|analyst|professor|fellow|broadcaster|blogger)\b"
    r"|(?:lives|writes|works|teaches|blogs|hosts|covers|reports)\b"
    r"|has (?:reported|written|covered|worked|blogged|edited|taught)\b)"
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the article that claims nothing, and what it is."""

    span: Span
    reason: str


def find_furniture(article: Article) -> list[Furniture]:
    """The furniture of an article in order; spans are trimmed and do not overlap."""
    text = article.text
    found: list[Furniture] = []
    start = 0
    if matter := FRONT_MATTER.match(text):
        found.append(Furniture(Span(0, len(matter.group().rstrip())), "front matter"))
        start = matter.end()
    blocks = [block for block in split_blocks(text) if block.start >= start]
    reader = _Reader(article, [block.of(text) for block in blocks])
    sentences = split_sentences(text)
    starts = [sentence.start for sentence in sentences]
    for number, block in enumerate(blocks):
        if reason := reader.block(number, block.of(text)):
            found.append(Furniture(block, reason))
        else:
            first, behind = (bisect_left(starts, edge) for edge in (block.start, block.end))
            if behind - first > 1 and _RUN_IN.fullmatch(sentences[first].of(text)):
                found.append(Furniture(sentences[first], "a heading"))
                first += 1
            found += _sentences(text, sentences[first:behind])
    return found


def _sentences(text: str, sentences: Sequence[Span]) -> Iterator[Furniture]:
    """The furniture among the sentences of a block that is not furniture as a whole.

    What stands behind a copyright notice belongs to it.
    """
    owned = False
    for span in sentences:
        words = plain(span.of(text))
        reason = _by_words(SENTENCES, words) or _by_words(SENTENCES, words.lstrip("([–—- "))
        if reason is None and _is_links(span.of(text)):
            reason = "links"
        if reason is None and owned:
            reason = "a copyright notice"
        if reason:
            yield Furniture(span, reason)
        owned = owned or (reason == "a copyright notice" and span == sentences[0])


class _Reader:
    """Reads the blocks of one article in order and remembers what a heading has opened."""

    def __init__(self, article: Article, blocks: Sequence[str]) -> None:
        self._title = plain(article.title).casefold()
        self._count = len(blocks)
        authors = [name.strip() for name in re.split(r",| and | & ", article.author or "")]
        self._biography = _biography(authors)
        # Without a byline the author is a line of its own at the top, or asks in an interview.
        labels = dict.fromkeys(label for label in read_labels(blocks) if label)
        self._is_transcript = bool(labels)
        lines = {plain(block[:100]) for block in blocks[:5]}
        lines |= {match["name"] for line in lines if (match := _BY.match(line))}
        self._biography_behind = _biography(
            [*(line for line in lines if _PERSON.fullmatch(line)), *labels]
        )
        # A list of bare statements has no headings; an article has few.
        bare = sum(_is_bare(block) for block in blocks)
        self._has_headings = len(blocks) > 1 and bare <= 0.6 * len(blocks)
        self._opened: str | None = None
        self._behind: str | None = None
        self._shown = False

    def block(self, number: int, raw: str) -> str | None:
        """Why the block is furniture as a whole, or None."""
        raw = raw[:_SEEN]
        text = plain(raw)
        opened, self._opened = self._opened, None
        shown, self._shown = self._shown, bool(_IMAGE.fullmatch(raw))
        reason = self._by_line(text) or _by_words(BLOCKS, text)
        if reason is None and _is_caption(raw, shown):
            reason = "a caption"
        reason = reason or self._by_place(number, raw, text) or self._by_shape(raw, text)
        self._behind = reason
        if reason in _OPENING and len(_WORD.findall(text)) <= 5:
            self._opened = reason
        if opened in _LISTS and (_LIST_ITEM.match(raw) or _is_bare(raw)):
            self._opened = opened
            return opened
        return reason or (None if opened in _LISTS else opened)

    def _by_line(self, text: str) -> str | None:
        if self._count > 1 and text.casefold() == self._title:
            return "the title"
        if BYLINE.fullmatch(text):
            return "a byline"
        if DATELINE.fullmatch(text) or _CLOCK.match(text):
            return "a dateline"
        return None

    def _by_place(self, number: int, raw: str, text: str) -> str | None:
        if self._is_note(number, raw) and not _is_links(raw):
            return _by_words(SENTENCES, text) or "a note"
        return "an author biography" if self._is_biography(number, text) else None

    def _by_shape(self, raw: str, text: str) -> str | None:
        if not _WORD.search(text):
            return "no words"
        if raw.startswith(("|", "#")):
            return "a table" if raw[0] == "|" else "a heading"
        if _is_links(raw):
            return "links"
        if self._has_headings and _is_bare(raw) and not _by_words(SENTENCES, text):
            return "a contact line" if _ADDRESS.search(text) else "a heading"
        return None

    def _is_note(self, number: int, raw: str) -> bool:
        """Whether a block is the editor's: all in italics, at an end or in a transcript."""
        at_an_end = number < 3 or number >= self._count * 4 // 5 or self._behind == "the title"
        return (at_an_end or self._is_transcript) and bool(_ITALIC.fullmatch(raw))

    def _is_biography(self, number: int, text: str) -> bool:
        behind = number >= self._count * 2 // 3
        at_an_end = behind or number < 5
        return bool(
            (at_an_end and self._biography.match(text))
            or (behind and self._biography_behind.match(text))
        )


def _biography(names: Iterable[str]) -> re.Pattern[str]:
    """What begins the biography of one of `names`, called by the whole name or the last."""
    known = [name for name in names if name][:MAX_NAMES]
    forms = {re.escape(form) for name in known for form in (name, name.split()[-1])}
    return re.compile(rf"(?:{'|'.join(sorted(forms)) or '(?!)'}){_BIOGRAPHY}", re.IGNORECASE)


def _by_words(signs: dict[str, re.Pattern[str]], text: str) -> str | None:
    """The reason whose wording `text` begins with."""
    return next((reason for reason, pattern in signs.items() if pattern.match(text)), None)


def _is_bare(raw: str) -> bool:
    """Whether a block is one short line without an end mark, a list mark or a label."""
    if len(raw.split()) > MAX_HEADING_WORDS or "\n" in raw:
        return False
    text = plain(raw)
    return not (
        _END.search(text) or _INNER_END.search(text) or _LIST_ITEM.match(raw) or _LABEL.match(raw)
    )


def _is_caption(raw: str, shown: bool) -> bool:
    """Whether a block tells what a picture shows: below one that is `shown`, or in italics."""
    is_set_apart = shown or _ITALIC.fullmatch(raw)
    if not is_set_apart or len(raw.split()) > MAX_CAPTION_WORDS:
        return False
    last = plain(split_sentences(raw)[-1].of(raw))
    return len(last.split()) <= MAX_CREDIT_WORDS and bool(SENTENCES["a credit"].match(last))


def _is_links(raw: str) -> bool:
    """Whether next to nothing remains without links and addresses, and no link is a sentence."""
    rest = _ADDRESS.sub(" ", _LINK.sub(" ", raw))
    if rest == raw or len(_WORD.findall(rest)) > 3:
        return False
    names = [match.group(1) or "" for match in _LINK.finditer(raw)]
    return not any(_END.search(name) and len(name.split()) > 5 for name in names)
