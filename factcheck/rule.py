"""The weights of the rule in `factcheck.verdict`; made by `training.rule`."""

from __future__ import annotations

#: For each sign, what it adds to SUPPORTS and to REFUTES; NEI stays at 0.
RULE: dict[str, tuple[float, float]] = {
    "constant": (-2.986, -3.429),
    "supports": (1.074, -0.117),
    "refutes": (0.03, 1.249),
    "rewritten": (-0.437, 0.987),
    "turned": (-0.177, 0.388),
    "other unit": (-0.795, 2.399),
    "agreed": (0.902, -0.66),
    "missing": (-0.109, -1.16),
    "covered": (-1.196, -0.542),
    "own": (-0.143, 0.502),
    "likeness": (0.416, 1.56),
    "relevance": (2.244, 1.773),
    "elsewhere": (-2.428, -2.142),
    "office": (1.79, -0.033),
    "foreign": (-0.478, -0.322),
    "figures": (1.78, 0.566),
}
#: The probability from which SUPPORTS or REFUTES is believed.
THRESHOLD = 0.45
#: For each sign, what it adds to the log odds that what differs is what a passage refutes by.
NAMING: dict[str, float] = {
    "constant": -1.38,
    "refutes": 0.051,
    "before": -0.661,
    "after": 0.929,
    "unit": 1.974,
}
#: The probability from which what differs is named.
NAMED = 0.5
