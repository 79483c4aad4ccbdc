"""Quotations in a text, whatever marks they use."""

from __future__ import annotations

from index import Span
from index.sentences import split_blocks

#: An opening mark and what closes it. German closes with what English opens with.
_PAIRS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", '"': '"', "‘": "’", "'": "'"}
_SINGLE = "‘'"
#: What may stand between a block's start and its first word.
_BEFORE = "*_>-•#( "


def find_quotations(text: str) -> list[Span]:
    """Quotations with their marks, in order, not overlapping, none crossing a block.

    A quotation that is never closed runs to the end of its block when it opens with a mark that
    cannot be anything else or at the block's start, or when the next block opens with its mark, as
    where a quotation goes on in the next paragraph.
    """
    blocks = list(split_blocks(text))
    firsts = [block.of(text).lstrip(_BEFORE)[:1] for block in blocks]
    return [
        found
        for block, following in zip(blocks, [*firsts[1:], ""], strict=False)
        for found in _in_block(text, block, following)
    ]


def _in_block(text: str, block: Span, following: str) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    for position in range(block.start, block.end):
        mark = text[position]
        before = text[position - 1] if position > block.start else " "
        after = text[position + 1] if position + 1 < block.end else " "
        if opened is not None and _closes(text[opened], mark, after):
            found.append(Span(opened, position + 1))
            opened = None
        elif (
            mark in _PAIRS
            and _opens(mark, before, after)
            and (
                # a double mark inside a single one means that the single one was an apostrophe
                opened is None or (text[opened] in _SINGLE and mark not in _SINGLE)
            )
        ):
            opened = position
    if opened is not None and _stays_open(text, opened, block, following):
        found.append(Span(opened, block.end))
    return found


def _stays_open(text: str, opened: int, block: Span, following: str) -> bool:
    """Whether a mark that nothing closes opens a quotation; `following` begins the next block."""
    mark = text[opened]
    if mark in _SINGLE:  # or it is an apostrophe
        return following == mark and text[opened + 1 : opened + 2].isupper()
    return mark != '"' or following == mark or not text[block.start : opened].strip(_BEFORE)


def _opens(mark: str, before: str, after: str) -> bool:
    if after.isspace() and mark not in "«»":
        return False
    return not before.isalnum() if mark in "\"'‘»" else True


def _closes(opener: str, mark: str, after: str) -> bool:
    return mark in _PAIRS[opener] and (opener not in _SINGLE or not after.isalnum())
