"""The rule: what ships is whole, and what its fit writes can be read."""

from __future__ import annotations

import importlib.util
import math
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import signs
from benchmarks.crossfit import crossfit
from benchmarks.signs import Row
from factcheck.records import Probabilities
from factcheck.rule import NAMED, NAMING, RULE, THRESHOLD
from factcheck.verdict import Difference, Signs, features, naming, weigh
from tests.fakes import ScriptedVerifier, no_grammar
from training import rule
from training.data import LABELS, Pair


def some_signs(
    own: tuple[float, float, float], after: float | None = None, agreed: int = 0, missing: int = 0
) -> Signs:
    """Signs of a passage; `after` is what the claim rewritten is supported with."""
    before = Probabilities(*own)
    turned = (
        () if after is None else (Difference("number", before, Probabilities(after, 0.0, 0.0)),)
    )
    return Signs(before, turned, agreed, missing, covered=0.5, relevance=0.6)


def rows(own: tuple[float, float, float], label: str, count: int = 20) -> list[Row]:
    """Rows of one label; every other one has a value that differs and is what the passage says."""
    made = {named: some_signs(own, 0.9 if named else 0.02) for named in (False, True)}
    return [
        Row("article", n, f"{n}.md", label, label, made[n % 2 == 1], (n % 2 == 1,))
        for n in range(count)
    ]


CLEAR = [
    *rows((0.9, 0.05, 0.05), "SUPPORTS"),
    *rows((0.05, 0.9, 0.05), "REFUTES"),
    *rows((0.05, 0.05, 0.9), "NEI"),
]


def test_the_rule_weighs_every_sign_and_nothing_else() -> None:
    assert list(RULE) == list(features(some_signs((0.2, 0.3, 0.5))))
    assert all(math.isfinite(weight) for pair in RULE.values() for weight in pair)
    assert 1 / 3 < THRESHOLD < 1


def test_what_ships_believes_a_sure_verifier_and_doubts_an_unsure_one() -> None:
    sure = weigh(some_signs((0.97, 0.01, 0.02), agreed=2))
    assert sure.supports > 0.5
    against = weigh(some_signs((0.01, 0.97, 0.02), after=0.97, missing=1))
    assert against.refutes > 0.5
    silent = weigh(some_signs((0.01, 0.01, 0.98)))
    assert silent.nei > 0.5


def test_a_fit_learns_what_the_labels_say() -> None:
    weights = rule.fit(CLEAR, frozenset({"article"}))
    assert list(weights) == list(features(CLEAR[0].signs))
    for row in CLEAR[::20]:
        weighed = weigh(row.signs, weights)
        values = (weighed.supports, weighed.refutes, weighed.nei)
        assert LABELS[values.index(max(values))] == row.label
        assert max(values) > 0.8


def test_a_fit_leaves_out_what_has_no_label_and_counts_pairs_less() -> None:
    unlabelled = [*CLEAR, *rows((0.9, 0.05, 0.05), "?")]
    assert rule.fit(unlabelled, frozenset({"article"})) == rule.fit(CLEAR, frozenset({"article"}))
    # whatever outweighs what else: here the same passages are labelled both ways
    doubled = [Row("pairs", r.claim, r.document, "NEI", "NEI", r.signs) for r in CLEAR[:20]]
    light = rule.fit([*CLEAR, *doubled], frozenset({"article"}))
    heavy = rule.fit([*CLEAR, *doubled], frozenset({"article", "pairs"}))
    assert light["supports"][0] > heavy["supports"][0]


def test_a_fit_learns_which_differences_are_named() -> None:
    naming_weights = rule.fit_naming(CLEAR, rule.fit(CLEAR, frozenset({"article"})))
    assert list(naming_weights) == list(NAMING)
    for row in CLEAR[20:40]:
        (difference,), (named,) = row.signs.differences, row.named
        assert (naming(0.9, difference, naming_weights) >= NAMED) is named


def test_a_sign_that_is_left_out_weighs_nothing() -> None:
    weights = rule.fit(CLEAR, frozenset({"article"}), without=["supports", "covered"])
    assert weights["supports"] == weights["covered"] == (0.0, 0.0)
    assert weights["refutes"][1] > 0.1
    assert list(weights) == list(features(CLEAR[0].signs))


VERDICTS = {"SUPPORTS": "SUPPORTED", "REFUTES": "REFUTED", "NEI": "NOT_ENOUGH_EVIDENCE"}


def article(name: str, turned: bool = False) -> list[Row]:
    """An article whose rows are clear, or labelled the wrong way round."""
    other = {"SUPPORTS": "REFUTES", "REFUTES": "SUPPORTS", "NEI": "NEI"}
    labels = [other[row.label] if turned else row.label for row in CLEAR]
    return [
        replace(row, source=name, claim=number, label=label, verdict=VERDICTS[label])
        for number, (row, label) in enumerate(zip(CLEAR, labels, strict=True))
    ]


def test_an_article_is_judged_by_a_rule_that_the_others_make() -> None:
    """Of two articles the one has it the wrong way round: each is judged as the other has it."""
    both = [*article("one"), *article("two", turned=True)]
    ((score,),) = crossfit([both], [], [0.5])
    assert score.verdicts["SUPPORTED", "REFUTED"] == score.verdicts["REFUTED", "SUPPORTED"] == 40
    assert score.verdicts["NOT_ENOUGH_EVIDENCE", "NOT_ENOUGH_EVIDENCE"] == 40
    pairs = [replace(row, source="pairs") for row in CLEAR * 10]
    ((score,),) = crossfit([both], pairs, [0.5])
    assert score.verdicts["SUPPORTED", "SUPPORTED"] == 20  # in the one that agrees with them


