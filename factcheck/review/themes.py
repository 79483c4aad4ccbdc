"""How the review looks, light and dark."""

from __future__ import annotations

import os
from collections.abc import Mapping

from rich.terminal_theme import TerminalTheme
from textual.theme import Theme

DARK = Theme(
    "desk-dark",
    primary="#7aa2f7",
    secondary="#8a93a8",
    accent="#e0af68",
    foreground="#d8dbe2",
    background="#16181d",
    surface="#1d2027",
    panel="#262a33",
    success="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    dark=True,
    variables={"footer-background": "#1d2027", "footer-key-foreground": "#7aa2f7"},
)
LIGHT = Theme(
    "desk-light",
    primary="#2453a6",
    secondary="#5c6370",
    accent="#8a5a00",
    foreground="#20242c",
    background="#fbfaf7",
    surface="#f1efe9",
    panel="#e6e3da",
    success="#22722b",
    warning="#8a5a00",
    error="#b3212f",
    dark=False,
    variables={"footer-background": "#f1efe9", "footer-key-foreground": "#2453a6"},
)

#: What the colours of verdicts are on those backgrounds; each is at least 4.5 : 1 on its own.
ANSI_DARK = TerminalTheme(
    (22, 24, 29),
    (216, 219, 226),
    [
        (40, 44, 52),
        (247, 118, 142),
        (158, 206, 106),
        (224, 175, 104),
        (122, 162, 247),
        (199, 146, 234),
        (110, 200, 214),
        (216, 219, 226),
    ],
    [
        (110, 118, 135),
        (255, 145, 165),
        (180, 222, 135),
        (240, 200, 140),
        (150, 185, 255),
        (216, 172, 244),
        (145, 220, 230),
        (255, 255, 255),
    ],
)
ANSI_LIGHT = TerminalTheme(
    (251, 250, 247),
    (32, 36, 44),
    [
        (32, 36, 44),
        (179, 33, 47),
        (34, 114, 43),
        (138, 90, 0),
        (36, 83, 166),
        (122, 44, 148),
        (11, 103, 117),
        (95, 99, 107),
    ],
    [
        (128, 132, 140),
        (179, 33, 47),
        (34, 114, 43),
        (138, 90, 0),
        (36, 83, 166),
        (122, 44, 148),
        (11, 103, 117),
        (32, 36, 44),
    ],
)


def is_light(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal says that its background is light (`COLORFGBG`: `"0;15"`)."""
    return environment.get("COLORFGBG", "").rsplit(";", 1)[-1] in {"7", "15"}
