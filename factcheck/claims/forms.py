"""The form of a sentence: whether it can state anything at all."""

from __future__ import annotations

import re

from factcheck.claims.syntax import Parse

#: Fewer words cannot be checked out of context.
MIN_WORDS = 3
#: A list may leave out the verb: `No fatal accident since 2015`.
MIN_CLIPPED_WORDS = 5

_QUESTION = re.compile(r"\?[\"'”’»)\]]*$")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: A sentence of these alone leaves out what it says: `It has not.`
_EMPTY = frozenset(
    """
    i you he she it we they this that these those there so nor neither and but or yes no not n't n’t
    am is are was were be been has have had do does did will would can could may might must shall
    should too either 's ’s 've ’ve 'll ’ll
    """.split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


def not_a_statement(text: str, parse: Parse, aloud: bool = False) -> str | None:
    """Why a sentence, `text` without marks, states nothing; None when it may.

    One that somebody says `aloud` leaves out the verb of what was asked, and no verb of its own.
    """
    words = [word for word in text.split() if any(character.isalnum() for character in word)]
    if len(words) < MIN_WORDS:
        return "too short"
    if _QUESTION.search(text):
        return "a question"
    if _is_imperative(parse):
        return "an imperative"
    spoken = (token.text.lower() for token in parse.tokens if token.relation != "punct")
    if _EMPTY.issuperset(spoken):
        return "no statement"
    has_verb = any(token.tag in _FINITE for token in parse.tokens) or _is_passive(parse)
    has_verb = has_verb or (text.rstrip('”"’» ').endswith(".") and _is_past(parse))
    has_figure = any(character.isdigit() for character in text) or _has_numeral(parse)
    is_clipped = has_figure and len(words) >= MIN_CLIPPED_WORDS
    if aloud:
        is_clipped = is_clipped and any(
            token.tag.startswith("VB") or token.relation in _SUBJECTS for token in parse.tokens
        )
    if (not has_verb and not is_clipped) or (aloud and _goes_on(parse)):
        return "no statement"
    return None


def _goes_on(parse: Parse) -> bool:
    """Whether a sentence has no subject, for it goes on with another's: `And then spent more`."""
    tokens = parse.tokens
    root = next((i for i, token in enumerate(tokens) if token.relation == "ROOT"), None)
    if root is None or tokens[root].tag != "VBD":
        return False
    return not any(token.relation in _SUBJECTS and token.head == root for token in tokens)


def _is_passive(parse: Parse) -> bool:
    """Whether the main verb is a participle with a subject, as in `All ferries cancelled`."""
    tokens = parse.tokens
    return any(
        token.relation in {"nsubj", "nsubjpass"}
        and (tokens[token.head].tag, tokens[token.head].relation) == ("VBN", "ROOT")
        for token in tokens
    )


def _is_past(parse: Parse) -> bool:
    """Whether a past tense was taken for a participle of the subject: `The firm paid.`."""
    tokens = parse.tokens
    for index, token in enumerate(tokens):
        if (token.relation, token.tag) != ("acl", "VBN") or tokens[token.head].relation != "ROOT":
            continue
        between = tokens[token.head + 1 : index]  # `The gain, says the study, held in every group`
        closed = not between or (between[0].text == between[-1].text == ",")
        known = any(each.head == token.head and each.relation == "det" for each in tokens[:index])
        if closed and known and not any(each.relation == "agent" for each in tokens):
            return True
    return False


def _has_numeral(parse: Parse) -> bool:
    """Whether a number stands in words, other than `one`."""
    return any(token.tag == "CD" and token.text.lower() != "one" for token in parse.tokens)


def _is_imperative(parse: Parse) -> bool:
    """Whether the main verb is a bare one without subject, as in `Read this`."""
    for index, token in enumerate(parse.tokens):
        if token.relation != "ROOT":
            continue
        children = [child for child in parse.tokens if child.head == index and child is not token]
        governed = any(
            child.relation in _SUBJECTS
            or (child.relation in {"aux", "auxpass"} and child.text.lower() != "do")
            for child in children
        )
        return token.tag == "VB" and not governed
    return False
