"""Builds with lists of addresses, against a real server on this machine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from factcheck.cli import main
from factcheck.exits import DONE
from index import BuildReport, ReferenceIndex, Skipped, Stage, build_index, repair_index
from index.web.records import FetchLimits
from tests.fakes import WordEncoder
from tests.index.building import counts, documents, rows

STORM = (
    "<html><head><title>Quay reopens</title><meta property='article:published_time' "
    "content='2021-03-04'></head><body><article><p>The harbour of Velm reopened on Monday after "
    "repairs that took eleven weeks.</p></article></body></html>"
)
FERRY = "# Ferry\nThe ferry to Tessaly sails on Sundays.\n"
LIMITS = FetchLimits(allow_private=True, pause=0, retries=0)


class Site(ThreadingHTTPServer):
    """Pages by path, with the hash of a page as its ETag; `log` keeps path and status.

    It need not look at what a browser has (`validates`).
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = {"/storm": ("text/html", STORM), "/ferry.md": ("text/plain", FERRY)}
        self.log: list[tuple[str, int]] = []
        self.validates = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def asked(self) -> list[tuple[str, int]]:
        """What was asked for since the last call, robots.txt aside."""
        asked = sorted(each for each in self.log if each[0] != "/robots.txt")
        self.log.clear()
        return asked


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        kind, text = self.server.pages.get(self.path, ("", ""))
        etag = f'"{hash(text)}"'
        status = 200 if text else 404
        if text and self.server.validates and self.headers["If-None-Match"] == etag:
            status = 304
        self.server.log.append((self.path, status))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", etag)
        self.end_headers()
        if status == 200:
            self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def listing(tmp_path: Path, site: Site) -> Path:
    path = tmp_path / "sources.urls"
    path.write_text(f"{site.url}/storm\n{site.url}/ferry.md\n{site.url}/missing\n")
    return path


