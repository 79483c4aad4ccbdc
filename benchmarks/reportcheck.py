"""The HTML report in a browser, judged by axe-core: `python -m benchmarks.reportcheck`.

Renders a report (that of the tests, or the one given with `--report`) and opens it in Chromium, as
wide as a phone and as a desk, light and dark. It has to make no request, to fit without scrolling
sideways, and to violate no rule of WCAG 2.2, level A or AA, that axe-core knows. A picture of each
window goes to `--pictures`. npm fetches axe-core and the browser's driver once, into the cache.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from platformdirs import user_cache_path

from factcheck.render.html import render_html
from factcheck.reportfile import read_report
from tests.render.sample import report as sample

PACKAGES = ("axe-core@4.10.3", "puppeteer-core@24.15.0")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
#: Narrower than any phone that is sold; only judged.
NARROWEST = (360, 640)
SECONDS = 300


@dataclass(frozen=True, slots=True)
class View:
    """A window: its size in CSS pixels, its colour scheme, and where its picture goes, if any."""

    name: str
    width: int
    height: int
    scheme: str
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a window shows: broken rules, rules axe-core is unsure of, and how many are kept.

    `requests` are the addresses asked for, `errors` what the browser's console says, and `sideways`
    the pixels by which the page is too wide.
    """

    violations: list[str]
    unsure: list[str]
    passes: int
    requests: list[str]
    errors: list[str]
    sideways: int

    @property
    def wrong(self) -> list[str]:
        """All that is not as it has to be."""
        wide = [f"{self.sideways} pixels too wide"] if self.sideways else []
        return [
            *self.violations,
            *(f"request: {each}" for each in self.requests),
            *self.errors,
            *wide,
        ]


def take_pictures(html: str, folder: Path) -> None:
    """Write `report-{phone,desktop}-{light,dark}.png` of the page to `folder`, which has to exist.

    Ends the program with a sentence where Chromium or npm is missing.
    """
    look(html, views(folder), judge=False)


def views(folder: Path | None = None) -> list[View]:
    """Every window that is looked through; their pictures go to `folder`."""
    return [
        View(name, *size, scheme, str(folder.resolve() / f"{name}.png") if folder else None)
        for word, size in SIZES.items()
        for scheme in ("light", "dark")
        for name in [f"report-{word}-{scheme}"]
    ]


def look(html: str, windows: Sequence[View], judge: bool = True) -> list[Seen]:
    """What each window shows of the page; axe-core is left out unless `judge`."""
    chromium, node, modules = find_browser(), find("node"), install()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "report.html")
        page.write_text(html, encoding="utf-8")
        job = {
            "chromium": chromium,
            "modules": str(modules),
            "page": page.as_uri(),
            "tags": TAGS,
            "axe": judge,
            "views": [asdict(window) for window in windows],
        }
        done = subprocess.run(
            [node, str(Path(__file__).with_suffix(".mjs"))],
            input=json.dumps(job),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    if done.returncode:
        sys.exit(f"the browser did not come to an end: node says {done.returncode}")
    return [Seen(**each) for each in json.loads(done.stdout)]


def find_browser() -> str:
    """Where Chromium is; ends the program with a sentence if it is nowhere."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    sys.exit(f"no browser found; looked for {', '.join(BROWSERS)}: install Chromium")


def find(program: str) -> str:
    """Where a program of Node.js is; ends the program with a sentence if it is nowhere."""
    path = shutil.which(program)
    if path is None:
        sys.exit(f"{program} not found: install Node.js 20 or later, which brings node and npm")
    return path


def install() -> Path:
    """The folder that holds axe-core and the driver, in the versions pinned."""
    folder = user_cache_path("factcheck") / "reportcheck"
    done = folder / "installed"
    wanted = " ".join(PACKAGES)
    if not done.is_file() or done.read_text(encoding="utf-8") != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        options = [
            "--silent",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            str(folder),
        ]
        command = [find("npm"), "install", *options, *PACKAGES]
        if subprocess.run(command, check=False, timeout=SECONDS).returncode:
            sys.exit(f"npm could not install {wanted}; is there a network?")
        done.write_text(wanted, encoding="utf-8")
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each window shows; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, help="a saved report; without it, that of the tests")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of the windows")
    options = parser.parse_args(arguments)
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    html = render_html(read_report(options.report) if options.report else sample())
    windows = [*views(options.pictures), View("narrowest", *NARROWEST, "light")]
    results = look(html, windows)
    print(f"{len(html.encode()):,} bytes")
    print(f"{'window':24}violations  unsure  kept  requests  too wide")
    for window, seen in zip(windows, results, strict=True):
        print(
            f"{window.name:24}{len(seen.violations):10}{len(seen.unsure):8}{seen.passes:6}"
            f"{len(seen.requests):10}{seen.sideways:10}"
        )
    told = sorted({each for seen in results for each in seen.wrong})
    unsure = sorted({each for seen in results for each in seen.unsure})
    for each in [*told, *(f"unsure: {each}" for each in unsure)]:
        print(each)
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
