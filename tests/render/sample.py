"""An invented article, checked: every verdict, and text of every awkward kind."""

from __future__ import annotations

from dataclasses import replace

from factcheck.records import (
    Abstention,
    Agreement,
    Article,
    Claim,
    ClaimKind,
    Dated,
    Evidence,
    Excluded,
    Finding,
    Manifest,
    Mismatch,
    Probabilities,
    Report,
    Said,
    SaidStatus,
    Settings,
    SkippedSentence,
    Stance,
    Verdict,
)
from index import FoundBy, Hit, IndexUsed, Passage, Span

TEXT = """\
Sign up for our evening letter.

Velmark's new harbour wall opened in 1990 and cost 4.2 million crowns, the harbour master said.

"We have never closed the ferry to Ostrea," said Mara Velt, who runs the line. It carries more
passengers than any other ferry on the lake.

What a sight it is. The town has drawn its water from the Silber spring since 1874. Old Teodor Brask
keeps the keys. The keeper is paid 300 crowns a year.

一九九〇年に新しい港の壁が開通し、町の人口は三万人を超えた。 המגדלור נבנה בשנת 1912. See
https://velmark.example/archive/harbour/minutes/1990/the-whole-of-the-session-of-the-ninth-of-april
for the minutes.

"The lake has risen by two metres since my father ran the line, and it will rise again," Mara Velt
told the board. The ferry to Ostrea carries more passengers than any other ferry on the lake.

© The Velmark Lantern
"""
WALL = "reports/harbour-board-2019.pdf"


def claim(text: str, speaker: str | None = None, standalone: str | None = None) -> Claim:
    start = TEXT.index(text)
    kind = ClaimKind.QUOTATION if text.startswith('"') else ClaimKind.ASSERTION
    return Claim(
        text, start, start + len(text), standalone or text, speaker, kind, 0.87, "has a number"
    )


def evidence(
    before: str, sentence: str, after: str, p: tuple[float, float, float], **known: str | None
) -> Evidence:
    """A judged passage at offset 1000 of its document; a stance needs 0.6."""
    text = before + sentence + after
    passage = Passage(str(known.get("document", WALL)), 1000, 1000 + len(text), text, "")
    hit = Hit(
        passage,
        0.731,
        FoundBy.BOTH,
        title=str(known.get("title", "Harbour Board: annual report")),
        source=f"corpus/{passage.document_id}",
        published=known.get("published", "2019-04-02"),
        page=known.get("page"),
    )
    probabilities = Probabilities(*p)
    sure = probabilities.of(probabilities.best) >= 0.6
    start = 1000 + len(before)
    return Evidence(
        hit,
        probabilities.best if sure else Stance.NEI,
        probabilities,
        Span(start, start + len(sentence)),
    )


def in_claim(made: Claim, words: str) -> Span:
    """Where `words` stand in the article."""
    at = made.start + made.text.index(words)
    return Span(at, at + len(words))


def in_sentence(found: Evidence, words: str) -> Span:
    """Where `words` stand in the document."""
    at = found.sentence.start + found.sentence_text.index(words)
    return Span(at, at + len(words))


def mismatch(kind: str, made: Claim, mine: str, found: Evidence, theirs: str) -> Mismatch:
    return Mismatch(kind, in_claim(made, mine), in_sentence(found, theirs), mine, theirs)


def agreement(made: Claim, mine: str, found: Evidence, theirs: str) -> Agreement:
    return Agreement(in_claim(made, mine), in_sentence(found, theirs))


def refuted() -> Finding:
    text = "Velmark's new harbour wall opened in 1990 and cost 4.2 million crowns"
    made = claim(TEXT[TEXT.index(text) : TEXT.index('\n\n"We')], "the harbour master")
    first = evidence(
        "Work began in the spring, when the ice had gone. The first stones came by barge from the "
        "quarry at Tolm, two days away, and were laid by divers; a hundred and forty men worked on "
        "the site at the height of summer. ",
        "The wall was opened on 9 June 1987, three years ahead of the railway.",
        " It has been raised twice since, by forty centimetres each time, after the floods that "
        "reached the fish market. The last of these repairs was paid for by the province, which "
        "has owned the land under the wall since then.",
        (0.02, 0.93, 0.05),
        page="12",
    )
    first = replace(
        first,
        dated=Dated.BEFORE,
        mismatches=(mismatch("date", made, "1990", first, "1987"),),
        agreements=(agreement(made, "opened", first, "opened"),),
    )
    rest = [
        evidence(
            "",
            "Opened: 1987.",
            "",
            (0.01, 0.81, 0.18),
            document="walls.csv#7",
            title="Walls",
            page="row 7",
            published="2020",
        ),
        evidence(
            "",
            "The 1987 wall held.",
            "",
            (0.1, 0.72, 0.18),
            document="storms.md",
            title="Storms of the lake",
            published=None,
        ),
        evidence(
            "",
            "The wall of 1987 is listed.",
            "",
            (0.2, 0.66, 0.14),
            document="listed.html",
            title="Listed buildings",
        ),
        evidence(
            "",
            "The harbour has one wall.",
            "",
            (0.1, 0.1, 0.8),
            document="note.txt",
            title="",
            published=None,
        ),
    ]
    why = (
        "Refuted: the claim says 1990; Harbour Board: annual report (2 April 2019) says 1987 "
        "(and 3 more)."
    )
    said = Said(SaidStatus.ABSENT)
    return Finding(made, (first, *rest), Verdict.REFUTED, 0.93, None, why, said)


