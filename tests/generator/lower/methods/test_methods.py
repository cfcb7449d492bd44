"""Operations as methods: parameters, bodies, responses, streaming; resources that are given."""

from __future__ import annotations

import pytest

from sdkloom.ir.resources import BodyKind, ResponseKind

from ...lowering import Lowered, lower_text, show

OK = '      responses: {"204": {description: Done.}}\n'


def operation(text: str, path: str = "/pets", verb: str = "post", config: str | None = None) -> Lowered:
    """A document with one operation."""
    lines = "\n".join("      " + line for line in text.strip("\n").split("\n"))
    response = "" if "responses:" in text else OK
    return lower_text(f"paths:\n  {path}:\n    {verb}:\n{lines}\n{response}", config)


def json_body(schema: str, required: bool = True) -> str:
    return f"requestBody: {{required: {str(required).lower()}, content: {{application/json: {{schema: {schema}}}}}}}"


def test_parameters_of_all_places() -> None:
    lowered = operation(
        """
parameters:
  - {name: dry-run, in: query, schema: {type: boolean}}
  - {name: X-Trace, in: header, required: true, schema: {type: string}}
  - {name: petId, in: path, required: true, schema: {type: integer}}
  - {name: ownerId, in: path, required: true, schema: {type: string}}
  - {name: Accept, in: header, schema: {type: string}}
"""
        + json_body("{type: object, required: [name], properties: {note: {type: string}, name: {type: string}}}"),
        path="/owners/{ownerId}/pets/{petId}",
    )
    assert lowered.signature("owners.pets.update") == (
        "(path owner_id: str, path pet_id: int, header x_trace: str, body name: str, "
        "query dry_run?: bool, body note?: str) -> None"
    )
    assert lowered.module("pet_update_params") == [
        "params PetUpdateParams",
        "  x_trace: str",
        "  name: str",
        "  dry_run?: bool",
        "  note?: str",
    ]


def test_only_path_parameters_need_no_params_type() -> None:
    lowered = operation(
        "parameters: [{name: id, in: path, required: true, schema: {type: string}}]", "/pets/{id}", "delete"
    )
    assert lowered.method("pets.delete").params_type is None
    assert lowered.module_names() == []


def test_names_that_two_places_use() -> None:
    lowered = operation(
        "parameters: [{name: id, in: path, required: true, schema: {type: string}},"
        " {name: timeout, in: query, schema: {type: integer}}, {name: id, in: query, schema: {type: string}}]\n"
        + json_body("{type: object, required: [id], properties: {id: {type: integer}}}"),
        "/pets/{id}",
        "put",
    )
    assert lowered.signature("pets.update") == (
        "(path id: str, body body_id: int, query timeout_?: int, query query_id?: str) -> None"
    )


def test_an_optional_body_requires_nothing() -> None:
    lowered = operation(json_body("{type: object, required: [a], properties: {a: {type: string}}}", required=False))
    assert lowered.signature("pets.create") == "(body a?: str) -> None"


@pytest.mark.parametrize(
    ("schema", "signature"),
    [
        ("{type: array, items: {type: string}}", "(body body: List[str]) -> None"),
        ("{type: object, additionalProperties: {type: string}}", "(body body: Dict[str]) -> None"),
        ("{}", "(body body: object) -> None"),
        ("{type: array, items: {type: object, properties: {a: {}}}}", "(body body: Iterable[Body]) -> None"),
    ],
)
def test_bodies_that_are_one_value(schema: str, signature: str) -> None:
    lowered = operation(json_body(schema))
    assert lowered.signature("pets.create") == signature
    assert lowered.method("pets.create").body_type is not None


@pytest.mark.parametrize(
    ("media", "schema", "kind", "signature"),
    [
        (
            "multipart/form-data",
            "{type: object, required: [photo], properties: {photo: {type: string, format: binary}, n: {type: string}}}",
            BodyKind.MULTIPART,
            "(body photo: FileType, body n?: str) -> None",
        ),
        (
            "multipart/form-data",
            "{type: object, properties: {all: {type: array, items: {type: string, format: binary}}}}",
            BodyKind.MULTIPART,
            "(body all?: List[FileType]) -> None",
        ),
        (
            "application/x-www-form-urlencoded",
            "{type: object, properties: {a: {type: integer}}}",
            BodyKind.FORM,
            "(body a?: int) -> None",
        ),
        ("application/problem+json", "{type: object, properties: {a: {}}}", BodyKind.JSON, "(body a?: object) -> None"),
    ],
)
def test_kinds_of_bodies(media: str, schema: str, kind: BodyKind, signature: str) -> None:
    lowered = operation(f"requestBody: {{required: true, content: {{{media}: {{schema: {schema}}}}}}}")
    assert lowered.method("pets.create").body is kind
    assert lowered.signature("pets.create") == signature


