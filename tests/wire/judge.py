"""Judges requests by the document alone: openapi-core reads both, and knows nothing of this generator.

What openapi-core lets pass is looked at here: query parameters that nobody declared, a body or a content type where
there is none, and what `Accept` asks for.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.http import parse_cookie

from .recorder import Seen

HOST = "http://api.example"
JSON_PATCHES = ("application/merge-patch+json", "application/json-patch+json")
CONFIG = Config(
    spec_validator_cls=None,  # documents may have faults
    extra_media_type_deserializers=dict.fromkeys(JSON_PATCHES, json.loads),
)
VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Operation(NamedTuple):
    """`GET /pets/{id}` with what the document says of it; references of parameters and bodies are resolved."""

    verb: str
    path: str
    parameters: tuple[Mapping[str, Any], ...]
    body: Mapping[str, Any] | None
    responses: Mapping[str, Any]
    security: Any

    @property
    def name(self) -> str:
        return f"{self.verb} {self.path}"


class Sent:
    """A request as openapi-core reads one."""

    def __init__(self, seen: Seen) -> None:
        parts = urlsplit(seen.target)
        headers = Headers(list(seen.headers))
        self.host_url = HOST
        self.path = parts.path
        self.method = seen.method.lower()
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(parts.query, keep_blank_values=True)),
            header=headers,
            cookie=ImmutableMultiDict(parse_cookie(headers.get("cookie", ""))),
        )
        self.content_type = headers.get("content-type", "")
        self.body = seen.body or None


class Judge:
    """One document, as it is, faults and all, but for its servers: all requests go to one host."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document: dict[str, Any] = copy.deepcopy(dict(document))
        servers = self._document.get("servers") or [{}]
        url = str(servers[0].get("url", ""))
        has_host = not url.startswith("/") or url.startswith("//")
        self._prefix = "" if has_host else url.rstrip("/")  # without a host it is a part of all paths
        self._document["servers"] = [{"url": f"{HOST}{self._prefix}"}]
        self._fixed = _take_queries(self._document["paths"])
        for item in self._document["paths"].values():
            item.pop("servers", None)
            for verb in VERBS:
                item.get(verb, {}).pop("servers", None)
        for parameter in self._all_parameters():
            _readable(parameter.get("schema", {}))
            if parameter.get("style") == "deepObject":  # it has no other form; openapi-core wants it said
                parameter["explode"] = True
        for body in self._all_bodies():
            content = body.get("content", {})
            if "*/*" in content:  # openapi-core reads no JSON of that name
                content.setdefault("application/json", content.pop("*/*"))
        for scheme in self._schemes():
            if "scheme" in scheme:  # its case doesn't matter (RFC 9110 §11.1), but does to openapi-core
                scheme["scheme"] = scheme["scheme"].lower()
        self._openapi = OpenAPI.from_dict(self._document, config=CONFIG)
        self.operations = tuple(self._operations())

    def _all_parameters(self) -> Iterator[dict[str, Any]]:
        """The parameters where they stand: in operations, in paths, in components."""
        yield from self._document.get("components", {}).get("parameters", {}).values()
        for item in self._document["paths"].values():
            for owner in (item, *(item.get(verb, {}) for verb in VERBS)):
                yield from owner.get("parameters", [])

    def _all_bodies(self) -> Iterator[dict[str, Any]]:
        """The bodies of requests where they stand: in operations, in components."""
        yield from self._document.get("components", {}).get("requestBodies", {}).values()
        for item in self._document["paths"].values():
            yield from (item[verb]["requestBody"] for verb in VERBS if "requestBody" in item.get(verb, {}))

    def operation(self, seen: Seen) -> Operation | None:
        """The operation that a request is for; paths without parameters come first (OpenAPI 3.1 §4.8.8.1)."""
        path = urlsplit(seen.target).path.removeprefix(self._prefix)
        fitting = [one for one in self.operations if one.verb == seen.method.lower() and _pattern(one.path).match(path)]
        return min(fitting, key=lambda one: one.path.count("{"), default=None)

    def faults(self, seen: Seen) -> list[str]:
        """What is wrong with a request; nothing if it is as the document says."""
        operation = self.operation(seen)
        if operation is None:
            return [f"the document has no {seen.method} {seen.target}"]
        found = [text_of(error) for error in self.errors(seen)]
        return [*found, *self.undeclared(seen), *self._more(operation, seen)]

    def errors(self, seen: Seen) -> Iterator[BaseException]:
        """What openapi-core finds wrong."""
        yield from self._openapi.iter_request_errors(Sent(seen))

    def understood(self, seen: Seen) -> str:
        """The parameters of a request as openapi-core reads them, in a text to compare."""
        found = self._openapi.unmarshal_request(Sent(seen)).parameters
        return repr([sorted(dict(each).items()) for each in (found.query, found.path, found.cookie)])

    def undeclared(self, seen: Seen) -> Iterator[str]:
        """What the document doesn't know of: query parameters, a body."""
        operation = self.operation(seen)
        if operation is None:
            return
        for name, _ in parse_qsl(urlsplit(seen.target).query, keep_blank_values=True):
            if not self._is_declared(operation, name) and name not in self._fixed.get(operation.path, ()):
                yield f"nobody declared the query parameter {name!r}"
        if operation.body is None and seen.body:
            yield f"there is a body, but none is declared: {seen.body[:60]!r}"

    def _more(self, operation: Operation, seen: Seen) -> Iterator[str]:
        headers = {name.lower(): value for name, value in seen.headers}
        if not seen.body and "content-type" in headers and headers.get("content-length", "0") == "0":
            yield f"there is no body, but the content type {headers['content-type']}"
        wanted = [response for status, response in operation.responses.items() if status[:1] in ("2", "d")]
        media_types = {kind for response in wanted for kind in response.get("content", {})}
        accepted = {kind.partition(";")[0].strip() for kind in headers.get("accept", "").split(",")}
        known = {kind.partition(";")[0] for kind in media_types}
        if known and "*/*" not in accepted | known and not accepted & known:
            yield f"it accepts {sorted(accepted)}, but responses are {sorted(known)}"

    def _is_declared(self, operation: Operation, name: str) -> bool:
        if any(self._is_free(parameter) for parameter in operation.parameters):
            return True
        names = [str(parameter["name"]) for parameter in operation.parameters if parameter["in"] == "query"]
        names += [scheme["name"] for scheme in self._schemes() if scheme.get("in") == "query"]
        return any(name == known or name.startswith(f"{known}[") for known in names)

    def _schemes(self) -> list[Any]:
        return list(self._document.get("components", {}).get("securitySchemes", {}).values())

    def _is_free(self, parameter: Mapping[str, Any]) -> bool:
        """Whether the members of an object are query parameters of their own: `style: form` with `explode`."""
        kind = self._resolved(parameter.get("schema", {})).get("type")
        is_object = kind == "object" or (isinstance(kind, list) and "object" in kind)
        exploded = parameter.get("style", "form") == "form" and parameter.get("explode", True)
        return bool(parameter["in"] == "query" and is_object and exploded)

    def _operations(self) -> Iterator[Operation]:
        for path, item in self._document["paths"].items():
            for verb in VERBS:
                if verb in item:
                    yield self._operation(verb, path, item, item[verb])

    def _operation(self, verb: str, path: str, item: Mapping[str, Any], operation: Mapping[str, Any]) -> Operation:
        declared = [*item.get("parameters", []), *operation.get("parameters", [])]
        body = operation.get("requestBody")
        return Operation(
            verb,
            path,
            tuple(self._resolved(parameter) for parameter in declared),
            None if body is None else self._resolved(body),
            {status: self._resolved(response) for status, response in operation.get("responses", {}).items()},
            operation.get("security", self._document.get("security", [])),
        )

    def _resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in node:
            target: Any = self._document
            for key in node["$ref"].removeprefix("#/").split("/"):
                target = target[key.replace("~1", "/").replace("~0", "~")]
            node = target
        return node


