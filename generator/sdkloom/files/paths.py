"""Paths of the command line: where templates are, and how files are named in messages."""

from __future__ import annotations

import os
from pathlib import Path

from ..diagnostics.span import Span

CONFIG_NAME = "sdk.yaml"
LOCK_NAME = "names.lock"
"""The file beside a spec that holds the names to keep."""


def templates_folder(option: str | None) -> Path:
    """The folder given, that of the project, that of the wheel, or that of the generator's own repository."""
    if option is not None:
        return real(Path(option))
    own = real(Path("templates"))
    if (own / "sdk").is_dir():
        return own
    here = real(Path(__file__))
    packed = here.parents[1] / "_templates"
    return packed if packed.is_dir() else here.parents[3] / "templates"


def real(path: Path) -> Path:
    """The path without links. `Path.resolve` fails on links that lead to themselves."""
    return Path(os.path.realpath(path))


def shown(path: Path) -> str:
    """A path as messages and headers name it: relative to the working folder if it lies below."""
    try:
        return real(path).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def place(path: Path) -> Span:
    return Span(file=shown(path), line=1, col=1, end_line=1, end_col=1)
