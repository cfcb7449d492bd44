"""names.lock: an addition to the spec renames nothing that was there before."""

from __future__ import annotations

import textwrap

import attrs
import pytest

from sdkloom.ir.api import Api
from sdkloom.ir.definitions import Model, Params
from sdkloom.ir.symbols import method_symbol, type_symbol
from sdkloom.ir.walk import all_definitions, all_resources
from sdkloom.pipeline import names_lock

from .lowering import lower_text


def public_names(api: Api) -> set[str]:
    """What users can write down, with what it stands for on the wire; found without the help of the lock."""
    found = {f"{credential.doc} {credential.option}=" for credential in api.client.credentials}
    for name, definition in all_definitions(api).items():
        symbol = type_symbol("pets", name)
        found.add(symbol)
        if "/oneOf/" not in definition.pointer:  # positions change
            found.add(f"{symbol} {definition.pointer}")
        if isinstance(definition, (Model, Params)):
            found.add(f"{symbol} {type(definition).__name__}")
            found.update(f"{symbol} {field.wire_name} {field.name}" for field in definition.fields)
    for resource in all_resources(api.resources):
        for method in resource.methods:
            symbol = f"{method.verb} {method.path} {method_symbol(resource.path, method.name)}"
            found.add(symbol)
            found.update(f"{symbol} {param.location.value} {param.wire_name} {param.name}" for param in method.params)
    return found


def get(path: str, answer: str = "", more: str = "", verb: str = "get", tag: str = "pets") -> str:
    """An operation in one line. `answer` is a schema, `more` other keys of the operation."""
    content = f", content: {{application/json: {{schema: {answer}}}}}" if answer else ""
    return f'  {path}: {{{verb}: {{tags: [{tag}]{more}, responses: {{"200": {{description: ok{content}}}}}}}}}\n'


def post(path: str, properties: str, more: str = "", tag: str = "pets") -> str:
    schema = f"{{type: object, properties: {{{properties}}}}}"
    body = f", requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}"
    return get(path, "", body + more, "post", tag)


def spec(paths: str, schemas: str = "", schemes: str = "") -> str:
    """A document. Schemas and schemes are lines `Name: …`."""
    text = "paths:\n" + paths
    if schemas or schemes:
        text += "components:\n"
    if schemas:
        text += "  schemas:\n" + textwrap.indent(textwrap.dedent(schemas), "    ")
    return text + ("  securitySchemes:\n" + textwrap.indent(textwrap.dedent(schemes), "    ") if schemes else "")


def ref(name: str) -> str:
    return f'{{$ref: "#/components/schemas/{name}"}}'


def one_of(*variants: str) -> str:
    return f"{{oneOf: [{', '.join(variants)}]}}"


def variant(**properties: str) -> str:
    """An object with required properties: `type="cat"` is a literal, `name=""` a text."""
    shown = [f"{key}: {{{f'const: {value}' if value else 'type: string'}}}" for key, value in properties.items()]
    return f"{{type: object, required: [{', '.join(properties)}], properties: {{{', '.join(shown)}}}}}"


def parameter(name: str, place: str = "query") -> str:
    return f"{{name: {name}, in: {place}, schema: {{type: string}}}}"


def tool(*more: str, schemas: str = "", paths: str = "") -> str:
    """A request that takes a `Tool`, and more."""
    properties = ", ".join([f"tool: {ref('Tool')}", *more])
    return spec(
        post("/tools", properties) + paths, "Tool: {type: object, properties: {name: {type: string}}}\n" + schemas
    )


def found(*properties: str) -> str:
    """An answer that is an object."""
    return spec(get("/found", ref("Found")), f"Found: {{type: object, properties: {{{', '.join(properties)}}}}}\n")


def union(*variants: str) -> str:
    """An answer that is one of several things."""
    return spec(get("/found", ref("Found")), f"Found: {one_of(*variants)}\n")


def update(*verbs: str) -> str:
    operation = (
        "{tags: [pets], parameters: [{name: id, in: path, required: true, schema: {type: string}}], "
        'responses: {"200": {description: ok}}}'
    )
    return spec(f"  /pets/{{id}}: {{{', '.join(f'{verb}: {operation}' for verb in verbs)}}}\n")


THING = "{type: object, properties: {a: {type: string}}}"
TEXT = "{type: string}"
ID, HEADER_ID = parameter("id"), parameter("id", "header")
CAT, DOG, BARK = variant(kind="cat", meow=""), variant(kind="dog", bark=""), variant(bark="")
PARAM = f"ToolParam: {THING}\n"
LIST = f"{{type: array, items: {THING}}}"
FOOD = post("/a", f"x: {TEXT}", ", operationId: food", tag="pet_list")