class Building:
    """Builds into one folder, with one encoder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoder = WordEncoder()

    def __call__(self, *corpus: Path, prune: bool = False) -> BuildReport:
        self.encoder.encoded = 0
        return build_index(self.path, corpus, encoder=self.encoder, prune=prune, limits=LIMITS)

    def found(self, query: str) -> str:
        with ReferenceIndex.open(self.path, self.encoder) as reference:
            return reference.search([query], k=1)[0][0].passage.document_id

    def copies(self) -> list[tuple[object, ...]]:
        return rows(self.path, "SELECT url, fresh FROM pages ORDER BY url, fresh")


@pytest.fixture
def build(tmp_path: Path) -> Building:
    return Building(tmp_path / "index")


def test_a_second_build_fetches_and_embeds_only_what_changed(
    build: Building, site: Site, listing: Path
) -> None:
    storm, ferry = f"{site.url}/storm", f"{site.url}/ferry.md"
    missing = Skipped(f"{site.url}/missing", "it answered 404 Not Found")
    report = build(listing)
    assert (counts(report), report.skipped) == ((2, 0, 0, 0, 0), (missing,))
    assert build.encoder.encoded == report.passages == 2
    assert site.asked() == [("/ferry.md", 200), ("/missing", 404), ("/storm", 200)]
    assert build.found("harbour repairs") == storm
    assert build.copies() == [(ferry, 0), (storm, 0)]
    with ReferenceIndex.open(build.path, build.encoder) as reference:
        (hit,) = reference.search(["harbour repairs"], k=1)[0]
    assert (hit.source, hit.published) == (storm, "2021-03-04")
    assert [(hit.retrieved,)] == rows(
        build.path, "SELECT retrieved FROM pages WHERE url LIKE '%storm'"
    )

    seal = (build.path / "seal.json").read_bytes()
    report = build(listing)
    assert (counts(report), report.skipped) == ((0, 0, 2, 0, 0), (missing,))
    assert (build.encoder.encoded, report.generation) == (0, 1)
    assert site.asked() == [("/ferry.md", 304), ("/missing", 404), ("/storm", 304)]
    assert (build.path / "seal.json").read_bytes() == seal  # nothing was written at all

    site.pages["/ferry.md"] = ("text/plain", FERRY.replace("Sundays", "Mondays and Fridays"))
    report = build(listing)
    assert (counts(report), build.encoder.encoded) == ((0, 1, 1, 0, 0), 1)
    assert site.asked() == [("/ferry.md", 200), ("/missing", 404), ("/storm", 304)]
    assert build.found("mondays") == ferry
    assert build.copies() == [(ferry, 0), (storm, 0)]


def test_a_page_that_is_gone_keeps_its_copy_and_is_reported(
    build: Building, site: Site, listing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(listing)
    del site.pages["/storm"]
    report = build(listing, prune=True)
    assert counts(report) == (0, 0, 2, 0, 0)
    first, second = report.skipped
    assert first.path == f"{site.url}/storm"
    assert first.reason.startswith("it answered 404 Not Found; the copy of 20")
    assert second.path == f"{site.url}/missing"
    # and it can be read anew when its reader has changed
    monkeypatch.setattr("index.found.READERS_VERSION", 10**6)
    site.pages["/ferry.md"] = ("text/plain", FERRY.replace("Sundays", "Mondays"))
    assert counts(build(listing)) == (0, 1, 1, 0, 0)
    assert build.found("harbour repairs") == f"{site.url}/storm"


def test_without_a_network_everything_stays(
    build: Building, listing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(listing)

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    report = build(listing, prune=True)
    assert (counts(report), build.encoder.encoded) == ((0, 0, 2, 0, 0), 0)
    host = "the host '127.0.0.1' cannot be found; check the address and the connection"
    assert [each.reason.split("; the copy")[0] for each in report.skipped] == [host] * 3


def test_a_page_that_cannot_be_read_any_more_leaves_what_was_read(
    build: Building, site: Site, listing: Path
) -> None:
    build(listing)
    site.asked()
    site.pages["/storm"] = ("text/html", "<html><body></body></html>")
    reason = "no main text found in the HTML; what was read of it earlier is kept"
    for status in (200, 304):
        report = build(listing)
        assert counts(report)[:2] == (0, 0)
        assert report.documents == 2
        assert report.skipped[-1] == Skipped(f"{site.url}/storm", reason)
        assert ("/storm", status) in site.asked()
        assert (f"{site.url}/storm", 0) in build.copies()  # still what the document was read from
    site.pages["/storm"] = ("text/html", STORM)
    assert counts(build(listing)) == (0, 0, 2, 0, 0)
    assert build.copies() == [(f"{site.url}/ferry.md", 0), (f"{site.url}/storm", 0)]


def test_another_type_is_another_page(build: Building, site: Site, listing: Path) -> None:
    build(listing)
    site.pages["/storm"] = ("text/plain", STORM)
    site.validates = False
    assert counts(build(listing)) == (0, 1, 1, 0, 0)  # of the same bytes
    with ReferenceIndex.open(build.path, build.encoder) as reference:
        assert reference.document(f"{site.url}/storm").text.startswith("<html>")
    assert counts(build(listing)) == (0, 0, 2, 0, 0)


def test_addresses_that_are_no_longer_listed(
    build: Building, site: Site, listing: Path, tmp_path: Path
) -> None:
    storm, ferry = f"{site.url}/storm", f"{site.url}/ferry.md"
    build(listing)
    listing.write_text(f"{storm}\n")
    other = tmp_path / "corpus"
    other.mkdir()
    (other / "a.txt").write_text("The ferry to Tessaly sails.")
    assert build(other, prune=True).removed == ()  # another corpus says nothing of this list
    report = build(listing)
    assert (report.missing, report.removed) == ((ferry,), ())
    assert build.copies() == [(ferry, 0), (storm, 0)]
    report = build(listing, prune=True)
    assert (report.missing, report.removed) == ((), (ferry,))
    assert build.copies() == [(storm, 0)]
    listing.write_bytes(b"\0")  # a list that cannot be read is not an empty one
    assert build(listing, prune=True).removed == ()
    listing.unlink()
    assert build(tmp_path / "corpus", prune=True).removed == ()
    assert build(tmp_path, prune=True).removed == (storm,)
    assert build.copies() == []


def test_a_list_in_a_folder_is_not_fetched(
    build: Building, site: Site, listing: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The ferry to Tessaly sails.")
    report = build(tmp_path)
    assert [each.path for each in report.skipped] == ["sources.urls"]
    assert report.skipped[0].reason.startswith("a list of web addresses; give it as a corpus path")
    assert site.log == []
    report = build(tmp_path, listing)
    assert [each.path for each in report.skipped] == [f"{site.url}/missing"]
    assert documents(build.path) == ["a.txt", f"{site.url}/ferry.md", f"{site.url}/storm"]


def test_an_interrupted_build_goes_on_with_what_came(
    build: Building, site: Site, listing: Path
) -> None:
    def stop(stage: Stage, done: int, total: int) -> None:
        if (stage, done, total) == (Stage.FETCH, 2, 3):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(build.path, [listing], encoder=WordEncoder(), limits=LIMITS, progress=stop)
    assert [fresh for _, fresh in build.copies()] == [1, 1]
    site.asked()
    assert counts(build(listing)) == (2, 0, 0, 0, 0)
    asked = site.asked()  # what was under way when the build stopped may be written down late
    assert [each for each in asked if each[0] != "/missing"] == [
        ("/ferry.md", 304),
        ("/storm", 304),
    ]
    assert set(asked) >= {("/missing", 404)}
    assert [fresh for _, fresh in build.copies()] == [0, 0]


def test_a_damaged_document_is_read_again_from_its_copy(
    build: Building, site: Site, listing: Path
) -> None:
    build(listing)
    site.pages.clear()
    database = build.path / "index.sqlite"
    data = bytearray(database.read_bytes())
    at = data.find(b"repairs that took eleven weeks")
    assert at > 0
    while at > 0:  # every text of it; the copy is compressed
        data[at] ^= 1
        at = data.find(b"repairs that took eleven weeks")
    database.write_bytes(data)
    report = repair_index(build.path, encoder=build.encoder)
    assert (report.restored, report.lost) == ((f"{site.url}/storm",), ())
    assert build.found("repairs eleven") == f"{site.url}/storm"


def test_the_command(
    site: Site,
    listing: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    def report(*flags: str) -> dict[str, object]:
        command = ["index", "build", str(tmp_path / "index"), str(listing), "--json", *flags]
        assert main(command) == DONE
        told = json.loads(capfdbinary.readouterr().out)
        assert isinstance(told, dict)
        return told

    monkeypatch.setattr("index.build.load_encoder", lambda _, **_so: WordEncoder())
    monkeypatch.setattr("index.web.politeness.Clock.sleep", lambda *_: None)
    refused = report()
    assert (refused["documents"], site.log) == (0, [])
    assert "is not a public address; use --allow-private" in json.dumps(refused["skipped"])
    first, second = report("--allow-private"), report("--allow-private")
    assert (first["added"], second["added"], second["unchanged"]) == (2, 0, 2)


def test_a_build_of_local_files_imports_no_network(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry to Tessaly sails.")
    script = (
        "import sys; from index import build_index; from tests.fakes import WordEncoder; "
        "from factcheck import commands; "
        "build_index(sys.argv[1], [sys.argv[2]], encoder=WordEncoder()); "
        "print([name for name in ('httpx', 'httpcore', 'protego') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "index"), str(tmp_path / "a.txt")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout == "[]\n"
