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


HOOKS_NAME = "hooks"
"""The folder beside sdk.yaml that holds the hand-written side of the SDK."""

TEMPLATES_NAME = "templates"
"""The folder of the working folder that is laid over the templates of sdkloom."""


def own_templates() -> Path:
    """The templates that sdkloom came with: those of the wheel, or of the generator's own repository."""
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
