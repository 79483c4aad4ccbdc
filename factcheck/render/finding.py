"""One finding as lines of text: the claim on the left, what bears on it on the right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rich.text import Text

from factcheck.records import (
    Abstention,
    Claim,
    Dated,
    Evidence,
    Finding,
    SaidStatus,
    Stance,
    Verdict,
)
from factcheck.render.claims import said_by
from factcheck.render.layout import (
    COLOURS,
    GAP,
    INDENT,
    TWO_COLUMNS,
    Page,
    beside,
    count,
    hang,
    percent,
)
from factcheck.render.safe import right_to_left
from factcheck.render.source import source_lines
from index import Span

_WORD = re.compile(r"\w+")
#: Code points of a passage shown on each side of its deciding sentence.
CONTEXT = 160

VERDICTS = {
    Verdict.SUPPORTED: "supported",
    Verdict.REFUTED: "refuted",
    Verdict.CONFLICTING: "conflicting",
    Verdict.NOT_ENOUGH_EVIDENCE: "not enough evidence",
}
STANCES = {Stance.SUPPORTS: "supports", Stance.REFUTES: "refutes", Stance.NEI: "neutral"}
ABSTENTIONS = {
    Abstention.NOTHING_FOUND: "nothing found",
    Abstention.NEUTRAL: "no source takes a side",
    Abstention.BELOW_THRESHOLD: "too uncertain to count",
    Abstention.MODEL_FAILED: "the verifier failed",
}
SAID = {
    SaidStatus.VERBATIM: "yes, a source has it",
    SaidStatus.ALTERED: "not in these words",
    SaidStatus.OPPOSITE: "the opposite",
    SaidStatus.MISATTRIBUTED: "by somebody else",
    SaidStatus.ABSENT: "no source has it",
}
DATED = {Dated.BEFORE: "older than the claim", Dated.AFTER: "newer than the claim"}


def heading(page: Page, finding: Finding, position: str) -> Text:
    """The verdict, how sure it is or why there is none, and `position` at the right edge."""
    verdict = finding.verdict
    name = Text(f"{page.glyphs.of(verdict)} {VERDICTS[verdict].upper()}", COLOURS[verdict])
    detail = ABSTENTIONS[finding.reason] if finding.reason else percent(finding.confidence)
    line = Text.assemble(name, f" {page.glyphs.dot} {detail} ")
    line.truncate(page.width - len(position) - 1, overflow="crop")  # below 60 columns
    return Text.assemble(
        line, page.rule(page.width - line.cell_len - len(position) - 1), f" {position}"
    )


def finding_lines(
    page: Page, finding: Finding, where: str, shown: Sequence[Evidence]
) -> list[Text]:
    """What stands under the heading: claim, `shown` passages, and why.

    `where` is the claim's place in its article. Text that runs from right to left is stacked too,
    because a terminal that reorders it would reorder the columns with it.
    """
    if page.width < TWO_COLUMNS or reads_right_to_left(finding, shown):
        passages = _evidence(page, finding, shown, page.width - INDENT)
        claim = claim_lines(page, finding, where, page.width)
        body = [*claim, Text(), *hang(passages, " " * INDENT)]
    else:
        left = page.left
        passages = _evidence(page, finding, shown, page.width - left)
        body = beside(claim_lines(page, finding, where, left - GAP), passages, left)
    mark = Text(f"{page.glyphs.so} ", COLOURS[finding.verdict])
    return [*body, Text(), *page.wrap(page.text(finding.why), page.width, mark)]


def choose(finding: Finding, passages: int, neutral: bool) -> list[Evidence]:
    """The passages worth a reader's time, strongest first.

    Up to `passages` that decide, at least one of each side, so that no conflict hides. Without any,
    the most telling one, so that a reader can judge the silence. `neutral` adds the neutral ones.
    """
    decisive = [item for item in finding.evidence if item.stance is not Stance.NEI]
    silent = [item for item in finding.evidence if item.stance is Stance.NEI]
    if not decisive and not neutral:
        leaning = [item for item in silent if item.probabilities.best is not Stance.NEI]
        return (leaning or silent)[:1]
    sides = list({item.stance: item for item in reversed(decisive)}.values())
    rest = [item for item in decisive if item not in sides]
    kept = sides + rest[: max(0, passages - len(sides))]
    return [item for item in decisive if item in kept] + (silent if neutral else [])


def _within(span: Span, start: int) -> Span:
    """`span` counted from `start` instead of from the beginning of the text."""
    return Span(span.start - start, span.end - start)


def reads_right_to_left(finding: Finding, shown: Sequence[Evidence]) -> bool:
    """Whether two columns would be reordered by a terminal that sets some of it the other way."""
    claim = [finding.claim.text, finding.claim.speaker or ""]
    passages = [item.hit.title + item.hit.passage.text for item in shown]
    return any(right_to_left(text) for text in [*claim, *passages])


def claim_lines(page: Page, finding: Finding, where: str, width: int) -> list[Text]:
    """The claim in its words, with its place, its speaker and how it was read."""
    claim = finding.claim
    spans = [
        _within(mismatch.claim_span, claim.start)
        for item in finding.evidence
        for mismatch in item.mismatches
    ]
    shared = [
        _within(agreement.claim_span, claim.start)
        for item in finding.evidence[:1]
        for agreement in item.agreements
    ]
    also = f" and {count(len(claim.places), 'other place')}" if claim.places else ""
    lines = [
        *page.flow([f"{where}{also}", said_by(claim.speaker)], width),
        *page.wrap(page.marked(claim.text, spans, "bold", shared), width),
    ]
    notes: list[Text] = []
    if finding.said:
        notes += page.wrap(Text(f"Said: {SAID[finding.said.status]}"), width)
    if says_more(claim):
        notes += page.wrap(page.text(f"Read as: {claim.sentence}", "italic"), width)
    return [*lines, Text(), *notes] if notes else lines


def says_more(claim: Claim) -> bool:
    """Whether the claim standing alone has words that its text and its speaker's name have not."""
    told = Counter(_WORD.findall(f"{claim.text} {claim.speaker or ''} said that".casefold()))
    return bool(Counter(_WORD.findall(claim.sentence.casefold())) - told)


