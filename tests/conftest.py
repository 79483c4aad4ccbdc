from __future__ import annotations

import os
import signal
import threading

import pytest

from tests.builders import VERIFIER_ALONE
from tests.fakes import WordEncoder, WordVerifier, no_grammar

if threading.current_thread() is threading.main_thread():
    # A shell starts what runs in its background with Ctrl-C ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that the other process has something left to take over."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True)
def no_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever whoever runs the tests has configured for themselves does not count."""
    monkeypatch.setenv("FACTCHECK_CONFIG", os.devnull)
    monkeypatch.delenv("FACTCHECK_INDEX", raising=False)


@pytest.fixture
def verifier_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that leaves the verifier's probabilities as they are, whatever the fitted one does."""
    monkeypatch.setattr("factcheck.verdict.RULE", VERIFIER_ALONE)


@pytest.fixture
def without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """No syntax pipeline: numbers and dates are compared, names and roles are not. No encoder."""
    monkeypatch.setattr("factcheck.pipeline.load_encoder", WordEncoder)
    monkeypatch.setattr("factcheck.pipeline.parse", no_grammar)
    monkeypatch.setattr("factcheck.stance.judge.parse", no_grammar)


@pytest.fixture
def faked(monkeypatch: pytest.MonkeyPatch, without_models: None, verifier_alone: None) -> None:  # noqa: ARG001
    """No model: words are vectors, and the verifier of the pipeline's tests judges."""
    from factcheck import pipeline

    monkeypatch.setattr("factcheck.commands.checking.load_verifier", lambda _: WordVerifier())
    monkeypatch.setattr(pipeline, "score_checkworthiness", lambda texts: [0.5] * len(texts))
    monkeypatch.setattr("index.search.load_encoder", lambda _, **_so: WordEncoder())
    monkeypatch.setattr("index.several.load_encoder", lambda _, **_so: WordEncoder())
    monkeypatch.setenv("COLUMNS", "100")
