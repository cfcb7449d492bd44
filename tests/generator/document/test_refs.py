"""References: within the document, into other files, and the names of what they point at."""

from __future__ import annotations

import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.files import Target
from sdkloom.document.model import Schema, SchemaRef
from sdkloom.document.naming import name_targets
from sdkloom.document.parse import parse_document
from sdkloom.source.nodes import ScalarNode, SourceFile

from ..documents import parse, parsed, ref, schemas

COMPONENTS = """
paths:
  /a/{id}:
    $ref: "#/components/pathItems/A"
  /b: {post: {requestBody: {$ref: "#/components/requestBodies/B"}, responses: {}}}
components:
  pathItems:
    A:
      parameters: [{$ref: "#/components/parameters/Id"}]
      get:
        responses:
          "200": {$ref: "#/components/responses/Ok", description: Mine}
          "404": {$ref: "#/components/responses/Other"}
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: string}}
  requestBodies:
    B: {content: {application/json: {schema: {type: object}}}}
  headers:
    Left: {schema: {type: integer}}
  responses:
    Ok: {description: Fine, headers: {X-Left: {$ref: "#/components/headers/Left"}}}
    Other: {$ref: "#/components/responses/Ok"}
"""


def test_components_are_followed() -> None:
    get, post = parsed(COMPONENTS).operations
    assert [parameter.name for parameter in get.parameters] == ["id"]
    assert [(response.status, response.description) for response in get.responses] == [("200", "Mine"), ("404", "Fine")]
    assert get.responses[1].pointer == "/components/responses/Ok"
    assert get.responses[0].headers[0].name == "X-Left"
    assert post.request_body is not None
    assert post.request_body.content[0].schema == Schema(types=("object",))


def test_pointers_are_unescaped() -> None:
    found = schemas(
        "{A: {properties: {a/b: {type: string}, é: {}}}, B: {$ref: '#/components/schemas/A/properties/a~1b'}}"
    )
    assert ref(found["B"]).ref.target == "api/spec.yaml#/components/schemas/A/properties/a~1b"
    percent = schemas("{A: {properties: {é: {}}}, B: {$ref: '#/components/schemas/A/properties/%C3%A9'}}")
    assert ref(percent["B"]).ref.target.endswith("/é")


def test_targets_that_are_no_component_get_a_name() -> None:
    found = schemas(
        "{A: {properties: {tag: {type: string}}, $defs: {Inner: {type: integer}}, "
        "items: {$ref: '#/components/schemas/A/$defs/Inner'}}, B: {$ref: '#/components/schemas/A/properties/tag'}}"
    )
    assert list(found) == ["A", "B", "A_Inner", "A_tag"]
    assert found["A_Inner"] == Schema(types=("integer",))


def test_other_files() -> None:
    document = parsed(
        "paths: {}\ncomponents: {schemas: {Pet: {$ref: '../models/pet.yaml'}, "
        "All: {items: {$ref: '../models/pet.yaml'}}}}\n",
        **{
            "models/pet": "type: object\nproperties: {owner: {$ref: 'owner.yaml#/Owner'}, self: {$ref: '#'}}\n",
            "models/owner": "Owner: {type: object, properties: {pets: {items: {$ref: 'pet.yaml'}}}}\n",
        },
    )
    assert [(named.name, named.file, named.pointer) for named in document.schemas] == [
        ("Pet", "models/pet.yaml", ""),
        ("All", "api/spec.yaml", "/components/schemas/All"),
        ("Owner", "models/owner.yaml", "/Owner"),
    ]
    pet, all_pets, owner = (named.schema for named in document.schemas)
    assert isinstance(pet, Schema)
    assert isinstance(all_pets, Schema)
    assert isinstance(owner, Schema)
    assert ref(all_pets.items).ref.target == "models/pet.yaml#"
    assert ref(pet.properties[0].schema).ref.target == "models/owner.yaml#/Owner"
    assert ref(pet.properties[1].schema).ref.target == "models/pet.yaml#"


def test_a_component_that_names_a_file_is_one_with_it() -> None:
    document = parsed(
        "paths: {}\ncomponents: {schemas: {Pet: {$ref: pet.yaml}, "
        "Both: {items: {$ref: '#/components/schemas/Pet'}}}}\n",
        **{"api/pet": "type: string\n"},
    )
    both = document.schemas[1].schema
    assert isinstance(both, Schema)
    assert ref(both.items).ref.target == "api/pet.yaml#"
    assert [named.name for named in document.schemas] == ["Pet", "Both"]


