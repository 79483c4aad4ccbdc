"""Run transformer models on the CPU through OpenVINO, converted once and cached.

This is the only file that imports openvino. A warm start reads the cached conversion and imports
neither torch nor transformers; a cold one imports them inside the `build` callback it is given.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

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
#: The hash of a conversion, beside it.
CONVERTED = "sha256"
#: Requests per stream in `Network.run_each`: one at work and one that waits for it to be done.
REQUESTS_PER_STREAM = 2
#: How the name of a precision begins where matrices are kept in 8 bits.
INT8 = "int8+"
#: Activations are rounded to 8 bits in groups of so many, each with its own scale: large groups are
#: fast, and with one for a whole row of our models the outputs still move less than in bfloat16.
INT8_GROUP = 384
#: Largest integer of the symmetric 8-bit range.
INT8_STEPS = 127
#: Largest difference of any output from torch's, both in float32.
CONVERSION_TOLERANCE = 1e-3


class Aim(Enum):
    """What a model is compiled for: the answer to one batch soon, or many batches per second."""

    LATENCY = "LATENCY"  # one request at a time uses every core
    THROUGHPUT = "THROUGHPUT"  # as many requests at once as there are cores, or nearly

    @property
    def folder(self) -> str:
        """Where the compiled form is kept, beside the conversion."""
        return "compiled" if self is Aim.LATENCY else "compiled-throughput"

    @property
    def seal(self) -> str:
        """The hash of the compiled form, beside it."""
        return f"{self.folder}.sha256"


@dataclass(frozen=True)
class Source:
    """What is to be converted: a torch module that maps token tensors to one (n, width) tensor.

    The module is called with `inputs` by position, each an int64 tensor (n, tokens). `int8` says
    that the rows of its matrices are multiples of 8-bit integers, so that it can run in 8 bits.
    """

    module: nn.Module
    inputs: tuple[str, ...]
    int8: bool = False


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


def best_precision(*, int8: bool = False) -> str:
    """`"bf16"` where the CPU has it, else `"f32"`; `$FACTCHECK_PRECISION` overrides it.

    With `int8` unless overridden, `"int8+bf16"` or `"int8+f32"`: matrices are kept in 8 bits, and
    multiplied in 8 bits where the CPU has the instructions (VNNI, AMX), else in the other type.
    """
    chosen = os.environ.get("FACTCHECK_PRECISION")
    if chosen:
        if chosen not in {"bf16", "f32"}:
            raise ConversionError(
                f"FACTCHECK_PRECISION is {chosen!r}, expected 'bf16' or 'f32'; "
                "unset it to use the best this CPU has"
            )
        return chosen
    capabilities = _core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    floating = "bf16" if "BF16" in capabilities else "f32"
    return f"{INT8}{floating}" if int8 else floating


#: The names of a model's inputs and their tensors, each (rows, tokens).
Batch: TypeAlias = dict[str, NDArray[np.int64]]
#: What a model gives for a batch: (rows, width).
Outputs: TypeAlias = NDArray[np.float32]


class Network:
    """A compiled model: token rows in, one float32 row out for each. For one thread at a time."""

    def __init__(self, load: Callable[[Aim], Any], precision: str, pad: int) -> None:
        self.precision = precision
        self.pad = pad
        self._load = load
        self._compiled = load(Aim.LATENCY)
        self._inputs = [port.get_any_name() for port in self._compiled.inputs]
        self._request = self._compiled.create_infer_request()

    @cached_property
    def _requests(self) -> Sequence[Any]:
        # Compiled when first asked for: most commands embed one query and no corpus.
        compiled = self._load(Aim.THROUGHPUT)
        streams = compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")
        return [compiled.create_infer_request() for _ in range(REQUESTS_PER_STREAM * streams)]

    def run_in_turn(self, batches: Iterable[Batch]) -> Generator[Outputs, None, None]:
        """Outputs (rows, width) of each batch, in their order, each as soon as can be.

        A batch maps the names of the inputs to tensors (rows, tokens).
        """
        for batch in batches:
            yield self._request.infer(batch, share_inputs=True)[0].copy()

    @property
    def compiled_for_many(self) -> bool:
        """Whether `run_each` has been used, and begins at once."""
        return "_requests" in self.__dict__

    def run_each(self, batches: Iterable[Batch]) -> Generator[Outputs, None, None]:
        """What `run_in_turn` gives, with several batches at work: more per second, each later.

        The first use takes a moment to compile. Closing the iterator waits for those at work.
        """
        idle, busy = list(self._requests), deque[tuple[Any, Batch]]()
        try:
            for batch in batches:
                if not idle:
                    yield _finish(busy, idle)
                request = idle.pop()
                request.start_async(batch, share_inputs=True)
                busy.append((request, batch))  # its tensors are shared: kept until it is done
            while busy:
                yield _finish(busy, idle)
        except RuntimeError:
            del self._requests  # OpenVINO keeps shapes of the batch that failed: compile anew
            raise
        finally:
            for request, _ in busy:
                with suppress(RuntimeError):  # another has failed, or nobody wants to know
                    request.wait()

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

    def _batch(self, rows: Sequence[Encoding]) -> Batch:
        width = max(len(row.ids) for row in rows)
        tensors = {name: np.zeros((len(rows), width), dtype=np.int64) for name in self._inputs}
        tensors["input_ids"].fill(self.pad)
        for index, row in enumerate(rows):
            size = len(row.ids)
            tensors["input_ids"][index, :size] = row.ids
            tensors["attention_mask"][index, :size] = 1
            if "token_type_ids" in tensors:
                tensors["token_type_ids"][index, :size] = row.type_ids
        return tensors


def _finish(busy: deque[tuple[Any, Batch]], idle: list[Any]) -> NDArray[np.float32]:
    """The output of the request that was begun first, which is then idle."""
    request, _ = busy[0]
    request.wait()
    busy.popleft()
    idle.append(request)
    out: NDArray[np.float32] = request.get_output_tensor(0).data.copy()
    return out


def load_network(
    weights_hash: str,
    build: Callable[[], Source],
    precision: str | None = None,
    *,
    int8: bool = False,
    pad: int = 0,
) -> Network:
    """The compiled model whose weights hash to `weights_hash`; `build` runs only if not cached.

    `weights_hash` must cover everything that shapes the output of `build` (weights, pooling, head),
    and `int8` be that of the source `build` gives. Short rows are filled with the token `pad`.
    Raises `ConversionError` when the model does not convert or the cache cannot be written.
    """
    precision = precision or best_precision(int8=int8)
    parts = (weights_hash, _openvino().__version__, str(CONVERTER_VERSION), precision)
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    folder = cache_folder() / "models" / key
    return Network(lambda aim: _load(folder, build, precision, aim), precision, pad)


def _load(folder: Path, build: Callable[[], Source], precision: str, aim: Aim) -> Any:
    """The model compiled with `aim`, from the cache as far as it is whole."""
    try:
        if _sealed(folder / aim.seal, _compiled_files(folder, aim)):
            return _compile(folder, precision, aim)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            return _prepare(folder, build, precision, aim)
    except OSError as error:
        raise ConversionError(
            f"a converted model cannot be kept in {str(folder.parent)!r} ({error}); make room or "
            "set FACTCHECK_CACHE to a folder that can be written"
        ) from error


def _prepare(folder: Path, build: Callable[[], Source], precision: str, aim: Aim) -> Any:
    """The compiled model, after converting and compiling what is missing or damaged."""
    if not _sealed(folder / CONVERTED, _converted_files(folder)):
        try:
            model = _convert(build(), precision)
        except ConversionError:
            raise
        except Exception as error:  # whatever torch, transformers or openvino raise
            raise ConversionError(
                f"the model cannot be converted to OpenVINO ({first_line(error)}); "
                "check its files, or use another model"
            ) from error
        _write(model, folder)
    shutil.rmtree(folder / aim.folder, ignore_errors=True)  # OpenVINO does not notice damage in it
    compiled = _compile(folder, precision, aim)
    (folder / aim.seal).write_text(hash_files(_compiled_files(folder, aim)), encoding="ascii")
    return compiled


def _compile(folder: Path, precision: str, aim: Aim) -> Any:
    settings = {
        "INFERENCE_PRECISION_HINT": precision.removeprefix(INT8),
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": str(INT8_GROUP if precision.startswith(INT8) else 0),
        "PERFORMANCE_HINT": aim.value,
        "CACHE_DIR": str(folder / aim.folder),
        "CACHE_MODE": "OPTIMIZE_SPEED",
    }
    try:
        return _core().compile_model(folder / "model.xml", "CPU", settings)
    except RuntimeError as error:
        raise ConversionError(
            f"OpenVINO cannot compile the model in {str(folder)!r} ({first_line(error)}); "
            "remove that folder and try again"
        ) from error


def _converted_files(folder: Path) -> list[Path]:
    return [folder / "model.xml", folder / "model.bin"]


def _compiled_files(folder: Path, aim: Aim) -> list[Path]:
    return sorted((folder / aim.folder).glob("*.blob"))


def _sealed(seal: Path, files: Sequence[Path]) -> bool:
    """Whether there are `files`, and they are what was written: `seal` holds their hash."""
    try:
        return bool(files) and seal.read_bytes() == hash_files(files).encode()
    except FileNotFoundError:
        return False


def first_line(error: Exception) -> str:
    """What an error of a library says, short enough to be part of a sentence."""
    return str(error).strip().split("\n", maxsplit=1)[0] or type(error).__name__


def _convert(source: Source, precision: str) -> Any:
    """The OpenVINO model that does what `source` does, whatever the shape of its inputs."""
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
    if precision.startswith(INT8):
        _store_in_int8(model)
    model.validate_nodes_and_infer_types()
    _compare(source, model)
    return model


def to_int8(values: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """`values` (n, k) as 8-bit integers and a scale (n, 1) per row: values ≈ integers * scale."""
    scale = np.abs(values).max(axis=1, keepdims=True) / np.float32(INT8_STEPS)
    scale[scale == 0] = 1.0  # a row of zeros, such as that of the padding token
    return np.rint(values / scale).astype(np.int8), scale


def _store_in_int8(model: Any) -> None:
    """Give each matrix as 8-bit integers with a scale per row: the form OpenVINO multiplies in.

    Nothing changes in value, for the matrices are such multiples; `_compare` sees to it.
    """
    opset = _openvino().opset13
    for node in model.get_ops():
        if node.get_type_name() != "MatMul" or not node.get_attributes()["transpose_b"]:
            continue
        constant = node.input_value(1).get_node()
        if constant.get_type_name() != "Constant" or constant.data.ndim != 2:
            continue
        whole, scale = to_int8(np.asarray(constant.data, dtype=np.float32))
        integers = opset.convert(opset.constant(whole), "f32")
        scaled = opset.multiply(integers, opset.constant(scale))
        node.input(1).replace_source_output(scaled.output(0))


def _write(model: Any, folder: Path) -> None:
    """Write beside `folder` and rename, so that a killed conversion is none. Raises `OSError`."""
    beside = folder.with_suffix(".partial")  # under the lock: nobody else writes there
    shutil.rmtree(beside, ignore_errors=True)  # left by a conversion that was killed
    try:
        beside.mkdir()
        _openvino().save_model(model, beside / "model.xml", compress_to_fp16=False)
        (beside / CONVERTED).write_text(hash_files(_converted_files(beside)), encoding="ascii")
        if folder.exists():  # damaged: its seal does not fit
            shutil.rmtree(folder)
        beside.replace(folder)
    except RuntimeError as error:  # openvino's word for a full disk
        raise OSError(first_line(error)) from error
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
    exact = {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": "0"}
    compiled = _core().compile_model(model, "CPU", exact)
    got = compiled([tensor.numpy() for tensor in ordered])[0]
    worst = float(np.abs(got - expected).max())
    if not worst <= CONVERSION_TOLERANCE:  # NaN too
        raise ConversionError(
            f"the converted model is off by {worst:.2g} from its original, expected at most "
            f"{CONVERSION_TOLERANCE:g}; please report it with the versions of openvino and torch"
        )
