"""What a command works on: its arguments, then the settings of the project, then what lies in the working folder."""

from __future__ import annotations

import argparse

from ..diagnostics.model import DiagnosticSink
from ..files.documents import extended_document, find_document
from ..files.settings import read_settings

STANDARD_INPUT = "-"
"""What stands for standard input on the command line."""


def complete(options: argparse.Namespace, limit: int, sink: DiagnosticSink, *, templates: bool) -> bool:
    """Fill in what the arguments don't say; `False` after a report.

    `templates` says whether those of the project are used. Files larger than `limit` bytes are not looked into.
    """
    settings = read_settings(limit, sink)
    if settings is None:
        return False
    options.config = options.config or settings.config
    options.overlay = options.overlay or list(settings.overlays)
    if templates:
        options.templates = options.templates or settings.templates
        options.hooks = settings.hooks if options.hooks is None else options.hooks
    if "out" in options:
        options.out = options.out or settings.out
    spec = options.spec or settings.spec or extended_document(options.overlay, limit)
    options.spec = spec if spec == STANDARD_INPUT else find_document(spec, limit, sink)
    return options.spec is not None


def default_document(given: str | None, limit: int, sink: DiagnosticSink) -> tuple[str | None, tuple[str, ...]]:
    """Return the document that is meant where only a revision is named, and the overlays that the project lays over it.

    The document is `None` if it has to be found in the revision.
    """
    settings = read_settings(limit, sink)
    if settings is None:
        return None, ()
    spec = given or settings.spec or extended_document(settings.overlays, limit)
    return spec or find_document(None, limit, DiagnosticSink()), settings.overlays
