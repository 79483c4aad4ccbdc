"""`factcheck review` as an application on the terminal.

Nothing else imports Textual, so that a check does not wait for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from factcheck.review.desk import Desk
from factcheck.review.screens.help import Section, bindings_of, key_name
from factcheck.review.screens.review import ReviewScreen
from factcheck.review.themes import ANSI_DARK, ANSI_LIGHT, DARK, LIGHT, is_light


def run_review(desk: Desk) -> None:
    """Go through the claims of a desk; returns when the reader leaves."""
    ReviewApp(desk).run()


class ReviewApp(App[None]):
    """The application: its looks, and the palette of commands."""

    TITLE = "factcheck"
    CSS_PATH = "app.tcss"

    def __init__(self, desk: Desk) -> None:
        # without colour the terminal's own are kept, and nothing is told by colour
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self._desk = desk
        self.ansi_theme_dark = ANSI_DARK
        self.ansi_theme_light = ANSI_LIGHT
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = (LIGHT if is_light() else DARK).name

    def get_default_screen(self) -> ReviewScreen:
        """The review."""
        return ReviewScreen(self._desk)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Everything a key does on this screen, and how it looks."""
        for binding in _bindings(screen):
            run = partial(self.run_action, binding.action, screen)
            yield SystemCommand(binding.tooltip or binding.description, _keys(binding), run)
        yield SystemCommand("Light or dark", "Change between light and dark", self.action_light)
        yield SystemCommand("Theme", "Choose among all themes", self.action_change_theme)

    def action_light(self) -> None:
        """Between light and dark."""
        self.theme = DARK.name if self.theme == LIGHT.name else LIGHT.name

    async def action_quit(self) -> None:
        """Leave, as `q` does."""
        self.action_help_quit()

    def action_help_quit(self) -> None:
        """Ctrl+C leaves, too."""
        review = self.screen_stack[0]
        if isinstance(review, ReviewScreen):
            review.action_leave()


def _bindings(screen: Screen[Any]) -> list[Binding]:
    """Those of a screen; how it looks is a command of its own."""
    own = bindings_of(Section.of("", type(screen)))
    return [binding for binding in own if binding.action != "app.light"]


def _keys(binding: Binding) -> str:
    return "Key: " + ", ".join(key_name(key) for key in binding.key.split(","))
