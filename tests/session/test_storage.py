"""The file of a session: it comes back as it was, or stays as it is."""

from __future__ import annotations

import copy
import errno
import json
import os
import random
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from factcheck.errors import UsageError
from factcheck.records import Article, Ruling, Verdict
from factcheck.session import (
    Entry,
    Session,
    SessionFile,
    Unplaced,
    is_session,
    session_from_dict,
    session_to_dict,
    storage,
)
from factcheck.session.form import Writer, schema
from tests.render.sample import report
from tests.session.articles import a_finding, checked, item, session

AT = "2026-01-02T03:04:05+00:00"


def sampled() -> Session:
    """The invented report of `tests.render`, with text of every awkward kind, under review."""
    made = report()
    entries = tuple(Entry(finding.claim, finding) for finding in made.findings)
    reviewed = Session(
        "velmark\x1b.md", made.article, entries, made.skipped, made.excluded, made.manifest
    )
    reviewed = reviewed.decide(0, Verdict.SUPPORTED, AT).annotate(3, "[red]no[/]\x1b[2J\n", AT)
    finding = replace(made.findings[1], searches=("ice on the lake",))
    lost = Unplaced("It sank.", "Mara Velt", Ruling(None, "why?", AT), 12, "The ferry sank.")
    return replace(reviewed.searched(1, finding), unplaced=(lost,))


def small() -> Session:
    chance = random.Random(3)
    return checked(session([item(chance, number) for number in range(3)]))


def test_a_session_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "reviews" / "desk.json"  # the folder is made
    with SessionFile(path) as file:
        assert file.load() is None
        file.save(sampled())
    with SessionFile(path) as file:
        loaded = file.load()
        assert loaded is not None
        assert session_to_dict(loaded) == session_to_dict(sampled())
        assert replace(loaded, entries=(), history=()) == replace(sampled(), entries=(), history=())
        assert [entry.ruling for entry in loaded.entries] == [e.ruling for e in sampled().entries]
        assert [step.number for step in loaded.history] == [0, 3, 1]
        file.save(loaded.decide(0, None, AT))
    assert [each.name for each in path.parent.iterdir()] == ["desk.json"]
    with SessionFile(path) as file:
        again = file.load()
    assert again is not None
    assert again.entries[0].ruling is None


def test_the_file_keeps_to_its_schema() -> None:
    data = json.loads(b"".join(Writer().write(sampled())))
    assert data == json.loads(json.dumps(session_to_dict(sampled())))
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(data)
    empty = Session("", Article(""))
    jsonschema.Draft202012Validator(schema()).validate(session_to_dict(empty))
    assert session_from_dict(session_to_dict(empty)) == empty


def test_what_is_not_changed_is_not_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    writer, reviewed = Writer(), small()
    writer.write(reviewed)
    made: list[object] = []
    real = json.dumps

    def dumps(value: object, **how: Any) -> str:
        made.append(value)
        return real(value, **how)

    monkeypatch.setattr(json, "dumps", dumps)
    pieces = writer.write(reviewed.decide(1, Verdict.REFUTED, AT))
    assert len(made) == 3  # the head, the entry and the step
    assert pieces == Writer().write(reviewed.decide(1, Verdict.REFUTED, AT))


def test_a_lone_surrogate_does_not_keep_a_session_from_its_file(tmp_path: Path) -> None:
    article = Article("Tolm\ud800", "\udfff")
    with SessionFile(tmp_path / "a.json") as file:
        file.save(Session("a", article))
        loaded = file.load()
    assert loaded is not None
    assert loaded.article == Article("Tolm\ufffd", "\ufffd")


Edit = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda data: data.update(version=7), "version 7 of the format.*reads version 1"),
        (lambda data: data.pop("version"), "version None"),
        (lambda data: data.update(format="other"), "does not say"),
        (lambda data: data.pop("history"), "history"),
        (lambda data: data.update(more=1), "more"),
        (lambda data: data["entries"][0]["claim"].update(start=3), "claim 1 does not stand where"),
        (lambda data: data["entries"][0].update(ruling={"verdict": "MAYBE"}), "entries/0/ruling"),
        (lambda data: data["history"][0].update(number=99), "a claim 100 that is not there"),
        (lambda data: data["history"][0].update(number=-1), "history/0/number"),
        (
            lambda data: data["entries"][0].update(finding=data["entries"][1]["finding"]),
            "finding of claim 1 is about something else",
        ),
        (
            lambda data: data["history"][2].update(number=0),
            "history of claim 1 is about something else",
        ),
        (lambda data: data.update(manifest=None), "no manifest"),
        (lambda data: data["entries"][1]["finding"]["evidence"][0].update(end=1), "as long as"),
    ],
)
def test_a_damaged_file_is_refused_and_left_alone(edit: Edit, message: str, tmp_path: Path) -> None:
    data = copy.deepcopy(session_to_dict(sampled()))
    edit(data)
    refused(tmp_path / "a.json", json.dumps(data).encode(), message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is no JSON, at line 1"),
        (b"{", "it is no JSON"),
        (b"\xff\xfe\x00", "it is not in UTF-8"),
        (b"[1, 2]", "does not say"),
        (b'{"findings": []}', "does not say"),
        (b"[" * 100_000, "nested too deeply|recursion"),
        (b"My thesis, all of it", "it is no JSON, at line 1"),
    ],
)
def test_a_foreign_file_is_refused_and_left_alone(
    content: bytes, message: str, tmp_path: Path
) -> None:
    refused(tmp_path / "a.json", content, message)


