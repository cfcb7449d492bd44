"""Text to nodes: picks the JSON or the YAML reader."""

from __future__ import annotations

import codecs
import gc
from collections.abc import Generator
from contextlib import contextmanager

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from .json_reader import JsonReader, JsonSyntaxError
from .limits import Budget
from .nodes import Node, SourceFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def load(path: str, text: str, sink: DiagnosticSink, budget: Budget | None = None) -> Node | None:
    """Read `text` as YAML or JSON. `None` if it is neither, which was reported.

    Files that end in `.json` must be JSON. Other files may hold either. What is read is taken from the budget.
    """
    file = SourceFile(path, text)
    budget = budget or Budget()
    with without_gc():
        is_json = path.lower().endswith(".json")
        if is_json or file.text.lstrip()[:1] == "{":
            try:
                return JsonReader(file, sink, budget).read()
            except JsonSyntaxError as error:
                if is_json or error.is_final:
                    error.report(file, sink)
                    return None
        from .yaml_reader import read_yaml  # PyYAML is large, and JSON needs none of it

        return read_yaml(file, sink, budget)


def decode(path: str, data: bytes, sink: DiagnosticSink) -> str | None:
    """Return the text of a file: UTF-8, or UTF-16 or UTF-32 with a byte order mark. Anything else is reported."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        good = data[: error.start].decode(encoding, errors="ignore")
        bad = " ".join(f"0x{byte:02X}" for byte in data[error.start : error.start + 1])
        span = SourceFile(path, good).span(len(good), len(good))
        sink.report(catalog.NOT_UTF8, span, byte=bad, encoding=encoding.removesuffix("-sig").upper())
        return None


@contextmanager
def without_gc() -> Generator[None, None, None]:
    """Switch the garbage collector off inside. Nodes are many and acyclic: it would only walk them again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
