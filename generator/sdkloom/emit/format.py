"""Formatting: one ruff process over every generated Python file."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import NOWHERE, Span

LINE_LENGTH = 120
TARGET = "py310"

_FAILURE = re.compile(r"error: Failed to parse (?P<path>.*?):(?P<line>\d+):(?P<col>\d+): (?P<message>.*)")


def format_python(files: dict[str, str], generated: Container[str], sink: DiagnosticSink) -> None:
    """Format the generated Python files among `files` (path → text) in place: two texts of each would take twice the
    room. Those that are copied stay as they are."""
    python = [path for path in files if path.endswith(".py") and path in generated]
    if not python:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="sdkloom-", dir=_memory()) as folder:
            _format(Path(folder), files, python, sink)
    except OSError as error:  # no room for temporary files, or names that the system doesn't take
        sink.report(run_catalog.FORMATTER_FAILED, NOWHERE, error=error)


def _format(root: Path, files: dict[str, str], python: Iterable[str], sink: DiagnosticSink) -> None:
    for folder in {os.path.dirname(path) for path in python}:
        os.makedirs(root / folder, exist_ok=True)
    for path in python:
        with open(os.path.join(root, path), "wb") as file:
            file.write(files[path].encode())
    _run(root, files, sink)
    for path in python:
        with open(os.path.join(root, path), "rb", buffering=0) as file:
            files[path] = file.read().decode()


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
