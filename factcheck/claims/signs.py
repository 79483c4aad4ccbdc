"""The wordings by which furniture is known, by the reason they give.

Each needs its own sign, so that prose which only mentions a newsletter, a copyright or a contact
stays in. They are matched at the start of a text without Markdown marks, whatever its case.
"""

from __future__ import annotations

import re

from factcheck.head import NAME


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)


WEB = (
    r"(?:https?://\S+|www\.\S+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}"
    r"|\b[\w-]{2,64}\.(?:com|org|net|info|ca|uk|eu|io|example)\b\S*)"
)
_PHONE = r"\+?\d[\d ()/.-]{7,20}\d"
_PIECE = (
    r"(?:article|story|post|piece|column|essay|interview|content|text|transcript|episode|"
    r"newsletter)"
)
_SITES = r"(?:facebook|twitter|x|instagram|telegram|youtube|linkedin|mastodon|bluesky|whatsapp)\b"

#: A sentence that begins like this is furniture wherever it stands.
SENTENCES = {
    "a subscribe or share line": _any(
        r"(?:please )?subscribe(?: now| today| to\b| for\b| here|[.!]?$)",
        r"(?:please )?(?:sign up (?:for|to|here|now)|register (?:now|here|today|for free))\b",
        rf"(?:please )?(?:share|tweet|print|e-?mail|rate|bookmark) this (?:{_PIECE}|page|on)\b",
        rf"(?:please )?(?:share|tweet|follow us|follow me|like us|join us|find us) on {_SITES}",
        rf"(?:please )?follow [@\w .-]{{2,40}} on {_SITES}",
        r"(?:join|get|receive) our (?:free |daily |weekly |morning )*"
        r"(?:news ?letters?|mailing list|channel|alerts|briefing|community)",
        r"become an? (?:\w+ )?(?:member|subscriber|patron|supporter)\b",
        r"(?:please )?(?:donate\b|make a donation|help us (?:keep|stay|continue))",
        r"(?:please )?support (?:us\b|our work|our journalism|(?:independent|quality) journalism)",
        r"(?:please )?(?:leave|post|add|write) (?:a|your) comments?\b",
        r"comment(?:s are closed| on \S.{0,80}\b(?:page|facebook|site))",
        r"(?:please )?(?:click|tap) (?:here|below|on)\b",
        r"already a (?:subscriber|member)\b",
        r"(?:please )?(?:visit|check out|see|read|bookmark) (?:my|our|his|her|their|the) "
        r"(?:\w+ ){0,2}(?:web ?site|web page|blog|home ?page|shop|store|channel)\b",
        r"(?:download (?:our|the) app|we use cookies|this (?:web)?site uses cookies)\b",
        r"you (?:are|['’]re) receiving this\b",
        r"by (?:signing up|subscribing|continuing|clicking)\b.{0,60}\byou (?:agree|consent|accept)",
        r"your e-?mail address .{0,40}\bnot be (?:published|shared|passed)",
        r"(?:listen to|tune in to|catch) .{0,120}\b(?:podcast|radio|network|show|channel)\b",
    ),
    "a contact line": _any(
        rf"(?:please )?(?:contact|e-?mail|write to|reach|call|get in touch)\b.{{0,80}}"
        rf"(?:{WEB}|{_PHONE})",
        rf"to (?:share|send|tell|leave|submit) .{{2,80}}, (?:please )?(?:write|e-?mail|"
        rf"call|contact)\b.{{0,40}}"
        rf"(?:{WEB}|{_PHONE})",
        r"(?:(?:media|press|investor)s? )?(?:contacts?|inquiries|enquiries)(?: details)?:",
        r"[\w ]{3,40} (?:may|can|should) (?:send|submit|address) (?:\w+ )?(?:corrections|comments|"
        r"letters|questions|queries|tips|feedback)(?: \w+)? to\b",
        r"(?:media|press|news|investor) (?:office|desk|team|relations):.{0,60}"
        rf"(?:{WEB}|{_PHONE})",
        r"for (?:media|press|more|further|all|other|additional|general|interview|investor)\b"
        r".{0,40}\b(?:inquiries|enquiries|information|requests|details|questions)\b.{0,20}"
        r"(?::|contact\b|visit\b|please\b|go to\b|see\b)",
        rf"for .{{0,200}}, (?:please )?contact:? {WEB}",
        r".{2,60} (?:can|may) be (?:reached|contacted|followed|e-?mailed) "
        r"(?:at|on twitter|via|by e-?mail|by (?:tele)?phone)\b",
        r"(?:phone|tel|telephone|fax|e-?mail|mobile|web ?site|twitter)\.?:",
        r"(?:box office|bookings?|tickets?|reservations?|help ?line|hotline|post)\.?: .{0,40}"
        rf"(?:{WEB}|{_PHONE}|\bpo box\b)",
        r"editors: (?:this|please|note)\b",
        rf"[^.!?]{{2,120}}, {_PHONE}, {WEB}$",
        r".{2,40} (?:is|are|will be) available for (?:an? )?interviews?\b",
        rf"anyone with .{{2,60}} (?:should|can|may|is asked to) (?:e-?mail|call|ring|contact)\b"
        rf".{{0,80}}(?:{WEB}|{_PHONE})",
        r"(?:letters|copy|contributions|entries|items|notices)\b.{0,60}"
        r"\b(?:must|should|may|can) (?:reach|be (?:sent|e-?mailed) to) (?:us|the editor)\b",
    ),
    "a copyright notice": _any(
        r"(?:copyright )?(?:©|\(c\)) ?(?:copyright\b|\d{4})",
        r"(?:copyright )?©",
        r"copyright,? (?:\(c\)|\d{4}\b)",
        r"\S.{0,80}© ?\d{4}",
        r".{0,80}\ball rights reserved\b",
        r".{0,80}\b(?:reprinted|republished|reproduced|reposted) (?:here )?(?:with|by) "
        r"(?:the )?(?:kind )?permission\b",
        r"(?:licen[cs]ed under|this (?:work|article|text) is licen[cs]ed)\b",
    ),
    "a note on the source": _any(
        rf"the original source of this {_PIECE}",
        rf"this {_PIECE}(?: above)? (?:was|has been|is|will be|may be)(?: being)? (?:\w+ly )?"
        r"(?:since |first |last )?(?:been )?(?:published|posted|updated|written|edited|produced"
        r"|adapted|excerpted|translated|sponsored|corrected|amended|provided)\b",
        rf"this {_PIECE} (?:first |originally )?appeared\b",
        r"(?:originally|first|previously) (?:published|posted|appeared) (?:in|by|on|at)\b",
        r"(?:editor['’]?s?|publisher['’]?s?|author['’]?s?|translator['’]?s?) notes?:",
        r"(?:additional )?(?:reporting|editing|writing|translation|photography) by"
        r"(?:\s+(?:(?-i:[A-Z])\S*|and|in|by|editing))++$",  # at once, or `In In In …` takes 2ⁿ
        r"this is a developing story\b",
        r"the (?:trial|case|hearing|inquest|inquiry|search|investigation) continues\.?$",
        r"(?:last |first )?(?:updated|published|posted|modified|revised)(?: on| at|:) "
        r"(?:\d{1,2}:\d\d|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? (?-i:[A-Z])[a-z]{2,8}|"
        r"(?-i:[A-Z])[a-z]{2,8} \d{1,2})"
        r"(?:[ ,]{1,2}(?:at|on|[ap]m|[\d:.]{1,8}|(?-i:[A-Z])[\w.]{0,12})){0,6}\.?$",
        r"(?:some |all |the )?names (?:and \w+ )?have been changed"
        r"(?: to protect \D{3,60}| at (?:his|her|their) request|"
        r" for (?:privacy|legal|safety|security) reasons)?[.!]?$",
        r"that(?:['’]s| is) (?:all|it)(?: \w+)? (?:from (?:us|me|here)|for (?:now|today|tonight))"
        r"(?: for (?:now|today|tonight))?(?:[.!;]|$|, (?:good|see|thank)\b)",
        r"(?-i:[A-Z])[\w’']*(?: (?-i:[A-Z])[\w’']*){0,4}, (?:no\.|issue|vol\.) ?[\d,]{3,8}"
        r"(?:, (?:\w+ ){0,3}(?:edition|issue))?\.?$",
        r"(?:corrections?|clarifications?)(?: (?:and|&) (?:corrections?|clarifications?))?"
        r"(?: \([^)]{1,40}\))?:",
        rf"an? (?:earlier|previous) version of this (?!text|content){_PIECE}\b",
        r"an? (?:earlier|previous) version (?:said (?!to\b)|stated|misspelt|misstated|wrongly)",
        r"in (?:episode|issue|number) \d+ we (?:said|wrote|claimed)\b",
        r"(?:doi|issn|isbn|lei|isin)(?:: ?| )\d[\w./ -]{5,60}$",
        r"cite (?:this|as)\b.{0,30}:",
        r".{1,60} (?:is|are) not responsible for (?:the )?contents? of (?:external|other|linked|"
        r"third[- ]party)(?: \w+)?\.?$",
    ),
    "a credit": _any(
        r"(?:photos?|images?|pictures?|illustrations?|photographs?|video|graphic|featured image|"
        r"(?:photo )?gallery|in pictures)"
        r"(?: credits?| courtesy| source)?(?: of| by)?:",
        r"(?:photo|image|picture|illustration|photograph) (?:by|courtesy of) ",
        r"(?:photo|image|picture|portrait|illustration|photograph|drawing)s(?: by|:) "
        rf"(?-i:{NAME})\.?$",
        r"credit: (?-i:[A-Z])\S*(?: \S+){0,6}$",
        rf"(?-i:{NAME}),? photographed in \d{{4}}\.?$",
        r"\(?(?:getty images|ap photo|afp|shutterstock|file photo)\b[^.]{0,40}\)?$",
    ),
    "self-promotion": _any(
        rf"(?:this|today['’]?s) (?:{_PIECE}|podcast|broadcast) (?:is|was) "
        r"(?:sponsored|brought to you)\b",
        r".{2,60} (?:is|are) brought to you by\b",
        r"(?:sponsored|presented|brought to you) by (?-i:[A-Z])[^.,]{1,50}\.?$",
        r"advertise (?:here|with us)\b",
        r"disclosure: .{0,60}\b(?:i|we|me|us|author|writer|reviewer|reporter|gift)\b",
        r"(?:high[- ]resolution |further |more )?(?:photo(?:graph)?s|images|pictures|footage)\b"
        r".{0,60}\b(?:can|may) be (?:downloaded|requested) (?:from|at|here|until)\b",
        r"an? (?:replay|recording|webcast)\b.{0,60} will be (?:available|posted) "
        r"(?:on|at|for|until|here|from)\b",
        r"(?:my|our) (?:new|newest|latest|next|forthcoming|most recent) "
        r"(?:book|novel|film|album|course|podcast)\b",
    ),
}

