from __future__ import annotations

import gzip
import io
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.article import ArticleOptions, read_article
from factcheck.errors import ArticleError
from factcheck.fetch import FetchOptions, fetch
from factcheck.head import read_head
from index.web.addresses import is_public
from index.web.exchange import MAX_REDIRECTS
from tests.index.readers.samples import column, docx, paragraph, pdf

PUBLIC = "http://93.184.215.14"  # an address, so that no test needs a name server
HTML = """<!doctype html><html><head><title>Quay reopens</title>
<meta name="author" content="Ada Holm"><meta property="article:published_time"
content="2021-03-04T10:00:00Z"></head><body><nav>Home | Sport</nav><article><h1>Quay reopens</h1>
<p>The harbour of Port Veld reopened on Monday after repairs that took eleven weeks.</p>
<p>The mayor, Ida Brandt, said that the new wall stands two metres higher than the old.</p>
</article></body></html>"""


def failure(action: Callable[[], object]) -> str:
    with pytest.raises(ArticleError) as caught:
        action()
    message = str(caught.value)
    assert "\n" not in message
    return message


# --- files and standard input


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")))
def test_text_is_kept_as_it_is(text: str) -> None:
    # a file with a byte order mark or without a letter is another matter
    expected = text.removeprefix("\ufeff")
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", stdin)
        if expected.strip():
            assert read_article("-").text == expected
        else:
            assert failure(lambda: read_article("-")).startswith("standard input holds no text")


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "storm.md"
    path.write_bytes(
        b"A Storm\r\n\r\nBy **Ada Holm**\r\n\r\nVeld Courier, October 13, 2017\r\n\r\nIt fell."
    )
    article = read_article(str(path))
    assert article.text == (
        "A Storm\n\nBy **Ada Holm**\n\nVeld Courier, October 13, 2017\n\nIt fell."
    )
    assert (article.title, article.author) == ("A Storm", "Ada Holm")
    assert (article.published, article.source) == ("2017-10-13", str(path))