def _take_queries(paths: dict[str, Any]) -> dict[str, list[str]]:
    """Take the queries out of the keys of paths (`/pets?sort={by}`), where no other has the same path. What they say of
    parameters is not looked at. Returns the keys of those queries by path."""
    found: dict[str, list[str]] = {}
    for key in [key for key in paths if "?" in key]:
        path, _, text = key.partition("?")
        if path in paths:
            continue
        found[path] = [name for name, _ in parse_qsl(text, keep_blank_values=True)]
        item = paths[path] = paths.pop(key)
        for owner in (item, *(item[verb] for verb in VERBS if verb in item)):
            declared = owner.get("parameters", [])
            owner["parameters"] = [each for each in declared if f"{{{each.get('name')}}}" not in text]
    return found


def _readable(schema: dict[str, Any]) -> None:
    """Leave out of a parameter's schema what openapi-core can't read there: lists of types, and `readOnly`."""
    schema.pop("readOnly", None)
    kinds = schema.get("type")
    if isinstance(kinds, list):
        wanted = [kind for kind in kinds if kind != "null"]  # null is never sent
        schema["type"] = wanted[0] if len(wanted) == 1 else "string"


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("/".join("[^/]+" if "{" in part else re.escape(part) for part in path.split("/")) + "$")


def text_of(error: BaseException) -> str:
    """The error with what it was made from."""
    texts = [f"{type(error).__name__}: {error}"]
    for inner in getattr(error, "schema_errors", None) or ():
        texts.append(f"{list(inner.path)}: {inner.message}")
    cause = error.__cause__
    return "; ".join(texts) + (f" <- {text_of(cause)}" if cause is not None else "")
