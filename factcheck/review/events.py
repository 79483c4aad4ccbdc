"""What a check tells those who watch it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """Something slow has begun: `what` is a status line."""

    what: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """The article's claims are known."""


@dataclass(frozen=True, slots=True)
class Found:
    """The finding of the claim `number` (from 0) has come."""

    number: int


@dataclass(frozen=True, slots=True)
class Checked:
    """All is checked; `summary` says what has changed since the last time, if there was one."""

    summary: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The check cannot go on, and why. What is known stays, and rulings go on."""

    message: str


Event = Reading | Extracted | Found | Checked | Failed
Listener = Callable[[Event], None]
