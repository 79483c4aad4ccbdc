"""Whose words each clause of a sentence is, where the sentence reports more than one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factcheck.claims.clauses import Clause
from factcheck.claims.lexicon import COMPANIES, ORGANISATIONS, WRITTEN
from factcheck.claims.people import People
from factcheck.claims.phrases import CROWDS, PEOPLE, phrase
from factcheck.claims.reading import Reading
from factcheck.claims.roles import OFFICES
from factcheck.claims.setting import Resolution
from factcheck.claims.speakers import Voice
from factcheck.claims.syntax import Tree
from factcheck.claims.verbs import JUDGE, SAY, UTTER
from factcheck.spans import overlaps
from index import Span

#: A letter that says something: `her resignation letter read`.
_LETTER = re.compile(
    rf"(?:his|her) (?:[\w-]+ )?(?:{'|'.join(sorted(WRITTEN))}) "
    rf"(?:{'|'.join(sorted(SAY | UTTER | {'read', 'reads'}))})\b",
    re.IGNORECASE,
)
_HAILS = frozenset("hail hails hailed welcome welcomes welcomed attack attacks attacked".split())


def named_voice(voice: Voice, words: str, resolutions: Sequence[Resolution]) -> Voice:
    """Who says a sentence, by the name that `the company`, or `her` of `her letter`, stands for."""
    for each in resolutions:
        called = each.edit.span.of(words).lower()
        if each.name and voice.speaker and _LETTER.match(words, each.edit.span.start):
            return replace(voice, speaker=each.name)
        if each.name and voice.speaker and called == f"the {voice.speaker.lower()}":
            return replace(voice, speaker=each.name)
    return voice


def tellers(
    clauses: Sequence[Clause],
    reading: Reading,
    resolutions: Sequence[Resolution],
    voice: Voice,
    people: People,
) -> list[str | None]:
    """Who says each clause, None for the author; `voice` is whose the sentence is.

    Where one clause reports, the others are the author's, unless they are quoted or he speaks
    aloud, and so are those of a sentence with a semicolon that do not tell who says them.
    """
    reports = any(clause.reported for clause in clauses)
    several = len(clauses) > 1
    elsewhere = reports or (several and bool(reading.quoted))
    telling = [_tells(clause, reading) for clause in clauses]
    parted = ";" in reading.words and any(telling)
    found = []
    for clause, tells in zip(clauses, telling, strict=True):
        own = clause.reported or overlaps(clause.span, reading.quoted) or voice.host is not None
        authors = not own and (elsewhere or (parted and not tells))
        whose = _teller(clause, reading, resolutions, voice, people) if several else voice.speaker
        if reports and not clause.reported and not voice.host:
            whose = _judge(clause, reading, people) or whose
        found.append(None if authors else whose)
    return found


def told_on(clauses: Sequence[Clause], reading: Reading, voice: Voice) -> list[Clause]:
    """What a speaker tells of the words of others, with who said it: that he tells, too.

    `On Monday the government announced that the base would close` in a speech is no statement of
    the speaker's that the base would close. Each of several such facts has it in front.
    """
    if voice.host is None or voice.speaker != voice.host:
        return list(clauses)
    found: list[Clause] = []
    said: dict[int, Span] = {}
    for clause in clauses:
        teller = clause.teller
        if teller is None or reading.parse.tokens[teller].text.lower() in {"i", "we"}:
            found.append(clause)
        elif clause.span.start < clause.content.start and not clause.before:
            said[teller] = Span(clause.span.start, clause.content.start)
            found.append(replace(clause, content=clause.span))
        else:
            before = (said[teller],) if teller in said else ()
            found.append(replace(clause, before=(*before, *clause.before)))
    return found


def _teller(
    clause: Clause,
    reading: Reading,
    resolutions: Sequence[Resolution],
    voice: Voice,
    people: People,
) -> str | None:
    """Who reports a clause: of several in a sentence each what is his."""
    speaker = voice.speaker
    if clause.teller is None or speaker is None or speaker == voice.host:
        return speaker
    token = reading.parse.tokens[clause.teller]
    put_in = (
        each.name
        for each in resolutions
        if each.name and each.edit.span.start <= token.start < each.edit.span.end
    )
    tree = Tree(reading.parse)
    name = next(put_in, None) or _person(clause.teller, reading, tree, people)
    if name or token.text.lower() in speaker.lower().split() or not token.tag.startswith("NN"):
        return name or speaker
    return _called(clause.teller, reading, tree, people)


def _judge(clause: Clause, reading: Reading, people: People) -> str | None:
    """Whose the quoted words of a clause are that another reports beside.

    `The minister hailed “a turning point”, and Ida Roe said that it was none.`
    """
    tree, tokens = Tree(reading.parse), reading.parse.tokens
    subject = tree.child(clause.verb, "nsubj")
    behind = [span for span in reading.quoted if span.start >= tokens[clause.verb].end]
    judges = tokens[clause.verb].text.lower() in SAY | UTTER | JUDGE | _HAILS
    if subject is None or not judges or not overlaps(clause.span, behind):
        return None
    token = tokens[subject]
    if not clause.span.start <= token.start < clause.span.end or not token.tag.startswith("NN"):
        return None
    name = _person(subject, reading, tree, people)
    speaks = token.text.lower() in OFFICES | ORGANISATIONS | COMPANIES | CROWDS | PEOPLE
    return name or (_called(subject, reading, tree, people) if speaks else None)


def _person(noun: int, reading: Reading, tree: Tree, people: People) -> str | None:
    """Whom a noun names, by itself or by what is set beside it."""
    tokens = reading.parse.tokens
    beside = [child for child in tree.children[noun] if tokens[child].relation == "appos"]
    spans = [Span(tokens[each].start, tokens[each].end) for each in (noun, *beside)]
    named = (span for span in reading.parse.people if overlaps(span, spans))
    return next((people.find(span.of(reading.words)) for span in named), None)


def _called(noun: int, reading: Reading, tree: Tree, people: People) -> str:
    """Who is told by a noun alone: the person with that office, else the phrase."""
    words = phrase(reading.words, tree, noun) or reading.parse.tokens[noun].text
    first, _, rest = words.partition(" ")
    bare = rest if tree.tokens[tree.below(noun)[0]].tag in {"DT", "PRP$"} else words
    return people.with_role(bare) or bare or first


def _tells(clause: Clause, reading: Reading) -> bool:
    """Whether a clause says that somebody says something."""
    return any(
        (token.tag.startswith("VB") and token.text.lower() in SAY)
        or token.text.lower() == "according"
        for token in reading.parse.tokens
        if clause.span.start <= token.start < clause.span.end
    )