@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_html_is_known_by_suffix_or_by_its_beginning(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(HTML, encoding="utf-8")
    article = read_article(str(path))
    assert (article.title, article.author) == ("Quay reopens", "Ada Holm")
    assert article.published == "2021-03-04"
    assert "eleven weeks" in article.text
    assert "Sport" not in article.text


@pytest.mark.parametrize("name", ["report.pdf", "report.txt"])
def test_pdf_is_known_by_suffix_or_by_its_beginning(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    lines = column(["Quay reopens", "", "By Ada Holm", "", "The quay of Port Veld reopened."])
    path.write_bytes(pdf([lines, column(["It grew."])], {"CreationDate": "D:20210304"}))
    article = read_article(str(path))
    assert article.text == (
        "Quay reopens\n\nBy Ada Holm\n\nThe quay of Port Veld reopened.\n\nIt grew."
    )
    assert (article.title, article.author) == ("Quay reopens", "Ada Holm")
    assert (article.published, article.source) == ("2021-03-04", str(path))


def test_docx(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(docx(paragraph("Quay reopens", "Title") + paragraph("It took a year.")))
    article = read_article(str(path))
    assert (article.title, article.text) == ("Quay reopens", "# Quay reopens\n\nIt took a year.")
    path.write_bytes(docx(paragraph("It took a year.")))
    assert (read_article(str(path)).title, read_article(str(path)).published) == ("", None)


def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf([column(["Secret."])], encrypt=True))
    assert failure(lambda: read_article(str(path))) == (
        f"{str(path)!r} cannot be read: it is encrypted; save it without a password: `qpdf "
        "--decrypt --password=SECRET in.pdf out.pdf`, or save the article as text"
    )
    path.write_bytes(b"It grew.")
    assert "a damaged PDF" in failure(lambda: read_article(str(path)))


def test_html_in_a_declared_encoding(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    page = HTML.replace("<head>", '<head><meta charset="iso-8859-2">').replace("Ida", "Łucja")
    path.write_bytes(page.encode("iso8859-2"))
    assert "Łucja Brandt" in read_article(str(path)).text


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    def message(name: str, data: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return failure(lambda: read_article(str(path), ArticleOptions(max_bytes=1000)))

    assert failure(lambda: read_article("no/such.txt")).startswith("there is no file 'no/such.txt'")
    assert "is a folder" in failure(lambda: read_article(str(tmp_path)))
    assert "cannot be opened" in failure(lambda: read_article("a\0b"))
    assert "holds no text" in message("empty.txt", b"")
    assert "holds no text" in message("blank.md", b" \n\n")
    assert "it is binary" in message("binary.txt", b"\x89PNG\0\0")
    assert "encoding cannot be told" in message("odd.txt", bytes(range(128, 256)))
    assert "is larger than" in message("large.txt", b"a " * 501)
    assert "no main text found in the HTML" in message("empty.html", b"<html><body></body></html>")


# --- title, date and author


@pytest.mark.parametrize(
    ("text", "title", "published", "author"),
    [
        ("", None, None, None),
        (
            "A Storm\n\nBy [Ada Holm](#)\n\nVeld Courier, October 13, 2017\n",
            "A Storm",
            "2017-10-13",
            "Ada Holm",
        ),
        (
            "# A **bold** storm #\n*3 May 2019*\n\nby Ada Holm and Bo Lindt",
            "A bold storm",
            "2019-05-03",
            "Ada Holm and Bo Lindt",
        ),
        (
            '---\ntitle: "A storm"\ndate: 2020-01-02\nauthor: Ada Holm\n---\n# Other\n',
            "A storm",
            "2020-01-02",
            "Ada Holm",
        ),
        ("Published on Monday, 4 March 2021, 10:30 GMT\n\nText.", None, "2021-03-04", None),
        ("By Ada Holm, political editor\n\nText.", None, None, "Ada Holm"),
        ("A Storm\n\n**3 May 2019 | by Ada Holm**", "A Storm", "2019-05-03", "Ada Holm"),
        ("Embargoed until 00:01 on Tuesday\n\nThe quay fell", "The quay fell", None, None),
        ("VELD, Tarsk, 7 May 2019 (Wire Agency)\n\nText.", None, "2019-05-07", None),
        ("# Rain\n\nVELD, 7 May 2019 – It rained.", "Rain", "2019-05-07", None),
        ("# Rain\n\n**PORT VELD, May 7, 2019 (WA) -** It rained.", "Rain", "2019-05-07", None),
        # not certain, so not said
        ("# Rain\n\nVELD, 7 May – It rained.", "Rain", None, None),
        ("# Rain\n\nCORRECTION, 7 May 2019: It rained.", "Rain", None, None),
        ("# Rain\n\nIt opened, 7 May 1950 (it closed in 1990).", "Rain", None, None),
        ("On Tuesday – 3 May 2019 – the quay fell.\n\nMore.", None, None, None),
        ("The quay fell on 3 May 2019.\n\nMore.", None, None, None),
        ("In the town, May 3, 2019 was a dark day.", None, None, None),
        ("By noon the storm had passed", "By noon the storm had passed", None, None),
        ("14/10/2017\n\nText.", None, None, None),
    ],
)
def test_head(text: str, title: str | None, published: str | None, author: str | None) -> None:
    head = read_head(text)
    assert (head.title, head.published, head.author) == (title, published, author)


@pytest.mark.parametrize(
    "unit", ["---\n", "By A ", "# ", "[", "A, ", "By A and ", "\n", "*", "VELD, "]
)
def test_hostile_heads_take_little_time(unit: str) -> None:
    started = time.process_time()
    read_head(unit * (1_000_000 // len(unit)))
    assert time.process_time() - started < 2


# --- addresses


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::10.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://[::1]/",
        "https://10.0.0.1/",
        "http://0x7f.1/",
    ],
)
def test_private_addresses_are_refused_before_connecting(url: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request.url)

    message = failure(lambda: fetch(url, transport=httpx.MockTransport(handler)))
    assert "is not a public address" in message


def test_the_checked_address_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["93.184.215.14", "127.0.0.1"])  # a name that changes its mind
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 0))],
    )
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, text="It fell.", headers={"Content-Type": "text/plain"})

    fetch("https://veld.example/storm", transport=httpx.MockTransport(handler))
    assert [request.url.host for request in seen] == ["93.184.215.14"]
    assert seen[0].headers["Host"] == "veld.example"
    assert seen[0].extensions["sni_hostname"] == "veld.example"


