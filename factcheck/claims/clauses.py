"""A sentence → the facts in it, each a stretch of the sentence: coordinated, and set in.

`The mill employs 340 people and exports to nine countries` states two facts; so does `the mill,
which opened in 1921, employs 340 people`. What is coordinated below a clause (`salt and fish`)
stays together: it is one fact about two things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.claims.syntax import Parse, Tree
from factcheck.claims.verbs import SAY, UTTER
from factcheck.spans import overlaps
from index import Span

_FINITE = {"VBD", "VBZ", "VBP"}
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_AUXILIARIES = ("aux", "auxpass")
#: What sets one fact against another: both are stated.
_CONTRASTS = {"while", "whereas", "although", "though"}
#: Fewer words state nothing that could be searched for.
MIN_WORDS = 3
#: Marks that part clauses and belong to none.
_EDGES = {",", ";", ":", "–", "—", "-", "--", "(", ")", ".", "!", "?", "”", '"', "’"}
_JOINERS = {"and", "but", "or", "while", "whereas", "although", "though", "yet", "so"}


#: What is set off is a fact of its own where it says something exact: a figure, a date, a name.
_EXACT = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|"
    r"thousand|million|half|third|"
    r"quarter|most|largest|highest|first|best|lowest|biggest|longest|oldest)\b|"
    r"(?<=[a-z,] )[A-Z][a-z]+"
)
_FIGURE = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|half|third)\b")
#: What stands behind a comma at a sentence's end and is a fact of its own though it has no verb:
#: `, the highest since 1934`, `, ending sixteen years of waiting`, `, at a cost of 90,000 a day`.
_TAIL = re.compile(
    r",\s+(?=(?:(?:the|its|their|his|her|a|an)\s+(?:\w+[\s-]){0,3}?(?:most|fewest|least|"
    r"largest|highest|lowest|biggest|smallest|"
    r"longest|shortest|first|last|best|worst|oldest|youngest|record|rise|fall|increase|"
    r"decrease|drop|jump|third|second|"
    r"fourth|fifth|only)\b"
    r"|the most\b|(?:more|less|fewer|higher|lower) than\b|ending\b|making\b|bringing\b|"
    r"leaving\b|taking\b|killing\b"
    r"|(?:with|after|at a cost of)\s|one of\b|(?:half|a third|a quarter|two thirds|most|"
    r"all|none|some) of (?:them|it|whom|which)\b"
    r"|(?:sheltered|owned|built|designed|founded|led|run|paid|funded|killed)\b))"
    r"(?P<tail>[^,;]*(?:,\d[^,;]*)*)[.”\"’]*\s*$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch that states a fact, in the sentence's own offsets.

    `span` is what the claim is; `content` what it states, without its attribution. `before` are the
    words that it leaves out and takes from its neighbour: its subject, an auxiliary. `dropped` is a
    relative pronoun that `before` stands for. `verb` is its predicate's token.
    """

    span: Span
    content: Span
    before: tuple[Span, ...] = ()
    dropped: Span | None = None
    verb: int = 0
    reported: bool = False


def split_clauses(text: str, parse: Parse, quoted: Sequence[Span]) -> list[Clause]:
    """The facts of a sentence, in order; a sentence with one is given back whole."""
    whole = Clause(Span(0, len(text)), Span(0, len(text)))
    if not parse.tokens:
        return [whole]
    clauses = [
        _closed(clause, quoted) for clause in _Splitter(text, parse, quoted).clauses() or [whole]
    ]
    if quoted and any(_only_utters(clause.span.of(text)) for clause in clauses):
        clauses = [whole]
    return [
        part
        for clause in clauses
        for half in _parted(text, parse, clause, quoted)
        for part in _without_tail(text, half, quoted)
    ]


def _only_utters(words: str) -> bool:
    """Whether a stretch is who says it, cut off from what is said: `shouted a man in the crowd`."""
    first = words.split(maxsplit=1)[0].lower() if words.strip() else ""
    return first in SAY | UTTER


