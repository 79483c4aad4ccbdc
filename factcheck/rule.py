"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (0.0, 0.0),
    "supports": (1.0, 0.0),
    "refutes": (0.0, 1.0),
    "rewritten": (0.0, 0.0),
    "turned": (0.0, 0.0),
    "agreed": (0.0, 0.0),
    "missing": (0.0, 0.0),
    "covered": (0.0, 0.0),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.5
