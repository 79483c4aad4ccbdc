"""Reports over any Unicode text, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from factcheck.records import (
    Abstention,
    Agreement,
    Article,
    Claim,
    ClaimKind,
    Dated,
    Evidence,
    Excluded,
    Finding,
    Manifest,
    Mismatch,
    Probabilities,
    Report,
    Ruling,
    Said,
    SaidStatus,
    Settings,
    SkippedSentence,
    Stance,
    Verdict,
)
from index import FoundBy, Hit, IndexUsed, Passage, Span

words = st.text(st.characters(exclude_categories=()), max_size=60)
some_words = st.text(st.characters(exclude_categories=()), min_size=1, max_size=60)
dates = st.sampled_from([None, "2019", "2019-04", "2019-04-02"])
chances = st.floats(0, 1)
unchecked = {ClaimKind.PREDICTION, ClaimKind.OPINION, ClaimKind.QUESTION}


def spans(start: int, end: int) -> st.SearchStrategy[Span]:
    """Any span inside [start, end)."""
    return st.tuples(st.integers(start, end), st.integers(start, end)).map(
        lambda pair: Span(min(pair), max(pair))
    )


@st.composite
def probabilities(draw: st.DrawFn) -> Probabilities:
    supports, rest = draw(chances), draw(chances)
    refutes = (1 - supports) * rest
    return Probabilities(supports, refutes, max(0.0, 1 - supports - refutes))


@st.composite
def evidence(draw: st.DrawFn, claim: Claim) -> Evidence:
    start = draw(st.integers(0, 5000))
    before, sentence, after = draw(words), draw(some_words), draw(words)
    text = before + sentence + after
    passage = Passage(draw(words), start, start + len(text), text, draw(words))
    first = start + len(before)
    of = Span(first, first + len(sentence))
    kinds = st.sampled_from(["number", "date", "name", "negation", "quote"])
    mismatches = st.builds(
        Mismatch, kinds, spans(claim.start, claim.end), spans(of.start, of.end), words, words
    )
    agreements = st.builds(Agreement, spans(claim.start, claim.end), spans(of.start, of.end))
    hit = Hit(
        passage,
        draw(st.floats(-1, 2)),
        draw(st.sampled_from(FoundBy)),
        title=draw(words),
        source=draw(words),
        published=draw(dates),
        page=draw(st.none() | words),
    )
    return Evidence(
        hit,
        draw(st.sampled_from(Stance)),
        draw(probabilities()),
        of,
        draw(st.sampled_from(Dated)),
        tuple(draw(st.lists(mismatches, max_size=2))),
        tuple(draw(st.lists(agreements, max_size=2))),
    )


@st.composite
def said(draw: st.DrawFn) -> Said:
    status = draw(st.sampled_from(SaidStatus))
    if status is SaidStatus.ABSENT:
        return Said(status)
    place = draw(spans(0, 5000))
    name = draw(st.none() | words)
    return Said(status, draw(words), place.start, place.end, name, draw(words))


@st.composite
def findings(draw: st.DrawFn, text: str, start: int) -> Finding:
    claim = Claim(
        text,
        start,
        start + len(text),
        draw(words),
        draw(st.none() | words),
        draw(st.sampled_from([kind for kind in ClaimKind if kind not in unchecked])),
        draw(chances),
        draw(words),
        places=tuple(draw(st.lists(spans(0, start + len(text)), max_size=2))),
    )
    verdict = draw(st.sampled_from(Verdict))
    silent = verdict is Verdict.NOT_ENOUGH_EVIDENCE
    return Finding(
        claim,
        tuple(draw(st.lists(evidence(claim), max_size=3))),
        verdict,
        draw(chances),
        draw(st.sampled_from(Abstention)) if silent else None,
        draw(words),
        draw(st.none() | said()),
        draw(st.none() | st.builds(Ruling, st.none() | st.sampled_from(Verdict), words, words)),
        tuple(draw(st.lists(words, max_size=2))),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Every second piece of the article is a claim or a skipped sentence."""
    pieces = draw(st.lists(some_words, max_size=6))
    found, skipped, start = [], [], 0
    for number, piece in enumerate(pieces):
        if number % 4 == 1:
            found.append(draw(findings(piece, start)))
        elif number % 4 == 3:
            skipped.append(SkippedSentence(piece, start, start + len(piece), draw(words)))
        start += len(piece)
    article = Article("".join(pieces), draw(words), draw(words), draw(dates), draw(words))
    manifest = Manifest(
        draw(words),
        "00",
        {"verifier": draw(words)},
        {},
        {"stance": 0.5},
        {},
        (IndexUsed(draw(words), draw(words), "00"),),
        Settings(draw(words), 4, (draw(words),)),
    )
    excluded = draw(st.lists(st.builds(Excluded, words, words), max_size=2))
    return Report(article, tuple(found), manifest, tuple(skipped), tuple(excluded))
