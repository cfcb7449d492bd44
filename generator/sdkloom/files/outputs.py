"""Writes a few files together, reports for instance: all of them, or none."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from .boundary import InTheWayError, check_way
from .paths import lexical_span, span_of
from .regular import write_new


def write_all(files: Mapping[str, str], sink: DiagnosticSink) -> bool:
    """Write texts to the paths they are given under; `False`, after a report, if one of them can't be written.

    Every file is written beside its place first. Only when all are there they are renamed, each in one step.
    """
    staged: dict[str, Path] = {}
    path = ""
    try:
        for path in files:
            check_way(Path(path))
        for path, text in files.items():
            if _is_replaceable(path):
                staged[path] = _staged(path, text)
        for path, text in files.items():
            if path in staged:
                os.replace(staged[path], os.path.realpath(path))
            else:
                with open(path, "w", encoding="utf-8", newline="") as file:
                    file.write(text)
    except InTheWayError as error:
        place = lexical_span(error.path)
        sink.report(run_catalog.LINK_IN_THE_WAY, place, path=place.file, what=error.what)
        return False
    except OSError as error:
        sink.report(run_catalog.CANNOT_WRITE, span_of(Path(path)), path=path, error=error.strerror or error)
        return False
    finally:
        for written in staged.values():
            written.unlink(missing_ok=True)
    return True


def _is_replaceable(path: str) -> bool:
    """Whether another file may take its name: not that of a device or a pipe.

    Raises:
        IsADirectoryError: it is a folder.
    """
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    return os.path.isfile(path) or not os.path.exists(path)


def _staged(path: str, text: str) -> Path:
    target = Path(os.path.realpath(path))
    staged = target.with_name(f".{target.name}.{secrets.token_hex(8)}.tmp")
    write_new(staged, text.encode())
    if target.exists():
        shutil.copymode(target, staged)
    return staged
