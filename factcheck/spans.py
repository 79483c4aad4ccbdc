"""What spans are asked about in more rooms than one."""

from __future__ import annotations

from collections.abc import Sequence

from index import Span


def overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span shares a character with any of `others`."""
    return any(span.start < other.end and other.start < span.end for other in others)


def within(span: Span, other: Span) -> bool:
    """Whether all of a span stands in another."""
    return other.start <= span.start and span.end <= other.end
