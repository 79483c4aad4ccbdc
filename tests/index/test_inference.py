"""The cache of conversions: whatever happened to it, outputs are right or there is a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from index import ConversionError
from index.inference import Batch, Source, best_precision, load_network

if TYPE_CHECKING:
    from tokenizers import Encoding
    from torch import Tensor

pytestmark = pytest.mark.models

TABLE = np.random.default_rng(3).normal(size=(3000, 8)).astype(np.float32)
ROWS = [[5, 6, 7], [2999], [1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597]]
MEANS = np.stack([TABLE[row].mean(axis=0) for row in ROWS])


class Row(NamedTuple):
    ids: list[int]
    type_ids: list[int]


def build(scale: float = 1.0) -> Source:
    """The mean of the rows of a table that the tokens name."""
    import torch

    class Mean(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.table = torch.nn.Embedding.from_pretrained(torch.from_numpy(TABLE * scale))

        def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
            mask = attention_mask.unsqueeze(-1).float()
            total = (self.table(input_ids) * mask).sum(1)
            mean: Tensor = total / mask.sum(1)
            return mean

    return Source(Mean(), ("input_ids", "attention_mask"))


def refuse() -> Source:
    raise AssertionError("converted again")


def run(build: Callable[[], Source]) -> NDArray[np.float32]:
    network = load_network("0" * 64, build, "f32")
    return network.run([cast("Encoding", Row(row, [0] * len(row))) for row in ROWS])


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that holds one conversion."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path))
    assert run(build) == pytest.approx(MEANS, abs=1e-5)
    (folder,) = (path for path in (tmp_path / "models").iterdir() if path.is_dir())
    return folder


def test_a_conversion_is_kept(cache: Path) -> None:
    assert run(refuse) == pytest.approx(MEANS, abs=1e-5)
    assert load_network("0" * 64, refuse, "f32").run([]).shape == (0, 8)
    assert [path.name for path in cache.parent.iterdir() if path.is_dir()] == [cache.name]


@pytest.mark.parametrize("name", ["model.bin", "model.xml", "sha256"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe damaged", None])
def test_a_damaged_conversion_is_made_again(cache: Path, name: str, content: bytes | None) -> None:
    (cache / "compiled.sha256").unlink()  # otherwise the compiled form does
    if content is None:
        (cache / name).unlink()
    else:
        (cache / name).write_bytes(content)
    assert run(build) == pytest.approx(MEANS, abs=1e-5)
    assert run(refuse) == pytest.approx(MEANS, abs=1e-5)


def test_a_damaged_compiled_form_is_made_again(cache: Path) -> None:
    (blob,) = (cache / "compiled").glob("*.blob")
    data, weights = blob.read_bytes(), TABLE[5:8].tobytes()
    assert data.count(weights) == 1
    blob.chmod(0o600)
    blob.write_bytes(data.replace(weights, bytes(len(weights))))
    assert run(refuse) == pytest.approx(MEANS, abs=1e-5)
    blob.chmod(0o600)
    blob.write_bytes(data[:100])
    assert run(refuse) == pytest.approx(MEANS, abs=1e-5)
    blob.unlink()
    assert run(refuse) == pytest.approx(MEANS, abs=1e-5)


def batches() -> list[Batch]:
    """Each row by itself, five times over."""
    ones = [np.ones((1, len(row)), dtype=np.int64) for row in ROWS]
    rows = [np.array([row]) for row in ROWS]
    named = zip(rows, ones, strict=True)
    return [{"input_ids": ids, "attention_mask": mask} for ids, mask in named] * 5


def test_several_batches_at_a_time_come_in_order(cache: Path) -> None:
    network = load_network("0" * 64, refuse, "f32")
    expected = np.concatenate([MEANS] * 5)
    assert np.concatenate(list(network.run_in_turn(batches()))) == pytest.approx(expected, abs=1e-5)
    ready = [network.compiled_for_many]
    assert np.concatenate(list(network.run_each(batches()))) == pytest.approx(expected, abs=1e-5)
    assert [*ready, network.compiled_for_many] == [False, True]
    assert list(network.run_each([])) == []
    outputs = network.run_each(batches())
    assert next(outputs) == pytest.approx(MEANS[:1], abs=1e-5)
    outputs.close()
    assert np.concatenate(list(network.run_each(batches()))) == pytest.approx(expected, abs=1e-5)
    folders = {path.parent.name for path in cache.glob("*/*.blob")}
    assert folders == {"compiled", "compiled-throughput"}


def test_a_batch_that_fails_fails_alone(cache: Path) -> None:
    network = load_network("0" * 64, refuse, "f32")
    uneven = {
        "input_ids": np.ones((1, 3), dtype=np.int64),
        "attention_mask": np.ones((1, 4), dtype=np.int64),
    }
    with pytest.raises(RuntimeError):
        list(network.run_each([*batches(), uneven, *batches()]))
    got = np.concatenate(list(network.run_each(batches())))
    assert got == pytest.approx(np.concatenate([MEANS] * 5), abs=1e-5)
    assert cache.is_dir()


def test_a_damaged_form_for_many_is_made_again(cache: Path) -> None:
    def first() -> NDArray[np.float32]:
        return next(load_network("0" * 64, refuse, "f32").run_each(batches()))

    assert first() == pytest.approx(MEANS[:1], abs=1e-5)
    (blob,) = (cache / "compiled-throughput").glob("*.blob")
    data, weights = blob.read_bytes(), TABLE[5:8].tobytes()
    assert data.count(weights) == 1
    blob.chmod(0o600)
    blob.write_bytes(data.replace(weights, bytes(len(weights))))
    assert first() == pytest.approx(MEANS[:1], abs=1e-5)
    (cache / "model.bin").write_bytes(b"damaged")  # not looked at while the compiled form is whole
    assert first() == pytest.approx(MEANS[:1], abs=1e-5)
    blob.unlink()
    with pytest.raises(ConversionError, match="converted again"):
        first()


def test_what_a_killed_conversion_left_is_removed(cache: Path) -> None:
    partial = cache.with_suffix(".partial")
    partial.mkdir()
    (partial / "model.bin").write_bytes(b"half")
    (cache / "model.bin").unlink()
    (cache / "compiled.sha256").unlink()
    assert run(build) == pytest.approx(MEANS, abs=1e-5)
    assert not partial.exists()


def test_a_cache_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path / "file"))
    with pytest.raises(ConversionError, match=r"cannot be kept in .*; make room or set FACTCHECK"):
        run(build)


def test_a_model_that_cannot_be_converted_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path))

    def damaged() -> Source:
        raise OSError("model.safetensors is cut off\nwith many more lines")

    with pytest.raises(ConversionError, match=r"converted to OpenVINO \(model.safetensors is cut"):
        run(damaged)
    with pytest.raises(ConversionError, match="off by nan"):
        run(lambda: build(float("nan")))


WHOLE = np.random.default_rng(5).integers(-127, 128, size=(8, 8)).astype(np.float32)
WHOLE[:, 0] = 127  # the largest of each row, so that its scale is found again
MATRIX = np.asarray(WHOLE / 64, dtype=np.float32)


def build_in_int8(matrix: NDArray[np.float32] = MATRIX) -> Source:
    """The mean of table rows, times a matrix."""
    import torch

    class Scaled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.mean = build().module
            self.matrix = torch.nn.Parameter(torch.from_numpy(matrix))

        def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
            return torch.nn.functional.linear(self.mean(input_ids, attention_mask), self.matrix)

    return Source(Scaled(), ("input_ids", "attention_mask"), int8=True)


def test_a_model_made_for_it_is_kept_in_int8(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path))
    monkeypatch.delenv("FACTCHECK_PRECISION", raising=False)
    network = load_network("1" * 64, build_in_int8, int8=True)
    got = network.run([cast("Encoding", Row(row, [0] * len(row))) for row in ROWS])
    expected = MEANS @ MATRIX.T
    assert network.precision == f"int8+{best_precision()}"
    assert got == pytest.approx(expected, abs=0.02 * float(np.abs(expected).max()))
    model = next(tmp_path.glob("models/*/model.xml")).read_text(encoding="utf-8")
    assert 'element_type="i8"' in model


def test_int8_is_refused_for_weights_that_are_no_such_multiples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path))
    uneven = np.random.default_rng(6).normal(size=(8, 8)).astype(np.float32) * 5
    with pytest.raises(ConversionError, match="is off by"):
        load_network("2" * 64, lambda: build_in_int8(uneven), "int8+f32", int8=True)


def test_a_chosen_precision_overrides_int8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_PRECISION", "f32")
    assert best_precision(int8=True) == "f32"
