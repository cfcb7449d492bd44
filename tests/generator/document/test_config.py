"""sdk.yaml: its schema, its objects, its defaults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import meta

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config import AliasModule, ClientConfig, HookedMethodConfig, MethodConfig, SdkConfig, TypeConfig
from sdkloom.document.config_check import SCHEMA_FILE
from sdkloom.document.config_read import parse_config
from sdkloom.document.model import JsonObject

from ..documents import parsed

SDK = Path(__file__).resolve().parents[3] / "spec" / "sdk.yaml"
SCHEMA: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))


def config(text: str) -> SdkConfig:
    sink = DiagnosticSink()
    found = parse_config("sdk.yaml", text, sink)
    assert not sink.diagnostics
    assert found is not None
    return found


def test_the_real_file() -> None:
    found = config(SDK.read_text("utf-8"))
    assert (found.package.distribution, found.package.base_error) == ("anthropic", "AnthropicError")
    assert [credential.option for credential in found.client.credentials] == ["api_key", "auth_token"]
    assert found.client.headers[0] == ("anthropic-version", "2023-06-01")
    assert dict(found.client.headers) == {
        "anthropic-version": "2023-06-01",
        **dict.fromkeys(("Accept", "Content-Type"), "application/json"),
    }
    assert (found.client.query_arrays, found.client.query_empty) == ("comma", False)
    assert dict(found.client.errors)["overloaded_error"] == 529
    assert found.client.stream_events.terminal == ("message_stop",)
    assert found.client.constants[0].value == "\n\nHuman:"
    assert ("ContentBlock", False) in [(entry.name.text, entry.param) for entry in found.types]
    assert "InputJsonDelta" in {alias.name for alias in found.aliases if alias.module is AliasModule.SAME}
    assert {resource.name for resource in found.resources} >= {"messages", "beta"}
    exports = {group.module: [name.text for name in group.names] for group in found.extra_exports}
    assert list(exports) == sorted(exports)
    assert exports["lib.streaming"][-1] == "TextEvent"
    assert found.example is not None
    assert (found.example.method.text, found.example.output) == ("messages.create", "message.content")
    assert found.example.arguments.items[1] == (
        "messages",
        (JsonObject((("role", "user"), ("content", "Hello, Claude"))),),
    )


def test_methods() -> None:
    found = config(SDK.read_text("utf-8"))
    resources = {resource.name: resource for resource in found.resources}
    methods = {method.name: method for method in resources["messages"].methods}
    create, stream = methods["create"], methods["stream"]
    assert isinstance(create, MethodConfig)
    assert isinstance(stream, HookedMethodConfig)
    assert (create.verb, create.path) == ("post", "/v1/messages")
    assert create.stream_param is not None
    assert create.stream_param.text == "stream"
    assert create.deprecated_values is not None
    assert create.deprecated_values.values[0] == ("claude-1.3", "November 6th, 2024")
    assert stream.deprecated_values == create.deprecated_values
    assert (stream.like.text, stream.returns.text) == ("create", "lib.streaming.MessageStreamManager")
    assert [name.text for name in stream.requires] == ["RawMessageStreamEvent", "Message.content", "model"]
    assert (stream.api_md.title, stream.api_md.args) == (False, "\\*args")
    beta = resources["beta"].resources[0].resources[0].methods[0]
    assert isinstance(beta, MethodConfig)
    assert beta.headers == (("anthropic-beta", "prompt-caching-2024-07-31"),)


def test_places() -> None:
    lines = SDK.read_text("utf-8").splitlines()
    found = config(SDK.read_text("utf-8"))
    name = found.resources[0].types[3]
    assert lines[name.span.line - 1][name.span.col - 1 : name.span.end_col - 1] == name.text
    (resource,) = [resource for resource in found.resources if resource.name == "beta"]
    assert lines[resource.span.line - 1][resource.span.col - 1 :].startswith("beta:")


def test_only_the_distribution_is_needed() -> None:
    found = config("package: {distribution: my-api.client}\n")
    assert attrs.evolve(found.package) == found.package
    assert (found.package.import_name, found.package.title) == ("my_api_client", "my-api.client")
    assert (found.package.version, found.package.base_error) == ("0.1.0", "MyApiClientError")
    assert (found.client.class_name, found.client.async_class_name) == ("MyApiClient", "AsyncMyApiClient")
    assert (found.resources, found.example) == ((), None)


def test_names_follow_from_the_names_given() -> None:
    found = config("package: {distribution: x, import_name: pets}\nclient: {class_name: PetStore}\n")
    assert (found.client.async_class_name, found.package.base_error) == ("AsyncPetStore", "PetStoreError")


def test_defaults_are_those_of_the_schema() -> None:
    properties: dict[str, dict[str, Any]] = SCHEMA["$defs"]["client"]["properties"]
    fields = {field.name: field.default for field in attrs.fields(ClientConfig)}
    documented = {name: entry["default"] for name, entry in properties.items() if "default" in entry}
    assert documented
    assert {name: getattr(fields[name], "value", fields[name]) for name in documented} == documented
    assert attrs.fields(TypeConfig).param.default is SCHEMA["$defs"]["type"]["properties"]["param"]["default"]


def test_the_schema_is_sound() -> None:
    assert meta.is_valid(SCHEMA)
    for place, part in objects(SCHEMA, "#"):
        assert part.get("description") or "$ref" in part, place
        if part.get("type") == "object" and "properties" in part:
            assert part["additionalProperties"] is False, place


def objects(part: dict[str, Any], place: str) -> list[tuple[str, dict[str, Any]]]:
    """Every schema below `part` that stands for a value or a key, and its place."""
    found: list[tuple[str, dict[str, Any]]] = [(place, part)]
    for key in ("properties", "$defs"):
        for name, inner in part.get(key, {}).items():
            found += objects(inner, f"{place}/{key}/{name}")
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(part.get(key), dict):
            found += objects(part[key], f"{place}/{key}")
    return found


def test_without_a_file() -> None:
    found = SdkConfig.default_for(parsed("paths: {}\n"))
    assert (found.file, found.package.distribution, found.package.version) == (None, "pets", "1")
    assert (found.client.class_name, found.client.base_url_env) == ("Pets", "PETS_BASE_URL")
    assert found.client.credentials == ()


@pytest.mark.parametrize(
    ("title", "distribution", "import_name", "class_name"),
    [
        ("OpenAPI definition", "openapi-definition", "openapi_definition", None),
        ("FastAPI", "api-fastapi", "api_fastapi", None),
        ("Swagger Petstore - OpenAPI 3.0", "petstore", "petstore", "Petstore"),
        ("The Plaid API", "plaid", "plaid", "Plaid"),
        ("OpenAI API Documentation v2.3", "openai", "openai", "OpenAI"),
        ("Mastodon (https://joinmastodon.org)", "mastodon", "mastodon", "Mastodon"),
        ("USPTO Data Set 2", "uspto-data-set", "uspto_data_set", "USPTODataSet"),
        ("PET STORE", "pet-store", "pet_store", "PetStore"),
        ("Web 2 Print", "web-2-print", "web_2_print", "Web2Print"),
        ("REST API", "rest-api", "rest_api", "RestApi"),
        ("REST API Version 2", "rest-api-version-2", "rest_api_version_2", None),
        ("3D Models", "3d-models", "api_3d_models", None),
        ("class", "class", "api_class", "ApiClass"),
        ("天気", "api", "api", "Api"),
        ("", "api", "api", "Api"),
    ],
)
def test_names_from_titles(title: str, distribution: str, import_name: str, class_name: str | None) -> None:
    document = parsed("paths: {}\n")
    found = SdkConfig.default_for(attrs.evolve(document, info=attrs.evolve(document.info, title=title)))
    assert (found.package.distribution, found.package.import_name) == (distribution, import_name)
    assert class_name is None or found.client.class_name == class_name
    assert config(f"package: {{distribution: '{distribution}', import_name: {import_name}}}").package.import_name


def keys() -> st.SearchStrategy[str]:
    names = [name for _, part in objects(SCHEMA, "#") for name in part.get("properties", {})]
    return st.sampled_from([*sorted(set(names)), "", "x/y"])


JSON = st.recursive(
    st.sampled_from([None, True, 0, -1, 1.5, "", "x", "get /x", "lib.X", "A", "like", "endpoint"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys(), inner, max_size=4),
    max_leaves=30,
)


@given(st.dictionaries(keys(), JSON, max_size=6))
def test_no_file_is_too_wrong(data: dict[str, object]) -> None:
    sink = DiagnosticSink()
    text = json.dumps({"package": {"distribution": "x"}, **data})
    assert (parse_config("sdk.yaml", text, sink) is None) == sink.has_errors
