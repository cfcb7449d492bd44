"""Any values in any style, read back by the rules of OpenAPI 3.1 §4.8.12.3 and RFC 6570: they are equal."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, unquote_plus

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..wire.packages import Package

Schema = Mapping[str, Any]
Parameter = Mapping[str, Any]

ITEMS: dict[str, Schema] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
}
STYLES: dict[str, list[str]] = {
    "query": ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    "path": ["simple", "label", "matrix"],
    "header": ["simple"],
    "cookie": ["form"],
}


def schemas(item: Schema) -> dict[str, Schema]:
    return {
        "one": item,
        "list": {"type": "array", "items": item},
        "object": {"type": "object", "additionalProperties": item},
    }


def parameters() -> list[Parameter]:
    """Each location, style, `explode`, shape and kind of member that OpenAPI defines."""
    found: list[Parameter] = []
    for location, styles in STYLES.items():
        for style, explode, (kind, item) in itertools.product(styles, (False, True), ITEMS.items()):
            for shape, schema in schemas(item).items():
                if style == "deepObject" and (shape != "object" or not explode):
                    continue
                if location == "cookie" and shape == "object" and explode:
                    continue  # nothing tells its members from other cookies
                name = f"{location[0]}-{style}-{'e' if explode else 'n'}-{shape}-{kind}"
                found.append({"name": name, "in": location, "style": style, "explode": explode, "schema": schema})
    found.append({"name": "q-json", "in": "query", "content": {"application/json": {"schema": {}}}})
    reserved = {"style": "form", "explode": True, "allowReserved": True}
    found.append({"name": "q-reserved", "in": "query", **reserved, "schema": {"type": "string"}})
    return [{**parameter, "required": parameter["in"] == "path"} for parameter in found]


PARAMETERS = parameters()
IN_PATH = [parameter for parameter in PARAMETERS if parameter["in"] == "path"]
OTHERS = [parameter for parameter in PARAMETERS if parameter["in"] != "path"]


def document() -> dict[str, Any]:
    responses = {"204": {"description": "Done."}}
    paths: dict[str, Any] = {"/all": {"get": {"parameters": OTHERS, "responses": responses}}}
    for parameter in IN_PATH:
        path = f"/{parameter['name']}/{{{parameter['name']}}}/end"
        paths[path] = {"get": {"parameters": [parameter], "responses": responses}}
    return {"paths": paths}


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> Any:
    package = Package(tmp_path_factory.mktemp("package"), document())
    assert package.codes == []
    client, requests = package.client()

    def call(number: int, *positional: object, **arguments: object) -> httpx.Request:
        getattr(client.find, f"send{number or ''}")(*positional, **arguments)
        return requests[-1]

    return call


# What may be sent

any_text = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ["", "a+b", "a b", "1,2", "%41", "a&b=c", "."]
)
visible = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters=',"'), min_size=1, max_size=6
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=5,
)


def texts(parameter: Parameter) -> st.SearchStrategy[str]:
    if parameter["in"] == "header":
        return visible
    delimiter = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(parameter.get("style", ""), "")
    return any_text.map(lambda text: text.replace(delimiter, "") if delimiter else text)


def values(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Values of a parameter; where it has none for an empty one, those are left out."""
    if "content" in parameter:
        return json_values
    schema = parameter["schema"]
    kind = schema.get("items", schema.get("additionalProperties", schema))["type"]
    numbers = {
        "integer": st.integers(),
        "number": st.floats(allow_nan=False, allow_infinity=False),
        "boolean": st.booleans(),
    }
    members: Any = texts(parameter) if kind == "string" else numbers[kind]
    keys = visible if parameter["in"] == "header" else any_text
    if parameter["style"] == "deepObject":
        keys = keys.map(lambda key: key.translate({ord("["): None, ord("]"): None}))
    if parameter["in"] == "header" and parameter["explode"]:
        keys = keys.map(lambda key: key.replace("=", "-"))
    if parameter["in"] == "query" and parameter["style"].endswith("Delimited"):
        keys = texts(parameter)
    if schema["type"] == "array":
        return st.lists(members, min_size=1, max_size=4)
    if schema["type"] == "object":
        return st.dictionaries(
            keys.filter(lambda key: not key.startswith(("q-", "c-"))), members, min_size=1, max_size=3
        )
    return members


# The independent reader


def typed(text: str, schema: Schema) -> object:
    if schema["type"] == "string":
        return text
    value = json.loads(text)
    return float(value) if schema["type"] == "number" else value


def shaped(parts: list[str], parameter: Parameter) -> Any:
    """Members between delimiters, not decoded yet: of a list, or keys and values in turns or as `key=value`."""
    schema, read = parameter["schema"], str if parameter["in"] == "header" else unquote
    if schema["type"] == "array":
        return [typed(read(part), schema["items"]) for part in parts]
    if schema["type"] != "object":
        (part,) = parts
        return typed(read(part), schema)
    pairs = (
        [part.split("=", 1) for part in parts]
        if parameter["explode"]
        else list(zip(parts[::2], parts[1::2], strict=True))
    )
    return {read(key): typed(read(text), schema["additionalProperties"]) for key, text in pairs}


