"""Names that hand-written modules add to the packages below `types` and `resources`."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..ir.api import Api
from ..ir.resources import Resource
from ..ir.walk import all_resources


def check_extra_exports(api: Api, sink: DiagnosticSink) -> None:
    """Report names without a package that could offer them, and those that the document makes itself."""
    made = _offered(api)
    for name in api.package.extra_exports:
        span = name.span or api.client.span
        if name.package and name.package not in made:
            known = ", ".join(f"`{'.'.join(package)}`" for package in sorted(made))
            package = ".".join(name.package)
            sink.report(catalog.EXPORT_WITHOUT_PACKAGE, span, package=package, name=name.name, known=known)
        elif name.name in made.get(name.package, ()):
            symbol = ".".join((api.package.import_name, *name.package, name.name))
            sink.report(catalog.STAND_IN_REPLACED, span, symbol=symbol)


def _offered(api: Api) -> dict[tuple[str, ...], set[str]]:
    """The packages below `types` and `resources`, and what the document puts there."""
    offered = {package.path: {name.name for name in package.exports} for package in api.type_packages}
    offered[("resources",)] = _classes(api.attributes)
    for resource in all_resources(api.resources):
        if resource.children:
            offered[("resources", *resource.path)] = _classes((resource, *resource.children))
    return offered


def _classes(resources: Iterable[Resource]) -> set[str]:
    return {f"{prefix}{resource.class_name}" for resource in resources for prefix in ("", "Async")}
