from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from factcheck.mismatch import Text
from factcheck.records import Probabilities
from factcheck.stance import Reading, read
from factcheck.stance.placing import Asked, find_places
from factcheck.verdict import ECHOED, weigh
from index import Hit, Span
from tests.builders import a_hit, a_text
from tests.fakes import ScriptedVerifier, WordEncoder

CLAIM = "It handled 5,200 tonnes."
REWRITTEN = "It handled 2,500 tonnes."
FIRST, SECOND, THIRD = (
    "Ostrel lies on the coast, where two long capes keep out swell in winter and sand in summer.",
    "Its port handled 2,500 tonnes.",
    "Fish are sold there, on the quay behind the red shed, to all who come early with a bucket.",
)
WINDOW = f"{FIRST} {SECOND} {THIRD}"
WHOLE = f"{WINDOW} Nobody swims there."
NOTHING = (0.1, 0.1, 0.8)

pytestmark = pytest.mark.usefixtures("without_models")


def sentence_of(reading: Reading) -> str:
    passage = reading.hit.passage
    return passage.text[
        reading.sentence.start - passage.start : reading.sentence.end - passage.start
    ]


def close(probabilities: Probabilities) -> object:
    """The probabilities, for comparing what went through float32."""
    return pytest.approx(
        (probabilities.supports, probabilities.refutes, probabilities.nei), abs=1e-6
    )


def test_the_likelier_place_speaks_unless_the_other_decides_plainly_more() -> None:
    verifier = ScriptedVerifier(
        {WHOLE: (0.1, 0.6, 0.3), WINDOW: (0.0, 0.8, 0.2), (REWRITTEN, WINDOW): NOTHING}, strict=True
    )
    (reading,) = read(verifier, WordEncoder(), [(a_text(CLAIM), a_hit(WHOLE))])
    assert sentence_of(reading) == SECOND
    assert close(reading.signs.probabilities) == (0.0, 0.8, 0.2)
    verifier.script[WHOLE] = (0.88, 0.0, 0.12)  # less NEI, but not by a tenth
    (reading,) = read(verifier, WordEncoder(), [(a_text(CLAIM), a_hit(WHOLE))])
    assert close(reading.signs.probabilities) == (0.0, 0.8, 0.2)
    verifier.script[WHOLE] = (0.97, 0.0, 0.03)
    (whole,) = read(verifier, WordEncoder(), [(a_text(CLAIM), a_hit(WHOLE))])
    assert close(whole.signs.probabilities) == (0.97, 0.0, 0.03)
    assert sentence_of(whole) == SECOND  # which stands in what is read around the next one, too


