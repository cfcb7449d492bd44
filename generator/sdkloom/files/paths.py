"""Paths of the command line: where templates are, and how files are named in messages."""

from __future__ import annotations

import os
from pathlib import Path

from ..diagnostics.span import Span

CONFIG_NAME = "sdk.yaml"
"""The file beside a spec that holds the Python shape of the SDK."""

LOCK_NAME = "names.lock"
"""The file beside a spec that holds the names to keep."""

IGNORE_NAME = "diff-ignore.yaml"
"""The file beside a spec that holds the findings of `sdkloom diff` that are accepted."""


def templates_folder(option: str | None, *, of_working_folder: bool = False) -> Path:
    """The folder given, that of the wheel, or that of the generator's own repository.

    With `of_working_folder` the one of the working folder comes before those, if it lies there. Commands that look at
    what somebody else has changed don't ask for it: it may be a part of the change.
    """
    if option is not None:
        return without_links(Path(option))
    here = without_links(Path("templates"))
    if of_working_folder and (here / "sdk").is_dir() and here.is_relative_to(without_links(Path.cwd())):
        return here
    this_file = without_links(Path(__file__))
    of_wheel = this_file.parents[1] / "_templates"
    return of_wheel if of_wheel.is_dir() else this_file.parents[3] / "templates"


def without_links(path: Path) -> Path:
    """The absolute path without symbolic links. `Path.resolve` fails on links that lead to themselves."""
    return Path(os.path.realpath(path))


def is_regular(path: Path) -> bool:
    """Whether a regular file stands there: no folder, device or pipe, and no link anywhere on the way."""
    return path.is_file() and without_links(path) == Path(os.path.abspath(path))


def shown_path(path: Path) -> str:
    """A path as messages and headers name it: relative to the working folder if it lies below."""
    try:
        return without_links(path).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def lexical_span(path: str | Path) -> Span:
    """Like `span_of`, but the last name is that of a link itself, not of what it leads to."""
    absolute = Path(os.path.abspath(path))
    return _start_of(shown_path(absolute.parent / "_").removesuffix("_") + absolute.name)


def span_of(path: Path) -> Span:
    """The span of messages about a whole file: its first character."""
    return _start_of(shown_path(path))


def _start_of(file: str) -> Span:
    return Span(file=file, line=1, col=1, end_line=1, end_col=1)
