"""Formatting: one ruff process over every generated Python file."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Container, Mapping
from pathlib import Path

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import NOWHERE, Span

LINE_LENGTH = 120
TARGET = "py310"

_FAILURE = re.compile(r"error: Failed to parse (?P<path>.*?):(?P<line>\d+):(?P<col>\d+): (?P<message>.*)")


def format_python(files: Mapping[str, str], generated: Container[str], sink: DiagnosticSink) -> dict[str, str]:
    """`files` (path → text) with the generated Python ones formatted; those that are copied stay as they are."""
    python = {path: text for path, text in files.items() if path.endswith(".py") and path in generated}
    if not python:
        return dict(files)
    try:
        with tempfile.TemporaryDirectory(prefix="sdkloom-", dir=_memory()) as folder:
            formatted = _formatted(Path(folder), python, sink)
    except OSError as error:  # no room for temporary files, or names that the system doesn't take
        sink.report(run_catalog.FORMATTER_FAILED, NOWHERE, error=error)
        return dict(files)
    return {path: formatted.get(path, text) for path, text in files.items()}


def _formatted(root: Path, python: Mapping[str, str], sink: DiagnosticSink) -> dict[str, str]:
    for folder in {os.path.dirname(path) for path in python}:
        os.makedirs(root / folder, exist_ok=True)
    for path, text in python.items():
        with open(os.path.join(root, path), "wb") as file:
            file.write(text.encode())
    _run(root, python, sink)
    formatted: dict[str, str] = {}
    for path in python:
        with open(os.path.join(root, path), "rb", buffering=0) as file:
            formatted[path] = file.read().decode()
    return formatted


def _run(root: Path, files: Mapping[str, str], sink: DiagnosticSink) -> None:
    options = [f"--line-length={LINE_LENGTH}", f"--target-version={TARGET}", "."]
    try:
        command = [_ruff(), "format", "--isolated", "--no-cache"]
        done = subprocess.run([*command, *options], cwd=root, capture_output=True, text=True, check=False)
    except OSError as error:
        sink.report(run_catalog.FORMATTER_MISSING, NOWHERE, error=error)
        return
    if done.returncode == 0:
        return
    failures = list(_FAILURE.finditer(done.stderr))
    if not failures:
        sink.report(run_catalog.FORMATTER_FAILED, NOWHERE, error=done.stderr.strip())
    for failure in failures:
        path, line, col = failure["path"], int(failure["line"]), int(failure["col"])
        span = Span(file=path, line=line, col=col, end_line=line, end_col=col + 1)
        text = files.get(path, "").splitlines()
        source = text[line - 1].strip() if line <= len(text) else ""
        sink.report(run_catalog.NOT_PYTHON, span, message=failure["message"], source=source)


def _memory() -> str | None:
    """A folder in memory where there is one: thousands of small files are slow on a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None


def _ruff() -> str:
    """The ruff of this environment: beside the interpreter, or on the PATH, but for folders that are relative there.

    Raises:
        FileNotFoundError: there is none.
    """
    beside = Path(sys.executable).with_name("ruff")
    if beside.is_file():
        return str(beside)
    folders = [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(folder)]
    found = shutil.which("ruff", path=os.pathsep.join(folders)) if folders else None
    if found is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "ruff")
    return found
