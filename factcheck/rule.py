"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-1.893, -2.53),
    "supports": (1.053, -0.276),
    "refutes": (0.156, 1.412),
    "rewritten": (-0.321, 1.429),
    "turned": (-0.558, -0.261),
    "other unit": (-0.388, 3.341),
    "agreed": (1.482, -0.583),
    "missing": (-0.239, -1.158),
    "covered": (-1.756, -0.912),
    "own": (-0.226, 1.201),
    "likeness": (1.496, 2.088),
    "elsewhere": (-2.528, -2.383),
    "office": (1.714, -0.049),
    "foreign": (-0.934, -0.609),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.5
#: For each sign, what it adds to the log odds that what differs is what a passage refutes by.
NAMING: dict[str, float] = {
    "constant": -1.534,
    "refutes": 0.07,
    "before": -0.681,
    "after": 0.911,
    "unit": 2.089,
}
#: The probability from which what differs is named.
NAMED = 0.5
