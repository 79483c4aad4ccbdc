"""Check, decide, leave; article and sources change; check again: every decision on its claim."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from factcheck.claims import Extraction
from factcheck.pipeline import Checker, CheckOptions
from factcheck.records import Article, Verdict
from factcheck.review.desk import Desk, Material
from factcheck.review.events import Checked
from factcheck.session import Session, SessionFile
from index import ReferenceIndex
from tests.fakes import WordEncoder, WordVerifier
from tests.review.desks import SOURCES, build, checked
from tests.session.articles import Item, case, read

pytestmark = pytest.mark.usefixtures("without_models", "verifier_alone")


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two indexes, the second of other sources."""
    folders = [tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")]
    build(folders[0], SOURCES)
    build(folders[1], {**SOURCES, "more.txt": "The old mill of Varn burnt 7 barrels in 1911."})
    return [folder / "index" for folder in folders]


def material(items: Sequence[Item], index: Path) -> Material:
    article, extraction = read(items)

    def extract(_: Article) -> Extraction:
        return extraction

    def checker() -> Checker:
        reference = ReferenceIndex.open(index, encoder=WordEncoder())
        return Checker(reference, WordVerifier(), CheckOptions(passages=1, relevance=0.2))

    return Material("things.md", lambda: article, extract, checker)


def verdicts(session: Session) -> list[Verdict | None]:
    return [entry.ruling.verdict if entry.ruling else None for entry in session.entries]


@pytest.mark.parametrize("seed", range(50))
def test_decisions_stay_on_the_right_claims(
    seed: int, tmp_path: Path, indexes: Sequence[Path]
) -> None:
    made, chance = case(seed), random.Random(seed)
    path = tmp_path / "desk.json"
    decided: dict[int, Verdict] = {}
    with SessionFile(path) as file:
        desk = Desk(material(made.old, indexes[0]), file)
        checked(desk)
        for number, each in enumerate(made.old):
            if chance.random() < 0.5:
                decided[each.identity] = chance.choice(list(Verdict))
                desk.decide(number, decided[each.identity])
        assert desk.close()
    with SessionFile(path) as file:
        desk = Desk(material(made.new, indexes[1]), file)
        assert isinstance(checked(desk)[-1], Checked)
        session = desk.session
        assert session.checked == len(session.entries)
        for each, entry, verdict in zip(made.new, session.entries, verdicts(session), strict=True):
            assert verdict == decided.get(each.identity), entry.claim.text
        kept = {each.identity for each in made.new}
        assert len(session.unplaced) == len(decided.keys() - kept)
        assert desk.close()
