"""Where a command takes its templates from: those that sdkloom came with, and what is laid over them."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..emit.template_folder import OWN_HOOKS, Layer
from ..files.paths import HOOKS_NAME, TEMPLATES_NAME, lexical_span, own_templates, shown_path, span_of, without_links

_FOLDERS = ("sdk", "macros", "runtime", "hooks", "stand_ins")


@attrs.frozen
class Templates:
    """The folder that everything falls back to, and the folders that are laid over it."""

    root: Path
    over: tuple[Layer, ...] = ()

    def disk_file(self, shown: str) -> Path | None:
        """The file that messages call `shown`; `None` if it is none of these."""
        for layer in (*reversed(self.over), Layer(self.root)):
            if shown.startswith(f"{layer.shown}/"):
                return layer.root / shown.removeprefix(f"{layer.shown}/")
        return None


def find_templates(
    options: argparse.Namespace, config: str | None, sink: DiagnosticSink, *, of_working_folder: bool
) -> Templates | None:
    """What `--templates` and `--hooks` say, else the defaults; `None` after a report.

    With `of_working_folder` the defaults are `./templates`, if it is one of templates, and `hooks/` beside `config`.
    Commands that look at what somebody else has changed don't ask for it: both may be a part of the change.
    """
    over: list[Layer] = []
    root = own_templates()
    given = options.templates
    here = Path(TEMPLATES_NAME)
    if given is None and of_working_folder and (here / "sdk").is_dir() and _lies_here(here):
        given = TEMPLATES_NAME
    if given is not None:
        if not any((Path(given) / name).is_dir() for name in _FOLDERS):
            sink.report(run_catalog.TEMPLATES_MISSING, span_of(Path(given)), folder=shown_path(Path(given)))
            return None
        if without_links(Path(given)) != root:
            over.append(Layer(without_links(Path(given)), shown_path(Path(given))))
    hooks = options.hooks
    beside = Path(config or "").parent / HOOKS_NAME
    if hooks is None and config is not None and beside.is_dir():
        if not of_working_folder:
            sink.report(run_catalog.HOOKS_NOT_USED, span_of(beside), folder=shown_path(beside))
        elif not _lies_here(beside):
            sink.report(run_catalog.NOT_A_TEMPLATE, lexical_span(beside), reason="it is a link")
            return None
        else:
            hooks = str(beside)
    if hooks:
        if not Path(hooks).is_dir():
            sink.report(run_catalog.HOOKS_MISSING, span_of(Path(hooks)), folder=shown_path(Path(hooks)))
            return None
        over.append(Layer(without_links(Path(hooks)), shown_path(Path(hooks)), OWN_HOOKS))
    return Templates(root, tuple(over))


def _lies_here(folder: Path) -> bool:
    """Whether the folder is what its name says, and no link to another."""
    return without_links(folder) == without_links(folder.parent) / os.path.basename(folder)