def test_a_score_counts_what_is_right_wrong_and_silent() -> None:
    made = [*article("one"), *article("two")]
    (sure, again), (unsure, _) = crossfit([made, made], [], [0.5, 0.999])
    right, loss, *rest = sure.line().split(" | ")
    named = "20 of 20, of 60"  # ten of each article refute and have the value that differs
    assert (right, rest) == ("1.000 of 120", ["0", "0", "0 + 0", "0", "0 of 0", named])
    assert 0.0 < float(loss) < 0.2
    assert again == sure
    assert unsure.line() == f"0.333 of 120 | {loss} | 0 | 0 | 40 + 40 | 0 | 0 of 0 | {named}"


def test_what_is_not_scored_is_still_learnt_from() -> None:
    made = [*article("one"), *article("two")]
    first = {(row.source, row.claim) for row in made if row.label == "SUPPORTS"}
    ((score,),) = crossfit([made], [], [0.5], unscored=first)
    assert score.line().startswith("1.000 of 80 ")


def test_nothing_is_learnt_of_what_is_named_where_nothing_refutes() -> None:
    weights = rule.fit(CLEAR, frozenset({"article"}))
    with pytest.raises(ValueError, match="tell nothing of what is named"):
        rule.fit_naming(CLEAR[:20], weights)
    made = [*article("one"), *article("two")]  # without both signs none is told from the others
    with pytest.raises(ValueError, match="tell nothing of what is named"):
        crossfit([made], [], [0.5], without=["supports", "refutes"])


def test_what_is_written_is_a_module_with_these_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, rule_file = tmp_path / "rule.py", rule.RULE_FILE
    monkeypatch.setattr(rule, "RULE_FILE", path)
    weights = {"constant": (-0.5, 1.25), "supports": (1.0, 0.0)}
    rule.write(weights, {"constant": -1.5, "unit": 0.25}, 0.55)
    spec = importlib.util.spec_from_file_location("written_rule", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert weights == module.RULE
    assert module.THRESHOLD == 0.55
    assert module.NAMING == {"constant": -1.5, "unit": 0.25}
    ours = (Path(rule.__file__).parent.parent / rule_file).read_text(encoding="utf-8")
    rule.write(RULE, NAMING, THRESHOLD)
    assert path.read_text(encoding="utf-8") == ours  # nobody edited it by hand


def test_a_sample_of_pairs_is_the_same_again_and_as_many_of_each_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pairs = [Pair(f"c{n}", "e", LABELS[n % 3], "many") for n in range(50)]
    pairs += [Pair("c", "e", "NEI", "few"), Pair("c", "e", "?", "none")]
    monkeypatch.setattr(rule, "read_pairs", lambda _: pairs)
    chosen = rule.dev_pairs(Path(), 10)
    assert [pair.source for pair in chosen] == ["few", *["many"] * 10]
    assert chosen == rule.dev_pairs(Path(), 10)
    assert chosen != rule.dev_pairs(Path(), 10, seed=8)


def test_rows_kept_beside_are_read_back_as_they_were(tmp_path: Path) -> None:
    made = [
        Row(
            *("article", 3, "a.md", "REFUTES", "CONFLICTING"),
            some_signs((0.1, 0.8, 0.1), 0.9, 1, 2),
            (True,),
        ),
        Row("pairs", 0, "0", "NEI", "NEI", some_signs((0.2, 0.3, 0.5))),
    ]
    path = signs.kept(tmp_path / "deep", ScriptedVerifier({}), "dev news")
    signs.save(path, made)
    assert signs.load(path) == made


def test_rows_are_kept_apart_by_verifier_and_by_what_they_are_of(tmp_path: Path) -> None:
    one, two = ScriptedVerifier({}, weights_hash="1"), ScriptedVerifier({}, weights_hash="2")
    paths = {signs.kept(tmp_path, verifier, what) for verifier in (one, two) for what in "ab"}
    assert len(paths) == 4


def test_rows_are_read_again_by_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "factcheck" / "stance" / "judge.py"
    code.parent.mkdir(parents=True)
    paths = []
    for text in ("one", "other", "one"):
        code.write_text(text, encoding="utf-8")
        monkeypatch.setattr(signs, "CODE", tmp_path)
        signs._code.cache_clear()
        paths.append(signs.kept(tmp_path, ScriptedVerifier({}), "dev"))
    signs._code.cache_clear()
    assert paths[0] == paths[2] != paths[1]


@pytest.mark.usefixtures("without_models")
def test_signs_of_pairs_are_those_of_reading_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signs, "parse", no_grammar)
    pairs = [
        Pair("It had 7 ships.", "There were 7 ships.", "SUPPORTS", "s"),
        Pair("It had 7 ships.", "There were 9 ships.", "REFUTES", "s"),
    ]
    verifier = ScriptedVerifier(
        {
            ("It had 7 ships.", "There were 7 ships."): (0.9, 0.05, 0.05),
            ("It had 7 ships.", "There were 9 ships."): (0.1, 0.7, 0.2),
            ("It had 9 ships.", "There were 9 ships."): (0.95, 0.03, 0.02),
        }
    )
    first, second = signs.signs_of_pairs(verifier, pairs)
    assert (first.label, first.signs.agreed, first.signs.missing) == ("SUPPORTS", 1, 0)
    assert first.signs.probabilities.supports == pytest.approx(0.9)
    assert (second.label, second.signs.agreed, second.signs.missing) == ("REFUTES", 0, 1)
    (difference,) = second.signs.differences
    assert difference.kind == "number"
    assert difference.after.supports == pytest.approx(0.95)
