"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-1.623, -2.46),
    "supports": (1.048, -0.29),
    "refutes": (0.162, 1.424),
    "rewritten": (-0.324, 1.457),
    "turned": (-0.724, -0.401),
    "other unit": (-0.342, 3.268),
    "agreed": (1.465, -0.553),
    "missing": (-0.315, -1.147),
    "covered": (-1.713, -1.006),
    "own": (-0.22, 1.215),
    "likeness": (1.438, 2.114),
    "elsewhere": (-2.125, -2.279),
    "office": (1.636, -0.035),
    "foreign": (-1.3, -0.5),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.5
#: For each sign, what it adds to the log odds that what differs is what a passage refutes by.
NAMING: dict[str, float] = {
    "constant": -1.529,
    "refutes": 0.068,
    "before": -0.681,
    "after": 0.907,
    "unit": 2.092,
}
#: The probability from which what differs is named.
NAMED = 0.5
