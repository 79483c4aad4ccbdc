from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index import CorpusError, Document, Skipped, UnreadableDocument
from index.opening import writing
from index.salvage import whole_rows
from index.schema import checked
from index.store import UNREADABLE, Database
from index.web.copies import Copies
from index.web.page import Page
from index.web.pages import MAX_REPORTED, FetchedLists, Pages
from tests.index.web.sites import OTHER, PUBLIC, Web, fetcher, moved, page

ARTICLE = (
    "<html><head><title>Quay reopens</title><link rel='canonical' href='http://veld.example/x'>"
    "<meta property='article:published_time' content='2021-03-04'></head><body><article>"
    "<p>The harbour of {} reopened on Monday after repairs that took eleven weeks.</p>"
    "</article></body></html>"
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with writing(tmp_path / "index") as database:
        yield database


@pytest.fixture
def copies(database: Database) -> Copies:
    return Copies(database)


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    return tmp_path / "sources.urls"


def fetched(web: Web, copies: Copies, *lists: Path) -> FetchedLists:
    pages = Pages(copies, fetcher(web, pause=0))
    for each in lists:
        pages.take_in(each)
    return pages.fetch(lambda *_: None)


def read(page: Page) -> list[Document | Skipped]:
    return list(page.documents(page.id, page.read()))


def document(page: Page) -> Document:
    (only,) = read(page)
    assert isinstance(only, Document)
    return only


def store_as_read(database: Database, url: str, state: str, reading: str = "read") -> None:
    """What a build notes of a page."""
    with database.transaction():
        database.execute("DELETE FROM files")
        row = checked(url, url, reading, "", state)
        database.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", row)


def test_pages_come_in_the_order_of_the_lists(
    copies: Copies, listing: Path, tmp_path: Path
) -> None:
    names = [f"http://93.184.215.{host}/{n}" for n in range(3) for host in (5, 3, 4)]
    listing.write_text("\n".join([*names[:5], "nonsense"]))
    second = tmp_path / "second.urls"
    second.write_text("\n".join(names[::-1]))
    web = Web({name: page(name) for name in names})
    told = []
    pages = Pages(copies, fetcher(web, pause=0))
    pages.take_in(listing)
    pages.take_in(second)
    found = pages.fetch(lambda done, total: told.append((done, total)))
    assert found.skipped == (
        Skipped("sources.urls", "line 6: no web address; expected http:// or https://"),
    )
    assert found.read == {str(listing), str(second)}
    assert [page.id for page in found.pages] == names[:5] + names[:4:-1]
    assert told == [(done, 9) for done in range(10)]
    assert found.pages[0].read() == names[0].encode()


def test_an_html_page_is_a_document_under_its_address(copies: Copies, listing: Path) -> None:
    listing.write_text(f"{PUBLIC}/storm#top\n")
    web = Web({"/storm": page(ARTICLE.format("Velm"), "text/html", Last_Modified="Tue")})
    (found,) = fetched(web, copies, listing).pages
    read = document(found)
    assert (read.id, read.source) == (f"{PUBLIC}/storm", f"{PUBLIC}/storm")
    assert (read.title, read.published) == ("Quay reopens", "2021-03-04")
    assert "The harbour of Velm reopened" in read.text


def test_a_server_names_the_encoding(copies: Copies, listing: Path) -> None:
    listing.write_text(f"{PUBLIC}/a\n{PUBLIC}/b\n")
    lying = ARTICLE.replace("<head>", "<head><meta charset='iso-8859-1'>").format("Łódź")
    text = "Łódź i Gdynia mają porty."
    web = Web(
        {
            "/a": httpx.Response(
                200,
                content=lying.encode("iso8859-2"),
                headers={"Content-Type": "text/html; charset=iso-8859-2"},
            ),
            "/b": httpx.Response(
                200,
                content=text.encode("utf-16-le"),
                headers={"Content-Type": "text/plain; charset=utf-16le"},
            ),
        }
    )
    first, second = fetched(web, copies, listing).pages
    assert "The harbour of Łódź" in document(first).text
    with pytest.raises(UnreadableDocument, match="binary"):
        document(second)  # UTF-16 without a mark is no text to us


def test_rows_of_a_table_keep_their_own_sources(copies: Copies, listing: Path) -> None:
    listing.write_text(f"{PUBLIC}/rows?format=csv\n")
    table = "id,text,source\nx,The ferry sails.,https://port.example/4\ny,No bus runs.,\nz,,\n"
    web = Web({"/rows?format=csv": page(table, "text/csv")})
    first, second, third = read(fetched(web, copies, listing).pages[0])
    url = f"{PUBLIC}/rows?format=csv"
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, first.source, first.title) == (f"{url}#x", "https://port.example/4", "rows")
    assert (second.id, second.source) == (f"{url}#y", f"{url}#y")
    assert third == Skipped(url, "row 3: no text")


