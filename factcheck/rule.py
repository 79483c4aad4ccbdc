"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.422, -2.899),
    "supports": (1.045, -0.278),
    "refutes": (0.184, 1.415),
    "rewritten": (-0.236, 1.479),
    "turned": (-0.573, -0.297),
    "other unit": (-0.439, 3.301),
    "agreed": (1.541, -0.519),
    "missing": (-0.213, -1.175),
    "covered": (-1.496, -0.813),
    "own": (-0.164, 1.206),
    "likeness": (1.501, 2.183),
    "elsewhere": (-2.941, -2.714),
    "office": (1.831, 0.026),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.5
#: For each sign, what it adds to the log odds that what differs is what a passage refutes by.
NAMING: dict[str, float] = {
    "constant": -1.562,
    "refutes": 0.089,
    "before": -0.688,
    "after": 0.96,
    "unit": 2.06,
}
#: The probability from which what differs is named.
NAMED = 0.5
