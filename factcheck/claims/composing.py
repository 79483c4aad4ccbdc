"""From a clause to the sentences a claim is read, verified and searched by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.claims.census import Census, NameKind
from factcheck.claims.clauses import Clause
from factcheck.claims.kinds import is_elliptic
from factcheck.claims.prefix import MOST, counts, first_few
from factcheck.claims.reading import Reading
from factcheck.claims.setting import Resolution
from factcheck.claims.standalone import MARKS, placed, quoted_by, reported, wording
from factcheck.records import ClaimKind
from factcheck.rewriting import Edit, Piece, Rewriting
from factcheck.spans import overlaps
from index import Span

#: What something is compared with, the year of which is not its own.
_COMPARED = re.compile(
    r"\b(?:compared with|compared to|than in|up from|down from|since|until)\b[^,.;]*"
)
#: What stands for something named elsewhere.
_OPEN = re.compile(r"\b(?:its?|they|them|theirs?|ours)\b", re.IGNORECASE)
#: Whoever speaks and his own people.
_WE = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
_OWNS = re.compile(r"['’]s?(?!\w)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article has said before a sentence: what it is about, its paragraph, and when.

    `is_sure` says that the sentence is of that date by its own words (`by midday`), and `before` is
    the statement before, which one that ends on its auxiliary needs. `things` are what it may leave
    unsaid, the weightiest first; `event` is the day of what the article reports, `day` that on
    which it was written, `body` whom the speaker serves, which `we` means, `many` what a bare
    number counts, and `main` the names that the whole article is about.
    """

    topic: str | None = None
    focus: str | None = None
    date: str | None = None
    is_sure: bool = False
    before: str = ""
    things: tuple[str, ...] = ()
    day: str | None = None
    event: str | None = None
    body: str | None = None
    many: str | None = None
    main: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """A claim's texts: what it states, that with who says it, and what it is searched by.

    `context` is what `standalone` begins with, before who says it.
    """

    wording: Rewriting
    standalone: str
    context: str
    query: str


