"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-1.817, -2.545),
    "supports": (1.07, -0.278),
    "refutes": (0.124, 1.414),
    "rewritten": (-0.477, 1.423),
    "turned": (-0.584, -0.261),
    "other unit": (-0.333, 3.325),
    "agreed": (1.285, -0.586),
    "missing": (-0.106, -1.168),
    "covered": (-1.604, -0.914),
    "own": (-0.109, 1.218),
    "likeness": (1.291, 2.089),
    "elsewhere": (-2.425, -2.409),
    "office": (1.738, -0.055),
    "foreign": (-1.069, -0.576),
    "figures": (2.056, 0.379),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.5
#: For each sign, what it adds to the log odds that what differs is what a passage refutes by.
NAMING: dict[str, float] = {
    "constant": -1.384,
    "refutes": 0.012,
    "before": -0.687,
    "after": 0.917,
    "unit": 2.121,
}
#: The probability from which what differs is named.
NAMED = 0.5
