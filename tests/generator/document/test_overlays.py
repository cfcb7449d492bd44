"""Overlays: what their actions make of a document, and where what they bring is said to stand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.model import Schema
from sdkloom.document.parse import document_root, parse_document
from sdkloom.source.nodes import MappingNode, plain

HEAD = 'overlay: 1.1.0\ninfo: {title: Changes, version: "1"}\nactions:\n'
SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get: &get
      tags: [pets, beta]
      parameters:
        - {name: a, in: query, schema: {}}
        - {name: b, in: query, schema: {}}
        - {name: c, in: header, schema: {}}
      responses: {"204": {description: Fine.}}
  /dogs:
    get: *get
    post:
      deprecated: true
      responses: {"204": {description: Fine.}}
"""


def changed(actions: str, *more: str, spec: str = SPEC) -> Any:
    texts = {"spec.yaml": spec} | {f"{at}.yaml": HEAD + text for at, text in enumerate((actions, *more))}
    overlays = [path for path in texts if path != "spec.yaml"]
    root = document_root("spec.yaml", texts.__getitem__, overlays=overlays)
    sink = DiagnosticSink()
    parse_document("spec.yaml", texts.__getitem__, sink, overlays=overlays)
    assert not [found for found in sink.diagnostics if found.code.startswith("OVL") and found.code != "OVL014"]
    assert root is not None
    return plain(root)


def test_mappings_are_merged_and_lists_are_joined() -> None:
    found = changed("""
  - target: $
    update:
      info: {title: Dogs, license: {name: MIT}}
      x-list: [1]
  - target: $
    update: {x-list: [2, 3], servers: [{url: "https://dogs.test"}]}
""")
    assert found["info"] == {"title": "Dogs", "version": "1", "license": {"name": "MIT"}}
    assert found["x-list"] == [1, 2, 3]
    assert list(found) == ["openapi", "info", "paths", "x-list", "servers"]


def test_what_is_of_another_kind_is_replaced() -> None:
    found = changed("""
  - {target: $, update: {x: {a: 1, b: [1], c: {d: 2}}}}
  - {target: $.x, update: {a: {e: 3}, b: 4, c: null}}
""")
    assert found["x"] == {"a": {"e": 3}, "b": 4, "c": None}


def test_lists_take_items_and_lists() -> None:
    found = changed("""
  - {target: $.paths.*.get.tags, update: new}
  - {target: "$.paths['/pets'].get.tags", update: [one, two]}
""")
    assert found["paths"]["/pets"]["get"]["tags"] == ["pets", "beta", "new", "one", "two"]
    assert found["paths"]["/dogs"]["get"]["tags"] == ["pets", "beta", "new"]


def test_texts_are_replaced() -> None:
    assert changed("  - {target: $.info.title, update: Cats}")["info"]["title"] == "Cats"


def test_aliases_are_other_places() -> None:
    found = changed("  - {target: \"$.paths['/pets'].get\", update: {summary: Pets}}")
    assert found["paths"]["/pets"]["get"]["summary"] == "Pets"
    assert "summary" not in found["paths"]["/dogs"]["get"]


def test_what_an_overlay_brings_twice_is_two_things() -> None:
    found = changed("""
  - {target: $.paths.*, update: {x: {list: [1]}}}
  - {target: "$.paths['/pets'].x.list", update: 2}
""")
    assert found["paths"]["/pets"]["x"] == {"list": [1, 2]}
    assert found["paths"]["/dogs"]["x"] == {"list": [1]}


def test_nodes_below_each_other_are_changed_both() -> None:
    found = changed("""
  - {target: $, update: {x: {y: {z: {}}}}}
  - {target: $.x..*, update: {n: {}}}
""")
    assert found["x"] == {"y": {"n": {}, "z": {"n": {}}}}


def test_what_went_with_what_holds_it_is_left_alone() -> None:
    found = changed("""
  - {target: $, update: {x: {y: {k: 1, z: {w: {k: 1}}}}}}
  - {target: "$.x..[?@.k]", update: {z: 2}}
""")
    assert found["x"] == {"y": {"k": 1, "z": 2}}


def test_removing() -> None:
    found = changed("""
  - {target: "$.paths.*[?@.deprecated == true]", remove: true}
  - {target: "$.paths['/pets'].get.parameters[?@.in == 'query']", remove: true}
  - {target: "$.paths['/dogs'].get.parameters[0, 2]", remove: true, update: nothing}
  - {target: "$.paths['/pets'].get['responses', 'tags']", remove: true}
""")
    assert list(found["paths"]["/dogs"]) == ["get"]
    assert found["paths"]["/pets"]["get"] == {"parameters": [{"name": "c", "in": "header", "schema": {}}]}
    assert found["paths"]["/dogs"]["get"]["parameters"] == [{"name": "b", "in": "query", "schema": {}}]


