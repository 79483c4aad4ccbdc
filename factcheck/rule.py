"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-3.443, -3.864),
    "supports": (1.034, -0.131),
    "refutes": (0.08, 1.264),
    "rewritten": (-0.356, 0.971),
    "turned": (-0.273, 0.44),
    "other unit": (-0.361, 2.566),
    "agreed": (1.082, -0.625),
    "missing": (-0.172, -1.153),
    "covered": (-1.3, -0.641),
    "own": (-0.015, 0.456),
    "likeness": (0.268, 1.483),
    "relevance": (2.914, 2.563),
    "elsewhere": (-2.417, -2.136),
    "office": (1.882, 0.021),
    "foreign": (-0.322, -0.218),
    "figures": (1.632, 0.538),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.45
#: For each sign, what it adds to the log odds that what differs is what a passage refutes by.
NAMING: dict[str, float] = {
    "constant": -1.398,
    "refutes": 0.06,
    "before": -0.658,
    "after": 0.913,
    "unit": 1.976,
}
#: The probability from which what differs is named.
NAMED = 0.5
