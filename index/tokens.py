"""Tokenised texts as flat arrays, and the batches they are read in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Encoding


@dataclass(frozen=True, slots=True)
class Tokens:
    """n tokenised texts: their `ids` one after the other, and how many each has, `lengths` (n,)."""

    ids: NDArray[np.int64]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[Encoding]) -> Tokens:
        """What a tokenizer gave, without the offsets and words that make up most of its size."""
        lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        each = chain.from_iterable(row.ids for row in rows)
        return cls(np.fromiter(each, dtype=np.int64, count=int(lengths.sum())), lengths)

    @classmethod
    def joined(cls, parts: Sequence[Tokens]) -> Tokens:
        """The texts of all parts, in their order."""
        empty = np.empty(0, dtype=np.int64)
        return cls(
            np.concatenate([empty, *(part.ids for part in parts)]),
            np.concatenate([empty, *(part.lengths for part in parts)]),
        )

    def __len__(self) -> int:
        return len(self.lengths)

    def batches(self, budget: int) -> Iterator[NDArray[np.int64]]:
        """The texts' positions in batches of like length, the longest first.

        A batch, padding included, holds at most `budget` tokens, unless it is one text.
        """
        order = np.argsort(-self.lengths, kind="stable")
        start = 0
        while start < len(order):
            rows = max(1, budget // max(1, int(self.lengths[order[start]])))
            yield order[start : start + rows]
            start += rows

    def matrix(
        self, positions: NDArray[np.int64], pad: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Ids and attention mask, each (rows, longest), of the texts at `positions`."""
        lengths = self.lengths[positions]
        first = (np.cumsum(self.lengths) - self.lengths)[positions]
        column = np.arange(lengths.max(initial=0))
        mask = column < lengths[:, None]
        ids = np.full(mask.shape, pad, dtype=np.int64)
        ids[mask] = self.ids[(first[:, None] + column)[mask]]
        return ids, mask.astype(np.int64)
