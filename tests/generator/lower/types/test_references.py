"""What stands beside a `$ref`."""

from __future__ import annotations

from ...lowering import HEAD, lower_text, request, response


def test_nullable_beside_a_reference_counts_in_3_0() -> None:
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
            Pet:
              type: object
              required: [of, by]
              properties:
                of: {$ref: "#/components/schemas/Owner", nullable: true, description: Whose it is.}
                by: {$ref: "#/components/schemas/Owner", nullable: false}
            Owner: {type: object, properties: {name: {type: string}}}
        """,
        head=HEAD.replace("3.2.0", "3.0.3"),
    )
    assert [line.strip() for line in lowered.module("pet")[1:]] == ["of?: Optional[Owner]", "by: Owner"]
    assert lowered.type_module("pet").definitions[0].fields[0].doc == "Whose it is."
    assert lowered.codes == []


NODE = """
        Node:
          type: object
          required: [name]
          properties:
            name: {type: string}
            next: {allOf: [{$ref: "#/components/schemas/Node"}, {description: The next one.}]}
"""


def test_documentation_may_be_a_member_of_all_of_beside_the_reference() -> None:
    for lowered in (response(NODE, root="Node"), request(NODE, '{$ref: "#/components/schemas/Node"}')):
        (module,) = [name for name in lowered.module_names() if name.startswith("node")]
        (definition,) = lowered.type_module(module).definitions
        assert definition.fields[1].doc == "The next one."
        assert lowered.codes == []
    assert [line.strip() for line in response(NODE, root="Node").module("node")[1:]] == [
        "name: str",
        "next?: Optional[Node]",
    ]


def test_an_inline_object_that_holds_itself_is_one_class() -> None:
    text = NODE.replace("{description: The next one.}", "{type: object, properties: {weight: {type: integer}}}")
    assert response(text, root="Node").module("node") == [
        "model Node",
        "  name: str",
        "  next?: Optional[Next]",
        "model Next",
        "  name: str",
        "  next?: Optional[Next]",
        "  weight?: Optional[int]",
    ]
    assert request(text, '{$ref: "#/components/schemas/Node"}').codes == []


def test_inline_objects_that_hold_each_other_are_one_class_each() -> None:
    names = [f"p{number}" for number in range(12)]  # in each other's order they would be 12! classes
    parts = [
        f'{name}: {{allOf: [{{$ref: "#/components/schemas/Node"}}, {{properties: {{x{name}: {{type: string}}}}}}]}}'
        for name in names
    ]
    text = f"""
        Node: {{type: object, properties: {{{", ".join(parts)}}}}}
"""
    models = [line for line in response(text, root="Node").module("node") if line.startswith("model")]
    assert models[:2] == ["model Node", "model P0"] and len(models) == 1 + len(names)


def test_what_a_member_beside_the_reference_says_of_values_is_told() -> None:
    for beside in ("{not: {type: 'null'}}", "{if: {}}"):
        text = NODE.replace("{description: The next one.}", beside)
        lowered = response(text, root="Node")
        assert lowered.codes == ["LOW022"]
        assert lowered.module("node")[2].strip() == "next?: Optional[Node]"


def test_schemas_that_are_only_numbered_have_their_title_as_name() -> None:
    lowered = response(
        """
        def-0:
          title: Order
          type: object
          properties:
            item: {$ref: "#/components/schemas/def-1"}
            other: {$ref: "#/components/schemas/def-2"}
            pet: {$ref: "#/components/schemas/Pet"}
            again: {$ref: "#/components/schemas/def-3"}
        def-1: {title: Order item, type: object, properties: {a: {type: string}}}
        def-2: {title: Pet, type: object, properties: {a: {type: string}}}
        def-3: {type: object, properties: {a: {type: string}}}
        Pet: {title: Animal, type: object, properties: {a: {type: string}}}
        """,
        root="def-0",
    )
    assert [line.strip() for line in lowered.module("order")] == [
        "model Order",
        "item?: Optional[OrderItem]",
        "other?: Optional[Def2]",
        "pet?: Optional[Pet]",
        "again?: Optional[Def3]",
    ]
