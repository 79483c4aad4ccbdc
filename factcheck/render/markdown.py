"""The report as Markdown: CommonMark with tables, as GitHub and Obsidian read it.

It reads well raw, too. Text from articles, corpora and notes is foreign: `_words` makes it inert,
so that no part of it becomes a heading, a link, a picture, a tag or a formula. Each piece of it
stands on one line, behind a mark of ours. Text written as a mail address or a name with `@` is the
one thing GitHub links whatever is done, because it looks for those after the Markdown is gone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from factcheck.citation import page_name, spoken_date
from factcheck.records import (
    Abstention,
    Article,
    Evidence,
    Finding,
    Manifest,
    Mismatch,
    Report,
    Ruling,
    Stance,
    Verdict,
)
from factcheck.render.address import web_address
from factcheck.render.claims import place, said_by
from factcheck.render.finding import (
    ABSTENTIONS,
    DATED,
    SAID,
    STANCES,
    VERDICTS,
    choose,
    says_more,
)
from factcheck.render.layout import FINGERPRINT, UNICODE, count, percent
from factcheck.render.safe import plain
from index import Hit, Span

#: What Markdown, GitHub's tables and strike-through, Obsidian's links, tags, comments and
#: highlights, and the formulas of both, are made with, wherever it stands.
_ACTIVE = re.compile(
    r"[\\`*_\[\]<>|~$#^@]"
    r"|&(?=[#\w])"  # an entity
    r"|:(?=//)|(?<!:)/(?=/)"  # an address, which is linked where it stands
    r"|(?<=[Ww][Ww][Ww])\."
    r"|=(?==)|(?<==)=|%(?=%)|(?<=%)%"
)
#: What begins a list, a rule or the underline of a heading at the beginning of a line.
_LEADING = re.compile(r"[-+](?=[-+\s]|$)|=|:(?=-)|\d{1,9}(?=[.)](?:\s|$))")


def render_markdown(report: Report) -> str:
    """The report as Markdown text, ending in a newline; a blank line between its blocks."""
    blocks = [
        *_header(report),
        *_summary(report.findings),
        *(
            block
            for number, finding in enumerate(report.findings, 1)
            for block in _section(report.article, number, finding)
        ),
        *_rest(report),
        "---",
        _origin(report.manifest),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _header(report: Report) -> list[str]:
    article = report.article
    author = f"by {article.author}" if article.author else ""
    address = web_address(article.source)
    source = f"<{address}>" if address else _code(article.source)
    parts = [source, _words(spoken_date(article.published or "")), _words(author)]
    skipped = len(report.skipped)
    amounts = [
        count(len(report.findings), "claim"),
        f"{count(skipped, 'sentence')} not checked" if skipped else "",
    ]
    return [f"# {_words(article.title) or 'Untitled'}", _row(parts), _row(amounts)]


def _summary(findings: Sequence[Finding]) -> list[str]:
    """A table of verdicts, with the reader's beside them if there is any."""
    if not findings:
        return ["Nothing in it can be checked."]
    found = Counter(finding.verdict for finding in findings)
    ruled = Counter(f.ruling.verdict for f in findings if f.ruling and f.ruling.verdict)
    head, under = "| verdict | claims |", "| :-- | --: |"
    if ruled:
        head, under = f"{head} decided by a reader |", f"{under} --: |"
    lines = [head, under]
    for verdict in VERDICTS:
        own = f" {ruled[verdict]} |" if ruled else ""
        lines.append(f"| {_sign(verdict)} {VERDICTS[verdict]} | {found[verdict]} |{own}")
    reasons = Counter(finding.reason for finding in findings if finding.reason)
    why = ", ".join(f"{reasons[each]} {ABSTENTIONS[each]}" for each in ABSTENTIONS if reasons[each])
    return ["\n".join(lines), f"Not enough evidence: {why}." if why else ""]


