"""The stages, in order: source → document → IR → files. Nothing here touches the disk but the templates it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from .diagnostics.model import DiagnosticSink
from .source.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from .document.config import SdkConfig
    from .document.lock import NamesLock
    from .document.model import Document
    from .emit.plan import PlannedFile
    from .emit.template_folder import Layer, TemplateFolder
    from .ir.api import Api
    from .specdiff.model import Finding
    from .specdiff.state import SpecState
    from .verify.target import Target, TextChange

# Each stage is imported where it runs: a document with an error needs none of those behind it, and comparing two specs
# none of what prints.

Read = Callable[[str], str]
"""Gives the text of a file by its path; raises `OSError` when there is none."""


@attrs.frozen(kw_only=True)
class Pipeline:
    """One run over one spec. Each stage gives `None` when what it needs could not be made; the sink knows why.

    `announce` is called with the name of each stage before it starts.
    """

    spec: str
    config: str | None
    lock: str | None = None
    """The path of names.lock, where there is one."""
    overlays: tuple[str, ...] = ()
    """What is laid over the document, in this order."""
    read: Read
    read_copied: Read | None = None
    """Reads what is copied into the package as it is. Default: `read`."""
    templates: Path
    over: tuple[Layer, ...] = ()
    """Folders that are laid over the templates."""
    sink: DiagnosticSink
    limits: Limits = DEFAULT_LIMITS
    only: tuple[str, ...] = ()
    """The methods that are asked for; all, if there are none."""
    skip: tuple[str, ...] = ()
    """Methods that are not asked for."""
    announce: Callable[[str], None] = lambda stage: None

    def document(self) -> Document | None:
        """Parse the spec, and the files that it refers to."""
        from .document.parse import parse_document

        self.announce(f"reading {self.spec}")
        return parse_document(self.spec, self.read, self.sink, self.limits, self.overlays)

    def names_lock(self) -> NamesLock | None:
        """Parse names.lock: the names to keep. Without one there are none.

        Raises:
            OSError: the file can't be read.
        """
        from .document.lock import NO_LOCK, parse_lock

        return NO_LOCK if self.lock is None else parse_lock(self.lock, self.read(self.lock), self.sink)

    def sdk_config(self, document: Document | None) -> SdkConfig | None:
        """Parse sdk.yaml, even when there is no document, so that mistakes in both files are shown at once.

        Without one the shape of the SDK follows from the document.

        Raises:
            OSError: the file can't be read.
        """
        if self.config is None and document is None:
            return None
        from .document.config import SdkConfig
        from .document.config_read import parse_config
        from .document.package_config import with_license_text

        if self.config is None:
            return None if document is None else SdkConfig.default_for(document)
        self.announce(f"reading {self.config}")
        config = parse_config(self.config, self.read(self.config), self.sink, document)
        if config is None:
            return None
        package = with_license_text(config.package, self.config, self.read_copied or self.read, self.sink)
        return attrs.evolve(config, package=package)

    def spec_state(self) -> SpecState | None:
        """The document and the SDK that comes of it: what two specs are compared by."""
        return self._state(self.document())

    def lint(self) -> None:
        """Report what makes the document a bad base for an SDK, besides all that the stages report."""
        from .lint.check import check

        document = self.document()
        state = self._state(document)
        if document is not None:
            check(document, None if state is None else state.api, self.sink)

    def _state(self, document: Document | None) -> SpecState | None:
        lock = self.names_lock()
        config = self.sdk_config(document)
        if document is None or config is None or lock is None or self.sink.has_errors:
            return None
        from .document.config import Name
        from .lower import lower
        from .lower.selection import Selection, select
        from .specdiff.state import SpecState

        self.announce("deciding names and types")
        whole = api = lower(document, config, self.sink, lock)
        only, skip = (tuple(Name(text=text) for text in texts) for texts in (self.only, self.skip))
        for selection in (Selection(only=config.only), Selection(only=only, skip=skip)):
            api = None if api is None else select(api, selection, document, self.sink)
        if api is not None and api is not whole:
            self._forget_all_but(api, document)
        return None if api is None or self.sink.has_errors else SpecState(document=document, config=config, api=api)

    def _forget_all_but(self, part: Api, document: Document) -> None:
        """Drop what was said about the parts of the document that a part of the SDK leaves out."""
        from .document.extents import Extents
        from .document.parse import document_root
        from .lower.selection import left_out

        root = document_root(self.spec, self.read, self.limits, self.overlays)
        if root is not None:
            self.sink.forget(Extents(root, left_out(part, document)).hold)

    def sdk(self) -> SpecState | None:
        """The SDK as data, with the hashes of what it was made of, and what that was."""
        state = self.spec_state()
        if state is None:
            return None
        from .lower.provenance import with_hashes

        provenance = with_hashes(state.api.provenance, state.document, state.config)
        return attrs.evolve(state, api=attrs.evolve(state.api, provenance=provenance))

    def api(self) -> Api | None:
        """The SDK as data, with the hashes of what it was made of."""
        sdk = self.sdk()
        return None if sdk is None else sdk.api

    def plan(self) -> tuple[PlannedFile, ...] | None:
        """Which file is made of which template."""
        from .emit.plan import plan

        api = self.api()
        planned = None if api is None else plan(api, self._template_folder(), self.sink)
        return None if self.sink.has_errors else planned

    def files(self) -> dict[str, str] | None:
        """Every file of the SDK, path → text."""
        api = self.api()
        return None if api is None else self.render(api)

    def render(self, api: Api) -> dict[str, str] | None:
        """Every file of an SDK, path → text."""
        from .emit.render import render

        self.announce("printing")
        return render(api, self._template_folder(), self.sink)

    def _template_arguments(self) -> tuple[str, ...]:
        """The arguments that have a run take the same templates."""
        from .emit.template_folder import OWN_HOOKS

        folders = {layer.at: str(layer.root) for layer in self.over}
        hooks = ("--hooks", folders[OWN_HOOKS]) if OWN_HOOKS in folders else ("--no-hooks",)
        return ("--templates", folders.get("", str(self.templates)), *hooks)

    def _template_folder(self) -> TemplateFolder:
        from .emit.template_folder import TemplateFolder

        return TemplateFolder.of(self.templates, self.sink, self.over)

    def suggestions(self) -> list[str] | None:
        """Lines for sdk.yaml about names that are new since names.lock, or read badly."""
        from .lower.suggestions import suggestions

        api, lock = self.api(), self.names_lock()
        if api is None or lock is None:
            return None
        return suggestions(api, None if self.lock is None else lock.has)

    def target(self) -> Target | None:
        """What `sdkloom verify` looks at. Warnings of the generator aren't its matter: only errors reach the sink."""
        from .document.parse import document_root
        from .source.nodes import plain
        from .verify.schemas import as_object
        from .verify.target import Target

        asked: list[str] = []

        def read(path: str) -> str:
            asked.append(path)
            return self.read(path)

        quiet = attrs.evolve(self, read=read, read_copied=self.read, sink=DiagnosticSink())
        api = quiet.api()
        files = None if api is None else quiet.render(api)
        root = None
        if files is not None:
            root = document_root(self.spec, self.read, self.limits, self.overlays)
        if api is None or files is None or root is None:
            for diagnostic in quiet.sink.diagnostics:
                self.sink.add(diagnostic)
            return None
        own = {self.spec, self.config, self.lock, *self.overlays}
        return Target(
            spec=self.spec,
            document=as_object(plain(root)),
            other_files=tuple(path for path in dict.fromkeys(asked) if path not in own),
            api=api,
            files=files,
            generate_again=self._generate_again,
            command=("generate", *self._arguments),
        )

    @property
    def _arguments(self) -> tuple[str, ...]:
        """The command line that gives the same input."""
        config = () if self.config is None else ("--config", self.config)
        overlays = (f"--overlay={path}" for path in self.overlays)
        return (self.spec, *config, *overlays, *self._template_arguments(), *self.limits.arguments)

    def _generate_again(self, change: TextChange, sink: DiagnosticSink) -> dict[str, str] | None:
        """The same run on changed texts of the document and of sdk.yaml."""

        def read(path: str) -> str:
            return self.read(path) if path in (self.lock, *self.overlays) else change(path, self.read(path))

        return attrs.evolve(self, sink=sink, read=read, read_copied=self.read).files()


