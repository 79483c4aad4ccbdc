"""Put together what a phase learns from: labelled pairs, mined ones, made ones, written ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from index.sentences import split_sentences
from training.articles import Share, article_pairs
from training.contrast import make_contrasts
from training.data import Pair, read_sources
from training.dossiers import Draw, dossier_pairs
from training.windows import window_pairs
from training.written import written_pairs


@dataclass(frozen=True)
class Mix:
    """What a phase learns from.

    `sources` caps the pairs of each labelled source; passages of more than `max_words` words are
    left out. `mined` NEI pairs are made from the fact-checking sources, and `contrasts` REFUTES
    pairs by rule, each with a SUPPORTS twin. `buried` pairs have other passages' sentences put
    around their evidence, and of `blank` claims the evidence is left out, which decides nothing.
    `written` adds the groups we wrote, by the pattern of their files, `dossiers` the dossiers, of
    which so much is made as `draw` says, and `articles` the articles, by the pattern of their
    files, with how much is made of each. So do `windows`, with the share that is kept of what
    decides nothing.
    """

    sources: dict[str, int] = field(default_factory=dict)
    seed: int = 1
    max_words: int = 10_000
    mined: int = 0
    contrasts: int = 0
    buried: int = 0
    blank: int = 0
    written: str = ""
    dossiers: str = ""
    draw: Draw = field(default_factory=Draw)
    articles: dict[str, Share] = field(default_factory=dict)
    windows: dict[str, float] = field(default_factory=dict)


def labelled_pairs(data: Path, mix: Mix) -> list[Pair]:
    """The labelled pairs of `mix`, in the order of its sources."""
    pairs = read_sources(data, mix.sources, mix.seed)
    return [pair for pair in pairs if len(pair.evidence.split()) <= mix.max_words]


def made_pairs(labelled: Sequence[Pair], mined: Sequence[Pair], mix: Mix) -> list[Pair]:
    """What is made from `labelled` and `mined` pairs, and what we wrote."""
    written = written_pairs(mix.written) if mix.written else []
    dossiers = dossier_pairs(mix.dossiers, mix.seed, mix.draw) if mix.dossiers else []
    articles = [
        pair
        for pattern, share in mix.articles.items()
        for pair in article_pairs(pattern, mix.seed, share)
    ]
    windows = [
        pair
        for pattern, undecided in mix.windows.items()
        for pair in window_pairs(pattern, mix.seed, undecided)
    ]
    contrasts = make_contrasts(labelled, mix.contrasts, mix.seed) if mix.contrasts else []
    buried = bury([*labelled, *written], mined, mix.buried, mix.seed)
    claims = Random(mix.seed).sample([*labelled, *written], mix.blank)
    blank = [replace(pair, evidence="", label="NEI", source="blank") for pair in claims]
    return [*mined, *written, *dossiers, *articles, *windows, *contrasts, *buried, *blank]


def bury(pairs: Sequence[Pair], mined: Sequence[Pair], count: int, seed: int) -> list[Pair]:
    """`count` of `pairs` with a passage on their claim's topic before or after their evidence.

    The passages are those `mined` for the same claim, which decide nothing; for pairs we wrote,
    another written passage, cut to a sentence or two.
    """
    random = Random(seed)
    beside = {pair.claim: pair.evidence for pair in mined}
    others = [pair.evidence for pair in pairs if pair.source.startswith("written")]
    chosen = [
        pair
        for pair in pairs
        if (pair.claim in beside and beside[pair.claim] != pair.evidence)
        or pair.source.startswith("written")
    ]
    made = []
    for pair in random.sample(chosen, min(count, len(chosen))):
        filler = beside.get(pair.claim) or _sentences(random.choice(others), 2)
        parts = [pair.evidence, _sentences(filler, 3)]
        random.shuffle(parts)
        made.append(replace(pair, evidence=" ".join(parts), source="buried"))
    return made


def _sentences(text: str, count: int) -> str:
    """The first `count` sentences of `text`."""
    spans = split_sentences(text)[:count]
    return text[: spans[-1].end] if spans else text