def test_an_address_that_does_not_answer_gives_way_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *_, **__: [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))
            for address in ("93.184.215.14", "93.184.215.15")
        ],
    )

    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.host == "93.184.215.14":
            raise httpx.ConnectError("refused")
        return httpx.Response(200, text="It fell.", headers={"Content-Type": "text/plain"})

    assert fetch("http://veld.example/", transport=httpx.MockTransport(handler)).data == b"It fell."


# --- answers


def served(answer: httpx.Response | Exception, options: FetchOptions | None = None) -> str:
    def handler(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    transport = httpx.MockTransport(handler)
    return failure(lambda: fetch(f"{PUBLIC}/storm", options, transport))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (httpx.Response(404, text="no"), "answered 404 Not Found"),
        (httpx.Response(500, text="no"), "answered 500 Internal Server Error"),
        (httpx.ConnectTimeout("slow"), "did not answer within 10 s"),
        (httpx.ConnectError("refused"), "cannot be fetched (refused)"),
        (httpx.Response(302, headers={"Location": "/storm"}), "redirects more than 5 times"),
        (httpx.Response(302, headers={"Location": "ftp://veld.example/"}), "no web address"),
        (httpx.Response(302, headers={"Location": "file:///etc/passwd"}), "no web address"),
        (httpx.Response(302, headers={"Location": "http://10.0.0.1/"}), "is not a public address"),
        (
            httpx.Response(200, headers={"Content-Type": "application/zip"}),
            "is application/zip, ex",
        ),
        (httpx.Response(200, headers={"Content-Type": "image/png"}), "is image/png, expected HTML"),
        (httpx.Response(200, headers={"Content-Encoding": "gzip, gzip"}), "compressed in a way"),
    ],
)
def test_answers_that_are_no_article(answer: httpx.Response | Exception, expected: str) -> None:
    assert expected in served(answer)


def test_redirects_are_followed_up_to_the_limit() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        hop = int(request.url.path.strip("/") or 0)
        if hop < MAX_REDIRECTS:
            return httpx.Response(301, headers={"Location": f"/{hop + 1}"})
        return httpx.Response(200, text="It fell.", headers={"Content-Type": "text/plain"})

    page = fetch(f"{PUBLIC}/0", transport=httpx.MockTransport(handler))
    assert (page.data, page.url) == (b"It fell.", f"{PUBLIC}/{MAX_REDIRECTS}")


@pytest.mark.parametrize("packed", [False, True])
def test_size_is_bounded_after_decompression(packed: bool) -> None:
    body = b"a" * (3 * 2**20)
    headers = {"Content-Encoding": "gzip"} if packed else {}
    answer = httpx.Response(200, content=gzip.compress(body) if packed else body, headers=headers)
    assert "is larger than 2 MB" in served(answer, FetchOptions(max_bytes=2 * 2**20))


class Site(BaseHTTPRequestHandler):
    """A local site: an article, and a page that never ends to begin."""

    def do_GET(self) -> None:
        if self.path == "/slow":
            time.sleep(2)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(HTML.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_real_server(site: str) -> None:
    article = read_article(site, ArticleOptions(fetch=FetchOptions(allow_private=True)))
    assert (article.title, article.author) == ("Quay reopens", "Ada Holm")
    assert article.source == site
    assert "is not a public address" in failure(lambda: read_article(site))


def test_a_server_that_does_not_answer(site: str) -> None:
    options = FetchOptions(allow_private=True, timeout=0.2)
    assert "did not answer within 0.2 s" in failure(lambda: fetch(f"{site}/slow", options))


def test_the_deadline_holds_whatever_else_does_not(site: str) -> None:
    options = FetchOptions(allow_private=True, timeout=60, deadline=0.2)
    started = time.monotonic()
    assert "did not answer within 0.2 s" in failure(lambda: fetch(f"{site}/slow", options))
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize("url", ["ftp://veld.example/", "http://", "http://[::1", "nonsense://x"])
def test_addresses_that_are_none(url: str) -> None:
    assert "no web address" in failure(lambda: read_article(url))


def test_the_body_of_a_redirect_is_not_read() -> None:
    class Endless(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            raise AssertionError

    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/old":
            return httpx.Response(301, headers={"Location": "/new"}, stream=Endless())
        return httpx.Response(200, text="It fell.", headers={"Content-Type": "text/plain"})

    assert fetch(f"{PUBLIC}/old", transport=httpx.MockTransport(handler)).data == b"It fell."
