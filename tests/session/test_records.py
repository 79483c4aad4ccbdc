"""What a reader does, and takes back."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import UsageError
from factcheck.records import Finding, Ruling, Verdict
from factcheck.session import Session, Step, StepKind
from factcheck.session.records import LONGEST_HISTORY
from tests.session.articles import a_finding, checked, item, session

SIZE = 4
NUMBERS = st.integers(0, SIZE - 1)
OPERATIONS = st.one_of(
    st.tuples(st.just("decide"), NUMBERS, st.sampled_from([*Verdict, None])),
    st.tuples(st.just("annotate"), NUMBERS, st.text(max_size=3)),
    st.tuples(st.just("search"), NUMBERS, st.text(max_size=3)),
    st.tuples(st.just("undo"), st.just(0), st.none()),
)


def at(moment: int) -> str:
    return f"2026-01-02T03:{moment // 60:02}:{moment % 60:02}+00:00"


def a_session(size: int = SIZE) -> Session:
    chance = random.Random(1)
    return checked(session([item(chance, number) for number in range(size)]))


class Model:
    """The same by whole copies: a stack of all there was."""

    def __init__(self, size: int) -> None:
        self.verdicts: list[Verdict | None] = [None] * size
        self.notes = [""] * size
        self.searches: list[tuple[str, ...]] = [()] * size
        self.past: list[tuple[list[Verdict | None], list[str], list[tuple[str, ...]]]] = []

    def remember(self) -> None:
        self.past.append((list(self.verdicts), list(self.notes), list(self.searches)))

    def undo(self) -> None:
        if self.past:
            self.verdicts, self.notes, self.searches = self.past.pop()


def same(reviewed: Session, model: Model) -> None:
    for number, entry in enumerate(reviewed.entries):
        ruling = entry.ruling or Ruling(None)
        assert (ruling.verdict, ruling.note) == (model.verdicts[number], model.notes[number])
        assert (entry.ruling is None) == (ruling.verdict is None and not ruling.note)
        assert entry.finding is not None
        assert entry.finding.searches == model.searches[number]
    assert reviewed.decided == sum(verdict is not None for verdict in model.verdicts)
    assert len(reviewed.history) == len(model.past)


@settings(deadline=None, max_examples=60)
@given(st.lists(OPERATIONS, max_size=25))
def test_operations_and_undo_are_those_of_a_simple_model(
    operations: list[tuple[str, int, object]],
) -> None:
    reviewed, model = a_session(), Model(SIZE)
    for moment, (name, number, value) in enumerate(operations):
        if name == "decide":
            assert value is None or isinstance(value, Verdict)
            if value is not model.verdicts[number]:
                model.remember()
                model.verdicts[number] = value
            reviewed = reviewed.decide(number, value, at(moment))
        elif name == "annotate":
            assert isinstance(value, str)
            if value != model.notes[number]:
                model.remember()
                model.notes[number] = value
            reviewed = reviewed.annotate(number, value, at(moment))
        elif name == "search":
            assert isinstance(value, str)
            model.remember()
            model.searches[number] = (value,)
            reviewed = reviewed.searched(number, found(reviewed, number, value))
        else:
            model.undo()
            undone = reviewed.undo()
            reviewed = undone[0] if undone else reviewed
        same(reviewed, model)
    while (undone := reviewed.undo()) is not None:
        reviewed = undone[0]
    assert reviewed == a_session()


def found(reviewed: Session, number: int, words: str) -> Finding:
    return a_finding(reviewed.entries[number].claim, (words,))


def test_a_ruling_has_the_moment_it_was_given() -> None:
    reviewed = a_session().decide(1, Verdict.REFUTED, at(1)).annotate(1, "See p. 3", at(2))
    assert reviewed.entries[1].ruling == Ruling(Verdict.REFUTED, "See p. 3", at(2))
    again = reviewed.decide(1, Verdict.REFUTED, at(3))
    assert again is reviewed
    undone = reviewed.undo()
    assert undone is not None
    assert undone[0].entries[1].ruling == Ruling(Verdict.REFUTED, "", at(1))
    assert undone[1] == Step(1, StepKind.NOTE, ruling=Ruling(Verdict.REFUTED, "", at(1)))
    opened = reviewed.decide(1, None, at(4))
    assert opened.entries[1].ruling == Ruling(None, "See p. 3", at(4))
    assert (opened.decided, reviewed.decided) == (0, 1)
    assert opened.annotate(1, "", at(5)).entries[1].ruling is None


def test_there_is_nothing_to_undo_in_a_new_session() -> None:
    assert a_session().undo() is None
    assert a_session().found(0, a_finding(a_session().entries[0].claim)).undo() is None


def test_a_finding_in_a_session_has_no_ruling_of_its_own() -> None:
    reviewed = a_session()
    finding = replace(found(reviewed, 0, "quay"), ruling=Ruling(Verdict.SUPPORTED))
    for after in (reviewed.found(0, finding), reviewed.searched(0, finding)):
        kept = after.entries[0].finding
        assert kept == replace(finding, ruling=None)
        assert after.entries[0].ruling is None


def test_the_report_has_what_is_checked_and_what_the_reader_says() -> None:
    reviewed = a_session().decide(2, Verdict.SUPPORTED, at(1))
    entries = (replace(reviewed.entries[0], finding=None), *reviewed.entries[1:])
    reviewed = replace(reviewed, entries=entries)
    report = reviewed.report()
    assert reviewed.checked == 3
    assert [finding.claim for finding in report.findings] == [e.claim for e in entries[1:]]
    assert [finding.ruling for finding in report.findings] == [e.ruling for e in entries[1:]]
    assert report.article == reviewed.article
    assert report.skipped == reviewed.skipped
    with pytest.raises(UsageError, match=r"nothing of 'things\.md' has been checked yet"):
        replace(reviewed, manifest=None).report()


def test_claims_are_counted_from_the_first() -> None:
    for number in (-1, SIZE):
        with pytest.raises(IndexError):
            a_session().decide(number, Verdict.SUPPORTED, at(0))


def test_a_long_history_forgets_its_beginning() -> None:
    reviewed = a_session()
    for moment in range(LONGEST_HISTORY + 5):
        reviewed = reviewed.annotate(moment % SIZE, f"note {moment}", at(0))
    assert len(reviewed.history) == LONGEST_HISTORY
    while (undone := reviewed.undo()) is not None:
        reviewed = undone[0]
    assert [entry.ruling.note for entry in reviewed.entries if entry.ruling] == [
        "note 4",
        "note 1",
        "note 2",
        "note 3",
    ]