#: A block that begins like this is furniture as a whole.
BLOCKS = {
    "a disclaimer": _any(
        r"(?:legal )?(?:disclaimer|fair use(?: notice)?|terms of use|privacy (?:policy|notice))"
        r" ?(?:[:.–—]|$)",
        rf"the (?:\w+ and )?(?:views|opinions|statements)(?: and \w+)? (?:expressed|contained|"
        rf"presented) (?:here|in this {_PIECE}|on this|by (?:the|this|our) (?:author|writer|"
        r"contributor|guest|columnist)s?)\b",
        rf"the contents? of this (?:{_PIECE}|site|page|website)\b",
        r".{0,120}\bcopyrighted material\b.{0,120}\b(?:authori[sz]ed|permission|owner)",
        r".{0,200}\b(?:sole responsibility of the (?:author|writer)|does not (?:constitute (?:an "
        r"offer|\w+ advice)|necessarily (?:reflect|represent) the (?:views|opinions|position)))",
        r".{0,120}\bnot be (?:held )?(?:responsible|liable) for any .{0,60}"
        r"(?:inaccura|error|omission|content)",
        r"(?:this|the) (?:press release|news release|announcement|release|document) "
        r"(?:may )?(?:contains?|includes?) .{0,40}forward-looking",
        r"(?:this|the) (?:press release|news release|announcement|release|document) "
        r"is not an? (?:offer|solicitation|invitation) to (?:sell|buy|purchase|acquire)\b",
        r".{2,60} (?:undertakes?|assumes?) no (?:obligation|duty) to (?:update|revise) "
        r"(?:any|its|such|them|these|this|forward-looking)\b",
        r"(?:cautionary (?:note|statement)|safe harbo[u]?r|forward-looking statements?)\b",
    ),
    "an author biography": _any(
        r"about the (?:authors?|writers?|reporters?|contributors?|columnists?|journalists?)\b",
        r"(?:author|writer) (?:bio|biography|profile)\b",
    ),
    "navigation": _any(
        r"(?:articles?|posts?|stories|more) by: ?\S",
        rf"(?:more|all|other)(?: {_PIECE}s?)? (?:by|from) (?:this|the same) author",
        r"(?:regions?|themes?|topics?|tags?|tagged|categor(?:y|ies)|sections?|filed under"
        r"|posted in|keywords?|in-depth reports?)\s?:",
        r"(?:home|menu|search|back to top|skip to (?:main )?content|next article|top stories"
        r"|previous article|most (?:read|popular|viewed)|trending(?: now)?|latest news|share"
        r"|table of contents|advertisements?|sponsored(?: content)?|promoted|tweet|print|e-?mail"
        r"|comments?(?: \(\d+\))?|log ?in|register|subscribe|loading\.*|show more"
        r"|continue reading|view all|watch (?:live|now))$",
        r"\d+ (?:min(?:ute)?s?|comments?|shares?|views?|likes?)(?: read)?$",
        r"home\s?[>»/|]",
        r"(?:coming up )?(?:next|also this) (?:week|month|issue|time)(?::[^.]{0,60})?$",
        r"[\d,.]+ votes? (?:so far|cast)[.:]?$",
    ),
    "a related list": _any(
        r"(?:related(?: (?:articles?|stories|content|topics|posts|news|links|reading|coverage))?"
        r"|read (?:more|also|next|on)|also read|see also|further reading|more stories"
        r"|more (?:on|from) (?:this|our)\b[^.:]{0,40}|recommended(?: for you| reading)?"
        r"|you (?:may|might) also (?:like|enjoy)|don['’]t miss|in case you missed it"
        r"|what to read next|links?|also (?:reviewed|published|on) (?:this week|here|today)"
        r"|(?:older|newer|previous) posts?|letter of the week"
        r"|more (?:explainers|news|reviews|columns|letters|opinion|sport))"
        r"\s?(?::|–|—|$)",
        r"[«»‹›←→<>]+ ?(?:older|newer|previous|next) (?:post|entry|article|story|page)\b",
    ),
    "a reference list": _any(
        r"(?:references|bibliography|works cited|literature(?: cited)?|footnotes)\s?:?$",
    ),
    "a procedural line": _any(
        r"for immediate release\b",
        r"(?:strictly )?embargoed (?:until|till|for)\b",
        r"[(\[]?check against delivery[)\]]?\.?$",
        r"[(\[]reporting by (?-i:[A-Z])[^)\]]{2,200}[)\]]$",
        r"(?:from|to|cc|sent|date|subject|reply-to): ?\S",
        r"-?\s?(?:30|ends?)\s?-?$",
        r"[(\[]?continued (?:in|on|from) (?:column|page|p\.)",
        r"(?:printed|typeset|transcribed|compiled|edited)(?: and \w+)? by\s"
        r"(?-i:[A-Z])[^.,]{2,50}(?:, \d[^.,]{2,40})?\.?$",
        r"notes? (?:to|for) editors? ?(?::|$)",
        r"[(\[]?(?:applause|laughter|music|inaudible|crosstalk|end of (?:transcript|video clip))"
        r"[)\]]?\.?$",
    ),
}
