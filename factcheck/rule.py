"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.406, -2.87),
    "supports": (1.042, -0.271),
    "refutes": (0.193, 1.446),
    "rewritten": (-0.215, 1.427),
    "turned": (-0.678, -0.386),
    "other unit": (-0.435, 3.326),
    "agreed": (1.515, -0.558),
    "missing": (-0.186, -1.129),
    "covered": (-1.8, -1.385),
    "own": (0.14, 1.836),
    "likeness": (1.481, 2.08),
    "elsewhere": (-3.016, -2.907),
    "office": (1.874, 0.036),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.5
