from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import Tokens

ROWS = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=12), max_size=30)


def tokens(rows: list[list[int]]) -> Tokens:
    flat = [token for row in rows for token in row]
    return Tokens(np.array(flat, dtype=np.int64), np.array([len(row) for row in rows], dtype=int))


@given(ROWS, st.integers(1, 40))
def test_batches_hold_every_text_once_within_the_budget(rows: list[list[int]], budget: int) -> None:
    batches = list(tokens(rows).batches(budget))
    assert sorted(i for batch in batches for i in batch) == list(range(len(rows)))
    sizes = [len(rows[i]) for batch in batches for i in batch]
    assert sizes == sorted(sizes, reverse=True)
    for number, batch in enumerate(batches):
        width = max(len(rows[i]) for i in batch)
        assert len(batch) == 1 or len(batch) * width <= budget
        # No batch but the last ends while another text would fit.
        assert number == len(batches) - 1 or (len(batch) + 1) * width > budget


@given(ROWS, st.data())
def test_a_matrix_holds_ids_and_mask(rows: list[list[int]], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=8) if rows else st.just([]))
    ids, mask = tokens(rows).matrix(np.array(chosen, dtype=np.int64), pad=77)
    width = max((len(rows[i]) for i in chosen), default=0)
    assert ids.tolist() == [rows[i] + [77] * (width - len(rows[i])) for i in chosen]
    assert mask.tolist() == [[1] * len(rows[i]) + [0] * (width - len(rows[i])) for i in chosen]


@given(st.lists(ROWS, max_size=3))
def test_parts_are_joined_in_order(parts: list[list[list[int]]]) -> None:
    joined = Tokens.joined([tokens(rows) for rows in parts])
    whole = tokens([row for rows in parts for row in rows])
    assert joined.ids.tolist() == whole.ids.tolist()
    assert joined.lengths.tolist() == whole.lengths.tolist()
