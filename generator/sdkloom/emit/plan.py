"""Which template makes which file from which node.

A template's path below `templates/sdk/` is the path of its output; `[name]` stands for one file per node.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from typing import Union

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..ir.api import Api
from ..ir.definitions import TypeModule, TypePackage
from ..ir.package import Package
from ..ir.pages import PageScheme
from ..ir.resources import Resource, Webhook
from ..ir.walk import all_definitions, all_resources, resource_module
from ..python.converters import hooked
from ..python.request_tests import tested, tests_module
from .optional_runtime import left_out_of
from .slots import hook_folders, is_fragment
from .template_folder import TemplateFolder

_PLACEHOLDER = re.compile(r"\[(\w+)\]")


@attrs.frozen(kw_only=True)
class ConverterModule:
    """The hooks of one type module: `_converters/message.py` for `types/message.py`."""

    path: tuple[str, ...]
    module: TypeModule


@attrs.frozen(kw_only=True)
class ResourcePackage:
    """A package below `resources/`: the resource it is named after (not at the root), then that one's children."""

    path: tuple[str, ...]
    resources: tuple[Resource, ...]


@attrs.frozen(kw_only=True)
class PlainPackage:
    """A package whose `__init__` holds nothing: `_converters/beta/`."""

    path: tuple[str, ...]


@attrs.frozen(kw_only=True)
class WebhooksModule:
    """What the API sends by itself: `webhooks.py`, if it sends anything."""

    webhooks: tuple[Webhook, ...]


@attrs.frozen(kw_only=True)
class PaginationModule:
    """The classes of pages: `pagination.py`, if there are any."""

    pages: tuple[PageScheme, ...]


@attrs.frozen(kw_only=True)
class RequestTests:
    """The tests of one resource: `tests/api_resources/test_messages.py` for `resources/messages.py`."""

    resource: Resource


@attrs.frozen(kw_only=True)
class LicenseText:
    """LICENSE, where there is a text of the licence."""

    package: Package


Node = Union[
    Api,
    LicenseText,
    TypeModule,
    TypePackage,
    ConverterModule,
    Resource,
    ResourcePackage,
    PlainPackage,
    WebhooksModule,
    PaginationModule,
    RequestTests,
]


@attrs.frozen(kw_only=True)
class Rendered:
    """One output file that a template prints from a node."""

    template: str
    node: Node
    path: str


@attrs.frozen(kw_only=True)
class Copied:
    """One output file that is a file of `templates/`, byte for byte."""

    source: str
    path: str


PlannedFile = Union[Rendered, Copied]


def plan(api: Api, templates: TemplateFolder, sink: DiagnosticSink) -> tuple[PlannedFile, ...]:
    """Every file of the output, sorted by path."""
    package = api.package.import_name
    planned = [
        *_from_templates(api, templates, sink),
        *_runtime(api, templates),
        *(copy for folder in hook_folders(api, templates) for copy in _copies(templates, folder, f"src/{package}")),
    ]
    planned += _stand_ins(templates, package, {file.path for file in planned})
    by_path: dict[str, PlannedFile] = {}
    for file in planned:
        other = by_path.setdefault(file.path, file)
        if other is not file:
            sink.report(
                run_catalog.OUTPUT_TWICE,
                templates.span(_origin(file)),
                path=file.path,
                related=[Related(message="the other one is made from this", span=templates.span(_origin(other)))],
            )
    return tuple(by_path[path] for path in sorted(by_path))


def _origin(file: PlannedFile) -> str:
    return file.source if isinstance(file, Copied) else file.template


def _from_templates(api: Api, templates: TemplateFolder, sink: DiagnosticSink) -> Iterator[PlannedFile]:
    for relative in templates.below("sdk"):
        pattern = relative.replace("[package]", api.package.import_name)
        if not relative.endswith(".jinja"):
            yield Copied(source=f"sdk/{relative}", path=pattern)
            continue
        pattern = pattern.removesuffix(".jinja")
        found = _PLACEHOLDER.search(pattern)
        if found is None:
            yield Rendered(template=f"sdk/{relative}", node=api, path=pattern)
        elif found[1] not in _NODES:
            sink.report(run_catalog.UNKNOWN_PLACEHOLDER, templates.span(f"sdk/{relative}"), name=found[1])
        else:
            for parts, node in _NODES[found[1]](api):
                path = pattern[: found.start()] + "/".join(parts) + pattern[found.end() :]
                yield Rendered(template=f"sdk/{relative}", node=node, path=path.replace("//", "/"))


