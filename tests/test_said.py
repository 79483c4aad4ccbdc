"""Was it said: alignment against invented minutes and interviews."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.records import Said, SaidStatus, Stance
from factcheck.said import Heard, Quoted, find_quotation, longest_quotation, was_said
from factcheck.speaking import Sources
from index import Span
from tests.builders import a_claim, a_hit, a_quotation
from tests.saying import ROE, VELT, WORDS, Named, asked, heard, says


def status(article: str, document: str, sources: Sources | None = None) -> str | None:
    said, _ = asked(article, document, sources or Named(VELT))
    return said.status.value if said else None


def test_word_for_word() -> None:
    document = f"Minutes. {says(WORDS)} The session closed."
    said, mismatches = asked(says(WORDS), document, Named(VELT))
    at = document.index(WORDS)
    assert said == Said(SaidStatus.VERBATIM, "minutes.md", 500 + at, 500 + at + len(WORDS), VELT)
    assert mismatches == []


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("I cannot promise that ", "opposite"),
        ("I’ve never said that ", "opposite"),
        ("It would be wrong to say that ", "opposite"),
        ("Velt had never said “", "opposite"),
        ("I did not say: “", "verbatim"),
        ("I have always said that ", "verbatim"),
        ("She not only said that ", "verbatim"),
        ("She did not deny saying that ", "verbatim"),
        ("Nobody told us that ", "verbatim"),
        ("I never thought that ", "verbatim"),
        ("She did not say when. ", "verbatim"),
    ],
)
def test_what_a_source_denies_before_the_words_is_not_said(before: str, expected: str) -> None:
    document = f"VELT: {before}{WORDS[0].lower()}{WORDS[1:]}. We shall see."
    assert status(says(WORDS), document) == expected
    mine = f"{before}“{WORDS}”, said {VELT}."
    assert status(mine, document) == "verbatim"  # the article denies it, too


@pytest.mark.parametrize(
    ("mine", "theirs", "claim_value", "passage_value"),
    [
        (WORDS, WORDS.replace("Ostrea", "Tolm"), "Ostrea", "Tolm"),
        (WORDS, WORDS.replace("never close", "close"), "will never close", "will close"),
        (
            WORDS.replace("never close", "close"),
            WORDS,
            "will close",
            "will never close",
        ),
        (WORDS, WORDS.replace("winter", "summer"), "winter", "summer"),
        (WORDS, WORDS.replace("We", "Nobody", 1), "We", "Nobody"),
        (WORDS, WORDS.replace("will never", "would never"), "will", "would"),
    ],
)
def test_altered_and_both_wordings_are_slices(
    mine: str, theirs: str, claim_value: str, passage_value: str
) -> None:
    article, document = says(mine), f"Minutes. {says(theirs)}"
    said, (mismatch,) = asked(article, document, Named(VELT))
    assert said is not None
    assert said.status is SaidStatus.ALTERED
    assert (mismatch.kind, mismatch.claim_value, mismatch.passage_value) == (
        "quote",
        claim_value,
        passage_value,
    )
    assert mismatch.claim_span.of(article) == claim_value
    assert document[mismatch.passage_span.start - 500 : mismatch.passage_span.end - 500] == (
        passage_value
    )
    assert document[said.start - 500 : said.end - 500] == theirs


@pytest.mark.parametrize(
    "theirs",
    [
        "We will never close the ferry to Ostrea in the winter",
        "And we will never close that ferry to Ostrea in winter",
        "Well, we will never really close the ferry to Ostrea in winter",
        "WE WILL NEVER CLOSE THE FERRY TO OSTREA IN WINTER",
        "We will **never** close the [ferry](https://ferry.example) to Ostrea in winter",
    ],
)
def test_light_words_case_and_markdown_do_not_alter(theirs: str) -> None:
    assert status(says(WORDS), says(theirs)) == "verbatim"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("We don't sell what isn't ours", "We don’t sell what isn’t ours"),
        (
            "The café on the quay is closed for good",
            "The cafe\u0301 on the quay is closed for good",
        ),
        ("It cost 2,500 crowns and a boat", "It cost 2500 crowns and a boat"),
        ("It rose by 40 per cent in one year", "It rose by 40% in one year"),
        ("The vice-president knew it all along", "The vice president knew it all along"),
        ("It’s the oldest ferry on the lake", "It is the oldest ferry on the lake"),
        ("We have _never_ closed the ferry", "We have never closed the ferry"),
    ],
)
def test_spelling_does_not_alter(mine: str, theirs: str) -> None:
    assert status(says(mine), says(theirs)) == "verbatim"
    assert status(says(theirs), says(mine)) == "verbatim"


def test_what_an_ellipsis_leaves_out_is_left_out_openly() -> None:
    whole = (
        "We will never, whatever the council of Tolm may have been told by its engineers this "
        "spring, close the ferry to Ostrea in winter"
    )
    for mark in ("…", "...", ". . .", "[...]", "[…]"):
        article = says(f"We will never {mark} close the ferry to Ostrea in winter")
        assert status(article, says(whole)) == "verbatim"
    assert status(says(WORDS), says(whole)) in {"altered", "absent"}


def test_an_ellipsis_does_not_hide_a_denial() -> None:
    article = says("The bridge at Lune is ... safe for lorries and buses")
    assert (
        status(article, says("The bridge at Lune is not safe for lorries and buses")) == "altered"
    )
    open_cut = says("The bridge at Lune is, as we said in May, safe for lorries and buses")
    assert status(article, open_cut) == "verbatim"


@pytest.mark.parametrize(
    "mine",
    [
        "[T]he old dam above Lindhaven held through the night",
        "(T)he old dam above Lindhaven held through the night",
        "The old dam [above Lindhaven] held through the night",
        "[It] held through the night and the morning",
        "The old dam above [the town] held through the night",
    ],
)
def test_an_editors_brackets_do_not_alter(mine: str) -> None:
    whole = "The old dam above Lindhaven held through the night and the morning"
    assert status(says(mine), says(whole)) == "verbatim"


@pytest.mark.parametrize("marks", ["“”", '""', "«»", "„“", "‘’", "''", "»«"])
def test_marks_do_not_matter(marks: str) -> None:
    first, last = marks[0], marks[1]
    article = f"{first}{WORDS},{last} said Mara Velt."
    claim = a_quotation(article, f"{first}{WORDS},{last}", VELT)
    for document in (article, says(WORDS), f"Velt: {WORDS}."):
        hit = a_hit(document)
        said, _ = was_said(article, claim, [heard(hit)], Named(VELT))
        assert said is not None
        assert said.status is SaidStatus.VERBATIM
        assert document[said.start : said.end] == WORDS


def test_somebody_elses_words() -> None:
    article, document = says(WORDS), f"Minutes. {says(WORDS, ROE)}"
    said, (mismatch,) = asked(article, document, Named(ROE))
    assert said is not None
    assert (said.status, said.speaker) == (SaidStatus.MISATTRIBUTED, ROE)
    assert mismatch.kind == "name"
    assert (mismatch.claim_value, mismatch.passage_value) == (VELT, ROE)
    assert mismatch.claim_span.of(article) == VELT
    assert document[mismatch.passage_span.start - 500 : mismatch.passage_span.end - 500] == ROE


def test_a_speaker_named_by_a_pronoun_or_not_at_all_still_has_a_place() -> None:
    article = f"“{WORDS},” she said."
    _, (mismatch,) = asked(article, says(WORDS, ROE), Named(ROE))
    assert mismatch.claim_span.of(article) == "she"
    article = f"“{WORDS}.”"
    _, (mismatch,) = asked(article, says(WORDS, ROE), Named(ROE))
    assert mismatch.claim_span == Span(0, len(article))


def test_the_speakers_own_words_come_before_anybody_elses() -> None:
    article = says(WORDS)
    own = a_hit(says(WORDS.replace("winter", "summer")), "own.md")
    other = a_hit(says(WORDS, ROE), "other.md")
    claim = a_quotation(article, article[: article.index(" said")], VELT)
    said, mismatches = was_said(
        article, claim, [heard(other), heard(own)], Named(None, own=VELT, other=ROE)
    )
    assert said is not None
    assert (said.status, said.document) == (SaidStatus.ALTERED, "own.md")
    assert [hit.passage.document_id for hit, _ in mismatches] == ["own.md"]


def test_of_several_sources_the_closest_wording_counts() -> None:
    article = says(WORDS)
    near = a_hit(says(WORDS.replace("winter", "summer")), "near.md", score=0.9)
    exact = a_hit(says(WORDS), "exact.md", score=0.3)
    claim = a_quotation(article, article[: article.index(" said")], VELT)
    said, _ = was_said(article, claim, [heard(near), heard(exact)], Named(VELT))
    assert said is not None
    assert (said.status, said.document) == (SaidStatus.VERBATIM, "exact.md")


def test_a_passage_that_names_nobody_counts_for_whom_it_mentions() -> None:
    unnamed = f"Velt’s answer was short. {WORDS}."
    assert status(says(WORDS), unnamed, Named(None)) == "verbatim"
    assert status(says(WORDS), f"An answer was short. {WORDS}.", Named(None)) == "absent"
    article = says(WORDS, "An Li")
    said, _ = asked(article, f"The police said it. {WORDS}.", Named(None), "An Li")
    assert said == Said(SaidStatus.ABSENT)  # `li` in `police` is nobody


@pytest.mark.parametrize(
    "document",
    [
        "The ferry to Ostrea sails all year, as it always has.",
        "We will see.",
        "",
        "never winter the to close Ostrea ferry We in will",
    ],
)
def test_nobody_has_it(document: str) -> None:
    assert status(says(WORDS), document) == "absent"


def test_much_of_it_by_somebody_else_is_chance() -> None:
    similar = "We will never close the school at Tolm in spring"  # 6 of 10 words
    assert status(says(WORDS), says(similar, ROE), Named(ROE)) == "absent"


def test_no_source_at_all() -> None:
    article = says(WORDS)
    claim = a_quotation(article, article[: article.index(" said")], VELT)
    assert was_said(article, claim, [], Named(VELT)) == (Said(SaidStatus.ABSENT), [])


@pytest.mark.parametrize("speaker", [None, "", " "])
def test_what_nobody_is_given_to_say_is_not_asked(speaker: str | None) -> None:
    assert asked(says(WORDS), says(WORDS), Named(VELT), speaker) == (None, [])


def test_the_longest_quotation_is_looked_for_and_a_turn_of_phrase_is_not() -> None:
    article = "It was “a fine day”, she said, and “the ferry will sail at noon”."
    spans = (Span(7, 19), Span(article.index("“the"), len(article) - 1))
    claim = replace(a_claim(article, speaker=VELT), quoted=spans)
    found = longest_quotation(article, claim)
    assert found is not None
    assert found.of(article) == "“the ferry will sail at noon”"
    assert longest_quotation(article, replace(claim, quoted=spans[:1])) is None
    assert longest_quotation(article, replace(claim, quoted=())) is None


def reported(stance: Stance, name: str | None) -> Said | None:
    """A claim without a quotation, and a passage whose second sentence takes a side."""
    hit = a_hit("The board met. Velt said the wall had held.", start=100)
    said, mismatches = was_said(
        "",
        a_claim("Mara Velt said that the wall had held.", speaker=VELT),
        [Heard(hit, Span(115, 143), stance)],
        Named(name),
    )
    assert mismatches == []
    return said


def test_indirect_speech_goes_by_the_side_that_the_speakers_own_sentence_takes() -> None:
    assert reported(Stance.SUPPORTS, "Velt") == Said(
        SaidStatus.VERBATIM, "ostrel.md", 115, 143, "Velt"
    )
    assert reported(Stance.REFUTES, VELT) == Said(SaidStatus.OPPOSITE, "ostrel.md", 115, 143, VELT)
    for stance, name in [(Stance.NEI, VELT), (Stance.SUPPORTS, ROE), (Stance.REFUTES, None)]:
        assert reported(stance, name) == Said(SaidStatus.ABSENT)


def test_who_is_called_by_what_he_is_there_is_nobody_else() -> None:
    said, mismatches = asked(says(WORDS), f"WITNESS: {WORDS}.", Named("Witness"))
    assert said is not None
    assert (said.status, mismatches) == (SaidStatus.ABSENT, [])


def test_a_name_that_is_a_trades_too_is_somebodys() -> None:
    said, (mismatch,) = asked(says(WORDS), f"“{WORDS},” said Tom Driver.", Named("Tom Driver"))
    assert said is not None
    assert (said.status, mismatch.passage_value) == (SaidStatus.MISATTRIBUTED, "Tom Driver")


@pytest.mark.parametrize(("name", "found"), [(VELT, SaidStatus.VERBATIM), (ROE, SaidStatus.ABSENT)])
def test_an_office_speaks_for_whom_the_passage_gives_it(name: str, found: SaidStatus) -> None:
    passage = f"Mara Velt, the mayor, rose. The mayor said: “{WORDS}.” Ida Roe shook her head."
    said, _ = asked(says(WORDS, name), passage, Named("mayor"), name)
    assert said is not None
    assert said.status is found


anything = st.text(st.characters(exclude_categories=()), max_size=80)
wordy = st.lists(
    st.sampled_from(
        [*WORDS.split(), "not", "“", "”", "…", "[T]", "[the", "dam]", "don’t", "%", "_"]
    ),
    max_size=20,
).map(" ".join)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    article=anything | wordy, document=anything | wordy, speaker=st.none() | anything, at=st.data()
)
def test_nothing_raises_and_every_span_is_a_slice(
    article: str, document: str, speaker: str | None, at: st.DataObject
) -> None:
    ends = at.draw(st.tuples(*[st.integers(0, len(article))] * 2))
    quotation = Span(min(ends), max(ends))
    claim = replace(a_claim(article, speaker=speaker), quoted=(quotation,))
    hit = a_hit(document, start=7)
    sources = Named(at.draw(st.sampled_from([None, "", " ", VELT])))
    said, mismatches = was_said(article, claim, [heard(hit, Stance.SUPPORTS)], sources)
    assert (said is None) == (not (speaker or "").strip())
    if said and said.document:
        assert 7 <= said.start <= said.end <= 7 + len(document)
    for of, mismatch in mismatches:
        assert of is hit
        if mismatch.kind == "quote":
            mine, theirs = mismatch.claim_span, mismatch.passage_span
            assert mine.of(article) == mismatch.claim_value
            assert document[theirs.start - 7 : theirs.end - 7] == mismatch.passage_value
            assert quotation.start <= mine.start <= mine.end <= quotation.end


@given(st.lists(st.sampled_from(WORDS.split()), min_size=4, max_size=12))
def test_a_text_holds_every_quotation_from_itself(words: list[str]) -> None:
    text = " ".join(words)
    found = find_quotation(text, Span(0, len(text)), a_hit(f"Once. {text}. Twice."), Named(None))
    if len(set(words)) > 1 or len(words) > 4:
        assert found is not None
        assert (found.share, found.changed) == (1.0, ())
        assert found.hit.passage.text[found.span.start : found.span.end] == text


def test_time_is_bounded_by_the_passage_not_the_quotation() -> None:
    article = "the ferry " * 100_000
    found: Quoted | None = find_quotation(
        article, Span(0, len(article)), a_hit("the ferry " * 100), Named(None)
    )
    assert found is None
