"""Compositions that refer to each other twice take work in proportion to their text, not to the ways through them.

Work is counted in calls of functions. A count that passes `_TOO_MANY` stops: twice as much for each schema more would
never come to an end.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.parse import parse_document
from sdkloom.ir.resources import JsonMapping
from sdkloom.pipeline import Pipeline
from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.facts.reach import Reach
from sdkloom.specdiff.state import SpecState
from sdkloom.verify import reference_models
from sdkloom.verify.examples import Examples, TooLarge
from sdkloom.verify.leniencies import LENIENCIES, allows_null, relaxed
from sdkloom.verify.schemas import Schemas

from ..generator.lowering import Lowered, lower_text
from ..project import ROOT

_TOO_MANY = 3_000_000
_SCHEMA = "#/components/schemas/"

Json = dict[str, Any]


def _ref(number: int, kind: str = "X") -> Json:
    return {"$ref": f"{_SCHEMA}{kind}{number}"}


def _both(number: int) -> list[Json]:
    """The schema before the one with this number, twice."""
    return [_ref(number - 1), _ref(number - 1)]


DIAMONDS: dict[str, Callable[[int], Json]] = {
    "allOf": lambda n: {"allOf": _both(n)},
    "anyOf": lambda n: {"anyOf": _both(n)},
    "oneOf": lambda n: {"oneOf": _both(n)},
    "in turn": lambda n: {("allOf", "anyOf", "oneOf")[n % 3]: _both(n)},
    "both at once": lambda n: {"allOf": [_ref(n - 1)], "anyOf": [_ref(n - 1)]},
    "inside of inline ones": lambda n: {"allOf": [{"allOf": _both(n)}, {"allOf": [_ref(n - 1)]}]},
    "folded": lambda n: {"allOf": [_ref(n - 1), {"properties": {"b": {"type": "string"}}, "anyOf": _both(n)}]},
    "redefined": lambda n: {"allOf": [_ref(n - 1), {"properties": {"a": {"description": "A."}}}, _ref(n - 1)]},
    "nullable": lambda n: {"anyOf": [{"anyOf": [one, {"type": "null"}]} for one in _both(n)]},
    "items": lambda n: {"type": "array", "items": {"anyOf": _both(n)}},
    "prefixItems": lambda n: {"type": "array", "prefixItems": _both(n)},
    "additionalProperties": lambda n: {"type": "object", "additionalProperties": {"anyOf": _both(n)}},
    "patternProperties": lambda n: {"allOf": _both(n), "patternProperties": {"^b": {"type": "string"}}},
    "properties": lambda n: {"type": "object", "properties": {"a": _ref(n - 1), "b": _ref(n - 1)}},
    "beside a ref": lambda n: {**_ref(n - 1), "allOf": [_ref(n - 1)], "required": ["a"]},
    "two names": lambda n: {"anyOf": [{"allOf": [_ref(n - 1)]}, {"oneOf": [_ref(n - 1), {"type": "string"}]}]},
    "an example": lambda n: {"anyOf": _both(n), "example": 7},
}
"""How each schema uses the one before it."""

TAGGED: dict[str, Callable[[int], Json]] = {
    "tags": lambda n: {"oneOf": _both(n)},
    "a discriminator": lambda n: {"oneOf": _both(n), "discriminator": {"propertyName": "kind"}},
    "a mapping": lambda n: {
        "oneOf": _both(n),
        "discriminator": {"propertyName": "kind", "mapping": {"cat": f"{_SCHEMA}L0"}},
    },
}
"""The same, with variants that have a tag."""

REFUSED: dict[str, Callable[[int], Json]] = {
    "refs": lambda n: _ref(n - 1),
    "documented refs": lambda n: {**_ref(n - 1), "description": f"Number {n}."},
    "an allOf of one": lambda n: {"allOf": [_ref(n - 1)], "nullable": True},
    "allOf": lambda n: {"allOf": [_ref(n - 1), {"properties": {"b": {"type": "string"}}}]},
    "anyOf": lambda n: {"anyOf": [_ref(n - 1), {"type": "string"}]},
    "objects": lambda n: {"type": "object", "properties": {"a": _ref(n - 1)}},
    "required keys": lambda n: {"type": "object", "required": ["a"], "properties": {"a": _ref(n - 1)}},
}
"""Chains that are too long for Python."""


def _leaf(kind: str) -> Json:
    return {"type": "object", "required": ["kind"], "properties": {"kind": {"const": kind}, kind: {"type": "string"}}}


def _document(shape: Callable[[int], Json], size: int, where: str = "everywhere", title: str = "") -> Json:
    """A document with `size` schemas; the last one is a response, a request body and a parameter."""
    schemas: Json = {"L0": _leaf("cat"), "L1": _leaf("dog")}
    if shape in TAGGED.values():
        schemas["X0"] = {"oneOf": [_ref(0, "L"), _ref(1, "L")], "title": title}
    else:
        schemas["X0"] = {"type": "object", "properties": {"a": {"type": "string"}}, "title": title}
        schemas["X0"]["properties"] |= {"new": {"type": "string"}} if title else {}
    schemas |= {f"X{number}": shape(number) for number in range(1, size + 1)}
    last = {"application/json": {"schema": _ref(size)}}
    operation: Json = {"operationId": "make", "responses": {"200": {"description": "Made."}}}
    if where == "everywhere":
        operation["responses"]["200"]["content"] = last
        operation["requestBody"] = {"content": last, "required": True}
        operation["parameters"] = [{"name": "q", "in": "query", "required": True, "schema": _ref(size)}]
    operation["responses"] |= {str(status): {"description": "No.", "content": last} for status in (400, 404, 500)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "https://pets.example"}],
        "paths": {"/pets": {"post": operation}},
        "components": {"schemas": schemas},
    }


def _state(document: Json) -> SpecState | None:
    text = json.dumps(document)
    sink = DiagnosticSink()
    return Pipeline(
        spec="spec.json", config=None, read=lambda path: text, templates=ROOT / "templates", sink=sink
    ).spec_state()


def _lowered(document: Json) -> Lowered:
    return lower_text(json.dumps(document), head="")


def _calls(run: Callable[[], object]) -> int:
    """How many calls of Python functions `run` takes."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"
        if count > _TOO_MANY:
            sys.setprofile(None)
            pytest.fail("there is no end to it")

    sys.setprofile(counted)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


