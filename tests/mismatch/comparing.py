"""What tests of the comparison share."""

from __future__ import annotations

import datetime as dt

from factcheck.claims.syntax import parse
from factcheck.mismatch import Comparison, Text, compare


def compared(claim: str, passage: str, context: str = "") -> Comparison:
    """A claim beside a passage of July 2024, both with their grammar."""
    mine, theirs = parse([claim, passage])
    day = dt.date(2024, 7, 19)
    return compare(Text(claim, mine), Text(passage, theirs, day), context)
