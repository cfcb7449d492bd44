"""What means the same has no findings: a document and itself, with its keys in another order, in another layout."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.state import SpecState
from sdkloom.verify.order import shuffled_text

from ..project import ROOT, spec_texts
from .spec_states import letters, spec_state

CORPUS = Path(__file__).parent / "corpus"
DOCUMENTS = sorted(path.name for path in CORPUS.glob("*.yaml"))
OWN = "anthropic.yaml"

Json = dict[str, Any]


def spec_states(name: str, seed: int) -> tuple[SpecState, SpecState]:
    """A document, and the same as JSON with shuffled keys."""
    chance = random.Random(seed)
    if name == OWN:
        texts = {name: spec_texts().spec, "sdk.yaml": spec_texts().config}
    else:
        texts = {name: (CORPUS / name).read_text(encoding="utf-8")}
    config = "sdk.yaml" if "sdk.yaml" in texts else None
    again = {path: shuffled_text(path, text, chance) for path, text in texts.items()}
    return spec_state(texts, name, config), spec_state(again, name, config)


@pytest.mark.parametrize("name", [*DOCUMENTS, OWN])
def test_identity(name: str) -> None:
    one, again = spec_states(name, 1)
    for pair in ((one, one), (one, again), (again, one)):
        assert [(finding.rule.id, finding.message) for finding in compare(*pair)] == []


def text_of_all() -> str:
    """The findings between two documents that have nothing in common, both ways."""
    one, other = (spec_states(name, 0)[0] for name in ("museum.yaml", "petstore.yaml"))
    found = [*compare(one, other), *compare(other, one)]
    return "\n".join(f"{one.id} {letters(one)} {one.message} {one.symbols} {one.suggestion}" for one in found)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_hash_seeds_do_not_matter(seed: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", f"from {__name__} import text_of_all; print(text_of_all())"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert len(run.stdout.splitlines()) > 100
    assert run.stdout == text_of_all() + "\n"


def test_components_in_another_file() -> None:
    """Those that a type comes from, those that only a condition refers to, and those that nothing refers to."""

    def texts(file: str) -> tuple[str, str]:
        def ref(name: str) -> dict[str, str]:
            return {"$ref": f"{file}#/components/schemas/{name}"}

        values = {"anyOf": [ref("Text"), {"type": "array", "items": {}}, {"title": "Anything"}]}
        schemas = {
            "Pet": {"type": "object", "properties": {"a": values}, "not": ref("No")},
            "Text": {"type": "string", "pattern": "^a"},
            "No": {"required": ["b"]},
            "Lone": {"type": "string"},
        }
        body = {"content": {"application/json": {"schema": ref("Pet")}}}
        operation = {"requestBody": body, "responses": {"204": {"description": "Done."}}}
        whole = {
            "openapi": "3.1.0",
            "info": {"title": "Zoo", "version": "1"},
            "servers": [{"url": "https://zoo.example"}],
            "paths": {"/pets": {"post": operation}},
        }
        inner = json.dumps({"components": {"schemas": schemas}}).replace(file, "")
        aside = {name: ref(name) for name in schemas} if file else schemas
        return json.dumps({**whole, "components": {"schemas": aside}}), inner

    one, _ = texts("")
    other, aside = texts("aside.json")
    states = spec_state({"zoo.json": one}, "zoo.json"), spec_state({"zoo.json": other, "aside.json": aside}, "zoo.json")
    assert compare(*states) == ()
    assert compare(*reversed(states)) == ()


def test_schemas_of_one_python_name_in_another_order() -> None:
    schemas = {
        "a_series": {"type": "object", "properties": {"a": {"type": "string"}}},
        "a-series": {"type": "object", "properties": {"b": {"type": "string"}}},
    }
    content = {name: {"schema": {"$ref": f"#/components/schemas/{name}"}} for name in schemas}
    answers = {
        str(200 + at): {"description": "It.", "content": {"application/json": one}}
        for at, one in enumerate(content.values())
    }
    texts = [
        json.dumps(
            {
                "openapi": "3.1.0",
                "info": {"title": "Zoo", "version": "1"},
                "servers": [{"url": "https://zoo.example"}],
                "paths": {
                    "/one": {"get": {"responses": {"200": answers["200"]}}},
                    "/two": {"get": {"responses": {"200": answers["201"]}}},
                },
                "components": {"schemas": {name: schemas[name] for name in order}},
            }
        )
        for order in (list(schemas), list(reversed(schemas)))
    ]
    assert compare(*(spec_state({"zoo.json": text}, "zoo.json") for text in texts)) == ()


def null_in_another_way() -> dict[str, tuple[Json, Json]]:
    """Schemas of one property, as OpenAPI 3.0 and as 3.1 says them."""
    name: Json = {"$ref": "#/components/schemas/Name"}
    other: Json = {"$ref": "#/components/schemas/Other"}
    null: Json = {"type": "null"}
    return {
        "beside allOf": (
            {"type": "string", "allOf": [name], "nullable": True},
            {"type": ["string", "null"], "allOf": [name]},
        ),
        "around allOf": (
            {"type": "string", "allOf": [name], "nullable": True},
            {"anyOf": [{"type": "string", "allOf": [name]}, null]},
        ),
        "of anything": ({"nullable": True}, {}),
        "of a variant that is anything": ({"anyOf": [name, {"nullable": True}]}, {"anyOf": [name, {}]}),
        "of a part": (
            {"type": "object", "allOf": [{**other, "nullable": True}, {"properties": {"b": name}}]},
            {"type": "object", "allOf": [{"anyOf": [other, null]}, {"properties": {"b": name}}]},
        ),
    }


@pytest.mark.parametrize("is_required", [True, False])
@pytest.mark.parametrize("what", null_in_another_way())
def test_null_as_openapi_3_0_and_3_1_say_it(what: str, is_required: bool) -> None:
    states: list[SpecState] = []
    for version, schema in zip(("3.0.3", "3.1.0"), null_in_another_way()[what]):
        required = {"required": ["p"]} if is_required else {}
        content = {"application/json": {"schema": {"type": "object", "properties": {"p": schema}, **required}}}
        document: Json = {
            "openapi": version,
            "info": {"title": "Zoo", "version": "1"},
            "servers": [{"url": "https://zoo.example"}],
            "paths": {
                "/pets": {
                    "get": {"responses": {"200": {"description": "It.", "content": content}}},
                    "post": {"requestBody": {"content": content}, "responses": {"204": {"description": "Done."}}},
                }
            },
            "components": {
                "schemas": {
                    "Name": {"type": "string"},
                    "Other": {
                        "type": "object",
                        "required": ["kind"],
                        "properties": {"kind": {"type": "string", "enum": ["a"]}},
                    },
                }
            },
        }
        states.append(spec_state({"zoo.json": json.dumps(document)}, "zoo.json"))
    for pair in (states, states[::-1]):
        assert {each.rule.id for each in compare(*pair)} - {"openapi-version-changed", "spelling-changed"} == set()


def test_styles_of_texts_in_multipart_forms() -> None:
    """OpenAPI 3.0 passes them over; in 3.1 `form` writes a text as it is."""
    states: list[SpecState] = []
    for version in ("3.0.3", "3.1.0"):
        schema = {
            "type": "object",
            "properties": {"name": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}},
        }
        encoding = {name: {"style": "form"} for name in ("name", "tags")}
        body = {"content": {"multipart/form-data": {"schema": schema, "encoding": encoding}}}
        document: Json = {
            "openapi": version,
            "info": {"title": "Zoo", "version": "1"},
            "servers": [{"url": "https://zoo.example"}],
            "paths": {"/pets": {"post": {"requestBody": body, "responses": {"204": {"description": "Done."}}}}},
        }
        states.append(spec_state({"zoo.json": json.dumps(document)}, "zoo.json"))
    assert [each.rule.id for each in compare(*states)] == ["openapi-version-changed"]


def test_keys_of_a_new_type_are_told_with_it() -> None:
    """A component that had no type yet, and that has one key more now."""
    texts: list[str] = []
    for properties in ({}, {"b": {"type": "string"}}):
        inner = {"type": "object", "properties": {"a": {"type": "string"}, **properties}}
        used = {"inner": {"$ref": "#/components/schemas/Inner"}} if properties else {}
        body = {"content": {"application/json": {"schema": {"type": "object", "properties": used}}}}
        document: Json = {
            "openapi": "3.1.0",
            "info": {"title": "Zoo", "version": "1"},
            "servers": [{"url": "https://zoo.example"}],
            "paths": {"/pets": {"post": {"requestBody": body, "responses": {"204": {"description": "Done."}}}}},
            "components": {"schemas": {"Inner": inner}},
        }
        texts.append(json.dumps(document))
    found = compare(*(spec_state({"zoo.json": text}, "zoo.json") for text in texts))
    assert {"parameter-added", "other-change"} & {each.rule.id for each in found} <= {"parameter-added"}
    assert "type-added" in {each.rule.id for each in found}


@pytest.mark.parametrize(
    "names", [("application/json", "application/yaml"), ("application/json", "application/json;stream=watch")]
)
def test_media_types_of_a_response_in_another_order(names: tuple[str, ...]) -> None:
    items = {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}}
    page = {"type": "object", "required": ["items"], "properties": {"items": items, "next_cursor": {"type": "string"}}}
    media = [(name, {"schema": page}) for name in names]
    texts = [
        json.dumps(
            {
                "openapi": "3.1.0",
                "info": {"title": "Zoo", "version": "1"},
                "servers": [{"url": "https://zoo.example"}],
                "paths": {
                    "/pets": {
                        "get": {
                            "parameters": [{"name": "cursor", "in": "query", "schema": {"type": "string"}}],
                            "responses": {"200": {"description": "They.", "content": dict(order)}},
                        }
                    }
                },
            }
        )
        for order in (media, media[::-1])
    ]
    found = compare(*(spec_state({"zoo.json": text}, "zoo.json") for text in texts))
    assert {each.rule.id for each in found} <= {"other-text-change"}
