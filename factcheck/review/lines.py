"""A claim, what bears on it and what the reader says, as plain lines of text: nothing is drawn.

What is foreign in them is not made inert here; whoever shows a line does that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.citation import page_name, spoken_date
from factcheck.records import Evidence
from factcheck.render.finding import ABSTENTIONS, DATED, SAID, STANCES, VERDICTS
from factcheck.render.layout import count, percent
from factcheck.session import Entry
from index import Hit


def state(entry: Entry) -> str:
    """The verdict on a claim as a word or two."""
    if entry.ruling and entry.ruling.verdict:
        return f"{VERDICTS[entry.ruling.verdict]}, by you"
    return VERDICTS[entry.finding.verdict] if entry.finding else "not checked yet"


def claim_lines(entry: Entry, number: int, total: int, place: str) -> Iterator[str]:
    """The claim `number` (from 0) of `total`, its verdict and how it was read."""
    claim, finding = entry.claim, entry.finding
    where = f", {place}" if place else ""
    yield f"Claim {number + 1} of {total}{where}."
    if finding is None:
        yield "Not checked yet."
    else:
        sure = ABSTENTIONS[finding.reason] if finding.reason else percent(finding.confidence)
        yield f"{VERDICTS[finding.verdict].capitalize()}, {sure}."
    speaker = f"{claim.speaker} says" if claim.speaker else "The article says"
    yield f"{speaker}: {claim.text}"
    if claim.sentence != claim.text:
        yield f"Read as: {claim.sentence}"
    if finding and finding.said:
        yield f"Said: {SAID[finding.said.status]}."


def finding_lines(entry: Entry, shown: Sequence[Evidence]) -> Iterator[str]:
    """The passages `shown`, and why the verdict is what it is."""
    if entry.finding is None:
        return
    for number, item in enumerate(shown, 1):
        best = item.probabilities.best
        word = STANCES[best] if best is item.stance else f"uncertain, {STANCES[best]}"
        yield f"Passage {number} of {len(shown)}: {word}, {percent(item.probabilities.of(best))}."
        yield f"From {cited(item.hit)}"
        if item.dated in DATED:
            yield f"It is {DATED[item.dated]}."
        yield f"It says: {item.sentence_text}"
        for each in item.mismatches:
            values = f"{each.claim_value} in the article, {each.passage_value} here"
            yield f"Differs, {each.kind}: {values}."
    hidden = len(entry.finding.evidence) - len(shown)
    if hidden:
        yield f"{count(hidden, 'passage')} not shown; type all."
    for words in entry.finding.searches:
        yield f"You searched for: {words}"
    yield f"Why: {entry.finding.why}"


def ruling_lines(entry: Entry) -> Iterator[str]:
    """The reader's verdict and note; no line without."""
    if entry.ruling is None:
        return
    if entry.ruling.verdict:
        yield f"Your verdict: {VERDICTS[entry.ruling.verdict]}."
    yield from noted(entry.ruling.note)


def noted(note: str) -> Iterator[str]:
    """A note; no line without."""
    if note:
        yield f"Your note: {note}"


def cited(hit: Hit) -> str:
    """A passage as it is cited: title, date, page, document."""
    parts = [
        hit.title or hit.passage.document_id,
        spoken_date(hit.published or ""),
        page_name(hit.page),
        hit.passage.document_id if hit.title else "",
        f"in {hit.index}" if hit.index else "",
    ]
    return ", ".join(part for part in parts if part) + "."
