"""The types that a resource of sdk.yaml lists."""

from __future__ import annotations

from ...lowering import lower_text


def test_a_renamed_type_is_listed_by_its_new_name_which_may_have_underscores() -> None:
    config = """
    types: {Pet_2024: {rename: Animal_2024}, RequestOwner: {rename: OwnerParams}}
    resources:
      pets: {types: [Pet_2024, RequestOwner], methods: {add: {endpoint: post /pets}}}
    """
    spec = """
    paths:
      /pets:
        post:
          requestBody:
            content: {application/json: {schema: {properties: {o: {$ref: "#/components/schemas/RequestOwner"}}}}}
          responses:
            "200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Pet_2024"}}}}
    components:
      schemas:
        Pet_2024: {properties: {name: {type: string}}}
        RequestOwner: {properties: {name: {type: string}}}
    """
    api = lower_text(spec, config).ok
    assert api.resources[0].listed_types == ("Animal_2024", "OwnerParams")
    assert {"Animal_2024", "OwnerParams"} <= {name.name for package in api.type_packages for name in package.exports}


SPEC = """
paths:
  /pets:
    post:
      requestBody:
        content: {application/json: {schema: {properties: {toy: {$ref: "#/components/schemas/Toy20240101"}}}}}
      responses:
        "200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
components:
  schemas:
    Pet: {properties: {toy: {$ref: "#/components/schemas/Toy20240101"}, tools: {$ref: "#/components/schemas/ToyTools"}}}
    Toy20240101: {properties: {name: {type: string}}}
    ToyTools: {properties: {name: {type: string}}}
"""


def test_types_are_listed_by_their_modules() -> None:
    """Word by word, in which a digit comes behind `_`: `toy_20240101`, `toy_tools`, but `toy20240101` behind both."""
    assert modules("") == {"toy_20240101", "toy_20240101_param", "pet", "toy_tools", "pet_create_params"}
    assert listed("") == ("Pet", "Toy20240101", "ToyTools")
    given = "types: {Toy20240101: {module: toy20240101}}\n"
    assert modules(given) == {"toy20240101", "toy20240101_param", "pet", "toy_tools", "pet_create_params"}
    assert listed(given) == ("Pet", "ToyTools", "Toy20240101")


def test_two_types_want_one_module() -> None:
    assert "LOW002" in lower_text(SPEC, "types: {Toy20240101: {module: pet}}\n").codes


def listed(config: str) -> tuple[str, ...]:
    return lower_text(SPEC, config).ok.resources[0].listed_types


def modules(config: str) -> set[str]:
    return set(lower_text(SPEC, config).module_names())
