from __future__ import annotations

import pytest

from tests.index.readers.common import one, placed


def test_times_of_a_transcript_become_locators() -> None:
    document = one(
        "talk.txt",
        "Council meeting\n\n[00:00:12] Ann Roe: we will\n[00:00:15] build a quay.\n"
        "[00:01:02.5] Bob: When?\nIn May?\n\n[1:00:00] Ann Roe: In 2031.\n",
    )
    assert document.text == (
        "Council meeting\n\nAnn Roe: we will build a quay.\nBob: When?\nIn May?\nAnn Roe: In 2031."
    )
    assert placed(document) == {
        "00:00:12": "Ann Roe: we will ",
        "00:00:15": "build a quay.\n",
        "00:01:02": "Bob: When?\nIn May?\n",
        "01:00:00": "Ann Roe: In 2031.",
    }
    assert document.title == "Council meeting"


@pytest.mark.parametrize(
    "pattern",
    ["00:00:{:02} a b", "[00:{:02}] a b", "(0:00:{:02}) a b", "[00:{:02}.000 --> 00:59.000]  a b"],
)
def test_ways_to_write_a_time(pattern: str) -> None:
    document = one("a.txt", "\n".join(pattern.format(number) for number in (7, 8, 9)))
    assert document.text == "a b a b a b"
    assert [each.label for each in document.locators] == ["00:00:07", "00:00:08", "00:00:09"]


@pytest.mark.parametrize(
    "text",
    [
        "09:00 Opening\n10:00 Talk\n11:00 Lunch\n12:30 End",  # hours of a day
        "[00:12] One\n[00:13] Two",  # too few
        "[00:12] One\n[00:10] Two\n[00:13] Three",  # falling
        "[00:12] One\n[00:13] Two\n[00:14] Three" + "\nMore" * 13,  # here and there
        "10:00:00:12 One\n10:00:01:12 Two\n10:00:02:12 Three",
    ],
)
def test_other_lines_with_times_stay_as_they_are(text: str) -> None:
    document = one("a.txt", text)
    assert (document.text, document.locators) == (text, ())
