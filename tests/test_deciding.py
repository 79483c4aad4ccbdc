from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.deciding import EVERYTHING, Choice, Gate, names_of, repeats, shingles
from factcheck.records import Excluded
from index import ReferenceIndex, build_index
from tests.builders import a_claim, a_hit
from tests.fakes import WordEncoder

ARTICLE = (
    "The harbour of Ostrel will close its northern basin for two years from next spring, the board "
    "announced on Monday. Ships from Varn will be sent to the old quay meanwhile, where the cranes "
    "date from before the war. “We have no other choice, because the walls of the basin have moved "
    "by a hand in a single winter and nobody can say whether they will hold for another one,” said "
    "harbour master Ida Roe. The work is to cost forty million crowns, half of it paid by the "
    "province, and three hundred people will be employed on the site at the height of summer."
)
QUOTATION = ARTICLE[ARTICLE.index("We have") : ARTICLE.index(",” said")]


@pytest.mark.parametrize(
    ("pattern", "document"),
    [
        ("reports/", "reports/2021.pdf"),
        ("REPORTS", "reports/2021.pdf"),
        ("*.pdf", "reports/2021.pdf"),
        ("reports/20?1.*", "reports/2021.pdf"),
        ("bulletin", "x.md"),  # the title
        ("Harbour*", "x.md"),
        ("harbour bulletin", "x.md"),
    ],
)
def test_a_pattern_is_a_piece_of_a_name_or_all_of_it(pattern: str, document: str) -> None:
    hit = a_hit(document=document)
    assert Choice(sources=(pattern,)).reason_against(hit) is None
    assert Choice(excluded=(pattern,)).reason_against(hit) == "excluded by the user"


@pytest.mark.parametrize("pattern", ["reports/2020", "*.md", "2021.?", "reports/*.txt", "[r]*"])
def test_a_pattern_that_fits_no_name(pattern: str) -> None:
    hit = a_hit(document="reports/2021.pdf")
    assert Choice(sources=(pattern,)).reason_against(hit) == "not among the sources chosen"
    assert Choice(excluded=(pattern,)).reason_against(hit) is None


def test_a_bracket_in_a_title_is_a_bracket() -> None:
    hit = a_hit(title="Annual report [draft]")
    for pattern in ("[draft]", "*[draft]", "annual * [draft]"):
        assert Choice(excluded=(pattern,)).reason_against(hit) == "excluded by the user"
    assert Choice(excluded=("*[tfard]",)).reason_against(hit) is None


def test_what_is_excluded_is_out_though_it_was_chosen() -> None:
    choice = Choice(sources=("ostrel", "varn"), excluded=("draft",))
    assert choice.reason_against(a_hit(document="ostrel/final.md")) is None
    assert choice.reason_against(a_hit(document="varn/final.md")) is None
    assert choice.reason_against(a_hit(document="ostrel/draft.md")) == "excluded by the user"


@pytest.mark.parametrize(
    ("published", "reason"),
    [
        ("2024-03-31", None),
        ("2024-04-01", "published after 2024-03-31, or may have been"),
        ("2023-12-31", None),
        ("2024-03", None),
        ("2024-04", "published after 2024-03-31, or may have been"),
        ("2024", "published after 2024-03-31, or may have been"),
        ("2025", "published after 2024-03-31, or may have been"),
        (None, "has no date, and only what was published by 2024-03-31 counts"),
    ],
)
def test_a_last_day(published: str | None, reason: str | None) -> None:
    assert Choice(as_of="2024-03-31").reason_against(a_hit(published=published)) == reason
    assert EVERYTHING.reason_against(a_hit(published=published)) is None


