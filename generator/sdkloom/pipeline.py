"""The stages, in order: source → document → IR → files. Nothing here touches the disk but the templates it is given."""

from __future__ import annotations

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
from .source.load import load
from .source.nodes import plain
from .verify.schemas import as_object
from .verify.subject import Change, Subject

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

    def api(self) -> Api | None:
        document = self.document()
        config = self.sdk_config(document)
        if document is None or config is None or self.sink.has_errors:
            return None
        self.announce("deciding names and types")
        api = lower(document, config, self.sink)
        return None if self.sink.has_errors else api

    def plan(self) -> tuple[PlannedFile, ...] | None:
        api = self.api()
        planned = None if api is None else plan(api, self.templates, self.sink)
        return None if self.sink.has_errors else planned

    def files(self) -> dict[str, str] | None:
        api = self.api()
        return None if api is None else self._printed(api)

    def _printed(self, api: Api) -> dict[str, str] | None:
        self.announce("printing")
        return render(api, self.templates, self.sink)

    def subject(self) -> Subject | None:
        """What `sdkloom verify` looks at. Warnings of the generator aren't its matter: only errors reach the sink."""
        asked: list[str] = []

        def read(path: str) -> str:
            asked.append(path)
            return self.read(path)

        quiet = attrs.evolve(self, read=read, sink=DiagnosticSink())
        api = quiet.api()
        files = None if api is None else quiet._printed(api)
        root = load(self.spec, self.read(self.spec), DiagnosticSink()) if files is not None else None
        if api is None or files is None or root is None:
            for diagnostic in quiet.sink.diagnostics:
                self.sink.add(diagnostic)
            return None
        config = () if self.config is None else ("--config", self.config)
        return Subject(
            spec=self.spec,
            document=as_object(plain(root)),
            other_files=tuple(path for path in dict.fromkeys(asked) if path not in (self.spec, self.config)),
            api=api,
            files=files,
            again=self._again,
            command=("generate", self.spec, *config, "--templates", str(self.templates)),
        )

    def _again(self, change: Change, sink: DiagnosticSink) -> dict[str, str] | None:
        """The same run on changed texts."""

        def read(path: str) -> str:
            return change(path, self.read(path))

        return attrs.evolve(self, sink=sink, read=read).files()


def generate(
    spec: str, config: str | None, *, read: Read, sink: DiagnosticSink, templates: Path
) -> dict[str, str] | None:
    """Every file of the SDK, path → text; `None` after an error, which `sink` then holds.

    `spec` and `config` are paths, as they shall be named in messages and headers. Texts come through `read`.
    Without `config` the shape of the SDK follows from the document.
    """
    return Pipeline(spec=spec, config=config, read=read, sink=sink, templates=templates).files()
