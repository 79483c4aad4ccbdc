from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from index import CorpusError, Skipped, UnreadableDocument
from index.corpus import CorpusFile, walk
from index.documents import MAX_FILE_BYTES


def ids(*roots: Path, exclude: Path = Path("nowhere")) -> list[str]:
    return [item.id for item in walk(roots, exclude) if isinstance(item, CorpusFile)]


def skipped(*roots: Path) -> dict[str, str]:
    found = walk(roots, Path("nowhere"))
    return {item.path: item.reason for item in found if isinstance(item, Skipped)}


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b/z.txt", "b/a.md", "a.txt", "c.HTML", ".git/x.txt", "b/.hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    assert ids(tmp_path) == ["a.txt", "b/a.md", "b/z.txt", "c.HTML"]
    assert skipped(tmp_path) == {}


def test_a_single_file_goes_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    assert ids(tmp_path / "a.txt") == ["a.txt"]


def test_a_file_below_two_roots_comes_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("text")
    assert ids(tmp_path, tmp_path / "sub", tmp_path) == ["sub/a.txt"]


def test_the_index_itself_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "a.txt").write_text("text")
    (tmp_path / "b.txt").write_text("text")
    assert ids(tmp_path, exclude=tmp_path / "index") == ["b.txt"]


def test_another_index_is_passed_over_as_one_thing(tmp_path: Path, built: Path) -> None:
    (built / "notes.txt").write_text("text")
    half = tmp_path / "half"  # a database of somebody else's
    half.mkdir()
    (half / "index.sqlite").write_bytes(b"")
    (half / "a.txt").write_text("text")
    assert [each for each in ids(tmp_path) if not each.startswith("corpus/")] == ["half/a.txt"]
    assert skipped(tmp_path) == {
        "half/index.sqlite": "no reader for .sqlite",
        "index": "a factcheck index",
    }
    assert (ids(built), skipped(built)) == ([], {".": "a factcheck index"})


def test_links_are_reported_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "secret.txt").write_text("not for the index")
    (tmp_path / "corpus" / "loop").symlink_to(tmp_path / "corpus")
    (tmp_path / "corpus" / "out.txt").symlink_to(tmp_path / "secret.txt")
    assert ids(tmp_path / "corpus") == []
    reason = "a symbolic link; give its target as a corpus path to include it"
    assert skipped(tmp_path / "corpus") == {"loop": reason, "out.txt": reason}


def test_a_root_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("text")
    (tmp_path / "link").symlink_to(tmp_path / "corpus")
    assert ids(tmp_path / "link") == ["a.txt"]


def test_what_is_no_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ")
    (tmp_path / "README").write_text("text")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.7z").write_bytes(b"7z")
    (tmp_path / "sites.urls").write_text("https://port.example/")
    assert skipped(tmp_path) == {
        "README": "no reader for no suffix",
        "a.7z": "an archive; unpack it",
        "a.exe": "no reader for .exe",
        "pipe.txt": "not a regular file",
        "sites.urls": "a list of web addresses; give it as a corpus path to have them fetched",
    }


def test_strange_names_are_safe(tmp_path: Path) -> None:
    (tmp_path / "a\nb\x1b[31m.txt").write_text("text")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("text")
    assert ids(tmp_path) == ["a\nb\x1b[31m.txt"]
    assert skipped(tmp_path) == {"\\xff.txt": "its name is not valid Unicode; rename it"}


def test_a_deep_tree_does_not_exhaust_the_stack(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(900):
        folder = folder / "d"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("text")
    assert ids(tmp_path) == ["d/" * 900 + "a.txt"]


def test_a_path_too_long_for_the_system_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("text")
    monkeypatch.chdir(corpus)
    for _ in range(30):
        Path("d" * 200).mkdir()
        os.chdir("d" * 200)
    monkeypatch.chdir(tmp_path)
    try:
        assert ids(corpus) == ["a.txt"]
        assert list(skipped(corpus).values()) == ["File name too long"]
    finally:
        subprocess.run(["rm", "-rf", corpus], check=True)  # shutil.rmtree cannot


def test_the_index_may_be_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "index").symlink_to(tmp_path / "index")
    assert ids(tmp_path, exclude=tmp_path / "index") == ["a.txt"]


def test_a_missing_root_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be opened, expected a file or a folder"):
        ids(tmp_path / "nothing")


def test_a_file_that_cannot_be_read_gives_its_reason(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(UnreadableDocument, match="64 MB, expected at most 64 MB"):
        CorpusFile("big.txt", big, tmp_path).read()
    with pytest.raises(UnreadableDocument, match="No such file"):
        CorpusFile("gone.txt", tmp_path / "gone.txt", tmp_path).read()


def test_roots_inside_each_other_meet_once_whatever_their_order(tmp_path: Path) -> None:
    for name in ("a.txt", "sub/b.txt", "sub/inner/c.txt", ".hidden/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    sub, hidden, inner = tmp_path / "sub", tmp_path / ".hidden", tmp_path / "sub" / "inner"
    assert ids(sub, tmp_path) == ["b.txt", "inner/c.txt", "a.txt"]
    assert ids(tmp_path / "a.txt", tmp_path) == ["a.txt", "sub/b.txt", "sub/inner/c.txt"]
    assert ids(inner, sub, tmp_path) == ["c.txt", "b.txt", "a.txt"]
    assert ids(tmp_path, hidden) == ["a.txt", "sub/b.txt", "sub/inner/c.txt", "d.txt"]


def test_a_state_is_another_one_once_the_file_has_changed(tmp_path: Path) -> None:
    def state() -> str:
        (found,) = walk([tmp_path], Path("nowhere"))
        assert isinstance(found, CorpusFile)
        assert found.touched == max(path.stat().st_mtime_ns, path.stat().st_ctime_ns)
        return found.state

    path = tmp_path / "a.txt"
    path.write_text("one")
    first = state()
    assert state() == first
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.write_text("two")
    os.utime(path, ns=times)  # as programs do that want to leave no trace
    assert state() != first
