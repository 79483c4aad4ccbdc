"""Decisions on an article that was edited: on the right claims, or in sight without one."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from factcheck.claims import Extraction
from factcheck.diff import compare
from factcheck.records import Article, Ruling, Verdict
from factcheck.session import Entry, Session, SessionFile, StepKind, carry
from tests.builders import a_claim
from tests.session.articles import (
    Case,
    Item,
    a_finding,
    a_manifest,
    case,
    checked,
    read,
    session,
)

AT = "2026-01-02T03:04:05+00:00"


def decided(case_: Case, seed: int) -> Session:
    """Three of four claims ruled on, each note naming its claim."""
    chance = random.Random(seed)
    reviewed = checked(session(case_.old))
    for number, each in enumerate(case_.old):
        if chance.random() < 0.75:
            reviewed = reviewed.decide(number, chance.choice(list(Verdict)), AT)
            reviewed = reviewed.annotate(number, f"claim {each.identity}", AT)
    return reviewed


def rulings(reviewed: Session, items: list[Item]) -> dict[int, Ruling]:
    """Who has which ruling, by the identity of the claim."""
    pairs = zip(items, reviewed.entries, strict=True)
    return {each.identity: entry.ruling for each, entry in pairs if entry.ruling}


@pytest.mark.parametrize("seed", range(50))
def test_decisions_stay_on_the_right_claims(seed: int, tmp_path: Path) -> None:
    made = case(seed)
    before = decided(made, seed)
    given = rulings(before, made.old)
    assert len(given) > 10
    with SessionFile(tmp_path / "desk.json") as file:
        file.save(before)
    with SessionFile(tmp_path / "desk.json") as file:
        loaded = file.load()
    assert loaded is not None
    after = carry(loaded, *read(made.new))
    assert after.manifest is None
    assert after.checked == 0
    kept = {each.identity for each in made.new}
    assert rulings(after, made.new) == {who: what for who, what in given.items() if who in kept}
    lost = [what for who, what in given.items() if who not in kept]
    assert Counter(item.ruling for item in after.unplaced) == Counter(lost)
    rechecked = checked(after, "bb")  # the index has changed, too
    assert rulings(rechecked, made.new) == rulings(after, made.new)
    assert compare(before.report(), rechecked.report()).summary() != "nothing changed"
    back = carry(rechecked, *read(made.old))
    assert rulings(back, made.old) == given
    assert back.unplaced == ()


@pytest.mark.parametrize("seed", range(20))
def test_undo_after_a_recheck_changes_the_claim_it_was_about(seed: int) -> None:
    made = case(seed)
    after = carry(decided(made, seed), *read(made.new))
    while (undone := after.undo()) is not None:
        earlier, step = undone
        for number, (was, entry) in enumerate(zip(after.entries, earlier.entries, strict=True)):
            assert (was == entry) == (number != step.number)
        identity = made.new[step.number].identity
        ruling = after.entries[step.number].ruling
        assert ruling is not None
        if step.what is StepKind.NOTE:
            assert ruling.note == f"claim {identity}"
        after = earlier
    assert after.decided == 0


def one(text: str, standalone: str | None = None, speaker: str | None = None) -> Session:
    article, extraction = written(text, standalone, speaker)
    entries = (Entry(extraction.claims[0]),)
    made = Session("a.md", article, entries, manifest=a_manifest())
    return made.found(0, a_finding(entries[0].claim)).decide(0, Verdict.REFUTED, AT)


def written(
    text: str, standalone: str | None = None, speaker: str | None = None
) -> tuple[Article, Extraction]:
    article, extraction = read([Item(0, text, speaker)])
    claim = replace(extraction.claims[0], standalone=standalone or text)
    return article, Extraction((claim,), ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ostrel has 4 ports.", "Ostrel has 5 ports."),
        ("Ostrel has four ports.", "Ostrel has five ports."),
        ("Ostrel has 4 ports.", "Tolm has 4 ports."),
        ("The ferry closed in May.", "The ferry never closed in May."),
        ("The dues of the quay rose.", "The dues of the quay fell."),
        ("The harbour master of Tolm resigned.", "The harbour master of Tolm died."),
        ("The quay cost 4 crowns.", "The quay cost 4 crowns a day."),
    ],
)
def test_another_statement_waits_for_the_reader(old: str, new: str) -> None:
    after = carry(one(old), *written(new))
    assert after.entries[0].ruling is None
    assert after.history == ()
    (lost,) = after.unplaced
    assert (lost.claim_text, lost.line) == (old, 2)
    assert lost.ruling.verdict is Verdict.REFUTED
    back = carry(after, *written(old))
    assert back.entries[0].ruling == lost.ruling
    assert back.unplaced == ()


def test_the_same_words_about_somebody_else_are_another_claim() -> None:
    before = one("He was fined.", "Teodor Brask was fined.")
    after = carry(before, *written("He was fined.", "Ivo Lanz was fined."))
    assert after.entries[0].ruling is None
    assert len(after.unplaced) == 1
    again = carry(after, *written("He was fined.", "Teodor Brask was fined."))
    assert again.decided == 1
    assert carry(one("It sank.", speaker="Ivo Lanz"), *written("It sank.")).decided == 0


def test_findings_are_kept_where_nothing_about_the_claim_changed() -> None:
    made = case(3)
    before = decided(made, 3)
    claim = before.entries[2].claim
    before = before.searched(2, a_finding(claim, ("minutes",)))
    same = carry(before, *read(made.old), keep_findings=True)
    assert same == before
    assert same.undo() == before.undo()
    dropped = carry(before, *read(made.old))
    assert dropped.checked == 0
    assert dropped.manifest is None
    assert all(step.what is not StepKind.SEARCH for step in dropped.history)
    edited = carry(before, *read([*made.old[:5], *made.old[6:]]), keep_findings=True)
    assert edited.checked == 5  # the others have moved, and their spans with them
    assert edited.manifest == before.manifest


def test_a_deleted_twin_leaves_its_ruling_waiting() -> None:
    texts = ["Tolm has a mill.", "Quint is far.", "Selm burnt.", "Quint is far.", "Haverlo rose."]
    items = [Item(number, text) for number, text in enumerate(texts)]
    before = session(items).decide(1, Verdict.REFUTED, AT)
    after = carry(before, *read([items[0], items[2], items[3], items[4]]))
    assert after.decided == 0
    assert [item.claim_text for item in after.unplaced] == ["Quint is far."]
    assert carry(after, *read([items[0], items[2], items[3], items[4]])).unplaced == after.unplaced
    assert carry(after, *read(items)).entries[1].ruling == before.entries[1].ruling


def test_an_empty_session_takes_over_an_article() -> None:
    article, extraction = read([])
    assert carry(Session("a.md", article), article, extraction).entries == ()
    claim = a_claim("Tolm has a mill.")
    after = carry(Session("a.md", article), article, Extraction((claim,), ()))
    assert after.entries == (Entry(claim),)
