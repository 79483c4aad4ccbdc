"""Titles and days of the first lines, as bodies and newspapers print them."""

from __future__ import annotations

import pytest

from index.readers.firstlines import date_line
from tests.index.readers.common import one


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Harbour bulletin\n\nThe harbour grew.", "Harbour bulletin"),
        ("\ufeffWhat now?\r\n\r\nThe harbour grew.", "What now?"),
        ("Only a line", "Only a line"),
        ("The harbour grew.\n\nIt did.", "notes"),
        ("A first line\nthat goes on\n\nText.", "notes"),
        ("12 / 34\n\nText.", "notes"),
        ("word " * 17 + "\n\nText.", "notes"),
        ("Harbour bulletin\n3 March 2022\n\nThe harbour grew.", "Harbour bulletin"),
        ("3 March 2022\n\nThe harbour grew.", "notes"),
        (
            "VELD REGISTER OF TRIALS\nRecord 44\nSponsor: Veld\n\nIt grew.",
            "VELD REGISTER OF TRIALS",
        ),
        ("ERROR\nRecord 44\n\nIt grew.", "notes"),
        ("Hiroshima, 6 August 1945\n\nIt fell.", "Hiroshima, 6 August 1945"),
        (" " * 200_000 + "\n\nText.", "notes"),
    ],
)
def test_title_of_plain_text(text: str, title: str) -> None:
    assert one("folder/notes.txt", text).title == title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Harbour bulletin\n3 March 2022\n\nThe harbour grew.", "2022-03-03"),
        ("Harbour bulletin\n\nPublished: March 3rd, 2022\n\nIt grew.", "2022-03-03"),
        ("Letter\nVeld, 3 March 2022.\n\nIt grew.", "2022-03-03"),
        ("Veld Courier | 2022-03-03\n\nIt grew.", "2022-03-03"),
        ("Bulletin\nMarch 2022\n\nIt grew.", "2022-03"),
        ("Bulletin\nVeld, 3 March 2022, 14.00\n\nIt grew.", "2022-03-03"),
        ("Bulletin\n*Thursday, 3 March 2022*\nIt grew.", "2022-03-03"),
        # a day in a sentence, and in a title, is what they tell of
        ("The flood of 3 March 1922\n\nIt grew.", None),
        ("Hiroshima, 6 August 1945\n\nIt fell.", None),
        ("The battle of Veld. 3 May 1808\n\nIt fell.", None),
        ("Thursday, 3 March 2022\n\nIt grew.", "2022-03-03"),
        ("Published: Thursday, 3 March 2022\n\nIt grew.", "2022-03-03"),
        ("Marathon 2019\n\nIt grew.", None),
        ("On 3 March 2022\nit grew.", None),
        # nor is it that of another text, of what is to come, or of what was
        ("The Titanic\nA report from the hearing on 3 May 1912\n\nIt sank.", None),
        ("Correction to the issue of 3 May 2021\n\nIt fell.", None),
        ("Veld Council\nDate of next meeting 3 May 2026\n\nIt grew.", None),
        ("Veld Council\nAgenda for the meeting on 3 May 2026\n\nIt grew.", None),
        ("Appeal hearing, 3 May 2027\nVeld Court\n\nIt grew.", None),
        ("The Treaty of Veld\nSigned in Veld, Monday 3 May 1808\n\nIt fell.", None),
        ("Timeline\n\nTuesday 3 May 2022. The dam fails.\n\nIt fell.", None),
        # of a chronicle none is its own, nor is one far down
        ("Diary\n3 March 2022\nIt grew.\n4 March 2022\nIt fell.", None),
        ("Bulletin\n" + "It grew.\n" * 9 + "3 March 2022", None),
        ("Bulletin\n31 February 2022\n\nIt grew.", None),  # no day
        ("Bulletin\n3/4/2022\n\nIt grew.", None),  # nothing says which is the month
        ("Bulletin\n3/4/2022\n\nIt grew until 14/4/2022.", "2022-04-03"),
        ("Bulletin\n3/4/2022\n\nIt grew until 4/14/2022.", "2022-03-04"),
        ("Bulletin\n3/4/2022\n\nFrom 4/14/2022 to 14/5/2022.", None),
        ("Bulletin\n03.04.2022\n\nIt grew.", "2022-04-03"),
        ("Bulletin\n31.02.2022\n\nIt grew.", None),
        ("", None),
    ],
)
def test_the_day_is_that_of_the_first_lines(text: str, date: str | None) -> None:
    assert date_line(text) == date
    if text:
        assert one("a/b.txt", text).published == date
        assert one("a/b.md", f"# {text}").published == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Minutes of the meeting of 3 March 2022", "2022-03-03"),
        ("Extract from the minutes, ordinary meeting of Tuesday 3 March 2022", "2022-03-03"),
        (
            "Minutes of the meeting, held at the Drovers Inn, on 3 March 2022 at 7.30 pm",
            "2022-03-03",
        ),
        ("Minutes of the council, Veld, Thursday 3 March 2022 at 6 p.m.", "2022-03-03"),
        ("Veld Trains press release, 3 March 2022", "2022-03-03"),
        ("Newsletter no. 52, March 2022", "2022-03"),
        ("Notice to shareholders, 3 March 2022", "2022-03-03"),
        ("Statement of 3 March 2022", "2022-03-03"),
        ("Report of the Head of Leisure, dated 3 March 2022", "2022-03-03"),
        ("Record Office, leaflet 31. Revised 3 March 2022", "2022-03-03"),
        ("Veld County Council, Transport. 3 March 2022", "2022-03-03"),
        ("Published 3 March 2022. Figures are in pounds.", "2022-03-03"),
        ("Published by the company for its centenary, March 2022", "2022-03"),
        ("Thursday, 3 March 2022, 11.00. Typed from a recording.", "2022-03-03"),
        ("House of Representatives, Thursday 3 March 2022, 3.34 p.m.", "2022-03-03"),
        ("Schedule B: creditors, as at 3 March 2022", "2022-03-03"),
        ("Thursday 3 March 2022, 1.30pm, Education Centre, Veld General", "2022-03-03"),
        ("Tues 8 Mar 2022, 10.30. Machine transcript, lightly checked.", "2022-03-08"),
        ("MEDIA RELEASE - NOT FOR RELEASE BEFORE 00.01 THURSDAY 3 MARCH 2022", "2022-03-03"),
        ("Embargoed until 6pm, Thursday 3 March 2022", None),
        ("Embargoed until 18:00 on 3 March 2022", "2022-03-03"),
        ("Published online 3 March 2022        doi:vjm.2022.391.1207", "2022-03-03"),
        ("Record VR-2020-044      Last updated 3 March 2022 (version 9)", "2022-03-03"),
        # what it is on, or when something was
        ("Report on the flood of 3 March 1922", None),
        ("Veld v Orsk, 3 March 2022", None),
        ("The next meeting is on 3 March 2022.", None),
        ("The report was published on 3 March 2022.", None),
        ("The council met on 3 March 2022", None),
        ("Thank you for your letter of 3 March 2022", None),
        ("The mill closed on 3 March 2022", None),
        ("Accounts for the year ended 31 December 2025", None),
    ],
)
def test_the_day_of_a_text_may_end_a_line_that_tells_what_it_is(
    line: str, date: str | None
) -> None:
    assert date_line(f"The harbour\n{line}\n\nIt grew.") == date
    assert date_line(f"# The harbour\n\n{line}\n\nIt grew.") == date
    assert date_line("The harbour\n" + "It grew.\n" * 9 + line) is None
    # of several none is its own
    assert date_line(f"Statement of 4 May 2021\n{line}\n\nIt grew.") == (
        "2021-05-04" if date is None else None
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "VELD COUNCIL\nMinutes of 3 May 2021\n\nPresent: Ida Roe.",
            "VELD COUNCIL: Minutes",
        ),
        (
            "PRESS RELEASE\nVeld Energy: a green light\n3 May 2021\n\nIt grew.",
            "Veld Energy: a green light",
        ),
        (
            "REPUBLIC OF VELD\nMINISTRY OF DEFENCE\nCommuniqué No. 4\n3 May 2021, 13.30\n\nIt.",
            "REPUBLIC OF VELD: MINISTRY OF DEFENCE: Communiqué No. 4",
        ),
        # what a text is about has its month
        (
            "Statistics Office\nFigures for January 2021\n3 May 2021\n\nIt grew.",
            "Statistics Office: Figures for January 2021",
        ),
        # a newspaper's name stands over its headline
        (
            "VELD COURIER\nThursday 3 May 2021\n\nCouncil leader resigns\n\nBy Ole Holm\n\nIt.",
            "VELD COURIER: Council leader resigns",
        ),
        ("VELD COURIER\nThursday 3 May 2021\n\nThe council grew.\n\nIt fell.", "VELD COURIER"),
        ("Fire kills two\n3 May 2021\n\nPolice named the dead\n\nIt grew.", "Fire kills two"),
        ("To: Ida Roe\nSubject: Bridge\n3 May 2021\n\nIt grew.", "notes"),
        # lines that no day tells to be a head
        ("Eggs\nMilk\n\nBread.", "notes"),
        ("It grew a lot\nThen it fell.\n\n3 May 2021\n\nIt grew.", "notes"),
        (
            "CORRIN BIO\nMEDIA RELEASE - NOT FOR RELEASE BEFORE 00.01 THURSDAY 3 MARCH 2022\n\n"
            "Trial meets its aim\n\nIt grew.",
            "CORRIN BIO: Trial meets its aim",
        ),
        (
            "VELD MEDICINES AUTHORITY\nAssay House, 4 Mint Row, Veld\n\nDate: 3 October 2024\n",
            "VELD MEDICINES AUTHORITY",
        ),
        (
            "Veld Journal of Medicine  2024; 391: 1207-18\nPublished online 3 May 2024    doi:v.2"
            "\n\nIt grew.",
            "Veld Journal of Medicine 2024; 391: 1207-18",
        ),
        (
            "VELD PRESS OFFICE\nEmbargoed briefing: ulcers\nTues 8 Oct 2024, 10.30. A transcript."
            "\n\nAH: It grew.",
            "VELD PRESS OFFICE: Embargoed briefing: ulcers",
        ),
    ],
)
def test_the_title_of_plain_text_with_a_head_of_several_lines(text: str, title: str) -> None:
    assert one("folder/notes.txt", text).title == title
