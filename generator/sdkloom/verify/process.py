"""Starts `runner.py` on freshly written files, and other programs in Python, in processes of their own.

Nothing of the working folder gets into these processes: no module, and no setting of a tool.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import runner

_PATIENCE = 600
"""Seconds that a process may take."""

_ROOT = Path(__file__).resolve().parents[2]
"""The folder in which the package `sdkloom` stands."""


class RunnerFailed(Exception):
    """The process ended without a response; the text is the last line that it printed."""


def ask(files: Mapping[str, str], task: str, reference_models: str | None = None, **facts: object) -> Any:
    """The runner's response to a task (one of its `_TASKS`), as decoded JSON.

    The runner has the package in `files` (path → text) on its path. `reference_models` is the text of a module;
    `facts` are what the task needs besides, as JSON. It works in an empty folder.

    Raises:
        RunnerFailed: the process ended without a response.
    """
    with tempfile.TemporaryDirectory(prefix="sdkloom-") as folder:
        for path, text in files.items():
            if path.startswith("src/"):
                write(Path(folder, path), text)
        module, work = Path(folder, "reference_models.py"), Path(folder, "work")
        if reference_models is not None:
            write(module, reference_models)
        work.mkdir()
        request, response = Path(folder, "request.json"), Path(folder, "response.json")
        content = {"task": task, "src": str(Path(folder, "src")), "reference_models": str(module), **facts}
        write(request, json.dumps(content))
        program = Path(runner.__file__).read_text(encoding="utf-8")
        run = run_python(program, [str(request), str(response)], working_folder=work)
        if run.returncode != 0 or not response.exists():
            lines = run.stderr.strip().splitlines() or [f"it ended with {run.returncode}"]
            raise RunnerFailed(lines[-1].replace(f"{folder}/", ""))
        return json.loads(response.read_text(encoding="utf-8").replace(f"{folder}/", ""))


def run_python(
    program: str, arguments: Sequence[str], working_folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the text of a program. Its first argument is where it shall look for modules, as JSON; `arguments` follow.

    Variables of the environment that change how Python works don't reach it, but for those in `environment`.

    Raises:
        RunnerFailed: it takes too long.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with tempfile.TemporaryDirectory(prefix="sdkloom-") as folder:
        path = Path(folder, "program.py")  # alone in its folder, which Python puts on the path
        write(path, program)
        try:
            return subprocess.run(
                [sys.executable, "-B", "-X", "utf8", str(path), json.dumps(search_path()), *arguments],
                cwd=working_folder,
                env={**inherited, **environment},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=_PATIENCE,
            )
        except subprocess.TimeoutExpired as error:
            raise RunnerFailed(f"it took more than {_PATIENCE} seconds") from error


def search_path() -> list[str]:
    """Where this process finds modules, but nowhere in the working folder: only the environment of this Python and
    sdkloom itself may stand there."""
    here = os.path.realpath(os.getcwd())
    trusted = tuple(os.path.realpath(folder) for folder in (sys.prefix, sys.base_prefix, _ROOT))
    found = [entry for entry in sys.path if os.path.isabs(entry)]
    return [entry for entry in found if not _is_below(entry, (here,)) or _is_below(entry, trusted)]


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    real = os.path.realpath(path)
    return any(real == folder or real.startswith(os.path.join(folder, "")) for folder in folders)


def write(path: Path, text: str) -> None:
    """Write a file, and make the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