def _closed(clause: Clause, quoted: Sequence[Span]) -> Clause:
    """A clause with the mark that closes its quotation, where it ends right before."""
    for span in quoted:
        inside = clause.span.start <= span.start < clause.span.end < span.end
        if inside and span.end - clause.span.end <= 2:
            end = span.end
            content = replace(clause.content, end=max(clause.content.end, end))
            return replace(clause, span=Span(clause.span.start, end), content=content)
    return clause


#: Where two statements meet that the grammar may have missed: `; `, `: the company had warned`,
#: `, and it was finished`.
_MEETS = re.compile(
    r"(?P<mark>[;:]\s+)(?=[a-z])"
    r"|(?P<comma>,\s+(?:and|but)\s+)(?=(?:for [^,.;]{3,40} )?"
    r"(?:it|he|she|they|we|I|nobody|the \w+) (?:was|were|is|are|has|have|had|did|came|"
    r"went|[a-z]{3,}ed)\b)"
)
_SUBORDINATE = re.compile(
    r"(?:if|when|while|although|though|because|since|as|after|before|unless|until|what|"
    r"that|which|who)\b",
    re.IGNORECASE,
)


def _parted(text: str, parse: Parse, clause: Clause, quoted: Sequence[Span]) -> list[Clause]:
    """A clause in two where a colon, a semicolon or a comma parts two statements."""
    if clause.before or clause.reported or clause.dropped:
        return [clause]
    for match in _MEETS.finditer(text, clause.span.start, clause.span.end):
        first = Span(clause.span.start, match.start())
        second = Span(match.end(), clause.span.end)
        if overlaps(Span(match.start(), match.end()), quoted):
            continue
        if min(len(first.of(text).split()), len(second.of(text).split())) < MIN_WORDS:
            continue
        says = _states(parse, second) and (bool(match["comma"]) or _states(parse, first))
        if not says or _SUBORDINATE.match(first.of(text).lstrip()):
            continue
        return [
            replace(clause, span=first, content=first),
            replace(clause, span=second, content=second),
        ]
    return [clause]


def _states(parse: Parse, span: Span) -> bool:
    """Whether a subject and its verb stand in a stretch, and are no relative clause."""
    for token in parse.tokens:
        head = parse.tokens[token.head]
        inside = span.start <= token.start and head.end <= span.end and token.end <= span.end
        if token.relation in _SUBJECTS and inside and head.start >= span.start:
            relative = head.relation == "relcl" and token.text.lower() in {"who", "which", "that"}
            if not relative:
                return True
    return False


def tells_of(tree: Tree, verb: int) -> bool:
    """Whether a verb that can report tells of a thing instead: `had warned of delays`."""
    return any(tree.tokens[child].text.lower() == "of" for child in tree.children[verb])


def _without_tail(text: str, clause: Clause, quoted: Sequence[Span]) -> list[Clause]:
    """A clause, and what is set off at its end as a claim of its own, read with all of it."""
    match = _TAIL.search(text, clause.span.start, clause.span.end)
    if not match or clause.reported or overlaps(Span(match.start(), match.end()), quoted):
        return [clause]
    tail = Span(match.start("tail"), clause.span.end)
    exact = _FIGURE if tail.of(text).startswith("with") else _EXACT
    if (
        not exact.search(tail.of(text))
        or len(tail.of(text).split()) < MIN_WORDS
        or match.start() <= clause.content.start
    ):
        return [clause]
    if len(text[clause.content.start : match.start()].split()) < MIN_WORDS:
        return [clause]
    first = replace(
        clause,
        span=Span(clause.span.start, match.start()),
        content=Span(clause.content.start, match.start()),
    )
    return [first, replace(clause, span=tail)]


@dataclass(slots=True)
class _Head:
    """A predicate: its token, the reporting verb over it, what it shares a subject with.

    `under` is set where it is coordinated with one that is reported.
    """

    verb: int
    report: int | None = None
    shares: int | None = None
    under: bool = False
    antecedent: tuple[int, ...] = ()