class Composer:
    """Makes the texts of one sentence's clauses."""

    def __init__(
        self,
        reading: Reading,
        resolutions: Sequence[Resolution],
        cleaned: Sequence[Edit],
        census: Census,
        around: Surroundings,
    ) -> None:
        self._reading = reading
        self._resolutions = resolutions
        self._cleaned = cleaned
        self._census = census
        self._around = around

    def wording(self, clause: Clause, words: Sequence[Span] | None) -> Rewriting:
        """What a clause states; `words` are those of a quotation that is all of it."""
        text = self._reading.words
        known = self._resolutions
        if words is None:  # a part of a sentence is somebody's own words, and stays as it is
            known = [e for e in known if not overlaps(e.edit.span, self._reading.quoted)]
        edits = [*self._cleaned, *_needed(known, clause, text)]
        return wording(text, _parts(clause, words), edits)

    def compose(
        self,
        clause: Clause,
        words: Sequence[Span] | None,
        kind: ClaimKind,
        speaker: str | None,
    ) -> Composed:
        """All texts of a clause that `speaker` says, or the author where that is None."""
        made = self.wording(clause, words)
        alone = statement = made.text
        if speaker:
            alone = self._with_speaker(clause)
            if not _has(alone, speaker):
                alone = (
                    quoted_by(self._verbatim(clause, words), speaker)
                    if kind is ClaimKind.QUOTATION and words is not None
                    else reported(statement, speaker, self._begins_lower(made))
                )
        if is_elliptic(statement) and self._around.before and kind is not ClaimKind.QUOTATION:
            statement = f"{self._around.before.rstrip('.')}; {self.inside(made)}"
            alone = reported(statement, speaker, lower=False) if speaker else statement
            statement = statement[:1].upper() + statement[1:]
            alone = alone[:1].upper() + alone[1:]
        names = self._named(statement, speaker)
        query = placed(statement, self._outside(statement, names, 0))
        around = self._outside(alone, self._named(alone, speaker), 1)
        context = placed("", self._before(clause, alone, around))
        return Composed(moved(made, self._reading.span.start), context + alone, context, query)

    def _outside(self, text: str, names: int, most: int) -> list[str]:
        """The topic, and the paragraph's own where a text names no more than `most` itself."""
        found = []
        topic, focus = self._around.topic, self._around.focus
        if topic and topic in text:
            return []
        if topic:
            found.append(topic)
        same = topic and focus and (topic in focus or focus in topic)
        if focus and (names <= most or self._is_open(text)) and not _has(text, focus) and not same:
            found.append(focus)
        return found

    def _before(self, clause: Clause, alone: str, around: Sequence[str]) -> list[str]:
        """What stands before a claim: whom and what it is about, and when, at most `MOST`.

        Fewer do for what names its topic, or several names, itself. The day the article was written
        comes last.
        """
        topic, event, body = self._around.topic, self._around.event, self._around.body
        names = {name.text for name in self._census.names_in(alone)} - {topic}
        most = MOST - bool(topic and topic in alone) - (len(names) > 1)
        when = self._when(clause, alone)
        is_dated = bool(when or _YEAR.search(_COMPARED.sub("", alone)))
        if not is_dated and event and self._is_past(clause):
            when = [event]
        own = [body] if body else []
        around = [*own, *around] if _WE.search(alone) else [*around, *own]
        if self._around.many and counts(alone):
            around = [*around[:1], self._around.many, *around[1:]]
        if not is_dated and not when and self._around.day:
            when = [self._around.day]
        options = [*around, *self._around.main, *self._around.things]
        found = first_few(alone, options, most - len(when))
        return [*found, *when]

    def _is_open(self, text: str) -> bool:
        """Whether a pronoun stands in a text for what it has not named before."""
        match = _OPEN.search(text)
        return match is not None and not self._census.names_in(text[: match.start()])

    def _when(self, clause: Clause, text: str) -> list[str]:
        """The paragraph's date, for what is told of the past and has no date of its own."""
        date = self._around.date
        if date is None or _YEAR.search(_COMPARED.sub("", text)):
            return []
        if clause.reported and not date[:1].isdigit():
            return []  # what somebody says of a year is not said in it
        told = self._around.is_sure or self._is_past(clause) or bool(self._reading.quoted)
        return [date.removeprefix("the ")] if told else []

    def _is_past(self, clause: Clause) -> bool:
        """Whether the clause's verb, or one of a clause that is the whole, tells of the past."""
        tokens = self._reading.parse.tokens
        if clause.verb:
            verb = clause.verb
            return (
                tokens[verb].tag == "VBD"
                or (
                    tokens[verb].tag == "VBN"
                    and tokens[verb].relation == "ROOT"
                    and not any(t.head == verb and t.relation in {"aux", "auxpass"} for t in tokens)
                )
                or any(
                    token.tag == "VBD"
                    and token.head == verb
                    and token.relation in {"aux", "auxpass"}
                    for token in tokens[max(0, verb - 8) : verb]
                )
            )
        return any(
            token.tag == "VBD" and clause.span.start <= token.start < clause.span.end
            for token in tokens
        )

    def _named(self, statement: str, speaker: str | None) -> int:
        """How many names a statement has, and phrases that stand in it for a pronoun."""
        known = {self._around.topic, speaker}
        names = [name for name in self._census.names_in(statement) if name.text not in known]
        put_in = {each.name for each in self._resolutions if each.name and each.name in statement}
        others = ({name.text for name in names} | put_in) - known
        # what is told of somebody is not told of a place
        return len(others) + sum(name.kind is NameKind.PERSON for name in names)

    def _with_speaker(self, clause: Clause) -> str:
        """A clause with attribution and quotation marks: `“We won,” Ida Roe said.` is kept so."""
        start = min(clause.span.start, clause.content.start)  # what is set off, with all before it
        span = Span(start, clause.span.end)
        whole = Clause(span, span, clause.before, clause.dropped)
        text = self._reading.words
        glossed = _glossed(self._resolutions, self._reading.quoted, text)
        kept = [edit for edit in self._cleaned if not _is_mark(edit.span.of(text))]
        made = wording(text, _parts(whole, None), [*kept, *_needed(glossed, whole, text)]).text
        return f"{made}”" if made.count("“") == made.count("”") + 1 else made

    def _verbatim(self, clause: Clause, words: Sequence[Span] | None) -> str:
        """Somebody's own words as they stand."""
        text = self._reading.words
        glossed = _glossed(self._resolutions, self._reading.quoted, text)
        made = wording(text, _parts(clause, words), [*self._cleaned, *(e.edit for e in glossed)])
        return made.text.strip('“”"„«»')

    def inside(self, made: Rewriting) -> str:
        """A statement as it stands inside a sentence."""
        first = made.text[:1].lower() if self._begins_lower(made) else made.text[:1]
        return first + made.text[1:]

    def plain(self, clause: Clause, words: Sequence[Span] | None) -> str:
        """What a clause says in the article's own words."""
        return wording(self._reading.words, _parts(clause, words), self._cleaned).text

    def _begins_lower(self, made: Rewriting) -> bool:
        """Whether the first letter is a capital only because a sentence begins."""
        first = made.pieces[0] if made.pieces else None
        if first is None or first.source is None:
            return False
        if not first.copied:
            put_in = [e.edit.text for e in self._resolutions if e.edit.span == first.source]
            return bool(put_in) and (put_in[0][:1].islower() or put_in[0][:3] in {"In ", "On "})
        at = first.source.start
        word = next(
            (t for t in self._reading.parse.tokens if t.start <= at < t.end),
            None,
        )
        if word is None or word.tag in {"NNP", "NNPS"} or word.text in {"I", "I'm", "I’m"}:
            return False
        if self._census.names_in(word.text):
            return False  # `Loquent came`, which the tagger takes for an adjective
        return not word.text[:2].isupper() or len(word.text) == 1


