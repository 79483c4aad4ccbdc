"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.361, -2.864),
    "supports": (1.039, -0.273),
    "refutes": (0.198, 1.452),
    "rewritten": (-0.257, 1.454),
    "turned": (-0.685, -0.414),
    "other unit": (-0.426, 3.295),
    "agreed": (1.52, -0.543),
    "missing": (-0.195, -1.122),
    "covered": (-1.825, -1.466),
    "own": (0.196, 1.921),
    "likeness": (1.424, 2.051),
    "elsewhere": (-3.002, -2.9),
    "office": (1.847, 0.043),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.5
#: For each sign, what it adds to the log odds that what differs is what a passage refutes by.
NAMING: dict[str, float] = {
    "constant": -1.566,
    "refutes": 0.088,
    "before": -0.675,
    "after": 0.981,
    "unit": 2.052,
}
#: The probability from which what differs is named.
NAMED = 0.5
