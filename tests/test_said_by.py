"""Documents that are a speaker's own: what nobody else says in them, the speaker does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factcheck.records import Said, SaidStatus, Stance
from factcheck.said import Heard, was_said
from factcheck.speaking import Sources
from index import Hit, Span
from tests.builders import a_claim, a_hit

OFFICE = "Rivers Inspectorate"


class Nobody(Sources):
    """Passages in which nobody speaks, of a document that `host` gives as a speech."""

    def __init__(self, host: str | None = None) -> None:
        super().__init__()
        self._host = host

    def speaker_at(self, hit: Hit, span: Span) -> str | None:  # noqa: ARG002
        return None

    def host(self, hit: Hit) -> str | None:  # noqa: ARG002
        return self._host


def asked(speaker: str, title: str, sources: Sources | None = None) -> Said | None:
    """A claim of a speaker's, and a passage without one that supports it."""
    hit = replace(a_hit("The tank leaked. It held slurry.", start=100), title=title)
    claim = a_claim(f"{speaker} said that the tank had leaked.", speaker=speaker)
    heard = [Heard(hit, Span(100, 116), Stance.SUPPORTS)]
    said, mismatches = was_said("", claim, heard, sources or Nobody())
    assert mismatches == []
    return said


@pytest.mark.parametrize(
    ("speaker", "title", "own"),
    [
        (OFFICE, "Rivers Inspectorate: Statement of 7 October 2026", True),
        ("water board", "Brennick Water Board: Bulletin 40", True),
        ("Veld Courier", "The Veld Courier: Council leader resigns", True),
        # another's, or none that is told
        (OFFICE, "Rivers Inspectorate accused of delay", False),
        (OFFICE, "Statistics Office: Release 88", False),
        ("Ida Roe", "Ida Roe: a life", False),
        ("Ida Roe", "The trial of Ida Roe: day three", False),
        ("Veld Council", "Complaint against Veld Council: decision", False),
        (OFFICE, "Rivers Inspectorate Union: Statement of 7 October 2026", False),
        ("inspectorate", "Rivers Inspectorate: Statement of 7 October 2026", False),
    ],
)
def test_a_body_says_what_stands_under_its_name(speaker: str, title: str, own: bool) -> None:
    said = asked(speaker, title)
    assert said is not None
    if own:
        assert said == Said(SaidStatus.VERBATIM, "ostrel.md", 100, 116, speaker)
    else:
        assert said == Said(SaidStatus.ABSENT)


def test_who_gives_a_speech_says_all_of_it() -> None:
    title = "Veld Courier: speeches"
    assert asked("Mara Velt", title, Nobody("Mara Velt")) == Said(
        SaidStatus.VERBATIM, "ostrel.md", 100, 116, "Mara Velt"
    )
    # and nobody else does, whatever the title says
    assert asked("Veld Courier", title, Nobody("Mara Velt")) == Said(SaidStatus.ABSENT)


def test_a_quotation_stands_in_a_letter_that_its_speaker_signed() -> None:
    article = 'The signal is "neither alarming nor ignorable", writes Sunniva Palk.'
    claim = a_claim(article, speaker="Sunniva Palk")
    claim = replace(claim, quoted=(Span(15, 46),))
    heard = [Heard(a_hit("It is neither alarming nor ignorable."), Span(0, 37), Stance.NEI)]
    said, _ = was_said(article, claim, heard, Nobody("Sunniva Palk"))
    assert said is not None
    assert said.status is SaidStatus.VERBATIM
    said, _ = was_said(article, claim, heard, Nobody("Ida Roe"))
    assert said == Said(SaidStatus.ABSENT)
