"""The stages, in order: source → document → IR → files. Nothing here touches the disk but the templates it is given."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import attrs

from .diagnostics.model import DiagnosticSink
from .document.config import SdkConfig
from .document.config_read import parse_config
from .document.model import Document
from .document.parse import parse_document
from .emit.plan import PlannedFile, plan
from .emit.render import render
from .ir.api import Api
from .lower import lower
from .specdiff.model import Finding
from .specdiff.side import Side

Read = Callable[[str], str]
"""Gives the text of a file by its path; raises `OSError` when there is none."""


@attrs.frozen(kw_only=True)
class Pipeline:
    """One run over one spec. Each stage gives `None` when what it needs could not be made; the sink knows why.

    `announce` is called with the name of each stage before it starts.
    """

    spec: str
    config: str | None
    read: Read
    templates: Path
    sink: DiagnosticSink
    announce: Callable[[str], None] = lambda stage: None

    def document(self) -> Document | None:
        self.announce(f"reading {self.spec}")
        return parse_document(self.spec, self.read, self.sink)

    def sdk_config(self, document: Document | None) -> SdkConfig | None:
        """Read even when there is no document, so that mistakes in both files are shown at once."""
        if self.config is None:
            return None if document is None else SdkConfig.default_for(document)
        self.announce(f"reading {self.config}")
        return parse_config(self.config, self.read(self.config), self.sink)

    def side(self) -> Side | None:
        """The document and the SDK that comes of it."""
        document = self.document()
        config = self.sdk_config(document)
        if document is None or config is None or self.sink.has_errors:
            return None
        self.announce("deciding names and types")
        api = lower(document, config, self.sink)
        return None if api is None or self.sink.has_errors else Side(document=document, api=api)

    def api(self) -> Api | None:
        side = self.side()
        return None if side is None else side.api

    def plan(self) -> tuple[PlannedFile, ...] | None:
        api = self.api()
        planned = None if api is None else plan(api, self.templates, self.sink)
        return None if self.sink.has_errors else planned

    def files(self) -> dict[str, str] | None:
        api = self.api()
        if api is None:
            return None
        self.announce("printing")
        return render(api, self.templates, self.sink)


def generate(
    spec: str, config: str | None, *, read: Read, sink: DiagnosticSink, templates: Path
) -> dict[str, str] | None:
    """Every file of the SDK, path → text; `None` after an error, which `sink` then holds.

    `spec` and `config` are paths, as they shall be named in messages and headers. Texts come through `read`.
    Without `config` the shape of the SDK follows from the document.
    """
    return Pipeline(spec=spec, config=config, read=read, sink=sink, templates=templates).files()


def compare(base: Pipeline, revision: Pipeline) -> tuple[Side, Side, tuple[Finding, ...]] | None:
    """Both states of a spec, and what changed between them; `None` after an error, which a sink then holds."""
    sides = (base.side(), revision.side())
    if sides[0] is None or sides[1] is None:
        return None
    revision.announce("comparing")
    from .specdiff.compare import compare as find_changes

    return sides[0], sides[1], find_changes(sides[0], sides[1])


def changed_code(base: Api, revision: Api, templates: Path, sink: DiagnosticSink) -> dict[str, str]:
    """The unified diff of every file of the package that changes, by path. Both sides are printed with the same
    templates, so that only the change of the spec shows."""
    before = render(attrs.evolve(base, provenance=revision.provenance), templates, sink) or {}
    after = render(revision, templates, sink) or {}
    changed: dict[str, str] = {}
    for path in sorted({*before, *after}):
        old, new = before.get(path, ""), after.get(path, "")
        if old != new and path.startswith(("src/", "api.md")):
            lines = difflib.unified_diff(old.splitlines(), new.splitlines(), f"a/{path}", f"b/{path}", lineterm="")
            changed[path] = "".join(f"{line}\n" for line in lines)
    return changed
