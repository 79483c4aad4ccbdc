"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-1.89, -2.529),
    "supports": (1.051, -0.277),
    "refutes": (0.156, 1.411),
    "rewritten": (-0.338, 1.421),
    "turned": (-0.555, -0.262),
    "other unit": (-0.384, 3.315),
    "agreed": (1.503, -0.573),
    "missing": (-0.224, -1.156),
    "covered": (-1.742, -0.898),
    "own": (-0.212, 1.209),
    "likeness": (1.465, 2.072),
    "elsewhere": (-2.532, -2.394),
    "office": (1.703, -0.049),
    "foreign": (-0.93, -0.609),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.5
#: For each sign, what it adds to the log odds that what differs is what a passage refutes by.
NAMING: dict[str, float] = {
    "constant": -1.536,
    "refutes": 0.071,
    "before": -0.68,
    "after": 0.91,
    "unit": 2.089,
}
#: The probability from which what differs is named.
NAMED = 0.5