def _section(article: Article, number: int, finding: Finding) -> list[str]:
    verdict = finding.verdict
    detail = ABSTENTIONS[finding.reason] if finding.reason else percent(finding.confidence)
    return [
        f"## {number}. {_sign(verdict)} {VERDICTS[verdict].capitalize()} · {detail}",
        _claim(article, finding),
        *_ruling(finding.ruling),
        *_readings(finding),
        *_passages(finding),
        _led_by("→ ", _words(finding.why)),
    ]


def _claim(article: Article, finding: Finding) -> str:
    claim = finding.claim
    differing = [
        Span(mismatch.claim_span.start - claim.start, mismatch.claim_span.end - claim.start)
        for item in finding.evidence
        for mismatch in item.mismatches
    ]
    where = place(article, claim.text, claim.start)
    also = f"and {count(len(claim.places), 'other place')}" if claim.places else ""
    stands = [f"{where} {also}".strip(), _words(said_by(claim.speaker))]
    cited = _led_by("— ", ", ".join(part for part in stands if part))
    return _quoted([_marked(claim.text, differing), cited])


def _ruling(ruling: Ruling | None) -> list[str]:
    """What the reader decided, and their note, line by line."""
    if ruling is None:
        return []
    at = _words(ruling.at)
    when = f" ({at})" if at else ""
    decided = ""
    if ruling.verdict:
        decided = f"**Reader: {_sign(ruling.verdict)} {VERDICTS[ruling.verdict]}**{when}"
    lines = [_words(line) for line in re.split(r"[\n\r\x85\u2028\u2029]", ruling.note)]
    note = "\\\n".join(line for line in lines if line)
    return [decided, _led_by("**Note:** ", note)]


def _readings(finding: Finding) -> list[str]:
    """Whether it was said, how it was read, and what a reader searched for."""
    said = f"Said: {SAID[finding.said.status]}" if finding.said else ""
    read = f"Read as: {_words(finding.claim.sentence)}" if says_more(finding.claim) else ""
    words = [_code(words) for words in finding.searches]
    searches = f"Searched again with: {', '.join(words)}" if words else ""
    return [said, read, searches]


def _passages(finding: Finding) -> list[str]:
    """Every passage that decides, else the most telling one; the others are counted."""
    shown = choose(finding, len(finding.evidence), neutral=False)
    if not shown:
        return ["No passage."]
    rest = Counter(STANCES[item.stance] for item in finding.evidence if item not in shown)
    hidden = ", ".join(f"{number} {word}" for word, number in rest.items())
    return [*map(_passage, shown), f"Not shown: {hidden}." if hidden else ""]


def _passage(item: Evidence) -> str:
    stance, best = item.stance, item.probabilities.best
    word = STANCES[best] if best is stance else f"uncertain, {STANCES[best]}"
    verdict = f"**{_sign(stance)} {word} {percent(item.probabilities.of(best))}**"
    differing = [
        Span(
            each.passage_span.start - item.sentence.start,
            each.passage_span.end - item.sentence.start,
        )
        for each in item.mismatches
    ]
    note = DATED.get(item.dated, "")
    lines = [
        f"- {_row([verdict, *_cited(item.hit), note])}",
        _indented(_quoted([_marked(item.sentence_text, differing)])),
        "\n".join(_mismatch(each) for each in item.mismatches),
    ]
    return "\n\n".join(line for line in lines if line)


def _cited(hit: Hit) -> list[str]:
    """Title, date, page, document and source; the title is a link where the source is a page."""
    document, address = hit.passage.document_id, web_address(hit.source)
    title = _words(hit.title) or _words(document) or "untitled"
    source = "" if address or hit.source.endswith(document) else _words(hit.source)
    return [
        f"[{title}](<{address}>)" if address else title,
        _words(spoken_date(hit.published or "")),
        _words(page_name(hit.page)),
        "" if address and hit.source == document else _code(document),
        source,
        _led_by("index ", _code(hit.index)),
    ]


def _mismatch(mismatch: Mismatch) -> str:
    mine, theirs = _words(mismatch.claim_value), _words(mismatch.passage_value)
    kind = _words(mismatch.kind)
    return f"  - {UNICODE.differs} {kind}: {mine} in the article, {theirs} here"


