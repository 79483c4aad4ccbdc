from __future__ import annotations

import pytest

from factcheck.citation import page_name, spoken_date


@pytest.mark.parametrize(
    ("iso", "spoken"),
    [
        ("2022-03-03", "3 March 2022"),
        ("2022-03", "March 2022"),
        ("2022", "2022"),
        ("last spring", "last spring"),
        ("2022-13-40", "2022-13-40"),
    ],
)
def test_spoken_date(iso: str, spoken: str) -> None:
    assert spoken_date(iso) == spoken


def test_page_name() -> None:
    assert [page_name(label) for label in (None, "", "12", "row 7")] == ["", "", "p. 12", "row 7"]