@pytest.mark.parametrize(
    ("path", "kind", "title"),
    [
        ("/", "text/plain", "93.184.215.14"),
        ("/news/the-storm.txt", "text/plain", "the-storm"),
        ("/news/", "text/plain", "news"),
        ("/%2e%2e%2f", "text/plain", "93.184.215.14"),
        ("/a%23b", "text/plain", "a#b"),
    ],
)
def test_a_page_without_a_title_is_called_by_its_address(
    copies: Copies, listing: Path, path: str, kind: str, title: str
) -> None:
    listing.write_text(PUBLIC + path)
    web = Web({path: page("it rained in the harbour of velm, and the ferry sailed.\n", kind)})
    read = document(fetched(web, copies, listing).pages[0])
    assert (read.id, read.source) == (PUBLIC + path, PUBLIC + path)
    assert read.title == title


def test_what_cannot_be_fetched_is_reported_and_its_copy_kept(
    copies: Copies, listing: Path
) -> None:
    listing.write_text(f"{PUBLIC}/a\n{PUBLIC}/b\n{PUBLIC}/c\n")
    web = Web({"/a": page("One."), "/b": page("Two.")})
    first = fetched(web, copies, listing)
    missing = Skipped(f"{PUBLIC}/c", "it answered 404 Not Found")
    assert ([page.id for page in first.pages], first.skipped) == (
        [f"{PUBLIC}/a", f"{PUBLIC}/b"],
        (missing,),
    )
    web = Web({"/a": httpx.Response(410), "/b": httpx.ConnectError("refused")})
    second = fetched(web, copies, listing)
    assert second.pages == first.pages
    assert second.skipped == (
        Skipped(f"{PUBLIC}/a", "it answered 410 Gone; the copy of 2026-03-04 is kept"),
        Skipped(f"{PUBLIC}/b", "it does not answer (refused); the copy of 2026-03-04 is kept"),
        missing,
    )
    assert second.pages[0].read() == b"One."


def test_a_newer_copy_stands_beside_the_published_one_until_it_is_read(
    copies: Copies, database: Database, listing: Path
) -> None:
    def rows() -> list[tuple[object, ...]]:
        sql = "SELECT fresh, etag FROM pages ORDER BY url, fresh"
        return list(database.query(sql))

    listing.write_text(f"{PUBLIC}/a")
    url = f"{PUBLIC}/a"
    (one,) = fetched(Web({"/a": page("One.", ETag='"1"')}), copies, listing).pages
    assert rows() == [(1, '"1"')]
    store_as_read(database, url, one.state)
    copies.settle()
    assert rows() == [(0, '"1"')]
    fetched(Web({"/a": page("Two.", ETag='"2"')}), copies, listing)
    (three,) = fetched(Web({"/a": page("Three.", ETag='"3"')}), copies, listing).pages
    for reading, state in (("read", one.state), (UNREADABLE + "it", three.state)):
        store_as_read(database, url, state, reading)
        copies.settle()
        assert rows() == [(0, '"1"'), (1, '"3"')]
    assert (one.read(), three.read()) == (b"One.", b"Three.")
    assert copies.known()[url].etag == '"3"'  # what is newer than the newest is asked for
    assert [copies.in_state(url, each) for each in (one.state, "")] == [one.kept, None]
    store_as_read(database, url, three.state)
    copies.settle()
    assert rows() == [(0, '"3"')]
    assert next(whole_rows(database, "pages"))[1]  # with its checksum
    store_as_read(database, "another", "")
    copies.settle()
    assert rows() == []
    assert copies.latest(url) is None


