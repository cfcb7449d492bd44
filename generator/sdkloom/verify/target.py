"""What is verified: the document, what became of it, and how to make it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import Span
from ..ir.api import Api
from .schemas import JsonObject

TextChange = Callable[[str, str], str]
"""Takes the path and the text of an input file and gives another text."""


@attrs.frozen(kw_only=True)
class Target:
    """One document and its SDK. `document` is plain JSON; `files` are the generated ones, path → text."""

    spec: str
    document: JsonObject
    other_files: tuple[str, ...] = ()
    """Files that the document refers to."""

    api: Api
    files: Mapping[str, str]
    generate_again: Callable[[TextChange, DiagnosticSink], Mapping[str, str] | None]
    """Generates in this process, from changed texts; `None` after an error, which the sink then holds."""

    command: tuple[str, ...]
    """The arguments of `sdkloom` that generate the same files; more options come after them."""

    @property
    def start(self) -> Span:
        """The span of messages that are about all of it: the first character of the document."""
        return Span(file=self.spec, line=1, col=1, end_line=1, end_col=1)

    @property
    def package(self) -> str:
        """The import name of the generated package."""
        return self.api.package.import_name
