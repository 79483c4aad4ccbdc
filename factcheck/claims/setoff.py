"""Two statements in one clause, which the grammar has not told apart but a mark does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factcheck.claims.clause import MIN_WORDS, Clause
from factcheck.claims.reporting import SUBJECTS
from factcheck.claims.syntax import Parse, Tree
from factcheck.claims.verbs import SAY
from factcheck.spans import overlaps
from index import Span

#: Where two statements meet that the grammar may have missed: `; `, `: the company had warned`,
#: `, and it was finished`.
_MEETS = re.compile(
    r"(?P<mark>[;:]\s+)(?=[a-z])"
    r"|(?P<comma>,\s+(?:and|but)\s+)(?=(?:for [^,.;]{3,40} )?"
    r"(?:it|he|she|they|we|I|nobody|the \w+) (?:was|were|is|are|has|have|had|did|came|"
    r"went|[a-z]{3,}ed)\b)"
    r"|(?P<joined>,\s+(?:and|but)\s+)"
)
#: So many tokens of a second statement may stand before its subject: `and under it nurses can …`.
_BEFORE_SUBJECT = 4
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_RELATIVE = frozenset(["who", "which", "that"])
#: What begins with these is no statement of its own: `no evidence that it fell, and that …`.
_DEPENDENT = frozenset("that whether if how why who what had when where which whose".split())
_SUBORDINATE = re.compile(
    r"(?:if|when|while|although|though|because|since|as|after|before|unless|until|what|"
    r"that|which|who)\b",
    re.IGNORECASE,
)


def parted(text: str, parse: Parse, clause: Clause, quoted: Sequence[Span]) -> list[Clause]:
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
        if match["joined"]:
            says = _opens(parse, second) and _states(parse, first, second)
        else:
            says = _states(parse, second) and (bool(match["comma"]) or _states(parse, first))
        if not says or _SUBORDINATE.match(first.of(text).lstrip()):
            continue
        return [
            replace(clause, span=first, content=first),
            replace(clause, span=second, content=second),
        ]
    return [clause]


#: Nouns in -s that are verbs too, as the parser fails to see in `40 people and exports to Veld`.
_ALSO_VERBS = frozenset(
    """
    exports imports supplies ships orders trades farms mines funds houses hosts services markets
    trains works runs plans supports staffs rents leases lends sells serves feeds heats powers
    lights covers links visits tours treats schools guards patrols fishes grows mills prints
    broadcasts reports stores processes transports stocks hires insures loans pumps
    """.split()
)


def with_hidden_verb(parse: Parse, clause: Clause) -> list[Clause]:
    """A clause in two where a verb in -s was taken for a second object: `and exports to Veld`.

    A bare noun goes with a bare one (`salt and exports`), so the first object must be counted; and
    behind a verb its own object or a preposition follows.
    """
    tokens = parse.tokens
    tree = Tree(parse)
    for index in range(2, len(tokens) - 1):
        token, head = tokens[index], tokens[tokens[index].head]
        if token.tag != "NNS" or token.text not in _ALSO_VERBS or token.relation != "conj":
            continue
        verb = tokens[head.head]
        fits = (head.relation, verb.tag, tokens[index - 1].text) == ("dobj", "VBZ", "and")
        bare = not any(child < index for child in tree.children[index])
        counted = tree.child(token.head, "nummod") is not None
        subject = tree.child(head.head, *SUBJECTS)
        inside = clause.span.start <= verb.start and token.end <= clause.span.end
        if not (fits and bare and counted and inside) or subject is None:
            continue
        behind = tokens[index + 1]
        if behind.text == "of" or behind.tag not in {"IN", "TO", "CD", "DT", "PRP$", "JJ"}:
            continue
        phrase = tree.span([i for i in tree.below(subject) if i <= subject])
        first = Span(clause.span.start, tokens[index - 2].end)
        second = Span(token.start, clause.span.end)
        return [
            replace(clause, span=first, content=replace(clause.content, end=first.end)),
            replace(clause, span=second, content=second, before=(phrase,), verb=index),
        ]
    return [clause]


def _opens(parse: Parse, span: Span) -> bool:
    """Whether a stretch begins with a subject, or nearly, and goes on with its verb."""
    tree = Tree(parse)
    first = next((n for n, token in enumerate(parse.tokens) if token.start >= span.start), None)
    if first is None or parse.tokens[first].text.lower() in _DEPENDENT:
        return False
    for index, token in enumerate(parse.tokens[first:], first):
        verb = parse.tokens[token.head]
        if token.relation not in SUBJECTS or not index < token.head or verb.end > span.end:
            continue
        lead = parse.tokens[first : min([index, *tree.children[index]])]
        through = (*lead, *parse.tokens[index : token.head])
        near = len(lead) <= _BEFORE_SUBJECT and not any(each.text == "," for each in through)
        near = near and tree.child(token.head, "mark") is None
        near = near and not any(each.tag in _FINITE for each in lead)  # `but says it did so`
        forms = [verb, *(parse.tokens[child] for child in tree.children[token.head])]
        finite = any(form.tag in _FINITE for form in forms)
        return near and finite and token.text.lower() not in _RELATIVE
    return False


def _states(parse: Parse, span: Span, behind: Span | None = None) -> bool:
    """Whether a subject and its verb stand in a stretch, and are no relative clause.

    With what stands `behind` it also where the grammar takes its verb for a participle of the
    other's subject: `Its margin widened by two points, and its profit rose`.
    """
    of_whose = {token.head for token in parse.tokens if token.text.lower() == "whose"}
    for index, token in enumerate(parse.tokens):
        head = parse.tokens[token.head]
        inside = span.start <= token.start and head.end <= span.end and token.end <= span.end
        states = token.relation in SUBJECTS and inside and head.start >= span.start
        relative = token.text.lower() in _RELATIVE or index in of_whose
        if head.relation == "parataxis" and head.text.lower() in SAY:
            continue  # `at least six, she says, since 2021`
        if states and not (head.relation == "relcl" and relative):
            return True
        over = parse.tokens[head.head]
        taken = (token.relation, token.tag, head.relation) == ("acl", "VBN", "nsubj")
        if behind and taken and inside and behind.start <= over.start < behind.end:
            return True
    return False
