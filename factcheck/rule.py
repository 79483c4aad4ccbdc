"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.949, -3.435),
    "supports": (1.074, -0.12),
    "refutes": (0.056, 1.267),
    "rewritten": (-0.47, 0.983),
    "turned": (-0.195, 0.396),
    "other unit": (-0.851, 2.462),
    "agreed": (0.892, -0.687),
    "missing": (-0.181, -1.188),
    "covered": (-1.363, -0.669),
    "own": (-0.183, 0.512),
    "likeness": (0.505, 1.661),
    "relevance": (2.261, 1.779),
    "elsewhere": (-2.354, -2.159),
    "office": (1.841, -0.053),
    "foreign": (-0.514, -0.31),
    "figures": (1.826, 0.455),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.45
#: For each sign, what it adds to the log odds that what differs is what a passage refutes by.
NAMING: dict[str, float] = {
    "constant": -1.43,
    "refutes": 0.052,
    "before": -0.668,
    "after": 0.918,
    "unit": 2.072,
}
#: The probability from which what differs is named.
NAMED = 0.5
