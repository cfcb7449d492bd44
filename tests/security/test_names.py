"""Names that can't live: those of devices, of the standard library, of headers, and those that are too long."""

from __future__ import annotations

import sys
from pathlib import PurePosixPath
from typing import Any

import attrs
import pytest

from sdkloom.document.reserved import DEVICES, STANDARD_LIBRARY, is_device, is_distribution_taken
from sdkloom.lower.names import identifiers as names

from .generated import NOTHING, document, sdk

DEVICE_NAMES = ("con", "Aux", "NUL", "prn", "COM1", "lpt9", "COM²")


@pytest.mark.parametrize("name", DEVICE_NAMES)
def test_modules_are_no_devices(name: str) -> None:
    schema = {"type": "object", "properties": {"at": {"type": "string", "format": "date"}}}
    media = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name.replace('²', '2')}"}}}
    operation = {"responses": {"200": {"description": "One.", "content": media}}}
    spec = document(
        info={"title": name, "version": "1"},
        paths={f"/{name}": {"get": operation}},
        components={"schemas": {name.replace("²", "2"): schema}},
    )
    made = sdk(spec)
    assert made.files, made.diagnostics
    parts = {part for path in made.files for part in PurePosixPath(path).parts}
    assert [part for part in parts if is_device(part) or part.rstrip(". ") != part] == []
    device = name.lower().replace("²", "2")
    assert [path for path in made.files if path.endswith(f"/resources/{device}_.py")]


@pytest.mark.parametrize("name", ["con", "os", "httpx", "Typing.Extensions", "h11", "distutils", "nul.pets"])
def test_distributions_that_are_taken(name: str) -> None:
    made = sdk(document(), {"package": {"distribution": name}})
    assert made.files == {} and "LOW043" in made.codes
    assert all(diagnostic.span.file == "sdk.yaml" for diagnostic in made.diagnostics)


@pytest.mark.parametrize("name", ["con", "json", "httpcore"])
def test_import_names_that_are_taken(name: str) -> None:
    assert sdk(document(), {"package": {"distribution": "pets", "import_name": name}}).codes == ["LOW043"]


@pytest.mark.parametrize("title", ["OS", "Con", "HTTPX", "typing extensions", "JSON", "FastAPI", "Test"])
def test_titles_that_are_taken(title: str) -> None:
    files = sdk(document(info={"title": title, "version": "1"})).files
    name = "-".join(title.lower().split())
    assert f'name = "api-{name}"\n' in files["pyproject.toml"]
    assert f"src/api_{name.replace('-', '_')}/__init__.py" in files


def test_all_modules_of_the_running_python_are_taken() -> None:
    assert sys.stdlib_module_names <= STANDARD_LIBRARY
    assert all(is_distribution_taken(name) for name in sys.stdlib_module_names if not name.startswith("_"))
    assert not any(is_distribution_taken(name) for name in ("anthropic", "pets", "api", "console", "common"))


@pytest.mark.parametrize("name", sorted(DEVICES))
def test_names_of_modules(name: str) -> None:
    assert not is_device(names.module_name(name.upper()))
    assert not is_device(names.resource_name(name))
    assert is_device(f"{name.title()} .tar.gz")


@pytest.mark.parametrize("filler", ["\u115f", "\u1160", "\u3164", "\uffa0", "\u034f", "\ufe00", "\U000e0100", "\u200b"])
def test_names_have_no_unseen_letters(filler: str) -> None:
    assert names.attribute(f"user{filler}id").replace("_", "") == "userid"
    assert names.type_name(f"User{filler}Id").lower() == "userid"


