"""The predicates of a sentence, by its grammar, and the stretch that each rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.claims.clause import EXACT, MIN_WORDS, Clause
from factcheck.claims.relatives import OPENS, Antecedents
from factcheck.claims.reporting import SUBJECTS, is_passive_too, states
from factcheck.claims.syntax import Parse, Tree
from factcheck.claims.verbs import SAY
from factcheck.spans import overlaps
from index import Span

_FINITE = {"VBD", "VBZ", "VBP"}
#: A clause that begins with `which` the parser also takes for an adverbial one.
_RELATIVE = ("relcl", "advcl")
_AUXILIARIES = ("aux", "auxpass")
#: What sets one fact against another: both are stated.
_CONTRASTS = {"while", "whereas", "although", "though"}
_CONDITIONS = {"if", "unless", "once", "provided"}
#: Marks that part clauses and belong to none.
_EDGES = {",", ";", ":", "–", "—", "-", "--", "(", ")", ".", "!", "?", "”", '"', "’"}
#: So many words of a relative clause say enough, exact or not.
_TELLING = 5
#: Relative words that are not the subject of their clause.
_OF_ANOTHER = {"whose", "where"}
#: Marks behind what is set off.
_SHUTS = {",", "–", "—", ")"}
_JOINERS = {"and", "but", "or", "while", "whereas", "although", "though", "yet", "so"}

#: Deeper no sentence goes: `He is, is, is, …`.
MAX_DEPTH = 100
#: A longer phrase takes no genitive.
_OWNING = 4


@dataclass(slots=True)
class _Head:
    """A predicate: its token, the reporting verb over it, what it shares a subject with.

    `under` is the reporting verb of one that it is coordinated with. `antecedent` are the words of
    the noun that it tells of, a relative clause; it is `wide` where it needs all before it.
    """

    verb: int
    report: int | None = None
    shares: int | None = None
    under: int | None = None
    antecedent: tuple[int, ...] = ()
    wide: bool = False

    @property
    def said(self) -> int | None:
        """The verb that reports it, its own or that of the one before."""
        return self.under if self.report is None else self.report


class Splitter:
    """Finds the predicates of one sentence and the clauses that they rule."""

    def __init__(self, text: str, parse: Parse, quoted: Sequence[Span]) -> None:
        self.text = text
        self.tokens = parse.tokens
        self.tree = Tree(parse)
        self.antecedents = Antecedents(self.tree, parse.people)
        self.quoted = quoted
        self.heads: list[_Head] = []
        #: The last predicate under a reporting verb, and the relative clause on a noun.
        self.last: dict[int, int] = {}
        self.relatives: dict[int, int] = {}

    def clauses(self) -> list[Clause]:
        """The clauses in order, none where the sentence has no predicate."""
        roots = [i for i, token in enumerate(self.tokens) if token.relation == "ROOT"]
        for root in roots:
            self._visit(_Head(root))
        verbs = [verb for head in self.heads for verb in (head.verb, head.report)]
        stops = frozenset(verb for verb in verbs if verb is not None)
        for head in self.heads:
            if head.said is not None:
                self.last[head.said] = max(head.verb, self.last.get(head.said, 0))
            if head.antecedent:
                self.relatives[self.tokens[head.verb].head] = head.verb
        found = [self._clause(head, stops) for head in self.heads]
        kept = [clause for clause in found if clause and self._is_long_enough(clause)]
        if len(kept) < 2:
            return [self._whole()] if self.heads else []
        return self._tiled(sorted(kept, key=lambda clause: clause.span.start))

    def _whole(self) -> Clause:
        """The sentence as one claim, with its attribution taken off where that is plain."""
        head = self.heads[0]
        span = Span(0, len(self.text))
        content = span
        if head.report is not None and len(self.heads) == 1:
            content = self._content(head, frozenset())
        teller = None if head.report is None else self._subject_over(head.report)
        reported = head.report is not None
        return Clause(span, content, verb=head.verb, reported=reported, teller=teller)

    # Finding predicates

    def _visit(self, head: _Head, depth: int = 0) -> None:
        verb = head.verb
        if depth == MAX_DEPTH:
            self.heads.append(head)
            return
        content = self._reported(verb)
        if content is not None:
            self._visit(_Head(content, report=verb), depth + 1)
            for child in self._coordinated(verb):
                # `It treated 40, Roe said, and turned away 9`: what was said goes on
                goes_on = content < verb < child and self.tree.child(child, *SUBJECTS) is None
                if goes_on and self._is_pronoun(verb) and self._is_pronoun(content):
                    continue  # `It was dead, he said, and hung up`: either may have
                shares, under = (content, verb) if goes_on else (verb, None)
                self._visit(_Head(child, shares=shares, under=under), depth + 1)
            self._visit_relatives(verb, frozenset({content}))
            return
        self.heads.append(head)
        for child in self._coordinated(verb):
            apart = any(token.text == ";" for token in self.tokens[verb:child])
            under = None if apart else head.said
            self._visit(_Head(child, shares=verb, under=under), depth + 1)
        for child in self.tree.children[verb]:
            if self.tokens[child].relation == "advcl" and self._contrasts(child):
                self._visit(_Head(child), depth + 1)
        self._visit_relatives(verb, frozenset(head.verb for head in self.heads[1:]))

    def _reported(self, verb: int) -> int | None:
        """What a reporting verb reports, if the verb is one and its clause is no quotation."""
        if not states(self.tree, verb) or self._inside_quotation(verb):
            return None  # who is quoted tells of somebody else's words
        options = [
            child
            for child in self.tree.children[verb]
            if self.tokens[child].relation == "ccomp"
            and self._is_predicate(child)
            and not self._has_two_subjects(child)
        ]
        # what stands before the verb may be a statement beside it: `It fell, and he said that …`
        behind = [child for child in options if child > verb]
        joined = any(
            self.tokens[child].relation == "cc" and child < verb
            for child in self.tree.children[verb]
        )
        return next(iter(behind or ([] if joined else options)), None)

    def _is_pronoun(self, verb: int) -> bool:
        """Whether who acts is named by a pronoun alone."""
        subject = self.tree.child(verb, *SUBJECTS)
        return subject is not None and self.tokens[subject].tag == "PRP"

    def _has_two_subjects(self, verb: int) -> bool:
        """Whether who says it has been taken for a subject of what is said."""
        children = self.tree.children[verb]
        return sum(self.tokens[child].relation in {"nsubj", "nsubjpass"} for child in children) > 1

    def _coordinated(self, verb: int) -> list[int]:
        if self._is_conditional(verb):
            return []  # the condition holds for all of it
        return [
            child
            for child in self.tree.children[verb]
            if self.tokens[child].relation == "conj"
            and self._is_predicate(child)
            and not self._inside_quotation(child)
            and self._is_joined(verb, child)
        ]

    def _is_joined(self, verb: int, other: int) -> bool:
        """Whether a word or a mark joins two verbs: none does in `The man killed here had 12`."""
        between = self.tokens[min(verb, other) + 1 : max(verb, other)]
        return any(token.relation == "cc" or token.text in _EDGES for token in between)

    def _is_conditional(self, verb: int) -> bool:
        """Whether a condition holds for a predicate and the next: `If it fails, they pay and …`.

        Nor is `neither … nor` parted.
        """
        words = [token.text.lower() for token in self.tokens[:verb]]
        if words[:1] == ["neither"] or (words[:1] in (["if"], ["unless"]) and ";" not in words):
            return True
        behind = [
            child
            for child in self.tree.children[verb]
            if self.tokens[child].relation == "conj" and self.tree.child(child, *SUBJECTS) is None
        ]
        return any(
            self._is_condition(child)
            for each in (verb, *behind)
            for child in self.tree.children[each]
            if (child < verb if each == verb else child > each)
        )

    def _is_condition(self, clause: int) -> bool:
        mark = self.tree.child(clause, "mark")
        marked = mark is not None and self.tokens[mark].text.lower() in _CONDITIONS
        return marked and self.tokens[clause].relation == "advcl"

    def _contrasts(self, child: int) -> bool:
        mark = self.tree.child(child, "mark")
        joined = mark is not None and self.tokens[mark].text.lower() in _CONTRASTS
        return joined and self.tree.child(child, *SUBJECTS) is not None

    def _visit_relatives(self, verb: int, stops: frozenset[int]) -> None:
        """Relative clauses set off by a comma state a fact of their own."""
        for index in self.tree.below(verb, stops):
            for child in self.tree.children[index]:
                token = self.tokens[child]
                if token.relation not in _RELATIVE or self._inside_quotation(child):
                    continue
                if not self._is_predicate(child) or not self._is_set_off(child):
                    continue
                pronoun = self._pronoun(child)
                if pronoun is not None:
                    word = self.tokens[pronoun].text.lower()
                    phrase = self.antecedents.words(index, child, word)
                    if phrase is None:
                        continue
                    self.heads.append(_Head(child, antecedent=phrase, wide=word in _OF_ANOTHER))

    def _is_set_off(self, verb: int) -> bool:
        """Whether a comma stands before a clause and it says something exact, or enough."""
        inside = self.tree.below(verb)
        if inside[0] == 0 or self.tokens[inside[0] - 1].text not in OPENS:
            return False
        says = self.tree.span(inside).of(self.text)
        reports = self.tokens[verb].text.lower() in SAY
        return bool(EXACT.search(says)) or (len(says.split()) >= _TELLING and not reports)

    def _pronoun(self, verb: int) -> int | None:
        """The relative pronoun of a clause: its subject, or with `whose` and `where` another's."""
        subject = self.tree.child(verb, "nsubj", "nsubjpass")
        if subject is None:
            return None
        if self.tokens[subject].text.lower() in {"who", "which"}:
            return subject
        first = self.tree.below(verb)[0]
        return first if self.tokens[first].text.lower() in _OF_ANOTHER else None

    def _is_predicate(self, index: int) -> bool:
        token = self.tokens[index]
        if token.tag in _FINITE or token.tag == "MD":
            return True
        if token.tag in {"VBN", "VB", "VBG"}:
            governed = self.tree.child(index, *_AUXILIARIES) is not None
            if token.relation == "conj" and token.tag == "VBN":  # `gave`, taken for `given`
                governed = governed or self.tree.child(index, "nsubj", "nsubjpass") is not None
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
        inset = self._inset(head)
        if inset is not None:
            content = replace(content, start=self.tokens[inset].start)
        span = self._with_report(head, content, others)
        whose = self._whose(head)
        if head.wide and whose is None:
            content = replace(content, start=self.tokens[0].start)
        if self._begins_with_whom(content):
            content = replace(content, start=self.tokens[0].start)  # `of whom 60 per cent …`
        before, dropped = self._left_out(head)
        teller = None if head.said is None else self._subject_over(head.said)
        owns, reported = whose is not None, head.said is not None
        return Clause(span, content, before, dropped, head.verb, reported, owns, teller)

    def _begins_with_whom(self, content: Span) -> bool:
        first = next((i for i, t in enumerate(self.tokens) if t.start >= content.start), 0)
        if not 0 < first < len(self.tokens) - 1 or self.tokens[first].tag != "IN":
            return False
        return self.tokens[first + 1].text.lower() in {"whom", "which", "whose"}

    def _inset(self, head: _Head) -> int | None:
        """Where a clause goes on behind what is set off from its subject: `[The mill, …,] has`."""
        subject = self.tree.child(head.verb, *SUBJECTS)
        says = self.tokens[head.verb].text.lower() in SAY
        if says or head.report is not None or head.antecedent or subject is None:
            return None
        relative = self.relatives.get(subject)
        behind = 0 if relative is None else self.tree.below(relative)[-1] + 1
        closed = subject < behind < head.verb and self.tokens[behind].text in _SHUTS
        return behind + 1 if closed else None

    def _with_report(self, head: _Head, content: Span, others: frozenset[int]) -> Span:
        """The content with who says it: of two facts under one report the nearer has it."""
        is_last = head.verb == self.last.get(-1 if head.said is None else head.said)
        report = head.said if is_last else head.report
        if report is None:
            return content
        edge = self.tree.span(self._trimmed(self.tree.below(report, others | {head.verb}), report))
        stands_before = edge.start < content.start
        if (head.report is None) if stands_before else (edge.start > content.end and not is_last):
            return content
        return Span(min(content.start, edge.start), max(content.end, edge.end))

    def _content(self, head: _Head, others: frozenset[int]) -> Span:
        inside = self.tree.below(head.verb, others)
        mark = self.tree.child(head.verb, "mark", "advmod") if head.said is not None else None
        if mark is not None and inside[0] == mark and self.tokens[mark].text.lower() == "that":
            inside = inside[1:]
        inside = self._trimmed(inside, head.verb)
        return self.tree.span(inside)

    def _trimmed(self, inside: list[int], verb: int) -> list[int]:
        start, end = 0, len(inside)
        while start < end - 1 and inside[start] != verb and self._is_edge(inside[start]):
            if any(self.tokens[inside[start]].start == span.start for span in self.quoted):
                break  # `but “several thousand” face a second night`
            start += 1
        while end > start + 1 and inside[end - 1] != verb and self._is_edge(inside[end - 1]):
            if any(self.tokens[inside[end - 1]].end == span.end for span in self.quoted):
                break
            end -= 1
        texts = [self.tokens[each].text for each in inside[start:end]]
        if texts.count("(") > texts.count(")") and end < len(inside):
            end += self.tokens[inside[end]].text == ")"  # `fell to €38.9m (€41.7m)`
        return inside[start:end]

    def _is_edge(self, index: int) -> bool:
        token = self.tokens[index]
        return token.text in _EDGES or (
            token.text.lower() in _JOINERS and token.relation in {"cc", "mark"}
        )

    def _left_out(self, head: _Head) -> tuple[tuple[Span, ...], Span | None]:
        """The words a clause takes from elsewhere, and the pronoun they stand for."""
        whose = self._whose(head)
        if head.wide and whose is None:
            return (), None
        subject = self.tree.child(head.verb, *SUBJECTS) if whose is None else whose
        if head.antecedent:
            commas = (i for i in head.antecedent if self.tokens[i].text in OPENS)
            first = next(commas, len(self.tokens))
            noun = [i for i in head.antecedent if i < first] or list(head.antecedent)
            if subject is None:
                return (self.tree.span(noun),), None
            token = self.tokens[subject]
            return (self.tree.span(noun),), Span(token.start, token.end)
        if subject is not None and self._inset(head) is not None:
            return (self._phrase(subject),), None
        if head.shares is None or subject is not None:
            return (), None
        return self._shared(head.verb, head.shares), None

    def _whose(self, head: _Head) -> int | None:
        """The `whose` that a relative clause begins with: `the firm, whose director is Ida Roe`."""
        first = self.tree.below(head.verb)[0] if head.wide else None
        if first is None or self.tokens[first].text.lower() != "whose":
            return None
        noun = self.tokens[self.tokens[head.verb].head]
        joined = {self.tokens[c].relation for c in self.tree.children[self.tokens[head.verb].head]}
        if noun.relation in {"pobj", "conj"} or {"cc", "conj"} & joined:
            return None  # `the mayor of Veld, whose brother`
        if len(head.antecedent) > _OWNING or not noun.tag.startswith("NN"):
            return None
        owned = self.tokens[self.tokens[first].head]
        if owned.relation == "compound":  # `whose lead author is`
            owned = self.tokens[owned.head]
        rules = owned.relation in {*SUBJECTS, "attr"}
        return first if rules and self.tokens[first].relation == "poss" else None

    def _shared(self, verb: int, other: int) -> tuple[Span, ...]:
        """The subject that a verb shares with another, and its auxiliaries if it needs them."""
        subject = self._subject_over(other)
        if subject is None:
            return ()
        words = [self._phrase(subject)]
        governed = self.tree.child(verb, *_AUXILIARIES) is not None
        while self.tokens[other].relation == "conj" and self.tokens[other].head < other:
            if self.tree.child(other, *_AUXILIARIES, *SUBJECTS) is not None:
                break
            other = self.tokens[other].head  # `was convicted, fined £540 and told to pay`
        passive = self.tokens[verb].tag == "VBD" and is_passive_too(self.tree, verb, other)
        if (self.tokens[verb].tag in {"VBN", "VB"} or passive) and not governed:
            words += [
                Span(self.tokens[child].start, self.tokens[child].end)
                for child in self.tree.children[other]
                if self.tokens[child].relation in _AUXILIARIES
            ]
        return tuple(words)

    def _subject_over(self, verb: int) -> int | None:
        for _ in range(4):
            subject = self.tree.child(verb, *SUBJECTS)
            if subject is not None or self.tokens[verb].relation != "conj":
                return subject
            verb = self.tokens[verb].head
        return None

    def _phrase(self, noun: int) -> Span:
        return self.tree.span(self.tree.below(noun, frozenset(self._set_off(noun))))

    def _set_off(self, noun: int) -> list[int]:
        """What hangs on a noun behind a comma: relative clauses and appositions."""
        return [
            child
            for child in self.tree.children[noun]
            if self.tokens[child].relation in {"relcl", "appos", "acl"}
            or self.tokens[child].text == ","
        ]

    def _is_long_enough(self, clause: Clause) -> bool:
        words = len(clause.content.of(self.text).split())
        taken = sum(len(span.of(self.text).split()) for span in clause.before)
        return words > 1 and words + taken >= MIN_WORDS  # `[a strike] wounded 11`

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
