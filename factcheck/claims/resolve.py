"""What a sentence leaves to its article: pronouns, `the company`, `last year`, a bare surname.

Rules are read in order, each only where it can be nearly sure; the rest keeps its words, and a
wrong name would be worse than none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from factcheck.capitals import CAPITAL
from factcheck.claims.census import Census, NameKind
from factcheck.claims.definites import Definites, genitive
from factcheck.claims.lexicon import FIRM_ENDS, ORGANISATIONS
from factcheck.claims.memory import Memory
from factcheck.claims.people import People, bare_name
from factcheck.claims.pronouns import Pronouns
from factcheck.claims.setting import Resolution, Setting
from factcheck.claims.syntax import Tree
from factcheck.claims.times import Times
from factcheck.rewriting import Edit
from factcheck.spans import overlaps
from index import Span

__all__ = ["Resolution", "Resolver", "Setting"]

#: What joins a sentence to the one before and says nothing.
_CONNECTIVE = re.compile(
    r"[\s“\"]*(?P<all>(?:(?:and|but|or|yet|so)\b,?\s+(?!far\b)|(?:for the record|even so|"
    r"meanwhile|however|"
    r"moreover|furthermore|nevertheless|nonetheless|still|also|besides|in addition|"
    r"of course|indeed|"
    r"after all|in fact|by contrast|as it happens|then again|that said|well|separately|"
    r"at any rate|in short),\s+)+)",
    re.IGNORECASE,
)


#: What somebody was called before.
_NOT_NOW = re.compile(r"\b(?:née|nee|born|formerly) $", re.IGNORECASE)
#: What stands before a surname and belongs to it: `Van der Meer`.
_SHORT_WORDS = re.compile(r"(?:[A-Za-zÀ-ÿ’']{1,4} ){1,3}$")


def _with_particles(text: str, where: Span, full: str) -> Span:
    """The stretch of a surname with what belongs to it: `Van der` of `Van der Meer`."""
    if match := _SHORT_WORDS.search(text, max(0, where.start - 15), where.start):
        for start in range(match.start(), where.start):
            words = text[start : where.end]
            begins = start == 0 or not text[start - 1].isalnum()
            if begins and full.casefold().endswith(f" {words.casefold()}"):
                return Span(start, where.end)
    return where


#: What a family's name begins: `Pellow’s Garden Centre`.
_OWN_FIRM = re.compile(rf"['’]s (?:{CAPITAL}[a-z]+ ){{1,3}}({CAPITAL}[a-z]+)")


class Resolver:
    """Reads an article's sentences in order."""

    def __init__(self, census: Census, people: People, published: dt.date | None) -> None:
        self._census = census
        self._people = people
        self._memory = Memory(census, people)
        self._pronouns = Pronouns(people, self._memory)
        self._definites = Definites(census, people, self._memory)
        self.times = Times(published)
        self._block = -1
        self._heading: str | None = None
        self._host = False
        self._named: dict[int, str] = {}
        self.focus: str | None = None

    def resolve(self, setting: Setting, heading: str | None = None) -> list[Resolution]:
        """What in the sentence is to be put in other words, in order, not overlapping.

        `heading` is a name in the heading over it. Afterwards `focus` is what its paragraph has
        been about.
        """
        goes_on = bool(setting.quoted) and setting.quoted[0].start <= 1
        if setting.block != self._block:
            # a conversation hangs together over paragraphs
            if setting.host is None or heading != self._heading or not self._host:
                self._memory.turn()
            self._memory.centred.clear()
            self._host = setting.host is not None
            if not goes_on:
                self.times.turn()
            self._block, self._heading = setting.block, heading
        self.focus = self._focus(heading)
        found: list[Resolution] = []
        taken: list[Span] = []
        for resolution in self._all(setting):
            if not overlaps(resolution.edit.span, taken):
                taken.append(resolution.edit.span)
                found.append(resolution)
        self._memory.remember(
            setting,
            self._pronouns.kept,
            self._named,
            self._pronouns.acted,
            self._pronouns.meant,
        )
        return sorted(found, key=lambda each: each.edit.span.start)

    def leave(self) -> None:
        """Another story of a round-up begins, of other people."""
        self._memory.leave()

    def forget(self) -> None:
        """The head of the text is over, and what it named is not spoken of."""
        self._memory.turn()

    def _focus(self, heading: str | None) -> str | None:
        """What a pronoun has stood for, else what the heading names, or the paragraph last."""
        centre = self._memory.thing or self._memory.group
        if centre and centre in self._memory.centred:
            return centre
        if heading and heading.startswith("the "):
            return heading
        return (
            self._memory.last_name({NameKind.PLACE, NameKind.OTHER, NameKind.ORGANISATION})
            or heading
        )

    def _all(self, setting: Setting) -> Iterator[Resolution]:
        tree = Tree(setting.parse)
        if match := _CONNECTIVE.match(setting.text):
            yield Resolution(Edit(Span(match.start("all"), match.end("all")), ""))
        yield from self.times.resolve(setting.text, tree, setting.parse.people)
        yield from self._surnames(setting)
        nouns = list(self._definites.resolve(setting, tree))
        yield from nouns
        self._named = {
            token.start: re.sub("^The ", "the ", each.gloss or each.name)
            for each in nouns
            for token in tree.tokens
            if each.edit.span.start < token.start < each.edit.span.end and token.text.isalpha()
        }
        yield from self._pronouns.resolve(setting, tree, self._named)
        yield from self._there(setting, tree)

    def _surnames(self, setting: Setting) -> Iterator[Resolution]:
        for span in setting.parse.people:
            name = span.of(setting.text)
            short = bare_name(name)
            if " " in short:
                continue
            full = self._people.find(name)
            at = name.rfind(short)
            if full and " " in full and at >= 0:
                where = Span(span.start + at, span.start + at + len(short))
                if _NOT_NOW.search(setting.text, 0, where.start) or self._census.is_family(short):
                    continue
                firm = _OWN_FIRM.match(setting.text, where.end)
                if firm and firm[1].lower() in ORGANISATIONS | FIRM_ENDS:
                    continue  # `Pellow’s Garden Centre` is a firm
                if setting.text.find(full, where.end) >= 0:
                    continue  # `Brandt, the firm run by Klaus Brandt`, is no Klaus
                before = _with_particles(setting.text, where, full)
                ending = ""
                if full.endswith("s") and setting.text[where.end :].startswith(("’s ", "'s ")):
                    before = replace(before, end=before.end + 2)  # `Northmoor’s` → `… Trains’`
                    ending = genitive(full)
                yield Resolution(Edit(before, full + ending), gloss=full)

    def _there(self, setting: Setting, tree: Tree) -> Iterator[Resolution]:
        for token in tree.tokens:
            if token.text.lower() != "there" or token.relation not in {"advmod", "pcomp"}:
                continue
            before = self._memory.places_in(setting.text[: token.start])
            place = before[-1] if before else self._memory.place
            if place:
                shown = self._memory.with_article(place)
                yield Resolution(Edit(Span(token.start, token.end), f"in {shown}"), place)
