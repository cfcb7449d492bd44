"""Schemas as types of responses and of requests."""

from __future__ import annotations

import pytest

from sdkloom.ir.definitions import Model

from ...lowering import lower_text, request, response


def field_of(schema: str) -> str:
    """The field `x` of a response."""
    return response(f"Pet: {{type: object, required: [x], properties: {{x: {schema}}}}}").module("pet")[1].strip()


def key_of(schema: str) -> str:
    """The key `x` of a request."""
    lowered = request(f"Pet: {{type: object, required: [x], properties: {{x: {schema}}}}}")
    return lowered.module("pet_param")[1].strip()


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: string}", "x: str"),
        ("{type: integer, format: int64}", "x: int"),
        ("{type: number}", "x: float"),
        ("{type: boolean}", "x: bool"),
        ("{}", "x: object"),
        ("true", "x: object"),
        ("{type: object}", "x: Dict[object]"),
        ("{type: object, additionalProperties: true}", "x: Dict[object]"),
        ("{type: object, additionalProperties: {}}", "x: Dict[object]"),
        ("{type: object, unevaluatedProperties: {type: integer}}", "x: Dict[int]"),
        ("{type: object, unevaluatedProperties: {type: integer}, anyOf: [{minProperties: 1}]}", "x: object"),
        ("{type: object, patternProperties: {'^.*$': {type: integer}}}", "x: Dict[int]"),
        ("{type: object, allOf: [{$ref: '#/components/schemas/Pet'}]}", "x: Pet"),
        ("{type: object, nullable: true, allOf: [{$ref: '#/components/schemas/Pet'}]}", "x?: Optional[Pet]"),
        ("{type: object, additionalProperties: {type: integer}}", "x: Dict[int]"),
        ("{type: array}", "x: List[object]"),
        ("{type: array, items: {type: string}}", "x: List[str]"),
        ("{items: {type: string}}", "x: List[str]"),
        ("{items: {type: string}, oneOf: [{type: array, items: {}}, {type: string}]}", "x: Union[List[str], str]"),
        (
            "{items: {type: string}, anyOf: [{type: array, items: {type: integer}}, {type: boolean}]}",
            "x: Union[List[int], bool]",
        ),
        ("{type: array, items: {type: array, items: {type: number}}}", "x: List[List[float]]"),
        ("{type: string, format: date-time}", "x: datetime"),
        ("{type: string, format: date}", "x: date"),
        ("{type: string, format: uuid}", "x: str"),
        ("{type: string, format: byte}", "x: str"),
        ("{type: string, contentEncoding: base64}", "x: str"),
        ("{const: a}", "x: Literal['a']"),
        ("{const: 1}", "x: Literal[1]"),
        ("{type: string, enum: [a, b]}", "x: Literal['a', 'b']"),
        ("{enum: [1, a, true]}", "x: Literal[1, 'a', True]"),
        ("{type: string, enum: [a, null]}", "x?: Optional[Literal['a']]"),
        ("{type: [string, 'null']}", "x?: Optional[str]"),
        ("{type: [string, integer]}", "x: Union[str, int]"),
        ("{type: [integer, number]}", "x: float"),
        ("{type: [string, integer, 'null']}", "x?: Optional[Union[str, int]]"),
        ("{anyOf: [{type: string}, {type: 'null'}]}", "x?: Optional[str]"),
        ("{anyOf: [{type: string}, {enum: [a, b]}]}", "x: Union[str, Literal['a', 'b']]"),
        ("{oneOf: [{const: a, title: A}, {const: b, title: B}]}", "x: Literal['a', 'b']"),
        ("{oneOf: [{type: string}, {type: string, format: uuid}]}", "x: str"),
        ("{oneOf: [{type: string}, {anyOf: [{type: integer}, {type: 'null'}]}]}", "x?: Optional[Union[str, int]]"),
        ("{anyOf: [{type: string}, {}]}", "x: object"),
        ("{allOf: [{type: string}, {enum: [a]}]}", "x: Literal['a']"),
        ("{allOf: [{type: string, maxLength: 3}, {description: Short.}]}", "x: str"),
        ("{type: object, anyOf: [{required: [a]}, {required: [b]}]}", "x: Dict[object]"),
        ("{type: object, additionalProperties: {type: array, items: {type: integer}}}", "x: Dict[List[int]]"),
    ],
)
def test_answers(schema: str, expected: str) -> None:
    assert field_of(schema) == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: string, format: date-time}", "x: Union[str, datetime]"),
        ("{type: string, format: byte}", "x: Base64Type"),
        ("{type: [string, 'null']}", "x: Optional[str]"),
        ("{type: array, items: {type: string}}", "x: List[str]"),
        ("{type: array, items: {type: object}}", "x: Iterable[Dict[object]]"),
        ("{type: array, items: {type: array, items: {type: number}}}", "x: List[List[float]]"),
        ("{type: array, items: {anyOf: [{type: string}, {type: integer}]}}", "x: List[Union[str, int]]"),
    ],
)
def test_requests(schema: str, expected: str) -> None:
    assert key_of(schema) == expected


