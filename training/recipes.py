"""How each verifier is made: the data mix, phase by phase, and every setting, in one place.

What a recipe draws from dossiers and articles depends on how passages are read (decision 24): run
the commit that shipped its weights to draw what they learnt from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from training.articles import Share
from training.backbone import Backbone
from training.dossiers import Draw
from training.loop import Settings
from training.mix import Mix

#: General entailment: how one sentence bears on another. At most so many pairs of each source.
NLI = {
    "cad-original": 2000,
    "cad-revised_hypothesis": 4000,
    "cad-revised_premise": 4000,
    "mnli": 9000,
    "lingnli": 8000,
    "snli": 3000,
    "sick": 2400,
    "commitment_bank": 400,
    "mpe": 1000,
    "tracie": 900,
    "conjnli": 1500,
    "monli-nmonli_train": 400,
    "monli-pmonli": 400,
    "creak": 3000,
}
#: Claims against evidence.
FACTS = {
    "fever-dev-SR": 4200,
    "healthver": 2600,
    "covidfact": 1300,
    "check-covid": 1100,
    "scifact": 1000,
    "emergent": 500,
    "wice-gold": 500,
    "fm2": 700,
    "politihop": 500,
    "vitaminc-sample": 300,
    "nli4ct": 1000,
    "pubmedqa": 500,
}
#: These claims speak of "the primary trial": whatever trial stands beside them decides.
UNMINED = {"nli4ct"}
#: A little of the first phase's data keeps the second from forgetting it.
REPLAY = {"mnli": 800, "lingnli": 800, "cad-revised_hypothesis": 500, "cad-revised_premise": 500}
#: The groups the shipped verifiers learnt from; those in `reports-*` came later, see decision 7.
EARLIER = "??[!p]*.jsonl"
#: What is made and written for the fact-checking sources, whichever verifier learns from them.
MADE = Mix(max_words=120, mined=2000, contrasts=700, buried=1000, blank=400, written=EARLIER)


@dataclass(frozen=True)
class Phase:
    """One pass over one mix of pairs, from where the phase before it ended.

    `steps` stops it after so many batches; its learning rate is that of the whole pass. One that is
    `averaged` ends in the mean of the weights before and after it (Wortsman et al. 2022, "Model
    soups", arXiv:2203.05482).
    """

    name: str
    mix: Mix
    settings: Settings
    steps: int | None = None
    averaged: bool = False


@dataclass(frozen=True)
class Recipe:
    """Every choice that shapes the weights; written beside them."""

    backbone: Backbone
    phases: tuple[Phase, ...]


#: What the careful verifier learnt first, in small: going on with other texts must not cost it.
KEPT = {
    "fever-dev-SR": 600,
    "healthver": 400,
    "covidfact": 200,
    "check-covid": 250,
    "scifact": 250,
    "wice-gold": 150,
    "fm2": 250,
    "politihop": 150,
    "mnli": 300,
    "lingnli": 300,
    "cad-revised_hypothesis": 200,
    "cad-revised_premise": 200,
}

#: More of the pairs the careful verifier has seen a part of only: it knows what it was trained on
#: far better than what it was not.
UNSEEN = {
    "mnli": 6000,
    "lingnli": 9000,
    "cad-revised_hypothesis": 1500,
    "cad-revised_premise": 1500,
    "tracie": 400,
    "fever-dev-SR": 1600,
    "healthver": 1000,
    "covidfact": 300,
    "check-covid": 300,
    "fm2": 300,
}

#: The articles by twelve other writers, in the parts that are drawn from one after the other.
OTHER_HANDS = ("seventh-[n-p]", "seventh-q", "seventh-[r-u]", "eighth-[vw]", "eighth-[xy]")

#: Less of each dossier, where there are many.
LESS, LEAST = Draw(0.35, 0.3, 0.1), Draw(0.25, 0.15, 0.05)


def _articles(  # noqa: PLR0913 — what a phase over articles is, each part by its name
    name: str,
    groups: str,
    articles: dict[str, Share],
    seed: int,
    rates: tuple[float, float],
    *,
    windows: dict[str, float] | None = None,
) -> Phase:
    """A phase over articles and windows, from a rate to a share of it.

    The `groups` of that number and the labelled pairs keep what was learnt before.
    """
    kept = {source: cap // 4 for source, cap in KEPT.items()}
    written = f"*-{groups}.jsonl"
    rate, end = rates
    return Phase(
        name,
        Mix(
            kept,
            max_words=120,
            written=written,
            articles=articles,
            windows=windows or {},
            seed=seed,
        ),
        Settings(rate=rate, end=end, seed=seed),
    )


RECIPES = {
    "careful": Recipe(
        Backbone("earlier careful", layers=10, frozen=4),
        (
            Phase(
                "groups",
                Mix(KEPT, max_words=120, written="*.jsonl", seed=3),
                Settings(rate=4e-5, end=1.0, seed=3),
                steps=550,
            ),
            Phase(
                "dossiers",
                Mix(dossiers="[blps]*.jsonl"),
                Settings(rate=4e-5, end=1.0, seed=4),
                steps=300,
            ),
            Phase(
                "last",
                Mix(
                    {name: cap // 2 for name, cap in KEPT.items()},
                    max_words=120,
                    written="*-02.jsonl",
                    dossiers="m*.jsonl",
                    seed=5,
                ),
                Settings(rate=4e-5, end=0.0, seed=5),
            ),
        ),
    ),
    "further": Recipe(
        Backbone("second careful", layers=10, frozen=4),
        (
            Phase(
                "entailment",
                Mix(UNSEEN, max_words=120, seed=6),
                Settings(rate=4e-5, end=1.0, seed=6),
                steps=150,
            ),
            Phase(
                "third",
                Mix(max_words=120, dossiers="third-*.jsonl", draw=LESS, seed=7),
                Settings(rate=4e-5, end=1.0, seed=7),
            ),
            Phase(
                "fourth",
                Mix(
                    {name: cap // 2 for name, cap in KEPT.items()},
                    max_words=120,
                    dossiers="fourth-*.jsonl",
                    draw=LEAST,
                    seed=8,
                ),
                Settings(rate=4e-5, end=0.0, seed=8),
            ),
            # dossiers alone cost a sixth of the contrast set, which is groups, without sources
            Phase(
                "groups",
                Mix(max_words=120, written="*-03.jsonl", seed=9),
                Settings(rate=3e-5, end=0.0, seed=9),
                averaged=True,
            ),
        ),
    ),
    "articles": Recipe(
        Backbone("second careful", layers=10, frozen=4),
        (
            _articles("first", "02", {"first-*.jsonl": Share(0.3)}, 10, (3e-5, 0.5)),
            _articles("second", "03", {"second-*.jsonl": Share(0.3)}, 11, (1.5e-5, 0.0)),
        ),
    ),
    "more-articles": Recipe(
        Backbone("third careful", layers=10, frozen=4),
        (
            # a part is drawn anew from what was learnt before
            _articles("third", "01", {"[st][eh]*.jsonl": Share(0.3)}, 12, (3e-5, 0.8)),
            _articles(
                "fourth", "04", {"f*th-*.jsonl": Share(0.2, rewritten=1.0)}, 13, (2.4e-5, 0.0)
            ),
        ),
    ),
    "other-words": Recipe(
        Backbone("fourth careful", layers=10, frozen=4),
        (
            _articles(
                "sixth",
                "01",
                {
                    "sixth-*.jsonl": Share(0.2, rewritten=1.0),
                    "f*th-*.jsonl": Share(0.1, rewritten=0.3),
                },
                15,
                (3e-5, 0.0),
            ),
        ),
    ),
    "again": Recipe(
        Backbone("fifth careful", layers=10, frozen=4),
        (
            _articles(
                "again",
                "02",
                {
                    f"{each}-*.jsonl": Share(0.15, rewritten=0.5, strangers=0.4)
                    for each in ("first", "second", "third", "fifth")
                },
                16,
                (3e-5, 0.0),
            ),
        ),
    ),
    "other-hands": Recipe(
        Backbone("sixth careful", layers=10, frozen=4),
        (
            replace(
                _articles(
                    "windows",
                    "03",
                    {
                        f"sixth-{part}*.jsonl": Share(0.1, rewritten=0.4, strangers=0.25)
                        for part in ("[g-i]", "[j-m]")
                    },
                    17,
                    (3e-5, 0.7),
                    windows={"[a-h].jsonl": 0.3},
                ),
                steps=300,
            ),
            _articles(
                "seventh",
                "05",
                {
                    f"{part}*.jsonl": Share(0.15, rewritten=0.5, strangers=0.3)
                    for part in OTHER_HANDS
                },
                18,
                (2.4e-5, 0.0),
            ),
        ),
    ),
    "dense-reports": Recipe(
        Backbone("seventh careful", layers=10, frozen=4),
        (
            _articles("again", "01", {}, 19, (3e-5, 0.8), windows={"[a-h].jsonl": 0.3}),
            _articles("reports", "04", {}, 20, (2.4e-5, 0.7), windows={"[i-p].jsonl": 0.4}),
            _articles(
                "last",
                "02",
                {
                    f"{part}*.jsonl": Share(0.1, rewritten=0.3, strangers=0.2, prints=0.4)
                    for part in OTHER_HANDS
                },
                21,
                (2.4e-5, 0.0),
                windows={"[q-x].jsonl": 0.4},
            ),
        ),
    ),
    "earlier": Recipe(
        Backbone("mpnet", layers=10),
        (
            Phase("nli", Mix(NLI, seed=1), Settings(rate=5e-5, end=1.0, seed=1), steps=800),
            Phase(
                "facts",
                replace(MADE, sources=FACTS | REPLAY, seed=2),
                Settings(rate=5e-5, end=0.0, seed=2),
            ),
        ),
    ),
    "fast-windows": Recipe(
        Backbone("earlier fast", layers=6),
        (
            Phase(
                "windows",
                Mix(
                    KEPT,
                    max_words=120,
                    written="*-0[1-6].jsonl",
                    windows={"[a-x].jsonl": 0.4},
                    seed=22,
                ),
                Settings(rate=1e-4, end=0.0, seed=22, batch=48),
            ),
        ),
    ),
    "fast": Recipe(
        Backbone("minilm", layers=6),
        (
            Phase(
                "all",
                replace(MADE, sources={name: cap // 3 for name, cap in NLI.items()} | FACTS),
                Settings(rate=1.5e-4, end=0.0, seed=1, batch=48),
            ),
        ),
    ),
}
