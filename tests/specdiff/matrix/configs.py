"""Keys of sdk.yaml, each before and after. What changes the package must be told, whatever rule tells it."""

from __future__ import annotations

import copy
from typing import Any

Json = dict[str, Any]


def _body(schema: Json, media: str = "application/json") -> Json:
    return {"content": {media: {"schema": schema}}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


_CURSOR: Json = {"name": "cursor", "in": "query", "schema": {"type": "string"}}
_ID: Json = {"name": "pet_id", "in": "path", "required": True, "schema": {"type": "string"}}
_TAGS: Json = {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}
_KIND: Json = {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["cat", "dog", "elk"]}}
_TENANT: Json = {"name": "X-Tenant", "in": "header", "schema": {"type": "string"}}
DONE: Json = {"204": {"description": "Done."}}

DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Zoo", "version": "1"},
    "servers": [{"url": "https://zoo.example"}, {"url": "https://test.zoo.example"}],
    "security": [{"key": []}],
    "paths": {
        "/pets": {
            "get": {
                "operationId": "listPets",
                "parameters": [_CURSOR, _TAGS, _KIND, _TENANT],
                "responses": {"200": {"description": "They.", **_body(_ref("PetList"))}},
            },
            "post": {
                "operationId": "createPet",
                "requestBody": {
                    "content": {
                        "application/json": {"schema": _ref("Pet")},
                        "application/x-www-form-urlencoded": {"schema": _ref("Pet")},
                    }
                },
                "responses": {
                    "200": {"description": "It.", **_body(_ref("Pet"))},
                    "404": {"description": "No.", **_body(_ref("Failure"))},
                },
            },
        },
        "/pets/{pet_id}": {
            "get": {
                "operationId": "getPet",
                "parameters": [_ID, _KIND],
                "responses": {"200": {"description": "It.", **_body(_ref("Pet"))}},
            },
            "delete": {"operationId": "deletePet", "parameters": [_ID], "responses": DONE, "x-internal": True},
        },
        "/chat": {
            "post": {
                "operationId": "chat",
                "requestBody": {
                    "required": True,
                    **_body(
                        {
                            "type": "object",
                            "properties": {
                                "text": {"type": "string"},
                                "stream": {"type": "boolean"},
                                "live": {"type": "boolean"},
                            },
                        }
                    ),
                },
                "responses": {
                    "200": {
                        "description": "Words.",
                        "content": {
                            "application/json": {"schema": _ref("Pet")},
                            "text/event-stream": {"schema": _ref("Word")},
                        },
                    }
                },
            }
        },
        "/news": {
            "get": {
                "operationId": "news",
                "responses": {"200": {"description": "News.", **_body(_ref("Word"), "text/event-stream")}},
            }
        },
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "token": {"type": "http", "scheme": "bearer"},
        },
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string"},
                    "friend": _ref("Friend"),
                    "names": {"type": "array", "items": {"type": "string"}},
                    "weight": {"type": "number"},
                },
            },
            "Friend": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "format": "uuid"},
                    "called": {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "string"}]},
                },
            },
            "Word": {"type": "object", "properties": {"word": {"type": "string"}}},
            "Failure": {"type": "object", "properties": {"code": {"type": "integer", "minimum": 0}}},
            "PetList": {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {"type": "array", "items": _ref("Pet")},
                    "more": {"type": "array", "items": _ref("Pet")},
                    "next_cursor": {"type": ["string", "null"]},
                    "other_cursor": {"type": ["string", "null"]},
                    "has_more": {"type": "boolean"},
                    "first": {"type": "string"},
                    "last": {"type": "string"},
                    "total": {"type": "integer"},
                },
            },
        },
    },
}

_CURSORS: Json = {"kind": "cursor", "param": "cursor", "items": "data", "next": "next_cursor"}
_IDS: Json = {"kind": "item", "param": "cursor", "before": "kind", "items": "data", "first": "first", "last": "last"}
_NUMBERS: Json = {"kind": "number", "param": "cursor", "items": "data"}
_OFFSETS: Json = {"kind": "offset", "param": "cursor", "items": "data"}
_EVENTS: Json = {"items": ["word"], "skipped": ["ping"], "error": "error", "terminal": ["end"], "ends": ["[DONE]"]}
_VALUES: Json = {
    "param": "kind",
    "constant": "OLD_KINDS",
    "values": {"cat": "2026-01-01"},
    "message": "{value}: {date}",
}
_KEY: Json = {"option": "api_key", "env": "ZOO_KEY", "scheme": "key"}

