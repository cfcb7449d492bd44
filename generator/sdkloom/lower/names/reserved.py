"""Names in sdk.yaml that the package or its clients need for something else."""

from __future__ import annotations

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.config import SdkConfig
from ...document.model import Document
from ...document.package_names import is_long_title
from ...document.reserved import is_class_taken, is_distribution_taken, is_option_taken, is_package_taken
from ...ir.api import Api
from ...ir.walk import all_resources
from . import identifiers as names

LONGEST = 200
"""Bytes of a name that becomes a file. Systems take 255, of which prefix and suffix need some."""
LONGEST_PATH = 1000
"""Bytes of the path of a resource. Systems take 4096, 1024 or fewer for a whole path."""


def check_names(document: Document, config: SdkConfig, sink: DiagnosticSink) -> None:
    """Report names of the package, its classes and the options of the clients that have another use or are too long."""
    package, client = config.package, config.client
    if config.file is None and is_long_title(document.info.title):
        sink.report(catalog.TITLE_SHORTENED, document.info.span, name=package.distribution)
    for name in {package.distribution: None, package.import_name: None}:
        if len(name) > LONGEST:
            sink.report(catalog.NAME_TOO_LONG, package.span, name=f"{name[:40]}…", limit=LONGEST)
    if is_distribution_taken(package.distribution):
        sink.report(catalog.NAME_IN_USE, package.span, name=package.distribution, what="the distribution")
    if client.idempotency_header and not (package.title.isascii() and package.title.isprintable()):
        hint = "keys in the idempotency header begin with it: use letters of ASCII"
        sink.report(catalog.CONFIG_BAD_VALUE, package.span, hint=hint, key="title", value=package.title)
    if is_package_taken(package.import_name):
        sink.report(catalog.NAME_IN_USE, package.span, name=package.import_name, what="the package")
    classes = [(client.class_name, client.span), (client.async_class_name, client.span)]
    seen: set[str] = set()
    for name, span in [*classes, (package.base_error, package.span)]:
        if is_class_taken(name) or name in seen:
            sink.report(catalog.NAME_IN_USE, span, name=name, what="a class")
        seen.add(name)
    taken = set(names.CLIENT_MEMBERS - names.CREDENTIALS)
    for credential in client.credentials:
        if is_option_taken(credential.option) or credential.option in taken:
            sink.report(catalog.NAME_IN_USE, credential.span, name=credential.option, what="an option of the client")
        taken.add(credential.option)


def check_lengths(api: Api, sink: DiagnosticSink) -> None:
    """Report names of modules and resources that are too long, since they and their paths become files."""
    named = [(module.name, module.span) for module in api.type_modules]
    named += [(resource.attribute, resource.span) for resource in all_resources(api.resources)]
    for name, span in named:
        if len(name.encode()) > LONGEST:
            sink.report(catalog.NAME_TOO_LONG, span, name=f"{name[:40]}…", limit=LONGEST)
    for resource in all_resources(api.resources):
        if len(".".join(resource.path).encode()) > LONGEST_PATH:
            name = f"{'.'.join(resource.path)[:40]}…"
            sink.report(catalog.NAME_TOO_LONG, resource.span, name=name, limit=LONGEST_PATH)
