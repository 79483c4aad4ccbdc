"""How a value that a claim gives stands to one that a passage gives."""

from __future__ import annotations

from enum import Enum


class Relation(Enum):
    """How the value of a claim stands to one of a passage."""

    SAME = "same"
    DIFFERENT = "different"
    UNRELATED = "unrelated"