KEYS: dict[str, tuple[Any, Any]] = {
    "package/distribution": ("zoo", "zoo-sdk"),
    "package/import_name": ("zoo", "zoo2"),
    "package/version": ("1.0.0", "1.1.0"),
    "package/title": ("Zoo", "Zoos"),
    "package/description": ("A zoo.", "Zoos."),
    "package/license": ("MIT", "Apache-2.0"),
    "package/copyright": ("Zoe", "2026 Zoe"),
    "package/authors": (["Zoe"], ["Zoe <zoe@zoo.example>"]),
    "package/keywords": (["zoo"], ["zoo", "pets"]),
    "package/urls": ({"Homepage": "https://zoo.example"}, {"Homepage": "https://www.zoo.example"}),
    "package/base_error": ("ZooError", "ZoosError"),
    "client/class_name": ("Zoo", "Zoos"),
    "client/async_class_name": ("AsyncZoo", "AsyncZoos"),
    "client/base_url": ("https://a.example", "https://b.example"),
    "client/security": ([{"key": []}], [{"token": []}]),
    "client/environments": ({"live": "https://a.example"}, {"live": "https://a.example", "test": "https://b.example"}),
    "client/environments, another URL": (
        {"live": "https://a.example", "test": "https://c.example"},
        {"live": "https://a.example", "test": "https://b.example"},
    ),
    "client/base_url_env": ("A_URL", "B_URL"),
    "client/log_env": ("A_LOG", "B_LOG"),
    "client/http_library": ("httpx", "httpx2"),
    "client/credentials": ([_KEY], [_KEY, {"option": "token", "scheme": "token"}]),
    "client/credentials/0/option": ([_KEY], [{**_KEY, "option": "secret"}]),
    "client/credentials/0/env": ([_KEY], [{**_KEY, "env": "ZOO_SECRET"}]),
    "client/credentials/0/doc": ([{**_KEY, "doc": "A key."}], [{**_KEY, "doc": "The key."}]),
    "client/credentials/0/header": (
        [{"option": "tenant", "header": "X-Tenant"}],
        [{"option": "tenant", "header": "X-Zoo"}],
    ),
    "client/credentials/0/query": ([{"option": "tenant", "query": "tenant"}], [{"option": "tenant", "query": "zoo"}]),
    "client/credentials/0/cookie": (
        [{"option": "tenant", "cookie": "tenant"}],
        [{"option": "tenant", "cookie": "zoo"}],
    ),
    "client/credentials/0/prefix": (
        [{"option": "tenant", "header": "X-Tenant"}],
        [{"option": "tenant", "header": "X-Tenant", "prefix": "Zoo "}],
    ),
    "client/headers": ({"X-Version": "1"}, {"X-Version": "2"}),
    "client/platform_headers": (False, True),
    "client/extra_query/arrays": ("repeat", "brackets"),
    "client/extra_query/empty": (True, False),
    "client/timeout": (60, 30),
    "client/connect_timeout": (5, 3),
    "client/max_retries": (2, 3),
    "client/max_connections": (100, 50),
    "client/max_keepalive_connections": (20, 10),
    "client/idempotency_header": ("Idempotency-Key", "X-Once"),
    "client/constants": ([{"name": "LIMIT", "value": 1}], [{"name": "LIMIT", "value": 2}]),
    "client/errors": ({"overloaded": 529}, {"overloaded": 503}),
    "client/error_bodies": ("model", "json"),
    "client/doc": ("A client.", "The client."),
    **{
        f"client/stream_events/{key}": (_EVENTS, {**_EVENTS, key: value})
        for key, value in {
            "items": ["word", "phrase"],
            "skipped": ["pong"],
            "error": "failure",
            "terminal": ["stop"],
            "ends": ["[END]"],
        }.items()
    },
    **{
        f"methods/news/stream_events/{key}": (
            {"resources": {"news": {"methods": {"list": {"endpoint": "get /news", "stream_events": _EVENTS}}}}},
            {
                "resources": {
                    "news": {"methods": {"list": {"endpoint": "get /news", "stream_events": {**_EVENTS, key: value}}}}
                }
            },
        )
        for key, value in {
            "items": ["word", "phrase"],
            "skipped": ["pong"],
            "error": "failure",
            "terminal": ["stop"],
            "ends": ["[END]"],
        }.items()
    },
    "types/Pet/param": ({}, {"Pet": {"param": False}}),
    "types/Pet/param, a name": ({"Pet": {"param": "PetInput"}}, {"Pet": {"param": "NewPet"}}),
    "types/Pet/model": ({}, {"Pet": {"model": "Beast"}}),
    "types/Pet/module": ({}, {"Pet": {"module": "beast"}}),
    "types/Pet/rename": ({}, {"Pet": {"rename": "Beast"}}),
    "inline_types": ([], ["Friend"]),
    "formats": ({"uuid": "str"}, {"uuid": "UUID"}),
    "formats, another class": ({"uuid": "bytes"}, {"uuid": "UUID"}),
    "numbers": ("float", "Decimal"),
    "numbers, by format": ({"*": "float"}, {"*": "Decimal"}),
    "request_arrays": ("list", "sequence"),
    "limits": ("none", "annotated"),
    "enums": ("literal", "class"),
    "types/Kind/enum": (
        {"#/paths/~1pets/get/parameters/2/schema": {"rename": "Kind"}},
        {"#/paths/~1pets/get/parameters/2/schema": {"rename": "Kind", "enum": "class"}},
    ),
    "shared_types": ([], ["Friend"]),
    "aliases": ({"Animal": {"of": "Pet"}}, {"Animal": {"of": "Friend"}}),
    "aliases/Animal/module": ({"Animal": {"of": "Pet"}}, {"Animal": {"of": "Pet", "module": "same"}}),
    "resources/pets/rename": ({}, {"pets": {"rename": "animals"}}),
    "resources/pets/doc": ({"pets": {"doc": "Pets."}}, {"pets": {"doc": "The pets."}}),
    "only": (["/pets", "/chat"], ["/pets"]),
    "skip": ([], ["get /news"]),
    "styles": ({"tags": "comma"}, {"tags": "brackets"}),
    "pages/scheme comes": ({"pages": {}, "infer_pages": False}, {"pages": {"Page": _CURSORS}, "infer_pages": False}),
    "pages/Page/kind": ({"pages": {"Page": _CURSORS}}, {"pages": {"Page": _NUMBERS}}),
    "pages/Page/param": ({"pages": {"Page": _CURSORS}}, {"pages": {"Page": {**_CURSORS, "param": "kind"}}}),
    "pages/Page/items": ({"pages": {"Page": _CURSORS}}, {"pages": {"Page": {**_CURSORS, "items": "more"}}}),
    "pages/Page/next": ({"pages": {"Page": _CURSORS}}, {"pages": {"Page": {**_CURSORS, "next": "other_cursor"}}}),
    "pages/Page/has_more": ({"pages": {"Page": _CURSORS}}, {"pages": {"Page": {**_CURSORS, "has_more": "has_more"}}}),
    "pages/Page/before": (
        {"pages": {"Page": _IDS}},
        {"pages": {"Page": {k: v for k, v in _IDS.items() if k != "before"}}},
    ),
    "pages/Page/first": ({"pages": {"Page": _IDS}}, {"pages": {"Page": {**_IDS, "first": "last"}}}),
    "pages/Page/last": ({"pages": {"Page": _IDS}}, {"pages": {"Page": {**_IDS, "last": "first"}}}),
    "pages/Page/total": ({"pages": {"Page": _OFFSETS}}, {"pages": {"Page": {**_OFFSETS, "total": "total"}}}),
    "pages/Page/total_pages": (
        {"pages": {"Page": _NUMBERS}},
        {"pages": {"Page": {**_NUMBERS, "total_pages": "total"}}},
    ),
    "pages/Page/start": ({"pages": {"Page": _NUMBERS}}, {"pages": {"Page": {**_NUMBERS, "start": 0}}}),
    "infer_pages": (True, False),
    "path_parameters": ("all", "none"),
    "prefix": ({}, {"/pets": "zoo"}),
    "internal_operations": (True, False),
    "extra_exports": ({}, {}),
    "deprecated_names": ({}, {"client.pets.fetch": "client.pets.retrieve"}),
    "readme/example": (
        {"example": {"method": "pets.retrieve", "arguments": {"pet_id": "1"}}},
        {"example": {"method": "pets.retrieve", "arguments": {"pet_id": "2"}}},
    ),
}