def excluded(
    folder: Path, article: str, documents: dict[str, str], choice: Choice = EVERYTHING
) -> tuple[Excluded, ...]:
    """What a gate leaves out of an index of `documents`, each asked for twice."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in documents.items():
        (corpus / name).write_text(text, encoding="utf-8")
    encoder = WordEncoder()
    build_index(folder / "index", [corpus], encoder=encoder)
    with ReferenceIndex.open(folder / "index", encoder) as reference:
        gate = Gate(reference, article, choice)
        for name in documents:
            passes = gate.lets_through(a_hit(document=name))
            assert passes is gate.lets_through(a_hit(document=name, start=900))
            assert passes is (("", name) not in gate.excluded)
        return gate.record()


@pytest.mark.parametrize(
    ("document", "elsewhere"),
    [
        ("The mayor of Velm, Tor Hask, met the Lantern Guild. They agreed on Monday.", True),
        ("The mayor of Velm, Tor Hask, met the harbour master of Ostrel's old quay.", False),
        ("In Velm the mayor met Hask.", False),  # two names tell no story
        ("MINUTES OF OSTREL COUNCIL. PRESENT: IDA ROE.", False),
        ("The mayor met the guild, and nobody was named.", False),
        ("Velm, Hask and Lune. The ida was read, and the roe.", True),
    ],
)
def test_a_document_that_names_nothing_of_the_article_is_elsewhere(
    tmp_path: Path, document: str, elsewhere: bool
) -> None:
    path = tmp_path / "document.txt"
    path.write_text(document, encoding="utf-8")
    encoder = WordEncoder()
    build_index(tmp_path / "index", [path], encoder=encoder)
    hit = a_hit(document="document.txt", title="")
    with ReferenceIndex.open(tmp_path / "index", encoder) as reference:
        assert Gate(reference, ARTICLE).is_elsewhere(hit) is elsewhere
        titled = replace(hit, title="What Ida Roe saw")
        assert not Gate(reference, ARTICLE).is_elsewhere(titled)
        for article in ("", "The mayor met the guild.", "In Velm the mayor met Hask."):
            assert not Gate(reference, article).is_elsewhere(hit)


@pytest.mark.parametrize(
    ("document", "foreign"),
    [
        ("The wall of Varn's quay, said Ida Roe, has moved.", False),
        ("Ostrel has no quay, and Varn none.", False),
        ("Ostrel has no quay.", True),  # one of three
        ("The roe was read in Velm, and Hask paid for it.", True),
        ("", True),
    ],
)
def test_a_document_without_half_of_what_a_claim_names_is_of_others(
    tmp_path: Path, document: str, foreign: bool
) -> None:
    path = tmp_path / "document.txt"
    path.write_text(document or "Nobody is named.", encoding="utf-8")
    encoder = WordEncoder()
    build_index(tmp_path / "index", [path], encoder=encoder)
    hit = a_hit(document="document.txt", title="")
    with ReferenceIndex.open(tmp_path / "index", encoder) as reference:
        gate = Gate(reference, ARTICLE)
        claim = a_claim(
            "Ostrel: Varn moved by a hand, said Roe of Lune."
        )  # Lune is not the article's
        assert gate.is_foreign(claim, hit) is foreign
        titled = replace(hit, title="Ostrel, Varn and Roe")
        assert not Gate(reference, ARTICLE).is_foreign(claim, titled)
        assert not gate.is_foreign(a_claim("It moved by a hand."), hit)


def test_names_are_what_is_never_written_small() -> None:
    text = "Fish is sold in VELM. Velm’s fish, O'Hara told the EU on Monday, is Tor Hask's."
    assert names_of(text) == {"velm", "o'hara", "eu", "tor", "hask"}
    assert names_of("Über dem Fluß, écoles élan. قال محمد 東京 It. Is.") == {"über", "fluss"}


COPY = "the article itself, or a copy of it"


def test_the_article_itself_and_a_syndicated_copy_may_not_decide(tmp_path: Path) -> None:
    changed = ARTICLE.replace("forty million", "fifty million").replace("Monday", "Tuesday")
    found = excluded(
        tmp_path,
        ARTICLE,
        {
            "itself.txt": ARTICLE,
            "wire.txt": f"OSTREL (Wire) – {ARTICLE} More on this at eight.",
            "changed.txt": changed,
            "first-half.txt": ARTICLE[: ARTICLE.index("“We")],
            "other.txt": "The board of Ostrel met on Monday. " * 3 + "It heard the harbour master.",
        },
    )
    names = ["changed.txt", "first-half.txt", "itself.txt", "wire.txt"]
    assert found == tuple(Excluded(name, COPY) for name in names)


def test_what_the_article_quotes_is_a_source(tmp_path: Path) -> None:
    speech = (
        f"Good evening. {QUOTATION}. I know what this means for the crews of Varn, and I have told "
        "them so on the quay myself. We shall keep two berths open through the winter, and the "
        "bridge will not be touched before the ferries are back on their summer times."
    )
    statement = f"{QUOTATION}."  # nothing but what is quoted
    assert excluded(tmp_path, ARTICLE, {"speech.txt": speech, "statement.txt": statement}) == ()


def test_an_article_that_is_nearly_all_quotation_is_known_too(tmp_path: Path) -> None:
    article = f"“{ARTICLE.replace('“', '').replace('”', '')}” So she said."
    assert excluded(tmp_path, article, {"copy.txt": article}) == (Excluded("copy.txt", COPY),)


def test_texts_too_short_to_tell_may_decide(tmp_path: Path) -> None:
    short = "The port of Ostrel is deep, and ships from Varn call there in summer."
    documents = {"short.txt": short, "long.txt": ARTICLE, "piece.txt": ARTICLE[:90]}
    for number, article in enumerate([short, ARTICLE, ""]):
        expected = (Excluded("long.txt", COPY),) if article is ARTICLE else ()
        folder = tmp_path / str(number)
        folder.mkdir()
        assert excluded(folder, article, documents) == expected


def test_the_record_lists_what_was_found_and_left_out_but_not_what_was_not_chosen(
    tmp_path: Path,
) -> None:
    choice = Choice(sources=("a.txt", "b.txt"), excluded=("b.txt",))
    documents = {"a.txt": "A port.", "b.txt": "B port.", "c.txt": "C port."}
    assert excluded(tmp_path, "Some article.", documents, choice) == (
        Excluded("b.txt", "excluded by the user"),
    )


def test_shingles_are_runs_of_words() -> None:
    assert len(shingles("one two three four", 3)) == 2
    assert shingles("One, two: THREE!", 3) == shingles("one two three", 3)
    assert shingles("one two", 3) == frozenset()


def test_agency_copy_repeats_and_a_report_of_its_own_does_not() -> None:
    first = ARTICLE[: ARTICLE.index(" Ships")]
    assert repeats(first, f"(Wire) {first}")
    assert repeats(first, first.replace("two years", "three years"))
    assert not repeats(first, "Ostrel's northern basin will be closed for two years.")
    assert not repeats("Yes.", "Yes.")  # too short to tell


@given(st.text(max_size=80), st.text(max_size=80))
def test_repetition_is_mutual(first: str, second: str) -> None:
    assert repeats(first, second) == repeats(second, first)
