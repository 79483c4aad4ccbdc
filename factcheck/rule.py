"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-3.406, -2.901),
    "supports": (0.83, -0.114),
    "refutes": (-0.324, 0.666),
    "rewritten": (-0.373, 0.766),
    "turned": (0.981, 0.682),
    "agreed": (2.524, 0.266),
    "missing": (-0.167, -1.015),
    "covered": (2.933, 4.521),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.45
