"""What sort of claim a statement is, and which statements cannot be checked for what they are."""

from __future__ import annotations

import re

from factcheck.claims.clause import NUMBERS
from factcheck.records import ClaimKind

#: A bound, and no comparison: `more than 40`, `longer than three weeks`.
_COUNTED = (
    r"(?:\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|half|dozen|\w+teen|"
    r"\w+ty)\b)"
)
_COMPARES = re.compile(
    rf"\b(?:more|less|fewer|greater|higher|lower|larger|smaller|older|younger|better|worse|"
    r"longer|shorter|faster|slower|cheaper|earlier|later|further|farther|heavier|lighter|deeper)\b"
    rf"[^.]{{0,40}}\bthan\b(?! {_COUNTED})|"
    r"\b(?:most|least|largest|biggest|highest|lowest|smallest|oldest|youngest|longest|shortest|"
    r"fastest|best|worst|busiest|deadliest|heaviest|richest|poorest|only|second-\w+est)\b"
    r"(?<!at least)(?<!at most)|\bfirst\b|"
    r"\b(?:rose|fell|grew|climbed|dropped|declined(?! to)|increased|decreased|shrank|doubled|"
    r"halved|tripled|jumped|slipped|narrowed|widened|surged|plunged|gained|slid|halves|doubles)\b|"
    r"(?<!made )(?<!make )(?<!makes )(?<!making )(?<!went )(?<!pick )\b(?:up|down) "
    r"(?:by|from|on|to|about|nearly|almost|sharply|slightly|an?|half|\d)|"
    r"(?:\b(?:was|is|are|were)|,) (?:up|down)\b|"
    r"\b(?:compared with|compared to|as many as|as much as|as often as|as well \w+ \w+ as|"
    r"twice (?:as|the|its|their|what|that)|half as|no other|double the)\b|\brecord\b|"
    r"\bNo\b[^.]{3,80}\b(?:since|before)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    rf"\d|\b(?:{NUMBERS}|half|third|quarter|per ?cent|fourth|fifth|"
    r"sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2} (?:January|February|March|April|May|June|July|"
    r"August|September|October|November"
    r"|December)\b",
)
#: Numbers that say when, which or all of whom, not how many.
_NO_FIGURES = re.compile(
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b|\b(?:at|by|until|till|from|before|after|about|around|since) "
    r"(?:[01]?\d|2[0-3])\.[0-5]\d\b(?! (?:per|\w+s)\b|%)|"
    r"\b\d{1,2} ?[ap]\.?m\b|\b\d{1,3}(?:st|nd|rd|th)\b|"
    r"\b(?:all|both|the other) (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve)\b|\b(?:second|first|last) half\b",
    re.IGNORECASE,
)
#: The future, in the author's own voice.
_WILL = re.compile(r"\b(?:will|won['’]t|shall|is going to|are going to)\b|['’]ll\b", re.IGNORECASE)
_GUESS = re.compile(
    r"\b(?:probably|surely|likely|perhaps|maybe|no doubt|doubtless|may well|might well|"
    r"bound to|could well|"
    r"sooner or later|one day|eventually|forever|never again|I (?:believe|think|expect|"
    r"predict|suspect|doubt|fear|"
    r"bet|am sure)|mark my words|we will see|wonder)\b"
    r"|^If\b|^There (?:will|won['’]t) be\b"
    r"|^(?:But |And )?the (?:future|autumn|winter|spring|summer|"
    r"years?|coming|next|rest|"
    r"world|history|doubters|ordinary)\b|^By (?!\d)(?!the end of)\w+ \w+ will be\b|^By the next\b|"
    r"\bbefore (?:the \w+|it) is (?:out|over)\b|\bfor (?:years|generations|decades) to come\b",
    re.IGNORECASE,
)
#: What may come, and on what condition.
_CONDITIONAL = re.compile(
    r"(?:But |And )?If\b[^.,]*,[^.]* (?:may|might|could|would)\b", re.IGNORECASE
)
#: What is expected, with what in sight: neither what may be done nor what could be done then.
_FORESEES = re.compile(
    r"\b(?:could|might|should)(?: well)? (?!have\b|not\b)[^.]{0,120}?\b(?:"
    r"as early as (?:20\d\d|next|this)|before (?:\w+ ){1,3}(?:is|are) (?:over|out|up|done)|"
    r"once (?:the|his|her|its|their))\b|"
    r"\b(?:only|just) a (?:matter|question) of time\b|"
    r"\b(?:is|are) heading for (?:an? )?(?:\w+ )?(?:bankruptcy|collapse|crisis|defeat|disaster|"
    r"loss|recession|relegation|ruin|trouble|victory)\b|"
    r"^(?:(?!\b(?:that|if|who|which|whether|when|whose)\b)[^.]){1,200}?"
    r"\b(?:(?:is|seems?|looks?) (?:very |quite )?(?:un)?likely|looks? set) to\b(?! have\b)|"
    r"^Within an? (?:decade|year|generation|month)\b[^.]{1,200}? likely to\b|"
    r"\b(?:could|might|(?-i:may)) one day\b|^My guess is\b|"
    r"^One of these (?:days|years|winters)\b|^Tomorrow: |"
    r"^By 20\d\d\b[^.]{0,100}\b(?:nobody|no one|everyone|everybody)\b[^.]{0,100}? will \w+|"
    r"^By 20\d\d\b[^.]{0,100} will \w+[^.]{0,100}?\b(?:nobody|no one|everyone|everybody)\b",
    re.IGNORECASE,
)
_JUDGES = re.compile(
    r"\b(?:should(?:n['’]t)?|ought to|must (?!have)|I (?:think|believe|feel|hope|wish|"
    r"love|hate|like|suspect|find|"
    r"cannot help|can['’]t help|would|confess|admit)|in my (?:view|opinion|book)|frankly|"
    r"to my mind|"
    r"shame(?:ful)?|disgrace(?:ful)?|absurd|ridiculous|outrageous|scandalous?|foolish|"
    r"shabby|deserves?|"
    r"wonderful|marvellous|lovely|dreadful|delight(?:ful)?|pleasure|beautiful|ugly|"
    r"sensible|cowardly|brave|"
    r"wise|stupid|nonsense|a joke|noble|botched|splendid|magnificent|glorious|pathetic|"
    r"miserable|charming|"
    r"elegant|clumsy|clever|tiresome|astonishing|extraordinary|remarkable|admirable|"
    r"handsome|prouder|proud|"
    r"worth every|thank you|thanks to you|too many|far too|much too|all too|at its best|"
    r"hard not to|a far cry|"
    r"it is (?:hard|easy|tempting|time|high time|right|wrong|fair|unfair)|"
    r"would be (?:(?:just|quite|as|very) ){0,3}(?:unfair|wrong|better|nice|foolish)|must be \w+ing|"
    r"not the (?:mark|sign|numbers|work|act) of|needs? (?:no|neither)|"
    r"(?:tells?|told|speaks?|spoke) (?:(?:its|their) own|for (?:itself|themselves)))\b"
    r"|n['’]t an? (?:\w+ )?(?:plan|strategy|answer|policy|excuse)\b",
    re.IGNORECASE,
)
#: What is a judgment whatever figures stand in it.
_JUDGES_ANYWAY = re.compile(
    r"(?<!who )(?<!which )(?<!that )(?<!what )\bshould(?:n['’]t| never| not)? have "
    r"(?!opened|closed|started|ended|finished|arrived)(?:\w+ed|been|gone|done|seen|known|left|said|"
    r"sold|kept|built|taken|told|made|given|lost|won)\b|"
    r"\bought to\b|\bhad better (?:not )?(?:be|ask|go|get|stay|look|read|think|hurry|leave|pay|"
    r"watch|take|start|stop|find|learn|keep)\b|"
    r"^What an? (?:\w+ ){0,2}?(?:waste|shame|pity|mess|relief|farce|joy|gift|lie)\b|"
    r"\bdeserve[sd]? (?:(?:an? |no |far |much )*(?:better|worse)|more|less|it|that|what|every)\b|"
    r"\b(?:was|were|is|are) (?:\w+ly )?(?:right|wrong|a fool|fools) (?:not )?to (?!the\b)|"
    r"\bit (?:is|was) (?:right|wrong) of\b|\bma(?:kes?|de) no sense\b|\blost all sense\b|"
    r"\b(?:is|was|are|were|been) an? (?:\w+ )?(?:insult|affront|outrage|disgrace|travesty|scandal|"
    r"farce|masterpiece)(?: (?:to|of)\b|[.”\"’]*$)|\bma(?:kes?|de) a mockery of\b|"
    r"\b(?:sheer|utter) (?:madness|folly|nonsense|lunacy|stupidity|arrogance)\b|"
    r"\b(?:is|was|are|were) (?:an? (?:very )?(?:bad|good|terrible|dreadful|splendid) idea|"
    r"simply the (?:better|best|worse|worst))\b|"
    r"\bworth (?:ten|a dozen|a hundred) of\b|\bhardly worth\b|"
    r"\b(?:was|were|is|are|been) (?:(?:\w+ly|so|as) )?(?:reckless|unjust|mean-spirited|shameful|"
    r"absurd|foolish|cowardly|gutless|tedious|superb|dreadful|folly)\b|"
    r"\b(?-i:fairer|kinder|wiser|lovelier|loveliest|uglier|saner)\b|"
    r"\bthe (?:finest|loveliest|bravest|wisest|silliest|dullest) (?:of|\w+ of) the\b|"
    r"\bthe most (?:cynical|beautiful|boring|elegant|foolish|shameful|cowardly|moving|tedious|"
    r"entertaining)\b",
    re.IGNORECASE,
)
#: What these hold, expect or find wrong is theirs, and can be looked up.
_IN_OFFICE = re.compile(
    r"\b(?:court|jury|tribunal|judges?|ombudsman|inquiry|inspectors?|investigators?|auditors?|"
    r"commission|panel|review|watchdog|regulator)\b",
    re.IGNORECASE,
)
#: What is asked of whoever reads it.
_ASKS = re.compile(
    r"^(?:[\w’'-]+ ){1,5}are (?:kindly )?(?:advised|reminded) (?:not )?to\b", re.IGNORECASE
)
#: A sentence that ends on its auxiliary says nothing without the one before.
_ELLIPTIC = re.compile(
    r"\b(?:did|does|do|is|was|were|are|has|have|had|would|could|should|might|would be|could be)"
    r"(?:n['’]t)?(?: not)?[.!”\"’]*$",
    re.IGNORECASE,
)
#: What does by being said what it says, and tells of nothing else.
_PERFORMS = re.compile(
    r"^(?:And |But |So |May )?(?:I|we) (?:\w+ly |do not |don['’]t |also |simply |just )?"
    r"(?:beg|congratulate|thank|welcome|commend|urge|invite|salute|pay tribute|make no apolog\w+|"
    r"pretend|apologi[sz]e|look forward|implore|call on|appeal to|ask (?:the|you|that|him|her))\b|"
    r"^(?:I|we) (?:am|are) (?:\w+ )?"
    r"(?:grateful|thankful|honou?red|delighted|pleased|sorry)\b|"
    r"^(?:I|we) (?:was|were) (?:\w+ly )?(?:heartbroken|thrilled|moved to tears)\b|"
    r"^(?!.*\d)(?:Hello|Hi|Good (?:morning|afternoon|evening)|Welcome)"
    r"(?:[,.!]| and | to | everyone\b)|"
    r"^(?:And |So )?(?:I am|I['’]m|My name is) (?-i:[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})[.,!]*$",
    re.IGNORECASE,
)
#: What tells of the author alone.
_PRIVATE = re.compile(
    r"^(?:And |But )?I (?:can|could|cannot|know|promise|remember|miss|dread|envy|long for)\b",
    re.IGNORECASE,
)


def kind_of(statement: str, quoted: bool) -> ClaimKind:
    """The kind of a checkable statement; `quoted` when it is mostly somebody's own words."""
    if quoted:
        return ClaimKind.QUOTATION
    without_dates = _NO_FIGURES.sub("", _DATES.sub("", statement))
    if _COMPARES.search(statement):
        return ClaimKind.COMPARISON
    if _FIGURE.search(without_dates):
        return ClaimKind.FIGURE
    return ClaimKind.ASSERTION


def uncheckable(statement: str, reported: bool) -> ClaimKind | None:
    """`PREDICTION` or `OPINION` when a statement is one in its author's own voice, else None.

    What somebody else is `reported` to expect or to think can be checked for having been said. A
    plan can be checked too; and what is told of something with a figure, unless it is foreseen, or
    plainly a judgment, and no court, inquiry or the like is in it.
    """
    if reported:
        return None
    in_office = _IN_OFFICE.search(statement)
    foreseen = _FORESEES.search(statement) and not in_office
    guessed = _WILL.search(statement) and _GUESS.search(statement)
    if guessed or foreseen or _CONDITIONAL.match(statement):
        return ClaimKind.PREDICTION
    asks = _PERFORMS.match(statement) or _ASKS.match(statement)
    judges = _JUDGES_ANYWAY.search(statement) and not in_office
    if asks or judges:
        return ClaimKind.OPINION
    if _FIGURE.search(statement):
        return None
    if _JUDGES.search(statement) or _PRIVATE.match(statement) or is_elliptic(statement):
        return ClaimKind.OPINION
    return None


def is_elliptic(statement: str) -> bool:
    """Whether a statement ends on its auxiliary, as `Last year 47 did`: it needs the one before."""
    return bool(_ELLIPTIC.search(statement.rstrip()))
