"""A report made again: the same is called the same, and what is not is named."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from factcheck import pipeline
from factcheck import replay as replaying
from factcheck.claims import Extraction
from factcheck.deciding import EVERYTHING, Choice
from factcheck.errors import UsageError
from factcheck.pipeline import Checker, CheckOptions, claims_from
from factcheck.pipeline import given as given_article
from factcheck.records import (
    Article,
    Finding,
    Report,
    Verdict,
)
from factcheck.render.json import report_to_dict
from factcheck.render.replay import replay_to_dict, show_replay
from factcheck.replay import Replay, indexes_of, options_of, replay, verifier_of
from factcheck.reportfile import report_from_dict
from factcheck.sameness import (
    OTHER_ARITHMETIC,
    SAME_ARITHMETIC,
    Change,
    Difference,
    Tolerance,
)
from factcheck.verdict import worst_first
from index import IndexMissing, IndexUsed, ReferenceIndex, build_index
from tests.builders import a_claim
from tests.fakes import ScriptedVerifier, WordEncoder
from tests.render.sample import report as sample

pytestmark = pytest.mark.usefixtures("without_models", "verifier_alone")

PORT, BRIDGE, GRAIN = (
    "The port of Ostrel is deep.",
    "The bridge at Lune is open.",
    "Ostrel shipped 2,500 tonnes of grain.",
)
TEXT = f"{PORT} {BRIDGE}\n{GRAIN}"
DOCUMENTS = {
    "port.txt": "The port of Ostrel is deep. Ships from Varn call there.",
    "bridge.txt": "The bridge at Lune is shut since spring.",
    "grain.txt": "Ostrel shipped grain.",
}
THRESHOLD = 0.6


def verifier(
    port: float = 0.9, bridge: float = 0.8, weights: str = "a", precision: str = "f32"
) -> ScriptedVerifier:
    """Supports the port with `port` and refutes the bridge with `bridge`; silent on the grain."""
    made = ScriptedVerifier(
        {
            (PORT, DOCUMENTS["port.txt"]): (port, 0.02, 0.98 - port),
            (BRIDGE, DOCUMENTS["bridge.txt"]): (0.02, bridge, 0.98 - bridge),
        },
        weights_hash=weights * 64,
    )
    made.precision = precision
    made.name = "careful"
    return made


def build(folder: Path, documents: dict[str, str]) -> ReferenceIndex:
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for name, text in documents.items():
        (corpus / name).write_text(text, encoding="utf-8")
    build_index(folder / "index", [corpus], encoder=WordEncoder())
    return ReferenceIndex.open(folder / "index", WordEncoder())


def split(article: Article) -> Extraction:
    found = [a_claim(text, article.text.index(text)) for text in (PORT, BRIDGE, GRAIN)]
    return Extraction(tuple(found), ())


@pytest.fixture(autouse=True)
def claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims without the models that find them."""
    monkeypatch.setattr(replaying, "split_article", split)
    monkeypatch.setattr(
        pipeline, "score_checkworthiness", lambda texts: np.full(len(texts), 0.5, dtype=np.float32)
    )


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReferenceIndex]:
    with build(tmp_path_factory.mktemp("reference"), DOCUMENTS) as opened:
        yield opened


def checked(
    reference: ReferenceIndex, judge: ScriptedVerifier, choice: Choice = EVERYTHING
) -> tuple[pipeline.Run, list[Finding]]:
    article = Article.from_text(TEXT, "Notes from Ostrel", "2022-03-04")
    found = split(article).claims
    options = CheckOptions(passages=2, relevance=0.1, threshold=THRESHOLD, choice=choice)
    run = Checker(reference, judge, options).run(article, found)
    return run, list(run.findings())


def saved(run: pipeline.Run, findings: list[Finding]) -> Report:
    """The report as it comes back from its file."""
    return report_from_dict(json.loads(json.dumps(report_to_dict(run.report(findings, ())))))


