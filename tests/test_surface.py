from __future__ import annotations

import subprocess
import sys

import pytest

import factcheck
import index


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


def test_importing_the_packages_loads_nothing_heavy() -> None:
    code = (
        "import sys, factcheck, index; "
        "print(sorted({'faiss', 'numpy', 'openvino', 'rich', 'spacy', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
