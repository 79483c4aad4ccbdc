"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-1.553, -1.491),
    "supports": (0.861, -0.022),
    "refutes": (0.179, 1.108),
    "rewritten": (-0.47, 1.245),
    "turned": (-0.665, -0.423),
    "agreed": (1.438, -0.753),
    "missing": (-0.198, -1.063),
    "covered": (0.367, 2.058),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.45
