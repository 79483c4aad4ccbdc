"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.43, -3.041),
    "supports": (0.839, -0.262),
    "refutes": (0.218, 1.261),
    "rewritten": (-0.397, 0.865),
    "turned": (-0.918, -0.219),
    "other unit": (-0.775, 0.5),
    "agreed": (1.668, -0.412),
    "missing": (0.071, -0.56),
    "covered": (-0.783, -0.014),
    "likeness": (1.503, 2.883),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.45