ADDITIONS = {
    "a schema called like the request form of another": (tool(), tool(schemas="ToolParam: {type: object}\n")),
    "and used in requests": (tool(), tool(f"old: {ref('ToolParam')}", schemas=PARAM)),
    "answers with what was `…Param` of requests": (
        spec(post("/tools", f"tool: {ref('ToolParam')}"), PARAM),
        spec(post("/tools", f"tool: {ref('ToolParam')}") + get("/best", ref("ToolParam")), PARAM),
    ),
    "a field that would be the same attribute": (found(f"fooBar: {TEXT}"), found(f"fooBar: {TEXT}, foo_bar: {TEXT}")),
    "a key of the body called like a query": (
        spec(post("/pets", f"name: {TEXT}", f", parameters: [{ID}]")),
        spec(post("/pets", f"name: {TEXT}, id: {TEXT}", f", parameters: [{ID}]")),
    ),
    "a query called like a header": (
        spec(get("/pets", more=f", parameters: [{HEADER_ID}]")),
        spec(get("/pets", more=f", parameters: [{HEADER_ID}, {ID}]")),
    ),
    "a query that would be the same parameter": (
        spec(get("/pets", more=f", parameters: [{parameter('petId')}]")),
        spec(get("/pets", more=f", parameters: [{parameter('pet_id')}, {parameter('petId')}]")),
    ),
    "an operation that would be called the same": (spec(get("/pets")), spec(get("/pets") + get("/v2/pets"))),
    "a patch beside a put": (update("put"), update("put", "patch")),
    "a tag": (spec(get("/pets", tag="")), spec(get("/pets", tag="animals"))),
    "a resource with the same singular": (
        spec(post("/pets", f"name: {TEXT}")),
        spec(post("/pets", f"name: {TEXT}") + post("/pet", f"name: {TEXT}", tag="pet")),
    ),
    "a resource and a method that give the same words": (
        spec(FOOD),
        spec(FOOD + post("/b", f"x: {TEXT}", ", operationId: list_food", tag="pet")),
    ),
    "an inline type before another": (found(f"fooBar: {THING}"), found(f"foo-bar: {THING}, fooBar: {THING}")),
    "an inline type of a body": (
        spec(post("/pets", f"fooBar: {THING}")),
        spec(post("/pets", f"foo-bar: {THING}, fooBar: {THING}")),
    ),
    "an inline type of an answer": (
        spec(get("/pets", f"{{type: object, properties: {{fooBar: {THING}}}}}")),
        spec(get("/pets", f"{{type: object, properties: {{foo-bar: {THING}, fooBar: {THING}}}}}")),
    ),
    "a schema called like the type of an answer": (
        spec(get("/pets", LIST)),
        spec(get("/pets", LIST) + get("/found", ref("PetListResponse")), f"PetListResponse: {THING}\n"),
    ),
    "a schema that would be the same class": (
        spec(get("/found", ref("FooBar")), f"FooBar: {THING}\n"),
        spec(get("/found", ref("FooBar")) + get("/other", ref("foo_bar")), f"foo_bar: {THING}\nFooBar: {THING}\n"),
    ),
    "a variant with the tag of another": (union(CAT, DOG), union(CAT, DOG, variant(kind="cat", purr=""))),
    "a variant with the key of another": (
        union(variant(meow=""), BARK),
        union(variant(wheels="", bark=""), variant(meow=""), BARK),
    ),
    "a variant like another, before it": (union(CAT, DOG), union(variant(kind="cat", purr=""), CAT, DOG)),
    "a second inline variant": (union(TEXT, BARK), union(variant(bark="", meow=""), TEXT, BARK)),
    "a second inline variant, for which the union gets a name": (
        found(f"x: {one_of(TEXT, BARK)}"),
        found(f"x: {one_of(TEXT, variant(meow=''), BARK)}"),
    ),
    "a credential before another": (
        spec(get("/pets"), schemes="main: {type: apiKey, in: header, name: x-key, description: main}\n"),
        spec(
            get("/pets"),
            schemes="admin: {type: apiKey, in: header, name: x-admin, description: admin}\n"
            "main: {type: apiKey, in: header, name: x-key, description: main}\n",
        ),
    ),
}


@pytest.mark.parametrize("before, after", ADDITIONS.values(), ids=list(ADDITIONS))
def test_an_addition_renames_nothing(before: str, after: str) -> None:
    first = lower_text(before).ok
    without = lower_text(after)
    assert without.api is None or public_names(first) - public_names(without.api), "this would rename nothing anyway"
    lock = names_lock(first)
    assert public_names(first) <= public_names(lower_text(after, lock=lock).ok), lock
    assert_settled(after, lock)


def assert_settled(text: str, lock: str) -> None:
    """What comes out with a lock comes out again with the lock of that."""
    first = lower_text(text, lock=lock).ok
    again = lower_text(text, lock=names_lock(first)).ok
    assert names_lock(again) == names_lock(first)
    assert attrs.evolve(again, provenance=first.provenance) == first
