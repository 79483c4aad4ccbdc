"""A review as it stands: an article's claims, their findings, and what the reader says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from factcheck.errors import UsageError
from factcheck.records import (
    Article,
    Claim,
    Excluded,
    Finding,
    Manifest,
    Report,
    Ruling,
    SkippedSentence,
    Verdict,
)

#: Steps that can be undone; of a longer history the oldest are forgotten.
LONGEST_HISTORY = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim, what was found, and what the reader says.

    `finding` is None until the claim is checked; its own `ruling` is always None: the entry's
    counts. `ruling` is None as long as the reader has said nothing.
    """

    claim: Claim
    finding: Finding | None = None
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A ruling whose claim the article no longer has, or has with other words in it.

    `line` is where the claim stood when it was last seen, counted from 1; `standalone` is what it
    meant.
    """

    claim_text: str
    speaker: str | None
    ruling: Ruling
    line: int | None = None
    standalone: str = ""


class StepKind(Enum):
    """What a reader did."""

    VERDICT = "verdict"
    NOTE = "note"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Step:
    """What a reader did to the entry `number` (from 0), and what was there before.

    `ruling` is the one before a verdict or a note, `finding` the one before a search.
    """

    number: int
    what: StepKind
    ruling: Ruling | None = None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A review of one article; every change makes a new one.

    `where` is what was given as ARTICLE. `entries` and `skipped` stand in the article's order,
    `history` in the order of time. `manifest` is None until something is checked.
    """

    where: str
    article: Article
    entries: tuple[Entry, ...] = ()
    skipped: tuple[SkippedSentence, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    manifest: Manifest | None = None
    unplaced: tuple[Unplaced, ...] = ()
    history: tuple[Step, ...] = ()

    @property
    def checked(self) -> int:
        """How many claims have a finding."""
        return sum(entry.finding is not None for entry in self.entries)

    @property
    def decided(self) -> int:
        """How many claims the reader has given a verdict."""
        return sum(is_decided(entry) for entry in self.entries)

    def decide(self, number: int, verdict: Verdict | None, at: str) -> Session:
        """The reader's verdict on a claim; None opens it again. The same one changes nothing.

        `at` is now: ISO 8601, UTC, to the second.
        """
        before = self.entries[number].ruling
        if verdict is (before.verdict if before else None):
            return self
        ruling = _ruling(verdict, before.note if before else "", at)
        return self._ruled(Step(number, StepKind.VERDICT, ruling=before), ruling)

    def annotate(self, number: int, note: str, at: str) -> Session:
        """The reader's note on a claim; an empty one takes it away. `at` as in `decide`."""
        before = self.entries[number].ruling
        if note == (before.note if before else ""):
            return self
        ruling = _ruling(before.verdict if before else None, note, at)
        return self._ruled(Step(number, StepKind.NOTE, ruling=before), ruling)

    def searched(self, number: int, finding: Finding) -> Session:
        """What a search with the reader's own words makes of a claim."""
        step = Step(number, StepKind.SEARCH, finding=self.entries[number].finding)
        return replace(self.found(number, finding), history=_with(self.history, step))

    def found(self, number: int, finding: Finding) -> Session:
        """What a check finds for a claim. It is nothing the reader did, and cannot be undone."""
        entry = replace(self.entries[number], finding=replace(finding, ruling=None))
        return replace(self, entries=_put(self.entries, number, entry))

    def undo(self) -> tuple[Session, Step] | None:
        """The session before the reader's last step, and that step; None if there is none."""
        if not self.history:
            return None
        step = self.history[-1]
        entry = self.entries[step.number]
        if step.what is StepKind.SEARCH:
            entry = replace(entry, finding=step.finding)
        else:
            entry = replace(entry, ruling=step.ruling)
        entries = _put(self.entries, step.number, entry)
        return replace(self, entries=entries, history=self.history[:-1]), step

    def report(self) -> Report:
        """What is checked so far, with the reader's rulings.

        Raises `UsageError` when nothing has been checked.
        """
        if self.manifest is None:
            raise UsageError(
                f"nothing of {self.where!r} has been checked yet; check it with "
                "`factcheck review ARTICLE --index INDEX --session FILE`"
            )
        findings = tuple(
            replace(entry.finding, ruling=entry.ruling) for entry in self.entries if entry.finding
        )
        return Report(self.article, findings, self.manifest, self.skipped, self.excluded)

    def _ruled(self, step: Step, ruling: Ruling | None) -> Session:
        entry = replace(self.entries[step.number], ruling=ruling)
        entries = _put(self.entries, step.number, entry)
        return replace(self, entries=entries, history=_with(self.history, step))


def is_decided(entry: Entry) -> bool:
    """Whether the reader has given a verdict."""
    return entry.ruling is not None and entry.ruling.verdict is not None


def _ruling(verdict: Verdict | None, note: str, at: str) -> Ruling | None:
    """A ruling, or None where nothing is said."""
    return Ruling(verdict, note, at) if verdict or note else None


def _put(entries: tuple[Entry, ...], number: int, entry: Entry) -> tuple[Entry, ...]:
    if not 0 <= number < len(entries):
        raise IndexError(f"there is no entry {number} among {len(entries)}")
    return (*entries[:number], entry, *entries[number + 1 :])


def _with(history: Iterable[Step], step: Step) -> tuple[Step, ...]:
    return (*history, step)[-LONGEST_HISTORY:]
