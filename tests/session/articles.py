"""Invented articles, edited by chance, of which it is known what became of each claim."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.claims import Extraction
from factcheck.records import (
    Abstention,
    Article,
    Claim,
    ClaimKind,
    Finding,
    Manifest,
    Settings,
    SkippedSentence,
    Verdict,
)
from factcheck.session import Entry, Session

TOWNS = "Ostrel Velmark Tolm Drunnen Haverlo Quint Selm Arvika".split()
THINGS = "harbour mill library ferry tower bridge school bakery quarry museum".split()
KINDS = "old northern municipal wooden private crowded royal little".split()
DOINGS = "handled received lost employed counted stored repaired housed".split()
UNITS = "barrels visitors clerks lanterns sheep stones letters boats".split()
SPEAKERS = ["Mara Velt", "Teodor Brask", None, None, None]


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence of an article; `identity` is what it says, through all edits that keep that."""

    identity: int
    text: str
    speaker: str | None = None
    words: tuple[str, str, str, str, int, str, int] = ("", "", "", "", 0, "", 0)


def item(chance: random.Random, identity: int) -> Item:
    words = (
        chance.choice(KINDS),
        chance.choice(THINGS),
        chance.choice(TOWNS),
        chance.choice(DOINGS),
        chance.randint(2, 900),
        chance.choice(UNITS),
        chance.randint(1900, 2020),
    )
    return Item(identity, sentence(words), chance.choice(SPEAKERS), words)


def sentence(words: tuple[str, str, str, str, int, str, int]) -> str:
    kind, thing, town, doing, number, unit, year = words
    return f"The {kind} {thing} of {town} {doing} {number} {unit} in {year}."


def reordered(chance: random.Random, old: Item) -> str:
    kind, thing, town, doing, number, unit, year = old.words
    return chance.choice(
        [
            f"In {year}, the {kind} {thing} of {town} {doing} {number} {unit}.",
            f"In {year} {number} {unit} were {doing} by the {kind} {thing} of {town}.",
            f"The {kind} {thing} of {town}, which {doing} {number} {unit} in {year}, is there.",
            f"The {kind} {thing} of {town} has {doing} {number} wet {unit} in {year}.",
        ]
    )


def retouched(chance: random.Random, old: Item) -> str:
    kind, thing, *_ = old.words
    text = old.text
    return chance.choice(
        [
            text.replace(thing, f"“{thing}”"),
            text.replace(thing, f"**{thing}**"),
            text.replace(f"The {kind}", f"the  {kind}\n"),
            text.rstrip(".") + "!",
            text.replace(thing, f"{thing[:3]}{thing[4:]}") if len(thing) > 5 else text.upper(),
            text.replace(thing, f"[{thing}](https://velmark.example/{thing})"),
        ]
    )


def falsified(chance: random.Random, old: Item) -> str:
    """Another statement, of nearly the same words."""
    _, thing, town, doing, number, unit, year = old.words
    text = old.text
    return chance.choice(
        [
            text.replace(f" {number} ", f" {number + 1} "),
            text.replace(str(year), str(year + 1)),
            text.replace(town, TOWNS[TOWNS.index(town) - 1]),
            text.replace(doing, f"never {doing}"),
            text.replace(unit, f"{unit} a day"),
            text.replace(thing, THINGS[THINGS.index(thing) - 1]),
            text.replace(f"{number} ", f"nearly {number} "),
        ]
    )


@dataclass(frozen=True, slots=True)
class Case:
    """An article before and after somebody worked on it."""

    old: list[Item]
    new: list[Item]


def case(seed: int, size: int = 24) -> Case:
    """Deletions, insertions, edits, duplicates, and blocks moved."""
    chance = random.Random(seed)
    old = [item(chance, number) for number in range(size)]
    guarded = set()
    for twin in chance.sample(old[1:-1], 3):  # the same words again, elsewhere
        here = old.index(twin)
        at = chance.choice([n for n in range(1, len(old)) if abs(n - here) > 4])
        old.insert(at, replace(twin, identity=size + len(old)))
    texts = [each.text for each in old]
    for number, each in enumerate(old):
        if texts.count(each.text) > 1:  # what tells them apart stays beside them
            guarded |= {other.identity for other in old[max(0, number - 1) : number + 2]}
    twins = {each.identity for each in old if texts.count(each.text) > 1}
    new: list[Item] = []
    for each in old:
        new += edited(chance, each, each.identity in guarded, each.identity in twins)
    return Case(old, moved(chance, new))


def edited(chance: random.Random, each: Item, guarded: bool, twin: bool) -> list[Item]:
    """What becomes of a sentence: nothing, itself, another wording, another statement, or two."""
    dice = chance.random()
    if guarded:
        return [] if twin and dice < 0.3 else [each]
    other = chance.randint(10_000, 99_999)
    outcomes = [
        (0.1, []),
        (0.2, [each, item(chance, other)]),
        (0.4, [replace(each, text=retouched(chance, each))]),
        (0.55, [replace(each, text=reordered(chance, each))]),
        (0.7, [replace(each, identity=other, text=falsified(chance, each))]),
        (1.0, [each]),
    ]
    return next(items for below, items in outcomes if dice < below)


def moved(chance: random.Random, items: list[Item]) -> list[Item]:
    for _ in range(chance.randint(0, 2)):
        start = chance.randint(0, len(items) - 4)
        block = items[start : start + 4]
        rest = items[:start] + items[start + 4 :]
        at = chance.randint(0, len(rest))
        items = rest[:at] + block + rest[at:]
    return items


def read(items: Sequence[Item]) -> tuple[Article, Extraction]:
    """The article of these sentences, each a claim, and its claims."""
    text, claims = "A line about nothing.\n", []
    for each in items:
        start = len(text)
        text += each.text + "\n\n"
        claims.append(
            Claim(
                each.text,
                start,
                start + len(each.text),
                each.text,
                each.speaker,
                ClaimKind.FIGURE,
                0.75,
                "has a number",
            )
        )
    skipped = (SkippedSentence("A line about nothing.", 0, 21, "opinion"),)
    return Article(text, "Many things", "things.md", "2021-03-04"), Extraction(
        tuple(claims), skipped
    )


def session(items: Sequence[Item]) -> Session:
    """A session over the article, nothing checked."""
    article, extraction = read(items)
    entries = tuple(Entry(claim) for claim in extraction.claims)
    return Session("things.md", article, entries, extraction.skipped)


def checked(old: Session, fingerprint: str = "aa") -> Session:
    """The session with a finding for every claim."""
    for number, entry in enumerate(old.entries):
        old = old.found(number, a_finding(entry.claim))
    return replace(old, manifest=a_manifest(fingerprint))


def a_finding(claim: Claim, searches: tuple[str, ...] = ()) -> Finding:
    return Finding(
        claim,
        (),
        Verdict.NOT_ENOUGH_EVIDENCE,
        1.0,
        Abstention.NOTHING_FOUND,
        "Not enough evidence: nothing in the index is about this.",
        searches=searches,
    )


def a_manifest(fingerprint: str = "aa") -> Manifest:
    return Manifest(
        index_fingerprint=fingerprint,
        article_hash="0d" * 32,
        models={"encoder": "e1", "verifier": "v1"},
        precision={"encoder": "bf16", "verifier": "f32"},
        thresholds={"relevance": 0.25, "stance": 0.6},
        versions={"factcheck-desk": "0.1.0"},
        indexes=(),
        settings=Settings("careful", 4),
    )
