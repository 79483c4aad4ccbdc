"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.576, -3.025),
    "supports": (0.838, -0.258),
    "refutes": (0.231, 1.263),
    "rewritten": (-0.387, 0.852),
    "turned": (-0.939, -0.244),
    "other unit": (-0.742, 0.489),
    "agreed": (1.648, -0.413),
    "missing": (0.014, -0.57),
    "covered": (-0.742, -0.008),
    "likeness": (1.408, 2.868),
    "elsewhere": (-3.2, -3.8),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.4