def test_removing_what_lies_in_each_other() -> None:
    assert changed("  - {target: $.paths..*, remove: true}")["paths"] == {}


def test_copying_and_then_changing_one_of_both() -> None:
    found = changed("""
  - {target: $.paths, update: {/cats: {}}}
  - {target: "$.paths['/cats']", copy: "$.paths['/dogs']"}
  - {target: "$.paths['/cats'].post", update: {summary: Cats}}
""")
    assert found["paths"]["/cats"]["get"] == found["paths"]["/dogs"]["get"]
    assert found["paths"]["/cats"]["post"]["summary"] == "Cats"
    assert "summary" not in found["paths"]["/dogs"]["post"]


def test_overlays_are_laid_on_one_after_the_other() -> None:
    found = changed("  - {target: $, update: {x: {a: 1}}}", "  - {target: $.x, update: {b: 2}}")
    assert found["x"] == {"a": 1, "b": 2}


def test_spans_of_what_overlays_bring() -> None:
    """Keys and values stand in the overlay, also after a later change of what holds them."""
    overlay = (
        HEAD + "  - target: $.components.schemas\n    update:\n      Dog: {type: dgo}\n      Cat: {type: string}\n"
    )
    later = HEAD + "  - target: $.components.schemas.*\n    update: {description: A pet.}\n"
    spec = SPEC + "components: {schemas: {Pet: {type: object}}}\n"
    texts = {"api/spec.yaml": spec, "o/one.yaml": overlay, "o/two.yaml": later}
    sink = DiagnosticSink()
    document = parse_document("api/spec.yaml", texts.__getitem__, sink, overlays=["o/one.yaml", "o/two.yaml"])
    assert document is not None
    assert {named.name: str(named.span) for named in document.schemas} == {
        "Pet": "api/spec.yaml:17:24",
        "Dog": "o/one.yaml:6:7",
        "Cat": "o/one.yaml:7:7",
    }
    assert [str(found.span) for found in sink.diagnostics] == ["o/one.yaml:6:19"]
    assert {named.schema.description for named in document.schemas if isinstance(named.schema, Schema)} == {"A pet."}


def test_references_start_from_the_document() -> None:
    overlay = (
        HEAD
        + """
  - target: $.paths['/pets'].get.responses['204']
    update: {content: {application/json: {schema: {$ref: "parts/pet.yaml"}}}}
  - target: $.paths['/dogs'].get.responses['204']
    update: {content: {application/json: {schema: {$ref: "#/components/schemas/Dog"}}}}
  - target: $
    update: {components: {schemas: {Dog: {type: object}}}}
"""
    )
    texts = {"api/spec.yaml": SPEC, "elsewhere/o.yaml": overlay, "api/parts/pet.yaml": "type: string"}
    sink = DiagnosticSink()
    document = parse_document("api/spec.yaml", texts.__getitem__, sink, overlays=["elsewhere/o.yaml"])
    assert document is not None
    assert not sink.diagnostics
    assert {named.file for named in document.schemas} == {"api/spec.yaml", "api/parts/pet.yaml"}


def test_nothing_changes_without_actions() -> None:
    root = document_root("spec.yaml", {"spec.yaml": SPEC, "o.yaml": HEAD + "  []"}.__getitem__, overlays=["o.yaml"])
    assert isinstance(root, MappingNode)
    assert plain(root) == changed("  []")


@pytest.mark.parametrize("depth", [10, 120])
def test_overlays_may_be_json_and_deep(depth: int) -> None:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"x": value}
    overlay: Any = {"overlay": "1.0.0", "info": {}, "actions": [{"target": "$", "update": value}]}
    texts = {"spec.yaml": SPEC, "o.json": json.dumps(overlay)}
    sink = DiagnosticSink()
    parse_document("spec.yaml", texts.__getitem__, sink, overlays=["o.json"])
    assert not sink.has_errors


def test_an_overlay_that_is_missing_is_reported() -> None:
    def read(path: str) -> str:
        if path == "spec.yaml":
            return SPEC
        raise FileNotFoundError(path)

    sink = DiagnosticSink()
    parse_document("spec.yaml", read, sink, overlays=["o.yaml"])
    assert [(found.code, found.span.file) for found in sink.diagnostics] == [("DOC014", "o.yaml")]