@pytest.mark.parametrize(
    ("responses", "kind", "shown"),
    [
        ('"200": {description: X, content: {application/json: {schema: {type: string}}}}', ResponseKind.JSON, "str"),
        ('"200": {description: X, content: {text/plain: {schema: {type: string}}}}', ResponseKind.TEXT, "str"),
        ('"200": {description: X, content: {image/png: {}}}', ResponseKind.BINARY, "bytes"),
        ('"202": {description: X}', ResponseKind.NONE, "None"),
        ("default: {description: X, content: {application/json: {schema: {}}}}", ResponseKind.JSON, "object"),
        (
            '"204": {description: X}, "201": {description: X, content: {application/json: {schema: {type: integer}}}}',
            ResponseKind.JSON,
            "Optional[int]",
        ),
        (
            '"200": {description: X, content: {application/json: {schema: {type: object, properties: {a: {}}}}}}',
            ResponseKind.JSON,
            "PetCreateResponse",
        ),
        (
            '"200": {description: X, content: {application/json: {schema: {type: [string, "null"]}}}}',
            ResponseKind.JSON,
            "Optional[str]",
        ),
    ],
)
def test_answers(responses: str, kind: ResponseKind, shown: str) -> None:
    method = operation(f"responses: {{{responses}}}").method("pets.create")
    assert (method.response_kind, show(method.response)) == (kind, shown)


def test_a_list_of_inline_objects_as_answer() -> None:
    lowered = operation(
        'responses: {"200": {description: X, content: {application/json: {schema:'
        " {type: array, items: {type: object, properties: {a: {type: string}}}}}}}}",
        verb="get",
    )
    assert lowered.signature("pets.list") == "() -> PetListResponse"
    assert lowered.module("pet_list_response") == [
        "model PetListResponseItem",
        "  a?: Optional[str]",
        "PetListResponse = List[PetListResponseItem]",
    ]
    assert lowered.type_module("pet_list_response").exports == ("PetListResponse", "PetListResponseItem")


STREAM = (
    json_body(
        "{type: object, required: [a], properties: {a: {type: string}, follow: {type: boolean}, z: {type: string}}}"
    )
    + """
responses:
  "200":
    description: Pets.
    content:
      application/json: {schema: {type: string}}
      text/event-stream: {itemSchema: {type: object, properties: {data: {type: string,
        contentMediaType: application/json, contentSchema: {type: object, properties: {n: {type: integer}}}}}}}
"""
)


def test_streaming() -> None:
    lowered = operation(
        STREAM, config="resources: {pets: {methods: {create: {endpoint: post /pets, stream_param: follow}}}}"
    )
    method = lowered.method("pets.create")
    assert method.streaming is not None
    assert (method.streaming.param, show(method.streaming.item)) == ("follow", "PetCreateEvent")
    assert method.streaming_position == 1
    assert lowered.signature("pets.create") == "(body a: str, body z?: str) -> str"
    assert lowered.module("pet_create_params") == [
        "params PetCreateParamsBase",
        "  a: str",
        "  z?: str",
        "params PetCreateParamsNonStreaming(PetCreateParamsBase)",
        "  follow?: Literal[False]",
        "params PetCreateParamsStreaming(PetCreateParamsBase)",
        "  follow: Literal[True]",
        "PetCreateParams = Union[PetCreateParamsNonStreaming, PetCreateParamsStreaming]",
    ]
    assert "PetCreateParams" not in lowered.type_module("pet_create_params").exports
    assert [name.name for name in lowered.ok.type_packages[0].exports] == ["PetCreateEvent", "PetCreateParams"]


def test_a_flag_whose_name_python_does_not_take() -> None:
    config = "resources: {pets: {methods: {create: {endpoint: post /pets, stream_param: is-on}}}}"
    streaming = operation(STREAM.replace("follow", "is-on"), config=config).method("pets.create").streaming
    assert streaming is not None
    assert (streaming.param, streaming.wire_name) == ("is_on", "is-on")


def test_a_flag_called_stream_needs_no_config() -> None:
    method = operation(STREAM.replace("follow", "stream")).method("pets.create")
    assert method.streaming is not None


def test_headers_that_the_client_or_the_method_sends_are_no_parameters() -> None:
    lowered = operation(
        "parameters: [{name: Pet-Version, in: header, schema: {type: string}},"
        " {name: pet-beta, in: header, schema: {type: string}}, {name: other, in: header, schema: {type: string}}]",
        config="""
        client: {headers: {pet-version: "1"}}
        resources: {pets: {methods: {create: {endpoint: post /pets, headers: {Pet-Beta: x}}}}}
        """,
    )
    assert lowered.signature("pets.create") == "(header other?: str) -> None"
    assert lowered.method("pets.create").headers == (("Pet-Beta", "x"),)


