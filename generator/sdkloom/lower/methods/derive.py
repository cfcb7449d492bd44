"""Resources for a document without any in sdk.yaml: from tags or paths; method names from verbs and paths."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from ...document.config import MethodConfig, Name, ResourceConfig
from ...document.lock import Section
from ...document.model import Operation, Tag
from ...document.pointers import operation_pointer
from ...document.reserved import is_device
from ..names import identifiers as names
from ..names.locked_names import LockedNames

_VERSION = re.compile(r"v\d+([._]\d+)*(alpha|beta)?\d*|api|rest")
_VERBS = ("get", "post", "put", "patch", "delete")
"""The verbs whose methods choose their names first."""

_COLLECTION = {"get": "list", "post": "create"}
_ITEM = {"get": "retrieve", "put": "update", "patch": "update", "delete": "delete"}
_REPLACE = "replace"
"""`put` where the same path has a `patch` too."""


def derive_resources(
    operations: Iterable[Operation],
    tags: Iterable[Tag],
    locked_names: LockedNames,
    claimed: Container[tuple[str, str]] = (),
) -> tuple[ResourceConfig, ...]:
    """Return one resource per tag: the declared tags in their order, then the others by name.

    Methods that names.lock knows keep their name, and with it their resource; but not those of the operations
    `claimed` (verb and path), for which sdk.yaml has names.
    """
    operations = sorted(operations, key=_position)
    inferred = [operation for operation in operations if (operation.method.lower(), operation.path) not in claimed]
    locked = locked_names.get_all(Section.METHODS, map(operation_pointer, inferred), _is_reserved)
    declared = {names.resource_name(tag.name): tag.description for tag in tags}
    groups: dict[str, list[Operation]] = {}
    for operation in operations:
        resource, _, _ = locked.get(operation_pointer(operation), "").partition(".")
        groups.setdefault(resource or _resource_name(operation), []).append(operation)
    order = [name for name in declared if name in groups]
    order += sorted(name for name in groups if name not in order)
    return tuple(_resource(name, groups[name], declared.get(name), locked) for name in order)


def _is_reserved(symbol: str) -> bool:
    """Whether a method can't be where it was: resources that are derived have no others inside."""
    resource, method, *inner = symbol.split(".")
    return bool(inner) or resource in names.CLIENT_MEMBERS or is_device(resource) or method in names.RESOURCE_MEMBERS


def _position(operation: Operation) -> tuple[str, int, str]:
    verb = operation.method.lower()
    return (operation.path, _VERBS.index(verb) if verb in _VERBS else len(_VERBS), verb)


def _resource_name(operation: Operation) -> str:
    for tag in operation.tags[:1]:
        name = names.resource_name(tag)
        if name:
            return name
    words = [names.resource_name(segment) for segment in _static_segments(operation)]
    return next((word for word in words if word), "root")


def _resource(name: str, operations: list[Operation], doc: str | None, locked: Mapping[str, str]) -> ResourceConfig:
    patched = frozenset(operation.path for operation in operations if operation.method.lower() == "patch")
    wanted = [_candidates(operation, name, patched) for operation in operations]
    chosen = [locked.get(operation_pointer(operation), "").partition(".")[2] for operation in operations]
    is_usual = [operation.method.lower() in _VERBS for operation in operations]
    longest = max(len(candidates) for candidates in wanted)
    for level, usual in ((level, usual) for usual in (True, False) for level in range(longest)):
        open_ones = [index for index, done in enumerate(chosen) if not done and is_usual[index] is usual]
        tried = {index: wanted[index][min(level, len(wanted[index]) - 1)] for index in open_ones}
        for index, candidate in tried.items():
            if candidate and list(tried.values()).count(candidate) == 1 and candidate not in chosen:
                chosen[index] = candidate
    methods = [
        _method(operation, picked or candidates[-1])
        for operation, candidates, picked in zip(operations, wanted, chosen)
    ]
    return ResourceConfig(name=name, methods=tuple(methods), doc=doc, span=operations[0].span)


def _method(operation: Operation, name: str) -> MethodConfig:
    verb = operation.method.lower()
    endpoint = Name(text=f"{verb} {operation.path}", span=operation.span)
    return MethodConfig(name=name, verb=verb, path=operation.path, endpoint=endpoint, span=operation.span)


def _candidates(operation: Operation, resource: str, patched: frozenset[str]) -> list[str]:
    """Names for a method, the best one first; the last one is unique but for mistakes in the document."""
    verb = operation.method.lower()
    whole = names.attribute(operation.operation_id or "", names.RESOURCE_MEMBERS)
    shape = _by_shape(operation, resource)
    replaces = shape == "update" and verb == "put" and operation.path in patched
    found = [_REPLACE if replaces else shape, _without(whole, resource), whole]
    if not whole:
        static = [names.snake(segment) for segment in _static_segments(operation)]
        found.append(_without("_".join([verb, *filter(None, static)]), resource))
    segments = [names.snake(segment.strip("{}")) for segment in operation.path.split("/")]
    found.append(names.attribute("_".join([verb, *filter(None, segments)])))
    found.append(f"{resource}_{found[-1]}")  # where names.lock has given that to an older method
    if verb not in _VERBS:
        found = [_with_verb(name, verb) for name in found if name or whole]
    return list(dict.fromkeys(name for name in found if name))


def _with_verb(name: str, verb: str) -> str:
    """The name of a method such as HEAD, which often has its operationId from the GET beside it."""
    return name if verb in name.split("_") else names.attribute(f"{verb}_{name}")


def _by_shape(operation: Operation, resource: str) -> str:
    """`list`, `create`, `retrieve`, `update`, `delete` where the path is the resource's collection or an item of it."""
    segments = [segment for segment in operation.path.split("?")[0].split("/") if segment]
    item = bool(segments) and _is_parameter(segments[-1])
    static = [segment for segment in segments if not _is_parameter(segment)]
    if not static or names.singular(names.snake(static[-1])) != names.singular(resource):
        return ""
    return (_ITEM if item else _COLLECTION).get(operation.method.lower(), "")


def _without(name: str, resource: str) -> str:
    """`name` without the words of the resource: `get_pet_by_id` of `pets` is `get_by_id`."""
    own = {word for text in (resource, names.singular(resource)) for word in text.split("_")}
    words = [word for word in name.split("_") if word and word not in own]
    return names.attribute("_".join(words), names.RESOURCE_MEMBERS)


def _static_segments(operation: Operation) -> Iterable[str]:
    for segment in operation.path.split("?")[0].split("/"):
        if segment and not _is_parameter(segment) and not _VERSION.fullmatch(segment.lower()):
            yield segment


def _is_parameter(segment: str) -> bool:
    return segment.startswith("{")
