"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.638, -3.081),
    "supports": (0.917, -0.368),
    "refutes": (0.162, 1.307),
    "rewritten": (-0.155, 1.543),
    "turned": (-1.028, -0.702),
    "other unit": (-0.552, 2.738),
    "agreed": (1.765, -0.27),
    "missing": (0.064, -0.745),
    "covered": (-3.316, -2.318),
    "own": (1.634, 2.345),
    "likeness": (1.61, 2.547),
    "elsewhere": (-3.021, -2.968),
    "office": (1.769, -0.116),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.45
