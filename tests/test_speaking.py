"""Who speaks in a source: by its labels and headings, what stands before, and who has signed it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from factcheck.records import SaidStatus
from factcheck.speaking import Sources
from index import FoundBy, Hit, Passage, ReferenceIndex, build_index
from tests.builders import a_hit
from tests.fakes import WordEncoder
from tests.saying import ROE, VELT, WORDS, asked, says


@pytest.mark.models
def test_who_speaks_is_read_from_the_passage() -> None:
    article = says(WORDS)
    minutes = (
        f"The council met at nine. “{WORDS},” Ida Roe told the council. “The quay is another "
        "matter, and we have not made up our minds about the quay,” said Mara Velt."
    )
    said, (mismatch,) = asked(article, minutes, Sources())
    assert said is not None
    assert (said.status, said.speaker) == (SaidStatus.MISATTRIBUTED, ROE)
    assert mismatch.passage_value == ROE
    quay = says("The quay is another matter, and we have not made up our minds about it")
    said, _ = asked(quay, minutes, Sources())
    assert said is not None
    assert said.speaker == VELT


@pytest.mark.models
def test_labels_of_a_transcript_say_who_speaks() -> None:
    transcript = (
        "ROE: How long will the basin be closed?\n\nVELT: The basin stays shut until the end of "
        f"May.\n\nROE: And the ferry?\n\nVELT: {WORDS}.\n"
    )
    said, mismatches = asked(says(WORDS), transcript, Sources())
    assert said is not None
    assert (said.status, said.speaker) == (SaidStatus.VERBATIM, "Velt")
    assert mismatches == []
    said, _ = asked(says(WORDS, ROE), transcript, Sources(), ROE)
    assert said is not None
    assert (said.status, said.speaker) == (SaidStatus.MISATTRIBUTED, "Velt")


@pytest.mark.models
def test_words_of_an_office_are_nobody_elses() -> None:
    minutes = (
        f"In the chair: Cllr I. Roe.\n\n6.1 The Leader moved that £12 be paid. He said: “{WORDS}.”"
    )
    said, mismatches = asked(says(WORDS), minutes, Sources())
    assert said is not None
    assert (said.status, mismatches) == (SaidStatus.ABSENT, [])
    present = "Present: 17 members, Cllr M. Velt (Leader of the Council) among them. "
    said, mismatches = asked(says(WORDS), present + minutes, Sources())
    assert said is not None
    assert (said.status, mismatches) == (SaidStatus.VERBATIM, [])


@pytest.mark.models
def test_words_of_people_without_a_name_are_nobody_elses() -> None:
    letter = f"Mara Velt wrote to us. Several people have told us that they left: “{WORDS}.”"
    said, mismatches = asked(says(WORDS), letter, Sources())
    assert said is not None
    assert (said.status, mismatches) == (SaidStatus.ABSENT, [])


@pytest.mark.models
def test_a_heading_says_whose_words_follow() -> None:
    letter = (
        f"## Where we stand\n\nSeveral people have told us that they left.\n\n"
        f"## From our organiser, Mara Velt\n\n“{WORDS}.”\n"
    )
    said, mismatches = asked(says(WORDS), letter, Sources())
    assert said is not None
    assert (said.status, said.speaker, mismatches) == (SaidStatus.VERBATIM, VELT, [])


@pytest.mark.models
def test_who_speaks_aloud_says_what_he_quotes_and_more() -> None:
    words = "My mother used to say: ‘Measure the bridge before you curse the river.’"
    transcript = (
        f"ROE: How long will it be?\n\nVELT: It stays shut.\n\nROE: Why?\n\nVELT: {words}\n"
    )
    said, mismatches = asked(f"“{words}” said Mara Velt.", transcript, Sources())
    assert said is not None
    assert (said.status, said.speaker, mismatches) == (SaidStatus.VERBATIM, "Velt", [])


@pytest.mark.models
def test_who_speaks_may_be_said_before_the_passage_begins(tmp_path: Path) -> None:
    turns = "ROE: Why?\n\nVELT: It must be.\n\nROE: When?\n\nVELT: It was a long day."
    text = f"# Hearing\n\n{turns}\n\nWe are tired. {WORDS}.\n"
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "hearing.md").write_text(text, encoding="utf-8")
    build_index(tmp_path / "index", [tmp_path / "corpus"], encoder=WordEncoder())
    with ReferenceIndex.open(tmp_path / "index", WordEncoder()) as reference:
        (document,) = [hit.passage.document_id for hit in reference.search([WORDS], k=1)[0]]
        whole = reference.document(document).text
        start = whole.index("We are tired")
        passage = Passage(document, start, len(whole), whole[start:], "")
        hit = Hit(passage, 1.0, FoundBy.BOTH, "", "", None, None)
        alone, *_ = Sources().speakers(hit)
        known, *_ = Sources(reference).speakers(hit)
        gone = replace(hit, passage=replace(passage, document_id="gone.md"))
        unknown, *_ = Sources(reference).speakers(gone)
    assert [one.voice.speaker for one in (alone, known, unknown)] == [None, "Velt", None]


@pytest.mark.parametrize(
    ("end", "host"),
    [
        ("Yours sincerely\n\nDr Sunniva Palk\nHead of Assessment\n\ncc: file", "Sunniva Palk"),
        ("Kind regards,\nIda van der Roe", "Ida van der Roe"),
        ("Yours faithfully,\n\n\nMara Velt (secretary)", "Mara Velt"),
        ("He sent kind regards\n\nMara Velt", None),
        ("Yours sincerely\n\nthe whole committee", None),
        ("Yours sincerely\n\nMara Velt" + "\nenclosure" * 80, None),  # somewhere inside
    ],
)
def test_a_letter_is_who_signed_it(end: str, host: str | None) -> None:
    class Letters:
        def document_of(self, hit: Hit) -> SimpleNamespace:  # noqa: ARG002
            return SimpleNamespace(text=f"VELD AUTHORITY\n\nThe signal is small.\n\n{end}\n")

    sources = Sources(Letters())  # type: ignore[arg-type]
    assert sources.host(a_hit("The signal is small.")) == host
