from __future__ import annotations

import pytest

from factcheck.claims.kinds import is_elliptic, kind_of, uncheckable
from factcheck.claims.language import is_english
from factcheck.records import ClaimKind


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("The port had 41 ships.", ClaimKind.FIGURE),
        ("The port opened on 4 May 2017.", ClaimKind.ASSERTION),
        ("Revenue rose by 4 per cent.", ClaimKind.COMPARISON),
        ("It is the largest port of the island.", ClaimKind.COMPARISON),
        ("The port was closed.", ClaimKind.ASSERTION),
        # a bound is no comparison, nor is a place or a refusal
        ("More than 40 ships left.", ClaimKind.FIGURE),
        ("The voyage took longer than three weeks.", ClaimKind.FIGURE),
        ("At least 40 ships left.", ClaimKind.FIGURE),
        ("Salt made up 70 per cent of the trade.", ClaimKind.FIGURE),
        ("The mayor declined to answer.", ClaimKind.ASSERTION),
        ("More ships left than in May.", ClaimKind.COMPARISON),
        ("Revenue was up 4 per cent.", ClaimKind.COMPARISON),
        ("No other port pays so little.", ClaimKind.COMPARISON),
        ("No ship has sunk there since 1994.", ClaimKind.COMPARISON),
        # numbers that do not count
        ("Polls closed at 21.00.", ClaimKind.ASSERTION),
        ("The share closed at 21.40 crowns.", ClaimKind.FIGURE),
        ("Holm scored in the 71st minute.", ClaimKind.ASSERTION),
        ("All seven bridges were closed.", ClaimKind.ASSERTION),
        ("Seven bridges were closed.", ClaimKind.FIGURE),
        ("It was the eleventh bridge on the river.", ClaimKind.FIGURE),
        ("Thirty brave volunteers dug it out.", ClaimKind.FIGURE),
    ],
)
def test_kinds(statement: str, expected: ClaimKind) -> None:
    assert kind_of(statement, quoted=False) is expected
    assert kind_of(statement, quoted=True) is ClaimKind.QUOTATION


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        # plans are claims, guesses are predictions
        ("The bridge will open on 4 May.", None),
        ("Veld Water will not pay a dividend.", None),
        ("The argument will probably outlast this government.", ClaimKind.PREDICTION),
        ("If we carry on like this, the nurses will be gone.", ClaimKind.PREDICTION),
        ("There will be angrier meetings before the winter is out.", ClaimKind.PREDICTION),
        ("By 2035, I believe, every village will have a bus.", ClaimKind.PREDICTION),
        # opinions, unless they state a figure
        ("The town deserves straighter answers.", ClaimKind.OPINION),
        ("Ministers have been far too slow.", ClaimKind.OPINION),
        ("I think the old plan was the more dangerous one.", ClaimKind.OPINION),
        ("It would be just as wrong to say so.", ClaimKind.OPINION),
        ("The shameful delay has cost 41 million crowns.", None),
        ("The port was closed in May.", None),
        # what may come on a condition
        ("If the council agrees, the bridge may open in spring.", ClaimKind.PREDICTION),
        ("If the council agreed, nobody said so.", None),
        # what is done by saying it, whatever figures it has
        ("I congratulate my friend on her 41 years in the House.", ClaimKind.OPINION),
        ("I make no apology for the two bridges.", ClaimKind.OPINION),
        ("We thanked the nurses in May.", None),
        ("The figures speak for themselves.", ClaimKind.OPINION),
        # what is foreseen, with or without a figure
        ("A second dam could be ready as early as 2031.", ClaimKind.PREDICTION),
        ("Rents should ease to about 900 crowns once the towers are let.", ClaimKind.PREDICTION),
        ("The firm is heading for a loss of 40 million.", ClaimKind.PREDICTION),
        ("Tomorrow: rain in the west, 12 degrees.", ClaimKind.PREDICTION),
        ("The second dam is unlikely to be full in spring.", ClaimKind.PREDICTION),
        ("On 12 May the army took the hill once the fog lifted.", None),
        ("Theresa Holm resigned in May, as early as 1 May.", None),
        ("Appeals may be lodged within three months.", None),
        ("Girls could marry as early as 14 in 1890.", None),
        ("Rescuers could not reach the village in the next 12 hours.", None),
        ("The trial is set to begin on 4 May.", None),
        ("Men of 40 to 60 are most likely to drown.", None),
        ("The ship is heading for Tarsk with 40 containers.", None),
        ("If a tenant leaves, the landlord keeps 2 rents.", None),
        ("By 2009 nobody in Veld knew the old will.", None),
        ("We are glad to report sales of 40 million.", None),
        ("The rule says that no ship should have more than 40 knots.", None),
        ("Smokers were more likely to fall ill.", None),
        ("The crew could not see the pier within the harbour.", None),
        ("The second dam could have been built by 2031.", None),
        ("If it rained, the school closed for 2 days.", None),
        # judgments, whatever figures they have
        ("The council should have sold the 40 houses in 2017.", ClaimKind.OPINION),
        ("A fine of 500 crowns is an insult.", ClaimKind.OPINION),
        ("Holm was right to spend the 12 million.", ClaimKind.OPINION),
        ("The team deserved better than 11th place.", ClaimKind.OPINION),
        ("Holm's 40-page report makes no sense.", ClaimKind.OPINION),
        ("Visitors are advised to bring 2 litres of water.", ClaimKind.OPINION),
        ("The tax of 12 per cent is a bad idea.", ClaimKind.OPINION),
        ("At 40, Holm deserved a better end than 12 minutes.", ClaimKind.OPINION),
        ("What a waste of 2 million crowns.", ClaimKind.OPINION),
        ("The 12-page answer was an affront to the House.", ClaimKind.OPINION),
        ("Lending 40 million to the port was reckless.", ClaimKind.OPINION),
        ("Veld's second bank looks set to fail.", ClaimKind.PREDICTION),
        ("By 2040 nobody will remember the tram.", ClaimKind.PREDICTION),
        ("Serving 12 years for a song was an affront to justice.", ClaimKind.OPINION),
        ("The driver was reckless, the jury found.", None),
        ("The jury acquitted him of 2 charges because the arrest was unjust.", None),
        ("The inquiry said the dam is likely to hold.", None),
        ("The mammoth is likely to have died out 4,000 years ago.", None),
        ("Tomorrow's World: the show ended in 2003.", None),
        ("The load of 40 tonnes was far too heavy for the bridge.", None),
        ("The bridge should have opened in 2019.", None),
        ("Mary, who found the 40 rings, was a fool to sell them.", ClaimKind.OPINION),
        ("The court held that Holm was wrong to sell the 40 houses.", None),
        ("The valve of 1998 should have been replaced in 2008, investigators found.", None),
        ("The office had better results in 2021 than in 2020.", None),
        ("Three ministers resigned in 2019 because of a scandal.", None),
        ("He was jailed for 3 years for insult to the president.", None),
        ("The shares were worth a tenth of their price in 2007.", None),
        ("What a court ruled in May was upheld in 3 cases.", None),
        ("All 12 who should have been freed were held.", None),
        ("A pension is due if its holder is unlikely to live 2 years.", None),
        ("What a flat costs in Veld has doubled to 2 million.", None),
        ("He was fined 400 crowns for reckless driving.", None),
        ("The court held that the 2017 sale was right.", None),
        ("All 12 tenants were asked to leave.", None),
        ("The bank has the right to 12 per cent.", None),
    ],
)
def test_what_cannot_be_checked(statement: str, expected: ClaimKind | None) -> None:
    assert uncheckable(statement, reported=False) is expected
    assert uncheckable(statement, reported=True) is None


def test_what_ends_on_its_auxiliary() -> None:
    assert is_elliptic("Last year 47 did.")
    assert is_elliptic("On most islands it would be.")
    assert not is_elliptic("Last year 47 people left.")


def test_languages() -> None:
    english = "The council of Veld has voted to close the old quay and to pay for a new one in May."
    german = "Der Rat der Stadt hat am Dienstag beschlossen, den alten Hafen neu zu bauen, sagt er."
    french = (
        "Le conseil de la ville a décidé mardi de fermer le vieux port et de payer un nouveau quai."
    )
    assert is_english(english)
    assert is_english(english.upper())
    assert not is_english(german)
    assert not is_english(french)
    assert is_english("Der Damm ist gebrochen.")  # too short to tell
    assert is_english("")