def test_optional_fields_and_defaults() -> None:
    lowered = response(
        """
        Pet:
          type: object
          properties:
            name: {type: string, default: Rex}
            age: {type: integer, default: 3}
            weight: {type: number, default: 1.5}
            kind: {type: string, enum: [cat, dog], default: cat}
            odd: {type: string, default: 3}
            tags: {type: array, items: {type: string}, default: []}
            alive: {type: [boolean, "null"], default: true}
        """
    )
    assert lowered.module("pet") == [
        "model Pet",
        "  name?: str = 'Rex'",
        "  age?: int = 3",
        "  weight?: float = 1.5",
        "  kind?: Literal['cat', 'dog'] = 'cat'",
        "  odd?: Optional[str]",
        "  tags?: Optional[List[str]]",
        "  alive?: Optional[bool] = True",
    ]


def test_nullable_of_3_0() -> None:
    lowered = lower_text(
        """
        paths:
          /pets:
            get:
              responses:
                "200":
                  description: A pet.
                  content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
        components:
          schemas:
            Pet:
              type: object
              required: [name, owner, friend]
              properties:
                name: {type: string, nullable: true}
                owner: {nullable: true, allOf: [{$ref: "#/components/schemas/Owner"}]}
                friend: {$ref: "#/components/schemas/Friend"}
            Owner: {type: object, properties: {id: {type: string}}}
            Friend: {type: object, nullable: true, properties: {id: {type: string}}}
        """,
        head='openapi: 3.0.3\ninfo: {title: Pets, version: "1"}\nservers: [{url: "https://api.pets.example"}]\n',
    )
    assert lowered.module("pet") == [
        "model Pet",
        "  name?: Optional[str]",
        "  owner?: Optional[Owner]",
        "  friend?: Optional[Friend]",
    ]
    assert lowered.module("friend") == ["model Friend", "  id?: Optional[str]"]


def test_read_only_and_write_only() -> None:
    schema = """
        Pet:
          type: object
          required: [id, secret]
          properties:
            id: {type: string, readOnly: true}
            secret: {type: string, writeOnly: true}
            name: {type: string}
        """
    assert response(schema).module("pet") == ["model Pet", "  id: str", "  name?: Optional[str]"]
    assert request(schema).module("pet_param") == ["params PetParam", "  secret: str", "  name?: str"]


def test_inline_objects_are_named_by_their_properties() -> None:
    lowered = response(
        """
        Pet:
          type: object
          required: [address, toys, labels]
          properties:
            address:
              type: object
              required: [geo]
              properties:
                geo: {type: object, properties: {lat: {type: number}}}
            toys:
              type: array
              items: {type: object, properties: {name: {type: string}}}
            labels:
              type: object
              additionalProperties: {type: object, properties: {color: {type: string}}}
        """
    )
    assert lowered.module("pet") == [
        "model Pet",
        "  address: Address",
        "  toys: List[Toy]",
        "  labels: Dict[Label]",
        "model Address",
        "  geo: AddressGeo",
        "model AddressGeo",
        "  lat?: Optional[float]",
        "model Toy",
        "  name?: Optional[str]",
        "model Label",
        "  color?: Optional[str]",
    ]
    assert lowered.type_module("pet").exports == ("Pet", "Address", "AddressGeo", "Toy", "Label")


def test_an_inline_object_called_like_its_parent() -> None:
    lowered = response("Pet: {type: object, properties: {pet: {type: object, properties: {a: {type: string}}}}}")
    assert lowered.module("pet") == ["model Pet", "  pet?: Optional[PetPet]", "model PetPet", "  a?: Optional[str]"]


