"""Runs `trial.py` on freshly written files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import runner as trial


class TrialFailed(Exception):
    """The process ended without a response; the text is the last line that it printed."""


def ask(files: Mapping[str, str], question: str, judge: str | None = None, **facts: object) -> Any:
    """The response of a fresh process that has the package in `files` on its path. `judge` is the judge's module."""
    with tempfile.TemporaryDirectory(prefix="sdkloom-") as folder:
        for path, text in files.items():
            if path.startswith("src/"):
                write(Path(folder, path), text)
        module = Path(folder, "judge.py")
        if judge is not None:
            write(module, judge)
        program = Path(folder, "program", "trial.py")  # alone in its folder, which Python puts on the path
        write(program, Path(trial.__file__).read_text(encoding="utf-8"))
        request, response = Path(folder, "request.json"), Path(folder, "response.json")
        asked = {"question": question, "src": str(Path(folder, "src")), "judge": str(module), **facts}
        write(request, json.dumps(asked))
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
            raise TrialFailed(lines[-1].replace(f"{folder}/", ""))
        return json.loads(response.read_text(encoding="utf-8").replace(f"{folder}/", ""))


def write(path: Path, text: str) -> None:
    """A file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
