"""What the sentences of an article may claim: a stretch, who says it, its texts and its kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.claims.bodies import OURS, OWNED, Bodies
from factcheck.claims.census import Census
from factcheck.claims.clauses import Clause, split_clauses, with_asides
from factcheck.claims.composing import Composed, Composer, Surroundings, moved
from factcheck.claims.furniture import Furniture
from factcheck.claims.genders import Told, find_genders
from factcheck.claims.given import given_names
from factcheck.claims.interviews import read_interview
from factcheck.claims.items import find_items, numbered_lead
from factcheck.claims.kinds import kind_of, uncheckable
from factcheck.claims.labels import read_labels
from factcheck.claims.markup import plain
from factcheck.claims.mentions import FEW_WORDS
from factcheck.claims.people import Impersonal, People, bare_name, doubtful_names, titled_names
from factcheck.claims.prefix import first_few
from factcheck.claims.reading import Reading
from factcheck.claims.resolve import Resolution, Resolver, Setting
from factcheck.claims.roles import Role, find_roles
from factcheck.claims.salience import Place, Salience
from factcheck.claims.sections import Sections
from factcheck.claims.speakers import (
    MOSTLY,
    Known,
    find_voices,
    read_host,
)
from factcheck.claims.standalone import cleaning, own_words, placed
from factcheck.claims.tellers import named_voice, tellers, told_on
from factcheck.records import Article, ClaimKind
from factcheck.rewriting import Edit, rewrite
from factcheck.spans import overlaps, within
from factcheck.stretches import iso_day
from index import Span
from index.sentences import split_blocks

#: What stands above the text; a heading before it is no section's.
_HEAD = {"the title", "a byline", "a dateline", "front matter"}
_STATE = re.compile(
    r"\b(?:minister|president|premier|governor|ambassador|senator|(?:health|home|foreign|defence|"
    r"education|transport|justice|housing|energy|trade|business|culture|cabinet) secretary)$",
    re.IGNORECASE,
)
_UNNAMED = re.compile(r"\b(?:its|their)\b")
_DIGIT = re.compile(r"\d")
#: Sentences before a role in which the body it serves may stand.
_LOOKED_BACK = 30
_OWNER = re.compile(r"[\w-]+['’]s? ")
_FORMAL = re.compile(r"[A-Z]{2}|[A-Z][a-z]+ [A-Z]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a claim.

    `sentence` is its sentence's number; `aloud` is set where the speaker speaks for himself, in a
    speech or transcript, and `quoted` are the stretches of it in quotation marks, `exact` their
    words.
    """

    span: Span
    speaker: str | None
    texts: Composed
    kind: ClaimKind
    sentence: int
    quoted: tuple[Span, ...] = ()
    exact: int = 0
    aloud: bool = False