@pytest.mark.parametrize("name", ["X\r\nEvil: 1", "X:", "Kéy", "X\x00", "X\t"])
@pytest.mark.parametrize("place", ["parameter", "shared", "component", "scheme"])
def test_names_of_headers(name: str, place: str) -> None:
    parameter = {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
    operation: dict[str, Any] = {"tags": ["pets"], "responses": NOTHING}
    item: dict[str, Any] = {"get": operation}
    components: dict[str, Any] = {}
    if place == "parameter":
        operation["parameters"] = [parameter]
    elif place == "shared":
        item["parameters"] = [parameter]
    elif place == "component":
        components["parameters"] = {"Key": parameter}
    else:
        components["securitySchemes"] = {"Key": {"type": "apiKey", "in": "header", "name": name}}
    made = sdk(document(paths={"/pets": item}, components=components))
    assert made.files == {} and made.codes == ["DOC050"]


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("name", ["a b", "(x)", "filter[by]", ""])
def test_a_harmless_header_that_nobody_can_send_is_left_out(name: str, required: bool) -> None:
    parameters = [
        {"name": each, "in": "header", "required": required, "schema": {"type": "string"}} for each in (name, "X-Kept")
    ]
    operation = {"tags": ["pets"], "parameters": parameters, "responses": NOTHING}
    made = sdk(document(paths={"/pets": {"get": operation}}))
    assert made.codes == ["DOC051"]
    (text,) = [made.files[path] for path in made.files if path.endswith("resources/pets.py")]
    assert "X-Kept" in text and (not name or name not in text)


@pytest.mark.parametrize("place", ["header", "cookie"])
def test_a_scheme_that_nobody_can_send_is_left_out(place: str) -> None:
    schemes = {"Odd": {"type": "apiKey", "in": place, "name": "API Key"}, "Key": {"type": "http", "scheme": "bearer"}}
    operation = {"tags": ["pets"], "responses": NOTHING, "security": [{"Odd": []}, {"Key": []}]}
    made = sdk(document(paths={"/pets": {"get": operation}}, components={"securitySchemes": schemes}))
    assert sorted(made.codes) == ["DOC051", "LOW037"]
    assert not [path for path, text in made.files.items() if "API Key" in text]


def test_names_that_are_no_headers() -> None:
    parameter = {"name": "a b", "in": "query", "schema": {"type": "string"}}
    operation = {"tags": ["pets"], "parameters": [parameter], "responses": NOTHING}
    assert "DOC050" not in sdk(document(paths={"/pets": {"get": operation}})).codes


@pytest.mark.parametrize(
    "client",
    [
        {"headers": {"X-One": "a\r\nEvil: 1"}},
        {"headers": {"X-One": "a\x00"}},
        {"headers": {"X-One": "\u2028"}},
        {"headers": {"X-One": " a"}},
        {"headers": {"X One": "a"}},
        {"headers": {"X-One\n": "a"}},
        {"idempotency_header": "Key: 1\r\nEvil"},
        {"idempotency_header": ""},
    ],
)
def test_headers_of_the_config(client: dict[str, Any]) -> None:
    made = sdk(document(), {"package": {"distribution": "pets"}, "client": client})
    assert made.files == {} and made.codes and set(made.codes) <= {"CFG004", "CFG005"}


def test_a_title_that_begins_keys() -> None:
    config: dict[str, Any] = {"package": {"distribution": "pets", "title": "Pets\r\nEvil: 1"}}
    assert sdk(document(), config).codes == []
    assert sdk(document(), {**config, "client": {"idempotency_header": "Key"}}).codes == ["CFG004"]


def test_headers_that_are_fine() -> None:
    client = {"headers": {"X-One": "a b\tc; d=é".replace("é", "e"), "X-Two": ""}, "idempotency_header": "Key"}
    assert sdk(document(), {"package": {"distribution": "pets"}, "client": client}).files


@pytest.mark.parametrize("title", [" ".join(["word"] * 70), "w" * 5000, "Pets " + "w" * 300])
def test_long_titles(title: str) -> None:
    made = sdk(document(info={"title": title, "version": "1"}))
    assert made.codes == ["LOW060"]
    assert max(len(part.encode()) for path in made.files for part in PurePosixPath(path).parts) < 100


@pytest.mark.parametrize("place", ["tag", "operation", "schema", "title"])
def test_other_long_names(place: str) -> None:
    long = "word" * 70
    schema: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "string"}}}
    name = long if place == "schema" else "Pet"
    if place == "title":
        schema["properties"]["b"] = {"type": "object", "title": long, "properties": {"a": {"type": "string"}}}
    media = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    operation = {
        "tags": [long if place == "tag" else "pets"],
        "operationId": long if place == "operation" else "x",
        "requestBody": {"content": media},
        "responses": {"200": {"description": "One.", "content": media}},
    }
    made = sdk(document(paths={"/x": {"post": operation}}, components={"schemas": {name: schema}}))
    longest = max((len(part.encode()) for path in made.files for part in PurePosixPath(path).parts), default=0)
    assert longest <= 220
    assert made.files or set(made.codes) == {"LOW044"}


def test_long_paths() -> None:
    resources: dict[str, Any] = {"pets": {"methods": {"list": {"endpoint": "get /pets"}}}}
    for _ in range(20):
        resources = {"r" * 90: {"resources": resources}}
    assert "LOW044" in sdk(document(), {"package": {"distribution": "pets"}, "resources": resources}).codes


@pytest.mark.parametrize("config", [{"package": {"distribution": "p\ud800"}}, {"\udfff": 1}, {"package": ["\ud800"]}])
def test_surrogates_in_the_config(config: dict[str, Any]) -> None:
    made = sdk(document(), config)
    assert made.codes == ["CFG008"] and attrs.asdict(made.diagnostics[0].span)["line"] == 1


@pytest.mark.parametrize("output", ["a)\n```\n# H", "x y", "import os", "a # b\n", "(" * 500, "'\u202e'", "a\x00"])
def test_what_the_example_prints_is_an_expression(output: str) -> None:
    example = {"method": "pets.list", "output": output}
    assert sdk(document(), {"package": {"distribution": "pets"}, "readme": {"example": example}}).codes == ["CFG004"]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "http://pets.test", "./a b", './"><img>', "data:text/html,x"])
def test_links_of_the_reference_page(href: str) -> None:
    hooked = {
        "like": "list",
        "returns": "lib.streaming.Stream",
        "async_returns": "lib.streaming.Stream",
        "api_md": {"returns": "Stream", "returns_href": href},
    }
    resources = {"pets": {"methods": {"list": {"endpoint": "get /pets"}, "all": hooked}}}
    made = sdk(document(), {"package": {"distribution": "pets"}, "resources": resources})
    if href.startswith("./") and " " not in href:
        assert "CFG004" not in made.codes
    else:
        assert "CFG004" in made.codes
