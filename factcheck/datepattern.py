"""The pattern of dates in running text, with a named group for each way of naming one."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_Y = r"(?:1[5-9]|20)\d\d"
_DECADE = r"(?:1[5-9]|20)\d0"
_D = r"(?:[12]\d|3[01]|0?[1-9])"
_W = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_TH = r"(?:st|nd|rd|th)?"
_S = r"(?:spring|summer|autumn|winter)"
_N = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
#: What four digits count where it stands behind them.
_COUNTED = r"tonnes?|kg|km|metres?|miles?|people|euros?|crowns?|kroner|per|%"
_WHEN = r"last|this|next|since|until|in|by|early|late|mid-?|of|from|during|to|through|and|for"
_THAT = r"that|the\ same|the\ previous|the\ following|the\ next|the|a"
_UNIT = (
    r"day|morning|afternoon|evening|night|week|month|year|quarter|summer|winter|spring|autumn|"
    r"season"
)
#: A day and month, one way or the other: what a weekday before belongs to.
_DAY_MONTH = rf"(?:{_MONTH}\ {_D}\b|(?:the\ )?{_D}{_TH}\ (?:of\ )?{_MONTH})"

DATE = re.compile(
    rf"""
    (?:(?<![\w/.,-])|(?<=[Mm]id-))(?:
      (?P<iso>{_Y}-\d\d-\d\d)(?![\w-])
    | (?:(?:on\ )?(?:{_W}),?\ )?(?:the\ )?(?P<d1>{_D}){_TH}
        (?:\ ?(?:-|–|to|and)\ ?(?P<d1b>{_D}){_TH})?\ (?:of\ )?(?P<m1>{_MONTH})
        (?:,?\ (?P<y1>{_Y})\b)?
    | (?:(?:on\ )?(?:{_W}),?\ )?(?P<m2>{_MONTH})\ (?P<d2>{_D}){_TH}
        (?![\d]|[.,]\d|\ (?:per|million|billion|thousand))(?:(?:-|–)(?P<d2b>{_D}))?
        (?:,?\ (?P<y2>{_Y})\b)?
    | (?P<dn>{_D})[./](?P<mn>0?[1-9]|1[0-2])[./](?P<yn>{_Y})(?![\d/])
    | (?:the\ )?(?P<dayword>first|last)\ day\ of\ (?P<m4>{_MONTH}),?\ (?P<ym4>{_Y})\b
    | (?P<ma>{_MONTH})\ ?(?:to|through|and(?:\ in)?|-|–)\ ?(?P<mb>{_MONTH})
        ,?\ (?:of\ )?(?P<yab>{_Y})\b
    | (?P<m3>{_MONTH}),?\ (?:of\ )?(?P<y3>{_Y})\b
    | (?:the\ )?(?P<season>{_S}|(?<=the\ )fall(?=\ of))(?:\ of)?\ (?P<y4>{_Y})\b
    | (?:the\ )?(?P<halfyear>first|second|last)\ (?:half|six\ months)\ of\ (?P<yh>{_Y})\b
    | (?P<turn>the\ turn\ of\ the\ year)\b
    | (?<=\bsince\ )the\ (?P<seasononly>spring|summer|autumn|winter|fall)\b
        (?!\ (?:of\b|\d|term|school|season))
    | (?:the\ )?(?P<quarter>first|second|third|fourth|final|last)\ quarter\ of\ (?P<y5>{_Y})\b
    | (?:the\ )?(?P<quarteronly>first|second|third|fourth)\ quarter\b
        (?!\ of\ (?:an?\b|\d|the\ (?!year))|\ (?:in\ a\ row|running)\b)
    | Q(?P<q6>[1-4])\ (?P<y6>{_Y})\b
    | (?P<y7>{_Y})[/–-](?P<y7b>\d\d(?:\d\d)?)\b(?![-/\d])
    | (?P<decade>{_DECADE})s\b
    | (?P<y8>{_Y})(?![\w,-]{{0,40}}\d)(?!\s?(?:{_COUNTED})\b)\b
    | (?:(?P<when9>(?i:{_WHEN}))\ |(?<=[Mm]id-))(?:(?:early|late|mid)[ -])?(?P<m9>{_MONTH})
        (?![\w-]|,?\ (?:of\ )?{_Y}\b|\ {_D}\b
        |\ (?:to|through|and(?:\ in)?)\ {_MONTH},?\ (?:of\ )?{_Y}\b)
    | (?P<day>(?i:today|yesterday|tomorrow|tonight|last\ night|
        this\ (?:morning|afternoon|evening)))\b
    | (?:(?P<whichday>(?i:last|next|this|since|until|by|on|late\ on|early\ on))\ )?
        (?<!\bEaster\ )(?<!\bGood\ )(?<!\bWhit\ )(?<!\bAsh\ )(?<!\bBlack\ )(?<!oliday\ )
        (?<!\bShrove\ )(?<!\bPalm\ )(?<!\bBloody\ )(?<!\bSuper\ )(?<!\bCyber\ )(?<!\bMaundy\ )
        (?P<weekday>{_W})(?!,?\ {_DAY_MONTH}|\ (?:before\ last|after\ next|week)\b)
        (?!\ (?:mornings|afternoons|evenings|nights)\b)
        (?:\ (?:morning|afternoon|evening|night))?\b
    | (?:the\ )?(?P<which>(?i:last|past|previous|this|next|coming))[ ]
        (?P<stretch>week|month|year|spring|summer|autumn|winter|quarter|decade)\b
        (?![ -](?:old|long)|\ of\ (?:the|an?|its|his|her|their|this|that)\b)
    | (?P<that>(?i:{_THAT}))\ (?P<thatunit>{_UNIT})\b
        (?:\ (?P<thatshift>earlier|before|later|after|a\ year\ earlier|the\ year\ before)\b)?
    | (?i:the\ (?:following|next))\ (?P<following>{_W})\b
    | (?P<apart>(?i:{_N}))\ (?P<apartunit>days?|months?|years?)
        \ (?P<apartshift>earlier|later)\b(?!\ than)
    | (?P<ago>(?i:{_N}))\ (?P<agounit>days?|weeks?|months?|years?|decades?)\ ago\b
    )
    """,
    re.VERBOSE,
)
#: Words a year is not one behind.
NOT_YEAR_BEFORE = re.compile(
    r"(?:[$€£#]|\bno\.? ?|\bnumber |(?<!talk )(?<!talks )(?<!talked )(?<!talking )\babout |\bover |"
    r"\bsome |\bnearly |\bthan |\baround )$",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\b(?:will|shall|would|to be|plans?|due|expected|scheduled|set to|"
    r"(?-i:may|might)(?! (?:\w+ )?have\b)|"
    r"next(?! (?:day|morning|afternoon|evening|night)))\b",
    re.IGNORECASE,
)
#: What was said is told of the past, whatever it was: `It will open, Roe said on Tuesday`.
SAID = re.compile(
    r"(?<!be )(?<!been )(?<!\bbe newly )(?<!\bbe formally )(?<!\bbe officially )"
    r"\b(?:said|told|added|announced|warned|replied|wrote|asked|declared|"
    r"insisted|argued|confirmed|claimed|reported)\b"
    r"(?! (?:that|it|he|she|they|there)\b)"
)


#: What a day, a year is told before or after: `the year after healing`, `the day before the vote`.
OF_SOMETHING = re.compile(
    r" (?!(?:and|but|when|as|in|at|on|by|for|to|from|with|because|the|there|it|he|she|they|we|was|"
    r"were|had|has|is|that|if|so|while|of)\b)\w| the (?!\w+ (?:was|were|had|has)\b)"
)
#: What says which part of a stretch is meant, right before it.
PART = re.compile(
    r"(?:(?:\bin |\bat )?\b(?:the )?(?P<word>early|late|mid)[ -](?:in )?(?:the )?|"
    r"\bthe (?:very )?(?P<of>start|beginning|middle|end|close) of )$",
    re.IGNORECASE,
)