def _is_linear(work: Callable[[int], Callable[[], object]]) -> bool:
    """Whether twice as many schemas take about twice as many calls. Both are beyond the budgets of samples."""
    work(2)()
    return _calls(work(48)) <= 2.5 * _calls(work(24))


@pytest.mark.parametrize("name", [*DIAMONDS, *TAGGED])
def test_lowering_is_linear(name: str) -> None:
    shape = (DIAMONDS | TAGGED)[name]
    assert _is_linear(lambda size: lambda: _state(_document(shape, size)))


@pytest.mark.parametrize("where", ["everywhere", "errors"])
@pytest.mark.parametrize("name", [*DIAMONDS, *TAGGED])
def test_diff_is_linear(name: str, where: str) -> None:
    shape = (DIAMONDS | TAGGED)[name]

    def work(size: int) -> Callable[[], object]:
        states = [_state(_document(shape, size, where, title)) for title in ("", "New")]

        def run() -> None:
            base, revision = states
            assert base is not None and revision is not None
            compare(base, revision)

        return run

    assert _is_linear(work)


def _each_schema(document: Json) -> None:
    """What `verify` asks about the last schema."""
    schemas = Schemas(document)
    pointer = f"{_SCHEMA}X{len(document['components']['schemas']) - 3}"
    place = schemas.at(pointer)
    assert place is not None
    schemas.bare(place)
    schemas.properties(place)
    schemas.required(place)
    schemas.folded(place)
    schemas.says(place, "readOnly")
    list(schemas.reachable(pointer))
    allows_null(place.schema, schemas)
    relaxed(place.schema, list(LENIENCIES.values()), schemas)
    reference_models.most_variants(document)


@pytest.mark.parametrize("name", [*DIAMONDS, *TAGGED])
def test_schemas_of_verify_grow_at_most_by_the_square(name: str) -> None:
    """`reachable` asks each schema for its parts."""
    shape = (DIAMONDS | TAGGED)[name]
    _each_schema(_document(shape, 2))
    small, large = (_calls(partial(_each_schema, _document(shape, size))) for size in (24, 48))
    assert large <= 4.5 * small


