from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from factcheck import pipeline
from factcheck.claims import Extraction
from factcheck.deciding import EVERYTHING, Choice
from factcheck.errors import UsageError
from factcheck.mismatch import Comparison, Proposal
from factcheck.pipeline import (
    Checker,
    CheckOptions,
    check_claims,
    claims_from,
    given,
    weighed,
    when,
)
from factcheck.records import (
    Abstention,
    Article,
    Claim,
    ClaimKind,
    Dated,
    Excluded,
    Finding,
    Mismatch,
    Probabilities,
    SaidStatus,
    Stance,
    Verdict,
)
from factcheck.rewriting import Edit, rewrite
from factcheck.rule import THRESHOLD
from factcheck.stance import Reading
from factcheck.verdict import Difference, Signs
from index import ReferenceIndex, Span, build_index
from tests.builders import a_claim, a_hit
from tests.fakes import ScriptedVerifier, WordEncoder, WordVerifier

pytestmark = pytest.mark.usefixtures("without_models", "verifier_alone")


@pytest.fixture
def reference(tmp_path: Path) -> Iterator[ReferenceIndex]:
    documents = {
        "port.txt": "The port of Ostrel is deep. Ships from Varn call there.",
        "denial.txt": "Contrary to rumour the bridge at Lune is not open.",
        "bridge.txt": "The bridge at Lune is open.",
    }
    with indexed(tmp_path, documents) as opened:
        yield opened


