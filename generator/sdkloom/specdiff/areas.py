"""The parts of an SDK that findings are about: resources, the webhooks, the client."""

from __future__ import annotations

import re

import attrs

from ..ir.api import Api
from ..ir.symbols import resource_symbol
from ..ir.walk import all_resources
from .matching.symbols import SymbolTable
from .model import Finding

CLIENT = "client"
"""What is about the client as a whole, or about several of its resources."""

WEBHOOKS = "webhooks"


def lone_resources(base: Api, revision: Api) -> frozenset[str]:
    """Return the resources that have methods in only one of two SDKs, as users write them."""
    return frozenset(resource_symbol(path) for path in _with_methods(base) ^ _with_methods(revision))


def _with_methods(api: Api) -> set[tuple[str, ...]]:
    """The paths of resources that have methods, directly or further down."""
    paths = (resource.path for resource in all_resources(api.resources) if resource.methods)
    return {path[:length] for path in paths for length in range(1, len(path) + 1)}


def with_resource(finding: Finding, base: SymbolTable, revision: SymbolTable) -> Finding:
    """Return the finding with the part of the SDK that it is about."""
    return attrs.evolve(finding, resource=_resource_of(finding, base, revision))


def _resource_of(finding: Finding, base: SymbolTable, revision: SymbolTable) -> str:
    tables = (base, revision) if finding.revision is None else (revision, base)
    if any(re.match(r"webhook |\w+\.webhooks\.", symbol) for symbol in finding.symbols):
        return WEBHOOKS
    for symbol in finding.symbols:
        for table in tables:
            path = table.resource_of(symbol)
            if path is not None:
                return resource_symbol(path)
    for table in tables:
        path = table.resource_at(finding.pointer)
        if path is not None:
            return resource_symbol(path)
    return CLIENT
