"""What changed between two reports on an article, and what made it change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from factcheck.matching import match_claims
from factcheck.records import Evidence, Finding, Manifest, Report, Ruling, Stance, Verdict

#: A change of confidence below this is no news.
CONFIDENCE = 0.1


class CauseKind(Enum):
    """What can make a verdict another one, in words."""

    ADDED = "source added"
    GONE = "source gone"
    CHANGED = "source changed"
    EDITED = "the article was edited"
    SEARCHED = "searched with other words"
    VERIFIER = "another verifier"
    ENCODER = "another encoder"
    THRESHOLD = "another threshold"
    CHOICE = "other choices for the check"
    VERSION = "another version of factcheck"
    INDEX = "the index changed"
    UNKNOWN = "for no reason the reports tell"


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause, and the title of the source it is about, if it is about one."""

    kind: CauseKind
    source: str = ""

    @property
    def words(self) -> str:
        """It in words: `"source added: Harbour bulletin"`."""
        return f"{self.kind.value}: {self.source}" if self.source else self.kind.value


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that is not as it was: new without `old`, gone without `new`.

    `causes` are those of another verdict, the likeliest first; there are none without one.
    """

    old: Finding | None
    new: Finding | None
    causes: tuple[Cause, ...] = ()

    @property
    def edited(self) -> bool:
        """Whether the claim has other words, or another speaker."""
        if self.old is None or self.new is None:
            return False
        before, after = self.old.claim, self.new.claim
        return (before.text, before.speaker) != (after.text, after.speaker)

    @property
    def verdicts(self) -> tuple[Verdict, Verdict] | None:
        """The tool's verdict before and after; None where it is the same."""
        if self.old is None or self.new is None or self.old.verdict is self.new.verdict:
            return None
        return self.old.verdict, self.new.verdict

    @property
    def rulings(self) -> tuple[Ruling | None, Ruling | None] | None:
        """What the reader said before and after; None where it is the same."""
        if self.old is None or self.new is None:
            return None
        before, after = self.old.ruling, self.new.ruling
        return None if _said(before) == _said(after) else (before, after)

    @property
    def confidences(self) -> tuple[float, float] | None:
        """The confidence in the same verdict before and after; None where it is much the same."""
        if self.old is None or self.new is None or self.verdicts:
            return None
        before, after = self.old.confidence, self.new.confidence
        return (before, after) if abs(before - after) > CONFIDENCE else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports compared: the changes in the new article's order, then the claims that are gone.

    `same` counts the claims that are as they were; `related` is False for reports that share none.
    """

    changes: tuple[Change, ...]
    same: int
    related: bool = True

    def summary(self) -> str:
        """One line: `"3 claims new, 1 verdict changed: source added"`."""
        changes = self.changes
        parts = [
            _counted(sum(change.old is None for change in changes), "claim", "new"),
            _counted(sum(change.new is None for change in changes), "claim", "gone"),
            _counted(sum(change.edited for change in changes), "claim", "edited"),
            _counted(sum(change.rulings is not None for change in changes), "ruling", "changed"),
            _counted(
                sum(change.confidences is not None for change in changes), "confidence", "changed"
            ),
            _counted(sum(change.verdicts is not None for change in changes), "verdict", "changed"),
        ]
        text = ", ".join(part for part in parts if part) or "nothing changed"
        kinds = dict.fromkeys(cause.kind.value for change in changes for cause in change.causes)
        return f"{text}: {', '.join(kinds)}" if kinds else text


def compare(old: Report, new: Report) -> Comparison:
    """What is not in `new` as it was in `old`, with the causes of other verdicts."""
    claims = [finding.claim for finding in old.findings], [f.claim for f in new.findings]
    matches = match_claims(*claims)
    changes = []
    for match in matches:
        before = None if match.old is None else old.findings[match.old]
        after = None if match.new is None else new.findings[match.new]
        change = Change(before, after)
        if before and after and change.verdicts:
            causes = tuple(_causes(before, after, (old.manifest, new.manifest)))
            change = Change(before, after, causes)
        if _tells(change):
            changes.append(change)
    shared = any(match.old is not None and match.new is not None for match in matches)
    related = shared or not (old.findings and new.findings)
    return Comparison(tuple(changes), len(matches) - len(changes), related)


def _tells(change: Change) -> bool:
    """Whether anything is not as it was."""
    if change.old is None or change.new is None:
        return True
    different = change.verdicts or change.rulings or change.confidences
    return change.edited or different is not None


def _said(ruling: Ruling | None) -> tuple[Verdict | None, str]:
    """A ruling without its moment."""
    return (ruling.verdict, ruling.note) if ruling else (None, "")


def _causes(old: Finding, new: Finding, manifests: tuple[Manifest, Manifest]) -> Iterator[Cause]:
    # in the same index no source can have come or gone: something else found it
    moved = manifests[0].index_fingerprint != manifests[1].index_fingerprint
    found = [*_sources(old.evidence, new.evidence)] if moved else []
    before, after = old.claim, new.claim
    if (before.text, before.standalone, before.speaker) != (
        after.text,
        after.standalone,
        after.speaker,
    ):
        found.append(Cause(CauseKind.EDITED))
    if old.searches != new.searches:
        found.append(Cause(CauseKind.SEARCHED))
    found += [Cause(kind) for kind in _settings(*manifests)]
    if moved and not found:
        found.append(Cause(CauseKind.INDEX))
    yield from found or [Cause(CauseKind.UNKNOWN)]


def _sources(old: Sequence[Evidence], new: Sequence[Evidence]) -> Iterator[Cause]:
    """Documents that decide, and were not there or not so before; those that decided, and went."""
    before, after = _texts(old), _texts(new)
    told: set[tuple[CauseKind, str]] = set()
    for evidence, others, kind in [
        *((item, before, CauseKind.ADDED) for item in new),
        *((item, after, CauseKind.GONE) for item in old),
    ]:
        document = evidence.hit.passage.document_id
        known = others.get(document)
        if evidence.stance is Stance.NEI or evidence.hit.passage.text in (known or ()):
            continue
        cause = CauseKind.CHANGED if known else kind
        if (cause, document) not in told:
            told.add((cause, document))
            yield Cause(cause, evidence.hit.title or document)


def _texts(evidence: Sequence[Evidence]) -> dict[str, set[str]]:
    """The passages of each document."""
    texts: dict[str, set[str]] = {}
    for item in evidence:
        texts.setdefault(item.hit.passage.document_id, set()).add(item.hit.passage.text)
    return texts


def _settings(old: Manifest, new: Manifest) -> Iterator[CauseKind]:
    """What of the tool is another."""
    for part, kind in (("verifier", CauseKind.VERIFIER), ("encoder", CauseKind.ENCODER)):
        if old.models.get(part) != new.models.get(part):
            yield kind
    if old.thresholds != new.thresholds:
        yield CauseKind.THRESHOLD
    mine, yours = old.settings, new.settings
    if (mine.passages, mine.sources, mine.excluded, mine.as_of) != (
        yours.passages,
        yours.sources,
        yours.excluded,
        yours.as_of,
    ):
        yield CauseKind.CHOICE
    if old.versions.get("factcheck-desk") != new.versions.get("factcheck-desk"):
        yield CauseKind.VERSION


def _counted(number: int, noun: str, what: str) -> str:
    """`"1 claim new"`, `"3 claims new"`; nothing for none."""
    return f"{number:,} {noun}{'' if number == 1 else 's'} {what}" if number else ""
