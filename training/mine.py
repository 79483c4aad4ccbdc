"""Mine passages that are on a claim's topic and decide nothing.

Retrieval mostly returns such passages, labelled sets hardly contain them. We pair each claim with
passages near it in the encoder's space that were written for *other* claims. Passages of claims
that nearly repeat this one are left out, because they would decide it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from index import Encoder
from index.encoder import load_encoder
from training.data import Pair

#: Nearest passages looked at per claim. The first few are skipped at random through sampling.
NEIGHBOURS = 30
#: Claims closer than this (cosine) may share their evidence, so their passages are not mined.
SAME_CLAIM = 0.75
#: A passage farther than this (cosine) is not on topic; pairing it would teach nothing.
ON_TOPIC = 0.35


def neighbours(
    pairs: Sequence[Pair], encoder: Encoder, least: float = ON_TOPIC
) -> dict[str, list[str]]:
    """For each claim the passages near it that were written for other claims, nearest first.

    At most `NEIGHBOURS` of them, none with a cosine below `least`; claims come in alphabetical
    order.
    """
    claims = sorted({pair.claim for pair in pairs})
    passages = sorted({pair.evidence for pair in pairs})
    claim_row = {claim: row for row, claim in enumerate(claims)}
    owners: dict[str, list[int]] = defaultdict(list)
    for pair in pairs:
        owners[pair.evidence].append(claim_row[pair.claim])
    claim_vectors, passage_vectors = encoder.encode(claims), encoder.encode(passages)
    found: dict[str, list[str]] = {}
    for claim, vector in zip(claims, claim_vectors, strict=True):
        scores = passage_vectors @ vector
        found[claim] = [
            passages[place]
            for place in np.argsort(-scores, kind="stable")[:NEIGHBOURS]
            if scores[place] >= least
            and (claim_vectors[owners[passages[place]]] @ vector).max() < SAME_CLAIM
        ]
    return found


def mine_undecided(pairs: Sequence[Pair], count: int, seed: int) -> list[Pair]:
    """Up to `count` NEI pairs made from `pairs`, at most one per claim, in a seeded order."""
    rng = np.random.default_rng(seed)
    near = neighbours(pairs, load_encoder())
    claims = [claim for claim, passages in near.items() if passages]
    return [
        Pair(
            claims[row],
            near[claims[row]][int(rng.integers(len(near[claims[row]])))],
            "NEI",
            "mined",
        )
        for row in rng.permutation(len(claims))[:count]
    ]