def refused(path: Path, content: bytes, message: str) -> None:
    path.write_bytes(content)
    with SessionFile(path) as file:
        with pytest.raises(UsageError, match=message) as caught:
            file.load()
        assert "move it away, or give another file with --session" in str(caught.value)
        with pytest.raises(UsageError, match="changed by somebody else"):
            file.save(small())
    assert path.read_bytes() == content


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with SessionFile(path) as file:
        file.save(small())
        path.write_text("mine", encoding="utf-8")
        with pytest.raises(UsageError, match="move it away and go on"):
            file.save(small())
        assert path.read_text(encoding="utf-8") == "mine"
        path.rename(tmp_path / "b")
        file.save(small())
        assert file.load() == small()


def test_a_second_review_is_told_who_has_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    (tmp_path / "link.json").symlink_to(path)
    with SessionFile(path) as file:
        file.save(small())
        for name in ("a.json", "link.json"):
            with pytest.raises(UsageError, match=f"process {os.getpid()} has .*{name}"):
                SessionFile(tmp_path / name).load()
    assert SessionFile(path).load() == small()


def test_a_review_that_was_killed_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    (tmp_path / "a.json.lock").write_text("4194304", encoding="ascii")
    (tmp_path / "a.json.partial").write_text("{", encoding="ascii")
    with SessionFile(path) as file:
        file.save(small())
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_a_link_is_written_through(tmp_path: Path) -> None:
    target, link = tmp_path / "elsewhere" / "a.json", tmp_path / "a.json"
    target.parent.mkdir()
    link.symlink_to(target)
    with SessionFile(link) as file:
        file.save(small())
    assert link.is_symlink()
    assert SessionFile(target).load() == small()


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with SessionFile(path) as file:
        file.save(small())
        path.chmod(0o600)
        file.save(small().decide(0, Verdict.REFUTED, AT))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (".", "is a folder, expected a file"),
        ("/dev/null", "is no ordinary file"),
        ("file/a.json", "cannot be opened .*(not a directory|file exists)"),
        ("x" * 400, "cannot be opened .*name too long"),
        ("a\0b", "cannot be opened .*null"),
    ],
)
def test_a_path_that_is_no_file_is_told_in_a_sentence(
    name: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=message), SessionFile(tmp_path / name):
        pass
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file"]


def test_a_full_disk_leaves_what_was_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with SessionFile(path) as file:
        file.save(small())
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(UsageError, match=r"cannot be saved \(no space left on device\)"):
                file.save(small().decide(0, Verdict.REFUTED, AT))
        assert sorted(each.name for each in tmp_path.iterdir()) == ["a.json", "a.json.lock"]
        assert file.load() == small()
        file.save(small().decide(0, Verdict.REFUTED, AT))
    saved = SessionFile(path).load()
    assert saved is not None
    assert saved.decided == 1


def test_a_session_that_could_not_be_read_again_is_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MAX_BYTES", 1000)
    with SessionFile(tmp_path / "a.json") as file:
        with pytest.raises(UsageError, match="has grown to"):
            file.save(small())
        assert file.load() is None


def test_a_save_is_on_the_disk_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        mode = os.fstat(descriptor).st_mode
        there = (tmp_path / "a.json").exists()
        synced.append(f"{'folder' if stat.S_ISDIR(mode) else 'file'} {there}")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with SessionFile(tmp_path / "a.json") as file:
        file.save(small())
    assert synced == ["file False", "folder True"]


def test_is_session() -> None:
    assert is_session(session_to_dict(small()))
    assert is_session({"format": "factcheck session", "version": 99})
    others: list[object] = [None, [], {}, {"format": ["factcheck session"]}, "factcheck session"]
    for other in others:
        assert not is_session(other)


def test_two_thousand_claims_are_saved_quickly(tmp_path: Path) -> None:
    chance = random.Random(5)
    reviewed = session([item(chance, number) for number in range(2000)])
    entries = tuple(replace(e, finding=a_finding(e.claim)) for e in reviewed.entries)
    reviewed = replace(reviewed, entries=entries, manifest=report().manifest)
    writer = Writer()
    writer.write(reviewed)
    taken = []
    for number in range(9):
        reviewed = reviewed.decide(number, Verdict.REFUTED, AT)
        began = time.perf_counter()
        pieces = writer.write(reviewed)
        (tmp_path / "a.json").write_bytes(b"".join(pieces))
        taken.append(time.perf_counter() - began)
    assert min(taken) < 0.03


def test_sessions_are_imported_quickly() -> None:
    heavy = "{m.split('.')[0] for m in sys.modules} & {'spacy', 'numpy', 'torch', 'rich'}"
    code = f"import sys, factcheck.session; print({heavy} or 'light')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "light"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_nothing_that_was_saved_is_lost_to_a_kill() -> None:
    command = [sys.executable, "-m", "benchmarks.sessionkill", "--kills", "20", "--claims", "20"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("20 kills in ")
    assert int(done.stdout.split("; ")[1].split()[0]) > 20, "it was killed before it did anything"