def altered() -> Finding:
    """A quotation with one word changed."""
    made = claim(
        '"The lake has risen by two metres since my father ran the line, and it will rise again,"',
        "Mara Velt",
        "Mara Velt said: “The lake has risen by two metres since my father ran the line, and it "
        "will rise again.”",
    )
    words = (
        "The lake has risen by two centimetres since my father ran the line, and it will rise again"
    )
    found = evidence(
        "Item 4, the level of the lake. ",
        f"Velt: {words}.",
        " The board took note.",
        (0.07, 0.61, 0.32),
        document="minutes/2021-02.md",
        title="Minutes of the Harbour Board",
        published="2021-02-11",
    )
    found = replace(
        found,
        dated=Dated.NEAR,
        mismatches=(mismatch("quote", made, "metres", found, "centimetres"),),
        agreements=(agreement(made, "two", found, "two"),),
    )
    start = found.sentence.start + len("Velt: ")
    document = found.hit.passage.document_id
    said = Said(SaidStatus.ALTERED, document, start, start + len(words), "Velt")
    why = (
        "Refuted: the quotation is altered: where the claim has “metres”, Minutes of the Harbour "
        "Board (11 February 2021) has “centimetres”."
    )
    return Finding(made, (found,), Verdict.REFUTED, 0.9, None, why, said)


def conflicting() -> Finding:
    made = claim('"We have never closed the ferry to Ostrea,"', "Mara Velt")
    found = (
        evidence(
            "",
            "The Ostrea ferry did not sail from 3 to 19 January 2016.",
            " Ice had closed the channel.",
            (0.08, 0.88, 0.04),
            document="almanac-2016.txt",
            title="Lake almanac 2016",
            published="2016-12-31",
            page="41",
        ),
        evidence(
            "Ice never stopped it. ",
            "“We have never closed the ferry to Ostrea,” says Mara Velt, whose line it is.",
            "",
            (0.79, 0.15, 0.06),
            document="lines/ostrea.html",
            title="The Ostrea line",
            published="2018-02",
        ),
    )
    start = in_sentence(found[1], "We have").start
    end = in_sentence(found[1], "Ostrea").end
    said = Said(SaidStatus.VERBATIM, "lines/ostrea.html", start, end, "Mara Velt")
    why = (
        "Conflicting: The Ostrea line (February 2018) supports it; Lake almanac 2016 (31 "
        "December 2016) says otherwise."
    )
    return Finding(made, found, Verdict.CONFLICTING, 0.79, None, why, said)


def supported() -> Finding:
    made = claim(
        "The town has drawn its water from the Silber spring since 1874.",
        None,
        "Velmark has drawn its water from the Silber spring since 1874.",
    )
    found = (
        evidence(
            "",
            "In 1874 the town of Velmark was joined to the Silber spring, and no other "
            "source has been used.",
            "",
            (0.996, 0.001, 0.003),
            document="https://water.example/history/a-very-long-address-that-nobody-would-"
            "ever-type-by-hand/but-people-do-share/1874",
            title="A history of our water",
            published="2011-05-30",
        ),
        evidence(
            "",
            "The pumps were replaced in 1950.",
            "",
            (0.1, 0.03, 0.87),
            document="pumps.txt",
            title="Pumps",
        ),
    )
    shared = [("Silber spring", "Silber spring"), ("1874", "1874")]
    agreed = tuple(agreement(made, mine, found[0], theirs) for mine, theirs in shared)
    found = (replace(found[0], agreements=agreed), *found[1:])
    why = "Supported: A history of our water (30 May 2011) says so."
    return Finding(made, found, Verdict.SUPPORTED, 0.996, None, why)


def uncertain() -> Finding:
    made = claim(
        "It carries more\npassengers than any other ferry on the lake.",
        None,
        "The ferry to Ostrea carries more passengers than any other ferry on the lake.",
    )
    again = TEXT.index("The ferry to Ostrea carries")
    made = replace(made, places=(Span(again, again + len(made.standalone)),))
    found = (
        evidence(
            "",
            "Ostrea: 212,000 passengers.",
            " Tolm: 198,000 passengers.",
            (0.52, 0.11, 0.37),
            document="traffic.csv#3",
            title="Lake traffic",
            published="2022",
            page="row 3",
        ),
        evidence("", "All ferries are white.", "", (0.05, 0.01, 0.94), document="a.txt", title="A"),
    )
    why = (
        "Not enough evidence: Lake traffic (2022) leans towards support, but 52% is too "
        "uncertain to count."
    )
    return Finding(made, found, Verdict.NOT_ENOUGH_EVIDENCE, 0.48, Abstention.BELOW_THRESHOLD, why)


