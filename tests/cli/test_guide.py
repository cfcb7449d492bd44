"""docs/guide.md is followed word by word: its commands run, its files are the example's, its output is what comes."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..servers import running_app

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "fastapi-service"
GUIDE = ROOT / "docs" / "guide.md"
BLOCKS: list[tuple[str, str]] = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE.read_text("utf-8"), re.M | re.S)

INSTALLS = ("pip ", "python3 -m venv", "python -m build", "twine ", "uvicorn ")
"""Commands that the test does without: they need an index of packages, or don't end."""


def steps() -> Iterator[tuple[str, str]]:
    """The commands and the changes of the guide in their order, each with the output that is shown."""
    for language, text in BLOCKS:
        if language == "console":
            for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.M):
                if not command.startswith(INSTALLS):
                    yield command, output
        elif language == "diff":
            yield f"git apply <<'END'\n{text}END", ""


def plain(text: str) -> str:
    """A text without the seconds that something took, and the number of files of a package."""
    return re.sub(r"\d+ files: \d+ written|\d+\.\d\d s", "…", text)


@pytest.fixture
def url() -> Iterator[str]:
    """Where the service runs."""
    with running_app(runpy.run_path(str(EXAMPLE / "service.py"))["app"]) as found:
        yield found


def test_the_commands(url: str, tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "BOOKSHELF_BASE_URL": url,
        "BOOKSHELF_API_KEY": "secret",
        "PYTHONPATH": "bookshelf/src",
        "COLUMNS": "100",
        "PYTHONUNBUFFERED": "1",  # as in a terminal, lines come in their order
        "NO_COLOR": "1",
        **{f"GIT_{who}_{what}": "ada@books.test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    folder = tmp_path / "bookshelf-api"
    for command, expected in steps():
        ran = subprocess.run(
            ["bash", "-ec", command],
            cwd=folder if folder.exists() else tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
        )
        assert (ran.returncode, plain(ran.stdout)) == (0, plain(expected)), command
        if command.startswith("mkdir"):
            shutil.copy(EXAMPLE / "service.py", folder)
            shutil.copy(EXAMPLE / "use.py", folder)
        if command == "sdkloom init":
            shutil.copy(EXAMPLE / "sdk.yaml", folder)
    changelog = (folder / "bookshelf" / "CHANGELOG.md").read_text()
    assert changelog.startswith("# Changelog\n") and "\n\n## 2.0.0\n" in changelog


def test_the_files() -> None:
    files = {path.suffix: path.read_text("utf-8") for path in EXAMPLE.iterdir() if path.name != "service.py"}
    python = files[".py"] + (EXAMPLE / "service.py").read_text("utf-8")
    for language, text in BLOCKS:
        if language == "python":
            assert text in python
        if language == "yaml":
            assert text == files[".yaml"]
    assert {(EXAMPLE / name).read_text("utf-8") for name in ("service.py", "use.py")} <= {text for _, text in BLOCKS}


def test_the_document_is_that_of_the_service() -> None:
    """Its operations and types: how FastAPI writes them down changes with its versions."""
    document: Any = json.loads((EXAMPLE / "openapi.json").read_text("utf-8"))
    app = runpy.run_path(str(EXAMPLE / "service.py"))["app"]
    for pointer in (("paths",), ("components", "schemas")):
        ours, current = document, app.openapi()
        for key in pointer:
            ours, current = ours[key], current[key]
        assert {key: set(value) for key, value in ours.items()} == {key: set(value) for key, value in current.items()}
