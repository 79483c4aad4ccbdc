"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.394, -2.869),
    "supports": (1.033, -0.279),
    "refutes": (0.197, 1.456),
    "rewritten": (-0.173, 1.465),
    "turned": (-0.73, -0.426),
    "other unit": (-0.438, 3.311),
    "agreed": (1.518, -0.55),
    "missing": (-0.19, -1.129),
    "covered": (-1.786, -1.385),
    "own": (0.167, 1.861),
    "likeness": (1.435, 2.048),
    "elsewhere": (-3.014, -2.913),
    "office": (1.869, 0.043),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.5
