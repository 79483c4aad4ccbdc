from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from factcheck.arguments import parser

ROOT = Path(__file__).parent.parent


def _shell_lines(text: str) -> list[str]:
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", text, flags=re.DOTALL)
    return [line.removeprefix("$ ").strip() for block in blocks for line in block.splitlines()]


def test_every_command_of_the_readme_parses() -> None:
    lines = _shell_lines((ROOT / "README.md").read_text(encoding="utf-8"))
    commands = [line for line in lines if line.startswith("factcheck ")]
    assert len(commands) >= 6
    for line in commands:
        parser().parse_args(shlex.split(line, comments=True)[1:])


def test_the_readme_shows_the_help_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"```\n{parser().format_help()}```" in readme


def test_make_test_is_what_ci_runs_and_the_readme_says() -> None:
    assert "make test" in _shell_lines((ROOT / "README.md").read_text(encoding="utf-8"))
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "make test"


def test_every_flag_has_help() -> None:
    def walk(command: object) -> list[str]:
        missing = []
        for action in command._actions:  # type: ignore[attr-defined]
            if action.help is None and not getattr(action, "choices", None):
                missing.append(f"{command.prog} {action.dest}")  # type: ignore[attr-defined]
            if isinstance(getattr(action, "choices", None), dict):
                for child in action.choices.values():
                    missing += walk(child)
        return missing

    assert walk(parser()) == []
