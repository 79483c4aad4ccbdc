"""The application, driven by keys; what it shows, as text."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from factcheck.review.app import ReviewApp
from factcheck.review.desk import Desk
from factcheck.review.screens.review import ReviewScreen

Script = Callable[["Reader"], Awaitable[None]]


class Reader:
    """Somebody who reads the screen and presses keys."""

    def __init__(self, app: ReviewApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def review(self) -> ReviewScreen:
        found = self.app.screen_stack[0]
        assert isinstance(found, ReviewScreen)
        return found

    @property
    def screen(self) -> Screen[Any]:
        return self.app.screen

    def focus(self) -> Widget | None:
        """What takes the keys."""
        return self.app.screen.focused

    def shows(self, kind: type[Screen[Any]]) -> bool:
        """Whether a screen of that kind lies on top."""
        return isinstance(self.app.screen, kind)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def pause(self, seconds: float | None = None) -> None:
        await self.pilot.pause(seconds)

    async def text(self) -> str:
        """All that is on the screen, a line each."""
        await self.pilot.pause()
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)

    @property
    def said(self) -> str:
        return self.review.status.message

    @property
    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]


def drive(desk: Desk, script: Script, size: tuple[int, int] = (120, 40)) -> None:
    """Run the application over a desk, and `script` in it."""

    async def run() -> None:
        app = ReviewApp(desk)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await script(Reader(app, pilot))

    asyncio.run(run())
