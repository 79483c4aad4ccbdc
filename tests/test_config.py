from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

import pytest

from factcheck.config import MAX_BYTES, Config, default_path, fill, no_index, read_config
from factcheck.errors import UsageError

EVERYTHING = """\
index = ["~/press", "laws", "/srv/talks"]
verifier = "fast"
format = "html"
source = "reports/"
exclude = ["draft", "*.tmp"]
as_of = 2024-03-31
sort = "verdict"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return tmp_path


@pytest.fixture
def file(home: Path) -> Path:
    (home / "settings").mkdir()
    return home / "settings" / "config.toml"


def read(file: Path, text: str, **environ: str) -> Config:
    file.write_text(text, encoding="utf-8")
    return read_config({"FACTCHECK_CONFIG": str(file), **environ})


def refusal(file: Path, text: str) -> str:
    with pytest.raises(UsageError) as caught:
        read(file, text)
    message = str(caught.value)
    assert str(file) in message
    return message


def test_everything_a_file_can_say(file: Path, home: Path) -> None:
    assert read(file, EVERYTHING) == Config(
        path=file,
        index=(home / "press", file.parent / "laws", Path("/srv/talks")),
        verifier="fast",
        format="html",
        source=("reports/",),
        exclude=("draft", "*.tmp"),
        as_of="2024-03-31",
        sort="verdict",
    )


def test_an_empty_file_and_none_say_nothing(file: Path, home: Path) -> None:
    assert read(file, "") == read(file, "\ufeff# nothing\n") == Config(file)
    assert default_path().is_relative_to(home)
    assert not default_path().exists()
    for environ in ({}, {"FACTCHECK_CONFIG": "", "FACTCHECK_INDEX": ""}):
        assert read_config(environ) == Config(default_path())


def test_the_file_in_the_folder_of_settings_is_found() -> None:
    default_path().parent.mkdir(parents=True)
    default_path().write_text('index = "press"')
    assert read_config({}).index == (default_path().parent / "press",)


def test_relative_folders_are_the_files_own(
    file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    file.write_text('index = ["../one", "."]')
    config = read_config({"FACTCHECK_CONFIG": "settings/config.toml"})
    assert config.index == (home / "settings" / ".." / "one", home / "settings")
    assert read_config({"FACTCHECK_CONFIG": "~/settings/config.toml"}).index == config.index


def test_the_environment_beats_the_file(file: Path, home: Path) -> None:
    several = os.pathsep.join(["~/press", "", "laws"])
    config = read(file, EVERYTHING, FACTCHECK_INDEX=several)
    assert config.index == (home / "press", Path("laws"))
    assert (config.verifier, config.as_of) == ("fast", "2024-03-31")
    assert (config.origin("index"), config.origin("verifier")) == ("FACTCHECK_INDEX", str(file))
    assert read(file, EVERYTHING, FACTCHECK_INDEX=os.pathsep).origin("index") == str(file)


def test_a_flag_beats_both(file: Path) -> None:
    given = {"index": [Path("mine")], "format": "csv", "source": ["a"], "as_of": "2020-01-01"}
    options = Namespace(**given, exclude=None, verifier=None, sort=None, article="a.md")
    told = fill(options, read(file, EVERYTHING, FACTCHECK_INDEX="press"))
    assert vars(options) == {
        **given,
        "exclude": ["draft", "*.tmp"],
        "verifier": "fast",
        "sort": "verdict",
        "article": "a.md",
    }
    assert told == tuple(f"{key} from {file}" for key in ("verifier", "exclude", "sort"))


def test_only_what_a_command_has_is_filled(file: Path, home: Path) -> None:
    options = Namespace(index=None)
    told = fill(options, read(file, EVERYTHING, FACTCHECK_INDEX="~/x"))
    assert vars(options) == {"index": [home / "x"]}
    assert told == ("index from FACTCHECK_INDEX",)
    assert fill(Namespace(index=None), Config(file)) == ()


@pytest.mark.parametrize(
    ("line", "got", "expected"),
    [
        ("index = 3", "index as the whole number 3", "a folder, or a list of folders"),
        ('index = ["a", 3]', "index as the list ['a', 3]", "a folder, or a list of folders"),
        ('index = ["a", " "]', "index as the list ['a', ' ']", "a folder, or a list of folders"),
        ('index = ""', "index as the string ''", "a folder, or a list of folders"),
        ("[index]\na = 1", "index as the table {'a': 1}", "a folder, or a list of folders"),
        ("verifier = true", "verifier as the truth value True", '"careful", "fast", or'),
        ('format = "docx"', "format as the string 'docx'", "a form of report, such as"),
        ("format = 1.5", "format as the number 1.5", "a form of report, such as"),
        ('source = ["a", [["b"]]]', "source as the list ['a', [['b']]]", "a pattern, or a list"),
        ('exclude = ""', "exclude as the string ''", "a pattern, or a list of patterns, none of"),
        ('as_of = "31.3.2024"', "as_of as the string '31.3.2024'", "a date such as 2024-03-31"),
        ("as_of = 2024-03-31T10:00:00", "as_of as the moment 2024-03-31 10:00:00", "a date such"),
        ("as_of = 10:00:00", "as_of as the time 10:00:00", "a date such as 2024-03-31"),
        ("sort = 2024-03-31", "sort as the date 2024-03-31", '"verdict"'),
        ('sort = "date"', "sort as the string 'date'", '"verdict"'),
    ],
)
def test_a_wrong_value_is_named(file: Path, line: str, got: str, expected: str) -> None:
    assert refusal(file, line).startswith(f"{str(file)!r} gives {got}, expected {expected}")


def test_a_date_may_be_written_as_a_string(file: Path) -> None:
    assert read(file, 'as_of = "2024-03-31"').as_of == "2024-03-31"


def test_a_key_that_is_none_is_named_with_the_nearest(file: Path) -> None:
    message = refusal(file, 'as-of = "2024-03-31"')
    assert "has the key 'as-of', expected one of as_of, exclude, format, index," in message
    assert message.endswith("did you mean 'as_of'?")
    assert refusal(file, "zebra = 1").endswith("take it out")


def test_what_an_error_quotes_is_short_and_inert(file: Path) -> None:
    message = refusal(file, f'sort = "\\u001b[2J{"x" * 5000}"')
    assert "\x1b" not in message
    assert len(message) < 400
    assert len(refusal(file, f"{'k' * 5000} = 1")) < 400


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("index =", r"are no TOML \(Invalid value \(at end of document\)\)"),
        ('index = "a"\nindex = "b"\n#', r"are no TOML \(Cannot overwrite a value \(at line 2"),
        ("index = " + "[" * 5000, r"are no TOML \((?:nested too deeply|TOML)"),
        ("# " + "x" * MAX_BYTES, "is larger than 64 KB"),
    ],
)
def test_a_file_that_is_broken(file: Path, text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read(file, text)


def test_a_file_that_is_no_text_or_no_file(file: Path) -> None:
    file.write_bytes(b'index = "\xff"')
    environ = {"FACTCHECK_CONFIG": str(file)}
    with pytest.raises(UsageError, match="can't decode byte 0xff"):
        read_config(environ)
    with pytest.raises(UsageError, match=r"cannot be read \(is a directory\)"):
        read_config({"FACTCHECK_CONFIG": str(file.parent)})
    file.unlink()
    with pytest.raises(UsageError, match=r"FACTCHECK_CONFIG names .*there is no such file"):
        read_config(environ)


def test_without_an_index_the_ways_to_name_one_are_told(file: Path) -> None:
    message = str(no_index(Config(file)))
    for way in ("--index INDEX", "FACTCHECK_INDEX=INDEX", 'index = "INDEX"', str(file)):
        assert way in message


def test_the_null_device_is_a_file_of_no_defaults() -> None:
    assert read_config({"FACTCHECK_CONFIG": os.devnull}) == Config(Path(os.devnull))
