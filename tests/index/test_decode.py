from __future__ import annotations

import codecs
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents import Metadata, make_document
from index.errors import UnreadableDocument
from index.readers import mojibake
from index.readers.decode import decode
from index.readers.mojibake import repair

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


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("The cafÃ© isnâ€™t open â€” yet.", "The café isn’t open — yet."),
        ("â€œIt is,â€\x9d he said", "“It is,” he said"),
        ("Der BÃ¼rgermeister grÃ¼ÃŸt fÃ¼r 5 â‚¬", "Der Bürgermeister grüßt für 5 €"),
        ("worth Â£28.1bn", "worth £28.1bn"),
        ("doesn‚Äôt", "doesn’t"),  # by way of a Macintosh
        ("ÃƒÂ© twice", "é twice"),
        ("ÐœÑƒÑ€Ð¼Ð°Ð½Ñ\x81Ðº", "Мурманск"),
        ("cafÃ© costs 5 € or “more”", "café costs 5 € or “more”"),  # some of it good
        ("SÃ£o\nfine: é “a” ½", "São\nfine: é “a” ½"),
    ],
)
def test_mojibake_is_repaired(broken: str, meant: str) -> None:
    assert repair(broken) == meant
    assert repair(meant) == meant


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "|\x94\x82 R |, function1\x964",  # some encoding's, nobody knows which
        "lost: Ã\ufffd and â\ufffd\ufffd",
        "SÃO PAULO – VERSÃO ©, JOÃO™, MÃO®",
        "“É”, PÂTÉ™, L’ÎLE-DE-FRANCE, « À l’École », Côté…»",
        "ÅÄÖ – ”Å”, RÄKSMÖRGÅS™, ŠĆŽ“, Łódź „Żółć”, İstanbul’da ÇAĞ",
        "5°–6° ±0.5 µm × 2 ÷ 3, ½ ¾ § ¶ €5 £5 ¥5",
    ],
)
def test_what_is_not_mojibake_for_certain_stays(text: str) -> None:
    assert repair(text) == text


WORDS = (
    "São João coração ÇÃO à où être ŒUVRE naïve Ängström über straße Größe Øresund smørrebrød "
    "ÅSA fjörður þórður niño ¿qué? ¡Sí! l’été Łódź żółć ČEŠTINA řeč őrült ŰRES şehir ığdır "
    "ÎLE À É Ê Ï Ý Σίσυφος ΑΘΉΝΑ Київ Ёлка “quoted” ‘one’ «deux» „drei“ – — … • € £5 © ® ™ ° ½ ×"
).split()


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([" ", ", ", " – ", ". ", "\n"])
)
def test_clean_words_of_many_languages_are_never_changed(words: list[str], between: str) -> None:
    text = between.join(words)
    assert repair(text) == text


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=12).map(" ".join))
def test_what_is_repaired_is_what_was_meant(text: str) -> None:
    broken = text.encode().decode("latin-1")
    assert repair(broken) in {text, broken}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_lines_stay_lines(text: str) -> None:
    assert repair(text).count("\n") == text.count("\n")


def test_bundled_corpora_are_clean() -> None:
    root = Path(__file__).parents[2]
    files = [path for name in ("seeds", "tests/gold") for path in (root / name).rglob("*.*")]
    texts = [path.read_text(encoding="utf-8") for path in files if path.suffix != ".gz"]
    assert sum(not text.isascii() for text in texts) > 10
    assert [text for text in texts if repair(text) != text] == []


def test_documents_are_repaired_but_decoding_changes_nothing() -> None:
    document = make_document("a.txt", "cafÃ©", Metadata("â€œAâ€\x9d"))
    assert (document.title, document.text) == ("“A”", "café")
    assert decode("cafÃ©".encode()) == "cafÃ©"


@pytest.mark.parametrize("unit", ["Ã", "Ã©", "Ã©\n", "é \n", "â\x80", "â€™ "])
def test_hostile_text_is_repaired_in_little_time(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mojibake, "MAX_STRETCHES", 1000)
    text = unit * (300_000 // len(unit))
    begin = time.process_time()
    repair(text)
    assert time.process_time() - begin < 2
