"""What a reader does at a desk: it is saved, undone, searched, carried over and handed on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from factcheck.errors import UsageError
from factcheck.records import Verdict
from factcheck.render.formats import Format
from factcheck.review.events import Checked, Extracted, Failed, Found
from factcheck.review.filters import Filter
from index import ReferenceIndexError
from tests.fakes import WordVerifier
from tests.review.desks import SOURCES, Bench, build, checked

pytestmark = pytest.mark.usefixtures("without_models", "verifier_alone")

SUPPORTED, REFUTED, NEI = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.NOT_ENOUGH_EVIDENCE


def test_findings_come_one_by_one_and_then_the_end(tmp_path: Path) -> None:
    with Bench(tmp_path).desk() as desk:
        events = checked(desk)
        assert [e for e in events if isinstance(e, Extracted | Found | Checked)] == [
            Extracted(),
            Found(0),
            Found(1),
            Found(2),
            Checked(""),
        ]
        verdicts = [entry.finding and entry.finding.verdict for entry in desk.session.entries]
        assert verdicts == [SUPPORTED, REFUTED, NEI]
        assert desk.place(1) == "line 2"


def test_a_ruling_is_in_the_file_at_once(tmp_path: Path) -> None:
    with Bench(tmp_path).desk() as desk:
        checked(desk)
        desk.decide(2, SUPPORTED)
        desk.annotate(2, "I saw it")
        assert desk.path
        on_disk = desk.path.read_text(encoding="utf-8")
        assert "I saw it" in on_disk
        json.loads(on_disk)


def test_a_review_goes_on_where_it_was_left(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with bench.desk() as desk:
        checked(desk)
        desk.decide(1, SUPPORTED)
    with bench.desk() as desk:
        before = desk.session  # shown before anything is loaded
        assert [e.finding and e.finding.verdict for e in before.entries] == [
            SUPPORTED,
            REFUTED,
            NEI,
        ]
        events = checked(desk)
        assert not [e for e in events if isinstance(e, Found)]  # nothing is checked twice
        assert events[-1] == Checked("nothing changed")
        ruling = desk.session.entries[1].ruling
        assert ruling is not None
        assert ruling.verdict is SUPPORTED


def test_a_source_added_changes_a_verdict_and_keeps_the_rulings(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with bench.desk() as desk:
        checked(desk)
        desk.decide(0, REFUTED)
    build(tmp_path, {**SOURCES, "white.txt": "we saw that the tower of varn is white."})
    with bench.desk() as desk:
        events = checked(desk)
        assert [e for e in events if isinstance(e, Found)] == [Found(0), Found(1), Found(2)]
        last = events[-1]
        assert isinstance(last, Checked)
        assert "1 verdict changed" in last.summary
        finding, ruling = desk.session.entries[2].finding, desk.session.entries[0].ruling
        assert finding is not None
        assert finding.verdict is SUPPORTED
        assert ruling is not None
        assert ruling.verdict is REFUTED


def test_rulings_follow_their_claims_through_an_edit(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with bench.desk() as desk:
        checked(desk)
        desk.decide(0, REFUTED)
        desk.decide(2, SUPPORTED)
        bench.article = "a new line about ostrel.\n" + bench.article.replace(
            "the bridge at lune is open.\n", ""
        )
        last = checked(desk)[-1]
        assert isinstance(last, Checked)
        assert "1 claim new" in last.summary
        texts = [entry.claim.text for entry in desk.session.entries]
        assert texts == [
            "a new line about ostrel.",
            "the port of ostrel is deep.",
            "the tower of varn is white.",
        ]
        decided = [e.ruling.verdict if e.ruling else None for e in desk.session.entries]
        assert decided == [None, REFUTED, SUPPORTED]


def test_undo_takes_back_verdicts_notes_and_searches(tmp_path: Path) -> None:
    with Bench(tmp_path).desk() as desk:
        checked(desk)
        desk.decide(0, REFUTED)
        desk.annotate(0, "odd")
        desk.search(2, "tower keeper white paint").result(20)
        assert desk.undo() == "undone: the search for claim 3"
        assert desk.undo() == "undone: the note on claim 1"
        assert desk.undo() == "undone: the verdict on claim 1"
        assert desk.undo() == "there is nothing to undo"
        assert desk.session.decided == 0


def test_a_search_adds_what_it_finds_and_is_done_again_after_a_change(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with bench.desk() as desk:
        checked(desk)
        finding = desk.search(0, "contrary to rumour the bridge").result(20)
        documents = {item.hit.passage.document_id for item in finding.evidence}
        assert {"port.txt", "bridge.txt"} <= documents
        assert finding.searches == ("contrary to rumour the bridge",)
        assert finding.verdict is SUPPORTED
    build(tmp_path, {**SOURCES, "more.txt": "nothing of note"})
    with bench.desk() as desk:
        checked(desk)
        again = desk.session.entries[0].finding
        assert again is not None
        assert again.searches == ("contrary to rumour the bridge",)
        assert "bridge.txt" in {item.hit.passage.document_id for item in again.evidence}


def test_a_blank_search_says_so(tmp_path: Path) -> None:
    with Bench(tmp_path).desk() as desk:
        checked(desk)
        with pytest.raises(UsageError, match="write a few words"):
            desk.search(0, "  ").result(20)


def test_a_passage_is_shown_in_its_document(tmp_path: Path) -> None:
    with Bench(tmp_path).desk() as desk:
        checked(desk)
        finding = desk.session.entries[0].finding
        assert finding is not None
        document = desk.document(finding.evidence[0].hit).result(20)
        assert document.text == SOURCES["port.txt"]


def test_an_index_that_vanishes_leaves_the_rulings(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with bench.desk() as desk:
        checked(desk)
        shutil.rmtree(tmp_path / "index")
        events = checked(desk)
        last = events[-1]
        assert isinstance(last, Failed)
        assert "there is no index" in last.message
        desk.decide(0, REFUTED)
        assert desk.session.decided == 1
        finding = desk.session.entries[0].finding
        assert finding is not None
        with pytest.raises((UsageError, ReferenceIndexError)):
            desk.document(finding.evidence[0].hit).result(20)
        assert desk.export(tmp_path / "report.md", Format.MARKDOWN).startswith("written to")


def test_what_cannot_be_saved_is_not_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Bench(tmp_path).desk() as desk:
        checked(desk)

        def full(*_: object) -> None:
            raise UsageError("the disk is full")

        with monkeypatch.context() as patch:
            patch.setattr("factcheck.session.SessionFile.save", full)
            with pytest.raises(UsageError, match="the disk is full"):
                desk.decide(0, REFUTED)
            assert desk.session.decided == 0
        desk.decide(0, REFUTED)
        assert desk.session.decided == 1


@pytest.mark.parametrize("form", list(Format))
def test_every_form_can_be_exported(tmp_path: Path, form: Format) -> None:
    with Bench(tmp_path).desk() as desk:
        checked(desk)
        desk.decide(1, REFUTED)
        target = tmp_path / f"report{form.suffix}"
        assert desk.export(target, form) == f"written to {target}"
        assert "bridge" in target.read_text(encoding="utf-8")


def test_nothing_checked_is_nothing_to_export(tmp_path: Path) -> None:
    with (
        Bench(tmp_path).desk() as desk,
        pytest.raises(UsageError, match="nothing is checked yet"),
    ):
        desk.export(tmp_path / "report.md", Format.MARKDOWN)


def test_filters_go_by_the_readers_verdict_first(tmp_path: Path) -> None:
    with Bench(tmp_path).desk() as desk:
        checked(desk)
        assert desk.chosen(Filter.REFUTED) == [1]
        desk.decide(0, REFUTED)
        assert desk.chosen(Filter.REFUTED) == [0, 1]
        assert desk.chosen(Filter.SUPPORTED) == []
        assert desk.chosen(Filter.DECIDED) == [0]
        assert desk.chosen(Filter.OPEN) == [1, 2]
        assert desk.chosen(Filter.ALL) == [0, 1, 2]


def test_a_ruling_never_falls_on_a_claim_that_was_not_seen(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with bench.desk() as desk:
        checked(desk)
        seen = desk.session.entries[1].claim
        bench.article = bench.article.replace("the port of ostrel is deep.\n", "")
        checked(desk)
        with pytest.raises(UsageError, match="the claims have changed meanwhile"):
            desk.decide(1, REFUTED, seen)
        with pytest.raises(UsageError, match="the claims have changed meanwhile"):
            desk.annotate(2, "odd", seen)
        with pytest.raises(UsageError, match="the claims have changed meanwhile"):
            desk.search(1, "words", seen).result(20)
        assert desk.session.decided == 0
        desk.decide(0, REFUTED, seen)
        assert desk.session.decided == 1


def test_a_report_never_takes_the_place_of_the_review_or_the_article(tmp_path: Path) -> None:
    with Bench(tmp_path).desk() as desk:
        checked(desk)
        desk.decide(1, REFUTED)
        assert desk.path
        link = tmp_path / "link.md"
        link.symlink_to(desk.path)
        for place in (desk.path, link):
            with pytest.raises(UsageError, match="is what is read, and would be overwritten"):
                desk.export(place, Format.MARKDOWN)
        desk.decide(0, REFUTED)
        assert desk.session.decided == 2


def test_another_article_leaves_the_review_as_it_is(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with bench.desk() as desk:
        checked(desk)
        desk.decide(1, REFUTED)
        article, bench.article = bench.article, "something else altogether was said here.\n"
        last = checked(desk)[-1]
        assert isinstance(last, Failed)
        assert "give another file with --session" in last.message
        assert len(desk.session.entries) == 3
        bench.article = article  # an editor was only saving it
        assert isinstance(checked(desk)[-1], Checked)
        assert desk.session.decided == 1
        assert desk.undo() == "undone: the verdict on claim 2"


def test_an_error_nobody_expected_is_told_and_the_desk_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Bench(tmp_path).desk() as desk:
        with monkeypatch.context() as patch:
            patch.setattr(WordVerifier, "predict", lambda *_: 1 // 0)
            last = checked(desk)[-1]
            assert isinstance(last, Failed)
            assert "the check broke off (ZeroDivisionError" in last.message
        assert isinstance(checked(desk)[-1], Checked)
        assert desk.session.checked == 3


def test_an_article_without_claims_leaves_no_file(tmp_path: Path) -> None:
    with Bench(tmp_path, "\n\n").desk() as desk:
        assert checked(desk)[-1] == Checked("")
        assert desk.path
        path = desk.path
    assert not path.exists()
