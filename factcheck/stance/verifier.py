"""What every verifier does, and the shape of what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.records import Stance

#: The order of the columns of every probability array.
STANCES = (Stance.SUPPORTS, Stance.REFUTES, Stance.NEI)
NEI = STANCES.index(Stance.NEI)

#: A claim and a text that may bear on it.
Pair = tuple[str, str]
#: Probabilities or logits (n, 3), columns in the order of `STANCES`.
Rows = NDArray[np.float32]


class Verifier(Protocol):
    """Judges claims against evidence."""

    @property
    def name(self) -> str:
        """The model's name or folder."""

    @property
    def weights_hash(self) -> str:
        """SHA-256 (hex) of everything that shapes the probabilities."""

    @property
    def precision(self) -> str:
        """Arithmetic in use, such as `"bf16"`."""

    @property
    def threshold(self) -> float:
        """The least probability in (0, 1] at which it is believed where it judges alone."""

    @property
    def headed(self) -> bool:
        """Whether it knows evidence with its source in front, as `placing.headed` puts it."""

    def predict(self, pairs: Sequence[Pair]) -> Rows:
        """Calibrated rows SUPPORTS, REFUTES, NEI, shape (n, 3), for (claim, evidence) pairs."""


def most_decisive(rows: Rows) -> int:
    """The row with least NEI: of several readings of a text, the one that speaks for it."""
    return int(rows[:, NEI].argmin())


def pooled(rows: Rows) -> Rows:
    """Several distributions (n, 3) as one (3,): their geometric mean, scaled to sum to 1.

    The logarithmic opinion pool (Genest and Zidek 1986, https://doi.org/10.1214/ss/1177013825).
    """
    logs: Rows = np.log(rows.clip(1e-6)).mean(axis=0, keepdims=True)
    one: Rows = softmax(logs)[0]
    return one


def softmax(logits: Rows) -> Rows:
    """Rows of `logits` (n, k) as distributions: `[[0, 0]]` → `[[0.5, 0.5]]`."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
