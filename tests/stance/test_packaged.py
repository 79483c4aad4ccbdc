from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from factcheck.errors import ModelError
from factcheck.stance import load_verifier, packaged
from factcheck.stance.cascade import CascadeVerifier


def test_the_default_is_the_careful_cascade() -> None:
    verifier = load_verifier()
    assert isinstance(verifier, CascadeVerifier)
    assert verifier.name == "careful"
    assert verifier.weights_hash == load_verifier("careful").weights_hash
    assert load_verifier("fast").weights_hash == verifier.quick.weights_hash


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"cut": 0.5}, "reinstall"),  # another cut is another verifier
        ({}, "the cut None"),
        ({"cut": 1.5}, "the cut 1.5"),
        ({"cut": "high"}, "the cut 'high'"),
    ],
)
def test_a_changed_cascade_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: object, sentence: str
) -> None:
    shutil.copytree(packaged.PACKAGED, tmp_path / "verifier")
    (tmp_path / "verifier" / "cascade.json").write_text(json.dumps(content))
    monkeypatch.setattr(packaged, "PACKAGED", tmp_path / "verifier")
    with pytest.raises(ModelError, match=sentence):
        load_verifier()