def test_all_of_is_one_class() -> None:
    lowered = response(
        """
        Pet:
          description: A pet.
          allOf:
            - $ref: "#/components/schemas/Animal"
            - type: object
              required: [name]
              properties:
                name: {type: string}
                kind: {type: string, enum: [pet]}
                age: {description: In years.}
        Animal:
          type: object
          required: [kind]
          properties:
            kind: {type: string}
            age: {type: integer}
        """
    )
    assert lowered.module("pet") == ["model Pet", "  kind: Literal['pet']", "  age?: Optional[int]", "  name: str"]
    assert lowered.module_names() == ["pet"]


def test_all_of_around_one_ref_is_that_ref() -> None:
    lowered = response(
        """
        Pet: {type: object, required: [owner], properties: {owner: {allOf: [{$ref: "#/components/schemas/Owner"}]}}}
        Owner: {type: object, properties: {id: {type: string}}}
        """
    )
    assert lowered.module("pet") == ["model Pet", "  owner: Owner"]


def test_keywords_beside_a_ref_make_a_class_of_their_own() -> None:
    lowered = response(
        """
        Pet:
          type: object
          required: [owner, keeper]
          properties:
            owner: {$ref: "#/components/schemas/Owner", description: Who pays.}
            keeper: {$ref: "#/components/schemas/Owner", required: [id]}
        Owner: {type: object, properties: {id: {type: string}}}
        """
    )
    assert lowered.module("pet") == ["model Pet", "  owner: Owner", "  keeper: Keeper", "model Keeper", "  id: str"]
    pet = lowered.type_module("pet").definitions[0]
    assert isinstance(pet, Model)
    assert [field.doc for field in pet.fields] == ["Who pays.", None]


def test_open_objects() -> None:
    schema = """
        Pet:
          type: object
          required: [name]
          properties: {name: {type: string}}
          additionalProperties: {type: integer}
        """
    assert response(schema).module("pet") == ["model Pet", "  name: str"]
    lowered = request(schema)
    assert lowered.module("pet_param") == [
        "params PetParamTyped",
        "  name: str",
        "PetParam = Union[PetParamTyped, Dict[int]]",
    ]
    assert lowered.type_module("pet_param").exports == ("PetParam",)


def test_closed_and_empty_objects() -> None:
    assert response("Pet: {type: object, additionalProperties: false}").module("pet") == ["model Pet"]


def test_aliases() -> None:
    lowered = response(
        """
        Pet: {type: object, required: [a, b, c, d], properties: {
          a: {$ref: "#/components/schemas/Id"}, b: {$ref: "#/components/schemas/Ids"},
          c: {$ref: "#/components/schemas/Other"}, d: {$ref: "#/components/schemas/Rows"}}}
        Id: {type: string}
        Ids: {type: array, items: {$ref: "#/components/schemas/Id"}}
        Other: {$ref: "#/components/schemas/Ids"}
        Rows: {type: array, items: {type: object, properties: {n: {type: integer}}}}
        """
    )
    assert lowered.module("pet") == ["model Pet", "  a: Id", "  b: Ids", "  c: Other", "  d: Rows"]
    assert lowered.module("id") == ["Id = str"]
    assert lowered.module("ids") == ["Ids = List[Id]"]
    assert lowered.module("other") == ["Other = Ids"]
    assert lowered.module("rows") == ["model RowsItem", "  n?: Optional[int]", "Rows = List[RowsItem]"]
    assert lowered.type_module("rows").exports == ("Rows", "RowsItem")


def test_a_schema_used_both_ways_has_two_forms() -> None:
    lowered = lower_text(
        """
        paths:
          /pets:
            post:
              requestBody:
                required: true
                content:
                  application/json:
                    schema: {type: object, properties: {owner: {$ref: "#/components/schemas/Owner"}}}
              responses:
                "200":
                  description: The owner.
                  content: {application/json: {schema: {$ref: "#/components/schemas/Owner"}}}
        components:
          schemas:
            Owner: {type: object, required: [id], properties: {id: {type: string}, firstName: {type: string}}}
        """
    )
    assert lowered.module("owner") == ["model Owner", "  id: str", "  first_name? (firstName): Optional[str]"]
    assert lowered.module("owner_param") == ["params OwnerParam", "  id: str", "  firstName?: str"]


def test_recursive_objects_import_each_other_late() -> None:
    lowered = response(
        """
        Pet: {type: object, properties: {children: {type: array, items: {$ref: "#/components/schemas/Pet"}},
          owner: {$ref: "#/components/schemas/Owner"}}}
        Owner: {type: object, properties: {pets: {type: array, items: {$ref: "#/components/schemas/Pet"}},
          home: {$ref: "#/components/schemas/Home"}}}
        Home: {type: object, properties: {street: {type: string}}}
        """
    )
    late = {module.name: [name.name for name in module.late_imports] for module in lowered.ok.type_modules}
    assert late == {"home": [], "owner": ["Pet"], "pet": ["Owner"]}


