"""Quotations in a text, whatever marks they use."""

from __future__ import annotations

from index import Span
from index.sentences import split_blocks

#: An opening mark and what closes it. German closes with what English opens with.
_PAIRS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", '"': '"', "‘": "’", "'": "'"}
_SINGLE = "‘'"


def find_quotations(text: str) -> list[Span]:
    """Quotations with their marks, in order, not overlapping, none crossing a block.

    A quotation that is never closed runs to the end of its block when it opens with a mark that
    cannot be anything else or at the block's start, as one does that goes on in the next paragraph.
    """
    return [found for block in split_blocks(text) for found in _in_block(text, block)]


def _in_block(text: str, block: Span) -> list[Span]:
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
    if opened is not None and text[opened] not in _SINGLE:
        at_start = not text[block.start : opened].strip("*_>-•#( ")
        if text[opened] != '"' or at_start:
            found.append(Span(opened, block.end))
    return found


def _opens(mark: str, before: str, after: str) -> bool:
    if after.isspace() and mark not in "«»":
        return False
    return not before.isalnum() if mark in "\"'‘»" else True


def _closes(opener: str, mark: str, after: str) -> bool:
    return mark in _PAIRS[opener] and (opener not in _SINGLE or not after.isalnum())
