from __future__ import annotations

import codecs

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import UnreadableDocument
from index.web.addresslist import MAX_URL, BadLine, Listed, read_list


def listed(data: bytes) -> list[str]:
    return [item.url for item in read_list(data) if isinstance(item, Listed)]


def test_addresses_comments_and_blank_lines() -> None:
    data = codecs.BOM_UTF8 + (
        b"# my sources\r\n\r\n  https://veld.example/storm#top \r\nhttp://port.example/a?b=1\r"
        b"https://veld.example/storm\nHTTPS://Veld.example:8443/\n#https://no.example/\n"
    )
    assert list(read_list(data)) == [
        Listed("https://veld.example/storm", 3),
        Listed("http://port.example/a?b=1", 4),
        Listed("HTTPS://Veld.example:8443/", 6),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("veld.example/storm", "no web address; expected http:// or https://"),
        ("ftp://veld.example/storm", "no web address; expected http:// or https://"),
        ("file:///etc/passwd", "no web address; expected http:// or https://"),
        ("https://", "no web address; expected http:// or https://"),
        ("https:///storm", "no web address; expected http:// or https://"),
        ("http://[::1", "no web address; expected http:// or https://"),
        ("http://veld.example:port/", "no web address; expected http:// or https://"),
        ("https://a.example/ https://b.example/", "more than an address; put one on each line"),
        ("https://a.example/\x1b[31m", "more than an address; put one on each line"),
        ("https://ida:secret@veld.example/", "a name or a password in an address; leave it out"),
        ("https://ida@veld.example/", "a name or a password in an address; leave it out"),
        ("https://veld.example/" + "a" * MAX_URL, "an address of 2,069 characters, expected at"),
    ],
)
def test_bad_lines_are_told_by_number(line: str, reason: str) -> None:
    first, second = read_list(f"\n{line}\nhttp://good.example/\n#{'-' * 60}".encode())
    assert isinstance(first, BadLine)
    assert (first.line, first.reason[: len(reason)]) == (2, reason)
    assert second == Listed("http://good.example/", 3)


def test_what_is_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableDocument, match="it is binary"):
        list(read_list(b"\x89PNG\0\0"))
    monkeypatch.setattr("index.web.addresslist.MAX_URLS", 2)
    data = b"http://a.example/\nhttp://a.example/\nhttp://b.example/\n"
    assert len(listed(data)) == 2
    with pytest.raises(UnreadableDocument, match="more than 2 addresses; split it"):
        list(read_list(data + b"http://c.example/\n"))


ADDRESS = st.builds(
    "{}://{}/{}".format,
    st.sampled_from(["http", "https"]),
    st.from_regex(r"[a-z]{1,8}\.example(:[1-9]\d{0,3})?", fullmatch=True),
    st.text("abcXYZ019-_.~/?&=%éß", max_size=20),
)
NOISE = st.one_of(
    st.just(""), st.just("   \t"), st.text("# abc:/", max_size=10).map(lambda text: f"#{text}")
)


@given(st.lists(st.one_of(ADDRESS, NOISE)), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_every_address_comes_back_once_in_order(
    lines: list[str], newline: str, marked: bool
) -> None:
    data = newline.join(lines).encode("utf-8-sig" if marked else "utf-8")
    addresses = [line for line in lines if line.startswith("http")]
    assert listed(data) == list(dict.fromkeys(addresses))
    for item in read_list(data):
        assert isinstance(item, Listed)
        assert data.decode("utf-8-sig").split(newline)[item.line - 1].strip() == item.url


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t\r")))
def test_any_text_gives_addresses_or_reasons(text: str) -> None:
    text = "\n".join([text, "http://" + text.replace("\n", "")])
    for item in read_list(text.encode()):
        if isinstance(item, Listed):
            url = httpx.URL(item.url)
            assert url.scheme in {"http", "https"}
            assert url.host
            assert not url.userinfo
            assert not url.fragment
        else:
            assert item.reason