def _has(text: str, words: str) -> bool:
    """Whether a text has some words, and not only their letters: `the port` in `the portion`."""
    pattern = rf"(?<!\w){re.escape(words.casefold())}(?!\w)"
    return re.search(pattern, text.casefold()) is not None


def _parts(clause: Clause, words: Sequence[Span] | None) -> list[Span | str]:
    parts: list[Span | str] = []
    for before in clause.before:
        parts += [before, "" if clause.owns else " "]
    for span in [clause.content] if words is None else words:
        parts += [span, " "]
    return parts


def _needed(resolutions: Sequence[Resolution], clause: Clause, words: str) -> list[Edit]:
    """The edits for a clause.

    No name is put in that stands in it already, nor is one for a pronoun that it leaves out.
    """
    inside = " ".join([*(before.of(words) for before in clause.before), clause.content.of(words)])
    edits = [
        each.edit
        for each in resolutions
        if not (each.name and each.edit.text and _has(inside, each.name))
        and not (clause.dropped and overlaps(each.edit.span, [clause.dropped]))
        and not (each.same_as and overlaps(each.same_as, [clause.content, *clause.before]))
    ]
    if clause.dropped:
        owner = clause.before[-1].of(words) if clause.owns else ""
        edits.append(Edit(clause.dropped, owner and ("’" if owner.endswith("s") else "’s")))
    return edits


def _glossed(
    resolutions: Sequence[Resolution], quoted: Sequence[Span], text: str
) -> list[Resolution]:
    """The same, but that words in quotation marks stay: `this year [2024]`."""
    found = []
    for each in resolutions:
        if not overlaps(each.edit.span, quoted):
            found.append(each)
        elif each.gloss:
            end = each.edit.span.end
            if owns := _OWNS.match(text, end):
                end = owns.end()
            found.append(Resolution(Edit(Span(end, end), f" [{each.gloss}]"), each.name))
    return found


def _is_mark(words: str) -> bool:
    return len(words) == 1 and words in MARKS


def moved(made: Rewriting, by: int) -> Rewriting:
    """The same with sources in the article's offsets."""
    return Rewriting(made.text, tuple(_shifted(piece, by) for piece in made.pieces))


def _shifted(piece: Piece, by: int) -> Piece:
    source = piece.source and Span(piece.source.start + by, piece.source.end + by)
    return Piece(piece.start, piece.length, source, piece.copied)