_PETS: Json = {
    "list": {"endpoint": "get /pets"},
    "create": {"endpoint": "post /pets"},
    "retrieve": {"endpoint": "get /pets/{pet_id}"},
}
METHODS: dict[str, tuple[str, Json, Json]] = {
    "endpoint": ("list", {}, {"endpoint": "get /pets/{pet_id}"}),
    "rename": ("list", {}, {"rename": "all"}),
    "security": ("list", {"security": [{"key": []}]}, {"security": [{"token": []}]}),
    "security: none": ("list", {}, {"security": []}),
    "returns": ("retrieve", {}, {"returns": "Friend"}),
    "returns: bytes": ("retrieve", {}, {"returns": "bytes"}),
    "body_type": ("create", {"body_type": "application/json"}, {"body_type": "application/x-www-form-urlencoded"}),
    "body_required": ("create", {}, {"body_required": True}),
    "headers": ("list", {"headers": {"X-A": "1"}}, {"headers": {"X-A": "2"}}),
    "styles": ("list", {"styles": {"tags": "comma"}}, {"styles": {"tags": "brackets"}}),
    "page": ("list", {}, {"page": False}),
    "doc": ("list", {"doc": "All."}, {"doc": "All pets."}),
    "path_parameters": ("retrieve", {"path_parameters": "all"}, {"path_parameters": "none"}),
    "deprecated_values": ("list", {}, {"deprecated_values": _VALUES}),
    "deprecated_values/message": (
        "list",
        {"deprecated_values": _VALUES},
        {"deprecated_values": {**_VALUES, "message": "{value} ends on {date}"}},
    ),
    "deprecated_values/constant": (
        "list",
        {"deprecated_values": _VALUES},
        {"deprecated_values": {**_VALUES, "constant": "RETIRED"}},
    ),
    "deprecated_values/values": (
        "list",
        {"deprecated_values": _VALUES},
        {"deprecated_values": {**_VALUES, "values": {"cat": "2027-01-01"}}},
    ),
}
PARAMETERS: dict[str, tuple[str, Json, Json]] = {
    "rename": ("kind", {}, {"rename": "species"}),
    "type": ("kind", {}, {"type": "str"}),
    "required": ("kind", {}, {"required": True}),
    "style": ("tags", {"style": "comma"}, {"style": "brackets"}),
    "default": ("kind", {"default": "cat"}, {"default": "dog"}),
    "default comes": ("kind", {}, {"default": "dog"}),
    "append": ("tags", {"append": ["a"]}, {"append": ["b"]}),
    "append comes": ("tags", {}, {"append": ["a"]}),
    "constant": ("kind", {"constant": "cat"}, {"constant": "dog"}),
    "constant comes": ("kind", {}, {"constant": "dog"}),
    "hidden": ("kind", {}, {"hidden": True}),
    "doc": ("kind", {"doc": "It."}, {"doc": "What it is."}),
    "constant of a header": ("X-Tenant", {"constant": "a"}, {"constant": "b"}),
}
CHAT: dict[str, tuple[Json, Json]] = {
    "stream_param": ({"stream_param": "stream"}, {"stream_param": "live"}),
    "stream_item": ({}, {"stream_item": "Pet"}),
    "stream_format": ({}, {"stream_format": "lines"}),
    **{
        f"stream_events/{key}": ({"stream_events": _EVENTS}, {"stream_events": {**_EVENTS, key: value}})
        for key, value in {
            "items": ["phrase"],
            "skipped": [],
            "error": "failure",
            "terminal": ["stop"],
            "ends": ["[END]"],
        }.items()
    },
}


