"""What two documents show by themselves: requests that other clients send, requests that the API sends, components that
nothing refers to. Nothing of the packages is needed for that."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sdkloom.document.pointers import escape
from sdkloom.ir.walk import all_resources
from sdkloom.specdiff.model import Column, Impact

from .program import ANYWHERE, Program
from .states import State
from .values import Values

_TEXTS = frozenset({"description", "summary", "title", "example", "examples", "tags", "operationId", "externalDocs"})
_VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

Fact = tuple[Column, Impact, str]


def facts(old: State, new: State) -> Iterator[Fact]:
    """Yield what changes for programs that nobody wrote against the package."""
    yield from _operations(old, new)
    yield from _sent_by_the_api(old.document, new.document)
    yield from _components(old.document, new.document)
    if _differ(_tokens(old.document), _tokens(new.document)):
        for column in (Column.WIRE, Column.RUNTIME):
            yield column, Impact.LOOK, "tokens are to be had elsewhere, or others"
    if _servers(old.document) - _servers(new.document):
        yield Column.WIRE, Impact.LOOK, "a server is gone"
    before, after = old.spec_state.api.package.distribution, new.spec_state.api.package.distribution
    if before != after:
        yield Column.RUNTIME, Impact.BREAKS, f"no later version of {before} comes: it is {after} now"


def as_program(text: str) -> Program:
    """A fact in the place of a program."""
    return Program(body=(text,), touches=frozenset({ANYWHERE}), checked=False, runs=False)


def _operations(old: State, new: State) -> Iterator[Fact]:
    methods = [method for resource in all_resources(old.spec_state.api.resources) for method in resource.methods]
    used = {(method.verb.lower(), method.path.partition("?")[0]) for method in methods}
    there = _by_endpoint(new.document)
    for endpoint, operation in _by_endpoint(old.document).items():
        name = " ".join(endpoint)
        other = there.get(endpoint)
        if other is None:
            if endpoint not in used:
                yield Column.WIRE, Impact.BREAKS, f"{name} is gone"
            continue
        gone = _media(old.document, operation) - _media(new.document, other)
        if gone:
            yield Column.WIRE, Impact.LOOK, f"{name} has no {sorted(gone)} any more"
        if _differ(_encodings(operation), _encodings(other)):
            yield Column.WIRE, Impact.LOOK, f"{name} takes parts of other types"
        if _bare(operation.get("callbacks")) != _bare(other.get("callbacks")):
            yield Column.WIRE, Impact.LOOK, f"{name} has other callbacks"
        if endpoint not in used and _bare(operation) != _bare(other):
            yield Column.WIRE, Impact.LOOK, f"{name} is another one"


def _by_endpoint(document: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {
        (verb, path): item[verb] for path, item in document.get("paths", {}).items() for verb in _VERBS if verb in item
    }


def _media(document: Mapping[str, Any], operation: Mapping[str, Any]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    bodies = [("request", operation.get("requestBody", {}))]
    bodies += [("response", body) for status, body in operation.get("responses", {}).items() if str(status)[0] in "2d"]
    for kind, body in bodies:
        for part in ("requestBodies", "responses"):
            body = document.get("components", {}).get(part, {}).get(body.get("$ref", "").rpartition("/")[2], body)
        found |= {(kind, media) for media in body.get("content", {})}
    return found


def _encodings(operation: Mapping[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    return {name: _bare(media.get("encoding")) for name, media in content.items()}


def _differ(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether anything that both have is another thing."""
    return any(name in new and new[name] != value for name, value in old.items())


def _tokens(document: Mapping[str, Any]) -> dict[str, Any]:
    """Where and how tokens are to be had."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    keys = ("flows", "openIdConnectUrl")
    found = {name: {key: _bare(scheme.get(key)) for key in keys} for name, scheme in schemes.items()}
    for scheme in found.values():
        for flow in (scheme["flows"] or {}).values():
            flow["scopes"] = [*flow.get("scopes", {})]
    return found


def _sent_by_the_api(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Fact]:
    values = Values(old, [new]), Values(new, [old])
    after = new.get("webhooks", {})
    for name, webhook in old.get("webhooks", {}).items():
        pointers = list(_schemas_below(f"#/webhooks/{escape(name)}", webhook))
        is_same = _without_schemas(webhook) == _without_schemas(after.get(name))
        if not is_same or not all(_is_same(*values, pointer) for pointer in pointers):
            yield Column.WIRE, Impact.LOOK, f"the webhook {name} is gone or another one"


def _schemas_below(pointer: str, node: Any) -> Iterator[str]:
    for key, value in node.items() if isinstance(node, dict) else ():
        place = f"{pointer}/{escape(key)}"
        yield from [place] if key == "schema" else _schemas_below(place, value)


def _without_schemas(node: Any) -> Any:
    bare = _bare(node)
    if isinstance(bare, dict):
        return {key: _without_schemas(value) for key, value in bare.items() if key != "schema"}
    return bare


def _is_same(before: Values, after: Values, pointer: str) -> bool:
    """Whether a schema takes the same values as before, as far as they are tried."""
    return all(after.fits(pointer, value) for value in before.edges(pointer, 40)) and all(
        before.fits(pointer, value) for value in after.edges(pointer, 40)
    )


def _components(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Fact]:
    """Those that nothing refers to; what is referred to shows in requests and responses."""
    text = json.dumps(old)
    before, after = Values(old, [new]), Values(new, [old])
    for name in old.get("components", {}).get("schemas", {}):
        pointer = f"#/components/schemas/{escape(name)}"
        if json.dumps(pointer) in text:
            continue
        if name not in new.get("components", {}).get("schemas", {}):
            yield Column.WIRE, Impact.LOOK, f"{name} is gone"
        elif not _is_same(before, after, pointer):
            yield Column.WIRE, Impact.LOOK, f"{name} is another one"


def _servers(document: Mapping[str, Any]) -> set[str]:
    servers = [(server.get("url"), _bare(server.get("variables"))) for server in document.get("servers", [])]
    return {json.dumps(server, sort_keys=True) for server in servers}


def _bare(node: Any) -> Any:
    """A part of a document without texts for people."""
    if isinstance(node, list):
        return [_bare(item) for item in node]
    if isinstance(node, dict):
        return {key: _bare(value) for key, value in node.items() if key not in _TEXTS and not str(key).startswith("x-")}
    return node
