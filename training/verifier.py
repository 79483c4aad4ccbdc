"""Train a verifier: `python -m training.verifier careful --data DIR --work DIR --start DIR`.

A cross-encoder (passage, claim) → SUPPORTS / REFUTES / NEI. The run is seeded; interrupted, the
same command goes on from its last checkpoint. `python -m training.calibrate` then fits what turns
its outputs into probabilities.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from transformers import AutoTokenizer

from factcheck.stance.weights import PATTERN, Tensors, quantise
from training.backbone import load_start
from training.data import Pair
from training.loop import Learner, fingerprint, logits_of, run_phase
from training.mine import mine_undecided
from training.mix import labelled_pairs, made_pairs
from training.recipes import FACTS, RECIPES, UNMINED, Phase, Recipe

#: A mined pair that the model so far calls decided with this probability is dropped.
SCREEN = 0.6
Weights = dict[str, torch.Tensor]
#: Bytes per file of weights.
SHARD = 40_000_000


def train(recipe: Recipe, data: Path, work: Path, start: Path) -> Learner:
    """Run or finish the training described by `recipe`; returns the float32 model."""
    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.phases[0].settings.seed)
    tokenizer = AutoTokenizer.from_pretrained(start)
    learner = Learner(load_start(start, recipe.backbone), tokenizer)
    for phase in recipe.phases:
        labelled = labelled_pairs(data, phase.mix)
        mined = mined_pairs(learner, labelled, phase, work)
        pairs = [*labelled, *made_pairs(labelled, mined, phase.mix)]
        checkpoint = work / f"{phase.name}.safetensors"
        before = copy.deepcopy(learner.model.state_dict()) if phase.averaged else None
        run_phase(learner, pairs, phase.settings, checkpoint, phase.steps)
        if before is not None:
            learner.model.load_state_dict(mean(before, learner.model.state_dict()))
    return learner


def mean(one: Mapping[str, torch.Tensor], other: Mapping[str, torch.Tensor]) -> Weights:
    """The mean of two states of a model; what is no floating-point number stays."""
    return {
        name: (value.float() + other[name].float()) / 2 if value.is_floating_point() else value
        for name, value in one.items()
    }


def mined_pairs(learner: Learner, labelled: Sequence[Pair], phase: Phase, work: Path) -> list[Pair]:
    """Mined NEI pairs that the model so far does not think decided; kept in `work`.

    Near passages sometimes do decide. A model that has learnt nothing yet drops none.
    """
    if not phase.mix.mined:
        return []
    made_of = fingerprint(learner, phase.settings, labelled)
    cache = work / f"{phase.name}-mined-{phase.mix.mined}-{made_of[:12]}.json"
    if not cache.exists():
        facts = [pair for pair in labelled if pair.source in FACTS.keys() - UNMINED]
        mined = mine_undecided(facts, phase.mix.mined, phase.mix.seed)
        logits = logits_of(learner, mined, phase.settings.max_tokens)
        decided = torch.softmax(torch.from_numpy(logits), dim=1)[:, :2].max(dim=1).values
        kept = [pair for pair, p in zip(mined, decided.tolist(), strict=True) if p < SCREEN]
        beside = cache.with_suffix(".partial")
        beside.write_text(json.dumps([asdict(pair) for pair in kept]), encoding="utf-8")
        beside.replace(cache)
    return [Pair(**row) for row in json.loads(cache.read_text(encoding="utf-8"))]


def save(learner: Learner, out: Path, recipe: Recipe) -> None:
    """Write what the tool loads: quantised shards, config, tokenizer and recipe."""
    model, tokenizer = learner
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob(PATTERN):
        old.unlink()
    state = {name: value.float().numpy() for name, value in model.state_dict().items()}
    # Position ids are counted anew at load, and would be kept as a float.
    shards = shard(quantise({n: v for n, v in state.items() if not n.endswith("position_ids")}))
    for number, tensors in enumerate(shards, 1):
        save_file(tensors, out / f"int8-{number}-of-{len(shards)}.safetensors")
    model.config.save_pretrained(out)
    tokenizer.save_pretrained(out)
    (out / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1) + "\n", encoding="utf-8")
    for path in out.iterdir():
        path.chmod(0o644)  # safetensors writes files that only their owner may read


def shard(tensors: Mapping[str, NDArray[Any]]) -> list[Tensors]:
    """`tensors` in files of at most `SHARD` bytes, or of one tensor that is larger."""
    shards: list[Tensors] = [{}]
    size = 0
    for name, values in tensors.items():
        if shards[-1] and size + values.nbytes > SHARD:
            shards.append({})
            size = 0
        shards[-1][name] = np.ascontiguousarray(values)
        size += values.nbytes
    return shards


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", choices=sorted(RECIPES))
    parser.add_argument("--data", type=Path, required=True, help="folder that holds verify/")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and mined pairs")
    parser.add_argument("--start", type=Path, help="folder of the weights a recipe starts from")
    parser.add_argument("--out", type=Path, help="default: factcheck/models/verifier/RECIPE")
    arguments = parser.parse_args()
    recipe = RECIPES[arguments.recipe]
    start = recipe.backbone.folder(arguments.start)
    learner = train(recipe, arguments.data, arguments.work, start)
    out = arguments.out or Path("factcheck/models/verifier") / arguments.recipe
    save(learner, out, recipe)


if __name__ == "__main__":
    main()