def test_the_same_inputs_give_the_same_findings(reference: ReferenceIndex) -> None:
    report = saved(*checked(reference, verifier()))
    verdicts = [finding.verdict for finding in report.findings]
    assert verdicts == [Verdict.SUPPORTED, Verdict.REFUTED, Verdict.NOT_ENOUGH_EVIDENCE]
    found = replay(report, reference, verifier())
    assert (found.same, found.same_inputs) == (True, True)
    assert (found.inputs, found.findings, found.claims) == ((), (), 3)
    assert found.largest <= 1e-6
    assert found.tolerance == Tolerance(SAME_ARITHMETIC, THRESHOLD)


def test_the_order_of_the_findings_and_a_readers_verdicts_make_no_difference(
    reference: ReferenceIndex,
) -> None:
    run, findings = checked(reference, verifier())
    ordered = worst_first(findings)
    assert ordered != findings
    assert replay(saved(run, ordered), reference, verifier()).findings == ()


def test_an_index_that_changed_is_named_and_so_is_what_it_changes(
    tmp_path: Path, reference: ReferenceIndex
) -> None:
    report = saved(*checked(reference, verifier()))
    denial = {"denial.txt": "The bridge at Lune is open, says the road office of Lune."}
    others = {name: text for name, text in DOCUMENTS.items() if name != "bridge.txt"}
    with build(tmp_path, others | denial) as now:
        found = replay(report, now, verifier())
        assert found.inputs == (Difference("index index", reference.fingerprint, now.fingerprint),)
    assert (found.same, found.same_inputs) == (False, False)
    bridge = {change.what: (change.old, change.new) for change in found.findings}
    assert {change.number for change in found.findings if change.what == "verdict"} == {2}
    assert bridge["verdict"] == ("REFUTED", "NOT_ENOUGH_EVIDENCE")
    assert "bridge.txt at 0" in bridge["evidence"][0]
    assert "denial.txt at 0" in bridge["evidence"][1]


def test_an_index_elsewhere_with_the_same_in_it_is_the_same(
    tmp_path: Path, reference: ReferenceIndex
) -> None:
    report = saved(*checked(reference, verifier()))
    with build(tmp_path, DOCUMENTS) as copy:
        found = replay(report, copy, verifier())
    assert (found.same, found.inputs) == (True, ())


def test_another_verifier_is_named_and_a_little_may_differ(reference: ReferenceIndex) -> None:
    report = saved(*checked(reference, verifier(0.9)))
    found = replay(report, reference, verifier(0.9005, weights="b"))
    assert found.inputs == (Difference("model verifier", "a" * 64, "b" * 64),)
    assert (found.same, found.findings) == (True, ())
    assert found.largest == pytest.approx(0.0005, abs=1e-6)


def test_a_probability_further_away_is_told(reference: ReferenceIndex) -> None:
    report = saved(*checked(reference, verifier(0.9)))
    found = replay(report, reference, verifier(0.87))
    assert not found.same
    assert found.same_inputs
    assert found.findings == (
        Change(1, PORT, "probability in port.txt", "0.9000", "0.8700"),
        Change(1, PORT, "confidence", "0.9000", "0.8700"),
    )


def test_with_another_precision_more_may_differ(reference: ReferenceIndex) -> None:
    report = saved(*checked(reference, verifier(0.9)))
    found = replay(report, reference, verifier(0.88, precision="bf16"))
    assert found.inputs == (Difference("precision verifier", "f32", "bf16"),)
    assert found.tolerance.probability == OTHER_ARITHMETIC
    assert found.same
    assert not replay(report, reference, verifier(0.84, precision="bf16")).same


def test_a_verdict_may_differ_where_a_probability_lies_at_the_threshold(
    reference: ReferenceIndex,
) -> None:
    report = saved(*checked(reference, verifier(0.6004)))
    assert report.findings[0].verdict is Verdict.SUPPORTED
    found = replay(report, reference, verifier(0.5997))
    assert found.same
    assert {change.what: change.tolerated for change in found.findings} == {
        "verdict": True,
        "reason": True,
        "stance of port.txt": True,
    }
    far = replay(report, reference, verifier(0.55))
    assert not far.same
    assert not any(change.tolerated for change in far.findings if change.what == "verdict")