def test_a_claim_is_read_where_its_meaning_is_when_no_word_tells() -> None:
    class Knowing(WordEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            known = {"Wages rose.": 0, "Salaries went up.": 0}
            rows = [known.get(text, number % 3 + 1) for number, text in enumerate(texts)]
            return np.eye(4, dtype=np.float32)[rows]

    text = "Boats are red. Ferries are blue. Salaries went up."
    (reading,) = read(ScriptedVerifier({}), Knowing(), [(a_text("Wages rose."), a_hit(text))])
    assert sentence_of(reading) == "Salaries went up."


def test_offsets_are_the_documents() -> None:
    text = "Ümlaut — first. “It had 7 ships.”"
    second = "“It had 7 ships.”"
    verifier = ScriptedVerifier({text: (0.9, 0.05, 0.05)})
    hit = a_hit(text, start=100)
    (reading,) = read(verifier, WordEncoder(), [(a_text("It had 7 ships."), hit)])
    assert reading.sentence == Span(116, 133)
    assert sentence_of(reading) == second
    (agreement,) = reading.comparison.agreements
    assert agreement.claim_span.of("It had 7 ships.").startswith("7")
    at = agreement.passage_span
    assert text[at.start - 100 : at.end - 100].startswith("7")


def test_what_differs_is_read_again_in_the_claims_place() -> None:
    verifier = ScriptedVerifier(
        {
            (CLAIM, WINDOW): (0.05, 0.8, 0.15),
            (CLAIM, WHOLE): (0.1, 0.6, 0.3),
            (REWRITTEN, WINDOW): (0.95, 0.02, 0.03),
        }
    )
    (reading,) = read(verifier, WordEncoder(), [(a_text(CLAIM), a_hit(WHOLE, start=40))])
    assert (REWRITTEN, WINDOW) in verifier.asked
    (proposal,) = reading.comparison.proposals
    assert proposal.claim_span.of(CLAIM) == proposal.claim_value == "5,200 tonnes"
    at = proposal.passage_span
    assert WHOLE[at.start - 40 : at.end - 40] == proposal.passage_value == "2,500 tonnes"
    (difference,) = reading.signs.differences
    assert difference.kind == "number"
    assert close(difference.before) == (0.05, 0.8, 0.15)
    assert close(difference.after) == (0.95, 0.02, 0.03)
    assert (reading.signs.agreed, reading.signs.missing) == (0, 1)


def test_a_claim_is_read_as_its_article_prints_it_too_and_both_readings_count() -> None:
    printed = "handling 5,200 tonnes"
    verifier = ScriptedVerifier(
        {
            (CLAIM, WINDOW): (0.05, 0.8, 0.15),
            (CLAIM, WHOLE): NOTHING,
            (printed, WINDOW): (0.2, 0.2, 0.6),
            (REWRITTEN, WINDOW): NOTHING,
        },
        strict=True,  # it is not read where the passage does not speak
    )
    asked = replace(a_text(CLAIM), printed=printed)
    (reading,) = read(verifier, WordEncoder(), [(asked, a_hit(WHOLE))])
    # √(0.05 · 0.2) : √(0.8 · 0.2) : √(0.15 · 0.6) = 0.1 : 0.4 : 0.3
    assert close(reading.signs.probabilities) == (0.125, 0.5, 0.375)
    (difference,) = reading.signs.differences
    assert close(difference.before) == (0.05, 0.8, 0.15)  # as it was rewritten from


def test_a_claim_is_read_in_the_passages_notation_where_they_agree() -> None:
    claim, text = "It handled 2,500 tonnes.", "Of that, 2,500,000 kilograms were handled there."
    printed, aligned = "handling 2,500 tonnes", "It handled 2,500,000 kilograms."
    verifier = ScriptedVerifier({(claim, text): (0.4, 0.4, 0.2), (aligned, text): (0.8, 0.1, 0.1)})
    (reading,) = read(verifier, WordEncoder(), [(a_text(claim), a_hit(text))])
    assert close(reading.signs.probabilities) == (0.8, 0.1, 0.1)  # in the place of its own
    assert (reading.signs.agreed, reading.signs.differences) == (1, ())
    verifier.script[printed, text] = (0.2, 0.1, 0.4)
    asked = replace(a_text(claim), printed=printed)
    (reading,) = read(verifier, WordEncoder(), [(asked, a_hit(text))])
    # √(0.8 · 0.2) : √(0.1 · 0.1) : √(0.1 · 0.4) = 4 : 1 : 2
    assert close(reading.signs.probabilities) == (4 / 7, 1 / 7, 2 / 7)


@pytest.mark.parametrize(("nei", "again"), [(0.84, 2), (0.86, 0)])
def test_a_silent_passage_is_not_read_for_another_wording(nei: float, again: int) -> None:
    hardly = (0.1, 0.9 - nei, nei)
    verifier = ScriptedVerifier({WINDOW: hardly, WHOLE: hardly})
    printed = "handling 5,200 tonnes"
    asked = replace(a_text(CLAIM), printed=printed)
    (reading,) = read(verifier, WordEncoder(), [(asked, a_hit(WHOLE))])
    assert sum(claim in {printed, REWRITTEN} for claim, _ in verifier.asked) == again
    assert len(reading.signs.differences) == (again > 0)


def read_lent(own: str, passage: str) -> Reading:
    """A claim whose 5,200 tonnes are another's, read where the passage says `It handled 2,500 …`.

    The claim is refuted as it stands, and supported with the passage's figure in it.
    """
    claim, lent = f"It handled 5,200 tonnes, {own}", f"It handled 2,500 tonnes, {own}"
    text = f"It handled 2,500 tonnes, {passage}"
    verifier = ScriptedVerifier({(claim, text): (0.1, 0.8, 0.1), (lent, text): (0.9, 0.05, 0.05)})
    asked = replace(a_text(claim), borrowed=(Span(0, claim.index(", ")),))
    (reading,) = read(verifier, WordEncoder(), [(asked, a_hit(text, start=30))])
    assert (lent, text) in verifier.asked
    (borrowed,) = reading.comparison.borrowed
    assert borrowed.passage_span == Span(
        30 + len("It handled "), 30 + len("It handled 2,500 tonnes")
    )
    return reading


def test_a_borrowed_figure_and_another_wording_are_pooled() -> None:
    claim, printed = "It handled 5,200 tonnes, more than ever.", "more than ever"
    lent, text = claim.replace("5,200", "2,500"), "It handled 2,500 tonnes, more than ever before."
    verifier = ScriptedVerifier(
        {
            (claim, text): (0.1, 0.8, 0.1),
            (lent, text): (0.8, 0.1, 0.1),
            (printed, text): (0.2, 0.1, 0.4),
        }
    )
    asked = replace(a_text(claim), borrowed=(Span(0, claim.index(", ")),), printed=printed)
    (reading,) = read(verifier, WordEncoder(), [(asked, a_hit(text))])
    # √(0.8 · 0.2) : √(0.1 · 0.1) : √(0.1 · 0.4) = 4 : 1 : 2
    assert close(reading.signs.probabilities) == (4 / 7, 1 / 7, 2 / 7)


def test_a_figure_that_is_borrowed_is_not_held_against_a_claim() -> None:
    reading = read_lent("more than ever.", "more than ever before.")
    assert close(reading.signs.probabilities) == (0.9, 0.05, 0.05)
    assert reading.signs.differences == ()
    assert (reading.signs.agreed, reading.signs.missing) == (0, 0)


@pytest.mark.parametrize(
    ("own", "passage"),
    [
        ("three times as much as before.", "twice as much as before."),  # may say the opposite
        ("40 more than ever.", "more than ever before."),  # lacks a figure of its own
    ],
)
def test_nothing_is_lent_to_a_claim_that_the_passage_may_go_against(own: str, passage: str) -> None:
    reading = read_lent(own, passage)
    assert close(reading.signs.probabilities) == (0.1, 0.8, 0.1)


def test_a_figure_is_lent_only_where_the_passage_supports_the_claim_with_it() -> None:
    claim, text = "It handled 5,200 tonnes, more than ever.", "It handled 2,500 tonnes, once more."
    asked = replace(a_text(claim), borrowed=(Span(0, claim.index(", ")),))
    lent = "It handled 2,500 tonnes, more than ever."
    verifier = ScriptedVerifier({(claim, text): (0.1, 0.8, 0.1), (lent, text): (0.4, 0.5, 0.1)})
    (reading,) = read(verifier, WordEncoder(), [(asked, a_hit(text))])
    assert (lent, text) in verifier.asked
    assert close(reading.signs.probabilities) == (0.1, 0.8, 0.1)


def test_a_value_of_a_neighbouring_sentence_is_read_with_it() -> None:
    text = "Tonnes of goods it handled. In 2021: 2,500 tonnes."
    verifier = ScriptedVerifier(
        {
            (CLAIM, text): (0.1, 0.3, 0.6),
            (REWRITTEN, text): (0.8, 0.1, 0.1),
        }
    )
    (reading,) = read(verifier, WordEncoder(), [(a_text(CLAIM), a_hit(text))])
    assert sentence_of(reading) == "Tonnes of goods it handled."
    (difference,) = reading.signs.differences
    assert close(difference.before) == (0.1, 0.3, 0.6)
    assert close(difference.after) == (0.8, 0.1, 0.1)


def test_a_passage_that_says_it_as_it_is_is_not_asked_what_differs() -> None:
    claim, text = "It handled 2,500 tonnes.", "It handled 2.5 million kilograms, and 40 ships came."
    verifier = ScriptedVerifier({text: (0.9, 0.05, 0.05)})
    (reading,) = read(verifier, WordEncoder(), [(a_text(claim), a_hit(text))])
    assert verifier.asked == [(claim, text)]  # nor is it read in another notation
    assert (reading.signs.agreed, reading.signs.missing) == (1, 0)
    assert reading.signs.differences == ()


def test_figures_and_dates_that_agree_are_counted_and_names_are_not() -> None:
    claim = "In May 2022 Ida Roe counted 40 ships and 2,500 tonnes at Veld."
    text = "Ida Roe counted 40 ships at Veld, and 2.5 million kilograms, in May 2022."
    verifier = ScriptedVerifier({text: (0.6, 0.3, 0.1)})
    (reading,) = read(verifier, WordEncoder(), [(a_text(claim), a_hit(text))])
    assert reading.signs.figures == 3 < reading.signs.agreed


def test_it_is_read_where_it_has_most_of_the_claims_words() -> None:
    far = [f"Nothing of note happened in week {n}." for n in range(5)]
    pier = "A pier was built of larch and tar in the spring by forty men from the outer islands."
    rain = "It rained on most of the days then, and nobody could say when it had last been as wet."
    passage = " ".join([*far, pier, "Ostrel handled 2,500 tonnes.", rain])
    verifier = ScriptedVerifier({})
    (reading,) = read(
        verifier, WordEncoder(), [(a_text("Ostrel handled 900 tonnes."), a_hit(passage))]
    )
    assert sentence_of(reading) == "Ostrel handled 2,500 tonnes."
    window = f"{pier} Ostrel handled 2,500 tonnes. {rain}"
    other = " ".join([*far, pier])
    assert [text for _, text in verifier.asked][:2] == [window, other]


def test_signs_know_the_share_of_words_and_the_relevance() -> None:
    hit = a_hit("The ports were deep.", score=0.4, title="Ostrel")
    (reading,) = read(
        ScriptedVerifier({}), WordEncoder(), [(a_text("The port of Ostrel is old."), hit)]
    )
    # port (as ports) and Ostrel (of the title), not old; the others are empty words
    assert reading.signs.covered == pytest.approx(2 / 3)
    assert reading.signs.relevance == 0.4


def test_the_same_reading_is_made_once_and_used_twice() -> None:
    verifier = ScriptedVerifier({"Only one.": (0.9, 0.0, 0.1)}, strict=True)
    first, second = read(verifier, WordEncoder(), [(a_text("Claim."), a_hit("Only one."))] * 2)
    assert first == second
    assert close(first.signs.probabilities) == (0.9, 0.0, 0.1)
    assert verifier.asked == [("Claim.", "Only one.")]


def test_a_lone_verifier_is_asked_nothing_twice() -> None:
    verifier = ScriptedVerifier({})
    read(verifier, WordEncoder(), [(a_text(CLAIM), a_hit(WHOLE))])
    assert len(verifier.asked) == len(set(verifier.asked))


def test_a_passage_that_surely_says_nothing_is_not_asked_what_differs() -> None:
    verifier = ScriptedVerifier({WINDOW: (0.01, 0.01, 0.98), WHOLE: (0.0, 0.02, 0.98)}, strict=True)
    (reading,) = read(verifier, WordEncoder(), [(a_text(CLAIM), a_hit(WHOLE))])
    assert verifier.asked == [(CLAIM, WINDOW), (CLAIM, WHOLE)]
    assert reading.signs.differences == ()


def test_who_knows_sources_reads_them_in_front() -> None:
    verifier = ScriptedVerifier({}, headed=True)
    read(
        verifier,
        WordEncoder(),
        [(a_text("Fish."), a_hit("Fish are sold.", title="Port", published="2022-03"))],
    )
    assert verifier.asked == [("Fish.", "Port (March 2022): Fish are sold.")]


def test_nothing_to_read() -> None:
    assert read(ScriptedVerifier({}, strict=True), WordEncoder(), []) == []


def test_a_passage_without_a_word() -> None:
    (reading,) = read(ScriptedVerifier({}), WordEncoder(), [(a_text("Claim."), a_hit(" "))])
    assert reading.sentence == Span(0, 1)
    assert reading.signs.covered == 0.0


def test_readings_do_not_depend_on_their_neighbours() -> None:
    verifier = ScriptedVerifier({WHOLE: (0.0, 0.9, 0.1), (REWRITTEN, WINDOW): (0.9, 0.0, 0.1)})
    pairs: list[tuple[Text, Hit]] = [
        (a_text(CLAIM), a_hit(WHOLE)),
        (a_text("Fish are sold there."), a_hit(f"{SECOND} {THIRD}", "b.md")),
    ]
    together = read(verifier, WordEncoder(), pairs)
    assert together == [read(verifier, WordEncoder(), [pair])[0] for pair in pairs]


def test_a_sentence_outside_the_window_may_say_it_word_for_word() -> None:
    claim = "Ostrel handled 2,500 tonnes of cod."
    far = " ".join(
        f"On day {n} nothing of any note was seen by anybody at all here." for n in range(9)
    )
    near = "Ostrel handled 3,100 tonnes of cod, and 2,500 tonnes of cod, handled at Ostrel."
    (reading,) = read(
        ScriptedVerifier({}), WordEncoder(), [(a_text(claim), a_hit(f"{claim} {far} {near}"))]
    )
    assert reading.signs.echoed


def test_a_passage_speaks_where_it_has_the_claim_word_for_word() -> None:
    standing = "Ostrel handled 2,500 tonnes of cod."
    far = " ".join(f"On day {n} nothing of any note was seen by anybody here." for n in range(9))
    text = f"{standing} {far} Ling was handled."
    for claim in (standing, standing.replace("cod", "ling")):
        ((first, second),) = find_places(WordEncoder(), [Asked(claim, text)])
        assert first.sentence.of(text) == standing
        verifier = ScriptedVerifier(
            {
                (claim, first.window.of(text)): (0.2, 0.4, 0.4),
                (claim, second.window.of(text)): (0.1, 0.8, 0.1),
            }
        )
        (reading,) = read(verifier, WordEncoder(), [(a_text(claim), a_hit(text))])
        assert reading.signs.likeness == pytest.approx(first.score)
        if claim == standing:
            assert sentence_of(reading) == standing
            assert (reading.signs.echoed, reading.signs.missing) == (True, 0)
            assert weigh(reading.signs) == ECHOED
        else:
            assert sentence_of(reading) == second.sentence.of(text)
            assert close(reading.signs.probabilities) == (0.1, 0.8, 0.1)
