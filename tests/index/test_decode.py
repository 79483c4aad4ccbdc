from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableDocument
from index.readers.decode import decode

GERMAN = "Der Bürgermeister von Veldhafen grüßt alle. „Schöne Straße“, sagte er – für 5 €."
FRENCH = "Le maire de Veld a été élu à l’unanimité. Il a déclaré : « Nous verrons »."
ENGLISH = "The mayor said “no” — twice. £5 million was lost where the storm’s waves broke it."
RUSSIAN = "Мэр города сообщил в среду, что работы в порту будут завершены до конца сентября."
POLISH = (
    "Burmistrz powiedział w środę, że roboty w porcie zostaną zakończone przed końcem września. "
    "Żołnierze pomogą mieszkańcom w najbliższych dniach, a później także strażacy."
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-32"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (ENGLISH, "cp1252"),
        ("Une ville : Orléans", "latin-1"),
        (ENGLISH, "mac_roman"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
    ],
)
def test_text_survives_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_long_text_is_guessed_by_its_beginning_and_decoded_whole() -> None:
    text = f"{RUSSIAN} Солдаты помогут жителям. Мост откроют позже, сказал он.\n" * 1000
    assert decode(text.encode("cp1251")) == text


def test_a_declared_encoding_is_tried_after_utf8() -> None:
    assert decode(POLISH.encode("iso8859-2"), "ISO-8859-2") == POLISH
    assert decode(POLISH.encode(), "ISO-8859-2") == POLISH
    assert decode(FRENCH.encode("cp1252"), "punycode") == FRENCH
    assert decode(FRENCH.encode("cp1252"), "no-such") == FRENCH


def test_newlines_become_line_feeds_and_the_mark_goes() -> None:
    assert decode(codecs.BOM_UTF8 + b"a\r\nb\rc\nd\r\n\r\n") == "a\nb\nc\nd\n\n"
    assert decode(b"") == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is binary, not text"),
        (b"\x7fELF\x01\x02\x03\x04" * 9, "it is binary, not text"),
        (bytes(range(128, 256)) * 4, "its encoding cannot be told; save it as UTF-8"),
        (POLISH.encode("iso8859-2"), "its encoding cannot be told; save it as UTF-8"),
        (b"\xff\xfeabc", "it is marked as UTF-16 but holds bytes that are not; save it as UTF-8"),
    ],
)
def test_anything_else_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        decode(data)
    assert str(caught.value) == reason


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_is_changed_in_nothing_but_newlines(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_give_text_or_a_reason(data: bytes) -> None:
    try:
        text = decode(data)
    except UnreadableDocument:
        return
    assert "\r" not in text