def test_operations_texts_and_properties_in_other_files() -> None:
    document = parsed(
        "paths: {/a: {get: {$ref: get.yaml}}}\ntags: [{name: a, description: {$ref: 'texts.yaml#/intro'}}]\n",
        **{
            "api/get": "operationId: read\nresponses: {default: {$ref: 'responses/error.yaml'}}\n",
            "api/responses/error": (
                "content: {text/plain: {schema: {properties: {$ref: '../texts.yaml#/properties'}}}}\n"
            ),
            "api/texts": "intro: Hello\nproperties: {a: {type: string}}\n",
        },
    )
    operation = document.operations[0]
    assert operation.operation_id == "read"
    assert document.tags[0].description == "Hello"
    found = operation.responses[0].content[0].schema
    assert isinstance(found, Schema)
    assert found.properties[0].name == "a"
    assert operation.responses[0].span.file == "api/get.yaml"


def test_a_ref_on_the_way_is_followed() -> None:
    found = schemas(
        "{A: {$ref: '#/components/schemas/B'}, B: {properties: {x: {type: string}}}, "
        "C: {$ref: '#/components/schemas/A/properties/x'}}"
    )
    assert ref(found["C"]).ref.target == "api/spec.yaml#/components/schemas/B/properties/x"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{A: {$ref: '#/components/schemas/Nope'}}", ["DOC010"]),
        ("{A: {$ref: '#/components/schemas/A'}}", ["DOC011"]),
        ("{A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {$ref: '#/components/schemas/A'}}", []),
        ("{A: {$ref: 'HTTPS://x.example/a.yaml'}}", ["DOC012"]),
        ("{A: {$ref: '//x.example/a.yaml'}}", ["DOC012"]),
        ("{A: {$ref: 'urn:a:b'}}", ["DOC012"]),
        ("{A: {$ref: '#A'}}", ["DOC013"]),
        ("{A: {$ref: 'nope.yaml#/A'}}", ["DOC014"]),
        ("{A: {$ref: 'bad.yaml#/A'}}", ["SRC001"]),
        ("{A: {$ref: 'one.yaml#'}}", ["DOC011"]),
        ("{A: {$ref: ''}, B: {$ref: '#'}}", ["DOC004", "DOC004", "DOC004", "DOC004"]),
    ],
)
def test_codes(text: str, codes: list[str]) -> None:
    files = {"api/bad": "a: [", "api/one": "$ref: two.yaml", "api/two": "$ref: one.yaml"}
    document, found = parse(f"paths: {{}}\ncomponents: {{schemas: {text}}}\n", **files)
    assert document is not None
    assert sorted(found) == codes


def test_anchors() -> None:
    text = "{A: {items: {$ref: '#cat'}}, B: {items: {$ref: 'more.yaml#dog'}}, Cat: {$anchor: cat}}"
    found = schemas(text, **{"api/more": "x: [{$anchor: dog}]"})
    places = [ref(schema.items).ref.target for schema in found.values() if isinstance(schema, Schema) and schema.items]
    assert places == ["api/spec.yaml#/components/schemas/Cat", "api/more.yaml#/x/0"]


def test_a_cycle_is_reported_once() -> None:
    to_a, to_b = "{$ref: '#/components/schemas/A'}", "{$ref: '#/components/schemas/B'}"
    text = f"{{A: {to_b}, B: {to_a}, C: {to_a}}}"
    assert parse(f"paths: {{}}\ncomponents: {{schemas: {text}}}\n")[1] == ["DOC011"]


def targets(*places: str) -> list[Target]:
    node = ScalarNode(SourceFile("x", ""), 0, 0, None, "")
    return [Target(file=place.partition("#")[0], pointer=place.partition("#")[2], node=node) for place in places]


