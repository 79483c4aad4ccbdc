"""What each part of an article is about: of a round-up every item has a topic of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from factcheck.claims.census import Census, Name, NameKind
from factcheck.claims.salience import stem

#: The one thing that a heading announces: `And then the lido`, but not `Behind the figures`.
_ANNOUNCED = re.compile(r"\b[Tt]he ((?:[a-z-]+ )?[a-z-]{2,}[a-rt-z])[.:]?$")


#: What begins a heading that announces no thing.
_NO_HEADING = re.compile(
    r"(?:the|what|who|how|why|where|when|and|an?|in|on|at|behind|after|before|from|to)\b",
    re.IGNORECASE,
)
#: Longer headings tell the story themselves.
_MOST_WORDS = 6


class Sections:
    """The parts of an article, each of sentences in a row.

    `parts` has for each sentence the number of its part, and the words over or before that, if any.
    """

    def __init__(
        self, census: Census, texts: Sequence[str], parts: Sequence[tuple[int, str | None]]
    ) -> None:
        self._census = census
        self._topics: list[str | None] = []
        self._focuses: list[str | None] = []
        nouns = census.introduced.nouns(census.topic) if census.topic else []
        either = "|".join(map(re.escape, nouns))
        again = rf"\b(?:the|this|our) (?:{either})\b"
        self._again = re.compile(again, re.IGNORECASE) if nouns else None
        numbered = [list(group) for _, group in groupby(range(len(texts)), parts.__getitem__)]
        inside = [[texts[number] for number in group] for group in numbered]
        about = [self._speaks_of_topic(" ".join(part)) for part in inside]
        everywhere = census.topic_is_titled or 2 * sum(about) >= len(about)
        for group, part, here in zip(numbered, inside, about, strict=True):
            focus = self._announced(parts[group[0]][1], part)
            topic = census.topic
            if not everywhere and not here:
                heading = _short(parts[group[0]][1])
                topic = self._own_topic(part) or focus or self._said_over(heading, part)
            self._topics += [topic] * len(group)
            self._focuses += [focus] * len(group)

    def topic(self, number: int) -> str | None:
        """What the part of a sentence is about, by the sentence's number."""
        return self._topics[number]

    def focus(self, number: int) -> str | None:
        """What the words over a part announce besides the article's topic."""
        return self._focuses[number]

    def _said_over(self, heading: str | None, part: Sequence[str]) -> str | None:
        """What a part without a name of its own is about: what its heading says, in a round-up.

        Elsewhere only a heading whose last word the part has, too: `Dentists`, but not `What comes
        next`, which says nothing of what it is about.
        """
        if heading is None or self._census.is_round_up:
            return heading or self._census.topic
        last = stem(heading.split()[-1])
        if _NO_HEADING.match(heading) or not re.search(
            rf"\b{re.escape(last)}", " ".join(part), re.IGNORECASE
        ):
            return self._census.topic
        return heading

    def _speaks_of_topic(self, text: str) -> bool:
        topic = self._census.topic
        if topic is None:
            return False
        return topic in text or bool(self._again and self._again.search(text))

    def _announced(self, heading: str | None, part: Sequence[str]) -> str | None:
        if heading is None:
            return None
        for name in self._names(heading):
            if name.text != self._census.topic:
                return name.text
        match = _ANNOUNCED.search(heading)
        if match and re.search(rf"\b[Tt]he {match[1]}\b", " ".join(part)):
            return f"the {match[1]}"
        return None

    def _own_topic(self, part: Sequence[str]) -> str | None:
        """The name that stands in the first sentence and most often in all of them."""
        counts: Counter[str] = Counter()
        for text in part:
            counts.update(name.text for name in self._names(text))
        first = self._names(part[0])
        return max(first, key=lambda name: counts[name.text]).text if first else None

    def _names(self, text: str) -> list[Name]:
        return [name for name in self._census.names_in(text) if name.kind is not NameKind.PERSON]


def _short(heading: str | None) -> str | None:
    """A heading as words to put before a statement, None where it is a sentence's length."""
    if heading is None or len(heading.split()) > _MOST_WORDS:
        return None
    return (heading.title() if heading.isupper() else heading).rstrip(" .:") or None
