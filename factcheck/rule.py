"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-1.367, -1.342),
    "supports": (0.829, 0.014),
    "refutes": (0.105, 0.905),
    "rewritten": (-0.464, 1.152),
    "turned": (-0.52, -0.15),
    "agreed": (1.428, -0.739),
    "missing": (-0.299, -1.264),
    "covered": (0.359, 2.268),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.45