def _runtime(api: Api, templates: TemplateFolder) -> Iterator[Copied]:
    left_out = left_out_of(api)
    for file in _copies(templates, "runtime", f"src/{api.package.import_name}"):
        if file.source.removeprefix("runtime/") not in left_out:
            yield file


def _copies(templates: TemplateFolder, folder: str, target: str) -> Iterator[Copied]:
    for relative in templates.below(folder):
        if not is_fragment(relative) and not _is_stray(relative):
            yield Copied(source=f"{folder}/{relative}", path=f"{target}/{relative}")


def _is_stray(path: str) -> bool:
    """Whether a file of a folder that is copied belongs to no package: hidden, or a fragment in no folder for it."""
    return path.endswith(".jinja") or any(part.startswith(".") for part in path.split("/"))


def _stand_ins(templates: TemplateFolder, package: str, taken: Set[str]) -> list[Copied]:
    """Modules for what the API doesn't have. They give way to a module or package of that name."""
    copies = _copies(templates, f"stand_ins/{package}", f"src/{package}")
    return [file for file in copies if not {file.path, file.path.removesuffix(".py") + "/__init__.py"} & taken]


_Named = Iterator[tuple[tuple[str, ...], Node]]


def _type_modules(api: Api) -> _Named:
    for module in api.type_modules:
        yield (*module.package[1:], module.name), module


def _type_packages(api: Api) -> _Named:
    """Declared packages, and the empty ones above them."""
    declared = {package.path: package for package in api.type_packages}
    for path in _with_parents(("types",), [*declared, *(module.package for module in api.type_modules)]):
        yield path[1:], declared.get(path) or TypePackage(path=path)


def _converters(api: Api) -> _Named:
    for module in _modules_with_hooks(api):
        path = ("_converters", *module.package[1:])
        yield (*path[1:], module.name), ConverterModule(path=path, module=module)


def _converter_packages(api: Api) -> _Named:
    """The packages below `_converters`, which itself has a template of its own."""
    root = ("_converters",)
    for path in _with_parents(root, [(*root, *module.package[1:]) for module in _modules_with_hooks(api)]):
        if path != root:
            yield path[1:], PlainPackage(path=path)


def _modules_with_hooks(api: Api) -> Iterator[TypeModule]:
    known = all_definitions(api)
    for module in api.type_modules:
        if hooked(module, known):
            yield module


def _resources(api: Api) -> _Named:
    for resource in all_resources(api.resources):
        yield resource_module(resource), resource


def _resource_packages(api: Api) -> _Named:
    yield (), ResourcePackage(path=(), resources=api.attributes)
    for resource in all_resources(api.resources):
        if resource.children:
            yield resource.path, ResourcePackage(path=resource.path, resources=(resource, *resource.children))


def _webhooks(api: Api) -> _Named:
    if api.webhooks:
        yield ("webhooks",), WebhooksModule(webhooks=api.webhooks)


def _pagination(api: Api) -> _Named:
    if api.pages:
        yield ("pagination",), PaginationModule(pages=api.pages)


def _license(api: Api) -> _Named:
    if api.package.has_license_text:
        yield ("LICENSE",), LicenseText(package=api.package)


def _github(api: Api) -> _Named:
    if api.package.ci == "github":
        yield (".github",), api


def _tests(api: Api) -> _Named:
    for resource in tested(api.resources):
        yield tests_module(resource), RequestTests(resource=resource)


def _test_packages(api: Api) -> _Named:
    modules = [("tests", *tests_module(resource)[:-1]) for resource in tested(api.resources)]
    for path in _with_parents(("tests",), modules):
        yield path[1:], PlainPackage(path=path)


def _with_parents(root: tuple[str, ...], paths: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    packages = {root}
    for path in paths:
        packages.update(path[:length] for length in range(1, len(path) + 1))
    return sorted(packages)


_NODES: dict[str, Callable[[Api], _Named]] = {
    "type_module": _type_modules,
    "type_package": _type_packages,
    "converter": _converters,
    "converter_package": _converter_packages,
    "resource": _resources,
    "resource_package": _resource_packages,
    "webhooks": _webhooks,
    "pagination": _pagination,
    "license": _license,
    "github": _github,
    "test": _tests,
    "test_package": _test_packages,
}