@pytest.mark.parametrize("name", [*DIAMONDS, *TAGGED])
def test_examples_of_verify_have_an_end(name: str) -> None:
    """They are drawn, or they are too large to be."""
    document = _document((DIAMONDS | TAGGED)[name], 24)

    def draw() -> None:
        with contextlib.suppress(TooLarge):
            Examples(document, 0).draw(f"{_SCHEMA}X24", 2)

    assert _calls(draw) < 5_000_000


@pytest.mark.parametrize("name", REFUSED)
def test_a_long_chain_is_refused(name: str) -> None:
    document = _document(REFUSED[name], 1000)
    found = _lowered(document)
    assert found.api is None
    assert "LOW045" in found.codes


def test_a_wide_union_of_inline_objects_is_linear() -> None:
    def work(size: int) -> Callable[[], object]:
        variants = [{"type": "object", "properties": {f"a{n}": {"type": "string"}}} for n in range(size)]
        document = _document(DIAMONDS["items"], 1)
        document["components"]["schemas"]["X0"] = {"anyOf": variants}
        return lambda: _state(document)

    assert _calls(work(200)) <= 2.5 * _calls(work(100))


def test_a_long_chain_of_refs_is_followed_once() -> None:
    def work(size: int) -> Callable[[], object]:
        text = json.dumps(_document(REFUSED["refs"], size))
        return lambda: parse_document("spec.json", lambda path: text, DiagnosticSink())

    assert _calls(work(2000)) <= 2.5 * _calls(work(1000))


def test_a_chain_within_the_limit_is_accepted() -> None:
    assert _lowered(_document(REFUSED["objects"], 90)).ok


def test_a_large_ring_is_refused() -> None:
    """Python can't import so many modules inside of each other."""
    document = _document(REFUSED["objects"], 3000)
    document["components"]["schemas"]["X0"]["properties"]["next"] = _ref(3000)
    assert "LOW045" in _lowered(document).codes


def test_every_part_of_a_diamond_is_reported_once() -> None:
    document = _document(DIAMONDS["folded"], 24)
    codes = _lowered(document).codes
    assert codes.count("LOW017") == 24


def test_a_circle_of_all_of_is_reported_once() -> None:
    document = _document(DIAMONDS["allOf"], 24)
    document["components"]["schemas"]["X0"] = {"allOf": [_ref(24), _ref(24)]}
    assert [code for code in _lowered(document).codes if code.startswith("LOW")] == ["LOW016"]


def test_an_alias_of_a_circle_that_is_too_long_to_spell_out_is_refused() -> None:
    document = _document(DIAMONDS["anyOf"], 0)
    schemas = document["components"]["schemas"]
    for number in range(1, 25):
        for kind in ("A", "B"):
            schemas[f"{kind}{number}"] = {"anyOf": [_ref(number - 1), {"enum": [f"{kind}{number}"]}]}
        schemas[f"X{number}"] = {"anyOf": [_ref(number, "A"), _ref(number, "B")]}
    schemas["X0"]["properties"]["next"] = _ref(24)
    document["paths"]["/pets"]["post"]["parameters"][0]["schema"] = _ref(24)
    assert "LOW045" in _lowered(document).codes


def test_an_argument_that_is_too_large_for_a_test_is_left_out() -> None:
    document = _document(
        lambda n: {"type": "object", "required": ["a", "b"], "properties": {"a": _ref(n - 1), "b": _ref(n - 1)}}, 40
    )
    document["paths"]["/pets"]["post"]["parameters"] = []
    method = next(iter(_lowered(document).ok.resources)).methods[0]
    assert [param.sample for param in method.params] == [JsonMapping(), JsonMapping()]


def test_users_of_error_bodies_are_found_through_circles() -> None:
    document = _document(DIAMONDS["allOf"], 3, "errors")
    document["components"]["schemas"]["X3"] = {"type": "object", "properties": {"a": _ref(2), "b": _ref(3)}}
    document["components"]["schemas"]["X2"]["properties"] = {"up": _ref(3)}
    parsed = parse_document("spec.json", lambda path: json.dumps(document), DiagnosticSink())
    assert parsed is not None
    roots = [
        [media.schema for media in response.content if media.schema is not None]
        for response in parsed.operations[0].responses
    ]
    found = Reach(parsed).users_of_others(roots)
    users = [found[f"#/components/schemas/{name}"] for name in ("X0", "X3", "L0")]
    assert users == [[1, 2, 3], [1, 2, 3], []]
