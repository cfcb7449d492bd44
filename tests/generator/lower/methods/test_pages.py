"""Which methods give pages: each rule with a neighbour that looks like it and isn't, and what sdk.yaml says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sdkloom.ir.api import Api
from sdkloom.pipeline import names_lock_text

from ...lowering import Lowered, lower_text, show

ITEM = {"type": "object", "properties": {"id": {"type": "string"}}}
T, N, B = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
URI = {"type": "string", "format": "uri"}
DATE = {"type": "string", "format": "date-time"}
FIRST = {"type": "integer", "default": 1}
ARRAY = {"type": "array", "items": ITEM}


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def document(
    query: dict[str, Any], response: dict[str, Any], verb: str = "get", body: dict[str, Any] | None = None, **more: Any
) -> str:
    operation: dict[str, Any] = {
        "parameters": [
            {"name": name, "in": "query", **(schema if "schema" in schema else {"schema": schema})}
            for name, schema in query.items()
        ],
        "responses": {"200": {"description": "x", "content": {"application/json": {"schema": response}}, **more}},
    }
    if body is not None:
        operation["requestBody"] = {"content": {"application/json": {"schema": body}}}
    return json.dumps({"paths": {"/pets": {verb: operation}}})[1:-1]


def lowered(*arguments: Any, config: str | None = None, **more: Any) -> Lowered:
    head = '"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}'
    return lower_text(f"{{{head}, {document(*arguments, **more)}}}", config, head="")


def shown(found: Lowered) -> str:
    """`cursor cursor→next_cursor data`: the kind, the parameter, where the next page is named, and the items."""
    for scheme in found.ok.pages:
        (page,) = [method.page for resource in found.ok.resources for method in resource.methods]
        assert page is not None
        return f"{scheme.kind.value} {scheme.places.param}→{scheme.places.next} {page.items}".strip()
    return ""


CURSOR = {"cursor": T}
RULES: dict[str, tuple[Any, ...]] = {
    # cursors
    "cursor cursor→next_page items": (CURSOR, obj(items=ARRAY, next_page=T)),
    "number current_page→ items": ({"current_page": FIRST}, obj(items=ARRAY, total_pages=N)),
    "cursor cursor→next_cursor pets": (CURSOR, obj(pets=ARRAY, next_cursor=T)),
    "cursor pageToken→nextPageToken pets": ({"pageToken": T}, obj(pets=ARRAY, nextPageToken=T)),
    "cursor continue→metadata.continue items": ({"continue": T}, obj(items=ARRAY, metadata=obj(**{"continue": T}))),
    "cursor after→paging.cursors.after data": (
        {"after": T},
        obj(data=ARRAY, paging=obj(cursors=obj(after=T))),
    ),
    "cursor page→next_page data": ({"page": N}, obj(data=ARRAY, next_page=N)),
    # ids of items
    "item after→ data": ({"after": T}, obj(data=ARRAY, has_more=B)),
    # URLs
    "url →next results": ({}, obj(results=ARRAY, next=URI)),
    "url →links.next data": ({"page": FIRST}, obj(data=ARRAY, links=obj(next=T), total=N)),
    "url →@odata.nextLink value": ({}, obj(value=ARRAY, **{"@odata.nextLink": T})),
    # numbers
    "number page→ data": ({"page": FIRST}, obj(data=ARRAY, total=N)),
    # offsets
    "offset offset→ data": ({"offset": N, "limit": N}, obj(data=ARRAY, total=N)),
}
NEIGHBOURS: dict[str, tuple[Any, ...]] = {
    "a cursor that nothing names": (CURSOR, obj(pets=ARRAY)),
    "a cursor that may be the one that was sent": (CURSOR, obj(pets=ARRAY, cursor=T)),
    "a cursor of another kind": (CURSOR, obj(pets=ARRAY, next_cursor=N)),
    "two lists": (CURSOR, obj(pets=ARRAY, toys=ARRAY, next_cursor=T)),
    "no list": (CURSOR, obj(pet=ITEM, next_cursor=T)),
    "a date": ({"after": DATE}, obj(data=ARRAY, has_more=B)),
    "items without an id": ({"after": T}, obj(data={"type": "array", "items": obj(name=T)}, has_more=B)),
    "nothing says whether there is more": ({"after": T}, obj(data=ARRAY)),
    "a text that may be anything": ({}, obj(results=ARRAY, next=T)),
    "nobody knows the first number": ({"page": N}, obj(data=ARRAY, total=N)),
    "a minimum of 0 isn't the first number": ({"page": {**N, "minimum": 0}}, obj(data=ARRAY, total=N)),
    "an offset in something else": ({"offset": N, "limit": N}, obj(ok=B, result=ARRAY)),
    "several ways at once": ({"offset": N, "limit": N, "page_token": T}, obj(data=ARRAY, total=N, next_page_token=T)),
    "a list whose size nothing limits": ({"page": FIRST}, ARRAY),
}


def test_a_number_that_may_be_that_of_the_page_is_no_total() -> None:
    for query, response in (
        ({"offset": N, "limit": N}, obj(data=ARRAY, count=N)),
        ({"page": FIRST}, obj(data=ARRAY, count=N)),
    ):
        (scheme,) = lowered(query, response).ok.pages
        assert (scheme.places.total, scheme.places.total_pages) == ("", "")


def test_a_list_and_an_object_at_one_place_are_two_schemes() -> None:
    operations = {
        f"/{name}": {
            "get": {
                "parameters": [{"name": "page", "in": "query", "schema": FIRST}],
                "responses": {"200": {"description": "x", "content": {"application/json": {"schema": schema}}}},
            }
        }
        for name, schema in {"pets": obj(result=obj(hits=ARRAY, total=N)), "toys": obj(result=ARRAY, total=N)}.items()
    }
    head = '"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}'
    found = lower_text(f"{{{head}, {json.dumps({'paths': operations})[1:-1]}}}", head="").ok
    methods = [method for resource in found.resources for method in resource.methods]
    assert sorted(method.page.items for method in methods if method.page) == ["result", "result.hits"]
    assert len({method.page.scheme for method in methods if method.page}) == 2


@pytest.mark.parametrize("expected", RULES)
def test_rules(expected: str) -> None:
    assert shown(lowered(*RULES[expected])) == expected


@pytest.mark.parametrize("what", NEIGHBOURS)
def test_neighbours(what: str) -> None:
    found = lowered(*NEIGHBOURS[what])
    assert shown(found) == ""
    assert "LOW162" not in found.codes


def test_lists_that_are_the_whole_response() -> None:
    sized = {"page": FIRST, "per_page": N}
    assert shown(lowered(sized, ARRAY)) == "number page→"
    assert shown(lowered(sized, ARRAY, headers={"Link": {"schema": T}})) == "link →"
    assert shown(lowered({}, ARRAY, headers={"Link": {"schema": T}})) == ""
    assert shown(lowered({"offset": N, "limit": N}, ARRAY)) == "offset offset→"


@pytest.mark.parametrize(
    ("text", "start"), [("Starts at 1.", 1), ("0-based.", 0), ("zero or one", None), ("begins with page 1", 1)]
)
def test_descriptions_say_which_number_is_the_first(text: str, start: int | None) -> None:
    found = lowered({"page": {"schema": N, "description": text}}, obj(data=ARRAY, total=N))
    assert [scheme.start for scheme in found.ok.pages] == ([] if start is None else [start])


def test_bodies_have_cursors_and_nothing_else() -> None:
    response = obj(Pets=ARRAY, NextToken=T)
    assert shown(lowered({}, response, verb="post", body=obj(NextToken=T))) == "cursor NextToken→NextToken Pets"
    assert shown(lowered({}, obj(data=ARRAY, total=N), verb="post", body=obj(page=FIRST, limit=N))) == ""


def test_the_list_that_the_response_is_about() -> None:
    assert shown(lowered(CURSOR, obj(items=ARRAY, warnings=ARRAY, next_cursor=T))).endswith(" items")
    texts = {"type": "array", "items": T}
    assert shown(lowered(CURSOR, obj(pets=ARRAY, tags=texts, next_cursor=T))).endswith(" pets")
    assert shown(lowered(CURSOR, obj(data=obj(pets=ARRAY), next_cursor=T))).endswith(" data.pets")


def test_fields_of_a_page() -> None:
    found = lowered(
        CURSOR, {**obj(pets=ARRAY, next_cursor=T, total=N, meta=obj(took=N)), "required": ["pets", "total"]}
    )
    (scheme,) = found.ok.pages
    assert scheme.attribute == "data"
    assert [f"{field.name}: {show(field.type)}" for field in scheme.fields] == [
        "next_cursor: Optional[str]",
        "total: int",
        "meta: Optional[Dict[object]]",
    ]


PAGES = """
pages:
  Pets: {kind: cursor, param: cursor, next: next, items: pets}
