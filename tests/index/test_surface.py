from __future__ import annotations

import subprocess
import sys

import pytest

import index


def test_all_is_sorted_and_everything_in_it_exists() -> None:
    assert index.__all__ == sorted(index.__all__)
    for name in index.__all__:
        assert getattr(index, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = index.nonsense


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = ("faiss", "numpy", "openvino", "sqlite3", "tantivy", "torch", "trafilatura", "yaml")
    code = f"import sys, index; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_searching_loads_no_torch() -> None:
    heavy = ("torch", "transformers", "spacy", "trafilatura")
    code = f"import sys, index.search; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
