"""The files that templates are taken from: one folder, and others that are laid over it. They may have been written by
somebody else: only regular files of bounded size are read, and no link in a folder is followed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import Span

LARGEST = 16 * 2**20
"""Bytes of a template. Those of a package have a few thousand."""

OWN_HOOKS = "hooks beside sdk.yaml"
"""Where the hand-written side of an SDK is found among the templates. No folder of templates has this name."""

_NOT_WALKED = {"__pycache__", ".git"}
_NOT_READ = (".pyc", "~")


@attrs.frozen
class Layer:
    """A folder of templates on the disk. `shown` is what messages call it, `at` is where its files are found: among the
    folders of templates, or at `OWN_HOOKS`."""

    root: Path
    shown: str = "templates"
    at: str = ""

    def shown_file(self, path: str) -> str:
        """What messages call one of its files."""
        return f"{self.shown}/{path.removeprefix(self._prefix)}"

    def file(self, path: str) -> Path:
        """Where one of its files stands."""
        return self.root / path.removeprefix(self._prefix)

    @property
    def _prefix(self) -> str:
        return f"{self.at}/" if self.at else ""

    def files(self, sink: DiagnosticSink) -> Iterator[str]:
        """The paths of its files, as they are found. What can't be a template is reported."""
        for path in self._below("", sink):
            yield self._prefix + path

    def _below(self, folder: str, sink: DiagnosticSink) -> Iterator[str]:
        try:
            entries = list(os.scandir(self.root / folder))
        except OSError as error:
            place = start_of(f"{self.shown}/{folder}".rstrip("/"))
            sink.report(run_catalog.NOT_A_TEMPLATE, place, reason=error.strerror or error)
            return
        for entry in entries:
            path = f"{folder}{entry.name}"
            if entry.name.casefold() in _NOT_WALKED or entry.name.endswith(_NOT_READ):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._below(f"{path}/", sink)
                continue
            reason = _why_not(entry)
            if reason is None:
                yield path
            else:
                sink.report(run_catalog.NOT_A_TEMPLATE, start_of(f"{self.shown}/{path}"), reason=reason)


@attrs.frozen
class TemplateFolder:
    """All templates, by path: with slashes, from the folder of templates on. Each is a file of the last layer that has
    one there."""

    layers: tuple[Layer, ...]
    found: Mapping[str, Layer]
    replaced: frozenset[str] = frozenset()
    """The paths at which more than one layer has a file."""

    @classmethod
    def of(cls, root: Path, sink: DiagnosticSink, over: tuple[Layer, ...] = ()) -> TemplateFolder:
        """The files below `root` and those laid over it. The roots may be links themselves. What can't be a template is
        reported."""
        found: dict[str, Layer] = {}
        replaced: set[str] = set()
        layers = (Layer(root), *over)
        for layer in layers:
            paths = set(layer.files(sink))
            replaced |= paths & found.keys()
            found.update(dict.fromkeys(paths, layer))
        return cls(layers, found, frozenset(replaced))

    def has(self, path: str) -> bool:
        """Whether a file stands at this path."""
        return path in self.found

    def below(self, folder: str) -> list[str]:
        """The paths of the files in a folder, from that folder on; sorted."""
        prefix = f"{folder}/"
        return sorted(path.removeprefix(prefix) for path in self.found if path.startswith(prefix))

    def is_laid_over(self, folder: str) -> bool:
        """Whether one of the layers over the first has files in a folder."""
        return any(path.startswith(f"{folder}/") and layer is not self.layers[0] for path, layer in self.found.items())

    def read(self, path: str) -> str:
        """The text of one of the files.

        Raises:
            OSError: it can't be read.
            UnicodeDecodeError: it is not UTF-8.
        """
        return self.file(path).read_text(encoding="utf-8")

    def file(self, path: str) -> Path:
        """Where one of the files stands on the disk."""
        return self.found[path].file(path)

    def shown(self, path: str) -> str:
        """What messages call a file, also one that isn't there."""
        layer = self.found.get(path)
        if layer is None:
            at = OWN_HOOKS if path.startswith(f"{OWN_HOOKS}/") else ""
            missing = Layer(Path("hooks"), "hooks", OWN_HOOKS)
            layer = next((each for each in reversed(self.layers) if each.at == at), missing)
        return layer.shown_file(path)

    def span(self, path: str, line: int = 1) -> Span:
        """A line of one of the files, for diagnostics."""
        return start_of(self.shown(path), line)


def start_of(file: str, line: int = 1) -> Span:
    """The place at the beginning of a line."""
    return Span(file=file, line=line, col=1, end_line=line, end_col=1)


def _why_not(entry: os.DirEntry[str]) -> str | None:
    """Why a file can't be a template; `None` if it can."""
    if entry.is_symlink():
        return "it is a link"
    if not entry.is_file(follow_symlinks=False):
        return "it is no regular file"
    if entry.stat(follow_symlinks=False).st_size > LARGEST:
        return f"it has more than {LARGEST // 2**20} MB"
    return None