def test_what_did_not_change_is_not_written(
    copies: Copies, database: Database, listing: Path
) -> None:
    def unless_known(request: httpx.Request) -> httpx.Response:
        known = request.headers.get("If-None-Match") == '"1"'
        return httpx.Response(304) if known else page("One.", ETag='"1"')

    listing.write_text(f"{PUBLIC}/a\n{PUBLIC}/b\n")
    web = Web({"/a": unless_known, "/b": page("Two.")})
    first = fetched(web, copies, listing)
    changes = database.one("SELECT total_changes()")
    assert fetched(web, copies, listing) == first
    assert database.one("SELECT total_changes()") == changes


def test_an_interrupted_fetch_keeps_what_came(copies: Copies, listing: Path) -> None:
    listing.write_text("\n".join(f"{PUBLIC}/{n}" for n in range(5)))
    web = Web({f"/{n}": page(str(n)) for n in range(5)})
    pages = Pages(copies, fetcher(web, pause=0))
    pages.take_in(listing)

    def stop(done: int, total: int) -> None:
        if (done, total) == (2, 5):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pages.fetch(stop)
    assert sorted(copies.known()) == [f"{PUBLIC}/0", f"{PUBLIC}/1"]


def test_a_copy_knows_the_list_that_its_address_is_in(
    copies: Copies, listing: Path, tmp_path: Path
) -> None:
    def list_of(url: str) -> str:
        kept = copies.latest(url)
        assert kept
        return kept.list

    other = tmp_path / "other.urls"
    listing.write_text(f"{PUBLIC}/a\n{PUBLIC}/b\n")
    other.write_text(f"{PUBLIC}/a\n")
    web = Web({"/a": page("a"), "/b": page("b")})
    fetched(web, copies, listing, other)
    assert {list_of(f"{PUBLIC}/a"), list_of(f"{PUBLIC}/b")} == {str(listing)}
    fetched(web, copies, other)
    assert (list_of(f"{PUBLIC}/a"), list_of(f"{PUBLIC}/b")) == (str(other), str(listing))


def test_lists_that_cannot_be_read(copies: Copies, listing: Path) -> None:
    listing.write_bytes(b"\0\0")
    found = fetched(Web({}), copies, listing)
    reason = Skipped("sources.urls", "it is binary, not text")
    assert found == FetchedLists((), (reason,), frozenset())
    with pytest.raises(CorpusError, match="cannot be opened"):
        fetched(Web({}), copies, listing.with_name("none.urls"))


def test_many_bad_lines_are_counted(copies: Copies, listing: Path) -> None:
    listing.write_text("nonsense\n" * (MAX_REPORTED + 3))
    found = fetched(Web({}), copies, listing)
    assert len(found.skipped) == MAX_REPORTED + 1
    assert found.skipped[-1] == Skipped("sources.urls", "3 more bad lines")


def test_a_damaged_copy_is_told(copies: Copies, database: Database, listing: Path) -> None:
    listing.write_text(f"{PUBLIC}/a")
    (found,) = fetched(Web({"/a": page("One. " * 100)}), copies, listing).pages
    for damage in (b"", b"no zlib", None):
        body = damage if damage is not None else database.one("SELECT body FROM pages")[:-3]
        with database.transaction():
            database.execute("UPDATE pages SET body = ?", (body,))
        with pytest.raises(UnreadableDocument, match="its copy in the index is damaged"):
            found.read()


def test_a_redirect_is_followed_and_the_listed_address_stays(copies: Copies, listing: Path) -> None:
    listing.write_text(f"{PUBLIC}/short")
    target = f"http://{OTHER}/long.md"
    web = Web({"/short": moved(target), target: page("# Quay\nIt fell.", "text/plain")})
    (found,) = fetched(web, copies, listing).pages
    assert (found.id, found.path, found.kept.final_url) == (
        f"{PUBLIC}/short",
        f"{PUBLIC}/short",
        target,
    )
    assert document(found).title == "Quay"
