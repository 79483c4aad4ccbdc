"""Fine-tune a model on labelled pairs for one phase: seeded, with checkpoints to go on from."""

from __future__ import annotations

import functools
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch.nn.functional import cross_entropy
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from training.data import LABELS, Pair
from training.optim import MasterAdamW, learning_rate

#: Batches between two checkpoints.
CHECKPOINT_EVERY = 50
#: Rows per batch where nothing is learnt.
READ_ROWS = 64


@dataclass(frozen=True)
class Settings:
    """How a phase is trained.

    The learning rate rises over the first `warmup` share of steps to `rate` and ends at `end` times
    it: 1 for a phase that another follows (Hu et al. 2024, "MiniCPM", arXiv:2404.06395), 0 for the
    last. `smoothing` is label smoothing; the window is `max_tokens` long.
    """

    rate: float
    end: float
    seed: int
    batch: int = 32
    warmup: float = 0.05
    weight_decay: float = 0.01
    clip: float = 1.0
    smoothing: float = 0.05
    max_tokens: int = 256


@functools.cache
def bfloat16_is_faster() -> bool:
    """Whether this machine multiplies matrices faster in bfloat16 than in float32; measured.

    Without instructions for it bfloat16 is very slow; with them it is twice as fast on some CPUs
    and half as fast on others.
    """
    if not torch.cpu.get_capabilities().get("avx512_bf16"):
        return False
    seconds = {}
    for kind in (torch.bfloat16, torch.float32):
        one, two = torch.ones(1024, 768, dtype=kind), torch.ones(768, 3072, dtype=kind)
        one @ two  # the first call sets up
        began = time.perf_counter()
        for _ in range(5):
            one @ two
        seconds[kind] = time.perf_counter() - began
    return seconds[torch.bfloat16] < seconds[torch.float32]


class Learner(NamedTuple):
    """A model and the tokenizer it reads with."""

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase


def encode(
    tokenizer: PreTrainedTokenizerBase, pairs: Sequence[Pair], max_tokens: int
) -> list[dict[str, list[int]]]:
    """Token rows of (passage, claim); only the passage is cut when too long."""
    batch = tokenizer(
        [pair.evidence for pair in pairs],
        [" ".join(pair.claim.split()[: max_tokens // 4]) for pair in pairs],
        truncation="only_first",
        max_length=max_tokens,
    )
    return [dict(zip(batch, row, strict=True)) for row in zip(*batch.values(), strict=True)]


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


def pad(rows: Sequence[dict[str, list[int]]], token: int) -> dict[str, torch.Tensor]:
    """Model inputs padded to a multiple of 16: bfloat16 kernels are fastest at round shapes."""
    width = -(-max(len(row["input_ids"]) for row in rows) // 16) * 16
    tensors = {name: torch.zeros(len(rows), width, dtype=torch.long) for name in rows[0]}
    tensors["input_ids"].fill_(token)
    for place, row in enumerate(rows):
        for name, values in row.items():
            tensors[name][place, : len(values)] = torch.tensor(values)
    return tensors


@torch.inference_mode()
def logits_of(learner: Learner, pairs: Sequence[Pair], max_tokens: int) -> NDArray[np.float32]:
    """Raw logits (n, 3) of `pairs`, in their order."""
    model, tokenizer = learner
    model.eval()
    rows = encode(tokenizer, pairs, max_tokens)
    order = np.argsort([len(row["input_ids"]) for row in rows], kind="stable")
    out = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    for start in range(0, len(order), READ_ROWS):
        chosen = order[start : start + READ_ROWS]
        tensors = pad([rows[i] for i in chosen], int(tokenizer.pad_token_id))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16_is_faster()):
            out[chosen] = model(**tensors).logits.float().numpy()
    return out


def fingerprint(learner: Learner, settings: Settings, pairs: Sequence[Pair]) -> str:
    """SHA-256 (hex) of all that shapes a phase: where it starts, how it learns and what from.

    A checkpoint belongs to one of them.
    """
    digest = hashlib.sha256(json.dumps(asdict(settings)).encode())
    for pair in pairs:
        digest.update(json.dumps(asdict(pair)).encode())
    for name, value in learner.model.state_dict().items():
        digest.update(name.encode() + value.float().numpy().tobytes())
    return digest.hexdigest()


def run_phase(
    learner: Learner,
    pairs: Sequence[Pair],
    settings: Settings,
    checkpoint: Path,
    steps: int | None = None,
) -> None:
    """Train the model in place on `pairs`, once each or for `steps` batches; in float32 afterwards.

    Interrupted, the same call goes on from `checkpoint`, and ends with the same weights
    where it computes as before.
    """
    model, tokenizer = learner
    rows = encode(tokenizer, pairs, settings.max_tokens)
    gold = torch.tensor([LABELS.index(pair.label) for pair in pairs])
    lengths = np.array([len(row["input_ids"]) for row in rows])
    batches = bucket(lengths, settings.batch, settings.seed)
    made_of = fingerprint(learner, settings, pairs)
    optimizer = MasterAdamW(model, settings.weight_decay)  # before rounding: it keeps float32
    model.bfloat16() if bfloat16_is_faster() else model.float()
    first = _resume(checkpoint, optimizer, made_of)
    print(
        f"{checkpoint.stem}: {len(pairs)} pairs, {lengths.sum()} tokens, "
        f"{len(batches)} steps, from {first}",
        flush=True,
    )
    model.train()
    began, seen, tokens, running = time.monotonic(), 0, 0, 0.0
    last = len(batches) if steps is None else min(steps, len(batches))
    for step in range(first, last):
        chosen = batches[step]
        inputs = pad([rows[i] for i in chosen], int(tokenizer.pad_token_id))
        loss = cross_entropy(
            model(**inputs).logits.float(), gold[chosen], label_smoothing=settings.smoothing
        )
        loss.backward()
        rate = learning_rate(step, len(batches), settings.warmup, settings.rate, settings.end)
        optimizer.step(rate, settings.clip)
        seen, tokens = seen + len(chosen), tokens + int(lengths[chosen].sum())
        running = 0.98 * running + 0.02 * loss.item()
        if (step + 1) % 25 == 0:
            took = time.monotonic() - began
            print(
                f"step {step + 1} loss {running / (1 - 0.98 ** (step + 1 - first)):.4f} "
                f"{seen / took:.1f} pairs/s {tokens / took:.0f} tokens/s",
                flush=True,
            )
        if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == last:
            _save(checkpoint, optimizer, step + 1, made_of)
    model.float()
    model.load_state_dict(optimizer.weights(), strict=False)


def _save(path: Path, optimizer: MasterAdamW, step: int, fingerprint: str) -> None:
    """Write beside the old state and rename, so that a killed run keeps the last one."""
    beside = path.with_suffix(".partial")
    save_file(optimizer.state(), beside, {"step": str(step), "fingerprint": fingerprint})
    beside.replace(path)


def _resume(path: Path, optimizer: MasterAdamW, fingerprint: str) -> int:
    """The step to go on from: 0 when there is nothing to resume."""
    if not path.exists():
        return 0
    with safe_open(path, "pt") as file:
        metadata = file.metadata()
    if metadata["fingerprint"] != fingerprint:
        raise SystemExit(f"{path} belongs to other data or settings; choose another --work folder")
    optimizer.restore(load_file(path))
    return int(metadata["step"])