def _evidence(page: Page, finding: Finding, shown: Sequence[Evidence], width: int) -> list[Text]:
    lines: list[Text] = []
    for item in shown:
        lines += [*passage_lines(page, item, width), Text()]
    hidden = [item for item in finding.evidence if item not in shown]
    if hidden:
        counts = Counter(STANCES[item.stance] for item in hidden)
        kinds = ", ".join(f"{number} {word}" for word, number in counts.items())
        return [*lines, *page.wrap(Text(f"not shown: {kinds}"), width)]
    return lines[:-1] or [Text("no passage")]


def passage_lines(page: Page, item: Evidence, width: int) -> list[Text]:
    """A passage: what it says of the claim, where it stands, and what differs."""
    stance, best = item.stance, item.probabilities.best
    word = STANCES[best] if best is stance else f"uncertain, {STANCES[best]}"
    verb = f"{page.glyphs.of(stance)} {word} {percent(item.probabilities.of(best))}"
    return [
        *page.wrap(Text(verb, COLOURS[stance]), width),
        *source_lines(page, item.hit, width, DATED.get(item.dated, "")),
        *_passage(page, item, width),
        *_mismatches(page, item, width),
    ]


def _passage(page: Page, item: Evidence, width: int) -> list[Text]:
    """The deciding sentence behind a bar, with a little of what stands around it."""
    passage = item.hit.passage
    start, end = item.sentence.start - passage.start, item.sentence.end - passage.start
    spans = [_within(mismatch.passage_span, item.sentence.start) for mismatch in item.mismatches]
    shared = [_within(agreement.passage_span, item.sentence.start) for agreement in item.agreements]
    sentence = page.marked(item.sentence_text, spans, "bold", shared)
    bar = Text(f"{page.glyphs.bar} ", COLOURS[item.stance])
    margin = " " * INDENT
    return [
        *hang(page.wrap(_tail(page, passage.text[:start].strip()), width - INDENT), margin),
        *hang(page.wrap(sentence, width - INDENT), bar),
        *hang(page.wrap(_head(page, passage.text[end:].strip()), width - INDENT), margin),
    ]


def _head(page: Page, text: str) -> Text:
    """The beginning of `text`, cut between words."""
    if len(text) > CONTEXT:
        text = text[:CONTEXT].rsplit(" ", 1)[0] + f" {page.glyphs.ellipsis}"
    return page.text(text)


def _tail(page: Page, text: str) -> Text:
    """The end of `text`, cut between words."""
    if len(text) > CONTEXT:
        text = f"{page.glyphs.ellipsis} " + text[-CONTEXT:].split(" ", 1)[-1]
    return page.text(text)


def _mismatches(page: Page, item: Evidence, width: int) -> list[Text]:
    lines: list[Text] = []
    for mismatch in item.mismatches:
        text = (
            f"{mismatch.kind}: {mismatch.claim_value} in the article, {mismatch.passage_value} here"
        )
        lines += page.wrap(page.text(text), width, Text(f"{page.glyphs.differs} ", "magenta"))
    return lines