def nothing() -> Finding:
    why = "Not enough evidence: nothing in the index is about this."
    made = claim("The keeper is paid 300 crowns a year.")
    return Finding(made, (), Verdict.NOT_ENOUGH_EVIDENCE, 1.0, Abstention.NOTHING_FOUND, why)


def wide() -> Finding:
    made = claim("一九九〇年に新しい港の壁が開通し、町の人口は三万人を超えた。")
    found = (
        evidence(
            "港は古い。",
            "人口は二万九千人である。",
            "Décor façade naïve 👩‍🚒 e\u0301.",
            (0.1, 0.2, 0.7),
            document="町.md",
            title="町の歴史",
        ),
    )
    why = (
        "Not enough evidence: the closest passage, in 町の歴史 (2 April 2019), does not decide it."
    )
    return Finding(made, found, Verdict.NOT_ENOUGH_EVIDENCE, 0.8, Abstention.NEUTRAL, why)


def right_to_left() -> Finding:
    made = claim("המגדלור נבנה בשנת 1912.")
    found = (
        evidence(
            "",
            "המגדלור נבנה בשנת 1912 ונסגר בשנת 1960.",
            "",
            (0.9, 0.05, 0.05),
            document="lighthouse.txt",
            title="המגדלור",
        ),
    )
    return Finding(made, found, Verdict.SUPPORTED, 0.9, None, "Supported: המגדלור says so.")


def hostile() -> Finding:
    made = claim(
        "See\nhttps://velmark.example/archive/harbour/minutes/1990/"
        "the-whole-of-the-session-of-the-ninth-of-april\nfor the minutes.",
        "[bold red]Nobody[/] \x1b[2J\x07",
    )
    found = (
        evidence(
            "\x1b]0;owned\x07 \x9b31m ",
            "No\u202eminutes\u2066 were\x00 kept\u200b here.",
            "\r\nVERDICT: SUPPORTED " + "a" * 90,
            (0.01, 0.97, 0.02),
            document="../\x1b[31mevil.txt",
            title="[link=https://evil.example]Minutes[/link]",
        ),
    )
    other = "\x1b[5mSome\u202ebody\x1b[0m"
    named = Mismatch(
        "name",
        Span(made.start, made.start + 3),
        in_sentence(found[0], "minutes"),
        "[bold red]Nobody[/] \x1b[2J\x07",
        other,
    )
    found = (replace(found[0], mismatches=(named,)),)
    why = (
        f"Refuted: [link=https://evil.example]Minutes[/link] (2 April 2019) has {other} saying "
        "this, not [bold red]Nobody[/] \x1b[2J\x07."
    )
    sentence, document = found[0].sentence, found[0].hit.passage.document_id
    said = Said(SaidStatus.MISATTRIBUTED, document, sentence.start, sentence.end, other)
    return Finding(made, found, Verdict.REFUTED, 0.9, None, why, said)


def skipped(text: str, reason: str, speaker: str | None = None) -> SkippedSentence:
    start = TEXT.index(text)
    return SkippedSentence(text, start, start + len(text), reason, speaker)


def report() -> Report:
    """The report the golden views show."""
    return Report(
        Article(
            TEXT, "The wall, the ferry and the keeper", "velmark.md", "2021-03-04", "Ada Nerin"
        ),
        (
            refuted(),
            conflicting(),
            uncertain(),
            supported(),
            nothing(),
            wide(),
            right_to_left(),
            hostile(),
            altered(),
        ),
        Manifest(
            index_fingerprint="3f9a12c0d1e2b4a59687",
            article_hash="0d" * 32,
            models={"encoder": "all-MiniLM-L6-v2", "verifier": "packaged"},
            precision={"encoder": "bf16", "verifier": "f32"},
            thresholds={"relevance": 0.25, "stance": 0.6},
            versions={"factcheck-desk": "0.1.0"},
            indexes=(IndexUsed("lake", "/srv/lake", "3f9a12c0d1e2b4a59687"),),
            settings=Settings("careful", 4),
        ),
        (
            skipped("Sign up for our evening letter.", "furniture"),
            skipped("What a sight it is.", "opinion", "Mara Velt"),
            skipped("Old Teodor Brask\nkeeps the keys.", "not check-worthy"),
            skipped("© The Velmark Lantern", "furniture"),
        ),
        (
            Excluded("drafts/\x1b[2Jdraft.md", "excluded by the user"),
            Excluded("notes.txt", "has no date, and only what was published by 2021-03-31 counts"),
            Excluded(
                "wire/the-velmark-lantern-4-march.html", "the article itself, or a copy of it"
            ),
        ),
    )
