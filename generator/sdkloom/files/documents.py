"""Finds the OpenAPI document that is meant: in a folder, or where none is named."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable, Sequence

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import Span
from ..source.load import decode, load
from ..source.nodes import MappingNode, ScalarNode
from .boundary import Boundary
from .inputs import report_unreadable
from .regular import read_regular

SPEC_FOLDER = "spec"
"""Where a document is looked for if none lies in the working folder."""

_USUAL = ("openapi.yaml", "openapi.yml", "openapi.json")
_SUFFIXES = (".yaml", ".yml", ".json")
_URL = ("https://", "http://")


def find_document(given: str | None, limit: int, sink: DiagnosticSink) -> str | None:
    """Return the path of the document that is meant by an argument; `None`, after a report, if there is none.

    The argument is a file, or a folder with one document in it. Files larger than `limit` bytes are not looked into.
    """
    if given is not None and given.startswith(_URL):
        name = given.rstrip("/").rpartition("/")[2] or "openapi.yaml"
        command = shlex.join(["curl", "-fsSL", "-o", name, given])
        sink.report(run_catalog.URL_GIVEN, argument_span(given), url=given, command=command)
        return None
    if given is not None and not os.path.isdir(given):
        return given

    def documents(folder: str) -> list[str]:
        return documents_among(sorted(os.listdir(folder)), lambda name: _read(os.path.join(folder, name), limit))

    try:
        folder, names = usual_documents(documents) if given is None else (given, documents(given))
    except OSError as error:
        report_unreadable(given or SPEC_FOLDER, error, sink)
        return None
    name = one_document(names, _USUAL, folder, sink)
    return None if name is None else os.path.normpath(os.path.join(folder, name))


def extended_document(overlays: Sequence[str], limit: int) -> str | None:
    """Return the document that the first of some overlays says it extends; `None` if none names one.

    A URL is none, and neither is what lies outside of the tree of the overlay.
    """
    for overlay in overlays:
        data = _read(overlay, limit)
        text = None if data is None else decode("", data, DiagnosticSink())
        root = None if text is None else load(overlay, text, DiagnosticSink())
        extends = root.entries.get("extends") if isinstance(root, MappingNode) else None
        if isinstance(extends, ScalarNode) and isinstance(extends.value, str) and "://" not in extends.value:
            path = os.path.normpath(os.path.join(os.path.dirname(overlay), extends.value))
            if _lies_within(path, overlay):
                return path
    return None


def _lies_within(path: str, overlay: str) -> bool:
    try:
        Boundary.of(overlay).check(path)
    except (OSError, ValueError):  # `ValueError`: no path can hold a NUL
        return False
    return True


def usual_documents(documents: Callable[[str], list[str]]) -> tuple[str, list[str]]:
    """Return where the document is where none is named, and which documents are there.

    That is a usual name in the working folder, else what stands in `spec/`, else what stands in the working folder.
    `documents` gives the names of the documents in a folder.

    Raises:
        OSError: a folder can't be looked into.
    """
    here = documents(".")
    named = [name for name in _USUAL if name in here]
    if named:
        return ".", named
    try:
        there = documents(SPEC_FOLDER)
    except (FileNotFoundError, NotADirectoryError):
        there = []
    return (SPEC_FOLDER, there) if there else (".", here)


def documents_among(names: Iterable[str], read: Callable[[str], bytes | None]) -> list[str]:
    """Return those of the files that are documents; `read` gives their bytes, if they can be read."""
    found: list[str] = []
    for name in names:
        data = read(name) if name.endswith(_SUFFIXES) else None
        if data is not None and is_document(data):
            found.append(name)
    return found


def _read(path: str, limit: int) -> bytes | None:
    try:
        return read_regular(path, limit)
    except OSError:
        return None


def one_document(names: list[str], preferred: Iterable[str], folder: str, sink: DiagnosticSink) -> str | None:
    """Return the one document of a folder, or the first `preferred` one among several; else report."""
    found = next((name for name in preferred if name in names), names[0] if len(names) == 1 else None)
    if found is None and names:
        listed = ", ".join(f"`{name}`" for name in names)
        sink.report(run_catalog.SEVERAL_SPECS, argument_span(folder), folder=folder, names=listed)
    elif found is None:
        sink.report(run_catalog.NO_DOCUMENT, argument_span(folder), folder=folder)
    return found


def is_document(data: bytes) -> bool:
    """Whether a file has the key `openapi`, as far as a look at its lines tells."""
    text = decode("", data, DiagnosticSink())
    if text is None:
        return False
    head = text.lstrip("\ufeff \t\r\n")
    if head.startswith("{"):
        return '"openapi"' in head
    return any(line.startswith(("openapi:", '"openapi"', "'openapi'")) for line in text.splitlines())


def argument_span(name: str) -> Span:
    """Return the span of something on the command line."""
    return Span(file=name, line=1, col=1, end_line=1, end_col=1)
