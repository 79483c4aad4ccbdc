"""A review that is killed: what was decided is there when it is opened again."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.records import Verdict
from factcheck.review.app import ReviewApp
from tests.review.desks import Bench, checked

pytestmark = pytest.mark.usefixtures("without_models", "verifier_alone")

CHILD = """
import asyncio, sys, time
from pathlib import Path
import factcheck.pipeline, factcheck.stance.judge
from tests.fakes import no_grammar
factcheck.pipeline.parse = factcheck.stance.judge.parse = no_grammar
from factcheck.review.app import ReviewApp
from tests.review.desks import Bench

async def review():
    with Bench(Path(sys.argv[1])).desk() as desk:
        app = ReviewApp(desk)
        async with app.run_test(size=(100, 30)) as pilot:
            while desk.session.checked < 3:
                await pilot.pause(0.01)
            await pilot.press("j", "v", "r", "n", *"odd", "ctrl+s")
            await pilot.pause()
            assert desk.session.decided == 1, desk.session.decided
            print("decided", flush=True)
            time.sleep(60)

asyncio.run(review())
"""


def test_what_was_decided_is_there_after_a_kill(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    assert child.stderr is not None
    try:
        assert child.stdout.readline() == "decided\n", child.stderr.read()
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate()

    async def shown() -> str:
        with Bench(tmp_path).desk() as desk:
            app = ReviewApp(desk)
            async with app.run_test(size=(100, 30)) as pilot:
                await pilot.press("j")
                await pilot.pause()
                return app.export_screenshot()

    screen = asyncio.run(shown()).replace("&#160;", " ")
    assert "your verdict: refuted" in screen
    assert "odd" in screen
    with Bench(tmp_path).desk() as desk:
        checked(desk)
        ruling = desk.session.entries[1].ruling
        assert ruling is not None
        assert (ruling.verdict, ruling.note) == (Verdict.REFUTED, "odd")
