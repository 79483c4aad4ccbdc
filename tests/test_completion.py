"""The script is read by a real bash, and its function asked as bash asks it."""

from __future__ import annotations

import shutil
import subprocess
from argparse import ArgumentParser
from pathlib import Path

import pytest

from factcheck.arguments import parser
from factcheck.completion import SHELLS, completion_script
from factcheck.errors import UsageError

BASH = shutil.which("bash") or ""
needs_bash = pytest.mark.skipif(not BASH, reason="no bash on this machine")

#: What bash does when Tab is pressed behind the words it is given, the last of them unfinished.
ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
function=$(complete -p factcheck | sed -n 's/.*-F \\([^ ]*\\) .*/\\1/p')
"$function"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completed(folder: Path, *words: str, command: ArgumentParser | None = None) -> list[str]:
    """What bash offers in place of the last of `words`, in `folder`."""
    script = folder.parent / "script"
    script.write_text(completion_script(command or parser(), "bash"), encoding="utf-8")
    done = subprocess.run(
        [BASH, "--norc", "-c", ASK, "bash", str(script), "factcheck", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    # outside of a prompt there is nothing for `compopt` to set
    assert [line for line in done.stderr.splitlines() if "compopt" not in line] == []
    return sorted(done.stdout.split("\n")[:-1])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    work = tmp_path / "work"
    (work / "my-index").mkdir(parents=True)
    (work / "mine").mkdir()
    (work / "my-article.md").write_text("A port.")
    return work


def small() -> ArgumentParser:
    """A command line of one command, with names of every kind."""
    top = ArgumentParser(prog="factcheck")
    check = top.add_subparsers(metavar="COMMAND").add_parser("check", help="check: it's $HOME `x`")
    check.add_argument("article", metavar="ARTICLE", nargs="*")
    check.add_argument("--index", metavar="INDEX", action="append", type=Path)
    check.add_argument("-o", "--output", metavar="OUT", type=Path)
    check.add_argument("--sort", choices=["verdict", "place"])
    check.add_argument("--claim", metavar="TEXT", nargs="+")
    return top


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh", "fish"])
def test_the_script_is_well_formed(tmp_path: Path, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} on this machine")
    script = tmp_path / "script"
    script.write_text(completion_script(parser(), shell), encoding="utf-8")
    done = subprocess.run(
        [program, "-n", str(script)], capture_output=True, text=True, check=False, timeout=20
    )
    assert (done.returncode, done.stderr) == (0, "")


@needs_bash
def test_commands_and_flags_of_the_real_command_line(folder: Path) -> None:
    assert "check" in completed(folder, "ch")
    assert {"check", "claims", "demo", "index"} <= set(completed(folder, ""))
    assert completed(folder, "index", "bui") == ["build"]
    assert {"--format", "--fail-on"} <= set(completed(folder, "check", "--f"))
    assert {"terminal", "json"} <= set(completed(folder, "check", "a.md", "--format", ""))


@needs_bash
def test_files_for_an_article_and_folders_for_an_index(folder: Path) -> None:
    assert completed(folder, "check", "my-a") == ["my-article.md"]
    assert completed(folder, "check", "my-article.md", "--index", "m") == ["mine", "my-index"]
    assert completed(folder, "index", "info", "my-") == ["my-index"]
    assert completed(folder, "index", "build", "mine", "my-") == ["my-article.md", "my-index"]


@needs_bash
def test_every_kind_of_argument(folder: Path) -> None:
    def asked(*words: str) -> list[str]:
        return completed(folder, "check", *words, command=small())

    assert asked("my-article.md", "my-a") == ["my-article.md"]
    assert asked("--index", "mine", "--index", "my") == ["my-index"]
    assert asked("--output", "my") == asked("-o", "my") == ["my-article.md", "my-index"]
    assert asked("--sort", "") == ["place", "verdict"]
    assert asked("--claim", "my") == [""]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_script_that_names_commands_and_flags(shell: str) -> None:
    script = completion_script(parser(), shell)
    assert script.endswith("\n")
    for word in ("factcheck", "check", "claims", "verify", "fail-on"):
        assert word in script


def test_zsh_and_fish_complete_folders_and_files() -> None:
    assert "#compdef factcheck" in completion_script(small(), "zsh").splitlines()
    zsh = completion_script(small(), "zsh")
    assert ":INDEX:_files -/" in zsh
    assert ":_files" in zsh
    fish = completion_script(small(), "fish")
    assert "__fish_complete_directories" in fish
    assert "__fish_complete_path" in fish


def test_another_shell_is_refused() -> None:
    with pytest.raises(UsageError, match="no completion for 'elvish', expected bash, zsh, tcsh"):
        completion_script(parser(), "elvish")
