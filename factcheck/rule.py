"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.394, -2.872),
    "supports": (1.036, -0.278),
    "refutes": (0.194, 1.453),
    "rewritten": (-0.162, 1.464),
    "turned": (-0.73, -0.422),
    "other unit": (-0.439, 3.313),
    "agreed": (1.532, -0.545),
    "missing": (-0.198, -1.129),
    "covered": (-1.8, -1.392),
    "own": (0.164, 1.876),
    "likeness": (1.433, 2.045),
    "elsewhere": (-3.002, -2.884),
    "office": (1.878, 0.042),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.5
