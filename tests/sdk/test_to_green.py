"""From an addition of the API to green tests, as README.md and spec/README.md say, in a copy of this project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..worked_example import ROOT, additions, laid_over

AFFECTED = [
    "tests/generator/document/test_config.py",
    "tests/generator/document/test_parse.py",
    "tests/generator/lower/names/test_reserved.py",
    "tests/generator/lower/test_real_documents.py",
    "tests/invariants/test_contract.py",
    "tests/invariants/test_generated.py",
    "tests/invariants/test_imports.py",
    "tests/invariants/test_spec.py",
    "tests/sdk/streaming/test_stream.py",
    "tests/sdk/structuring",
    "tests/sdk/test_generated_tests.py",
    "tests/sdk/test_worked_example.py",
    "tests/verify/test_verify.py::test_the_spec_of_this_project",
]
"""The tests that know the real spec or what is generated from it. `make test` runs all others too."""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files of this project as they are, in a repository of its own, with the environment that runs this test."""
    root = tmp_path / "clone"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
    (root / ".venv").mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        if (Path(sys.prefix) / name).exists():
            (root / ".venv" / name).symlink_to(Path(sys.prefix) / name)
    for name in (".ready-run", ".ready-dev"):
        (root / ".venv" / name).touch()
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "As it is")
    return root


def git(root: Path, *arguments: str) -> str:
    person = {f"GIT_{role}_{what}": "ada@pets.test" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-c", "commit.gpgsign=false", *arguments]
    done = subprocess.run(command, cwd=root, env={**os.environ, **person}, check=True, capture_output=True, text=True)
    return done.stdout


def make(root: Path, *arguments: str) -> str:
    """Run a target; the text that it prints. It must succeed."""
    environment = {**os.environ, "PYTHONPATH": f"{root / 'generator'}{os.pathsep}{root / 'generated' / 'src'}"}
    for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "MAKEFLAGS"):
        environment.pop(name, None)
    done = subprocess.run(["make", *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}\n{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def edit(root: Path, addition: dict[str, str]) -> None:
    for name, lines in addition.items():
        path = root / "spec" / name
        path.write_text(laid_over(path.read_text("utf-8"), lines), "utf-8")


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_five_additions_end_green(clone: Path) -> None:
    accepted: set[str] = set()
    for title, addition in additions().items():
        edit(clone, addition)
        make(clone, "generate")
        assert git(clone, "status", "--porcelain", "--", "generated"), title
        make(clone, "accept")
        accepted |= set(git(clone, "diff", "--name-only", "--", "tests").split())
        git(clone, "add", "-A")
        git(clone, "commit", "-q", "-m", title)
    assert accepted == {"tests/invariants/public_surface.txt", "tests/invariants/data/api.md"}
    make(clone, "test", "JOBS=0", f"ARGS=-p no:cacheprovider {' '.join(AFFECTED)}")
