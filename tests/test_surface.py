from __future__ import annotations

import subprocess
import sys
from dataclasses import is_dataclass
from typing import get_args, get_type_hints

import pytest

import factcheck
import index

RECORDS = "factcheck.records"


@pytest.mark.parametrize("package", [factcheck, index])
def test_everything_public_is_listed_in_order_and_can_be_had(package: object) -> None:
    names = package.__all__  # type: ignore[attr-defined]
    assert names == sorted(names)
    assert all(getattr(package, name) is not None for name in names)


def test_check_is_the_function_whatever_was_imported_before() -> None:
    import factcheck.commands
    import factcheck.pipeline

    assert factcheck.check is factcheck.pipeline.check
    assert callable(factcheck.check)


def test_whatever_a_public_record_holds_is_public() -> None:
    kinds = [getattr(factcheck, name) for name in factcheck.__all__]
    records: list[type] = [
        kind
        for kind in kinds
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == RECORDS
    ]
    assert {factcheck.Finding, factcheck.Report, factcheck.Said} <= set(records)
    for record in records:
        for name, hint in get_type_hints(record).items():
            for part in _parts(hint):
                assert part in kinds or part.__module__ != RECORDS, f"{record.__name__}.{name}"


def _parts(hint: object) -> list[type]:
    """The classes a type is made of: `tuple[Span, ...] | None` → tuple, Span, None's."""
    inside = [part for argument in get_args(hint) for part in _parts(argument)]
    return [*inside, hint] if isinstance(hint, type) and not get_args(hint) else inside


def test_importing_the_packages_loads_nothing_heavy() -> None:
    code = (
        "import sys, factcheck, index; "
        "print(sorted({'faiss', 'numpy', 'openvino', 'rich', 'spacy', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
