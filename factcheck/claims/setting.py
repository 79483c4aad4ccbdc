"""What the rules of `resolve` read and give: a sentence in its article, and an edit of it."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.claims.syntax import Parse, Tree
from factcheck.rewriting import Edit
from factcheck.spans import overlaps
from index import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Resolution:
    """An edit, and the name it puts in, if it is one: not needed where that name stands already.

    `gloss` is what a quotation, whose words stay, has in brackets behind them: `this year [2024]`.
    `same_as` is another pronoun for the same, beside which it needs no name.
    """

    edit: Edit
    name: str = ""
    gloss: str = ""
    same_as: Span | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence to be read: its words without marks, their grammar, quotations and speaker.

    `speaker` is whose words it reports, and `host` who speaks it where the text is a speech or a
    transcript; `block` is its paragraph's number.
    """

    text: str
    parse: Parse
    quoted: tuple[Span, ...]
    speaker: str | None
    host: str | None
    block: int = 0

    def is_quoted(self, start: int) -> bool:
        """Whether the character at `start` is in a quotation."""
        return overlaps(Span(start, start + 1), self.quoted)

    def first_person(self, start: int) -> str | None:
        """Whom `I` means at `start`: whoever is quoted there, else who speaks the whole."""
        if self.is_quoted(start):
            return self.speaker
        return self.host


def of_person(tree: Tree, index: int) -> str:
    """`she` or `he` for a pronoun of a person, whatever its case; "" for any other word."""
    word = tree.tokens[index].text.lower()
    return {
        "she": "she", "her": "she", "hers": "she", "herself": "she",
        "he": "he", "him": "he", "his": "he", "himself": "he",
    }.get(word, "")  # fmt: skip
