"""Run transformer models on the CPU through OpenVINO, converted once and cached.

This is the only file that imports openvino. A warm start reads the cached conversion and imports
neither torch nor transformers; a cold one imports them inside the `build` callback it is given.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray
from platformdirs import user_cache_path

from index.errors import ConversionError

if TYPE_CHECKING:
    from tokenizers import Encoding
    from torch import nn

#: Raised whenever `_convert` changes what it writes, so that old conversions are not reused.
CONVERTER_VERSION = 1
#: Rows per inference: beyond this, 2 cores gain nothing and padding grows.
BATCH_ROWS = 32
#: Widths are rounded up to this: few distinct shapes keep OpenVINO's kernel cache small.
WIDTH_STEP = 16
#: Largest difference of any output from torch's, both in float32.
CONVERSION_TOLERANCE = 1e-3


@dataclass(frozen=True)
class Source:
    """What is to be converted: a torch module that maps token tensors to one (n, width) tensor.

    The module is called with `inputs` by position, each an int64 tensor (n, tokens).
    """

    module: nn.Module
    inputs: tuple[str, ...]


def cache_folder() -> Path:
    """Where conversions are kept: `$FACTCHECK_CACHE`, or the user's cache directory."""
    chosen = os.environ.get("FACTCHECK_CACHE")
    return Path(chosen) if chosen else user_cache_path("factcheck")


def hash_files(paths: Sequence[Path]) -> str:
    """SHA-256 (hex) of the files' contents, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 22):
                digest.update(block)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _openvino() -> Any:
    # openvino.convert_model reports its use over the network when this package can be imported;
    # a None entry makes the import fail, which openvino takes for "not installed".
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    import openvino

    return openvino


@lru_cache(maxsize=1)
def _core() -> Any:
    return _openvino().Core()


def best_precision() -> str:
    """`"bf16"` where the CPU has it, else `"f32"`. `$FACTCHECK_PRECISION` overrides it."""
    chosen = os.environ.get("FACTCHECK_PRECISION")
    if chosen:
        if chosen not in {"bf16", "f32"}:
            raise ConversionError(
                f"FACTCHECK_PRECISION is {chosen!r}, expected 'bf16' or 'f32'; "
                "unset it to use the best this CPU has"
            )
        return chosen
    capabilities = _core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "bf16" if "BF16" in capabilities else "f32"


class Network:
    """A compiled model: token rows in, one float32 row out for each."""

    def __init__(self, compiled: Any, precision: str) -> None:
        self.precision = precision
        self._compiled = compiled
        self._inputs = [port.get_any_name() for port in compiled.inputs]
        self._request = compiled.create_infer_request()

    def run(self, rows: Sequence[Encoding]) -> NDArray[np.float32]:
        """Outputs (n, width) for tokenised `rows`, in their order; n may be 0.

        Rows of similar length share a batch, so little is spent on padding.
        """
        width = self._compiled.outputs[0].get_partial_shape()[1].get_length()
        out = np.empty((len(rows), width), dtype=np.float32)
        lengths = np.array([len(row.ids) for row in rows], dtype=np.int64)
        order = np.argsort(lengths, kind="stable")
        for start in range(0, len(order), BATCH_ROWS):
            chosen = order[start : start + BATCH_ROWS]
            batch = self._batch([rows[i] for i in chosen])
            out[chosen] = self._request.infer(batch, share_inputs=True)[0]
        return out

    def _batch(self, rows: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
        width = max(len(row.ids) for row in rows)
        width = -(-width // WIDTH_STEP) * WIDTH_STEP
        tensors = {name: np.zeros((len(rows), width), dtype=np.int64) for name in self._inputs}
        for index, row in enumerate(rows):
            size = len(row.ids)
            tensors["input_ids"][index, :size] = row.ids
            tensors["attention_mask"][index, :size] = 1
            if "token_type_ids" in tensors:
                tensors["token_type_ids"][index, :size] = row.type_ids
        return tensors


def load_network(
    weights_hash: str, build: Callable[[], Source], precision: str | None = None
) -> Network:
    """The compiled model whose weights hash to `weights_hash`; `build` runs only if not cached.

    `weights_hash` must cover everything that shapes the output of `build` (weights, pooling, head).
    """
    precision = precision or best_precision()
    folder = _cached_conversion(weights_hash, build)
    settings = {
        "INFERENCE_PRECISION_HINT": precision,
        "PERFORMANCE_HINT": "LATENCY",  # one request at a time uses every core
        "CACHE_DIR": str(folder / "compiled"),
        "CACHE_MODE": "OPTIMIZE_SPEED",
    }
    return Network(_core().compile_model(folder / "model.xml", "CPU", settings), precision)


def _cached_conversion(weights_hash: str, build: Callable[[], Source]) -> Path:
    version = _openvino().__version__
    parts = (weights_hash, version, str(CONVERTER_VERSION), best_precision())
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    folder = cache_folder() / "models" / key
    if _intact(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not _intact(folder):  # another process may have converted it meanwhile
            _convert(build(), folder)
    return folder


def _intact(folder: Path) -> bool:
    """Whether a conversion is there and its files are what was written."""
    seal = folder / "sha256"
    if not seal.exists():
        return False
    return seal.read_text(encoding="ascii") == _seal(folder)


def _seal(folder: Path) -> str:
    return hash_files([folder / "model.xml", folder / "model.bin"])


def _convert(source: Source, folder: Path) -> None:
    """Convert beside `folder` and rename, so that a killed conversion leaves nothing behind."""
    import torch

    example = torch.ones((2, 8), dtype=torch.int64)
    openvino = _openvino()
    source.module.eval()
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns of constants; `_compare` checks them
        model = openvino.convert_model(
            source.module, example_input=tuple(example for _ in source.inputs)
        )
    for port, name in zip(model.inputs, source.inputs, strict=True):
        port.get_tensor().set_names({name})
        port.get_node().set_partial_shape(openvino.PartialShape([-1, -1]))
    model.validate_nodes_and_infer_types()
    _compare(source, model)
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix="partial-"))
    try:
        openvino.save_model(model, beside / "model.xml", compress_to_fp16=False)
        (beside / "sha256").write_text(_seal(beside), encoding="ascii")
        if folder.exists():  # damaged: `_intact` said so under the lock
            shutil.rmtree(folder)
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _compare(source: Source, model: Any) -> None:
    """Refuse a conversion that disagrees with torch at a shape it was not traced with."""
    import torch

    tensors = {name: torch.ones((3, 24), dtype=torch.int64) for name in source.inputs}
    tensors["input_ids"] = torch.randint(1000, 2000, (3, 24))
    tensors["attention_mask"][1:, 17:] = 0
    if "token_type_ids" in tensors:
        tensors["token_type_ids"][:, :9] = 0
    ordered = [tensors[name] for name in source.inputs]
    with torch.no_grad():
        expected = source.module(*ordered).float().numpy()
    compiled = _core().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    got = compiled([tensor.numpy() for tensor in ordered])[0]
    worst = float(np.abs(got - expected).max())
    if worst > CONVERSION_TOLERANCE:
        raise ConversionError(
            f"the converted model is off by {worst:.2g} from its original, expected at most "
            f"{CONVERSION_TOLERANCE:g}; please report it with the versions of openvino and torch"
        )
