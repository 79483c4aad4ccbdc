"""What came of making a report again: on a terminal, and as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from factcheck.records import Verdict
from factcheck.render.finding import ABSTENTIONS, SAID, STANCES, VERDICTS
from factcheck.render.layout import COLOURS, FINGERPRINT, INDENT, SHORT, Page, count
from factcheck.replay import Replay
from factcheck.sameness import Change, Difference

_HASH = re.compile(r"[0-9a-f]{32,}")
#: What the JSON report calls a verdict, a stance and so on, in the words of a reader.
_NAMES: Mapping[str, str] = {
    **{key.value: name for key, name in VERDICTS.items()},
    **{key.value: name for key, name in STANCES.items()},
    **{key.value: name for key, name in ABSTENTIONS.items()},
    **{key.value: name for key, name in SAID.items()},
}
_NAMED = re.compile(r"verdict|reason|said|stance of .*|claim", re.DOTALL)


def show_replay(console: Console, replay: Replay) -> None:
    """Write whether inputs and findings are the same, and whatever is not."""
    page = Page(console)
    title = page.text(replay.article.title or "Untitled", "bold", SHORT)
    origin = [replay.article.source, f"{count(replay.claims, 'claim')} checked again"]
    lines = [*page.wrap(title, page.width), *page.flow(origin, page.width), Text()]
    lines += [*_inputs(page, replay.inputs), Text(), *_outcome(page, replay)]
    for number, changes in groupby(replay.findings, lambda change: change.number):
        lines += _claim(page, number, list(changes))
    page.show(lines)


def replay_to_dict(replay: Replay) -> dict[str, Any]:
    """A replay as plain dicts, lists, strings and numbers; `old` is what the report says."""
    return {
        "same": replay.same,
        "same_inputs": replay.same_inputs,
        "claims": replay.claims,
        "tolerance": replay.tolerance.probability,
        "largest_difference": round(replay.largest, 6),
        "inputs": [{"what": each.what, "old": each.old, "new": each.new} for each in replay.inputs],
        "findings": [
            {
                "number": each.number or None,
                "claim": each.claim,
                "what": each.what,
                "old": each.old,
                "new": each.new,
                "tolerated": each.tolerated,
            }
            for each in replay.findings
        ],
    }


def _inputs(page: Page, inputs: Sequence[Difference]) -> list[Text]:
    if not inputs:
        return page.wrap(Text("The inputs are the same."), page.width)
    lines = page.wrap(Text("The inputs are not the same:", "bold"), page.width)
    mark = f"{' ' * INDENT}{page.glyphs.dot} "
    for each in inputs:
        told = f"{each.what}: {_value(each.old)} in the report, {_value(each.new)} now"
        lines += page.wrap(page.text(told), page.width, mark)
    return lines


def _outcome(page: Page, replay: Replay) -> list[Text]:
    """The answer in one sentence."""
    allowed, largest = f"tolerance {replay.tolerance.probability:g}", f"{replay.largest:.4f}"
    farthest = "less than 0.0001" if float(largest) == 0 else f"{largest} at most"
    found = f"probabilities differ by {farthest} ({allowed})"
    numbers = {each.number for each in replay.findings if not each.tolerated and each.number}
    fresh = sum(not each.number for each in replay.findings)
    if replay.same:
        verdict, told = Verdict.SUPPORTED, f"The findings are the same: {found}."
        if replay.findings:
            told = f"The findings are the same but for what rounding can tip: {found}."
    else:
        verdict = Verdict.REFUTED
        parts = [f"{count(len(numbers), 'finding')} of the report" if numbers else ""]
        parts += [f"{count(fresh, 'claim')} that it does not have" if fresh else ""]
        known = " and ".join(part for part in parts if part)
        told = f"The findings are not the same: {known} ({allowed})."
        told += "" if replay.same_inputs else " With other inputs that is to be expected."
    mark = Text(f"{page.glyphs.of(verdict)} ", COLOURS[verdict])
    return page.wrap(Text(told), page.width, mark)


def _claim(page: Page, number: int, changes: Sequence[Change]) -> list[Text]:
    """A claim, and under it what differs; claims the report does not have come one by one."""
    lines: list[Text] = []
    for at, change in enumerate(changes):
        if at == 0 or number == 0:
            which = f"claim {number}" if number else "a new claim"
            head = Text(f"{which} {page.glyphs.dot} ", "bold")
            lines += [Text(), *page.wrap(page.text(change.claim, longest=SHORT), page.width, head)]
        rounding = ", which rounding can tip" if change.tolerated else ""
        old, new = (_shown(change.what, value) for value in (change.old, change.new))
        told = f"{change.what}: {old} in the report, {new} now{rounding}"
        mark = f"{' ' * INDENT}{page.glyphs.differs} "
        lines += page.wrap(page.text(told), page.width, mark)
    return lines


def _shown(what: str, value: str) -> str:
    name = _NAMES.get(value, value) if _NAMED.fullmatch(what) else value
    return name or "none"


def _value(value: str) -> str:
    return value[:FINGERPRINT] if _HASH.fullmatch(value) else value or "none"
