"""What `docs/review.md` and `docs/diff-rules.md` say is so: commands, the workflow, hooks, the example of a report."""

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
BLOCKS: list[tuple[str, str]] = re.findall(r"^```([a-z]+)\n(.*?)^```$", REVIEW, re.MULTILINE | re.DOTALL)


def block(language: str, start: str) -> str:
    """The one block of the page that begins like this."""
    (found,) = [text for name, text in BLOCKS if name == language and text.startswith(start)]
    return found


def commands() -> list[str]:
    """Everything on the page that runs `sdkloom diff`."""
    workflow: Any = yaml.safe_load(block("yaml", "name: Spec"))
    hooks: Any = yaml.safe_load(block("yaml", "repos:"))
    found = [line for line in REVIEW.splitlines() if line.startswith("    sdkloom diff ")]
    found += [step["run"] for step in workflow["jobs"]["diff"]["steps"] if "sdkloom" in step.get("run", "")]
    found += [hooks["repos"][0]["hooks"][0]["entry"]]
    found += [line.removeprefix("exec ") for line in block("sh", "#!/bin/sh").splitlines() if "sdkloom" in line]
    return [command.strip() for command in found]


@pytest.mark.parametrize("command", commands())
def test_commands(command: str) -> None:
    program, *arguments = shlex.split(command.replace("$GITHUB_BASE_REF", "main"), comments=True)
    assert program == "sdkloom"
    assert parse(arguments).base


def test_all_kinds_of_commands_are_found() -> None:
    assert {"--github", "--changelog", "HEAD", ":spec/anthropic.yaml"} <= {w for c in commands() for w in c.split()}


def test_the_workflow() -> None:
    workflow: Any = yaml.safe_load(block("yaml", "name: Spec"))
    assert workflow[True] == {"pull_request": {"paths": ["spec/**"]}}  # `on` is a boolean to YAML 1.1
    for step in workflow["jobs"]["diff"]["steps"]:
        assert ("uses" in step) != ("run" in step)
        if "run" in step:
            subprocess.run(["sh", "-n"], input=step["run"].encode(), check=True)


def test_the_workflow_compares_with_its_base(pets: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps that fetch and compare, in a clone as shallow as the one of a pull request."""
    pets.commit({"spec/anthropic.yaml": WITHOUT_NAME}, branch="change")
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", "--branch=change", f"file://{pets.root}", str(clone)], check=True
    )
    workflow: Any = yaml.safe_load(block("yaml", "name: Spec"))
    steps = {step.get("name"): step.get("run") for step in workflow["jobs"]["diff"]["steps"]}
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    subprocess.run(["sh", "-ec", steps["Fetch the base"]], cwd=clone, check=True)
    ran = subprocess.run(["sh", "-ec", steps["Compare"]], cwd=clone, check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "::error file=spec/anthropic.yaml" in ran.stdout
    assert "pets.types.Pet.name" in (clone / "comment.md").read_text()
    assert "<html" in (clone / "spec-diff.html").read_text()


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
