"""The statements that an article's claims make."""

from __future__ import annotations

from factcheck.claims import split_article
from factcheck.records import Article, ClaimKind


def statements(text: str) -> list[str]:
    """The statements of an article of 14 November 2023, a Tuesday; roles apart."""
    claims = split_article(Article(text, published="2023-11-14")).claims
    return [claim.statement for claim in claims if claim.kind is not ClaimKind.ROLE]


def last(text: str) -> str:
    """The last of them."""
    return statements(text)[-1]
