"""Claims with another of a passage's values in place of their own, as a check asks for them.

A check rewrites a claim where an exact value differs, and asks the verifier again
(`factcheck.stance.judge`). What a passage supports it does not support with another value put in;
of what it refutes the right value makes what it says. So a verifier learns which of a passage's
figures, dates and names belongs to what, from claims and passages whose labels are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from factcheck.claims.syntax import parse
from factcheck.mismatch import Text, compare
from factcheck.stance import Verifier
from factcheck.stretches import iso_day
from index import Hit, Span
from training.data import Pair

#: Of these a claim may have two: someone holds two offices, a place lies within another.
LOOSE = {"role", "place"}
#: From this probability up a passage is taken to support a rewritten claim.
SAYS = 0.6

#: A pair whose label is known, and how a check may rewrite its claim, likeliest first.
Decided = tuple[Pair, tuple[str, ...]]


def rewritings(found: Sequence[tuple[str, Hit, Span]]) -> list[tuple[str, ...]]:
    """Of each (claim, hit, window of it) the claim as the window may have it, likeliest first."""
    windows = [window.of(hit.passage.text) for _, hit, window in found]
    texts = list(dict.fromkeys([*windows, *(claim for claim, _, _ in found)]))
    parses = dict(zip(texts, parse(texts), strict=True))
    made = []
    for (claim, hit, _), window in zip(found, windows, strict=True):
        comparison = compare(
            Text(claim, parses[claim]),
            Text(window, parses[window], iso_day(hit.published)),
            f"{hit.title} {hit.passage.context}",
        )
        made.append(tuple(p.rewritten for p in comparison.proposals if p.kind not in LOOSE))
    return made


def turned(
    decided: Sequence[Decided], verifier: Verifier, random: Random, share: float
) -> Iterator[Pair]:
    """Pairs of the other side.

    A passage that supports a claim refutes the likeliest rewriting; the share `share` of those is
    kept. One that refutes it supports the rewriting that `verifier` believes most, if it does.
    """
    for pair, made in decided:
        if pair.label == "SUPPORTS" and made and random.random() < share:
            yield Pair(made[0], pair.evidence, "REFUTES", "rewritten")
    refuted = [(pair, made) for pair, made in decided if pair.label == "REFUTES" and made]
    asked = [(claim, pair.evidence) for pair, made in refuted for claim in made]
    believed = iter(verifier.predict(asked)[:, 0].tolist()) if asked else iter(())
    for pair, made in refuted:
        probability, claim = max((next(believed), claim) for claim in made)
        if probability >= SAYS:
            yield Pair(claim, pair.evidence, "SUPPORTS", "rewritten")
