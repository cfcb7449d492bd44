"""Starts `runner.py` on freshly written files, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import runner


class RunnerFailed(Exception):
    """The process ended without a response; the text is the last line that it printed."""


def ask(files: Mapping[str, str], task: str, reference_models: str | None = None, **facts: object) -> Any:
    """The runner's response to a task (`fields`, `hooks`, `imports` or `payloads`), as decoded JSON.

    The runner has the package in `files` (path → text) on its path. `reference_models` is the text of a module;
    `facts` are what the task needs besides, as JSON.

    Raises:
        RunnerFailed: the process ended without a response.
    """
    with tempfile.TemporaryDirectory(prefix="sdkloom-") as folder:
        for path, text in files.items():
            if path.startswith("src/"):
                write(Path(folder, path), text)
        module = Path(folder, "reference_models.py")
        if reference_models is not None:
            write(module, reference_models)
        program = Path(folder, "program", "runner.py")  # alone in its folder, which Python puts on the path
        write(program, Path(runner.__file__).read_text(encoding="utf-8"))
        request, response = Path(folder, "request.json"), Path(folder, "response.json")
        content = {"task": task, "src": str(Path(folder, "src")), "reference_models": str(module), **facts}
        write(request, json.dumps(content))
        run = subprocess.run(
            [sys.executable, "-X", "utf8", str(program), str(request), str(response)],
            cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode != 0 or not response.exists():
            lines = run.stderr.strip().splitlines() or [f"it ended with {run.returncode}"]
            raise RunnerFailed(lines[-1].replace(f"{folder}/", ""))
        return json.loads(response.read_text(encoding="utf-8").replace(f"{folder}/", ""))


def write(path: Path, text: str) -> None:
    """Write a file, and make the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