class _Splitter:
    def __init__(self, text: str, parse: Parse, quoted: Sequence[Span]) -> None:
        self.text = text
        self.tokens = parse.tokens
        self.tree = Tree(parse)
        self.quoted = quoted
        self.heads: list[_Head] = []

    def clauses(self) -> list[Clause]:
        roots = [i for i, token in enumerate(self.tokens) if token.relation == "ROOT"]
        for root in roots:
            self._visit(_Head(root))
        verbs = [verb for head in self.heads for verb in (head.verb, head.report)]
        stops = frozenset(verb for verb in verbs if verb is not None)
        found = [self._clause(head, stops) for head in self.heads]
        kept = [clause for clause in found if clause and self._is_long_enough(clause)]
        if len(kept) < 2:
            return [self._whole()] if len(self.heads) > 1 or self.heads[:1] else []
        return self._tiled(sorted(kept, key=lambda clause: clause.span.start))

    def _whole(self) -> Clause:
        """The sentence as one claim, with its attribution taken off where that is plain."""
        head = self.heads[0]
        span = Span(0, len(self.text))
        content = span
        if head.report is not None and len(self.heads) == 1:
            content = self._content(head, frozenset())
        return Clause(span, content, verb=head.verb, reported=head.report is not None)

    # Finding predicates

    def _visit(self, head: _Head) -> None:
        verb = head.verb
        content = self._reported(verb)
        if content is not None:
            self._visit(_Head(content, report=verb))
            for child in self._coordinated(verb):
                self._visit(_Head(child, shares=verb))
            return
        self.heads.append(head)
        for child in self._coordinated(verb):
            under = head.report is not None or head.under
            self._visit(_Head(child, shares=verb, under=under))
        for child in self.tree.children[verb]:
            if self.tokens[child].relation == "advcl" and self._contrasts(child):
                self._visit(_Head(child))
        self._visit_relatives(verb)

    def _reported(self, verb: int) -> int | None:
        """What a reporting verb reports, if the verb is one and its clause is no quotation."""
        if self.tokens[verb].text.lower() not in SAY or tells_of(self.tree, verb):
            return None
        options = [
            child
            for child in self.tree.children[verb]
            if self.tokens[child].relation == "ccomp" and self._is_predicate(child)
        ]
        # what stands before the verb may be a statement beside it: `It fell, and he said that …`
        behind = [child for child in options if child > verb]
        joined = any(self.tokens[child].relation == "cc" for child in self.tree.children[verb])
        return next(iter(behind or ([] if joined else options)), None)

    def _coordinated(self, verb: int) -> list[int]:
        return [
            child
            for child in self.tree.children[verb]
            if self.tokens[child].relation == "conj"
            and self._is_predicate(child)
            and not self._inside_quotation(child)
        ]

    def _contrasts(self, child: int) -> bool:
        mark = self.tree.child(child, "mark")
        joined = mark is not None and self.tokens[mark].text.lower() in _CONTRASTS
        return joined and self.tree.child(child, *_SUBJECTS) is not None

    def _visit_relatives(self, verb: int) -> None:
        """Relative clauses set off by a comma state a fact of their own."""
        for index in self.tree.below(verb, frozenset(head.verb for head in self.heads[1:])):
            for child in self.tree.children[index]:
                token = self.tokens[child]
                if token.relation != "relcl" or self._inside_quotation(child):
                    continue
                inside = self.tree.below(child)
                subject = self.tree.child(child, "nsubj", "nsubjpass")
                if subject is None or inside[0] == 0:
                    continue
                pronoun = self.tokens[subject].text.lower()
                comma = self.tokens[inside[0] - 1].text in {",", "–", "—", "("}
                says = self.tree.span(inside).of(self.text)
                exact = bool(_EXACT.search(says))
                if pronoun in {"who", "which"} and comma and exact and self._is_predicate(child):
                    phrase = [i for i in self.tree.below(index, frozenset({child})) if i < child]
                    self.heads.append(_Head(child, antecedent=tuple(phrase)))

    def _is_predicate(self, index: int) -> bool:
        token = self.tokens[index]
        if token.tag in _FINITE or token.tag == "MD":
            return True
        if token.tag in {"VBN", "VB", "VBG"}:
            governed = self.tree.child(index, *_AUXILIARIES) is not None
            return governed or (
                token.relation == "conj" and token.tag != "VBG" and self._shares_auxiliary(index)
            )
        return False

    def _shares_auxiliary(self, index: int) -> bool:
        return self.tree.child(self.tokens[index].head, *_AUXILIARIES) is not None

    def _inside_quotation(self, index: int) -> bool:
        token = self.tokens[index]
        return overlaps(Span(token.start, token.end), self.quoted)

    # From predicates to stretches

    def _clause(self, head: _Head, stops: frozenset[int]) -> Clause | None:
        others = stops - {head.verb} - ({head.report} if head.report is not None else set())
        content = self._content(head, others)
        span = content
        if head.report is not None:
            around = self.tree.below(head.report, others | {head.verb})
            edge = self.tree.span(around)
            span = Span(min(span.start, edge.start), max(span.end, edge.end))
        before, dropped = self._left_out(head)
        reported = head.report is not None or head.under
        return Clause(span, content, before, dropped, head.verb, reported)

    def _content(self, head: _Head, others: frozenset[int]) -> Span:
        inside = self.tree.below(head.verb, others)
        mark = self.tree.child(head.verb, "mark") if head.report is not None else None
        if mark is not None and inside[0] == mark and self.tokens[mark].text.lower() == "that":
            inside = inside[1:]
        inside = self._trimmed(inside, head.verb)
        return self.tree.span(inside)

    def _trimmed(self, inside: list[int], verb: int) -> list[int]:
        start, end = 0, len(inside)
        while start < end - 1 and inside[start] != verb and self._is_edge(inside[start]):
            start += 1
        while end > start + 1 and inside[end - 1] != verb and self._is_edge(inside[end - 1]):
            end -= 1
        return inside[start:end]

    def _is_edge(self, index: int) -> bool:
        token = self.tokens[index]
        return token.text in _EDGES or (
            token.text.lower() in _JOINERS and token.relation in {"cc", "mark"}
        )

    def _left_out(self, head: _Head) -> tuple[tuple[Span, ...], Span | None]:
        """The words a clause takes from elsewhere, and the pronoun they stand for."""
        if head.antecedent:
            subject = self.tree.child(head.verb, "nsubj", "nsubjpass")
            pronoun = (
                None
                if subject is None
                else Span(self.tokens[subject].start, self.tokens[subject].end)
            )
            noun = [i for i in head.antecedent if self.tokens[i].text != ","]
            return (self.tree.span(noun),), pronoun
        if head.shares is None or self.tree.child(head.verb, *_SUBJECTS) is not None:
            return (), None
        subject = self._subject_over(head.shares)
        if subject is None:
            return (), None
        phrase = self.tree.below(subject, frozenset(self._set_off(subject)))
        words = [self.tree.span(phrase)]
        if (
            self.tokens[head.verb].tag in {"VBN", "VB"}
            and self.tree.child(head.verb, *_AUXILIARIES) is None
        ):
            words += [
                Span(self.tokens[child].start, self.tokens[child].end)
                for child in self.tree.children[head.shares]
                if self.tokens[child].relation in _AUXILIARIES
            ]
        return tuple(words), None

    def _subject_over(self, verb: int) -> int | None:
        for _ in range(4):
            subject = self.tree.child(verb, *_SUBJECTS)
            if subject is not None or self.tokens[verb].relation != "conj":
                return subject
            verb = self.tokens[verb].head
        return None

    def _set_off(self, noun: int) -> list[int]:
        """What hangs on a noun behind a comma: relative clauses and appositions."""
        return [
            child
            for child in self.tree.children[noun]
            if self.tokens[child].relation in {"relcl", "appos", "acl"}
            or self.tokens[child].text == ","
        ]

    def _is_long_enough(self, clause: Clause) -> bool:
        words = clause.content.of(self.text).split()
        return len(words) >= MIN_WORDS

    def _tiled(self, clauses: list[Clause]) -> list[Clause]:
        """The last clause takes the sentence's stop, the first what stands before it."""
        end = len(self.text)
        last = max(clauses, key=lambda clause: clause.span.end)
        tail = self.text[last.span.end : end].strip()
        found = []
        for clause in clauses:
            if clause is last and len(tail) <= 2:
                span = Span(clause.span.start, len(self.text.rstrip()))
                found.append(replace(clause, span=span))
            else:
                found.append(clause)
        return found
