"""Who speaks in a source: its sentences with their speakers, and whose a document is as a whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from factcheck.capitals import CAPITAL, PARTICLE
from factcheck.claims.given import given_names
from factcheck.claims.lexicon import COMPANIES, FIRM_ENDS, NO_TOPICS, ORGANISATIONS
from factcheck.claims.people import bare_name
from factcheck.claims.reading import read_sentences
from factcheck.claims.speakers import Voice, find_voices, read_host, read_labels
from factcheck.mismatch.names import same_name
from factcheck.spans import overlaps
from index import Hit, Reference, Span
from index.sentences import split_blocks

#: Characters before a passage in which it may be said who speaks there.
LOOK_BACK = 2000
#: What a letter ends with, and whose it is.
_SIGNED = re.compile(
    r"^(?:Yours(?: \w+){1,2}|(?:Kind |Best |Warm )?[Rr]egards|Best wishes|Sincerely)[,.]?\s*\n\s*"
    rf"(?P<name>{CAPITAL}[\w.'’-]*(?: (?:{PARTICLE} ){{0,2}}{CAPITAL}[\w.'’-]*){{1,4}})"
    r"[ \t]*(?:[,(\n]|$)",
    re.MULTILINE,
)
#: Characters at the end of a document in which it is signed.
SIGNATURE = 600
#: What ends the name of a body, or of a newspaper.
_BODIES = ORGANISATIONS | COMPANIES | FIRM_ENDS | NO_TOPICS


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence of a passage, in its offsets: who speaks it, and what is quoted in it."""

    span: Span
    voice: Voice
    quoted: tuple[Span, ...]


class Sources:
    """Passages, with who speaks in them; each is read once.

    Who speaks is often said before a passage begins, as in minutes and transcripts: with a
    `reference`, what stands before it in its document is read too.
    """

    def __init__(self, reference: Reference | None = None) -> None:
        self._reference = reference
        self._read: dict[tuple[str, str, int], list[Spoken]] = {}
        self._blocks: dict[tuple[str, str], tuple[list[int], dict[int, str | None]]] = {}

    def speakers(self, hit: Hit) -> list[Spoken]:
        """The passage's sentences, in its own offsets, each with its speaker."""
        key = (hit.index, hit.passage.document_id, hit.passage.start)
        if key not in self._read:
            text, by, labels = self._with_what_precedes(hit)
            readings = read_sentences(text, [])
            voices = find_voices([reading.sentence for reading in readings], labels)
            self._read[key] = [
                Spoken(
                    Span(max(0, reading.span.start - by), reading.span.end - by),
                    voice,
                    tuple(
                        Span(reading.span.start + q.start - by, reading.span.start + q.end - by)
                        for q in reading.quoted
                    ),
                )
                for reading, voice in zip(readings, voices, strict=True)
                if reading.span.end > by
            ]
        return self._read[key]

    def _with_what_precedes(self, hit: Hit) -> tuple[str, int, list[str | None]]:
        """A passage behind the blocks before it, their length, and the labels of all blocks."""
        passage, start = hit.passage.text, hit.passage.start
        document = self._document(hit)
        if document[start : start + len(passage)] != passage:
            return passage, 0, read_labels([block.of(passage) for block in split_blocks(passage)])
        starts, labels = self._labelled(hit, document)
        at = bisect_left(starts, start - LOOK_BACK)
        begin = min(start, starts[at]) if at < len(starts) else start
        text = document[begin : start + len(passage)]
        # an excerpt may fall into other blocks than its document: they are known by their place
        mine = [labels.get(begin + block.start) for block in split_blocks(text)]
        return text, start - begin, mine

    def _document(self, hit: Hit) -> str:
        """The text of a passage's document, unless its index holds it no more."""
        try:
            return self._reference.document_of(hit).text if self._reference else ""
        except KeyError:  # of a saved report
            return ""

    def _labelled(self, hit: Hit, document: str) -> tuple[list[int], dict[int, str | None]]:
        """Where a document's blocks begin, and their labels: it takes all to tell a transcript."""
        key = (hit.index, hit.passage.document_id)
        if key not in self._blocks:
            blocks = list(split_blocks(document))
            starts = [block.start for block in blocks]
            labels = read_labels([block.of(document) for block in blocks])
            self._blocks[key] = starts, dict(zip(starts, labels, strict=True))
        return self._blocks[key]

    def speaker_at(self, hit: Hit, span: Span) -> str | None:
        """Who speaks at `span` of the passage.

        That is who speaks aloud where it is more than the quotation that he has in his words.
        """
        for each in self.speakers(hit):
            if not (overlaps(each.span, [span]) and each.voice.speaker):
                continue
            inside = any(q.start <= span.start and span.end <= q.end for q in each.quoted)
            return each.voice.speaker if inside else each.voice.host or each.voice.speaker
        return None

    def host(self, hit: Hit) -> str | None:
        """Who gives a passage's document as a speech, where its head says so, or has signed it."""
        document = self._document(hit)
        return read_host(document) or _signed(document)


def is_by(speaker: str, hit: Hit, sources: Sources) -> bool:
    """Whether a document is the speaker's own: a speech, or under the name of a body in its title.

    What nobody else says in `Rivers Inspectorate: Statement of 7 October` the inspectorate does.
    """
    host = sources.host(hit)
    if host is not None:
        return same_name(speaker, host)
    head, colon, _ = hit.title.partition(":")
    name = head.removeprefix("The ").split()
    words = speaker.removeprefix("the ").casefold().split()
    if not (colon and name and words):
        return False
    is_somebody = len(name) < 2 or name[0] in given_names()
    if is_somebody and name[-1].lower() not in _BODIES:
        return False  # `Ida Roe: a life`
    theirs = [word.casefold() for word in name]
    is_called = len(words) > 1 and speaker.islower() and all(w[:1].isupper() for w in name)
    return theirs == words or (is_called and len(name) < 5 and theirs[-len(words) :] == words)


def _signed(document: str) -> str | None:
    """Who has signed a letter: the name below `Yours sincerely`, near its end."""
    match = _SIGNED.search(document, max(0, len(document) - SIGNATURE))
    return bare_name(match["name"]) if match else None