def from_path(segment: str, parameter: Parameter) -> Any:
    style, explode, name = parameter["style"], parameter["explode"], parameter["name"]
    if style == "simple":
        is_one = parameter["schema"]["type"] not in ("array", "object")
        return shaped([segment] if is_one else segment.split(","), parameter)
    mark = {"label": ".", "matrix": ";"}[style]
    assert segment.startswith(mark)
    parts = segment[1:].split(mark if explode else ",")
    if style == "matrix" and not (explode and parameter["schema"]["type"] == "object"):
        named = parts if explode else parts[:1]
        assert all(part.partition("=")[0] == name for part in named), segment
        parts[: len(named)] = [part.partition("=")[2] for part in named]
    return shaped(parts, parameter)


def from_query(query: str, parameter: Parameter, others: set[str]) -> Any:
    pairs = [(unquote_plus(key), text) for key, _, text in (part.partition("=") for part in query.split("&"))]
    name, own = parameter["name"], [text for key, text in pairs if key == parameter["name"]]
    if "content" in parameter:
        (text,) = own
        return json.loads(unquote_plus(text))
    schema = parameter["schema"]
    if parameter["style"] == "deepObject":
        members = {
            key.removeprefix(f"{name}[").removesuffix("]"): text for key, text in pairs if key.startswith(f"{name}[")
        }
        return {key: typed(unquote_plus(text), schema["additionalProperties"]) for key, text in members.items()}
    if parameter.get("explode", True) and schema["type"] == "object":
        members = {key: text for key, text in pairs if key not in others and not key.startswith("q-deepObject")}
        return {key: typed(unquote_plus(text), schema["additionalProperties"]) for key, text in members.items()}
    if schema["type"] not in ("array", "object") or parameter["explode"]:
        return shaped(own, parameter)
    (text,) = own
    delimiter = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}.get(parameter["style"], ",")
    return shaped(text.split(delimiter), parameter)


def from_header(text: str, parameter: Parameter) -> Any:
    is_one = parameter["schema"]["type"] not in ("array", "object")
    return shaped([text] if is_one else text.split(","), parameter)


def from_cookies(header: str, parameter: Parameter) -> Any:
    own = [text for name, _, text in (pair.partition("=") for pair in header.split("; ")) if name == parameter["name"]]
    if parameter["explode"] or parameter["schema"]["type"] not in ("array", "object"):
        return shaped(own, parameter)
    (text,) = own
    return shaped(text.split(","), parameter)


def read_back(request: httpx.Request, parameter: Parameter) -> Any:
    others = {other["name"] for other in OTHERS}
    if parameter["in"] == "query":
        return from_query(request.url.query.decode("ascii"), parameter, others)
    if parameter["in"] == "header":
        return from_header(request.headers[parameter["name"]], parameter)
    return from_cookies(request.headers["Cookie"], parameter)


def spread(parameter: Parameter) -> bool:
    """Whether the members of the value stand in the query by their own names."""
    is_object = parameter.get("schema", {}).get("type") == "object"
    return parameter["in"] == "query" and is_object and parameter["explode"] and parameter["style"] != "deepObject"


@st.composite
def calls(draw: st.DrawFn) -> list[tuple[Parameter, Any]]:
    often = st.sampled_from([one for one in OTHERS if one["name"] in ("q-json", "q-reserved")])
    chosen = draw(st.lists(st.sampled_from(OTHERS) | often, min_size=1, max_size=6, unique_by=lambda one: one["name"]))
    first = next((one for one in chosen if spread(one)), None)
    chosen = [one for one in chosen if one is first or not spread(one)]
    return [(one, draw(values(one))) for one in chosen]


def python_name(parameter: Parameter) -> str:
    name = parameter["name"].replace("-", "_")
    return (
        name.replace("spaceDelimited", "space_delimited")
        .replace("pipeDelimited", "pipe_delimited")
        .replace("deepObject", "deep_object")
    )


@given(calls())
@settings(deadline=None)
def test_query_headers_and_cookies(called: Any, arguments: list[tuple[Parameter, Any]]) -> None:
    request = called(0, **{python_name(parameter): value for parameter, value in arguments})
    assert request.url.raw_path.isascii()
    for parameter, value in arguments:
        assert read_back(request, parameter) == value, parameter["name"]


@given(st.data())
@settings(deadline=None)
def test_path(called: Any, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(IN_PATH)))
    parameter = IN_PATH[number - 1]
    value = data.draw(values(parameter))
    is_hollow = value in ("", [""])
    if is_hollow and parameter["style"] != "matrix":
        with pytest.raises(ValueError, match="Expected a non-empty value"):
            called(number, value)
        return
    path = called(number, value).url.raw_path.decode("ascii")
    start, _, rest = path.partition(f"/v1/{parameter['name']}/")
    assert start == "" and rest.endswith("/end") and rest.count("/") == 1, path
    assert from_path(rest.removesuffix("/end"), parameter) == value
