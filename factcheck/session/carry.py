"""Rulings moved to the claims of an article that was edited.

A ruling stands where the claim says the same as when it was given, and nowhere else. The others
wait in `unplaced`, in the reader's sight, until their claims come back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.matching import Match, match_claims
from factcheck.records import Article, Claim, Finding, Ruling
from factcheck.session.records import Entry, Session, Step, StepKind, Unplaced
from factcheck.wording import compatible, same_statement, wording

if TYPE_CHECKING:
    from factcheck.claims import Extraction


def carry(
    old: Session, article: Article, extraction: Extraction, *, keep_findings: bool = False
) -> Session:
    """A session over the article as it is now, with what the reader did in the old one.

    Rulings and the steps that can be undone go to the claims that say the same; a ruling whose
    claim is gone, or says something else, becomes `unplaced`, and comes back with its claim. With
    `keep_findings`, which the caller answers for, claims that are the same in every respect keep
    their findings, and manifest and excluded documents stay, too; else there are none.
    """
    claims = extraction.claims
    matches = match_claims([entry.claim for entry in old.entries], claims)
    moved = {
        match.old: match.new
        for match in matches
        if match.old is not None and match.new is not None and _stands(old, claims, match)
    }
    entries = [Entry(claim) for claim in claims]
    for number, successor in moved.items():
        entries[successor] = _moved(old.entries[number], claims[successor], keep_findings)
    left = tuple(
        _lost(old.article, entry.claim, entry.ruling)
        for number, entry in enumerate(old.entries)
        if entry.ruling and number not in moved
    )
    successors = set(moved.values())
    returned = [number for number in range(len(claims)) if number not in successors]
    unplaced = _come_back(article, entries, returned, (*old.unplaced, *left))
    return replace(
        old,
        article=article,
        entries=tuple(entries),
        skipped=extraction.skipped,
        excluded=old.excluded if keep_findings else (),
        manifest=old.manifest if keep_findings else None,
        unplaced=unplaced,
        history=tuple(_steps(old.history, moved, entries)),
    )


def _stands(old: Session, claims: tuple[Claim, ...], match: Match) -> bool:
    """Whether what was said of a claim holds for its successor."""
    if match.old is None or match.new is None:
        return False
    return match.exact or same_statement(old.entries[match.old].claim.text, claims[match.new].text)


def _moved(entry: Entry, claim: Claim, keep_findings: bool) -> Entry:
    finding = entry.finding if keep_findings and _same(entry.claim, claim) else None
    # the claim as it was just found knows more than the one that was saved
    return Entry(claim, _about(finding, claim), entry.ruling)


def _about(finding: Finding | None, claim: Claim) -> Finding | None:
    return replace(finding, claim=claim) if finding else None


def _same(old: Claim, new: Claim) -> bool:
    """Whether a finding on one is a finding on the other, its offsets included."""
    return (old.start, old.end, old.text, old.standalone, old.statement, old.speaker, old.kind) == (
        new.start,
        new.end,
        new.text,
        new.standalone,
        new.statement,
        new.speaker,
        new.kind,
    )


def _lost(article: Article, claim: Claim, ruling: Ruling) -> Unplaced:
    line = _line(article, claim)
    return Unplaced(claim.text, claim.speaker, ruling, line, claim.standalone)


def _come_back(
    article: Article, entries: list[Entry], returned: Iterable[int], waiting: Iterable[Unplaced]
) -> tuple[Unplaced, ...]:
    """Give rulings to the claims of their words that were not there before; the rest waits on.

    Of several such claims, the one nearest to where the ruling's stood has it.
    """
    free: dict[tuple[object, object], list[int]] = {}
    for at in returned:
        claim = entries[at].claim
        free.setdefault(_key(claim.text, claim.speaker), []).append(at)
    still = []
    for item in waiting:
        numbers = free.get(_key(item.claim_text, item.speaker), [])
        meant = [n for n in numbers if compatible(item.standalone, entries[n].claim.standalone)]
        if not meant:
            still.append(item)
            continue
        lines = {n: _line(article, entries[n].claim) for n in meant}
        nearest = min(meant, key=lambda n: abs(lines[n] - (item.line or 1)))
        numbers.remove(nearest)
        entries[nearest] = replace(entries[nearest], ruling=item.ruling)
    return tuple(still)


def _line(article: Article, claim: Claim) -> int:
    """The line of the article a claim begins on, from 1."""
    return 1 + article.text.count("\n", 0, claim.start)


def _key(text: str, speaker: str | None) -> tuple[object, object]:
    return wording(text).tokens, wording(speaker or "").tokens


def _steps(history: Iterable[Step], moved: dict[int, int], entries: list[Entry]) -> Iterable[Step]:
    """The steps that can still be undone, at the claims as they are numbered now.

    What a search found before rests on the finding that is there now.
    """
    for step in history:
        successor = moved.get(step.number)
        if successor is None:
            continue
        entry = entries[successor]
        if step.what is not StepKind.SEARCH:
            yield replace(step, number=successor)
        elif entry.finding:
            yield replace(step, number=successor, finding=_about(step.finding, entry.claim))
