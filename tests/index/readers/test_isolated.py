from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import index
from index import Document, Locator, Skipped, UnreadableDocument
from index.readers import isolated, read, read_here
from tests.index.readers.samples import column, pdf

ROOT = Path(index.__file__).parent.parent
MISBEHAVING = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from tests.index.readers.misbehaving import serve; serve()"
)
#: Says what the file holds, as it is.
PARROT = (
    "import json, sys; header = json.loads(sys.stdin.buffer.readline()); "
    "data = sys.stdin.buffer.read(header['bytes']); "
    "sys.stdout.buffer.write(b'{\"begun\": true}\\n' + data)"
)
PDF = pdf([column(["The quay grew."]), column(["It rained."])], {"CreationDate": "D:20210304"})


@pytest.fixture(autouse=True)
def no_workers() -> Iterator[None]:
    isolated.close()
    yield
    isolated.close()


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_START", MISBEHAVING)


def refusal(what: str) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        list(isolated.read("a.pdf", what.encode()))
    return str(caught.value)


def pid(what: str = "read") -> int:
    """The process that reads a file."""
    skipped, document = isolated.read("a.pdf", what.encode())
    assert skipped == Skipped("a.pdf", "a part")
    assert isinstance(document, Document)
    assert (document.title, document.published) == ("Title", "2021-03-04")
    said, number = document.text.split()
    assert said == what
    return int(number)


def test_a_worker_says_what_the_reader_says() -> None:
    name = "folder/a\nb\x1b[31m\u2028é.pdf"
    assert list(read(name, PDF)) == list(read_here(name, PDF))
    assert list(read(name, PDF)) == list(read_here(name, PDF))


@pytest.mark.usefixtures("misbehaving")
def test_one_worker_reads_one_file_after_another() -> None:
    first = pid()
    assert first != os.getpid()
    assert [pid(), pid("print")] == [first, first]
    assert refusal("refuse") == "no text"
    assert refusal("raise") == "a damaged file (ZeroDivisionError); open it and save it anew"
    assert pid() == pid("grow")


@pytest.mark.usefixtures("misbehaving")
def test_a_worker_that_has_grown_is_replaced() -> None:
    first = pid("grow")
    assert pid() != first


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("crash", "its reader crashed (code -11); open the file and save it anew"),
        ("hang", "reading it took longer than 10 s; split it, or save it anew"),
        ("swell", "reading it took more than 1 GB of memory; split it, or save it anew"),
    ],
)
@pytest.mark.usefixtures("misbehaving")
def test_what_a_file_does_to_its_worker_is_told(what: str, reason: str) -> None:
    first = pid()
    assert refusal(what) == reason
    assert pid() != first


@pytest.mark.usefixtures("misbehaving")
def test_a_worker_that_waits_for_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "CLOCK_SECONDS", 0.2)
    assert refusal("sleep") == "reading it took longer than 10 s; split it, or save it anew"


@pytest.mark.usefixtures("misbehaving")
def test_a_worker_that_died_while_it_waited_is_replaced() -> None:
    first = pid()
    os.kill(first, signal.SIGKILL)
    (worker,) = isolated._idle
    worker._process.wait()
    assert pid() != first


@pytest.mark.usefixtures("misbehaving")
def test_each_thread_has_its_worker() -> None:
    found: list[int] = []
    both = threading.Barrier(2)

    def work() -> None:
        worker = isolated._take()
        both.wait()
        found.append(worker.pid)
        isolated._give_back(worker)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 2
    assert pid() in found


FIELDS = {
    "id": "a.pdf",
    "text": "One.\n\nTwo.",
    "title": "Title",
    "source": "a.pdf",
    "published": None,
    "locators": [[0, 4, "page 1"], [6, 10, "page 2"]],
}


def lines(*answers: object) -> str:
    return "".join(json.dumps(answer) + "\n" for answer in answers)


def test_a_worker_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_START", PARROT)
    said = lines({"document": FIELDS}, {"document": FIELDS | {"id": "a.pdf#x"}}, {"done": True})
    first, second = isolated.read("a.pdf", said.encode())
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, second.id) == ("One.\n\nTwo.", "a.pdf#x")
    assert first.locators == (Locator(0, 4, "page 1"), Locator(6, 10, "page 2"))


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "b.pdf"},
        {"id": "a.pdfx"},
        {"id": 3},
        {"text": None},
        {"title": ["x"]},
        {"source": None},
        {"published": 2021},
        {"locators": None},
        {"locators": [[0, 11, "page 1"]]},
        {"locators": [[-1, 4, "page 1"]]},
        {"locators": [[4, 2, "page 1"]]},
        {"locators": [[0, 6, "page 1"], [5, 10, "page 2"]]},
        {"locators": [[0, 4, 1]]},
        {"locators": [[0, 4.5, "page 1"]]},
        {"locators": [[0, 4]]},
    ],
)
def test_a_document_that_no_reader_makes_is_refused(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, object]
) -> None:
    monkeypatch.setattr(isolated, "_START", PARROT)
    said = lines({"document": FIELDS | fields}, {"done": True})
    assert refusal(said).startswith(("what its reader said makes no sense", "its reader crashed"))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "nonsense\n",
        "[" * 100_000 + "\n",
        "3\n",
        lines({"strange": 1}),
        lines({"skipped": 3}),
        lines({"document": FIELDS}),  # and no end
        lines({"document": []}),
        '{"done": true}',
        '{"skipped": "' + "x" * 3000 + '"}\n{"done": true}\n',
        lines(*[{"skipped": "x"}] * 30, {"done": True}),
    ],
)
def test_answers_that_no_reader_gives_are_refused(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setattr(isolated, "_START", PARROT)
    monkeypatch.setattr(isolated, "MAX_LINE", 2000)
    monkeypatch.setattr(isolated, "MAX_ITEMS", 20)
    assert refusal(said).startswith(("what its reader said makes no sense", "its reader crashed"))


def test_a_worker_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_START", "raise SystemExit(3)")
    assert refusal("x").startswith("its reader crashed (code 3)")


SCRIPT = """
import sys
from index.readers import isolated
isolated._START = {start!r}
worker = isolated._take()
print(worker.pid, flush=True)
{then}
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs a handle of a process")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_its_parent(how: signal.Signals) -> None:
    then = "worker.ask('a.pdf', b'sleep')" if how is signal.SIGINT else "sys.stdin.read()"
    script = SCRIPT.format(start=MISBEHAVING, then=f"isolated._give_back(worker)\n{then}")
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    ) as parent:
        assert parent.stdout
        child = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.send_signal(how)
            parent.wait(20)
            ended, _, _ = select.select([child], [], [], 20)
            assert ended
        finally:
            os.close(child)


def test_strange_modules_in_the_current_folder_do_not_count(tmp_path: Path) -> None:
    for name in ("json", "index", "pypdfium2"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('stray')")
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from index.readers import read; "
        f"print([each.text for each in read('a.pdf', {PDF!r})])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "['The quay grew.\\n\\nIt rained.']\n"
