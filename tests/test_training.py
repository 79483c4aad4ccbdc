"""The parts of training that need no data and no model."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from training import contrast
from training.contrast import make_contrasts
from training.data import Pair
from training.optim import MasterAdamW, linear_schedule
from training.verifier import bucket, pad


def _pair(claim: str, evidence: str, label: str = "SUPPORTS") -> Pair:
    return Pair(claim, evidence, label, "test")


def test_a_number_is_changed_in_the_claim_alone_and_in_both() -> None:
    pair = _pair("Ostrel has 40 ships.", "The 40 ships of Ostrel are old.")
    refuting, supporting = make_contrasts([pair], 1, seed=3)
    changed = refuting.claim.split()[2]
    assert changed != "40"
    assert refuting == Pair(f"Ostrel has {changed} ships.", pair.evidence, "REFUTES", "contrast")
    assert supporting.claim == refuting.claim
    assert supporting.evidence == f"The {changed} ships of Ostrel are old."
    assert supporting.label == "SUPPORTS"


def test_only_whole_numbers_are_changed() -> None:
    pair = _pair("It took 4 of 14 in 2014.", "4 of 14 went in 2014.")
    for seed in range(20):
        refuting, _ = make_contrasts([pair], 1, seed=seed)
        before, after = pair.claim.split(), refuting.claim.split()
        assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_years_stay_near_and_numbers_keep_their_form() -> None:
    random = Random(1)
    for _ in range(50):
        year = int(contrast._other_number("1987", random))
        assert 1 <= abs(year - 1987) <= 15
        assert "," in contrast._other_number("12,400", random)
        assert len(contrast._other_number("3.25", random).partition(".")[2]) == 2


def test_negation_turns_both_labels_and_leaves_negated_claims_alone() -> None:
    pairs = [
        _pair("Lune is a town.", "Lune is a town."),
        _pair("Varn is not a town.", "Varn is a hamlet."),
        _pair("Tolm is a city.", "Tolm is a village.", "REFUTES"),
    ]
    made = make_contrasts(pairs, 4, seed=1)
    labelled = {(pair.claim, pair.label) for pair in made}
    assert ("Lune is not a town.", "REFUTES") in labelled
    assert ("Tolm is not a city.", "SUPPORTS") in labelled
    assert not any("not not" in pair.claim for pair in made)


def test_contrasts_are_the_same_for_the_same_seed() -> None:
    pairs = [_pair(f"Berth {n} rose by 1{n} in May.", f"1{n} in May, rose {n}") for n in range(9)]
    assert make_contrasts(pairs, 5, seed=2) == make_contrasts(pairs, 5, seed=2)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=400), st.integers(0, 5))
def test_every_row_is_in_one_batch(lengths: list[int], seed: int) -> None:
    batches = bucket(np.array(lengths), 16, seed)
    assert sorted(np.concatenate(batches).tolist()) == list(range(len(lengths)))
    assert max(len(batch) for batch in batches) <= 16


def test_padding_is_masked_and_round() -> None:
    tensors = pad([([5, 6, 7], [0, 0, 1]), ([8] * 17, [0] * 17)])
    assert tensors["input_ids"].shape == (2, 32)
    assert tensors["attention_mask"].sum(dim=1).tolist() == [3, 17]
    assert tensors["token_type_ids"][0, :4].tolist() == [0, 0, 1, 0]


def test_the_schedule_rises_then_falls_to_zero() -> None:
    rates = [linear_schedule(step, 100, 0.1, 1.0) for step in range(101)]
    assert rates[:10] == pytest.approx([(step + 1) / 10 for step in range(10)])
    assert rates[55] == pytest.approx(0.5)
    assert rates[100] == 0.0


def test_bfloat16_steps_too_small_for_it_add_up_and_survive_a_restart() -> None:
    torch.manual_seed(0)
    model = nn.Linear(4, 1, bias=False).bfloat16()
    start = model.weight.detach().clone()
    optimizer = MasterAdamW(model, weight_decay=0.0)
    for _ in range(100):
        model.weight.grad = torch.ones_like(model.weight)
        optimizer.step(rate=1e-4, clip=1.0)
    moved = (start - model.weight.detach()).float()
    assert torch.allclose(moved, torch.full_like(moved, 0.01), atol=0.004)

    copy = nn.Linear(4, 1, bias=False).bfloat16()
    resumed = MasterAdamW(copy, weight_decay=0.0)
    resumed.restore({name: tensor.clone() for name, tensor in optimizer.state().items()})
    for each, its in ((model, optimizer), (copy, resumed)):
        each.weight.grad = torch.full_like(each.weight, 0.5)
        its.step(rate=1e-2, clip=1.0)
    assert torch.equal(model.weight, copy.weight)
    assert torch.equal(optimizer.master[0], resumed.master[0])
