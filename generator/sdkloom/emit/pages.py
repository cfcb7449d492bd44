"""Which page each planned file gives its template: the pieces of `python/` for its node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from ..ir.api import Api
from ..ir.definitions import Definition, TypeModule, TypePackage
from ..ir.resources import Resource
from ..ir.types import TypeName
from ..ir.walk import all_definitions, all_resources
from ..python.api_md import ApiMdPage
from ..python.client import ClientPage
from ..python.converters import ConverterPage, ConvertersPage
from ..python.license_page import LicensePage
from ..python.packages import resource_package, root_package, type_package
from ..python.pagination import PaginationPage
from ..python.provenance import StatsPage
from ..python.readme import ReadmePage
from ..python.request_tests import ConftestPage, RequestTestPage
from ..python.resources import ResourcePage
from ..python.sdk_settings import SdkPage
from ..python.type_modules import TypeModulePage
from ..python.webhooks import WebhooksPage
from .begun import BEGUN
from .plan import (
    ConverterModule,
    LicenseText,
    PaginationModule,
    PlainPackage,
    PlannedFile,
    Rendered,
    RequestTests,
    ResourcePackage,
    WebhooksModule,
)


@attrs.frozen(kw_only=True)
class Sdk:
    """What pages are made from, besides the node of their file. `paths` are those of all planned files, `exported` the
    types that packages export."""

    api: Api
    definitions: Mapping[TypeName, Definition]
    resources: Mapping[tuple[str, ...], Resource]
    exported: frozenset[TypeName]
    paths: tuple[str, ...]

    @classmethod
    def of(cls, api: Api, planned: tuple[PlannedFile, ...]) -> Sdk:
        """What there is of an SDK, found once for all pages."""
        return cls(
            api=api,
            definitions=all_definitions(api),
            resources={resource.path: resource for resource in all_resources(api.resources)},
            exported=frozenset(name for package in api.type_packages for name in package.exports),
            paths=tuple(file.path for file in planned),
        )


def _resource(resource: Resource, sdk: Sdk) -> ResourcePage:
    pages = {scheme.name: scheme for scheme in sdk.api.pages}
    return ResourcePage(resource, sdk.api.package.import_name, sdk.definitions, sdk.resources, pages)


MakePage = Callable[[Any, Sdk], Any]

_OF_NODE: Mapping[type, MakePage] = {
    TypeModule: lambda node, sdk: TypeModulePage(node, sdk.definitions),
    TypePackage: lambda node, sdk: type_package(node, sdk.api.package.extra_exports),
    ConverterModule: lambda node, sdk: ConverterPage(node.path, node.module, sdk.definitions),
    Resource: lambda node, sdk: _resource(node, sdk),
    ResourcePackage: lambda node, sdk: resource_package(node.path, node.resources, sdk.api.package.extra_exports),
    RequestTests: lambda node, sdk: RequestTestPage(sdk.api, node.resource, sdk.definitions, sdk.exported),
    PaginationModule: lambda node, sdk: PaginationPage(node.pages),
    WebhooksModule: lambda node, sdk: WebhooksPage(node.webhooks),
    LicenseText: lambda node, sdk: LicensePage(node.package),
    PlainPackage: lambda node, sdk: None,
}
"""The pages of files that exist once per node."""

_OF_TEMPLATE: Mapping[str, MakePage] = {
    "sdk/.stats.yml.jinja": lambda api, sdk: StatsPage(api, set(sdk.paths) - BEGUN),
    "sdk/README.md.jinja": lambda api, sdk: ReadmePage(api, sdk.definitions),
    "sdk/api.md.jinja": lambda api, sdk: ApiMdPage(api),
    "sdk/src/[package]/__init__.py.jinja": lambda api, sdk: root_package(api),
    "sdk/src/[package]/_converters/__init__.py.jinja": lambda api, sdk: ConvertersPage.of(api),
    "sdk/src/[package]/_client.py.jinja": lambda api, sdk: ClientPage(api),
    "sdk/src/[package]/_sdk.py.jinja": lambda api, sdk: SdkPage(api.client),
    "sdk/tests/conftest.py.jinja": lambda api, sdk: ConftestPage(api.client),
}
"""The pages of files that exist once; templates that aren't listed need nothing but `api`."""


def page(file: Rendered, sdk: Sdk) -> Any:
    """The `page` of a template; `None` for one that needs none."""
    make = _OF_NODE.get(type(file.node)) or _OF_TEMPLATE.get(file.template)
    return None if make is None else make(file.node, sdk)
