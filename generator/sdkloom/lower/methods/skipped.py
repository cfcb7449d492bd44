"""Which methods a pattern is about, and the operations that get no method because `skip` in sdk.yaml says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import MethodConfig, Name, ResourceConfig
from ...document.model import Operation
from .resources import endpoint_of, walk_configs

Names = Mapping[tuple[str, str], Set[str]]
"""Names of methods and of their resources (`pets.toys.list`, `pets.toys`, `pets`), by verb (in lower case) and path."""


def skipped_operations(
    patterns: Iterable[Name], operations: Iterable[Operation], names: Names, sink: DiagnosticSink
) -> frozenset[tuple[str, str]]:
    """Return the verbs and paths of the operations that one of `patterns` is about. A pattern that fits none is
    reported."""
    known = {endpoint_of(one): {*names_in_document(one), *names.get(endpoint_of(one), ())} for one in operations}
    found: set[tuple[str, str]] = set()
    for pattern in patterns:
        fitting = {endpoint for endpoint, all_names in known.items() if fits(pattern.text, all_names, endpoint)}
        found |= fitting
        if not fitting:
            offered = {" ".join(endpoint) for endpoint in known}.union(*known.values())
            hint = did_you_mean(pattern.text, sorted(offered))
            sink.report(config_catalog.SKIPS_NOTHING, pattern.span, hint=hint, pattern=pattern.text)
    return frozenset(found)


def method_names(resources: Iterable[ResourceConfig]) -> Names:
    """Return what the generated methods can be called by."""
    return {
        (method.verb, method.path): set(names_of(path, method.name))
        for path, resource in walk_configs(resources)
        for method in resource.methods
        if isinstance(method, MethodConfig)
    }


def names_of(resource: tuple[str, ...], method: str) -> Iterator[str]:
    """Yield `a.b.create`, and the resources above it: `a.b`, `a`."""
    yield from (".".join(resource[:length]) for length in range(1, len(resource) + 1))
    yield ".".join((*resource, method))


def names_in_document(operation: Operation) -> Iterator[str]:
    """Yield what the document calls an operation: its tags, its path and its id."""
    yield from (*operation.tags, operation.path)
    yield from [operation.operation_id] if operation.operation_id else []


def fits(pattern: str, names: Iterable[str], endpoint: tuple[str, str]) -> bool:
    """Return whether a pattern is about a method: about one of its `names`, or about its verb and path. `*` stands for
    any text without `?`: what is behind that may tell one operation from another (`/files/{id}?beta=true`)."""
    verb, _, path = pattern.rpartition(" ")
    of_endpoint = _compiled(f"{verb.strip().lower() or '*'} {path}")
    return any(map(_compiled(pattern).fullmatch, names)) or of_endpoint.fullmatch(" ".join(endpoint)) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("[^?]*".join(map(re.escape, pattern.split("*"))))
