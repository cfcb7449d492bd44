"""The settings of a project: `[tool.sdkloom]` of the pyproject.toml in the working folder."""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from typing import Any, cast

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..diagnostics.span import Span
from ..source.load import decode
from .inputs import report_unreadable
from .regular import read_regular

PROJECT_FILE = "pyproject.toml"

_PLACE = re.compile(r"\(at line (?P<line>\d+), column (?P<col>\d+)\)|\(at end of document\)")
_TABLE = "[tool.sdkloom]"


@attrs.frozen(kw_only=True)
class Settings:
    """What commands use where no argument says it. Paths are seen from the working folder."""

    spec: str | None = None
    config: str | None = None
    out: str | None = None
    templates: str | None = None
    hooks: str | None = None
    overlays: tuple[str, ...] = ()


_LISTS = ("overlays",)
_KNOWN = tuple(field.name for field in attrs.fields(Settings))


def read_settings(limit: int, sink: DiagnosticSink) -> Settings | None:
    """Return the settings of the working folder, which has none without a pyproject.toml; `None` after a report."""
    try:
        data = read_regular(PROJECT_FILE, limit)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        report_unreadable(PROJECT_FILE, error, sink)
        return None
    text = decode(PROJECT_FILE, data, sink)
    if text is None:
        return None
    if "sdkloom" not in text:
        return Settings()
    toml: Any = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        tables: dict[str, Any] = toml.loads(text)
    except (toml.TOMLDecodeError, RecursionError) as error:
        _report_syntax(str(error), text, sink)
        return None
    tool = tables.get("tool")
    given = cast("dict[str, Any]", tool).get("sdkloom") if isinstance(tool, dict) else None
    return _settings(cast("dict[str, Any]", given), text, sink) if isinstance(given, dict) else Settings()


def _settings(given: dict[str, Any], text: str, sink: DiagnosticSink) -> Settings | None:
    is_good = True
    for name, value in list(given.items()):
        if name not in _KNOWN:
            known = ", ".join(f"`{one}`" for one in _KNOWN)
            hint = did_you_mean(name, _KNOWN)
            sink.report(run_catalog.UNKNOWN_SETTING, _span_of_key(name, text), hint=hint, name=name, known=known)
            is_good = False
            continue
        texts: list[object] = cast("list[object]", value) if name in _LISTS and isinstance(value, list) else [value]
        for one in texts:
            if not isinstance(one, str):
                rule = run_catalog.NO_TEXTS if name in _LISTS else run_catalog.NO_TEXT
                sink.report(rule, _span_of_key(name, text), name=name)
                is_good = False
            elif os.path.isabs(one) or os.path.normpath(one).split(os.sep)[0] == os.pardir:
                sink.report(run_catalog.OUTSIDE, _span_of_key(name, text), path=one)
                is_good = False
        if name in _LISTS:
            given[name] = tuple(texts)
    return Settings(**given) if is_good else None


def _report_syntax(message: str, text: str, sink: DiagnosticSink) -> None:
    place = _PLACE.search(message)
    line, col = len(text.splitlines()), 1
    if place is not None and place["line"] is not None:
        line, col = int(place["line"]), int(place["col"])
    span = Span(file=PROJECT_FILE, line=line, col=col, end_line=line, end_col=col + 1)
    sink.report(run_catalog.BAD_SETTINGS, span, error=_PLACE.sub("", message).strip())


def _span_of_key(name: str, text: str) -> Span:
    """Where a key of the table stands, as far as a look at the lines tells: the reader of TOML doesn't say."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if line.strip() == _TABLE), 0)
    key = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=")
    at = next((at for at in range(start, len(lines)) if key.match(lines[at])), start)
    col = len(lines[at]) - len(lines[at].lstrip()) + 1
    return Span(file=PROJECT_FILE, line=at + 1, col=col, end_line=at + 1, end_col=col + len(name))
