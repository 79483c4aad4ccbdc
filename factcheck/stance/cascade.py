"""Two verifiers in a row: a quick one reads everything, a careful one what may matter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factcheck.stance.verifier import NEI, Pair, Rows, Verifier


@dataclass(frozen=True)
class CascadeVerifier:
    """Judges with `careful` whatever `quick` is not sure decides nothing.

    A pair goes on to the careful verifier while the quick one's probability of NEI is at most
    `cut`, in (0, 1]; of the others the quick one's own row is the answer.
    """

    name: str
    quick: Verifier
    careful: Verifier
    cut: float

    @property
    def weights_hash(self) -> str:
        """SHA-256 (hex) of both models and the cut."""
        parts = f"{self.quick.weights_hash} {self.careful.weights_hash} {self.cut}"
        return hashlib.sha256(parts.encode()).hexdigest()

    @property
    def threshold(self) -> float:
        """The careful verifier's: the quick one's rows, where they stay, are nearly all NEI."""
        return self.careful.threshold

    @property
    def precision(self) -> str:
        """The arithmetic in use."""
        return self.careful.precision

    @property
    def headed(self) -> bool:
        """Whether the careful verifier knows evidence with its source in front."""
        return self.careful.headed

    def passes(self, rows: Rows) -> NDArray[np.bool_]:
        """Which of the quick verifier's `rows` (n, 3) deserve a careful reading, shape (n,)."""
        return rows[:, NEI] <= self.cut

    def predict(self, pairs: Sequence[Pair]) -> Rows:
        """Calibrated rows SUPPORTS, REFUTES, NEI, shape (n, 3)."""
        rows = self.quick.predict(pairs).copy()
        passed = self.passes(rows)
        doubtful = [pair for pair, goes_on in zip(pairs, passed, strict=True) if goes_on]
        rows[passed] = self.careful.predict(doubtful)
        return rows