def test_a_union_in_a_cycle_of_classes() -> None:
    """The class names the union late; the union needs the class at once."""
    lowered = response(
        """
        Pet: {type: object, properties: {filter: {$ref: "#/components/schemas/Filter"}}}
        Filter: {oneOf: [{$ref: "#/components/schemas/Both"}, {$ref: "#/components/schemas/One"}]}
        Both: {type: object, required: [op], properties: {op: {const: and},
          of: {type: array, items: {$ref: "#/components/schemas/Filter"}}}}
        One: {type: object, required: [op], properties: {op: {const: is}}}
        """
    )
    assert lowered.module("filter") == ["Filter = tagged op {and: Both, is: One}"]
    assert lowered.type_module("filter").late_imports == ()
    assert [name.name for name in lowered.type_module("both").late_imports] == ["Filter"]


def test_a_class_with_a_union_beside_it_in_a_cycle() -> None:
    """Nothing of the cycle may be imported above the class: the union beside it names the others late, too."""
    lowered = response(
        """
        Pet:
          type: object
          properties:
            owner: {oneOf: [{$ref: "#/components/schemas/Person"}, {$ref: "#/components/schemas/Shelter"}]}
        Person: {type: object, required: [t], properties: {t: {const: p}, pet: {$ref: "#/components/schemas/Pet"}}}
        Shelter: {type: object, required: [t], properties: {t: {const: s}}}
        """
    )
    assert lowered.module("pet")[-1] == "Owner = tagged t {p: Person, s: Shelter}"
    assert [name.name for name in lowered.type_module("pet").late_imports] == ["Person"]


def test_aliases_of_one_cycle_are_spelled_out_in_each_other() -> None:
    lowered = response(
        """
        Pet: {type: object, properties: {outer: {$ref: "#/components/schemas/Outer"}}}
        Outer: {type: array, items: {$ref: "#/components/schemas/Inner"}}
        Inner: {anyOf: [{type: string}, {$ref: "#/components/schemas/Pet"}]}
        """
    )
    assert lowered.module("outer") == ["Outer = List[Union[str, Pet]]"]


def test_an_alias_of_itself_is_degraded() -> None:
    lowered = response(
        """
        Pet: {type: object, properties: {data: {$ref: "#/components/schemas/Json"}}}
        Json: {oneOf: [{type: string}, {type: array, items: {$ref: "#/components/schemas/Json"}}]}
        """
    )
    assert lowered.module("json") == ["Json = Union[str, List[object]]"]
    assert lowered.codes == ["LOW015"]


def test_two_aliases_of_each_other_are_degraded_once() -> None:
    lowered = response(
        """
        Pet: {type: object, properties: {data: {$ref: "#/components/schemas/B"}}}
        A: {type: array, items: {$ref: "#/components/schemas/B"}}
        B: {type: object, additionalProperties: {$ref: "#/components/schemas/A"}}
        """
    )
    assert (lowered.module("a"), lowered.module("b")) == (["A = List[B]"], ["B = Dict[object]"])
    assert lowered.codes == ["LOW015"]


def test_tuples_patterns_and_folded_unions() -> None:
    lowered = response(
        """
        Pet:
          type: object
          required: [pair, headers, shape]
          properties:
            pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
            headers: {type: object, patternProperties: {"^x-": {type: string}}}
            shape:
              type: object
              required: [name]
              properties: {name: {type: string}}
              oneOf: [{properties: {side: {type: integer}}}, {properties: {radius: {type: integer}}}]
        """
    )
    assert lowered.module("pet") == [
        "model Pet",
        "  pair: List[Union[str, int]]",
        "  headers: Dict[str]",
        "  shape: Shape",
        "model Shape",
        "  name: str",
        "  side?: Optional[int]",
        "  radius?: Optional[int]",
    ]
    assert lowered.codes == ["LOW019", "LOW023", "LOW017"]


@pytest.mark.parametrize(("key", "name"), [("_", "LowLine"), ("*", "Asterisk")])
def test_inline_classes_at_keys_without_letters(key: str, name: str) -> None:
    lowered = response(f"Pet: {{properties: {{'{key}': {{items: {{properties: {{a: {{type: string}}}}}}}}}}}}")
    assert lowered.module("pet")[1].endswith(f" ({key}): Optional[List[{name}]]")
