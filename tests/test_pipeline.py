from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from factcheck import pipeline
from factcheck.claims import Extraction
from factcheck.errors import UsageError
from factcheck.pipeline import Checker, CheckOptions, check_claims, claims_from
from factcheck.records import Abstention, Article, Finding, Stance, Verdict
from index import ReferenceIndex, build_index
from tests.builders import a_claim
from tests.fakes import WordEncoder


class WordVerifier:
    """Supports what has a passage with all the claim's words; refutes where "not" is added.

    `batches` records how many pairs each call judged.
    """

    name = "words"
    weights_hash = "1" * 64
    precision = "exact"
    threshold = 0.6

    def __init__(self) -> None:
        self.batches: list[int] = []

    def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        self.batches.append(len(pairs))
        return np.array([self._row(*pair) for pair in pairs], dtype=np.float32).reshape(-1, 3)

    @staticmethod
    def _row(claim: str, evidence: str) -> tuple[float, float, float]:
        words, found = set(claim.lower().split()), set(evidence.lower().split())
        if not words <= found:
            return 0.1, 0.1, 0.8
        return (0.05, 0.9, 0.05) if "not" in found else (0.9, 0.05, 0.05)


@pytest.fixture
def reference(tmp_path: Path) -> Iterator[ReferenceIndex]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "port.txt").write_text("The port of Ostrel is deep. Ships from Varn call there.")
    (corpus / "denial.txt").write_text("Contrary to rumour the bridge at Lune is not open.")
    (corpus / "bridge.txt").write_text("The bridge at Lune is open.")
    encoder = WordEncoder()
    build_index(tmp_path / "index", [corpus], encoder=encoder)
    with ReferenceIndex.open(tmp_path / "index", encoder) as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check-worthiness needs the packaged encoder; these tests do not look at it."""
    monkeypatch.setattr(
        pipeline, "score_checkworthiness", lambda texts: np.full(len(texts), 0.5, dtype=np.float32)
    )


def test_claims_given_directly_get_one_finding_each_in_order(reference: ReferenceIndex) -> None:
    supported, conflicting, unknown = check_claims(
        ["the port of ostrel is deep.", "bridge at lune is", "zebras graze at dusk"],
        reference,
        WordVerifier(),
    )
    assert supported.verdict is Verdict.SUPPORTED
    assert supported.evidence[0].sentence_text == "The port of Ostrel is deep."
    assert supported.why == "Supported: port says so."
    assert conflicting.verdict is Verdict.CONFLICTING
    assert {e.stance for e in conflicting.evidence[:2]} == {Stance.SUPPORTS, Stance.REFUTES}
    assert unknown.verdict is Verdict.NOT_ENOUGH_EVIDENCE


def test_nothing_relevant_is_nothing_found_and_costs_no_verification(
    reference: ReferenceIndex,
) -> None:
    verifier = WordVerifier()
    options = CheckOptions(relevance=99.0)
    (finding,) = check_claims(["the port of ostrel is deep."], reference, verifier, options)
    assert finding.reason is Abstention.NOTHING_FOUND
    assert sum(verifier.batches) == 0


def test_the_first_finding_is_known_after_its_own_claim_alone(reference: ReferenceIndex) -> None:
    verifier = WordVerifier()
    claims = claims_from([f"the port of ostrel is deep. {n}" for n in range(20)])
    findings = Checker(reference, verifier).findings(claims)
    next(findings)
    assert len(verifier.batches) == 1
    assert len(list(findings)) == 19
    assert len(verifier.batches) == 4
    first, second, third, last = verifier.batches
    assert first <= second // 8 + 1
    assert second == third
    assert last < third


def test_a_finding_does_not_depend_on_its_neighbours(reference: ReferenceIndex) -> None:
    texts = ["the port of ostrel is deep.", "bridge at lune is", "ships from varn call there."]
    together = check_claims(texts, reference, WordVerifier())
    alone = [check_claims([text], reference, WordVerifier())[0] for text in texts]

    def key(finding: Finding) -> tuple[object, ...]:
        return finding.verdict, finding.evidence, finding.confidence, finding.why

    assert [key(f) for f in together] == [key(f) for f in alone]


def test_given_claims_are_sliced_from_their_join() -> None:
    claims = claims_from(["Ünë.", "Two 🐟."])
    joined = "Ünë.\nTwo 🐟."
    assert [joined[c.start : c.end] for c in claims] == ["Ünë.", "Two 🐟."]
    assert claims_from([]) == []


def test_a_claim_that_is_no_unicode_is_read_as_far_as_it_is(reference: ReferenceIndex) -> None:
    (finding,) = check_claims(["the port \ud800of ostrel is deep."], reference, WordVerifier())
    assert finding.claim.text == "the port \ud800of ostrel is deep."
    assert finding.claim.standalone == "the port \ufffdof ostrel is deep."


def test_a_blank_claim_is_refused() -> None:
    with pytest.raises(UsageError, match="claim 2 is blank"):
        claims_from(["One.", " \n"])


def test_a_report_holds_findings_skipped_and_what_they_depend_on(
    reference: ReferenceIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "The port of Ostrel is deep."
    monkeypatch.setattr(pipeline, "split_article", lambda _: Extraction((a_claim(text),), ()))
    verifier = WordVerifier()
    report = pipeline.check(Article.from_text(text), reference, verifier)
    assert [f.verdict for f in report.findings] == [Verdict.SUPPORTED]
    manifest = report.manifest
    assert manifest.index_fingerprint == reference.fingerprint
    assert manifest.models == {
        "encoder": WordEncoder().weights_hash,
        "verifier": verifier.weights_hash,
    }
    assert manifest.thresholds == {"relevance": CheckOptions().relevance, "stance": 0.6}
    # printf 'The port of Ostrel is deep.' | sha256sum
    assert manifest.article_hash == (
        "64c16a757b61954a0726bd7aa5fd1408dc474e6f28f069c3441acd24586e6404"
    )
