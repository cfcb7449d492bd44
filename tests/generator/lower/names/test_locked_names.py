"""names.lock: an addition to the spec renames nothing that was there before."""

from __future__ import annotations

import json
import random
import re
import textwrap
from collections.abc import Mapping

import attrs
import pytest
import yaml

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config_read import parse_config
from sdkloom.document.lock import NO_LOCK, parse_lock
from sdkloom.document.parse import parse_document
from sdkloom.ir.api import Api
from sdkloom.ir.definitions import Model, Params
from sdkloom.ir.symbols import method_symbol, type_symbol
from sdkloom.ir.walk import all_definitions, all_resources
from sdkloom.lower import lower
from sdkloom.pipeline import names_lock_text

from ...lowering import HEAD, lower_files, lower_text
from ..test_real_documents import SPEC, shuffled


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


def get(path: str, response: str = "", more: str = "", verb: str = "get", tag: str = "pets") -> str:
    """An operation in one line. `response` is a schema, `more` other keys of the operation."""
    content = f", content: {{application/json: {{schema: {response}}}}}" if response else ""
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
    """A response that is an object."""
    return spec(get("/found", ref("Found")), f"Found: {{type: object, properties: {{{', '.join(properties)}}}}}\n")


def union(*variants: str) -> str:
    """A response that is one of several things."""
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
PATH_ID = "{name: id, in: path, required: true, schema: {type: string}}"
CAT, DOG, BARK = variant(kind="cat", meow=""), variant(kind="dog", bark=""), variant(bark="")
PARAM = f"ToolParam: {THING}\n"
LIST = f"{{type: array, items: {THING}}}"
FOOD = post("/pet_list/{id}/food", f"x: {TEXT}", f", parameters: [{PATH_ID}]")

