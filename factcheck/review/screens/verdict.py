"""The reader's own verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from factcheck.records import Verdict
from factcheck.render.finding import VERDICTS
from factcheck.render.layout import COLOURS, UNICODE
from factcheck.review.screens.dialog import Choice, Offer


@dataclass(frozen=True, slots=True)
class Decision:
    """What the reader decides; None takes a verdict back."""

    verdict: Verdict | None


class VerdictScreen(Choice[Decision]):
    """Four verdicts, and none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,1", "pick(0)", "Supported"),
        Binding("r,2", "pick(1)", "Refuted"),
        Binding("c,3", "pick(2)", "Conflicting"),
        Binding("n,4", "pick(3)", "Not enough evidence"),
        Binding("x,0", "pick(4)", "Take your verdict back"),
    ]

    def __init__(self, now: Verdict | None) -> None:
        """`now` is what stands: the reader's verdict, or else the one that was found."""
        offers = [
            Offer(
                key,
                Text(f"{UNICODE.of(verdict)} {VERDICTS[verdict]}", COLOURS[verdict]),
                Decision(verdict),
            )
            for key, verdict in zip("srcn", Verdict, strict=True)
        ]
        offers.append(Offer("x", Text("  take your verdict back"), Decision(None)))
        super().__init__("Your verdict", offers, at=list(Verdict).index(now) if now else 0)
