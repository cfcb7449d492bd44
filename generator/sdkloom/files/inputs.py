"""Reads input files, for the commands."""

from __future__ import annotations

from collections.abc import Callable, Container

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..source.limits import RefusedError
from ..source.load import decode
from .boundary import Boundary
from .paths import lexical_span


def report_unreadable(path: str, error: OSError, sink: DiagnosticSink) -> None:
    """Report that a file can't be read, and why."""
    hint = error.hint if isinstance(error, RefusedError) else None
    sink.report(run_catalog.CANNOT_READ, lexical_span(path), hint=hint, path=path, error=error.strerror or error)


class Reader:
    """Gives the texts of files by their paths. Each is read once and kept in `texts`, for messages and reports.

    `load` gives the bytes of a file, and raises `OSError` when there is none.
    """

    def __init__(self, load: Callable[[str], bytes], sink: DiagnosticSink) -> None:
        self._load = load
        self._sink = sink
        self.texts: dict[str, str] = {}
        self.missing: set[str] = set()
        """What was asked for and couldn't be read."""

    def __call__(self, path: str) -> str:
        """The text; what cannot be decoded is reported once, and read as well as it goes.

        Raises:
            OSError: the file can't be read.
        """
        if path not in self.texts:
            try:
                self.keep(path, self._load(path))
            except OSError:
                self.missing.add(path)
                raise
        return self.texts[path]

    def keep(self, path: str, data: bytes) -> None:
        """Take the bytes of a file that was read elsewhere."""
        text = decode(path, data, self._sink)
        self.texts[path] = data.decode(errors="replace") if text is None else text

    def has(self, path: str) -> bool:
        """Whether the file is there and can be read."""
        try:
            self(path)
        except OSError:
            return False
        return True


def within(read: Callable[[str], str], boundary: Boundary, given: Container[str] = ()) -> Callable[[str], str]:
    """Reads like `read`, but refuses files outside of a document's boundary. Those `given` may lie anywhere.

    What it gives raises `RefusedError` (an `OSError`) for them, also where another document has read the file before.
    """

    def read_within(path: str) -> str:
        if path not in given:
            boundary.check(path)
        return read(path)

    return read_within