def _rest(report: Report) -> list[str]:
    """What the sources do not cover, what was not checked, and what could not decide."""
    silent = {Abstention.NOTHING_FOUND, Abstention.NEUTRAL}
    missing = [_words(f.claim.sentence) for f in report.findings if f.reason in silent]
    reasons = Counter(sentence.reason for sentence in report.skipped).most_common()
    skipped = [f"{_words(reason)}: {number}" for reason, number in reasons]
    left_out = [f"{_code(each.document)} ({_words(each.reason)})" for each in report.excluded]
    return [
        *_list("Not covered by your sources", missing),
        *_list("Not checked", skipped),
        *_list("Left out", left_out),
    ]


def _list(title: str, items: Sequence[str]) -> list[str]:
    if not items:
        return []
    return [f"## {title}", "\n".join(f"- {item}" for item in items)]


def _origin(manifest: Manifest) -> str:
    names = [*(each.name for each in manifest.indexes), manifest.index_fingerprint[:FINGERPRINT]]
    index = " ".join(["index", *filter(None, map(_code, names))])
    models = [
        f"{_words(name)} in {_words(precision)}" for name, precision in manifest.precision.items()
    ]
    versions = [
        f"{_words(name)} {_words(version)}"
        for name, version in manifest.versions.items()
        if name == "factcheck-desk"
    ]
    article = f"article {_code(manifest.article_hash[:FINGERPRINT])}"
    return "Made with " + _row([index, *models, *versions, article])


def _sign(kind: Verdict | Stance) -> str:
    return UNICODE.of(kind)


def _led_by(mark: str, text: str) -> str:
    return f"{mark}{text}" if text else ""


def _row(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _quoted(lines: Sequence[str]) -> str:
    return "\n>\n".join(f"> {line}" for line in lines if line)


def _indented(block: str) -> str:
    return "\n".join(f"  {line}" for line in block.split("\n")) if block else ""


def _words(text: str) -> str:
    """Foreign text on one line that means nothing to Markdown, wherever on a line it stands."""
    return _at_a_beginning(_escaped(re.sub(" {2,}", " ", plain(text)).strip()))


def _escaped(text: str) -> str:
    return _ACTIVE.sub(lambda match: f"\\{match[0]}", text)


def _at_a_beginning(line: str) -> str:
    """`line` with the sign escaped that would begin a list there, or the point after a number."""
    match = _LEADING.match(line)
    if match is None:
        return line
    sign = match[0]
    return f"{sign}\\{line[len(sign) :]}" if sign.isdecimal() else f"\\{line}"


def _marked(text: str, spans: Iterable[Span]) -> str:
    """`_words` with `spans` of it in bold; those outside the text are left out.

    Where a bold stretch could not begin or end beside what surrounds it, it is drawn out to the
    white space around it: CommonMark opens `**` before a letter, or after white space.
    """
    shown = plain(text)
    bold = bytearray(len(shown))
    for span in spans:
        if 0 <= span.start < span.end <= len(shown):
            start, end = _drawn_out(shown, span)
            bold[start:end] = b"\1" * (end - start)
    pieces, at = [], 0
    for mark, run in groupby(bold):
        length = sum(1 for _ in run)
        piece = re.sub(" {2,}", " ", shown[at : at + length])
        pieces.append((bool(mark), piece))
        at += length
    line = "".join(f"**{_escaped(piece)}**" if mark else _escaped(piece) for mark, piece in pieces)
    return _at_a_beginning(line.strip())


def _drawn_out(text: str, span: Span) -> tuple[int, int]:
    """`span` without white space at its ends, as far as `**` can stand at each of them."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        return start, end
    if not text[start].isalnum():
        while start and not text[start - 1].isspace():
            start -= 1
    if not text[end - 1].isalnum():
        while end < len(text) and not text[end].isspace():
            end += 1
    return start, end


def _code(text: str) -> str:
    """Foreign text on one line as code: a file's name, an identifier, words searched with."""
    line = re.sub(" {2,}", " ", plain(text)).strip()
    if not line:
        return ""
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{edge}{line}{edge}{fence}"
