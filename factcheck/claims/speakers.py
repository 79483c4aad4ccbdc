"""Who speaks, for every sentence: quoted, reported, or in the author's own voice (None).

Rules, in the order they are tried: the label of a transcript; the source the sentence names; the
source of the quotation it is part of; for a quotation that names none, whoever spoke or acted last.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from factcheck.capitals import CAPITAL, PARTICLE
from factcheck.claims.labels import read_labels, spoken_name
from factcheck.claims.markup import plain
from factcheck.claims.mentions import FEW_WORDS, Mention, MentionKind, Mentions
from factcheck.claims.people import People, bare_name
from factcheck.claims.phrases import SOMEBODY, may_say
from factcheck.claims.roles import OFFICES, is_office

__all__ = ["Sentence", "Voice", "find_voices", "read_host", "read_labels"]

#: A sentence is a quotation from this share of quoted words up.
MOSTLY = 0.5

#: How a speech says whose it is, in its head.
_NAME = rf"{CAPITAL}[\w’'-]*(?: (?:{PARTICLE}[ -]){{0,2}}{CAPITAL}[\w’'-]*){{1,3}}"
_HOST = re.compile(
    rf"^(?:Speaker|Speech by|Remarks by|Address by|Statement by|Delivered by|Speech of|"
    rf"Keynote by|Speech given by)"
    rf":?\s+(?:[a-z]\w+ ){{0,4}}(?P<name>{_NAME})",
    re.MULTILINE,
)
HEAD_CHARACTERS = 800


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as speakers are found by it.

    `block` is its paragraph's number, `quotation` that of the quotation covering most of it, if
    any; `share` in [0, 1] and `quoted_words` say how much of it is quoted. It `announces` whose
    words follow where it is such a heading: `## From our organiser, Ida Roe`.
    """

    block: int
    quotation: int | None
    share: float
    quoted_words: int
    mentions: Mentions
    announces: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is given the words of a sentence, and who speaks them aloud in a speech or transcript."""

    speaker: str | None
    host: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What else a text tells of its people.

    `titled` are names that stand there with a title, as `titled_names` finds them, `genders` is
    what `find_genders` does, `impersonal` are names of no people, `doubtful` may be, and `hero` is
    whom the text is about, as an obituary.
    """

    titled: Sequence[str] = ()
    genders: Mapping[str, str] = field(default_factory=dict)
    doubtful: Container[str] = frozenset()
    impersonal: Container[str] = frozenset()
    hero: str | None = None


def find_voices(
    sentences: Sequence[Sentence],
    labels: Sequence[str | None],
    host: str | None = None,
    known: Known = Known(),
) -> list[Voice]:
    """The speaker of each sentence, None for the author, and whoever utters it, if anybody does.

    `labels` are those of `read_labels`, and `host` is who gives the whole text as a speech. A
    person goes by the fullest name the article has, without title or marks; any other source by
    the article's phrase, without its article: `"Walid al-Moallem"`, `"drivers' union"`.
    """
    named = [name for sentence in sentences for name in sentence.mentions.people]
    names = [name for name in named if name not in known.impersonal]
    hosts = [*(label for label in labels if label), *([host] if host else [])]
    people = People([*names, *known.titled, *hosts], doubtful=known.doubtful)
    people.learn(known.genders)
    return _Discourse(sentences, people, labels, host, known.hero).voices()


def read_host(text: str) -> str | None:
    """Who gives the text as a speech, where its head says so: `Speaker: Ida Roe, minister`."""
    head = plain_lines(text[:HEAD_CHARACTERS])
    match = _HOST.search(head)
    return bare_name(match["name"]) if match else None


def plain_lines(text: str) -> str:
    """The text without marks, line by line."""
    return "\n".join(plain(line) for line in text.splitlines())