def names_lock_text(api: Api) -> str:
    """The text of names.lock after a run that made `api`."""
    from .document.lock import lock_text

    return lock_text((name.section, name.place, name.name) for name in api.names)


def generate(
    spec: str,
    config: str | None,
    *,
    read: Read,
    sink: DiagnosticSink,
    templates: Path,
    over: tuple[Layer, ...] = (),
    lock: str | None = None,
) -> dict[str, str] | None:
    """Every file of the SDK, path → text; `None` after an error, which `sink` then holds.

    `spec`, `config` and `lock` are paths, as they shall be named in messages; the files themselves are named in the
    output, without their folders. Texts come through `read`.
    Without `config` the shape of the SDK follows from the document; without `lock` no name is kept.
    """
    return Pipeline(spec=spec, config=config, lock=lock, read=read, sink=sink, templates=templates, over=over).files()


def with_suggestions(findings: Iterable[Finding], state: SpecState) -> tuple[Finding, ...]:
    """The findings of a comparison, new methods with the lines for sdk.yaml that choose their names, unless it has such
    lines, and with a hint where a name reads badly. `state` is the revision."""
    from .lower.suggestions import method_suggestions
    from .specdiff.rules.methods import METHOD_ADDED

    known: dict[str, tuple[str, str]] | None = None
    found: list[Finding] = []
    for finding in findings:
        if finding.rule is METHOD_ADDED:
            known = method_suggestions(state.api, state.config) if known is None else known
            lines, why = known.get(finding.symbols[0], (None, ""))
            hint = (
                f"look at the name ({why}), and choose another one with the lines for sdk.yaml below" if why else None
            )
            finding = attrs.evolve(finding, suggestion=lines, hint=finding.hint or hint)
        found.append(finding)
    return tuple(found)


def changed_code(base: Api, revision: Api, templates: TemplateFolder, sink: DiagnosticSink) -> dict[str, str] | None:
    """The unified diff of every file of the package that changes, by path; `None` if a state can't be printed. Both
    are printed with the same templates, so that only the change of the spec shows."""
    import difflib

    from .emit.render import render

    after = render(revision, templates, sink)
    before = render(attrs.evolve(base, provenance=revision.provenance), templates, sink)
    if before is None or after is None:
        return None
    changed: dict[str, str] = {}
    for path in sorted({*before, *after}):
        old, new = before.get(path, ""), after.get(path, "")
        if old != new and path.startswith(("src/", "api.md")):
            lines = difflib.unified_diff(old.splitlines(), new.splitlines(), f"a/{path}", f"b/{path}", lineterm="")
            changed[path] = "".join(f"{line}\n" for line in lines)
    return changed