def test_neighbours_with_the_same_singular_keep_their_names() -> None:
    body = json_body("{type: object, properties: {a: {type: string}}}")
    lowered = lower_text(
        f"""
        paths:
          /registry: {{post: {{tags: [registry], {body}, {OK.strip()}}}}}
          /registries: {{post: {{tags: [registries], {body}, {OK.strip()}}}}}
        """
    )
    assert lowered.module_names() == ["registries_create_params", "registry_create_params"]


def test_names_that_two_resources_would_give() -> None:
    path_id = "{name: id, in: path, required: true, schema: {type: string}}"
    body = json_body("{type: object, properties: {a: {type: string}}}")
    lowered = lower_text(
        f"""
        paths:
          /pet_list/{{id}}/food: {{post: {{parameters: [{path_id}], {body}, {OK.strip()}}}}}
          /pet/{{id}}/list_food: {{post: {{parameters: [{path_id}], {body}, {OK.strip()}}}}}
        """
    )
    assert lowered.module_names() == ["food_pet_list_params", "list_food_pet_params"]


def test_types_live_in_the_package_of_the_parent_of_their_resource() -> None:
    lowered = lower_text(
        """
        paths:
          /pets:
            get:
              responses:
                "200":
                  description: Pets.
                  content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
        components:
          schemas:
            Pet: {type: object, properties: {owner: {$ref: "#/components/schemas/Owner"}}}
            Owner: {type: object, properties: {id: {type: string}}}
        """,
        """
        aliases: {Animal: {of: Pet}, Beast: {of: Pet, module: same}}
        resources:
          beta:
            resources:
              pets:
                types: [Pet, Animal]
                methods: {list: {endpoint: get /pets}}
        """,
    )
    assert [(".".join(module.package), module.name) for module in lowered.ok.type_modules] == [
        ("types.beta", "animal"),
        ("types.beta", "owner"),
        ("types.beta", "pet"),
    ]
    assert lowered.module("pet") == ["model Pet", "  owner?: Optional[Owner]", "Beast = Pet"]
    assert lowered.type_module("pet").exports == ("Pet",)
    assert lowered.resource("beta", "pets").listed_types == ("Owner", "Pet", "Animal")


def test_schemas_that_differ_in_case_are_listed_under_the_names_of_their_types() -> None:
    lowered = lower_text("""
    paths:
      /pets:
        get:
          responses:
            "200":
              description: Pets.
              content:
                application/json:
                  schema: {oneOf: [{$ref: "#/components/schemas/Pet"}, {$ref: "#/components/schemas/pet"}]}
        put:
          requestBody:
            content:
              application/json:
                schema: {type: object, properties: {toy: {$ref: "#/components/schemas/toy"}}}
          responses:
            "200":
              description: A toy.
              content: {application/json: {schema: {$ref: "#/components/schemas/Toy"}}}
    components:
      schemas:
        Pet: {type: object, properties: {name: {type: string}}}
        pet: {type: object, properties: {age: {type: integer}}}
        Toy: {type: object, properties: {name: {type: string}}}
        toy: {type: object, properties: {age: {type: integer}}}
    """)
    assert lowered.resource("pets").listed_types == ("Pet", "PetResponse", "Toy", "ToyParam", "PetListResponse")


HOOK = """
        resources:
          pets:
            methods:
              create: {endpoint: post /pets, stream_param: follow}
              watch:
                like: create
                returns: lib.watching.PetWatcher
                async_returns: lib.watching.AsyncPetWatcher
                requires: [%s]
        """


def test_hooked_methods_take_the_parameters_without_the_flag() -> None:
    hook = operation(STREAM, config=HOOK % "a, PetCreateEvent, PetCreateEvent.n").resource("pets").hooked[0]
    assert [param.name for param in hook.params] == ["a", "z"]
    assert (hook.returns.module, hook.returns.name) == (("lib", "watching"), "PetWatcher")
    assert hook.api_md.returns.text == "PetWatcher"


def test_a_method_named_by_a_keyword_keeps_its_hook() -> None:
    config = (
        HOOK.replace("create:", "import:").replace("like: create", "like: import").replace("watch:", "yield:") % "a"
    )
    lowered = operation(STREAM, config=config)
    assert [hook.name for hook in lowered.resource("pets").hooked] == ["yield_"]
    assert lowered.codes == ["LOW097", "LOW097"]


def test_hooks_are_checked() -> None:
    lowered = operation(STREAM, config=HOOK % "b, PetCreateEvent.m, PetCreatEvent")
    assert lowered.codes == ["HOOK011", "HOOK011", "HOOK011"]
    hints = [diagnostic.hint for diagnostic in lowered.sink.diagnostics]
    assert hints == [None, None, "did you mean `PetCreateEvent`?"]