class _Discourse:
    """Walks through an article and remembers who spoke and who acted last."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        people: People,
        labels: Sequence[str | None],
        host: str | None,
        hero: str | None,
    ) -> None:
        self._host = host
        self._hero = hero
        self._sentences = sentences
        self._people = people
        self._labels = labels
        self._is_transcript = any(label is not None for label in labels)
        self._of_quotation = self._quotation_sources()
        self._speaker: str | None = None
        self._group: str | None = None
        self._actor: str | None = None
        self._actor_block = -1
        self._holder: str | None = None
        self._holder_block = -1
        self._last_named: list[str] = []
        self._announced: str | None = None
        self._announced_block = -1

    def voices(self) -> list[Voice]:
        """The speaker of each sentence, and who utters it."""
        voices: list[Voice] = []
        found: list[str | None] = []
        block = -1
        labelled: str | None = None
        for sentence in self._sentences:
            if self._is_transcript and sentence.block != block:
                for label in self._labels[max(block, 0) : sentence.block + 1]:
                    labelled = label if label is not None else labelled
            block = sentence.block
            speaker: str | None
            uttered: str | None = None
            if labelled or self._host:
                own = labelled or self._host or ""
                quoted = self._quoted_by_host(sentence, found[-1] if found else None)
                uttered = spoken_name(own, self._people.find(own))
                speaker = quoted or uttered
            else:
                speaker = self._speaker_of(sentence, found[-1] if found else None)
            self._remember(sentence, speaker)
            found.append(speaker)
            voices.append(Voice(speaker, uttered))
        return voices

    def _quoted_by_host(self, sentence: Sentence, before: str | None) -> str | None:
        """Whom the speaker of a transcript or speech quotes, if it is somebody else."""
        if sentence.quoted_words < FEW_WORDS:
            return None
        source = sentence.mentions.source
        if source is not None and source.text == "you":
            named = [self._people.find(name) for name in sentence.mentions.people]
            return next((name for name in named if name), None)
        if source is None and sentence.share < MOSTLY:
            return None
        return self._speaker_of(sentence, before)

    def _quotation_sources(self) -> dict[int, Mention]:
        """The source that any sentence of a quotation names for it."""
        sources: dict[int, Mention] = {}
        for sentence in self._sentences:
            if sentence.quotation is not None and sentence.mentions.source:
                sources.setdefault(sentence.quotation, sentence.mentions.source)
        return sources

    def _speaker_of(self, sentence: Sentence, before: str | None) -> str | None:
        source = sentence.mentions.source
        if source is None and sentence.quotation is not None:
            source = self._of_quotation.get(sentence.quotation)
        if source is not None:
            return self._resolve(source, sentence)
        if sentence.share >= MOSTLY:
            acted = self._actor if self._actor_block == sentence.block else None
            above = self._announced_block in {sentence.block - 1, sentence.block}
            return acted or (above and self._announced) or self._speaker or self._actor
        subject = sentence.mentions.subject
        named = subject is not None and subject.kind is MentionKind.PERSON
        if sentence.quoted_words >= FEW_WORDS and not named:
            return before
        return None

    def _resolve(self, mention: Mention, sentence: Sentence) -> str | None:
        """Who a mention is."""
        if mention.kind is MentionKind.PERSON:
            return self._people.find(mention.text) or bare_name(mention.text)
        if mention.kind is MentionKind.PHRASE:
            words = mention.text.split()
            person = self._people.find(mention.text) if words[-1][:1].isupper() else None
            person = person or self._people.with_role(mention.text)
            return person or self._only_one(mention) or mention.text
        if mention.text in {"i", "we"}:
            return None
        if mention.text in {"it", "they"}:
            group = self._group
            return group if group and may_say(group, plural=mention.text == "they") else None
        if self._holder_is_meant(mention.text, sentence):
            return self._holder
        named = [self._people.find(name) for name in sentence.mentions.people]
        own = [person for person in named if person]
        near = self._actor if self._actor_block == sentence.block else None
        before = [self._actor, self._speaker, *reversed(self._last_named)]
        subject = sentence.mentions.subject
        acts = subject is not None and subject.kind is MentionKind.PERSON
        first = self._people.find(subject.text) if subject and acts else None
        candidates = [first, near, self._hero, *before, *own]
        return self._people.choose(filter(None, candidates), mention.text)

    def _only_one(self, mention: Mention) -> str | None:
        """The only person named so far, where somebody known speaks who holds no office.

        `Brenna Toll had it for years. “It was hard,” says the retired bus driver.`
        """
        noun = mention.text.rsplit(maxsplit=1)[-1].lower()
        is_somebody = mention.definite and noun in SOMEBODY - OFFICES
        return self._actor if is_somebody and {self._actor} == set(self._last_named) else None

    def _holder_is_meant(self, pronoun: str, sentence: Sentence) -> bool:
        """Whether `he` or `she` is who holds an office, named last in the paragraph by that."""
        block = sentence.block
        if not self._holder or self._holder_block != block:
            return False
        if self._actor_block == block or self._hero:
            return False  # somebody else is likelier
        word = self._holder.split()[-1].lower()
        gender = "she" if word.endswith("woman") else "he" if word.endswith("man") else pronoun
        return gender == pronoun

    def _remember(self, sentence: Sentence, speaker: str | None) -> None:
        mentions = sentence.mentions
        named = [self._people.find(name) for name in mentions.people]
        self._last_named = [*self._last_named, *(person for person in named if person)][-8:]
        for role, name in mentions.roles:
            self._people.give_role(role, name)
        for mention in (mentions.subject, mentions.source):
            if mention and mention.text not in {"i", "we", "it", "they"}:
                self._acts(self._resolve(mention, sentence), sentence.block)
        presented = {self._people.find(name) for _, name in mentions.roles}
        if len(set(named)) == 1 and presented == set(named) and not _acts_himself(mentions):
            self._acts(named[0], sentence.block)
        if any(named):
            self._holder = None  # either may be `he` or `she`
        self._announced = None
        if len(set(named)) == 1 and mentions.source is None and sentence.announces:
            self._announced, self._announced_block = named[0], sentence.block
        self._speaker = speaker or self._speaker

    def _acts(self, who: str | None, block: int) -> None:
        """Remember who is spoken of: people for `he` and `she`, all others for `it` and `they`.

        Who holds an office and is not named is `he` or `she`, too, until the paragraph names
        somebody.
        """
        if who and self._people.find(who):
            self._actor, self._actor_block, self._holder = who, block, None
        elif who:
            self._group = who
            self._holder = who if is_office(who) else None
            self._holder_block = block


def _acts_himself(mentions: Mentions) -> bool:
    """Whether a sentence has somebody as its subject or its source."""
    found = (mentions.subject, mentions.source)
    return any(mention and mention.kind is not MentionKind.PHRASE for mention in found)
