"""Input files, for the commands."""

from __future__ import annotations

from collections.abc import Callable

from ..diagnostics.model import DiagnosticSink
from ..source.load import decode


class Reader:
    """Texts of files, each read once and remembered for messages and reports."""

    def __init__(self, load: Callable[[str], bytes], sink: DiagnosticSink) -> None:
        self._load = load
        self._sink = sink
        self.texts: dict[str, str] = {}

    def __call__(self, path: str) -> str:
        """The text; what cannot be decoded is reported once, and read as well as it goes."""
        if path not in self.texts:
            data = self._load(path)
            text = decode(path, data, self._sink)
            self.texts[path] = data.decode(errors="replace") if text is None else text
        return self.texts[path]

    def has(self, path: str) -> bool:
        try:
            self(path)
        except OSError:
            return False
        return True
