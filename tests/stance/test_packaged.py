from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from factcheck.errors import ModelError
from factcheck.stance import load_verifier, packaged


def test_the_default_is_the_careful_one() -> None:
    verifier = load_verifier()
    assert verifier.name == "careful"
    assert verifier.weights_hash == load_verifier("careful").weights_hash
    assert load_verifier("fast").weights_hash != verifier.weights_hash


def test_a_changed_verifier_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(packaged.PACKAGED, tmp_path / "verifier")
    path = tmp_path / "verifier" / "careful" / "calibration.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"temperature": 9.0}), encoding="utf-8")
    monkeypatch.setattr(packaged, "PACKAGED", tmp_path / "verifier")
    with pytest.raises(ModelError, match="reinstall factcheck-desk"):
        load_verifier()
    assert load_verifier("fast").name == "fast"
