"""What sort of claim a statement is, and which statements cannot be checked for what they are."""

from __future__ import annotations

import re

from factcheck.records import ClaimKind

_COMPARES = re.compile(
    r"\b(?:more|less|fewer|greater|higher|lower|larger|smaller|older|younger|better|worse|longer|shorter|faster|"
    r"slower|cheaper)\b[^.]{0,40}\bthan\b|\b(?:most|least|largest|biggest|highest|lowest|smallest|oldest|youngest|"
    r"longest|shortest|fastest|best|worst|busiest|deadliest|heaviest|richest|poorest|only|first|second-\w+est)\b|"
    r"\b(?:rose|fell|grew|climbed|dropped|declined|increased|decreased|shrank|doubled|halved|tripled|jumped|slipped|"
    r"narrowed|widened|surged|plunged|gained|slid)\b|\b(?:up|down|compared with|compared to|as many as|as much as|"
    r"twice|half as|record)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|"
    r"billion|half|third|quarter|per ?cent)\b",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b",
)
#: The future, in the author's own voice.
_WILL = re.compile(r"\b(?:will|won['’]t|shall|is going to|are going to)\b", re.IGNORECASE)
_GUESS = re.compile(
    r"\b(?:probably|surely|likely|perhaps|maybe|no doubt|doubtless|may well|might well|bound to|could well|"
    r"sooner or later|one day|eventually|I (?:expect|predict|suspect|doubt|fear|bet))\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:should(?:n['’]t)?|ought to|must (?!have)|I (?:think|believe|feel|hope|wish|love|hate|like|suspect|find|"
    r"cannot help|can['’]t help|would|confess|admit)|in my (?:view|opinion)|frankly|to my mind|shame(?:ful)?|disgrace(?:ful)?|"
    r"absurd|ridiculous|outrageous|scandalous?|foolish|shabby|deserves?|wonderful|marvellous|lovely|"
    r"dreadful|delight(?:ful)?|pleasure|beautiful|ugly|sensible|cowardly|brave|wise|stupid|nonsense|a joke|"
    r"hard not to|it is (?:hard|easy|tempting|time|high time|right|wrong|fair|unfair)|would be (?:unfair|wrong|"
    r"better|nice|foolish))\b",
    re.IGNORECASE,
)


def kind_of(statement: str, quoted: bool) -> ClaimKind:
    """The kind of a checkable statement; `quoted` when it is mostly somebody's own words."""
    if quoted:
        return ClaimKind.QUOTATION
    without_dates = _DATES.sub("", statement)
    if _COMPARES.search(statement):
        return ClaimKind.COMPARISON
    if _FIGURE.search(without_dates):
        return ClaimKind.FIGURE
    return ClaimKind.ASSERTION


def uncheckable(statement: str, speaker: str | None) -> ClaimKind | None:
    """`PREDICTION` or `OPINION` when a statement is one in the author's own voice, else None.

    What somebody else is reported to expect or to think can be checked for having been said. A
    plan with a figure or a date can be checked too: `The bridge will open on 4 May`.
    """
    if speaker is not None:
        return None
    has_figure = bool(_FIGURE.search(statement))
    if _WILL.search(statement) and (
        _GUESS.search(statement) or (not has_figure and not _NAMED.search(statement))
    ):
        return ClaimKind.PREDICTION
    if _OPINION.search(statement) and not has_figure:
        return ClaimKind.OPINION
    return None


#: A name inside the statement: what it says is about somebody or something in particular.
_NAMED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
