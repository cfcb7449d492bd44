"""`--only` and `--skip`: which methods stay, and that nothing stays which they don't need."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.ir.api import Api
from sdkloom.ir.walk import all_definitions, all_resources
from sdkloom.lower.methods.skipped import fits
from sdkloom.pipeline import Pipeline

SPEC = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.test"}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Animals]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pets"}}}}}
    post:
      operationId: addPet
      tags: [Animals]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/NewPet"}}}}
      responses: {"201": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
  /pets/{id}/tags:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: listTags
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Tag"}}}}}
  /orders:
    get:
      operationId: listOrders
      tags: [Orders]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
webhooks:
  shipped:
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
      responses: {"204": {description: Fine.}}
components:
  schemas:
    Pets: {type: object, properties: {data: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
    Pet: {type: object, required: [name], properties: {name: {type: string}, tag: {$ref: "#/components/schemas/Tag"}}}
    NewPet: {type: object, properties: {kind: {$ref: "#/components/schemas/Kind"}}}
    Kind: {type: object, properties: {name: {type: string}}}
    Tag: {type: object, properties: {text: {type: string}}}
    Order: {type: object, properties: {pet: {$ref: "#/components/schemas/Pet"}, total: {type: integer}}}
"""


def api(only: tuple[str, ...] = (), skip: tuple[str, ...] = (), config: str | None = None) -> Api:
    texts = {"spec.yaml": SPEC, "sdk.yaml": config or ""}
    sink = DiagnosticSink()
    made = Pipeline(
        spec="spec.yaml",
        config="sdk.yaml" if config else None,
        read=texts.__getitem__,
        templates=Path(),
        sink=sink,
        only=only,
        skip=skip,
    ).api()
    assert made is not None, sink.diagnostics
    return made


def methods(made: Api) -> set[str]:
    return {
        ".".join((*resource.path, method.name))
        for resource in all_resources(made.resources)
        for method in resource.methods
    }


def types(made: Api) -> set[str]:
    return {name.name for name in all_definitions(made)}


@pytest.mark.parametrize(
    "pattern",
    ["Animals", "/pets", "list*|addPet", "pets.list|pets.create", "get /pets|post /pets", "pets.*|!pets.tags"],
    ids=str,
)
def test_the_same_part_by_whatever_it_is_called(pattern: str) -> None:
    wanted = tuple(one for one in pattern.split("|") if not one.startswith("!"))
    skipped = tuple(one[1:] for one in pattern.split("|") if one.startswith("!"))
    if pattern == "list*|addPet":
        skipped = ("listOrders", "listTags")
    made = api(wanted, skipped)
    assert methods(made) == {"pets.list", "pets.create"}
    assert {"Pet", "Pets", "Tag", "PetCreateParams"} <= types(made)
    assert not types(made) & {"Order"}


@pytest.mark.parametrize(
    "pattern", ["Animals", "/pets", "addPet|listPets", "pets.list|pets.create", "get /pets|post /pets"]
)
def test_sdk_yaml_skips_in_the_same_words(pattern: str) -> None:
    patterns = pattern.split("|")
    config = f"skip: {json.dumps(patterns)}"
    assert methods(api(config=config)) == methods(api(skip=tuple(patterns))) == {"pets.tags.list", "orders.list"}


def test_sdk_yaml_skips_by_names_of_its_own_and_keeps_what_it_lists() -> None:
    renamed = "resources: {pets: {rename: animals, methods: {list: {}}}}\nskip: [animals]"
    assert methods(api(config=renamed)) == {"animals.list", "orders.list"}


def test_a_resource_has_its_children_with_it() -> None:
    assert methods(api(("pets",))) == {"pets.list", "pets.create", "pets.tags.list"}
    assert methods(api((), ("pets",))) == {"orders.list"}


def test_types_are_left_out_and_keep_their_names() -> None:
    whole = set(all_definitions(api()))
    part = set(all_definitions(api(("pets.tags",))))
    assert part < whole
    assert {name.name for name in part} == {"Tag"}


def test_webhooks_stay_unless_something_else_is_asked_for() -> None:
    assert [one.attribute for one in api((), ("orders",)).webhooks] == ["shipped"]
    assert "Order" in types(api((), ("orders",)))
    assert api(("pets",)).webhooks == ()


def test_the_lock_holds_the_names_of_the_whole() -> None:
    assert api(("orders",)).names == api().names


def test_sdk_yaml_says_the_same_and_arguments_narrow_it() -> None:
    config = "package: {distribution: shop}\nonly: [Animals]\n"
    assert methods(api(config=config)) == {"pets.list", "pets.create"}
    assert methods(api((), ("addPet",), config)) == {"pets.list"}


def test_an_example_goes_with_its_method() -> None:
    config = "package: {distribution: shop}\nreadme: {example: {method: orders.list}}\n"
    assert api(config=config).example is not None
    assert api(("pets",), config=config).example is None


@pytest.mark.parametrize("pattern", ["/files/*", "delete /files/*"])
def test_an_asterisk_ends_at_the_question_mark(pattern: str) -> None:
    """What is behind it tells one operation from another."""
    paths = {"/files/{id}": ["/files/{id}"], "/files/{id}?beta=true": ["/files/{id}?beta=true"]}
    assert [path for path, names in paths.items() if fits(pattern, names, ("delete", path))] == ["/files/{id}"]