class Candidates:
    """An article's sentences with all that is known of the article as a whole."""

    def __init__(
        self, article: Article, readings: Sequence[Reading], furniture: Sequence[Furniture]
    ) -> None:
        self._text = article.text
        self._readings = readings
        self._blocks = list(split_blocks(article.text))
        blocks = [block.of(article.text) for block in self._blocks]
        self._labels = read_labels(blocks)
        host = read_host(article.text)
        titled = titled_names(self._text)
        tagged = [name for reading in readings for name in reading.sentence.mentions.people]
        impersonal = Impersonal(self._text, tagged)
        names = [name for name in tagged if name not in impersonal]
        hosts = [*(label for label in self._labels if label), *([host] if host else [])]
        doubtful = doubtful_names(self._text, names)
        self._people = People([*names, *titled, *hosts], impersonal, doubtful)
        told = [Told(one.words, one.parse, one.quoted, one.sentence.block) for one in readings]
        genders = find_genders(told, self._people.find)
        self._people.learn(genders)
        printed = any(self._labels)  # who speaks stands before each answer
        interview = None if printed else read_interview(blocks, list(self._named()))
        self._labels = list(interview.labels) if interview else self._labels
        self._asked = interview.asked if interview else {}
        place = next((reading.place for reading in readings if reading.place), None)
        sentences = [(reading.words, reading.parse) for reading in readings]
        self._head = head = max((o.span.end for o in furniture if o.reason in _HEAD), default=0)
        self._headings = [
            one.span for one in furniture if one.reason == "a heading" and one.span.start > head
        ]
        self._heading_starts = [span.start for span in self._headings]
        parts = self._parts(blocks)
        self._stories = {
            number
            for number, (block, label) in enumerate(zip(blocks, self._labels, strict=True))
            if not label and any(name in numbered_lead(block) for name in names if " " in name)
        }
        given = [heading for _, heading in dict.fromkeys(parts) if heading]
        self._census = Census(plain(article.title), sentences, self._people, place, given)
        spoken = [reading.sentence for reading in readings]
        known = Known(titled, genders, doubtful, impersonal, self._census.hero)
        self._voices = find_voices(spoken, self._labels, host, known)
        places = [
            Place(part, heading, reading.sentence.block)
            for (part, heading), reading in zip(parts, readings, strict=True)
        ]
        self._salience = Salience(plain(article.title), sentences, places, self._census)
        self._sections = Sections(self._census, [text for text, _ in sentences], parts)
        self._resolver = Resolver(self._census, self._people, iso_day(article.published))
        self._bodies = Bodies(self._census)
        about = (self._census.topic, self._census.protagonist)
        several = self._census.is_round_up
        self._main = () if several else tuple(dict.fromkeys(name for name in about if name))
        self._seen: set[tuple[str, str]] = set()
        self._before = ""

    def speaker(self, number: int) -> str | None:
        """Who says a sentence, None for the author."""
        return None if self._is_asked(number) else self._voices[number].speaker

    def reason(self, number: int) -> str | None:
        """Why a sentence states nothing, None where it may."""
        return "a question" if self._is_asked(number) else self._readings[number].reason

    def _is_asked(self, number: int) -> bool:
        """Whether a sentence belongs to what an interview asks."""
        reading = self._readings[number]
        block = reading.sentence.block
        return reading.span.start < self._blocks[block].start + self._asked.get(block, 0)

    def read(self, number: int) -> Iterator[Candidate]:
        """What a sentence may claim, in order; every sentence must be read, in order."""
        reading, voice = self._readings[number], self._voices[number]
        reason = self.reason(number)
        setting = Setting(
            reading.words,
            reading.parse,
            reading.quoted,
            voice.speaker,
            voice.host,
            reading.sentence.block,
        )
        if reading.sentence.block in self._stories:
            self._stories.remove(reading.sentence.block)
            self._resolver.leave()
        resolutions = self._resolver.resolve(setting, self._sections.focus(number))
        roles = find_roles(reading.words, reading.parse)
        for role in roles:
            self._people.give_role(_office(role, reading.words), role.name.of(reading.words))
            if reason in {None, "no statement"}:
                yield from self._role(number, role, resolutions)
        if reason is None:
            told = [role.span for role in roles if role.predicate]
            yield from self._clauses(number, resolutions, told)
        if reading.span.end <= self._head:
            self._resolver.forget()

    def _named(self) -> Iterator[tuple[int, str]]:
        """The people that sentences name, by their full names, each with its block's number."""
        for reading in self._readings:
            for name in reading.sentence.mentions.people:
                if person := self._people.find(name):
                    yield reading.sentence.block, person

    def _parts(self, blocks: Sequence[str]) -> list[tuple[int, str | None]]:
        """For each sentence where its part of the article begins, and the heading over it."""
        places: list[str | None] = [None] * len(blocks)
        for reading in self._readings:
            places[reading.sentence.block] = places[reading.sentence.block] or reading.place
        told = ["" if label else block for block, label in zip(blocks, self._labels, strict=True)]
        items = find_items(told, places)
        parts: list[tuple[int, str | None]] = []
        block, part = -1, (-1, "")
        for reading in self._readings:
            if reading.sentence.block != block and items[reading.sentence.block] is not None:
                part = (reading.span.start, items[reading.sentence.block] or "")
            block = reading.sentence.block
            number = bisect_right(self._heading_starts, reading.span.start) - 1
            if number >= 0 and self._heading_starts[number] > part[0]:
                part = (self._heading_starts[number], self._headings[number].of(self._text))
            parts.append((part[0], plain(part[1]) or None))
        return parts

    def _clauses(
        self, number: int, resolutions: Sequence[Resolution], told: Sequence[Span]
    ) -> Iterator[Candidate]:
        """The facts of a sentence; what is `told` by a role is none once more."""
        reading = self._readings[number]
        voice = named_voice(self._voices[number], reading.words, resolutions)
        start = reading.span.start
        words = own_words(reading.words, reading.quoted)
        clauses = split_clauses(reading.words, reading.parse, reading.quoted)
        if words is not None or len(reading.words) != reading.span.end - start:
            whole = Clause(Span(0, len(reading.words)), Span(0, len(reading.words)))
            others = clauses if words is not None else ()
            clauses = with_asides(reading.words, whole, others, reading.quoted)
        cleaned = cleaning(reading.words, reading.quoted)
        composer = Composer(reading, resolutions, cleaned, self._census, self._around(number))
        clauses = told_on(clauses, reading, voice)
        said = tellers(clauses, reading, resolutions, voice, self._people)
        statements = []
        for clause, said_by in zip(clauses, said, strict=True):
            if clause.dropped and any(within(clause.content, span) for span in told):
                continue
            inside = words if overlaps(clause.span, reading.quoted) else None
            quoted = tuple(
                Span(max(q.start, clause.span.start) + start, min(q.end, clause.span.end) + start)
                for q in reading.quoted
                if overlaps(q, [clause.span])
            )
            statement = composer.wording(clause, inside).text
            if clause.content.start < clause.span.start:  # what is set off, read with all before it
                statement = clause.span.of(reading.words)
            aloud = said_by is not None and said_by == voice.host
            exact = sum(len(span.of(self._text).split()) for span in quoted)
            own = composer.plain(clause, inside)
            kind = self._kind(number, (statement, own), said_by, exact, aloud)
            texts = composer.compose(clause, inside, kind, said_by)
            statements.append(composer.inside(composer.wording(clause, inside)))
            first = max(clause.span.start, _first_word(reading, self._text))
            span = Span(first + start, clause.span.end + start)
            yield Candidate(span, said_by, texts, kind, number, quoted, exact, aloud)
        self._before = " ".join(statements)

    def _around(self, number: int) -> Surroundings:
        has_figure = bool(_DIGIT.search(self._readings[number].words))
        times = self._resolver.times
        return Surroundings(
            topic=self._sections.topic(number),
            focus=self._resolver.focus,
            date=times.context(has_figure),
            is_sure=times.is_sure,
            before=self._before if len(self._before) < 300 else "",
            things=tuple(self._salience.ranked(number)),
            day=times.day,
            event=times.event,
            body=self._bodies.of(self._voices[number].speaker),
            many=self._salience.counted(number),
            main=self._main,
        )

    def _kind(
        self,
        number: int,
        statements: tuple[str, str],
        speaker: str | None,
        exact: int,
        aloud: bool,
    ) -> ClaimKind:
        """The kind of a statement, from its wording and from the article's own words."""
        sentence = self._readings[number].sentence
        is_quoted = bool(exact) and (
            sentence.share >= MOSTLY or bool(speaker and exact >= FEW_WORDS)
        )
        reported = speaker is not None and not aloud
        return uncheckable(statements[1], reported) or kind_of(statements[0], is_quoted)

    def _role(
        self, number: int, role: Role, resolutions: Sequence[Resolution]
    ) -> Iterator[Candidate]:
        reading = self._readings[number]
        start = reading.span.start
        given = role.name.of(reading.words)
        name = self._people.find(given) or bare_name(given)
        words = role.role.of(reading.words)
        if (name, words.lower()) in self._seen or overlaps(role.span, reading.quoted):
            return
        self._seen.add((name, words.lower()))
        edits = [each.edit for each in resolutions if each.name != name]
        named = self._census.names_in(words) or _FORMAL.match(words) or _OWNER.match(words)
        if words[:1].isupper() and not named:
            at = Span(role.role.start, role.role.start + 1)
            if not overlaps(at, [edit.span for edit in edits]):
                edits.append(Edit(at, words[0].lower()))
        made = rewrite(reading.words, role.statement(reading.words, name), edits)
        context, alone = self._serving(number, role, name, made.text)
        query = self._role_query(number, role, made.text)
        texts = Composed(moved(made, start), context + alone, context, query)
        span = _unbroken(self._text, Span(role.span.start + start, role.span.end + start))
        yield Candidate(span, None, texts, ClaimKind.ROLE, number)

    def _serving(self, number: int, role: Role, person: str, statement: str) -> tuple[str, str]:
        """What stands in front, and what somebody is said to be, with the body that is served."""
        words = self._readings[number].words
        title = role.role.of(words)
        topic = self._sections.topic(number)
        given = role.served.of(words) if role.served else None
        for text in (role.span.of(words), statement):
            given = given or self._bodies.named(text.replace(person, ""))
        if given:
            self._bodies.remember(person, given)
            return "", statement
        if OURS.search(statement):
            body, statement = self._bodies.of(self.speaker(number)), OURS.sub("", statement)
            return "", f"{statement[:-1]} of {self._shown(body)}." if body else statement
        before = [words[: role.span.start], *self._block_before(number)]
        body = self._bodies.meant(title, before, topic)
        owned = OWNED.search(statement) is not None
        if body and not role.predicate and (owned or role.is_held_of_nothing(words)):
            self._bodies.remember(person, body)
            if owned or not _STATE.search(title):
                return "", f"{OWNED.sub('', statement[:-1])} of {self._shown(body)}."
        # another name near by would read as whom the person serves, as would one before `its`
        unnamed = _UNNAMED.search(statement)
        options = [
            each
            for each in (body, topic, *self._main[:1])
            if each and not self._is_somebody(each) and (not unnamed or self._census.is_body(each))
        ]
        return placed("", first_few(statement, options, 1)), statement

    def _is_somebody(self, name: str) -> bool:
        """Whether a name is a person's for certain, and not only to the tagger."""
        return bool(self._people.gender(name)) or name.split(maxsplit=1)[0] in given_names()

    def _shown(self, body: str) -> str:
        return f"the {body}" if self._census.takes_the(body) else body

    def _role_query(self, number: int, role: Role, statement: str) -> str:
        """By what a role is searched: with what the article is about."""
        words, topic = self._readings[number].words, self._sections.topic(number)
        title = role.role.of(words)
        if not topic or topic in statement:
            return statement
        if role.is_held_of_nothing(words) and not _STATE.search(title):
            return f"{statement[:-1]} of {topic}."
        return statement if _FORMAL.search(title) else f"{topic}: {statement}"

    def _block_before(self, number: int) -> list[str]:
        """The sentences before in the paragraph, the last one first, as far as a reader looks."""
        block = self._readings[number].sentence.block
        found = []
        for reading in reversed(self._readings[max(0, number - _LOOKED_BACK) : number]):
            if reading.sentence.block != block:
                break
            found.append(reading.words)
        return found


def _first_word(reading: Reading, text: str) -> int:
    """Where a sentence begins behind the dateline or the label before it, in its own offsets."""
    begins = len(reading.words) - len(reading.words.lstrip())
    before = text[reading.span.start : reading.span.start + begins]
    return begins if any(character.isalnum() for character in before) else 0


def _unbroken(text: str, span: Span) -> Span:
    """The span with the mark behind it that closes one inside: `Mayor **Ida Roe**`."""
    open_marks = span.of(text).count("**") % 2 == 1 and text.startswith("**", span.end)
    return Span(span.start, span.end + 2) if open_marks else span


def _office(role: Role, words: str) -> str:
    return role.role.of(words).split(" of ")[0].split(" at ")[0].rsplit(maxsplit=1)[-1].lower()
