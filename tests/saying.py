"""What tests of whether somebody said it share."""

from __future__ import annotations

from factcheck.records import Mismatch, Said, Stance
from factcheck.said import Heard, was_said
from factcheck.speaking import Sources
from index import Hit, Span
from tests.builders import a_hit, a_quotation

VELT, ROE = "Mara Velt", "Ida Roe"
WORDS = "We will never close the ferry to Ostrea in winter"


class Named(Sources):
    """Sources in which one person, or nobody known, says everything."""

    def __init__(self, name: str | None, **of: str | None) -> None:
        super().__init__()
        self.name, self.of = name, of

    def speaker_at(self, hit: Hit, span: Span) -> str | None:  # noqa: ARG002
        return self.of.get(hit.passage.document_id.partition(".")[0], self.name)


def says(words: str, name: str = VELT) -> str:
    return f"“{words},” said {name}."


def asked(
    article: str, document: str, sources: Sources, speaker: str | None = VELT
) -> tuple[Said | None, list[Mismatch]]:
    """What comes of one article and one passage, at offset 500 of its document."""
    first, last = article.index("“"), article.rindex("”") + 1
    claim = a_quotation(article, article[first:last], speaker)
    hit = a_hit(document, "minutes.md", start=500)
    said, mismatches = was_said(article, claim, [heard(hit)], sources)
    assert all(of is hit for of, _ in mismatches)
    return said, [mismatch for _, mismatch in mismatches]


def heard(hit: Hit, stance: Stance = Stance.NEI) -> Heard:
    return Heard(hit, Span(hit.passage.start, hit.passage.end), stance)