def _set(path: str, value: Any) -> Json:
    keys = path.partition(",")[0].split("/")
    if isinstance(value, dict) and "resources" in value:
        return value
    if keys[0] in ("pages", "path_parameters", "infer_pages") and isinstance(value, dict):
        return value
    if keys[0] == "types":
        return {"types": value}
    if keys[:2] == ["client", "credentials"]:
        return {"client": {"credentials": value}}
    if keys[:2] == ["client", "stream_events"]:
        return {"client": {"stream_events": value}}
    if keys[0] in ("aliases", "resources", "readme"):
        return {keys[0]: value}
    config: Json = {}
    inner = config
    for key in keys[:-1]:
        inner = inner.setdefault(key, {})
    inner[keys[-1]] = value
    return config


def _method(name: str, rules: Json) -> Json:
    methods = copy.deepcopy(_PETS)
    methods[name].update(rules)
    return {"resources": {"pets": {"methods": methods}}}


def configs() -> dict[str, tuple[Json, Json]]:
    """Return every key with sdk.yaml before and after, as plain data."""
    found = {path: (_set(path, old), _set(path, new)) for path, (old, new) in KEYS.items()}
    found["package/ci"] = ({"package": {}}, {"package": {"ci": "github"}})  # one value, or none
    for key, (name, old, new) in METHODS.items():
        found[f"methods/{name}/{key}"] = (_method(name, old), _method(name, new))
    for key, (name, old, new) in PARAMETERS.items():
        for where in ("everywhere", "resource", "method"):
            sides = [{} if not rules else {name: rules} for rules in (old, new)]
            if where == "everywhere":
                pair = tuple({"parameters": side} for side in sides)
            elif where == "resource":
                pair = tuple({"resources": {"pets": {"parameters": side}}} for side in sides)
            else:
                pair = tuple(_method("list", {"parameters": side}) for side in sides)
            found[f"parameters, {where}: {key}"] = (pair[0], pair[1])
    for key, (old, new) in CHAT.items():
        sides = [
            {"resources": {"chat": {"methods": {"create": {"endpoint": "post /chat", **each}}}}} for each in (old, new)
        ]
        found[f"methods/chat/{key}"] = (sides[0], sides[1])
    return found
