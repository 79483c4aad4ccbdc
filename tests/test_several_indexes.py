"""A check against several indexes: an id may stand in two of them, and is two documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from factcheck import pipeline
from factcheck.deciding import Choice, Gate
from factcheck.pipeline import Checker, CheckOptions, check_claims, claims_from, given
from factcheck.records import Excluded, Finding, Said, SaidStatus, Stance, Verdict
from factcheck.speaking import Sources
from factcheck.verdict import decide, ranked, voices
from index import Reference, Span, build_index, open_all
from tests.builders import a_hit, some_evidence
from tests.fakes import WordEncoder, WordVerifier

pytestmark = pytest.mark.usefixtures("without_models", "verifier_alone")

CLAIM = "the bridge at lune is open."
ARTICLE = (
    "The harbour of Ostrel will close its northern basin for two years from next spring, the board "
    "announced on Monday. Ships from Varn will be sent to the old quay meanwhile, where the cranes "
    "date from before the war."
)


@pytest.fixture(autouse=True)
def no_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pipeline, "score_checkworthiness", lambda texts: np.full(len(texts), 0.5, dtype=np.float32)
    )


def indexed(folder: Path, **texts: dict[str, str]) -> Reference:
    """Indexes of these documents, opened as one."""
    paths = []
    for name, documents in texts.items():
        corpus = folder / "corpora" / name
        corpus.mkdir(parents=True)
        for document, text in documents.items():
            (corpus / document).write_text(text, encoding="utf-8")
        build_index(folder / name, [corpus], encoder=WordEncoder())
        paths.append(folder / name)
    return open_all(paths, WordEncoder())


def test_two_documents_of_one_id_both_speak(tmp_path: Path) -> None:
    press = {"1.txt": "The bridge at Lune is open. It has two lanes."}
    laws = {"1.txt": "The bridge at Lune is not open. Contrary to rumour."}
    with indexed(tmp_path, press=press, laws=laws) as reference:
        (finding,) = check_claims([CLAIM], reference, WordVerifier())
    assert finding.verdict is Verdict.CONFLICTING
    assert {(item.hit.index, item.stance) for item in finding.evidence} == {
        ("press", Stance.SUPPORTS),
        ("laws", Stance.REFUTES),
    }
    assert {item.hit.passage.document_id for item in finding.evidence} == {"1.txt"}


def test_the_manifest_names_the_indexes(tmp_path: Path) -> None:
    with indexed(tmp_path, press={"1.txt": "A port."}, laws={"1.txt": "A law."}) as reference:
        manifest = Checker(reference, WordVerifier()).manifest(given([CLAIM]))
        assert manifest.indexes == reference.members
        assert manifest.index_fingerprint == reference.fingerprint
    assert [used.name for used in manifest.indexes] == ["press", "laws"]
    assert manifest.index_fingerprint not in {used.fingerprint for used in manifest.indexes}


def test_a_copy_of_the_article_is_known_in_the_index_it_stands_in(tmp_path: Path) -> None:
    own, other = {"a.txt": ARTICLE}, {"a.txt": "The bridge at Lune is open."}
    with indexed(tmp_path, press=own, laws=other) as reference:
        (hits,) = reference.search([ARTICLE])
        gate = Gate(reference, ARTICLE)
        passing = {hit.index: gate.lets_through(hit) for hit in hits}
        again = {hit.index: gate.lets_through(hit) for hit in reversed(hits)}
    assert passing == again == {"press": False, "laws": True}
    assert gate.record() == (Excluded("a.txt", "the article itself, or a copy of it", "press"),)


def test_a_choice_looks_at_each_of_two_documents_of_one_id(tmp_path: Path) -> None:
    heads = {name: f"---\ntitle: {name}\n---\nThe bridge at Lune is open." for name in "xy"}
    with indexed(tmp_path, one={"a.md": heads["x"]}, two={"a.md": heads["y"]}) as reference:
        options = CheckOptions(choice=Choice(excluded=("y",)))
        (finding,) = check_claims([CLAIM], reference, WordVerifier(), options)
    assert [(item.hit.index, item.hit.title) for item in finding.evidence] == [("one", "x")]


def test_a_search_again_adds_the_other_document_of_the_same_id(tmp_path: Path) -> None:
    texts = {"1.txt": "The bridge at Lune is open."}, {"1.txt": "Zebras say the bridge is shut."}
    with indexed(tmp_path, press=texts[0], laws=texts[1]) as reference:
        options = CheckOptions(passages=1)
        run = Checker(reference, WordVerifier(), options).run(given([CLAIM]), claims_from([CLAIM]))
        (finding,) = run.findings()
        more = run.again(finding, "zebras say the bridge is shut")
        same = run.again(more, "zebras say the bridge is shut")

    def places(found: Finding) -> set[tuple[str, str]]:
        return {(item.hit.index, item.hit.passage.document_id) for item in found.evidence}

    assert places(finding) == {("press", "1.txt")}
    assert places(more) == places(same) == {("press", "1.txt"), ("laws", "1.txt")}
    assert len(same.evidence) == 2


@pytest.mark.models
def test_each_is_read_for_its_own_speakers() -> None:
    sources = Sources()
    one = a_hit("“We are closing,” said Ida Roe.")
    two = replace(a_hit("“We are closing,” said Jon Pell."), index="laws")
    assert sources.speaker_at(one, Span(0, 16)) == "Ida Roe"
    assert sources.speaker_at(two, Span(0, 16)) == "Jon Pell"


def test_one_id_in_two_indexes_is_two_voices() -> None:
    one = some_evidence(0.9, 0.05, text="The port is deep, the harbour master says.")
    two = some_evidence(0.05, 0.9, text="No ship has called at the shallow port since May.")
    elsewhere = replace(two, hit=replace(two.hit, index="laws"))
    assert len(voices([one, two])) == 1
    assert voices([one, elsewhere]) == [elsewhere, one]


def test_another_document_of_the_same_id_may_overrule_that_it_was_said() -> None:
    said = Said(SaidStatus.VERBATIM, "ostrel.md", 0, 43, "Ida Roe", "press")
    quoting, other = some_evidence(0.4, 0.3), some_evidence(0.02, 0.95)
    quoting = replace(quoting, hit=replace(quoting.hit, index="press"))
    elsewhere = replace(other, hit=replace(other.hit, index="laws"))
    same = replace(other, hit=replace(other.hit, index="press"))
    assert decide([quoting, elsewhere], said).verdict is Verdict.REFUTED
    assert decide([quoting, same], said).verdict is Verdict.SUPPORTED
    assert ranked([elsewhere, quoting], said) == (quoting, elsewhere)
