"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.365, -2.828),
    "supports": (0.991, -0.297),
    "refutes": (0.24, 1.484),
    "rewritten": (-0.18, 1.434),
    "turned": (-0.876, -0.67),
    "other unit": (-0.464, 3.287),
    "agreed": (1.674, -0.408),
    "missing": (-0.14, -1.097),
    "covered": (-1.998, -1.561),
    "own": (0.062, 1.771),
    "likeness": (1.626, 2.158),
    "elsewhere": (-3.056, -2.812),
    "office": (1.791, 0.023),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.45
