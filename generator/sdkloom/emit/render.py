"""Printing: templates and fragments become files."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from functools import partial
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError

from ..diagnostics import catalog, run_catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.span import NOWHERE, Span
from ..ir.api import Api
from ..ir.resources import HookedMethod, Resource
from ..python.annotations import Annotations
from ..python.modes import SYNC, Mode
from ..python.provenance import header
from ..python.resources import ResourcePage
from ..python.signatures import AnyMethod, Signatures
from . import slots
from .environment import code_name, environment
from .format import format_python
from .pages import Sdk, page
from .plan import Copied, PlannedFile, Rendered, plan
from .template_folder import TemplateFolder
from .unused import report_unused


def render(api: Api, templates: TemplateFolder, sink: DiagnosticSink) -> dict[str, str] | None:
    """Every file of the output, path → text, sorted by path; `None` after an error."""
    planned = plan(api, templates, sink)
    fragments = slots.fragments(api, templates)
    root = f"src/{api.package.import_name}/"
    resources = {
        file.path.removeprefix(root): file.node
        for file in planned
        if isinstance(file, Rendered) and isinstance(file.node, Resource)
    }
    slots.check(api, resources, fragments, templates, sink)
    if sink.has_errors:
        return None
    printer = _Printer(api, templates, planned, fragments, sink)
    files = {file.path: printer.text(file) for file in planned}
    if sink.has_errors:
        return None
    report_unused(api, templates, printer.used, sink)
    format_python(files, printer.generated, sink)
    return None if sink.has_errors else files


class _Printer:
    """Renders the files of one SDK with one environment."""

    def __init__(
        self,
        api: Api,
        templates: TemplateFolder,
        planned: tuple[PlannedFile, ...],
        fragments: tuple[slots.Fragment, ...],
        sink: DiagnosticSink,
    ) -> None:
        self._api = api
        self._templates = templates
        self._fragments = {(fragment.target, fragment.name): fragment for fragment in fragments}
        self._sink = sink
        self.used: set[str] = set()
        """The paths of the templates that were rendered or copied."""
        self._environment = environment(templates, self.used)
        self._broken: set[Span] = set()
        self._header = header(api.provenance)
        self._sdk = Sdk.of(api, planned)
        self._root = f"src/{api.package.import_name}/"
        self.generated = {file.path for file in planned if isinstance(file, Rendered)}

    def text(self, file: PlannedFile) -> str:
        if isinstance(file, Copied):
            return self._copied(file)
        given = page(file, self._sdk)
        context: dict[str, Any] = {"api": self._api, "header": self._header, "page": given}
        if isinstance(given, ResourcePage):
            target = file.path.removeprefix(self._root)
            context["signatures"] = given.signatures
            context["fragment"] = partial(self._fragment, given, target)
            self._merge_imports(given, target)
        return _tidy(self._render(file.template, context, file.node), file.path)

    def _copied(self, file: Copied) -> str:
        self.used.add(file.source)
        try:
            return self._templates.read(file.source)
        except (OSError, UnicodeDecodeError) as error:
            reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or error
            self._sink.report(run_catalog.NOT_A_TEMPLATE, self._templates.span(file.source), reason=reason)
            return ""

    def _fragment(self, given: ResourcePage, target: str, method: HookedMethod, mode: Mode) -> str:
        """The body of a hooked method, indented as a body."""
        fragment = self._fragments[(target, method.name)]
        text = self._render(fragment.template, self._fragment_context(given, method, mode), method)
        return "\n".join(f"        {line}" if line else "" for line in text.strip("\n").split("\n"))

    def _merge_imports(self, given: ResourcePage, target: str) -> None:
        fragment = self._fragments.get((target, slots.Slot.IMPORTS.value))
        if fragment is None:
            return
        method = given.resource.hooked[0]
        text = self._render(fragment.template, self._fragment_context(given, method, SYNC), method)
        try:
            for module, name, alias in slots.import_statements(text):
                given.imports.merge(module, name, alias)
        except SyntaxError as error:
            place = self._templates.span(fragment.template, error.lineno or 1)
            self._sink.report(catalog.FRAGMENT_NOT_IMPORTS, place, error=error.msg)

    def _fragment_context(self, given: ResourcePage, method: HookedMethod, mode: Mode) -> dict[str, Any]:
        signatures: Signatures = given.signatures
        like = next((found for found in given.resource.methods if found.name == method.like), None)
        return {
            "api": self._api,
            "resource": given.resource,
            "method": method,
            "like": like,
            "mode": mode,
            "use": given.imports.use,
            "annotation": Annotations(given.imports, given.imports.type).text,
            "signatures": signatures,
            "request_body": partial(_joined_body, signatures),
        }

    def _render(self, template: str, context: Mapping[str, Any], node: Any) -> str:
        try:
            return self._environment.get_template(template).render(context)
        except jinja2.TemplateSyntaxError as error:
            place = self._templates.span(error.name or template, error.lineno)
            self._sink.report(run_catalog.TEMPLATE_SYNTAX, place, error=error.message or "")
        except jinja2.TemplateNotFound as error:
            self._sink.report(run_catalog.TEMPLATE_MISSING, self._templates.span(template), name=error.name)
        except SecurityError as error:
            place = _failing_line(error, self._templates, template)
            self._sink.report(run_catalog.TEMPLATE_REFUSED, place, error=error)
        except Exception as error:  # whatever a template does wrong is the fault of the template
            place = _failing_line(error, self._templates, template)
            span: Span = getattr(node, "span", NOWHERE)
            related = [Related(message="printed from this", span=span)] if span != NOWHERE else []
            if place not in self._broken:  # once is enough: other nodes fail in the same line
                self._broken.add(place)
                self._sink.report(run_catalog.TEMPLATE_FAILED, place, error=error, related=related)
        return ""


def _joined_body(signatures: Signatures, method: AnyMethod) -> str:
    """The members of a body, as they stand between braces."""
    return ", ".join(str(entry) for entry in signatures.body(method))


def _failing_line(error: Exception, templates: TemplateFolder, template: str) -> Span:
    """The innermost line of a template in the traceback: jinja puts template lines there."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = frame.filename[1:-1]
        if frame.filename == code_name(path) and templates.has(path) and frame.lineno:
            return templates.span(path, frame.lineno)
    return templates.span(template)


def _tidy(text: str, path: str) -> str:
    """Python is formatted later; other files end with one line break, and have no two blank lines outside of code.
    A surrogate without its twin, which only JSON can hold, becomes `?`."""
    if path.endswith(".py"):
        return text
    text = text.encode(errors="replace").decode()
    lines: list[str] = []
    code = False
    for line in text.rstrip().split("\n"):
        code = code is not line.startswith("```")
        if code or line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"
