"""What `docs/review.md` and `docs/diff-rules.md` say is so: commands, the action, hooks, the example of a report."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from sdkloom.cli.arguments import parse
from sdkloom.cli.main import main

from ..repositories import SPEC, WITHOUT_NAME, Repository

ROOT = Path(__file__).resolve().parents[2]
REVIEW = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS: Any = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BLOCKS: list[tuple[str, str]] = re.findall(r"^```([a-z]+)\n(.*?)^```$", REVIEW, re.MULTILINE | re.DOTALL)


def block(language: str, start: str) -> str:
    """The one block of the page that begins like this."""
    (found,) = [text for name, text in BLOCKS if name == language and text.startswith(start)]
    return found


def commands() -> list[str]:
    """Everything on the page that runs `sdkloom diff`."""
    found = [line for line in REVIEW.splitlines() if line.startswith("    sdkloom diff ")]
    found += [hook["entry"] for hook in HOOKS if " diff " in hook["entry"]]
    found += [line.removeprefix("exec ") for line in block("sh", "#!/bin/sh").splitlines() if "sdkloom" in line]
    return [command.strip() for command in found]


@pytest.mark.parametrize("command", commands())
def test_commands(command: str) -> None:
    program, *arguments = shlex.split(command, comments=True)
    assert program == "sdkloom"
    assert parse(arguments).base


def test_all_kinds_of_commands_are_found() -> None:
    assert {"--html", "--changelog", "HEAD", ":spec/anthropic.yaml"} <= {w for c in commands() for w in c.split()}


def test_the_workflow() -> None:
    workflow: Any = yaml.safe_load(block("yaml", "name: Spec"))
    assert list(workflow[True]) == ["pull_request"]  # `on` is a boolean to YAML 1.1
    (step,) = [step for step in workflow["jobs"]["spec"]["steps"] if "sdkloom@" in step["uses"]]
    assert set(step["with"]) <= set(ACTION["inputs"])
    assert "steps.sdkloom.outputs.report" in str(workflow) and list(ACTION["outputs"]) == ["report"]
    assert step["id"] == "sdkloom"


def test_the_table_has_all_inputs() -> None:
    (table,) = re.findall(r"^\| input \|.*?\n\n", REVIEW, re.MULTILINE | re.DOTALL)
    assert re.findall(r"^\| `([a-z-]+)`", table, re.MULTILINE) == list(ACTION["inputs"])


def test_the_hooks_of_pre_commit() -> None:
    shown: Any = yaml.safe_load(block("yaml", "repos:"))
    assert [hook["id"] for hook in shown["repos"][0]["hooks"]] == [hook["id"] for hook in HOOKS]
    for hook in HOOKS:
        program, *arguments = shlex.split(hook["entry"])
        assert program == "sdkloom" and hook["language"] == "python" and hook["pass_filenames"] is False
        parse(arguments)


def test_the_hook(pets: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = pets.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(block("sh", "#!/bin/sh"))
    hook.chmod(0o755)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    pets.commit()  # a new field
    pets.commit({"notes.txt": "no spec"})
    pets.write({"spec/anthropic.yaml": WITHOUT_NAME})
    pets.git("add", "spec")
    pets.write({"spec/anthropic.yaml": SPEC})  # what isn't staged doesn't count
    with pytest.raises(subprocess.CalledProcessError):
        pets.git("commit", "-m", "a change that breaks")
    pets.git("commit", "-q", "--no-verify", "-m", "a change that breaks")


def test_the_driver(pets: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    subprocess.run(["sh", "-ec", block("sh", "git config diff.sdkloom")], check=True)
    assert "`pets.types.Pet.age` is new" in pets.git("diff")


def test_the_ignore_file(pets: Repository) -> None:
    pets.write({"spec/diff-ignore.yaml": block("yaml", "- id:").replace("2027", "2999")})
    ran = pets.diff("main")
    assert "warning[DIF007]: `cad0e8a1`" in ran.err
    assert "error" not in ran.err


def test_the_example_of_a_finding() -> None:
    report = (ROOT / "tests" / "specdiff" / "history" / "reports" / "07-renamed-type.txt").read_text(encoding="utf-8")
    assert block("text", "x ") in report


def test_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--rules"]) == 0
    assert (ROOT / "docs" / "diff-rules.md").read_text(encoding="utf-8") == capsys.readouterr().out
