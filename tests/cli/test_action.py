"""The GitHub action: its scripts run as on a runner, in a clone, with a `gh` that writes down what it is asked."""

from __future__ import annotations

import itertools
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml

from sdkloom.cli.main import main

from ..repositories import SPEC, WITHOUT_NAME, Repository

ROOT = Path(__file__).resolve().parents[2]
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[Any] = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
HOSTILE = (
    "$(touch pwned)`touch pwned`'; touch pwned; '\"; touch pwned; \"\ntouch pwned\n* ../*",
    "--html=pwned",
    "\n::add-mask::runs\n",
)
GH = """\
#!/bin/sh
printf '%s\\n' "$@" >> "$RUNNER_TEMP/asked"
case "$*" in *--jq*) cat "$RUNNER_TEMP/known";; esac
"""


@attrs.frozen
class Runner:
    """A runner that has checked out a branch of `pets`, as shallow as that of a pull request."""

    checkout: Path
    temp: Path

    def run(self, step: str, known: str = "", **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run the step that is called so; `known` is the id of an earlier comment."""
        (found,) = [each for each in STEPS if each.get("name") == step]
        (self.temp / "known").write_text(known)
        given = {name: each["default"] for name, each in ACTION["inputs"].items()} | {"base": "main"} | inputs
        values = {f"inputs.{name}": value for name, value in given.items()}
        values |= {"github.token": "t", "github.event.number": "7"}
        environment = {
            name: EXPRESSION.sub(lambda m: values[m[1].strip()], text) for name, text in found["env"].items()
        }
        (self.temp / "script.sh").write_text(found["run"])
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(self.temp / "script.sh")],
            cwd=self.checkout,
            env={**os.environ, **self._variables(), **environment},
            check=False,
            capture_output=True,
            text=True,
        )

    def _variables(self) -> dict[str, str]:
        return {
            "PATH": f"{self.temp / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "GITHUB_OUTPUT": str(self.temp / "output"),
            "GITHUB_REPOSITORY": "ada/pets",
        }

    def asked(self) -> list[str]:
        """What `gh` was asked for since."""
        path = self.temp / "asked"
        words = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return words


@pytest.fixture
def runner(pets: Repository, tmp_path: Path) -> Runner:
    assert main(["generate", "spec/anthropic.yaml", "--out", "sdk"]) == 0
    pets.commit(branch="change")
    checkout, temp = tmp_path / "checkout", tmp_path / "temp"
    command = ["git", "clone", "-q", "--depth=1", "--branch=change", f"file://{pets.root}", str(checkout)]
    subprocess.run(command, check=True)
    program = Path(sys.executable).with_name("sdkloom")
    for path, text in (("sdkloom/bin/sdkloom", f'#!/bin/sh\nexec {shlex.quote(str(program))} "$@"\n'), ("bin/gh", GH)):
        (temp / path).parent.mkdir(parents=True)
        (temp / path).write_text(text)
        (temp / path).chmod(0o755)
    return Runner(checkout, temp)


def test_no_input_is_text_of_a_script() -> None:
    for step in STEPS:
        assert not EXPRESSION.search(step.get("run", ""))
        assert ("uses" in step) != (step.get("shell") == "bash")


def test_the_sdk_is_as_generated(runner: Runner) -> None:
    assert runner.run("Is the SDK as generated?", spec="spec", out="sdk").returncode == 0
    (runner.checkout / "sdk" / "README.md").write_text("edited\n")
    ran = runner.run("Is the SDK as generated?", spec="spec", out="sdk")
    assert ran.returncode == 1 and "-edited" in ran.stdout


def compare(runner: Runner, spec: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    (runner.checkout / "spec" / "anthropic.yaml").write_text(spec)
    return runner.run("What does the change break?", **inputs)


def test_the_change_is_compared_with_the_base(runner: Runner) -> None:
    ran = compare(runner, WITHOUT_NAME)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "::error file=spec/anthropic.yaml" in ran.stdout
    assert "pets.types.Pet.name" in (runner.temp / "summary").read_text()
    (name, page) = (runner.temp / "output").read_text().strip().split("=", 1)
    assert name == "report" and "<html" in Path(page).read_text()
    assert compare(runner, WITHOUT_NAME, **{"fail-on": "wire typing"}).returncode == 1
    assert compare(runner, SPEC, **{"fail-on": "any"}).returncode == 0


def test_there_is_one_comment(runner: Runner) -> None:
    compare(runner, WITHOUT_NAME)
    assert runner.run("Comment").returncode == 0
    asked = runner.asked()
    assert asked[:3] == ["api", "--paginate", "repos/ada/pets/issues/7/comments"]
    assert asked[5:-2] == ["api", "--silent", "repos/ada/pets/issues/7/comments"]
    comment = Path(asked[-1].removeprefix("body=@")).read_text()
    assert comment.startswith("<!-- sdkloom diff -->\n") and "pets.types.Pet.name" in comment
    assert runner.run("Comment", known="12\n13\n").returncode == 0
    assert runner.asked()[5:-2] == ["api", "--silent", "--method", "PATCH", "repos/ada/pets/issues/comments/12"]


def test_nothing_is_said_where_nothing_changed(runner: Runner) -> None:
    compare(runner, SPEC)
    runner.run("Comment")
    assert len(runner.asked()) == 5
    runner.run("Comment", known="12")
    assert "PATCH" in runner.asked()  # what was said before no longer holds


def test_where_comments_are_forbidden_the_run_goes_on(runner: Runner) -> None:
    compare(runner, WITHOUT_NAME)
    (runner.temp / "bin" / "gh").write_text('#!/bin/sh\ncase "$*" in *--jq*) ;; *) exit 1;; esac\n')
    ran = runner.run("Comment")
    assert ran.returncode == 0 and ran.stdout.startswith("::notice::sdkloom: no comment")


@pytest.mark.parametrize("name", ["spec", "out", "base", "fail-on"])
def test_hostile_inputs(runner: Runner, name: str) -> None:
    steps = [step["name"] for step in STEPS if f"${{{{ inputs.{name} }}}}" in step.get("env", {}).values()]
    for step, text in itertools.product(steps, HOSTILE):
        ran = runner.run(step, **{"spec": "spec/anthropic.yaml", "out": "sdk", name: text})
        assert ran.returncode != 0
        assert not re.search(r"^\s*::add-mask", ran.stdout + ran.stderr, re.M)
    assert steps and not list(runner.checkout.parent.rglob("pwned"))


def test_a_document_gives_the_runner_no_commands(runner: Runner) -> None:
    """What a pull request writes into its document is printed by both steps."""
    lines = 'name: {type: string, description: "x\\n::add-mask::y\\n##[add-mask]z"}'
    compare(runner, SPEC.replace("name: {type: string}", lines))
    ran = runner.run("Is the SDK as generated?", spec="spec", out="sdk")
    assert ran.returncode == 1 and "add-mask" in ran.stdout
    assert not re.search(r"^\s*::add-mask|##\[add-mask", ran.stdout, re.M)
    assert json.loads((runner.temp / "sdkloom-reports" / "report.json").read_text())["findings"]
