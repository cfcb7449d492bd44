"""The files of a templates folder. The folder may have been written by somebody else: only regular files of bounded
size are read, and no link in it is followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import Span

LARGEST = 16 * 2**20
"""Bytes of a template. Those of a package have a few thousand."""

_NOT_WALKED = {"__pycache__", ".git"}
_NOT_READ = (".pyc", "~")


@attrs.frozen
class TemplateFolder:
    """A templates folder and the files that stand in it. `paths` go from `root`, with slashes; they are sorted."""

    root: Path
    paths: frozenset[str]

    @classmethod
    def of(cls, root: Path, sink: DiagnosticSink) -> TemplateFolder:
        """The files below `root`, which may be a link itself. What can't be a template is reported."""
        return cls(root, frozenset(_files(root, "", sink)))

    def below(self, folder: str) -> list[str]:
        """The paths of the files in a folder, from that folder on; sorted."""
        prefix = f"{folder}/"
        return sorted(path.removeprefix(prefix) for path in self.paths if path.startswith(prefix))

    def read(self, path: str) -> str:
        """The text of one of the files.

        Raises:
            OSError: it can't be read.
            UnicodeDecodeError: it is not UTF-8.
        """
        return (self.root / path).read_text(encoding="utf-8")


def template_span(template: str, line: int = 1) -> Span:
    """A place in `templates/`, for diagnostics."""
    file = f"templates/{template}"
    return Span(file=file, line=line, col=1, end_line=line, end_col=1)


def _files(root: Path, folder: str, sink: DiagnosticSink) -> Iterator[str]:
    try:
        entries = list(os.scandir(root / folder))
    except OSError as error:
        sink.report(run_catalog.NOT_A_TEMPLATE, template_span(folder), reason=error.strerror or error)
        return
    for entry in entries:
        path = f"{folder}{entry.name}"
        if entry.name.casefold() in _NOT_WALKED or entry.name.endswith(_NOT_READ):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(root, f"{path}/", sink)
            continue
        reason = _why_not(entry)
        if reason is None:
            yield path
        else:
            sink.report(run_catalog.NOT_A_TEMPLATE, template_span(path), reason=reason)


def _why_not(entry: os.DirEntry[str]) -> str | None:
    """Why a file can't be a template; `None` if it can."""
    if entry.is_symlink():
        return "it is a link"
    if not entry.is_file(follow_symlinks=False):
        return "it is no regular file"
    if entry.stat(follow_symlinks=False).st_size > LARGEST:
        return f"it has more than {LARGEST // 2**20} MB"
    return None