@pytest.mark.parametrize(
    ("places", "taken", "names"),
    [
        (["api/models/error.yml#"], [], ["error"]),
        (["api/models/error.yml#"], ["Error"], ["error_2"]),
        (["api/apps/models/error.yml#", "api/databases/error.yml#"], [], ["apps_error", "databases_error"]),
        (["api/x.yml#/Error", "api/y.yml#/Error"], [], ["x_Error", "y_Error"]),
        (["api/spec.yaml#/components/schemas/Pet/properties/tag"], [], ["Pet_tag"]),
        (["shared/meta.yml#/total", "api/meta.yml#"], [], ["total", "meta"]),
        (["api/a-b.yml#", "api/a_b.yml#"], [], ["a_b_2", "a_b_3"]),
        (["api/x.yml#/oneOf/0", "api/x.yml#/oneOf/1"], [], ["x_1", "x_2"]),
    ],
)
def test_names(places: list[str], taken: list[str], names: list[str]) -> None:
    for order in (places, places[::-1]):
        found = name_targets(targets(*order), taken, "api/spec.yaml")
        assert [found[place] for place in places] == names


def test_two_components_for_one_file() -> None:
    document, codes = parse(
        "paths: {}\ncomponents: {schemas: {A: {$ref: x.yaml}, B: {$ref: x.yaml}}}\n", **{"api/x": "type: string"}
    )
    assert codes == ["DOC038"]
    assert document is not None
    assert [named.name for named in document.schemas] == ["A"]


def test_files_are_read_once() -> None:
    found = schemas("{A: {items: {$ref: x.yaml}}, B: {items: {$ref: './x.yaml'}}}", **{"api/x": "type: string"})
    assert list(found) == ["A", "B", "x"]
    assert isinstance(found["x"], Schema)
    assert not isinstance(found["x"], SchemaRef)


def test_whole_maps_in_other_files() -> None:
    document = parsed(
        "paths: {$ref: paths.yaml}\n"
        "components: {schemas: {$ref: models.yaml}, securitySchemes: {x-key: {$ref: key.yaml}}}\n",
        **{
            "api/paths": "/a: {get: {responses: {x-note: 1, '200': {$ref: 'ok.yaml'}}}}\n",
            "api/ok": "content: {text/plain: {schema: {$ref: 'models.yaml#/A'}}}\n",
            "api/models": "A: {items: {$ref: '#/B'}}\nB: {type: string}\n",
            "api/key": "type: apiKey\nname: X-Key\nin: header\n",
        },
    )
    assert [(named.name, named.file, named.pointer) for named in document.schemas] == [
        ("A", "api/models.yaml", "/A"),
        ("B", "api/models.yaml", "/B"),
    ]
    (operation,) = document.operations
    assert (operation.path, operation.span.file, operation.pointer) == ("/a", "api/paths.yaml", "/~1a/get")
    (response,) = operation.responses
    assert ref(response.content[0].schema).ref.target == "api/models.yaml#/A"
    assert [scheme.name for scheme in document.security_schemes] == ["x-key"]


def test_deep_schemas() -> None:
    depth = 55
    text = "{properties: {a: " * depth + "{type: string}" + "}}" * depth
    found: object = schemas(f"{{A: {text}}}")["A"]
    for _ in range(depth):
        assert isinstance(found, Schema)
        found = found.properties[0].schema
    assert found == Schema(types=("string",))


def test_absurd_targets_are_reported() -> None:
    response = "paths: {/a: {get: {responses: {'200': {content: {text/plain: {schema: {$ref: '%s'}}}}}}}}\n"
    assert parse(response % "b%00.yaml")[1] == ["DOC014"]
    assert parse(response % ("#/tags/" + "9" * 5000) + "tags: [{name: a}]\n")[1] == ["DOC010"]


def test_a_path_that_no_system_takes() -> None:
    """`open` raises no `OSError` for it."""
    sink = DiagnosticSink()

    def read(path: str) -> str:
        raise ValueError("embedded null byte")

    assert parse_document("spec\0.yaml", read, sink) is None
    assert [diagnostic.code for diagnostic in sink.diagnostics] == ["DOC014"]


def test_a_missing_document_is_not_said_to_be_a_reference() -> None:
    def read(path: str) -> str:
        raise FileNotFoundError(2, "No such file or directory", path)

    sink = DiagnosticSink()
    assert parse_document("nope.yaml", read, sink) is None
    (found,) = sink.diagnostics
    assert (found.code, found.hint) == ("DOC014", "paths on the command line are relative to the working folder")
