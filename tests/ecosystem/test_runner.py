"""The runner of other libraries' programs: what its table and its exit status say, with environments made of stubs."""

from __future__ import annotations

import venv
from pathlib import Path

import pytest

from . import __main__ as runner
from . import programs
from .environments import READY, environment_folder

SEND = """\
import json, os, urllib.request

def send(**body):
    request = urllib.request.Request(os.environ["ANTHROPIC_BASE_URL"] + "/v1/messages", json.dumps(body).encode())
    return json.load(urllib.request.urlopen(request))["content"][0]["text"]
"""
REFERENCE = SEND + "ONLY_THERE = True\nTEMPERATURE = 1\n"
OURS = SEND + "TEMPERATURE = 1.0\n"

GOOD = "from anthropic import send\nREPLIES = [{'text': 'Hello'}]\nassert send(model='m') == 'Hello'\n"
MISSING = "from anthropic import ONLY_THERE, send\nREPLIES = [{'text': 'Hello'}]\nsend(model='m')\n"
OTHER = "from anthropic import TEMPERATURE, send\nREPLIES = [{'text': 'Hello'}]\nsend(model='m', t=TEMPERATURE)\n"
BROKEN = "from anthropic import send\nREPLIES = [{'text': 'Hello'}]\nassert send(model='m') == 'Bye'\n"


def install(folder: Path, code: str) -> Path:
    """A package `anthropic` with this code, as pip would leave it."""
    about = folder / "anthropic-0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: anthropic\nVersion: 0\n", encoding="utf-8")
    (folder / "anthropic.py").write_text(code, encoding="utf-8")
    return folder


class Sets:
    """Sets of programs with environments that are there already."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "sets"
        self.cache = root / "cache"
        self.package = install(root / "package", OURS)

    def add(self, library: str, times: tuple[str, ...] = ("2024-09",), **sources: str) -> None:
        folder = self.folder / library
        folder.mkdir(parents=True)
        for name, source in sources.items():
            (folder / f"{name}.py").write_text(source, encoding="utf-8")
        for time in times:
            pins = folder / f"{time}.txt"
            pins.write_text("anthropic==0\n", encoding="utf-8")
            made = environment_folder(pins, self.cache)
            venv.create(made, with_pip=False, symlinks=True)
            install(next(made.glob("lib/python*/site-packages")), REFERENCE)
            (made / READY).touch()

    def run(self, *arguments: str) -> int:
        return runner.main([*arguments, "--cache", str(self.cache)])


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sets:
    made = Sets(tmp_path)
    monkeypatch.setattr(programs, "SETS", made.folder)
    monkeypatch.setattr(runner, "unpacked_package", lambda target: made.package)
    return made


def test_programs_that_run_with_both(sets: Sets, capsys: pytest.CaptureFixture[str]) -> None:
    sets.add("one", ("2024-09", "2024-10"), good=GOOD)
    assert sets.run() == 0
    assert capsys.readouterr().out.splitlines() == [
        "program           reference  generated  sent",
        "one/good 2024-09  runs       runs       1 requests, equal",
        "one/good 2024-10  runs       runs       1 requests, equal",
        "",
        "2 programs run with the reference, 2 of them with the generated package",
    ]


def test_a_program_that_runs_with_the_reference_only(sets: Sets, capsys: pytest.CaptureFixture[str]) -> None:
    sets.add("one", good=GOOD, missing=MISSING)
    assert sets.run() == 1
    out = capsys.readouterr().out
    assert "one/missing 2024-09  runs       FAILS" in out
    assert "one/missing 2024-09, generated: ImportError: cannot import name 'ONLY_THERE'" in out
    assert out.endswith("2 programs run with the reference, 1 of them with the generated package\n")


def test_a_program_that_sends_something_else(sets: Sets, capsys: pytest.CaptureFixture[str]) -> None:
    sets.add("one", other=OTHER)
    assert sets.run() == 1
    out = capsys.readouterr().out
    assert "one/other 2024-09  runs       runs       1 requests, DIFFERENT" in out
    assert '-   "t": 1\n+   "t": 1.0\n' in out


def test_a_program_that_fails_with_the_reference_does_not_count(sets: Sets, capsys: pytest.CaptureFixture[str]) -> None:
    sets.add("one", broken=BROKEN)
    assert sets.run("--verbose") == 0
    out = capsys.readouterr().out
    assert "one/broken 2024-09  fails      FAILS" in out
    assert out.endswith("0 programs run with the reference, 0 of them with the generated package\n")


def test_an_environment_that_cannot_be_made(sets: Sets, capsys: pytest.CaptureFixture[str]) -> None:
    sets.add("one", good=GOOD)
    sets.add("two", good=GOOD)
    next(sets.cache.glob("one-*/lib/python*/site-packages/anthropic.py")).write_text("oops", encoding="utf-8")
    assert sets.run() == 2
    out = capsys.readouterr().out
    assert "two/good 2024-09  runs       runs       1 requests, equal" in out
    assert "\none 2024-09: the environment can't be made: " in out


def test_the_packages_must_be_swapped(sets: Sets, capsys: pytest.CaptureFixture[str]) -> None:
    sets.add("one", good=GOOD)
    (sets.package / "anthropic.py").unlink()
    assert sets.run() == 2
    assert "the packages are not swapped" in capsys.readouterr().out


def test_one_set_of_several(sets: Sets, capsys: pytest.CaptureFixture[str]) -> None:
    sets.add("one", missing=MISSING)
    sets.add("two", good=GOOD)
    assert sets.run("two") == 0
    assert "one/" not in capsys.readouterr().out
    with pytest.raises(SystemExit):
        sets.run("three")
    assert "there is no set three" in capsys.readouterr().err