def indexed(folder: Path, documents: dict[str, str]) -> ReferenceIndex:
    """An index of these files that no model was needed for."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in documents.items():
        (corpus / name).write_text(text, encoding="utf-8")
    encoder = WordEncoder()
    build_index(folder / "index", [corpus], encoder=encoder)
    return ReferenceIndex.open(folder / "index", encoder)


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
    texts = [f"the port of ostrel is deep. {n}" for n in range(20)]
    findings = Checker(reference, verifier).findings(given(texts), claims_from(texts))
    next(findings)
    first = sum(verifier.batches)
    assert 0 < first <= 12  # four passages of one or two sentences, each read whole too
    assert len(list(findings)) == 19
    pairs = iter(verifier.batches)  # of every batch the claims as they are, then rewritten
    sizes = [own + rewritten for own, rewritten in zip(pairs, pairs, strict=True)]
    assert len(sizes) == 4
    assert sizes[0] == first
    assert sizes[1] == sizes[2] == 8 * first
    assert sizes[3] == 3 * first


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
    assert manifest.thresholds == {"relevance": CheckOptions().relevance, "stance": THRESHOLD}
    # printf 'The port of Ostrel is deep.' | sha256sum
    assert manifest.article_hash == (
        "64c16a757b61954a0726bd7aa5fd1408dc474e6f28f069c3441acd24586e6404"
    )


def test_the_threshold_is_the_rules_or_the_users(reference: ReferenceIndex) -> None:
    text = "The port of Ostrel is deep."
    passage = f"{text} Ships from Varn call there."
    verifier = ScriptedVerifier({passage: (0.7, 0.1, 0.2)})
    for threshold, verdict in [(None, Verdict.SUPPORTED), (0.75, Verdict.NOT_ENOUGH_EVIDENCE)]:
        (finding,) = check_claims([text], reference, verifier, CheckOptions(threshold=threshold))
        assert finding.verdict is verdict
        assert finding.evidence[0].probabilities.supports == pytest.approx(0.7)
    assert finding.reason is Abstention.BELOW_THRESHOLD


@pytest.mark.parametrize(
    ("statement", "published", "written", "expected"),
    [
        ("The wall opened in 2019.", "2018-06-01", None, Dated.BEFORE),
        ("The wall opened in 2019.", "2018-08-01", None, Dated.NEAR),
        ("The wall opened in 2019.", "2019-05-05", None, Dated.NEAR),
        ("The wall opened in 2019.", "2020-06-01", None, Dated.NEAR),
        ("The wall opened in 2019.", "2020-07-15", None, Dated.AFTER),
        ("The wall opened in 2019.", "2020-07-15", "2020-05-01", Dated.NEAR),
        ("The wall opened in 2019.", None, "2020-05-01", Dated.UNKNOWN),
        ("The wall opened in 2019.", "last spring", "2020-05-01", Dated.UNKNOWN),
        ("The wall is closed.", "2020-05-01", None, Dated.UNKNOWN),
        ("The wall is closed.", "2020-05-01", "2020-04-01", Dated.NEAR),
        ("The wall is closed.", "2019-05-01", "2020-04-01", Dated.BEFORE),
        ("The wall is closed.", "2021-05-01", "2020-04-01", Dated.AFTER),
        ("The wall is closed.", "2021-05", "2020-04", Dated.AFTER),
        ("The wall is closed.", "2021", "2021-02-01", Dated.NEAR),
        ("From 1990 to 2010 it stood.", "1999-01-01", None, Dated.NEAR),
        ("The wall opened on 3 May.", "2020-05-09", None, Dated.UNKNOWN),  # of no year
        ("Postcodes 2000-9999 are rural.", "2005-01-01", None, Dated.NEAR),  # the calendar's end
        ("It fell 202 decades ago.", "2021-01-01", "2021-01-01", Dated.NEAR),  # and its start
    ],
)
def test_when_evidence_was_published(
    statement: str, published: str | None, written: str | None, expected: Dated
) -> None:
    assert when(a_claim(statement), published, written) is expected


def _reading(
    probabilities: tuple[float, float, float], published: str | None = "2022-03-03"
) -> Reading:
    hit = a_hit(published=published)
    signs = Signs(Probabilities(*probabilities), (), 0, 0, 0.5, hit.score)
    return Reading(hit, Span(0, hit.passage.end), signs, Comparison((), (), ()))


@pytest.mark.parametrize(
    ("statement", "published", "stance"),
    [
        ("The bridge has not yet opened.", "2022-03-03", Stance.NEI),
        ("The bridge is still closed.", "2022-03-03", Stance.NEI),
        ("Nobody has crossed so far.", "2022-03-03", Stance.NEI),
        ("The bridge has not yet opened.", "2021-03-03", Stance.REFUTES),  # at the time
        ("The bridge has not yet opened.", None, Stance.REFUTES),
        ("The bridge is closed.", "2022-03-03", Stance.REFUTES),
    ],
)
def test_what_had_not_happened_yet_is_not_refuted_by_what_happened_since(
    statement: str, published: str | None, stance: Stance
) -> None:
    against = _reading((0.05, 0.9, 0.05), published)
    item = weighed(a_claim(statement), against, 0.5, "2021-03-01")
    assert item.stance is stance
    assert item.probabilities.refutes == pytest.approx(0.9)
    supporting = weighed(a_claim(statement), _reading((0.9, 0.05, 0.05)), 0.5, "2021-03-01")
    assert supporting.stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("refutes", "after", "shown"), [(0.9, 0.9, 1), (0.9, 0.1, 0), (0.45, 0.9, 0)]
)
def test_what_differs_is_named_where_a_passage_refutes_and_has_it(
    refutes: float, after: float, shown: int
) -> None:
    statement = "The harbour handled 5,200 tonnes."
    plain = _reading((0.1, refutes, 0.9 - refutes))
    at = statement.index("5,200")
    proposal = Proposal("number", Span(at, at + 5), Span(0, 5), "5,200", "2,500", statement)
    said = Probabilities(0.1, 0.8, 0.1), Probabilities(after, 0.95 - after, 0.05)
    says = Difference("number", *said)
    reading = replace(
        plain,
        signs=replace(plain.signs, differences=(says,)),
        comparison=Comparison((), (proposal,), ()),
    )
    item = weighed(a_claim(statement), reading, 0.5, None)
    assert item.stance is (Stance.REFUTES if refutes > 0.5 else Stance.NEI)
    assert len(item.mismatches) == shown


ARTICLE = (
    "Ostrel, 4 March 2022. The harbour board met on Thursday in the old customs house. It handled "
    "5,200 tonnes of grain last year, a record for any port on this coast since the war. The "
    "bridge at Lune is to be rebuilt with money from the province before the next harvest comes in."
)


def _grain_claim() -> Claim:
    """`It handled 5,200 tonnes of grain last year` with its words found elsewhere."""
    start = ARTICLE.index("It handled")
    end = ARTICLE.index(", a record")
    year = ARTICLE.index("last year")
    edits = [
        Edit(Span(start, start + 2), "The harbour of Ostrel"),
        Edit(Span(year, year + 9), "in 2021"),
    ]
    wording = rewrite(ARTICLE, [Span(start, end), "."], edits)
    assert wording.text == "The harbour of Ostrel handled 5,200 tonnes of grain in 2021."
    text = ARTICLE[start:end]
    again = ARTICLE.index("a record")
    return Claim(
        text,
        start,
        end,
        wording.text,
        None,
        ClaimKind.FIGURE,
        0.9,
        "a figure",
        wording=wording,
        places=(Span(again, again + 8),),
    )


BULLETIN = "In 2021 the harbour of Ostrel handled 2,500 tonnes of grain."


@pytest.fixture
def bulletin(tmp_path: Path) -> Iterator[ReferenceIndex]:
    documents = {
        "bulletin.md": f"---\ntitle: Bulletin\ndate: 2022-03-03\n---\nHarvest. {BULLETIN}",
        "old.md": f"---\ntitle: Old\ndate: 2010-01-01\n---\nIt is said: {BULLETIN}",
        "wire.txt": f"{ARTICLE} (Wire)",
    }
    with indexed(tmp_path, documents) as opened:
        yield opened


def _grain_verifier() -> ScriptedVerifier:
    claim, printed = _grain_claim().statement, _grain_claim().text
    rewritten = claim.replace("5,200", "2,500")
    script: dict[str | tuple[str, str], tuple[float, float, float]] = {}
    for passage in (f"Harvest. {BULLETIN}", f"It is said: {BULLETIN}"):
        script[claim, passage] = script[printed, passage] = (0.05, 0.9, 0.05)
        script[rewritten, passage] = (0.95, 0.02, 0.03)
    return ScriptedVerifier(script)


def _checked(reference: ReferenceIndex, choice: Choice = EVERYTHING) -> pipeline.Run:
    article = Article.from_text(ARTICLE, published="2022-03-04")
    checker = Checker(reference, _grain_verifier(), CheckOptions(choice=choice))
    return checker.run(article, [_grain_claim()])


def test_a_mismatch_is_shown_where_it_stands_in_the_article_and_in_the_document(
    bulletin: ReferenceIndex,
) -> None:
    (finding,) = _checked(bulletin).findings()
    assert finding.verdict is Verdict.REFUTED
    evidence = next(e for e in finding.evidence if e.hit.passage.document_id == "bulletin.md")
    (mismatch,) = evidence.mismatches
    document = bulletin.document("bulletin.md").text
    assert mismatch == Mismatch(
        "number", mismatch.claim_span, mismatch.passage_span, "5,200 tonnes", "2,500 tonnes"
    )
    assert mismatch.claim_span.of(ARTICLE) == "5,200 tonnes"
    assert mismatch.passage_span.of(document) == "2,500 tonnes"
    # `in 2021` is `last year` in the article
    shared = [(a.claim_span.of(ARTICLE), a.passage_span.of(document)) for a in evidence.agreements]
    assert ("last year", "2021") in shared
    assert finding.why.startswith("Refuted: the claim says 5,200 tonnes; ")
    assert finding.why.endswith(" says 2,500 tonnes.")
    assert finding.claim.places[0].of(ARTICLE) == "a record"


def test_evidence_says_how_old_it_is(bulletin: ReferenceIndex) -> None:
    (finding,) = _checked(bulletin).findings()
    dated = {e.hit.passage.document_id: e.dated for e in finding.evidence}
    assert dated == {"bulletin.md": Dated.NEAR, "old.md": Dated.BEFORE}


def test_a_copy_of_the_article_supports_nothing_and_is_said_to_be_left_out(
    bulletin: ReferenceIndex,
) -> None:
    run = _checked(bulletin)
    (finding,) = run.findings()
    assert all(e.hit.passage.document_id != "wire.txt" for e in finding.evidence)
    report = run.report([finding], ())
    assert report.excluded == (Excluded("wire.txt", "the article itself, or a copy of it"),)


def test_the_user_chooses_who_may_decide(bulletin: ReferenceIndex) -> None:
    def documents(choice: Choice) -> tuple[set[str], list[str]]:
        run = _checked(bulletin, choice)
        (finding,) = run.findings()
        found = {e.hit.passage.document_id for e in finding.evidence}
        return found, [each.document for each in run.report([finding], ()).excluded]

    assert documents(Choice(sources=("old",))) == ({"old.md"}, [])
    assert documents(Choice(excluded=("Bulletin", "wire*"))) == (
        {"old.md"},
        ["bulletin.md", "wire.txt"],
    )
    assert documents(Choice(as_of="2012-01-01")) == ({"old.md"}, ["bulletin.md", "wire.txt"])
    assert documents(Choice(sources=("nothing",))) == (set(), [])


def test_claims_given_that_are_word_for_word_in_a_source_are_supported_by_it(
    tmp_path: Path,
) -> None:
    text = ARTICLE[ARTICLE.index("The harbour board") :]
    with indexed(tmp_path, {"source.txt": text}) as reference:
        (finding,) = check_claims([text], reference, ScriptedVerifier({text: (0.9, 0.05, 0.05)}))
    assert finding.verdict is Verdict.SUPPORTED


@pytest.mark.models
def test_a_quotation_is_looked_for_in_who_says_it(tmp_path: Path) -> None:
    quotation = "“We will never close the ferry to Ostrea,”"
    text = f"{quotation} said Mara Velt on the quay."
    claim = Claim(
        text,
        0,
        len(text),
        text,
        "Mara Velt",
        ClaimKind.QUOTATION,
        0.9,
        "a quoted statement",
        quoted=(Span(0, len(quotation)),),
    )
    documents = {
        "minutes.txt": f"{quotation.replace('never', 'soon')} said Mara Velt to the board.",
        "ferry.txt": "The ferry to Ostrea is white. We will never close, it says on the quay.",
    }
    with indexed(tmp_path, documents) as reference:
        checker = Checker(reference, ScriptedVerifier({}))
        (finding,) = checker.findings(Article.from_text(text), [claim])
    assert finding.said is not None
    assert (finding.said.status, finding.said.document) == (SaidStatus.ALTERED, "minutes.txt")
    assert finding.verdict is Verdict.REFUTED
    first = finding.evidence[0]
    assert first.hit.passage.document_id == "minutes.txt"
    assert [(m.kind, m.claim_value, m.passage_value) for m in first.mismatches] == [
        ("quote", "never", "soon")
    ]
    assert finding.why == (
        "Refuted: the quotation is altered: where the claim has “never”, minutes has “soon”."
    )


def test_the_rule_knows_which_documents_tell_another_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "The bridge at Ostrel is open, said Ida Roe of Varn."
    known: dict[str, bool] = {}

    def weighing(claim: Claim, reading: Reading, *rest: object) -> object:
        known[reading.hit.passage.document_id] = reading.signs.elsewhere
        return weighed(claim, reading, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "weighed", weighing)
    theirs = "The bridge at Velm is open, said Tor Hask of Lune."
    with indexed(tmp_path, {"ours.txt": f"{text} More soon.", "theirs.txt": theirs}) as reference:
        checker = Checker(reference, WordVerifier())
        (claim,) = claims_from(["the bridge is open"])
        list(checker.findings(Article.from_text(text), [replace(claim, reason="fact")]))
        assert known == {"ours.txt": False, "theirs.txt": True}
        list(checker.findings(given([text]), [claim]))  # typed: there is no article
    assert known == {"ours.txt": False, "theirs.txt": False}
