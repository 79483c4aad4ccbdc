"""How a model's outputs become probabilities, and from where on they are believed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.errors import ModelError
from factcheck.stance.verifier import Rows, softmax

#: The window, in tokens, of a model that brings no calibration.
WINDOW = 256
#: A claim gets half of the window and its passage the rest: fewer tokens hold neither.
MIN_WINDOW = 16


@dataclass(frozen=True)
class Calibration:
    """Probabilities are softmax(logits / `temperature`).

    Where a verifier judges alone, as in its benchmarks, they are believed from `threshold` on; a
    check weighs them with other signs, and believes the rule (`factcheck.rule`).
    The temperature is fitted on development data (Guo et al. 2017, arXiv:1706.04599). `max_tokens`
    is the window the model reads at once, and `headed` says that it was trained on evidence with
    its source in front (`factcheck.stance.placing.headed`).
    """

    temperature: float = 1.0
    threshold: float = 0.5
    max_tokens: int = WINDOW
    headed: bool = False

    def apply(self, logits: Rows) -> Rows:
        """Probabilities (n, 3) of `logits` (n, 3)."""
        return softmax(logits / np.float32(self.temperature))


def read_calibration(path: Path, window: int = WINDOW) -> Calibration:
    """The calibration in `path`; without the file a model is taken as it is.

    `window` is then its `max_tokens`. Raises `ModelError` when the file is not a calibration.
    """
    if not path.is_file():
        return Calibration(max_tokens=window)
    content = read_json(path)
    try:
        found = Calibration(
            float(content["temperature"]),
            float(content["threshold"]),
            int(content["max_tokens"]),
            content.get("headed", False) is True,
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ModelError(
            f"{path} is incomplete ({error!r}), expected temperature, threshold and max_tokens; "
            "restore the file"
        ) from error
    used = np.float32(found.temperature)
    if not (
        np.isfinite(used)
        and used > 0
        and 0 < found.threshold <= 1
        and found.max_tokens >= MIN_WINDOW
    ):
        raise ModelError(
            f"{path} holds {found}, expected a temperature above 0, a threshold in (0, 1] and a "
            f"window of {MIN_WINDOW} tokens and more; restore the file"
        )
    return found


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in `path`. Raises `ModelError`."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} cannot be read as JSON ({error}); restore the file") from error
    if not isinstance(content, dict):
        raise ModelError(
            f"{path} holds a {type(content).__name__}, expected a JSON object; restore the file"
        )
    return content