def test_options_come_from_the_report(reference: ReferenceIndex) -> None:
    choice = Choice(sources=("port", "bridge"), excluded=("bridge*",))
    report = saved(*checked(reference, verifier(), choice))
    assert {e.hit.passage.document_id for f in report.findings for e in f.evidence} == {"port.txt"}
    assert options_of(report.manifest) == CheckOptions(2, 0.1, THRESHOLD, choice)
    found = replay(report, reference, verifier())
    assert (found.inputs, found.findings) == ((), ())


def test_searches_of_a_reader_are_made_again(reference: ReferenceIndex) -> None:
    run, findings = checked(reference, verifier())
    before = len(findings[2].evidence)
    findings[2] = run.again(findings[2], "bridge at Lune shut")
    assert len(findings[2].evidence) > before
    report = saved(run, findings)
    assert replay(report, reference, verifier()).findings == ()
    forgotten = replace(findings[2], searches=())
    found = replay(saved(run, [*findings[:2], forgotten]), reference, verifier())
    assert next((change.number, change.what) for change in found.findings) == (3, "evidence")
    assert not found.same


def test_claims_given_directly_are_given_again(reference: ReferenceIndex) -> None:
    texts = [BRIDGE, PORT]
    run = Checker(reference, verifier(), CheckOptions(threshold=THRESHOLD)).run(
        given_article(texts), claims_from(texts)
    )
    findings = list(run.findings())
    report = saved(run, findings[::-1])
    assert report.manifest.settings.given
    found = replay(report, reference, verifier())
    assert (found.inputs, found.findings, found.claims) == ((), (), 2)
    with pytest.raises(UsageError, match="has 1 of the claims that were given, expected all"):
        replay(replace(report, findings=report.findings[:1]), reference, verifier())


def test_a_report_whose_text_was_edited_is_refused(reference: ReferenceIndex) -> None:
    report = saved(*checked(reference, verifier()))
    edited = replace(report, article=replace(report.article, text=TEXT.replace("deep", "dead")))
    with pytest.raises(UsageError, match=r"SHA-256 \w{12}…, expected \w{12}….*not the one"):
        replay(edited, reference, verifier())


def test_a_manifest_without_a_threshold_is_refused() -> None:
    manifest = replace(sample().manifest, thresholds={"relevance": 0.2})
    with pytest.raises(UsageError, match="no threshold stance, expected relevance and stance"):
        options_of(manifest)


def test_the_indexes_are_those_of_the_report_unless_others_are_chosen(tmp_path: Path) -> None:
    used = (IndexUsed("a", str(tmp_path), "1"), IndexUsed("b", str(tmp_path), "2"))
    report = replace(sample(), manifest=replace(sample().manifest, indexes=used))
    assert indexes_of(report) == [tmp_path, tmp_path]
    assert indexes_of(report, [Path("other")]) == [Path("other")]
    for indexes, told in [
        ((IndexUsed("a", str(tmp_path / "gone"), "1"),), "is not at .*gone.*--index INDEX"),
        ((IndexUsed("a", "a\x00b", "1"),), "is not at"),
        ((), "is not named in it"),
    ]:
        with pytest.raises(IndexMissing, match=told):
            indexes_of(replace(report, manifest=replace(report.manifest, indexes=indexes)))


