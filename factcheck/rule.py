"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.642, -3.074),
    "supports": (0.916, -0.275),
    "refutes": (0.164, 1.227),
    "rewritten": (-0.395, 1.378),
    "turned": (-0.622, -0.732),
    "other unit": (-0.854, 0.538),
    "agreed": (1.813, -0.231),
    "missing": (0.05, -0.663),
    "covered": (-1.38, -0.233),
    "likeness": (1.653, 2.809),
    "elsewhere": (-3.09, -3.085),
    "office": (0.0, 0.0),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.4
