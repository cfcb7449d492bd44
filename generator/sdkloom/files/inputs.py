"""Reads input files, for the commands."""

from __future__ import annotations

from collections.abc import Callable

from ..diagnostics.model import DiagnosticSink
from ..source.load import decode


class Reader:
    """Gives the texts of files by their paths. Each is read once and kept in `texts`, for messages and reports.

    `load` gives the bytes of a file, and raises `OSError` when there is none.
    """

    def __init__(self, load: Callable[[str], bytes], sink: DiagnosticSink) -> None:
        self._load = load
        self._sink = sink
        self.texts: dict[str, str] = {}

    def __call__(self, path: str) -> str:
        """The text; what cannot be decoded is reported once, and read as well as it goes.

        Raises:
            OSError: the file can't be read.
        """
        if path not in self.texts:
            data = self._load(path)
            text = decode(path, data, self._sink)
            self.texts[path] = data.decode(errors="replace") if text is None else text
        return self.texts[path]

    def has(self, path: str) -> bool:
        """Whether the file is there and can be read."""
        try:
            self(path)
        except OSError:
            return False
        return True