def test_a_report_loads_no_model_that_does_not_ship(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def load(name: str) -> ScriptedVerifier:
        asked.append(name)
        return verifier()

    monkeypatch.setattr(replaying, "load_verifier", load)
    report = sample()
    assert report.manifest.settings.verifier == "careful"
    verifier_of(report)
    verifier_of(report, "fast")
    settings = replace(report.manifest.settings, verifier="someone/model")
    report = replace(report, manifest=replace(report.manifest, settings=settings))
    with pytest.raises(UsageError, match=r"'someone/model', which does not ship.*--verifier NAME"):
        verifier_of(report)
    verifier_of(report, "someone/model")
    assert asked == ["careful", "fast", "someone/model"]


def shown(made: Replay, width: int = 80) -> str:
    file = StringIO()
    show_replay(Console(file=file, width=width, legacy_windows=False, _environ={}), made)
    return file.getvalue()


def test_the_answer_is_shown(reference: ReferenceIndex) -> None:
    report = saved(*checked(reference, verifier()))
    found = replace(replay(report, reference, verifier()), largest=0.00004)
    assert shown(found) == (
        "Notes from Ostrel\n"
        "3 claims checked again\n"
        "\n"
        "The inputs are the same.\n"
        "\n"
        "✓ The findings are the same: probabilities differ by less than 0.0001 (tolerance\n"
        "  0.02).\n"
    )
    assert "differ by 0.0007 at most" in shown(replace(found, largest=0.0007))


def differing() -> Replay:
    return Replay(
        article=Article("x", "Notes from Ostrel"),
        claims=3,
        inputs=(
            Difference("index lake", "3f" * 32, ""),
            Difference("setting passages", "4", "6"),
        ),
        findings=(
            Change(2, BRIDGE, "verdict", "REFUTED", "NOT_ENOUGH_EVIDENCE"),
            Change(2, BRIDGE, "reason", "", "nothing_found"),
            Change(2, BRIDGE, "stance of a.md", "REFUTES", "NEI", tolerated=True),
            Change(0, GRAIN, "claim", "", "SUPPORTED"),
            Change(0, PORT, "claim", "", "REFUTED"),
        ),
        tolerance=Tolerance(0.05, 0.6),
        largest=0.2,
    )


def test_what_differs_is_shown() -> None:
    assert shown(differing()) == (
        "Notes from Ostrel\n"
        "3 claims checked again\n"
        "\n"
        "The inputs are not the same:\n"
        "  · index lake: 3f3f3f3f3f3f in the report, none now\n"
        "  · setting passages: 4 in the report, 6 now\n"
        "\n"
        "✗ The findings are not the same: 1 finding of the report and 2 claims that it\n"
        "  does not have (tolerance 0.05). With other inputs that is to be expected.\n"
        "\n"
        "claim 2 · The bridge at Lune is open.\n"
        "  ≠ verdict: refuted in the report, not enough evidence now\n"
        "  ≠ reason: none in the report, nothing found now\n"
        "  ≠ stance of a.md: refutes in the report, neutral now, which rounding can tip\n"
        "\n"
        "a new claim · Ostrel shipped 2,500 tonnes of grain.\n"
        "  ≠ claim: none in the report, supported now\n"
        "\n"
        "a new claim · The port of Ostrel is deep.\n"
        "  ≠ claim: none in the report, refuted now\n"
    )


def test_what_rounding_tipped_is_called_the_same() -> None:
    tipped = Change(1, PORT, "verdict", "SUPPORTED", "NOT_ENOUGH_EVIDENCE", tolerated=True)
    text = shown(replace(differing(), inputs=(), findings=(tipped,)))
    assert "✓ The findings are the same but for what rounding can tip:" in text


def test_a_replay_shows_text_inert() -> None:
    evil = "\x1b[2J[bold]x[/] \u202e" + "y" * 500
    change = Change(1, evil, f"stance of {evil}", evil, evil)
    made = replace(
        differing(),
        article=Article("x", evil, evil),
        inputs=(Difference(evil, evil, evil),),
        findings=(change, replace(change, number=0)),
    )
    for width in (40, 80):
        text = shown(made, width)
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)
        assert "[bold]x[/]" in text
        assert all(len(line) <= width for line in text.split("\n"))


def test_a_replay_as_json() -> None:
    data = json.loads(json.dumps(replay_to_dict(differing())))
    assert data["same"] is data["same_inputs"] is False
    assert (data["claims"], data["tolerance"], data["largest_difference"]) == (3, 0.05, 0.2)
    assert data["inputs"][1] == {"what": "setting passages", "old": "4", "new": "6"}
    assert data["findings"][0] == {
        "number": 2,
        "claim": BRIDGE,
        "what": "verdict",
        "old": "REFUTED",
        "new": "NOT_ENOUGH_EVIDENCE",
        "tolerated": False,
    }
    assert data["findings"][3]["number"] is None
