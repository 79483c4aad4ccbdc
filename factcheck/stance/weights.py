"""Weights stored in 8 bits: a quarter of the bytes, and values within half a step of the original.

Every matrix is kept as int8 with one float32 scale per row, so that `row = int8 * scale`; the rest
stays in half precision. `index.inference` multiplies such matrices in 8 bits where the CPU can.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.inference import to_int8

#: Where the scale of tensor `name` is kept.
SCALE = "{name}.scale"
#: Files of quantised weights. The name keeps them from being taken for a Hugging Face checkpoint.
PATTERN = "int8-*.safetensors"

Tensors = dict[str, NDArray[Any]]


def quantise(tensors: Mapping[str, NDArray[np.float32]]) -> Tensors:
    """Store matrices as int8 and everything else as float16."""
    stored: Tensors = {}
    for name, values in tensors.items():
        if values.ndim != 2:
            stored[name] = values.astype(np.float16)
            continue
        stored[name], scale = to_int8(values)
        stored[SCALE.format(name=name)] = scale[:, 0]
    return stored


def dequantise(stored: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """Undo `quantise`, as float32."""
    return {
        name: values.astype(np.float32) * stored[SCALE.format(name=name)][:, None]
        if values.dtype == np.int8
        else values.astype(np.float32)
        for name, values in stored.items()
        if not name.endswith(SCALE.format(name=""))
    }


def quantised_files(folder: Path) -> list[Path]:
    """The files of quantised weights in `folder`, in order; none for other models."""
    return sorted(folder.glob(PATTERN))


def read_quantised(files: list[Path]) -> dict[str, NDArray[np.float32]]:
    """The weights in `files`, as float32."""
    from safetensors.numpy import load_file

    stored: Tensors = {}
    for path in files:
        stored |= load_file(path)
    return dequantise(stored)