"""


def test_sdk_yaml_names_what_the_document_leaves_open() -> None:
    response = obj(pets=ARRAY, toys=ARRAY, next=T)
    assert shown(lowered(CURSOR, response)) == ""
    found = lowered(CURSOR, response, config=PAGES)
    assert shown(found) == "cursor cursor→next pets"
    assert [(scheme.name, scheme.attribute) for scheme in found.ok.pages] == [("Pets", "pets")]
    assert "LOW162" not in found.codes


def test_a_method_says_what_it_gives() -> None:
    response = obj(pets=ARRAY)  # which doesn't say where the next page is
    methods = "resources: {pets: {methods: {list: {endpoint: get /pets, page: %s}}}}"
    assert "LOW161" in lowered(CURSOR, response, config=PAGES).codes
    assert shown(lowered(CURSOR, response, config=PAGES + methods % "Pets")) == "cursor cursor→next pets"
    found = lowered(CURSOR, obj(pets=ARRAY, next=T), config=PAGES + methods % "false")
    assert found.method("pets.list").page is None
    assert show(found.method("pets.list").response) == "PetListResponse"


def test_inference_is_switched_off() -> None:
    found = lowered(CURSOR, obj(pets=ARRAY, next_cursor=T), config="infer_pages: false")
    assert found.ok.pages == ()


def test_what_sdk_yaml_says_of_the_response_counts() -> None:
    methods = "resources: {pets: {methods: {list: {endpoint: get /pets, returns: object}}}}"
    found = lowered(CURSOR, obj(pets=ARRAY, next_cursor=T), config=methods)
    assert found.method("pets.list").page is None


def lists(params: dict[str, str], lock: str | None = None) -> Lowered:
    """A document with a list at each path, whose next page is asked for with the parameter given."""
    response = obj(data=ARRAY, next=T)
    paths = {
        path: {"get": json.loads(f"{{{document({param: T}, response)}}}")["paths"]["/pets"]["get"]}
        for path, param in params.items()
    }
    return lower_text(json.dumps({"openapi": "3.1.0", "paths": paths})[1:-1].join("{}"), head="", lock=lock)


def test_a_class_of_pages_keeps_its_name() -> None:
    """Names go by how many methods have such pages: names.lock keeps them when that changes."""
    first = {"/pets": "after", "/vets": "after", "/toys": "cursor"}
    later = {**first, "/foods": "cursor", "/days": "cursor"}
    before = lists(first).ok
    assert named(before) == {"after": "CursorPage", "cursor": "NextCursorPage"}
    assert named(lists(later).ok) == {"cursor": "CursorPage", "after": "AfterCursorPage"}
    lock = names_lock_text(before)
    assert '\npages:\n  "cursor after=next": CursorPage\n  "cursor cursor=next": NextCursorPage\n' in lock
    assert named(lists(later, lock).ok) == named(before)
    assert names_lock_text(lists(later, lock).ok).endswith(lock[lock.index("\npages:") :])


def named(api: Api) -> dict[str, str]:
    """The names of the classes of pages by parameter."""
    return {scheme.places.param: scheme.name for scheme in api.pages}
