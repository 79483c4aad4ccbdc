"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-1.822, -1.81),
    "supports": (0.84, -0.159),
    "refutes": (0.21, 1.202),
    "rewritten": (-0.354, 1.273),
    "turned": (-1.152, -0.664),
    "other unit": (0.0, 0.0),
    "agreed": (1.497, -0.665),
    "missing": (0.014, -0.745),
    "covered": (0.314, 2.145),
    "likeness": (0.0, 0.0),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.4