ADDITIONS = {
    "a schema called like the request type of another": (tool(), tool(schemas="ToolParam: {type: object}\n")),
    "and used in requests": (tool(), tool(f"old: {ref('ToolParam')}", schemas=PARAM)),
    "responses with what was `…Param` of requests": (
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
    "an operation that would be called the same": (spec(get("/v1/pets")), spec(get("/v1/pets") + get("/v2/pets"))),
    "an item of what was an action": (
        spec(post("/pets/{id}/food", f"x: {TEXT}", f", parameters: [{PATH_ID}]")),
        spec(
            post("/pets/{id}/food", f"x: {TEXT}", f", parameters: [{PATH_ID}]")
            + get("/pets/{id}/food/{day}", more=f", parameters: [{PATH_ID}, {PATH_ID.replace('id', 'day', 1)}]")
        ),
    ),
    "a path before what all paths begin with": (
        spec("".join(get(f"/shop/{name}") for name in ("a", "b", "c"))),
        spec("".join(get(f"/{name}") for name in ("shop/a", "shop/b", "shop/c", "d"))),
    ),
    "a patch beside a put": (update("put"), update("put", "patch")),
    "a tag": (spec(get("/petfood", tag="")), spec(get("/petfood", tag="Pet Food"))),
    "a resource with the same singular": (
        spec(post("/pets", f"name: {TEXT}")),
        spec(post("/pets", f"name: {TEXT}") + post("/pet", f"name: {TEXT}", tag="pet")),
    ),
    "a resource and a method that give the same words": (
        spec(FOOD),
        spec(FOOD + post("/pet/{id}/list_food", f"x: {TEXT}", f", parameters: [{PATH_ID}]")),
    ),
    "an inline type before another": (found(f"fooBar: {THING}"), found(f"foo-bar: {THING}, fooBar: {THING}")),
    "an inline type of a body": (
        spec(post("/pets", f"fooBar: {THING}")),
        spec(post("/pets", f"foo-bar: {THING}, fooBar: {THING}")),
    ),
    "an inline type of a response": (
        spec(get("/pets", f"{{type: object, properties: {{fooBar: {THING}}}}}")),
        spec(get("/pets", f"{{type: object, properties: {{foo-bar: {THING}, fooBar: {THING}}}}}")),
    ),
    "a schema called like the type of a response": (
        spec(get("/pets", LIST)),
        spec(get("/pets", LIST) + get("/found", ref("PetListResponse")), f"PetListResponse: {THING}\n"),
    ),
    "a schema that would be the same class": (
        spec(get("/found", ref("foo_bar")), f"foo_bar: {THING}\n"),
        spec(get("/found", ref("foo_bar")) + get("/other", ref("FooBar")), f"foo_bar: {THING}\nFooBar: {THING}\n"),
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
    lock = names_lock_text(first)
    assert public_names(first) <= public_names(lower_text(after, lock=lock).ok), lock
    assert_settled(after, lock)


def assert_settled(text: str, lock: str) -> None:
    """What comes out with a lock comes out again with the lock of that."""
    first = lower_text(text, lock=lock).ok
    again = lower_text(text, lock=names_lock_text(first)).ok
    assert names_lock_text(again) == names_lock_text(first)
    assert attrs.evolve(again, provenance=first.provenance) == first


def test_names_of_schemas_in_other_files() -> None:
    """The shortest ending of a path that no other schema has: another file changes it."""

    def files(*folders: str) -> dict[str, str]:
        paths = "".join(get(f"/{folder}", f'{{$ref: "{folder}/thing.yml"}}') for folder in folders)
        return {"spec.yaml": HEAD + spec(paths), **{f"{folder}/thing.yml": THING for folder in folders}}

    lock = names_lock_text(lower_files(files("apps")).ok)
    assert '"apps/thing.yml#": Thing\n' in lock
    assert lower_files(files("apps", "boxes")).module_names() == ["apps_thing", "boxes_thing"]
    assert lower_files(files("apps", "boxes"), lock=lock).module_names() == ["boxes_thing", "thing"]


def test_a_variant_that_has_grown_keeps_its_name() -> None:
    before = union(variant(meow=""), BARK)
    lock = names_lock_text(lower_text(before).ok)
    grown = lower_text(union(variant(bark="", age=""), variant(bark="", wheels=""), variant(meow="")), lock=lock)
    assert {"FoundMeow", "FoundAge", "FoundWheels"} <= {name.name for name in all_definitions(grown.ok)}  # which is it?
    grown = lower_text(union(variant(age="", bark=""), variant(meow="", age="")), lock=lock)
    assert {"FoundMeow", "FoundBark"} <= {name.name for name in all_definitions(grown.ok)}


def test_fields_keep_their_names_when_others_go() -> None:
    lock = names_lock_text(lower_text(found(f"fooBar: {TEXT}, foo_bar: {TEXT}")).ok)
    assert lower_text(found(f"fooBar: {TEXT}")).module("found") == ["model Found", "  foo_bar? (fooBar): Optional[str]"]
    locked = lower_text(found(f"fooBar: {TEXT}"), lock=lock)
    assert locked.module("found") == ["model Found", "  fooBar?: Optional[str]"]


def test_names_of_what_is_gone_are_free_again() -> None:
    before, after = (
        spec(get("/found", ref(name)), f"{name}: {{type: object, properties: {{x: {THING}}}}}\n")
        for name in ("FooBar", "foo_bar")
    )
    locked = lower_text(after, lock=names_lock_text(lower_text(before).ok)).ok
    assert names_lock_text(locked) == names_lock_text(lower_text(after).ok)
    assert '"#/components/schemas/foo_bar": FooBar\n' in names_lock_text(locked)


def test_an_answer_that_became_a_schema_gives_its_name_to_it() -> None:
    before = spec(get("/pets", LIST))
    after = spec(get("/pets", ref("PetListResponse")), f"PetListResponse: {THING}\n")
    locked = lower_text(after, lock=names_lock_text(lower_text(before).ok))
    assert locked.module("pet_list_response") == ["model PetListResponse", "  a?: Optional[str]"]


CONFIG = "resources: {pets: {methods: {add: {endpoint: post /tools}}}}\n"


def test_names_in_the_config_beat_the_lock() -> None:
    lock = names_lock_text(lower_text(tool()).ok)
    assert '"client.tools.create": ToolCreateParams\n' in lock
    named = lower_text(tool(), CONFIG + "types: {Tool: {rename: Device}}\n", lock=lock)
    assert named.module_names() == ["device_param", "pet_add_params"]
    assert names_lock_text(named.ok) == names_lock_text(
        lower_text(tool(), CONFIG + "types: {Tool: {rename: Device}}\n").ok
    )


def test_a_name_in_the_config_that_is_the_beginning_of_the_old_one() -> None:
    text = spec(get("/found", ref("FooBar")), f"FooBar: {THING}\n")
    config = "types: {FooBar: {rename: Foo}}\nresources: {pets: {methods: {list: {endpoint: get /found}}}}\n"
    assert lower_text(text, config, lock=names_lock_text(lower_text(text).ok)).module_names() == ["foo"]


def test_what_follows_from_a_name_in_the_config_is_locked_too() -> None:
    config = CONFIG + "types: {Tool: {rename: Device}}\n"
    lock = names_lock_text(lower_text(tool(), config).ok)
    more = tool(schemas="DeviceParam: {type: object}\n")
    assert "device_request" in lower_text(more, config).module_names()
    assert "device_param" in lower_text(more, config, lock=lock).module_names()


def test_names_from_the_config_stay_without_it() -> None:
    config = CONFIG + "types: {Tool: {rename: Device}}\n"
    lock = names_lock_text(lower_text(tool(), config).ok)
    assert '"#/paths/~1tools/post": pets.add\n' in lock
    assert lower_text(tool(), lock=lock).module_names() == ["device_param", "pet_add_params"]


def test_two_methods_of_one_operation_have_types_of_their_own() -> None:
    config = (
        "resources:\n"
        "  pets: {methods: {add: {endpoint: post /tools}}}\n"
        "  zoos: {methods: {add: {endpoint: post /tools}, put: {endpoint: post /tools}}}\n"
    )
    lock = names_lock_text(lower_text(tool(), config).ok)
    assert re.findall(r'"client\.(.*)": (.*)', lock) == [
        ("pets.add", "PetAddParams"),
        ("zoos.add", "ZooAddParams"),
        ("zoos.put", "ZooPutParams"),
    ]
    assert names_lock_text(lower_text(tool(), config, lock=lock).ok) == lock


REAL = SPEC / "names.lock"


def real(text: str, lock: str | None) -> Api:
    """The project's own spec."""
    sink = DiagnosticSink()
    document = parse_document("spec/anthropic.yaml", lambda path: text, sink)
    config = parse_config("spec/sdk.yaml", (SPEC / "sdk.yaml").read_text("utf-8"), sink)
    names_lock = NO_LOCK if lock is None else parse_lock("spec/names.lock", lock, sink)
    assert document is not None and config is not None and names_lock is not None, sink.diagnostics
    api = lower(document, config, sink, names_lock)
    assert api is not None and not sink.diagnostics, sink.diagnostics
    return api


def test_the_lock_of_the_project_says_what_comes_out_anyway() -> None:
    text, lock = (SPEC / "anthropic.yaml").read_text("utf-8"), REAL.read_text("utf-8")
    without, locked = real(text, None), real(text, lock)
    assert without == locked
    assert names_lock_text(without) == names_lock_text(locked) == lock


@pytest.mark.parametrize("seed", range(3))
def test_the_lock_does_not_depend_on_the_order_of_keys(seed: int) -> None:
    document = yaml.safe_load((SPEC / "anthropic.yaml").read_text("utf-8"))
    assert names_lock_text(real(json.dumps(shuffled(document, seed), default=str), None)) == REAL.read_text("utf-8")


def parts(text: str, seed: int) -> str:
    """A part of a document: some operations, schemas that those need, some properties and variants of these."""
    chance = random.Random(seed)
    document = yaml.safe_load(HEAD + text)
    document["paths"] = {path: item for path, item in document["paths"].items() if chance.random() < 0.7}
    for schema in document.get("components", {}).get("schemas", {}).values():
        kept = [name for name in schema.get("properties", {}) if chance.random() < 0.7]
        if kept:
            schema["properties"] = {name: schema["properties"][name] for name in kept}
        kept = [variant for variant in schema.get("oneOf", []) if chance.random() < 0.7]
        if len(kept) > 1:
            schema["oneOf"] = kept
    schemas = document.get("components", {}).pop("schemas", {})
    needed = needs(document["paths"], schemas)
    if needed:
        document["components"]["schemas"] = {name: schemas[name] for name in schemas if name in needed}
    return json.dumps(document)


def needs(value: object, schemas: Mapping[str, object]) -> set[str]:
    """The schemas that `value` refers to, and those that they refer to."""
    found: set[str] = set()
    pending = [json.dumps(value)]
    while pending:
        new = set(re.findall(r"#/components/schemas/(\w+)", pending.pop())) - found
        found |= new
        pending += [json.dumps(schemas[name]) for name in new]
    return found


MANY = {
    "additions": spec(
        post("/tools", f"tool: {ref('Tool')}, old: {ref('ToolParam')}, fooBar: {THING}, foo-bar: {THING}")
        + get("/best", ref("ToolParam"))
        + get("/tools/all", ref("Found"))
        + get("/v2/tools/all", ref("Found"), f", parameters: [{ID}, {HEADER_ID}]")
        + get("/pets", LIST, f", parameters: [{parameter('petId')}, {parameter('pet_id')}]")
        + get("/pet", LIST, tag="pet")
        + post(
            "/pet/1",
            f"id: {TEXT}, x: {one_of(variant(a='', b=''), variant(b='', c=''), TEXT)}",
            f", parameters: [{ID}]",
        )
        + post("/a", f"x: {TEXT}", ", operationId: food", tag="pet_list")
        + post("/b", f"x: {TEXT}", ", operationId: list_food", tag="pet"),
        "Tool: {type: object, properties: {fooBar: {type: string}, foo_bar: {type: string}}}\n"
        f"ToolParam: {{type: object, properties: {{a: {ref('Tool')}, b: {THING}, B: {THING}}}}}\n"
        f"Found: {one_of(CAT, DOG, variant(kind='cat', purr=''), variant(wheels=''), TEXT, ref('Tool'))}\n",
    ),
    "the spec of the project": "paths:" + (SPEC / "anthropic.yaml").read_text("utf-8").partition("\npaths:")[2],
}


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize("seed", range(8))
def test_the_names_of_a_part_are_kept_in_the_whole(name: str, seed: int) -> None:
    part = lower_files({"spec.yaml": parts(MANY[name], seed)}).ok
    whole = lower_text(MANY[name], lock=names_lock_text(part)).ok
    assert public_names(part) <= public_names(whole)
    assert_settled(MANY[name], names_lock_text(part))
